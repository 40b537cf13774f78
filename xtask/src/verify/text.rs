//! A verification for people.

use cdp_codegen::{Change, Difference, ItemKind, Path, Side};

use super::{Finding, Outcome, Standing, Verification, place, side};
use crate::report::count;

/// What goes to standard output: what is drift, what is explained, marks, and a
/// line that sums it up.
pub(crate) fn text(verification: &Verification, outcome: &Outcome) -> String {
    let mut text = String::new();
    for (standing, title) in [
        (
            Standing::Drift,
            "Drift: no reason in the documents explains it",
        ),
        (Standing::Explained, "Explained by the documents"),
        (
            Standing::Mark,
            "Marks: the documents have those of the newest definition (--marks counts them)",
        ),
    ] {
        let findings: Vec<&Finding> = outcome.of(standing).collect();
        if !findings.is_empty() {
            text += &format!("{title}\n\n{}", blocks(verification, &findings));
        }
    }
    text + &summary(verification, outcome)
}

/// A heading for each item, a line for each difference, a reason behind those that
/// have it in common.
fn blocks(verification: &Verification, findings: &[&Finding]) -> String {
    let mut text = String::new();
    let mut findings = findings.to_vec();
    // A whole item stands below its domain, before what is in items.
    findings.sort_by_key(|finding| heading(finding));
    for block in findings.chunk_by(|a, b| heading(a) == heading(b)) {
        text += &format!("  {}\n", heading(block[0]));
        for group in by_reason(block) {
            for line in lines(verification, &group) {
                text += &format!("    {line}\n");
            }
            let reason = group[0].difference.reason.iter();
            for line in reason.flat_map(|why| why.lines()) {
                text += &format!("      | {line}\n");
            }
        }
        text += "\n";
    }
    text
}

/// Those of one reason together, in the order of the first of them.
fn by_reason<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let reason = &finding.difference.reason;
        let group = groups
            .iter_mut()
            .find(|group| group[0].difference.reason == *reason);
        match group {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// What the difference stands below: its item or, for a whole item, its domain.
fn heading(finding: &Finding) -> Path {
    let path = &finding.difference.path;
    let whole = matches!(finding.difference.change, Change::Item(_));
    Path {
        domain: path.domain.clone(),
        item: path.item.clone().filter(|_| !whole),
        member: None,
    }
}

fn lines(verification: &Verification, group: &[&Finding]) -> Vec<String> {
    let more = |finding: &&&Finding| {
        let difference = &finding.difference;
        difference.reason.is_some() && difference.change == Change::Item(Side::Second)
    };
    let (more, others): (Vec<&Finding>, Vec<&Finding>) =
        group.iter().partition(|finding| more(finding));
    let mut lines: Vec<String> = others
        .iter()
        .map(|finding| line(verification, &finding.difference))
        .collect();
    if !more.is_empty() {
        lines.push(format!("only there: {}", counted(&more)));
    }
    lines
}

/// The items of a domain that is described in part would drown all else.
fn counted(findings: &[&Finding]) -> String {
    let of = |kind| {
        let items = findings
            .iter()
            .filter_map(|found| found.difference.path.item.as_ref());
        items.filter(|(found, _)| *found == kind).count()
    };
    let counts = [
        (of(ItemKind::Type), "type", "types"),
        (of(ItemKind::Command), "command", "commands"),
        (of(ItemKind::Event), "event", "events"),
    ];
    let counts = counts.into_iter().filter(|(number, _, _)| *number > 0);
    let counts: Vec<_> = counts
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    counts.join(", ")
}

/// `parameter `depth`: optional here, required there (spec/a.md:9:5)`
fn line(verification: &Verification, difference: &Difference) -> String {
    let path = &difference.path;
    let what = match (&path.member, &path.item, &difference.change) {
        (Some((kind, name)), _, _) => format!("{} `{name}`: ", kind.word()),
        (None, Some((kind, name)), Change::Item(_)) => format!("{} `{name}`: ", kind.word()),
        _ => String::new(),
    };
    let place = place(&verification.spec, difference);
    let place = place.map(|(file, line, column)| format!(" ({file}:{line}:{column})"));
    format!(
        "{what}{}{}",
        said(&difference.change),
        place.unwrap_or_default()
    )
}

fn said(change: &Change) -> String {
    let says = |of| change.says(of).map(|text| text.escape_debug().to_string());
    match change {
        Change::Item(only) => format!("only {}", side(*only)),
        Change::Member { only, .. } => {
            format!("only {}: {}", side(*only), says(*only).unwrap_or_default())
        }
        Change::Literal { only, .. } => format!(
            "the literal `{}` only {}",
            says(*only).unwrap_or_default(),
            side(*only)
        ),
        Change::Experimental(only) | Change::Deprecated(only) => {
            format!("{} only {}", change.word(), side(*only))
        }
        Change::Dependency { only, domain } => {
            format!("depends on `{domain}` only {}", side(*only))
        }
        _ => {
            let says = |of| says(of).unwrap_or("none".to_owned());
            let (here, there) = (says(Side::First), says(Side::Second));
            match change {
                Change::Optional(_) => format!("{here} here, {there} there"),
                _ => format!("{} `{here}` here, `{there}` there", change.word()),
            }
        }
    }
}

fn summary(verification: &Verification, outcome: &Outcome) -> String {
    let number = |standing| outcome.of(standing).count();
    let domains = count(outcome.domains.len(), "domain", "domains");
    let drift = match number(Standing::Drift) {
        0 => "no drift".to_owned(),
        number => count(number, "difference is drift", "differences are drift"),
    };
    let explained = number(Standing::Explained);
    let marks = count(number(Standing::Mark), "mark differs", "marks differ");
    let elsewhere = count(outcome.elsewhere.len(), "domain is", "domains are");
    format!(
        "{domains} against {}: {drift}, {explained} explained, {marks}; {elsewhere} only there\n",
        verification.target
    )
}
