//! Typed bindings for the `HeapProfiler` domain of the Chrome DevTools Protocol,
//! and for the parts of `Runtime`, `Target`, `Inspector` and `NodeWorker` that a heap
//! tool needs, against any V8 target.
//!
//! [`protocol`] is machine-written: a type per definition, a struct per command
//! and event, and per domain a trait with a method per command. Below it are
//! [`decode`] and [`encode`], the [`Envelope`] around every message, and the traits
//! [`Command`], [`Event`] and [`Client`]. Above it is [`session`], the state of a
//! connection without any input or output, and, as optional features, clients that
//! connect to a target.
//!
//! ```
//! use cdp_heapprofiler::protocol::heap_profiler::{HeapProfilerEvent, StopSampling};
//! use cdp_heapprofiler::protocol::AnyEvent;
//! use cdp_heapprofiler::{decode, encode_request, Command, Envelope};
//!
//! // What goes out.
//! let request = encode_request(1, None, &StopSampling::new())?;
//! assert_eq!(request, r#"{"id":1,"method":"HeapProfiler.stopSampling","params":{}}"#);
//!
//! // The reply to it.
//! let frame = r#"{"id":1,"result":{"profile":{"head":{
//!     "callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},
//!     "selfSize":0,"id":1,"children":[]},"samples":[]}}}"#;
//! let envelope = Envelope::decode(frame)?;
//! assert_eq!(envelope.id, Some(1));
//! let returns: <StopSampling as Command>::Returns = decode(envelope.result.unwrap_or("{}"))?;
//! assert_eq!(returns.profile.head.call_frame.function_name, "(root)");
//!
//! // An event.
//! let frame = r#"{"method":"HeapProfiler.lastSeenObjectId","params":{"lastSeenObjectId":7,"timestamp":0.5}}"#;
//! let envelope = Envelope::decode(frame)?;
//! let event = AnyEvent::decode(&envelope.method.unwrap_or_default(), envelope.params)?;
//! if let AnyEvent::HeapProfiler(HeapProfilerEvent::LastSeenObjectId(event)) = event {
//!     assert_eq!(event.last_seen_object_id, 7);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How to call
//!
//! With the trait of a domain in scope, its commands are methods of every [`Client`]:
//! `target.stop_sampling(StopSampling::new())`. Several domains have commands of one
//! name, such as `enable`, and with both traits in scope the method is ambiguous.
//! [`Client::call`] never is, and needs no trait of a domain:
//!
//! ```
//! use cdp_heapprofiler::protocol::{heap_profiler, runtime};
//! use cdp_heapprofiler::Client;
//!
//! fn enable<T: Client>(
//!     target: &T,
//! ) -> (T::Reply<'_, heap_profiler::Enable>, T::Reply<'_, runtime::Enable>) {
//!     let heap = target.call(heap_profiler::Enable::new());
//!     let runtime = target.call(runtime::Enable::new());
//!     (heap, runtime)
//! }
//! ```
//!
//! # What is not sent
//!
//! Some values of some parameters crash targets. Their docs say which, and
//! [`encode_request`] refuses them; [`Unchecked`] is the way around.
//!
//! # What decoding accepts
//!
//! Targets differ by version, and not all of them write what the protocol says.
//! Unknown members are skipped, unknown enum literals and unknown events are kept,
//! the order of keys is of no matter and the last of two equal keys wins. `null`
//! for an optional member reads as absent, unless the member is of the type `any`,
//! where `null` is a value. An integer may be written `7.0` or `7e0`. A lone
//! surrogate, which a JavaScript string may hold and a Rust string may not, reads
//! as U+FFFD. What is refused is what would have to be guessed: a required member
//! that is missing or `null`, a value of the wrong kind, an integer beyond `i64`,
//! and nesting beyond [`wire::MAX_DEPTH`]. The [`DecodeError`] says where.
//!
//! # Features
//!
//! None is on by default.
//!
//! - `blocking`: the module of this name, a client over WebSockets for programs without a
//!   runtime. A thread of its own reads.
//! - `tokio`: the module of this name, the same for async programs.
//! - `pipe`: the blocking client over the pipes of Chromium, which it can start.
//! - `mirror`: the other direction. Encodes what is received and decodes what is
//!   sent, for proxies, mocks and recorders.
//! - `flamegraph`: `sampling::write_flamegraph`, drawn by `inferno`, whose license is
//!   the CDDL-1.0.
//! - `pprof`: `sampling::Pprof`, sampling profiles for pprof.
//!
//! The clients need Rust 1.85, `flamegraph` 1.79, the rest 1.75.

/// Keeps the example of the README working.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(any(feature = "blocking", feature = "pipe"))]
pub mod blocking;
mod chunk;
mod client;
#[cfg(any(feature = "blocking", feature = "tokio"))]
mod discovery;
mod envelope;
mod error;
mod event;
#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
mod link;
#[rustfmt::skip]
pub mod protocol;
mod refused;
pub mod sampling;
pub mod session;
pub mod snapshot;
#[cfg(feature = "tokio")]
pub mod tokio;
pub mod tracking;
pub mod wire;

pub use chunk::chunk_into;
pub use client::{Client, Command, Event};
#[cfg(any(feature = "blocking", feature = "tokio"))]
pub use discovery::{ConnectError, Listed, Version};
pub use envelope::{encode_request, Envelope, ReplyError};
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use event::UnknownEvent;
#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
pub use link::{Incoming, Missed, Options, RawEvent};
pub use refused::{RefusedParameter, Unchecked};

/// Decodes a value of the protocol from JSON text.
///
/// Unlike a plain `serde_json::from_str`, which works too, it reads profiles that
/// nest deeper than 128 levels, and its error names the path to the culprit.
///
/// # Errors
/// If the text is not JSON, if it nests deeper than [`wire::MAX_DEPTH`], or if it
/// is not a `T`: a required member is missing, or a value is of the wrong kind.
pub fn decode<T: wire::Read>(json: &str) -> Result<T, DecodeError> {
    wire::read_document(json)
}

/// Encodes a value of the protocol as JSON text, without any white space.
///
/// What is only ever received can be encoded with the feature `mirror`.
///
/// A number that JSON cannot express, such as NaN, is written as `null`, which a
/// target refuses.
///
/// It does not [`check`](Command::check) commands: [`encode_request`] does.
///
/// # Errors
/// If the value's own `Serialize` fails; those of this crate never do.
pub fn encode<T: wire::Serialize + ?Sized>(value: &T) -> Result<String, EncodeError> {
    serde_json::to_string(value).map_err(EncodeError::new)
}
