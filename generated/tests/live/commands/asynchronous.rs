//! The async client, beside the blocking one that the other checks use.

use super::snapshot::Snapshot;
use super::subject::{options, Subject};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, HeapProfilerCommands, TakeHeapSnapshot,
};
use cdp_heapprofiler::{tokio as client, Incoming};
use tokio::runtime::Builder;

/// The async client gets a whole snapshot, its events in the order of the wire.
pub(super) fn async_client_takes_a_snapshot(subject: &Subject) -> Outcome<()> {
    let Some(address) = subject.address.as_deref() else {
        // There is no async client over a pipe.
        return Ok(());
    };
    // workerd has one client at a time.
    subject.session.close();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let text = runtime.block_on(take(address))?;
    let snapshot = Snapshot::read(&text)?;
    assert_eq!(snapshot.count("object", "LeakedOrder"), super::LEAKED);
    Ok(())
}

async fn take(address: &str) -> Outcome<String> {
    let session = client::connect_with(address, options()).await?;
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
