//! What a snapshot holds, as text and as JSON.

use cdp_heapprofiler::snapshot::{Change, ChangeKind, Comparison, Facts, Group, Summary, Tally};
use serde_json::{json, Value};

use crate::layout::{number, number_change, plain, size, size_change, Table};

/// One line of what a whole file has.
pub(crate) fn line(file: &str, facts: &Facts) -> String {
    format!(
        "{file}: whole, {}, {} nodes, {} edges\n",
        size(facts.bytes),
        number(facts.nodes),
        number(facts.edges),
    )
}

/// The members for a whole file.
pub(crate) fn members(file: &str, facts: &Facts) -> Value {
    json!({
        "file": file,
        "bytes": facts.bytes,
        "nodes": facts.nodes,
        "edges": facts.edges,
        "strings": facts.strings,
        "traceFunctions": facts.trace_functions,
        "samples": facts.samples,
        "locations": facts.locations,
        "unknownKeys": facts.unknown,
    })
}

/// The table of the largest constructors.
pub(crate) fn summary_text(summary: &Summary, top: usize) -> String {
    let mut table = Table::new(2, &["self size", "objects", "constructor"]);
    let row =
        |name: &str, tally: Tally| vec![size(tally.self_size), number(tally.count), plain(name)];
    for group in summary.largest(top) {
        table.row(row(&group.name, group.tally));
    }
    table.row(row("all together", summary.total()));
    if let Some(detached) = summary.detached().filter(|tally| tally.count > 0) {
        table.row(row("detached, of all", detached));
    }
    table.print()
}

pub(crate) fn summary_json(summary: &Summary, top: usize) -> Value {
    let largest: Vec<_> = summary.largest(top).into_iter().map(group).collect();
    let types: Vec<_> = summary.types().iter().map(group).collect();
    json!({
        "total": tally(summary.total()),
        "detached": summary.detached().map(tally),
        "types": types,
        "constructors": largest,
    })
}

/// The table of what changed most.
pub(crate) fn comparison_text(comparison: &Comparison, top: usize) -> String {
    let heading = ["self size", "objects", "now", "objects now", "constructor"];
    let mut table = Table::new(4, &heading);
    let row = |name: String, change: &Change| {
        vec![
            size_change(change.size_delta()),
            number_change(change.count_delta()),
            size(change.new.self_size),
            number(change.new.count),
            name,
        ]
    };
    let changes = comparison.changes();
    for change in changes.iter().take(top) {
        let mark = match change.kind() {
            ChangeKind::New => " (new)",
            ChangeKind::Gone => " (gone)",
            _ => "",
        };
        table.row(row(plain(&change.name) + mark, change));
    }
    table.row(row("all together".to_owned(), comparison.total()));
    table.print()
}

pub(crate) fn comparison_json(against: &str, comparison: &Comparison, top: usize) -> Value {
    let changes = comparison.changes().iter().take(top).map(change);
    json!({
        "against": against,
        "old": tally(comparison.total().old),
        "new": tally(comparison.total().new),
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    let kind = match change.kind() {
        ChangeKind::New => "new",
        ChangeKind::Gone => "gone",
        ChangeKind::Grown => "grown",
        ChangeKind::Shrunk => "shrunk",
        _ => "unchanged",
    };
    json!({
        "name": change.name,
        "kind": kind,
        "old": tally(change.old),
        "new": tally(change.new),
        "countDelta": change.count_delta(),
        "selfSizeDelta": change.size_delta(),
    })
}

fn group(group: &Group) -> Value {
    let Tally {
        count, self_size, ..
    } = group.tally;
    json!({ "name": group.name, "count": count, "selfSize": self_size })
}

fn tally(tally: Tally) -> Value {
    json!({ "count": tally.count, "selfSize": tally.self_size })
}
