//! A snapshot that is coming in.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::mailbox::{Wake, Wakes};
use super::spool::Spool;
use crate::protocol::heap_profiler::{AddHeapSnapshotChunkEvent, ReportHeapSnapshotProgressEvent};
use crate::session::{CommandId, Deadline, EventMessage, SessionKey};
use crate::{chunk_into, Event};

/// A snapshot that is coming in: its bytes, and how far it has come.
#[derive(Debug)]
pub(crate) struct Inflow {
    pub(super) session: SessionKey,
    pub(super) id: CommandId,
    /// The deadline from the first chunk on.
    then: Deadline,
    spool: Spool,
    chunks: AtomicU64,
    bytes: AtomicU64,
    walk: Mutex<Option<(i64, i64)>>,
}

impl Inflow {
    pub(super) fn new(session: SessionKey, id: CommandId, then: Deadline, spool: Spool) -> Self {
        Self {
            session,
            id,
            then,
            spool,
            chunks: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            walk: Mutex::new(None),
        }
    }

    /// Takes in an event of the session. Gives back the deadline that the first chunk
    /// brings.
    pub(super) fn event(
        &self,
        event: &EventMessage<'_>,
        wakes: &mut Wakes,
    ) -> Option<(CommandId, Deadline)> {
        match &*event.method {
            AddHeapSnapshotChunkEvent::METHOD => self.chunk(event.params.unwrap_or("{}"), wakes),
            ReportHeapSnapshotProgressEvent::METHOD => {
                // It is for display only: one that cannot be decoded is no harm.
                if let Some(Ok(event)) = event.decode_as::<ReportHeapSnapshotProgressEvent>() {
                    *self.walk.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some((event.done, event.total));
                    wakes.owe(self.spool.tell());
                }
                None
            }
            _ => None,
        }
    }

    fn chunk(&self, params: &str, wakes: &mut Wakes) -> Option<(CommandId, Deadline)> {
        let mut first = false;
        let wake = self.spool.put(|buffer| {
            let before = buffer.len();
            chunk_into(params, buffer)?;
            // Counted before the taker can know of it.
            let length = (buffer.len() - before) as u64;
            self.bytes.fetch_add(length, Ordering::Relaxed);
            first = self.chunks.fetch_add(1, Ordering::Relaxed) == 0;
            Ok(())
        });
        wakes.owe(wake);
        first.then_some((self.id, self.then))
    }

    pub(super) fn end(&self) -> Wake {
        self.spool.end()
    }

    pub(crate) fn spool(&self) -> &Spool {
        &self.spool
    }

    pub(crate) fn chunks(&self) -> u64 {
        self.chunks.load(Ordering::Relaxed)
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// How many objects the target has visited, and how many there are.
    pub(crate) fn walk(&self) -> Option<(i64, i64)> {
        *self.walk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
