//! `heap track`.

use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerEvent, StartTrackingHeapObjects, StopTrackingHeapObjects,
};
use cdp_heapprofiler::snapshot::Capture;
use cdp_heapprofiler::tracking::{Fragment, Timeline};
use cdp_heapprofiler::{Client, Incoming};
use serde_json::{json, Value};

use crate::cli;
use crate::files::Place;
use crate::holdings;
use crate::interrupt::Interrupt;
use crate::layout::{number, size, Table};
use crate::outcome::{Failure, Report};
use crate::snapshot;
use crate::target::Target;

pub(crate) fn run(arguments: &cli::Track, interrupt: &Interrupt) -> Result<Report, Failure> {
    Place::may_be(&arguments.output)?;
    let target = Target::connect(&arguments.target, interrupt)?;
    let place = Place::choose(&arguments.output, &target.name(), snapshot::ENDING)?;
    let mut timeline = Timeline::new();
    let mut events = target.session.events();
    let mut tell = |incoming: &Incoming| fold(&mut timeline, incoming);
    let start = target.session.call(StartTrackingHeapObjects::new());
    start.map_err(|error| target.failed(error))?;
    interrupt.is_noted(&target.session);
    target.let_run()?;
    target.wait(&mut events, arguments.seconds, interrupt, &mut tell)?;

    // Stopping takes a snapshot, which may be long. The end of the session stops, too.
    interrupt.closes(&target.session);
    let facts = if interrupt.was_pressed() {
        target.session.close();
        None
    } else {
        let capture = Capture::new(StopTrackingHeapObjects::new().report_progress(true));
        Some(snapshot::save(capture, &target, &place)?)
    };
    while let Some(incoming) = events.try_next() {
        tell(&incoming)?;
    }

    let file = place.shown();
    let mut report = Report::new(
        text(&timeline, arguments.top),
        json!({
            "interrupted": facts.is_none(),
            "fragments": timeline.fragments().map(fragment).collect::<Vec<_>>(),
            "alive": alive(&timeline),
            "snapshot": facts.as_ref().map(|facts| holdings::members(&file, facts)),
        }),
    );
    match facts {
        Some(facts) => report.text.push_str(&holdings::line(&file, &facts)),
        None => report.failure = Some(Failure::Interrupted("interrupted: no snapshot".to_owned())),
    }
    Ok(report)
}

/// Takes in what tells of allocations.
fn fold(timeline: &mut Timeline, incoming: &Incoming) -> Result<(), Failure> {
    let Incoming::Event(event) = incoming else {
        return Ok(());
    };
    let failed = |error: &dyn std::fmt::Display| Failure::of(&event.method, error);
    match HeapProfilerEvent::decode(&event.method, event.params.as_deref()) {
        Some(Ok(event)) => timeline.event(&event).map_err(|error| failed(&error)),
        Some(Err(error)) => Err(failed(&error)),
        None => Ok(()),
    }
}

/// The fragments of which the most is alive, in the order of time.
fn text(timeline: &Timeline, top: usize) -> String {
    let mut shown: Vec<_> = timeline
        .fragments()
        .filter(|fragment| fragment.peak_size > 0)
        .collect();
    let all = shown.len();
    shown.sort_by_key(|fragment| std::cmp::Reverse(fragment.size));
    shown.truncate(top);
    shown.sort_by_key(|fragment| fragment.index);
    let start = timeline.fragment(0).and_then(|fragment| fragment.end);
    let mut table = Table::new(3, &["allocated", "still alive", "objects alive", "when"]);
    for fragment in &shown {
        table.row(vec![
            size(fragment.peak_size),
            size(fragment.size),
            number(fragment.count),
            when(fragment, start),
        ]);
    }
    let mut text = table.print();
    if shown.len() < all {
        let others = all - shown.len();
        text.push_str(&format!("and {others} more, of which less is alive\n"));
    }
    text
}

/// The time of a fragment, in seconds since the start.
fn when(fragment: &Fragment, start: Option<f64>) -> String {
    if fragment.index == 0 {
        return "before".to_owned();
    }
    let seconds = |time: Option<f64>| match (time, start) {
        (Some(time), Some(start)) => format!("{:.2}", (time - start) / 1000.0),
        _ => "?".to_owned(),
    };
    format!("{} to {} s", seconds(fragment.begin), seconds(fragment.end))
}

fn fragment(fragment: &Fragment) -> Value {
    json!({
        "index": fragment.index,
        "begin": fragment.begin,
        "end": fragment.end,
        "allocatedCount": fragment.peak_count,
        "allocatedSize": fragment.peak_size,
        "aliveCount": fragment.count,
        "aliveSize": fragment.size,
    })
}

/// What is alive of all that was allocated since the start.
fn alive(timeline: &Timeline) -> Value {
    let since = timeline.fragments().filter(|fragment| fragment.index > 0);
    let (count, size) = since.fold((0_u64, 0_u64), |(count, size), fragment| {
        (
            count.saturating_add(fragment.count),
            size.saturating_add(fragment.size),
        )
    });
    json!({ "count": count, "selfSize": size })
}
