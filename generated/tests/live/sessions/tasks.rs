//! What the trials of the async client have in common.

use super::super::target::Target;
use super::support::{
    brief, ensure, failed, options, value, Moment, Outcome, AT_ONCE, LIMIT, NEVER,
};
use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, ReportHeapSnapshotProgressEvent, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::Closed;
use cdp_heapprofiler::tokio::{self as aio, Call, Events, Session};
use cdp_heapprofiler::wire::Read;
use cdp_heapprofiler::{Client, Command, Event, Incoming};
use std::fmt::Debug;
use std::future::Future;
use std::time::Instant;
use tokio::time::timeout;

/// Runs a trial on a runtime with a thread beside: trials wait for processes.
pub(super) fn run(trial: impl Future<Output = Outcome>) -> Outcome {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build();
    runtime.map_err(failed("a runtime"))?.block_on(trial)
}

pub(super) async fn connect(target: &Target) -> Result<Session, String> {
    let address = target.address.as_deref().ok_or("no address")?;
    let session = aio::connect_with(address, options()).await;
    session.map_err(failed("connecting"))
}

pub(super) async fn evaluate<T: Read>(session: &Session, expression: &str) -> Result<T, String> {
    let command = Evaluate::new(expression).return_by_value(true);
    value(session.call(command).await.map_err(failed(expression))?)
}

/// The next item, in time.
pub(super) async fn item(events: &mut Events) -> Result<Option<Incoming>, String> {
    let next = timeout(LIMIT, events.next()).await;
    next.map_err(|_| format!("nothing came in {LIMIT:?}"))
}

/// Waits for the next event of this kind, past all others.
pub(super) async fn next<E: Event>(events: &mut Events) -> Result<E, String> {
    loop {
        match item(events).await? {
            Some(Incoming::Event(event)) => {
                if let Some(event) = event.decode_as::<E>() {
                    return event.map_err(failed(E::METHOD));
                }
            }
            Some(Incoming::Closed(reason)) => {
                return Err(format!("{} did not come: {reason}", E::METHOD));
            }
            Some(_) => {}
            None => return Err(format!("{} did not come", E::METHOD)),
        }
    }
}

/// The last item of a session that ends.
pub(super) async fn end_of(events: &mut Events) -> Result<Closed, String> {
    loop {
        if let Some(Incoming::Closed(reason)) = item(events).await? {
            return match item(events).await? {
                None => Ok(reason),
                Some(more) => Err(format!("after the end came {}", brief(&more))),
            };
        }
    }
}

/// Begins a snapshot and waits until it has come so far.
pub(super) async fn reach(
    moment: Moment,
    session: &Session,
) -> Result<(Call<TakeHeapSnapshot>, Events), String> {
    let mut events = session.events();
    let session = session.with_deadline(NEVER);
    let mut snapshot = session.call(TakeHeapSnapshot::new().report_progress(true));
    snapshot.start().map_err(failed("a snapshot"))?;
    match moment {
        Moment::BeforeFirstChunk => {
            next::<ReportHeapSnapshotProgressEvent>(&mut events).await?;
        }
        Moment::AfterFirstChunk => {
            next::<AddHeapSnapshotChunkEvent>(&mut events).await?;
        }
    }
    Ok((snapshot, events))
}

/// What ended a command that must have been ended, and at once.
pub(super) async fn closed<C: Command>(pending: Call<C>) -> Result<Closed, String>
where
    C::Returns: Debug,
{
    let start = Instant::now();
    let result = pending.await;
    let waited = start.elapsed();
    let reason = super::support::closed_by(result)?;
    ensure(waited < AT_ONCE, || {
        format!("{} ended only after {waited:?}", C::METHOD)
    })?;
    Ok(reason)
}
