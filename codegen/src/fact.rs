//! What can be said of something, one by one: an overlay states some of it, and its
//! reason is a reason for that alone.

use std::collections::BTreeSet;

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// That it is there at all.
    Existence,
    /// The type of a member, the base of a type.
    Type,
    /// Whether it may be left out.
    Optional,
    /// The literals of a string.
    Literals,
    /// That it is experimental.
    Experimental,
    /// That it is deprecated.
    Deprecated,
    /// The domain that a command has moved to.
    Redirect,
    /// The domains that a domain depends on.
    Dependencies,
    /// The values of a parameter that do no harm.
    Range,
}

/// Kinds of facts, in their order.
pub type Facts = BTreeSet<Fact>;
