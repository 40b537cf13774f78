//! Targets that wait for a debugger.

use super::super::target::{Kind, Start};
use super::support::{
    brief, connect, ensure, evaluate, failed, loaded, trial, Outcome, LIMIT, NODES,
};
use cdp_heapprofiler::protocol::heap_profiler::CollectGarbage;
use cdp_heapprofiler::protocol::runtime::RunIfWaitingForDebugger;
use cdp_heapprofiler::session::{Deadline, Error, Oddity, TimeoutKind};
use cdp_heapprofiler::{Client, Incoming};
use libtest_mimic::Trial;
use std::time::Duration;

pub(super) fn trials() -> Vec<Trial> {
    let trials = NODES.map(|kind| trial(kind, "waits_for_debugger", waits_for_debugger));
    trials.into()
}

/// A target that waits answers some commands and not others. The idle deadline ends
/// such a one; when the target is freed, its late reply does no harm.
fn waits_for_debugger(kind: Kind) -> Outcome {
    let target = kind.start_with(Start::Wait)?;
    let session = connect(&target)?;
    let mut events = session.events();
    let found: String = evaluate(&session, "typeof globalThis.forget")?;
    ensure(found == "undefined", || "the program has run".into())?;

    let hasty = session.with_deadline(Deadline::idle(Duration::from_millis(300)));
    let late = match hasty.call(CollectGarbage::new()) {
        Err(Error::Timeout {
            id,
            kind: TimeoutKind::Idle,
            ..
        }) => id,
        other => return Err(format!("expected `Timeout`, got {}", brief(&other))),
    };
    let freed = session.call(RunIfWaitingForDebugger::new());
    freed.map_err(failed("freeing it"))?;
    loop {
        match events.next_within(LIMIT) {
            Some(Incoming::Odd(Oddity::UnknownReply { id })) if id == i64::from(late.get()) => {
                break;
            }
            Some(Incoming::Event(_) | Incoming::Reply(_) | Incoming::Ended(_)) => {}
            other => return Err(format!("not the late reply: {}", brief(&other))),
        }
    }
    loaded(&session)
}
