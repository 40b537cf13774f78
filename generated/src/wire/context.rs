//! What a decode carries down into the values, and brings back if it fails.

use serde_core::de::Error;

/// How many levels of objects and arrays [`decode`](crate::decode) reads into,
/// one inside the other.
///
/// A sampling profile nests two levels per stack frame and three around them. V8
/// cuts stacks at 300 frames, so a real profile nests some 605 levels. Values of
/// the type `any` and members that the bindings do not know are not read into: they
/// may be as deep as they like.
///
/// At the limit, decoding takes 1.2 MiB of stack in a debug build and 0.3 MiB in a
/// release build; cloning, comparing, printing, encoding and dropping take half of
/// that or less in a debug build. A thread has 2 MiB unless made with less.
pub const MAX_DEPTH: usize = 768;

/// The state of one decode: how deep it is, and while it fails, where.
#[derive(Debug, Default)]
pub struct Context {
    depth: usize,
    /// Whether to fail at what takes care to read, since the document is then read again
    /// with care.
    pub(crate) quick: bool,
    /// From the innermost step outwards: recorded only while an error unwinds.
    pub(crate) steps: Vec<Step>,
    /// The innermost object that failed.
    pub(crate) owner: Option<&'static str>,
    pub(crate) failure: Option<Failure>,
}

/// One step of the path to a value.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Member(String),
    Index(usize),
}

/// What this module found wrong, as against what the JSON parser did.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    Depth,
    Missing(&'static str),
}

impl Context {
    /// Of a first attempt, which is not the last.
    pub(crate) fn quick() -> Self {
        Self {
            quick: true,
            ..Self::default()
        }
    }

    /// Enters an object or an array.
    pub(crate) fn enter<E: Error>(&mut self) -> Result<(), E> {
        if self.depth == MAX_DEPTH {
            self.failure = Some(Failure::Depth);
            return Err(E::custom(format_args!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.depth += 1;
        Ok(())
    }

    /// Leaves what [`enter`](Self::enter) entered. A failed decode need not.
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    #[cold]
    pub(crate) fn missing<E: Error>(&mut self, owner: &'static str, member: &'static str) -> E {
        self.owner = Some(owner);
        self.failure = Some(Failure::Missing(member));
        E::custom(format_args!(
            "`{owner}` lacks its required member `{member}`"
        ))
    }

    #[cold]
    pub(crate) fn failed_at_member(&mut self, owner: &'static str, name: &str) {
        self.owner.get_or_insert(owner);
        self.steps.push(Step::Member(name.to_owned()));
    }

    #[cold]
    pub(crate) fn failed_at_index(&mut self, index: usize) {
        self.steps.push(Step::Index(index));
    }
}
