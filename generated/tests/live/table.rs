//! What the trials found out, as a table: commands and events by target.

use std::collections::BTreeMap;
use std::sync::Mutex;

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

/// What a target does with a command or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As the protocol says, and with the meaning that it says.
    Works,
    /// Otherwise, in a way that is known and that a trial holds on to.
    Differs(&'static str),
}

/// Cells by row, of one target.
type Column = BTreeMap<&'static str, Mark>;

/// Columns by their place and title. Trials run side by side.
#[derive(Debug, Default)]
pub(crate) struct Table {
    columns: Mutex<BTreeMap<(usize, String), Column>>,
}

impl Table {
    /// Notes what a trial found out. `order` is the place of the column.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub(crate) fn note(&self, order: usize, target: &str, row: &str, mark: Mark) {
        let row = ROWS.iter().find(|&&known| known == row);
        let row = row.expect("a row of the table");
        let mut columns = match self.columns.lock() {
            Ok(columns) => columns,
            Err(poisoned) => poisoned.into_inner(),
        };
        let cells = columns.entry((order, target.to_owned())).or_default();
        cells.insert(row, mark);
    }

    /// The table in markdown, with notes below. Empty when nothing was noted.
    pub(crate) fn markdown(&self) -> String {
        let columns = match self.columns.lock() {
            Ok(columns) => columns,
            Err(poisoned) => poisoned.into_inner(),
        };
        if columns.is_empty() {
            return String::new();
        }
        let mut notes: Vec<&'static str> = Vec::new();
        let mut text = String::from("| `HeapProfiler` |");
        columns
            .keys()
            .for_each(|(_, target)| text += &format!(" {target} |"));
        text += "\n|---|";
        columns.keys().for_each(|_| text += "---|");
        for row in ROWS {
            text += &format!("\n| `{row}` |");
            for cells in columns.values() {
                text += &format!(" {} |", cell(cells.get(row), &mut notes));
            }
        }
        text.push('\n');
        for (index, note) in notes.iter().enumerate() {
            text += &format!("\n{}. {note}", index + 1);
        }
        text
    }
}

fn cell(mark: Option<&Mark>, notes: &mut Vec<&'static str>) -> String {
    match mark {
        None => "-".to_owned(),
        Some(Mark::Works) => "yes".to_owned(),
        Some(Mark::Differs(note)) => {
            let known = notes.iter().position(|known| known == note);
            let index = known.unwrap_or_else(|| {
                notes.push(note);
                notes.len() - 1
            });
            format!("({})", index + 1)
        }
    }
}
