//! `cargo xtask verify`: its arguments.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{FAILED, STALE, failed, place, spec, style};
use crate::report::{self, Format, Report};
use crate::verify::{self, Request, Verification, run};

pub(super) fn command() -> Command {
    Command::new("verify")
        .about("Compare the documents with what a target reports")
        .after_help(
            "Exit codes: 0 if the documents explain every difference, 1 if there is drift, \
             2 any error.",
        )
        .arg(
            Arg::new("target")
                .value_name("TARGET")
                .required(true)
                .value_parser(value_parser!(OsString))
                .help(
                    "A target that runs, such as `http://127.0.0.1:9229`, or a protocol: \
                     a `.json` or `.pdl` file, or a directory",
                ),
        )
        .arg(
            Arg::new("domain")
                .value_name("DOMAIN")
                .action(ArgAction::Append)
                .help("A domain to compare [default: all that the documents describe]"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print one JSON object"),
        )
        .arg(
            Arg::new("marks")
                .long("marks")
                .action(ArgAction::SetTrue)
                .help("Count different marks as drift: for the newest target there is"),
        )
        .arg(spec())
}

pub(super) fn execute(arguments: &ArgMatches) -> (Report, u8) {
    let json = arguments.get_flag("json");
    let target = arguments.get_one::<OsString>("target");
    let domains = arguments.get_many::<String>("domain").unwrap_or_default();
    let request = Request {
        target: target.cloned().unwrap_or_default(),
        spec: place(arguments, "spec", "spec"),
        domains: domains.cloned().collect(),
        marks: arguments.get_flag("marks"),
    };
    match run(&request) {
        Ok(verification) => (printed(&verification, json), code(&verification)),
        Err(error) if json => failed(Format::Json, &error),
        Err(error) => failed(Format::Human(style()), &error),
    }
}

fn code(verification: &Verification) -> u8 {
    match &verification.outcome {
        Some(outcome) if outcome.is_explained() => 0,
        Some(_) => STALE,
        None => FAILED,
    }
}

fn printed(verification: &Verification, json: bool) -> Report {
    if json {
        return Report {
            stdout: verify::json(verification),
            stderr: String::new(),
        };
    }
    let outcome = verification.outcome.as_ref();
    let found = report::diagnostics(style(), &verification.spec, &verification.diagnostics);
    let refused = report::diagnostics(style(), &verification.report, &verification.refused);
    Report {
        stdout: outcome
            .map(|outcome| verify::text(verification, outcome))
            .unwrap_or_default(),
        stderr: found + &refused,
    }
}
