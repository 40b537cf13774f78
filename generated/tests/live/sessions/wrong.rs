//! What is wrong with a command: refused here, or refused by the target.

use super::super::target::Kind;
use super::by_hand::{GetHeapObjectIdOfNothing, Unknown};
use super::support::{
    brief, closed_by, connect, ensure, failed, refusal, trial, Outcome, NEVER, NODES,
};
use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerCommands, StartSampling, StopSampling,
};
use cdp_heapprofiler::session::{Closed, Error};
use cdp_heapprofiler::wire::Json;
use cdp_heapprofiler::{Client, Command, Unchecked};
use libtest_mimic::Trial;
use std::net::TcpStream;
use std::time::Instant;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in NODES {
        trials.push(trial(kind, "refused_is_not_sent", refused_is_not_sent));
        trials.push(trial(kind, "unchecked_kills", unchecked_kills));
        trials.push(trial(kind, "error_is_whole", error_is_whole));
    }
    trials.push(trial(Kind::Chromium, "error_is_whole", error_is_whole));
    trials
}

/// Had it been sent, the target would be dead, or the sampler would run.
fn refused_is_not_sent(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = connect(&target)?;
    let commands = [
        StartSampling::new().sampling_interval(0.5),
        StartSampling::new().sampling_interval(1e300),
        StartSampling::new().sampling_interval(f64::NAN),
        StartSampling::new().stack_depth(148.0),
        StartSampling::new().stack_depth(0.0),
    ];
    for command in commands {
        match session.call(command) {
            Err(Error::Refused(_)) => {}
            other => return Err(format!("expected `Refused`, got {}", brief(&other))),
        }
    }
    let (code, message) = refusal(session.stop_sampling(StopSampling::new()))?;
    ensure(code == -32000 && message.contains("not started"), || {
        format!("{code} {message}")
    })
}

/// The same value sent all the same: the target dies, and the command hears of it.
fn unchecked_kills(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = connect(&target)?.with_deadline(NEVER);
    let command = Unchecked(StartSampling::new().sampling_interval(0.5));
    match closed_by(session.call(command))? {
        Closed::Connection(_) => {}
        other => return Err(format!("it ended by {other:?}")),
    }
    let address = target.address.as_deref().ok_or("no address")?;
    let start = Instant::now();
    // The listening socket may outlive the other for a moment.
    while TcpStream::connect(address).is_ok() {
        ensure(start.elapsed() < super::support::LIMIT, || {
            format!("{} lives on", target.label)
        })?;
        std::thread::yield_now();
    }
    Ok(())
}

/// Code, message and data of the target's error all arrive, and the next command works.
fn error_is_whole(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = connect(&target)?;
    match session.call(GetHeapObjectIdOfNothing) {
        Err(Error::Protocol { error, .. }) if error.code == -32602 => {
            let data = error.data.as_ref().map_or("", Json::as_str);
            ensure(data.contains("objectId"), || format!("data is {data:?}"))?;
        }
        other => return Err(format!("expected -32602, got {}", brief(&other))),
    }
    let (code, message) = refusal(session.call(Unknown))?;
    ensure(code == -32601 && message.contains(Unknown::METHOD), || {
        format!("{code} {message}")
    })?;
    let found: f64 = super::support::evaluate(&session, "6 * 7")?;
    ensure(found == 42.0, || format!("6 * 7 = {found}"))?;
    session.close();
    let after = session.begin(GetHeapObjectIdOfNothing).map(drop);
    let reason = closed_by(after).map_err(failed("after the close"))?;
    ensure(reason == Closed::Here, || format!("{reason:?}"))
}
