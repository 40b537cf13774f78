//! model -> items, one list per file of the output.
//!
//! What is emitted is thin: it states names, members and directions, and calls
//! into the hand-written `wire` module for everything else. Texts of documents
//! only ever become literals, identifiers only ever come from [`name`](crate::name).

mod commands;
mod docs;
mod events;
mod lints;
mod record;
mod root;
mod types;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::model::{Direction, DomainId, Protocol, Shape, Type};
use crate::name::{DomainNames, Name, Names};
use crate::prose::{Links, Scope};
use docs::Docs;

/// A file of the output, before it is text.
pub(crate) struct File<'a> {
    /// The module it is, without `r#`; `None` for the parent of all others.
    pub module: Option<String>,
    /// The documents it comes from; none if it comes from all.
    pub documents: Vec<String>,
    /// The docs of the module, line by line.
    pub docs: Vec<String>,
    /// The names of the structs, enums and traits of a domain.
    pub names: Option<&'a HashSet<String>>,
    /// The items, in reading order. They are made as they are asked for: the
    /// tokens of a large domain would take gigabytes all at once, and no thread
    /// could take some of them.
    pub parts: Vec<Part<'a>>,
}

/// Makes a few items that belong together.
pub(crate) type Part<'a> = Box<dyn Fn() -> Vec<Item> + Sync + 'a>;

/// One item of a file.
pub(crate) enum Item {
    /// Code, which is to be one item.
    Code(TokenStream),
    /// A struct or an enum with a row for each field or variant, which is printed by
    /// its own rule.
    Definition(Definition),
    /// A call of a macro of `wire` with a table, which is printed by its own rule.
    Table(Table),
}

impl From<TokenStream> for Item {
    fn from(code: TokenStream) -> Self {
        Self::Code(code)
    }
}

/// A struct of named fields, or an enum. Most of the output is such definitions, and
/// they need no library to be laid out.
pub(crate) struct Definition {
    pub docs: Vec<String>,
    pub alias: Option<String>,
    pub derives: Derives,
    pub kind: Kind,
    /// The item.
    pub item: String,
    pub rows: Vec<Row>,
}

/// What a definition defines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Struct,
    Enum,
}

/// A field or a variant.
pub(crate) struct Row {
    pub docs: Vec<String>,
    pub alias: Option<String>,
    /// The field or the variant.
    pub name: String,
    /// Of a field its type; of a variant what it holds, if it holds something.
    pub ty: Option<String>,
}

/// The traits that an item derives.
#[derive(Clone, Copy)]
pub(crate) struct Derives {
    pub always: &'static [&'static str],
    /// With the feature `mirror`.
    pub mirrored: &'static [&'static str],
}

impl Derives {
    const fn always(always: &'static [&'static str]) -> Self {
        let mirrored = &[];
        Self { always, mirrored }
    }
}

impl ToTokens for Derives {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let idents = |names: &[&str]| -> Vec<_> {
            let idents = names.iter().map(|name| format_ident!("{name}"));
            idents.collect()
        };
        let always = idents(self.always);
        tokens.extend(quote!(#[derive(#(#always),*)]));
        if !self.mirrored.is_empty() {
            let mirrored = idents(self.mirrored);
            tokens.extend(quote!(#[cfg_attr(feature = "mirror", derive(#(#mirrored),*))]));
        }
    }
}

/// What an item is on the wire, as a table that a macro of `wire` turns into
/// impls.
pub(crate) struct Table {
    /// The macro: `object`.
    pub call: &'static str,
    /// The item.
    pub item: String,
    /// What else there is to say of it, before the rows.
    pub head: String,
    /// The rows, of names that were checked and literals.
    pub rows: Vec<String>,
    /// The traits that come of it, and whether without the feature `mirror` too.
    pub traits: Vec<(&'static str, bool)>,
}

/// Emits the module of a domain, or the parent of all of them.
pub(crate) fn file<'a>(
    protocol: &'a Protocol,
    names: &'a Names,
    links: &'a Links<'a>,
    domain: Option<DomainId>,
) -> File<'a> {
    match domain {
        None => root::file(protocol, names),
        Some(id) => Module {
            protocol,
            names,
            links,
            id,
        }
        .file(),
    }
}

/// A domain on its way to a module.
#[derive(Clone, Copy)]
struct Module<'a> {
    protocol: &'a Protocol,
    names: &'a Names,
    links: &'a Links<'a>,
    id: DomainId,
}

impl<'a> Module<'a> {
    fn file(self) -> File<'a> {
        let domain = self.protocol.domain(self.id);
        let names = self.domain_names();
        let name = &domain.about.name;
        let docs = Docs::default()
            .line(format!("The `{name}` domain."))
            .about(self.scope(None), &domain.about)
            .remark(
                "*Some targets only:* ",
                self.scope(None),
                domain.some.as_deref(),
            );
        File {
            module: Some(names.module.plain().to_owned()),
            documents: domain.documents.clone(),
            docs: docs.into_lines(),
            names: Some(&names.items),
            parts: self.parts(),
        }
    }

    fn parts(self) -> Vec<Part<'a>> {
        let domain = self.protocol.domain(self.id);
        let names = self.domain_names();
        let mut parts: Vec<Part<'a>> = Vec::new();
        for &id in &domain.types {
            parts.push(Box::new(move || self.type_items(id)));
        }
        for (command, names) in domain.commands.iter().zip(&names.commands) {
            parts.push(Box::new(move || self.command_items(command, names)));
        }
        for (event, names) in domain.events.iter().zip(&names.events) {
            parts.push(Box::new(move || self.event_items(event, names)));
        }
        if !parts.is_empty() {
            parts.insert(0, Box::new(|| vec![quote! { use crate::wire; }.into()]));
        }
        parts.push(Box::new(move || self.across_items()));
        parts
    }

    /// What spans the commands or events of the domain.
    fn across_items(self) -> Vec<Item> {
        let domain = self.protocol.domain(self.id);
        let mut items = Vec::new();
        if !domain.events.is_empty() {
            items.extend(self.event_enum().map(Item::from));
        }
        if !domain.commands.is_empty() {
            items.extend(self.command_trait().map(Item::from));
        }
        items
    }

    fn domain_names(self) -> &'a DomainNames {
        &self.names.domains[self.id.0]
    }

    /// Where texts in the docs of an item are read.
    fn scope(self, item: Option<&'a Name>) -> Scope<'a> {
        Scope {
            links: self.links,
            domain: self.id,
            item,
        }
    }

    /// `HeapProfiler.takeHeapSnapshot`.
    fn qualified(self, name: &str) -> String {
        format!("{}.{name}", self.protocol.domain(self.id).about.name)
    }

    /// The Rust type of values; strings are of the enum, if there is one.
    fn ty(self, ty: &Type, literals: Option<&Name>) -> String {
        match ty {
            Type::Integer => "i64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::String | Type::Binary => match (literals, ty) {
                (Some(item), _) => item.to_string(),
                (None, Type::Binary) => "wire::Binary".to_owned(),
                (None, _) => "String".to_owned(),
            },
            Type::Object | Type::Any | Type::External(..) => "wire::Json".to_owned(),
            Type::Array(None) => "Vec<wire::Json>".to_owned(),
            Type::Array(Some(items)) => format!("Vec<{}>", self.ty(items, literals)),
            Type::Ref(id) => {
                let item = &self.names.types[id.0].item;
                let domain = self.protocol.type_def(*id).domain;
                if domain == self.id {
                    item.to_string()
                } else {
                    let module = &self.names.domains[domain.0].module;
                    format!("super::{module}::{item}")
                }
            }
        }
    }
}

/// The tokens of a type that was made here.
pub(crate) fn tokens(ty: &str) -> TokenStream {
    ty.parse().expect("a type is made of names and brackets")
}

/// Whether `null` is a value of the type.
fn takes_null(protocol: &Protocol, ty: &Type) -> bool {
    match ty {
        Type::Any | Type::External(..) => true,
        Type::Ref(id) => match &protocol.type_def(*id).shape {
            Shape::Alias(ty) => takes_null(protocol, ty),
            _ => false,
        },
        _ => false,
    }
}

/// A type of a domain that nothing describes, if one is within.
fn external(ty: &Type) -> Option<String> {
    match ty {
        Type::External(domain, name) => Some(format!("{domain}.{name}")),
        Type::Array(Some(items)) => external(items),
        _ => None,
    }
}

/// The condition of impls that only the other direction needs.
fn mirror(needed: bool) -> Option<TokenStream> {
    (!needed).then(|| quote!(#[cfg(feature = "mirror")]))
}

/// Under which conditions there is a `Default`: reading always starts from one,
/// but what is sent should not be made without what is required.
fn derive_default(direction: Direction, complete: bool) -> Derives {
    if direction.received || complete {
        Derives::always(&["Clone", "Debug", "Default", "PartialEq"])
    } else {
        Derives {
            always: &["Clone", "Debug", "PartialEq"],
            mirrored: &["Default"],
        }
    }
}

/// A wire name by which a search finds the item. rustdoc refuses an alias that says
/// the item's own name, and some characters.
fn alias(wire: &str, item: &Name) -> Option<String> {
    let legal = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'');
    let useful = !wire.is_empty() && wire != item.plain() && wire.chars().all(legal);
    useful.then(|| wire.to_owned())
}

/// The attribute of an alias.
fn alias_attribute(wire: &str, item: &Name) -> Option<TokenStream> {
    alias(wire, item).map(|alias| quote!(#[doc(alias = #alias)]))
}

#[cfg(test)]
mod tests;
