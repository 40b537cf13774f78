//! model -> items, one list per file of the output.
//!
//! What is emitted is thin: it states names, members and directions, and calls
//! into the hand-written `wire` module for everything else. Texts of documents
//! only ever become literals, identifiers only ever come from [`name`](crate::name).

mod commands;
mod docs;
mod events;
mod record;
mod root;
mod types;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Direction, DomainId, Protocol, Type};
use crate::name::{DomainNames, Names, plain};
use crate::prose::{Links, Scope};
use docs::Docs;

/// A file of the output, before it is text.
pub(crate) struct File {
    /// The module it is, without `r#`; `None` for the parent of all others.
    pub module: Option<String>,
    /// The documents it comes from; none if it comes from all.
    pub documents: Vec<String>,
    /// The docs of the module, line by line.
    pub docs: Vec<String>,
    /// The items, one each, in reading order.
    pub items: Vec<TokenStream>,
}

/// Emits the module of every domain, and the parent of them.
pub(crate) fn files(protocol: &Protocol, names: &Names) -> Vec<File> {
    let links = Links::new(protocol, names);
    let mut files = vec![root::file(protocol, names)];
    files.extend((0..protocol.domains.len()).map(|index| {
        Module {
            protocol,
            names,
            links: &links,
            id: DomainId(index),
        }
        .file()
    }));
    files
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
    fn file(self) -> File {
        let domain = self.protocol.domain(self.id);
        let names = self.domain_names();
        let name = &domain.about.name;
        let mut items = Vec::new();
        for &id in &domain.types {
            items.extend(self.type_items(id));
        }
        for (command, names) in domain.commands.iter().zip(&names.commands) {
            items.extend(self.command_items(command, names));
        }
        for (event, names) in domain.events.iter().zip(&names.events) {
            items.extend(self.event_items(event, names));
        }
        if !domain.events.is_empty() {
            items.extend(self.event_enum());
        }
        if !domain.commands.is_empty() {
            items.extend(self.command_trait());
        }
        if !items.is_empty() {
            items.insert(
                0,
                quote!(
                    use crate::wire;
                ),
            );
        }
        let docs = Docs::default()
            .line(format!("The `{name}` domain."))
            .about(self.scope(None), &domain.about);
        File {
            module: Some(plain(&names.module)),
            documents: domain.documents.clone(),
            docs: docs.into_lines(),
            items,
        }
    }

    fn domain_names(self) -> &'a DomainNames {
        &self.names.domains[self.id.0]
    }

    /// Where texts in the docs of an item are read.
    fn scope(self, item: Option<&'a Ident>) -> Scope<'a> {
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
    fn ty(self, ty: &Type, literals: Option<&Ident>) -> TokenStream {
        match ty {
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::String => match literals {
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
fn alias(wire: &str, item: &Ident) -> Option<TokenStream> {
    let legal = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'');
    let useful = !wire.is_empty() && wire != plain(item) && wire.chars().all(legal);
    useful.then(|| quote!(#[doc(alias = #wire)]))
}

#[cfg(test)]
mod tests;
