//! Workers of Node and Deno: sessions whose messages travel inside of messages.

use super::super::target::{Kind, Target};
use super::support::{
    closed, closed_by, connect, end_of, ensure, evaluate, failed, hang, loaded, next, refusal,
    snapshot, trial, Outcome, NODES,
};
use cdp_heapprofiler::blocking::{Events, Session};
use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, HeapProfilerCommands, SamplingHeapProfileNode, StartSampling, StopSampling,
};
use cdp_heapprofiler::protocol::node_worker::{
    AttachedToWorkerEvent, Detach, DetachedFromWorkerEvent, Disable, Enable,
};
use cdp_heapprofiler::protocol::runtime::RunIfWaitingForDebugger;
use cdp_heapprofiler::protocol::target::{AttachedToTargetEvent, SetAutoAttach};
use cdp_heapprofiler::session::{Closed, Error};
use cdp_heapprofiler::Client;
use libtest_mimic::Trial;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in NODES {
        trials.push(trial(kind, "worker_heap", worker_heap));
        trials.push(trial(kind, "worker_ends", worker_ends));
        trials.push(trial(kind, "worker_waits", worker_waits));
    }
    trials.push(trial(Kind::Deno, "worker_ends_flat", worker_ends_flat));
    // Deno has neither command.
    for kind in NODES.into_iter().filter(|&kind| kind != Kind::Deno) {
        trials.push(trial(kind, "worker_detached", worker_detached));
        trials.push(trial(kind, "workers_disabled", workers_disabled));
    }
    trials
}

/// A target with a worker that is attached.
#[derive(Debug)]
struct Workshop {
    main: Session,
    of_main: Events,
    worker: Session,
    session_id: String,
    _target: Target,
}

impl Workshop {
    fn start(kind: Kind, wait: bool) -> Result<Self, String> {
        let target = kind.start()?;
        let main = connect(&target)?;
        let mut of_main = main.events();
        main.call(Enable::new(wait)).map_err(failed("enable"))?;
        evaluate::<bool>(&main, "startWorker()")?;
        let attached: AttachedToWorkerEvent = next(&mut of_main)?;
        ensure(attached.waiting_for_debugger == wait, || {
            format!("{attached:?}")
        })?;
        let worker = main.worker(&attached.session_id);
        if !wait {
            loaded(&worker)?;
        }
        Ok(Self {
            main,
            of_main,
            worker,
            session_id: attached.session_id.into_string(),
            _target: target,
        })
    }
}

/// A snapshot and a profile are those of the worker, whole and in order.
fn worker_heap(kind: Kind) -> Outcome {
    let Workshop { main, worker, .. } = &Workshop::start(kind, false)?;
    evaluate::<bool>(
        worker,
        "globalThis.mark = new (class OnlyInWorker {}), true",
    )?;
    evaluate::<bool>(main, "globalThis.mark = new (class OnlyInMain {}), true")?;
    let heap = snapshot(worker)?;
    ensure(heap.has_string("OnlyInWorker"), || {
        "the worker's object is not in its heap".into()
    })?;
    ensure(!heap.has_string("OnlyInMain"), || {
        "the main thread's object is in the worker's heap".into()
    })?;

    let start = StartSampling::new().sampling_interval(512.0);
    worker.start_sampling(start).map_err(failed("sampling"))?;
    // The sampler of the main thread is another one.
    let (code, _) = refusal(main.stop_sampling(StopSampling::new()))?;
    ensure(code == -32000, || format!("{code}"))?;
    evaluate::<f64>(worker, "allocate(20000)")?;
    let stopped = worker.stop_sampling(StopSampling::new());
    let profile = stopped.map_err(failed("sampling"))?.profile;
    let bytes = allocated(&profile.head);
    ensure(bytes > 1e6, || format!("{bytes} bytes by `allocate`"))
}

/// What `allocate` and its callees have allocated, in bytes.
fn allocated(node: &SamplingHeapProfileNode) -> f64 {
    fn all(node: &SamplingHeapProfileNode) -> f64 {
        node.self_size + node.children.iter().map(all).sum::<f64>()
    }
    if node.call_frame.function_name == "allocate" {
        return all(node);
    }
    node.children.iter().map(allocated).sum()
}

/// A worker that is terminated answers for what it leaves undone, or its end does.
fn worker_ends(kind: Kind) -> Outcome {
    let mut shop = Workshop::start(kind, false)?;
    let mut events = shop.worker.events();
    let promise = hang(&shop.worker)?;
    evaluate::<bool>(&shop.main, "endWorker()")?;
    match promise.wait() {
        Err(Error::Protocol { error, .. }) if error.code == -32000 => {}
        Err(Error::Closed {
            reason: Closed::DetachedFromWorker,
            ..
        }) => {}
        other => return Err(format!("expected an end, got {other:?}")),
    }
    let reason = end_of(&mut events)?;
    ensure(reason == Closed::DetachedFromWorker, || {
        format!("{reason:?}")
    })?;
    next::<DetachedFromWorkerEvent>(&mut shop.of_main)?;
    // The target would answer that all is well, and nothing more.
    let reason = closed_by(shop.worker.begin(CollectGarbage::new()))?;
    ensure(reason == Closed::DetachedFromWorker, || {
        format!("{reason:?}")
    })?;
    loaded(&shop.main)
}

/// Deno attaches its workers flat as well. Only their targets are told to be gone.
fn worker_ends_flat(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let main = connect(&target)?;
    let mut of_main = main.events();
    let attach = SetAutoAttach::new(true, false).flatten(true);
    main.call(attach).map_err(failed("attaching"))?;
    evaluate::<bool>(&main, "startWorker()")?;
    let attached: AttachedToTargetEvent = next(&mut of_main)?;
    let worker = main.session(&attached.session_id);
    loaded(&worker)?;
    let mut events = worker.events();
    evaluate::<bool>(&main, "endWorker()")?;
    let reason = end_of(&mut events)?;
    ensure(reason == Closed::DetachedFromTarget, || {
        format!("{reason:?}")
    })?;
    // The target would never answer.
    closed_by(worker.begin(CollectGarbage::new()))?;
    loaded(&main)
}

fn worker_detached(kind: Kind) -> Outcome {
    let shop = Workshop::start(kind, false)?;
    let detach = Detach::new(shop.session_id.as_str());
    leaves(&shop, |main| main.call(detach).map(drop))
}

/// No event tells that a disabled domain has let go of its workers.
fn workers_disabled(kind: Kind) -> Outcome {
    let shop = Workshop::start(kind, false)?;
    leaves(&shop, |main| main.call(Disable::new()).map(drop))
}

/// What is under way in the worker ends when this side lets go of it. The target may
/// still send what it has to say; that does no harm.
fn leaves(shop: &Workshop, leave: impl FnOnce(&Session) -> Result<(), Error>) -> Outcome {
    let mut events = shop.worker.events();
    let promise = hang(&shop.worker)?;
    leave(&shop.main).map_err(failed("leaving"))?;
    let reasons = [closed(promise)?, end_of(&mut events)?];
    ensure(
        reasons == [Closed::DetachedFromWorker, Closed::DetachedFromWorker],
        || format!("{reasons:?}"),
    )?;
    closed_by(shop.worker.begin(CollectGarbage::new()))?;
    loaded(&shop.main)
}

/// A worker that waits answers before its program runs.
fn worker_waits(kind: Kind) -> Outcome {
    let shop = Workshop::start(kind, true)?;
    let found: String = evaluate(&shop.worker, "typeof globalThis.forget")?;
    ensure(found == "undefined", || "the program has run".into())?;
    let free = shop.worker.call(RunIfWaitingForDebugger::new());
    free.map_err(failed("freeing it"))?;
    loaded(&shop.worker)
}
