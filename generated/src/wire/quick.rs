//! A parser for JSON as targets ordinarily write it.
//!
//! What it reads, it reads as `serde_json` does, but in fewer steps. Whatever is odd, it
//! does not read: wrong or not, that is for `serde_json` to tell, which also knows to say
//! what is wrong.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;

use super::number::{plain_integer, Number};
use super::read::Parser;
use super::skip;
use super::unescape::{first_special, unescape};

/// A text, and how much of it has been read.
pub(super) struct Quick<'de> {
    json: &'de str,
    at: usize,
}

/// It takes `serde_json` to tell.
#[derive(Debug)]
pub(super) struct Odd;

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("odd JSON")
    }
}

impl std::error::Error for Odd {}

impl Error for Odd {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

impl<'de> Quick<'de> {
    pub(super) fn new(json: &'de str) -> Self {
        Self { json, at: 0 }
    }

    /// Makes sure that nothing is left.
    pub(super) fn end(mut self) -> Result<(), Odd> {
        match self.peek() {
            0 if self.at == self.json.len() => Ok(()),
            _ => Err(Odd),
        }
    }

    /// The first byte that is not white space; 0 at the end.
    #[inline]
    fn peek(&mut self) -> u8 {
        let text = self.json.as_bytes();
        while let Some(byte) = text.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return *byte,
            }
        }
        0
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Odd> {
        if self.peek() != byte {
            return Err(Odd);
        }
        self.at += 1;
        Ok(())
    }

    fn expect_word(&mut self, word: &str) -> Result<(), Odd> {
        let rest = &self.json.as_bytes()[self.at..];
        if !rest.starts_with(word.as_bytes()) {
            return Err(Odd);
        }
        self.at += word.len();
        Ok(())
    }

    /// Passes on to the next item or member; `false` if `close` comes instead.
    #[inline]
    fn advance(&mut self, first: &mut bool, close: u8) -> Result<bool, Odd> {
        if self.peek() == close {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    #[inline]
    fn text(&mut self) -> Result<Cow<'de, str>, Odd> {
        self.expect(b'"')?;
        let start = self.at;
        let special = first_special(self.json.as_bytes(), start).ok_or(Odd)?;
        if self.json.as_bytes()[special] != b'"' {
            return self.escaped_text().map(Cow::Owned);
        }
        self.at = special + 1;
        Ok(Cow::Borrowed(&self.json[start..special]))
    }

    /// The text of a string after whose first quote it stands.
    fn escaped_text(&mut self) -> Result<String, Odd> {
        let json = self.json.as_bytes();
        let end = skip::string(json, self.at - 1).ok_or(Odd)?;
        let mut text = Vec::with_capacity(end - self.at);
        self.at = unescape(json, self.at, &mut text).ok_or(Odd)?;
        String::from_utf8(text).map_err(|_| Odd)
    }

    /// Has `serde_json` read the next value.
    fn delegate<T>(
        &mut self,
        read: impl FnOnce(&mut Parser<'de>) -> serde_json::Result<T>,
    ) -> Result<T, Odd> {
        let json = self.json.as_bytes();
        let end = match self.peek() {
            b'"' => skip::string(json, self.at),
            b'{' | b'[' => skip::nested(json, self.at),
            _ => Some(skip::scalar(json, self.at)),
        };
        let start = self.at;
        self.at = end.ok_or(Odd)?;
        let mut parser = Parser::from_str(&self.json[start..self.at]);
        parser.disable_recursion_limit();
        let value = read(&mut parser).map_err(|_| Odd)?;
        parser.end().map_err(|_| Odd)?;
        Ok(value)
    }

    #[inline]
    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Odd> {
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return Err(Odd);
        }
        match Number::of_few_digits(&self.json.as_bytes()[self.at..]) {
            Some((number, length)) => {
                self.at += length;
                match number {
                    Number::Positive(value) => visitor.visit_u64(value),
                    Number::Negative(value) => visitor.visit_i64(value),
                    Number::Fraction(value) => visitor.visit_f64(value),
                }
            }
            None => self.delegate(|parser| parser.deserialize_any(visitor)),
        }
    }

    /// Reads an object: passes over all members but those of one name, and appends the
    /// text of that member to `out`, of the last one if there are several. Gives back
    /// whether there was one.
    pub(super) fn text_member_into(&mut self, name: &str, out: &mut Vec<u8>) -> Result<bool, Odd> {
        let length = out.len();
        let (mut first, mut found) = (true, false);
        self.expect(b'{')?;
        while self.advance(&mut first, b'}')? {
            let member = self.text()?;
            self.expect(b':')?;
            if member == name {
                self.expect(b'"')?;
                out.truncate(length);
                self.at = unescape(self.json.as_bytes(), self.at, out).ok_or(Odd)?;
                found = true;
            } else {
                self.delegate(|parser| IgnoredAny::deserialize(parser))?;
            }
        }
        self.expect(b'}')?;
        Ok(found)
    }
}

impl<'de> Deserializer<'de> for &mut Quick<'de> {
    type Error = Odd;

    /// Nothing of the protocol asks for just anything.
    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Odd> {
        Err(Odd)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char unit unit_struct byte_buf
        tuple tuple_struct struct enum identifier
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        let value = self.peek() == b't';
        self.expect_word(if value { "true" } else { "false" })?;
        visitor.visit_bool(value)
    }

    #[inline]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.peek();
        match plain_integer(&self.json.as_bytes()[self.at..]) {
            Some((value, length)) => {
                self.at += length;
                visitor.visit_u64(value)
            }
            None => self.number(visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.number(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        if self.peek() != b'n' {
            return visitor.visit_some(self);
        }
        self.expect_word("null")?;
        visitor.visit_none()
    }

    /// `serde_json` has raw values travel in a newtype of its own.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Odd> {
        self.delegate(|parser| parser.deserialize_newtype_struct(name, visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.delegate(|parser| parser.deserialize_ignored_any(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Elements::new(self, b']'))?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Odd> {
        self.expect(b'{')?;
        let value = visitor.visit_map(Elements::new(self, b'}'))?;
        self.expect(b'}')?;
        Ok(value)
    }
}

/// The items of an array, or the members of an object.
struct Elements<'a, 'de> {
    parser: &'a mut Quick<'de>,
    first: bool,
    close: u8,
}

impl<'a, 'de> Elements<'a, 'de> {
    fn new(parser: &'a mut Quick<'de>, close: u8) -> Self {
        let first = true;
        Self {
            parser,
            first,
            close,
        }
    }

    #[inline]
    fn next<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Odd> {
        if !self.parser.advance(&mut self.first, self.close)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.parser).map(Some)
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Odd;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Odd> {
        self.next(seed)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Odd;

    /// Names are read as texts, and so must be nothing else.
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Odd> {
        self.next(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Odd> {
        self.parser.expect(b':')?;
        seed.deserialize(&mut *self.parser)
    }
}
