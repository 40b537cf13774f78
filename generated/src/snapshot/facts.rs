//! What is known of a snapshot that was verified.

use super::Summary;

/// What a snapshot that is whole holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// How many bytes it has.
    pub bytes: u64,
    /// How many nodes: objects on the heap, and those that V8 adds on its own.
    pub nodes: u64,
    /// How many edges: references from node to node.
    pub edges: u64,
    /// How many strings there are in it, which are the names of nodes and edges, and
    /// not the strings on the heap.
    pub strings: u64,
    /// How many functions allocated, if allocations were tracked.
    pub trace_functions: u64,
    /// How many nodes the tree of their calls has.
    pub trace_nodes: u64,
    /// How many points of the timeline, if it was tracked.
    pub samples: u64,
    /// How many nodes have a place in a script.
    pub locations: u64,
    /// The top-level keys that the reader does not know, in their order: their values
    /// are JSON, and that is all that is known of them.
    pub unknown: Vec<String>,
    /// The summary, if the verifier was made with
    /// [`Verifier::with_summary`](super::Verifier::with_summary).
    pub summary: Option<Summary>,
}
