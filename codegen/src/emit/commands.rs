//! Commands, what they return, and the trait with a method for each.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::record::Record;
use super::{Item, Module, alias_attribute, lints};
use crate::model::{Command, Direction, Member};
use crate::name::{CommandNames, MemberNames, Name};
use crate::prose;
use crate::range::{Bounds, Sides};

impl<'a> Module<'a> {
    /// A command and what it returns.
    pub(super) fn command_items(self, command: &'a Command, names: &'a CommandNames) -> Vec<Item> {
        let CommandNames { item, returns, .. } = names;
        let wire = self.qualified(&command.about.name);
        let docs = Docs::default().about(self.scope(Some(item)), &command.about);
        let docs = self
            .moved(docs, command, Some(item))
            .line(format!("Command `{wire}`, answered with [`{returns}`]."));
        let check = check(command, names);
        let mut items = self.record_items(&Record {
            item,
            wire: wire.clone(),
            docs,
            searchable: true,
            kind: "parameter",
            members: &command.parameters,
            names: &names.parameters,
            direction: Direction {
                sent: true,
                received: false,
            },
            role: Some(quote! {
                impl crate::Command for #item {
                    const METHOD: &'static str = #wire;
                    type Returns = #returns;
                    #check
                }
            }),
        });
        items.extend(self.returns(command, names, wire));
        items
    }

    /// Where the command is now, if it has moved.
    fn moved(self, docs: Docs, command: &'a Command, item: Option<&'a Name>) -> Docs {
        let Some(domain) = &command.redirect else {
            return docs;
        };
        let scope = self.scope(item);
        match scope.command(domain, &command.about.name) {
            Some(link) => docs.line(format!("Moved to the domain `{domain}`: {link}.")),
            None => docs.text(scope, &format!("Moved to the domain `{domain}`.")),
        }
    }

    /// Every command has returns of its own: the first member of returns that
    /// were empty changes nothing for those who called it before.
    fn returns(self, command: &'a Command, names: &'a CommandNames, wire: String) -> Vec<Item> {
        let item = &names.item;
        let what = if command.returns.is_empty() {
            ": nothing"
        } else {
            ""
        };
        let docs = Docs::default().line(format!("What [`{item}`] returns{what}."));
        self.record_items(&Record {
            item: &names.returns,
            wire,
            docs,
            searchable: false,
            kind: "return",
            members: &command.returns,
            names: &names.return_members,
            direction: Direction {
                sent: false,
                received: true,
            },
            role: None,
        })
    }

    /// The trait with a method per command, and its impl for every client.
    pub(super) fn command_trait(self) -> [TokenStream; 2] {
        let domain = self.protocol.domain(self.id);
        let names = self.domain_names();
        let name = &names.command_trait;
        let docs = Docs::default().line(format!(
            "The commands of the `{}` domain, on every [`Client`](crate::Client).",
            domain.about.name
        ));
        let methods = domain
            .commands
            .iter()
            .zip(&names.commands)
            .map(|(command, names)| self.method(command, names));
        let definition = quote! {
            #docs
            pub trait #name: crate::Client {
                #(#methods)*
            }
        };
        let blanket = quote! {
            impl<C: crate::Client + ?Sized> #name for C {}
        };
        [definition, blanket]
    }

    fn method(self, command: &'a Command, names: &CommandNames) -> TokenStream {
        let CommandNames { item, method, .. } = names;
        let wire = self.qualified(&command.about.name);
        let docs = Docs::default()
            .text(self.scope(None), &command.about.text)
            .marks(&command.about);
        let docs = self
            .moved(docs, command, None)
            .line(format!("Calls `{wire}`."));
        let alias = alias_attribute(&command.about.name, method);
        let allow = lints::method(method);
        let deprecated = command.about.deprecated.then(|| {
            let note = format!("the protocol deprecates `{wire}`");
            quote!(#[deprecated(note = #note)])
        });
        quote! {
            #docs
            #alias
            #deprecated
            #allow
            fn #method(&self, command: #item) -> Self::Reply<'_, #item> {
                crate::Client::call(self, command)
            }
        }
    }
}

/// The method that refuses what would harm a target, if the command has such
/// parameters.
fn check(command: &Command, names: &CommandNames) -> Option<TokenStream> {
    let parameters = command.parameters.iter().zip(&names.parameters);
    let calls: Vec<_> = parameters
        .filter_map(|(member, names)| check_member(member, names))
        .collect();
    (!calls.is_empty()).then(|| {
        quote! {
            fn check(&self) -> Result<(), crate::RefusedParameter> {
                #(#calls)*
                Ok(())
            }
        }
    })
}

fn check_member(member: &Member, names: &MemberNames) -> Option<TokenStream> {
    let range = member.range.as_ref()?;
    let (wire, field) = (&member.about.name, &names.field);
    let value = if member.optional {
        quote!(self.#field)
    } else {
        quote!(Some(self.#field))
    };
    let bounds = bounds(range.bounds);
    let why = prose::visible(&range.why).replace('\n', " ");
    Some(quote!(crate::refused::check(Self::METHOD, #wire, #value, #bounds, #why)?;))
}

/// A range as Rust writes it.
fn bounds(bounds: Bounds) -> TokenStream {
    match bounds {
        Bounds::Integer(sides) => range(sides, |bound| {
            (bound < 0, Literal::u64_unsuffixed(bound.unsigned_abs()))
        }),
        Bounds::Number(sides) => range(sides, |bound| {
            (
                bound.is_sign_negative(),
                Literal::f64_unsuffixed(bound.abs()),
            )
        }),
    }
}

/// `literal` gives whether a bound is negative, and the rest of it.
fn range<T: Copy>(sides: Sides<T>, literal: impl Fn(T) -> (bool, Literal)) -> TokenStream {
    let side = |bound: Option<T>| {
        bound.map(|bound| {
            let (negative, literal) = literal(bound);
            let sign = negative.then(|| quote!(-));
            quote!(#sign #literal)
        })
    };
    let min = side(sides.min);
    match side(sides.max) {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    }
}
