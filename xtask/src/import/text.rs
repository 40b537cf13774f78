//! What an import says to people.

use cdp_codegen::{Severity, Style};

use super::{Import, Request, Written, by_domain};
use crate::regenerate::Paths;
use crate::report::{self, Report};

/// So many names are told of a list.
const MOST: usize = 3;

pub(crate) fn text(style: Style, request: &Request, import: &Import) -> Report {
    let mut stderr = report::diagnostics(style, &import.sources, &import.diagnostics);
    let Some(written) = &import.written else {
        let errors = import.diagnostics.iter();
        let errors = errors.filter(|found| found.severity == Severity::Error);
        let number = errors.count();
        let word = if number == 1 { "error" } else { "errors" };
        stderr += &format!("{number} {word}; nothing was written\n");
        return Report {
            stdout: String::new(),
            stderr,
        };
    };
    for note in notes(written) {
        stderr += &format!("note: {note}\n");
    }
    Report {
        stdout: summary(request, written),
        stderr,
    }
}

/// What was done, a line for each file that changed.
fn summary(request: &Request, written: &Written) -> String {
    let paths = Paths::of(&written.plan, &request.spec);
    let mut text = String::new();
    for (verb, list) in [("created", &paths.created), ("updated", &paths.updated)] {
        for path in list {
            text += &format!("{verb:<9} {path}\n");
        }
    }
    let word = if paths.unchanged.len() == 1 {
        "file"
    } else {
        "files"
    };
    text + &format!("unchanged {} {word}\n", paths.unchanged.len())
}

fn notes(written: &Written) -> Vec<String> {
    let mut notes = Vec::new();
    if !written.partial.is_empty() {
        notes.push(format!(
            "only types were taken of {}",
            listed(written.partial.iter().map(String::as_str), usize::MAX)
        ));
    }
    for (domain, names) in by_domain(&written.absent) {
        notes.push(format!(
            "no document describes {}: import `{domain}` too, or run with --closure",
            listed(names.into_iter(), MOST)
        ));
    }
    if !written.beyond.is_empty() {
        let mut note =
            "the base documents say more than the source, which no overlay takes away:".to_owned();
        for fact in &written.beyond {
            note += &format!("\n  - {fact}");
        }
        notes.push(note);
    }
    notes
}

/// Some names, and how many there are besides.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let shown: Vec<_> = names.take(most).map(|name| format!("`{name}`")).collect();
    let shown = shown.join(", ");
    match more {
        0 => shown,
        _ => format!("{shown} and {more} more"),
    }
}
