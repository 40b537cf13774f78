//! Heap snapshots.

use super::deviation::Deviation;
use super::snapshot::{take, Snapshot};
use super::subject::Subject;
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    ReportHeapSnapshotProgressEvent, TakeHeapSnapshot,
};

/// A snapshot is whole, ends with the reply, and counts the leaked objects.
pub(super) fn snapshot_is_complete(subject: &Subject) -> Outcome<()> {
    let taken = take(subject, TakeHeapSnapshot::new().report_progress(true))?;
    assert_eq!(taken.is_echoed, subject.differs(Deviation::EchoesRequest));
    let unfinished = subject.differs(Deviation::ProgressSaysUnfinished);
    assert_progress(&taken.progress, unfinished.then_some(false));
    let snapshot = taken.read()?;
    assert_eq!(snapshot.count("object", "LeakedOrder"), super::LEAKED);
    assert!(snapshot.is_untraced(), "functions without tracking");
    Ok(())
}

/// Progress goes on to its total, and only the last of it says that it is finished.
pub(super) fn assert_progress(
    progress: &[ReportHeapSnapshotProgressEvent],
    unfinished: Option<bool>,
) {
    let (last, others) = progress.split_last().expect("progress");
    assert_eq!(last.finished, Some(true));
    assert_eq!(last.done, last.total);
    assert!(!others.is_empty(), "nothing before the last");
    for pair in progress.windows(2) {
        assert_eq!(pair[0].finished, unfinished, "{pair:?}");
        assert!(pair[0].done <= pair[1].done, "{pair:?}");
        assert!(pair[0].done <= pair[0].total, "{pair:?}");
    }
}

/// Numbers are in a snapshot on demand, and so is the heap as the engine sees it:
/// without the program's global objects as roots.
pub(super) fn more_is_shown_on_demand(subject: &Subject) -> Outcome<()> {
    let numeric = TakeHeapSnapshot::new().capture_numeric_value(true);
    let numeric = take(subject, numeric)?.read()?;
    let internal = TakeHeapSnapshot::new().expose_internals(true);
    let internal = take(subject, internal)?.read()?;
    // The total of the leaked object with number 7.
    let numbers = |snapshot: &Snapshot| snapshot.count("string", "17.5");
    let always = subject.differs(Deviation::AlwaysCapturesNumbers);
    assert!(numbers(&numeric) > 0, "a number that was asked for");
    assert_eq!(numbers(&internal) > 0, always, "a number that was not");
    let globals = numeric.root_edges() - internal.root_edges();
    let is_ignored = subject.differs(Deviation::IgnoresExposeInternals);
    assert_eq!(globals == 0, is_ignored, "{globals} global objects");
    Ok(())
}
