//! Structs of named members: object types, commands, returns, events.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{
    Definition, Item, Kind, Module, Row, Table, alias, derive_default, external, lints, takes_null,
    tokens,
};
use crate::model::{Direction, Member, Shape, Type};
use crate::name::{MemberNames, Name};

/// A struct to be.
pub(super) struct Record<'a> {
    pub item: &'a Name,
    /// The name on the wire with its domain; for messages and searches.
    pub wire: String,
    pub docs: Docs,
    /// Whether the wire name leads to this item: returns have none of their own.
    pub searchable: bool,
    /// What the members are called: property, parameter, return.
    pub kind: &'static str,
    pub members: &'a [Member],
    pub names: &'a [MemberNames],
    pub direction: Direction,
    /// The impl that makes it a command or an event.
    pub role: Option<TokenStream>,
}

/// A member with what the templates need to know of it.
struct Field<'a> {
    member: &'a Member,
    names: &'a MemberNames,
    /// The type of its value, without `Option` and `Box`.
    value: String,
    /// It is a string, or an id made of one, and takes anything that becomes one.
    into: bool,
    /// The method that reads or writes the member.
    kind: &'static str,
}

impl<'a> Module<'a> {
    /// The struct, how it is made, read and written, and the enums of its members.
    pub(super) fn record_items(self, record: &Record<'a>) -> Vec<Item> {
        let fields: Vec<_> = record
            .members
            .iter()
            .zip(record.names)
            .map(|(member, names)| self.field(member, names))
            .collect();
        let mut items = vec![Item::Definition(self.definition(record, &fields))];
        items.extend(record.role.clone().map(Item::from));
        if record.direction.sent {
            items.push(constructors(record, &fields).into());
        }
        items.push(Item::Table(codec(record, &fields)));
        for field in &fields {
            items.extend(self.member_enum(record, field.member, field.names));
        }
        items
    }

    fn field(self, member: &'a Member, names: &'a MemberNames) -> Field<'a> {
        let literals = names.literals.as_ref().map(|literals| &literals.item);
        Field {
            member,
            names,
            value: self.ty(&member.ty, literals),
            into: literals.is_none() && self.is_text(&member.ty),
            kind: match member.optional {
                false => "required",
                true if takes_null(self.protocol, &member.ty) => "optional_any",
                true => "optional",
            },
        }
    }

    fn is_text(self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Ref(id) => {
                let shape = &self.protocol.type_def(*id).shape;
                matches!(shape, Shape::Alias(Type::String))
            }
            _ => false,
        }
    }

    fn definition(self, record: &Record<'a>, fields: &[Field<'a>]) -> Definition {
        let complete = record.members.iter().all(|member| member.optional);
        let rows = fields.iter().map(|field| {
            let name = &field.names.field;
            Row {
                docs: self.field_docs(record, field).into_lines(),
                alias: alias(&field.member.about.name, name),
                name: name.to_string(),
                ty: Some(field.ty()),
            }
        });
        Definition {
            docs: record.docs.lines().to_vec(),
            alias: record
                .searchable
                .then(|| alias(&record.wire, record.item))
                .flatten(),
            derives: derive_default(record.direction, complete),
            kind: Kind::Struct,
            item: record.item.to_string(),
            rows: rows.collect(),
        }
    }

    fn field_docs(self, record: &Record<'a>, field: &Field<'a>) -> Docs {
        let about = &field.member.about;
        let scope = self.scope(Some(record.item));
        let docs = if about.text.trim().is_empty() {
            Docs::default().line(format!("The {} `{}`.", record.kind, about.name))
        } else {
            Docs::default()
        };
        let docs = docs.about(scope, about);
        let docs = match &field.member.range {
            Some(range) => docs.range(scope, range),
            None => docs,
        };
        let docs = if field.member.optional_inferred {
            docs.line("Optional, though no document says so: a value would have no end otherwise.")
        } else {
            docs
        };
        match external(&field.member.ty) {
            None => docs,
            Some(name) => docs.text(
                scope,
                &format!("Raw JSON of `{name}`, which these bindings do not describe."),
            ),
        }
    }
}

impl Field<'_> {
    /// The type of the field.
    fn ty(&self) -> String {
        let value = &self.value;
        match (self.member.optional, self.member.boxed) {
            (false, false) => value.clone(),
            (false, true) => format!("Box<{value}>"),
            (true, false) => format!("Option<{value}>"),
            (true, true) => format!("Option<Box<{value}>>"),
        }
    }

    /// The type of an argument that becomes the field's value.
    fn argument(&self) -> TokenStream {
        let value = tokens(&self.value);
        if self.into {
            quote!(impl Into<#value>)
        } else {
            value
        }
    }

    /// The field's value, made of the argument of this name.
    fn made_of(&self, argument: &Name) -> TokenStream {
        match (self.into, self.member.boxed) {
            (true, _) => quote!(#argument.into()),
            (false, true) => quote!(Box::new(#argument)),
            (false, false) => quote!(#argument),
        }
    }
}

fn constructors(record: &Record<'_>, fields: &[Field<'_>]) -> TokenStream {
    let item = record.item;
    let new = new(record, fields);
    let setters = fields
        .iter()
        .filter(|field| field.member.optional)
        .map(|field| setter(record, field));
    quote! {
        impl #item {
            #new
            #(#setters)*
        }
    }
}

fn new(record: &Record<'_>, fields: &[Field<'_>]) -> TokenStream {
    let required = || fields.iter().filter(|field| !field.member.optional);
    let names: Vec<_> = required().map(|field| &field.names.field).collect();
    let allow = lints::constructor(record.item, &names);
    if names.is_empty() {
        let docs =
            Docs::default().line(format!("A `{}` without any {}.", record.wire, record.kind));
        return quote! {
            #docs
            #allow
            pub fn new() -> Self {
                Default::default()
            }
        };
    }
    let arguments = required().map(|field| {
        let name = &field.names.field;
        let ty = field.argument();
        quote!(#name: #ty)
    });
    let values = fields.iter().map(|field| {
        let name = &field.names.field;
        let into = field.into || field.member.boxed;
        match (field.member.optional, into) {
            (true, _) => quote!(#name: None),
            (false, false) => quote!(#name),
            (false, true) => {
                let value = field.made_of(name);
                quote!(#name: #value)
            }
        }
    });
    let docs = Docs::default().line(format!("A `{}` with what it requires.", record.wire));
    quote! {
        #docs
        #allow
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(record: &Record<'_>, field: &Field<'_>) -> TokenStream {
    let MemberNames {
        field: name,
        setter,
        ..
    } = field.names;
    let wire = &field.member.about.name;
    let docs = Docs::default().line(format!("Sets the optional {} `{wire}`.", record.kind));
    let deprecated = field.member.about.deprecated.then(|| {
        let note = format!("the protocol deprecates `{wire}` of `{}`", record.wire);
        quote!(#[deprecated(note = #note)])
    });
    let allow = lints::setter(setter, name);
    let ty = field.argument();
    let value = field.made_of(name);
    quote! {
        #docs
        #deprecated
        #allow
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// How the struct is read and written: a table of its members.
fn codec(record: &Record<'_>, fields: &[Field<'_>]) -> Table {
    let Direction { sent, received } = record.direction;
    let direction = match (sent, received) {
        (true, true) => "both",
        (true, false) => "sent",
        _ => "received",
    };
    let rows = fields.iter().map(|field| {
        let wire = Literal::string(&field.member.about.name);
        format!("{wire} => {} {}", field.kind, field.names.field)
    });
    Table {
        call: "object",
        item: record.item.to_string(),
        head: format!(" = {}, {direction}", Literal::string(&record.wire)),
        rows: rows.collect(),
        traits: vec![("Deserialize", received), ("Serialize", sent)],
    }
}
