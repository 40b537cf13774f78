//! The async client, beside the blocking one that the other checks use.

use super::snapshot::Snapshot;
use super::subject::{options, Subject};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, Enable, HeapProfilerCommands, TakeHeapSnapshot,
};
use cdp_heapprofiler::tokio::{self as client, Session};
use cdp_heapprofiler::Incoming;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::sleep;

/// The async client gets a whole snapshot, its events in the order of the wire.
pub(super) fn async_client_takes_a_snapshot(subject: &Subject) -> Outcome<()> {
    if subject.address.is_none() {
        // There is no async client over a pipe.
        return Ok(());
    }
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let text = runtime.block_on(take(subject))?;
    let snapshot = Snapshot::read(&text)?;
    assert_eq!(snapshot.count("object", "LeakedOrder"), super::LEAKED);
    Ok(())
}

/// Connects in the place of the blocking client. workerd has one client at a time, and
/// sees late that one has gone: it may then end the next in its place.
pub(crate) async fn connect(subject: &Subject) -> Outcome<Session> {
    subject.session.close();
    let address = subject.address.as_deref().ok_or("no address")?;
    for _ in 0..20 {
        let session = client::connect_with(address, options()).await?;
        sleep(Duration::from_millis(100)).await;
        if session.enable(Enable::new()).await.is_ok() {
            return Ok(session);
        }
    }
    Err("every connection ends at once".into())
}

async fn take(subject: &Subject) -> Outcome<String> {
    let session = connect(subject).await?;
    let mut events = session.events();
    let mut command = session.take_heap_snapshot(TakeHeapSnapshot::new());
    let id = command.start()?;
    let mut text = String::new();
    while let Some(item) = events.next().await {
        match item {
            Incoming::Reply(replied) if replied == id => break,
            Incoming::Event(event) => {
                if let Some(event) = event.decode_as::<AddHeapSnapshotChunkEvent>() {
                    text += &event?.chunk;
                }
            }
            Incoming::Closed(reason) => return Err(reason.to_string().into()),
            _ => {}
        }
    }
    command.await?;
    Ok(text)
}
