//! Items -> text: a header, then item by item with an empty line in between.

use proc_macro2::Literal;

use crate::emit::{Definition, Derives, File, Item, Kind, Table};
use crate::prose;

/// An item of the output, parsed: what is printed and what the list of the API
/// is read from are the same.
pub(crate) enum Printable {
    Code(Box<syn::Item>),
    Definition(Definition),
    Table(Table),
}

impl From<Item> for Printable {
    /// Reads back what emit wrote, in templates and names that were checked.
    fn from(item: Item) -> Self {
        match item {
            Item::Code(tokens) => {
                let item = syn::parse2(tokens).expect("every code of emit is one item");
                Self::Code(Box::new(item))
            }
            Item::Definition(definition) => Self::Definition(definition),
            Item::Table(table) => Self::Table(table),
        }
    }
}

/// Where a file goes, below the crate.
pub(crate) fn path(file: &File<'_>) -> String {
    let module = file.module.as_deref().unwrap_or("mod");
    format!("src/protocol/{module}.rs")
}

/// What stands before the items of a file.
pub(crate) fn head(file: &File<'_>) -> String {
    let mut text = header(&file.documents);
    for line in &file.docs {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Some items of a file; each is shown to `inspect` before it is printed and
/// dropped.
pub(crate) fn items(
    items: impl IntoIterator<Item = Item>,
    mut inspect: impl FnMut(&Printable),
) -> String {
    let mut text = String::new();
    let mut after_module = false;
    for item in items.into_iter().map(Printable::from) {
        inspect(&item);
        let is_module = match &item {
            Printable::Code(item) => matches!(**item, syn::Item::Mod(_)),
            Printable::Definition(_) | Printable::Table(_) => false,
        };
        if !(is_module && after_module) {
            text.push('\n');
        }
        after_module = is_module;
        match item {
            Printable::Code(item) => push_code(*item, &mut text),
            Printable::Definition(definition) => push_definition(&definition, &mut text),
            Printable::Table(table) => push_table(&table, &mut text),
        }
    }
    text
}

/// The printer works on files; item by item its cost stays in line.
fn push_code(item: syn::Item, text: &mut String) {
    let item = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    push_spaced(&item, text);
}

/// As the printer would, but that no line is ever broken.
fn push_definition(definition: &Definition, text: &mut String) {
    push_docs("", &definition.docs, text);
    push_alias("", definition.alias.as_deref(), text);
    let Derives { always, mirrored } = definition.derives;
    text.extend(["#[derive(", &always.join(", "), ")]\n"]);
    if !mirrored.is_empty() {
        let mirrored = mirrored.join(", ");
        text.extend([
            "#[cfg_attr(feature = \"mirror\", derive(",
            &mirrored,
            "))]\n",
        ]);
    }
    let (keyword, public) = match definition.kind {
        Kind::Struct => ("struct", "pub "),
        Kind::Enum => ("enum", ""),
    };
    text.extend([
        "#[non_exhaustive]\npub ",
        keyword,
        " ",
        &definition.item,
        " {",
    ]);
    if !definition.rows.is_empty() {
        text.push('\n');
    }
    for row in &definition.rows {
        push_docs("    ", &row.docs, text);
        push_alias("    ", row.alias.as_deref(), text);
        text.extend(["    ", public, &row.name]);
        match (definition.kind, &row.ty) {
            (_, None) => {}
            (Kind::Struct, Some(ty)) => text.extend([": ", ty]),
            (Kind::Enum, Some(ty)) => text.extend(["(", ty, ")"]),
        }
        text.push_str(",\n");
    }
    text.push_str("}\n");
}

fn push_docs(margin: &str, docs: &[String], text: &mut String) {
    for line in docs {
        let blank = if line.is_empty() { "" } else { " " };
        text.extend([margin, "///", blank, line, "\n"]);
    }
}

fn push_alias(margin: &str, alias: Option<&str>, text: &mut String) {
    if let Some(alias) = alias {
        let alias = Literal::string(alias).to_string();
        text.extend([margin, "#[doc(alias = ", &alias, ")]\n"]);
    }
}

/// A line for each row, where the printer would fill its lines.
fn push_table(table: &Table, text: &mut String) {
    let Table {
        call, item, head, ..
    } = table;
    text.push_str(&format!("wire::{call}! {{\n    {item}{head} {{"));
    for row in &table.rows {
        text.push_str(&format!("\n        {row},"));
    }
    if !table.rows.is_empty() {
        text.push_str("\n    ");
    }
    text.push_str("}\n}\n");
}

/// Sets the methods of an impl apart, which the printer does not. No literal
/// spans lines, so what looks like the end of a member is one.
fn push_spaced(item: &str, text: &mut String) {
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let next = lines.peek().copied().unwrap_or("}");
        let ends_constant = line.ends_with(';') && next.starts_with("    fn ");
        if (line == "    }" && next != "}") || ends_constant {
            text.push('\n');
        }
    }
}

fn header(documents: &[String]) -> String {
    let from = match documents {
        [] => "the documents of all domains".to_owned(),
        [only] => one_line(only),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|name| one_line(name)).collect();
            format!("{} and {}", first.join(", "), one_line(last))
        }
    };
    format!(
        "// @generated by cdp-codegen from {from}.\n\
         // Do not edit. `cargo xtask regenerate` writes it anew.\n\n"
    )
}

/// A name of a document stands in a comment: it must not end it.
fn one_line(name: &str) -> String {
    prose::visible(name).replace('\n', "U+000A")
}
