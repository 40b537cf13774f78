//! Large replies, large profiles, and consumers that are slower than a snapshot.

use super::super::target::Kind;
use super::support::{brief, connect, ensure, evaluate, failed, load, next, trial, Outcome, LIMIT};
use cdp_heapprofiler::blocking::{self, Events};
use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, HeapProfilerCommands, SamplingHeapProfileNode, StartSampling,
    StopSampling, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::{Enable, ExecutionContextCreatedEvent};
use cdp_heapprofiler::session::CommandId;
use cdp_heapprofiler::{Client, Incoming, Missed};
use libtest_mimic::Trial;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Node26, Kind::Chromium] {
        trials.push(trial(kind, "large_reply", large_reply));
    }
    for kind in [Kind::Node, Kind::Node26, Kind::Deno, Kind::Chromium] {
        trials.push(trial(kind, "large_profile", large_profile));
        trials.push(trial(kind, "slow_consumer", slow_consumer));
    }
    trials
}

fn large_reply(kind: Kind) -> Outcome {
    const LENGTH: usize = 40 << 20;
    let target = kind.start()?;
    let session = connect(&target)?;
    let text: String = evaluate(&session, &format!("'x'.repeat({LENGTH})"))?;
    ensure(text.len() == LENGTH, || format!("{} bytes", text.len()))?;
    let is_whole = text.bytes().all(|byte| byte == b'x');
    ensure(is_whole, || "it is not the text".into())
}

/// Nearly every allocation is a sample.
fn large_profile(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = connect(&target)?;
    if kind == Kind::Chromium {
        load(&session)?;
    }
    let start = StartSampling::new().sampling_interval(16.0);
    session.start_sampling(start).map_err(failed("sampling"))?;
    evaluate::<f64>(&session, "allocate(50000)")?;
    let stopped = session.stop_sampling(StopSampling::new());
    let profile = stopped.map_err(failed("sampling"))?.profile;
    let samples = profile.samples.as_ref().map_or(0, Vec::len);
    ensure(samples > 50_000, || format!("{samples} samples"))?;
    let bytes = total(&profile.head);
    ensure(bytes > 50_000.0 * 256.0, || format!("{bytes} bytes"))
}

fn total(node: &SamplingHeapProfileNode) -> f64 {
    node.self_size + node.children.iter().map(total).sum::<f64>()
}

/// Nobody takes the chunks while they come: what does not fit is told as missed, in
/// its place, and the reply comes all the same. Then there is room again.
fn slow_consumer(kind: Kind) -> Outcome {
    const ROOM: usize = 2 << 20;
    let target = kind.start()?;
    let address = target.address.as_deref().ok_or("no address")?;
    let options = super::support::options().event_memory(ROOM);
    let session = blocking::connect_with(address, options).map_err(failed("connecting"))?;
    let mut events = session.events();
    let command = session.begin(TakeHeapSnapshot::new());
    let command = command.map_err(failed("a snapshot"))?;
    let id = command.id();
    command.wait().map_err(failed("a snapshot"))?;
    let (text, missed) = until(&mut events, id)?;
    let is_start = text.starts_with("{\"snapshot\":") && text.len() <= ROOM;
    ensure(is_start, || {
        format!("{} bytes: {}", text.len(), brief(&text))
    })?;
    ensure(missed.items > 0 && missed.bytes > 1 << 20, || {
        format!("only {missed:?}")
    })?;
    session.call(Enable::new()).map_err(failed("enable"))?;
    next::<ExecutionContextCreatedEvent>(&mut events).map(drop)
}

/// The chunks up to the first gap, and what was missed up to the place of a reply.
fn until(events: &mut Events, id: CommandId) -> Result<(String, Missed), String> {
    let (mut text, mut missed) = (String::new(), Missed::default());
    loop {
        match events.next_within(LIMIT) {
            Some(Incoming::Event(event)) => {
                if let Some(chunk) = event.decode_as::<AddHeapSnapshotChunkEvent>() {
                    let chunk = chunk.map_err(failed("a chunk"))?.chunk;
                    // A smaller chunk may find room behind a gap.
                    if missed == Missed::default() {
                        text += &chunk;
                    }
                }
            }
            Some(Incoming::Missed(more)) => {
                missed.items += more.items;
                missed.bytes += more.bytes;
            }
            Some(Incoming::Reply(reply)) if reply == id => return Ok((text, missed)),
            Some(Incoming::Reply(_) | Incoming::Ended(_)) => {}
            other => return Err(format!("up to {id:?} came {}", brief(&other))),
        }
    }
}
