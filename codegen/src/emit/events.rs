//! Events, and the enum over those of a domain.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::record::Record;
use super::{Item, Module};
use crate::model::{Direction, Event};
use crate::name::EventNames;

impl<'a> Module<'a> {
    /// An event.
    pub(super) fn event_items(self, event: &'a Event, names: &'a EventNames) -> Vec<Item> {
        let item = &names.item;
        let wire = self.qualified(&event.about.name);
        let docs = Docs::default()
            .about(self.scope(Some(item)), &event.about)
            .line(format!("Event `{wire}`."));
        self.record_items(&Record {
            item,
            wire: wire.clone(),
            docs,
            searchable: true,
            kind: "parameter",
            members: &event.parameters,
            names: &names.parameters,
            direction: Direction {
                sent: false,
                received: true,
            },
            role: Some(quote! {
                impl crate::Event for #item {
                    const METHOD: &'static str = #wire;
                }
            }),
        })
    }

    /// The enum over the events of the domain, and how it is decoded.
    pub(super) fn event_enum(self) -> [TokenStream; 2] {
        let domain = self.protocol.domain(self.id);
        let names = self.domain_names();
        let name = &names.event_enum;
        let docs = Docs::default().line(format!("An event of the `{}` domain.", domain.about.name));
        let variants = domain.events.iter().zip(&names.events);
        let variants = variants.map(|(event, EventNames { item, variant, .. })| {
            let wire = self.qualified(&event.about.name);
            let docs = Docs::default().line(format!("Event `{wire}`."));
            quote! {
                #docs
                #variant(#item)
            }
        });
        // Boxing the larger events would cost every event an allocation.
        let allow = (domain.events.len() > 1).then(|| quote!(#[allow(clippy::large_enum_variant)]));
        let definition = quote! {
            #docs
            #allow
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
            }
        };
        [definition, self.event_enum_impl()]
    }

    fn event_enum_impl(self) -> TokenStream {
        let names = self.domain_names();
        let name = &names.event_enum;
        let decoders = names.events.iter().map(|EventNames { item, variant, .. }| {
            quote! {
                <#item as crate::Event>::METHOD => crate::decode(params).map(Self::#variant)
            }
        });
        let methods = names.events.iter().map(|EventNames { item, variant, .. }| {
            quote!(Self::#variant(_) => <#item as crate::Event>::METHOD)
        });
        quote! {
            impl #name {
                /// Decodes the parameters of an event; absent ones read as `{}`. `None` if the
                /// domain has no event of that method.
                ///
                /// # Errors
                /// If the parameters are not those of the event.
                pub fn decode(
                    method: &str,
                    params: Option<&str>,
                ) -> Option<Result<Self, crate::DecodeError>> {
                    let params = params.unwrap_or("{}");
                    let event = match method {
                        #(#decoders,)*
                        _ => return None,
                    };
                    Some(event)
                }

                /// The method of the event on the wire.
                pub fn method(&self) -> &'static str {
                    match self {
                        #(#methods,)*
                    }
                }
            }
        }
    }
}
