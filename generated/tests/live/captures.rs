//! Trials of captures: snapshots of real targets that go into files, whole or not at all.

mod interrupted;
mod navigating;
mod shared;
mod support;
mod tasks;
mod whole;

use super::commands::Outcome;
use super::suite;
use super::target::Kind;
use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    trials.extend(whole::trials());
    trials.extend(tasks::trials());
    trials.extend(interrupted::trials());
    trials.extend(shared::trials());
    trials.extend(navigating::trials());
    trials
}

fn trial(kind: Kind, name: &str, run: fn(Kind) -> Outcome<()>) -> Trial {
    suite::trial(kind, name, move || {
        run(kind).map_err(|error| error.to_string())
    })
}
