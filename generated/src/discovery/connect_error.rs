//! Why a connection to a target cannot be made.

use std::error::Error;
use std::fmt;
use std::io;

use crate::discovery::WebSocketUrl;
use crate::DecodeError;

/// Why a connection to a target cannot be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// The address cannot be read.
    #[non_exhaustive]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The network failed, or nothing listens there.
    #[non_exhaustive]
    Io {
        /// What was being done: `connecting to`, `asking`.
        doing: &'static str,
        /// The host and the port.
        address: String,
        /// How it failed.
        error: io::Error,
    },
    /// What listens there does not answer as a target does.
    #[non_exhaustive]
    Http {
        /// The host and the port.
        address: String,
        /// What is wrong with its answer.
        problem: String,
    },
    /// The answer is not what the protocol says.
    #[non_exhaustive]
    Decode {
        /// The address.
        address: String,
        /// What is wrong with its answer.
        error: DecodeError,
    },
    /// There is no target to be connected to.
    #[non_exhaustive]
    NoTarget {
        /// The address.
        address: String,
        /// What is there instead.
        found: String,
    },
    /// The WebSocket could not be opened.
    #[non_exhaustive]
    Handshake {
        /// The URL.
        url: String,
        /// What went wrong.
        problem: String,
    },
}

impl ConnectError {
    pub(crate) fn io(doing: &'static str, address: &str, error: io::Error) -> Self {
        let address = address.to_owned();
        Self::Io {
            doing,
            address,
            error,
        }
    }

    pub(crate) fn handshake(url: &WebSocketUrl, problem: String) -> Self {
        let url = url.as_str().to_owned();
        Self::Handshake { url, problem }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { address, problem } => write!(
                f,
                "`{address}` is no address of a target: {problem}; \
                 expected HOST:PORT, http://HOST:PORT or ws://HOST:PORT/PATH"
            ),
            Self::Io {
                doing,
                address,
                error,
            } => write!(f, "{doing} {address} failed: {error}"),
            Self::Http { address, problem } => {
                write!(f, "{address} does not answer as a target does: {problem}")
            }
            Self::Decode { address, error } => {
                write!(f, "the answer of {address} cannot be decoded: {error}")
            }
            Self::NoTarget { address, found } => {
                write!(f, "there is no target at {address}: {found}")
            }
            Self::Handshake { url, problem } => {
                write!(f, "the WebSocket {url} cannot be opened: {problem}")
            }
        }
    }
}

/// What the parts say is in the text already, so there is no source to be told after it.
impl Error for ConnectError {}
