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
    let literals = make.literals(&["x", "X"]);
    make.type_def("Go", "", RECEIVED, Shape::Enum(literals));
    make.command("go", "", Vec::new(), Vec::new());
    make.event("foo", "", Vec::new());
    make.event("Foo", "", Vec::new());
    make.domain("foo_bar", "");
    assert_eq!(
        messages(&make.protocol),
        [
            "literal `a b` and literal `a-b` are both `AB` in Rust",
            "member `aB` and member `a_b` are both `a_b` in Rust",
            "literal `x` and literal `X` are both `X` in Rust",
            "type `Go` and command `go` are both `Go` in Rust",
            "event `foo` and event `Foo` are both `Foo` in Rust",
            "domain `fooBar` and domain `foo_bar` are both `foo_bar` in Rust",
        ]
    );
}

/// A domain whose types have the names that its other items would be given, and,
/// if so told, those that these fall back on.
fn taken(second_too: bool) -> Make {
    let mut make = Make::default();
    make.domain("D", "");
    for (first, second) in [
        ("NodeType", "NodeTypeLiteral"),
        ("GoReturns", "GoCommandReturns"),
        ("FooEvent", "FooEventParameters"),
        ("DEvent", "DAnyEvent"),
        ("DCommands", "DCommandMethods"),
    ] {
        make.type_def(first, "", BOTH, Shape::Alias(Type::Any));
        if second_too {
            make.type_def(second, "", BOTH, Shape::Alias(Type::Any));
        }
    }
    let mut kind = make.member("type", Type::String, "");
    kind.literals = make.literals(&["a"]);
    make.type_def("Node", "", BOTH, Shape::Object(vec![kind]));
    make.command("go", "", Vec::new(), Vec::new());
    make.event("foo", "", Vec::new());
    make
}

#[test]
fn the_names_of_documents_come_before_those_made_of_them() {
    let made = taken(false);
    let names = names(&made.protocol).unwrap_or_else(|found| panic!("{found:#?}"));
    let domain = &names.domains[0];
    assert_eq!(domain.event_enum.plain(), "DAnyEvent");
    assert_eq!(domain.command_trait.plain(), "DCommandMethods");
    assert_eq!(domain.events[0].item.plain(), "FooEventParameters");
    assert_eq!(domain.commands[0].returns.plain(), "GoCommandReturns");
    let literals = names.types[5].members[0].literals.as_ref();
    let literals = literals.map(|literals| literals.item.plain());
    assert_eq!(literals, Some("NodeTypeLiteral"));
    let types = ["NodeType", "GoReturns", "FooEvent", "DEvent", "DCommands"];
    for (names, name) in names.types.iter().zip(types) {
        assert_eq!(names.item.plain(), name);
    }
    assert_eq!(domain.items.len(), 12);
}

#[test]
fn an_event_comes_before_the_enum_of_events() {
    let mut make = Make::default();
    make.domain("Log", "");
    make.event("log", "", Vec::new());
    let names = names(&make.protocol).unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(names.domains[0].events[0].item.plain(), "LogEvent");
    assert_eq!(names.domains[0].event_enum.plain(), "LogAnyEvent");
}

#[test]
fn a_made_name_that_is_taken_twice_is_a_collision() {
    assert_eq!(
        messages(&taken(true).protocol),
        [
            "type `DAnyEvent` and the events of domain `D` are both `DAnyEvent` in Rust",
            "type `DCommandMethods` and the commands of domain `D` are both \
             `DCommandMethods` in Rust",
            "type `NodeTypeLiteral` and the literals of member `type` are both \
             `NodeTypeLiteral` in Rust",
            "type `GoCommandReturns` and the returns of command `go` are both \
             `GoCommandReturns` in Rust",
            "type `FooEventParameters` and event `foo` are both `FooEventParameters` in Rust",
        ]
    );
}

#[test]
fn what_is_not_emitted_takes_no_name() {
    let mut make = Make::default();
    make.domain("D", "");
    for name in ["DEvent", "DAnyEvent", "DCommands", "DCommandMethods"] {
        make.type_def(name, "", BOTH, Shape::Alias(Type::Any));
    }
    assert!(messages(&make.protocol).is_empty());
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
