//! Puts the members of a message into an [`Envelope`].

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, IgnoredAny, Visitor};

use super::scan::{Known, Member, Members, Piece};
use super::{Envelope, ReplyError};
use crate::wire::{read_with_care, Deserialize, Optional, Text};
use crate::DecodeError;

/// What errors call the type of a message.
const OWNER: &str = "message";

/// Opens a message into an empty envelope.
#[inline(always)]
pub(super) fn open<'a>(json: &'a str, envelope: &mut Envelope<'a>) -> Result<(), DecodeError> {
    let Some(mut members) = Members::of(json) else {
        return read_with_care(json, |(), parser, _| parser.deserialize_map(ObjectExpected));
    };
    loop {
        match members.next() {
            Ok(Some(member)) => put(envelope, member, json)?,
            Ok(None) => return Ok(()),
            Err(fault) => return Err(DecodeError::syntax(json, fault.offset, fault.message)),
        }
    }
}

/// Reads a member of the message `json`.
#[inline]
fn put<'a>(envelope: &mut Envelope<'a>, member: Member<'a>, json: &str) -> Result<(), DecodeError> {
    let Member { name, value, .. } = member;
    let known = match member.known {
        Some(known) => Some(known),
        None => {
            let name = text(name).map_err(|error| error.within(json, name.start))?;
            Known::find(&name)
        }
    };
    put_value(envelope, known, value).map_err(|error| {
        let name = text(name).unwrap_or_default();
        error.within(json, value.start).at_member(OWNER, &name)
    })
}

#[inline]
fn put_value<'a>(
    envelope: &mut Envelope<'a>,
    name: Option<Known>,
    value: Piece<'a>,
) -> Result<(), DecodeError> {
    match name {
        Some(Known::Id) => envelope.id = integer(value)?,
        Some(Known::Method) => envelope.method = optional_text(value)?,
        Some(Known::SessionId) => envelope.session_id = optional_text(value)?,
        Some(Known::Params) => envelope.params = raw(value)?,
        Some(Known::Result) => envelope.result = raw(value)?,
        Some(Known::Error) => envelope.error = checked(value)?.map(ReplyError::from_json),
        None => {
            checked(value)?;
        }
    }
    Ok(())
}

fn integer(value: Piece<'_>) -> Result<Option<i64>, DecodeError> {
    // As nearly all ids are written. The parser knows the other ways.
    if let [b'1'..=b'9', ..] = value.text.as_bytes() {
        if let Ok(integer) = value.text.parse() {
            return Ok(Some(integer));
        }
    }
    read_with_care(value.text, |field, parser, context| {
        Optional { field, context }.deserialize(parser)
    })
}

#[inline]
fn optional_text(value: Piece<'_>) -> Result<Option<Cow<'_, str>>, DecodeError> {
    if let Some(text) = value.plain_text() {
        return Ok(Some(Cow::Borrowed(text)));
    }
    // What is not JSON is to be an error as such, not as something else than a string.
    if !value.text.starts_with('"') && checked(value)?.is_none() {
        return Ok(None);
    }
    escaped_text(value).map(Some)
}

fn text(value: Piece<'_>) -> Result<Cow<'_, str>, DecodeError> {
    match value.plain_text() {
        Some(text) => Ok(Cow::Borrowed(text)),
        None => escaped_text(value),
    }
}

#[cold]
fn escaped_text(value: Piece<'_>) -> Result<Cow<'_, str>, DecodeError> {
    read_with_care(value.text, |text, parser, _| {
        *text = Text.deserialize(parser)?;
        Ok(())
    })
}

/// The text of a value that is looked into later, or never, or `None` if it is
/// `null`. What such members are is an object; anything else is odd enough to be
/// checked here.
fn raw(value: Piece<'_>) -> Result<Option<&str>, DecodeError> {
    if value.text.starts_with('{') {
        return Ok(Some(value.text));
    }
    checked(value)
}

/// The text of a value that is JSON, or `None` if it is `null`.
fn checked(value: Piece<'_>) -> Result<Option<&str>, DecodeError> {
    read_with_care(value.text, |(), parser, _| {
        IgnoredAny::deserialize(parser).map(drop)
    })?;
    Ok((value.text != "null").then_some(value.text))
}

/// Refuses whatever the parser finds, in the parser's own words.
struct ObjectExpected;

impl Visitor<'_> for ObjectExpected {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object `{OWNER}`")
    }
}
