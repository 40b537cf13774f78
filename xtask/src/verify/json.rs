//! A verification for programs: one object. `spec/README.md` says what is in it.

use cdp_codegen::{Difference, Side, Sources};
use serde_json::{Value, json};

use super::{Finding, Outcome, Standing, Verification, place, side};
use crate::report;

/// The object, in one line.
pub(crate) fn json(verification: &Verification) -> String {
    let object = match &verification.outcome {
        Some(outcome) => compared(verification, outcome),
        None => refused(verification),
    };
    format!("{object}\n")
}

fn compared(verification: &Verification, outcome: &Outcome) -> Value {
    let differences: Vec<Value> = outcome
        .findings
        .iter()
        .map(|finding| difference(&verification.spec, finding))
        .collect();
    let number = |standing| outcome.of(standing).count();
    json!({
        "type": "verification",
        "target": verification.target,
        "outcome": if outcome.is_explained() { "explained" } else { "drift" },
        "drift": number(Standing::Drift),
        "explained": number(Standing::Explained),
        "marks": number(Standing::Mark),
        "domains": outcome.domains,
        "domains_only_there": outcome.elsewhere,
        "differences": differences,
    })
}

fn refused(verification: &Verification) -> Value {
    report::incomparable([
        (&verification.spec, &verification.diagnostics),
        (&verification.report, &verification.refused),
    ])
}

fn difference(sources: &Sources, finding: &Finding) -> Value {
    let Difference {
        path,
        change,
        reason,
        ..
    } = &finding.difference;
    let item = path.item.as_ref();
    let member = path.member.as_ref();
    let place = place(sources, &finding.difference);
    json!({
        "standing": match finding.standing {
            Standing::Drift => "drift",
            Standing::Explained => "explained",
            Standing::Mark => "mark",
        },
        "domain": path.domain,
        "item": item.map(|(kind, name)| json!({ "kind": kind.word(), "name": name })),
        "member": member.map(|(kind, name)| json!({ "kind": kind.word(), "name": name })),
        "fact": change.word(),
        "only": change.only().map(side),
        "here": change.says(Side::First),
        "there": change.says(Side::Second),
        "reason": reason,
        "place": place.map(|(file, line, column)| {
            json!({ "file": file, "line": line, "column": column })
        }),
    })
}
