//! Profiles in the format of pprof.

mod message;

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use flate2::{write::GzEncoder, Compression};

use self::message::Message;
use super::frame::{self, Function};
use super::Tree;
use crate::protocol::heap_profiler::StartSampling;
use crate::protocol::runtime::CallFrame;

/// What is written besides the profile itself in a file for pprof.
///
/// ```
/// use cdp_heapprofiler::protocol::heap_profiler::StartSampling;
/// use cdp_heapprofiler::sampling::{read_heapprofile, Pprof, Tree};
/// use std::time::SystemTime;
///
/// # let file = r#"{"head":{"callFrame":{"functionName":"(root)","scriptId":"0","url":"",
/// #   "lineNumber":-1,"columnNumber":-1},"selfSize":0,"children":[]}}"#;
/// let profile = read_heapprofile(file.as_bytes())?;
/// let settings = StartSampling::new().sampling_interval(16384.0);
/// let mut compressed = Vec::new();
/// Pprof::new()
///     .settings(&settings)
///     .time(SystemTime::now())
///     .write(&Tree::new(&profile), &mut compressed)?;
/// assert_eq!(compressed[..2], [0x1f, 0x8b], "gzip, as pprof wants it");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pprof {
    kind: PprofKind,
    interval: Option<f64>,
    time: Option<SystemTime>,
    duration: Option<Duration>,
}

/// What the bytes of a profile are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PprofKind {
    /// What was alive in the end: `inuse_space`. A profile is that if nothing else was
    /// asked for.
    #[default]
    InUse,
    /// What was allocated in all: `alloc_space`. A profile is that if it was started to
    /// keep what collections have freed.
    Allocated,
}

impl Pprof {
    /// A profile of what is alive, at an interval and a time that are not told.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the interval and the kind from how the sampling was started. It counts as
    /// [`PprofKind::Allocated`] if both kinds of collected objects were kept.
    pub fn settings(mut self, settings: &StartSampling) -> Self {
        let major = settings.include_objects_collected_by_major_gc;
        let minor = settings.include_objects_collected_by_minor_gc;
        self.kind = match (major, minor) {
            (Some(true), Some(true)) => PprofKind::Allocated,
            _ => PprofKind::InUse,
        };
        // The default of all targets.
        self.interval = Some(settings.sampling_interval.unwrap_or(32768.0));
        self
    }

    /// Sets what the bytes are.
    pub fn kind(mut self, kind: PprofKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the average number of bytes between two samples.
    pub fn interval(mut self, bytes: f64) -> Self {
        self.interval = Some(bytes);
        self
    }

    /// Sets when the profile was taken.
    pub fn time(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Sets for how long the target was sampling.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Writes a profile, compressed with gzip.
    ///
    /// The bytes are the `inuse_space` or `alloc_space`, and what is shown by default. If
    /// the profile has samples, there are `samples` too, which counts them: how many
    /// objects there are is not in what a target sends. The root is left out, as pprof
    /// has one of its own. Lines and columns count from 1.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, tree: &Tree<'_>, out: impl Write) -> io::Result<()> {
        let mut encoder = GzEncoder::new(out, Compression::default());
        encoder.write_all(&self.encode(tree))?;
        encoder.finish()?.flush()
    }

    fn encode(&self, tree: &Tree<'_>) -> Vec<u8> {
        let mut tables = Tables::new();
        let mut profile = Message::new();
        let counted = tree.nodes()[0].samples.is_some();
        let space = tables.string(match self.kind {
            PprofKind::InUse => "inuse_space",
            PprofKind::Allocated => "alloc_space",
        });
        let bytes = tables.string("bytes");
        if counted {
            let (samples, count) = (tables.string("samples"), tables.string("count"));
            profile.message(field::SAMPLE_TYPE, &value_type(samples, count));
        }
        profile.message(field::SAMPLE_TYPE, &value_type(space, bytes));
        tables.add_samples(tree, &mut profile);
        profile.message(field::MAPPING, &mapping());
        tables.write(&mut profile);
        self.write_times(&mut profile);
        if let Some(interval) = self.interval {
            let space = tables.string("space");
            profile.message(field::PERIOD_TYPE, &value_type(space, bytes));
            profile.number(field::PERIOD, frame::whole(interval));
        }
        profile.number(field::DEFAULT_SAMPLE_TYPE, space);
        for text in &tables.strings {
            profile.bytes(field::STRING_TABLE, text.as_bytes());
        }
        profile.into_bytes()
    }

    fn write_times(&self, profile: &mut Message) {
        let since_epoch = self
            .time
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let nanos = |duration: Duration| u64::try_from(duration.as_nanos()).ok();
        if let Some(nanos) = since_epoch.and_then(nanos) {
            profile.number(field::TIME_NANOS, nanos);
        }
        if let Some(nanos) = self.duration.and_then(nanos) {
            profile.number(field::DURATION_NANOS, nanos);
        }
    }
}

/// The numbers of the fields of pprof's `Profile`.
mod field {
    pub(super) const SAMPLE_TYPE: u32 = 1;
    pub(super) const SAMPLE: u32 = 2;
    pub(super) const MAPPING: u32 = 3;
    pub(super) const LOCATION: u32 = 4;
    pub(super) const FUNCTION: u32 = 5;
    pub(super) const STRING_TABLE: u32 = 6;
    pub(super) const TIME_NANOS: u32 = 9;
    pub(super) const DURATION_NANOS: u32 = 10;
    pub(super) const PERIOD_TYPE: u32 = 11;
    pub(super) const PERIOD: u32 = 12;
    pub(super) const DEFAULT_SAMPLE_TYPE: u32 = 14;
}

/// A `ValueType`: what a number counts, and in what.
fn value_type(kind: u64, unit: u64) -> Message {
    let mut message = Message::new();
    message.number(1, kind);
    message.number(2, unit);
    message
}

/// The one `Mapping`. It says that there is nothing left to be looked up in a binary.
fn mapping() -> Message {
    const HAS_FUNCTIONS: u32 = 7;
    const HAS_FILENAMES: u32 = 8;
    const HAS_LINE_NUMBERS: u32 = 9;
    let mut message = Message::new();
    message.number(1, MAPPING_ID);
    for flag in [HAS_FUNCTIONS, HAS_FILENAMES, HAS_LINE_NUMBERS] {
        message.number(flag, 1);
    }
    message
}

const MAPPING_ID: u64 = 1;

/// What samples refer to, and the functions above them. A function is at one place, so that a function and its
/// location have the same id.
struct Tables<'a> {
    strings: Vec<&'a str>,
    by_string: HashMap<&'a str, u64>,
    functions: Vec<&'a CallFrame>,
    by_function: HashMap<Function<'a>, u64>,
}

impl<'a> Tables<'a> {
    fn new() -> Self {
        Self {
            // The first string is the empty one, by the format.
            strings: vec![""],
            by_string: HashMap::from([("", 0)]),
            functions: Vec::new(),
            by_function: HashMap::new(),
        }
    }

    fn string(&mut self, text: &'a str) -> u64 {
        *self.by_string.entry(text).or_insert_with(|| {
            self.strings.push(text);
            self.strings.len() as u64 - 1
        })
    }

    /// The id of a frame's function and location; ids begin with 1.
    fn function(&mut self, frame: &'a CallFrame) -> u64 {
        *self
            .by_function
            .entry(Function::of(frame))
            .or_insert_with(|| {
                self.functions.push(frame);
                self.functions.len() as u64
            })
    }

    /// Writes a `Sample` for every node that has any.
    fn add_samples(&mut self, tree: &Tree<'a>, profile: &mut Message) {
        let mut ids: Vec<u64> = Vec::with_capacity(tree.nodes().len());
        for (index, node) in tree.nodes().iter().enumerate() {
            ids.push(self.function(node.frame));
            let size = frame::whole(node.self_size);
            let values: Vec<u64> = node.samples.into_iter().chain([size]).collect();
            if values.iter().all(|value| *value == 0) {
                continue;
            }
            let below_root = tree.stack(index).filter(|each| *each != 0 || index == 0);
            let stack: Vec<u64> = below_root.map(|each| ids[each]).collect();
            let mut sample = Message::new();
            sample.numbers(1, &stack);
            sample.numbers(2, &values);
            profile.message(field::SAMPLE, &sample);
        }
    }

    /// Writes a `Function` and a `Location` for every function.
    fn write(&mut self, profile: &mut Message) {
        for (index, frame) in std::mem::take(&mut self.functions).into_iter().enumerate() {
            let id = index as u64 + 1;
            let place = |number| frame::from_one(number).map_or(0, i64::unsigned_abs);
            let line_number = place(frame.line_number);
            let name = self.string(frame::name(frame));
            let file = self.string(&frame.url);
            let mut function = Message::new();
            function.number(1, id);
            function.number(2, name);
            function.number(3, name);
            function.number(4, file);
            function.number(5, line_number);
            profile.message(field::FUNCTION, &function);

            let mut line = Message::new();
            line.number(1, id);
            line.number(2, line_number);
            line.number(3, place(frame.column_number));
            let mut location = Message::new();
            location.number(1, id);
            location.number(2, MAPPING_ID);
            location.message(4, &line);
            profile.message(field::LOCATION, &location);
        }
    }
}
