//! What every message is wrapped in.

mod open;
mod scan;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use serde_core::de::MapAccess;
#[cfg(feature = "mirror")]
use serde_json::value::RawValue;

use crate::wire::{Json, Object, ObjectWriter, Serialize, Serializer, Value};
use crate::{Command, DecodeError, EncodeError};

/// A message from a target, opened but not yet decoded: a reply, an error, or an
/// event.
///
/// Route by `id` first: a pending id beats everything, since some replies carry a
/// `method` too, and some lack `session_id` or `result`. An error may come without
/// an `id`. What has a `method` and no `id` is an event. Members that are `null`
/// count as absent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Envelope<'a> {
    /// The id of the command that this replies to, as the target wrote it.
    pub id: Option<i64>,
    /// The method of an event.
    pub method: Option<Cow<'a, str>>,
    /// The parameters of an event, as JSON text.
    pub params: Option<&'a str>,
    /// What a command returned, as JSON text.
    pub result: Option<&'a str>,
    /// Why a command failed.
    pub error: Option<ReplyError>,
    /// The session that the message belongs to, on a connection with several.
    pub session_id: Option<Cow<'a, str>>,
}

impl<'a> Envelope<'a> {
    /// Opens a message in one pass, without looking into `params` and `result`.
    ///
    /// Of an object there, it only finds the end, by counting brackets outside of
    /// strings, however deep they nest. Whether what is in between is JSON shows when
    /// it is decoded. All else in the message is checked, and of equal keys the last
    /// one wins.
    ///
    /// # Errors
    /// If the text is not a JSON object, or if `id` is not an integer of 64 bits, or
    /// `method` or `sessionId` not a string.
    pub fn decode(json: &'a str) -> Result<Self, DecodeError> {
        let mut envelope = Self::default();
        open::open(json, &mut envelope)?;
        Ok(envelope)
    }

    /// Opens a message into an empty envelope, which holds what comes before the error
    /// if it is none.
    #[inline]
    pub(crate) fn decode_into(&mut self, json: &'a str) -> Result<(), DecodeError> {
        open::open(json, self)
    }
}

/// Writes a message, for mocks and proxies. It fails if `params` or `result` is not
/// JSON.
#[cfg(feature = "mirror")]
impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = raw(self.params).map_err(serde_core::ser::Error::custom)?;
        let result = raw(self.result).map_err(serde_core::ser::Error::custom)?;
        let mut object = ObjectWriter::new(serializer)?;
        object.optional("id", &self.id)?;
        object.optional("method", &self.method)?;
        object.optional("params", &params)?;
        object.optional("result", &result)?;
        object.optional("error", &self.error)?;
        object.optional("sessionId", &self.session_id)?;
        object.end()
    }
}

#[cfg(feature = "mirror")]
fn raw(json: Option<&str>) -> serde_json::Result<Option<&RawValue>> {
    json.map(serde_json::from_str).transpose()
}

/// Why a target refused a command, or failed at it.
///
/// Of the usual codes, -32700 is a message that is not JSON, -32600 one that is no
/// command, -32601 an unknown method, -32602 bad parameters (`data` names the
/// culprit), -32000 a failure of the command itself, and -32001 an unknown session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyError {
    /// The code; 0 if the error has none.
    pub code: i64,
    /// The message; empty if the error has none.
    pub message: String,
    /// Whatever else the target has to say. An error that is not of this form is
    /// kept here as a whole.
    pub data: Option<Json>,
}

impl ReplyError {
    /// Makes an error, for mocks and proxies.
    pub fn new(code: i64, message: impl Into<String>, data: Option<Json>) -> Self {
        Self {
            code,
            message: message.into(),
            data,
        }
    }

    /// Never fails, lest an odd error hide which command failed.
    fn from_json(json: &str) -> Self {
        match crate::decode(json) {
            Ok(error) if error != Self::default() => error,
            _ => Self {
                data: json.parse().ok(),
                ..Self::default()
            },
        }
    }
}

impl Object for ReplyError {
    const NAME: &'static str = "error";
    const MEMBERS: &'static [(&'static str, bool)] =
        &[("code", false), ("message", false), ("data", false)];

    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Value<'_, A>,
    ) -> Result<(), A::Error> {
        match name {
            "code" => value.required(0, &mut self.code),
            "message" => value.required(1, &mut self.message),
            "data" => value.optional(2, &mut self.data),
            _ => value.ignore(),
        }
    }
}

crate::wire::read_by_object!(ReplyError);

#[cfg(feature = "mirror")]
impl Serialize for ReplyError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer)?;
        object.required("code", &self.code)?;
        object.required("message", &self.message)?;
        object.optional("data", &self.data)?;
        object.end()
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)?;
        match &self.data {
            Some(data) => write!(f, ": {data}"),
            None => Ok(()),
        }
    }
}

impl Error for ReplyError {}

/// Encodes a command as the message that a target expects.
///
/// `id` should be from 1 to 2147483647 and new on its connection: targets answer
/// other ids wrongly. `session_id` is that of an attached target, on a connection
/// with several.
///
/// # Errors
/// [`EncodeError::Refused`] if a parameter would harm the target, see
/// [`Command::check`]. [`EncodeError::Serialize`] if the command's own `Serialize`
/// fails; those of this crate never do.
pub fn encode_request<C: Command>(
    id: i64,
    session_id: Option<&str>,
    command: &C,
) -> Result<String, EncodeError> {
    command.check()?;
    crate::encode(&Request {
        id,
        session_id,
        command,
    })
}

struct Request<'a, C> {
    id: i64,
    session_id: Option<&'a str>,
    command: &'a C,
}

impl<C: Command> Serialize for Request<'_, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer)?;
        object.required("id", &self.id)?;
        object.required("method", C::METHOD)?;
        object.required("params", self.command)?;
        object.optional("sessionId", &self.session_id)?;
        object.end()
    }
}
