//! How fast a snapshot is verified, against yardsticks of the same run:
//!
//! ```text
//! cargo bench --bench snapshot [-- FILE...]
//! ```
//!
//! Without files, it takes a snapshot of some 110 MB from the `node` on the `PATH` with
//! `tests/snapshots/take.mjs`, once, and keeps it in Cargo's directory for such. All
//! figures are the best of several rounds over bytes in memory.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cdp_heapprofiler::snapshot::Verifier;
use serde_core::de::IgnoredAny;
use serde_core::Deserialize;

const OBJECTS: &str = "150000";
const ROUNDS: usize = 7;
const PIECE: usize = 1 << 16;

fn main() {
    // Cargo adds flags of its own.
    let arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let mut files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    if files.is_empty() {
        files.push(taken());
    }
    for file in files {
        measure(&file);
    }
}

fn taken() -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench.heapsnapshot");
    if !file.exists() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/take.mjs");
        let status = Command::new("node")
            .arg(script)
            .arg(&file)
            .arg(OBJECTS)
            .status()
            .expect("`node` is on the PATH");
        assert!(status.success(), "no snapshot was taken");
    }
    file
}

fn measure(file: &Path) {
    let bytes = fs::read(file).expect("the snapshot can be read");
    println!("{} ({:.1} MB)", file.display(), mega(bytes.len()));

    let verify = best(|| run(Verifier::new(), &bytes));
    let summarize = best(|| run(Verifier::with_summary(), &bytes));
    let ignore = best(|| {
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        // It nests deeper than the usual limit if allocations were tracked.
        json.disable_recursion_limit();
        black_box(IgnoredAny::deserialize(&mut json)).expect("the snapshot is JSON");
    });
    let read = best(|| {
        black_box(fs::read(file)).expect("the snapshot can be read");
    });
    let mut copy = vec![0; bytes.len()];
    let memcpy = best(|| copy.copy_from_slice(black_box(&bytes)));

    let speed = |time: Duration| mega(bytes.len()) / time.as_secs_f64();
    let ratio = |time: Duration, yardstick: Duration| yardstick.as_secs_f64() / time.as_secs_f64();
    for (name, time) in [("verify", verify), ("verify with summary", summarize)] {
        println!(
            "{name:>20} {:>8.0} MB/s; {:.2} x serde_json into IgnoredAny, \
             {:.2} x fs::read, {:.2} x memcpy",
            speed(time),
            ratio(time, ignore),
            ratio(time, read),
            ratio(time, memcpy),
        );
    }
    for (name, time) in [
        ("IgnoredAny", ignore),
        ("fs::read", read),
        ("memcpy", memcpy),
    ] {
        println!("{name:>20} {:>8.0} MB/s", speed(time));
    }
}

fn run(mut verifier: Verifier, bytes: &[u8]) {
    for piece in bytes.chunks(PIECE) {
        verifier
            .push(black_box(piece))
            .expect("the snapshot is whole");
    }
    black_box(verifier.finish()).expect("the snapshot is whole");
}

fn best(mut work: impl FnMut()) -> Duration {
    let round = || {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    let rounds = std::iter::repeat_with(round).take(ROUNDS);
    rounds.min().unwrap_or_default()
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
