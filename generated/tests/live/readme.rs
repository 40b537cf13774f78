//! The table in the README of the repository, where there is one: the crate may have
//! been vendored without it.

use super::table::Table;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands before and after the table.
const MARKERS: (&str, &str) = ("<!-- live table -->\n", "<!-- end of live table -->");

/// Compares what was found out with the README, or writes it there if
/// `CDP_LIVE_TABLE` is `write`. The message says what to do about a difference.
pub(crate) fn compare(table: &Table) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(());
    };
    let Some((before, old, after)) = split(&text) else {
        return Ok(());
    };
    let markdown = table.markdown();
    if std::env::var_os("CDP_LIVE_TABLE").is_some_and(|what| what == "write") {
        return write(&path, &format!("{before}\n{markdown}\n\n{after}"));
    }
    let differences = table.differences(old);
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the table in README.md is not what the targets do:\n  {}\nIf they are right, have all targets here \
         (tests/live/install.mjs), run with CDP_LIVE_TABLE=write, and read the difference.",
        differences.join("\n  ")
    ))
}

/// The text up to the table, the table, and the text from its end.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let begin = text.find(MARKERS.0)? + MARKERS.0.len();
    let end = begin + text[begin..].find(MARKERS.1)?;
    Some((&text[..begin], &text[begin..end], &text[end..]))
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
