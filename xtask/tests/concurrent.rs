//! Runs that write the same output at once.

mod support;

use std::process::Stdio;

use support::stale::{expected, place, plan, stale};
use support::{Project, Run};
use xtask::apply::apply;

/// Applies the plan of a project, with another whole run right before the given
/// step. Says whether there is such a step.
fn overtaken_before(step: usize, project: &Project) -> bool {
    let new = expected(project);
    let mut count = 0;
    let done = apply(&plan(project), &place(project, "out"), &mut |_| {
        if count == step {
            let other = project.regenerate(&[]);
            assert_eq!(other.code, 0, "before step {step}: {other:?}");
        }
        count += 1;
        Ok(())
    });
    if let Err(error) = done {
        panic!("before step {step}: {}", error.message());
    }
    assert_eq!(project.contents("out"), new, "before step {step}");
    step < count
}

#[test]
fn a_whole_run_between_any_two_steps_of_another_does_no_harm() {
    let mut step = 0;
    while overtaken_before(step, &stale("concurrent_steps")) {
        step += 1;
    }
    assert!(step > 8, "{step} steps are too few to prove anything");
}

#[test]
fn a_whole_run_between_any_two_steps_of_the_first_does_no_harm() {
    let mut step = 0;
    while overtaken_before(step, &Project::new("concurrent_first")) {
        step += 1;
    }
    assert!(step > 8, "{step} steps are too few to prove anything");
}

#[test]
fn many_processes_at_once_all_succeed() {
    for round in 0..8 {
        let project = match round % 2 {
            0 => stale("concurrent_processes"),
            _ => Project::new("concurrent_processes"),
        };
        let new = expected(&project);
        let start = |_| {
            let mut command = project.command(&["regenerate", "--spec", "spec", "--out", "out"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let children: Vec<_> = (0..6).map(start).collect();
        for child in children {
            let run = Run::from(child.wait_with_output().unwrap());
            assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        }
        assert_eq!(project.contents("out"), new);
    }
}
