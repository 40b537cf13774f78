//! `xtask regenerate` as people and pipelines run it.

mod support;

use support::{ALPHA, BETA, BROKEN, Project};

/// The module of a domain, by a word that only its document has.
fn module_with(project: &Project, word: &str) -> String {
    let tree = project.contents("out/src/protocol");
    let mut found = tree
        .iter()
        .filter(|(path, bytes)| *path != "mod.rs" && String::from_utf8_lossy(bytes).contains(word));
    let (path, _) = found.next().expect("the domain has a module");
    format!("out/src/protocol/{path}")
}

#[test]
fn the_first_run_creates_and_the_second_changes_nothing() {
    let project = Project::new("first");
    let first = project.regenerate(&[]);
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert!(
        first.stdout.contains("created   out/src/protocol/mod.rs\n"),
        "{first:?}"
    );
    assert!(
        first.stdout.contains("created   out/api.txt\n"),
        "{first:?}"
    );
    assert!(first.stdout.contains("unchanged 0 files\n"), "{first:?}");
    assert!(first.stdout.contains("public API: "), "{first:?}");
    let before = project.tree("out");
    assert_eq!(
        before.len(),
        5,
        "a module per domain, mod.rs, api.txt and protocol.json: {before:?}"
    );

    let second = project.regenerate(&[]);
    assert_eq!(
        (second.code, second.stdout.as_str()),
        (0, "unchanged 5 files\n")
    );
    assert_eq!(project.tree("out"), before);
}

#[test]
fn what_changed_is_told_and_the_rest_is_not_touched() {
    let project = Project::regenerated("changed");
    let alpha = module_with(&project, "Names a thing");
    let beta = module_with(&project, "How many");
    let before = project.tree(".");
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stdout,
        format!(
            "updated   out/protocol.json\nupdated   {alpha}\nunchanged 3 files\n\n\
             protocol: 0 removed, 1 changed, 0 added\n  ~ type `Alpha.Id`: its text\n\n\
             semver: patch, as the API is the same\n"
        )
    );
    let after = project.tree(".");
    assert_ne!(before[&alpha], after[&alpha]);
    for path in [beta.as_str(), "out/src/protocol/mod.rs", "out/api.txt"] {
        assert_eq!(before[path], after[path], "{path} is not touched");
    }
}

#[test]
fn a_domain_that_is_gone_takes_its_module_with_it() {
    let project = Project::regenerated("gone");
    let beta = module_with(&project, "How many");
    project.remove("spec/beta.md");
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.contains(&format!("removed   {beta}\n")),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("updated   out/src/protocol/mod.rs\n"),
        "{run:?}"
    );
    assert!(run.stdout.contains("\npublic API: "), "{run:?}");
    for line in [
        "  - domain `Beta`",
        "  major, gone",
        "    - pub mod beta, with ",
    ] {
        assert!(run.stdout.contains(&format!("\n{line}")), "{run:?}");
    }
    assert!(
        run.stdout
            .ends_with("\nsemver: major, as `mod beta` is gone\n"),
        "{run:?}"
    );
    assert!(!project.exists(&beta));
}

#[test]
fn check_writes_nothing_and_shows_a_diff_with_the_command_that_mends_it() {
    let project = Project::regenerated("check");
    assert_eq!(project.regenerate(&["--check"]).code, 0);
    let alpha = module_with(&project, "Names a thing");
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    let before = project.tree(".");

    let stale = project.regenerate(&["--check"]);
    assert_eq!(stale.code, 1);
    assert!(
        stale
            .stdout
            .contains(&format!("\n--- a/{alpha}\n+++ b/{alpha}\n@@ ")),
        "{stale:?}"
    );
    assert!(
        stale
            .stdout
            .lines()
            .any(|line| line.starts_with('-') && line.contains("Names a"))
    );
    assert!(
        stale
            .stdout
            .lines()
            .any(|line| line.starts_with('+') && line.contains("Tells"))
    );
    let command = "cargo xtask regenerate --spec spec --out out";
    assert_eq!(
        stale.stderr,
        format!(
            "protocol: 0 removed, 1 changed, 0 added\n  ~ type `Alpha.Id`: its text\n\n\
             semver: patch, as the API is the same\n\n2 files are stale; run `{command}`\n"
        )
    );
    assert_eq!(project.tree("."), before);

    assert_eq!(project.regenerate(&[]).code, 0);
    assert_eq!(project.regenerate(&["--check"]).code, 0);
}

#[test]
fn an_error_in_a_document_leaves_the_output_as_it_was() {
    let project = Project::regenerated("broken");
    let before = project.tree("out");
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    project.write("spec/gamma.md", BROKEN);
    for arguments in [&[][..], &["--check"]] {
        let run = project.regenerate(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("spec/gamma.md:4:"), "{run:?}");
        assert!(run.stderr.contains("; nothing was written\n"), "{run:?}");
        assert!(
            !run.stderr.contains('\u{1b}'),
            "no colours without a terminal"
        );
    }
    assert_eq!(project.tree("out"), before);
}

#[test]
fn every_error_of_a_run_is_told_at_once() {
    let project = Project::new("all_errors");
    project.write("spec/gamma.md", BROKEN);
    project.write("spec/delta.md", BROKEN.replace("Gamma", "Delta"));
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("spec/gamma.md:4:"), "{run:?}");
    assert!(run.stderr.contains("spec/delta.md:4:"), "{run:?}");
    assert!(!project.exists("out"));
}

#[test]
fn documents_are_shown_where_they_are_and_headers_do_not_depend_on_it() {
    let project = Project::regenerated("elsewhere");
    project.write("some/where/alpha.md", ALPHA);
    project.write("some/where/beta.md", BETA);
    let run = project.run(&["regenerate", "--spec", "some/where/", "--out", "out"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "unchanged 5 files\n"));
    project.write("some/where/overlay/gamma.md", BROKEN);
    let run = project.run(&["regenerate", "--spec", "some/where/", "--out", "out"]);
    assert!(
        run.stderr.contains("some/where/overlay/gamma.md:"),
        "{run:?}"
    );
    assert!(!run.stderr.contains(" spec/"), "{run:?}");
}

#[test]
fn order_line_ends_and_byte_order_marks_change_nothing() {
    let project = Project::regenerated("line_ends");
    let before = project.tree("out");
    // Written in the other order, so that the directory may list them so.
    for (path, text) in [("spec/alpha.md", ALPHA), ("spec/beta.md", BETA)] {
        project.remove(path);
        let text = text.replace('\n', "\r\n");
        project.write(path, format!("\u{feff}{text}\r\n\r\n"));
    }
    let run = project.regenerate(&["--check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "unchanged 5 files\n"));
    assert_eq!(project.tree("out"), before);
}

#[test]
fn stale_machine_written_files_are_removed() {
    let project = Project::regenerated("stale_files");
    let before = project.tree("out");
    project.write(
        "out/src/protocol/old.rs",
        "// @generated by an older version\n",
    );
    project.write(
        "out/src/protocol/sub/older.rs",
        "// @generated by an older version\n",
    );
    project.write("out/src/protocol/.xtask-1-0.tmp", "// @gen");
    project.write("out/.xtask-1-1.tmp", "");
    let check = project.regenerate(&["--check"]);
    assert_eq!(check.code, 1);
    assert!(check.stdout.contains("+++ /dev/null\n"), "{check:?}");
    assert!(check.stderr.contains("2 files are stale"), "{check:?}");

    let run = project.regenerate(&[]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.contains("removed   out/src/protocol/old.rs\n"),
        "{run:?}"
    );
    assert!(
        run.stdout
            .contains("removed   out/src/protocol/.xtask-1-0.tmp\n"),
        "{run:?}"
    );
    assert_eq!(project.tree("out"), before);
    assert!(!project.exists("out/src/protocol/sub"));
}

#[test]
fn temporary_files_are_not_stale_and_the_next_run_sweeps_them() {
    let project = Project::regenerated("temporary");
    let before = project.tree("out");
    let temporary = "out/src/protocol/.xtask-1-0.tmp";
    project.write(temporary, "// @gen");
    for format in ["human", "github", "json"] {
        let check = project.regenerate(&["--check", "--message-format", format]);
        assert_eq!((check.code, check.stderr.as_str()), (0, ""), "{check:?}");
        assert!(!check.stdout.contains(".tmp"), "{check:?}");
        assert!(project.exists(temporary), "a check removes nothing");
    }
    let run = project.regenerate(&[]);
    assert_eq!(
        run.stdout,
        format!("removed   {temporary}\nunchanged 5 files\n")
    );
    assert_eq!(project.tree("out"), before);
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let project = Project::regenerated("permissions");
    let listing = project.root.join("out/api.txt");
    for mode in [0o640, 0o440, 0o777] {
        set_permissions(&listing, Permissions::from_mode(mode)).unwrap();
        project.write("spec/alpha.md", ALPHA.replace("find", &format!("f{mode}")));
        let run = project.regenerate(&[]);
        assert!(run.stdout.contains("updated   out/api.txt\n"), "{run:?}");
        let found = metadata(&listing).unwrap().permissions().mode() & 0o7777;
        assert_eq!(found, mode, "{found:o} for {mode:o}");
    }
}

#[test]
fn the_paths_of_a_diff_are_such_as_git_takes() {
    let project = Project::regenerated("diff_paths");
    project.write("work/.keep", "");
    project.write("out/api.txt", "");
    let absolute = project.root.join("out");
    for (from, out, path) in [
        (".", "out", "out/api.txt"),
        (".", "./out/", "out/api.txt"),
        ("work", "../out", "api.txt"),
        (".", "work/../out", "api.txt"),
        ("out", ".", "api.txt"),
        (".", absolute.to_str().unwrap(), "api.txt"),
    ] {
        let spec = project.root.join("spec");
        let mut command = project.command(&["regenerate", "--check", "--out", out]);
        command.arg("--spec").arg(spec);
        command.current_dir(project.root.join(from));
        let run = support::Run::from(command.output().unwrap());
        assert_eq!(run.code, 1, "{run:?}");
        let header = format!("--- a/{path}\n+++ b/{path}\n@@ ");
        assert!(run.stdout.starts_with(&header), "{out}: {run:?}");
    }
}

#[test]
fn files_of_others_are_neither_removed_nor_overlooked() {
    let project = Project::regenerated("foreign");
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    project.write("out/src/protocol/mine.rs", "// by hand\n// @generated\n");
    let before = project.tree("out");
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr.lines().next(),
        Some("error: not machine-written: `out/src/protocol/mine.rs`")
    );
    assert!(run.stderr.contains("help: "), "{run:?}");
    assert_eq!(project.tree("out"), before);
}

#[test]
fn files_beside_the_output_and_hidden_ones_are_nobodys_business() {
    let project = Project::regenerated("beside");
    for path in [
        "Cargo.toml",
        "src/lib.rs",
        "src/protocol.rs",
        "src/protocol/.mod.rs.swp",
    ] {
        project.write(&format!("out/{path}"), "by hand");
    }
    let before = project.tree("out");
    let run = project.regenerate(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "unchanged 5 files\n"));
    assert_eq!(project.tree("out"), before);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_output() {
    use std::os::unix::fs::symlink;
    let project = Project::new("links");
    project.write("elsewhere/mod.rs", "// @generated, but not here\n");
    project.write("out/src/lib.rs", "");
    let before = project.tree("elsewhere");
    let target = project.root.join("elsewhere");
    for (link, target) in [
        ("out/src/protocol", target.clone()),
        ("out/src/protocol/mod.rs", target.join("mod.rs")),
        ("out/src/protocol/other.rs", target.join("mod.rs")),
        ("out/api.txt", target.join("mod.rs")),
    ] {
        let link = project.root.join(link);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(target, &link).unwrap();
        let run = project.regenerate(&[]);
        assert_eq!(run.code, 2, "{link:?}: {run:?}");
        assert!(run.stderr.contains("` is not a "), "{run:?}");
        std::fs::remove_file(link).unwrap();
    }
    assert_eq!(project.tree("elsewhere"), before);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let project = Project::new("unwritable");
    project.write("out", "a file where a directory belongs");
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.starts_with("error: "), "{run:?}");
    assert_eq!(project.read("out"), "a file where a directory belongs");
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_an_error_and_stays_as_it_was() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let project = Project::regenerated("read_only");
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    let before = project.tree("out");
    let directory = project.root.join("out/src/protocol");
    set_permissions(&directory, Permissions::from_mode(0o555)).unwrap();
    // Who may write anywhere, as root may, cannot see the error.
    let probe = directory.join(".probe");
    let privileged = std::fs::write(&probe, "").is_ok();
    if privileged {
        std::fs::remove_file(probe).unwrap();
    } else {
        let run = project.regenerate(&[]);
        assert_eq!(run.code, 2);
        assert!(
            run.stderr.contains("cannot write `out/src/protocol/"),
            "{run:?}"
        );
        assert_eq!(project.tree("out"), before);
    }
    set_permissions(&directory, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_document_that_is_not_text_is_an_error_of_the_document() {
    let project = Project::new("not_text");
    project.write("spec/gamma.md", b"\n### domain: Gamma\n\n\xff\xfe\n");
    let run = project.regenerate(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("spec/gamma.md:4:1"), "{run:?}");
}

/// The old protocol is only there to tell what changed.
#[test]
fn an_old_protocol_that_is_missing_or_damaged_is_no_error() {
    let project = Project::regenerated("old_protocol");
    let whole = project.read("out/protocol.json");
    for damaged in [None, Some(""), Some("{"), Some("[]"), Some("\u{0}{}")] {
        match damaged {
            Some(text) => project.write("out/protocol.json", text),
            None => project.remove("out/protocol.json"),
        }
        let check = project.regenerate(&["--check"]);
        assert_eq!(check.code, 1, "{damaged:?}: {check:?}");
        assert!(
            check.stderr.starts_with("1 file is stale; run "),
            "{damaged:?}: {check:?}"
        );
        let run = project.regenerate(&[]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{damaged:?}");
        assert!(
            run.stdout
                .ends_with("out/protocol.json\nunchanged 4 files\n"),
            "{damaged:?}: {run:?}"
        );
        assert_eq!(project.read("out/protocol.json"), whole);
    }
}

#[test]
fn the_next_version_follows_that_of_the_crate() {
    let project = Project::new("version");
    project.write("out/Cargo.toml", "[package]\nversion = \"0.3.1\"\n");
    assert_eq!(project.regenerate(&[]).code, 0);
    project.write("spec/alpha.md", ALPHA.replace("Alpha.find", "Alpha.seek"));
    let run = project.regenerate(&["--check"]);
    assert!(
        run.stderr.contains("is gone; after 0.3.1 comes 0.4.0\n"),
        "{run:?}"
    );
}

/// A reference to a domain that no document describes.
const ABSENT: &str = "
### domain: Beta

#### event: Beta.counted

*returns*
- `how` <[Gamma.Method]]> How it was counted
- `all` <array of [Gamma.Method]>

[Gamma.Method]: beta.md#gammamethod
";

#[test]
fn references_to_absent_domains_are_refused_or_raw_json() {
    let project = Project::new("external");
    project.write("spec/beta.md", ABSENT);
    for more in [&[][..], &["--external", "error"]] {
        let refused = project.regenerate(more);
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains("error[unknown-reference]")
                && refused.stderr.contains("--external opaque"),
            "{refused:?}"
        );
        assert!(!project.exists("out"), "nothing is written");
    }

    let opaque = ["--external", "opaque"];
    let written = project.regenerate(&opaque);
    assert_eq!(written.code, 0, "{written:?}");
    assert!(
        written.stderr.contains("warning[external-reference]"),
        "{written:?}"
    );
    let module = project.read(&module_with(&project, "How it was counted"));
    let told = "Raw JSON of `Gamma.Method`, which these bindings do not describe.";
    assert_eq!(module.matches(told).count(), 2, "{module}");
    assert!(module.contains("pub how: wire::Json,"), "{module}");
    assert!(module.contains("pub all: Vec<wire::Json>,"), "{module}");
    assert_eq!(
        project
            .regenerate(&["--check", "--external", "opaque"])
            .code,
        0
    );

    project.write("spec/beta.md", ABSENT.replace("How it", "In which way it"));
    let stale = project.regenerate(&["--check", "--external", "opaque"]);
    assert_eq!(stale.code, 1);
    let mending = "cargo xtask regenerate --spec spec --out out --external opaque";
    assert!(
        format!("{}{}", stale.stdout, stale.stderr).contains(mending),
        "{stale:?}"
    );
    assert_eq!(project.regenerate(&["--external", "raw"]).code, 2);
}

/// Documents of the first generation state no types at all.
#[test]
fn documents_without_types_become_raw_json() {
    let project = Project::new("untyped");
    project.remove("spec/beta.md");
    project.write(
        "spec/alpha.md",
        "\n### domain: Alpha\n\n#### Alpha.find()\n- parameters\n  - `id` <Id> Which\n- returns\n  - `all` array of <Beta.Thing> \n\nFinds.",
    );
    assert_eq!(project.regenerate(&[]).code, 2);
    let written = project.regenerate(&["--external", "opaque"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert_eq!(written.stderr.matches("warning[").count(), 1, "{written:?}");
    let module = project.read("out/src/protocol/alpha.rs");
    assert!(module.contains("Raw JSON of `Alpha.Id`"), "{module}");
    assert!(module.contains("Raw JSON of `Beta.Thing`"), "{module}");
}
