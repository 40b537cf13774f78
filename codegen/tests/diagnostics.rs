//! Every diagnostic, as it is rendered.

#[path = "cases/definitions.rs"]
mod definitions;
mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::{codes, input, read_all, rendered};

const DOMAIN: &str = "\n### domain: A\n";

/// A case: what is wrong, and the documents in which it is.
type Case = (&'static str, Vec<(&'static str, String)>);

/// A document of the domain `A` with a body.
fn a(body: &str) -> Vec<(&'static str, String)> {
    vec![("a.md", format!("{DOMAIN}{body}"))]
}

fn overlaid(body: &str) -> Vec<(&'static str, String)> {
    let base = format!(
        "{DOMAIN}\n#### type: A.T = object\n\nText.\n\n*properties*\n  - `x` <string]> Of T\n  - `y` <integer]> \n\n#### command: A.go()\n\n*parameters*\n- `x` <string]> Of go\n"
    );
    let overlay = format!("\n### domain: A\n{body}");
    vec![("a.md", base), ("overlay/a.md", overlay)]
}

fn cases() -> Vec<Case> {
    let mut cases = headings();
    cases.extend(members());
    cases.extend(ranges());
    cases.extend(references());
    cases.extend(duplicates());
    cases.extend(overlays());
    cases.extend(mixed_generations());
    cases.extend(generation_a());
    cases.extend(generations_c_and_d());
    cases.extend(definitions::all());
    cases
}

/// A line of one generation among those of another.
fn mixed_generations() -> Vec<Case> {
    vec![
        (
            "mixed_headings",
            a(
                "\n#### type: A.T = object\n\n#### type: A.S\n\n#### command: A.go()\n\n#### A.come()\n\n#### command: A.leave\n",
            ),
        ),
        (
            "mixed_headings_in_a",
            a(
                "\n#### A.go()\n\n#### A.come()\n\n#### A.stay()\n\n#### type: A.T = object\n\n#### type: A.S\n\n#### command: A.leave()\n",
            ),
        ),
        (
            "mixed_headings_in_d",
            a(
                "\n#### command: A.go\n\n#### command: A.come\n\n#### command: A.stay\n\n#### type: A.T = object\n\n#### command: A.leave()\n",
            ),
        ),
        (
            "mixed_expressions",
            a(
                "\n#### command: A.go()\n\n*parameters*\n- `a` <string]> a\n- `b` <[string]> b\n- `c` <string]> c\n- `d` <array of [string]> d\n- `e` array of <[string]> e\n- `f` <A.T> f\n",
            ),
        ),
        (
            "mixed_expressions_in_a",
            a(
                "\n#### A.go()\n- parameters\n  - `a` <[string]> a\n  - `b` array of <[string]> b\n  - `c` <array of string> c\n  - `d` <[A.T]> d\n  - `e` array of <[A.T]> e\n",
            ),
        ),
        (
            "mixed_sections",
            a(
                "\n#### event: A.gone\n\n*parameters*\n- `a` <string]> a\n- `b` <string]> b\n\n#### type: A.T = string\n\n*base type*\n- **string**\n",
            ),
        ),
        (
            "mixed_sections_in_c",
            a(
                "\n#### type: A.T = string\n\n*enum*\n- `x`\n\n#### event: A.gone\n\n*returns*\n-  `a` <[string]> a\n-  `b` <[string]> b\n\n[string]: x.md \"x\"\n",
            ),
        ),
    ]
}

fn generation_a() -> Vec<Case> {
    vec![
        (
            "references_without_types",
            a(
                "\n#### A.go()\n- parameters\n  - `x` <T> x\n  - `y` array of <B.T> y\n\n#### event: A.gone\n- `x` <T> \n",
            ),
        ),
        (
            "reference_to_a_domain_without_types",
            vec![
                ("a.md", format!("{DOMAIN}\n#### A.go()\n")),
                (
                    "b.md",
                    "\n### domain: B\n\n#### event: B.gone\n\n*returns*\n- `x` <[A.T]]>\n\n[A.T]: b.md#at\n".into(),
                ),
            ],
        ),
        (
            "list_misspelt",
            a("\n#### A.go()\n- parameters\n  - `x` <[string]> x\n- retruns\n  - `y` <[string]> y\n"),
        ),
        (
            "list_missing",
            a("\n#### A.go()\n  - `x` <[string]> x\n\nText.\n"),
        ),
        (
            "list_empty",
            a("\n#### A.go()\n- parameters\n- returns\n  - `y` <[string]> y\n"),
        ),
        (
            "list_behind_text",
            a("\n#### A.go()\n\nText.\n- parameters\n  - `x` <[string]> x\n"),
        ),
        (
            "heading_lost_in_a",
            a("\n#### A.go()\n\nText.\n\nA.come()\n\nText.\n"),
        ),
        (
            "member_damaged_in_a",
            a("\n#### event: A.gone\n- `x` <[string]> x\n`y` <A.T> y\n- `z array of <T> z\n- w <T> w\n"),
        ),
    ]
}

fn generations_c_and_d() -> Vec<Case> {
    let c = |body: &str, definitions: &str| {
        a(&format!(
            "\n#### type: A.T = object\n\n#### command: A.go()\n\n*parameters*\n-  `x` <[A.T]> x\n{body}\n{definitions}"
        ))
    };
    let d = |base: &str, definitions: &str| {
        a(&format!(
            "\n---\n\n\n#### command: A.go\n\n*parameters*\n-  `x` <[A.T]> x\n\n---\n\n\n#### type: A.T\n{base}\n\n{definitions}"
        ))
    };
    const T: &str = "[A.T]: a.md#type-at--object \"A.T\"\n";
    const LINKS: &str = "[A.go]: a.md#command-ago \"A.go\"\n[A.T]: a.md#type-at \"A.T\"\n[A.T]: a.md#type-at \"A.T\"";
    vec![
        (
            "cut_document",
            c("- *optional* `y` <array of [string]> y\n", T),
        ),
        (
            "definition_without_title",
            c("", "[A.T]: a.md#type-at--object"),
        ),
        (
            "definition_with_another_title",
            c("", "[A.T]: a.md#type-at--object \"A.S\""),
        ),
        ("target_without_base", c("", "[A.T]: a.md#type-at \"A.T\"")),
        (
            "target_in_another_document",
            c("", "[A.T]: b.md#type-at--object \"A.T\""),
        ),
        ("definition_missing_in_c", c("", "")),
        (
            "base_type_missing",
            d("\n*accepted by command*\n- [A.go]\n", LINKS),
        ),
        (
            "base_type_empty",
            d("\n*base type*\n\n*accepted by command*\n- [A.go]\n", LINKS),
        ),
        (
            "base_type_malformed",
            d(
                "\n*base type*\n- **objekt**\n\n*accepted by command*\n- [A.go]\n",
                LINKS,
            ),
        ),
        (
            "base_type_twice",
            d(
                "\n*base type*\n- **object**\n- **string**\n\n*accepted by command*\n- [A.go]\n",
                LINKS,
            ),
        ),
        (
            "back_link_malformed",
            d(
                "\n*base type*\n- **object**\n\n*accepted by command*\n- [A.go]\n- A.come\n-  `y` <[A.T]> y\n",
                LINKS,
            ),
        ),
        (
            "back_link_false",
            d(
                "\n*base type*\n- **object**\n\n*accepted by command*\n- [A.go]\n\n*returned from command*\n- [A.go]\n- [B.go]\n",
                &format!("{LINKS}\n[B.go]: b.md#command-bgo \"B.go\""),
            ),
        ),
        (
            "back_link_missing",
            d(
                "\n*base type*\n- **object**\n",
                "[A.T]: a.md#type-at \"A.T\"",
            ),
        ),
        (
            "back_link_without_definition",
            d(
                "\n*base type*\n- **object**\n\n*accepted by command*\n- [A.go]\n",
                "[A.T]: a.md#type-at--object \"A.T\"",
            ),
        ),
        (
            "rule_without_heading",
            a(
                "\n---\n\n\n#### command: A.go\n\nText.\n\n---\n\n\nMore text.\n\n---\n\n\n#### command: A.come\n",
            ),
        ),
    ]
}

fn headings() -> Vec<Case> {
    vec![
        (
            "missing_domain_heading",
            vec![("a.md", "\n#### command: A.go()\n".into())],
        ),
        ("empty_document", vec![("a.md", String::new())]),
        (
            "early_heading",
            vec![("a.md", "\n#### event: A.gone\n\n### domain: A\n".into())],
        ),
        ("second_domain_heading", a("\n### domain: B\n")),
        (
            "text_before_domain",
            vec![("a.md", "Hello.\n\n### domain: A\n".into())],
        ),
        ("foreign_heading", a("\n#### command: B.go()\n")),
        ("unknown_heading", a("\n#### comand: A.go()\n")),
        ("heading_without_kind", a("\n#### A.gone\n")),
        ("heading_level", a("\n### command: A.go()\n")),
        ("heading_without_blank", a("\n####command: A.go()\n")),
        ("heading_kind_without_blank", a("\n#### command:A.go()\n")),
        (
            "command_without_call",
            a("\n#### command: A.come()\n\n#### command: A.go\n"),
        ),
        (
            "type_without_base",
            a("\n#### type: A.S = string\n\n#### type: A.T\n"),
        ),
        ("unknown_base", a("\n#### type: A.T = objekt\n")),
        ("unqualified", a("\n#### event: gone\n")),
        (
            "domain_with_path",
            vec![("a.md", "\n### domain: ../../etc\n".into())],
        ),
        ("name_with_signs", a("\n#### command: A.go\";evil()\n")),
        ("name_missing", a("\n#### event: A.\n")),
    ]
}

fn ranges() -> Vec<Case> {
    /// A parameter of a type with lines below it.
    fn below(ty: &str, lines: &str) -> Vec<(&'static str, String)> {
        a(&format!(
            "\n#### command: A.go()\n\n*parameters*\n- `x` <{ty}]> Text\n{lines}\n"
        ))
    }
    vec![
        ("range_missing", below("number", "  *range*")),
        ("range_unbounded", below("number", "  *range* .. why")),
        ("range_exclusive", below("number", "  *range* 1..147 why")),
        (
            "range_with_blanks",
            below("number", "  *range* 1 ..= 147 why"),
        ),
        ("range_reversed", below("number", "  *range* 147..=1 why")),
        (
            "range_of_no_number",
            below("number", "  *range* 1..=many why"),
        ),
        ("range_too_huge", below("number", "  *range* 1..=1e400 why")),
        (
            "range_of_fractions",
            below("integer", "  *range* 0.5.. why"),
        ),
        (
            "range_beyond_64_bits",
            below("integer", "  *range* ..=9223372036854775808 why"),
        ),
        ("range_without_reason", below("number", "  *range* 1..")),
        ("range_of_string", below("string", "  *range* 1.. why")),
        (
            "range_of_array",
            a(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <array of number>\n  *range* 1.. why\n",
            ),
        ),
        (
            "range_twice",
            below("number", "  *range* 1.. why\n  *range* 2.. why"),
        ),
        ("range_unindented", below("number", "*range* 1.. why")),
        ("range_misspelt", below("number", "  *Range* 1.. why")),
        ("range_without_star", below("number", "  range* 1.. why")),
        (
            "range_on_the_line_of_its_member",
            a("\n#### command: A.go()\n\n*parameters*\n- `x` <number]> Text *range* 1.. why\n"),
        ),
        (
            "range_with_paragraphs",
            below("number", "  *range* 1.. why\n\n    More."),
        ),
        (
            "range_before_a_damaged_member",
            below("number", "  *range* 1.. why\n  - `y` <numbr]> not"),
        ),
        (
            "range_of_item",
            a("\n#### command: A.go()\n\n*range* 1.. why\n"),
        ),
        (
            "range_of_return",
            a("\n#### command: A.go()\n\n*returns*\n- `x` <number]>\n  *range* 1.. why\n"),
        ),
        (
            "range_of_event",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <number]>\n  *range* 1.. why\n"),
        ),
        (
            "range_of_property",
            a(
                "\n#### type: A.T = object\n\n*properties*\n  - `x` <integer]>\n    *range* 1.. why\n",
            ),
        ),
        (
            "range_before_domain",
            vec![("a.md", "*range* 1.. why\n\n### domain: A\n".into())],
        ),
        (
            "range_redundant",
            vec![
                (
                    "a.md",
                    format!(
                        "{DOMAIN}\n#### command: A.go()\n\n*parameters*\n- `x` <number]>\n  *range* 1.. why\n"
                    ),
                ),
                (
                    "overlay/a.md",
                    format!(
                        "{DOMAIN}\n#### command: A.go()\n\n*parameters*\n- `x` <number]>\n  *range* 1.0.. why\n  *amends* So.\n"
                    ),
                ),
            ],
        ),
        (
            "range_without_intent",
            overlaid(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <number]>\n  *range* 1.. why\n",
            ),
        ),
    ]
}

fn members() -> Vec<Case> {
    vec![
        (
            "gap_in_section",
            a(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <string]> Sent\n\n- `y` <string]> Returned\n",
            ),
        ),
        (
            "unknown_section",
            a("\n#### command: A.go()\n\n*paramters*\n- `x` <string]> \n"),
        ),
        (
            "misplaced_section",
            a("\n#### event: A.gone\n\n*properties*\n- `x` <string]> \n"),
        ),
        (
            "duplicate_section",
            a(
                "\n#### event: A.gone\n\n*returns*\n- `x` <string]> \n\n*returns*\n- `y` <string]> \n",
            ),
        ),
        (
            "empty_section",
            a("\n#### event: A.gone\n\n*returns*\n\n#### event: A.come\n"),
        ),
        (
            "properties_of_string",
            a("\n#### type: A.T = string\n\n*properties*\n  - `x` <string]> \n"),
        ),
        (
            "enum_of_integer",
            a("\n#### type: A.T = integer\n\n*enum*\n- `x`\n"),
        ),
        (
            "empty_enum_of_member",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string]> \n  *enum*\n- `y` <string]> \n"),
        ),
        (
            "member_outside_section",
            a("\n#### command: A.go()\n\n- `x` <string]> \n"),
        ),
        (
            "member_without_type",
            a("\n#### event: A.gone\n\n*returns*\n- `x` the text\n"),
        ),
        (
            "malformed_type",
            a(
                "\n#### event: A.gone\n\n*returns*\n- `x` <string> text\n- `y` <strng]> text\n- `z` <[A.T]> text\n- `w` <array of array of string> text\n",
            ),
        ),
        (
            "type_without_end",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string] text\n"),
        ),
        (
            "type_against_text",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string]>text\n"),
        ),
        (
            "unclosed_name",
            a("\n#### event: A.gone\n\n*returns*\n- `x <string]> text\n"),
        ),
        (
            "name_without_code",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string]> text\n- y <string]> text\n"),
        ),
        (
            "member_name",
            a("\n#### event: A.gone\n\n*returns*\n- `x y` <string]> text\n"),
        ),
        (
            "enum_of_integer_before_a_section",
            a(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <integer]>\n  *enum*\n  - `x`\n\n*returns*\n- `y` <string]>\n  *enum*\n\n*foo*\n",
            ),
        ),
        (
            "heading_with_markup",
            a("\n#### **event: A.gone**\n\n#### event: A.x[](http://y)\n\n#### event: A.y ####\n"),
        ),
        (
            "mark_in_text",
            a(
                "\n#### event: A.gone\n\n*returns*\n- `x` <string]> text 🌱\n- `y` <string]> *optional* text\n",
            ),
        ),
        (
            "merge_conflict",
            a("\n#### event: A.gone\n\n<<<<<<< HEAD\nOld.\n=======\nNew.\n>>>>>>> topic\n"),
        ),
        ("mark_against_name", a("\n#### event: A.gone🌱\n")),
        ("event_with_call", a("\n#### event: A.gone()\n")),
        (
            "unknown_mark",
            a(
                "\n#### event: A.gone\n\n*returns*\n- *optionl* `x` <string]> text\n- *optional* *required* `y` <string]> text\n",
            ),
        ),
        (
            "literal_with_text",
            a("\n#### type: A.T = string\n\n*enum*\n- `x` the first\n"),
        ),
        (
            "text_behind_members",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string]> text\n\nMore text\nand more.\n"),
        ),
        (
            "text_behind_literals",
            a("\n#### type: A.T = string\n\n*enum*\n- `x`\nMore text\n"),
        ),
        ("invalid_dependency", a("\n*dependencies*\n- `../B`\n")),
        (
            "bidi_in_name",
            a("\n#### event: A.gone\n\n*returns*\n- `x\u{202e}y` <string]> text\n"),
        ),
        (
            "long_line",
            a(&format!(
                "\n#### event: A.gone\n\n*returns*\n- `x` <{}string> text\n",
                "long ".repeat(200)
            )),
        ),
    ]
}

/// Lines that were meant to be something else: none passes as text.
#[test]
fn damaged_lines_are_no_text() {
    let members = [
        "- ‘b’ <string]> x",
        "- `b`\t<string]> x",
        "-\u{a0}`b` <string]> x",
        "- `b`\u{a0}<string]> x",
        "– `b` <string]> x",
        "• `b` <string]> x",
        "- 🌱 `b` <string]> x",
        "* `b` <string]> x",
        "`b` <string]> x",
        "- b <array of string> x",
        "- **`b`** <[A.T]]> x",
    ];
    let headings = [
        "\u{a0}#### command: A.go()",
        "\u{200b}#### command: A.go()",
        "> #### command: A.go()",
        "＃### type: A.T = object",
        "command: A.go()",
        "####event: A.gone",
        "    #### event: A.gone",
        "\t#### event: A.gone",
    ];
    let marks = ["<<<<<<< HEAD", ">>>>>>> topic", "a 🌱 text"];
    for line in members.iter().chain(&headings).chain(&marks) {
        for before in [
            "\n#### event: A.last\n\nText\n",
            "\n#### event: A.last\n\n*returns*\n- `a` <string]> Text\n",
        ] {
            let text = format!("{DOMAIN}{before}{line}\n");
            let reading = read_all(&[("a.md", &text)]);
            let [finding] = &reading.diagnostics[..] else {
                panic!("{line:?}: {:?}", codes(&reading));
            };
            let expected = if members.contains(line) {
                "malformed-member"
            } else if headings.contains(line) {
                "malformed-heading"
            } else if line.contains('🌱') {
                "misplaced-mark"
            } else {
                "merge-conflict"
            };
            assert_eq!(finding.code, expected, "{line:?}");
            let source = reading.sources.get(finding.primary.span.source);
            let number = text.lines().count();
            assert_eq!(
                source.position(finding.primary.span.start).0,
                number,
                "{line:?}"
            );
        }
    }
}

fn references() -> Vec<Case> {
    let reference = |name: &str, definition: &str| {
        a(&format!(
            "\n#### type: A.CallFrame = object\n\n#### command: A.go()\n\n*parameters*\n- `x` <[{name}]]> \n\n{definition}"
        ))
    };
    vec![
        (
            "unknown_reference",
            reference("A.CallFrme", "[A.CallFrme]: a.md#acallframe"),
        ),
        (
            "unknown_domain",
            reference(
                "Runtime.CallFrame",
                "[Runtime.CallFrame]: a.md#runtimecallframe",
            ),
        ),
        (
            "reference_to_command",
            reference("A.go", "[A.go]: a.md#ago"),
        ),
        ("missing_definition", reference("A.CallFrame", "")),
        (
            "malformed_definition",
            reference("A.CallFrame", "[A.CallFrame]: \n"),
        ),
        (
            "odd_target",
            reference("A.CallFrame", "[A.CallFrame]: a.md#other"),
        ),
        (
            "unused_definition",
            a("\n#### type: A.T = object\n\n[A.T]: a.md#at\n"),
        ),
        (
            "duplicate_definition",
            reference(
                "A.CallFrame",
                "[A.CallFrame]: a.md#acallframe\n[A.CallFrame]: a.md#acallframe",
            ),
        ),
        (
            "text_behind_definitions",
            reference("A.CallFrame", "[A.CallFrame]: a.md#acallframe\n\nThe end."),
        ),
    ]
}

fn duplicates() -> Vec<Case> {
    vec![
        (
            "duplicate_domain",
            vec![("a.md", DOMAIN.into()), ("b.md", DOMAIN.into())],
        ),
        (
            "duplicate_type",
            a("\n#### type: A.T = object\n\n#### type: A.T = string\n"),
        ),
        (
            "duplicate_command",
            a("\n#### command: A.go()\n\n#### command: A.go()\n"),
        ),
        (
            "duplicate_event",
            a("\n#### event: A.gone\n\n#### event: A.gone\n"),
        ),
        (
            "duplicate_member",
            a("\n#### event: A.gone\n\n*returns*\n- `x` <string]> \n- `x` <integer]> \n"),
        ),
        (
            "duplicate_literal",
            a("\n#### type: A.T = string\n\n*enum*\n- `x`\n- `x`\n"),
        ),
        (
            "duplicate_dependency",
            a("\n*dependencies*\n- `B`\n- `B`\n"),
        ),
    ]
}

fn overlays() -> Vec<Case> {
    let base_reason = "\n#### command: A.go()\n\n*amends* Because.\n";
    vec![
        ("reason_in_base", a(base_reason)),
        (
            "overlay_without_base",
            vec![("overlay/a.md", DOMAIN.into())],
        ),
        (
            "stale_item",
            overlaid("\n#### command: A.gone() \u{1F331}\n\n*amends* Because.\n"),
        ),
        (
            "stale_member",
            overlaid(
                "\n#### command: A.go()\n\n*parameters*\n- *optional* `z` <string]> \n  *amends* Because.\n",
            ),
        ),
        (
            "present_item",
            overlaid("\n#### command: A.go()\n\n*adds* Because.\n"),
        ),
        (
            "present_member",
            overlaid(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <string]> \n  *adds* Because.\n",
            ),
        ),
        (
            "damaged_reason",
            overlaid(
                "\n#### command: A.go()\n\n*amends* Both.\n\n*parameters*\n- *optional* `x` <string]>\n  *ammends* Targets leave it out.\n",
            ),
        ),
        (
            "idle_reason",
            overlaid(
                "\n#### command: A.go()\n\n*amends* Idle.\n\n*parameters*\n- *optional* `x` <string]>\n  *amends* Because.\n",
            ),
        ),
        (
            "mark_in_reason",
            overlaid("\n#### command: A.go() 🌱\n\n*amends* Marked 🌱 since.\n"),
        ),
        (
            "text_behind_reason",
            overlaid(
                "\n#### command: A.go() 🌱\n\n*amends* Because\nof this.\n\nAnd more.\n\n*parameters*\n- *optional* `x` <string]>\n  *amends* Because\n  of this.\n\n  And more.\n",
            ),
        ),
        ("idle_overlay", overlaid("")),
        (
            "idle_reason_of_domain",
            overlaid("\n*amends* Because.\n\n#### command: A.go() 🌱\n\n*amends* Because.\n"),
        ),
        ("stale_in_damaged_base", {
            let mut documents = a("\n#### command: A.go()\n\n*parameters*\n- `x` <strng]> Of go\n");
            documents.push(("overlay/a.md", format!("{DOMAIN}\n#### command: A.go()\n\n*parameters*\n- *optional* `x` <string]>\n  *amends* Because.\n")));
            documents
        }),
        (
            "redundant_item",
            overlaid("\n#### command: A.go()\n\n*amends* Because.\n"),
        ),
        (
            "redundant_member",
            overlaid(
                "\n#### command: A.go()\n\n*parameters*\n- `x` <string]> \n  *amends* Because.\n",
            ),
        ),
        (
            "redundant_text",
            overlaid("\n#### type: A.T = object\n\nText.\n\n*amends* Because.\n"),
        ),
        (
            "missing_reason",
            overlaid("\n#### command: A.go()\n\n*parameters*\n- *optional* `x` <string]> \n"),
        ),
        (
            "empty_reason",
            overlaid("\n#### command: A.go() \u{1F342}\n\n*amends*\n"),
        ),
        (
            "redundant_part",
            vec![
                ("a.md", format!("{DOMAIN}\n*part* Because.\n")),
                ("overlay/a.md", format!("{DOMAIN}\n*part* Because.\n")),
            ],
        ),
        (
            "part_without_reason",
            a("\n#### command: A.go()\n\n*part*\n"),
        ),
        (
            "part_behind_a_section",
            a("\n#### command: A.go()\n\n*parameters*\n- `x` <string]> \n  *part* Because.\n"),
        ),
        (
            "part_twice",
            a("\n#### command: A.go()\n\n*part* Because.\n\n*part* Again.\n"),
        ),
        (
            "some_of_a_command",
            a("\n#### command: A.go()\n\n*some* Because.\n"),
        ),
        (
            "text_behind_part",
            a("\n#### command: A.go()\n\n*part* Because.\n\nGoes.\n"),
        ),
        (
            "misplaced_reason",
            overlaid(
                "\n#### command: A.go()\n\n*parameters*\n- *optional* `x` <string]> \n  *amends* Because.\n\n*amends* Because.\n",
            ),
        ),
        ("endless_type", {
            let mut documents = a(
                "\n#### type: A.T = object\n\n*properties*\n  - `t` <[A.T]]> \n\n[A.T]: a.md#at\n",
            );
            documents.push(("overlay/a.md", format!("{DOMAIN}\n#### type: A.T = object\n\n*properties*\n  - *required* `t` <[A.T]]> \n    *amends* Because.\n\n[A.T]: a.md#at\n")));
            documents
        }),
    ]
}

fn too_large() -> cdp_codegen::Reading {
    let bytes = vec![b'a'; (64 << 20) + 1];
    cdp_codegen::read(vec![input("a.md", bytes)], cdp_codegen::External::Refuse)
}

fn external_reference() -> cdp_codegen::Reading {
    let text = format!(
        "{DOMAIN}\n#### command: A.go()\n\n*parameters*\n- `x` <[B.C]]>\n\n[B.C]: a.md#bc\n"
    );
    cdp_codegen::read(vec![input("a.md", text)], cdp_codegen::External::Keep)
}

/// Names are only given when a document is right.
fn rust_name_collision() -> cdp_codegen::Reading {
    let text = format!(
        "{DOMAIN}\n#### event: A.gone\n\n*returns*\n- `fooBar` <string]>\n- `foo_bar` <string]>\n"
    );
    let mut reading = read_all(&[("a.md", &text)]);
    let protocol = reading.protocol.take().expect("nothing is wrong with it");
    let collisions = cdp_codegen::generate(&protocol).expect_err("two names are one");
    reading.diagnostics.extend(collisions);
    reading
}

fn not_utf_8() -> cdp_codegen::Reading {
    let bytes = b"\n### domain: A\n\nGr\xfc\xdfe\n".as_slice();
    cdp_codegen::read(vec![input("a.md", bytes)], cdp_codegen::External::Refuse)
}

/// What documents cannot say.
fn unwritable() -> cdp_codegen::Reading {
    let text = r#"{"domains": [
{"domain": "A", "description": "Ends\rhere", "types": [
{"id": "T", "$ref": "U"},
{"id": "U", "type": "string", "enum": ["", "two\nlines"]}]},
{"domain": "a"}, {"domain": "Readme"},
{"domain": "B", "events": [{"name": "gone", "parameters": [{"name": "x", "type": "array"}]}]}]}
"#;
    let mut reading = read_all(&[("a.json", text)]);
    let protocol = reading.protocol.take().expect("nothing is wrong with it");
    let all = cdp_codegen::Selection::new(&protocol, &[], false).expect("no name is asked for");
    let problems = all.documents().expect_err("no document can say it");
    reading.diagnostics.extend(problems);
    reading
}

/// Those that take more than a document.
fn others() -> Vec<(&'static str, cdp_codegen::Reading)> {
    vec![
        ("external_reference", external_reference()),
        ("not_utf_8", not_utf_8()),
        ("rust_name_collision", rust_name_collision()),
        ("too_large", too_large()),
        ("unwritable", unwritable()),
    ]
}

#[test]
fn every_diagnostic_as_rendered() {
    for (name, documents) in cases() {
        let documents: Vec<(&str, &str)> = documents
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let reading = read_all(&documents);
        assert!(!reading.diagnostics.is_empty(), "{name} is not found");
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots/diagnostics"}, {
            insta::assert_snapshot!(name, rendered(&reading));
        });
    }
    for (name, reading) in others() {
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots/diagnostics"}, {
            insta::assert_snapshot!(name, rendered(&reading));
        });
    }
}

/// The snapshots are only worth something if none is forgotten: every code in
/// the sources has a case.
#[test]
fn every_code_has_a_case() {
    let mut found = BTreeSet::new();
    for (_, reading) in others() {
        found.extend(codes(&reading).into_iter().map(str::to_owned));
    }
    for (_, documents) in cases() {
        let documents: Vec<(&str, &str)> = documents
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        found.extend(codes(&read_all(&documents)).into_iter().map(str::to_owned));
    }
    let mut stated = BTreeSet::new();
    codes_of(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut stated,
    );
    assert!(stated.len() > 30, "the sources state only {stated:?}");
    assert_eq!(stated, found);
}

/// The codes that the sources below a folder state.
fn codes_of(folder: &Path, codes: &mut BTreeSet<String>) {
    const BEFORE: [&str; 6] = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Seen::new(",
        "heads(",
        "words(",
        "code: ",
    ];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_of(&path, codes);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for before in BEFORE {
            for rest in text.split(before).skip(1) {
                if let Some(literal) = rest.trim_start().strip_prefix('"') {
                    codes.insert(literal.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
}

#[test]
fn all_errors_of_a_run_come_at_once() {
    let reading = read_all(&[
        (
            "a.md",
            "\n### domain: A\n\n#### comand: A.go()\n\n#### event: B.gone\n",
        ),
        (
            "b.md",
            "\n### domain: B\n\n#### event: B.gone\n\n*returns*\n- `x` <strin]> \n- `x` <[B.C]]> \n",
        ),
    ]);
    assert!(reading.protocol.is_none());
    assert_eq!(
        codes(&reading),
        [
            "unknown-heading",
            "foreign-heading",
            "malformed-type",
            "unknown-reference"
        ],
    );
}

/// A paragraph is reported once, but not together with that of another document.
#[test]
fn a_report_stays_in_its_document() {
    let reading = read_all(&[("a.md", "x\ny"), ("b.md", "z")]);
    let places: Vec<_> = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.code == "unexpected-text")
        .map(|finding| {
            let span = finding.primary.span;
            &reading.sources.get(span.source).text[span.range()]
        })
        .collect();
    assert_eq!(places, ["x\ny", "z"]);
}

#[test]
fn a_place_is_a_line_and_a_column_in_characters() {
    let reading = read_all(&[(
        "a.md",
        "\r\n### domain: A\r\n\r\nÄÖÜ 𝒳\r\n\r\n#### event: A.gone\r\n\r\n*returns*\r\n- `x` <strin]> \r\n",
    )]);
    let finding = &reading.diagnostics[0];
    let source = reading.sources.get(finding.primary.span.source);
    assert_eq!(source.position(finding.primary.span.start), (9, 7));
}
