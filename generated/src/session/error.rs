//! How a command can fail, and why a session ends.

use std::error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::CommandId;
use crate::{DecodeError, EncodeError, RefusedParameter, ReplyError};

/// Why a command has no returns to give.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The target answered with an error.
    #[non_exhaustive]
    Protocol {
        /// The id of the command.
        id: CommandId,
        /// The method of the command.
        method: &'static str,
        /// What the target said: code, message and data.
        error: ReplyError,
    },
    /// The target's answer is not what the command returns.
    #[non_exhaustive]
    Decode {
        /// The id of the command.
        id: CommandId,
        /// The method of the command.
        method: &'static str,
        /// What is wrong with the answer, and where.
        error: DecodeError,
    },
    /// The session ended before the answer came, or before the command was sent.
    #[non_exhaustive]
    Closed {
        /// The method of the command.
        method: &'static str,
        /// The session, as the target calls it; `None` for the connection's own.
        session: Option<Arc<str>>,
        /// What ended it.
        reason: Closed,
    },
    /// The answer did not come in time. It may still come, and is then an
    /// [`Oddity`](super::Oddity).
    #[non_exhaustive]
    Timeout {
        /// The id of the command.
        id: CommandId,
        /// The method of the command.
        method: &'static str,
        /// Which limit it was.
        kind: TimeoutKind,
        /// How long ago the command was sent.
        waited: Duration,
    },
    /// A snapshot of the session is under way, or one that was given up is still being
    /// sent. Its chunks do not tell which command they belong to.
    #[non_exhaustive]
    Busy {
        /// The method of the command that was not sent.
        method: &'static str,
    },
    /// A parameter would kill the target. [`Unchecked`](crate::Unchecked) sends it all
    /// the same.
    Refused(RefusedParameter),
    /// The command's own `Serialize` failed; those of this crate never do.
    #[non_exhaustive]
    Encode {
        /// The method of the command.
        method: &'static str,
        /// What went wrong.
        error: EncodeError,
    },
}

/// The limits of a [`Deadline`](super::Deadline).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// No frame of the session came for too long.
    Idle,
    /// Frames came, but no reply.
    Total,
}

/// What ends a session, or the commands under way in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Closed {
    /// The connection has ended: by the target, by its death, or by a failure on the
    /// way, as the text says.
    Connection(String),
    /// This side has closed the connection.
    Here,
    /// `Inspector.detached`, with the target's reason, such as `target_closed`.
    Detached(String),
    /// `Target.detachedFromTarget` or `Target.targetDestroyed`: the session was detached
    /// or its target is gone.
    DetachedFromTarget,
    /// `NodeWorker.detachedFromWorker`: the worker has ended or was detached.
    DetachedFromWorker,
    /// `Inspector.targetCrashed` or `Target.targetCrashed`. The session itself may go
    /// on, once the page has been loaded anew.
    Crashed,
    /// The target says that it has no such session.
    UnknownSession,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(detail) => write!(f, "the connection ended: {detail}"),
            Self::Here => f.write_str("the connection was closed on this side"),
            Self::Detached(reason) => write!(f, "the target detached: {reason}"),
            Self::DetachedFromTarget => f.write_str("the session was detached from its target"),
            Self::DetachedFromWorker => f.write_str("the worker has ended or was detached"),
            Self::Crashed => f.write_str("the target crashed"),
            Self::UnknownSession => f.write_str("the target has no such session"),
        }
    }
}

impl Error {
    /// The method of the command that failed.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Protocol { method, .. }
            | Self::Decode { method, .. }
            | Self::Closed { method, .. }
            | Self::Timeout { method, .. }
            | Self::Busy { method }
            | Self::Encode { method, .. } => method,
            Self::Refused(refused) => refused.method(),
        }
    }

    pub(super) fn encode(method: &'static str, error: EncodeError) -> Self {
        match error {
            EncodeError::Refused(refused) => Self::Refused(refused),
            error => Self::Encode { method, error },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol { id, method, error } => {
                write!(f, "`{method}` (id {id}) failed: {error}")
            }
            Self::Decode { id, method, error } => write!(
                f,
                "the answer to `{method}` (id {id}) cannot be decoded: {error}"
            ),
            Self::Closed {
                method,
                session,
                reason,
            } => {
                write!(f, "`{method}` has no answer: {reason}")?;
                match session {
                    Some(session) => write!(f, " (session {session})"),
                    None => Ok(()),
                }
            }
            Self::Timeout {
                id,
                method,
                kind,
                waited,
            } => {
                let limit = match kind {
                    TimeoutKind::Idle => "the target has gone silent",
                    TimeoutKind::Total => "its time is up",
                };
                write!(
                    f,
                    "`{method}` (id {id}) has no answer after {waited:.1?}: {limit}"
                )
            }
            Self::Busy { method } => write!(
                f,
                "`{method}` is not sent: a snapshot of this session is under way, \
                 or one that was given up is still being sent"
            ),
            Self::Refused(refused) => refused.fmt(f),
            Self::Encode { method, error } => write!(f, "`{method}` {error}"),
        }
    }
}

/// What the parts say is in the text already, so there is no source to be told after it.
impl error::Error for Error {}
