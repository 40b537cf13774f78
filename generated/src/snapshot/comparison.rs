//! What changed from a snapshot to a later one.

use std::cmp::Ordering;

use super::summary::{Group, Summary, Tally};

/// What changed, by constructor, from a snapshot to a later one.
///
/// It compares numbers, not objects: a group that lost ten objects and got ten others
/// of the same size is unchanged.
///
/// ```
/// # let old = include_bytes!("../../tests/snapshots/tiny.heapsnapshot").as_slice();
/// # let new = include_bytes!("../../tests/snapshots/tiny_later.heapsnapshot").as_slice();
/// use cdp_heapprofiler::snapshot::{self, ChangeKind, Comparison};
///
/// let (_, old) = snapshot::summarize(old)?;
/// let (_, new) = snapshot::summarize(new)?;
/// let comparison = Comparison::new(&old, &new);
/// for change in comparison.changes() {
///     println!("{:+} bytes, {:+} objects: {}", change.size_delta(), change.count_delta(), change.name);
/// }
/// let most = &comparison.changes()[0];
/// assert_eq!((most.name.as_str(), most.kind()), ("Leak", ChangeKind::Grown));
/// assert_eq!((most.size_delta(), most.count_delta()), (480, 2));
/// # Ok::<(), cdp_heapprofiler::snapshot::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    total: Change,
    changes: Vec<Change>,
}

/// A group of objects, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The constructor; empty for all objects together.
    pub name: String,
    /// The objects in the old snapshot.
    pub old: Tally,
    /// The objects in the new one.
    pub new: Tally,
}

/// How a group of objects changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Not there before.
    New,
    /// Not there any more.
    Gone,
    /// Larger in bytes, or as large and more.
    Grown,
    /// Smaller in bytes, or as large and fewer.
    Shrunk,
    /// As many objects with as many bytes.
    Unchanged,
}

impl Change {
    /// How the group changed.
    pub fn kind(&self) -> ChangeKind {
        let Self { old, new, .. } = self;
        let order = (new.self_size, new.count).cmp(&(old.self_size, old.count));
        match (old.count, new.count, order) {
            (_, _, Ordering::Equal) => ChangeKind::Unchanged,
            (0, _, _) => ChangeKind::New,
            (_, 0, _) => ChangeKind::Gone,
            (_, _, Ordering::Greater) => ChangeKind::Grown,
            (_, _, Ordering::Less) => ChangeKind::Shrunk,
        }
    }

    /// How many bytes more of self size there are; less, if negative.
    pub fn size_delta(&self) -> i64 {
        delta(self.old.self_size, self.new.self_size)
    }

    /// How many objects more there are; fewer, if negative.
    pub fn count_delta(&self) -> i64 {
        delta(self.old.count, self.new.count)
    }
}

impl Comparison {
    /// Compares two summaries.
    pub fn new(old: &Summary, new: &Summary) -> Self {
        let mut changes = merged(old.constructors(), new.constructors());
        changes.retain(|change| change.kind() != ChangeKind::Unchanged);
        // In the order of the names before.
        changes.sort_by_key(|change| {
            let (size, count) = (change.size_delta(), change.count_delta());
            std::cmp::Reverse((size.unsigned_abs(), count.unsigned_abs()))
        });
        Self {
            total: Change {
                name: String::new(),
                old: old.total(),
                new: new.total(),
            },
            changes,
        }
    }

    /// All objects together.
    pub fn total(&self) -> &Change {
        &self.total
    }

    /// The constructors that changed, those first that changed by the most bytes, be
    /// it more or less. Of equal ones, the change of the count decides, then the name.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The changes of a kind, in the same order.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.kind() == kind)
    }
}

/// Joins groups of equal names. Both are in the order of the names.
fn merged(old: &[Group], new: &[Group]) -> Vec<Change> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut changes = Vec::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => old.name.cmp(&new.name),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changes,
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        let tally = |group: Option<&Group>| group.map_or(Tally::default(), |group| group.tally);
        let name = before.or(after).map(|group| group.name.clone());
        changes.push(Change {
            name: name.unwrap_or_default(),
            old: tally(before),
            new: tally(after),
        });
    }
}

fn delta(old: u64, new: u64) -> i64 {
    let distance = i64::try_from(old.abs_diff(new)).unwrap_or(i64::MAX);
    if new < old {
        -distance
    } else {
        distance
    }
}
