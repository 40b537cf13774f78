//! The command line: what all subcommands share; a file for each.

mod diff;
mod export;
mod import;
mod regenerate;
mod verify;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use cdp_codegen::Style;
use clap::{Arg, ArgMatches, Command, value_parser};

use crate::report::{self, Format, Report};
use crate::{Error, Place};

/// The output is not up to date, a target differs, or a change is graver than it
/// may be.
const STALE: u8 = 1;

/// The documents, the command line or the system stand in the way.
const FAILED: u8 = 2;

/// Runs a command line, the name of the program first: 0 if all is well, 1 if
/// the output is stale or a target differs, 2 for any error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Whoever closed the stream does not want to read this.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { 0 });
        }
    };
    let (report, code) = match matches.subcommand() {
        Some(("diff", arguments)) => diff::execute(arguments),
        Some(("export", arguments)) => export::execute(arguments),
        Some(("import", arguments)) => import::execute(arguments),
        Some(("verify", arguments)) => verify::execute(arguments),
        Some((_, arguments)) => regenerate::execute(arguments),
        None => (Report::default(), FAILED),
    };
    ExitCode::from(print(&report).map_or(FAILED, |()| code))
}

fn command() -> Command {
    Command::new("xtask")
        .bin_name("cargo xtask")
        .about("The project's own commands")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(regenerate::command())
        .subcommand(export::command())
        .subcommand(import::command())
        .subcommand(verify::command())
        .subcommand(diff::command())
}

fn spec() -> Arg {
    directory("spec").help("The directory of the documents [default: spec]")
}

fn directory(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
}

fn place(arguments: &ArgMatches, name: &str, default: &str) -> Place {
    match arguments.get_one::<PathBuf>(name) {
        Some(path) => Place::given(path.clone()),
        None => Place::of_project(default),
    }
}

fn failed(format: Format, error: &Error) -> (Report, u8) {
    (report::error(format, error), FAILED)
}

/// Colours are for terminals, and for those who want them.
fn style() -> Style {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if io::stderr().is_terminal() && !refused {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// Prints a report. A reader that has seen enough is no error.
fn print(report: &Report) -> Result<(), Error> {
    // If nobody reads errors, there is nobody to tell.
    let _ = io::stderr().write_all(report.stderr.as_bytes());
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(report.stdout.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            let error = Error::io("write", "standard output", cause);
            let _ = io::stderr().write_all(
                report::error(Format::Human(Style::Plain), &error)
                    .stderr
                    .as_bytes(),
            );
            Err(error)
        }
        _ => Ok(()),
    }
}
