//! `cargo xtask import`: its arguments.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{FAILED, directory, failed, place, style};
use crate::import::{self, Mode, Request, run};
use crate::report::{Format, Report};

pub(super) fn command() -> Command {
    let flag = |name| Arg::new(name).long(name).action(ArgAction::SetTrue);
    Command::new("import")
        .about("Write what a target or a protocol definition states as documents")
        .after_help(
            "A document that is there and says something else is an error, unless --overlay, \
             --replace or --print is given.\n\
             Exit codes: 0 written or up to date, 2 any error.",
        )
        .arg(
            Arg::new("source")
                .value_name("SOURCE")
                .required(true)
                .value_parser(value_parser!(OsString))
                .help(
                    "A target that runs, such as `http://127.0.0.1:9229`, a `.json` or `.pdl` \
                     file, or a directory of such files or of documents",
                ),
        )
        .arg(
            Arg::new("domain")
                .value_name("DOMAIN")
                .action(ArgAction::Append)
                .help("A domain to import [default: all]"),
        )
        .arg(flag("closure").help("Take also the types of other domains that these reach"))
        .arg(flag("overlay").help(
            "Where a base document is there, write only what it leaves out, as an overlay; \
                 where an overlay is there too, say what both leave out",
        ))
        .arg(flag("replace").help("Replace documents that say something else"))
        .arg(
            flag("print")
                .conflicts_with("replace")
                .help("Write nothing, and print what would be written or is to be merged by hand"),
        )
        .arg(
            Arg::new("reason")
                .long("reason")
                .value_name("TEXT")
                .requires("overlay")
                .value_parser(reason)
                .help("Why the overlay says so, for its readers [default: names the source]"),
        )
        .arg(directory("spec").help("The directory to write to [default: spec]"))
}

pub(super) fn execute(arguments: &ArgMatches) -> (Report, u8) {
    let domains = arguments.get_many::<String>("domain").unwrap_or_default();
    let source = arguments.get_one::<OsString>("source");
    let request = Request {
        source: source.cloned().unwrap_or_default(),
        spec: place(arguments, "spec", "spec"),
        domains: domains.cloned().collect(),
        closure: arguments.get_flag("closure"),
        mode: Mode {
            overlay: arguments.get_flag("overlay"),
            replace: arguments.get_flag("replace"),
            print: arguments.get_flag("print"),
        },
        reason: arguments.get_one::<String>("reason").cloned(),
    };
    match run(&request) {
        Ok(import) => {
            let code = if import.written.is_some() { 0 } else { FAILED };
            (import::text(style(), &request, &import), code)
        }
        Err(error) => failed(Format::Human(style()), &error),
    }
}

/// A reason that says something.
fn reason(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("a reason is not empty"),
        text if text.contains('\r') => Err("a reason has no carriage return"),
        text => Ok(text.to_owned()),
    }
}
