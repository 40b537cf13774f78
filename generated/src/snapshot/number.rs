//! Integers: a byte at a time, and eight at a time.

/// An integer that may still be growing.
#[derive(Clone, Debug, Default)]
pub(super) struct Number {
    negative: bool,
    digits: usize,
    value: u64,
}

/// What a byte means to a [`Number`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It belongs to the number.
    More,
    /// The number has ended before it.
    End(i64),
    /// It cannot be there.
    Unexpected,
    /// With it, the number is beyond `i64`.
    TooLarge,
}

impl Number {
    /// Whether nothing of it has come.
    pub(super) fn is_empty(&self) -> bool {
        self.digits == 0 && !self.negative
    }

    /// Takes a byte. After `End`, it is ready for the next number.
    pub(super) fn step(&mut self, byte: u8) -> Step {
        match byte {
            b'0'..=b'9' => self.digit(u64::from(byte - b'0')),
            b'-' if self.digits == 0 && !self.negative => {
                self.negative = true;
                Step::More
            }
            b' ' | b'\n' | b'\r' | b'\t' | b',' | b']' if self.digits > 0 => {
                let number = std::mem::take(self);
                // A digit that would not fit was refused.
                let value = i64::try_from(number.value).unwrap_or(i64::MAX);
                Step::End(if number.negative { -value } else { value })
            }
            _ => Step::Unexpected,
        }
    }

    fn digit(&mut self, digit: u64) -> Step {
        if self.digits > 0 && self.value == 0 {
            // A leading zero.
            return Step::Unexpected;
        }
        let value = self
            .value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit));
        match value {
            Some(value) if i64::try_from(value).is_ok() => {
                self.value = value;
                self.digits += 1;
                Step::More
            }
            _ => Step::TooLarge,
        }
    }
}

/// How many bytes [`natural`] may look at, beginning with the first digit.
pub(super) const NATURAL_REACH: usize = 16;

/// Reads a number without a sign from the first of these bytes, at most 15 digits.
/// Returns its value and how many digits it has; `None` is for the slow way to judge.
#[inline(always)]
pub(super) fn natural(bytes: &[u8; NATURAL_REACH]) -> Option<(u64, usize)> {
    let second = bytes[1].wrapping_sub(b'0');
    if second > 9 {
        // A single digit: every other number of a snapshot is one.
        let digit = bytes[0].wrapping_sub(b'0');
        return (digit <= 9).then_some((u64::from(digit), 1));
    }
    let first = word(bytes, 0);
    let length = digits(first);
    if length == 0 || bytes[0] == b'0' {
        return None;
    }
    if length < 8 {
        return Some((value(first << (64 - 8 * length)), length));
    }
    let last = word(bytes, 8);
    match digits(last) {
        0 => Some((value(first), 8)),
        8 => None,
        more => {
            let high = value(first) * POWERS_OF_TEN[more];
            Some((high + value(last << (64 - 8 * more)), 8 + more))
        }
    }
}

const POWERS_OF_TEN: [u64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Eight bytes, the first in the lowest place, digits as their values.
#[inline(always)]
fn word(bytes: &[u8; NATURAL_REACH], from: usize) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[from..from + 8]);
    u64::from_le_bytes(eight) ^ ZEROS
}

/// How many of the eight, from the first on, are digits.
#[inline(always)]
fn digits(word: u64) -> usize {
    // Carries go from a byte that is none to later ones only, which do not count.
    let others = (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
    (others.trailing_zeros() / 8) as usize
}

/// The number that eight digits are: neighbours are joined to pairs, pairs to fours,
/// fours to one.
#[inline(always)]
fn value(word: u64) -> u64 {
    const PAIRS: u64 = 0x0000_00FF_0000_00FF;
    let pairs = word.wrapping_mul(10).wrapping_add(word >> 8);
    let low = (pairs & PAIRS).wrapping_mul(100 + (1_000_000 << 32));
    let high = ((pairs >> 16) & PAIRS).wrapping_mul(1 + (10_000 << 32));
    low.wrapping_add(high) >> 32
}

#[cfg(test)]
mod tests {
    use super::{natural, Number, Step, NATURAL_REACH};

    fn slow(text: &[u8]) -> Result<i64, Step> {
        let mut number = Number::default();
        for byte in text {
            match number.step(*byte) {
                Step::More => {}
                Step::End(value) => return Ok(value),
                bad => return Err(bad),
            }
        }
        Err(Step::More)
    }

    fn padded(text: &str, rest: u8) -> [u8; NATURAL_REACH] {
        let mut bytes = [rest; NATURAL_REACH];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        bytes
    }

    #[test]
    fn both_ways_read_the_same() {
        let mut value = 1_u64;
        let mut values = vec![0, 9, 10, 99, 100, 99_999_999, 100_000_000];
        while value < 1_000_000_000_000_000 {
            values.extend([value, value - 1, value + 1]);
            value = value * 7 + 3;
        }
        for value in values {
            let text = format!("{value},");
            if text.len() > NATURAL_REACH {
                continue;
            }
            for rest in [b'0', b'9', b',', b'\n', 0xFF, 0x00] {
                let fast = natural(&padded(&text, rest));
                assert_eq!(fast, Some((value, text.len() - 1)), "{text}");
            }
            assert_eq!(slow(text.as_bytes()), Ok(value as i64), "{text}");
        }
    }

    #[test]
    fn what_is_no_integer_is_left_to_the_slow_way_and_refused_there() {
        for text in [
            "01,", "00,", "-,", ",", "--1,", "x", "/", ":", "1-,", "1.5,",
        ] {
            assert!(slow(text.as_bytes()).is_err(), "{text}");
        }
        for text in ["01,", "00,", ",", "x1", "/", ":", "-1,", "0123456789,"] {
            assert_eq!(natural(&padded(text, b',')), None, "{text}");
        }
        assert_eq!(natural(b"1234567890123456"), None);
        assert_eq!(slow(b"-12]"), Ok(-12));
        assert_eq!(slow(b"9223372036854775807,"), Ok(i64::MAX));
        assert_eq!(slow(b"9223372036854775808,"), Err(Step::TooLarge));
        assert_eq!(slow(&[b'1'; 1_000_000]), Err(Step::TooLarge));
        assert_eq!(slow(&[b'0'; 1_000_000]), Err(Step::Unexpected));
    }
}
