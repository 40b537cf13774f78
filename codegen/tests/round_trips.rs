//! Protocols are written as documents, and read again: nothing is lost, and what
//! is written once is written again the same.

mod support;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use cdp_codegen::{External, Files, Input, Reading, Role, Selection, export, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{input, rendered};

/// Texts that documents could mistake for something else.
const UGLY: &[&str] = &[
    "\n",
    "\n\nAn empty line before and after.\n\n",
    "Two\n\n\nempty lines.",
    "- a list\n- `date`: when it was made\n- `name` <string]> Text",
    "1) first\n2) second",
    "#### type: A.B = object",
    "#\n##\n### domain: A",
    "Text\n===\n---\n```\ncode\n```",
    "\\",
    "\\\\two\n \\one",
    "    indented\n\ttab\n  two",
    "trailing  \nblanks\t",
    "*enum*\n*properties*",
    "*enum* of text",
    "*optional* text",
    "*adds* more\n*amends* less\n*part* of it\n*some* of it\n*range* 1.. all of it",
    "[A.B]: a.md#ab\n[A.B]:",
    "[X.y]: z\n\n[X.y]: z",
    "<p>HTML</p> &amp; <!-- no comment",
    "äöü 🌱 𝒳 e\u{301} \u{202e}",
    "🌱",
    " 🍂 leaf",
    "\u{0} \u{b} \u{c} \u{85} \u{2028}",
    "<<<<<<< HEAD\n=======\n>>>>>>> topic",
    "`",
    "``a`` `b",
    " ",
    "a\n ",
    "`name` <string]>",
    "Text.\n\n---",
    "---",
    "- parameters",
    "- returns\n  - `x` <[string]>",
    "range 1..=2\n*range 1..",
];

const LITERALS: &[&str] = &[
    "a", "a-b", " ", "  ", " a ", "a ", "`", "``", "`a`", "a``b`c", "\\", "*", "<b>", "é", "\t",
    "[A.B]", "#",
];

/// What takes a second here takes minutes if it grows with the square of the input.
const LONGEST: Duration = Duration::from_secs(20);

/// A protocol in which every text is this one.
fn everywhere(text: &str) -> Value {
    json!({"version": {"major": "1", "minor": "3"}, "domains": [{
        "domain": "A", "description": text, "dependencies": ["B"],
        "types": [
            {"id": "T", "description": text, "type": "object", "properties": [
                {"name": "x", "description": text, "optional": true, "type": "string", "enum": LITERALS},
                {"name": "y", "description": text, "type": "array", "items": {"$ref": "B.U"}},
                {"name": "z", "type": "binary"},
            ]},
            {"id": "E", "description": text, "type": "string", "enum": LITERALS},
        ],
        "commands": [{
            "name": "go", "description": text, "experimental": true, "deprecated": true, "redirect": "B",
            "parameters": [
                {"name": "p", "description": text, "experimental": true, "$ref": "T"},
                {"name": "q", "description": text, "deprecated": true, "type": "string", "enum": ["a"]},
            ],
            "returns": [{"name": "r", "description": text, "type": "array", "items": {"type": "any"}}],
        }],
        "events": [{"name": "gone", "description": text, "parameters": [
            {"name": "p", "description": text, "type": "array", "items": {"type": "binary"}},
        ]}],
    }, {
        "domain": "B", "experimental": true, "types": [{"id": "U", "type": "array", "items": {"$ref": "A.T"}}],
    }]})
}

fn readable(inputs: Vec<Input>) -> Reading {
    let reading = read(inputs, External::Refuse);
    assert!(reading.protocol.is_some(), "{}", rendered(&reading));
    assert_eq!(rendered(&reading), "");
    reading
}

fn of_json(protocol: &Value) -> Reading {
    readable(vec![input("protocol.json", protocol.to_string())])
}

fn exported(reading: &Reading) -> Value {
    let protocol = reading.protocol.as_ref().unwrap();
    serde_json::from_str(&export(protocol, &[]).unwrap()).unwrap()
}

fn written(reading: &Reading) -> Files {
    let all = Selection::new(reading.protocol.as_ref().unwrap(), &[], false).unwrap();
    match all.documents() {
        Ok(writing) => writing.files,
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn of_documents(files: &Files) -> Reading {
    let documents = files.iter().map(|(name, text)| input(name, text.as_str()));
    readable(documents.collect())
}

fn assert_nothing_is_lost(protocol: &Value) {
    let read = of_json(protocol);
    assert_eq!(&exported(&read), protocol);
    let files = written(&read);
    let again = of_documents(&files);
    assert_eq!(&exported(&again), protocol, "{files:#?}");
    assert_eq!(written(&again), files);
}

#[test]
fn ugly_texts_come_through_exactly() {
    for text in UGLY {
        assert_nothing_is_lost(&everywhere(text));
    }
    assert_nothing_is_lost(&everywhere(&UGLY.join("\n")));
    assert_nothing_is_lost(&everywhere(&UGLY.join("\n\n")));
}

/// Hardly anything but texts tells here which layout the document has.
#[test]
fn ugly_texts_come_through_with_little_else() {
    for text in UGLY {
        assert_nothing_is_lost(
            &json!({"version": {"major": "1", "minor": "3"}, "domains": [
                {"domain": "A", "description": text, "events": [
                    {"name": "begun", "description": text},
                    {"name": "ended", "description": text},
                ]},
            ]}),
        );
    }
}

#[test]
fn a_document_as_it_is_written() {
    let text = "Says\n#### event: A.gone\n\nand more.";
    let files = written(&of_json(&everywhere(text)));
    insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("written_a.md", files["a.md"]);
        insta::assert_snapshot!("written_b.md", files["b.md"]);
    });
}

/// Only what would be misread has a backslash.
#[test]
fn plain_texts_stay_as_they_are() {
    let text = "First line,\n- second: `code`\n\nAn *other* paragraph (see [1]).\n1) `x` <b>\nEnd.";
    let files = written(&of_json(&everywhere(text)));
    assert!(
        !files["a.md"].replace("`\\`", "").contains('\\'),
        "{}",
        files["a.md"]
    );
}

/// What the documents of this project say besides a protocol: ranges and remarks.
#[test]
fn documents_of_the_project_are_written_again() {
    let first = of_documents(&written(&readable(support::spec(true))));
    assert_eq!(exported(&first), exported(&readable(support::spec(true))));
    let shown = |reading: &Reading| {
        let protocol = reading.protocol.as_ref().unwrap();
        let domains = protocol.domains.iter();
        let ranges: Vec<_> = domains
            .clone()
            .flat_map(|domain| &domain.commands)
            .flat_map(|command| &command.parameters)
            .map(|parameter| parameter.range.clone())
            .collect();
        let remarks = domains.map(|domain| (domain.about.part.clone(), domain.some.clone()));
        (ranges, remarks.collect::<Vec<_>>())
    };
    assert_eq!(shown(&first), shown(&readable(support::spec(true))));
    assert!(shown(&first).0.iter().any(Option::is_some));
    assert_eq!(written(&of_documents(&written(&first))), written(&first));
}

#[test]
fn a_closure_is_what_the_domains_reach() {
    let protocol = json!({"domains": [
        {"domain": "A", "types": [{"id": "Own", "type": "any"}],
            "commands": [{"name": "go", "parameters": [{"name": "x", "$ref": "B.Used"}]}]},
        {"domain": "B", "description": "Of B.", "dependencies": ["C"], "commands": [{"name": "stay"}], "types": [
            {"id": "Idle", "type": "array", "items": {"$ref": "D.Idle"}},
            {"id": "Used", "type": "object", "properties": [{"name": "c", "type": "array", "items": {"$ref": "C.Cycle"}}]}]},
        {"domain": "C", "types": [{"id": "Cycle", "type": "array", "items": {"$ref": "B.Used"}}]},
        {"domain": "D", "types": [{"id": "Idle", "type": "any"}]},
    ]});
    let reading = of_json(&protocol);
    let names = ["A".to_owned()];
    let closure = Selection::new(reading.protocol.as_ref().unwrap(), &names, true).unwrap();
    assert_eq!(closure.partial().collect::<Vec<_>>(), ["B", "C"]);
    assert!(closure.absent().is_empty());
    let files = closure.documents().unwrap().files;
    let read = exported(&of_documents(&files));
    let items: BTreeSet<_> = ["types", "commands", "events"]
        .iter()
        .flat_map(|key| {
            read["domains"]
                .as_array()
                .unwrap()
                .iter()
                .map(move |domain| (key, domain))
        })
        .flat_map(|(key, domain)| {
            let items = domain[key].as_array().cloned().unwrap_or_default();
            let id = |item: Value| item.get("id").or(item.get("name")).cloned().unwrap();
            items.into_iter().map(move |item| {
                format!(
                    "{}.{}",
                    domain["domain"].as_str().unwrap(),
                    id(item).as_str().unwrap()
                )
            })
        })
        .collect();
    assert_eq!(
        items,
        ["A.Own", "A.go", "B.Used", "C.Cycle"]
            .map(str::to_owned)
            .into()
    );
    assert!(
        files["b.md"].contains("Of B.\n\n*part* Only the types needed for `A`.\n"),
        "{}",
        files["b.md"]
    );
    let alone = Selection::new(reading.protocol.as_ref().unwrap(), &names, false).unwrap();
    assert_eq!(alone.absent(), ["B.Used".to_owned()].into());
    assert_eq!(alone.documents().unwrap().files.len(), 1);
}

/// The overlays that bring one protocol up to another.
fn overlays(old: &Value, new: &Value) -> Files {
    let (old, new) = (of_json(old), of_json(new));
    let all = Selection::new(new.protocol.as_ref().unwrap(), &[], false).unwrap();
    let writing = all.overlays(old.protocol.as_ref().unwrap(), "It is so.");
    writing.unwrap().files
}

/// The order of literals is no difference: an overlay for it would explain nothing.
#[test]
fn literals_in_another_order_need_no_overlay() {
    let protocol = |literals: &[&str]| {
        json!({"domains": [{"domain": "A",
            "types": [{"id": "T", "type": "string", "enum": literals}],
            "events": [{"name": "e", "parameters": [{"name": "m", "type": "string", "enum": literals}]}],
        }]})
    };
    let old = protocol(&["a", "b"]);
    assert_eq!(overlays(&old, &protocol(&["b", "a"])), Files::new());
    assert_eq!(overlays(&old, &protocol(&["a"])).len(), 1);
    assert_eq!(overlays(&old, &protocol(&["b", "a", "c"])).len(), 1);
}

/// What documents with an overlay lack of a protocol, laid out as an overlay.
fn additions(overlay: &str, new: &Value) -> Files {
    let base = "\n### domain: A\n\n#### type: A.T = string\n\n*enum*\n- `a`\n- `b`\n\n\
        #### event: A.e\n\nOur words.\n\n*returns*\n- `m` <string]>\n- `n` <integer]>\n";
    let mut laid = input("overlay/a.md", overlay);
    laid.role = Role::Overlay;
    let known = readable(vec![input("a.md", base), laid]);
    let new = of_json(new);
    let all = Selection::new(new.protocol.as_ref().unwrap(), &[], false).unwrap();
    let writing = all
        .additions(known.protocol.as_ref().unwrap(), "It is so.")
        .unwrap();
    assert_eq!(writing.files.len(), writing.lacking.len());
    assert_eq!(writing.complete.len() + writing.lacking.len(), 1);
    writing.files
}

/// Documents that were written for several targets say more than one of them does.
#[test]
fn documents_with_an_overlay_lack_only_what_they_do_not_describe() {
    let overlay = "\n### domain: A\n\n#### event: A.e\n\n*returns*\n- *optional* `m` <string]>\n  \
        *amends* Example 1.0 does not send it.\n";
    let protocol = |literals: &[&str], optional: bool| {
        json!({"domains": [{"domain": "A",
            "types": [{"id": "T", "type": "string", "enum": literals}],
            "events": [{"name": "e", "description": "Other words.", "parameters": [
                {"name": "m", "type": "string"},
                {"name": "n", "type": "integer", "optional": optional}]}],
        }]})
    };
    assert_eq!(additions(overlay, &protocol(&["b"], false)), Files::new());
    let lacking = additions(overlay, &protocol(&["c", "b"], true));
    assert_eq!(
        lacking["overlay/a.md"],
        "\n### domain: A\n\n#### type: A.T = string\n\n*amends* It is so.\n\n*enum*\n- `a`\n- `b`\n- `c`\n\n\
         #### event: A.e\n\n*amends* It is so.\n\n*returns*\n- *optional* `n` <integer]>\n"
    );
}

/// Large is not slow: each member of one is looked for in the other.
#[test]
fn large_items_are_compared_at_once() {
    let members: Vec<Value> = (0..100_000)
        .map(|index| json!({"name": format!("m{index}"), "type": "any"}))
        .collect();
    let large =
        json!({"domains": [{"domain": "A", "events": [{"name": "e", "parameters": members}]}]});
    let start = Instant::now();
    assert_eq!(overlays(&large, &large), Files::new());
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
}

/// Only a document that would not be read as one is refused.
#[test]
fn a_domain_may_be_called_almost_anything() {
    let files = |name: &str| {
        let reading = of_json(&json!({"domains": [{"domain": name}]}));
        let all = Selection::new(reading.protocol.as_ref().unwrap(), &[], false).unwrap();
        all.documents()
            .map(|writing| writing.files.into_keys().collect::<Vec<_>>())
    };
    assert_eq!(files("AboutReadme").unwrap(), ["aboutreadme.md"]);
    assert!(files("ReadMe").is_err());
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(UGLY).prop_map(str::to_owned),
        2 => "[ -~]{0,30}",
        1 => "[^\r]{0,10}",
        1 => "[`*#\\\\ <>\\[\\]:.a-]{0,12}",
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.join("\n"))
}

fn literals() -> impl Strategy<Value = Vec<String>> {
    let literal = prop_oneof!["[^\r\n]{1,8}", "[` a]{1,6}"];
    proptest::collection::hash_set(literal, 0..4).prop_map(|set| set.into_iter().collect())
}

/// Something with a name and perhaps a text and marks, as protocol JSON has it.
fn about(key: &'static str) -> impl Strategy<Value = Value> {
    (text(), any::<[bool; 2]>()).prop_map(move |(text, [experimental, deprecated])| {
        let mut value = json!({ key: "" });
        if !text.is_empty() {
            value["description"] = text.into();
        }
        for (mark, set) in [("experimental", experimental), ("deprecated", deprecated)] {
            if set {
                value[mark] = true.into();
            }
        }
        value
    })
}

fn named(mut value: Value, key: &str, name: String) -> Value {
    value[key] = name.into();
    value
}

fn ty() -> impl Strategy<Value = Value> {
    const WORDS: &[&str] = &[
        "integer", "number", "boolean", "string", "object", "any", "binary",
    ];
    const REFERENCES: &[&str] = &["T0", "T1", "B.U"];
    let scalar = prop_oneof![
        proptest::sample::select(WORDS).prop_map(|word| json!({ "type": word })),
        proptest::sample::select(REFERENCES).prop_map(|name| json!({ "$ref": name })),
    ];
    prop_oneof![
        scalar.clone(),
        scalar.prop_map(|items| json!({"type": "array", "items": items})),
        literals()
            .prop_filter("not empty", |list| !list.is_empty())
            .prop_map(|list| json!({"type": "string", "enum": list})),
    ]
}

fn merged(mut value: Value, more: Value) -> Value {
    let (Value::Object(to), Value::Object(from)) = (&mut value, more) else {
        unreachable!("both are objects")
    };
    to.extend(from);
    value
}

fn members() -> impl Strategy<Value = Vec<Value>> {
    let member = (about("name"), ty(), any::<bool>());
    proptest::collection::vec(member, 0..4).prop_map(|members| {
        let members = members.into_iter().enumerate();
        members
            .map(|(at, (about, ty, optional))| {
                // A type that holds itself without end is an error.
                let optional = optional || ty.get("$ref").is_some();
                let more = if optional {
                    json!({"optional": true})
                } else {
                    json!({})
                };
                merged(merged(named(about, "name", format!("m{at}")), ty), more)
            })
            .collect()
    })
}

fn with_list(mut value: Value, key: &str, list: Vec<Value>) -> Value {
    if !list.is_empty() {
        value[key] = list.into();
    }
    value
}

fn protocol() -> impl Strategy<Value = Value> {
    let object = (about("id"), members()).prop_map(|(about, members)| {
        with_list(
            merged(about, json!({"type": "object"})),
            "properties",
            members,
        )
    });
    let base = prop_oneof![ty(), Just(json!({"type": "array"}))];
    let alias = (about("id"), base).prop_map(|(about, ty)| match ty.get("$ref") {
        // A document can refer only from members and arrays.
        Some(_) => merged(about, json!({"type": "array", "items": ty})),
        None => merged(about, ty),
    });
    let types = (object, alias).prop_map(|(object, alias)| {
        vec![
            named(object, "id", "T0".into()),
            named(alias, "id", "T1".into()),
        ]
    });
    let command = (about("name"), members(), members()).prop_map(|(about, parameters, returns)| {
        let command = named(about, "name", "go".into());
        with_list(
            with_list(command, "parameters", parameters),
            "returns",
            returns,
        )
    });
    let event = (about("name"), members()).prop_map(|(about, parameters)| {
        with_list(
            named(about, "name", "gone".into()),
            "parameters",
            parameters,
        )
    });
    (about("domain"), types, command, event).prop_map(|(about, types, command, event)| {
        let mut domain = named(about, "domain", "A".into());
        domain["types"] = types.into();
        domain["commands"] = vec![command].into();
        domain["events"] = vec![event].into();
        json!({"version": {"major": "1", "minor": "3"}, "domains": [
            domain,
            {"domain": "B", "types": [{"id": "U", "type": "any"}]},
        ]})
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_any_protocol_is_lost(protocol in protocol()) {
        assert_nothing_is_lost(&protocol);
    }

    /// Whatever differs, base document and overlay together say what the protocol
    /// does, but for what no overlay can take away.
    #[test]
    fn an_overlay_brings_a_base_document_up_to_date(old in protocol(), new in protocol()) {
        let (old, new) = (of_json(&old), of_json(&new));
        let all = Selection::new(new.protocol.as_ref().unwrap(), &[], false).unwrap();
        let writing = all.overlays(old.protocol.as_ref().unwrap(), "Example 2.0 has it.").unwrap();
        let mut inputs: Vec<_> = written(&old).iter().map(|(name, text)| input(name, text.as_str())).collect();
        inputs.extend(writing.files.iter().map(|(name, text)| Input {
            name: format!("spec/{name}"),
            role: Role::Overlay,
            bytes: text.clone().into_bytes(),
        }));
        let overlaid = readable(inputs);
        let rest = all.overlays(overlaid.protocol.as_ref().unwrap(), "Nothing.").unwrap();
        prop_assert!(rest.files.is_empty(), "{:#?}\n{:#?}", writing.files, rest.files);
        prop_assert_eq!(rest.beyond.len() <= writing.beyond.len(), true);
    }
}
