//! A project with every kind of change before it.

use std::collections::BTreeMap;

use cdp_codegen::External;
use xtask::Place;
use xtask::regenerate::compare;
use xtask::tree::Plan;

use super::{ALPHA, Project};

/// Files by path, with what they hold.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

/// A project with all that can happen: a domain changed, one new, one gone, and
/// a temporary file left behind.
pub(crate) fn stale(name: &str) -> Project {
    let project = Project::regenerated(name);
    project.write(
        "spec/alpha.md",
        ALPHA.replace("Names a thing", "Tells things apart"),
    );
    let gamma = ALPHA.replace("Alpha", "Gamma").replace("alpha", "gamma");
    project.write("spec/gamma.md", gamma);
    project.remove("spec/beta.md");
    project.write("out/src/protocol/.xtask-1-0.tmp", "// @gen");
    project
}

pub(crate) fn place(project: &Project, name: &str) -> Place {
    Place::given(project.root.join(name))
}

pub(crate) fn plan(project: &Project) -> Plan {
    let comparison = compare(
        &place(project, "spec"),
        &place(project, "out"),
        External::Refuse,
    );
    comparison
        .expect("it can be read")
        .plan
        .expect("it has no errors")
}

/// What the output should be: that of a run into a new directory.
pub(crate) fn expected(project: &Project) -> Contents {
    assert_eq!(
        project
            .run(&["regenerate", "--spec", "spec", "--out", "whole"])
            .code,
        0
    );
    project.contents("whole")
}
