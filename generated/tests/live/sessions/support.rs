//! What the trials of sessions have in common: a bound in time, the blocking client at
//! a target, and what is expected of commands and events.

use super::super::folder;
use super::super::http::Site;
use super::super::suite;
use super::super::target::{Kind, Page, Target};
use cdp_heapprofiler::blocking::{self, Events, InFlight, Session};
use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, ReportHeapSnapshotProgressEvent, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::{Evaluate, EvaluateReturns};
use cdp_heapprofiler::session::{Closed, Deadline, Error};
use cdp_heapprofiler::wire::{Json, Read};
use cdp_heapprofiler::{Client, Command, Event, Incoming, Options};
use libtest_mimic::Trial;
use serde_json::value::RawValue;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::fs;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

pub(super) type Outcome = Result<(), String>;

/// How long a whole trial may take, on a loaded machine.
const BOUND: Duration = Duration::from_secs(120);

/// How long anything may take that is awaited: long, for a loaded machine.
pub(super) const LIMIT: Duration = Duration::from_secs(60);

/// A deadline that comes too late to save a trial.
pub(super) const NEVER: Deadline = Deadline::idle(Duration::from_secs(60 * 60));

/// How long an end that is told at once may take to be heard of.
pub(super) const AT_ONCE: Duration = Duration::from_secs(10);

/// A promise that nobody keeps.
pub(super) const FOREVER: &str = "new Promise(() => {})";

/// Kinds of targets with the program of Node.
pub(super) const NODES: [Kind; 5] = [
    Kind::Node,
    Kind::Node22,
    Kind::Node24,
    Kind::Node26,
    Kind::Deno,
];

/// A trial that fails when it does not end.
pub(super) fn trial(kind: Kind, name: &str, run: fn(Kind) -> Outcome) -> Trial {
    suite::trial(kind, name, move || bounded(move || run(kind)))
}

fn bounded(run: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let _ = sender.send(run());
    });
    match receiver.recv_timeout(BOUND) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(format!("no end within {BOUND:?}")),
        Err(RecvTimeoutError::Disconnected) => Err("it panicked".into()),
    }
}

/// An error as a message of a trial: what was being done, and how it failed.
pub(super) fn failed<E: Display>(doing: &str) -> impl FnOnce(E) -> String + '_ {
    move |error| format!("{doing}: {error}")
}

/// A value for a message, without its megabytes.
pub(super) fn brief(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

pub(super) fn ensure(holds: bool, message: impl FnOnce() -> String) -> Outcome {
    if holds {
        Ok(())
    } else {
        Err(message())
    }
}

/// The options of the trials: no command fails for being slow on a loaded machine.
pub(super) fn options() -> Options {
    Options::new()
        .deadline(Deadline::idle(LIMIT))
        .connect_timeout(LIMIT)
}

/// A session of the target's main thread, or of the first page.
pub(super) fn connect(target: &Target) -> Result<Session, String> {
    let address = target.address.as_deref().ok_or("no address")?;
    blocking::connect_with(address, options()).map_err(failed("connecting"))
}

/// A session of the browser itself.
pub(super) fn browser(target: &Target) -> Result<Session, String> {
    let address = target.address.as_deref().ok_or("no address")?;
    blocking::connect_browser_with(address, options()).map_err(failed("connecting"))
}

/// A browser with a page that has loaded its program.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) target: Target,
    pub(super) site: Site,
    pub(super) page: Page,
    /// The page on a WebSocket of its own.
    pub(super) session: Session,
}

impl Browser {
    pub(super) fn start() -> Result<Self, String> {
        let target = Kind::Chromium.start()?;
        let site = Site::start().map_err(failed("the site"))?;
        let page = target.open_page(&site.url("page.html"))?;
        let session = blocking::connect_with(&page.web_socket, options())
            .map_err(failed("connecting to the page"))?;
        loaded(&session)?;
        Ok(Self {
            target,
            site,
            page,
            session,
        })
    }
}

/// Waits until the program has run in a target.
pub(super) fn loaded(session: &Session) -> Outcome {
    let start = Instant::now();
    loop {
        // While a page goes to its URL, its contexts come and go.
        let found = evaluate::<String>(session, "typeof globalThis.forget");
        if found.as_deref() == Ok("function") {
            return Ok(());
        }
        if start.elapsed() > LIMIT {
            return Err(format!("the program has not run: {found:?}"));
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Runs the program in a target that has none, such as an empty page.
pub(super) fn load(session: &Session) -> Outcome {
    let program = fs::read_to_string(folder::program("program.js"));
    let program = program.map_err(failed("program.js"))?;
    let run = session.call(Evaluate::new(program));
    run.map(drop).map_err(failed("the program"))
}

/// The value of an expression.
pub(super) fn evaluate<T: Read>(session: &Session, expression: &str) -> Result<T, String> {
    let command = Evaluate::new(expression).return_by_value(true);
    let returns = session.call(command).map_err(failed(expression))?;
    value(returns)
}

/// The value that an evaluation gave.
pub(super) fn value<T: Read>(returns: EvaluateReturns) -> Result<T, String> {
    if let Some(thrown) = &returns.exception_details {
        return Err(format!("thrown: {}", brief(thrown)));
    }
    let value = returns.result.value.unwrap_or_else(|| Json::from(false));
    value.parse().map_err(failed("the value"))
}

/// A heap whose snapshot takes a while: many objects, though small.
pub(super) fn fill(session: &Session) -> Outcome {
    let objects = "for (let i = 0; i < 400000; i++) kept.push({ i }); kept.length";
    evaluate::<f64>(session, objects).map(drop)
}

/// A command that will never be answered, until its context ends.
pub(super) fn hang(session: &Session) -> Result<InFlight<Evaluate>, String> {
    let command = Evaluate::new(FOREVER).await_promise(true);
    let session = session.with_deadline(NEVER);
    session.begin(command).map_err(failed("a promise"))
}

/// Waits for the next event of this kind, past all others.
pub(super) fn next<E: Event>(events: &mut Events) -> Result<E, String> {
    let start = Instant::now();
    while let Some(left) = LIMIT.checked_sub(start.elapsed()) {
        match events.next_within(left) {
            Some(Incoming::Event(event)) => {
                if let Some(event) = event.decode_as::<E>() {
                    return event.map_err(failed(E::METHOD));
                }
            }
            Some(Incoming::Closed(reason)) => {
                return Err(format!("{} did not come: {reason}", E::METHOD));
            }
            Some(_) => {}
            None => break,
        }
    }
    Err(format!("{} did not come in {LIMIT:?}", E::METHOD))
}

/// The last item of a session that ends.
pub(super) fn end_of(events: &mut Events) -> Result<Closed, String> {
    let start = Instant::now();
    while let Some(left) = LIMIT.checked_sub(start.elapsed()) {
        if let Some(Incoming::Closed(reason)) = events.next_within(left) {
            return match events.next() {
                None => Ok(reason),
                Some(more) => Err(format!("after the end came {}", brief(&more))),
            };
        }
    }
    Err(format!("the events did not end in {LIMIT:?}"))
}

/// What ended a command that must have been ended, and at once.
pub(super) fn closed<C: Command>(pending: InFlight<C>) -> Result<Closed, String>
where
    C::Returns: Debug,
{
    let start = Instant::now();
    let result = pending.wait();
    let waited = start.elapsed();
    let reason = closed_by(result)?;
    ensure(waited < AT_ONCE, || {
        format!("{} ended only after {waited:?}", C::METHOD)
    })?;
    Ok(reason)
}

/// What ended a command that must have been ended.
pub(super) fn closed_by(result: Result<impl Debug, Error>) -> Result<Closed, String> {
    match result {
        Err(Error::Closed { reason, .. }) => Ok(reason),
        other => Err(format!("expected `Closed`, got {}", brief(&other))),
    }
}

/// The target's own error, by its code and message.
pub(super) fn refusal(result: Result<impl Debug, Error>) -> Result<(i64, String), String> {
    match result {
        Err(Error::Protocol { error, .. }) => Ok((error.code, error.message)),
        other => Err(format!("expected `Protocol`, got {}", brief(&other))),
    }
}

/// Where a snapshot is to be interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// The heap is being walked.
    BeforeFirstChunk,
    /// The first chunk has come, and more are to come.
    AfterFirstChunk,
}

impl Moment {
    /// Begins a snapshot and waits until it has come so far.
    pub(super) fn reach(
        self,
        session: &Session,
    ) -> Result<(InFlight<TakeHeapSnapshot>, Events), String> {
        let mut events = session.events();
        let command = TakeHeapSnapshot::new().report_progress(true);
        let session = session.with_deadline(NEVER);
        let snapshot = session.begin(command).map_err(failed("a snapshot"))?;
        match self {
            Self::BeforeFirstChunk => {
                next::<ReportHeapSnapshotProgressEvent>(&mut events)?;
            }
            Self::AfterFirstChunk => {
                next::<AddHeapSnapshotChunkEvent>(&mut events)?;
            }
        }
        Ok((snapshot, events))
    }
}

/// Takes a snapshot: the chunks in the order in which they came.
pub(super) fn snapshot(session: &Session) -> Result<Heap, String> {
    let mut events = session.events();
    let command = session.begin(TakeHeapSnapshot::new());
    let command = command.map_err(failed("a snapshot"))?;
    let mut text = String::new();
    loop {
        match events.next_within(LIMIT) {
            Some(Incoming::Event(event)) => {
                if let Some(chunk) = event.decode_as::<AddHeapSnapshotChunkEvent>() {
                    text += &chunk.map_err(failed("a chunk"))?.chunk;
                }
            }
            Some(Incoming::Reply(id)) if id == command.id() => break,
            Some(Incoming::Reply(_) | Incoming::Ended(_) | Incoming::Odd(_)) => {}
            other => return Err(format!("in a snapshot came {}", brief(&other))),
        }
    }
    command.wait().map_err(failed("a snapshot"))?;
    Heap::read(&text)
}

/// A snapshot that was proved to be complete.
#[derive(Debug)]
pub(super) struct Heap(BTreeMap<String, Box<RawValue>>);

impl Heap {
    /// Proves from the text itself that it is complete.
    fn read(text: &str) -> Result<Self, String> {
        let heap: BTreeMap<String, Box<RawValue>> =
            serde_json::from_str(text).map_err(failed("the snapshot's text"))?;
        let heap = Self(heap);
        let about: Value = serde_json::from_str(heap.part("snapshot")).unwrap_or_default();
        let told = about["node_count"].as_u64();
        let fields = about["meta"]["node_fields"].as_array().map_or(0, Vec::len);
        let numbers = heap.part("nodes").split(',').count();
        let is_whole =
            told.is_some_and(|told| told > 1000 && numbers as u64 == told * fields as u64);
        ensure(is_whole, || {
            format!("{numbers} numbers are not {told:?} nodes of {fields}")
        })?;
        Ok(heap)
    }

    fn part(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |part| part.get())
    }

    /// Whether this is among its strings, such as the name of a class.
    pub(super) fn has_string(&self, wanted: &str) -> bool {
        self.part("strings").contains(&format!("\"{wanted}\""))
    }
}
