//! How the public API of the output changed, by its listing.

use std::collections::{BTreeMap, BTreeSet};

/// Where the output lists its public API, one item per line, below the
/// directory of the output.
pub const LISTING: &str = "api.txt";

/// The lines that differ between two listings, each list in the order of its
/// listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ApiChange {
    /// Items that are only in the new listing.
    pub added: Vec<String>,
    /// Items that are only in the old listing.
    pub removed: Vec<String>,
    /// Items that are in both, but not the same: the old line and the new.
    pub changed: Vec<(String, String)>,
}

impl ApiChange {
    /// Compares two listings.
    pub fn between(old: &str, new: &str) -> Self {
        let gone = without(old, new);
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        for line in &gone {
            before.entry(name(line)).or_insert(line);
        }
        let mut change = Self::default();
        let mut paired = BTreeSet::new();
        for line in without(new, old) {
            match before.remove(name(line)) {
                Some(old) => {
                    paired.insert(old);
                    change.changed.push((old.to_owned(), line.to_owned()));
                }
                None => change.added.push(line.to_owned()),
            }
        }
        let removed = gone.into_iter().filter(|line| !paired.contains(line));
        change.removed = removed.map(str::to_owned).collect();
        change
    }

    /// Whether the listings have the same lines.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// The items of one listing that another does not have. A line that begins with
/// `#` and a blank is a remark.
fn without<'a>(listing: &'a str, other: &str) -> Vec<&'a str> {
    let other: BTreeSet<&str> = other.lines().collect();
    let items = listing.lines().filter(|line| !line.starts_with("# "));
    items.filter(|line| !other.contains(line)).collect()
}

/// The part of a line that stays when the item changes: kind and path, without
/// parameters, type or notes. An `impl` has no such part: it is there or not.
fn name(line: &str) -> &str {
    let item = line.strip_prefix("[mirror] ").unwrap_or(line);
    if item.starts_with("impl") {
        return item;
    }
    let ends = ["(", ": ", " = ", " #["].map(|end| item.find(end));
    &item[..ends.into_iter().flatten().min().unwrap_or(item.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_removed_or_changed() {
        let old = "pub struct dom::Node\npub field dom::Node::id: i64\npub fn dom::Node::gone()\n";
        let new = "pub struct dom::Node\npub field dom::Node::id: NodeId\npub struct dom::NodeId\n";
        let change = ApiChange::between(old, new);
        assert_eq!(change.added, ["pub struct dom::NodeId"]);
        assert_eq!(change.removed, ["pub fn dom::Node::gone()"]);
        let (before, after) = &change.changed[0];
        assert_eq!(before, "pub field dom::Node::id: i64");
        assert_eq!(after, "pub field dom::Node::id: NodeId");
    }

    #[test]
    fn a_note_is_part_of_its_item_and_a_remark_is_none() {
        let change = ApiChange::between("# old\npub enum a::B\n", "pub enum a::B #[deprecated]\n");
        assert_eq!((change.added.len(), change.removed.len()), (0, 0));
        assert_eq!(change.changed[0].1, "pub enum a::B #[deprecated]");
    }

    #[test]
    fn an_argument_that_is_an_impl_is_part_of_its_item() {
        let (old, new) = (
            "pub fn a::B::new(x: impl Into<C>)\n",
            "pub fn a::B::new(x: impl Into<D>)\n",
        );
        assert_eq!(ApiChange::between(old, new).changed.len(), 1);
    }

    #[test]
    fn an_item_that_leaves_or_joins_the_feature_is_changed() {
        let change = ApiChange::between("[mirror] impl Read for a::B\n", "impl Read for a::B\n");
        assert_eq!((change.added.len(), change.changed.len()), (0, 1));
    }

    #[test]
    fn an_impl_is_there_or_not() {
        let change = ApiChange::between("impl<C: A> X for C\n", "impl<C: B> Y for C\n");
        assert_eq!((change.added.len(), change.removed.len()), (1, 1));
    }

    #[test]
    fn the_order_of_lines_is_no_change() {
        assert!(ApiChange::between("a\nb\n", "b\na\n").is_empty());
    }
}
