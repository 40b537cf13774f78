//! Captures that succeed.

use super::super::commands::subject::Subject;
use super::super::commands::Outcome;
use super::super::target::Kind;
use super::support::{capture, fill, leak, telling, Place, Told};
use super::trial;
use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerCommands, StartTrackingHeapObjects, StopTrackingHeapObjects, TakeHeapSnapshot,
};
use cdp_heapprofiler::snapshot;
use libtest_mimic::Trial;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in Kind::ALL {
        trials.push(trial(kind, "capture_saves", saves));
        trials.push(trial(kind, "capture_of_tracked", tracked));
    }
    for kind in [Kind::Node, Kind::Chromium, Kind::ChromiumPipe] {
        trials.push(trial(kind, "capture_spools", spools));
    }
    trials
}

/// A file is whole, its leak is counted, and progress goes to the end.
fn saves(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    let (place, told) = (Place::new()?, Told::default());
    let capture = telling().on_progress(told.note());
    let captured = capture.save(&subject.session, place.path())?;
    told.goes_to_the_end(&captured);
    place.holds(&captured)
}

/// The snapshot that ends tracking knows who allocated.
fn tracked(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    let start = StartTrackingHeapObjects::new().track_allocations(true);
    subject.session.start_tracking_heap_objects(start)?;
    subject.value("allocate(1000)")?;
    let place = Place::new()?;
    let capture = capture(StopTrackingHeapObjects::new());
    let captured = capture.save(&subject.session, place.path())?;
    let facts = captured.facts.as_ref().expect("it was verified");
    assert!(facts.trace_functions > 1, "{facts:?}");
    assert!(facts.trace_nodes > 1, "{facts:?}");
    place.holds(&captured)
}

/// A writer that sleeps before its first byte.
#[derive(Default)]
struct Slow(Vec<u8>);

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            thread::sleep(Duration::from_secs(3));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a slow writer has not taken is in the spool, and not lost.
fn spools(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    fill(&subject)?;
    let (place, told) = (Place::new()?, Told::default());
    let folder = place.path().with_file_name("");
    let mut slow = Slow::default();
    let captured = capture(TakeHeapSnapshot::new())
        .memory(1 << 16)
        .spool(folder, 1 << 30)
        .on_progress(told.note())
        .write_to(&subject.session, &mut slow)?;
    leak(&captured);
    let facts = snapshot::verify(&*slow.0)?;
    assert_eq!(facts.bytes, captured.bytes);
    let all = told.all();
    let waiting = all.iter().map(|each| each.bytes - each.written).max();
    // More than the memory and a chunk.
    assert!(waiting > Some(1 << 20), "{waiting:?} bytes waited");
    place.is_empty()
}
