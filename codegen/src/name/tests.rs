use super::{Name, camel, module, names, reserve, snake, type_name, variant};
use crate::diagnostic::Diagnostic;
use crate::fixture::{self, BOTH, Make, RECEIVED};
use crate::model::{Protocol, Shape, Type};

/// Every rule of naming, and what comes of it.
#[test]
fn wire_names_become_rust_names() {
    let mut table = format!(
        "{:<24} {:<24} {:<24} {}\n",
        "wire", "module", "type", "field"
    );
    for wire in [
        "HeapProfiler",
        "DOM",
        "DOMDebugger",
        "IndexedDB",
        "IO",
        "CSS",
        "WebAuthn",
        "getDOMCounters",
        "includeObjectsCollectedByMajorGC",
        "XMLHttpRequest",
        "scriptId",
        "x86_64",
        "a1",
        "a_1",
        "a12",
        "a1_2",
        "isOwn",
        "snake_case",
        "SHOUTING_CASE",
        "_private",
        "__proto__",
        "_",
        "_1",
        "type",
        "Type",
        "self",
        "Self",
        "super",
        "crate",
        "async",
        "await",
        "dyn",
        "try",
        "gen",
        "union",
        "static",
        "abstract",
        "yield",
        "box",
        "macro",
        "mod",
        "Mod",
        "protocol",
        "con",
        "AUX",
        "Com1",
        "com10",
        "lpt9",
        "Option",
        "Some",
        "none",
        "Vec",
        "string",
        "Box",
        "Result",
        "ok",
        "Default",
        "Hash",
        "debug",
        "Into",
        "Value",
        "Error",
        "Command",
        "wire",
        "new",
    ] {
        let module = Name::of(&module(wire)).to_string();
        let item = type_name(camel(wire)).to_string();
        let field = Name::of(&snake(wire)).to_string();
        table += &format!("{wire:<24} {module:<24} {item:<24} {field}\n");
    }
    fixture::snapshot("names", &table);
}

#[test]
fn literals_become_variants() {
    let mut table = format!("{:<24} {}\n", "literal", "variant");
    for literal in [
        "object",
        "no-preference",
        "-Infinity",
        "Infinity",
        "-0",
        "-webkit-box",
        "-",
        "--",
        "- 1",
        "",
        " ",
        "\n",
        "0",
        "2d",
        "1.5",
        "15",
        "1-5",
        "a1",
        "a.1",
        "text/html",
        "::before",
        "c++",
        "c#",
        "*",
        "<=",
        "⭐",
        "a⭐b",
        "é",
        "Ünïcode",
        "\u{202e}",
        "Unrecognized",
        "unrecognized",
        "Self",
        "self",
        "None",
        "type",
        "XHR",
        "preferCSSPageSize",
        "rgb(0, 0, 0)",
        "a\\b",
        "\"",
    ] {
        let variant = Name::of(&reserve(variant(literal), &[super::UNRECOGNIZED]));
        table += &format!("{:<24} {variant}\n", format!("{literal:?}"));
    }
    fixture::snapshot("variants", &table);
}

fn collisions(protocol: &Protocol) -> Vec<Diagnostic> {
    names(protocol).err().unwrap_or_default()
}

fn messages(protocol: &Protocol) -> Vec<String> {
    collisions(protocol)
        .into_iter()
        .map(|diagnostic| diagnostic.message)
        .collect()
}

#[test]
fn a_collision_points_at_both_and_says_how_to_mend_it() {
    let mut make = Make::default();
    make.domain("D", "");
    make.command("fooBar", "", Vec::new(), Vec::new());
    make.command("foo_bar", "", Vec::new(), Vec::new());
    let spans: Vec<_> = make.protocol.domains[0]
        .commands
        .iter()
        .map(|command| command.about.span)
        .collect();
    let found = collisions(&make.protocol);
    // The structs collide, and their returns, and the methods; once is enough.
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "rust-name-collision");
    assert_eq!(
        found[0].message,
        "command `fooBar` and command `foo_bar` are both `FooBar` in Rust"
    );
    assert_eq!(found[0].primary.span, spans[1]);
    assert_eq!(found[0].secondary[0].span, spans[0]);
    assert!(found[0].help.is_some());
}

#[test]
fn every_namespace_is_checked() {
    let mut make = Make::default();
    make.domain("fooBar", "");
    let mut kind = make.member("type", Type::String, "");
    kind.literals = make.literals(&["a b", "a-b", "c"]);
    let members = vec![
        make.member("aB", Type::Integer, ""),
        make.optional("a_b", Type::Integer, ""),
        kind,
    ];
    make.type_def("Node", "", BOTH, Shape::Object(members));
    make.type_def("NodeType", "", BOTH, Shape::Alias(Type::String));
    let literals = make.literals(&["x", "X"]);
    make.type_def("GoReturns", "", RECEIVED, Shape::Enum(literals));
    make.command("go", "", Vec::new(), Vec::new());
    make.command("fooBarCommands", "", Vec::new(), Vec::new());
    make.event("fooBar", "", Vec::new());
    make.event("foo", "", Vec::new());
    make.type_def("FooEvent", "", BOTH, Shape::Alias(Type::Any));
    make.domain("foo_bar", "");
    assert_eq!(
        messages(&make.protocol),
        [
            "member `aB` and member `a_b` are both `a_b` in Rust",
            "literal `a b` and literal `a-b` are both `AB` in Rust",
            "the literals of member `type` and type `NodeType` are both `NodeType` in Rust",
            "literal `x` and literal `X` are both `X` in Rust",
            "type `GoReturns` and the returns of command `go` are both `GoReturns` in Rust",
            "type `FooEvent` and event `foo` are both `FooEvent` in Rust",
            "event `fooBar` and the events of domain `fooBar` are both `FooBarEvent` in Rust",
            "command `fooBarCommands` and the commands of domain `fooBar` are both \
             `FooBarCommands` in Rust",
            "domain `fooBar` and domain `foo_bar` are both `foo_bar` in Rust",
        ]
    );
}

#[test]
fn the_same_name_in_parameters_and_returns_is_no_collision() {
    let mut make = Make::default();
    make.domain("CSS", "");
    let members = vec![make.member("keyText", Type::String, "")];
    make.command("setKeyframeKey", "", members.clone(), members);
    assert!(messages(&make.protocol).is_empty());
}

#[test]
fn what_a_message_shows_is_visible() {
    let mut make = Make::default();
    make.domain("D", "");
    let literals = make.literals(&["\u{202e}", "\u{202e}"]);
    make.type_def("T", "", BOTH, Shape::Enum(literals));
    assert_eq!(
        messages(&make.protocol),
        ["literal `U+202E` and literal `U+202E` are both `U202E` in Rust"]
    );
}
