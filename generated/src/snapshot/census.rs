//! Counts nodes by type and by constructor while they go by.

use std::collections::HashMap;

use super::layout::{Column, Kind};
use super::summary::{Group, Summary, Tally};
use super::tables::place;

/// The most names of constructors that are told apart.
pub(super) const MAX_CONSTRUCTORS: usize = 1 << 22;

/// The most bytes that these names have together.
pub(super) const MAX_NAME_BYTES: usize = 1 << 28;

/// A summary on its way. Until the strings come, constructors are known by the index
/// of their name.
#[derive(Debug)]
pub(super) struct Census {
    kind: usize,
    name: usize,
    self_size: usize,
    detachedness: Option<usize>,
    types: Vec<Type>,
    total: Tally,
    detached: Tally,
    /// By the index of the name, for the types whose nodes have one of their own.
    named: HashMap<i64, Tally>,
    /// The nodes since the last one of another name, which are not in `named` yet.
    run: (i64, Tally),
}

#[derive(Debug)]
struct Type {
    name: String,
    constructor: Constructor,
    tally: Tally,
}

/// What groups the nodes of a type.
#[derive(Debug)]
enum Constructor {
    OwnName,
    Fixed(String),
}

impl Constructor {
    /// As the profilers of browsers group them.
    fn of(type_name: &str) -> Self {
        Self::Fixed(match type_name {
            "object" | "native" => return Self::OwnName,
            "closure" => "Function".to_owned(),
            "regexp" => "RegExp".to_owned(),
            "code" => "(compiled code)".to_owned(),
            "hidden" => "(system)".to_owned(),
            other => format!("({other})"),
        })
    }
}

impl Census {
    pub(super) fn new(columns: &[Column]) -> Self {
        let kind = place(columns, "type").unwrap_or_default();
        let names = match columns.get(kind).map(|column| &column.kind) {
            Some(Kind::Type(names)) => names.as_slice(),
            _ => &[],
        };
        let types = names.iter().map(|name| Type {
            name: name.clone(),
            constructor: Constructor::of(name),
            tally: Tally::default(),
        });
        Self {
            kind,
            name: place(columns, "name").unwrap_or_default(),
            self_size: place(columns, "self_size").unwrap_or_default(),
            detachedness: place(columns, "detachedness"),
            types: types.collect(),
            total: Tally::default(),
            detached: Tally::default(),
            named: HashMap::new(),
            run: (0, Tally::default()),
        }
    }

    /// Counts a node, whose values are within their bounds. The error is the limit
    /// that it goes beyond.
    #[inline]
    pub(super) fn node(&mut self, row: &[i64]) -> Result<(), String> {
        let size = row[self.self_size] as u64;
        self.total.add(size);
        if let Some(column) = self.detachedness {
            if row[column] == DETACHED {
                self.detached.add(size);
            }
        }
        let Some(kind) = self.types.get_mut(row[self.kind] as usize) else {
            return Ok(());
        };
        kind.tally.add(size);
        if let Constructor::OwnName = kind.constructor {
            let name = row[self.name];
            if self.run.0 != name {
                self.end_run()?;
                self.run.0 = name;
            }
            self.run.1.add(size);
        }
        Ok(())
    }

    fn end_run(&mut self) -> Result<(), String> {
        let (name, tally) = std::mem::take(&mut self.run);
        if tally.count > 0 {
            self.named.entry(name).or_default().merge(tally);
            if self.named.len() > MAX_CONSTRUCTORS {
                return Err(format!(
                    "at most {MAX_CONSTRUCTORS} constructors to summarize"
                ));
            }
        }
        Ok(())
    }

    /// Goes on to the names.
    pub(super) fn into_naming(mut self) -> Naming {
        // The last run adds one at most, to what is not beyond its limit.
        let (name, tally) = std::mem::take(&mut self.run);
        if tally.count > 0 {
            self.named.entry(name).or_default().merge(tally);
        }
        let mut wanted: Vec<_> = std::mem::take(&mut self.named).into_iter().collect();
        // The next one is at the end.
        wanted.sort_unstable_by_key(|(index, _)| std::cmp::Reverse(*index));
        let mut groups = HashMap::new();
        for kind in &self.types {
            if let (Constructor::Fixed(name), 1..) = (&kind.constructor, kind.tally.count) {
                groups
                    .entry(name.clone())
                    .or_insert_with(Tally::default)
                    .merge(kind.tally);
            }
        }
        Naming {
            census: self,
            wanted,
            groups,
            name_bytes: 0,
        }
    }
}

/// The value of `detachedness` of what is detached; 0 is unknown, 1 attached.
const DETACHED: i64 = 2;

/// A census whose constructors get their names.
#[derive(Debug)]
pub(super) struct Naming {
    census: Census,
    wanted: Vec<(i64, Tally)>,
    groups: HashMap<String, Tally>,
    name_bytes: usize,
}

impl Naming {
    /// Whether the string at this index is the name of a constructor. Asked in
    /// the order of the strings.
    pub(super) fn wants(&self, index: u64) -> bool {
        let next = self.wanted.last();
        next.is_some_and(|(wanted, _)| u64::try_from(*wanted) == Ok(index))
    }

    /// Takes the name that it wants. The error is the limit that it goes beyond.
    pub(super) fn name(&mut self, name: &str) -> Result<(), String> {
        let Some((_, tally)) = self.wanted.pop() else {
            return Ok(());
        };
        let name = constructor_name(name);
        if let Some(group) = self.groups.get_mut(name.as_ref()) {
            group.merge(tally);
            return Ok(());
        }
        self.name_bytes = self.name_bytes.saturating_add(name.len());
        if self.name_bytes > MAX_NAME_BYTES {
            return Err(format!(
                "at most {MAX_NAME_BYTES} bytes of constructors' names"
            ));
        }
        self.groups.insert(name.into_owned(), tally);
        Ok(())
    }

    pub(super) fn finish(self, edges: u64) -> Summary {
        let Census {
            types,
            total,
            detached,
            detachedness,
            ..
        } = self.census;
        let types = types
            .into_iter()
            .map(|kind| Group::new(kind.name, kind.tally));
        let constructors = self.groups.into_iter();
        Summary::new(
            total,
            edges,
            detachedness.map(|_| detached),
            types.filter(|group| group.tally.count > 0),
            constructors.map(|(name, tally)| Group::new(name, tally)),
        )
    }
}

/// Elements of a document are `<div id="…">`: without their attributes, they are a
/// group.
fn constructor_name(name: &str) -> std::borrow::Cow<'_, str> {
    match name.split_once(' ') {
        Some((tag, _)) if tag.starts_with('<') => format!("{tag}>").into(),
        _ => name.into(),
    }
}
