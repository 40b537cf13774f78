//! Why a snapshot is not what it should be.

use std::error;
use std::fmt;
use std::io;

/// Why bytes are not a whole snapshot.
///
/// It is the same wherever the bytes were cut into pieces on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes end before the snapshot does.
    #[non_exhaustive]
    Truncated {
        /// How far it got: the offset is the number of bytes that came.
        place: Place,
        /// What had still to come, such as `27 of 39885 rows, edges, strings`.
        missing: String,
    },
    /// Something in the middle is lost or damaged: what is there is no JSON, is not
    /// what the snapshot's own `meta` says, or does not agree with its counts.
    #[non_exhaustive]
    Corrupt {
        /// Where that was noticed. What is lost is not always there, but before.
        place: Place,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// The snapshot says of itself something that this reader does not understand,
    /// or that is beyond its limits.
    #[non_exhaustive]
    Unsupported {
        /// Where it says so.
        place: Place,
        /// What it is.
        what: String,
    },
}

/// A place in a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// How many bytes are before it. The reader notices numbers and rows at their
    /// end.
    pub offset: u64,
    /// The top-level key, such as `nodes`; `None` outside of their values.
    pub key: Option<String>,
    /// The row, or the element where there are no rows, from 0.
    pub row: Option<u64>,
    /// The column of the row, by its name in `meta`, such as `to_node`.
    pub column: Option<String>,
}

impl Error {
    /// How far the reader got, or where it noticed what is wrong.
    pub fn place(&self) -> &Place {
        match self {
            Self::Truncated { place, .. }
            | Self::Corrupt { place, .. }
            | Self::Unsupported { place, .. } => place,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "offset {}", self.offset)?;
        if let Some(key) = &self.key {
            write!(f, ", in `{}`", key.escape_debug())?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        match &self.column {
            Some(column) => write!(f, ", column `{}`", column.escape_debug()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { place, missing } => {
                write!(
                    f,
                    "the snapshot is truncated ({place}): {missing} is missing"
                )
            }
            Self::Corrupt {
                place,
                expected,
                found,
            } => write!(
                f,
                "the snapshot is corrupt ({place}): expected {expected}, found {found}"
            ),
            Self::Unsupported { place, what } => {
                write!(f, "the snapshot cannot be read ({place}): {what}")
            }
        }
    }
}

impl error::Error for Error {}

impl From<Error> for io::Error {
    /// Of the kind `InvalidData`, with the error within.
    fn from(error: Error) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

/// Why a snapshot was not verified: see [`verify`](super::verify).
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not a whole snapshot.
    Snapshot(Error),
    /// The bytes could not be read.
    Io(io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot(error) => error.fmt(f),
            Self::Io(error) => write!(f, "the snapshot could not be read: {error}"),
        }
    }
}

impl error::Error for ReadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Snapshot(error) => Some(error),
            Self::Io(error) => Some(error),
        }
    }
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        Self::Snapshot(error)
    }
}
