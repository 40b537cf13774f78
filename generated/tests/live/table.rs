//! What the trials found out, as a table: commands and events by target.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// The rows, in the order of the document.
const ROWS: [&str; 17] = [
    "addInspectedHeapObject",
    "collectGarbage",
    "disable",
    "enable",
    "getHeapObjectId",
    "getObjectByHeapObjectId",
    "getSamplingProfile",
    "startSampling",
    "startTrackingHeapObjects",
    "stopSampling",
    "stopTrackingHeapObjects",
    "takeHeapSnapshot",
    "addHeapSnapshotChunk",
    "heapStatsUpdate",
    "lastSeenObjectId",
    "reportHeapSnapshotProgress",
    "resetProfiles",
];

/// What a check found out about a command or an event of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As the protocol says, and with the meaning that it says, but for what is known
    /// and noted.
    Holds(Vec<Note>),
    /// Otherwise.
    Fails,
}

/// What is known of a target, and stands below the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// Its number, the same whichever targets have run.
    pub(crate) number: usize,
    pub(crate) text: &'static str,
    /// Whether the target does without the command or event.
    pub(crate) is_absence: bool,
}

/// Marks of one target by row and check.
type Column = BTreeMap<(&'static str, &'static str), Mark>;

/// Columns by their place and title. Trials run side by side.
#[derive(Debug, Default)]
pub(crate) struct Table {
    columns: Mutex<BTreeMap<(usize, String), Column>>,
}

impl Table {
    /// Notes what a check found out, in place of what it noted before. `place` is that
    /// of the column.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub(crate) fn note(
        &self,
        place: usize,
        target: &str,
        row: &str,
        check: &'static str,
        mark: Mark,
    ) {
        let row = ROWS.iter().find(|&&known| known == row);
        let row = row.expect("a row of the table");
        let mut columns = self.lock();
        let marks = columns.entry((place, target.to_owned())).or_default();
        marks.insert((row, check), mark);
    }

    /// The table in markdown, with notes below. Empty when nothing was noted.
    pub(crate) fn markdown(&self) -> String {
        let columns = self.lock();
        if columns.is_empty() {
            return String::new();
        }
        let mut text = String::from("| `HeapProfiler` |");
        columns
            .keys()
            .for_each(|(_, target)| text += &format!(" {target} |"));
        text += "\n|---|";
        columns.keys().for_each(|_| text += "---|");
        for row in ROWS {
            text += &format!("\n| `{row}` |");
            for marks in columns.values() {
                text += &format!(" {} |", cell(marks, row));
            }
        }
        text.push('\n');
        for (number, note) in notes(columns.values()) {
            text += &format!("\n{number}. {note}");
        }
        text
    }

    /// What another table, in a text, says otherwise of the same targets. What it does
    /// not say is no difference.
    pub(crate) fn differences(&self, text: &str) -> Vec<String> {
        let columns = self.lock();
        let written = written(text);
        let mut differences = Vec::new();
        for ((_, target), marks) in columns.iter() {
            for row in ROWS {
                let cell = cell(marks, row);
                match written.get(&(row.to_owned(), target.clone())) {
                    Some(other) if *other != cell && cell != UNKNOWN => differences.push(format!(
                        "`{row}` of {target}: `{other}`, but it is `{cell}`"
                    )),
                    _ => {}
                }
            }
        }
        differences
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(usize, String), Column>> {
        match self.columns.lock() {
            Ok(columns) => columns,
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}

/// What stands for a cell of which nothing was noted.
const UNKNOWN: &str = "-";

fn cell(marks: &Column, row: &str) -> String {
    let marks = marks.iter().filter(|((known, _), _)| *known == row);
    let marks: Vec<&Mark> = marks.map(|(_, mark)| mark).collect();
    if marks.is_empty() {
        return UNKNOWN.to_owned();
    }
    if marks.contains(&&Mark::Fails) {
        return "**fails**".to_owned();
    }
    let notes = row_notes(marks.into_iter());
    let is_absent = notes.values().any(|note| note.is_absence);
    let mut text = if is_absent { "no" } else { "yes" }.to_owned();
    if !notes.is_empty() {
        let numbers: Vec<String> = notes.keys().map(usize::to_string).collect();
        text += &format!(" ({})", numbers.join(", "));
    }
    text
}

fn row_notes<'a>(marks: impl Iterator<Item = &'a Mark>) -> BTreeMap<usize, &'a Note> {
    let notes = marks.filter_map(|mark| match mark {
        Mark::Holds(notes) => Some(notes),
        Mark::Fails => None,
    });
    notes.flatten().map(|note| (note.number, note)).collect()
}

fn notes<'a>(columns: impl Iterator<Item = &'a Column>) -> BTreeMap<usize, &'static str> {
    let marks = columns.flat_map(BTreeMap::values);
    let notes = row_notes(marks).into_iter();
    notes.map(|(number, note)| (number, note.text)).collect()
}

/// The cells of a table in a text, by row and column.
fn written(text: &str) -> BTreeMap<(String, String), String> {
    let mut rows = text.lines().filter_map(|line| {
        let line = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(line.split('|').map(str::trim).collect::<Vec<_>>())
    });
    let head = rows.next().unwrap_or_default();
    let mut cells = BTreeMap::new();
    for row in rows {
        for (title, cell) in head.iter().zip(&row).skip(1) {
            let name = row[0].trim_matches('`').to_owned();
            cells.insert((name, (*title).to_owned()), (*cell).to_owned());
        }
    }
    cells
}
