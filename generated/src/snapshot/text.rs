//! Strings: where one ends, and whether it is one.

use super::fault::{Fault, Progress};

/// A string of JSON, after its opening quote. It may hold lone surrogates, as the
/// strings of JavaScript do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Text(State);

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Plain,
    /// After a backslash.
    Escape,
    /// Within `\u`, with so many digits to come.
    Hex(u8),
    /// Within a character of UTF-8, with so many bytes to come, the next one within
    /// these bounds.
    Utf8 { left: u8, low: u8, high: u8 },
}

impl Text {
    /// Takes bytes up to the closing quote, which counts.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Progress, Fault> {
        let mut at = 0;
        loop {
            if let State::Plain = self.0 {
                at += plain(&bytes[at..]);
            }
            let Some(&byte) = bytes.get(at) else {
                return Ok(Progress::More);
            };
            at += 1;
            if let (State::Plain, b'"') = (self.0, byte) {
                return Ok(Progress::Done(at));
            }
            self.0 = self.0.step(byte).map_err(|expected| {
                self.0 = State::Plain;
                Fault::byte(at - 1, expected, byte)
            })?;
        }
    }
}

impl State {
    /// What comes after a byte that is not plain, or what should be in its place.
    fn step(self, byte: u8) -> Result<Self, &'static str> {
        match (self, byte) {
            (Self::Plain, b'\\') => Ok(Self::Escape),
            (Self::Plain, 0x80..=0xFF) => Self::lead(byte).ok_or("UTF-8"),
            (Self::Plain, 0x20..=0x7F) => Ok(Self::Plain),
            (Self::Plain, _) => Err("no control character within a string"),
            (Self::Escape, b'u') => Ok(Self::Hex(4)),
            (Self::Escape, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                Ok(Self::Plain)
            }
            (Self::Escape, _) => Err("an escape"),
            (Self::Hex(left), b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F') => Ok(match left {
                1 => Self::Plain,
                _ => Self::Hex(left - 1),
            }),
            (Self::Hex(_), _) => Err("a hexadecimal digit"),
            (Self::Utf8 { left, low, high }, _) if (low..=high).contains(&byte) => Ok(match left {
                1 => Self::Plain,
                _ => Self::Utf8 {
                    left: left - 1,
                    low: 0x80,
                    high: 0xBF,
                },
            }),
            (Self::Utf8 { .. }, _) => Err("UTF-8"),
        }
    }

    fn lead(byte: u8) -> Option<Self> {
        let (left, low, high) = match byte {
            0xC2..=0xDF => (1, 0x80, 0xBF),
            0xE0 => (2, 0xA0, 0xBF),
            0xED => (2, 0x80, 0x9F),
            0xE1..=0xEF => (2, 0x80, 0xBF),
            0xF0 => (3, 0x90, 0xBF),
            0xF1..=0xF3 => (3, 0x80, 0xBF),
            0xF4 => (3, 0x80, 0x8F),
            _ => return None,
        };
        Some(Self::Utf8 { left, low, high })
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// How many bytes, from the first on, are plain ASCII of a string: no quote, no
/// backslash, no control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    for eight in bytes.chunks_exact(8) {
        let mut array = [0; 8];
        array.copy_from_slice(eight);
        let special = special(u64::from_le_bytes(array));
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = &bytes[at..];
    let is_special = |byte: &u8| !matches!(byte, b' '..=0x7F) || matches!(byte, b'"' | b'\\');
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The highest bit of every byte that is not plain. Bytes after the first such may be
/// marked in error.
#[inline(always)]
fn special(word: u64) -> u64 {
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero(word ^ (ONES * b'"' as u64));
    let backslash = zero(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control | word) & HIGHS
}

#[cfg(test)]
mod tests {
    use super::{plain, Progress, Text};

    fn whole(text: &[u8]) -> Option<usize> {
        match Text::default().push(text) {
            Ok(Progress::Done(length)) => Some(length),
            _ => None,
        }
    }

    #[test]
    fn every_byte_at_every_place_is_judged_as_serde_json_judges_it() {
        for length in 0..20 {
            for place in 0..=length {
                for byte in 0..=0xFF {
                    let mut text = vec![b'a'; length];
                    text.insert(place, byte);
                    text.push(b'"');
                    let mut quoted = vec![b'"'];
                    quoted.extend(&text);
                    let good = serde_json::from_slice::<String>(&quoted).is_ok();
                    assert_eq!(whole(&text) == Some(text.len()), good, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn utf8_is_what_the_standard_library_says() {
        let mut cases = Vec::new();
        for a in (0x80..=0xFF_u8).step_by(1) {
            for b in [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] {
                cases.push(vec![a, b]);
                for c in [0x41, 0x80, 0xBF, 0xC0] {
                    cases.push(vec![a, b, c]);
                    cases.push(vec![a, b, c, 0x80]);
                }
            }
        }
        for mut text in cases {
            // Quotes and controls end or break a string for reasons of their own.
            let good = std::str::from_utf8(&text).is_ok() && !text.contains(&0);
            text.push(b'"');
            assert_eq!(whole(&text) == Some(text.len()), good, "{text:X?}");
        }
    }

    #[test]
    fn escapes_and_lone_surrogates() {
        for good in [r#"\ud800""#, r#"\"\\\/\b\f\n\r\t\u00aF""#, r#"""#] {
            assert_eq!(whole(good.as_bytes()), Some(good.len()), "{good}");
        }
        for bad in [r#"\x""#, r#"\u12g4""#, r#"\u""#, r#"\"#, "\n\"", "\\\n\""] {
            assert_eq!(whole(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn plain_stops_at_the_first_that_is_not() {
        assert_eq!(plain(b"abcdefghijk\"\"\"\"\"\""), 11);
        assert_eq!(plain(b"abc\x7f"), 4);
        assert_eq!(plain("abcdefg\u{80}abcdefgh".as_bytes()), 7);
    }
}
