//! Strings: JavaScript's are UTF-16 and may hold lone surrogates, Rust's may not.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, Visitor};

/// Reads a string, borrowed where the JSON allows it, with U+FFFD in the place of
/// every lone surrogate.
///
/// It asks for bytes, because that is the way on which a JSON parser passes
/// surrogates on instead of refusing them.
pub(crate) struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(replace_surrogates(bytes)),
        })
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => replace_surrogates(bytes),
        }))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// Puts U+FFFD in the place of every lone surrogate, and of anything else that is
/// not UTF-8.
fn replace_surrogates(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Err(error) = std::str::from_utf8(rest) {
        let (valid, invalid) = rest.split_at(error.valid_up_to());
        text.push_str(&String::from_utf8_lossy(valid));
        text.push(char::REPLACEMENT_CHARACTER);
        // UTF-8's own decoder sees three errors in a surrogate of three bytes.
        let width = match invalid {
            [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => 3,
            _ => error.error_len().unwrap_or(invalid.len()),
        };
        rest = &invalid[width..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

#[cfg(test)]
mod tests {
    use super::replace_surrogates;

    #[test]
    fn one_replacement_per_surrogate() {
        for (bytes, text) in [
            (&b"a\xED\xA0\x80b"[..], "a\u{FFFD}b"),
            (b"\xED\xBF\xBF", "\u{FFFD}"),
            (b"\xED\xB0\x80\xED\xA0\x80", "\u{FFFD}\u{FFFD}"),
            (b"\xED\xA0", "\u{FFFD}\u{FFFD}"),
            (b"\xED\x9F\xBF", "\u{D7FF}"),
            (b"\xF0\x9F\x98\x80\xFF", "\u{1F600}\u{FFFD}"),
            (b"", ""),
        ] {
            assert_eq!(replace_surrogates(bytes), text, "{bytes:X?}");
        }
    }
}
