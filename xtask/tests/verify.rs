//! `verify` against files: what is drift, what is explained, and how it is said.

mod support;

use serde_json::Value;
use support::{BROKEN, Project, Run};

/// A protocol that is that of the project's two documents.
const SAME: &str = r#"{
  "version": { "major": "1", "minor": "3" },
  "domains": [
    {
      "domain": "Alpha",
      "types": [{ "id": "Id", "type": "string" }],
      "commands": [{ "name": "find", "parameters": [{ "name": "id", "$ref": "Id" }] }]
    },
    {
      "domain": "Beta",
      "types": [{ "id": "Count", "type": "integer" }],
      "events": [{ "name": "counted", "parameters": [{ "name": "count", "$ref": "Count" }] }]
    }
  ]
}"#;

fn verify(project: &Project, protocol: &str, more: &[&str]) -> Run {
    project.write("protocol.json", protocol);
    let mut arguments = vec!["verify", "protocol.json", "--spec", "spec"];
    arguments.extend(more);
    project.run(&arguments)
}

fn object(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// `SAME` with one piece of it replaced.
fn but(from: &str, to: &str) -> String {
    assert!(SAME.contains(from));
    SAME.replace(from, to)
}

#[test]
fn equal_protocols_exit_with_0() {
    let project = Project::new("verify_equal");
    let run = verify(&project, SAME, &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "2 domains against protocol.json: no drift, 0 explained, 0 marks differ; \
         0 domains are only there\n"
    );
}

#[test]
fn what_nothing_explains_is_drift() {
    let project = Project::new("verify_drift");
    let protocol = but(
        r#"{ "name": "id", "$ref": "Id" }"#,
        r#"{ "name": "id", "type": "integer", "optional": true },
           { "name": "deep", "type": "boolean", "optional": true }"#,
    );
    let protocol = protocol.replace(
        r#""type": "string" }]"#,
        r#""type": "string", "enum": ["a\u001bb"] }, { "id": "More", "type": "object" }]"#,
    );
    let run = verify(&project, &protocol, &[]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert_eq!(
        run.stdout,
        "Drift: no reason in the documents explains it

  domain `Alpha`
    type `More`: only there (spec/alpha.md:2:13)

  type `Alpha.Id`
    the literal `a\\u{1b}b` only there (spec/alpha.md:4:18)

  command `Alpha.find`
    parameter `deep`: only there: optional boolean (spec/alpha.md:8:21)
    parameter `id`: type `Alpha.Id` here, `integer` there (spec/alpha.md:11:4)
    parameter `id`: required here, optional there (spec/alpha.md:11:4)

2 domains against protocol.json: 5 differences are drift, 0 explained, 0 marks differ; \
         0 domains are only there\n"
    );
}

#[test]
fn only_wanted_domains_are_compared() {
    let project = Project::new("verify_domains");
    let protocol = but(r#""name": "counted""#, r#""name": "numbered""#);
    assert_eq!(verify(&project, &protocol, &["Alpha"]).code, 0);
    assert_eq!(verify(&project, &protocol, &["Alpha", "Beta"]).code, 1);
    let run = verify(&project, &protocol, &["Alfa"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("did you mean `Alpha`"), "{run:?}");
}

/// What the documents leave out is no drift, and what they have must be there.
#[test]
fn domains_only_there_are_counted_and_domains_only_here_are_drift() {
    let project = Project::new("verify_elsewhere");
    let protocol = but(r#""domain": "Beta""#, r#""domain": "Gamma""#);
    let run = verify(&project, &protocol, &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout
            .contains("  domain `Beta`\n    only here (spec/beta.md:2:13)\n"),
        "{run:?}"
    );
    assert!(run.stdout.ends_with("1 domain is only there\n"), "{run:?}");
    project.write(
        "spec/beta.md",
        support::BETA.replace("Beta\n\n", "Beta\n\n*some* Only Example has it.\n\n"),
    );
    let run = verify(&project, &protocol, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains("| Only Example has it."), "{run:?}");
}

/// What a target builds upon beyond the documents is no drift, but what they say must
/// be so.
#[test]
fn a_dependency_only_here_is_drift_though_its_domain_is_not_described() {
    let project = Project::new("verify_dependencies");
    let there = but(
        r#""domain": "Beta","#,
        r#""domain": "Beta", "dependencies": ["Gamma"],"#,
    );
    assert_eq!(verify(&project, &there, &[]).code, 0);
    let beta = support::BETA.replace("Beta\n\n", "Beta\n\n*dependencies*\n- `Gamma`\n\n");
    project.write("spec/beta.md", &beta);
    assert_eq!(verify(&project, &there, &[]).code, 0);
    let run = verify(&project, SAME, &[]);
    assert_eq!(run.code, 1, "{run:?}");
}

/// What is described in part may build upon less.
#[test]
fn a_part_explains_dependencies_that_are_only_there() {
    let project = Project::new("verify_dependency");
    let protocol = but(
        r#""domain": "Beta","#,
        r#""domain": "Beta", "dependencies": ["Alpha"],"#,
    );
    let run = verify(&project, &protocol, &[]);
    assert_eq!(run.code, 1, "{run:?}");
    let part = support::BETA.replace("Beta\n\n", "Beta\n\n*part* What counts.\n\n");
    project.write("spec/beta.md", &part);
    let run = verify(&project, &protocol, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout.contains(
            "    depends on `Alpha` only there (spec/beta.md:2:13)\n      | What counts.\n"
        ),
        "{run:?}"
    );
    // What is only here is none of the part.
    let here = part.replace(
        "*part* What counts.\n",
        "*part* What counts.\n\n*dependencies*\n- `Alpha`\n",
    );
    project.write("spec/beta.md", here);
    assert_eq!(verify(&project, SAME, &[]).code, 1);
}

/// A reason speaks for what its entry states, and for nothing else there.
#[test]
fn an_overlay_explains_what_it_states() {
    let project = Project::new("verify_overlay");
    project.write(
        "spec/overlay/alpha.md",
        "
### domain: Alpha

#### command: Alpha.find()

*parameters*
- *optional* `id` <[Alpha.Id]]>
  *amends* Example 1.0 finds something
  without it.

[Alpha.Id]: alpha.md#alphaid
",
    );
    let run = verify(&project, SAME, &["--json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let report = object(&run);
    assert_eq!(report["outcome"], "explained");
    assert_eq!(report["explained"], 1);
    let found = &report["differences"][0];
    assert_eq!(found["standing"], "explained");
    assert_eq!(found["reason"], "Example 1.0 finds something\nwithout it.");
    let protocol = but(r#""$ref": "Id""#, r#""type": "integer""#);
    let run = verify(&project, &protocol, &["--json"]);
    let report = object(&run);
    assert_eq!((run.code, &report["outcome"]), (1, &"drift".into()));
    let standings: Vec<_> = report["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| (found["fact"].clone(), found["standing"].clone()))
        .collect();
    let expected = [("type", "drift"), ("optional", "explained")];
    let expected = expected.map(|(fact, standing)| (fact.into(), standing.into()));
    assert_eq!(standings, expected);
}

/// What only the target has of a part is counted, and the rest is compared in full.
#[test]
fn a_part_is_compared_in_full() {
    let project = Project::new("verify_part");
    project.write(
        "spec/alpha.md",
        support::ALPHA.replace(
            "Alpha\n\n#### type",
            "Alpha\n\n*part* To find.\n\n#### type",
        ),
    );
    let more = but(
        r#""commands": ["#,
        r#""commands": [{ "name": "lose" }, { "name": "seek" }, "#,
    );
    let run = verify(&project, &more, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout
            .contains("    only there: 2 commands\n      | To find.\n"),
        "{run:?}"
    );
    let wrong = more.replace(r#""name": "id""#, r#""name": "key""#);
    assert_eq!(verify(&project, &wrong, &[]).code, 1);
}

/// Marks are those of the newest definition: they count for that alone.
#[test]
fn marks_count_when_asked_for() {
    let project = Project::new("verify_marks");
    let protocol = but(
        r#""name": "find""#,
        r#""name": "find", "experimental": true"#,
    );
    let run = verify(&project, &protocol, &[]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout
            .contains("  command `Alpha.find`\n    experimental only there"),
        "{run:?}"
    );
    assert_eq!(verify(&project, &protocol, &["--marks"]).code, 1);
}

/// A target names a type of a domain that is not described; here it is what that is
/// on the wire.
#[test]
fn types_of_other_domains_are_what_they_are_on_the_wire() {
    let project = Project::new("verify_wire");
    project.write(
        "spec/alpha.md",
        support::ALPHA
            .replace("`id` <[Alpha.Id]]>", "`id` <string]>")
            .replace("[Alpha.Id]: alpha.md#alphaid\n", ""),
    );
    let with = |base: &str| {
        let protocol = but(r#""$ref": "Id""#, r#""$ref": "Other.Key""#);
        let other = format!(
            r#""domains": [{{ "domain": "Other", "types": [{{ "id": "Key", "type": "{base}" }}] }},"#
        );
        protocol.replace(r#""domains": ["#, &other)
    };
    assert_eq!(verify(&project, &with("string"), &[]).code, 0);
    assert_eq!(verify(&project, &with("integer"), &[]).code, 1);
    // The name of a type that is described is a fact.
    assert_eq!(verify(&project, SAME, &[]).code, 1);
}

#[test]
fn json_is_one_object() {
    let project = Project::new("verify_json");
    let protocol = but(r#""name": "id", "$ref""#, r#""name": "key", "$ref""#);
    let run = verify(&project, &protocol, &["--json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert_eq!(run.stdout.lines().count(), 1);
    let report = object(&run);
    let expected = serde_json::json!({
        "type": "verification",
        "target": "protocol.json",
        "outcome": "drift",
        "drift": 2,
        "explained": 0,
        "marks": 0,
        "domains": ["Alpha", "Beta"],
        "domains_only_there": [],
        "differences": [
            {
                "standing": "drift",
                "domain": "Alpha",
                "item": { "kind": "command", "name": "find" },
                "member": { "kind": "parameter", "name": "id" },
                "fact": "member",
                "only": "here",
                "here": "Alpha.Id",
                "there": null,
                "reason": null,
                "place": { "file": "spec/alpha.md", "line": 11, "column": 4 },
            },
            {
                "standing": "drift",
                "domain": "Alpha",
                "item": { "kind": "command", "name": "find" },
                "member": { "kind": "parameter", "name": "key" },
                "fact": "member",
                "only": "there",
                "here": null,
                "there": "Alpha.Id",
                "reason": null,
                "place": { "file": "spec/alpha.md", "line": 8, "column": 21 },
            },
        ],
    });
    assert_eq!(report, expected);
}

#[test]
fn what_cannot_be_compared_exits_with_2() {
    let project = Project::new("verify_errors");
    for wrong in [
        &["verify"][..],
        &["verify", "protocol.json", "--out", "x"],
        &["verify", "no-such.json", "--spec", "spec"],
        &["verify", "http://127.0.0.1:1", "--spec", "spec"],
        &["verify", "spec", "--spec", "no-such"],
    ] {
        let run = project.run(wrong);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(run.stderr.contains("error: "), "{wrong:?}: {run:?}");
    }
    let run = verify(&project, "{ \"domains\": 1 }", &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("--> protocol.json:1:"), "{run:?}");
    let run = verify(&project, "{ \"domains\": 1 }", &["--json"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, ""));
    let report = object(&run);
    assert_eq!(report["type"], "error");
    assert_eq!(report["diagnostics"][0]["file"], "protocol.json");
    project.write("spec/gamma.md", BROKEN);
    let run = verify(&project, SAME, &["--json"]);
    assert_eq!(run.code, 2);
    assert_eq!(object(&run)["diagnostics"][0]["file"], "spec/gamma.md");
    let run = verify(&project, SAME, &[]);
    assert!(run.stderr.contains("--> spec/gamma.md:4:"), "{run:?}");
}

/// A command without a parameter that the target requires fails, however much of it
/// the documents leave out.
#[test]
fn a_parameter_that_only_the_target_requires_is_drift() {
    let project = Project::new("verify_required");
    let spec = project.read("spec/alpha.md");
    project.write(
        "spec/alpha.md",
        spec.replace("Alpha.find()\n", "Alpha.find()\n\n*part* To find.\n"),
    );
    let with = |optional: &str| {
        let more = format!(r#"{{ "name": "near", "type": "integer"{optional} }}, "#);
        let id = r#"{ "name": "id", "$ref""#;
        but(id, &format!("{more}{id}"))
    };
    let run = verify(&project, &with(r#", "optional": true"#), &[]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = verify(&project, &with(""), &["--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    let found = &object(&run)["differences"][0];
    assert_eq!(
        (&found["standing"], &found["reason"]),
        (&"drift".into(), &Value::Null)
    );
}
