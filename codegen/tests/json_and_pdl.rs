//! Definitions of the protocol as JSON and as PDL: what they say, and that nothing
//! they hold is too much.

mod support;

use cdp_codegen::{External, Reading, export, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{codes, input, rendered};

const PDL: &str = "# About the file.
#
# Nothing of it is a description.

version
  major 1
  minor 3

include elsewhere.pdl

# Colours and
#   what is done with them.
#
# Not paint.
experimental deprecated domain Painting
  depends on Drying
  depends on Canvas

  # About what comes next, but not right above it.

  type Colour extends string

  #  Two blanks.  
  deprecated type Finish extends string
    enum
      matt
      -0
        silk-matt

  experimental type Layer extends object
    properties
      # Which.
      Colour colour
      optional array of Drying.Method methods
      experimental deprecated optional enum look
        enum
        optional
      array loose
      binary scan
      any optional

  type Row extends array of Painting.Layer
  type Loose extends array
  type Empty extends object

  # Mixes.
  #no blank
  command mix
    redirect Drying
    parameters
      optional integer enum
    returns
      number seconds

  event dried
    parameters

domain Drying
  type Method extends object
";

fn twin() -> Value {
    json!({"version": {"major": "1", "minor": "3"}, "domains": [
        {"domain": "Drying", "types": [{"id": "Method", "type": "object"}]},
        {
            "domain": "Painting", "experimental": true, "deprecated": true,
            "description": "Colours and\n  what is done with them.\n\nNot paint.",
            "dependencies": ["Drying", "Canvas"],
            "types": [
                {"id": "Colour", "type": "string"},
                {"id": "Finish", "description": "Two blanks.", "deprecated": true, "type": "string", "enum": ["matt", "-0", "silk-matt"]},
                {"id": "Layer", "experimental": true, "type": "object", "properties": [
                    {"name": "colour", "description": "Which.", "$ref": "Colour"},
                    {"name": "methods", "optional": true, "type": "array", "items": {"$ref": "Drying.Method"}},
                    {"name": "look", "experimental": true, "deprecated": true, "optional": true, "type": "string", "enum": ["enum", "optional"]},
                    {"name": "loose", "type": "array"},
                    {"name": "scan", "type": "binary"},
                    {"name": "optional", "type": "any"},
                ]},
                {"id": "Row", "type": "array", "items": {"$ref": "Layer"}},
                {"id": "Loose", "type": "array"},
                {"id": "Empty", "type": "object"},
            ],
            "commands": [{
                "name": "mix", "description": "Mixes.\nno blank", "redirect": "Drying",
                "parameters": [{"name": "enum", "optional": true, "type": "integer"}],
                "returns": [{"name": "seconds", "type": "number"}],
            }],
            "events": [{"name": "dried"}],
        },
    ]})
}

fn reading(name: &str, text: impl Into<Vec<u8>>) -> Reading {
    read(vec![input(name, text)], External::Refuse)
}

fn exported(reading: &Reading) -> Value {
    let Some(protocol) = &reading.protocol else {
        panic!("{}", rendered(reading))
    };
    serde_json::from_str(&export(protocol, &[]).unwrap()).unwrap()
}

/// The parts of a version stand below it; beside it they would be passed over.
#[test]
fn a_version_of_pdl_has_a_line_of_its_own() {
    let version = "version 1 4\ndomain A\n";
    assert_eq!(codes(&reading("a.pdl", version)), ["malformed-pdl"]);
}

#[test]
fn pdl_and_json_say_the_same() {
    // A literal may be indented more than its neighbours, and belongs to none.
    let pdl = reading("a.pdl", PDL.replace("        silk-matt", "      silk-matt"));
    assert_eq!(rendered(&pdl), "");
    assert_eq!(exported(&pdl), twin());
    let json = reading("a.json", twin().to_string());
    assert_eq!(rendered(&json), "");
    assert_eq!(exported(&json), twin());
    assert_eq!(codes(&reading("a.pdl", PDL)), ["malformed-pdl"]);
}

#[test]
fn what_a_file_includes_is_known() {
    assert_eq!(
        cdp_codegen::includes(PDL).collect::<Vec<_>>(),
        ["elsewhere.pdl"]
    );
    let odd = "include  a.pdl \r\n  include b.pdl\ninclude\nincluded c.pdl\n# include d.pdl\n";
    assert_eq!(cdp_codegen::includes(odd).collect::<Vec<_>>(), ["a.pdl"]);
}

#[test]
fn what_says_nothing_is_nothing() {
    let idle = json!({"domains": [{"domain": "A", "description": "", "experimental": false, "types": [
        {"id": "T", "type": "object", "properties": [], "deprecated": false},
        {"id": "U", "type": "string", "enum": []},
    ], "commands": [{"name": "go", "parameters": [], "returns": []}], "events": []}]});
    let plain = json!({"version": {"major": "1", "minor": "3"}, "domains": [{"domain": "A", "types": [
        {"id": "T", "type": "object"},
        {"id": "U", "type": "string"},
    ], "commands": [{"name": "go"}]}]});
    let reading = reading("a.json", idle.to_string());
    assert_eq!(rendered(&reading), "");
    assert_eq!(exported(&reading), plain);
}

/// Arrays in arrays are an error, however many there are.
#[test]
fn depth_is_no_danger() {
    let depth = 100_000;
    let nested = format!(
        r#"{{"domains": [{{"domain": "A", "types": [{{"id": "T", {}"type": "any"{}}}]}}]}}"#,
        r#""type": "array", "items": {"#.repeat(depth),
        "}".repeat(depth)
    );
    assert_eq!(codes(&reading("a.json", nested)), ["malformed-type"]);
    let lists = format!(
        r#"{{"domains": {}{}}}"#,
        "[".repeat(depth),
        "]".repeat(depth)
    );
    assert_eq!(codes(&reading("a.json", lists)), ["unexpected-value"]);
    let lines: String = (0..500)
        .map(|depth| format!("{}x\n", "  ".repeat(depth)))
        .collect();
    assert!(reading("a.pdl", lines).protocol.is_none());
}

/// Large is not slow: this would take long if keys were compared with each other.
#[test]
fn many_keys_are_read_at_once() {
    let keys: Vec<String> = (0..200_000).map(|key| format!("\"k{key}\": 0")).collect();
    let text = format!(r#"{{"domains": [], {}}}"#, keys.join(","));
    assert_eq!(reading("a.json", text).diagnostics.len(), 200_000);
}

/// Bytes cut out, put in or turned into others.
fn damaged(text: String) -> impl Strategy<Value = Vec<u8>> {
    let length = text.len();
    let edit = (
        0..length,
        0..20_usize,
        proptest::collection::vec(any::<u8>(), 0..4),
    );
    let printable = proptest::sample::select(&b"{}[]\",: #\n\tx0"[..]);
    let pieces = (
        0..length,
        0..3_usize,
        proptest::collection::vec(printable, 0..3),
    );
    (
        proptest::collection::vec(edit, 0..2),
        proptest::collection::vec(pieces, 0..4),
    )
        .prop_map(move |(edits, pieces)| {
            let mut bytes = text.clone().into_bytes();
            for (at, cut, put) in edits.into_iter().chain(pieces) {
                let at = at.min(bytes.len());
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put);
            }
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_definitions_are_read_or_shown(
        json in damaged(serde_json::to_string_pretty(&twin()).unwrap()),
        pdl in damaged(PDL.to_owned()),
    ) {
        for reading in [reading("a.json", json), reading("a.pdl", pdl)] {
            let shown = rendered(&reading);
            prop_assert!(reading.protocol.is_some() || shown.contains("error["));
        }
    }
}

/// What is merely left out hides no error: references are held against all that is
/// there.
#[test]
fn a_warning_excuses_no_reference() {
    let json = json!({"domains": [{"domain": "A", "types": [
        {"id": "T", "$ref": "Nowhere", "minItems": 1},
    ]}]});
    let readings = [
        reading("a.json", json.to_string()),
        reading(
            "a.pdl",
            "domain A\n  type T extends string\n    # Which.\n    enum\n      a\n  type U extends Nowhere\n",
        ),
    ];
    let codes = readings.map(|reading| codes(&reading).join(" "));
    assert_eq!(
        codes,
        [
            "unknown-reference unknown-key",
            "lost-description unknown-reference"
        ]
    );
}

#[test]
fn a_mark_of_an_item_stands_once() {
    for item in ["type T extends object", "command c", "event e"] {
        let text = format!("domain A\n  experimental experimental {item}\n");
        assert_eq!(codes(&reading("a.pdl", text)), ["malformed-pdl"], "{item}");
    }
}

/// Whoever reads the files follows what the parser takes for an include.
#[test]
fn what_is_taken_for_an_include_is_followed() {
    for text in [
        "\u{feff}include a.pdl\n",
        "include\ta.pdl\n",
        "include\u{a0}a.pdl",
        "version\rinclude a.pdl\r",
    ] {
        assert_eq!(codes(&reading("x.pdl", text)), [""; 0], "{text:?}");
        let includes: Vec<_> = cdp_codegen::includes(text).collect();
        assert_eq!(includes, ["a.pdl"], "{text:?}");
    }
    let two = "include a b.pdl\n";
    assert_eq!(codes(&reading("x.pdl", two)), ["malformed-pdl"]);
    assert_eq!(cdp_codegen::includes(two).count(), 0);
}
