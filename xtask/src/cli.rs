//! The command line.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use cdp_codegen::Style;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::regenerate::Verdict;
use crate::report::{self, Format, Report};
use crate::{Error, Place, export, regenerate};

/// The output is not up to date.
const STALE: u8 = 1;

/// The documents, the command line or the system stand in the way.
const FAILED: u8 = 2;

/// Runs a command line, the name of the program first: 0 if all is well, 1 if
/// the output is stale, 2 for any error.
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
        Some(("export", arguments)) => export(arguments),
        Some((_, arguments)) => regenerate(arguments),
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
        .subcommand(regenerate_command())
        .subcommand(export_command())
}

fn regenerate_command() -> Command {
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
                .help("The crate to write `src/protocol` and `api.txt` into [default: generated]"),
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

fn export_command() -> Command {
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

fn regenerate(arguments: &ArgMatches) -> (Report, u8) {
    let format = match arguments
        .get_one::<String>("message-format")
        .map(String::as_str)
    {
        Some("github") => Format::Github,
        Some("json") => Format::Json,
        _ => Format::Human(style()),
    };
    let request = regenerate::Request {
        spec: place(arguments, "spec", "spec"),
        out: place(arguments, "out", "generated"),
        check: arguments.get_flag("check"),
    };
    match regenerate::run(&request) {
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

fn export(arguments: &ArgMatches) -> (Report, u8) {
    let domains = arguments.get_many::<String>("domain").unwrap_or_default();
    let request = export::Request {
        spec: place(arguments, "spec", "spec"),
        base_only: arguments.get_flag("base-only"),
        domains: domains.cloned().collect(),
    };
    match export::run(&request) {
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
