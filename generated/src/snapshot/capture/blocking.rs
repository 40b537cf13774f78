//! Capturing with the blocking client.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::part::Part;
use super::{failed, Capture, Captured, Progress, SnapshotCommand};
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
        let part = Part::of(path.as_ref()).map_err(write)?;
        let file = File::create(part.beside()).map_err(write)?;
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
        let begun = begun.map_err(|error| failed(CaptureFailure::Command(error)))?;
        let (ticket, inflow) = begun.ok_or_else(|| failed(CaptureFailure::Busy))?;
        let mut writer = Counted { writer, written: 0 };
        let result = self.drain(&ticket, &inflow, &mut writer).and_then(|()| {
            let returns = ticket.decode::<C>(ticket.wait());
            returns.map_err(CaptureFailure::Command)
        });
        let progress = Progress::of(&inflow, writer.written);
        match result {
            Ok(_) => Ok((progress.captured(), progress)),
            Err(failure) => Err(CaptureError::new(failure, progress)),
        }
    }

    /// Writes what comes, until the command has ended.
    fn drain(
        &mut self,
        ticket: &Ticket,
        inflow: &Inflow,
        writer: &mut Counted<impl Write>,
    ) -> Result<(), CaptureFailure> {
        let mut buffer = Vec::new();
        loop {
            let taken = inflow.spool().take_until(&mut buffer, ticket.deadline())?;
            match taken {
                Some(Taken::Bytes) => writer.write_all(&buffer).map_err(CaptureFailure::Write)?,
                Some(Taken::News) => {}
                Some(Taken::End) => return writer.flush().map_err(CaptureFailure::Write),
                // The deadline may have moved on meanwhile.
                None => ticket.expire(),
            }
            (self.on_progress)(&Progress::of(inflow, writer.written));
        }
    }
}

/// A writer that knows how much it has written.
struct Counted<W> {
    writer: W,
    written: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
