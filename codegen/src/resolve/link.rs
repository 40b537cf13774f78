//! Names to ids: what every reference refers to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Described;
use crate::External;
use crate::diagnostic::Diagnostic;
use crate::ir::{self, Document, Generation, Primitive, QName, Spanned, TypeExpr};
use crate::model::{
    About, Command, Dependency, Direction, Domain, DomainId, Event, Literal, Member, Protocol,
    Range, Shape, Type, TypeDef, TypeId,
};
use crate::parse::suggest;
use crate::source::{Role, SourceId, Sources, Span};

/// Suggestions are looked for this often: each one reads every name.
const MOST_SUGGESTIONS: usize = 100;

/// Every name that the documents state, whatever else is wrong with them.
pub(super) struct Names {
    types: BTreeSet<QName>,
    /// Commands and events: they are no types, and referring to them is a slip.
    others: HashMap<QName, &'static str>,
    domains: BTreeSet<String>,
    /// Domains whose documents are of the generation that states no types.
    untyped: BTreeSet<String>,
    /// Their documents.
    untyped_documents: BTreeSet<SourceId>,
    /// Domains of which some heading could not be read: what seems unknown in
    /// them may stand below that heading.
    incomplete: BTreeSet<String>,
    /// Whether some base document could not be read at all.
    unreadable: bool,
    files: Vec<String>,
}

impl Names {
    pub(super) fn of(documents: &[Document], sources: &Sources) -> Self {
        let file = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
        let mut names = Self {
            types: BTreeSet::new(),
            others: HashMap::new(),
            domains: BTreeSet::new(),
            untyped: BTreeSet::new(),
            untyped_documents: BTreeSet::new(),
            incomplete: BTreeSet::new(),
            unreadable: false,
            files: sources
                .iter()
                .map(|(_, source)| file(&source.name))
                .collect(),
        };
        for document in documents {
            names.incomplete.extend(document.incomplete.clone());
            let role = sources.get(document.source).role;
            if document.generation == Some(Generation::A) {
                names.untyped_documents.insert(document.source);
                let domain = document.domain.iter();
                names
                    .untyped
                    .extend(domain.map(|domain| domain.head.name.value.clone()));
            }
            match &document.domain {
                Some(domain) => names.add(domain),
                None => names.unreadable |= role != Role::Overlay && document.incomplete.is_none(),
            }
        }
        names
    }

    fn add(&mut self, domain: &ir::Domain) {
        let qualified = |head: &ir::Head| QName {
            domain: domain.head.name.value.clone(),
            name: head.name.value.clone(),
        };
        self.domains.insert(domain.head.name.value.clone());
        self.types
            .extend(domain.types.iter().map(|item| qualified(&item.head)));
        let commands = domain
            .commands
            .iter()
            .map(|item| (qualified(&item.head), "command"));
        let events = domain
            .events
            .iter()
            .map(|item| (qualified(&item.head), "event"));
        self.others.extend(commands.chain(events));
    }

    /// Whether a reference to it is an error of its own.
    pub(super) fn is_unknown(&self, name: &QName) -> bool {
        !self.is_absent(name) && !self.types.contains(name)
    }

    /// Whether no document states the types of its domain.
    fn is_absent(&self, name: &QName) -> bool {
        !self.domains.contains(&name.domain) || self.untyped.contains(&name.domain)
    }

    pub(super) fn file_name(&self, id: SourceId) -> &str {
        &self.files[id.0 as usize]
    }

    fn suggestion(&self, name: &QName) -> Option<String> {
        let same_name = self.types.iter().find(|known| known.name == name.name);
        if let Some(known) = same_name.filter(|_| !self.domains.contains(&name.domain)) {
            return Some(known.to_string());
        }
        let domain = if self.domains.contains(&name.domain) {
            &name.domain
        } else {
            suggest(&name.domain, self.domains.iter().map(String::as_str))?
        };
        let types = self
            .types
            .iter()
            .filter(|known| known.domain == *domain && *known != name);
        let near = suggest(&name.name, types.map(|known| known.name.as_str()))?;
        Some(format!("{domain}.{near}"))
    }
}

/// Makes the model of the domains, and tells which members are stated to be
/// required.
pub(super) fn link(
    domains: Vec<Described>,
    names: &Names,
    external: External,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Protocol, BTreeSet<Span>) {
    let mut ids = HashMap::new();
    for described in &domains {
        for item in &described.domain.types {
            let name = QName {
                domain: described.domain.head.name.value.clone(),
                name: item.head.name.value.clone(),
            };
            let next = TypeId(ids.len());
            ids.entry(name).or_insert(next);
        }
    }
    let mut linker = Linker {
        ids,
        names,
        external,
        suggestions: BTreeMap::new(),
        diagnostics,
        protocol: Protocol::default(),
        required: BTreeSet::new(),
        told: BTreeSet::new(),
    };
    for described in domains {
        linker.domain(described);
    }
    (linker.protocol, linker.required)
}

struct Linker<'a> {
    ids: HashMap<QName, TypeId>,
    names: &'a Names,
    external: External,
    suggestions: BTreeMap<QName, Option<String>>,
    diagnostics: &'a mut Vec<Diagnostic>,
    protocol: Protocol,
    required: BTreeSet<Span>,
    /// Documents of which it was said that they state no types.
    told: BTreeSet<SourceId>,
}

impl Linker<'_> {
    fn domain(&mut self, described: Described) {
        let ir::Domain {
            head,
            dependencies,
            types,
            commands,
            events,
        } = described.domain;
        let id = DomainId(self.protocol.domains.len());
        let name = head.name.value.clone();
        let mut type_ids = Vec::with_capacity(types.len());
        for item in types {
            let known = self.ids.get(&QName {
                domain: name.clone(),
                name: item.head.name.value.clone(),
            });
            // The second of two types of a name is reported, and left out.
            if known == Some(&TypeId(self.protocol.types.len())) {
                type_ids.push(TypeId(self.protocol.types.len()));
                let type_def = self.type_def(id, item);
                self.protocol.types.push(type_def);
            }
        }
        let commands = commands
            .into_iter()
            .map(|item| self.command(item))
            .collect();
        let events = events.into_iter().map(|item| self.event(item)).collect();
        let some = head.coverage.some.clone().map(|why| why.value);
        self.protocol.domains.push(Domain {
            about: about(head),
            some,
            documents: described.documents,
            dependencies: dependencies.into_iter().map(dependency).collect(),
            types: type_ids,
            commands,
            events,
        });
    }

    fn type_def(&mut self, domain: DomainId, item: ir::TypeDef) -> TypeDef {
        let shape = if !item.literals.is_empty() {
            Shape::Enum(literals(item.literals))
        } else if !item.properties.is_empty() {
            Shape::Object(self.members(item.properties))
        } else {
            Shape::Alias(self.ty(&item.base))
        };
        TypeDef {
            domain,
            about: about(item.head),
            shape,
            direction: Direction::default(),
        }
    }

    fn command(&mut self, item: ir::Command) -> Command {
        Command {
            about: about(item.head),
            redirect: item.redirect.map(|domain| domain.value),
            parameters: self.members(item.parameters),
            returns: self.members(item.returns),
        }
    }

    fn event(&mut self, item: ir::Event) -> Event {
        Event {
            about: about(item.head),
            parameters: self.members(item.parameters),
        }
    }

    fn members(&mut self, members: Vec<ir::Member>) -> Vec<Member> {
        members
            .into_iter()
            .map(|member| self.member(member))
            .collect()
    }

    fn member(&mut self, member: ir::Member) -> Member {
        let optional = member.optional.map(|optional| optional.value);
        if optional == Some(false) {
            self.required.insert(member.head.name.span);
        }
        Member {
            ty: self.ty(&member.ty),
            about: about(member.head),
            literals: literals(member.literals),
            range: member.range.map(range),
            optional: optional == Some(true),
            optional_inferred: false,
            boxed: false,
        }
    }

    fn ty(&mut self, expr: &Spanned<TypeExpr>) -> Type {
        match &expr.value {
            TypeExpr::Primitive(primitive) => match primitive {
                Primitive::Integer => Type::Integer,
                Primitive::Number => Type::Number,
                Primitive::Boolean => Type::Boolean,
                Primitive::String => Type::String,
                Primitive::Object => Type::Object,
                Primitive::Any => Type::Any,
                Primitive::Binary => Type::Binary,
            },
            TypeExpr::Array(None) => Type::Array(None),
            TypeExpr::Array(Some(item)) => {
                let item = Spanned {
                    value: (**item).clone(),
                    span: expr.span,
                };
                Type::Array(Some(Box::new(self.ty(&item))))
            }
            TypeExpr::Ref(name) => self.reference(&Spanned {
                value: name.clone(),
                span: expr.span,
            }),
        }
    }

    fn reference(&mut self, reference: &Spanned<QName>) -> Type {
        let name = &reference.value;
        if let Some(&id) = self.ids.get(name) {
            return Type::Ref(id);
        }
        let absent = self.names.is_absent(name);
        let documents = &self.names.untyped_documents;
        if absent && documents.contains(&reference.span.source) {
            self.untyped(reference);
            return Type::External(name.domain.clone(), name.name.clone());
        }
        if absent && self.names.unreadable && self.external == External::Refuse {
            // It may be what the unreadable document describes.
            return Type::Any;
        }
        if absent && self.external == External::Keep {
            let message = match self.names.untyped.contains(&name.domain) {
                true => format!("no document states the types of the domain of `{name}`"),
                false => format!("no document describes the domain of `{name}`"),
            };
            self.diagnostics.push(
                Diagnostic::warning("external-reference", reference.span, message)
                    .label("kept by name"),
            );
            return Type::External(name.domain.clone(), name.name.clone());
        }
        if !self.names.incomplete.contains(&name.domain) {
            self.unknown(reference, absent);
        }
        // Stands in until the diagnostics have been looked at.
        Type::Any
    }

    /// A reference in a document of the generation that states no types: it is said
    /// once that none of them is known.
    fn untyped(&mut self, reference: &Spanned<QName>) {
        if !self.told.insert(reference.span.source) {
            return;
        }
        let message = "this document is of generation A, which states no types";
        let diagnostic = match self.external {
            External::Keep => Diagnostic::warning("external-reference", reference.span, message)
                .label(
                    "kept by name, as all of its references to types that no other document states",
                ),
            External::Refuse => Diagnostic::error("unknown-reference", reference.span, message)
                .label("no document states this type; further ones are not reported")
                .help("add documents that state the types, or keep such references as raw JSON: `--external opaque`"),
        };
        self.diagnostics.push(diagnostic);
    }

    fn unknown(&mut self, reference: &Spanned<QName>, absent: bool) {
        let name = &reference.value;
        let mut diagnostic = Diagnostic::error(
            "unknown-reference",
            reference.span,
            format!("unknown type `{name}`"),
        )
        .label(match self.names.others.get(name) {
            Some(word) => format!("this is a {word}, expected a type"),
            None if self.names.untyped.contains(&name.domain) => format!(
                "the document of `{}` is of generation A, which states no types",
                name.domain
            ),
            None if absent => format!("no document describes the domain `{}`", name.domain),
            None => format!("the domain `{}` has no such type", name.domain),
        });
        if let Some(near) = self.suggestion(name) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        } else if absent && !self.names.untyped.contains(&name.domain) {
            diagnostic = diagnostic.help(format!(
                "add a document for the domain `{}`, or keep such references as raw JSON: `--external opaque`",
                name.domain
            ));
        }
        self.diagnostics.push(diagnostic);
    }

    fn suggestion(&mut self, name: &QName) -> Option<String> {
        if let Some(known) = self.suggestions.get(name) {
            return known.clone();
        }
        if self.suggestions.len() >= MOST_SUGGESTIONS {
            return None;
        }
        let near = self.names.suggestion(name);
        self.suggestions.insert(name.clone(), near.clone());
        near
    }
}

fn literals(literals: Vec<Spanned<String>>) -> Vec<Literal> {
    literals
        .into_iter()
        .map(|literal| Literal {
            text: literal.value,
            span: literal.span,
        })
        .collect()
}

fn dependency(name: Spanned<String>) -> Dependency {
    Dependency {
        domain: name.value,
        span: name.span,
    }
}

fn range(range: ir::Range) -> Range {
    Range {
        bounds: range.bounds.value,
        why: range.why,
    }
}

fn about(head: ir::Head) -> About {
    About {
        name: head.name.value,
        span: head.name.span,
        text: head.text.map(|text| text.value).unwrap_or_default(),
        stated: head
            .reason
            .as_ref()
            .map(|reason| reason.states.clone())
            .unwrap_or_default(),
        reason: head.reason.map(|reason| reason.text),
        part: head.coverage.part.map(|why| why.value),
        experimental: head.experimental.is_some(),
        deprecated: head.deprecated.is_some(),
    }
}
