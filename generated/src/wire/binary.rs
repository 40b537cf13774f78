//! Bytes, which JSON has as strings of base64.

use std::fmt;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use super::{Context, Read, Text};

/// Bytes: a value of the type `binary`, kept as the base64 text that it came as.
///
/// It is not decoded until asked. Two values are equal if their texts are.
///
/// ```
/// use cdp_heapprofiler::wire::Binary;
///
/// let binary = Binary::from_bytes(b"heap");
/// assert_eq!(binary.as_base64(), "aGVhcA==");
/// assert_eq!(binary.to_bytes()?, b"heap");
/// # Ok::<(), cdp_heapprofiler::wire::NotBase64>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(String);

impl Binary {
    /// Encodes bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(encode(bytes))
    }

    /// Takes a text as it is; whether it is base64 shows in [`to_bytes`](Self::to_bytes).
    pub fn from_base64(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The base64 text.
    pub fn as_base64(&self) -> &str {
        &self.0
    }

    /// The base64 text, without a copy.
    pub fn into_base64(self) -> String {
        self.0
    }

    /// Decodes the bytes.
    ///
    /// # Errors
    /// If the text is not base64 of the standard alphabet, padded with `=`.
    pub fn to_bytes(&self) -> Result<Vec<u8>, NotBase64> {
        decode(self.0.as_bytes())
    }
}

/// A text that is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotBase64 {
    /// The first byte of the text that should not be there; its length where
    /// something is missing.
    pub at: usize,
}

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not base64 from byte {} on", self.at)
    }
}

impl std::error::Error for NotBase64 {}

impl Read for Binary {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: &mut Context,
    ) -> Result<(), D::Error> {
        self.0.read(deserializer, context)
    }
}

impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text.deserialize(deserializer)?;
        Ok(Self(text.into_owned()))
    }
}

impl Serialize for Binary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is no digit of the alphabet.
const NONE: u8 = 64;

/// The value of each byte as a digit.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            text.push(if digit <= group.len() {
                char::from(ALPHABET[value as usize])
            } else {
                '='
            });
        }
    }
    text
}

fn decode(text: &[u8]) -> Result<Vec<u8>, NotBase64> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut groups = text.chunks_exact(4);
    let last = text.len().saturating_sub(4);
    for (index, group) in groups.by_ref().enumerate() {
        let start = index * 4;
        let padding = if start == last { padding(group) } else { 0 };
        let mut bits = 0_u32;
        for (digit, &byte) in group[..4 - padding].iter().enumerate() {
            let value = VALUES[usize::from(byte)];
            if value == NONE {
                return Err(NotBase64 { at: start + digit });
            }
            bits |= u32::from(value) << (18 - 6 * digit);
        }
        let [_, octets @ ..] = bits.to_be_bytes();
        let (octets, rest) = octets.split_at(3 - padding);
        // Bits that are of no byte: another text would say the same.
        if rest.iter().any(|&octet| octet != 0) {
            return Err(NotBase64 {
                at: start + 3 - padding,
            });
        }
        bytes.extend_from_slice(octets);
    }
    if groups.remainder().is_empty() {
        Ok(bytes)
    } else {
        Err(NotBase64 { at: text.len() })
    }
}

/// How many of the last four digits are padding.
fn padding(group: &[u8]) -> usize {
    let padding = group.iter().rev().take_while(|&&byte| byte == b'=');
    padding.count().min(2)
}
