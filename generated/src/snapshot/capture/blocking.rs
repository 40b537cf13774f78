//! Capturing with the blocking client.

use std::io::Write;
use std::path::Path;

use super::part::Part;
use super::{failed, finish, Capture, Captured, Progress, SnapshotCommand};
use crate::blocking::Session;
use crate::link::{Inflow, Taken, Ticket};
use crate::snapshot::{CaptureError, CaptureFailure};

impl<C: SnapshotCommand> Capture<C> {
    /// Captures into a writer, in this thread.
    ///
    /// # Errors
    /// If the snapshot is not captured as a whole. What was written then is not whole
    /// either, even if it should look so.
    pub fn write_to(self, session: &Session, writer: impl Write) -> Result<Captured, CaptureError> {
        self.run(session, writer).map(|(captured, _)| captured)
    }

    /// Captures into a file, in this thread. It is written beside, under a name that
    /// ends in `.part`, and put into its place when it is whole. If it fails, nothing is
    /// left, and a file that was in the place is still there.
    ///
    /// # Errors
    /// If the snapshot is not captured as a whole, or the file cannot be written.
    pub fn save(self, session: &Session, path: impl AsRef<Path>) -> Result<Captured, CaptureError> {
        let write = |error| failed(CaptureFailure::Write(error));
        let (part, file) = Part::create(path.as_ref()).map_err(write)?;
        let (captured, progress) = self.run(session, &file)?;
        let put = file.sync_all().and_then(|()| part.put());
        put.map_err(|error| CaptureError::new(CaptureFailure::Write(error), progress))?;
        Ok(captured)
    }

    fn run(
        mut self,
        session: &Session,
        writer: impl Write,
    ) -> Result<(Captured, Progress), CaptureError> {
        let (first, then) = self.deadlines();
        let begun = session.begin_inflow(&self.command, first, then, self.spooled());
        let (ticket, inflow) = begun.map_err(|error| failed(error.into()))?;
        let mut written = 0;
        let drained = self.drain(&ticket, &inflow, writer, &mut written);
        let result = drained.and_then(|()| {
            let returns = ticket.decode::<C>(ticket.wait());
            returns.map_err(CaptureFailure::Command)?;
            finish(self.verifier.take())
        });
        let progress = Progress::of(&inflow, written);
        match result {
            Ok(facts) => Ok((progress.captured(facts), progress)),
            Err(failure) => Err(CaptureError::new(failure, progress)),
        }
    }

    /// Writes what comes, until the command has ended.
    fn drain(
        &mut self,
        ticket: &Ticket,
        inflow: &Inflow,
        mut writer: impl Write,
        written: &mut u64,
    ) -> Result<(), CaptureFailure> {
        let mut buffer = Vec::new();
        loop {
            let taken = inflow.spool().take_until(&mut buffer, ticket.deadline())?;
            match taken {
                Some(Taken::Bytes) => {
                    if let Some(verifier) = &mut self.verifier {
                        verifier.push(&buffer).map_err(CaptureFailure::Snapshot)?;
                    }
                    writer.write_all(&buffer).map_err(CaptureFailure::Write)?;
                    *written += buffer.len() as u64;
                }
                Some(Taken::News) => {}
                Some(Taken::End) => return writer.flush().map_err(CaptureFailure::Write),
                // The deadline may have moved on meanwhile.
                None => ticket.expire(),
            }
            (self.on_progress)(&Progress::of(inflow, *written));
        }
    }
}
