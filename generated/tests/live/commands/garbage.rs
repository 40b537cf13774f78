//! Collecting garbage.

use super::deviation::Deviation;
use super::snapshot::take;
use super::subject::{Subject, SILENCE};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, HeapProfilerCommands, TakeHeapSnapshot,
};
use cdp_heapprofiler::session::{Deadline, Error, TimeoutKind};
use serde_json::json;
use std::time::Duration;

/// Has a target collect garbage, whichever way it does so.
pub(super) fn collect(subject: &Subject) -> Outcome<()> {
    if subject.differs(Deviation::NeverCollects) {
        // A snapshot is of what is left after a collection.
        take(subject, TakeHeapSnapshot::new())?;
    } else {
        subject.session.collect_garbage(CollectGarbage::new())?;
    }
    Ok(())
}

/// What is held weakly is there before a collection, and gone after it.
pub(super) fn weakly_held_is_gone(subject: &Subject) -> Outcome<()> {
    subject.value("holdWeakly()")?;
    assert_eq!(subject.value("isHeld()")?, json!(true), "it is there");
    // Until the turn of the event loop ends, whoever was seen is held.
    subject.take_turn()?;
    if subject.differs(Deviation::NeverCollects) {
        return nothing_is_collected(subject);
    }
    subject.session.collect_garbage(CollectGarbage::new())?;
    assert_eq!(subject.value("isHeld()")?, json!(false), "it is gone");
    Ok(())
}

/// The command is never replied to, and has no effect; others have.
fn nothing_is_collected(subject: &Subject) -> Outcome<()> {
    // The time is up at once, but it is looked at only at the end.
    let limit = Deadline::idle(SILENCE).total(Duration::ZERO);
    let session = subject.session.with_deadline(limit);
    let command = session.begin(CollectGarbage::new())?;
    subject.take_turn()?;
    assert_eq!(subject.value("isHeld()")?, json!(true), "it is still there");
    collect(subject)?;
    assert_eq!(subject.value("isHeld()")?, json!(false), "it is gone");
    // It has had the time of a whole snapshot for its reply.
    match command.wait() {
        Err(Error::Timeout {
            kind: TimeoutKind::Total,
            ..
        }) => Ok(()),
        other => Err(format!("no reply was expected, but {other:?} came").into()),
    }
}
