//! A heap snapshot as it comes in, and what is in it.

use super::subject::{Subject, SILENCE};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerEvent, HeapStatsUpdateEvent, LastSeenObjectIdEvent, ReportHeapSnapshotProgressEvent,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::session::{CommandId, Oddity};
use cdp_heapprofiler::{Command, Incoming};
use serde_json::value::RawValue;
use serde_json::Value;
use std::collections::BTreeMap;

/// All that came in between a command that takes a snapshot and its reply.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) text: String,
    pub(crate) progress: Vec<ReportHeapSnapshotProgressEvent>,
    pub(crate) stats: Vec<HeapStatsUpdateEvent>,
    pub(crate) last_seen: Vec<LastSeenObjectIdEvent>,
    /// Whether the reply was the request once more.
    pub(crate) is_echoed: bool,
}

/// Sends a command that takes a snapshot, and collects it.
///
/// # Panics
///
/// When a chunk or progress comes out of place.
pub(crate) fn take<C: Command>(subject: &Subject, command: C) -> Outcome<Taken> {
    let mut events = subject.session.events();
    let command = subject.session.begin(command)?;
    let mut taken = Taken::default();
    loop {
        let next = events.next_within(SILENCE);
        match next.ok_or("the target is silent")? {
            Incoming::Reply(id) if id == command.id() => break,
            item => taken.add(&item, command.id())?,
        }
    }
    let id = command.id();
    command.wait()?;
    // Whatever the target has sent, it has sent before it answers to this.
    subject.value("0")?;
    while let Some(item) = events.try_next() {
        let complete = taken.text.len();
        taken.add(&item, id)?;
        assert_eq!(taken.text.len(), complete, "a chunk after the reply");
    }
    Ok(taken)
}

impl Taken {
    fn add(&mut self, item: &Incoming, command: CommandId) -> Outcome<()> {
        let event = match item {
            Incoming::Event(event) => event.decode()?,
            Incoming::Odd(Oddity::Echo { id }) if *id == command => {
                self.is_echoed = true;
                return Ok(());
            }
            // Another command, whose time was up, may have ended meanwhile.
            Incoming::Reply(_) | Incoming::Ended(_) => return Ok(()),
            other => return Err(format!("{other:?} in a snapshot").into()),
        };
        match event {
            AnyEvent::HeapProfiler(HeapProfilerEvent::AddHeapSnapshotChunk(event)) => {
                assert!(event.chunk.is_ascii(), "chunks are in ASCII");
                self.text += &event.chunk;
            }
            AnyEvent::HeapProfiler(HeapProfilerEvent::ReportHeapSnapshotProgress(event)) => {
                assert!(self.text.is_empty(), "progress after the first chunk");
                self.progress.push(event);
            }
            AnyEvent::HeapProfiler(HeapProfilerEvent::HeapStatsUpdate(event)) => {
                self.stats.push(event);
            }
            AnyEvent::HeapProfiler(HeapProfilerEvent::LastSeenObjectId(event)) => {
                self.last_seen.push(event);
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads the snapshot, which is complete.
    pub(crate) fn read(&self) -> Outcome<Snapshot> {
        Snapshot::read(&self.text)
    }
}

/// What a `.heapsnapshot` file says.
#[derive(Debug)]
pub(crate) struct Snapshot {
    nodes: Vec<i64>,
    width: usize,
    type_at: usize,
    name_at: usize,
    id_at: usize,
    edge_count_at: usize,
    types: Vec<String>,
    strings: Vec<String>,
    /// The names of functions that have allocated, by their place in the trace tree.
    functions: Vec<String>,
    trace_tree: Value,
}

impl Snapshot {
    /// Reads a snapshot, which is complete.
    pub(super) fn read(text: &str) -> Outcome<Self> {
        let file: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
        let part = |name: &str| {
            file.get(name)
                .map(|raw| raw.get())
                .ok_or("a part is missing")
        };
        let head: Value = serde_json::from_str(part("snapshot")?)?;
        let meta = &head["meta"];
        let fields = words(&meta["node_fields"]);
        let at = |name: &str| fields.iter().position(|field| field == name);
        let nodes: Vec<i64> = serde_json::from_str(part("nodes")?)?;
        let edges: Vec<i64> = serde_json::from_str(part("edges")?)?;
        let strings: Vec<String> = serde_json::from_str(part("strings")?)?;
        let infos: Vec<i64> = serde_json::from_str(part("trace_function_infos")?)?;
        let info_fields = words(&meta["trace_function_info_fields"]);
        let edge_fields = words(&meta["edge_fields"]);
        assert_rows(&head["node_count"], nodes.len(), fields.len());
        assert_rows(&head["edge_count"], edges.len(), edge_fields.len());
        assert_rows(
            &head["trace_function_count"],
            infos.len(),
            info_fields.len(),
        );
        let name = info_fields.iter().position(|field| field == "name");
        let name = name.ok_or("functions have no names")?;
        let functions = infos
            .chunks(info_fields.len())
            .map(|info| string(&strings, info[name]).to_owned())
            .collect();
        Ok(Self {
            width: fields.len(),
            type_at: at("type").ok_or("nodes have no types")?,
            name_at: at("name").ok_or("nodes have no names")?,
            id_at: at("id").ok_or("nodes have no ids")?,
            edge_count_at: at("edge_count").ok_or("nodes have no edges")?,
            types: words(&meta["node_types"][0]),
            trace_tree: serde_json::from_str(part("trace_tree")?)?,
            functions,
            nodes,
            strings,
        })
    }

    /// How many nodes there are of a type and a name.
    pub(crate) fn count(&self, kind: &str, name: &str) -> usize {
        let rows = self.rows();
        rows.filter(|row| self.kind(row) == kind && self.name(row) == name)
            .count()
    }

    /// How many edges the root has.
    pub(crate) fn root_edges(&self) -> i64 {
        self.rows().next().map_or(0, |row| row[self.edge_count_at])
    }

    /// The type and the name of the object with an id.
    pub(crate) fn object(&self, id: i64) -> Option<(&str, &str)> {
        let row = self.rows().find(|row| row[self.id_at] == id)?;
        Some((self.kind(row), self.name(row)))
    }

    /// How many objects a function has allocated, by the trace tree.
    pub(crate) fn allocated_by(&self, function: &str) -> u64 {
        self.allocated_below(&self.trace_tree, function)
    }

    /// Whether there is no trace tree at all.
    pub(crate) fn is_untraced(&self) -> bool {
        self.functions.is_empty() && self.trace_tree == Value::Array(Vec::new())
    }

    /// The tree is a list of five for each of its nodes: id, function, count, size and
    /// children.
    fn allocated_below(&self, tree: &Value, function: &str) -> u64 {
        let Value::Array(tree) = tree else { return 0 };
        tree.chunks_exact(5)
            .map(|node| {
                let index = node[1].as_u64().unwrap_or(u64::MAX) as usize;
                let is_it = self
                    .functions
                    .get(index)
                    .is_some_and(|name| name == function);
                let own = if is_it { node[2].as_u64() } else { None };
                own.unwrap_or(0) + self.allocated_below(&node[4], function)
            })
            .sum()
    }

    fn rows(&self) -> impl Iterator<Item = &[i64]> {
        self.nodes.chunks_exact(self.width)
    }

    fn kind(&self, row: &[i64]) -> &str {
        string(&self.types, row[self.type_at])
    }

    fn name(&self, row: &[i64]) -> &str {
        string(&self.strings, row[self.name_at])
    }
}

fn assert_rows(count: &Value, length: usize, width: usize) {
    let count = count.as_u64().unwrap_or(u64::MAX);
    assert_eq!(count * width as u64, length as u64, "rows of {width}");
}

fn string(strings: &[String], index: i64) -> &str {
    let found = usize::try_from(index).ok().and_then(|at| strings.get(at));
    found.map_or("", String::as_str)
}

fn words(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|word| word.as_str().unwrap_or_default().to_owned())
        .collect()
}
