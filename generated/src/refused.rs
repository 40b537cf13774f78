//! Parameters that are not sent, because they would harm the target.

use std::error::Error;
use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::wire::{Serialize, Serializer};
use crate::Command;

/// A parameter with a value that is known to harm targets: it crashes them, say. The
/// command has not been sent.
///
/// [`Unchecked`] sends it all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedParameter {
    method: &'static str,
    parameter: &'static str,
    value: String,
    range: String,
    reason: &'static str,
}

impl RefusedParameter {
    /// The method of the command, such as `HeapProfiler.startSampling`.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The name of the parameter on the wire, such as `stackDepth`.
    pub fn parameter(&self) -> &'static str {
        self.parameter
    }

    /// The value that it has, such as `148` or `NaN`.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The values that it may have, such as `1..=147`, `1..` or `..=147`. Both ends
    /// are among them.
    pub fn range(&self) -> &str {
        &self.range
    }

    /// What other values do to a target.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for RefusedParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            parameter,
            value,
            range,
            reason,
        } = self;
        write!(
            f,
            "`{method}` is not sent: `{parameter}` is {value}, outside of {range}: {reason} \
             (`Unchecked` sends it all the same)"
        )
    }
}

impl Error for RefusedParameter {}

/// A command that is sent whatever its parameters are: [`Command::check`] is passed
/// over.
///
/// For targets that are known to stand values which others do not. A client takes it
/// with [`Client::call`](crate::Client::call).
///
/// ```
/// use cdp_heapprofiler::protocol::heap_profiler::StartSampling;
/// use cdp_heapprofiler::{encode_request, Unchecked};
///
/// let command = StartSampling::new().stack_depth(200.0);
/// assert!(encode_request(1, None, &command).is_err());
/// assert!(encode_request(1, None, &Unchecked(command)).is_ok());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unchecked<C>(pub C);

impl<C: Command> Command for Unchecked<C> {
    const METHOD: &'static str = C::METHOD;
    type Returns = C::Returns;
}

impl<C: Serialize> Serialize for Unchecked<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The numbers of the protocol.
pub(crate) trait Number: Copy + PartialOrd {
    fn is_finite(self) -> bool;
    fn text(self) -> String;
}

impl Number for i64 {
    fn is_finite(self) -> bool {
        true
    }

    fn text(self) -> String {
        self.to_string()
    }
}

impl Number for f64 {
    fn is_finite(self) -> bool {
        f64::is_finite(self)
    }

    /// `{}` would write 1e300 with all its zeros, and `{:?}` 1 as 1.0.
    fn text(self) -> String {
        let text = format!("{self:?}");
        text.strip_suffix(".0").unwrap_or(&text).to_owned()
    }
}

/// Refuses a value that is not in the range. Absent ones pass.
// Whether any parameter has a range is up to the documents.
#[allow(dead_code)]
pub(crate) fn check<T: Number>(
    method: &'static str,
    parameter: &'static str,
    value: Option<T>,
    range: impl RangeBounds<T>,
    reason: &'static str,
) -> Result<(), RefusedParameter> {
    match value {
        Some(value) if !(value.is_finite() && range.contains(&value)) => Err(RefusedParameter {
            method,
            parameter,
            value: value.text(),
            range: text(&range),
            reason,
        }),
        _ => Ok(()),
    }
}

fn text<T: Number>(range: &impl RangeBounds<T>) -> String {
    let mut text = String::new();
    if let Bound::Included(min) = range.start_bound() {
        text.push_str(&min.text());
    }
    text.push_str("..");
    match range.end_bound() {
        Bound::Included(max) => text.push_str(&format!("={}", max.text())),
        Bound::Excluded(max) => text.push_str(&max.text()),
        Bound::Unbounded => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: Number>(value: T, range: impl RangeBounds<T>) -> Option<(String, String)> {
        let refused = check("A.go", "x", Some(value), range, "why").err()?;
        Some((refused.value, refused.range))
    }

    #[test]
    fn both_ends_are_inside() {
        for value in [1.0, 1.5, 147.0] {
            assert_eq!(refused(value, 1.0..=147.0), None);
        }
        for value in [i64::MIN, -1] {
            assert_eq!(refused(value, ..=-1), None);
        }
        assert_eq!(refused(i64::MAX, 1..), None);
        assert_eq!(check::<i64>("A.go", "x", None, 1.., "why"), Ok(()));
    }

    #[test]
    fn what_is_outside_is_refused_and_shown() {
        let pair = |value: &str, range: &str| Some((value.to_owned(), range.to_owned()));
        assert_eq!(refused(0, 1..), pair("0", "1.."));
        assert_eq!(
            refused(i64::MAX, ..=-1),
            pair("9223372036854775807", "..=-1")
        );
        assert_eq!(refused(147.5, 1.0..=147.0), pair("147.5", "1..=147"));
        assert_eq!(refused(1e300, ..=1e299), pair("1e300", "..=1e299"));
        assert_eq!(refused(f64::INFINITY, 1.0..), pair("inf", "1.."));
        assert_eq!(refused(f64::NEG_INFINITY, ..=1.0), pair("-inf", "..=1"));
        assert_eq!(refused(f64::NAN, 1.0..), pair("NaN", "1.."));
    }
}
