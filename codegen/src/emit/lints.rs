//! Names and sizes of the protocol that clippy takes for mistakes of the code: the
//! lint is allowed where it concerns, and nowhere else.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::name::Name;

/// Methods of operator traits that take a value and an operand. clippy takes a
/// setter of such a name for a missing impl.
const OPERATORS: &[&str] = &[
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// Names that say nothing, elsewhere.
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// With more arguments clippy wants a struct, which is what is being made.
const MAX_ARGUMENTS: usize = 7;

/// What `new` of an item needs, with these arguments.
pub(super) fn constructor(item: &Name, arguments: &[&Name]) -> Option<TokenStream> {
    allow([
        (
            "disallowed_names",
            arguments.iter().any(|name| is_in(name, PLACEHOLDERS)),
        ),
        (
            "self_named_constructors",
            item.plain().eq_ignore_ascii_case("new"),
        ),
        ("too_many_arguments", arguments.len() > MAX_ARGUMENTS),
    ])
}

/// What a setter needs.
pub(super) fn setter(name: &Name, argument: &Name) -> Option<TokenStream> {
    allow([
        ("disallowed_names", is_in(argument, PLACEHOLDERS)),
        ("should_implement_trait", is_in(name, OPERATORS)),
    ])
}

/// What the method of a command needs, which takes `&self` whatever its name is.
pub(super) fn method(name: &Name) -> Option<TokenStream> {
    let name = name.plain();
    let is_conversion = name.starts_with("from_")
        || name.starts_with("into_")
        || (name.starts_with("to_") && name.ends_with("_mut"));
    allow([("wrong_self_convention", is_conversion || name == "new")])
}

fn is_in(name: &Name, list: &[&str]) -> bool {
    list.contains(&name.plain())
}

fn allow<const N: usize>(lints: [(&str, bool); N]) -> Option<TokenStream> {
    let lints: Vec<_> = lints
        .iter()
        .filter(|(_, needed)| *needed)
        .map(|(lint, _)| format_ident!("{lint}"))
        .collect();
    (!lints.is_empty()).then(|| quote!(#[allow(#(clippy::#lints),*)]))
}
