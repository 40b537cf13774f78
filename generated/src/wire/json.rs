//! Values of the type `any`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Context, Read};
use crate::{DecodeError, EncodeError};

/// A value of the type `any`, or an object without known members, kept as the JSON
/// text that it came as.
///
/// It is never parsed until asked, so it may nest as deep as it likes, and it holds
/// every number and every string to the letter. Two values are equal if their texts
/// are. `Default` is `null`.
///
/// ```
/// use cdp_heapprofiler::wire::Json;
///
/// let json: Json = r#"{"a": [1, 2]}"#.parse()?;
/// assert_eq!(json.as_str(), r#"{"a": [1, 2]}"#);
/// assert_eq!(Json::from("a \"word\"").as_str(), r#""a \"word\"""#);
/// assert_eq!(Json::from(7_i64).parse::<f64>()?, 7.0);
/// # Ok::<(), cdp_heapprofiler::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON text, without white space around it.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }

    /// Decodes it as a type of the protocol, as [`decode`](crate::decode) does. For
    /// other types there is `serde_json::from_str(json.as_str())`.
    ///
    /// # Errors
    /// If it is not a `T`.
    pub fn parse<T: Read>(&self) -> Result<T, DecodeError> {
        crate::decode(self.as_str())
    }

    /// Keeps any value as JSON.
    ///
    /// # Errors
    /// If the value's own `Serialize` fails.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, EncodeError> {
        match serde_json::value::to_raw_value(value) {
            Ok(raw) => Ok(Self(raw)),
            Err(error) => Err(EncodeError::new(error)),
        }
    }

    /// For values that cannot fail to be JSON.
    fn scalar<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::encode(value).unwrap_or_default()
    }
}

impl Default for Json {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({self})")
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// Takes JSON text.
impl FromStr for Json {
    type Err = DecodeError;

    fn from_str(json: &str) -> Result<Self, DecodeError> {
        crate::decode(json)
    }
}

impl From<Box<RawValue>> for Json {
    fn from(raw: Box<RawValue>) -> Self {
        Self(raw)
    }
}

impl From<Json> for Box<RawValue> {
    fn from(json: Json) -> Self {
        json.0
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::scalar(&value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::scalar(&value)
    }
}

/// Makes a JSON number, or `null` if the value is infinite or not a number.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Self::scalar(&value)
    }
}

/// Makes a JSON string of that text. For JSON text, use `parse`.
impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::scalar(text)
    }
}

/// Makes a JSON string of that text. For JSON text, use `parse`.
impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::scalar(&text)
    }
}

impl Read for Json {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _context: &mut Context,
    ) -> Result<(), D::Error> {
        self.0 = Box::deserialize(deserializer)?;
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
