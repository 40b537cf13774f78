//! What changed, as an entry for the CHANGELOG.

use std::collections::{BTreeMap, BTreeSet};

use cdp_codegen::{ApiChange, Change, Class, Difference, Path, Side};

use super::changes::{Parts, Sign, groups, sign, subject, verdict, what};
use crate::changes::Changes;

/// The lines of the CHANGELOG are no longer than this.
const WIDTH: usize = 100;

/// An entry: the class, what breaks, and what became of the protocol.
pub(super) fn entry(changes: &Changes, items: &BTreeMap<Path, String>) -> String {
    let Some(verdict) = verdict(changes) else {
        return String::new();
    };
    let verdict = verdict.replacen("semver: ", "", 1);
    let mut text = format!(
        "## Unreleased\n\n{}",
        wrapped("", &format!("The change is {verdict}."))
    );
    let differences = || changes.protocol.iter().flatten();
    let of = |wanted| differences().filter(move |it| sign(&it.change) == wanted);
    let is_deprecated = |it: &&Difference| it.change == Change::Deprecated(Side::Second);
    let is_text = |it: &&Difference| matches!(it.change, Change::Text { .. });
    let mut changed: Vec<_> = of(Sign::Other)
        .filter(|it| !is_deprecated(it) && !is_text(it))
        .map(|it| other(it, items))
        .collect();
    let texts: BTreeSet<_> = differences().filter(is_text).map(|it| &it.path).collect();
    match texts.len() {
        0 => {}
        1 => changed.push("The text of 1 item.".to_owned()),
        texts => changed.push(format!("The texts of {texts} items.")),
    }
    let thing = |it: &Difference| thing(it, items);
    let deprecated = of(Sign::Other).filter(is_deprecated);
    let deprecated = deprecated.map(|it| format!("{}.", named(&it.path, items)));
    text += &section("Breaking", breaking(&changes.api.changes, items));
    text += &section("Added", of(Sign::New).map(thing).collect());
    text += &section("Changed", changed);
    text += &section("Deprecated", deprecated.collect());
    text += &section("Removed", of(Sign::Gone).map(thing).collect());
    text
}

/// An item of the protocol by what it is in Rust, and in words.
fn named(path: &Path, items: &BTreeMap<Path, String>) -> String {
    match items.get(path) {
        Some(item) => format!("`{item}` ({})", path.words()),
        None => path.words(),
    }
}

/// What is another.
fn other(difference: &Difference, items: &BTreeMap<Path, String>) -> String {
    let what = match &difference.change {
        Change::Type { first, second } => format!("of type `{second}`, was `{first}`"),
        change => what(change),
    };
    let item = named(&difference.path, items);
    capitalized(&format!("{item} is {what}."))
}

/// What has come or gone.
fn thing(difference: &Difference, items: &BTreeMap<Path, String>) -> String {
    let owner = named(&difference.path, items);
    match &difference.change {
        Change::Literal { text, .. } => {
            format!("{owner}: the literal `{}`.", text.escape_debug())
        }
        Change::Dependency { domain, .. } => {
            format!("{owner}: the dependency on `{}`.", domain.escape_debug())
        }
        _ => format!("{owner}."),
    }
}

/// What may stop the code of others.
pub(super) fn breaking(changes: &[ApiChange], items: &BTreeMap<Path, String>) -> Vec<String> {
    let known: BTreeMap<&str, &Path> = items
        .iter()
        .map(|(path, item)| (item.as_str(), path))
        .collect();
    let (groups, parts) = (groups(changes), Parts::of(changes));
    let found = groups.iter().flat_map(|(_, group)| group);
    found
        .filter(|change| change.class == Class::Major)
        .map(|change| {
            let item = match change.item.strip_prefix("check ") {
                Some(field) => format!("field {field}"),
                None => change.item.clone(),
            };
            let words = known.get(item.as_str()).map(|path| path.words());
            let words = words.map_or(String::new(), |words| format!(" ({words})"));
            let subject = changed(change).unwrap_or_else(|| subject(change));
            let more = parts.with(change);
            capitalized(&format!("{subject}{words} is {}{more}.", change.why))
        })
        .collect()
}

/// What a sentence on an item that is another begins with: its line as it is now.
fn changed(change: &ApiChange) -> Option<String> {
    let (_, after) = (change.before.as_ref()?, change.after.as_ref()?);
    if let Some(check) = after.strip_prefix("check ") {
        let (field, range) = check.split_once(": ")?;
        return Some(format!("the range `{range}` of `{field}`"));
    }
    let line = after.strip_prefix("[mirror] ").unwrap_or(after);
    Some(format!("`{}`", line.strip_prefix("pub ").unwrap_or(line)))
}

/// A sentence with its first letter large, unless it begins with code.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn section(title: &str, entries: Vec<String>) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let entries: String = entries.iter().map(|entry| wrapped("- ", entry)).collect();
    format!("\n### {title}\n\n{entries}")
}

/// A text in lines of the width, the first behind a mark, the others below it.
fn wrapped(mark: &str, text: &str) -> String {
    let (mut out, mut line) = (String::new(), mark.to_owned());
    let indent = " ".repeat(mark.len());
    let mut begins = true;
    for word in text.split(' ') {
        if !begins && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out += &format!("{line}\n");
            line.clone_from(&indent);
            begins = true;
        }
        if !begins {
            line.push(' ');
        }
        line += word;
        begins = false;
    }
    out + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_they_may_be() {
        let text = wrapped("- ", &"word ".repeat(50));
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.iter().all(|line| line.chars().count() <= WIDTH),
            "{text}"
        );
        assert!(
            lines[0].starts_with("- word") && lines[1].starts_with("  word"),
            "{text}"
        );
        assert_eq!(text.split_whitespace().count(), 51);
    }
}
