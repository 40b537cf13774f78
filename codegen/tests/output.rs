//! The machine-written files of the seed's domain and of the one that it refers to,
//! with and without the overlay, and that nothing but the documents decides on them.

mod support;

use cdp_codegen::{External, Files, Input, PROTOCOL, export, generate, read};
use support::spec;

fn files(inputs: Vec<Input>, external: External) -> Files {
    let reading = read(inputs, external);
    let rendered = support::rendered(&reading);
    let protocol = reading.protocol.unwrap_or_else(|| panic!("{rendered}"));
    generate(&protocol).unwrap_or_else(|collisions| panic!("{collisions:?}"))
}

/// All but the protocol, which the snapshots of the export show.
fn code(inputs: Vec<Input>) -> Files {
    let mut files = files(inputs, External::Refuse);
    files.remove(PROTOCOL);
    files
}

#[test]
fn every_file_with_the_overlay() {
    for (path, text) in code(spec(true)) {
        insta::assert_snapshot!(format!("with overlay {path}"), text);
    }
}

#[test]
fn every_file_without_the_overlay() {
    for (path, text) in code(spec(false)) {
        insta::assert_snapshot!(format!("without overlay {path}"), text);
    }
}

#[test]
fn neither_order_nor_line_ends_nor_marks_change_a_byte() {
    let expected = files(spec(true), External::Refuse);
    let mut orders = spec(true);
    for _ in 0..orders.len() {
        orders.rotate_left(1);
        let mut inputs = orders.clone();
        assert_eq!(files(inputs.clone(), External::Refuse), expected);
        inputs.reverse();
        assert_eq!(files(inputs, External::Refuse), expected);
    }
    let mut windows = spec(true);
    for input in &mut windows {
        let text = String::from_utf8(input.bytes.clone()).unwrap();
        input.bytes = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    }
    assert_eq!(files(windows, External::Refuse), expected);
}

/// The seed alone, references to `Runtime` kept by name.
#[test]
fn a_document_alone() {
    let seed = vec![spec(false).remove(0)];
    let files = files(seed, External::Keep);
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "api.txt",
            "protocol.json",
            "src/protocol/heap_profiler.rs",
            "src/protocol/mod.rs"
        ],
    );
}

#[test]
fn the_protocol_is_a_file_beside_its_code() {
    let reading = read(spec(true), External::Refuse);
    let exported = export(&reading.protocol.unwrap(), &[]).unwrap();
    assert_eq!(files(spec(true), External::Refuse)[PROTOCOL], exported);
}
