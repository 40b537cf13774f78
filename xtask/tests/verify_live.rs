//! The committed documents against real targets, which the trials start and end
//! themselves. A target that is not there is skipped with a message;
//! `CDP_LIVE_REQUIRE=node,chromium`, or `all`, makes such a skip a failure.
#![cfg(unix)]

mod support;
#[path = "support/target.rs"]
mod target;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Project, Run};
use target::Kind;

#[test]
fn node_of_the_path() {
    explained(Kind::Node, &["HeapProfiler", "NodeWorker", "Runtime"]);
}

#[test]
fn node_22() {
    explained(
        Kind::Node22,
        &["HeapProfiler", "NodeWorker", "Runtime", "Target"],
    );
}

#[test]
fn node_24() {
    explained(
        Kind::Node24,
        &["HeapProfiler", "NodeWorker", "Runtime", "Target"],
    );
}

#[test]
fn node_26() {
    explained(
        Kind::Node26,
        &["HeapProfiler", "NodeWorker", "Runtime", "Target"],
    );
}

#[test]
fn chromium() {
    explained(
        Kind::Chromium,
        &["HeapProfiler", "Inspector", "Runtime", "Target"],
    );
}

/// The documents explain every difference; the target has these domains; and the
/// same target is told from documents that say otherwise.
fn explained(kind: Kind, domains: &[&str]) {
    let Some(target) = kind.start() else { return };
    let project = Project::new(&format!("verify_live_{kind:?}"));
    let spec = root().join("spec");
    let run = verify(&project, &target.url, &spec);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["outcome"], "explained");
    let differences = report["differences"].as_array().unwrap();
    for difference in differences {
        let explained = difference["standing"] == "explained" && difference["reason"].is_string();
        assert!(
            explained || difference["standing"] == "mark",
            "{difference}"
        );
        let is_domain = difference["item"].is_null() && difference["fact"] == "item";
        let name = difference["domain"].as_str().unwrap();
        assert!(!(is_domain && domains.contains(&name)), "{difference}");
    }
    doctored(&project, &target.url, &spec);
}

/// A wrong type, a wrong literal, a wrong name, and what must not be left out.
fn doctored(project: &Project, url: &str, spec: &Path) {
    let copy = project.root.join("doctored");
    for name in fs::read_dir(spec)
        .unwrap()
        .chain(fs::read_dir(spec.join("overlay")).unwrap())
    {
        let path = name.unwrap().path();
        if path.is_file() {
            let below = path.strip_prefix(spec).unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let text = text
                .replace("`usedSize` <number]>", "`usedBytes` <number]>")
                .replace("`ordinal` <number]>", "`ordinal` <string]>")
                .replace("    - `accessor`", "    - `accessors`")
                .replace("- *optional* `key` <[Runtime", "- `key` <[Runtime");
            project.write(&format!("doctored/{}", below.display()), text);
        }
    }
    let run = verify(project, url, &copy);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{run:?}");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let drift: Vec<String> = report["differences"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|difference| difference["standing"] == "drift")
        .map(|difference| {
            let part = |key: &str| difference[key]["name"].as_str().unwrap_or_default();
            let text = |key: &str| difference[key].as_str().unwrap_or("-");
            format!(
                "{}.{} {} {}: {} | {}",
                text("domain"),
                part("item"),
                part("member"),
                text("fact"),
                text("here"),
                text("there")
            )
        })
        .collect();
    let expected = [
        "HeapProfiler.SamplingHeapProfileSample ordinal type: string | number",
        "Runtime.EntryPreview key optional: required | optional",
        "Runtime.PropertyPreview type literal: - | accessor",
        "Runtime.PropertyPreview type literal: accessors | -",
        "Runtime.getHeapUsage usedBytes member: number | -",
        "Runtime.getHeapUsage usedSize member: - | number",
    ];
    assert_eq!(drift, expected);
}

fn verify(project: &Project, url: &str, spec: &Path) -> Run {
    let spec = spec.to_str().unwrap();
    project.run(&["verify", url, "--json", "--spec", spec])
}

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap().to_owned()
}
