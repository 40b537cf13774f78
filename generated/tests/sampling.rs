//! Sampling profiles: trees, rows, files and collapsed stacks, on profiles that a real
//! Node has written (`profiles/record.mjs`) and on odd ones.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;
use std::thread;

use cdp_heapprofiler::protocol::heap_profiler::{
    SamplingHeapProfile, SamplingHeapProfileNode, SamplingHeapProfileSample, StartSampling,
};
use cdp_heapprofiler::sampling::{
    read_heapprofile, write_collapsed, write_heapprofile, ReadError, SamplingError, Tree, Watch,
};
use cdp_heapprofiler::session::Error;
use cdp_heapprofiler::DecodeErrorKind;

/// Node 20 by `--heap-prof`, and Node 26 by `v8.startHeapProfile()`.
const FILES: [(&str, &str); 2] = [
    (
        "heap-prof.heapprofile",
        include_str!("profiles/heap-prof.heapprofile"),
    ),
    (
        "start-heap-profile.heapprofile",
        include_str!("profiles/start-heap-profile.heapprofile"),
    ),
];

fn read(text: &str) -> SamplingHeapProfile {
    read_heapprofile(text.as_bytes()).unwrap()
}

fn written(profile: &SamplingHeapProfile) -> String {
    let mut file = Vec::new();
    write_heapprofile(profile, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

fn collapsed(profile: &SamplingHeapProfile) -> String {
    let mut out = Vec::new();
    write_collapsed(&Tree::new(profile), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn node(name: &str, size: f64, children: Vec<SamplingHeapProfileNode>) -> SamplingHeapProfileNode {
    let mut node = SamplingHeapProfileNode::default();
    node.call_frame.function_name = name.to_owned();
    node.call_frame.line_number = -1;
    node.call_frame.column_number = -1;
    node.self_size = size;
    node.children = children;
    node
}

fn profile(head: SamplingHeapProfileNode) -> SamplingHeapProfile {
    let mut profile = SamplingHeapProfile::default();
    profile.head = head;
    profile
}

/// A chain of `f` that calls itself, 8 bytes each.
fn chain(levels: usize) -> SamplingHeapProfile {
    let head = (1..levels).fold(node("f", 8.0, Vec::new()), |inner, _| {
        node("f", 8.0, vec![inner])
    });
    profile(head)
}

#[test]
fn what_a_function_allocates_inside_of_itself_counts_once() {
    // f > g > f > g, and f again beside it.
    let inner = node("f", 4.0, vec![node("g", 8.0, Vec::new())]);
    let outer = node("f", 1.0, vec![node("g", 2.0, vec![inner])]);
    let profile = profile(node(
        "(root)",
        0.0,
        vec![outer, node("f", 16.0, Vec::new())],
    ));
    let tree = Tree::new(&profile);
    assert_eq!(tree.total_size(), 31.0);
    let rows = tree.rows();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.function, row.self_size, row.total_size, row.nodes))
        .collect();
    // The children of the root are one function `f`, at no place.
    let expected = [
        ("f", 21.0, 31.0, 3),
        ("g", 10.0, 14.0, 2),
        ("(root)", 0.0, 31.0, 1),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn functions_of_one_name_are_told_apart_by_their_place() {
    let at = |line, column| {
        let mut node = node("", 8.0, Vec::new());
        node.call_frame.url = "a.js".to_owned();
        node.call_frame.line_number = line;
        node.call_frame.column_number = column;
        node
    };
    let profile = profile(node("(root)", 0.0, vec![at(0, 0), at(0, 7), at(0, 0)]));
    let tree = Tree::new(&profile);
    let rows = tree.rows();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.function, row.line, row.column, row.self_size))
        .collect();
    let expected = [
        ("(anonymous)", Some(1), Some(1), 16.0),
        ("(anonymous)", Some(1), Some(8), 8.0),
        ("(root)", None, None, 0.0),
    ];
    assert_eq!(rows, expected);
    assert_eq!(
        collapsed(&profile),
        "(root);(anonymous) (a.js:1:1) 16\n(root);(anonymous) (a.js:1:8) 8\n"
    );
}

#[test]
fn a_tree_can_be_walked_up_and_down() {
    let inner = node("b", 2.0, vec![node("c", 4.0, Vec::new())]);
    let profile = profile(node(
        "a",
        1.0,
        vec![
            inner,
            node("d", 8.0, Vec::new()),
            node("e", 0.0, Vec::new()),
        ],
    ));
    let tree = Tree::new(&profile);
    let name = |index: usize| tree.nodes()[index].frame.function_name.as_str();
    let names = |indexes: Vec<usize>| indexes.into_iter().map(name).collect::<String>();
    assert_eq!(names((0..tree.nodes().len()).collect()), "abcde");
    assert_eq!(names(tree.children(0).collect()), "bde");
    assert_eq!(names(tree.children(1).collect()), "c");
    assert_eq!(tree.children(2).count(), 0);
    assert_eq!(names(tree.stack(2).collect()), "cba");
    assert_eq!(tree.children(5).count() + tree.stack(5).count(), 0);
    assert_eq!(tree.children(usize::MAX).count(), 0);
    let sizes: Vec<_> = tree.nodes().iter().map(|node| node.total_size).collect();
    assert_eq!(sizes, [15.0, 6.0, 4.0, 8.0, 0.0]);
    let depths: Vec<_> = tree.nodes().iter().map(|node| node.depth).collect();
    assert_eq!(depths, [0, 1, 2, 1, 1]);
}

#[test]
fn samples_are_counted_where_they_belong() {
    let mut profile = chain(2);
    assert_eq!(
        Tree::new(&profile).nodes()[0].samples,
        None,
        "an old target"
    );
    profile.head.id = Some(7);
    profile.samples = Some(
        [7, 7, 9]
            .map(|id| {
                let mut sample = SamplingHeapProfileSample::default();
                sample.node_id = id;
                sample
            })
            .to_vec(),
    );
    let tree = Tree::new(&profile);
    let samples: Vec<_> = tree.nodes().iter().map(|node| node.samples).collect();
    assert_eq!(samples, [Some(2), Some(0)], "9 is nobody's");
}

#[test]
fn files_of_node_hold_what_their_programs_do() {
    for (name, text) in FILES {
        let profile = read(text);
        let tree = Tree::new(&profile);
        let rows = tree.rows();
        let row = |function: &str| {
            rows.iter()
                .find(|row| row.function == function)
                .unwrap_or_else(|| panic!("{name} has no {function}"))
        };
        assert_eq!(row("(root)").total_size, tree.total_size());
        // It calls itself 60 times over, and has 40 numbers of 8 bytes per level.
        let descend = row("descend");
        assert!(descend.nodes > 50, "{name}: {descend:?}");
        assert!(descend.total_size <= tree.total_size());
        assert!(descend.total_size >= 400.0 * 61.0 * 40.0 * 8.0 * 0.8);
        assert_eq!(descend.column, Some(19), "after `  function descend`");
        assert!(row("keep").self_size > 1e6);
        assert!(row("größe").total_size > 1e6);
        assert!(row("semi;colon\nline").total_size > 1e6);
        let counted: u64 = tree.nodes().iter().flat_map(|node| node.samples).sum();
        let samples = profile.samples.as_ref().unwrap().len() as u64;
        // Two samples of Node 20 are of a node that is not in its file.
        assert!(
            (samples - 2..=samples).contains(&counted),
            "{name}: {counted}"
        );
    }
}

#[test]
fn files_come_back_as_they_were() {
    for (name, text) in FILES {
        let profile = read(text);
        let file = written(&profile);
        assert!(read(&file) == profile, "{name}");
        assert!(file.contains(r#""scriptId":"0","url":"","lineNumber":-1,"#));
        // Ids of scripts are strings, whatever they were.
        assert!(!file.contains(r#""scriptId":0"#));
        if name.starts_with("heap-prof") {
            // The members of this one are in the order of the protocol.
            assert_eq!(file.len(), text.trim_end().len());
        }
    }
}

#[test]
fn odd_profiles_come_back_too() {
    let mut odd = node("\"\\\u{0}\u{1f}\u{7f}\u{2028}😀\u{fffd}", 0.5, Vec::new());
    odd.call_frame.url = "</script>".to_owned();
    odd.id = Some(i64::MIN);
    odd.self_size = 1e300;
    let sizes = [-1.0, 9_007_199_254_740_993.0, 0.1, -0.0, 2e-300];
    let children = sizes.map(|size| node("f", size, Vec::new())).to_vec();
    odd.children = children;
    let mut profile = profile(odd);
    assert!(read(&written(&profile)) == profile, "without samples");
    profile.samples = Some(Vec::new());
    let file = written(&profile);
    assert!(file.ends_with(r#","samples":[]}"#), "{file}");
    assert!(read(&file) == profile);
    // With a mark of the byte order, as editors leave.
    assert!(read(&format!("\u{feff}{file}")) == profile);
}

#[test]
fn what_no_file_can_hold_is_refused() {
    for size in [f64::NAN, f64::INFINITY] {
        let error = write_heapprofile(&profile(node("f", size, Vec::new())), Vec::new());
        assert_eq!(error.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    }
}

#[test]
fn what_is_no_profile_is_told_with_its_place() {
    let error = read_heapprofile(&b"\xff"[..]).unwrap_err();
    assert!(matches!(error, ReadError::Io(_)), "{error}");
    for (_, text) in FILES {
        let error = read_heapprofile(&text.as_bytes()[..text.len() / 2]).unwrap_err();
        match error {
            ReadError::Decode(error) => assert_eq!(error.kind(), &DecodeErrorKind::Syntax),
            other => panic!("{other}"),
        }
    }
    // A profile of the CPU.
    let error = read_heapprofile(&br#"{"nodes":[],"startTime":1}"#[..]).unwrap_err();
    assert!(error.to_string().contains("`head`"), "{error}");
}

/// The stack of half of what a thread has by default.
#[test]
fn profiles_of_300_levels_on_a_small_stack() {
    thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(|| {
            let file = written(&chain(300));
            let profile = read(&file);
            assert_eq!(written(&profile), file);
            let tree = Tree::new(&profile);
            assert_eq!(tree.nodes().len(), 300);
            assert_eq!(tree.stack(299).count(), 300);
            let rows = tree.rows();
            assert_eq!((rows[0].nodes, rows[0].total_size), (300, 2400.0));
            let text = collapsed(&profile);
            assert_eq!(text.lines().count(), 300);
            let last = text.lines().next_back().unwrap();
            assert_eq!(last.matches('f').count(), 300);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn nothing_recurses() {
    // Far deeper than decoding allows, on a stack that would not hold it.
    let profile = thread::Builder::new()
        .stack_size(1 << 16)
        .spawn(|| {
            let profile = chain(20_000);
            let tree = Tree::new(&profile);
            assert_eq!(tree.total_size(), 160_000.0);
            assert_eq!(tree.rows()[0].total_size, 160_000.0);
            write_heapprofile(&profile, std::io::sink()).unwrap();
            write_collapsed(&tree, std::io::sink()).unwrap();
            drop(tree);
            profile
        })
        .unwrap()
        .join()
        .unwrap();
    // Dropping does: level by level, then.
    let mut nodes = vec![profile.head];
    while let Some(mut node) = nodes.pop() {
        nodes.append(&mut node.children);
    }
}

#[test]
fn collapsed_stacks_are_lines_that_tools_can_read() {
    for (name, text) in FILES {
        let profile = read(text);
        let text = collapsed(&profile);
        let mut stacks = BTreeMap::new();
        for line in text.lines() {
            let (stack, size) = line.rsplit_once(' ').unwrap();
            let size: u64 = size.parse().unwrap();
            assert!(size > 0);
            assert!(stack.starts_with("(root)"), "{line}");
            assert_eq!(stacks.insert(stack, size), None, "{name}: twice");
        }
        let total = Tree::new(&profile).total_size();
        assert_eq!(stacks.values().sum::<u64>() as f64, total);
        let odd = stacks.keys().find(|stack| stack.contains("semi")).unwrap();
        let odd = odd.rsplit(';').find(|frame| frame.contains("semi"));
        assert!(odd.unwrap().starts_with("semi:colon line ("), "{odd:?}");
    }
}

#[test]
fn stacks_that_are_written_alike_have_one_line() {
    let twin = |id: &str, size| {
        let mut node = node("f", size, vec![node("g", size, Vec::new())]);
        // Two scripts at one URL: that is not shown.
        node.call_frame.script_id = id.into();
        node
    };
    let profile = profile(node("(root)", 1.0, vec![twin("1", 2.0), twin("2", 4.0)]));
    assert_eq!(collapsed(&profile), "(root) 1\n(root);f 6\n(root);f;g 6\n");
    assert_eq!(Tree::new(&profile).rows().len(), 4);
}

/// By function: self size, total size and number of nodes.
type Sums = BTreeMap<String, (f64, f64, u64)>;

/// What `sums.mjs` makes of a profile; `None` if there is no Node to run it.
fn sums_by_node(path: &Path) -> Option<Sums> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    let output = Command::new("node")
        .arg(folder.join("sums.mjs"))
        .arg(path)
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            let required = env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
            assert!(!required.contains("node"), "node cannot be run: {error}");
            println!("skipped: node cannot be run: {error}");
            return None;
        }
    };
    assert!(output.status.success(), "{output:?}");
    let mut sums = Sums::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let row = row.as_array().unwrap();
        let number = |index: usize| row[index].as_f64().unwrap();
        let key = serde_json::to_string(&row[..5]).unwrap();
        let values = (number(5), number(6), row[7].as_u64().unwrap());
        assert_eq!(sums.insert(key, values), None);
    }
    Some(sums)
}

#[test]
fn rows_are_what_an_independent_sum_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    for (name, text) in FILES {
        let Some(expected) = sums_by_node(&folder.join(name)) else {
            return;
        };
        let profile = read(text);
        let mut sums = Sums::new();
        for row in Tree::new(&profile).rows() {
            let name = match row.function {
                "(anonymous)" => "",
                name => name,
            };
            let number = |from_one: Option<i64>| from_one.map_or(-1, |number| number - 1);
            let place = (number(row.line), number(row.column));
            let key = serde_json::json!([name, row.script_id, row.url, place.0, place.1]);
            let values = (row.self_size, row.total_size, row.nodes as u64);
            assert_eq!(sums.insert(key.to_string(), values), None);
        }
        assert_eq!(sums, expected, "{name}");
    }
}

fn refusal(code: i64, message: &str) -> Error {
    // Errors of a session are made by a session only.
    use cdp_heapprofiler::protocol::heap_profiler::StopSampling;
    use cdp_heapprofiler::session::{Connection, Deadline, Message, SessionKey};
    let mut connection = Connection::new();
    let now = std::time::Instant::now();
    let sent = connection
        .send(
            SessionKey::ROOT,
            &StopSampling::new(),
            Deadline::default(),
            now,
        )
        .unwrap();
    let id = sent.id.get();
    let frame = format!(r#"{{"id":{id},"error":{{"code":{code},"message":"{message}"}}}}"#);
    match connection.receive(&frame, now) {
        Message::Reply(reply) => reply.decode::<StopSampling>().unwrap_err(),
        other => panic!("{other:?}"),
    }
}

const NOT_STARTED: &str = "V8 sampling heap profiler was not started.";

#[test]
fn a_sampling_starts_only_where_there_is_none() {
    assert!(Watch::may_start::<()>(Err(refusal(-32000, NOT_STARTED))).is_ok());
    let error = Watch::may_start(Ok(())).unwrap_err();
    assert!(matches!(error, SamplingError::AlreadySampling), "{error}");
    for (code, message) in [(-32000, "Target crashed"), (-32601, "no such method")] {
        let error = Watch::may_start::<()>(Err(refusal(code, message))).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_sampling_is_to_be_stopped_from_its_start_to_its_end() {
    let mut watch = Watch::new(StartSampling::new());
    assert!(!watch.must_stop());
    watch.start_sent();
    assert!(watch.must_stop(), "the answer may be lost");
    assert!(watch.started::<()>(Err(refusal(-32602, "no"))).is_err());
    assert!(!watch.must_stop(), "refused");

    watch.start_sent();
    assert!(watch.started(Ok(())).is_ok());
    assert!(watch
        .profile(Err(refusal(-32000, "Target crashed")))
        .is_err());
    assert!(watch.must_stop(), "that says nothing of the sampling");
    watch.reset(2);
    assert_eq!(watch.profile(Ok(chain(1))).unwrap().resets, 2);
    let error = watch
        .profile(Err(refusal(-32000, NOT_STARTED)))
        .unwrap_err();
    assert!(matches!(error, SamplingError::NotSampling), "{error}");
    assert!(!watch.must_stop(), "it might be another's by now");

    watch.start_sent();
    watch.stop_sent();
    assert!(!watch.must_stop());
}
