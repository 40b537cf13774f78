//! Rounds that take turns, their medians, and the table of them.

use std::time::{Duration, Instant};

use crate::{Case, Contender};

/// Odd, so that the median is one of them.
const ROUNDS: usize = 201;

/// How long one contender has its turn: long enough for the clock, short enough that
/// the machine is the same for all contenders of a round.
const TURN: Duration = Duration::from_millis(1);

/// Has every contender read every frame once.
pub(crate) fn read_once(cases: &[Case]) {
    for case in cases {
        for contender in &case.contenders {
            pass(contender, case);
        }
    }
}

/// Measures the cases, and prints a row per contender.
pub(crate) fn print_table(cases: &[Case]) {
    println!(
        "The ratio is the yardstick's time over the contender's: the median of {ROUNDS} rounds, \
         and where the middle 80% of them are.\n"
    );
    println!(
        "{:<20} {:<22} {:>12} {:>9} {:>7}   spread",
        "frames", "contender", "frames/s", "MB/s", "ratio"
    );
    for case in cases {
        let bytes: usize = case.frames.iter().map(String::len).sum();
        let rounds = rounds(case);
        for (index, contender) in case.contenders.iter().enumerate() {
            let time = median(rounds.iter().map(|round| round[index]).collect());
            let ratios = sorted(rounds.iter().map(|round| round[0] / round[index]).collect());
            println!(
                "{:<20} {:<22} {:>12.0} {:>9.0} {:>7.2}   {:.2} to {:.2}",
                case.name,
                contender.name,
                case.frames.len() as f64 / time,
                bytes as f64 / time / 1e6,
                ratios[ROUNDS / 2],
                ratios[ROUNDS / 10],
                ratios[ROUNDS - 1 - ROUNDS / 10],
            );
        }
        println!();
    }
}

/// Per round and contender, the seconds that a pass over the frames took.
fn rounds(case: &Case) -> Vec<Vec<f64>> {
    let contenders = &case.contenders;
    let passes: Vec<u32> = contenders.iter().map(|one| passes(one, case)).collect();
    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let mut times = vec![0.0; contenders.len()];
        for turn in 0..contenders.len() {
            // Nobody always comes first.
            let index = (turn + round) % contenders.len();
            times[index] = time(&contenders[index], case, passes[index]);
        }
        rounds.push(times);
    }
    rounds
}

/// How many passes over the frames fill a turn.
fn passes(contender: &Contender, case: &Case) -> u32 {
    let mut passes = 1;
    loop {
        let turn = TURN.as_secs_f64();
        let taken = time(contender, case, passes) * f64::from(passes);
        if taken >= turn {
            return passes;
        }
        passes = passes.saturating_mul(if taken * 8.0 < turn { 8 } else { 2 });
    }
}

/// The seconds of a pass, as the mean of several.
fn time(contender: &Contender, case: &Case, passes: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..passes {
        pass(contender, case);
    }
    start.elapsed().as_secs_f64() / f64::from(passes)
}

fn pass(contender: &Contender, case: &Case) {
    for frame in &case.frames {
        (contender.read)(frame);
    }
}

fn median(values: Vec<f64>) -> f64 {
    sorted(values)[ROUNDS / 2]
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}
