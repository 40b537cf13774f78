//! Texts come through exactly: whatever CommonMark would make of them, and
//! wherever they stand.

mod support;

use cdp_codegen::export;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use support::read_all;

/// Beginnings of lines that CommonMark takes for something.
const STARTS: &[&str] = &[
    "",
    "",
    "",
    "- ",
    "-",
    "* ",
    "+ ",
    "1. ",
    "0) ",
    "1) ",
    "> ",
    "= ",
    "== ",
    "===",
    "--- ",
    "<p>",
    "<script>",
    "<!-- ",
    "<?",
    "</div>",
    "`",
    "``` ",
    "~~~ ",
    "| a | b |",
    "(",
    "'*' ",
    "\"",
    "http://x.y/",
    "#x",
    "!",
    "[0..1] ",
    "[a](b) ",
    "[^1]: ",
    "[x]: ",
    "&lt;",
    "\\",
    "_a_ ",
    "**b** ",
    "::",
    "$x ",
    "*/ ",
    "]] ",
    "]]> ",
    "<b> ",
    "<array> ",
    "`date`: ",
    "- `date`: ",
];

fn line() -> impl Strategy<Value = String> {
    (
        0..STARTS.len(),
        "[a-z][a-zA-Z`*_<>&\\[\\]()0-9'\" ]{0,24}[a-z]",
    )
        .prop_map(|(start, rest)| format!("{}{rest}", STARTS[start]))
}

fn text() -> impl Strategy<Value = String> {
    vec(line(), 1..5)
        .prop_map(|lines| lines.join("\n"))
        .prop_filter("is structure", |text| !is_structure(text))
}

/// Lines that are structure, or damaged structure, by the dialect's own rule.
fn is_structure(text: &str) -> bool {
    text.lines().any(|line| {
        let label = line.strip_prefix('*').and_then(|rest| rest.split_once('*'));
        let label = label.is_some_and(|(word, rest)| {
            rest.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
        });
        label || is_member(line)
    })
}

fn is_member(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("- `") else {
        return line.contains(" <");
    };
    !rest.starts_with("date`: ")
}

proptest! {
    #![proptest_config(support::random::config(300))]

    #[test]
    fn texts_come_through_exactly(texts in vec(text(), 6)) {
        let [domain, ty, property, command, parameter, event] = &texts[..] else {
            unreachable!("six texts")
        };
        let document = format!(
            "\n### domain: X\n\n{domain}\n\n#### type: X.T = object\n\n{ty}\n\n*properties*\n  - `p` <string]> {property}\n  - `q` <[X.T]]> {property}\n\n\
             #### command: X.go()\n\n{command}\n\n*parameters*\n- `p` <array of [X.T]> {parameter}\n- `q` <integer]> {parameter}\n\n\
             #### event: X.gone\n\n{event}\n\n#### event: X.last\n\n*returns*\n- `p` <any]> {event}\n\n[X.T]: x.md#xt"
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
}
