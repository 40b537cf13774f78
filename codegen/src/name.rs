//! Wire names -> Rust names.
//!
//! Every identifier of the output is made here, once, before anything is
//! emitted. The names of the documents come first: what is made of them to name
//! something more, such as the enum over the events of a domain, gives way. Two
//! wire names that become one Rust name all the same are a diagnostic.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span as Hygiene, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::diagnostic::Diagnostic;
use crate::model::{self, Literal, Member, Protocol, Shape};
use crate::prose;
use crate::source::Span;

/// The variant of an open enum that holds what no known literal is.
pub(crate) const UNRECOGNIZED: &str = "Unrecognized";
/// The variant of the enum over all events that holds what no domain has.
pub(crate) const UNKNOWN: &str = "Unknown";
/// The enum over the events of all domains.
pub(crate) const ANY_EVENT: &str = "AnyEvent";
/// What makes a struct of its required members.
const CONSTRUCTOR: &str = "new";

/// What Rust's prelude puts in scope. The output and the macros it calls use
/// these names unqualified, and a link to a derive of the same name would be
/// ambiguous, so no type may take one.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Modules that cannot have the name of their domain: `mod.rs` is the parent, and
/// a module in `protocol` of the same name is one that clippy warns of.
const NO_MODULES: &[&str] = &["mod", "protocol"];

/// The Rust names of a protocol, in the order of the model.
pub(crate) struct Names {
    /// By [`model::DomainId`].
    pub domains: Vec<DomainNames>,
    /// By [`model::TypeId`].
    pub types: Vec<TypeNames>,
}

/// The names that a domain gives rise to.
pub(crate) struct DomainNames {
    /// `heap_profiler`.
    pub module: Name,
    /// Its variant in the enum over all events: `HeapProfiler`.
    pub variant: Name,
    /// The enum of its events: `HeapProfilerEvent`, else `HeapProfilerAnyEvent`.
    pub event_enum: Name,
    /// The trait of its commands: `HeapProfilerCommands`, else
    /// `HeapProfilerCommandMethods`.
    pub command_trait: Name,
    /// Its commands.
    pub commands: Vec<CommandNames>,
    /// Its events.
    pub events: Vec<EventNames>,
    /// All structs, enums and traits of its module.
    pub items: HashSet<String>,
}

/// The names of a type.
pub(crate) struct TypeNames {
    /// `SamplingHeapProfileNode`.
    pub item: Name,
    /// Its properties, if it is an object.
    pub members: Vec<MemberNames>,
    /// Its variants, if it is an enum.
    pub variants: Vec<Name>,
}

/// The names of a command.
pub(crate) struct CommandNames {
    /// What is sent: `TakeHeapSnapshot`.
    pub item: Name,
    /// What comes back: `TakeHeapSnapshotReturns`, else
    /// `TakeHeapSnapshotCommandReturns`.
    pub returns: Name,
    /// The method of the command trait: `take_heap_snapshot`.
    pub method: Name,
    /// Its parameters.
    pub parameters: Vec<MemberNames>,
    /// The members of what comes back.
    pub return_members: Vec<MemberNames>,
}

/// The names of an event.
pub(crate) struct EventNames {
    /// `ResetProfilesEvent`, else `ResetProfilesEventParameters`.
    pub item: Name,
    /// Its variant in the enum of its domain: `ResetProfiles`.
    pub variant: Name,
    /// What it carries.
    pub parameters: Vec<MemberNames>,
}

/// The names of a member.
pub(crate) struct MemberNames {
    /// `report_progress`.
    pub field: Name,
    /// The method that sets it; the field's name unless a constructor has it.
    pub setter: Name,
    /// The enum of its literals, if it has any.
    pub literals: Option<EnumNames>,
}

/// The names of an enum that a member brings with it.
pub(crate) struct EnumNames {
    /// `RemoteObjectType`, else `RemoteObjectTypeLiteral`.
    pub item: Name,
    /// Its variants.
    pub variants: Vec<Name>,
}

/// Names everything, or says what cannot have names of its own.
pub(crate) fn names(protocol: &Protocol) -> Result<Names, Vec<Diagnostic>> {
    let mut namer = Namer::default();
    let mut types: Vec<Option<TypeNames>> = Vec::new();
    types.resize_with(protocol.types.len(), || None);
    let mut modules = Namespace::default();
    let mut variants = Namespace::default();
    let domains = protocol
        .domains
        .iter()
        .map(|domain| {
            let wire = Wire::of("domain", &domain.about);
            let module = Name::of(&module(&domain.about.name));
            namer.claim(&mut modules, &module, wire);
            let variant = Name::of(&reserve(camel(&domain.about.name), &[UNKNOWN]));
            namer.claim(&mut variants, &variant, wire);
            namer.domain(protocol, domain, module, variant, &mut types)
        })
        .collect();
    if namer.collisions.is_empty() {
        let types = types.into_iter().flatten().collect();
        Ok(Names { domains, types })
    } else {
        let mut collisions = namer.collisions;
        collisions.sort_by_key(|collision| collision.primary.span);
        Err(collisions)
    }
}

/// Where a Rust name comes from, for messages.
#[derive(Clone, Copy)]
struct Wire<'a> {
    kind: &'static str,
    name: &'a str,
    span: Span,
}

impl<'a> Wire<'a> {
    fn of(kind: &'static str, about: &'a model::About) -> Self {
        let name = about.name.as_str();
        let span = about.span;
        Self { kind, name, span }
    }
}

impl std::fmt::Display for Wire<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} `{}`", self.kind, prose::visible(self.name))
    }
}

/// The names taken so far in one scope of the output.
type Namespace<'a> = HashMap<String, Wire<'a>>;

#[derive(Default)]
struct Namer {
    collisions: Vec<Diagnostic>,
    /// A pair may meet in more than one scope; it is reported once.
    reported: HashSet<(Span, Span)>,
}

impl Namer {
    fn domain(
        &mut self,
        protocol: &Protocol,
        domain: &model::Domain,
        module: Name,
        variant: Name,
        types: &mut [Option<TypeNames>],
    ) -> DomainNames {
        let mut items = Namespace::default();
        self.stated(&mut items, protocol, domain);
        let mut variants = Namespace::default();
        // Events before types: their structs have a better claim to a name than
        // the enum of a member.
        let events: Vec<_> = domain
            .events
            .iter()
            .map(|event| self.event(&mut items, &mut variants, event))
            .collect();
        let mut methods = Namespace::default();
        let commands = domain
            .commands
            .iter()
            .map(|command| self.command(&mut items, &mut methods, command))
            .collect();
        for &id in &domain.types {
            types[id.0] = Some(self.type_def(&mut items, protocol.type_def(id)));
        }
        let [event_enum, command_trait] = self.across(&mut items, domain);
        DomainNames {
            module,
            variant,
            event_enum,
            command_trait,
            commands,
            events,
            items: items.into_keys().collect(),
        }
    }

    /// Claims the names that the documents themselves give to items.
    fn stated<'a>(
        &mut self,
        items: &mut Namespace<'a>,
        protocol: &'a Protocol,
        domain: &'a model::Domain,
    ) {
        let types = domain.types.iter();
        let types = types.map(|&id| Wire::of("type", &protocol.type_def(id).about));
        let commands = domain.commands.iter();
        let commands = commands.map(|command| Wire::of("command", &command.about));
        for wire in types.chain(commands) {
            self.claim(items, &type_name(camel(wire.name)), wire);
        }
    }

    /// The enum of a domain's events, and the trait of its commands.
    fn across<'a>(&mut self, items: &mut Namespace<'a>, domain: &'a model::Domain) -> [Name; 2] {
        let stem = camel(&domain.about.name);
        let event_enum = [format!("{stem}Event"), format!("{stem}AnyEvent")];
        let command_trait = [format!("{stem}Commands"), format!("{stem}CommandMethods")];
        // What is not emitted takes no name from what is.
        let mut unused = Namespace::default();
        let mut claim = |names, used, kind| {
            let items = if used { &mut *items } else { &mut unused };
            self.claim_either(items, names, Wire::of(kind, &domain.about))
        };
        [
            claim(
                event_enum,
                !domain.events.is_empty(),
                "the events of domain",
            ),
            claim(
                command_trait,
                !domain.commands.is_empty(),
                "the commands of domain",
            ),
        ]
    }

    fn type_def<'a>(
        &mut self,
        items: &mut Namespace<'a>,
        type_def: &'a model::TypeDef,
    ) -> TypeNames {
        let stem = camel(&type_def.about.name);
        let (members, variants) = match &type_def.shape {
            Shape::Object(members) => (self.members(items, &stem, members), Vec::new()),
            Shape::Enum(literals) => (Vec::new(), self.variants(literals)),
            Shape::Alias(_) => (Vec::new(), Vec::new()),
        };
        TypeNames {
            item: type_name(stem),
            members,
            variants,
        }
    }

    fn command<'a>(
        &mut self,
        items: &mut Namespace<'a>,
        methods: &mut Namespace<'a>,
        command: &'a model::Command,
    ) -> CommandNames {
        let stem = camel(&command.about.name);
        let returns_stem = format!("{stem}Returns");
        let wire = Wire::of("command", &command.about);
        let method = Name::of(&snake(&command.about.name));
        self.claim(methods, &method, wire);
        let returns = [returns_stem.clone(), format!("{stem}CommandReturns")];
        let kind = "the returns of command";
        CommandNames {
            returns: self.claim_either(items, returns, Wire { kind, ..wire }),
            method,
            parameters: self.members(items, &stem, &command.parameters),
            return_members: self.members(items, &returns_stem, &command.returns),
            item: type_name(stem),
        }
    }

    fn event<'a>(
        &mut self,
        items: &mut Namespace<'a>,
        variants: &mut Namespace<'a>,
        event: &'a model::Event,
    ) -> EventNames {
        let stem = camel(&event.about.name);
        let wire = Wire::of("event", &event.about);
        let variant = Name::of(&stem);
        self.claim(variants, &variant, wire);
        let stem = format!("{stem}Event");
        let item = [stem.clone(), format!("{stem}Parameters")];
        EventNames {
            item: self.claim_either(items, item, wire),
            variant,
            parameters: self.members(items, &stem, &event.parameters),
        }
    }

    /// Members of one struct; the enums they bring along live in `items`.
    fn members<'a>(
        &mut self,
        items: &mut Namespace<'a>,
        owner: &str,
        members: &'a [Member],
    ) -> Vec<MemberNames> {
        let mut fields = Namespace::default();
        members
            .iter()
            .map(|member| {
                let wire = Wire::of("member", &member.about);
                let snake = snake(&member.about.name);
                let field = Name::of(&snake);
                self.claim(&mut fields, &field, wire);
                let setter = Name::of(&reserve(snake, &[CONSTRUCTOR]));
                let literals = (!member.literals.is_empty()).then(|| {
                    let item = format!("{owner}{}", camel(&member.about.name));
                    let item = [item.clone(), format!("{item}Literal")];
                    let kind = "the literals of member";
                    EnumNames {
                        item: self.claim_either(items, item, Wire { kind, ..wire }),
                        variants: self.variants(&member.literals),
                    }
                });
                MemberNames {
                    field,
                    setter,
                    literals,
                }
            })
            .collect()
    }

    fn variants(&mut self, literals: &[Literal]) -> Vec<Name> {
        let mut variants = Namespace::default();
        literals
            .iter()
            .map(|literal| {
                let variant = Name::of(&reserve(variant(&literal.text), &[UNRECOGNIZED]));
                let wire = Wire {
                    kind: "literal",
                    name: &literal.text,
                    span: literal.span,
                };
                self.claim(&mut variants, &variant, wire);
                variant
            })
            .collect()
    }

    /// Claims the first of two names of types, or the second if the first is taken.
    fn claim_either<'a>(
        &mut self,
        namespace: &mut Namespace<'a>,
        [first, second]: [String; 2],
        wire: Wire<'a>,
    ) -> Name {
        let first = type_name(first);
        let name = if namespace.contains_key(&first.to_string()) {
            type_name(second)
        } else {
            first
        };
        self.claim(namespace, &name, wire);
        name
    }

    fn claim<'a>(&mut self, namespace: &mut Namespace<'a>, name: &Name, wire: Wire<'a>) {
        let name = name.to_string();
        let Some(&first) = namespace.get(&name) else {
            namespace.insert(name, wire);
            return;
        };
        if self.reported.insert((first.span, wire.span)) {
            self.collisions.push(collision(&name, first, wire));
        }
    }
}

fn collision(name: &str, first: Wire<'_>, second: Wire<'_>) -> Diagnostic {
    let help = if second.kind == "literal" {
        "leave one of the two out: a literal without a name of its own is kept as it came"
    } else {
        "rename or leave out one of the two: Rust spells names without regard to how the \
         protocol separates and capitalizes words"
    };
    let message = format!("{first} and {second} are both `{name}` in Rust");
    Diagnostic::error("rust-name-collision", second.span, message)
        .label(format!("`{name}` is needed here too"))
        .also(first.span, format!("`{name}` is needed here"))
        .help(help)
}

/// The name in lower snake case.
fn snake(wire: &str) -> String {
    match wire.to_snake_case() {
        name if name.is_empty() => spell(wire).to_lowercase(),
        name if name.starts_with(is_digit) => format!("n{name}"),
        name => name,
    }
}

/// The name in upper camel case, whatever text it is.
fn camel(wire: &str) -> String {
    let mut name = String::with_capacity(wire.len());
    for word in wire.split(is_separator).filter(|word| !word.is_empty()) {
        for piece in word.split_inclusive(is_unspeakable) {
            let plain = piece.trim_end_matches(is_unspeakable);
            // `1.5` and `15` are two things.
            if name.ends_with(is_digit) && plain.starts_with(is_digit) {
                name.push('_');
            }
            name.push_str(&plain.to_upper_camel_case());
            name.push_str(&spell(&piece[plain.len()..]));
        }
    }
    if name.is_empty() { spell(wire) } else { name }
}

fn is_separator(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '-' | '_' | '.' | ',' | '/' | ':' | '(' | ')')
}

fn is_unspeakable(c: char) -> bool {
    !c.is_ascii_alphanumeric() && !is_separator(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What cannot be in a name, by code points: `U2B50`.
fn spell(text: &str) -> String {
    text.chars()
        .map(|c| format!("U{:X}", u32::from(c)))
        .collect()
}

/// The variant of a literal, which is any text.
fn variant(literal: &str) -> String {
    match literal.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            format!("Negative{}", camel(rest))
        }
        None if literal.is_empty() => "Empty".to_owned(),
        _ => camel(literal),
    }
}

/// The module, and thereby the file, of a domain.
fn module(wire: &str) -> String {
    let name = snake(wire);
    if is_device(&name) {
        name + "_"
    } else {
        reserve(name, NO_MODULES)
    }
}

/// Whether Windows opens a device instead of a file of this name, which is in lower
/// case, whatever its extension.
pub(crate) fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    port.is_some_and(|port| port.len() == 1 && port.starts_with(is_digit))
        || matches!(name, "con" | "prn" | "aux" | "nul")
}

/// A name for the namespace of types.
fn type_name(name: String) -> Name {
    Name::of(&reserve(name, PRELUDE))
}

fn reserve(name: String, reserved: &[&str]) -> String {
    if reserved.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// No keyword is longer, with room to spare: asking costs more than all else here.
const LONGEST_KEYWORD: usize = 12;

/// A Rust identifier. It can be shared by threads, as the token cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    /// The identifier of a name made of ASCII letters, digits and underscores: as
    /// it is, else raw, else with an underscore. Whether a text is an identifier is
    /// asked of syn, so that no list of keywords is kept here.
    pub(crate) fn of(name: &str) -> Self {
        let name = if name.starts_with(is_digit) {
            format!("N{name}")
        } else {
            name.to_owned()
        };
        let is_identifier =
            |name: &str| name.len() > LONGEST_KEYWORD || syn::parse_str::<Ident>(name).is_ok();
        let raw = format!("r#{name}");
        Self(if is_identifier(&name) {
            name
        } else if is_identifier(&raw) {
            raw
        } else {
            name + "_"
        })
    }

    /// The identifier without `r#`.
    pub(crate) fn plain(&self) -> &str {
        plain(&self.0)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(plain) => Ident::new_raw(plain, Hygiene::call_site()),
            None => Ident::new(&self.0, Hygiene::call_site()),
        });
    }
}

/// An identifier without `r#`.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests;
