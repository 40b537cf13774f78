//! Events that the bindings do not know.

use crate::wire::Json;
use crate::DecodeError;

/// An event that this version of the bindings has no type for, kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The name of the method, such as `Debugger.paused`.
    pub method: String,
    /// The parameters as JSON text; `{}` if the event came without any.
    pub params: Json,
}

impl UnknownEvent {
    /// Keeps an event of any method; absent parameters are kept as `{}`.
    ///
    /// # Errors
    /// If `params` is not JSON.
    pub fn decode(method: &str, params: Option<&str>) -> Result<Self, DecodeError> {
        Ok(Self {
            method: method.to_owned(),
            params: params.unwrap_or("{}").parse()?,
        })
    }
}
