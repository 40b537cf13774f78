//! The protocol. Hand-made samples of the form of the machine-written code.

pub mod heap_profiler;
pub mod runtime;

/// An event of any domain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AnyEvent {
    /// An event of the `HeapProfiler` domain.
    HeapProfiler(heap_profiler::HeapProfilerEvent),
    /// An event of the `Runtime` domain.
    Runtime(runtime::RuntimeEvent),
    /// An event that this version of the bindings does not know.
    Unknown(crate::UnknownEvent),
}

impl AnyEvent {
    /// Decodes an event. Absent parameters read as `{}`.
    ///
    /// # Errors
    /// If the parameters are not those of the event.
    pub fn decode(method: &str, params: Option<&str>) -> Result<Self, crate::DecodeError> {
        let params = params.unwrap_or("{}");
        if let Some(event) = heap_profiler::HeapProfilerEvent::decode(method, params) {
            return event.map(Self::HeapProfiler);
        }
        if let Some(event) = runtime::RuntimeEvent::decode(method, params) {
            return event.map(Self::Runtime);
        }
        crate::UnknownEvent::decode(method, params).map(Self::Unknown)
    }

    /// The method.
    pub fn method(&self) -> &str {
        match self {
            Self::HeapProfiler(event) => event.method(),
            Self::Runtime(event) => event.method(),
            Self::Unknown(event) => &event.method,
        }
    }
}
