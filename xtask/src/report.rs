//! What a run says, and on which stream.

mod changelog;
mod changes;
mod github;
mod human;
mod json;
#[cfg(test)]
mod sentences;

use cdp_codegen::{Class, Diagnostic, Sources, Style};

use crate::Error;
use crate::diff::Diff;
use crate::regenerate::{Comparison, Request, Verdict};

/// Whom a run talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// People.
    Human(Style),
    /// A GitHub workflow, which turns lines into annotations.
    Github,
    /// A program: one JSON object per line.
    Json,
}

/// What `diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// An entry for the CHANGELOG.
    Changelog,
}

/// What goes to standard output and to standard error.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// For standard output.
    pub stdout: String,
    /// For standard error.
    pub stderr: String,
}

/// Reports a run of `regenerate`.
pub fn regenerate(
    format: Format,
    request: &Request,
    comparison: &Comparison,
    verdict: Verdict,
) -> Report {
    match format {
        Format::Human(style) => human::regenerate(style, request, comparison, verdict),
        Format::Github => github::regenerate(request, comparison, verdict),
        Format::Json => json::regenerate(request, comparison, verdict),
    }
}

/// Reports a run of `diff`: what changed, what was found in the documents, and the
/// class from which on changes fail, if these do.
pub fn diff(style: Style, format: DiffFormat, diff: &Diff, failed: Option<Class>) -> Report {
    if format == DiffFormat::Json {
        return json::diff(diff, failed);
    }
    let sides = [&diff.old, &diff.new];
    let found = sides.map(|side| diagnostics(style, &side.sources, &side.diagnostics));
    let mut report = Report {
        stderr: found.concat(),
        stdout: String::new(),
    };
    let Some(changes) = &diff.changes else {
        return report;
    };
    let notes = notes(diff, failed);
    if format == DiffFormat::Changelog {
        report.stdout = changelog::entry(changes, &diff.items);
        // They are no part of the entry.
        report.stderr += &notes;
    } else {
        report.stdout = match changes::text(changes) {
            nothing if nothing.is_empty() => "nothing changed\n".to_owned(),
            text => text.trim_start().to_owned(),
        };
        report.stdout += &notes;
    }
    report
}

/// What there is to know about a comparison besides what changed.
fn notes(diff: &Diff, failed: Option<Class>) -> String {
    let mut notes = String::new();
    if diff.ranges_left_out > 0 {
        let ranges = count(diff.ranges_left_out, "range", "ranges");
        notes += &format!("not compared: {ranges}, as protocol JSON and PDL cannot state any\n");
    }
    if let Some(limit) = failed {
        notes += &format!("failed: the change is {limit} or above, the limit of --fail-on\n");
    }
    notes
}

/// Reports what stopped a run.
pub fn error(format: Format, error: &Error) -> Report {
    match format {
        Format::Human(_) => human::error(error),
        Format::Github => github::error(error),
        Format::Json => json::error(error),
    }
}

/// Reports what was found in documents, for people.
pub fn diagnostics(style: Style, sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    human::diagnostics(style, sources, diagnostics)
}

/// That there is nothing to compare, and why, as an object for programs.
pub(crate) fn incomparable(sides: [(&Sources, &[Diagnostic]); 2]) -> serde_json::Value {
    json::incomparable(sides)
}

/// A number and what it counts.
pub(crate) fn count(number: usize, singular: &str, plural: &str) -> String {
    match number {
        1 => format!("1 {singular}"),
        _ => format!("{number} {plural}"),
    }
}
