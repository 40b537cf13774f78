//! A profile as a list of call sites, each before those that it calls.

use std::collections::HashMap;
use std::iter::{from_fn, successors};

use crate::protocol::heap_profiler::{SamplingHeapProfile, SamplingHeapProfileNode};
use crate::protocol::runtime::CallFrame;

/// The call sites of a profile, with totals.
///
/// A node of a profile is a stack: a function as it was called by those above it. The
/// nodes are in the order of a walk from the root down: each comes right before its
/// children, and these are in the order of the profile.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

/// A call site of a [`Tree`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Node<'a> {
    /// The function, where its source begins, with lines and columns from 0 as the
    /// protocol has them.
    pub frame: &'a CallFrame,
    /// What was allocated by the function itself, called like this, in bytes.
    pub self_size: f64,
    /// What was allocated by it and by all below it, in bytes.
    pub total_size: f64,
    /// How many samples were taken in the function itself; `None` if the profile has no
    /// samples, as those of targets before the autumn of 2018. Profiles may have a few
    /// samples of no node at all.
    pub samples: Option<u64>,
    /// The index of the caller; `None` for the root.
    pub parent: Option<usize>,
    /// How many callers are above it: 0 for the root.
    pub depth: usize,
    /// The index after that of the last node below it.
    end: usize,
}

impl<'a> Tree<'a> {
    /// Walks through a profile.
    pub fn new(profile: &'a SamplingHeapProfile) -> Self {
        let samples = count_samples(profile);
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut ahead: Vec<(Option<usize>, &'a SamplingHeapProfileNode)> =
            vec![(None, &profile.head)];
        while let Some((parent, node)) = ahead.pop() {
            let index = nodes.len();
            nodes.push(Node {
                frame: &node.call_frame,
                self_size: node.self_size,
                total_size: node.self_size,
                samples: samples
                    .as_ref()
                    .map(|samples| node.id.and_then(|id| samples.get(&id)).map_or(0, |it| *it)),
                parent,
                depth: parent.map_or(0, |parent| nodes[parent].depth + 1),
                end: index + 1,
            });
            ahead.extend(node.children.iter().rev().map(|child| (Some(index), child)));
        }
        sum_up(&mut nodes);
        Self { nodes }
    }

    /// The nodes; the first is the root.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// All that the profile tells of, in bytes.
    pub fn total_size(&self) -> f64 {
        self.nodes[0].total_size
    }

    /// The indexes of the nodes that are called from this one. None if there is no such
    /// node.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        let mut next = index.saturating_add(1);
        from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.nodes[child].end;
                child
            })
        })
    }

    /// The indexes of this node, its caller, the caller's caller, up to the root. None if
    /// there is no such node.
    pub fn stack(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let innermost = (index < self.nodes.len()).then_some(index);
        successors(innermost, |index| self.nodes[*index].parent)
    }
}

/// How many samples each node has.
fn count_samples(profile: &SamplingHeapProfile) -> Option<HashMap<i64, u64>> {
    let samples = profile.samples.as_ref()?;
    let mut counts = HashMap::new();
    for sample in samples {
        *counts.entry(sample.node_id).or_default() += 1;
    }
    Some(counts)
}

/// Adds each node to its parent, from the last, so that all below a node have been added
/// to it before it is itself.
fn sum_up(nodes: &mut [Node<'_>]) {
    for index in (0..nodes.len()).rev() {
        let (total_size, end) = (nodes[index].total_size, nodes[index].end);
        if let Some(parent) = nodes[index].parent {
            nodes[parent].total_size += total_size;
            nodes[parent].end = nodes[parent].end.max(end);
        }
    }
}
