//! What a difference is about: `HeapProfiler.takeHeapSnapshot`, parameter
//! `exposeInternals`.

use std::fmt;

/// A domain, an item of it, or a member of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The name of the domain.
    pub domain: String,
    /// The item, by kind and name without its domain.
    pub item: Option<(ItemKind, String)>,
    /// The member of the item, by kind and name.
    pub member: Option<(MemberKind, String)>,
}

/// What an item of a domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A type.
    Type,
    /// A command.
    Command,
    /// An event.
    Event,
}

/// What a member is to its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberKind {
    /// Of a type.
    Property,
    /// Of a command or an event.
    Parameter,
    /// Of a command.
    Return,
}

impl ItemKind {
    /// The word for it: `command`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Command => "command",
            Self::Event => "event",
        }
    }
}

impl MemberKind {
    /// The word for it: `parameter`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Parameter => "parameter",
            Self::Return => "return",
        }
    }
}

impl Path {
    /// The domain of a name.
    pub fn domain(name: &str) -> Self {
        Self {
            domain: name.to_owned(),
            item: None,
            member: None,
        }
    }

    pub(crate) fn item(&self, kind: ItemKind, name: &str) -> Self {
        Self {
            item: Some((kind, name.to_owned())),
            ..self.clone()
        }
    }

    pub(crate) fn member(&self, kind: MemberKind, name: &str) -> Self {
        Self {
            member: Some((kind, name.to_owned())),
            ..self.clone()
        }
    }

    /// The domain or the item, by its qualified name: `Runtime.evaluate`.
    pub fn name(&self) -> String {
        match &self.item {
            Some((_, name)) => format!("{}.{name}", self.domain),
            None => self.domain.clone(),
        }
    }

    /// What it is, as part of a sentence, with its article and its kind.
    pub fn words(&self) -> String {
        let item = format!("the {} `{}`", self.word(), self.name());
        match &self.member {
            Some((kind, name)) => format!("the {} `{name}` of {item}", kind.word()),
            None => item,
        }
    }

    /// What the domain or the item is: `domain`, `command`.
    pub fn word(&self) -> &'static str {
        self.item.as_ref().map_or("domain", |(kind, _)| kind.word())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.word(), self.name())?;
        match &self.member {
            Some((kind, name)) => write!(f, ", {} `{name}`", kind.word()),
            None => Ok(()),
        }
    }
}
