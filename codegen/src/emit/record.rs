//! Structs of named members: object types, commands, returns, events.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{Module, alias, derive_default, external, mirror};
use crate::model::{Direction, Member, Shape, Type};
use crate::name::MemberNames;

/// Methods of operator traits that take a value and an operand. clippy takes a
/// setter of such a name for a missing impl.
const OPERATORS: &[&str] = &[
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// With more arguments clippy wants a struct, which is what is being made.
const MAX_ARGUMENTS: usize = 7;

/// A struct to be.
pub(super) struct Record<'a> {
    pub item: &'a Ident,
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
    value: TokenStream,
    /// It is a string, or an id made of one, and takes anything that becomes one.
    into: bool,
}

impl<'a> Module<'a> {
    /// The struct, how it is made, read and written, and the enums of its members.
    pub(super) fn record_items(self, record: &Record<'a>) -> Vec<TokenStream> {
        let fields: Vec<_> = record
            .members
            .iter()
            .zip(record.names)
            .map(|(member, names)| self.field(member, names))
            .collect();
        let mut items = vec![self.definition(record, &fields)];
        items.extend(record.role.clone());
        if record.direction.sent {
            items.push(constructors(record, &fields));
        }
        items.extend(reader(record, &fields));
        items.push(writer(record, &fields));
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

    fn definition(self, record: &Record<'a>, fields: &[Field<'a>]) -> TokenStream {
        let Record { item, docs, .. } = record;
        let alias = record
            .searchable
            .then(|| alias(&record.wire, item))
            .flatten();
        let complete = record.members.iter().all(|member| member.optional);
        let derive = derive_default(record.direction, complete);
        let fields = fields.iter().map(|field| {
            let name = &field.names.field;
            let docs = self.field_docs(record, field);
            let alias = alias_of(field);
            let ty = field.ty();
            quote! {
                #docs
                #alias
                pub #name: #ty
            }
        });
        quote! {
            #docs
            #alias
            #derive
            #[non_exhaustive]
            pub struct #item {
                #(#fields,)*
            }
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
        let docs = if field.member.optional_inferred {
            docs.line("Optional, though no document says so: a value would have no end otherwise.")
        } else {
            docs
        };
        match external(&field.member.ty) {
            None => docs,
            Some(name) => docs.text(
                scope,
                &format!("A `{name}`, which these bindings do not describe."),
            ),
        }
    }
}

fn alias_of(field: &Field<'_>) -> Option<TokenStream> {
    alias(&field.member.about.name, &field.names.field)
}

impl Field<'_> {
    /// The type of the field.
    fn ty(&self) -> TokenStream {
        let mut ty = self.value.clone();
        if self.member.boxed {
            ty = quote!(Box<#ty>);
        }
        if self.member.optional {
            ty = quote!(Option<#ty>);
        }
        ty
    }

    /// The type of an argument that becomes the field's value.
    fn argument(&self) -> TokenStream {
        let value = &self.value;
        if self.into {
            quote!(impl Into<#value>)
        } else {
            value.clone()
        }
    }

    /// The field's value, made of the argument of this name.
    fn made_of(&self, argument: &Ident) -> TokenStream {
        match (self.into, self.member.boxed) {
            (true, _) => quote!(#argument.into()),
            (false, true) => quote!(Box::new(#argument)),
            (false, false) => quote!(#argument),
        }
    }

    /// The method that reads or writes the member.
    fn kind(&self) -> TokenStream {
        if self.member.optional {
            quote!(optional)
        } else {
            quote!(required)
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
    let count = required().count();
    if count == 0 {
        let docs =
            Docs::default().line(format!("A `{}` without any {}.", record.wire, record.kind));
        return quote! {
            #docs
            pub fn new() -> Self {
                Default::default()
            }
        };
    }
    let allow = (count > MAX_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
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
    let allow = OPERATORS
        .contains(&setter.to_string().as_str())
        .then(|| quote!(#[allow(clippy::should_implement_trait)]));
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

fn reader(record: &Record<'_>, fields: &[Field<'_>]) -> [TokenStream; 2] {
    let Record { item, wire, .. } = record;
    let mirror = mirror(record.direction.received);
    let required = record
        .members
        .iter()
        .filter(|member| !member.optional)
        .map(|member| &member.about.name);
    let arms = fields.iter().map(|field| {
        let wire = &field.member.about.name;
        let name = &field.names.field;
        let kind = field.kind();
        quote!(#wire => value.#kind(&mut self.#name))
    });
    let (argument, body) = if fields.is_empty() {
        (quote!(_name), quote!(value.ignore()))
    } else {
        let body = quote! {
            match name {
                #(#arms,)*
                _ => value.ignore(),
            }
        };
        (quote!(name), body)
    };
    let object = quote! {
        #mirror
        impl wire::Object for #item {
            const NAME: &'static str = #wire;
            const REQUIRED: &'static [&'static str] = &[#(#required),*];
            fn member<'de, A: wire::Members<'de>>(
                &mut self,
                #argument: &str,
                value: wire::Value<'_, A>,
            ) -> Result<(), A::Error> {
                #body
            }
        }
    };
    let read = quote! {
        #mirror
        wire::read_object!(#item);
    };
    [object, read]
}

fn writer(record: &Record<'_>, fields: &[Field<'_>]) -> TokenStream {
    let item = record.item;
    let mirror = mirror(record.direction.sent);
    let body = if fields.is_empty() {
        quote!(wire::ObjectWriter::new(serializer)?.end())
    } else {
        let members = fields.iter().map(|field| {
            let wire = &field.member.about.name;
            let name = &field.names.field;
            let kind = field.kind();
            quote!(object.#kind(#wire, &self.#name)?;)
        });
        quote! {
            let mut object = wire::ObjectWriter::new(serializer)?;
            #(#members)*
            object.end()
        }
    };
    quote! {
        #mirror
        impl wire::Serialize for #item {
            fn serialize<S: wire::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #body
            }
        }
    }
}
