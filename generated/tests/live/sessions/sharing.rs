//! Several sessions of one target, and several threads or tasks in one session.

use super::super::target::Kind;
use super::support::{
    brief, connect, end_of, ensure, evaluate, failed, hang, refusal, trial, Outcome, NODES,
};
use super::tasks;
use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, Enable, GetHeapObjectId, HeapProfilerCommands, StartSampling, StopSampling,
};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::{Closed, Error};
use cdp_heapprofiler::Client;
use libtest_mimic::Trial;
use std::thread;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in NODES {
        trials.push(trial(kind, "two_sessions", two_sessions));
    }
    trials.push(trial(Kind::Chromium, "two_sessions", two_sessions));
    trials.push(trial(Kind::Workerd, "one_session", one_session));
    for kind in [Kind::Node, Kind::Chromium] {
        trials.push(trial(kind, "many_threads", many_threads));
        trials.push(trial(kind, "many_tasks", many_tasks));
    }
    trials
}

/// The sampler belongs to the heap: one session stops what another has started. The
/// end of a session leaves the other alone.
fn two_sessions(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let (first, second) = (connect(&target)?, connect(&target)?);
    let started = first.start_sampling(StartSampling::new());
    started.map_err(failed("starting"))?;
    let stopped = second.stop_sampling(StopSampling::new());
    stopped.map_err(failed("stopping the other's"))?;
    let (code, message) = refusal(first.stop_sampling(StopSampling::new()))?;
    ensure(
        code == -32000 && message == "V8 sampling heap profiler was not started.",
        || format!("{code} {message}"),
    )?;

    let pending = hang(&second)?;
    second.close();
    let reason = super::support::closed(pending)?;
    ensure(reason == Closed::Here, || format!("{reason:?}"))?;
    let sum: f64 = evaluate(&first, "1 + 2")?;
    ensure(sum == 3.0, || format!("1 + 2 = {sum}"))
}

/// workerd has one client at a time. It says so to the one that it sends away, and
/// may send away the second too, when it hears of the end of the first.
fn one_session(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let first = connect(&target)?;
    let mut events = first.events();
    let second = connect(&target)?;
    match end_of(&mut events)? {
        Closed::Connection(why) if why.contains("client closed connection") => {}
        other => return Err(format!("the first ended by {other:?}")),
    }
    match second.call(Enable::new()) {
        Ok(_) => {}
        Err(Error::Closed { .. }) => {
            let third = connect(&target)?;
            third.call(Enable::new()).map_err(failed("the third"))?;
        }
        Err(error) => return Err(error.to_string()),
    }
    Ok(())
}

const TASKS: usize = 8;
const CALLS: usize = 40;

/// Commands of several kinds at once from many threads: each gets its own reply.
fn many_threads(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let session = connect(&target)?;
    let workers: Vec<_> = (0..TASKS)
        .map(|worker| {
            let session = session.clone();
            thread::spawn(move || {
                for call in 0..CALLS {
                    let wanted = format!("{worker}.{call}");
                    let found: String = evaluate(&session, &format!("'{wanted}'"))?;
                    ensure(found == wanted, || format!("{found} for {wanted}"))?;
                    let id = GetHeapObjectId::new(wanted);
                    let (code, _) = refusal(session.call(id))?;
                    ensure(code == -32000, || format!("{code} for a wrong id"))?;
                }
                Ok(())
            })
        })
        .collect();
    let join = |worker: thread::JoinHandle<Outcome>| worker.join().map_err(|_| "a panic")?;
    workers.into_iter().try_for_each(join)
}

/// The same from many tasks, all of a task's commands under way at once and awaited
/// from the last to the first.
fn many_tasks(kind: Kind) -> Outcome {
    let target = kind.start()?;
    tasks::run(async move {
        let session = tasks::connect(&target).await?;
        let workers: Vec<_> = (0..TASKS)
            .map(|worker| {
                let session = session.clone();
                tokio::spawn(async move {
                    let mut calls = Vec::new();
                    for call in 0..CALLS {
                        let number = worker * 1000 + call;
                        let command = Evaluate::new(number.to_string()).return_by_value(true);
                        let mut call = session.call(command);
                        call.start().map_err(failed("evaluate"))?;
                        calls.push((number, call));
                    }
                    let garbage = session.call(CollectGarbage::new());
                    for (number, call) in calls.into_iter().rev() {
                        let returns = call.await.map_err(failed("evaluate"))?;
                        let found: f64 = super::support::value(returns)?;
                        ensure(found == number as f64, || format!("{found} for {number}"))?;
                    }
                    garbage.await.map(drop).map_err(failed("collectGarbage"))
                })
            })
            .collect();
        for worker in workers {
            worker.await.map_err(|error| brief(&error))??;
        }
        Ok(())
    })
}
