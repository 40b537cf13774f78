//! What a run says to a program: one JSON object per line.

use cdp_codegen::{ApiChange, Class, Diagnostic, Difference, Label, Severity, Side, Sources};
use serde_json::{Map, Value, json};

use super::Report;
use super::changes::verdict;
use crate::changes::Changes;
use crate::diff::Diff;
use crate::regenerate::{Comparison, Paths, Request, Verdict};
use crate::{Error, patch};

pub(super) fn regenerate(request: &Request, comparison: &Comparison, verdict: Verdict) -> Report {
    let mut lines: Vec<Value> = comparison
        .diagnostics
        .iter()
        .map(|found| diagnostic(&comparison.sources, found))
        .collect();
    lines.push(summary(request, comparison, verdict));
    report(&lines)
}

pub(super) fn error(error: &Error) -> Report {
    report(&[json!({
        "type": "error",
        "message": error.message(),
        "help": error.help(),
    })])
}

fn report(lines: &[Value]) -> Report {
    Report {
        stdout: lines.iter().map(|line| format!("{line}\n")).collect(),
        stderr: String::new(),
    }
}

fn diagnostic(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut object = place(sources, &diagnostic.primary);
    object.insert("type".to_owned(), "diagnostic".into());
    object.insert("severity".to_owned(), severity.into());
    object.insert("code".to_owned(), diagnostic.code.into());
    object.insert("message".to_owned(), diagnostic.message.clone().into());
    object.insert("help".to_owned(), diagnostic.help.clone().into());
    let related = diagnostic.secondary.iter();
    let related = related.map(|label| Value::Object(place(sources, label)));
    object.insert("related".to_owned(), related.collect());
    object.into()
}

/// A place and what is said of it. The end is the first character after it.
fn place(sources: &Sources, label: &Label) -> Map<String, Value> {
    let source = sources.get(label.span.source);
    let (line, column) = source.position(label.span.start);
    let (end_line, end_column) = source.position(label.span.end);
    let fields = [
        ("file", source.name.clone().into()),
        ("line", line.into()),
        ("column", column.into()),
        ("end_line", end_line.into()),
        ("end_column", end_column.into()),
        ("label", label.text.clone().into()),
    ];
    fields
        .into_iter()
        .map(|(key, value): (&str, Value)| (key.to_owned(), value))
        .collect()
}

fn summary(request: &Request, comparison: &Comparison, verdict: Verdict) -> Value {
    let outcome = match verdict {
        Verdict::Fresh => "fresh",
        Verdict::Written => "written",
        Verdict::Stale => "stale",
        Verdict::Refused => "refused",
    };
    let stale = verdict == Verdict::Stale;
    let plan = comparison.plan.as_ref();
    let paths = plan
        .map(|plan| Paths::of(plan, &request.out))
        .unwrap_or_default();
    let (errors, warnings) = comparison.counts();
    json!({
        "type": "summary",
        "outcome": outcome,
        "errors": errors,
        "warnings": warnings,
        "created": paths.created,
        "updated": paths.updated,
        "removed": paths.removed,
        "unchanged": paths.unchanged,
        "changes": changes(&comparison.changes),
        "diff": plan.filter(|_| stale).map(|plan| patch::unified(plan, &request.out)),
        "command": stale.then(|| request.mending_command()),
    })
}

/// An object of what changed, or of why that cannot be said.
pub(super) fn diff(diff: &Diff, failed: Option<Class>) -> Report {
    let Diff { old, new, .. } = diff;
    let object = match &diff.changes {
        Some(found) => json!({
            "type": "diff",
            "old": old.name,
            "new": new.name,
            "ranges_left_out": diff.ranges_left_out,
            "failed": failed.is_some(),
            "changes": changes(found),
        }),
        None => incomparable([old, new].map(|side| (&side.sources, side.diagnostics.as_slice()))),
    };
    report(&[object])
}

/// Two sides of which one is wrong at least.
pub(super) fn incomparable(sides: [(&Sources, &[Diagnostic]); 2]) -> Value {
    let found = sides.into_iter().flat_map(|(sources, found)| {
        let found = found.iter();
        found.map(|found| diagnostic(sources, found))
    });
    json!({
        "type": "error",
        "message": "there is nothing to compare: see the diagnostics",
        "help": null,
        "diagnostics": found.collect::<Vec<_>>(),
    })
}

/// What changed, with its class. What is not known is `null`.
fn changes(changes: &Changes) -> Value {
    let protocol = changes.protocol.as_ref();
    let protocol = protocol.map(|list| list.iter().map(difference).collect::<Vec<_>>());
    let api: Vec<_> = changes.api.changes.iter().map(api_change).collect();
    json!({
        "class": changes.class().map(|class| class.to_string()),
        "verdict": verdict(changes),
        "version": changes.version.map(|version| version.to_string()),
        "next_version": changes.next_version().map(|version| version.to_string()),
        "protocol": protocol,
        "api": api,
    })
}

fn difference(difference: &Difference) -> Value {
    let path = &difference.path;
    let member = path.member.as_ref();
    json!({
        "domain": path.domain,
        "kind": path.word(),
        "name": path.name(),
        "member": member.map(|(kind, name)| json!({ "kind": kind.word(), "name": name })),
        "change": difference.change.word(),
        "before": difference.change.says(Side::First),
        "after": difference.change.says(Side::Second),
    })
}

fn api_change(change: &ApiChange) -> Value {
    json!({
        "class": change.class.to_string(),
        "why": change.why,
        "item": change.item,
        "before": change.before,
        "after": change.after,
        "part_of": change.part_of,
    })
}
