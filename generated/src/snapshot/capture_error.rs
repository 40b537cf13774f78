//! Why a snapshot could not be captured.

use std::error;
use std::fmt;
use std::io;

use super::Progress;
use crate::session::Error;
use crate::DecodeError;

/// Why a snapshot could not be captured, and how far it got.
#[derive(Debug)]
pub struct CaptureError(Box<(CaptureFailure, Progress)>);

impl CaptureError {
    pub(super) fn new(failure: CaptureFailure, progress: Progress) -> Self {
        Self(Box::new((failure, progress)))
    }

    /// What went wrong.
    pub fn failure(&self) -> &CaptureFailure {
        &self.0 .0
    }

    /// How far it got.
    pub fn progress(&self) -> Progress {
        self.0 .1
    }

    /// Takes out what went wrong.
    pub fn into_failure(self) -> CaptureFailure {
        self.0 .0
    }
}

/// What can go wrong while a snapshot is captured.
#[derive(Debug)]
#[non_exhaustive]
pub enum CaptureFailure {
    /// The command failed: by the target, its end, or a deadline.
    Command(Error),
    /// A snapshot of this session is under way already, or one that was given up is
    /// still being sent.
    Busy,
    /// A chunk could not be decoded.
    Chunk(DecodeError),
    /// What came is not a whole snapshot: a chunk was lost, say.
    Snapshot(super::Error),
    /// What was captured could not be written.
    Write(io::Error),
    /// The file that keeps what is not written yet failed.
    Spool(io::Error),
    /// More was waiting to be written than may wait.
    SpoolFull,
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Progress { chunks, bytes, .. } = self.progress();
        match self.failure() {
            CaptureFailure::Command(error) => error.fmt(f)?,
            CaptureFailure::Busy => {
                return f.write_str(
                    "a snapshot of this session is under way, \
                     or one that was given up is still being sent",
                );
            }
            CaptureFailure::Chunk(error) => write!(f, "a chunk cannot be decoded: {error}")?,
            CaptureFailure::Snapshot(error) => error.fmt(f)?,
            CaptureFailure::Write(error) => write!(f, "the snapshot cannot be written: {error}")?,
            CaptureFailure::Spool(error) => {
                write!(f, "the file for what waits to be written failed: {error}")?;
            }
            CaptureFailure::SpoolFull => {
                f.write_str("more of the snapshot waits to be written than may wait")?;
            }
        }
        write!(f, " (after {chunks} chunks, {bytes} bytes)")
    }
}

/// What the parts say is in the text already, so there is no source to be told after it.
impl error::Error for CaptureError {}
