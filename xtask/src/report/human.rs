//! What a run says to people.

use cdp_codegen::{Diagnostic, Sources, Style};

use super::{Report, changes, count};
use crate::regenerate::{Comparison, Paths, Request, Verdict};
use crate::tree::Plan;
use crate::{Error, patch};

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
        report.stdout = patch::unified(plan, &request.out);
        let told = told(comparison);
        if !told.is_empty() {
            report.stderr += &format!("{}\n", told.trim_start());
        }
        report.stderr += &stale(request, plan);
    } else {
        report.stdout = summary(request, plan);
        report.stdout += &told(comparison);
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

/// What changed in the protocol and its API.
fn told(comparison: &Comparison) -> String {
    match comparison.first_items {
        Some(added) => format!("\npublic API: {added} added, all of it new\n"),
        None => changes::text(&comparison.changes),
    }
}
