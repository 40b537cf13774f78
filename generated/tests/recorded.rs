//! Frames of a real Node, recorded by `record.mjs`: every reply is of the type of
//! its command, every event is known, and they mean what they should.

use std::collections::BTreeMap;

use cdp_heapprofiler::protocol::heap_profiler::{self as heap, HeapProfilerEvent};
use cdp_heapprofiler::protocol::runtime::{self, RemoteObjectSubtype, RemoteObjectType};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::{decode, Command, DecodeError, Envelope, ReplyError};

/// A recorded conversation.
#[derive(Default)]
struct Recording {
    /// Replies by the order of their commands: method, and what it returned.
    replies: Vec<(String, String)>,
    events: Vec<HeapProfilerEvent>,
    refusals: Vec<(Option<String>, ReplyError)>,
}

impl Recording {
    fn read(text: &str) -> Self {
        let mut recording = Self::default();
        let mut pending = BTreeMap::new();
        for line in text.lines() {
            let Ok(envelope) = Envelope::decode(line) else {
                assert_eq!(line, r#"{"id":"#, "the one that was sent broken");
                continue;
            };
            match (envelope.id, envelope.method, envelope.error) {
                (Some(id), Some(method), _) => {
                    assert_eq!(pending.insert(id, method.into_owned()), None);
                }
                (Some(id), None, None) => {
                    let method = pending.remove(&id).unwrap();
                    let result = envelope.result.unwrap().to_owned();
                    check_reply(&method, &result).unwrap_or_else(|error| panic!("{line}: {error}"));
                    recording.replies.push((method, result));
                }
                (id, None, Some(error)) => {
                    let method = id.map(|id| pending.remove(&id).unwrap());
                    recording.refusals.push((method, error));
                }
                (None, Some(method), None) => {
                    match AnyEvent::decode(&method, envelope.params).unwrap() {
                        AnyEvent::HeapProfiler(event) => recording.events.push(event),
                        other => panic!("unexpected {other:?}"),
                    }
                }
                _ => panic!("{line} is no message"),
            }
        }
        assert_eq!(pending, BTreeMap::new(), "unanswered");
        recording
    }

    /// What the commands of type `C` returned, in their order.
    fn returns<C: Command>(&self) -> Vec<C::Returns> {
        let replies = self
            .replies
            .iter()
            .filter(|(method, _)| method == C::METHOD);
        replies.map(|(_, result)| decode(result).unwrap()).collect()
    }

    fn chunks(&self) -> Vec<&str> {
        let mut chunks = Vec::new();
        for event in &self.events {
            if let HeapProfilerEvent::AddHeapSnapshotChunk(event) = event {
                chunks.push(event.chunk.as_str());
            }
        }
        chunks
    }

    fn progress(&self) -> Vec<&heap::ReportHeapSnapshotProgressEvent> {
        let mut progress = Vec::new();
        for event in &self.events {
            if let HeapProfilerEvent::ReportHeapSnapshotProgress(event) = event {
                progress.push(event);
            }
        }
        progress
    }
}

macro_rules! check_reply {
    ($($C:path),* $(,)?) => {
        /// Decodes a result as what its command returns.
        fn check_reply(method: &str, result: &str) -> Result<(), DecodeError> {
            match method {
                $(<$C as Command>::METHOD => decode::<<$C as Command>::Returns>(result).map(drop),)*
                _ => panic!("{method} is not in the list of this test"),
            }
        }
    };
}

check_reply![
    heap::AddInspectedHeapObject,
    heap::CollectGarbage,
    heap::Disable,
    heap::Enable,
    heap::GetHeapObjectId,
    heap::GetObjectByHeapObjectId,
    heap::GetSamplingProfile,
    heap::StartSampling,
    heap::StartTrackingHeapObjects,
    heap::StopSampling,
    heap::StopTrackingHeapObjects,
    heap::TakeHeapSnapshot,
    runtime::Disable,
    runtime::Evaluate,
    runtime::GetHeapUsage,
    runtime::GetProperties,
    runtime::ReleaseObject,
    runtime::ReleaseObjectGroup,
    runtime::RunIfWaitingForDebugger,
];

#[test]
fn sampling() {
    let recording = Recording::read(include_str!("frames/sampling.jsonl"));
    let current = recording.returns::<heap::GetSamplingProfile>();
    let last = recording.returns::<heap::StopSampling>();
    for profile in [&current[0].profile, &last[0].profile] {
        assert_eq!(profile.head.call_frame.function_name, "(root)");
        assert_eq!(profile.head.call_frame.line_number, -1);
        assert!(
            total(&profile.head) > 1_000_000.0,
            "5000 arrays of 64 elements"
        );
        let samples = profile.samples.as_ref().unwrap();
        assert!(!samples.is_empty() && samples.iter().all(|sample| sample.size > 0.0));
        assert!(find(&profile.head, "allocate").is_some());
    }
}

fn total(node: &heap::SamplingHeapProfileNode) -> f64 {
    node.self_size + node.children.iter().map(total).sum::<f64>()
}

/// How deep the first node of a function is.
fn find(node: &heap::SamplingHeapProfileNode, function: &str) -> Option<usize> {
    if node.call_frame.function_name == function {
        return Some(0);
    }
    let below = node.children.iter().find_map(|child| find(child, function));
    below.map(|depth| depth + 1)
}

#[test]
fn deep() {
    let recording = Recording::read(include_str!("frames/deep.jsonl"));
    let profile = &recording.returns::<heap::StopSampling>()[0].profile;
    let depth = find(&profile.head, "allocate").unwrap();
    assert!(depth > 110, "{depth} is within the parser's own limit");
}

#[test]
fn snapshot() {
    let recording = Recording::read(include_str!("frames/snapshot.jsonl"));
    assert_eq!(recording.returns::<heap::TakeHeapSnapshot>().len(), 2);
    let chunks = recording.chunks();
    let first = chunks
        .iter()
        .filter(|chunk| chunk.starts_with(r#"{"snapshot":{"meta":"#));
    assert_eq!(first.count(), 2);
    let progress = recording.progress();
    assert!(progress.len() > 3);
    assert_eq!((progress[0].done, progress[0].finished), (0, None));
    let last = progress[progress.len() - 1];
    assert_eq!((last.done, last.finished), (last.total, Some(true)));
    assert!(progress.windows(2).all(|pair| pair[0].done <= pair[1].done));
}

#[test]
fn tracking() {
    let recording = Recording::read(include_str!("frames/tracking.jsonl"));
    assert_eq!(
        recording.returns::<heap::StartTrackingHeapObjects>().len(),
        1
    );
    assert_eq!(
        recording.returns::<heap::StopTrackingHeapObjects>().len(),
        2
    );
    let mut seen = Vec::new();
    let mut updates = 0;
    for event in &recording.events {
        match event {
            HeapProfilerEvent::LastSeenObjectId(event) => seen.push(event),
            HeapProfilerEvent::HeapStatsUpdate(event) => {
                updates += 1;
                assert_eq!(event.stats_update.len() % 3, 0);
            }
            _ => {}
        }
    }
    assert!(updates > 0 && seen.len() >= 3);
    for pair in seen.windows(2) {
        assert!(pair[0].last_seen_object_id <= pair[1].last_seen_object_id);
        assert!(pair[0].timestamp <= pair[1].timestamp);
    }
    assert!(!recording.chunks().is_empty());
}

#[test]
fn objects() {
    let recording = Recording::read(include_str!("frames/objects.jsonl"));
    assert_eq!(recording.refusals, []);
    let object = &recording.returns::<runtime::Evaluate>()[0].result;
    assert_eq!(object.r#type, RemoteObjectType::Object);
    assert!(object.object_id.is_some());
    let preview = object.preview.as_ref().unwrap();
    assert_eq!(preview.properties[1].value.as_deref(), Some("seven"));
    let id = &recording.returns::<heap::GetHeapObjectId>()[0].heap_snapshot_object_id;
    assert!(id.as_str().parse::<u64>().unwrap() > 0);
    let again = &recording.returns::<heap::GetObjectByHeapObjectId>()[0].result;
    assert_eq!(again.class_name.as_deref(), Some("Object"));
    let properties = &recording.returns::<runtime::GetProperties>()[0].result;
    assert_eq!(properties[0].name, "number");
    let number = properties[0]
        .value
        .as_ref()
        .unwrap()
        .value
        .as_ref()
        .unwrap();
    assert_eq!(number.parse::<i64>().unwrap(), 7);
    let usage = &recording.returns::<runtime::GetHeapUsage>()[0];
    assert!(0.0 < usage.used_size && usage.used_size <= usage.total_size);
}

#[test]
fn values() {
    let recording = Recording::read(include_str!("frames/values.jsonl"));
    let returns = recording.returns::<runtime::Evaluate>();
    for reply in &returns {
        let object = &reply.result;
        assert!(
            !matches!(object.r#type, RemoteObjectType::Unrecognized(_)),
            "{object:?}"
        );
        assert!(
            !matches!(object.subtype, Some(RemoteObjectSubtype::Unrecognized(_))),
            "{object:?}"
        );
    }
    let value = |at: usize| returns[at].result.value.as_ref().map(|json| json.as_str());
    assert_eq!(value(0), None, "undefined");
    assert_eq!(value(1), Some("null"));
    assert_eq!(value(3), Some("0.1"));
    let unserializable = |at: usize| returns[at].result.unserializable_value.as_ref();
    assert_eq!(unserializable(4).unwrap().as_str(), "-0");
    assert_eq!(
        unserializable(5).unwrap().as_str(),
        "1180591620717411303424n"
    );
    let text = returns[7].result.value.as_ref().unwrap();
    assert_eq!(
        text.parse::<String>().unwrap(),
        "lone \u{FFFD} pair \u{1F600}"
    );
    assert_eq!(returns[11].result.class_name.as_deref(), Some("\u{FFFD}"));
    let map = returns[12].result.preview.as_ref().unwrap();
    let entry = &map.entries.as_ref().unwrap()[0];
    assert_eq!(
        entry.key.as_ref().unwrap().description.as_deref(),
        Some("1")
    );
    assert_eq!(entry.value.description.as_deref(), Some("2"));
    let thrown = returns[18].exception_details.as_ref().unwrap();
    assert_eq!(thrown.text, "Uncaught");
    assert!(returns[19].exception_details.is_some());
    assert!(value(20).unwrap().contains(r#""list":[1,2,3]"#));
}

#[test]
fn errors() {
    let recording = Recording::read(include_str!("frames/errors.jsonl"));
    let codes: Vec<_> = recording
        .refusals
        .iter()
        .map(|(_, error)| error.code)
        .collect();
    assert_eq!(codes, [-32601, -32602, -32602, -32000, -32000, -32700]);
    assert_eq!(recording.refusals[5].0, None, "an error without an id");
    let data = recording.refusals[1].1.data.as_ref().unwrap();
    assert!(data.parse::<String>().unwrap().contains("objectId"));
    // No id is known as long as nothing is tracked.
    let id = &recording.returns::<heap::GetHeapObjectId>()[0].heap_snapshot_object_id;
    assert_eq!(id.as_str(), "0");
}
