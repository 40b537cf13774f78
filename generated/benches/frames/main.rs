//! What a frame costs, against `serde_json` into a plain derived struct:
//!
//! ```text
//! cargo bench -p cdp-heapprofiler --bench frames [-- WORD]
//! ```
//!
//! It prints a table; `WORD` picks the rows whose frames have it in their name. Read
//! the ratios: they come from rounds that take turns, so that a busy machine slows all
//! contenders alike. Without `--bench`, as under `cargo test --benches`, it only
//! checks that every contender reads every frame.

mod corpus;
mod measure;
mod yardstick;

use std::cell::RefCell;
use std::env;
use std::hint::black_box;
use std::time::Instant;

use cdp_heapprofiler::protocol::heap_profiler::{
    AddHeapSnapshotChunkEvent, HeapStatsUpdateEvent, LastSeenObjectIdEvent,
    ReportHeapSnapshotProgressEvent, StopSampling,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::session::{Connection, EventMessage, Message};
use cdp_heapprofiler::{chunk_into, decode, Command, Envelope, Event};
use serde::de::DeserializeOwned;

use corpus::Corpus;

/// Frames of one kind, and who reads them.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) frames: Vec<String>,
    /// The first one is the yardstick.
    pub(crate) contenders: Vec<Contender>,
}

/// A way to read a frame. It panics at a frame that it cannot read.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) read: Box<dyn Fn(&str)>,
}

impl Contender {
    fn new(name: &'static str, read: impl Fn(&str) + 'static) -> Self {
        let read = Box::new(read);
        Self { name, read }
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let measures = arguments.iter().any(|argument| argument == "--bench");
    let word = arguments
        .iter()
        .find(|argument| !argument.starts_with('-'))
        .map_or("", String::as_str);

    let corpus = Corpus::load();
    println!("{}", corpus.origin);
    let mut cases = cases(corpus);
    cases.retain(|case| case.name.contains(word));
    if measures {
        measure::print_table(&cases);
    } else {
        measure::read_once(&cases);
    }
}

fn cases(corpus: Corpus) -> Vec<Case> {
    vec![
        Case {
            name: "chunks, 100 KiB",
            frames: corpus.chunks,
            contenders: chunk_contenders(),
        },
        Case {
            name: "light chunks, 1 MiB",
            frames: corpus.light_chunks,
            contenders: chunk_contenders(),
        },
        Case {
            name: "lastSeenObjectId",
            frames: corpus.last_seen,
            contenders: event_contenders::<
                yardstick::Event<yardstick::LastSeen>,
                LastSeenObjectIdEvent,
            >(),
        },
        Case {
            name: "heapStatsUpdate",
            frames: corpus.stats,
            contenders: event_contenders::<yardstick::Event<yardstick::Stats>, HeapStatsUpdateEvent>(
            ),
        },
        Case {
            name: "progress",
            frames: corpus.progress,
            contenders: event_contenders::<
                yardstick::Event<yardstick::Progress>,
                ReportHeapSnapshotProgressEvent,
            >(),
        },
        Case {
            name: "deep profile",
            frames: corpus.profiles,
            contenders: profile_contenders(),
        },
    ]
}

/// The readers of events; `Y` is what the yardstick reads, and `E` the same event of the
/// bindings.
fn event_contenders<Y: DeserializeOwned + 'static, E: Event>() -> Vec<Contender> {
    vec![
        Contender::new("yardstick", |frame| {
            black_box(serde_json::from_str::<Y>(frame).unwrap());
        }),
        routing(),
        Contender::new("routing, typed decode", |frame| {
            let envelope = Envelope::decode(frame).unwrap();
            let event = AnyEvent::decode(&envelope.method.unwrap(), envelope.params).unwrap();
            assert!(!matches!(event, AnyEvent::Unknown(_)));
            black_box(event);
        }),
        session("session, any event", |event| {
            black_box(event.decode().unwrap());
        }),
        session("session, one event", |event| {
            black_box(event.decode_as::<E>().unwrap().unwrap());
        }),
    ]
}

/// A connection that has seen all frames before.
fn session(name: &'static str, decode: impl Fn(EventMessage<'_>) + 'static) -> Contender {
    let connection = RefCell::new(Connection::new());
    let now = Instant::now();
    Contender::new(name, move |frame| {
        let mut connection = connection.borrow_mut();
        let Message::Event(event) = connection.receive(frame, now) else {
            panic!("{frame} is an event");
        };
        decode(event);
    })
}

/// As those of events, and from the frame to the bytes that are to be written.
fn chunk_contenders() -> Vec<Contender> {
    let mut contenders =
        event_contenders::<yardstick::Event<yardstick::Chunk>, AddHeapSnapshotChunkEvent>();
    let buffer = RefCell::new(Vec::new());
    contenders.push(Contender::new("routing, chunk", move |frame| {
        let mut buffer = buffer.borrow_mut();
        buffer.clear();
        let envelope = Envelope::decode(frame).unwrap();
        chunk_into(envelope.params.unwrap(), &mut buffer).unwrap();
        black_box(buffer.as_slice());
    }));
    contenders
}

fn profile_contenders() -> Vec<Contender> {
    vec![
        Contender::new("yardstick", |frame| {
            let mut parser = serde_json::Deserializer::from_str(frame);
            parser.disable_recursion_limit();
            let reply: yardstick::Reply<yardstick::Profiled> =
                serde::Deserialize::deserialize(&mut parser).unwrap();
            black_box(reply);
        }),
        routing(),
        Contender::new("routing, typed decode", |frame| {
            let envelope = Envelope::decode(frame).unwrap();
            let returns: <StopSampling as Command>::Returns =
                decode(envelope.result.unwrap()).unwrap();
            black_box(returns);
        }),
    ]
}

fn routing() -> Contender {
    Contender::new("routing", |frame| {
        black_box(Envelope::decode(frame).unwrap());
    })
}
