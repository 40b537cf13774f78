//! Exit codes, streams and formats.

mod support;

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;
use support::{ALPHA, BROKEN, Project};

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    let project = Project::new("usage");
    for wrong in [
        &[][..],
        &["regenerate", "--no-such-option"],
        &["regenerate", "--message-format", "yaml"],
        &["regenerate", "--spec"],
        &["regenerate", "--spec", ""],
        &["regenerate", "domain"],
        &["no-such-command"],
        &["export", "--out", "x"],
    ] {
        let run = project.run(wrong);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(run.stderr.contains("--help"), "{wrong:?}: {run:?}");
    }
    for help in [
        &["--help"][..],
        &["regenerate", "--help"],
        &["export", "-h"],
    ] {
        let run = project.run(help);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{help:?}");
    }
}

#[test]
fn no_message_names_this_machine() {
    let project = Project::new("no_paths");
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("xtask");
    let help = project.run(&["regenerate", "--help"]);
    // The default directories, from anywhere: nothing is written.
    let check = project.run(&["regenerate", "--check"]);
    for run in [help, check] {
        assert!(
            !run.stdout.contains(root) && !run.stderr.contains(root),
            "{run:?}"
        );
    }
}

/// The program may have been built of another clone, which shares the target
/// directory.
#[test]
fn the_project_is_the_one_that_cargo_runs() {
    let project = Project::new("other_clone");
    let export = |package: &str| -> String {
        let mut command = project.command(&["export"]);
        command.env("CARGO_PKG_NAME", package);
        command.env("CARGO_MANIFEST_DIR", project.root.join(package));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(export("xtask").contains(r#""domain": "Alpha""#));
    // Another package's build script runs it: that directory is none of ours.
    assert!(export("other").contains(r#""domain": "HeapProfiler""#));
}

#[test]
fn github_gets_an_annotation_for_each_error() {
    let project = Project::regenerated("github");
    project.write("spec/gamma.md", BROKEN);
    let run = project.regenerate(&["--message-format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""));
    let annotation = run.stdout.lines().next().expect("there is one");
    assert!(
        annotation.starts_with("::error file=spec/gamma.md,line=4,endLine=4,col="),
        "{run:?}"
    );
    let rest: Vec<_> = run.stdout.lines().skip(1).collect();
    assert!(rest[0].starts_with("::stop-commands::"), "{run:?}");
    let token = rest[0].trim_start_matches("::stop-commands::");
    assert_eq!(rest.last(), Some(&format!("::{token}::").as_str()));
}

#[test]
fn github_gets_an_annotation_for_each_stale_file() {
    let project = Project::regenerated("github_stale");
    project.write("out/api.txt", "::error::not a command\n");
    let run = project.regenerate(&["--check", "--message-format", "github"]);
    assert_eq!(run.code, 1);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert!(
        lines[0].starts_with("::error file=out/api.txt,line=1,title=stale::"),
        "{run:?}"
    );
    assert!(
        lines[1].starts_with("::notice title=semver::semver: major, as `"),
        "{run:?}"
    );
    assert!(lines[2].starts_with("::stop-commands::"), "{run:?}");
    assert!(lines.contains(&"-::error::not a command"), "{run:?}");
}

fn objects(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line is an object"))
        .collect()
}

#[test]
fn json_has_an_object_per_finding_and_a_summary() {
    let project = Project::regenerated("json");
    let format = ["--message-format", "json"];
    let fresh = objects(&project.regenerate(&format).stdout);
    assert_eq!(fresh.len(), 1);
    assert_eq!(fresh[0]["outcome"], "fresh");
    assert_eq!(fresh[0]["unchanged"].as_array().map(Vec::len), Some(5));

    project.write("spec/alpha.md", ALPHA.replace("Alpha.find", "Alpha.seek"));
    let stale = objects(
        &project
            .regenerate(&["--check", "--message-format", "json"])
            .stdout,
    );
    assert_eq!(stale[0]["outcome"], "stale");
    assert!(
        stale[0]["diff"]
            .as_str()
            .is_some_and(|diff| diff.contains("+++ b/out/"))
    );
    assert!(
        stale[0]["command"]
            .as_str()
            .is_some_and(|it| it.starts_with("cargo xtask"))
    );

    let written = objects(&project.regenerate(&format).stdout);
    assert_eq!(written[0]["outcome"], "written");
    assert_eq!(written[0]["created"], Value::Array(vec![]));
    assert!(
        written[0]["updated"]
            .as_array()
            .is_some_and(|it| it.contains(&"out/api.txt".into()))
    );
    let changes = &written[0]["changes"];
    assert_eq!(changes["class"], "major");
    assert!(
        changes["verdict"]
            .as_str()
            .is_some_and(|it| it.starts_with("semver: major, as `")),
        "{changes}"
    );
    let has = |list: &str, sides: [bool; 2]| {
        let list = changes[list].as_array().into_iter().flatten();
        list.map(|it| ["before", "after"].map(|side| it[side].is_string()))
            .any(|found| found == sides)
    };
    for list in ["protocol", "api"] {
        assert!(has(list, [true, false]), "{changes}");
        assert!(has(list, [false, true]), "{changes}");
    }

    project.write("spec/gamma.md", BROKEN);
    let run = project.regenerate(&format);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""));
    let refused = objects(&run.stdout);
    let (summary, diagnostics) = refused.split_last().expect("there is a summary");
    assert_eq!(summary["outcome"], "refused");
    assert_eq!(summary["errors"], diagnostics.len());
    let first = &diagnostics[0];
    assert_eq!(
        (&first["file"], &first["line"]),
        (&"spec/gamma.md".into(), &4.into())
    );
    for field in ["column", "end_line", "end_column"] {
        assert!(first[field].is_u64(), "{field}: {first}");
    }
    for field in ["type", "severity", "code", "message", "label"] {
        assert!(first[field].is_string(), "{field}: {first}");
    }
    assert!(first["related"].is_array());
}

#[test]
fn json_tells_of_other_errors_too() {
    let project = Project::new("json_error");
    let run = project.run(&[
        "regenerate",
        "--spec",
        "no\nwhere",
        "--message-format",
        "json",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""));
    let lines = objects(&run.stdout);
    assert_eq!((lines.len(), &lines[0]["type"]), (1, &"error".into()));
}

#[test]
fn export_prints_json() {
    let project = Project::new("export");
    let run = project.run(&["export", "--spec", "spec"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let protocol: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let names: Vec<_> = protocol["domains"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(names.len(), 2);
    assert!(run.stdout.ends_with("}\n"));
    assert!(!project.exists("out"));

    let one = project.run(&["export", "--spec", "spec", "Beta"]);
    assert!(
        one.stdout.contains("\"Beta\"") && !one.stdout.contains("\"Alpha\""),
        "{one:?}"
    );
}

#[test]
fn export_asks_whether_another_domain_was_meant() {
    let project = Project::new("export_unknown");
    for name in ["beta", "Bata"] {
        let run = project.run(&["export", "--spec", "spec", "Alpha", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(
            run.stderr.contains(&format!("the domain `{name}`")),
            "{run:?}"
        );
        assert!(run.stderr.contains("did you mean `Beta`?"), "{run:?}");
    }
    let run = project.run(&["export", "--spec", "spec", "Zzz"]);
    assert!(!run.stderr.contains("did you mean"), "{run:?}");
}

#[test]
fn export_keeps_what_no_document_describes_and_says_so() {
    let project = Project::new("export_external");
    let document = ALPHA.replace("[Alpha.Id]]>", "[Omega.Id]]>").replace(
        "[Alpha.Id]: alpha.md#alphaid",
        "[Omega.Id]: alpha.md#omegaid",
    );
    project.write("spec/alpha.md", document);
    assert_eq!(project.regenerate(&[]).code, 2);
    let run = project.run(&["export", "--spec", "spec"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains("Omega.Id"), "{run:?}");
    assert!(run.stderr.contains("spec/alpha.md:11:"), "{run:?}");
}

#[test]
fn export_leaves_overlays_out_if_asked_to() {
    let project = Project::new("export_base");
    project.write("spec/overlay/gamma.md", BROKEN);
    assert_eq!(project.run(&["export", "--spec", "spec"]).code, 2);
    assert_eq!(
        project
            .run(&["export", "--spec", "spec", "--base-only"])
            .code,
        0
    );
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let project = Project::new("pipe");
    for arguments in [&["export", "--spec", "spec"][..], &["export", "--help"]] {
        let mut command = project.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), stderr.as_str()),
            (Some(0), "")
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let project = Project::new("full");
    let full = std::fs::File::options().write(true).open("/dev/full");
    let mut command = project.command(&["export", "--spec", "spec"]);
    let output = command.stdout(full.unwrap()).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.starts_with("error: cannot write `standard output`: "),
        "{stderr}"
    );
}
