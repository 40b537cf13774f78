//! The seed: untouched, and read to the last member.

mod support;

use cdp_codegen::{External, export, read};
use sha2::{Digest, Sha256};
use support::{input, spec};

#[test]
fn the_seed_is_untouched() {
    let bytes = &spec(false)[0].bytes;
    let digest: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        digest,
        "71258c8e482fa16b8f7d42fad8752d3e361b57b381e4486633f2bc3f778a662a"
    );
}

#[test]
fn the_seed_has_3_types_12_commands_5_events_and_23_members() {
    let reading = read(vec![spec(false).remove(0)], External::Keep);
    let protocol = reading.protocol.expect("the seed is read");
    let domain = &protocol.domains[0];
    let properties = protocol.types.iter().map(|item| match &item.shape {
        cdp_codegen::model::Shape::Object(members) => members.len(),
        _ => 0,
    });
    let commands = domain
        .commands
        .iter()
        .map(|item| item.parameters.len() + item.returns.len());
    let events = domain.events.iter().map(|item| item.parameters.len());
    let members: usize = properties.chain(commands).chain(events).sum();
    assert_eq!(
        (
            protocol.types.len(),
            domain.commands.len(),
            domain.events.len(),
            members
        ),
        (3, 12, 5, 23),
    );
}

#[test]
fn the_export_of_the_seed() {
    let reading = read(vec![spec(false).remove(0)], External::Keep);
    let protocol = reading.protocol.expect("the seed is read");
    insta::assert_snapshot!(export(&protocol, &[]).unwrap());
}

#[test]
fn the_export_of_the_project() {
    let reading = read(spec(true), External::Refuse);
    let protocol = reading.protocol.expect("the documents are read");
    insta::assert_snapshot!(export(&protocol, &[]).unwrap());
}

#[test]
fn an_unknown_domain_is_no_export() {
    let reading = read(spec(true), External::Refuse);
    let protocol = reading.protocol.expect("the documents are read");
    let error = export(&protocol, &["HeapProfler".to_owned()]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no document describes the domain `HeapProfler`; did you mean `HeapProfiler`?",
    );
}

/// Line ends, marks and empty lines are an editor's business.
#[test]
fn what_editors_do_changes_nothing() {
    let seed = String::from_utf8(spec(false).remove(0).bytes).unwrap();
    let exported = |text: String| {
        let reading = read(vec![input("heapprofiler.md", text)], External::Keep);
        export(&reading.protocol.expect("the seed is read"), &[]).unwrap()
    };
    let expected = exported(seed.clone());
    let variants = [
        seed.replace('\n', "\r\n"),
        seed.replace('\n', "\r"),
        format!("\u{feff}{seed}"),
        format!("{seed}\n"),
        format!("{seed}\n\n\n\n"),
        seed.trim_start().to_owned(),
        seed.replace("\n\n", "\n\n\n\n"),
        seed.replace("\n\n", "\n  \t\n"),
        seed.replace("\n- `", "\n\n- `"),
        seed.replace("\n  - `", "\n\n  - `"),
        seed.replace("\n####", "\n\n\n####"),
        seed.lines().map(|line| format!("{line} \n")).collect(),
    ];
    for variant in variants {
        assert_eq!(exported(variant.clone()), expected, "{variant:?}");
    }
}
