//! The parent of the modules: what goes across domains.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Docs;
use super::{File, Item};
use crate::model::{Domain, Protocol};
use crate::name::{ANY_EVENT, DomainNames, Names, UNKNOWN};

/// `mod.rs`: the modules, and the enum over all events.
pub(super) fn file<'a>(protocol: &'a Protocol, names: &'a Names) -> File<'a> {
    let docs = Docs::default().line("The protocol: a module per domain, and the events of all.");
    File {
        module: None,
        documents: Vec::new(),
        docs: docs.into_lines(),
        names: None,
        parts: vec![Box::new(|| items(protocol, names))],
    }
}

fn items(protocol: &Protocol, names: &Names) -> Vec<Item> {
    let mut items: Vec<_> = names
        .domains
        .iter()
        .map(|DomainNames { module, .. }| quote! { pub mod #module; }.into())
        .collect();
    let domains: Vec<_> = protocol
        .domains
        .iter()
        .zip(&names.domains)
        .filter(|(domain, _)| !domain.events.is_empty())
        .collect();
    items.push(any_event(&domains).into());
    items.push(any_event_impl(&domains).into());
    items
}

fn any_event(domains: &[(&Domain, &DomainNames)]) -> TokenStream {
    let (name, unknown) = (format_ident!("{ANY_EVENT}"), format_ident!("{UNKNOWN}"));
    let variants = domains.iter().map(|(domain, names)| {
        let DomainNames {
            module,
            variant,
            event_enum,
            ..
        } = names;
        let docs = Docs::default().line(format!("An event of the `{}` domain.", domain.about.name));
        quote! {
            #docs
            #variant(#module::#event_enum)
        }
    });
    let allow = (!domains.is_empty()).then(|| quote!(#[allow(clippy::large_enum_variant)]));
    quote! {
        /// An event of any domain.
        #allow
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// An event that these bindings do not know, as it came.
            #unknown(crate::UnknownEvent),
        }
    }
}

fn any_event_impl(domains: &[(&Domain, &DomainNames)]) -> TokenStream {
    let (name, unknown) = (format_ident!("{ANY_EVENT}"), format_ident!("{UNKNOWN}"));
    let decoders = domains.iter().map(|(domain, names)| {
        let prefix = format!("{}.", domain.about.name);
        let DomainNames {
            module,
            variant,
            event_enum,
            ..
        } = names;
        quote! {
            if method.starts_with(#prefix) {
                if let Some(event) = #module::#event_enum::decode(method, params) {
                    return event.map(Self::#variant);
                }
            }
        }
    });
    let methods = domains
        .iter()
        .map(|(_, DomainNames { variant, .. })| quote!(Self::#variant(event) => event.method()));
    quote! {
        impl #name {
            /// Decodes the parameters of an event; absent ones read as `{}`. An event that
            /// no domain has is kept as it came.
            ///
            /// # Errors
            /// If the parameters are not those of the event.
            pub fn decode(method: &str, params: Option<&str>) -> Result<Self, crate::DecodeError> {
                #(#decoders)*
                crate::UnknownEvent::decode(method, params).map(Self::#unknown)
            }

            /// The method of the event on the wire.
            pub fn method(&self) -> &str {
                match self {
                    #(#methods,)*
                    Self::#unknown(event) => &event.method,
                }
            }
        }
    }
}
