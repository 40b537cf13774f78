//! What changed, as an entry for the CHANGELOG.

use cdp_codegen::{ApiChange, Change, Class, Difference, Side};

use super::changes::{Parts, Sign, groups, sign, thing, verdict, what};
use crate::changes::Changes;

/// The lines of the CHANGELOG are no longer than this.
const WIDTH: usize = 100;

/// An entry: the class, what breaks, and what became of the protocol.
pub(super) fn entry(changes: &Changes) -> String {
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
    let texts = differences().filter(|it| is_text(it)).count();
    let mut other: Vec<_> = of(Sign::Other)
        .filter(|it| !is_deprecated(it) && !is_text(it))
        .map(|it| format!("The {}: {}.", it.path, what(&it.change)))
        .collect();
    match texts {
        0 => {}
        1 => other.push("The text of 1 item.".to_owned()),
        _ => other.push(format!("The texts of {texts} items.")),
    }
    let named = |it: &Difference| format!("The {}.", thing(it));
    text += &section("Breaking", breaking(&changes.api.changes));
    text += &section("Added", of(Sign::New).map(named).collect());
    text += &section("Changed", other);
    text += &section(
        "Deprecated",
        of(Sign::Other)
            .filter(is_deprecated)
            .map(|it| format!("The {}.", it.path))
            .collect(),
    );
    text += &section("Removed", of(Sign::Gone).map(named).collect());
    text
}

fn is_text(difference: &Difference) -> bool {
    matches!(difference.change, Change::Text { .. })
}

/// What may stop the code of others, in Rust.
fn breaking(changes: &[ApiChange]) -> Vec<String> {
    let (groups, parts) = (groups(changes), Parts::of(changes));
    let found = groups.iter().flat_map(|(_, group)| group);
    found
        .filter(|change| change.class == Class::Major)
        .map(|change| {
            let more = parts.with(change);
            let said = format!("`{}`{more} is {}", change.item, change.why);
            match (&change.before, &change.after) {
                (Some(_), Some(after)) => format!("{said}: `{after}`."),
                _ => format!("{said}."),
            }
        })
        .collect()
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
