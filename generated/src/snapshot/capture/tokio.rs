//! Capturing with the async client.

use std::path::Path;

use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::part::Part;
use super::{failed, Capture, Captured, Progress, SnapshotCommand};
use crate::link::{Inflow, Taken};
use crate::snapshot::{CaptureError, CaptureFailure};
use crate::tokio::{InflowCall, Session};

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
        let part = Part::of(path.as_ref()).map_err(write)?;
        let mut file = File::create(part.beside()).await.map_err(write)?;
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
        let begun = begun.map_err(|error| failed(CaptureFailure::Command(error)))?;
        let (mut call, inflow) = begun.ok_or_else(|| failed(CaptureFailure::Busy))?;
        let mut written = 0;
        let drained = self
            .drain_async(&mut call, &inflow, &mut writer, &mut written)
            .await;
        let result = match drained {
            Ok(()) => call.outcome::<C>().await.map_err(CaptureFailure::Command),
            Err(failure) => Err(failure),
        };
        let progress = Progress::of(&inflow, written);
        match result {
            Ok(_) => Ok((progress.captured(), progress)),
            Err(failure) => Err(CaptureError::new(failure, progress)),
        }
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
