//! Conformance against real targets, which the trials start and end themselves.
//!
//! A target that is not there is skipped, and its trials are listed as ignored with
//! the reason in their names. `CDP_LIVE_REQUIRE=node,chromium`, or `all`, makes such a
//! skip a failure. `install.mjs` brings the targets that are npm packages.

#[cfg(unix)]
mod folder;
#[cfg(unix)]
mod http;
#[cfg(unix)]
mod process;
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
    let table = table.markdown();
    if !table.is_empty() {
        println!("{table}\n");
    }
    conclusion.exit();
}

/// The harness starts targets through a Unix shell.
#[cfg(not(unix))]
fn main() {
    println!("live: skipped, it needs a Unix shell");
}
