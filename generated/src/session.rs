//! The session core: all of a connection's state, without any input or output.
//!
//! A [`Connection`] turns commands into frames and frames into [`Message`]s. It
//! reads no clock, owns no socket and starts no thread: whoever drives it passes in
//! the frames as they come, and the time. The clients of this crate, behind
//! the features `blocking`, `pipe` and `tokio`, are thin layers around it.
//!
//! ```
//! use cdp_heapprofiler::protocol::heap_profiler::{HeapProfilerEvent, TakeHeapSnapshot};
//! use cdp_heapprofiler::protocol::AnyEvent;
//! use cdp_heapprofiler::session::{Connection, Deadline, Message, SessionKey};
//! use std::time::{Duration, Instant};
//!
//! let mut connection = Connection::new();
//! let deadline = Deadline::idle(Duration::from_secs(60));
//! let sent = connection.send(SessionKey::ROOT, &TakeHeapSnapshot::new(), deadline, Instant::now())?;
//! assert_eq!(sent.frame, r#"{"id":1,"method":"HeapProfiler.takeHeapSnapshot","params":{}}"#);
//!
//! // What the target answers, frame by frame.
//! let frame = r#"{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":"{}"}}"#;
//! match connection.receive(frame, Instant::now()) {
//!     Message::Event(event) => match event.decode()? {
//!         AnyEvent::HeapProfiler(HeapProfilerEvent::AddHeapSnapshotChunk(event)) => {
//!             assert_eq!(event.chunk, "{}");
//!         }
//!         other => panic!("{other:?}"),
//!     },
//!     other => panic!("{other:?}"),
//! }
//! match connection.receive(r#"{"id":1,"result":{}}"#, Instant::now()) {
//!     Message::Reply(reply) => {
//!         assert_eq!(reply.id, sent.id);
//!         reply.decode::<TakeHeapSnapshot>()?;
//!     }
//!     other => panic!("{other:?}"),
//! }
//! assert!(connection.next_notice().is_none(), "nothing odd, nothing ended");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What can be relied on
//!
//! - Every command that was sent ends exactly once: with its reply, or with an
//!   [`Ended`] among the notices, or by [`Connection::abandon`].
//! - Messages come in the order of the frames. The notices of a frame follow its
//!   message.
//! - No frame, whatever it holds, breaks the connection. What is odd about it is an
//!   [`Oddity`], never silence.
//! - The memory is that of the commands under way and of the attached sessions.

mod connection;
mod deadline;
mod error;
mod message;
mod oddity;
mod pending;
mod sessions;
mod signal;

pub use connection::{Connection, Sent};
pub use deadline::Deadline;
pub use error::{Closed, Error, TimeoutKind};
pub use message::{Ended, EventMessage, Message, Notice, Reply};
pub use oddity::Oddity;
pub use pending::CommandId;
pub use sessions::{SessionInfo, SessionKey, SessionKind};
