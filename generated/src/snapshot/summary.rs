//! What a snapshot holds, in numbers a person can use.

/// How many objects, and how large they are without what they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// Their own sizes together, in bytes.
    pub self_size: u64,
}

impl Tally {
    /// A tally of so many objects of so many bytes together.
    pub fn new(count: u64, self_size: u64) -> Self {
        Self { count, self_size }
    }

    #[inline]
    pub(super) fn add(&mut self, self_size: u64) {
        self.merge(Self::new(1, self_size));
    }

    #[inline]
    pub(super) fn merge(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.self_size = self.self_size.saturating_add(other.self_size);
    }
}

/// Objects that have something in common: their type or their constructor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// The name of the type or the constructor, with U+FFFD for lone surrogates.
    pub name: String,
    /// The objects.
    pub tally: Tally,
}

impl Group {
    pub(super) fn new(name: String, tally: Tally) -> Self {
        Self { name, tally }
    }
}

/// What a snapshot holds: all in all, by type, and by constructor.
///
/// A type is what V8 calls one, by its name in the snapshot's own `meta`: `object`,
/// `string`, `closure` and so on.
///
/// Constructors are grouped as Chrome DevTools groups them. For nodes of the types
/// `object` and `native` the constructor is the node's name, such as `Array`,
/// `MyClass` or `system / JSArrayBufferData`; of a name like `<div id="a">`, only
/// `<div>`. `closure` is `Function`, `regexp` is `RegExp`, `code` is
/// `(compiled code)`, `hidden` is `(system)`, and any other type is its own name in
/// brackets, such as `(string)`, `(array)` or `(object shape)`. Types and names that
/// come to the same are one group.
///
/// ```
/// # let snapshot = include_bytes!("../../tests/snapshots/tiny.heapsnapshot").as_slice();
/// use cdp_heapprofiler::snapshot;
///
/// let (facts, summary) = snapshot::summarize(snapshot)?;
/// assert_eq!(summary.total().count, facts.nodes);
/// for group in summary.largest(10) {
///     println!("{:>12} {:>8} {}", group.tally.self_size, group.tally.count, group.name);
/// }
/// assert_eq!(summary.largest(1)[0].name, "Leak");
/// assert_eq!(summary.constructor("Leak").self_size, 240);
/// # Ok::<(), cdp_heapprofiler::snapshot::ReadError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    total: Tally,
    edges: u64,
    detached: Option<Tally>,
    types: Vec<Group>,
    constructors: Vec<Group>,
}

impl Summary {
    pub(super) fn new(
        total: Tally,
        edges: u64,
        detached: Option<Tally>,
        types: impl Iterator<Item = Group>,
        constructors: impl Iterator<Item = Group>,
    ) -> Self {
        Self {
            total,
            edges,
            detached,
            types: sorted(types),
            constructors: sorted(constructors),
        }
    }

    /// All nodes, those that V8 adds on its own included.
    pub fn total(&self) -> Tally {
        self.total
    }

    /// How many references there are from node to node.
    pub fn edges(&self) -> u64 {
        self.edges
    }

    /// The nodes that are known to be detached: elements that are in no document any
    /// more, and what the program around V8 calls so. `None` if the snapshot does not
    /// tell.
    pub fn detached(&self) -> Option<Tally> {
        self.detached
    }

    /// The nodes by type, the names in order. Types without nodes are left out.
    pub fn types(&self) -> &[Group] {
        &self.types
    }

    /// The nodes by constructor, the names in order.
    pub fn constructors(&self) -> &[Group] {
        &self.constructors
    }

    /// The nodes of a constructor; zero if there are none.
    pub fn constructor(&self, name: &str) -> Tally {
        let found = self
            .constructors
            .binary_search_by(|group| group.name.as_str().cmp(name));
        found.map_or(Tally::default(), |index| self.constructors[index].tally)
    }

    /// The constructors with the largest self size, the largest first, at most so
    /// many. Of equal ones, the name decides.
    pub fn largest(&self, limit: usize) -> Vec<&Group> {
        self.first(limit, |tally| (tally.self_size, tally.count))
    }

    /// The constructors with the most nodes, the first with the most, at most so many.
    /// Of equal ones, the name decides.
    pub fn most(&self, limit: usize) -> Vec<&Group> {
        self.first(limit, |tally| (tally.count, tally.self_size))
    }

    fn first(&self, limit: usize, key: impl Fn(Tally) -> (u64, u64)) -> Vec<&Group> {
        let mut groups: Vec<_> = self.constructors.iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(key(group.tally)));
        groups.truncate(limit);
        groups
    }
}

fn sorted(groups: impl Iterator<Item = Group>) -> Vec<Group> {
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups
}
