//! Streaming a snapshot from a target to wherever it is to be.

#[cfg(any(feature = "blocking", feature = "pipe"))]
mod blocking;
mod part;
#[cfg(feature = "tokio")]
mod tokio;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::{CaptureError, CaptureFailure, Facts, Verifier};
use crate::link::{Inflow, Spool, SpoolFailure, SpoolLimits};
use crate::protocol::heap_profiler::{StopTrackingHeapObjects, TakeHeapSnapshot};
use crate::session::{Deadline, Error};
use crate::Command;

/// A command that a target answers with a heap snapshot.
pub trait SnapshotCommand: Command + sealed::Sealed {}

impl SnapshotCommand for TakeHeapSnapshot {}
impl SnapshotCommand for StopTrackingHeapObjects {}

mod sealed {
    /// The list of such commands is the protocol's.
    pub trait Sealed {}

    impl Sealed for super::TakeHeapSnapshot {}
    impl Sealed for super::StopTrackingHeapObjects {}
}

/// How far a snapshot has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many objects of its heap the target has visited; `None` if it has not told.
    /// It tells if the command asks for it, and before the first chunk only.
    pub done: Option<i64>,
    /// How many objects there are, as the target told last.
    pub total: Option<i64>,
    /// How many chunks have come.
    pub chunks: u64,
    /// How many bytes have come.
    pub bytes: u64,
    /// How many bytes have been written.
    pub written: u64,
}

/// A snapshot that was captured as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Captured {
    /// How many chunks it came in.
    pub chunks: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it holds; `None` if it was not verified.
    pub facts: Option<Facts>,
}

/// Captures a heap snapshot: sends the command, and writes the chunks to a file or a
/// writer in the order in which they come.
///
/// It is complete when the command's own reply has come, and only then, and when what
/// has come is a whole snapshot, which a [`Verifier`] proves on the way. The memory
/// that it needs does not depend on the size of the snapshot.
///
/// A snapshot comes as fast as the target can send it, and is taken off the connection
/// at once, whether or not the writer keeps up: Chromium drops chunks, unannounced, for
/// a client on its WebSocket that falls 256 MiB behind. What the writer has not taken
/// yet waits in [`memory`](Self::memory), then in a [`spool`](Self::spool) file, which
/// has no name and is gone when the capture ends. The connection waits for that file
/// alone, so let it be on a disk that is quick to write to, and not in memory. It may
/// become as large as the snapshot.
///
/// A session can have one snapshot under way. If a capture is given up, the next
/// one fails with [`CaptureFailure::Busy`] until the target has sent all of it.
///
/// ```no_run
/// # #[cfg(feature = "blocking")] {
/// use cdp_heapprofiler::blocking;
/// use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
/// use cdp_heapprofiler::snapshot::Capture;
///
/// let target = blocking::connect("127.0.0.1:9229")?;
/// let captured = Capture::new(TakeHeapSnapshot::new().report_progress(true))
///     .on_progress(|progress| eprintln!("{} bytes", progress.bytes))
///     .save(&target, "app.heapsnapshot")?;
/// println!("{} bytes in {} chunks", captured.bytes, captured.chunks);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Capture<C> {
    command: C,
    first: Duration,
    idle: Duration,
    total: Duration,
    limits: SpoolLimits,
    verifier: Option<Verifier>,
    on_progress: Box<dyn FnMut(&Progress) + Send>,
}

impl<C: SnapshotCommand> Capture<C> {
    /// A capture by this command.
    pub fn new(command: C) -> Self {
        Self {
            command,
            first: Duration::from_secs(15 * 60),
            idle: Duration::from_secs(60),
            total: Duration::from_secs(6 * 60 * 60),
            limits: SpoolLimits {
                memory: 8 << 20,
                file: 16 << 30,
                folder: std::env::temp_dir(),
            },
            verifier: Some(Verifier::new()),
            on_progress: Box::new(|_| {}),
        }
    }

    /// Sets how long the target may be silent before the first chunk. It stands still
    /// then: some 20 s for two million objects, and more if it has to swap. Without
    /// this, 15 minutes.
    pub fn first_idle(mut self, limit: Duration) -> Self {
        self.first = limit;
        self
    }

    /// Sets how long the target may be silent from the first chunk on. Without this,
    /// a minute.
    pub fn idle(mut self, limit: Duration) -> Self {
        self.idle = limit;
        self
    }

    /// Sets how long the whole may take. It is for a target that goes on sending events
    /// of other kinds, which count as signs of life, but no snapshot. Without this, six
    /// hours.
    pub fn total(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }

    /// Sets how many bytes may wait in memory to be written; four times as many may
    /// be in use, and a chunk. Without this, 8 MiB.
    pub fn memory(mut self, bytes: usize) -> Self {
        self.limits.memory = bytes;
        self
    }

    /// Sets the folder of the file for what waits beyond the memory, and how many
    /// bytes may wait there; beyond that the capture fails. Without this, 16 GiB in the
    /// folder for temporary files.
    pub fn spool(mut self, folder: impl Into<PathBuf>, bytes: u64) -> Self {
        self.limits.folder = folder.into();
        self.limits.file = bytes;
        self
    }

    /// Makes a [`Summary`](super::Summary) on the way: [`Facts::summary`].
    pub fn summarize(mut self) -> Self {
        self.verifier = Some(Verifier::with_summary());
        self
    }

    /// Leaves the bytes unread. What is lost on the way is lost unnoticed then.
    pub fn unverified(mut self) -> Self {
        self.verifier = None;
        self
    }

    /// Calls this whenever there is progress, between writes.
    pub fn on_progress(mut self, tell: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.on_progress = Box::new(tell);
        self
    }

    /// The deadlines before and from the first chunk.
    fn deadlines(&self) -> (Deadline, Deadline) {
        let deadline = |idle| Deadline::idle(idle).total(self.total);
        (deadline(self.first), deadline(self.idle))
    }

    fn spooled(&self) -> Spool {
        Spool::new(self.limits.clone())
    }
}

impl<C: fmt::Debug> fmt::Debug for Capture<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capture")
            .field("command", &self.command)
            .field("first", &self.first)
            .field("idle", &self.idle)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Progress {
    fn of(inflow: &Inflow, written: u64) -> Self {
        let walk = inflow.walk();
        Self {
            done: walk.map(|(done, _)| done),
            total: walk.map(|(_, total)| total),
            chunks: inflow.chunks(),
            bytes: inflow.bytes(),
            written,
        }
    }

    fn captured(self, facts: Option<Facts>) -> Captured {
        Captured {
            chunks: self.chunks,
            bytes: self.bytes,
            facts,
        }
    }
}

impl From<Error> for CaptureFailure {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy { .. } => Self::Busy,
            error => Self::Command(error),
        }
    }
}

impl From<SpoolFailure> for CaptureFailure {
    fn from(failure: SpoolFailure) -> Self {
        match failure {
            SpoolFailure::Chunk(error) => Self::Chunk(error),
            SpoolFailure::Full => Self::SpoolFull,
            SpoolFailure::File(error) => Self::Spool(error),
        }
    }
}

/// Proves that the snapshot is whole, now that it has ended.
fn finish(verifier: Option<Verifier>) -> Result<Option<Facts>, CaptureFailure> {
    let facts = verifier.map(Verifier::finish).transpose();
    facts.map_err(CaptureFailure::Snapshot)
}

/// A failure before anything came.
fn failed(failure: CaptureFailure) -> CaptureError {
    CaptureError::new(failure, Progress::default())
}
