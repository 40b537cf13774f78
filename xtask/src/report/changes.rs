//! What changed, in lines for people.

use std::collections::BTreeMap;

use cdp_codegen::{ApiChange, Change, Difference, Path, Side};

use super::count;
use crate::changes::{Changes, Decisive};

/// The changes of the protocol, those of the API by their class, and the class of
/// all; each paragraph begins with an empty line. Empty if nothing changed.
pub(super) fn text(changes: &Changes) -> String {
    let mut text = String::new();
    if let Some(differences) = &changes.protocol {
        text += &protocol(differences);
    }
    text += &api(changes);
    if let Some(line) = verdict(changes) {
        text += &format!("\n{line}\n");
    }
    text
}

/// The class of all changes, what decides on it, and the version it asks for.
pub(super) fn verdict(changes: &Changes) -> Option<String> {
    let class = changes.class()?;
    let why = match changes.decisive()? {
        Decisive::Api(change) => format!("{} is {}", subject(change), change.why),
        Decisive::Wire(difference) => {
            let path = difference.path.words();
            let what = match &difference.change {
                Change::Literal { text, .. } => {
                    format!("the literal `{}` of {path}", text.escape_debug())
                }
                _ => path,
            };
            format!("the protocol no longer has {what}")
        }
        Decisive::Texts => "the API is the same".to_owned(),
    };
    let versions = changes.version.zip(changes.next_version());
    let next = versions.map(|(old, next)| format!("; after {old} comes {next}"));
    Some(format!(
        "semver: {class}, as {why}{}",
        next.unwrap_or_default()
    ))
}

/// What the sentence on a change begins with.
pub(super) fn subject(change: &ApiChange) -> String {
    match change.item.strip_prefix("check ") {
        Some(field) => format!("the range of `{field}`"),
        None => format!("`{}`", change.item),
    }
}

/// The changes of the protocol: what is gone, what is another, what is new.
fn protocol(differences: &[Difference]) -> String {
    if differences.is_empty() {
        return String::new();
    }
    let of = |wanted: Sign| {
        differences
            .iter()
            .filter(move |it| sign(&it.change) == wanted)
    };
    let [removed, changed, added] =
        [Sign::Gone, Sign::Other, Sign::New].map(|sign| of(sign).count());
    let mut text = format!("\nprotocol: {removed} removed, {changed} changed, {added} added\n");
    for sign in [Sign::Gone, Sign::Other, Sign::New] {
        for line in lines(of(sign)) {
            text += &format!("  {} {line}\n", sign.mark());
        }
    }
    text
}

/// A line for each difference; the texts of an item and of its members share one.
fn lines<'a>(differences: impl Iterator<Item = &'a Difference>) -> Vec<String> {
    let (mut lines, mut texts) = (Vec::new(), Vec::<(&Path, usize)>::new());
    for difference in differences {
        let path = &difference.path;
        if !matches!(difference.change, Change::Text { .. }) {
            lines.push(line(difference));
        } else if let Some((_, more)) = texts
            .last_mut()
            .filter(|(item, _)| item.domain == path.domain && item.item == path.item)
        {
            *more += 1;
        } else {
            texts.push((path, 1));
        }
    }
    lines.extend(texts.into_iter().map(|(path, texts)| match texts {
        1 => format!("{path}: its text"),
        _ => format!("{} `{}`: {texts} texts", path.word(), path.name()),
    }));
    lines
}

/// Whether something is gone, another, or new.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Gone,
    Other,
    New,
}

impl Sign {
    fn mark(self) -> char {
        match self {
            Self::Gone => '-',
            Self::Other => '~',
            Self::New => '+',
        }
    }
}

pub(super) fn sign(change: &Change) -> Sign {
    match change {
        Change::Item(side)
        | Change::Member { only: side, .. }
        | Change::Literal { only: side, .. }
        | Change::Dependency { only: side, .. } => match side {
            Side::First => Sign::Gone,
            Side::Second => Sign::New,
        },
        _ => Sign::Other,
    }
}

fn line(difference: &Difference) -> String {
    match &difference.change {
        Change::Member { ty, optional, .. } => {
            let word = if *optional { "optional " } else { "" };
            format!("{}: {word}{ty}", difference.path)
        }
        Change::Item(_) | Change::Literal { .. } | Change::Dependency { .. } => thing(difference),
        _ => format!("{}: {}", difference.path, what(&difference.change)),
    }
}

/// What is there or not.
fn thing(difference: &Difference) -> String {
    let path = &difference.path;
    match &difference.change {
        Change::Literal { text, .. } => format!("{path}: literal `{}`", text.escape_debug()),
        Change::Dependency { domain, .. } => {
            format!("{path}: dependency on `{}`", domain.escape_debug())
        }
        _ => path.to_string(),
    }
}

/// What became of it.
pub(super) fn what(change: &Change) -> String {
    let mark = |word: &str, side: &Side| match side {
        Side::First => format!("{word} no more"),
        Side::Second => format!("{word} now"),
    };
    match change {
        Change::Type { first, second } => format!("{second}, was {first}"),
        Change::Optional(Side::First) => "required now".to_owned(),
        Change::Optional(Side::Second) => "optional now".to_owned(),
        Change::Experimental(side) => mark("experimental", side),
        Change::Deprecated(side) => mark("deprecated", side),
        Change::Redirect { .. } => said(change, "redirected to"),
        Change::Range { .. } => said(change, "held to"),
        Change::Text { .. } => "its text".to_owned(),
        other => other.word().to_owned(),
    }
}

/// What both protocols say, or one of them.
fn said(change: &Change, word: &str) -> String {
    let says = |side| {
        change
            .says(side)
            .map(|text| text.escape_debug().to_string())
    };
    match (says(Side::First), says(Side::Second)) {
        (Some(first), Some(second)) => format!("{word} {second}, was {first}"),
        (None, Some(second)) => format!("{word} {second}, was not"),
        (first, None) => format!("not {word} {} any more", first.unwrap_or_default()),
    }
}

/// The changes of the API, grouped by class and reason.
fn api(changes: &Changes) -> String {
    let api = &changes.api;
    if api.changes.is_empty() {
        return String::new();
    }
    let (removed, changed, added) = api.counts();
    let mut text = format!("\npublic API: {removed} removed, {changed} changed, {added} added\n");
    let parts = Parts::of(&api.changes);
    for (heading, group) in groups(&api.changes) {
        text += &format!("  {heading}\n");
        for change in group {
            text += &api_lines(change, &parts);
        }
    }
    text
}

/// What is no part of something else, by class and reason, in their order.
pub(super) fn groups(changes: &[ApiChange]) -> Vec<(String, Vec<&ApiChange>)> {
    let mut groups: Vec<(String, Vec<&ApiChange>)> = Vec::new();
    for change in changes.iter().filter(|change| change.part_of.is_none()) {
        let heading = format!("{}, {}", change.class, change.why);
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, group)) => group.push(change),
            None => groups.push((heading, vec![change])),
        }
    }
    groups
}

fn api_lines(change: &ApiChange, parts: &Parts<'_>) -> String {
    let more = parts.with(change);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("    ~ {before}\n      {after}\n"),
        (Some(before), None) => format!("    - {before}{more}\n"),
        (None, after) => format!("    + {}{more}\n", after.as_deref().unwrap_or_default()),
    }
}

/// How many lines come or go with each line.
pub(super) struct Parts<'a>(BTreeMap<(&'a str, bool), usize>);

impl<'a> Parts<'a> {
    pub(super) fn of(changes: &'a [ApiChange]) -> Self {
        let mut parts = BTreeMap::new();
        for change in changes {
            if let Some(whole) = change.part_of.as_deref() {
                *parts.entry((whole, change.after.is_some())).or_default() += 1;
            }
        }
        Self(parts)
    }

    /// How many come or go with this one, in words; empty if none does.
    pub(super) fn with(&self, change: &ApiChange) -> String {
        match self.0.get(&(change.line(), change.after.is_some())) {
            Some(&parts) => format!(", with {} of its own", count(parts, "line", "lines")),
            None => String::new(),
        }
    }
}
