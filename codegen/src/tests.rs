//! What cannot be seen from outside: blocks, ir and model.

use crate::block::{Kind, blocks};
use crate::source::{Source, SourceId, Sources, Span};
use crate::{External, Input, Role, Severity, model, parse, read};

fn input(name: &str, text: &str) -> Input {
    let role = if name.contains("overlay/") {
        Role::Overlay
    } else {
        Role::Base
    };
    Input {
        name: name.to_owned(),
        role,
        bytes: text.as_bytes().to_vec(),
    }
}

fn spec(name: &str) -> Input {
    let path = format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"));
    input(name, &std::fs::read_to_string(path).expect(name))
}

fn sole(text: &str) -> (SourceId, Source) {
    let (sources, _) = Sources::new(vec![input("a.md", text)]);
    let (id, source) = sources.iter().next().expect("one document");
    (id, source.clone())
}

/// A line per block: what it is, and the parts of it that matter.
fn listed(text: &str) -> String {
    let (id, source) = sole(text);
    let get = |span: &Span| source.text[span.range()].to_owned();
    let mut out = String::new();
    for block in blocks(id, &source) {
        let kind = match &block.kind {
            Kind::Heading { level, content } => format!("heading {level} {:?}", get(content)),
            Kind::Label { word, rest } => format!("label {:?} {:?}", get(word), get(rest)),
            Kind::Item { marks, code, rest } => {
                let marks: Vec<String> = marks.iter().map(get).collect();
                let code = code.as_ref().map(get);
                format!("item {marks:?} {code:?} {:?}", get(rest))
            }
            Kind::Definition { label, target, .. } => {
                format!("definition {:?} {:?}", get(label), target.as_ref().map(get))
            }
            Kind::Verbatim { content } => format!("verbatim {:?}", get(content)),
            Kind::Text => format!("text {:?}", get(&block.span)),
        };
        let gap = if block.gap { "+" } else { " " };
        out.push_str(&format!("{gap}{:>2} {kind}\n", block.indent));
    }
    out
}

#[test]
fn blocks_of_the_dialect() {
    insta::assert_snapshot!(listed(include_str!("tests/blocks.md")));
}

/// Lines that CommonMark takes for structure, inside of texts.
#[test]
fn blocks_of_hostile_texts() {
    insta::assert_snapshot!(listed(include_str!("tests/hostile.md")));
}

#[test]
fn the_ir_of_the_seed() {
    let (sources, _) = Sources::new(vec![spec("spec/heapprofiler.md")]);
    let (id, source) = sources.iter().next().expect("the seed");
    let mut diagnostics = Vec::new();
    let document = parse::parse(id, source, &mut diagnostics);
    assert_eq!(diagnostics, []);
    insta::assert_debug_snapshot!(document);
}

#[test]
fn the_model_of_the_seed() {
    let reading = read(vec![spec("spec/heapprofiler.md")], External::Keep);
    insta::assert_debug_snapshot!(reading.protocol.expect("the seed is read"));
}

#[test]
fn the_model_of_the_project() {
    let inputs = [
        "spec/heapprofiler.md",
        "spec/runtime.md",
        "spec/overlay/heapprofiler.md",
        "spec/overlay/runtime.md",
    ];
    let reading = read(inputs.map(spec).to_vec(), External::Refuse);
    assert_eq!(reading.diagnostics, []);
    insta::assert_debug_snapshot!(reading.protocol.expect("the documents are read"));
}

/// The line of every block is a fact, part of a text, or reported: here, of the
/// seed, nothing is reported, so each line of it must be found again.
#[test]
fn no_line_of_the_seed_is_dropped() {
    let (sources, _) = Sources::new(vec![spec("spec/heapprofiler.md")]);
    let (id, source) = sources.iter().next().expect("the seed");
    let mut diagnostics = Vec::new();
    let document = parse::parse(id, source, &mut diagnostics);
    let read = format!("{document:?}");
    for (number, line) in source.text.lines().enumerate() {
        for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
            let structure = [
                "domain",
                "type",
                "command",
                "event",
                "properties",
                "parameters",
                "returns",
                "of",
                "array",
            ];
            if structure.contains(&word) {
                continue;
            }
            let known = read.contains(word) || read.to_lowercase().contains(&word.to_lowercase());
            assert!(known, "line {}: `{word}` is nowhere in the ir", number + 1);
        }
    }
}

fn types_of(text: &str) -> model::Protocol {
    let reading = read(vec![input("a.md", text)], External::Refuse);
    let errors = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.count(), 0);
    reading.protocol.expect("no errors")
}

fn member<'a>(protocol: &'a model::Protocol, ty: &str, name: &str) -> &'a model::Member {
    let ty = protocol
        .types
        .iter()
        .find(|item| item.about.name == ty)
        .expect(ty);
    let model::Shape::Object(members) = &ty.shape else {
        panic!("{} is no object", ty.about.name);
    };
    members
        .iter()
        .find(|member| member.about.name == name)
        .expect(name)
}

/// `A` holds itself; `B` and `C` hold each other; `D` holds itself in an array.
#[test]
fn members_that_hold_their_own_type_are_boxed_and_end() {
    let protocol = types_of(
        "\n### domain: X\n\n#### type: X.A = object\n\n*properties*\n  - `a` <[X.A]]> \n  - `d` <[X.D]]> \n\n\
         #### type: X.B = object\n\n*properties*\n  - `c` <[X.C]]> \n\n\
         #### type: X.C = object\n\n*properties*\n  - *optional* `b` <[X.B]]> \n\n\
         #### type: X.D = object\n\n*properties*\n  - `d` <array of [X.D]> \n\n\
         [X.A]: a.md#xa\n[X.D]: a.md#xd\n[X.C]: a.md#xc\n[X.B]: a.md#xb\n",
    );
    let facts = |ty, name| {
        let member = member(&protocol, ty, name);
        (member.boxed, member.optional, member.optional_inferred)
    };
    assert_eq!(facts("A", "a"), (true, true, true));
    assert_eq!(facts("A", "d"), (false, false, false));
    // The cycle ends at `b`, so `c` stays required.
    assert_eq!(facts("B", "c"), (true, false, false));
    assert_eq!(facts("C", "b"), (true, true, false));
    assert_eq!(facts("D", "d"), (false, false, false));
}

#[test]
fn directions_follow_what_commands_and_events_reach() {
    let protocol = types_of(
        "\n### domain: X\n\n#### type: X.Sent = object\n\n*properties*\n  - `a` <array of [X.Both]> \n\n\
         #### type: X.Both = string\n\n#### type: X.Received = object\n\n*properties*\n  - `b` <[X.Both]]> \n\n\
         #### type: X.Alone = object\n\n*properties*\n  - `r` <[X.Received]]>\n\n#### type: X.Other = object\n\n*properties*\n  - `b` <array of [X.Sent]>\n\n#### command: X.go()\n\n*parameters*\n- `s` <[X.Sent]]> \n\n\
         #### event: X.gone\n\n*returns*\n- `r` <[X.Received]]> \n- `o` <[X.Other]]>\n\n\
         [X.Other]: a.md#xother\n[X.Both]: a.md#xboth\n[X.Sent]: a.md#xsent\n[X.Received]: a.md#xreceived\n",
    );
    let directions: Vec<_> = protocol
        .types
        .iter()
        .map(|item| {
            (
                item.about.name.as_str(),
                item.direction.sent,
                item.direction.received,
            )
        })
        .collect();
    assert_eq!(
        directions,
        [
            ("Sent", true, true),
            ("Both", true, true),
            // As part of what nothing reaches, and so goes both ways.
            ("Received", true, true),
            ("Alone", true, true),
            ("Other", false, true)
        ],
    );
}

/// What a type was before an overlay corrected it is gone.
#[test]
fn a_corrected_type_keeps_nothing_of_the_old_one() {
    let base = input(
        "a.md",
        "\n### domain: X\n\n#### type: X.E = string\n\n*enum*\n- `x`\n\n\
         #### type: X.O = object\n\n*properties*\n  - `a` <string]>\n    *enum*\n    - `x`\n\n\
         #### type: X.P = object\n\n*properties*\n  - `a` <string]>\n",
    );
    let overlay = input(
        "overlay/a.md",
        "\n### domain: X\n\n#### type: X.E = integer\n\n*amends* A number.\n\n\
         #### type: X.O = object\n\n*properties*\n  - `a` <integer]>\n    *amends* A number.\n\n\
         #### type: X.P = string\n\n*amends* A string.\n",
    );
    let reading = read(vec![base, overlay], External::Refuse);
    assert_eq!(reading.diagnostics, []);
    let protocol = reading.protocol.expect("no errors");
    let alias = |index: usize| match &protocol.types[index].shape {
        model::Shape::Alias(ty) => ty.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (alias(0), alias(2)),
        (model::Type::Integer, model::Type::String)
    );
    let a = member(&protocol, "O", "a");
    assert!(a.literals.is_empty() && a.ty == model::Type::Integer);
}

/// What an overlay says is laid over the base, and a reason goes along with facts.
#[test]
fn overlays_add_and_amend() {
    let base = input(
        "a.md",
        "\n### domain: X\n\n#### type: X.T = array\n\n#### type: X.S = object\n\n*properties*\n  - `a` <string]> Text\n  - `b` <string]> Text\n\n\
         #### command: X.go()\n\n*parameters*\n- `a` <string]> Text\n",
    );
    let overlay = input(
        "overlay/a.md",
        "\n### domain: X \u{1F331}\n\n*amends* Marked.\n\n#### type: X.T = array of integer\n\n*amends* Items.\n\n\
         #### type: X.S = object\n\n*properties*\n  - *optional* `a` <integer]>\n    *amends* Optional\n    and a number.\n\
         \x20   Not text.\n  - `b` <string]> Better\n    *amends* Better.\n  - `c` <any]>\n    *adds* New.\n\n\
         #### command: X.go()\n\n*amends* All of it.\n\n*parameters*\n- *optional* `a` <string]> \u{1F342}\n\n\
         #### event: X.gone\n\nGone.\n\n*adds* New, too.\n\n*returns*\n- `a` <string]>\n",
    );
    let reading = read(vec![overlay, base], External::Refuse);
    assert_eq!(reading.diagnostics, []);
    let protocol = reading.protocol.expect("no errors");
    let domain = &protocol.domains[0];
    assert!(domain.about.experimental);
    assert_eq!(domain.about.reason.as_deref(), Some("Marked."));
    assert_eq!(domain.documents, ["a.md", "overlay/a.md"]);
    let model::Shape::Alias(items) = &protocol.types[0].shape else {
        panic!("T is no alias");
    };
    assert_eq!(
        *items,
        model::Type::Array(Some(Box::new(model::Type::Integer)))
    );
    let told = |member: &model::Member| {
        let about = &member.about;
        let reason = about.reason.clone().unwrap_or_default();
        (
            about.name.clone(),
            member.ty.clone(),
            member.optional,
            about.text.clone(),
            reason,
        )
    };
    let expected = [
        (
            "a",
            model::Type::Integer,
            true,
            "Text",
            "Optional\nand a number.\nNot text.",
        ),
        ("b", model::Type::String, false, "Better", ""),
        ("c", model::Type::Any, false, "", "New."),
    ];
    for (name, ty, optional, text, reason) in expected {
        let found = told(member(&protocol, "S", name));
        assert_eq!(
            found,
            (name.into(), ty, optional, text.into(), reason.into())
        );
    }
    let parameter = &domain.commands[0].parameters[0];
    assert!(parameter.optional && parameter.about.deprecated);
    assert_eq!(parameter.about.reason.as_deref(), Some("All of it."));
    assert_eq!(domain.commands[0].about.reason, None);
    assert_eq!(domain.events[0].about.reason.as_deref(), Some("New, too."));
    assert_eq!(domain.events[0].parameters[0].about.reason, None);
}

/// The range of the only parameter of the only command, as it is shown, and why.
fn range(reading: &crate::Reading) -> Option<(String, &str)> {
    assert_eq!(reading.diagnostics, []);
    let protocol = reading.protocol.as_ref().expect("no errors");
    let range = protocol.domains[0].commands[0].parameters[0].range.as_ref();
    range.map(|range| (range.bounds.to_string(), range.why.as_str()))
}

fn ranged(ty: &str, lines: &str) -> String {
    format!("\n### domain: X\n\n#### command: X.go()\n\n*parameters*\n- `a` <{ty}]>{lines}\n")
}

#[test]
fn ranges_are_read_with_their_reasons() {
    for (ty, lines, bounds, why) in [
        ("number", "\n  *range* 1..=147 why", "1..=147", "why"),
        ("integer", " Text\n  *range* 1.. why", "1..", "why"),
        (
            "number",
            " Text\n\n    More.\n  *range* ..=0.5 why",
            "..=0.5",
            "why",
        ),
        (
            "number",
            "\n\t*range*\t 1e3..   why not  ",
            "1000..",
            "why not",
        ),
        (
            "number",
            "\n  *range* 1.. why\n  and\nso on",
            "1..",
            "why\nand\nso on",
        ),
        ("number", "\n\n  *range* 1.. why", "1..", "why"),
        (
            "number",
            "\n  *range* 1.. \"); evil(\"",
            "1..",
            "\"); evil(\"",
        ),
    ] {
        let text = ranged(ty, lines);
        let reading = read(vec![input("a.md", &text)], External::Refuse);
        assert_eq!(range(&reading), Some((bounds.to_owned(), why)), "{lines}");
    }
}

/// The reason of a range is none of the text, and the other way round.
#[test]
fn a_range_and_the_other_texts_of_a_member_stay_apart() {
    let base = ranged("string", " Text");
    for lines in [
        "\n  *range* 1.. why\n  so\n  *amends* A number\n  now.",
        "\n  *amends* A number\n  now.\n  *range* 1.. why\n  so",
    ] {
        let overlay = ranged("number", lines);
        let inputs = vec![input("a.md", &base), input("overlay/a.md", &overlay)];
        let reading = read(inputs, External::Refuse);
        assert_eq!(range(&reading), Some(("1..".to_owned(), "why\nso")));
        let protocol = reading.protocol.expect("no errors");
        let about = &protocol.domains[0].commands[0].parameters[0].about;
        assert_eq!(about.text, "Text");
        assert_eq!(about.reason.as_deref(), Some("A number\nnow."));
    }
}

#[test]
fn an_overlay_replaces_a_range_and_a_corrected_type_drops_it() {
    let base = ranged("number", "\n  *range* 1.. why");
    for (ty, lines, expected) in [
        ("number", "\n  *range* 2.. why\n  *amends* So.", Some("2..")),
        (
            "number",
            "\n  *range* 1.. else\n  *amends* So.",
            Some("1.."),
        ),
        ("integer", "\n  *amends* So.", None),
        (
            "integer",
            "\n  *range* 3.. why\n  *amends* So.",
            Some("3.."),
        ),
    ] {
        let overlay = ranged(ty, lines);
        let inputs = vec![input("a.md", &base), input("overlay/a.md", &overlay)];
        let reading = read(inputs, External::Refuse);
        let found = range(&reading).map(|(bounds, _)| bounds);
        assert_eq!(found.as_deref(), expected, "{lines}");
    }
}

/// With any one character left out there is a range still, or an error.
#[test]
fn no_range_is_lost_with_a_character() {
    let text = ranged("number", " Text\n  *range* 1..=147 why");
    let start = text.find("\n  *range*").expect("the range");
    for (at, _) in text.char_indices().filter(|(at, _)| *at >= start) {
        let damaged = format!("{}{}", &text[..at], &text[at + 1..]);
        let reading = read(vec![input("a.md", &damaged)], External::Refuse);
        let kept = reading.protocol.as_ref().is_none_or(|protocol| {
            protocol.domains[0].commands[0].parameters[0]
                .range
                .is_some()
        });
        assert!(kept, "{damaged}");
    }
}
