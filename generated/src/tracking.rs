//! Allocation timelines: what was allocated when, and how much of it is still alive.
//!
//! A target that tracks heap objects (`startTrackingHeapObjects`) looks at its heap every
//! 50 ms or slower. What was allocated since the last look is a *fragment*. A
//! [`Timeline`] folds the events that tell of it, `heapStatsUpdate` and
//! `lastSeenObjectId`, into a table of fragments. It needs no client: hand it the events
//! in the order in which they come.
//!
//! ```
//! use cdp_heapprofiler::protocol::heap_profiler::HeapProfilerEvent;
//! use cdp_heapprofiler::tracking::Timeline;
//!
//! let mut timeline = Timeline::new();
//! for (method, params) in [
//!     ("HeapProfiler.heapStatsUpdate", r#"{"statsUpdate":[0,50000,4000000]}"#),
//!     ("HeapProfiler.lastSeenObjectId", r#"{"lastSeenObjectId":100001,"timestamp":1000.0}"#),
//!     ("HeapProfiler.heapStatsUpdate", r#"{"statsUpdate":[1,300,24000]}"#),
//!     ("HeapProfiler.lastSeenObjectId", r#"{"lastSeenObjectId":100601,"timestamp":1050.0}"#),
//!     // Most of what came in those 50 ms was garbage.
//!     ("HeapProfiler.heapStatsUpdate", r#"{"statsUpdate":[1,10,800]}"#),
//!     ("HeapProfiler.lastSeenObjectId", r#"{"lastSeenObjectId":100601,"timestamp":1100.0}"#),
//! ] {
//!     if let Some(event) = HeapProfilerEvent::decode(method, Some(params)) {
//!         timeline.event(&event?)?;
//!     }
//! }
//! let fragment = timeline.fragment(1).unwrap();
//! assert_eq!((fragment.size, fragment.peak_size), (800, 24000));
//! assert_eq!((fragment.begin, fragment.end), (Some(1000.0), Some(1050.0)));
//! assert_eq!(timeline.alive_since(1000.0).size, 800, "without what was there before");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! V8 sends the numbers first and the id after them, Hermes the id first; either is
//! understood. Deno and workerd tell all at once when the tracking ends, at the time 0.

mod stats;
mod timeline;

pub use stats::{FragmentUpdate, StatsError};
pub use timeline::{Fragment, Held, Timeline};
