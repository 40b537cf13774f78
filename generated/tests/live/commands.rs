//! Every command and every event of the `HeapProfiler` domain, through the typed
//! clients, on every target.

pub(crate) mod asynchronous;
mod deviation;
mod garbage;
mod lifecycle;
mod objects;
mod profile;
mod sampling;
mod snapshot;
mod snapshots;
mod stacks;
pub(crate) mod subject;
mod tracking;

use super::suite::trial;
use super::table::{Mark, Table};
use super::target::Kind;
use libtest_mimic::Trial;
use std::error::Error;
use std::sync::Arc;
use subject::Subject;

/// What a check gives, or what went wrong on the way to it.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many objects the program leaks.
const LEAKED: usize = 300;

/// Something that is checked on each target, and the rows of the table that it proves.
struct Check {
    name: &'static str,
    rows: &'static [&'static str],
    run: fn(&Subject) -> Outcome<()>,
}

const CHECKS: &[Check] = &[
    Check {
        name: "leaked_object_is_found",
        rows: &[
            "addInspectedHeapObject",
            "getHeapObjectId",
            "getObjectByHeapObjectId",
        ],
        run: objects::leaked_object_is_found,
    },
    Check {
        name: "bad_ids_are_refused",
        rows: &[
            "addInspectedHeapObject",
            "getHeapObjectId",
            "getObjectByHeapObjectId",
        ],
        run: objects::bad_ids_are_refused,
    },
    Check {
        name: "weakly_held_is_gone",
        rows: &["collectGarbage"],
        run: garbage::weakly_held_is_gone,
    },
    Check {
        name: "not_started_is_refused",
        rows: &["getSamplingProfile", "stopSampling"],
        run: sampling::not_started_is_refused,
    },
    Check {
        name: "sampling_grows_with_allocation",
        rows: &["getSamplingProfile", "startSampling", "stopSampling"],
        run: sampling::grows_with_allocation,
    },
    Check {
        name: "collected_is_kept_on_demand",
        rows: &["startSampling", "stopSampling"],
        run: sampling::collected_is_kept_on_demand,
    },
    Check {
        name: "deep_stack_comes_back",
        rows: &["startSampling", "stopSampling"],
        run: stacks::deep_stack_comes_back,
    },
    Check {
        name: "heap_is_followed",
        rows: &[
            "startTrackingHeapObjects",
            "heapStatsUpdate",
            "lastSeenObjectId",
        ],
        run: tracking::heap_is_followed,
    },
    Check {
        name: "allocations_are_traced",
        rows: &[
            "startTrackingHeapObjects",
            "stopTrackingHeapObjects",
            "addHeapSnapshotChunk",
            "reportHeapSnapshotProgress",
        ],
        run: tracking::allocations_are_traced,
    },
    Check {
        name: "stop_needs_no_start",
        rows: &["stopTrackingHeapObjects", "addHeapSnapshotChunk"],
        run: tracking::stop_needs_no_start,
    },
    Check {
        name: "snapshot_is_complete",
        rows: &[
            "takeHeapSnapshot",
            "addHeapSnapshotChunk",
            "reportHeapSnapshotProgress",
        ],
        run: snapshots::snapshot_is_complete,
    },
    Check {
        name: "more_is_shown_on_demand",
        rows: &["takeHeapSnapshot"],
        run: snapshots::more_is_shown_on_demand,
    },
    Check {
        name: "async_client_takes_a_snapshot",
        rows: &[],
        run: asynchronous::async_client_takes_a_snapshot,
    },
    Check {
        name: "disabling_forgets",
        rows: &["disable", "enable"],
        run: lifecycle::disabling_forgets,
    },
    Check {
        name: "navigation_resets",
        rows: &["enable", "resetProfiles"],
        run: lifecycle::navigation_resets,
    },
];

/// A trial for each check on each target. What it proves goes into the table.
pub(crate) fn trials(table: &Arc<Table>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (place, kind) in Kind::ALL.into_iter().enumerate() {
        for check in CHECKS {
            let table = Arc::clone(table);
            trials.push(trial(kind, check.name, move || {
                run(check, kind, place, &table)
            }));
        }
    }
    trials
}

fn run(check: &Check, kind: Kind, place: usize, table: &Table) -> Result<(), String> {
    let subject = Subject::start(kind).map_err(|error| error.to_string())?;
    let title = subject.target.title();
    // Stays if the check panics.
    for row in check.rows {
        table.note(place, &title, row, check.name, Mark::Fails);
    }
    (check.run)(&subject).map_err(|error| {
        let output = subject.target.output();
        format!("{error}; the target printed:\n{output}")
    })?;
    for row in check.rows {
        let notes = deviation::notes(row, kind, subject.target.major());
        table.note(place, &title, row, check.name, Mark::Holds(notes));
    }
    Ok(())
}
