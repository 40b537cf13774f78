//! What the documents say: nothing resolved, every fact with its place.

mod item;

use crate::fact::Facts;
use crate::range::Bounds;
use crate::source::{SourceId, Span};

pub(crate) use item::Item;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// One domain as a document states it; some state several. It has no domain if its
/// domain heading is missing or no name.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub source: SourceId,
    pub domain: Option<Domain>,
    /// How its markdown is laid out; `None` if it is no markdown.
    pub generation: Option<Generation>,
    /// `None` where the way it is written knows none.
    pub definitions: Option<Vec<Definition>>,
    /// Where the types of the domain are used, as the document has it.
    pub back_links: Vec<BackLinks>,
    /// Every reference of the domain, in order.
    pub references: Vec<Spanned<QName>>,
    /// The domain of which some heading could not be read, if any.
    pub incomplete: Option<String>,
}

/// The layouts that documents of the protocol have had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    /// Commands and events; no types.
    A,
    /// The seed's, and with additions the project's own.
    B,
    /// States what is optional, experimental or deprecated.
    C,
    /// As C, and where each type is used.
    D,
}

impl std::fmt::Display for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self, f)
    }
}

/// `*property of type*` and its entries: some of the places where a type is used.
#[derive(Clone, Debug)]
pub(crate) struct BackLinks {
    pub usage: Usage,
    /// The label.
    pub span: Span,
    /// The type that is used.
    pub name: QName,
    pub users: Vec<Spanned<QName>>,
}

/// How a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Usage {
    Property,
    Parameter,
    Return,
    Event,
}

impl Usage {
    pub(crate) const ALL: [Self; 4] = [Self::Property, Self::Parameter, Self::Return, Self::Event];

    /// The label of its section.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Property => "property of type",
            Self::Parameter => "accepted by command",
            Self::Return => "returned from command",
            Self::Event => "parameter in event",
        }
    }

    /// What kind of item uses a type so.
    pub(crate) fn user(self) -> &'static str {
        match self {
            Self::Property => "type",
            Self::Parameter | Self::Return => "command",
            Self::Event => "event",
        }
    }
}

/// A domain, whole or, in an overlay, what is to be added to it.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub head: Head,
    pub dependencies: Vec<Spanned<String>>,
    pub types: Vec<TypeDef>,
    pub commands: Vec<Command>,
    pub events: Vec<Event>,
}

/// What domains, types, commands, events and members have in common.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// The name without its domain.
    pub name: Spanned<String>,
    pub experimental: Option<Span>,
    pub deprecated: Option<Span>,
    /// The description, its lines joined by `\n`.
    pub text: Option<Spanned<String>>,
    /// Only in overlays.
    pub reason: Option<Reason>,
    pub coverage: Coverage,
}

/// How what is described relates to what targets have. Members have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// `*part* why`: there is more to it.
    pub part: Option<Spanned<String>>,
    /// `*some* why`: only some targets have it. Only of domains.
    pub some: Option<Spanned<String>>,
}

/// Why an overlay says something, and whether the base document has the item.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    pub intent: Intent,
    /// The label, `*adds*` or `*amends*`.
    pub span: Span,
    pub text: String,
    /// What it is a reason for; known once the overlay has been applied.
    pub states: Facts,
}

/// What an overlay entry means to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    /// To state an item that the base document does not have.
    Adds,
    /// To change an item that the base document has.
    Amends,
}

/// `type: Domain.Name = base`
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub head: Head,
    pub base: Spanned<TypeExpr>,
    pub properties: Vec<Member>,
    pub literals: Vec<Spanned<String>>,
}

/// `command: Domain.name()`
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub head: Head,
    /// The domain that has the command now.
    pub redirect: Option<Spanned<String>>,
    pub parameters: Vec<Member>,
    pub returns: Vec<Member>,
}

/// `event: Domain.name`
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub head: Head,
    pub parameters: Vec<Member>,
}

/// A property, parameter or return.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub head: Head,
    /// `None` where the document does not say: the seed's generation cannot.
    pub optional: Option<Spanned<bool>>,
    pub ty: Spanned<TypeExpr>,
    pub literals: Vec<Spanned<String>>,
    /// Only of parameters of commands.
    pub range: Option<Range>,
}

/// `*range* 1..=147 why`
#[derive(Clone, Debug)]
pub(crate) struct Range {
    pub bounds: Spanned<Bounds>,
    pub why: String,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeExpr {
    Primitive(Primitive),
    Ref(QName),
    /// The items are not said in the bases of the seed's generation.
    Array(Option<Box<TypeExpr>>),
}

/// A type that the protocol need not define.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    Integer,
    Number,
    Boolean,
    String,
    Object,
    Any,
    /// Bytes, as a string of base64.
    Binary,
}

impl Primitive {
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("string", Self::String),
        ("object", Self::Object),
        ("any", Self::Any),
        ("binary", Self::Binary),
    ];

    pub(crate) fn of(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(name, _)| *name == word)?;
        Some(found.1)
    }

    pub(crate) fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, primitive)| *primitive == self);
        found.map_or("", |(word, _)| word)
    }
}

/// `Domain.Name`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct QName {
    pub domain: String,
    pub name: String,
}

impl std::fmt::Display for QName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.domain, self.name)
    }
}

/// `[label]: target`
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub label: Spanned<QName>,
    /// `None` if it could not be read.
    pub target: Option<Spanned<String>>,
    pub title: Option<Spanned<String>>,
}
