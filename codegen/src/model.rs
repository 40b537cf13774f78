//! What is true of the protocol: every reference resolved, every overlay
//! applied. The model is made by `resolve` and read-only from
//! then on: whoever emits from it finds facts here and decides nothing.

use crate::fact::Facts;
use crate::range::Bounds;
use crate::source::Span;

/// The whole protocol of a run.
#[derive(Clone, Debug, Default)]
pub struct Protocol {
    /// The domains, ordered by name.
    pub domains: Vec<Domain>,
    /// The types of all domains, domain by domain in the order of the documents.
    pub types: Vec<TypeDef>,
}

impl Protocol {
    /// The domain of an id.
    pub fn domain(&self, id: DomainId) -> &Domain {
        &self.domains[id.0]
    }

    /// The type of an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}

/// A domain, by its place in [`Protocol::domains`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId(pub(crate) usize);

/// A type, by its place in [`Protocol::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// What is said of a domain, type, command, event or member alike.
#[derive(Clone, Debug)]
pub struct About {
    /// The name on the wire, without its domain. It is an ASCII identifier:
    /// `[A-Za-z_][A-Za-z0-9_]*`.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// The description as the document has it, line breaks kept; empty if none.
    pub text: String,
    /// Why the overlay says what the base document does not, if it does.
    pub reason: Option<String>,
    /// The facts that the overlay says, and that the reason is one for.
    pub stated: Facts,
    /// Why not all of it is described, if not all of it is: targets have more items
    /// in the domain, or more members in the item.
    pub part: Option<String>,
    /// May change or go away without notice.
    pub experimental: bool,
    /// Is about to go away.
    pub deprecated: bool,
}

/// A domain with its items, each in the order of the documents.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Name, description and marks.
    pub about: About,
    /// Why some targets do not have the domain, if they do not.
    pub some: Option<String>,
    /// The documents it was read from, base first: `spec/heapprofiler.md`.
    pub documents: Vec<String>,
    /// The domains it says it depends on.
    pub dependencies: Vec<Dependency>,
    /// Its types.
    pub types: Vec<TypeId>,
    /// Its commands.
    pub commands: Vec<Command>,
    /// Its events.
    pub events: Vec<Event>,
}

/// A domain that another one depends on.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The name of the domain.
    pub domain: String,
    /// Where it is stated.
    pub span: Span,
}

/// A type with a name.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// The domain it belongs to.
    pub domain: DomainId,
    /// Name, description and marks.
    pub about: About,
    /// What it is made of.
    pub shape: Shape,
    /// Which way it goes over the wire.
    pub direction: Direction,
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known properties; never without one.
    Object(Vec<Member>),
    /// A string that is one of the known literals, or one that came later;
    /// never without a literal.
    Enum(Vec<Literal>),
    /// Any other type under a name of its own: a string, a number, an array,
    /// an object of unknown properties.
    Alias(Type),
}

/// One known value of a string.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The value on the wire: any text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Which way a type goes: reached from parameters of commands, from returns and
/// events, or from both. A type that nothing reaches counts as both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direction {
    /// Some command has it among its parameters.
    pub sent: bool,
    /// Some command returns it, or some event carries it.
    pub received: bool,
}

/// A command: what is sent and what comes back.
#[derive(Clone, Debug)]
pub struct Command {
    /// Name, description and marks.
    pub about: About,
    /// The name of the domain that has the command now, if it has moved.
    pub redirect: Option<String>,
    /// What is sent.
    pub parameters: Vec<Member>,
    /// What comes back.
    pub returns: Vec<Member>,
}

/// An event: what the target sends unasked.
#[derive(Clone, Debug)]
pub struct Event {
    /// Name, description and marks.
    pub about: About,
    /// What it carries.
    pub parameters: Vec<Member>,
}

/// A property of a type, a parameter, or a return.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name, description and marks.
    pub about: About,
    /// Its type.
    pub ty: Type,
    /// The known values of a string; empty if it is no enum.
    pub literals: Vec<Literal>,
    /// The values that do no harm, if it is a parameter of which others do.
    pub range: Option<Range>,
    /// May be left out.
    pub optional: bool,
    /// No document says that it may be left out: it follows from the member
    /// holding its own type, for a value would have no end otherwise.
    pub optional_inferred: bool,
    /// Holds its own type, directly or through others, without an array in
    /// between: it needs a place of its own on the heap.
    pub boxed: bool,
}

/// The values of a parameter that may be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lowest and the highest of them.
    pub bounds: Bounds,
    /// What others do to a target, line breaks kept.
    pub why: String,
}

/// The type of a member, or of the items of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A text.
    String,
    /// An object of unknown properties.
    Object,
    /// Any JSON value.
    Any,
    /// Bytes, as a string of base64 on the wire.
    Binary,
    /// A list; `None` where the document does not say of what.
    Array(Option<Box<Type>>),
    /// A type of the protocol.
    Ref(TypeId),
    /// A type of a domain that no document of the run describes, by its domain
    /// and name. Only found when the run was told to keep such references.
    External(String, String),
}
