//! Capturing with the async client.

use std::path::Path;

use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::task::yield_now;

use super::part::Part;
use super::{failed, finish, Capture, Captured, Progress, SnapshotCommand};
use crate::link::{Inflow, Taken};
use crate::snapshot::{CaptureError, CaptureFailure};
use crate::tokio::{InflowCall, Session};

/// How many bytes are verified in a turn of the task: well under a millisecond's.
const TURN: usize = 1 << 17;

impl<C: SnapshotCommand> Capture<C> {
    /// Captures into an async writer.
    ///
    /// The future may be dropped; the session can begin another snapshot when the
    /// target has sent all of this one.
    ///
    /// # Errors
    /// If the snapshot is not captured as a whole. What was written then is not whole
    /// either, even if it should look so.
    pub async fn write_to_async(
        self,
        session: &Session,
        writer: impl AsyncWrite + Unpin,
    ) -> Result<Captured, CaptureError> {
        let (captured, _) = self.run_async(session, writer).await?;
        Ok(captured)
    }

    /// Captures into a file. It is written beside, under a name that ends in `.part`,
    /// and put into its place when it is whole. If it fails, or the future is dropped,
    /// nothing is left, and a file that was in the place is still there.
    ///
    /// # Errors
    /// If the snapshot is not captured as a whole, or the file cannot be written.
    pub async fn save_async(
        self,
        session: &Session,
        path: impl AsRef<Path>,
    ) -> Result<Captured, CaptureError> {
        let write = |error| failed(CaptureFailure::Write(error));
        let (part, file) = Part::create(path.as_ref()).map_err(write)?;
        let mut file = File::from_std(file);
        let (captured, progress) = self.run_async(session, &mut file).await?;
        let put = file.sync_all().await.and_then(|()| part.put());
        put.map_err(|error| CaptureError::new(CaptureFailure::Write(error), progress))?;
        Ok(captured)
    }

    async fn run_async(
        mut self,
        session: &Session,
        mut writer: impl AsyncWrite + Unpin,
    ) -> Result<(Captured, Progress), CaptureError> {
        let (first, then) = self.deadlines();
        let begun = session.begin_inflow(&self.command, first, then, self.spooled());
        let (mut call, inflow) = begun.map_err(|error| failed(error.into()))?;
        let mut written = 0;
        let drained = self
            .drain_async(&mut call, &inflow, &mut writer, &mut written)
            .await;
        let result = match drained {
            Ok(()) => {
                let returns = call.outcome::<C>().await;
                let returns = returns.map_err(CaptureFailure::Command);
                returns.and_then(|_| finish(self.verifier.take()))
            }
            Err(failure) => Err(failure),
        };
        let progress = Progress::of(&inflow, written);
        match result {
            Ok(facts) => Ok((progress.captured(facts), progress)),
            Err(failure) => Err(CaptureError::new(failure, progress)),
        }
    }

    /// Verifies bytes, and lets other tasks have their turns meanwhile.
    async fn verify(&mut self, bytes: &[u8]) -> Result<(), CaptureFailure> {
        if let Some(verifier) = &mut self.verifier {
            for piece in bytes.chunks(TURN) {
                verifier.push(piece).map_err(CaptureFailure::Snapshot)?;
                yield_now().await;
            }
        }
        Ok(())
    }

    /// Writes what comes, until the command has ended.
    async fn drain_async(
        &mut self,
        call: &mut InflowCall,
        inflow: &Inflow,
        writer: &mut (impl AsyncWrite + Unpin),
        written: &mut u64,
    ) -> Result<(), CaptureFailure> {
        let mut buffer = Vec::new();
        loop {
            match call.take(inflow, &mut buffer).await? {
                Taken::Bytes => {
                    self.verify(&buffer).await?;
                    let result = writer.write_all(&buffer).await;
                    result.map_err(CaptureFailure::Write)?;
                    *written += buffer.len() as u64;
                }
                Taken::News => {}
                Taken::End => {
                    let result = writer.flush().await;
                    return result.map_err(CaptureFailure::Write);
                }
            }
            (self.on_progress)(&Progress::of(inflow, *written));
        }
    }
}
