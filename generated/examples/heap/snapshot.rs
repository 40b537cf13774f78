//! `heap snapshot`, and the snapshot at the end of `heap track`.

use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
use cdp_heapprofiler::snapshot::{self, Capture, Facts, SnapshotCommand};

use crate::cli;
use crate::files::Place;
use crate::holdings;
use crate::interrupt::Interrupt;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use crate::target::Target;

/// The ending of names of snapshot files.
pub(crate) const ENDING: &str = "heapsnapshot";

pub(crate) fn run(arguments: &cli::Snapshot, interrupt: &Interrupt) -> Result<Report, Failure> {
    // Before a browser is started for nothing.
    Place::may_be(&arguments.output)?;
    let target = Target::connect(&arguments.target, interrupt)?;
    target.let_run()?;
    let place = Place::choose(&arguments.output, &target.name(), ENDING)?;
    let mut capture = Capture::new(TakeHeapSnapshot::new().report_progress(true));
    if arguments.summary {
        capture = capture.summarize();
    }
    let facts = save(capture, &target, &place)?;
    let file = place.shown();
    let mut text = holdings::line(&file, &facts);
    let mut json = holdings::members(&file, &facts);
    if let Some(summary) = &facts.summary {
        text.push_str(&holdings::summary_text(summary, arguments.top));
        json["summary"] = holdings::summary_json(summary, arguments.top);
    }
    Ok(Report::new(text, json))
}

/// Saves what a command captures, and shows how far it is.
pub(crate) fn save<C: SnapshotCommand>(
    capture: Capture<C>,
    target: &Target,
    place: &Place,
) -> Result<Facts, Failure> {
    let mut progress = Progress::new();
    let tell = move |now: &snapshot::Progress| match (now.done, now.total) {
        (Some(done), Some(total)) if now.chunks == 0 => {
            progress.part(
                "walking the heap",
                done.unsigned_abs(),
                total.unsigned_abs(),
            );
        }
        _ => progress.bytes("snapshot", now.bytes),
    };
    let captured = capture.on_progress(tell).save(&target.session, &place.path);
    let captured = captured.map_err(|error| target.failed(error))?;
    Ok(captured.facts.unwrap_or_default())
}
