//! A listing of the public API, taken apart.

use std::collections::{HashMap, HashSet};

use crate::api::MIRROR;

/// What a line is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Module,
    Struct,
    Enum,
    Trait,
    Field,
    Variant,
    Function,
    /// The type that an impl of a trait names.
    Type,
    Impl,
    /// An impl for all that is of another trait.
    Blanket,
    /// The range that a field is held to.
    Check,
    /// A macro of `wire`: impls by another name.
    Macro,
    /// Nothing that the listing writes today.
    Other,
}

const KINDS: [(&str, Kind); 11] = [
    ("pub mod ", Kind::Module),
    ("pub struct ", Kind::Struct),
    ("pub enum ", Kind::Enum),
    ("pub trait ", Kind::Trait),
    ("pub field ", Kind::Field),
    ("pub variant ", Kind::Variant),
    ("pub fn ", Kind::Function),
    ("pub type ", Kind::Type),
    ("impl<", Kind::Blanket),
    ("impl ", Kind::Impl),
    ("check ", Kind::Check),
];

/// One line, and what there is to know of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub kind: Kind,
    /// What stays when the item changes: kind and path. An impl has nothing that
    /// could change.
    pub key: &'a str,
    /// The path of the item, or of the one that an impl or a range is of.
    pub path: &'a str,
    /// What follows the key: a type, arguments, bounds.
    pub body: &'a str,
    /// It is there with the feature only.
    pub mirror: bool,
    pub non_exhaustive: bool,
    pub deprecated: bool,
}

impl<'a> Line<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (mirror, item) = match text.strip_prefix(MIRROR) {
            Some(item) => (true, item),
            None => (false, text),
        };
        let (deprecated, item) = without_note(item, " #[deprecated]");
        let (non_exhaustive, item) = without_note(item, " #[non_exhaustive]");
        let (kind, key, path) = split(item);
        Self {
            text,
            kind,
            key,
            path,
            body: &item[key.len()..],
            mirror,
            non_exhaustive,
            deprecated,
        }
    }

    /// What the line is of, by kind and path.
    pub(super) fn item(&self) -> String {
        match self.kind {
            // The key of a macro ends within its arguments.
            Kind::Macro => format!("{})", self.key),
            _ => self.key.strip_prefix("pub ").unwrap_or(self.key).to_owned(),
        }
    }

    /// The path of what the line is a part of: of the struct of a field.
    pub(super) fn owner(&self) -> &'a str {
        self.path.rsplit_once("::").map_or("", |(owner, _)| owner)
    }

    /// Whether other lines tell of parts of it.
    pub(super) fn has_parts(&self) -> bool {
        matches!(
            self.kind,
            Kind::Module | Kind::Struct | Kind::Enum | Kind::Trait
        )
    }
}

fn without_note<'a>(item: &'a str, note: &str) -> (bool, &'a str) {
    match item.strip_suffix(note) {
        Some(item) => (true, item),
        None => (false, item),
    }
}

/// Kind, key and path of an item.
fn split(item: &str) -> (Kind, &str, &str) {
    let found = KINDS.iter().find(|(prefix, _)| item.starts_with(prefix));
    match found {
        Some((_, Kind::Impl)) => (Kind::Impl, item, after(item, " for ")),
        Some((_, Kind::Blanket)) => {
            let (head, _) = item.rsplit_once(" for ").unwrap_or((item, ""));
            (Kind::Blanket, item, after(head, "> "))
        }
        Some(&(prefix, kind)) => {
            let ends = ["(", ": ", " = "].map(|end| item.find(end));
            let end = ends.into_iter().flatten().min().unwrap_or(item.len());
            (
                kind,
                &item[..end],
                item.get(prefix.len()..end).unwrap_or(""),
            )
        }
        None => match item.find("!(") {
            Some(call) => {
                let start = call + 2;
                let end = item[start..].find([',', ')']);
                let end = end.map_or(item.len(), |end| start + end);
                (Kind::Macro, &item[..end], &item[start..end])
            }
            None => (Kind::Other, item, item),
        },
    }
}

/// What stands behind the last of a mark.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.rsplit_once(mark).map_or("", |(_, rest)| rest)
}

/// All lines of a listing. One that begins with `#` and a blank is a remark.
pub(super) struct Listing<'a> {
    pub lines: Vec<Line<'a>>,
    texts: HashSet<&'a str>,
    keys: HashMap<&'a str, usize>,
    /// What has parts, by path.
    items: HashMap<&'a str, usize>,
    /// The traits that are implemented for all that could have them.
    sealed: HashSet<&'a str>,
}

impl<'a> Listing<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with("# "));
        let lines: Vec<_> = lines.map(Line::of).collect();
        let (mut keys, mut items) = (HashMap::new(), HashMap::new());
        for (index, line) in lines.iter().enumerate() {
            keys.entry(line.key).or_insert(index);
            if line.has_parts() {
                items.entry(line.path).or_insert(index);
            }
        }
        let blankets = lines.iter().filter(|line| line.kind == Kind::Blanket);
        Self {
            texts: lines.iter().map(|line| line.text).collect(),
            sealed: blankets.map(|line| line.path).collect(),
            lines,
            keys,
            items,
        }
    }

    pub(super) fn has(&self, line: &Line<'_>) -> bool {
        self.texts.contains(line.text)
    }

    /// The line of this kind and path.
    pub(super) fn get(&self, key: &str) -> Option<&Line<'a>> {
        self.keys.get(key).map(|&index| &self.lines[index])
    }

    /// The module, struct, enum or trait of this path.
    pub(super) fn item(&self, path: &str) -> Option<&Line<'a>> {
        self.items.get(path).map(|&index| &self.lines[index])
    }

    /// Whether the item is decoded without the feature.
    pub(super) fn decodes(&self, path: &str) -> bool {
        self.get(&format!("impl Deserialize for {path}"))
            .is_some_and(|line| !line.mirror)
    }

    /// Whether the trait is implemented for all that could have it.
    pub(super) fn is_sealed(&self, path: &str) -> bool {
        self.sealed.contains(path)
    }
}
