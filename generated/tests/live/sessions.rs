//! Trials of sessions: how they begin, are shared, nest, and end, on real targets and
//! through the clients alone.

mod by_hand;
mod cancelling;
mod crashes;
mod deaths;
mod discovery;
mod flat;
mod launching;
mod sharing;
mod sizes;
mod support;
mod tasks;
mod waiting;
mod workers;
mod wrong;

use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    trials.extend(discovery::trials());
    trials.extend(sharing::trials());
    trials.extend(wrong::trials());
    trials.extend(waiting::trials());
    trials.extend(cancelling::trials());
    trials.extend(sizes::trials());
    trials.extend(deaths::trials());
    trials.extend(crashes::trials());
    trials.extend(flat::trials());
    trials.extend(workers::trials());
    trials.extend(launching::trials());
    trials
}
