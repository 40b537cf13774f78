//! `cargo xtask export`: its arguments.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{FAILED, failed, place, spec, style};
use crate::export::{Request, run};
use crate::report::{self, Format, Report};

pub(super) fn command() -> Command {
    Command::new("export")
        .about("Print what the documents describe as protocol JSON")
        .arg(spec())
        .arg(
            Arg::new("base-only")
                .long("base-only")
                .action(ArgAction::SetTrue)
                .help("Leave the overlays out"),
        )
        .arg(
            Arg::new("domain")
                .value_name("DOMAIN")
                .action(ArgAction::Append)
                .help("A domain to print [default: all]"),
        )
}

pub(super) fn execute(arguments: &ArgMatches) -> (Report, u8) {
    let domains = arguments.get_many::<String>("domain").unwrap_or_default();
    let request = Request {
        spec: place(arguments, "spec", "spec"),
        base_only: arguments.get_flag("base-only"),
        domains: domains.cloned().collect(),
    };
    match run(&request) {
        Ok(export) => {
            let report = Report {
                stderr: report::diagnostics(style(), &export.sources, &export.diagnostics),
                stdout: export.json.clone().unwrap_or_default(),
            };
            (report, if export.json.is_some() { 0 } else { FAILED })
        }
        Err(error) => failed(Format::Human(style()), &error),
    }
}
