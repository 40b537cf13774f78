//! Node, as fast as it can send.

use super::alone::{alone, assert_small, peak_memory};
use super::folder::Temporary;
use super::heap::{fill, options};
use super::target::{Kind, Target};
use cdp_heapprofiler::blocking::{self, Session};
use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
use cdp_heapprofiler::snapshot::{Capture, Captured};
use std::io;
use std::time::Instant;

fn start(kind: Kind) -> (Target, Session) {
    let target = kind.start().unwrap();
    let address = target.address.as_deref().unwrap();
    let session = blocking::connect_with(address, options()).unwrap();
    fill(&session, 320);
    (target, session)
}

fn capture() -> Capture<TakeHeapSnapshot> {
    Capture::new(TakeHeapSnapshot::new())
}

/// Runs a capture twice, for the first one is slower, and prints the time of each.
fn timed(what: &str, run: impl Fn() -> Captured) {
    for _ in 0..2 {
        let start = Instant::now();
        let captured = run();
        let (mb, seconds) = (captured.bytes as f64 / 1e6, start.elapsed().as_secs_f64());
        let peak = peak_memory().unwrap_or_default();
        println!("  {what}: {mb:.0} MB in {seconds:.1} s, peak memory so far {peak:.1} MB");
        assert!(mb > 300.0);
    }
}

fn sizes(kind: Kind) {
    let (target, session) = start(kind);
    println!("{}", target.label);
    timed("unverified, not kept", || {
        let unverified = capture().unverified();
        unverified.write_to(&session, io::sink()).unwrap()
    });
    timed("verified, not kept", || {
        capture().write_to(&session, io::sink()).unwrap()
    });
    let folder = Temporary::new().unwrap();
    timed("verified, in a file", || {
        let path = folder.path().join("large.heapsnapshot");
        capture().save(&session, path).unwrap()
    });
    assert_small();
    timed("summarized, not kept", || {
        let summarized = capture().summarize();
        summarized.write_to(&session, io::sink()).unwrap()
    });
}

#[test]
#[ignore = "it takes a minute and gigabytes"]
fn node_300_mb() {
    alone("node::node_300_mb", || sizes(Kind::Node));
}

#[test]
#[ignore = "it takes a minute and gigabytes"]
fn node26_300_mb() {
    alone("node::node26_300_mb", || match Kind::Node26.executable() {
        Ok(_) => sizes(Kind::Node26),
        Err(skip) => println!("skipped: {}", skip.0),
    });
}
