//! Several captures of one target: of one session, of two, and of a worker's.

use super::super::commands::subject::{Subject, SILENCE};
use super::super::commands::Outcome;
use super::super::target::Kind;
use super::support::{fill, leak, telling, Place};
use super::trial;
use cdp_heapprofiler::blocking::{self, Session};
use cdp_heapprofiler::protocol::node_worker::{AttachedToWorkerEvent, Enable};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::Deadline;
use cdp_heapprofiler::snapshot::CaptureFailure;
use cdp_heapprofiler::{Client, Incoming, Options};
use libtest_mimic::Trial;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Node, Kind::Chromium, Kind::ChromiumPipe] {
        trials.push(trial(kind, "capture_busy", busy));
    }
    for kind in [Kind::Node, Kind::Node26, Kind::Deno, Kind::Chromium] {
        trials.push(trial(kind, "captures_of_two_sessions", two_sessions));
    }
    for kind in [
        Kind::Node,
        Kind::Node22,
        Kind::Node24,
        Kind::Node26,
        Kind::Deno,
    ] {
        trials.push(trial(kind, "capture_of_worker", worker));
    }
    trials
}

/// A session has one snapshot under way.
fn busy(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    fill(&subject)?;
    let (first, second) = (Place::new()?, Place::new()?);
    let (tell, begun) = channel();
    let capture = telling().on_progress(move |_| {
        let _ = tell.send(());
    });
    let session = &subject.session;
    let captured = thread::scope(|scope| {
        let saving = scope.spawn(|| capture.save(session, first.path()));
        begun.recv().expect("it begins");
        let error = telling().save(session, second.path());
        let error = error.expect_err("the first is under way");
        assert!(matches!(error.failure(), CaptureFailure::Busy), "{error}");
        saving.join().expect("it does not panic")
    })?;
    first.holds(&captured)?;
    second.is_empty()?;
    second.holds(&telling().save(session, second.path())?)
}

/// Sessions do not disturb each other: the target takes their snapshots in turn.
fn two_sessions(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    fill(&subject)?;
    let address = subject.address.as_deref().ok_or("no address")?;
    let options = Options::new().deadline(Deadline::idle(SILENCE));
    let other = blocking::connect_with(address, options)?;
    let places = [Place::new()?, Place::new()?];
    let captured = thread::scope(|scope| {
        let saving = [&subject.session, &other].map(|session| {
            let place = &places[usize::from(std::ptr::eq(session, &other))];
            scope.spawn(|| telling().save(session, place.path()))
        });
        saving.map(|saving| saving.join().expect("it does not panic"))
    });
    for (place, captured) in places.iter().zip(captured) {
        place.holds(&captured?)?;
    }
    Ok(())
}

/// A snapshot that comes in messages within messages is the worker's, and whole.
fn worker(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    let main = &subject.session;
    let mut events = main.events();
    main.call(Enable::new(false))?;
    subject.value("startWorker()")?;
    let attached = loop {
        match events.next_within(SILENCE) {
            Some(Incoming::Event(event)) => {
                if let Some(event) = event.decode_as::<AttachedToWorkerEvent>() {
                    break event?;
                }
            }
            Some(Incoming::Reply(_) | Incoming::Ended(_)) => {}
            other => return Err(format!("no worker, but {other:?}").into()),
        }
    };
    let worker = main.worker(&attached.session_id);
    mark(&worker, "OnlyInWorker")?;
    mark(main, "OnlyInMain")?;
    let place = Place::new()?;
    let captured = telling().save(&worker, place.path())?;
    let summary = leak(&captured);
    assert_eq!(summary.constructor("OnlyInWorker").count, 1);
    assert_eq!(summary.constructor("OnlyInMain").count, 0);
    place.holds(&captured)
}

/// Keeps an object of this class, once the program has run.
fn mark(session: &Session, class: &str) -> Outcome<()> {
    let start = Instant::now();
    let mark = format!("orders.length && (globalThis.mark = new (class {class} {{}}), true)");
    while session
        .call(Evaluate::new(&*mark))?
        .exception_details
        .is_some()
    {
        if start.elapsed() > SILENCE {
            return Err("the program has not run".into());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}
