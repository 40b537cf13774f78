//! Numbers as nearly all are written: of few digits, and without an exponent.

/// A number, in the form in which `serde_json` passes it on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// An integer without a sign.
    Positive(u64),
    /// An integer below 0.
    Negative(i64),
    /// One with a point.
    Fraction(f64),
}

/// How many bytes digits and point may have: 18 digits fit into 64 bits.
const MAX_LENGTH: usize = 19;

/// Up to here, every integer is an `f64`.
const MAX_EXACT: u64 = 1 << 53;

/// All powers of ten that are an `f64`.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

impl Number {
    /// The number that the text begins with, and its length; `None` if it is none of
    /// this kind.
    #[inline]
    pub(super) fn of_few_digits(text: &[u8]) -> Option<(Self, usize)> {
        let negative = text.first() == Some(&b'-');
        let start = usize::from(negative);
        let (integer, point) = digits(text, start, 0);
        if point == start || (text[start] == b'0' && point > start + 1) {
            return None;
        }
        let is_fraction = text.get(point) == Some(&b'.');
        let (mantissa, end) = match is_fraction {
            true => digits(text, point + 1, integer),
            false => (integer, point),
        };
        if end - start > MAX_LENGTH || matches!(text.get(end), Some(b'e' | b'E')) {
            return None;
        }
        let number = if is_fraction {
            fraction(mantissa, end - point - 1, negative)?
        } else if negative {
            // There is no integer -0.
            Self::Negative(-i64::try_from(mantissa).ok().filter(|value| *value != 0)?)
        } else {
            Self::Positive(mantissa)
        };
        Some((number, end))
    }
}

/// The integer that the text begins with, and its length, if it has no sign and no more
/// than 18 digits, and an item or a member ends with it: as nearly all integers are.
#[inline]
pub(super) fn plain_integer(text: &[u8]) -> Option<(u64, usize)> {
    let (value, end) = digits(text, 0, 0);
    let ends = matches!(text.get(end), Some(b',' | b'}' | b']'));
    let begins = end == 1 || matches!(text.first(), Some(b'1'..=b'9'));
    (ends && begins && end < MAX_LENGTH).then_some((value, end))
}

/// Reads digits behind others, and finds where they end. Of too many, the value is wrong.
#[inline]
fn digits(text: &[u8], start: usize, before: u64) -> (u64, usize) {
    let (mut value, mut at) = (before, start);
    for byte in text.get(start..).unwrap_or_default() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (value, at)
}

/// The quotient of two numbers that are exact is the `f64` next to the one written.
#[inline]
fn fraction(mantissa: u64, decimals: usize, negative: bool) -> Option<Number> {
    if decimals == 0 || mantissa > MAX_EXACT {
        return None;
    }
    let value = mantissa as f64 / POWERS.get(decimals)?;
    Some(Number::Fraction(if negative { -value } else { value }))
}

#[cfg(test)]
mod tests {
    use super::{plain_integer, Number};

    #[test]
    fn reads_what_the_standard_library_reads() {
        for text in [
            "0",
            "7",
            "41423",
            "-1610548816",
            "999999999999999999",
            "-999999999999999999",
        ] {
            let (number, length) = Number::of_few_digits(text.as_bytes()).unwrap();
            assert_eq!(length, text.len());
            match number {
                Number::Positive(value) => assert_eq!(Ok(value), text.parse()),
                Number::Negative(value) => assert_eq!(Ok(value), text.parse()),
                Number::Fraction(_) => panic!("{text}"),
            }
        }
        for text in [
            "0.1",
            "-0.0",
            "7.0",
            "1795375400001.482",
            "0.00000000000000001",
            "-12.75",
        ] {
            let (number, length) = Number::of_few_digits(text.as_bytes()).unwrap();
            assert_eq!(length, text.len());
            let Number::Fraction(value) = number else {
                panic!("{text}");
            };
            assert_eq!(value.to_bits(), text.parse::<f64>().unwrap().to_bits());
        }
    }

    #[test]
    fn plain_integers_stand_alone() {
        assert_eq!(plain_integer(b"0,"), Some((0, 1)));
        assert_eq!(plain_integer(b"41423}"), Some((41_423, 5)));
        assert_eq!(
            plain_integer(b"999999999999999999]"),
            Some((10_u64.pow(18) - 1, 18))
        );
        for text in [
            "",
            ",",
            "-1,",
            "00,",
            "07,",
            "7",
            "7 ,",
            "7.0,",
            "7e1,",
            "1000000000000000000,",
        ] {
            assert_eq!(plain_integer(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn leaves_the_rest() {
        for text in [
            "",
            "-",
            "-0",
            "01",
            "-01",
            "1.",
            ".5",
            "-.5",
            "1e3",
            "1E3",
            "1.5e3",
            "x",
            "1000000000000000000000",
            "90071992547409.93",
            "+1",
        ] {
            assert_eq!(Number::of_few_digits(text.as_bytes()), None, "{text}");
        }
    }
}
