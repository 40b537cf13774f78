//! What a run says to a program: one JSON object per line.

use cdp_codegen::{Diagnostic, Label, Severity, Sources};
use serde_json::{Map, Value, json};

use super::Report;
use crate::regenerate::{Comparison, Paths, Request, Verdict};
use crate::{Error, diff};

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

pub(super) fn diagnostic(sources: &Sources, diagnostic: &Diagnostic) -> Value {
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
    let api = comparison.api();
    let changed = api.changed.iter();
    let changed: Vec<_> = changed
        .map(|(before, after)| json!({ "before": before, "after": after }))
        .collect();
    json!({
        "type": "summary",
        "outcome": outcome,
        "errors": errors,
        "warnings": warnings,
        "created": paths.created,
        "updated": paths.updated,
        "removed": paths.removed,
        "unchanged": paths.unchanged,
        "api": { "added": api.added, "removed": api.removed, "changed": changed },
        "diff": plan.filter(|_| stale).map(|plan| diff::unified(plan, &request.out)),
        "command": stale.then(|| request.mending_command()),
    })
}
