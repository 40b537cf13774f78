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
use quote::quote;

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
    /// A call of a macro of `wire` with a table, which is printed by its own rule.
    Table(Table),
}

impl From<TokenStream> for Item {
    fn from(code: TokenStream) -> Self {
        Self::Code(code)
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
    fn ty(self, ty: &Type, literals: Option<&Name>) -> TokenStream {
        match ty {
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::String | Type::Binary => match literals {
                Some(item) => quote!(#item),
                None => quote!(String),
            },
            Type::Object | Type::Any | Type::External(..) => quote!(wire::Json),
            Type::Array(None) => quote!(Vec<wire::Json>),
            Type::Array(Some(items)) => {
                let items = self.ty(items, literals);
                quote!(Vec<#items>)
            }
            Type::Ref(id) => {
                let item = &self.names.types[id.0].item;
                let domain = self.protocol.type_def(*id).domain;
                if domain == self.id {
                    quote!(#item)
                } else {
                    let module = &self.names.domains[domain.0].module;
                    quote!(super::#module::#item)
                }
            }
        }
    }
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
fn derive_default(direction: Direction, complete: bool) -> TokenStream {
    if direction.received || complete {
        quote!(#[derive(Clone, Debug, Default, PartialEq)])
    } else {
        quote! {
            #[derive(Clone, Debug, PartialEq)]
            #[cfg_attr(feature = "mirror", derive(Default))]
        }
    }
}

/// Lets a search for the wire name find the item. rustdoc refuses an alias that
/// says the item's own name, and some characters.
fn alias(wire: &str, item: &Name) -> Option<TokenStream> {
    let legal = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'');
    let useful = !wire.is_empty() && wire != item.plain() && wire.chars().all(legal);
    useful.then(|| quote!(#[doc(alias = #wire)]))
}

#[cfg(test)]
mod tests;
