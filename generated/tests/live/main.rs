//! Conformance against real targets, which the trials start and end themselves.
//!
//! A target that is not there is skipped, and its trials are listed as ignored with
//! the reason in their names. `CDP_LIVE_REQUIRE=node,chromium`, or `all`, makes such a
//! skip a failure. `install.mjs` brings the targets that are npm packages.
//!
//! At the end comes a table of what the targets do, which has to agree with the one in
//! the README; `CDP_LIVE_TABLE=write` writes it there.

#[cfg(unix)]
mod captures;
#[cfg(unix)]
mod commands;
#[cfg(unix)]
mod folder;
#[cfg(unix)]
mod http;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod readme;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod suite;
#[cfg(unix)]
mod table;
#[cfg(unix)]
mod target;

#[cfg(unix)]
fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    let table = std::sync::Arc::new(table::Table::default());
    let conclusion = libtest_mimic::run(&arguments, suite::trials(&table));
    let markdown = table.markdown();
    if !markdown.is_empty() {
        println!("{markdown}\n");
    }
    conclusion.exit_if_failed();
    if let Err(message) = readme::compare(&table) {
        eprintln!("{message}");
        std::process::exit(101);
    }
}

/// The harness starts targets through a Unix shell.
#[cfg(not(unix))]
fn main() {
    println!("live: skipped, it needs a Unix shell");
}
