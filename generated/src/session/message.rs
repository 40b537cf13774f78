//! What a connection yields.

use super::{CommandId, Error, Oddity, SessionKey};
use crate::protocol::AnyEvent;
use crate::{decode, Command, DecodeError, Event, ReplyError};

/// What a frame was.
#[derive(Debug)]
#[non_exhaustive]
pub enum Message<'a> {
    /// The reply to a command.
    Reply(Reply<'a>),
    /// An event.
    Event(EventMessage<'a>),
    /// Neither: something to be noted and no more.
    Odd(Oddity),
    /// The target's receipt for a message to a worker. It concerns nobody: the reply
    /// comes in a message from the worker.
    Receipt,
}

/// The reply to a command, not yet decoded.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply<'a> {
    /// The command that it answers.
    pub id: CommandId,
    /// The session that the command was sent to.
    pub session: SessionKey,
    /// The method of the command.
    pub method: &'static str,
    /// What the command returned, as JSON text, or the target's error.
    pub outcome: Result<&'a str, ReplyError>,
}

impl Reply<'_> {
    /// Decodes what the command returned.
    ///
    /// # Errors
    /// [`Error::Protocol`] if the target answered with an error, and
    /// [`Error::Decode`] if the answer is not what a `C` returns.
    pub fn decode<C: Command>(self) -> Result<C::Returns, Error> {
        let Self { id, method, .. } = self;
        match self.outcome {
            Ok(result) => decode(result).map_err(|error| Error::Decode { id, method, error }),
            Err(error) => Err(Error::Protocol { id, method, error }),
        }
    }
}

/// An event, not yet decoded.
#[derive(Debug)]
#[non_exhaustive]
pub struct EventMessage<'a> {
    /// The session that it belongs to.
    pub session: SessionKey,
    /// The method, such as `HeapProfiler.resetProfiles`.
    pub method: std::borrow::Cow<'a, str>,
    /// The parameters as JSON text, if there are any.
    pub params: Option<&'a str>,
    /// Whether it names a session that has never been attached.
    pub is_stray: bool,
}

impl EventMessage<'_> {
    /// Decodes the event; one that these bindings do not know is kept as it came.
    ///
    /// # Errors
    /// If the parameters are not those of the event. That concerns nothing but this
    /// event.
    pub fn decode(&self) -> Result<AnyEvent, DecodeError> {
        AnyEvent::decode(&self.method, self.params)
    }

    /// Decodes the event if it is an `E`; `None` if it is another.
    ///
    /// # Errors
    /// The decoding's result is an error if the parameters are not those of an `E`.
    pub fn decode_as<E: Event>(&self) -> Option<Result<E, DecodeError>> {
        (self.method == E::METHOD).then(|| decode(self.params.unwrap_or("{}")))
    }
}

/// What a frame, the time or a close brought besides a message.
#[derive(Debug)]
#[non_exhaustive]
pub enum Notice {
    /// A command ended without a reply.
    Ended(Ended),
    /// Something was odd, and was tolerated.
    Odd(Oddity),
    /// A session ended: nothing can be sent to it any more. The notices of its
    /// commands have come before.
    SessionEnded(SessionKey, super::Closed),
}

/// A command that ended without a reply.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ended {
    /// The command.
    pub id: CommandId,
    /// The session that it was sent to.
    pub session: SessionKey,
    /// Why: [`Error::Closed`], [`Error::Timeout`], or, for a message to a worker that
    /// the target did not take, [`Error::Protocol`].
    pub error: Error,
}
