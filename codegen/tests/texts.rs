//! Texts come through exactly: whatever CommonMark would make of them, and
//! wherever they stand.

mod support;

use cdp_codegen::export;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use support::odd::{escaped, line, text};
use support::read_all;

/// A document with six texts in all places that have one.
fn document_of(texts: &[String]) -> String {
    let [domain, ty, property, command, parameter, event] = texts else {
        unreachable!("six texts")
    };
    format!(
        "\n### domain: X\n\n{domain}\n\n#### type: X.T = object\n\n{ty}\n\n*properties*\n  - `p` <string]> {property}\n  - `q` <[X.T]]> {property}\n\n\
             #### command: X.go()\n\n{command}\n\n*parameters*\n- `p` <array of [X.T]> {parameter}\n- `q` <integer]> {parameter}\n\n\
             #### event: X.gone\n\n{event}\n\n#### event: X.last\n\n*returns*\n- `p` <any]> {event}\n\n[X.T]: x.md#xt"
    )
}

proptest! {
    #![proptest_config(support::random::config(300))]

    #[test]
    fn texts_come_through_exactly(texts in vec(text(), 6)) {
        let written: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        let document = document_of(&written);
        let [domain, ty, property, command, parameter, event] = &texts[..] else {
            unreachable!("six texts")
        };
        let reading = read_all(&[("x.md", &document)]);
        prop_assert_eq!(support::rendered(&reading), "");
        let json = export(&reading.protocol.unwrap(), &[]).unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        let x = &json["domains"][0];
        let found = [
            (&x["description"], domain),
            (&x["types"][0]["description"], ty),
            (&x["types"][0]["properties"][0]["description"], property),
            (&x["types"][0]["properties"][1]["description"], property),
            (&x["commands"][0]["description"], command),
            (&x["commands"][0]["parameters"][0]["description"], parameter),
            (&x["commands"][0]["parameters"][1]["description"], parameter),
            (&x["events"][0]["description"], event),
            (&x["events"][1]["parameters"][0]["description"], event),
        ];
        for (found, expected) in found {
            prop_assert_eq!(found.as_str().unwrap(), expected);
        }
    }

    /// Behind backslashes a text is anything, structure and blanks included.
    #[test]
    fn verbatim_texts_come_through_exactly(texts in vec(anything(), 5)) {
        let [domain, ty, property, parameter, event] = &texts[..] else {
            unreachable!("five texts")
        };
        let document = format!(
            "\n### domain: X\n\n{}\n\n#### type: X.T = object\n{}\n\n*properties*\n  - `p` <string]> \u{1F342} {}\n  - `q` <string]>\n{}\n    *enum*\n    - `x`\n\n\
             #### command: X.go()\n\n*parameters*\n- `p` <array of [X.T]>\n\n    {}\n- `q` <integer]> {}\n\n\
             #### event: X.gone\n{}\n\n[X.T]: x.md#xt",
            verbatim(domain),
            verbatim(ty),
            verbatim(property),
            verbatim(property),
            verbatim(parameter),
            verbatim(parameter),
            verbatim(event),
        );
        let reading = read_all(&[("x.md", &document)]);
        prop_assert_eq!(support::rendered(&reading), "");
        let json = export(&reading.protocol.unwrap(), &[]).unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        let x = &json["domains"][0];
        let found = [
            (&x["description"], domain),
            (&x["types"][0]["description"], ty),
            (&x["types"][0]["properties"][0]["description"], property),
            (&x["types"][0]["properties"][1]["description"], property),
            (&x["commands"][0]["parameters"][0]["description"], parameter),
            (&x["commands"][0]["parameters"][1]["description"], parameter),
            (&x["events"][0]["description"], event),
        ];
        for (found, expected) in found {
            prop_assert_eq!(found.as_str().unwrap_or_default(), expected);
        }
    }
}

/// Lines that are structure wherever they stand, unless they are verbatim.
const STRUCTURE: &[&str] = &[
    "#### event: X.gone",
    "##",
    "*properties*",
    "*adds* x",
    "- `p` <string]> x",
    "- `date`",
    "[X.T]: x.md#xt",
    "command: X.go()",
    "<<<<<<< HEAD",
    "*range* 1.. x",
    "\u{1F331}",
    "\\",
    "\\\\ ",
    "    indented",
    "\t",
    "trailing  ",
    "",
    "",
    "\u{a0}",
    "---",
];

fn anything() -> impl Strategy<Value = String> {
    let any_line = prop_oneof![
        (0..STRUCTURE.len()).prop_map(|at| STRUCTURE[at].to_owned()),
        line(),
        "[^\\p{Cc}]{0,12}",
    ];
    vec(any_line, 1..6).prop_map(|lines| lines.join("\n"))
}

fn verbatim(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| format!("\\{line}")).collect();
    lines.join("\n")
}

/// Where it belongs is decided as for any other line of text.
#[test]
fn a_verbatim_line_belongs_where_a_text_would() {
    let item = "\n### domain: X\n\n#### event: X.gone\n";
    let member = format!("{item}\n*returns*\n- `p` <string]> Text");
    let text_of = |reading: &cdp_codegen::Reading| {
        let protocol = reading.protocol.as_ref().expect("no errors");
        let event = &protocol.domains[0].events[0];
        match event.parameters.first() {
            Some(member) => member.about.text.clone(),
            None => event.about.text.clone(),
        }
    };
    for (document, expected) in [
        (format!("{item}\\"), ""),
        (format!("{item}\\\n\\  x  \n\\"), "\n  x  \n"),
        (
            format!("{item}Text\n\n\\- `p`\n\\\ny"),
            "Text\n\n- `p`\n\ny",
        ),
        (format!("{item}\t \\\\x"), "\\x"),
        (
            format!("{member}\n\\- `q` <string]>"),
            "Text\n- `q` <string]>",
        ),
        (format!("{member}\n\n  \\ x"), "Text\n\n x"),
        (format!("{member} \\x"), "Text \\x"),
    ] {
        let reading = read_all(&[("x.md", &document)]);
        assert_eq!(support::rendered(&reading), "", "{document:?}");
        assert_eq!(text_of(&reading), expected, "{document:?}");
    }
    for document in [
        format!("{member}\n\n\\x"),
        format!("{item}\n*returns*\n\\x\n- `p` <string]>"),
        "\\x\n\n### domain: X\n".to_owned(),
    ] {
        let reading = read_all(&[("x.md", &document)]);
        assert_eq!(
            support::codes(&reading),
            ["unexpected-text"],
            "{document:?}"
        );
    }
}

#[test]
fn reasons_and_ranges_may_be_verbatim() {
    let base = "\n### domain: X\n\n#### command: X.go()\n\n*parameters*\n- `a` <integer]> Text\n";
    let overlay = "\n### domain: X\n\n#### command: X.go()\n\n*parameters*\n- `a` <integer]> \\\n\\ New  \n  \
                   *range* 1.. \\ why\n  \\*enum*\n  *amends* \\## So\n  \\\n  \\*amends* more\n";
    let reading = read_all(&[("x.md", base), ("overlay/x.md", overlay)]);
    assert_eq!(support::rendered(&reading), "");
    let protocol = reading.protocol.expect("no errors");
    let member = &protocol.domains[0].commands[0].parameters[0];
    assert_eq!(member.about.text, "\n New  ");
    assert_eq!(
        member.about.reason.as_deref(),
        Some("## So\n\n*amends* more")
    );
    assert_eq!(
        member.range.as_ref().map(|range| range.why.as_str()),
        Some(" why\n*enum*")
    );
}
