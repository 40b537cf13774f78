//! Two protocols side by side: what differs, fact by fact.
//!
//! The order of items, members and literals is no difference, nor is the way in
//! which a document writes a fact: an object without properties is an object of
//! unknown ones, and a reference is what it refers to.

mod definable;
mod path;

use std::collections::BTreeMap;

pub use definable::definable;
pub use path::{ItemKind, MemberKind, Path};

use crate::fact::Fact;
use crate::model::{
    About, Command, Domain, Event, Literal, Member, Protocol, Range, Shape, Type, TypeDef,
};
use crate::source::Span;

/// One of two protocols that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The one that was named first.
    First,
    /// The other.
    Second,
}

/// One fact in which two protocols differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What differs.
    pub path: Path,
    /// In what.
    pub change: Change,
    /// Where the first protocol has it, or what it belongs to.
    pub first: Option<Span>,
    /// Where the second protocol has it, or what it belongs to.
    pub second: Option<Span>,
    /// Why the first protocol says so, if an overlay says it there, or why it
    /// describes only part of what the second has.
    pub reason: Option<String>,
}

/// How something differs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// Only one protocol has the domain, type, command or event. Nothing is said
    /// of what belongs to it.
    Item(Side),
    /// Only one protocol has the member.
    Member {
        /// The one that has it.
        only: Side,
        /// Its type there.
        ty: String,
        /// May be left out there.
        optional: bool,
    },
    /// The type of a member, or the base of a type: `array of Runtime.ScriptId`.
    Type {
        /// That of the first protocol.
        first: String,
        /// That of the second.
        second: String,
    },
    /// The member may be left out in this protocol only.
    Optional(Side),
    /// Only one protocol knows the literal.
    Literal {
        /// The one that knows it.
        only: Side,
        /// The literal.
        text: String,
    },
    /// Experimental in this protocol only.
    Experimental(Side),
    /// Deprecated in this protocol only.
    Deprecated(Side),
    /// The domain that a command has moved to.
    Redirect {
        /// That of the first protocol.
        first: Option<String>,
        /// That of the second.
        second: Option<String>,
    },
    /// Only one protocol has the domain depend on another.
    Dependency {
        /// The one that has it so.
        only: Side,
        /// The domain that it depends on.
        domain: String,
    },
    /// The values of a parameter that do no harm: `1..=147`.
    Range {
        /// Those of the first protocol.
        first: Option<String>,
        /// Those of the second.
        second: Option<String>,
    },
    /// The description, the reason of an overlay, why something is described in part
    /// or is on some targets only, or the words of a range. No fact, but worth a look.
    Text {
        /// That of the first protocol; empty if it has none.
        first: String,
        /// That of the second.
        second: String,
    },
}

impl Change {
    /// The kind of the change, in a word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Item(_) => "item",
            Self::Member { .. } => "member",
            Self::Type { .. } => "type",
            Self::Optional(_) => "optional",
            Self::Literal { .. } => "literal",
            Self::Experimental(_) => "experimental",
            Self::Deprecated(_) => "deprecated",
            Self::Redirect { .. } => "redirect",
            Self::Dependency { .. } => "dependency",
            Self::Range { .. } => "range",
            Self::Text { .. } => "text",
        }
    }

    /// The protocol that alone has it, if it is something to have.
    pub fn only(&self) -> Option<Side> {
        match self {
            Self::Item(only)
            | Self::Member { only, .. }
            | Self::Optional(only)
            | Self::Literal { only, .. }
            | Self::Experimental(only)
            | Self::Deprecated(only)
            | Self::Dependency { only, .. } => Some(*only),
            Self::Type { .. } | Self::Redirect { .. } | Self::Range { .. } | Self::Text { .. } => {
                None
            }
        }
    }

    /// What an overlay must state for its reason to be a reason for this.
    fn fact(&self) -> Option<Fact> {
        match self {
            Self::Item(_) | Self::Member { .. } => Some(Fact::Existence),
            Self::Type { .. } => Some(Fact::Type),
            Self::Optional(_) => Some(Fact::Optional),
            Self::Literal { .. } => Some(Fact::Literals),
            Self::Experimental(_) => Some(Fact::Experimental),
            Self::Deprecated(_) => Some(Fact::Deprecated),
            Self::Redirect { .. } => Some(Fact::Redirect),
            Self::Dependency { .. } => Some(Fact::Dependencies),
            Self::Range { .. } => Some(Fact::Range),
            Self::Text { .. } => None,
        }
    }

    /// What a protocol says, as text; `None` where it says nothing.
    pub fn says(&self, side: Side) -> Option<String> {
        let if_only = |only: &Side, text: &str| (*only == side).then(|| text.to_owned());
        let of = |first: &Option<String>, second: &Option<String>| match side {
            Side::First => first.clone(),
            Side::Second => second.clone(),
        };
        match self {
            Self::Item(only) => if_only(only, "present"),
            Self::Member { only, ty, optional } => {
                let word = if *optional { "optional " } else { "" };
                if_only(only, &format!("{word}{ty}"))
            }
            Self::Optional(only) if *only == side => Some("optional".to_owned()),
            Self::Optional(_) => Some("required".to_owned()),
            Self::Literal { only, text } => if_only(only, text),
            Self::Experimental(only) => if_only(only, "experimental"),
            Self::Deprecated(only) => if_only(only, "deprecated"),
            Self::Dependency { only, domain } => if_only(only, domain),
            Self::Redirect { first, second } | Self::Range { first, second } => of(first, second),
            Self::Type { first, second } | Self::Text { first, second } => {
                let text = of(&Some(first.clone()), &Some(second.clone()));
                text.filter(|text| !text.is_empty())
            }
        }
    }
}

/// Compares two protocols. The differences come in the order of their paths,
/// whatever the order of the documents.
pub fn compare(first: &Protocol, second: &Protocol) -> Vec<Difference> {
    let mut comparison = Comparison {
        first,
        second,
        found: Vec::new(),
    };
    let domains = pairs(&first.domains, &second.domains, |domain| {
        domain.about.name.as_str()
    });
    for (name, pair) in domains {
        comparison.domain(&Path::domain(name), pair);
    }
    comparison.found
}

/// What one protocol has, the other, or both.
#[derive(Clone, Copy)]
enum Pair<'a, T> {
    Only(Side, &'a T),
    Both(&'a T, &'a T),
}

/// What is compared with what.
type Places<'a> = (&'a About, &'a About);

struct Comparison<'a> {
    first: &'a Protocol,
    second: &'a Protocol,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn domain(&mut self, path: &Path, pair: Pair<'_, Domain>) {
        let (first, second) = match pair {
            Pair::Only(only, domain) => {
                let why = domain.some.as_ref().filter(|_| only == Side::First);
                let place = Some(domain.about.span);
                return self.found.push(Difference {
                    path: path.clone(),
                    change: Change::Item(only),
                    first: place.filter(|_| only == Side::First),
                    second: place.filter(|_| only == Side::Second),
                    reason: why.cloned(),
                });
            }
            Pair::Both(first, second) => (first, second),
        };
        let places = (&first.about, &second.about);
        self.about(path, places);
        self.words(path, places, (&first.some, &second.some));
        self.dependencies(path, first, second);
        let types = (types(self.first, first), types(self.second, second));
        for (name, pair) in pairs(&types.0, &types.1, |item| item.about.name.as_str()) {
            self.type_def(&path.item(ItemKind::Type, name), places, pair);
        }
        for (name, pair) in pairs(&first.commands, &second.commands, |item| &item.about.name) {
            self.command(&path.item(ItemKind::Command, name), places, pair);
        }
        for (name, pair) in pairs(&first.events, &second.events, |item| &item.about.name) {
            self.event(&path.item(ItemKind::Event, name), places, pair);
        }
    }

    fn type_def(&mut self, path: &Path, domains: Places<'_>, pair: Pair<'_, &TypeDef>) {
        let Some((first, second)) = self.item(path, domains, pair, |item| &item.about) else {
            return;
        };
        let places = (&first.about, &second.about);
        let base = (
            base(self.first, &first.shape),
            base(self.second, &second.shape),
        );
        self.types(path, places, base);
        self.literals(path, places, (listed(&first.shape), listed(&second.shape)));
        let properties = (properties(&first.shape), properties(&second.shape));
        self.members(path, places, MemberKind::Property, properties);
    }

    fn command(&mut self, path: &Path, domains: Places<'_>, pair: Pair<'_, Command>) {
        let Some((first, second)) = self.item(path, domains, pair, |item| &item.about) else {
            return;
        };
        let places = (&first.about, &second.about);
        if first.redirect != second.redirect {
            let change = Change::Redirect {
                first: first.redirect.clone(),
                second: second.redirect.clone(),
            };
            self.push(path, places, change);
        }
        let parameters = (first.parameters.as_slice(), second.parameters.as_slice());
        self.members(path, places, MemberKind::Parameter, parameters);
        let returns = (first.returns.as_slice(), second.returns.as_slice());
        self.members(path, places, MemberKind::Return, returns);
    }

    fn event(&mut self, path: &Path, domains: Places<'_>, pair: Pair<'_, Event>) {
        if let Some((first, second)) = self.item(path, domains, pair, |item| &item.about) {
            let places = (&first.about, &second.about);
            let parameters = (first.parameters.as_slice(), second.parameters.as_slice());
            self.members(path, places, MemberKind::Parameter, parameters);
        }
    }

    /// Compares what all items have in common. Both of the pair, if there are two.
    fn item<'b, T>(
        &mut self,
        path: &Path,
        domains: Places<'_>,
        pair: Pair<'b, T>,
        about: impl Fn(&T) -> &About,
    ) -> Option<(&'b T, &'b T)> {
        match pair {
            Pair::Only(side, item) => {
                self.push_only(path, domains, (side, about(item)), Change::Item(side));
                None
            }
            Pair::Both(first, second) => {
                self.about(path, (about(first), about(second)));
                Some((first, second))
            }
        }
    }

    fn members(
        &mut self,
        path: &Path,
        items: Places<'_>,
        kind: MemberKind,
        members: (&[Member], &[Member]),
    ) {
        for (name, pair) in pairs(members.0, members.1, |member| &member.about.name) {
            let path = path.member(kind, name);
            match pair {
                Pair::Only(only, member) => {
                    let change = Change::Member {
                        only,
                        ty: expression(self.protocol(only), &member.ty),
                        optional: member.optional,
                    };
                    self.push_only(&path, items, (only, &member.about), change);
                }
                Pair::Both(first, second) => self.member(&path, first, second),
            }
        }
    }

    fn member(&mut self, path: &Path, first: &Member, second: &Member) {
        let places = (&first.about, &second.about);
        self.about(path, places);
        let types = (
            expression(self.first, &first.ty),
            expression(self.second, &second.ty),
        );
        self.types(path, places, types);
        if let Some(only) = only(first.optional, second.optional) {
            self.push(path, places, Change::Optional(only));
        }
        self.literals(path, places, (&first.literals, &second.literals));
        let bounds = |range: &Option<Range>| range.as_ref().map(|range| range.bounds.to_string());
        let (first, second) = (&first.range, &second.range);
        if bounds(first) != bounds(second) {
            let (first, second) = (bounds(first), bounds(second));
            self.push(path, places, Change::Range { first, second });
        } else if let (Some(first), Some(second)) = (first, second) {
            self.text(path, places, (&first.why, &second.why));
        }
    }

    fn about(&mut self, path: &Path, places: Places<'_>) {
        let (first, second) = places;
        if let Some(only) = only(first.experimental, second.experimental) {
            self.push(path, places, Change::Experimental(only));
        }
        if let Some(only) = only(first.deprecated, second.deprecated) {
            self.push(path, places, Change::Deprecated(only));
        }
        self.text(path, places, (&first.text, &second.text));
        self.words(path, places, (&first.reason, &second.reason));
        self.words(path, places, (&first.part, &second.part));
    }

    fn words(
        &mut self,
        path: &Path,
        places: Places<'_>,
        (first, second): (&Option<String>, &Option<String>),
    ) {
        let texts = [first, second].map(|words| words.as_deref().unwrap_or_default());
        self.text(path, places, texts.into());
    }

    fn text(&mut self, path: &Path, places: Places<'_>, texts: (&str, &str)) {
        if texts.0 != texts.1 {
            let (first, second) = (texts.0.to_owned(), texts.1.to_owned());
            self.push(path, places, Change::Text { first, second });
        }
    }

    fn types(&mut self, path: &Path, places: Places<'_>, types: (String, String)) {
        if types.0 != types.1 {
            let (first, second) = types;
            self.push(path, places, Change::Type { first, second });
        }
    }

    fn literals(&mut self, path: &Path, places: Places<'_>, literals: (&[Literal], &[Literal])) {
        for (text, pair) in pairs(literals.0, literals.1, |literal| &literal.text) {
            if let Pair::Only(only, literal) = pair {
                let text = text.to_owned();
                let change = Change::Literal { only, text };
                self.push_listed(path, places, (only, literal.span), change);
            }
        }
    }

    fn dependencies(&mut self, path: &Path, first: &Domain, second: &Domain) {
        let places = (&first.about, &second.about);
        let lists = (&first.dependencies, &second.dependencies);
        for (domain, pair) in pairs(lists.0, lists.1, |dependency| &dependency.domain) {
            if let Pair::Only(only, dependency) = pair {
                let domain = domain.to_owned();
                let change = Change::Dependency { only, domain };
                self.push_listed(path, places, (only, dependency.span), change);
            }
        }
    }

    fn push(&mut self, path: &Path, places: Places<'_>, change: Change) {
        let stated = change
            .fact()
            .is_some_and(|fact| places.0.stated.contains(&fact));
        self.found.push(Difference {
            path: path.clone(),
            reason: places.0.reason.clone().filter(|_| stated),
            change,
            first: Some(places.0.span),
            second: Some(places.1.span),
        });
    }

    /// Only one protocol has an entry of a list. A reason for the list is none for what
    /// the overlay did not bring.
    fn push_listed(
        &mut self,
        path: &Path,
        places: Places<'_>,
        (only, span): (Side, Span),
        change: Change,
    ) {
        self.push(path, places, change);
        let Some(pushed) = self.found.last_mut() else {
            return;
        };
        match only {
            Side::First => pushed.first = Some(span),
            Side::Second => pushed.second = Some(span),
        }
        if only == Side::Second || !is_overlaid(places.0, span) {
            pushed.reason = None;
        }
    }

    /// Only one protocol has the item or member; what it belongs to, both have.
    fn push_only(
        &mut self,
        path: &Path,
        owners: Places<'_>,
        (side, about): (Side, &About),
        change: Change,
    ) {
        let added = about.stated.contains(&Fact::Existence);
        let (reason, first, second) = match side {
            Side::First => {
                let reason = about.reason.as_ref().filter(|_| added);
                (reason, about.span, owners.1.span)
            }
            Side::Second => (owners.0.part.as_ref(), owners.0.span, about.span),
        };
        self.found.push(Difference {
            path: path.clone(),
            change,
            first: Some(first),
            second: Some(second),
            reason: reason.cloned(),
        });
    }

    fn protocol(&self, side: Side) -> &Protocol {
        match side {
            Side::First => self.first,
            Side::Second => self.second,
        }
    }
}

/// What is in either list, by name.
fn pairs<'a, T>(
    first: &'a [T],
    second: &'a [T],
    name: impl Fn(&'a T) -> &'a str,
) -> BTreeMap<&'a str, Pair<'a, T>> {
    let mut pairs: BTreeMap<&str, Pair<'_, T>> = first
        .iter()
        .map(|item| (name(item), Pair::Only(Side::First, item)))
        .collect();
    for item in second {
        let pair = match pairs.get(name(item)) {
            Some(&(Pair::Only(Side::First, known) | Pair::Both(known, _))) => {
                Pair::Both(known, item)
            }
            Some(Pair::Only(Side::Second, _)) | None => Pair::Only(Side::Second, item),
        };
        pairs.insert(name(item), pair);
    }
    pairs
}

/// Whether an entry of a list comes from the overlay: those of the base document stay
/// where they were stated.
fn is_overlaid(about: &About, entry: Span) -> bool {
    about.stated.contains(&Fact::Existence) || entry.source != about.span.source
}

fn only(first: bool, second: bool) -> Option<Side> {
    match (first, second) {
        (true, false) => Some(Side::First),
        (false, true) => Some(Side::Second),
        _ => None,
    }
}

/// A type as the dialect writes it, references by name.
fn expression(protocol: &Protocol, ty: &Type) -> String {
    match ty {
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::String => "string".to_owned(),
        Type::Object => "object".to_owned(),
        Type::Any => "any".to_owned(),
        Type::Binary => "binary".to_owned(),
        Type::Array(None) => "array".to_owned(),
        Type::Array(Some(items)) => format!("array of {}", expression(protocol, items)),
        Type::Ref(id) => {
            let target = protocol.type_def(*id);
            let domain = protocol.domain(target.domain);
            format!("{}.{}", domain.about.name, target.about.name)
        }
        Type::External(domain, name) => format!("{domain}.{name}"),
    }
}

fn types<'a>(protocol: &'a Protocol, domain: &Domain) -> Vec<&'a TypeDef> {
    let ids = domain.types.iter();
    ids.map(|&id| protocol.type_def(id)).collect()
}

fn base(protocol: &Protocol, shape: &Shape) -> String {
    match shape {
        Shape::Object(_) => "object".to_owned(),
        Shape::Enum(_) => "string".to_owned(),
        Shape::Alias(ty) => expression(protocol, ty),
    }
}

fn properties(shape: &Shape) -> &[Member] {
    match shape {
        Shape::Object(members) => members,
        Shape::Enum(_) | Shape::Alias(_) => &[],
    }
}

fn listed(shape: &Shape) -> &[Literal] {
    match shape {
        Shape::Enum(literals) => literals,
        Shape::Object(_) | Shape::Alias(_) => &[],
    }
}

#[cfg(test)]
mod tests;
