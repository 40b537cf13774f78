//! How random tests are random.

use proptest::test_runner::{Config, RngSeed};

/// The same cases in every run, so that a failure is of the change that it comes
/// with. To look for others: `PROPTEST_RNG_SEED=1 PROPTEST_CASES=10000`.
pub fn config(cases: u32) -> Config {
    let asked = |name| std::env::var_os(name).is_some();
    let default = Config::default();
    Config {
        cases: if asked("PROPTEST_CASES") {
            default.cases
        } else {
            cases
        },
        rng_seed: if asked("PROPTEST_RNG_SEED") {
            default.rng_seed
        } else {
            RngSeed::Fixed(2017)
        },
        failure_persistence: None,
        ..default
    }
}
