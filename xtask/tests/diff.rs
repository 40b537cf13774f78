//! `xtask diff` as people and pipelines run it.

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use support::{ALPHA, BETA, BROKEN, Project, Run};

/// A project with another state of its documents in `new`.
fn project(name: &str) -> Project {
    let project = Project::new(name);
    let alpha = ALPHA
        .replace("Names a thing", "Tells things apart")
        .replace("Alpha.find()", "Alpha.find() \u{1f342}")
        .replace(
            "> Which\n",
            "> Which\n- *optional* `limit` <integer]> How many\n",
        );
    project.write("new/alpha.md", alpha);
    project.write(
        "new/beta.md",
        "\n### domain: Beta\n\n#### event: Beta.started\n\n*returns*\n- `count` <integer]> How many\n",
    );
    project.write(
        "out/Cargo.toml",
        "[package]\nname = \"x\"\nversion = \"1.2.3\"\n",
    );
    project
}

fn diff(project: &Project, arguments: &[&str]) -> Run {
    let mut all = vec!["diff", "--spec", "spec", "--out", "out"];
    all.extend(arguments);
    project.run(&all)
}

fn git(project: &Project, arguments: &[&str]) {
    let mut command = Command::new("git");
    // Tests that a hook runs must not commit to the repository that it is of.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.arg("-C").arg(&project.root);
    command.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
    command.args(["-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"]);
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

const PROTOCOL: &str = "\
protocol: 2 removed, 2 changed, 2 added
  - type `Beta.Count`
  - event `Beta.counted`
  ~ command `Alpha.find`: deprecated now
  ~ type `Alpha.Id`: its text
  + command `Alpha.find`, parameter `limit`: optional integer
  + event `Beta.started`
";

#[test]
fn what_changed_is_told_with_its_class() {
    let project = project("diff_text");
    let run = diff(&project, &["spec", "new"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let (protocol, api) = run.stdout.split_once("\npublic API").unwrap();
    assert_eq!(protocol, PROTOCOL);
    for line in [
        "  major, gone\n    - pub struct beta::Count(_), with ",
        "    - pub variant beta::BetaEvent::Counted(beta::CountedEvent)\n",
        "  minor, deprecated\n    ~ pub fn alpha::AlphaCommands::find(",
        "    + pub field alpha::Find::limit: Option<i64>\n",
        "    + pub struct beta::StartedEvent #[non_exhaustive], with ",
    ] {
        assert!(api.contains(line), "{line}\n{api}");
    }
    assert!(
        api.ends_with(
            "\nsemver: major, as `struct beta::Count` is gone; after 1.2.3 comes 2.0.0\n"
        ),
        "{api}"
    );
    assert!(!project.exists("out/src"), "nothing is written");

    let same = diff(&project, &["spec", "spec"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, "nothing changed\n"));
}

/// `regenerate` writes the bindings anew, as their documentation has these words.
#[test]
fn the_words_of_an_overlay_are_a_patch() {
    let project = project("diff_words");
    let overlay = "\n### domain: Alpha\n\n#### command: Alpha.more()\n*adds* It is there.\n";
    let (old, new) = ("old/overlay/alpha.md", "new/overlay/alpha.md");
    for side in ["old", "new"] {
        project.write(&format!("{side}/alpha.md"), ALPHA);
        project.write(&format!("{side}/beta.md"), BETA);
    }
    project.write(old, overlay);
    project.write(new, overlay.replace("It is there.", "It has come."));
    let run = diff(&project, &["old", "new"]);
    assert_eq!(
        run.stdout,
        "protocol: 0 removed, 1 changed, 0 added\n  ~ command `Alpha.more`: its text\n\n\
         semver: patch, as the API is the same; after 1.2.3 comes 1.2.4\n"
    );
}

#[test]
fn an_entry_for_the_changelog() {
    let project = project("diff_changelog");
    let run = diff(&project, &["--format", "changelog", "spec", "new"]);
    let sections: Vec<_> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with('#'))
        .collect();
    assert_eq!(
        sections,
        [
            "## Unreleased",
            "### Breaking",
            "### Added",
            "### Changed",
            "### Deprecated",
            "### Removed"
        ]
    );
    for line in [
        "- `field alpha::Find::limit` (the parameter `limit` of the command `Alpha.find`).",
        "- `struct beta::StartedEvent` (the event `Beta.started`).",
        "- The text of 1 item.",
        "- `struct alpha::Find` (the command `Alpha.find`).",
        "- `struct beta::Count` (the type `Beta.Count`).",
        "- `variant beta::BetaEvent::Counted` is gone.",
    ] {
        assert!(
            run.stdout.lines().any(|found| found == line),
            "{line}\n{run:?}"
        );
    }
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100));
    let same = diff(&project, &["--format", "changelog", "spec", "spec"]);
    assert_eq!(same.stdout, "");
}

#[test]
fn an_object_for_programs() {
    let project = project("diff_json");
    let run = diff(&project, &["--format", "json", "spec", "new"]);
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&object["old"], &object["new"]),
        (&"spec".into(), &"new".into())
    );
    let changes = &object["changes"];
    assert_eq!(changes["class"], "major");
    assert_eq!(
        (&changes["version"], &changes["next_version"]),
        (&"1.2.3".into(), &"2.0.0".into())
    );
    let protocol = changes["protocol"].as_array().unwrap();
    let limit = protocol
        .iter()
        .find(|it| it["member"]["name"] == "limit")
        .unwrap();
    assert_eq!(limit["name"], "Alpha.find");
    assert_eq!(limit["before"], Value::Null);
    assert_eq!(limit["after"], "optional integer");
    let api = changes["api"].as_array().unwrap();
    assert_eq!(api[0]["class"], "major");
    for field in ["why", "item", "before"] {
        assert!(api[0][field].is_string(), "{}", api[0]);
    }
}

#[test]
fn a_pipeline_says_what_it_does_not_take() {
    let project = project("diff_limit");
    // Only the parameter is new: minor.
    project.write("new/beta.md", project.read("spec/beta.md"));
    for (limit, code) in [("major", 0), ("minor", 1), ("patch", 1)] {
        assert_eq!(
            diff(&project, &["--fail-on", limit, "spec", "new"]).code,
            code,
            "{limit}"
        );
    }
    let same = diff(&project, &["--fail-on", "patch", "spec", "spec"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, "nothing changed\n"));
    let failed = "failed: the change is patch or above, the limit of --fail-on\n";
    let run = diff(&project, &["--fail-on", "patch", "spec", "new"]);
    assert!(run.stdout.ends_with(failed), "{run:?}");
    let entry = ["--fail-on", "patch", "--format", "changelog", "spec", "new"];
    let run = diff(&project, &entry);
    assert_eq!((run.code, run.stderr.as_str()), (1, failed), "{run:?}");
    let object = ["--fail-on", "patch", "--format", "json", "spec", "new"];
    let run = diff(&project, &object);
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &object["failed"]), (1, &true.into()));
    // The other way about the parameter is gone: major.
    assert_eq!(
        diff(&project, &["--fail-on", "major", "new", "spec"]).code,
        1
    );
}

/// JSON cannot state ranges, so it does not deny them.
#[test]
fn what_one_side_cannot_state_is_no_change() {
    let project = project("diff_ranges");
    let ranged = |range: &str| {
        format!(
            "{ALPHA}- *optional* `limit` <integer]> How many\n  *range* {range} Others crash.\n"
        )
        .replace("\n[Alpha.Id]: alpha.md#alphaid\n", "")
            + "\n[Alpha.Id]: alpha.md#alphaid\n"
    };
    project.write("spec/alpha.md", ranged("1..=9"));
    project.write("new/alpha.md", ranged("2..=9"));
    project.write("new/beta.md", BETA);
    let export = project.run(&["export", "--spec", "spec"]);
    project.write("protocol.json", export.stdout);
    let note = "not compared: 1 range, as protocol JSON and PDL cannot state any\n";
    for (old, new) in [("protocol.json", "spec"), ("spec", "protocol.json")] {
        let run = diff(&project, &["--fail-on", "patch", old, new]);
        assert_eq!(run.stdout, format!("nothing changed\n{note}"), "{run:?}");
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    }
    // Nothing is left out of what is not compared at all, nor between documents.
    let run = diff(&project, &["protocol.json", "spec", "Beta"]);
    assert_eq!(run.stdout, "nothing changed\n");
    let run = diff(&project, &["spec", "new"]);
    assert!(
        run.stdout.contains("semver: major, as the range of `"),
        "{run:?}"
    );
    assert!(!run.stdout.contains("not compared"), "{run:?}");
}

#[test]
fn domains_can_be_chosen() {
    let project = project("diff_domains");
    let run = diff(&project, &["spec", "new", "Alpha"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout
            .starts_with("protocol: 0 removed, 2 changed, 1 added\n"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("semver: minor, as `fn alpha::"),
        "{run:?}"
    );
    assert!(!run.stdout.to_lowercase().contains("beta"), "{run:?}");
    let both = diff(&project, &["spec", "new", "Alpha", "Beta"]);
    assert_eq!(both.stdout, diff(&project, &["spec", "new"]).stdout);
    // One that only one side has is known.
    project.remove("new/beta.md");
    let run = diff(&project, &["spec", "new", "Beta"]);
    assert!(
        run.stdout.contains("semver: major, as `mod beta` is gone"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("- pub variant AnyEvent::Beta("),
        "{run:?}"
    );
    for name in ["Bata", "alpha"] {
        let run = diff(&project, &["spec", "new", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        let near = if name == "Bata" { "Beta" } else { "Alpha" };
        let said =
            format!("error: no document describes the domain `{name}`; did you mean `{near}`?\n");
        assert!(run.stderr.starts_with(&said), "{run:?}");
    }
}

#[test]
fn a_revision_is_read_past_the_work_tree() {
    let project = project("diff_git");
    project.write(
        "spec/overlay/alpha.md",
        "\n### domain: Alpha\n\n#### command: Alpha.more()\n*adds* It is there.\n",
    );
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    assert_eq!(diff(&project, &["HEAD"]).stdout, "nothing changed\n");
    project.write("spec/alpha.md", project.read("new/alpha.md"));
    project.remove("spec/overlay/alpha.md");
    let before = project.tree(".");
    let plain = |run: Run| (run.code, run.stdout, run.stderr);
    let expected = diff(&project, &["HEAD:spec", "spec"]);
    assert_eq!((expected.code, expected.stderr.as_str()), (0, ""));
    assert!(
        expected.stdout.contains("  - command `Alpha.more`\n"),
        "{expected:?}"
    );
    assert!(
        expected.stdout.contains("parameter `limit`"),
        "{expected:?}"
    );
    let expected = plain(expected);
    assert_eq!(plain(diff(&project, &["HEAD"])), expected);
    assert_eq!(plain(diff(&project, &["HEAD", "spec"])), expected);
    assert_eq!(plain(diff(&project, &["HEAD:spec/", "./spec"])), expected);
    assert_eq!(project.tree("."), before, "nothing is touched");

    let export = project.run(&["export", "--spec", "new"]);
    project.write("protocol.json", export.stdout);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "two"]);
    let run = diff(&project, &["HEAD:protocol.json", "new"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "nothing changed\n"),
        "{run:?}"
    );
}

#[test]
fn what_is_no_revision_is_told() {
    let project = project("diff_unknown");
    git(&project, &["init", "--quiet"]);
    project.write("spec/gamma.md", BROKEN);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    project.remove("spec/gamma.md");
    for (source, said) in [
        (
            "nowhere",
            "error: `nowhere` is neither a file, a directory, an address nor a revision\n",
        ),
        ("HEAD:nowhere", "error: `HEAD` has no `nowhere`\n"),
        (
            "HEAD:out",
            "error: in `HEAD:out`: `HEAD:out` holds no protocol\n",
        ),
        (
            "HEAD:out/Cargo.toml",
            "error: in `HEAD:out/Cargo.toml`: `HEAD:out/Cargo.toml` is neither",
        ),
    ] {
        let run = diff(&project, &[source]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.starts_with(said), "{source}: {run:?}");
        assert!(run.stderr.contains("\nhelp: name "), "{run:?}");
        let fetch = run.stderr.contains("`git fetch --unshallow --tags`");
        assert_eq!(fetch, source == "nowhere", "{run:?}");
    }
    // What is wrong with an old document is shown where it is.
    let run = diff(&project, &["HEAD"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.contains("HEAD:spec/gamma.md:4:"), "{run:?}");
    // Nothing is wrong with the revision.
    let run = project.run(&["diff", "HEAD", "--spec", "nowhere"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(
        run.stderr.starts_with("error: cannot read `nowhere`: "),
        "{run:?}"
    );
}

/// Programs read one stream, whatever came of it.
#[test]
fn errors_are_objects_for_programs() {
    let project = project("diff_json_errors");
    let run = diff(&project, &["--format", "json", "nowhere"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""), "{run:?}");
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(object["type"], "error");
    assert!(object["message"].as_str().unwrap().contains("`nowhere`"));
    assert!(object["help"].is_string());

    project.write("new/gamma.md", BROKEN);
    let run = diff(&project, &["--format", "json", "spec", "new"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""), "{run:?}");
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(object["type"], "error");
    assert!(object.as_object().unwrap().contains_key("help"));
    let found = &object["diagnostics"][0];
    assert_eq!(
        (&found["file"], &found["line"]),
        (&"new/gamma.md".into(), &4.into())
    );
}

/// Whoever reads the objects has a table of their fields.
#[test]
fn every_field_of_an_object_is_documented() {
    let readme = include_str!("../../spec/README.md");
    let (_, section) = readme
        .split_once("### Read what changed with a program\n")
        .unwrap();
    let (section, _) = section.split_once("\n### ").unwrap();
    let words: BTreeSet<&str> = section
        .split(|c: char| !c.is_ascii_lowercase() && c != '_')
        .collect();
    let project = project("diff_fields");
    let stale = ["--check", "--message-format", "json"];
    let mut runs = vec![diff(&project, &["--format", "json", "spec", "new"])];
    runs.push(project.regenerate(&stale));
    runs.push(diff(&project, &["--format", "json", "nowhere"]));
    project.write("new/gamma.md", BROKEN);
    runs.push(diff(&project, &["--format", "json", "spec", "new"]));
    project.write("spec/gamma.md", BROKEN);
    runs.push(project.regenerate(&stale));
    let mut fields = BTreeSet::new();
    for line in runs.iter().flat_map(|run| run.stdout.lines()) {
        keys(&serde_json::from_str(line).unwrap(), &mut fields);
    }
    for field in ["part_of", "outcome", "severity", "diagnostics"] {
        assert!(fields.contains(field), "{field}");
    }
    let missing = fields
        .iter()
        .filter(|field| !words.contains(field.as_str()));
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0]);
}

/// The names of all fields of an object, at any depth.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// What a run that was killed has left behind is in nobody's way, whatever numbers the
/// system gives to processes.
#[cfg(unix)]
#[test]
fn what_is_left_behind_stops_no_run() {
    let project = project("diff_scratch");
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    project.write("tmp/x", "");
    let script = r#"mkdir "$TMPDIR/cdp-xtask-$$-0" && exec "$0" "$@""#;
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_xtask")])
        .args(["diff", "HEAD", "--spec", "spec", "--out", "out"])
        .env("TMPDIR", project.root.join("tmp"))
        .current_dir(&project.root)
        .output()
        .unwrap();
    let run = Run::from(output);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "nothing changed\n"),
        "{run:?}"
    );
    let left = std::fs::read_dir(project.root.join("tmp")).unwrap().count();
    assert_eq!(left, 2, "only what was there before");
}

/// Hooks of git name the repository in their environment, which is no matter of where
/// the documents are.
#[test]
fn a_hook_sees_what_its_user_sees() {
    let project = project("diff_hook");
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    for directory in [project.root.join(".git"), ".git".into()] {
        let arguments = ["diff", "HEAD", "--spec", "spec", "--out", "out"];
        let mut command = project.command(&arguments);
        let run: Run = command.env("GIT_DIR", directory).output().unwrap().into();
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (0, "nothing changed\n"),
            "{run:?}"
        );
    }
}
