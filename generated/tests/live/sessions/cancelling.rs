//! Futures that are dropped in mid-flight.

use super::super::target::Kind;
use super::support::{brief, ensure, failed, trial, Moment, Outcome};
use super::tasks;
use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::Oddity;
use cdp_heapprofiler::{Client, Incoming};
use libtest_mimic::Trial;
use std::fs;
use std::process::Command;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Node, Kind::Node26, Kind::Deno] {
        trials.push(trial(kind, "dropped_snapshot", |kind| {
            tasks::run(dropped_snapshot(kind))
        }));
    }
    trials.push(trial(Kind::Node, DROPPED_CALLS, dropped_calls));
    trials
}

/// The next command works, and the late reply is odd and no more.
async fn dropped_snapshot(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = tasks::connect(&target).await?;
    let (mut snapshot, mut events) = tasks::reach(Moment::BeforeFirstChunk, &session).await?;
    let id = snapshot.start().map_err(failed("its id"))?;
    drop(snapshot);
    let sum: f64 = tasks::evaluate(&session, "1 + 2").await?;
    ensure(sum == 3.0, || format!("1 + 2 = {sum}"))?;
    loop {
        match tasks::item(&mut events).await? {
            Some(Incoming::Odd(Oddity::UnknownReply { id: late }))
                if late == i64::from(id.get()) =>
            {
                break;
            }
            Some(Incoming::Event(_) | Incoming::Reply(_) | Incoming::Ended(_)) => {}
            other => return Err(format!("not the late reply: {}", brief(&other))),
        }
    }
    // Never polled, never sent: it would have come first.
    drop(session.call(TakeHeapSnapshot::new()));
    let sum: f64 = tasks::evaluate(&session, "2 + 3").await?;
    ensure(sum == 5.0, || format!("2 + 3 = {sum}"))?;
    loop {
        match events.try_next() {
            Some(Incoming::Reply(_) | Incoming::Ended(_)) => {}
            Some(other) => return Err(format!("after it came {}", brief(&other))),
            None => return Ok(()),
        }
    }
}

const DROPPED_CALLS: &str = "dropped_calls";

/// Tells the process that it is the one for a single trial.
const ALONE: &str = "CDP_LIVE_ALONE";

/// Replies that nobody takes leave nothing behind. It is measured in a process of its
/// own, since other trials use memory too.
fn dropped_calls(kind: Kind) -> Outcome {
    if std::env::var_os(ALONE).is_some() {
        return tasks::run(drops_calls(kind));
    }
    let own = std::env::current_exe().map_err(failed("the own path"))?;
    let name = format!("{}::{DROPPED_CALLS}", kind.name());
    let output = Command::new(own)
        .args(["--exact", &name, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .map_err(failed("a process for it"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure(output.status.success() && text.contains("1 passed"), || {
        text.into_owned()
    })
}

/// Each reply would be a tenth of a megabyte.
async fn drops_calls(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = tasks::connect(&target).await?;
    let events = session.events();
    drops(&session, 200).await?;
    let before = resident();
    drops(&session, 1000).await?;
    drop(events);
    let growth = resident()?.saturating_sub(before?);
    ensure(growth < 16 << 20, || format!("{growth} bytes stay"))
}

async fn drops(session: &cdp_heapprofiler::tokio::Session, count: usize) -> Outcome {
    for _ in 0..count {
        let command = Evaluate::new("'x'.repeat(100000)").return_by_value(true);
        let mut call = session.call(command);
        call.start().map_err(failed("evaluate"))?;
    }
    // All the late replies have come when this one has.
    let last: f64 = tasks::evaluate(session, "0").await?;
    ensure(last == 0.0, || format!("{last}"))
}

/// The memory of this process, in bytes, as Linux tells it; elsewhere, none.
fn resident() -> Result<usize, String> {
    let Ok(text) = fs::read_to_string("/proc/self/statm") else {
        return Ok(0);
    };
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    let pages: usize = pages.ok_or_else(|| format!("statm says {text:?}"))?;
    Ok(pages * 4096)
}
