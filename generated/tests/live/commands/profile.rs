//! What is in a sampling profile.

use cdp_heapprofiler::protocol::heap_profiler::{SamplingHeapProfile, SamplingHeapProfileNode};
use std::collections::{HashMap, HashSet};

/// The path from the root to a node, both included.
pub(super) type Path<'a> = Vec<&'a SamplingHeapProfileNode>;

/// The paths to all nodes.
pub(super) fn paths(profile: &SamplingHeapProfile) -> Vec<Path<'_>> {
    let mut open: Vec<Path<'_>> = vec![vec![&profile.head]];
    let mut paths = Vec::new();
    while let Some(path) = open.pop() {
        let last = path[path.len() - 1];
        open.extend(last.children.iter().map(|child| {
            let mut path = path.clone();
            path.push(child);
            path
        }));
        paths.push(path);
    }
    paths
}

/// The bytes of the allocations in a function, and in what it calls.
pub(super) fn bytes_in(profile: &SamplingHeapProfile, function: &str) -> f64 {
    paths(profile)
        .iter()
        .filter(|path| {
            path.iter()
                .any(|node| node.call_frame.function_name == function)
        })
        .map(|path| path[path.len() - 1].self_size)
        .sum()
}

/// The bytes of all allocations.
pub(super) fn bytes(profile: &SamplingHeapProfile) -> f64 {
    paths(profile)
        .iter()
        .map(|path| path[path.len() - 1].self_size)
        .sum()
}

/// The numbers of the samples, in the order of time.
pub(super) fn ordinals(profile: &SamplingHeapProfile) -> Vec<f64> {
    let samples = profile.samples.iter().flatten();
    let mut ordinals: Vec<f64> = samples.map(|sample| sample.ordinal).collect();
    ordinals.sort_by(f64::total_cmp);
    ordinals
}

/// Nodes have numbers of their own, samples refer to them, and the two agree on sizes:
/// not to the byte, since a target rounds what a sample stands for.
pub(super) fn assert_consistent(profile: &SamplingHeapProfile) {
    let frame = &profile.head.call_frame;
    assert_eq!(frame.function_name, "(root)");
    assert_eq!((frame.line_number, frame.column_number), (-1, -1));
    let mut sizes: HashMap<i64, (f64, f64)> = HashMap::new();
    for path in paths(profile) {
        let node = path[path.len() - 1];
        let id = node.id.expect("a node has an id");
        let other = sizes.insert(id, (node.self_size, 0.0));
        assert_eq!(other, None, "two nodes have the id {id}");
    }
    let mut seen = HashSet::new();
    let (mut all, mut strange) = (0.0, 0.0);
    for sample in profile.samples.as_deref().expect("samples") {
        assert!(seen.insert(sample.ordinal.to_bits()), "{sample:?} twice");
        all += sample.size;
        match sizes.get_mut(&sample.node_id) {
            Some(sizes) => sizes.1 += sample.size,
            None => strange += sample.size,
        }
    }
    // A target may sample its own work on the profile, when the tree is done already.
    assert!(strange < 0.1 * all, "{strange} of {all} bytes have no node");
    for (id, (own, sampled)) in sizes {
        let rest = (own - sampled).abs();
        assert!(
            rest < 0.4 * own + 0.1 * all,
            "{own} and {sampled} of node {id}"
        );
    }
}
