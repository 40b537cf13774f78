//! The four generations of documents: each gives exactly the facts that it holds,
//! and is told from the others by what stands in it.

mod support;

use cdp_codegen::{External, Reading, Severity, export, read};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::odd::text;
use support::render::{Generation, documents, facts};
use support::{codes, input, read_all, rendered};

/// Two domains that use each other's types, with a text in every place.
fn protocol(texts: &[String]) -> Value {
    let text = |at: usize| texts[at % texts.len()].as_str();
    json!({"version": {"major": "1", "minor": "3"}, "domains": [
        {
            "domain": "Kiln", "description": text(0), "experimental": true,
            "types": [
                {"id": "Cone", "type": "string", "description": text(1)},
                {"id": "Load", "type": "object", "description": text(2), "properties": [
                    {"name": "cones", "type": "array", "items": {"$ref": "Cone"}, "description": text(3)},
                    {"name": "glaze", "$ref": "Glaze.Recipe", "optional": true, "experimental": true},
                    {"name": "inner", "$ref": "Load", "optional": true, "description": text(4)},
                    {"name": "marks", "type": "array", "items": {"type": "any"}},
                ]},
                {"id": "Bare", "type": "object"},
            ],
            "commands": [
                {"name": "fire", "description": text(5), "parameters": [
                    {"name": "load", "$ref": "Load", "description": text(6)},
                    {"name": "hours", "type": "number", "optional": true, "deprecated": true, "description": text(7)},
                ], "returns": [
                    {"name": "load", "$ref": "Load"},
                    {"name": "cracks", "type": "integer", "description": "How many."},
                ]},
                {"name": "cool"},
                {"name": "vent", "description": text(8), "deprecated": true, "experimental": true},
                {"name": "ask", "returns": [{"name": "hot", "type": "boolean", "description": text(9)}]},
            ],
            "events": [
                {"name": "cracked", "description": text(10), "parameters": [
                    {"name": "what", "$ref": "Load", "description": text(11)},
                    {"name": "rest", "type": "object"},
                ]},
                {"name": "cooled", "experimental": true, "parameters": [{"name": "cone", "$ref": "Cone", "optional": true}]},
                {"name": "gone", "description": text(12)},
            ],
        },
        {
            "domain": "Glaze", "deprecated": true,
            "types": [
                {"id": "Recipe", "type": "object", "properties": [
                    {"name": "cone", "$ref": "Kiln.Cone", "description": text(13)},
                    {"name": "name", "type": "string", "optional": true},
                ]},
            ],
            "commands": [
                {"name": "mix", "parameters": [{"name": "recipes", "type": "array", "items": {"$ref": "Recipe"}}]},
            ],
        },
        {"domain": "Shelf", "events": [{"name": "full"}]},
    ]})
}

fn plain() -> Value {
    protocol(&[
        "Text.".to_owned(),
        "Text that goes on\nin the next line".to_owned(),
    ])
}

fn read_rendered(documents: &[(String, String)], external: External) -> Reading {
    let inputs = documents
        .iter()
        .map(|(name, text)| input(name, text.as_str()));
    read(inputs.collect(), external)
}

fn exported(reading: &Reading) -> Value {
    let protocol = reading.protocol.as_ref().expect("no errors");
    serde_json::from_str(&export(protocol, &[]).expect("all domains")).expect("JSON")
}

/// Holds what is read against what was rendered; nothing is to be said but that
/// documents without types refer to some.
fn check(protocol: &Value, generation: Generation) {
    let documents = documents(protocol, generation);
    let reading = read_rendered(&documents, External::Keep);
    let expected: &[&str] = match generation {
        Generation::A => &["external-reference"],
        _ => &[],
    };
    let mut found = codes(&reading);
    found.dedup();
    assert_eq!(found, expected, "{}", rendered(&reading));
    let (found, expected) = (exported(&reading), facts(protocol, generation));
    assert_eq!(found, expected, "{generation:?}\n{}", documents[0].1);
}

#[test]
fn each_generation_gives_the_facts_that_it_holds() {
    for generation in Generation::ALL {
        check(&plain(), generation);
    }
}

/// The facts themselves, once by hand: what differs between the generations.
#[test]
fn what_the_generations_hold() {
    let held = |generation| {
        let reading = read_rendered(&documents(&plain(), generation), External::Keep);
        let mut all = exported(&reading);
        all["domains"][1].take()
    };
    let [a, b, c, d] = Generation::ALL.map(held);
    assert_eq!(c, d);
    assert_eq!(a["types"], Value::Null);
    assert_eq!(
        (&b["types"][1]["id"], &b["experimental"]),
        (&json!("Load"), &Value::Null)
    );
    assert_eq!(
        (&c["experimental"], &c["commands"][2]["deprecated"]),
        (&json!(true), &json!(true))
    );
    let cones = json!({"name": "cones", "type": "array", "items": {"$ref": "Cone"}, "description": "Text that goes on\nin the next line"});
    assert_eq!(
        (
            &b["types"][1]["properties"][0],
            &c["types"][1]["properties"][0]
        ),
        (&cones, &cones)
    );
    let hours = json!({"name": "hours", "type": "number", "description": "Text that goes on\nin the next line"});
    assert_eq!(
        (
            &a["commands"][0]["parameters"][1],
            &b["commands"][0]["parameters"][1]
        ),
        (&hours, &hours)
    );
    let marked = json!({"name": "hours", "type": "number", "description": "Text that goes on\nin the next line", "optional": true, "deprecated": true});
    assert_eq!(c["commands"][0]["parameters"][1], marked);
    for all in [&a, &b, &c] {
        assert_eq!(all["events"][0]["parameters"][0]["$ref"], "Load");
        assert_eq!(all["commands"][0]["returns"][1]["description"], "How many");
        assert_eq!(all["commands"].as_array().map(Vec::len), Some(4));
    }
}

/// Documents of several generations make one protocol.
#[test]
fn generations_stand_side_by_side() {
    let [mut kiln, glaze, shelf] = [Generation::D, Generation::B, Generation::A]
        .map(|generation| documents(&plain(), generation));
    kiln.truncate(1);
    let all = [kiln, vec![glaze[1].clone(), shelf[2].clone()]].concat();
    let reading = read_rendered(&all, External::Refuse);
    assert_eq!(rendered(&reading), "");
    let all = exported(&reading);
    let expected = [
        facts(&plain(), Generation::B)["domains"][0].clone(),
        facts(&plain(), Generation::D)["domains"][1].clone(),
        facts(&plain(), Generation::A)["domains"][2].clone(),
    ];
    assert_eq!(all["domains"], json!(expected));
}

/// Nothing but marks of the layout tell the last generation from others here; and
/// nothing that a text may hold tells it.
#[test]
fn what_tells_a_generation_is_no_text() {
    let events = |before: &str| {
        format!(
            "\n### domain: X\n\nText{before}#### event: X.a\n\nText{before}#### event: X.b\n\nText"
        )
    };
    let texts = |document: String| {
        let reading = read_rendered(&[("x.md".to_owned(), document)], External::Refuse);
        assert_eq!(rendered(&reading), "");
        let domain = &exported(&reading)["domains"][0];
        [
            &domain["description"],
            &domain["events"][0]["description"],
            &domain["events"][1]["description"],
        ]
        .map(|text| text.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(texts(events("\n\n---\n\n\n")), ["Text"; 3]);
    let mut one = events("\n\n");
    one = one.replace(
        "Text\n\n#### event: X.a",
        "Text\n\n---\n\n#### event: X.a\n\n[string]: this",
    );
    one = format!("{one}\n\n#### event: X.c\n");
    assert_eq!(
        texts(one),
        ["Text\n\n---", "[string]: this\n\nText", "Text"]
    );
    let verbatim = events("\n\n\\---\n\n");
    assert_eq!(texts(verbatim), ["Text\n\n---", "Text\n\n---", "Text"]);
}

/// Types that another document states are found from a document without types.
#[test]
fn a_document_without_types_uses_those_of_others() {
    let (a, b) = (
        documents(&plain(), Generation::A),
        documents(&plain(), Generation::B),
    );
    let reading = read_rendered(&[b[0].clone(), a[1].clone()], External::Keep);
    let unresolved: Vec<_> = reading
        .diagnostics
        .iter()
        .map(|finding| finding.code)
        .collect();
    // Of the type that `Glaze` would state: each of `Kiln`, and those of `Glaze` once.
    assert_eq!(unresolved, ["external-reference", "external-reference"]);
}

/// What an editor or a careless hand does to a document, and means nothing.
#[test]
fn what_is_merely_odd_is_accepted() {
    for generation in Generation::ALL {
        let plain = plain();
        let expected = facts(&plain, generation);
        let changes: &[fn(&str) -> String] = &[
            |text| text.replace('\n', "\r\n"),
            |text| format!("\u{feff}{text}\n\n"),
            |text| text.trim_start().to_owned(),
            |text| text.replace("\n\n", "\n\n\n"),
            |text| text.replace("\n####", "\n\n####"),
            |text| text.replace("\n\n\n####", "\n\n####"),
            |text| text.replace("\n---\n", "\n"),
            |text| text.replace("` <", "`  <"),
            |text| text.replace("\n-  `", "\n- `"),
            |text| text.lines().map(|line| format!("{line} \n")).collect(),
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut all = documents(&plain, generation);
            for (_, text) in &mut all {
                *text = change(text);
            }
            let reading = read_rendered(&all, External::Keep);
            assert!(
                reading.protocol.is_some(),
                "{generation:?} {at}: {}",
                rendered(&reading)
            );
            assert_eq!(exported(&reading), expected, "{generation:?} {at}");
        }
    }
}

/// Without a line, a document says less or is refused; it never says anything
/// else of what is left.
#[test]
fn a_lost_line_is_told_or_takes_nothing_with_it() {
    for generation in Generation::ALL {
        let all = documents(&plain(), generation);
        let whole = exported(&read_rendered(&all, External::Keep));
        let lines: Vec<&str> = all[0].1.split('\n').collect();
        for lost in 0..lines.len() {
            let mut rest = lines.clone();
            let line = rest.remove(lost);
            let mut all = all.clone();
            all[0].1 = rest.join("\n");
            let reading = read_rendered(&all, External::Keep);
            let Some(_) = &reading.protocol else {
                continue;
            };
            let bare = [
                "",
                "---",
                "*accepted by command*",
                "*returned from command*",
                "*property of type*",
                "*parameter in event*",
            ];
            let found = exported(&reading);
            // In the first generation an empty line tells a text from that of a member.
            if bare.contains(&line) && generation != Generation::A {
                assert_eq!(found, whole, "{generation:?}: {line:?}");
            }
            // A label that is lost is noticed, but for the second of the first generation,
            // which leaves no empty line.
            let label = line.starts_with("*") || line.starts_with("- parameters");
            let back_link = bare.contains(&line);
            assert!(!label || back_link, "{generation:?}: {line:?}");
        }
    }
}

/// Behind the first member, what a document lacks at its end are definitions.
#[test]
fn a_cut_document_of_the_last_generations_is_refused() {
    for generation in [Generation::C, Generation::D] {
        let all = documents(&plain(), generation);
        let end = all[0].1.find("[object]: ").expect("the definitions");
        let first = all[0].1.find("> ").expect("a member");
        for at in (first..end)
            .step_by(3)
            .filter(|&at| all[0].1.is_char_boundary(at))
        {
            let mut all = all.clone();
            all[0].1.truncate(at);
            let reading = read_rendered(&all, External::Refuse);
            assert!(
                reading.protocol.is_none(),
                "{generation:?}: {:?}",
                &all[0].1[at.saturating_sub(60)..]
            );
        }
    }
}

/// With any one character of its skeleton left out a document is refused, with
/// the place, or says what it said but for a name.
#[test]
fn no_line_is_damaged_unnoticed() {
    for generation in Generation::ALL {
        let all = documents(&plain(), generation);
        let whole = shape(&exported(&read_rendered(&all, External::Keep)));
        let text = &all[0].1;
        let mut start = 0;
        let mut tried = std::collections::BTreeSet::new();
        for (number, line) in text.split('\n').enumerate() {
            let skeleton = match line.find("> ") {
                Some(end) if line.trim_start().starts_with("- ") => end,
                _ if line.starts_with(['#', '*', '[']) => line.len(),
                _ if line.starts_with("- ") => line.len(),
                _ => 0,
            };
            // One of several that differ in their letters alone is enough.
            let kind = match line.split_once(": ") {
                Some((kind, _)) if line.starts_with('#') => kind,
                _ if line.starts_with(['*', '-']) && !line.contains('`') => line,
                _ => "",
            };
            let skeleton = match tried.insert((kind, outline(&line[..skeleton]))) {
                true => skeleton,
                false => 0,
            };
            // Without its sign, a mark is no mark, and its loss no damage.
            for at in (0..skeleton).filter(|&at| line.as_bytes()[at].is_ascii()) {
                let mut damaged = all.clone();
                damaged[0].1.remove(start + at);
                let reading = read_rendered(&damaged, External::Keep);
                let case = format!("{generation:?}: {line:?} without character {at}");
                if reading.protocol.is_some() {
                    assert_eq!(shape(&exported(&reading)), whole, "{case}");
                    continue;
                }
                // What depends on a name is told where the name is used.
                let elsewhere = [
                    "unknown-reference",
                    "missing-definition",
                    "missing-base-type",
                ];
                let here = reading.diagnostics.iter().any(|finding| {
                    let told = std::iter::once(&finding.primary).chain(&finding.secondary);
                    let lines = told.map(|label| {
                        let source = reading.sources.get(label.span.source);
                        source.position(label.span.start).0 - 1
                    });
                    let error = finding.severity == Severity::Error;
                    error
                        && (elsewhere.contains(&finding.code)
                            || lines.into_iter().any(|at| at.abs_diff(number) <= 1))
                });
                assert!(here, "{case}\n{}", rendered(&reading));
            }
            start += line.len() + 1;
        }
    }
}

/// What hides a heading or a label of the first generation makes it no text.
#[test]
fn no_line_of_the_first_generation_hides_behind_signs() {
    let head = "\n### domain: A\n\n#### A.go()\n- parameters\n  - `a` <[string]> Text\n";
    let lines = [
        ("> - returns", "unknown-section"),
        ("-returns", "unknown-section"),
        (" returns", "unknown-section"),
        ("-- returns", "unknown-section"),
        ("<parameters", "unknown-section"),
        ("> #### A.stop()", "malformed-heading"),
        ("`### A.stop()", "malformed-heading"),
    ];
    for (line, code) in lines {
        let document = format!("{head}{line}\n  - `b` <[string]> Text");
        let reading = read_all(&[("a.md", &document)]);
        let errors = reading.diagnostics.iter();
        let found = errors
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.code);
        assert_eq!(found.collect::<Vec<_>>(), [code], "{line:?}");
    }
    for line in [
        "returns",
        "(A.stop()",
        "\"returns\"",
        "- or parameters that it had",
    ] {
        let document = format!("{head}{line}\n  - `b` <[string]> Text");
        let reading = read_all(&[("a.md", &document)]);
        assert!(reading.protocol.is_some(), "{}", rendered(&reading));
    }
}

/// A line with each word made one letter.
fn outline(line: &str) -> String {
    let mut outline: Vec<char> = line.chars().collect();
    outline.dedup_by(|b, a| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric());
    let letter = |c: char| if c.is_ascii_alphanumeric() { 'x' } else { c };
    outline.into_iter().map(letter).collect()
}

/// Everything but names and texts.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let named = ["name", "id", "$ref", "domain", "description"];
            let shape = entries
                .iter()
                .map(|(key, value)| match named.contains(&key.as_str()) {
                    true => (key.clone(), Value::Null),
                    false => (key.clone(), shape(value)),
                });
            Value::Object(shape.collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(shape).collect()),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(support::random::config(100))]

    #[test]
    fn odd_texts_come_through_in_every_generation(texts in vec(text(), 14)) {
        let protocol = protocol(&texts);
        for generation in Generation::ALL {
            check(&protocol, generation);
        }
    }
}

/// The documents that `spec/README.md` shows are read as it says.
#[test]
fn the_shown_documents() {
    let readme = include_str!("../../spec/README.md");
    let (_, shown) = readme.split_once("### One document in each").unwrap();
    let (shown, _) = shown.split_once("## Overlays").unwrap();
    let documents: Vec<&str> = shown
        .split("```markdown\n")
        .skip(1)
        .map(|rest| rest.split_once("```").unwrap().0)
        .collect();
    let found = documents.iter().map(|text| {
        let reading = read(vec![input("painting.md", *text)], External::Keep);
        assert!(reading.protocol.is_some(), "{}", rendered(&reading));
        reading
            .diagnostics
            .iter()
            .map(|finding| finding.code)
            .collect()
    });
    let found: Vec<Vec<&str>> = found.collect();
    // That of generation A refers to types that it cannot state.
    assert_eq!(found, [vec!["external-reference"], vec![], vec![]]);
}

/// The protocol of 2017 in every generation. `CDP_PROTOCOLS` names the folder into
/// which `fetch.mjs` has put it.
#[test]
#[ignore = "needs CDP_PROTOCOLS"]
fn the_protocol_of_2017_in_every_generation() {
    let protocols = std::env::var_os("CDP_PROTOCOLS").expect("CDP_PROTOCOLS names a folder");
    let directory = std::path::Path::new(&protocols).join("of2017/json");
    let domains = ["js_protocol.json", "browser_protocol.json"].map(|name| {
        let path = directory.join(name);
        let text = std::fs::read_to_string(path).expect(name);
        // No layout holds an empty line in the text of a member, which there is once.
        let text = text.replace(r"\n\n", r"\n");
        let mut protocol: Value = serde_json::from_str(&text).expect(name);
        match protocol["domains"].take() {
            Value::Array(domains) => domains,
            _ => panic!("{name} has no domains"),
        }
    });
    let domains = domains.concat();
    assert_eq!(domains.len(), 39);
    let protocol = json!({"domains": domains});
    for generation in Generation::ALL {
        check(&protocol, generation);
    }
}

/// The first generation lists the parameters of events without a label: one that stands
/// there is no text of the event.
#[test]
fn an_event_of_the_first_generation_has_no_sections() {
    let of = |members: &str| {
        let text = format!("\n### domain: D\n\n#### D.c()\n\n#### event: D.e\n{members}\n\nText.");
        codes(&read(vec![input("d.md", text)], External::Keep)).join(" ")
    };
    assert_eq!(of("- `a` <[string]> One"), "");
    assert_eq!(
        of("- parameters\n  - `a` <[string]> One"),
        "misplaced-section"
    );
    assert_eq!(
        of("- `b` <[string]> One\n- returns\n  - `a` <[string]> Two"),
        "misplaced-section"
    );
}
