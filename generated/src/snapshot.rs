//! Heap snapshots.

mod capture;
mod capture_error;

pub use capture::{Capture, Captured, Progress, SnapshotCommand};
pub use capture_error::{CaptureError, CaptureFailure};
