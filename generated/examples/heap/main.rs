//! Finds out what holds the memory of a running V8 target: Node.js, Chromium, Deno,
//! workerd. `heap --help` says how.

mod browser;
mod cli;
mod files;
mod holdings;
mod interrupt;
mod layout;
mod outcome;
mod places;
mod progress;
mod sample;
mod snapshot;
mod stored;
mod target;
mod targets;
mod track;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use interrupt::Interrupt;
use outcome::{Failure, Report};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Interrupt::watch().and_then(|interrupt| {
        let outcome = run(cli.command, &interrupt);
        // What fails after Ctrl-C fails because of it.
        outcome.map_err(|failure| match interrupt.was_pressed() {
            true => Failure::Interrupted("interrupted".to_owned()),
            false => failure,
        })
    });
    outcome::tell(outcome, cli.json)
}

fn run(command: Command, interrupt: &Interrupt) -> Result<Report, Failure> {
    match command {
        Command::Snapshot(arguments) => snapshot::run(&arguments, interrupt),
        Command::Sample(arguments) => sample::run(&arguments, interrupt),
        Command::Track(arguments) => track::run(&arguments, interrupt),
        Command::Verify(arguments) => stored::verify(&arguments),
        Command::Summary(arguments) => stored::summary(&arguments),
        Command::Targets(arguments) => targets::run(&arguments),
    }
}
