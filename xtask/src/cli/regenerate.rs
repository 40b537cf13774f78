//! `cargo xtask regenerate`: its arguments.

use cdp_codegen::External;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{FAILED, STALE, directory, failed, place, spec, style};
use crate::regenerate::{Request, Verdict, run};
use crate::report::{self, Format, Report};

pub(super) fn command() -> Command {
    Command::new("regenerate")
        .about("Write the bindings that the documents describe")
        .after_help("Exit codes: 0 up to date or written, 1 stale (--check), 2 any error.")
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help(
                    "Write nothing; show what is stale as a diff, whose paths are below \
                     the current directory, or below that of --out if it is elsewhere",
                ),
        )
        .arg(spec())
        .arg(
            directory("out")
                .help("The crate to write `src/protocol`, `api.txt` and `protocol.json` into [default: generated]"),
        )
        .arg(
            Arg::new("external")
                .long("external")
                .value_name("HOW")
                .value_parser(["error", "opaque"])
                .default_value("error")
                .help(
                    "What becomes of references to domains that no document describes: \
                     an error, or raw JSON in the bindings, with a warning",
                ),
        )
        .arg(
            Arg::new("message-format")
                .long("message-format")
                .value_name("FORMAT")
                .value_parser(["human", "github", "json"])
                .default_value("human")
                .help("For people, for a GitHub workflow, or a JSON object per line"),
        )
}

pub(super) fn execute(arguments: &ArgMatches) -> (Report, u8) {
    let format = match arguments
        .get_one::<String>("message-format")
        .map(String::as_str)
    {
        Some("github") => Format::Github,
        Some("json") => Format::Json,
        _ => Format::Human(style()),
    };
    let request = Request {
        spec: place(arguments, "spec", "spec"),
        out: place(arguments, "out", "generated"),
        check: arguments.get_flag("check"),
        external: match arguments.get_one::<String>("external").map(String::as_str) {
            Some("opaque") => External::Keep,
            _ => External::Refuse,
        },
    };
    match run(&request) {
        Ok((comparison, verdict)) => {
            let code = match verdict {
                Verdict::Fresh | Verdict::Written => 0,
                Verdict::Stale => STALE,
                Verdict::Refused => FAILED,
            };
            (
                report::regenerate(format, &request, &comparison, verdict),
                code,
            )
        }
        Err(error) => failed(format, &error),
    }
}
