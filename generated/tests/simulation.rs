//! The session core against targets and networks that do all that they should not:
//! simulated, without sockets and clocks, and determined by a seed.
//!
//! A target, the network and the caller take turns at random. An account of what
//! must be true is kept besides, and after every step the core must agree with it:
//! in what it yields, in its sessions, in the commands under way and their deadlines.
//!
//! `CDP_SIM_SEED=7 cargo test --test simulation` replays the seed 7 and tells its
//! steps; `CDP_SIM_SEEDS=100000` runs that many.

#[path = "simulation/account.rs"]
mod account;
#[path = "simulation/frame.rs"]
mod frame;
#[path = "simulation/rng.rs"]
mod rng;
#[path = "simulation/run.rs"]
mod run;
#[path = "simulation/seen.rs"]
mod seen;
#[path = "simulation/target.rs"]
mod target;

use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

use run::{Log, Run};

/// How many seeds a plain test run tries.
const SEEDS: u64 = 2000;

/// How many of the last steps are told of a seed that fails.
const TOLD: usize = 40;

fn variable(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {value}")),
    )
}

/// Runs a seed; gives back its steps if they are wanted, and what it panicked with.
fn run(seed: u64, log: bool) -> (Vec<String>, std::thread::Result<()>) {
    let mut log = Log(log.then(Vec::new));
    let result = catch_unwind(AssertUnwindSafe(|| Run::new(seed, &mut log).play()));
    (log.0.unwrap_or_default(), result)
}

/// Runs a seed, and if it fails once more to tell what has led to it.
fn simulate(seed: u64) {
    if run(seed, false).1.is_ok() {
        return;
    }
    let (log, result) = run(seed, true);
    let skipped = log.len().saturating_sub(TOLD);
    eprintln!("the last steps of seed {seed}, of {}:", log.len());
    eprintln!("{}", log[skipped..].join("\n"));
    eprintln!("to replay: CDP_SIM_SEED={seed} cargo test --test simulation -- --nocapture");
    resume_unwind(result.expect_err("a seed determines every step"));
}

#[test]
fn the_core_agrees_with_the_account_whatever_happens() {
    if let Some(seed) = variable("CDP_SIM_SEED") {
        let (log, result) = run(seed, true);
        println!("{}", log.join("\n"));
        return result.unwrap_or_else(|panic| resume_unwind(panic));
    }
    for seed in 0..variable("CDP_SIM_SEEDS").unwrap_or(SEEDS) {
        simulate(seed);
    }
}

#[test]
fn a_seed_determines_every_step() {
    for seed in [3, 4, 5] {
        let (first, second) = (run(seed, true).0, run(seed, true).0);
        assert!(first.len() > 50, "{first:?}");
        assert_eq!(first, second, "seed {seed}");
    }
}
