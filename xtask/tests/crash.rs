//! Runs that are killed or that fail between any two steps.

mod support;

use std::cell::RefCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use support::Project;
use support::stale::{Contents, expected, place, plan, stale};
use xtask::Error;
use xtask::apply::{Step, apply};

fn is_temporary(path: &str) -> bool {
    path.ends_with(".tmp")
}

/// Every output is either as it was or as it will be, and nothing else is there
/// but temporary files.
fn assert_old_or_new(found: &Contents, old: &Contents, new: &Contents) {
    for (path, bytes) in found.iter().filter(|(path, _)| !is_temporary(path)) {
        let known = [old.get(path), new.get(path)];
        assert!(
            known.contains(&Some(bytes)),
            "{path} is neither old nor new"
        );
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(found.contains_key(path), "{path} is missing");
    }
}

/// The steps of a whole run.
fn steps(name: &str) -> Vec<String> {
    let project = stale(name);
    let steps = RefCell::new(Vec::new());
    let done = apply(&plan(&project), &place(&project, "out"), &mut |step| {
        steps.borrow_mut().push(format!("{step:?}"));
        Ok(())
    });
    done.expect("nothing is in the way");
    assert_eq!(project.contents("out"), expected(&project));
    steps.into_inner()
}

/// Applies the plan of a project until before the given step, where `stop`
/// ends it.
fn apply_until(project: &Project, last: usize, stop: fn() -> io::Result<()>) -> Result<(), Error> {
    let mut count = 0;
    apply(&plan(project), &place(project, "out"), &mut |_: Step<
        '_,
    >| {
        count += 1;
        if count > last { stop() } else { Ok(()) }
    })
}

#[test]
fn everything_is_written_before_anything_is_renamed_and_removals_come_last() {
    let kinds: Vec<_> = steps("crash_steps_1")
        .iter()
        .map(|step| {
            step.split_once('(')
                .expect("a step has a path")
                .0
                .to_owned()
        })
        .collect();
    let mut order = kinds.clone();
    order.dedup();
    assert_eq!(order, ["Sweep", "Write", "Rename", "Remove"], "{kinds:?}");
    assert!(kinds.iter().filter(|kind| *kind == "Write").count() >= 4);
}

#[test]
fn a_kill_before_any_step_leaves_whole_files_and_the_next_run_mends_it() {
    for last in 0..steps("crash_steps_2").len() {
        let project = stale(&format!("crash_kill_{last}"));
        let old = project.contents("out");
        let new = expected(&project);
        // A panic takes nothing back, as a kill does not.
        let killed = catch_unwind(AssertUnwindSafe(|| {
            apply_until(&project, last, || panic!("killed, as the test wants"))
        }));
        assert!(killed.is_err());
        assert_old_or_new(&project.contents("out"), &old, &new);
        assert_eq!(project.regenerate(&[]).code, 0);
        assert_eq!(
            project.contents("out"),
            new,
            "after a kill before step {last}"
        );
    }
}

#[test]
fn a_failure_before_the_first_rename_leaves_everything_as_it_was() {
    let steps = steps("crash_steps_3");
    let renames = steps.iter().position(|step| step.starts_with("Rename"));
    for last in 1..=renames.expect("there is a rename") {
        let project = stale(&format!("crash_fail_{last}"));
        let mut before = project.tree("out");
        let error = apply_until(&project, last, || Err(io::Error::other("no space")));
        assert!(error.is_err_and(|error| error.message().ends_with(": no space")));
        // The first step swept what an earlier run had left behind.
        before.retain(|path, _| !is_temporary(path));
        assert_eq!(
            project.tree("out"),
            before,
            "after a failure of step {last}"
        );
    }
}

#[test]
fn a_failure_after_the_first_rename_leaves_whole_files_and_no_temporary_ones() {
    let steps = steps("crash_steps_4");
    let renames = steps.iter().position(|step| step.starts_with("Rename"));
    for last in renames.expect("there is a rename") + 1..steps.len() {
        let project = stale(&format!("crash_late_{last}"));
        let old = project.contents("out");
        let new = expected(&project);
        let error = apply_until(&project, last, || Err(io::Error::other("no space")));
        let help = error.expect_err("it failed").help().expect("it has help");
        assert!(help.contains("run the command again"), "{help}");
        let found = project.contents("out");
        assert_old_or_new(&found, &old, &new);
        assert!(
            !found.keys().any(|path| is_temporary(path)),
            "{:?}",
            found.keys()
        );
        assert_eq!(project.regenerate(&[]).code, 0);
        assert_eq!(project.contents("out"), new);
    }
}

#[test]
fn a_failure_takes_back_the_directories_it_made() {
    let project = Project::new("crash_directories");
    let failed = apply(
        &plan(&project),
        &place(&project, "out"),
        &mut |step| match step {
            Step::Rename(_) => Err(io::Error::other("no")),
            _ => Ok(()),
        },
    );
    assert!(failed.is_err());
    assert!(!project.exists("out"));
}

/// A real kill, at moments spread over the time that a whole run takes.
#[test]
fn a_killed_process_leaves_whole_files() {
    use std::time::{Duration, Instant};
    let project = stale("crash_process");
    let new = expected(&project);
    let arguments = ["regenerate", "--spec", "spec", "--out", "whole"];
    let start = Instant::now();
    assert_eq!(project.run(&arguments).code, 0);
    let whole = start.elapsed().max(Duration::from_millis(2));
    drop(project);
    for part in 0..12 {
        let project = stale("crash_process");
        let old = project.contents("out");
        let mut child = project
            .command(&["regenerate", "--spec", "spec", "--out", "out"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * part / 10);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_old_or_new(&project.contents("out"), &old, &new);
        assert_eq!(project.regenerate(&[]).code, 0);
        assert_eq!(project.contents("out"), new);
    }
}
