//! Heap snapshots: whether one is whole, what it holds, and what changed.
//!
//! A snapshot comes in chunks, and chunks get lost: Chromium's WebSocket silently
//! drops them for a reader that is slow, replies success, and what is left even ends
//! in `]}`. A [`Verifier`] finds that out while the bytes go by, and makes a
//! [`Summary`] on request; two of them make a [`Comparison`]. It does no IO and wants
//! no client: it takes bytes from a connection as well as from a file. A `Capture`,
//! with any of the clients, streams a snapshot from a target into a file, and verifies
//! it on the way.
//!
//! ```no_run
//! use std::fs::File;
//! use cdp_heapprofiler::snapshot;
//!
//! let facts = snapshot::verify(File::open("app.heapsnapshot")?)?;
//! println!("whole: {} nodes, {} edges", facts.nodes, facts.edges);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is proved
//!
//! - It is one JSON object, to its end, with nothing behind it; its strings are UTF-8
//!   and their escapes are good.
//! - `nodes`, `edges` and `trace_function_infos` have as many rows as `snapshot`
//!   says, and the nodes have as many edges together.
//! - All rows are complete: their columns are those of `snapshot.meta`, so that
//!   every revision of the format is read by its own rules. A section that `meta` names
//!   columns for is there, once.
//! - Types are among the types of `meta`. Edges go to where a node begins; locations
//!   and scopes are of nodes that are there.
//! - There are more strings than the largest index into them that is used. V8 writes
//!   no string that is not used, and the largest index is that of the last one: a
//!   lost string is noticed.
//! - The nodes of `trace_tree` have the ids from 1 on, as V8 gives them, without a
//!   gap, are of functions that are there, and no node refers to a later one.
//! - There are as many `scope_context_vars` and `scope_uses` as `scopes` says.
//!
//! # What is not
//!
//! - A value that could be another, such as a self size, the line of a location, or a
//!   character of a string. The format has no checksums.
//! - The number of `locations`, `samples` and `scopes`, which the format does not state:
//!   if what is lost begins and ends within the same one of these, in the same column,
//!   what is left is a whole snapshot with fewer of them. The same goes for a loss
//!   within a single string. No node, edge or string is ever lost unnoticed.
//! - The values of top-level keys that this version does not know, other than that
//!   they are JSON: [`Facts::unknown`] names them.

#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
mod capture;
#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
mod capture_error;
mod census;
mod comparison;
mod error;
mod facts;
mod fault;
mod layout;
mod ledger;
mod number;
mod rows;
mod skip;
mod strings;
mod summary;
mod tables;
mod text;
mod tree;
mod verifier;

use std::io::{ErrorKind, Read};

#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
pub use capture::{Capture, Captured, Progress, SnapshotCommand};
#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
pub use capture_error::{CaptureError, CaptureFailure};
pub use comparison::{Change, ChangeKind, Comparison};
pub use error::{Error, Place, ReadError};
pub use facts::Facts;
pub use summary::{Group, Summary, Tally};
pub use verifier::Verifier;

/// How many bytes are read at once.
const PIECE: usize = 1 << 16;

/// Reads a snapshot to its end and proves that it is whole. The reader needs no
/// buffer of its own.
///
/// ```
/// # let snapshot = include_bytes!("../tests/snapshots/tiny.heapsnapshot").as_slice();
/// use cdp_heapprofiler::snapshot;
///
/// assert_eq!(snapshot::verify(snapshot)?.edges, 5);
///
/// let error = snapshot::verify(&snapshot[..1000]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the snapshot is truncated (offset 1000, in `strings`, row 0): \
///      the rest of `strings` is missing",
/// );
/// # Ok::<(), snapshot::ReadError>(())
/// ```
///
/// # Errors
/// If the snapshot is not whole, or the reader fails.
pub fn verify(reader: impl Read) -> Result<Facts, ReadError> {
    read(Verifier::new(), reader)
}

/// Reads a snapshot to its end, proves that it is whole, and says what it holds.
///
/// ```
/// # let snapshot = include_bytes!("../tests/snapshots/tiny.heapsnapshot").as_slice();
/// use cdp_heapprofiler::snapshot;
///
/// let (_, summary) = snapshot::summarize(snapshot)?;
/// assert_eq!(summary.total().self_size, 272);
/// # Ok::<(), snapshot::ReadError>(())
/// ```
///
/// # Errors
/// If the snapshot is not whole, or the reader fails.
pub fn summarize(reader: impl Read) -> Result<(Facts, Summary), ReadError> {
    let mut facts = read(Verifier::with_summary(), reader)?;
    let summary = facts.summary.take().unwrap_or_default();
    Ok((facts, summary))
}

fn read(mut verifier: Verifier, mut reader: impl Read) -> Result<Facts, ReadError> {
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(verifier.finish()?),
            // A reader that says it has read more than there is room breaks its word.
            Ok(length) => verifier.push(&piece[..length.min(PIECE)])?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(ReadError::Io(error)),
        }
    }
}
