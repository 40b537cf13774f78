//! What an import says to people.

use cdp_codegen::{Severity, Style};

use super::{Import, Request, Written, by_domain};
use crate::regenerate::Paths;
use crate::report::{self, Report, count};

/// So many names are told of a list.
const MOST: usize = 3;

pub(crate) fn text(style: Style, request: &Request, import: &Import) -> Report {
    let mut stderr = report::diagnostics(style, &import.sources, &import.diagnostics);
    let Some(written) = &import.written else {
        let errors = import.diagnostics.iter();
        let errors = errors.filter(|found| found.severity == Severity::Error);
        let errors = count(errors.count(), "error", "errors");
        stderr += &format!("{errors}; nothing was written\n");
        return Report {
            stdout: String::new(),
            stderr,
        };
    };
    let (stdout, tail) = if request.mode.print {
        (printed(written), print_notes(request, written))
    } else {
        (summary(request, written), lost(written))
    };
    for note in notes(written).into_iter().chain(tail) {
        stderr += &format!("note: {note}\n");
    }
    Report { stdout, stderr }
}

/// The documents, each with the empty line that it begins with.
fn printed(written: &Written) -> String {
    written.files.values().map(String::as_str).collect()
}

/// Where what was printed belongs.
fn print_notes(request: &Request, written: &Written) -> Vec<String> {
    let paths = written.files.keys().map(|path| request.spec.show(path));
    let paths: Vec<_> = paths.collect();
    if paths.is_empty() {
        return vec!["the documents say all of it".to_owned()];
    }
    let list = listed(paths.iter().map(String::as_str), usize::MAX);
    vec![format!("nothing was written; this is for {list}")]
}

/// What was done, a line for each file that changed or that is kept.
fn summary(request: &Request, written: &Written) -> String {
    let paths = Paths::of(&written.plan, &request.spec);
    let mut text = String::new();
    for (verb, list) in [
        ("created", &paths.created),
        ("updated", &paths.updated),
        ("kept", &written.kept),
    ] {
        for path in list {
            text += &format!("{verb:<9} {path}\n");
        }
    }
    let unchanged = paths.unchanged.len();
    if unchanged > 0 {
        text += &format!("unchanged {}\n", count(unchanged, "file", "files"));
    }
    text
}

/// What went with overlays that were replaced.
fn lost(written: &Written) -> Vec<String> {
    let lost = written.lost.iter().map(|(path, lost)| {
        let entries = match lost.entries {
            0 => String::new(),
            1 => ", and 1 entry that is not in the new one".to_owned(),
            number => format!(", and {number} entries that are not in the new one"),
        };
        let ranges = match lost.ranges {
            0 => String::new(),
            number => format!(" ({} among them)", count(number, "range", "ranges")),
        };
        format!("`{path}` was replaced: its reasons are gone{entries}{ranges}")
    });
    lost.collect()
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
            "the documents say more than the source, which no overlay takes away:".to_owned();
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
