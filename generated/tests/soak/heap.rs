//! Heaps with snapshots of a known least size.

use cdp_heapprofiler::blocking::Session;
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::Deadline;
use cdp_heapprofiler::{Client, Options};
use std::time::Duration;

/// A part of the heap: objects in a chain, each with a text and an array of references.
/// Texts make a large snapshot of a heap that is not: V8 needs many times the memory
/// for references.
const PART: &str = "{
  globalThis.soak ??= [];
  let last = {};
  for (let i = 0; i < 50000; i++) {
    const name = new Array(50).fill(`order ${soak.length}`).join();
    last = { i, name, last, items: new Array(8).fill(last) };
    soak.push(last);
  }
}";

/// How many MB of a snapshot such a part makes, at the least.
const PART_MB: usize = 50;

/// Puts so much on a heap that its snapshot has so many MB.
pub(crate) fn fill(session: &Session, mb: usize) {
    for _ in 0..mb.div_ceil(PART_MB) {
        let returns = session.call(Evaluate::new(PART)).unwrap();
        assert!(returns.exception_details.is_none(), "{returns:?}");
    }
}

/// No command fails for being slow.
pub(crate) fn options() -> Options {
    Options::new()
        .deadline(Deadline::idle(Duration::from_secs(15 * 60)))
        .connect_timeout(Duration::from_secs(60))
}

/// How many MB a snapshot of Chromium is to have.
pub(crate) fn chromium_mb() -> usize {
    let mb = std::env::var("CDP_SOAK_MB").ok();
    mb.map_or(800, |mb| mb.parse().expect("CDP_SOAK_MB is a number"))
}
