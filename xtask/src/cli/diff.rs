//! `cargo xtask diff`: its arguments.

use std::ffi::OsString;

use cdp_codegen::Class;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{FAILED, STALE, directory, failed, place, spec, style};
use crate::changes::Changes;
use crate::diff::{Request, run};
use crate::report::{self, DiffFormat, Format, Report};

const HELP: &str = "\
OLD and NEW are each a directory of documents or of protocol files, a `.json` or `.pdl` \
file, a target that runs (`http://127.0.0.1:9229`), or a revision of git: `REV` for its \
documents, `REV:PATH` for others. A path that exists is no revision. The work tree is not \
touched. Domains can be named behind NEW. If OLD or NEW is protocol JSON or PDL, ranges are not \
compared: it cannot state any.

Exit codes: 0 compared, whatever changed; 1 the change is of the class of --fail-on or \
above; 2 any error.";

pub(super) fn command() -> Command {
    Command::new("diff")
        .about("Tell what changed in the protocol and in the Rust API, and its semver class")
        .after_help(HELP)
        .arg(
            Arg::new("old")
                .value_name("OLD")
                .required(true)
                .value_parser(value_parser!(OsString))
                .help("The protocol as it was"),
        )
        .arg(
            Arg::new("new")
                .value_name("NEW")
                .value_parser(value_parser!(OsString))
                .help("The protocol as it is [default: the documents]"),
        )
        .arg(
            Arg::new("domain")
                .value_name("DOMAIN")
                .action(ArgAction::Append)
                .help("A domain to compare, behind NEW [default: all]"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["text", "json", "changelog"])
                .default_value("text")
                .help("For people, a JSON object, or an entry for CHANGELOG.md"),
        )
        .arg(
            Arg::new("fail-on")
                .long("fail-on")
                .value_name("CLASS")
                .value_parser(["major", "minor", "patch"])
                .help("End with 1 if the change is of this class or above"),
        )
        .arg(spec())
        .arg(
            directory("out")
                .help("The crate whose version the suggested one follows [default: generated]"),
        )
}

pub(super) fn execute(arguments: &ArgMatches) -> (Report, u8) {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let format = match text("format") {
        Some("json") => DiffFormat::Json,
        Some("changelog") => DiffFormat::Changelog,
        _ => DiffFormat::Text,
    };
    let limit = text("fail-on").map(|class| match class {
        "major" => Class::Major,
        "minor" => Class::Minor,
        _ => Class::Patch,
    });
    let domains = arguments.get_many::<String>("domain").unwrap_or_default();
    let request = Request {
        old: arguments
            .get_one::<OsString>("old")
            .cloned()
            .unwrap_or_default(),
        new: arguments.get_one::<OsString>("new").cloned(),
        domains: domains.cloned().collect(),
        spec: place(arguments, "spec", "spec"),
        krate: place(arguments, "out", "generated"),
    };
    let diff = match run(&request) {
        Ok(diff) => diff,
        Err(error) if format == DiffFormat::Json => return failed(Format::Json, &error),
        Err(error) => return failed(Format::Human(style()), &error),
    };
    let class = diff.changes.as_ref().and_then(Changes::class);
    let failed = limit.filter(|limit| class >= Some(*limit));
    let report = report::diff(style(), format, &diff, failed);
    let code = match (&diff.changes, failed) {
        (None, _) => FAILED,
        (Some(_), Some(_)) => STALE,
        (Some(_), None) => 0,
    };
    (report, code)
}
