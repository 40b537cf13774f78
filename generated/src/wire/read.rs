//! Reading values that are not objects.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, SeqAccess, Unexpected, Visitor,
};
use serde_json::value::RawValue;

use super::quick::{Odd, Quick};
use super::{Context, Text};
use crate::DecodeError;

/// A type of the protocol that can be read from JSON.
pub trait Read: Default {
    /// Reads a value into `self`, which is as `Default` makes it.
    ///
    /// # Errors
    /// If the value is not of this type.
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: &mut Context,
    ) -> Result<(), D::Error>;
}

/// Reads a whole document into a `T`.
///
/// Hardly any document has anything odd in it. So it is read quickly first, and if that
/// fails, a second time with care: which then is what counts.
pub(crate) fn read_document<T: Read>(json: &str) -> Result<T, DecodeError> {
    let mut value = T::default();
    let mut parser = Quick::new(json);
    let read = value.read(&mut parser, &mut Context::quick());
    match read.and_then(|()| parser.end()) {
        Ok(()) => Ok(value),
        Err(Odd) => read_with_care(json, |value: &mut T, parser, context| {
            value.read(parser, context)
        }),
    }
}

/// Reads a document that is an object, and appends the text of its member `name` to `out`.
/// If it cannot, which may have any reason, it appends nothing and gives back `false`.
pub(crate) fn text_member_into(json: &str, name: &str, out: &mut Vec<u8>) -> bool {
    let length = out.len();
    let mut parser = Quick::new(json);
    let found = parser.text_member_into(name, out);
    let read = found.is_ok_and(|found| found) && parser.end().is_ok();
    if !read {
        out.truncate(length);
    }
    read
}

/// Reads a whole document into a `T`, without the parser's own limit on depth, and
/// finds out where it failed.
pub(crate) fn read_with_care<'de, T: Default>(
    json: &'de str,
    read: impl FnOnce(&mut T, &mut Parser<'de>, &mut Context) -> serde_json::Result<()>,
) -> Result<T, DecodeError> {
    let mut value = T::default();
    let mut context = Context::default();
    let mut parser = Parser::from_str(json);
    parser.disable_recursion_limit();
    match read(&mut value, &mut parser, &mut context).and_then(|()| parser.end()) {
        Ok(()) => Ok(value),
        Err(error) => Err(DecodeError::new(json, &context, &error)),
    }
}

/// The parser of a document.
pub(crate) type Parser<'de> = serde_json::Deserializer<serde_json::de::StrRead<'de>>;

impl Read for String {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _context: &mut Context,
    ) -> Result<(), D::Error> {
        *self = Text.deserialize(deserializer)?.into_owned();
        Ok(())
    }
}

impl Read for i64 {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _context: &mut Context,
    ) -> Result<(), D::Error> {
        *self = deserializer.deserialize_i64(IntegerVisitor)?;
        Ok(())
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of 64 bits")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        // 2^63. An integer written beyond -2^63 may have been rounded to it.
        const BOUND: f64 = 9_223_372_036_854_775_808.0;
        if value.fract() == 0.0 && value.abs() < BOUND {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }
}

impl Read for f64 {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _context: &mut Context,
    ) -> Result<(), D::Error> {
        *self = deserializer.deserialize_f64(NumberVisitor)?;
        Ok(())
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }
}

impl Read for bool {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _context: &mut Context,
    ) -> Result<(), D::Error> {
        *self = deserializer.deserialize_bool(BooleanVisitor)?;
        Ok(())
    }
}

struct BooleanVisitor;

impl Visitor<'_> for BooleanVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

impl<T: Read> Read for Box<T> {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: &mut Context,
    ) -> Result<(), D::Error> {
        (**self).read(deserializer, context)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: &mut Context,
    ) -> Result<(), D::Error> {
        context.enter()?;
        deserializer.deserialize_seq(ArrayVisitor {
            items: self,
            context: &mut *context,
        })?;
        context.leave();
        Ok(())
    }
}

struct ArrayVisitor<'a, T> {
    items: &'a mut Vec<T>,
    context: &'a mut Context,
}

impl<'de, T: Read> Visitor<'de> for ArrayVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for index in 0.. {
            let item = Item {
                items: &mut *self.items,
                context: &mut *self.context,
            };
            match seq.next_element_seed(item) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) => {
                    self.context.failed_at_index(index);
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

/// The place of the next item of an array.
struct Item<'a, T> {
    items: &'a mut Vec<T>,
    context: &'a mut Context,
}

impl<'de, T: Read> DeserializeSeed<'de> for Item<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let index = self.items.len();
        self.items.push(T::default());
        self.items[index].read(deserializer, self.context)
    }
}

/// The place of the value of an optional member.
pub(crate) struct Optional<'a, T> {
    pub(crate) field: &'a mut Option<T>,
    pub(crate) context: &'a mut Context,
}

impl<'de, T: Read> DeserializeSeed<'de> for Optional<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Read> Visitor<'de> for Optional<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.field
            .get_or_insert_with(T::default)
            .read(deserializer, self.context)
    }
}

/// Reads an identifier that is a string in the protocol. Some targets write
/// numbers where others write strings of digits; those read as their digits.
#[allow(dead_code)] // Not in use unless a document has an identifier.
pub(crate) fn read_identifier<'de, D: Deserializer<'de>>(
    deserializer: D,
    context: &Context,
) -> Result<String, D::Error> {
    if context.quick {
        return Text.deserialize(deserializer).map(Cow::into_owned);
    }
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let unexpected = match raw.get().as_bytes() {
        [b'"', ..] => {
            let mut parser = serde_json::Deserializer::from_str(raw.get());
            return match Text.deserialize(&mut parser) {
                Ok(text) => Ok(text.into_owned()),
                Err(error) => Err(D::Error::custom(error)),
            };
        }
        [b'{', ..] => Unexpected::Map,
        [b'[', ..] => Unexpected::Seq,
        b"true" => Unexpected::Bool(true),
        b"false" => Unexpected::Bool(false),
        b"null" => Unexpected::Unit,
        _ => return Ok(raw.get().to_owned()),
    };
    Err(D::Error::invalid_type(unexpected, &Text))
}

/// A type of the protocol that is a string out of a set, open to new literals.
pub trait StringEnum: Clone + 'static {
    /// The literals that are known, as they are on the wire.
    const LITERALS: &'static [(&'static str, Self)];

    /// The value for a literal that is not known.
    fn unrecognized(literal: String) -> Self;

    /// The literal, known or not, as it is on the wire.
    fn as_str(&self) -> &str;
}

/// Finds the value of a literal among those known.
#[allow(dead_code)] // Not in use unless a document has an enum.
pub(crate) fn find_literal<T: StringEnum>(literal: &str) -> Option<T> {
    let (_, value) = T::LITERALS.iter().find(|(known, _)| *known == literal)?;
    Some(value.clone())
}

/// Reads a literal, known or not.
#[allow(dead_code)] // Not in use unless a document has an enum.
pub(crate) fn read_enum<'de, T: StringEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let literal = Text.deserialize(deserializer)?;
    Ok(match find_literal(&literal) {
        Some(known) => known,
        None => T::unrecognized(literal.into_owned()),
    })
}
