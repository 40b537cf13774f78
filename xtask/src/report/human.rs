//! What a run says to people.

use cdp_codegen::{Diagnostic, Sources, Style};

use super::{Report, count};
use crate::api::{ApiChange, LISTING};
use crate::regenerate::{Comparison, Paths, Request, Verdict};
use crate::tree::{Change, Plan};
use crate::{Error, diff};

pub(super) fn regenerate(
    style: Style,
    request: &Request,
    comparison: &Comparison,
    verdict: Verdict,
) -> Report {
    let mut report = Report {
        stdout: String::new(),
        stderr: diagnostics(style, &comparison.sources, &comparison.diagnostics),
    };
    let Some(plan) = &comparison.plan else {
        let (errors, warnings) = comparison.counts();
        let errors = count(errors, "error", "errors");
        let warnings = count(warnings, "warning", "warnings");
        report.stderr += &format!("{errors}, {warnings}; nothing was written\n");
        return report;
    };
    if verdict == Verdict::Stale {
        report.stdout = diff::unified(plan, &request.out);
        report.stderr += &stale(request, plan);
    } else {
        report.stdout = summary(request, plan);
        report.stdout += &api(plan, &comparison.api());
    }
    report
}

pub(super) fn error(error: &Error) -> Report {
    let mut stderr = format!("error: {}\n", error.message());
    if let Some(help) = error.help() {
        stderr += &format!("help: {help}\n");
    }
    Report {
        stdout: String::new(),
        stderr,
    }
}

pub(super) fn diagnostics(style: Style, sources: &Sources, found: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in found {
        text += diagnostic.render(sources, style).trim_end();
        text += "\n\n";
    }
    text
}

/// What is stale, in short, and what mends it.
fn stale(request: &Request, plan: &Plan) -> String {
    let stale = count(plan.changes.len(), "file is stale", "files are stale");
    format!("{stale}; run `{}`\n", request.mending_command())
}

/// What was done, a line for each file that changed.
fn summary(request: &Request, plan: &Plan) -> String {
    let paths = Paths::of(plan, &request.out);
    let mut text = String::new();
    for (verb, list) in [
        ("created", &paths.created),
        ("updated", &paths.updated),
        ("removed", &paths.removed),
    ] {
        for path in list {
            text += &format!("{verb:<9} {path}\n");
        }
    }
    let unchanged = count(paths.unchanged.len(), "file", "files");
    text + &format!("unchanged {unchanged}\n")
}

/// How the public API changed, grouped.
fn api(plan: &Plan, change: &ApiChange) -> String {
    if change.is_empty() {
        return String::new();
    }
    let (added, removed) = (change.added.len(), change.removed.len());
    let changed = change.changed.len();
    if let Some(Change::Create { .. }) = plan.changes.get(LISTING) {
        return format!("\npublic API: {added} added, all of it new\n");
    }
    let mut text = format!("\npublic API: {removed} removed, {changed} changed, {added} added\n");
    for line in &change.removed {
        text += &format!("  - {line}\n");
    }
    for (before, after) in &change.changed {
        text += &format!("  ~ {before}\n    {after}\n");
    }
    for line in &change.added {
        text += &format!("  + {line}\n");
    }
    text
}
