//! Small snapshots in the manner of each revision of the format.

use serde_json::{json, Value};

/// A revision, by what wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revision {
    /// A line per row, `trace_node_id` in every node.
    Node20,
    /// No line ends, a type for a column that is gone.
    Node24,
    /// Node 26 while it tracks allocations: a nested `trace_tree`, and samples.
    Tracked,
    /// Chromium 156 and workerd: scopes, and the script of a location.
    Scopes,
}

pub(crate) const REVISIONS: [Revision; 4] = [
    Revision::Node20,
    Revision::Node24,
    Revision::Tracked,
    Revision::Scopes,
];

const STRINGS: [&str; 9] = [
    "<dummy>",
    "",
    "Leak",
    "first\\\"",
    "text \\u00e9 \\n",
    "<div id=\\\"a\\\">",
    "file:///a.js",
    "é plain UTF-8 of forty bytes, and more to come",
    "last",
];

/// The text of a small snapshot.
pub(crate) fn text(revision: Revision) -> String {
    let traced = matches!(revision, Revision::Node20 | Revision::Tracked);
    let scoped = revision == Revision::Scopes;
    let newline = if revision == Revision::Node20 {
        "\n"
    } else {
        ""
    };
    let width = if traced { 7 } else { 6 };

    let nodes: &[[i64; 6]] = &[
        [9, 1, 1, 0, 2, 0],
        [3, 2, 2_240_773_984, 120, 3, 1],
        [3, 2, 5, 120, 1, 2],
        [2, 4, 7, 123_456_789, 0, 0],
        [8, 5, 9, 24, 2, 2],
        [5, 3, 11, 64, 1, 0],
        [0, 6, 12_345_678_901_234_567, 8, 0, 0],
    ];
    let nodes = nodes.iter().map(|[kind, name, id, size, edges, detached]| {
        let mut row = vec![*kind, *name, *id, *size, *edges];
        row.extend(traced.then_some(if revision == Revision::Tracked { 4 } else { 0 }));
        row.push(*detached);
        row
    });
    let edges: &[[i64; 3]] = &[
        [1, 1, 1],
        [2, 3, 2],
        [1, 4_000_000_000, 3],
        [2, 2, 4],
        [3, 7, 5],
        [4, 9, 6],
        [5, 8, 0],
        [6, 5, 1],
        [0, 1, 2],
    ];
    let edges = edges
        .iter()
        .map(|[kind, name, to]| vec![*kind, *name, to * width]);
    let location = |node: i64| {
        let mut row = vec![node * width, 7];
        row.extend(scoped.then_some(6 * width));
        row.extend([31, 0]);
        row
    };

    let mut text = format!("{{\"snapshot\":{},\n", header(revision));
    let mut table = |key: &str, rows: Vec<Vec<i64>>| {
        let rows = rows.iter().map(|row| {
            let values: Vec<_> = row.iter().map(i64::to_string).collect();
            values.join(",") + newline
        });
        let rows: Vec<_> = rows.collect();
        text += &format!("\"{key}\":[{}],\n", rows.join(","));
    };
    table("nodes", nodes.collect());
    table("edges", edges.collect());
    if revision == Revision::Tracked {
        table(
            "trace_function_infos",
            vec![vec![0, 3, 1, 0, -1, -1], vec![3, 2, 8, 7, 30, 4]],
        );
        text += "\"trace_tree\":[1,0,0,0,[2,1,5,600,[],3,1,0,0,[4,1,2,240,[]]]],\n";
    } else {
        table("trace_function_infos", vec![]);
        text += "\"trace_tree\":[],\n";
    }
    let mut table = |key: &str, rows: &[&[i64]]| {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(i64::to_string).collect::<Vec<_>>());
        let rows: Vec<_> = rows.map(|row| row.join(",") + newline).collect();
        text += &format!("\"{key}\":[{}],\n", rows.join(","));
    };
    match revision {
        Revision::Tracked => table("samples", &[&[0, 5], &[50_000, 11]]),
        _ => table("samples", &[]),
    }
    let (first, second) = (location(1), location(5));
    table("locations", &[&first, &second]);
    if scoped {
        table("scopes", &[&[6 * width, -2, 0, 2, 0], &[-1, 17, 1, 1, 3]]);
        table("scope_context_vars", &[&[3], &[8], &[2]]);
        table("scope_uses", &[&[17, 0], &[-2, 0], &[-1, 1]]);
    }
    let strings: Vec<_> = STRINGS
        .iter()
        .map(|string| format!("\"{string}\""))
        .collect();
    text + &format!("\"strings\":[{}]}}", strings.join(",\n"))
}

fn header(revision: Revision) -> Value {
    let traced = matches!(revision, Revision::Node20 | Revision::Tracked);
    let mut node_fields = vec!["type", "name", "id", "self_size", "edge_count"];
    node_fields.extend(traced.then_some("trace_node_id"));
    node_fields.push("detachedness");
    let mut location_fields = vec!["object_index", "script_id"];
    location_fields.extend((revision == Revision::Scopes).then_some("script_object_index"));
    location_fields.extend(["line", "column"]);
    let mut meta = json!({
        "node_fields": node_fields,
        "node_types": [
            ["hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native", "synthetic"],
            "string", "number", "number", "number", "number", "number",
        ],
        "edge_fields": ["type", "name_or_index", "to_node"],
        "edge_types": [
            ["context", "element", "property", "internal", "hidden", "shortcut", "weak"],
            "string_or_number", "node",
        ],
        "trace_function_info_fields": ["function_id", "name", "script_name", "script_id", "line", "column"],
        "trace_node_fields": ["id", "function_info_index", "count", "size", "children"],
        "sample_fields": ["timestamp_us", "last_assigned_id"],
        "location_fields": location_fields,
    });
    if revision == Revision::Scopes {
        meta["scope_fields"] = json!([
            "script_node_index",
            "scope_id",
            "depth",
            "scope_context_vars_count",
            "scope_uses_count",
        ]);
        meta["scope_context_var_fields"] = json!(["name"]);
        meta["scope_use_fields"] = json!(["declaring_scope_id", "slot_index"]);
    }
    let functions = if revision == Revision::Tracked { 2 } else { 0 };
    json!({
        "meta": meta, "node_count": 7, "edge_count": 9, "trace_function_count": functions,
        "extra_native_bytes": 0,
    })
}
