//! What can go wrong with a sampling, and with reading a profile's file.

use std::error::Error;
use std::fmt;
use std::io;

use crate::session;
use crate::DecodeError;

/// Why a sampling has no profile to give, or cannot be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum SamplingError {
    /// The target was sampling already, for somebody else. A target has one sampling
    /// for all its sessions, and would take a second start for done: both would then
    /// read one profile, at the interval of the first, and the first stop would take it
    /// from the other. Nothing was started or stopped.
    AlreadySampling,
    /// The target is not sampling any more, and what it had recorded is gone: another
    /// session has stopped the sampling, or was started with one and then disabled or
    /// disconnected, or this session was disabled.
    NotSampling,
    /// A command failed, for instance since the session has ended.
    Command(session::Error),
}

impl fmt::Display for SamplingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadySampling => f.write_str("the target is sampling already, for another"),
            Self::NotSampling => {
                f.write_str("the target is not sampling any more: something else has stopped it")
            }
            Self::Command(error) => error.fmt(f),
        }
    }
}

impl Error for SamplingError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // Its text is this one's own already.
            Self::Command(error) => error.source(),
            Self::AlreadySampling | Self::NotSampling => None,
        }
    }
}

impl From<session::Error> for SamplingError {
    fn from(error: session::Error) -> Self {
        Self::Command(error)
    }
}

/// Why a profile has not been read from a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// Reading failed, or what was read is not UTF-8.
    Io(io::Error),
    /// It is no profile. The error says what is wrong, and where.
    Decode(DecodeError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the profile cannot be read: {error}"),
            Self::Decode(error) => write!(f, "not a sampling profile: {error}"),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Decode(error) => Some(error),
        }
    }
}
