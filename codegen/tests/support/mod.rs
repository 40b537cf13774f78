//! What the tests of this crate share.
// Each test uses some of it.
#![allow(dead_code, unreachable_pub)]

pub mod odd;
pub mod random;
pub mod render;

use cdp_codegen::{External, Input, Reading, Role, Style, read};

/// A document of the run, by a name such as `a.md`, `overlay/a.md`, `a.json` or
/// `a.pdl`.
pub fn input(name: &str, text: impl Into<Vec<u8>>) -> Input {
    let role = if name.starts_with("overlay/") {
        Role::Overlay
    } else if name.ends_with(".json") {
        Role::Json
    } else if name.ends_with(".pdl") {
        Role::Pdl
    } else {
        Role::Base
    };
    Input {
        name: format!("spec/{name}"),
        role,
        bytes: text.into(),
    }
}

/// Reads documents, references to absent domains refused.
pub fn read_all(documents: &[(&str, &str)]) -> Reading {
    let inputs = documents
        .iter()
        .map(|(name, text)| input(name, *text))
        .collect();
    read(inputs, External::Refuse)
}

/// All findings as people see them.
pub fn rendered(reading: &Reading) -> String {
    let findings: Vec<String> = reading
        .diagnostics
        .iter()
        .map(|finding| finding.render(&reading.sources, Style::Plain))
        .collect();
    findings.join("\n\n")
}

/// The codes of all findings, in order.
pub fn codes(reading: &Reading) -> Vec<&'static str> {
    let codes = reading.diagnostics.iter().map(|finding| finding.code);
    codes.collect()
}

/// The documents of the project, base documents and overlays.
pub fn spec(overlays: bool) -> Vec<Input> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/");
    let mut names = vec!["heapprofiler.md", "runtime.md"];
    if overlays {
        names.extend(["overlay/heapprofiler.md", "overlay/runtime.md"]);
    }
    names
        .into_iter()
        .map(|name| input(name, std::fs::read(format!("{root}{name}")).expect(name)))
        .collect()
}
