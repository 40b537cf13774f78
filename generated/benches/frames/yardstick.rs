//! What a program without these bindings would decode into: plain derived structs.

// They are only ever decoded.
#![allow(dead_code)]

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Event<P> {
    method: String,
    params: P,
}

#[derive(Deserialize)]
pub(crate) struct Reply<R> {
    id: i64,
    result: R,
}

#[derive(Deserialize)]
pub(crate) struct Chunk {
    chunk: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastSeen {
    last_seen_object_id: i64,
    timestamp: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stats {
    stats_update: Vec<i64>,
}

#[derive(Deserialize)]
pub(crate) struct Progress {
    done: i64,
    total: i64,
    finished: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct Profiled {
    profile: Profile,
}

#[derive(Deserialize)]
pub(crate) struct Profile {
    head: Node,
    samples: Option<Vec<Sample>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Node {
    call_frame: CallFrame,
    self_size: f64,
    id: Option<i64>,
    children: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallFrame {
    function_name: String,
    script_id: String,
    url: String,
    line_number: i64,
    column_number: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sample {
    size: f64,
    node_id: i64,
    ordinal: f64,
}
