//! Whole protocols: read, written and read again, nothing is lost.
//!
//! The protocols are not part of the project: `CDP_PROTOCOLS` names the folder into
//! which `fetch.mjs` has put them. Run with `-- --ignored`.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cdp_codegen::{External, Files, Input, Reading, Role, Selection, export, read};
use serde_json::{Map, Value};
use support::rendered;

fn folder() -> PathBuf {
    let folder = std::env::var_os("CDP_PROTOCOLS");
    PathBuf::from(folder.expect("CDP_PROTOCOLS names a folder of protocols"))
}

/// The files of a kind below a folder, those right in it first.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).expect("it is a folder") {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn inputs(paths: &[PathBuf], role: Role) -> Vec<Input> {
    let input = |path: &PathBuf| Input {
        name: path.display().to_string(),
        role,
        bytes: fs::read(path).unwrap(),
    };
    paths.iter().map(input).collect()
}

fn readable(inputs: Vec<Input>) -> Reading {
    let reading = read(inputs, External::Refuse);
    assert!(reading.protocol.is_some(), "{}", rendered(&reading));
    reading
}

fn exported(reading: &Reading) -> Value {
    let protocol = reading.protocol.as_ref().expect("it is readable");
    serde_json::from_str(&export(protocol, &[]).unwrap()).unwrap()
}

/// What the protocol's own converter does besides converting: bytes become strings,
/// and their description, if there is one, says so.
fn without_binary(value: &mut Value) {
    const SENTENCE: &str = " (Encoded as a base64 string when passed over JSON)";
    match value {
        Value::Object(object) => {
            if object.get("type") == Some(&Value::from("binary")) {
                object.insert("type".into(), "string".into());
                if let Some(Value::String(text)) = object.get_mut("description") {
                    text.push_str(SENTENCE);
                }
            }
            object.values_mut().for_each(without_binary);
        }
        Value::Array(items) => items.iter_mut().for_each(without_binary),
        _ => {}
    }
}

/// The domains of a protocol by name.
fn domains(protocol: &Value) -> Vec<&Value> {
    let mut domains: Vec<_> = protocol["domains"].as_array().unwrap().iter().collect();
    domains.sort_by_key(|domain| domain["domain"].as_str());
    domains
}

/// Compares values, and names the first place where they differ.
fn assert_same(path: &str, left: &Value, right: &Value) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
            for key in keys {
                let of = |object: &Map<String, Value>| object.get(key).cloned().unwrap_or_default();
                assert_same(&format!("{path}.{key}"), &of(left), &of(right));
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (at, (left, right)) in left.iter().zip(right).enumerate() {
                assert_same(&format!("{path}[{at}]"), left, right);
            }
        }
        _ => assert_eq!(left, right, "{path}"),
    }
}

fn documents(reading: &Reading) -> Files {
    let protocol = reading.protocol.as_ref().expect("it is readable");
    let all = Selection::new(protocol, &[], false).unwrap();
    all.documents().expect("all of it can be written").files
}

fn as_inputs(files: &Files) -> Vec<Input> {
    let input = |(name, text): (&String, &String)| Input {
        name: format!("spec/{name}"),
        role: Role::Base,
        bytes: text.clone().into_bytes(),
    };
    files.iter().map(input).collect()
}

/// Writes a protocol as documents, and compares what these say with what the
/// protocol itself says.
fn assert_nothing_is_lost(name: &str, paths: &[PathBuf]) {
    let protocol = readable(inputs(paths, Role::Json));
    let files = documents(&protocol);
    let again = readable(as_inputs(&files));
    assert_eq!(rendered(&again), "", "{name}");
    assert_same(name, &exported(&protocol), &exported(&again));
    assert_eq!(
        documents(&again),
        files,
        "{name}: documents change when written again"
    );
    let mut stated: Vec<Value> = Vec::new();
    for path in paths {
        let value: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        stated.extend(value["domains"].as_array().unwrap().clone());
    }
    for domain in &mut stated {
        let own = format!("{}.", domain["domain"].as_str().unwrap());
        without_idle_keys(domain);
        with_bare_references(domain, &own);
    }
    let all = serde_json::json!({"domains": stated});
    let (stated, read) = (domains(&all), exported(&again));
    let read = domains(&read);
    assert_eq!(stated.len(), read.len(), "{name}");
    for (stated, read) in stated.into_iter().zip(read) {
        assert_same(stated["domain"].as_str().unwrap(), stated, read);
    }
}

/// Leaves out what says nothing: empty lists, empty texts, marks that are not set.
fn without_idle_keys(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| match value {
                Value::Bool(set) => *set,
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                _ => true,
            });
            object.values_mut().for_each(without_idle_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(without_idle_keys),
        _ => {}
    }
}

/// References of a domain to its own types need not name it, and some do.
fn with_bare_references(value: &mut Value, own: &str) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(name)) = object.get_mut("$ref") {
                *name = name.strip_prefix(own).unwrap_or(name).to_owned();
            }
            object
                .values_mut()
                .for_each(|value| with_bare_references(value, own));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|value| with_bare_references(value, own)),
        _ => {}
    }
}

#[test]
#[ignore = "needs CDP_PROTOCOLS"]
fn nothing_of_the_whole_protocol_is_lost() {
    assert_nothing_is_lost("json", &files(&folder().join("today/json"), "json"));
}

#[test]
#[ignore = "needs CDP_PROTOCOLS"]
fn nothing_of_a_report_is_lost() {
    let reports = files(&folder().join("reports"), "json");
    assert!(!reports.is_empty(), "there is no report");
    for report in reports {
        assert_nothing_is_lost(&report.display().to_string(), std::slice::from_ref(&report));
    }
}

#[test]
#[ignore = "needs CDP_PROTOCOLS"]
fn the_two_forms_of_the_protocol_say_the_same() {
    let json = files(&folder().join("today/json"), "json");
    let json = exported(&readable(inputs(&json, Role::Json)));
    let pdl = files(&folder().join("today/pdl"), "pdl");
    let mut pdl = exported(&readable(inputs(&pdl, Role::Pdl)));
    without_binary(&mut pdl);
    let (json, pdl) = (domains(&json), domains(&pdl));
    assert!(json.len() > 50);
    assert_eq!(json.len(), pdl.len());
    for (json, pdl) in json.into_iter().zip(pdl) {
        assert_same(json["domain"].as_str().unwrap(), json, pdl);
    }
}
