//! Ranges of numbers: `1..=147`, `1..`, `..=147`, inclusive on both sides.

use std::fmt;

/// The values that a number may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// Those of a whole number.
    Integer(Sides<i64>),
    /// Those of a number; no side is infinite.
    Number(Sides<f64>),
}

/// The two sides of a range. One of them is there, and the lower is no higher than
/// the upper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides<T> {
    /// The lowest value.
    pub min: Option<T>,
    /// The highest value.
    pub max: Option<T>,
}

/// Why a text is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// It has not the form of one.
    Form,
    /// Neither side is there.
    Unbounded,
    /// A side is no number of the kind.
    Bound,
    /// The lower side is the higher one.
    Reversed,
}

impl Bounds {
    /// Reads the range of a whole number.
    pub(crate) fn of_integer(text: &str) -> Result<Self, Malformed> {
        let bound = |text: &str| serde_json::from_str(text).ok();
        sides(text, bound).map(Self::Integer)
    }

    /// Reads the range of a number.
    pub(crate) fn of_number(text: &str) -> Result<Self, Malformed> {
        // JSON says what a number looks like, the standard library which it is: it
        // rounds to the nearest.
        let bound = |text: &str| {
            serde_json::from_str::<f64>(text).ok()?;
            text.parse().ok().filter(|bound: &f64| bound.is_finite())
        };
        sides(text, bound).map(Self::Number)
    }
}

fn sides<T: PartialOrd + Copy>(
    text: &str,
    bound: impl Fn(&str) -> Option<T>,
) -> Result<Sides<T>, Malformed> {
    let side = |text: &str| match text {
        "" => Ok(None),
        text => bound(text).map(Some).ok_or(Malformed::Bound),
    };
    let (min, max) = text.split_once("..").ok_or(Malformed::Form)?;
    let max = match max.strip_prefix('=') {
        Some("") => return Err(Malformed::Form),
        Some(max) => max,
        None if max.is_empty() => max,
        None => return Err(Malformed::Form),
    };
    match (side(min)?, side(max)?) {
        (None, None) => Err(Malformed::Unbounded),
        (Some(min), Some(max)) if min > max => Err(Malformed::Reversed),
        (min, max) => Ok(Sides { min, max }),
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(sides) => sides.write(f, |bound| bound.to_string()),
            // `{}` would write 1e300 with all its zeros, and `{:?}` 1 as 1.0.
            Self::Number(sides) => sides.write(f, |bound| {
                let text = format!("{bound:?}");
                text.strip_suffix(".0").unwrap_or(&text).to_owned()
            }),
        }
    }
}

impl<T: Copy> Sides<T> {
    fn write(&self, f: &mut fmt::Formatter<'_>, shown: impl Fn(T) -> String) -> fmt::Result {
        if let Some(min) = self.min {
            f.write_str(&shown(min))?;
        }
        f.write_str("..")?;
        match self.max {
            Some(max) => write!(f, "={}", shown(max)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for (text, min, max) in [
            ("1..=147", Some(1.0), Some(147.0)),
            ("1..", Some(1.0), None),
            ("..=147", None, Some(147.0)),
            ("-0.5..=1e300", Some(-0.5), Some(1e300)),
            ("7..=7", Some(7.0), Some(7.0)),
            ("0.1..", Some(0.1), None),
            ("..=-1E-7", None, Some(-1e-7)),
            ("..=2147483647", None, Some(2147483647.0)),
        ] {
            let bounds = Bounds::of_number(text);
            assert_eq!(bounds, Ok(Bounds::Number(Sides { min, max })), "{text}");
        }
    }

    #[test]
    fn whole_numbers_have_64_bits() {
        let text = "-9223372036854775808..=9223372036854775807";
        let (min, max) = (Some(i64::MIN), Some(i64::MAX));
        let bounds = Bounds::of_integer(text);
        assert_eq!(bounds, Ok(Bounds::Integer(Sides { min, max })));
        assert_eq!(bounds.map(|bounds| bounds.to_string()), Ok(text.to_owned()));
        for text in ["..=9223372036854775808", "0.5..", "1e3..", "1.0.."] {
            assert_eq!(Bounds::of_integer(text), Err(Malformed::Bound), "{text}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for (text, malformed) in [
            ("", Malformed::Form),
            ("147", Malformed::Form),
            ("1..147", Malformed::Form),
            ("1..=", Malformed::Form),
            ("1.=147", Malformed::Form),
            ("1-147", Malformed::Form),
            ("..", Malformed::Unbounded),
            ("1...=2", Malformed::Form),
            ("01..", Malformed::Bound),
            ("+1..", Malformed::Bound),
            (".5..", Malformed::Bound),
            ("1_000..", Malformed::Bound),
            ("0x10..", Malformed::Bound),
            ("NaN..", Malformed::Bound),
            ("..=inf", Malformed::Bound),
            ("..=1e400", Malformed::Bound),
            ("null..", Malformed::Bound),
            ("1..=2..=3", Malformed::Bound),
            ("\u{a0}1..", Malformed::Bound),
            ("2..=1", Malformed::Reversed),
        ] {
            assert_eq!(Bounds::of_number(text), Err(malformed), "{text}");
        }
    }

    #[test]
    fn a_range_is_shown_as_it_is_written() {
        for text in ["1..=147", "0.5..", "..=1e300", "-3..=-1"] {
            let shown = Bounds::of_number(text).map(|bounds| bounds.to_string());
            assert_eq!(shown.as_deref(), Ok(text));
        }
    }
}
