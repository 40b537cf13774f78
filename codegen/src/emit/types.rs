//! Types: objects, enums, and other types under names of their own.

use proc_macro2::{Literal as TokenLiteral, TokenStream};
use quote::{format_ident, quote};

use super::docs::Docs;
use super::record::Record;
use super::{
    Definition, Derives, Item, Kind, Module, Row, Table, alias, alias_attribute, derive_default,
    external, mirror, tokens,
};
use crate::model::{Direction, Literal, Member, Shape, Type, TypeDef, TypeId};
use crate::name::{MemberNames, Name, UNRECOGNIZED};
use crate::prose;

impl<'a> Module<'a> {
    /// A type and what it brings along.
    pub(super) fn type_items(self, id: TypeId) -> Vec<Item> {
        let type_def = self.protocol.type_def(id);
        let names = &self.names.types[id.0];
        let item = &names.item;
        let wire = self.qualified(&type_def.about.name);
        let docs = Docs::default()
            .about(self.scope(Some(item)), &type_def.about)
            .line(format!("Type `{wire}`."));
        match &type_def.shape {
            Shape::Object(members) => self.record_items(&Record {
                item,
                wire,
                docs,
                searchable: true,
                kind: "property",
                members,
                names: &names.members,
                direction: type_def.direction,
                role: None,
            }),
            Shape::Enum(literals) => {
                let alias = alias(&wire, item);
                string_enum(item, docs, alias, literals, &names.variants).into()
            }
            Shape::Alias(ty) => {
                let items = self.newtype(type_def, item, &wire, docs, ty);
                items.into_iter().map(Item::from).collect()
            }
        }
    }

    /// The enum of the literals of a member, if it has any.
    pub(super) fn member_enum(
        self,
        record: &Record<'_>,
        member: &Member,
        names: &MemberNames,
    ) -> Vec<Item> {
        let Some(literals) = &names.literals else {
            return Vec::new();
        };
        let (owner, name) = (&record.wire, &member.about.name);
        let docs = Docs::default().line(format!("The {} `{name}` of `{owner}`.", record.kind));
        let variants = &literals.variants;
        string_enum(&literals.item, docs, None, &member.literals, variants).into()
    }

    fn newtype(
        self,
        type_def: &TypeDef,
        item: &'a Name,
        wire: &str,
        docs: Docs,
        ty: &Type,
    ) -> Vec<TokenStream> {
        let docs = match external(ty) {
            None => docs,
            Some(name) => {
                let text = format!("Raw JSON of `{name}`, which these bindings do not describe.");
                docs.text(self.scope(Some(item)), &text)
            }
        };
        let alias = alias_attribute(wire, item);
        let head = quote!(#docs #alias);
        let total = Derives::always(&[
            "Clone",
            "Debug",
            "Default",
            "PartialEq",
            "Eq",
            "PartialOrd",
            "Ord",
            "Hash",
        ]);
        let copied = Derives::always(&[
            "Clone",
            "Copy",
            "Debug",
            "Default",
            "PartialEq",
            "Eq",
            "PartialOrd",
            "Ord",
            "Hash",
        ]);
        let partial = Derives::always(&[
            "Clone",
            "Copy",
            "Debug",
            "Default",
            "PartialEq",
            "PartialOrd",
        ]);
        let (derive, inner, form) = match ty {
            Type::String => (total, quote!(String), "string_newtype"),
            Type::Integer => (copied, quote!(i64), "integer_newtype"),
            Type::Boolean => (copied, quote!(bool), "boolean_newtype"),
            Type::Number => (partial, quote!(f64), "number_newtype"),
            ty => return self.open_newtype(type_def.direction, item, &head, ty),
        };
        let form = format_ident!("{form}");
        let definition = quote! {
            #head
            #derive
            pub struct #item(#inner);
        };
        vec![definition, quote!(wire::#form!(#item);)]
    }

    /// A newtype around something with a form of its own, which is there to use.
    fn open_newtype(
        self,
        direction: Direction,
        item: &Name,
        head: &TokenStream,
        ty: &Type,
    ) -> Vec<TokenStream> {
        let inner = tokens(&self.ty(ty, None));
        let derive = derive_default(direction, !matches!(ty, Type::Ref(_)));
        let definition = quote! {
            #head
            #derive
            pub struct #item(pub #inner);
        };
        if !reaches(ty) {
            return vec![definition, quote!(wire::newtype!(#item, #inner);)];
        }
        // What it is made of may go one way only.
        let (reads, writes) = (mirror(direction.received), mirror(direction.sent));
        vec![
            definition,
            quote!(wire::convert!(#item, #inner);),
            quote!(#reads wire::read_newtype!(#item, #inner);),
            quote!(#writes wire::write_newtype!(#item);),
        ]
    }
}

/// Whether a type of the protocol is within.
fn reaches(ty: &Type) -> bool {
    match ty {
        Type::Ref(_) => true,
        Type::Array(Some(items)) => reaches(items),
        _ => false,
    }
}

fn string_enum(
    item: &Name,
    docs: Docs,
    alias: Option<String>,
    literals: &[Literal],
    names: &[Name],
) -> [Item; 2] {
    let variants = literals.iter().zip(names);
    let unrecognized = Row {
        docs: vec!["A literal that these bindings do not know, as it came.".to_owned()],
        alias: None,
        name: UNRECOGNIZED.to_owned(),
        ty: Some("String".to_owned()),
    };
    let definition = Definition {
        docs: docs.into_lines(),
        alias,
        derives: Derives::always(&["Clone", "Debug", "PartialEq", "Eq", "Hash"]),
        kind: Kind::Enum,
        item: item.to_string(),
        rows: variants
            .map(|(literal, name)| variant(literal, name))
            .chain([unrecognized])
            .collect(),
    };
    let rows = literals.iter().zip(names);
    let table = Table {
        call: "string_enum",
        item: item.to_string(),
        head: String::new(),
        rows: rows
            .map(|(literal, name)| format!("{} => {name}", TokenLiteral::string(&literal.text)))
            .collect(),
        traits: vec![("Deserialize", true), ("Serialize", true)],
    };
    [Item::Definition(definition), Item::Table(table)]
}

fn variant(literal: &Literal, name: &Name) -> Row {
    Row {
        docs: Docs::default().line(shown(&literal.text)).into_lines(),
        alias: (!literal.text.eq_ignore_ascii_case(name.plain()))
            .then(|| alias(&literal.text, name))
            .flatten(),
        name: name.to_string(),
        ty: None,
    }
}

/// A literal as docs show it: any text, in one line.
fn shown(literal: &str) -> String {
    let line = prose::visible(literal).replace('\n', " ");
    match line.trim() {
        "" if literal.is_empty() => "The empty string.".to_owned(),
        "" => "Nothing but white space.".to_owned(),
        text if text.contains('`') => prose::escaped(text),
        text => format!("`{text}`"),
    }
}
