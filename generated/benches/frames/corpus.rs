//! The frames: recorded ones if there are any, or synthesized ones like them.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// Frames by their kind.
pub(crate) struct Corpus {
    /// Where they come from, for the reader of the table.
    pub(crate) origin: String,
    /// As V8 writes them up to Node 20: 100 Ki characters, a line per node and edge.
    pub(crate) chunks: Vec<String>,
    /// As newer V8 writes them: 1 Mi characters, without line ends between numbers.
    pub(crate) light_chunks: Vec<String>,
    pub(crate) last_seen: Vec<String>,
    pub(crate) stats: Vec<String>,
    pub(crate) progress: Vec<String>,
    /// Replies to `stopSampling`.
    pub(crate) profiles: Vec<String>,
}

const CHUNK: &str = "HeapProfiler.addHeapSnapshotChunk";

/// A committed recording of a recursion of 110 frames.
const DEEP: &str = include_str!("../../tests/frames/deep.jsonl");

impl Corpus {
    /// Looks for a recording where the variable `CDP_FRAMES` says, or in the target
    /// directory.
    pub(crate) fn load() -> Self {
        let path = match env::var_os("CDP_FRAMES") {
            Some(path) => PathBuf::from(path),
            None => PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("frames.jsonl"),
        };
        let recording = fs::read_to_string(&path).unwrap_or_default();
        let recorded: Vec<String> = with(&recording, CHUNK);
        let (origin, chunks) = if recorded.is_empty() {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/record.mjs");
            let origin = format!(
                "Chunks: synthesized. For recorded ones: node {script} {}",
                path.display()
            );
            (origin, chunks(&old_snapshot(), 100 << 10))
        } else {
            (format!("Chunks: from {}", path.display()), recorded)
        };
        let mut profiles = with(&recording, r#""profile""#);
        if profiles.is_empty() {
            profiles = with(DEEP, r#""profile""#);
        }
        Self {
            origin,
            chunks,
            light_chunks: chunks_of_numbers(),
            last_seen: (0..64).map(last_seen).collect(),
            stats: (0..64).map(stats).collect(),
            progress: (0..64).map(progress).collect(),
            profiles,
        }
    }
}

fn with(frames: &str, word: &str) -> Vec<String> {
    let lines = frames.lines().filter(|line| line.contains(word));
    lines.map(str::to_owned).collect()
}

fn last_seen(at: i64) -> String {
    let id = 41_423 + 2 * at;
    format!(
        r#"{{"method":"HeapProfiler.lastSeenObjectId","params":{{"lastSeenObjectId":{id},"timestamp":17953754{at:05}.482}}}}"#
    )
}

fn stats(at: i64) -> String {
    let (count, size) = (1677 + at, -1_610_548_816 + 64 * at);
    format!(
        r#"{{"method":"HeapProfiler.heapStatsUpdate","params":{{"statsUpdate":[6,{count},{size},7,12,{at}]}}}}"#
    )
}

fn progress(at: i64) -> String {
    let done = 10_000 * at;
    format!(
        r#"{{"method":"HeapProfiler.reportHeapSnapshotProgress","params":{{"done":{done},"total":630000}}}}"#
    )
}

/// Cuts the text of a snapshot into frames.
fn chunks(text: &str, length: usize) -> Vec<String> {
    let pieces = text.as_bytes().chunks(length);
    pieces
        .map(|piece| {
            let chunk = serde_json::to_string(std::str::from_utf8(piece).unwrap()).unwrap();
            format!(r#"{{"method":"{CHUNK}","params":{{"chunk":{chunk}}}}}"#)
        })
        .collect()
}

/// A snapshot of 3.2 MB in the layout of Node 20. As in recorded ones, some 7% of the
/// characters of its frames are backslashes, and one in eight of these is before a
/// quote.
fn old_snapshot() -> String {
    let mut random = Random(1);
    let mut text = String::from(
        "{\"snapshot\":{\"node_count\":30000,\"edge_count\":120000},\n\"nodes\":[9,1,1,0,5,0,0\n",
    );
    for node in 0..30_000 {
        let (kind, name, size, edges) = (
            random.below(14),
            random.below(9000),
            8 * random.below(90),
            random.below(9),
        );
        let id = 2 * node + 3;
        writeln!(text, ",{kind},{name},{id},{size},{edges},0,0").unwrap();
    }
    text.push_str("],\n\"edges\":[1,1,7\n");
    for _ in 0..120_000 {
        let (kind, name, node) = (
            random.below(7),
            random.below(9000),
            7 * random.below(30_000),
        );
        writeln!(text, ",{kind},{name},{node}").unwrap();
    }
    text.push_str("],\n\"strings\":[\"<dummy>\"");
    for string in 0..14_000 {
        let length = 4 + random.below(30) as usize;
        let name = &"TemporalZonedDateTimePrototypeToLocaleString"[..length];
        write!(text, ",\n\"{string} / {name}\"").unwrap();
    }
    text.push_str("]}");
    text
}

/// Four chunks from the middle of the nodes of a large heap.
fn chunks_of_numbers() -> Vec<String> {
    const LENGTH: usize = 1 << 20;
    let mut random = Random(2);
    let mut text = String::with_capacity(4 * LENGTH + 64);
    let mut id = 185_569;
    while text.len() < 4 * LENGTH {
        let (kind, name, size) = (random.below(14), random.below(9000), 8 * random.below(90));
        id += 2;
        write!(text, "{kind},{name},{id},{size},6,0,0,").unwrap();
    }
    text.truncate(4 * LENGTH);
    chunks(&text, LENGTH)
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
