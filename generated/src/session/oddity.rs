//! What is odd in what a target sends, and is tolerated.

use std::fmt;

use super::CommandId;
use crate::{DecodeError, ReplyError};

/// Something odd in what a target sent. The connection goes on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Oddity {
    /// A frame that is no message. If it could be told which command it was meant to
    /// answer, that command has failed.
    Malformed(DecodeError),
    /// A message with nothing in it to tell what it is: no id, no method, no error.
    Meaningless,
    /// A reply with an id that no command under way has: late, double, or wrong.
    UnknownReply {
        /// The id as the target wrote it.
        id: i64,
    },
    /// An error that does not say which command it answers. Targets send it for a
    /// message that they could not read.
    ErrorWithoutId(ReplyError),
    /// A reply that repeats its request and has no result; read as success.
    Echo {
        /// The command.
        id: CommandId,
    },
    /// A reply without result or error; read as success.
    EmptyReply {
        /// The command.
        id: CommandId,
    },
    /// A reply that names another session than its command's.
    WrongSession {
        /// The command.
        id: CommandId,
        /// The session that the reply names.
        session: String,
    },
    /// An event of a session that has never been attached, or has ended long ago; taken
    /// for one of the connection's own, which it does not end, whatever it says.
    UnknownSession {
        /// The session that the event names.
        session: String,
    },
    /// An event of a session that has ended; dropped.
    LateEvent {
        /// The session that the event names.
        session: String,
        /// The method of the event.
        method: String,
    },
    /// An event about sessions that cannot be decoded. What it had to say about its
    /// session is not known.
    UnreadableSignal {
        /// The method of the event.
        method: String,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// A message of a worker that has never been attached, or is gone.
    UnknownWorker {
        /// The worker's session, as the message names it.
        session: String,
    },
    /// More sessions are attached than the core keeps, or one with an id of more than a
    /// kilobyte; this one is not followed.
    TooManySessions {
        /// The session.
        session: String,
    },
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "a frame is no message: {error}"),
            Self::Meaningless => f.write_str("a message without id, method and error"),
            Self::UnknownReply { id } => write!(f, "a reply to id {id}, which nothing waits for"),
            Self::ErrorWithoutId(error) => write!(f, "an error that answers nothing: {error}"),
            Self::Echo { id } => write!(f, "the reply to id {id} repeats the request"),
            Self::EmptyReply { id } => write!(f, "the reply to id {id} has no result"),
            Self::WrongSession { id, session } => {
                write!(f, "the reply to id {id} names the session {session}")
            }
            Self::UnknownSession { session } => {
                write!(f, "an event of the unknown session {session}")
            }
            Self::LateEvent { session, method } => {
                write!(f, "`{method}` of the session {session}, which has ended")
            }
            Self::UnreadableSignal { method, error } => {
                write!(f, "`{method}` cannot be decoded: {error}")
            }
            Self::UnknownWorker { session } => {
                write!(f, "a message of the unknown worker session {session}")
            }
            Self::TooManySessions { session } => {
                write!(f, "the session {session} is one too many to be followed")
            }
        }
    }
}
