//! `import` as a process: what it reads, what it writes, what it refuses.

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use support::{Project, Run};

const PROTOCOL: &str = r#"{"version": {"major": "1", "minor": "3"}, "domains": [
{"domain": "Alpha", "types": [{"id": "Id", "description": "Names a thing.", "type": "string"}],
 "commands": [
  {"name": "find", "parameters": [
   {"name": "id", "description": "Which.", "$ref": "Id"},
   {"name": "near", "description": "Where to begin.", "optional": true, "$ref": "Delta.Place"}]},
  {"name": "lose", "experimental": true}]},
{"domain": "Delta", "types": [{"id": "Place", "type": "integer"}, {"id": "Idle", "type": "any"}],
 "events": [{"name": "moved"}]}]}
"#;

const PDL: &str = "# A comment.

version
  major 1
  minor 3

include domains/Delta.pdl

domain Alpha
  depends on Delta

  # Finds it.
  command find
    parameters
      # Where to begin.
      optional Delta.Place near
";

const DELTA: &str = "domain Delta
  type Place extends integer
";

/// A project with the documents `spec/alpha.md` and `spec/beta.md`.
fn project(name: &str) -> Project {
    let project = Project::new(name);
    project.write("protocol.json", PROTOCOL);
    project
}

fn import(project: &Project, arguments: &[&str]) -> Run {
    let mut all = vec!["import"];
    all.extend(arguments);
    if !arguments.contains(&"--spec") {
        all.extend(["--spec", "spec"]);
    }
    project.run(&all)
}

/// A run that writes nothing, and what it says.
fn refused(project: &Project, arguments: &[&str]) -> String {
    let before = project.tree("");
    let run = import(project, arguments);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert_eq!(project.tree(""), before);
    run.stderr
}

#[test]
fn a_protocol_becomes_documents_that_regenerate_reads() {
    let project = project("import_all");
    let run = import(&project, &["protocol.json", "--spec", "new"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "created   new/alpha.md\ncreated   new/delta.md\n"
    );
    let exported = project.run(&["export", "--spec", "new"]);
    let exported: serde_json::Value = serde_json::from_str(&exported.stdout).unwrap();
    assert_eq!(
        exported,
        serde_json::from_str::<serde_json::Value>(PROTOCOL).unwrap()
    );
    assert_eq!(
        project
            .run(&["regenerate", "--spec", "new", "--out", "out"])
            .code,
        0
    );

    let before = project.tree("new");
    let again = import(&project, &["protocol.json", "--spec", "new"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (0, "unchanged 2 files\n")
    );
    assert_eq!(project.tree("new"), before);
}

#[test]
fn a_document_that_says_something_else_is_not_overwritten() {
    let project = project("import_over");
    let stderr = refused(&project, &["protocol.json"]);
    assert_eq!(
        stderr,
        "error: already there, and different: `spec/alpha.md`\n\
         help: write only what they leave out with --overlay, or take their place with --replace\n"
    );
    let run = import(&project, &["protocol.json", "--replace"]);
    assert_eq!(
        run.stdout,
        "created   spec/delta.md\nupdated   spec/alpha.md\n"
    );
    assert!(project.read("spec/alpha.md").contains("Alpha.lose() 🌱"));
}

#[test]
fn an_overlay_says_what_the_base_document_leaves_out() {
    let project = project("import_overlay");
    let base = project.read("spec/alpha.md");
    let run = import(
        &project,
        &[
            "protocol.json",
            "--overlay",
            "--reason",
            "Example 2.0 has it.",
        ],
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "created   spec/delta.md\ncreated   spec/overlay/alpha.md\n"
    );
    assert_eq!(project.read("spec/alpha.md"), base);
    assert_eq!(
        project.read("spec/overlay/alpha.md"),
        "
### domain: Alpha

#### command: Alpha.find()

*parameters*
- *optional* `near` <[Delta.Place]]> Where to begin.
  *adds* Example 2.0 has it.

#### command: Alpha.lose() 🌱

*adds* Example 2.0 has it.

[Delta.Place]: alpha.md#deltaplace
"
    );
    assert_eq!(project.regenerate(&[]).code, 0);

    let run = import(
        &project,
        &["./protocol.json", "Alpha", "--overlay", "--replace"],
    );
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stderr,
        "note: `spec/overlay/alpha.md` was replaced: its reasons are gone\n"
    );
    let overlay = project.read("spec/overlay/alpha.md");
    assert!(
        overlay.contains("*adds* As in the protocol definition of protocol.json.\n"),
        "{overlay}"
    );
}

#[test]
fn what_no_overlay_can_take_away_is_told() {
    let project = project("import_beyond");
    let less = r#"{"domains": [{"domain": "Alpha", "commands": [{"name": "find"}]}]}"#;
    project.write("less.json", less);
    let run = import(&project, &["less.json", "--overlay"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "kept      spec/alpha.md\n")
    );
    assert_eq!(
        run.stderr,
        "note: the documents say more than the source, which no overlay takes away:\n  \
         - the type `Alpha.Id`\n  \
         - `id` of the command `Alpha.find`\n"
    );
}

#[test]
fn domains_are_taken_alone_or_with_what_they_reach() {
    let project = project("import_some");
    let run = import(&project, &["protocol.json", "Alpha", "--spec", "new"]);
    assert_eq!(run.stdout, "created   new/alpha.md\n");
    assert_eq!(
        run.stderr,
        "note: no document describes `Delta.Place`: import `Delta` too, or run with --closure\n"
    );
    let run = import(
        &project,
        &["protocol.json", "Alpha", "--closure", "--spec", "new"],
    );
    assert_eq!(run.stdout, "created   new/delta.md\nunchanged 1 file\n");
    assert_eq!(run.stderr, "note: only types were taken of `Delta`\n");
    let delta = project.read("new/delta.md");
    assert!(delta.contains("Delta.Place") && !delta.contains("Idle") && !delta.contains("moved"));
    assert!(
        delta.contains("*part* Only the types needed for `Alpha`."),
        "{delta}"
    );
    let stderr = refused(&project, &["protocol.json", "Alhpa"]);
    assert_eq!(
        stderr,
        "error: `protocol.json` has no domain `Alhpa`\nhelp: did you mean `Alpha`?\n"
    );
    let stderr = refused(&project, &["protocol.json", "Page"]);
    assert!(
        stderr.ends_with("help: it has `Alpha`, `Delta`\n"),
        "{stderr}"
    );
}

/// The types that are reached are those of `spec/delta.md`, which says more.
#[test]
fn documents_of_domains_that_were_not_named_are_kept() {
    let project = project("import_kept");
    project.remove("spec/alpha.md");
    let delta = "\n### domain: Delta\n\nOur own.\n\n#### command: Delta.go()\n";
    project.write("spec/delta.md", delta);
    let overlay = "\n### domain: Delta\n\n#### type: Delta.Place = integer\n\n*adds* So it is.\n";
    project.write("spec/overlay/delta.md", overlay);
    let run = import(&project, &["protocol.json", "Alpha", "--closure"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "created   spec/alpha.md\nkept      spec/delta.md\nkept      spec/overlay/delta.md\n"
    );
    assert_eq!(project.read("spec/delta.md"), delta);
    assert_eq!(project.regenerate(&[]).code, 0);
}

#[test]
fn what_documents_lack_that_were_not_named_is_said() {
    let project = project("import_missing");
    project.remove("spec/alpha.md");
    let delta = "\n### domain: Delta\n\nOur own.\n";
    project.write("spec/delta.md", delta);
    for (more, help) in [
        (
            &["--closure"][..],
            "write them there, as --print prints them, or import `Delta` with --overlay",
        ),
        (
            &["--closure", "--replace"],
            "write them there, as --print prints them, or import `Delta` with --overlay",
        ),
        (
            &[],
            "run with --closure, or write them there, or import `Delta` with --overlay",
        ),
    ] {
        let stderr = refused(&project, &[&["protocol.json", "Alpha"], more].concat());
        assert_eq!(
            stderr,
            format!("error: `spec/delta.md` lacks `Delta.Place`\nhelp: {help}\n")
        );
    }
    let run = import(
        &project,
        &["protocol.json", "Alpha", "--closure", "--print"],
    );
    assert!(
        run.stdout.contains("#### type: Delta.Place = integer\n") && !run.stdout.contains("Idle"),
        "{run:?}"
    );
    assert!(!project.exists("spec/alpha.md"));
    let run = import(
        &project,
        &["protocol.json", "Alpha", "--closure", "--overlay"],
    );
    assert_eq!(
        run.stdout,
        "created   spec/alpha.md\ncreated   spec/overlay/delta.md\n"
    );
    assert_eq!(project.read("spec/delta.md"), delta);
    assert_eq!(project.regenerate(&[]).code, 0);
}

/// A third domain that needs another type of `Delta`.
const MORE: &str = r#"{"domains": [
{"domain": "Alpha", "commands": [
  {"name": "find", "parameters": [{"name": "near", "$ref": "Delta.Place"}]}]},
{"domain": "Delta", "dependencies": ["Alpha"], "types": [
  {"id": "Other", "type": "integer"}, {"id": "Idle", "type": "any"},
  {"id": "Place", "type": "integer"}], "commands": [{"name": "go"}]},
{"domain": "Zeta", "events": [
  {"name": "seen", "parameters": [{"name": "other", "$ref": "Delta.Other"}]}]}]}"#;

#[test]
fn documents_of_types_alone_grow_with_what_else_is_imported() {
    let project = project("import_grows");
    project.write("more.json", MORE);
    let run = |arguments: &[&str]| {
        let all = [&["more.json", "--spec", "new"], arguments].concat();
        import(&project, &all)
    };
    assert_eq!(run(&["Alpha", "--closure"]).code, 0);
    let again = run(&["Alpha", "--closure"]);
    assert_eq!(again.stdout, "kept      new/delta.md\nunchanged 1 file\n");
    let verified = project.run(&["verify", "more.json", "--spec", "new"]);
    assert_eq!(verified.code, 0, "{verified:?}");

    let lacks = run(&["Zeta"]);
    assert_eq!(lacks.code, 2);
    assert!(
        lacks
            .stderr
            .starts_with("error: `new/delta.md` lacks `Delta.Other`\n"),
        "{lacks:?}"
    );
    let grown = run(&["Zeta", "--closure"]);
    assert_eq!(
        grown.stdout,
        "created   new/zeta.md\nupdated   new/delta.md\n"
    );
    let delta = project.read("new/delta.md");
    assert!(
        delta.contains("*part* Only the types needed for `Alpha`, `Zeta`.\n"),
        "{delta}"
    );
    assert!(
        delta.find("Delta.Other =") < delta.find("Delta.Place ="),
        "{delta}"
    );
    assert!(!delta.contains("Idle"), "{delta}");

    // The whole says all that the part does.
    let whole = run(&["Delta"]);
    assert_eq!(whole.stdout, "updated   new/delta.md\n");
    let regenerate = ["regenerate", "--spec", "new", "--out", "out"];
    assert_eq!(project.run(&regenerate).code, 0);
}

/// What was changed by hand is no import any more.
#[test]
fn a_part_that_was_edited_does_not_grow() {
    let project = project("import_edited");
    project.write("more.json", MORE);
    assert_eq!(
        import(
            &project,
            &["more.json", "Alpha", "--closure", "--spec", "new"]
        )
        .code,
        0
    );
    // It refers to what is renamed below.
    project.remove("new/alpha.md");
    let delta = project.read("new/delta.md");
    for (from, to) in [
        ("Only the types", "Only such types"),
        ("= integer\n", "= integer\n\nSaid by hand.\n"),
        ("domain: Delta\n", "domain: Delta\n\nSaid by hand.\n"),
        ("Delta.Place =", "Delta.Spot ="),
        ("= integer\n", "= integer\n\n#### event: Delta.moved\n"),
    ] {
        let edited = delta.replace(from, to);
        assert_ne!(edited, delta);
        project.write("new/delta.md", edited);
        let arguments = ["more.json", "Zeta", "--closure", "--spec", "new"];
        let stderr = refused(&project, &arguments);
        assert!(
            stderr.contains("`new/delta.md` lacks `Delta.Other`"),
            "{to}: {stderr}"
        );
        let stderr = refused(&project, &["more.json", "Delta", "--spec", "new"]);
        assert!(
            stderr.contains("already there, and different"),
            "{to}: {stderr}"
        );
    }
}

/// An overlay by hand: another reason, other words, a range, more than the source has.
const BY_HAND: &str = "
### domain: Alpha

*some* Only Example has it.

#### command: Alpha.find()

*parameters*
- *optional* `id` <[Alpha.Id]]>
  *amends* Example 1.0 finds something without it.
- *optional* `depth` <integer]> How deep
  *range* 1.. nothing is above
  *adds* Example 3.0 has it.

[Alpha.Id]: alpha.md#alphaid
";

#[test]
fn an_overlay_that_is_there_is_added_to_by_hand() {
    let project = project("import_merge");
    project.write("spec/overlay/alpha.md", BY_HAND);
    let arguments = [
        "protocol.json",
        "Alpha",
        "Delta",
        "--overlay",
        "--reason",
        "Why.",
    ];
    assert_eq!(
        refused(&project, &arguments),
        "error: `spec/overlay/alpha.md` lacks 2 entries: `near` of the command `Alpha.find`, \
         the command `Alpha.lose`\n\
         help: --print prints the entries, to be merged by hand; --replace discards the overlay\n"
    );
    let before = project.tree("");
    let run = import(&project, &[&arguments[..], &["--print"]].concat());
    assert_eq!((run.code, project.tree("")), (0, before));
    assert!(
        run.stderr.ends_with(
            "note: nothing was written; this is for `spec/delta.md`, `spec/overlay/alpha.md`\n"
        ),
        "{run:?}"
    );
    let (_, entries) = run.stdout.split_once("### domain: Alpha").unwrap();
    let expected = "

#### command: Alpha.find()

*parameters*
- *optional* `near` <[Delta.Place]]> Where to begin.
  *adds* Why.

#### command: Alpha.lose() 🌱

*adds* Why.

[Delta.Place]: alpha.md#deltaplace
";
    assert_eq!(entries, expected);

    // Merged, nothing is lacking.
    let merged = BY_HAND.replace(
        "\n[Alpha.Id]",
        &expected
            .replace("\n\n#### command: Alpha.find()\n\n*parameters*\n", "")
            .replace("\n[Delta", "\n[Alpha.Id]: alpha.md#alphaid\n[Delta"),
    );
    let merged = merged
        .trim_end()
        .strip_suffix(": alpha.md#alphaid")
        .unwrap();
    project.write("spec/overlay/alpha.md", merged);
    let run = import(&project, &arguments);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        run.stdout,
        "created   spec/delta.md\nkept      spec/alpha.md\nkept      spec/overlay/alpha.md\n"
    );
    assert_eq!(project.read("spec/overlay/alpha.md"), merged);
}

#[test]
fn what_an_overlay_has_said_that_is_replaced_is_told() {
    let project = project("import_lost");
    project.write("spec/overlay/alpha.md", BY_HAND);
    let run = import(&project, &["protocol.json", "--overlay", "--replace"]);
    assert_eq!(run.code, 0, "{run:?}");
    // The domain's `*some*`, that `id` may be left out, and `depth`.
    assert!(
        run.stderr.ends_with(
            "note: `spec/overlay/alpha.md` was replaced: its reasons are gone, and 3 entries \
             that are not in the new one (1 range among them)\n"
        ),
        "{run:?}"
    );
    refused(&project, &["protocol.json", "--print", "--replace"]);
}

#[test]
fn documents_can_be_looked_at_before_they_are_written() {
    let project = project("import_print");
    let before = project.tree("");
    let run = import(&project, &["protocol.json", "--print"]);
    assert_eq!((run.code, project.tree("")), (0, before));
    assert!(run.stdout.starts_with("\n### domain: Alpha\n"), "{run:?}");
    assert!(run.stdout.contains("\n\n### domain: Delta\n"), "{run:?}");
    let written = import(&project, &["protocol.json", "--spec", "new"]);
    assert_eq!(written.code, 0);
    assert_eq!(
        run.stdout,
        project.read("new/alpha.md") + &project.read("new/delta.md")
    );
}

#[test]
fn a_file_of_pdl_brings_those_that_it_includes() {
    let project = project("import_pdl");
    project.write("pdl/all.pdl", PDL);
    project.write("pdl/domains/Delta.pdl", DELTA);
    for (source, spec) in [("pdl/all.pdl", "one"), ("pdl", "two")] {
        let run = import(&project, &[source, "--spec", spec]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{source}");
        assert!(
            project
                .read(&format!("{spec}/alpha.md"))
                .contains("Finds it.")
        );
        assert!(
            project
                .read(&format!("{spec}/delta.md"))
                .contains("Delta.Place = integer")
        );
    }
}

/// What a file says never leads out of its directory.
#[test]
fn includes_stay_below_the_file() {
    let project = project("import_includes");
    project.write("outside.pdl", "domain Outside\n");
    project.write("pdl/deep/back.pdl", "include ../all.pdl\n");
    let outside = project.root.join("outside.pdl");
    let outside = outside.to_str().unwrap();
    for path in [
        "../outside.pdl",
        "deep/../../outside.pdl",
        "./x.pdl",
        outside,
        "..\\outside.pdl",
        "C:x.pdl",
        "deep/back.pdl",
        "deep",
        "all.txt",
        "none.pdl",
    ] {
        project.write("pdl/all.pdl", format!("include {path}\n"));
        let stderr = refused(&project, &["pdl/all.pdl"]);
        assert!(
            stderr.contains("all.pdl` includes `") || path == "deep/back.pdl",
            "{path}: {stderr}"
        );
        assert!(
            stderr.contains("is not a `.pdl` file below its directory"),
            "{path}: {stderr}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_include_outside() {
    let project = project("import_link");
    project.write("outside.pdl", "domain Outside\n");
    project.write("pdl/all.pdl", "include link.pdl\n");
    std::os::unix::fs::symlink(
        project.root.join("outside.pdl"),
        project.root.join("pdl/link.pdl"),
    )
    .unwrap();
    let stderr = refused(&project, &["pdl/all.pdl"]);
    assert!(stderr.contains("below its directory"), "{stderr}");
}

#[test]
fn files_that_include_each_other_are_read_once() {
    let project = project("import_circle");
    project.write("pdl/a.pdl", "include b.pdl\ndomain A\n");
    project.write("pdl/b.pdl", "include a.pdl\ninclude b.pdl\ndomain B\n");
    let run = import(&project, &["pdl/a.pdl", "--spec", "new"]);
    assert_eq!(run.stdout, "created   new/a.md\ncreated   new/b.md\n");
}

/// A target that replies so often, with its protocol and with what it is.
fn target(replies: usize) -> (String, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        for _ in 0..replies {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let body = if request[..length].starts_with(b"GET /json/version ") {
                r#"{"Browser": "Example/2.0"}"#
            } else {
                PROTOCOL
            };
            let head = format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).unwrap();
        }
    });
    (format!("http://{address}"), server)
}

#[test]
fn a_target_is_called_what_it_calls_itself() {
    let project = project("import_product");
    for (replies, name) in [(2, "Example/2.0"), (1, "127.0.0.1:")] {
        let (url, server) = target(replies);
        let run = import(&project, &[&url, "Alpha", "--overlay", "--replace"]);
        assert_eq!(run.code, 0, "{run:?}");
        server.join().unwrap();
        let overlay = project.read("spec/overlay/alpha.md");
        let reason = format!("*adds* As in the protocol definition of {name}");
        assert!(overlay.contains(&reason), "{overlay}");
    }
}

#[test]
fn a_target_that_runs_is_asked() {
    let project = project("import_live");
    let (url, server) = target(1);
    let run = import(&project, &[&url, "Alpha", "--closure", "--spec", "new"]);
    server.join().unwrap();
    assert_eq!(
        run.stdout,
        "created   new/alpha.md\ncreated   new/delta.md\n"
    );
    let stderr = refused(&project, &[&url]);
    assert!(
        stderr.starts_with(&format!(
            "error: nothing listens at `{url}/json/protocol`\nhelp: start "
        )),
        "{stderr}"
    );
}

#[test]
fn sources_that_are_none_are_told_apart() {
    let project = project("import_sources");
    project.write("notes.txt", "");
    project.write("empty/package.json", "{}");
    project.write("mixed/a.json", "{}");
    project.write("mixed/a.pdl", "");
    for (source, message) in [
        (
            "absent.json",
            "error: there is no `absent.json`\nhelp: name a ",
        ),
        (
            "127.0.0.1:9229",
            "help: a target is named `http://127.0.0.1:9229`\n",
        ),
        (
            "https://127.0.0.1:9229",
            "error: `https://127.0.0.1:9229` is no address of a target\n",
        ),
        (
            "notes.txt",
            "error: `notes.txt` is neither a `.json` nor a `.pdl` file\n",
        ),
        ("empty", "error: `empty` holds no protocol\n"),
        // Whoever moves this away has a broken system.
        (
            "/dev/null",
            "error: `/dev/null` is neither a `.json` nor a `.pdl` file\nhelp: name a ",
        ),
        (
            "mixed",
            "error: `mixed` holds a protocol in more than one form\n",
        ),
    ] {
        let stderr = refused(&project, &[source]);
        assert!(stderr.contains(message), "{source}: {stderr}");
    }
}

#[test]
fn a_protocol_that_is_wrong_is_shown_and_nothing_is_written() {
    let project = project("import_wrong");
    project.write("cut.json", &PROTOCOL[..200]);
    project.write("path.json", r#"{"domains": [{"domain": "../evil"}]}"#);
    project.write(
        "text.json",
        r#"{"domains": [{"domain": "Delta", "description": "a\rb"}]}"#,
    );
    for (source, code) in [
        ("cut.json", "malformed-json"),
        ("path.json", "invalid-name"),
        ("text.json", "unwritable"),
    ] {
        let stderr = refused(&project, &[source]);
        assert!(stderr.starts_with(&format!("error[{code}]")), "{stderr}");
        assert!(stderr.contains(&format!("--> {source}:")), "{stderr}");
        assert!(
            stderr.ends_with("1 error; nothing was written\n"),
            "{stderr}"
        );
    }
}

/// An overlay is onto what can be read.
#[test]
fn a_base_document_that_is_wrong_stands_in_the_way_of_an_overlay() {
    let project = project("import_broken");
    project.write("spec/gamma.md", support::BROKEN);
    let stderr = refused(&project, &["protocol.json", "--overlay"]);
    assert!(stderr.contains("--> spec/gamma.md:4:"), "{stderr}");
}

/// Documents of another layout become documents of this one.
#[test]
fn a_directory_of_documents_is_a_source() {
    let project = project("import_documents");
    let run = import(&project, &["spec", "--spec", "new"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(project.read("new/beta.md"), support::BETA);
}

#[test]
fn a_reason_says_something_and_belongs_to_an_overlay() {
    let project = project("import_reason");
    refused(&project, &["protocol.json", "--reason", "Why."]);
    refused(&project, &["protocol.json", "--overlay", "--reason", "  "]);
}

/// The name of a file becomes a part of the documents, and of the code.
#[cfg(unix)]
#[test]
fn the_name_of_a_source_is_told_in_visible_characters() {
    let project = project("import_name");
    let name = "a\r\n\u{202e}.json";
    project.write(name, PROTOCOL);
    let run = import(&project, &[name, "Alpha", "--overlay"]);
    assert_eq!(run.code, 0, "{run:?}");
    let overlay = project.read("spec/overlay/alpha.md");
    assert!(
        overlay.contains(r"protocol definition of a\r\n\u{202e}.json."),
        "{overlay}"
    );
    let run = project.run(&["verify", name, "--spec", "spec"]);
    assert!(
        run.stdout.contains(r" against a\r\n\u{202e}.json: "),
        "{run:?}"
    );
}

/// A document named `con.md` would be a device on Windows, whatever its extension.
#[test]
fn no_document_has_the_name_of_a_device() {
    let project = project("import_device");
    project.write(
        "devices.json",
        r#"{"version": {"major": "1", "minor": "3"}, "domains": [
{"domain": "Con", "types": [{"id": "T", "type": "object"}], "events": [
 {"name": "e", "parameters": [{"name": "t", "$ref": "T"}]}]}, {"domain": "Lpt1"}]}"#,
    );
    let run = import(&project, &["devices.json", "--spec", "new"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout
            .starts_with("created   new/con_.md\ncreated   new/lpt1_.md\n"),
        "{run:?}"
    );
    let run = project.run(&["regenerate", "--spec", "new", "--out", "out"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let run = import(&project, &["devices.json", "--spec", "new", "--overlay"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "kept      new/con_.md\nkept      new/lpt1_.md\n"),
        "{run:?}"
    );
}
