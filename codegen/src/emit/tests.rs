use std::time::{Duration, Instant};

use proc_macro2::{TokenStream, TokenTree};

use crate::fixture::{self, BOTH, Make, RECEIVED, SENT};
use crate::model::{Protocol, Shape, Type};
use crate::{Files, generate};

mod compiled;

fn files(protocol: &Protocol) -> Files {
    match generate(protocol) {
        Ok(files) => files,
        Err(collisions) => panic!("{collisions:#?}"),
    }
}

/// The whole output of a small protocol, to be read.
#[test]
fn a_small_protocol() {
    let mut files = files(&fixture::small());
    // The tests of the export show it.
    files.remove(crate::PROTOCOL);
    for (path, text) in files {
        let name = path.rsplit('/').next().unwrap_or_default();
        fixture::snapshot(&format!("small_{name}"), &text);
    }
}

#[test]
fn paths_are_made_of_module_names() {
    let paths: Vec<_> = files(&fixture::nasty()).into_keys().collect();
    assert_eq!(
        paths,
        [
            "api.txt",
            "protocol.json",
            "src/protocol/across.rs",
            "src/protocol/count.rs",
            "src/protocol/crossed.rs",
            "src/protocol/empty.rs",
            "src/protocol/flag.rs",
            "src/protocol/frowned.rs",
            "src/protocol/literal.rs",
            "src/protocol/mod.rs",
            "src/protocol/mod_.rs",
            "src/protocol/moved.rs",
            "src/protocol/object.rs",
            "src/protocol/ranges.rs",
            "src/protocol/self_.rs",
            "src/protocol/size.rs",
            "src/protocol/taken.rs",
            "src/protocol/text.rs",
            "src/protocol/type.rs",
            "src/protocol/unknown.rs",
            "src/protocol/words.rs",
        ]
    );
}

/// A text gets into docs and strings, and nowhere else: without them, nothing of
/// it is left.
#[test]
fn texts_do_not_become_code() {
    let protocol = fixture::nasty();
    for (path, text) in files(&protocol) {
        if !path.ends_with(".rs") {
            continue;
        }
        assert!(
            !text.contains(['\u{202e}', '\u{200b}', '\0', '\r', '\t']),
            "{path}"
        );
        assert!(syn::parse_file(&text).is_ok(), "{path}");
        // Comments are no tokens, docs and strings are one each.
        let Ok(tokens) = text.parse::<TokenStream>() else {
            panic!("{path} is not Rust");
        };
        assert!(!names(tokens, "alert"), "{path}");
    }
}

/// Whether the code, not its literals, has a name in it.
fn names(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => names(group.stream(), name),
        TokenTree::Ident(ident) => ident.to_string().contains(name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[test]
fn a_range_is_a_line_of_the_api() {
    let api = &files(&fixture::nasty())["api.txt"];
    for (parameter, range) in [
        ("number1", "-17976931348623157"),
        ("number3", "0.1..=1000000"),
        ("integer0", "-9223372036854775808..=9223372036854775807"),
        ("integer1", "-1.."),
        ("integer2", "..=0"),
    ] {
        let line = format!("check ranges::Check::{parameter}: {range}");
        assert!(api.lines().any(|found| found.starts_with(&line)), "{line}");
    }
}

#[test]
fn a_command_that_has_moved_says_where_it_is() {
    let text = &files(&fixture::nasty())["src/protocol/moved.rs"];
    for line in [
        "/// Moved to the domain `Taken`: [`Taken.go`](super::taken::Go).",
        // Only an event has that name there.
        "/// Moved to the domain `Taken`.",
        "/// Moved to the domain `Self`: [`Self.type`](super::self_::Type).",
        "/// Moved to the domain `Moved`.",
    ] {
        assert!(text.lines().any(|found| found.trim() == line), "{line}");
    }
}

#[test]
fn bytes_have_a_type_of_their_own() {
    let api = &files(&fixture::nasty())["api.txt"];
    for line in [
        "pub field crossed::Cross::bytes: wire::Binary",
        "pub field crossed::Cross::more: Option<wire::Binary>",
        "pub field crossed::Value::bytes: Option<Vec<wire::Binary>>",
        "pub fn crossed::Cross::new(bytes: wire::Binary) -> Self",
        "pub struct self_::Binary(pub wire::Binary)",
    ] {
        assert!(api.lines().any(|found| found == line), "{line}");
    }
}

#[test]
fn only_one_way_is_unconditional() {
    let mut make = Make::default();
    make.domain("D", "");
    for (name, direction) in [("In", RECEIVED), ("Out", SENT), ("InOut", BOTH)] {
        let member = make.member("x", Type::Integer, "");
        make.type_def(name, "", direction, Shape::Object(vec![member]));
    }
    let api = &files(&make.protocol)["api.txt"];
    for (line, there) in [
        ("impl Deserialize for d::In", true),
        ("[mirror] impl Serialize for d::In", true),
        ("pub fn d::In::new(x: i64) -> Self", false),
        ("[mirror] impl Deserialize for d::Out", true),
        ("impl Serialize for d::Out", true),
        ("[mirror] impl Default for d::Out", true),
        ("pub fn d::Out::new(x: i64) -> Self", true),
        ("impl Deserialize for d::InOut", true),
        ("impl Serialize for d::InOut", true),
        ("impl Default for d::InOut", true),
        ("pub fn d::InOut::new(x: i64) -> Self", true),
    ] {
        assert_eq!(api.lines().any(|found| found == line), there, "{line}");
    }
}

#[test]
fn every_public_item_is_documented() {
    for (path, text) in files(&fixture::nasty()) {
        if !path.ends_with(".rs") {
            continue;
        }
        let Ok(file) = syn::parse_file(&text) else {
            panic!("{path} is not Rust");
        };
        assert!(documented(&file.attrs), "{path}");
        for item in file.items {
            assert_documented(&item);
        }
    }
}

fn documented(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::NameValue(meta) => meta.path.is_ident("doc"),
        _ => false,
    })
}

fn assert_documented(item: &syn::Item) {
    let (attrs, members): (_, Vec<_>) = match item {
        syn::Item::Struct(item) => {
            let fields = item.fields.iter().filter(|field| field.ident.is_some());
            (&item.attrs, fields.map(|field| &field.attrs).collect())
        }
        syn::Item::Enum(item) => {
            let variants = item.variants.iter();
            (
                &item.attrs,
                variants.map(|variant| &variant.attrs).collect(),
            )
        }
        syn::Item::Trait(item) => {
            let methods = item.items.iter().filter_map(|item| match item {
                syn::TraitItem::Fn(method) => Some(&method.attrs),
                _ => None,
            });
            (&item.attrs, methods.collect())
        }
        syn::Item::Impl(item) if item.trait_.is_none() => {
            let methods = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(&method.attrs),
                _ => None,
            });
            for attrs in methods {
                assert!(documented(attrs));
            }
            return;
        }
        _ => return,
    };
    assert!(documented(attrs));
    for attrs in members {
        assert!(documented(attrs));
    }
}

#[test]
fn equal_protocols_give_equal_bytes() {
    assert_eq!(files(&fixture::nasty()), files(&fixture::nasty()));
}

#[test]
fn a_protocol_of_nothing() {
    let paths: Vec<_> = files(&Protocol::default()).into_keys().collect();
    assert_eq!(paths, ["api.txt", "protocol.json", "src/protocol/mod.rs"]);
}

#[test]
fn the_cost_of_a_wide_type_is_linear() {
    let mut make = Make::default();
    make.domain("D", "");
    let members: Vec<_> = (0..20_000)
        .map(|index| make.optional(&format!("member{index}"), Type::Integer, "Text"))
        .collect();
    make.type_def("Wide", "", RECEIVED, Shape::Object(members));
    let start = Instant::now();
    let text = &files(&make.protocol)["src/protocol/d.rs"];
    assert!(text.contains("pub member19999: Option<i64>"));
    // Seconds; quadratic would be many minutes.
    assert!(start.elapsed() < Duration::from_secs(60));
}
