//! Two listings of the public API side by side: what changed, and what it means
//! for those who use it.
//!
//! The listings are read, not the protocols: they say what was really emitted. What
//! they do not tell is no part of the API: texts, and names on the wire.

mod class;
mod items;
mod line;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

pub use items::items;
use line::{Kind, Line, Listing};

/// What a change asks of those who use the crate, as semantic versioning has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Nothing: the API is the same.
    Patch,
    /// Nothing: there is more of it.
    Minor,
    /// To look at their code: some of it may no longer compile, or fail.
    Major,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// One line of the listing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiChange {
    /// What it asks of others.
    pub class: Class,
    /// Why it is of this class, as what the item is now: `gone`. With the item and `is`
    /// it makes a sentence.
    pub why: &'static str,
    /// What it is of, by kind and path: `field runtime::CallFrame::url`.
    pub item: String,
    /// The line of the old listing; `None` if the item is new.
    pub before: Option<String>,
    /// The line of the new listing; `None` if the item is gone.
    pub after: Option<String>,
    /// The line of the module, struct, enum or trait with which it came or went.
    pub part_of: Option<String>,
}

impl ApiChange {
    /// The line as it is now, or as it was if it is gone.
    pub fn line(&self) -> &str {
        let line = self.after.as_deref().or(self.before.as_deref());
        line.unwrap_or_default()
    }
}

/// How the public API changed: gravest first, then what is gone, what is another,
/// and what is new, each in the order of its listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiChanges {
    /// The lines that are not as they were.
    pub changes: Vec<ApiChange>,
}

impl ApiChanges {
    /// Compares two texts of [`LISTING`](crate::LISTING). Any text will do: what is
    /// no line of a listing is an item that is there or not.
    pub fn between(old: &str, new: &str) -> Self {
        let (old, new) = (Listing::of(old), Listing::of(new));
        let gone: Vec<_> = old.lines.iter().filter(|line| !new.has(line)).collect();
        let come: Vec<_> = new.lines.iter().filter(|line| !old.has(line)).collect();
        let mut before = BTreeMap::new();
        for line in &gone {
            before.entry(line.key).or_insert(*line);
        }
        let (mut changes, mut added) = (Vec::new(), Vec::new());
        let mut paired = HashSet::new();
        for line in come {
            match before.remove(line.key) {
                Some(old) => {
                    paired.insert(old.text);
                    changes.push(change(class::changed(old, line), Some(old), Some(line)));
                }
                None => added.push(line),
            }
        }
        let removed: Vec<_> = gone
            .into_iter()
            .filter(|line| !paired.contains(line.text))
            .collect();
        let removed = parts(&removed).map(|(line, whole)| ApiChange {
            part_of: whole,
            ..change(class::removed(line, &new), Some(line), None)
        });
        let added = parts(&added).map(|(line, whole)| ApiChange {
            part_of: whole,
            ..change(class::added(line, &old), None, Some(line))
        });
        let mut changes: Vec<_> = removed.chain(changes).chain(added).collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.class));
        Self { changes }
    }

    /// Only what belongs to some modules, and what holds something of theirs: a variant
    /// of the enum over all events.
    pub fn within(mut self, modules: &BTreeSet<&str>) -> Self {
        let first = |path: &str| {
            let name = path.split("::").next();
            name.is_some_and(|name| modules.contains(name))
        };
        self.changes.retain(|change| {
            let line = Line::of(change.line());
            let held = line
                .body
                .strip_prefix('(')
                .filter(|_| line.kind == Kind::Variant);
            first(line.path) || held.is_some_and(first)
        });
        self
    }

    /// The class of all changes together; `None` if there is none.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }

    /// How many items are gone, are others, and are new.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: (bool, bool)| {
            let found = self.changes.iter();
            let sides = found.map(|change| (change.before.is_some(), change.after.is_some()));
            sides.filter(|sides| *sides == wanted).count()
        };
        (
            count((true, false)),
            count((true, true)),
            count((false, true)),
        )
    }
}

fn change(
    (class, why): class::Verdict,
    before: Option<&Line<'_>>,
    after: Option<&Line<'_>>,
) -> ApiChange {
    let text = |line: Option<&Line<'_>>| line.map(|line| line.text.to_owned());
    let item = after.or(before).map_or_else(String::new, Line::item);
    ApiChange {
        class,
        why,
        item,
        before: text(before),
        after: text(after),
        part_of: None,
    }
}

/// Lines with the outermost of them that they are a part of.
fn parts<'a, 'b>(
    lines: &'a [&'a Line<'b>],
) -> impl Iterator<Item = (&'a Line<'b>, Option<String>)> {
    let wholes = lines.iter().filter(|line| line.has_parts());
    let wholes: BTreeMap<&str, &str> = wholes.map(|line| (line.path, line.text)).collect();
    lines.iter().map(move |&line| {
        let ends = line.path.match_indices("::").map(|(end, _)| end);
        let mut paths = ends.chain([line.path.len()]).map(|end| &line.path[..end]);
        let whole = paths.find_map(|path| wholes.get(path).copied());
        let whole = whole.filter(|whole| *whole != line.text);
        (line, whole.map(str::to_owned))
    })
}

#[cfg(test)]
mod pairs;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod usage;
