//! What the compiler, clippy and rustdoc say of the output. It stands on hand-written
//! support; with that of the crate it must pass all that the crate passes, whatever
//! the documents say.

use std::path::Path;
use std::{env, fs, io};

use super::files;
use crate::fixture;
use crate::scratch::{Crate, root};
use crate::{External, Input, Role, read};

#[test]
#[ignore = "compiles a crate over and over: some 40 seconds"]
fn hostile_protocols_compile_without_a_warning() -> io::Result<()> {
    let scratch = env::temp_dir().join(format!("cdp-codegen-{}", std::process::id()));
    let krate = Crate::beside_support(scratch)?;
    krate.write(&files(&fixture::nasty()))?;
    krate.documents()?;
    for protocol in [fixture::nasty()].into_iter().chain(fixture::partial()) {
        krate.write(&files(&protocol))?;
        krate.lints()?;
    }
    fs::remove_dir_all(krate.0)
}

/// The protocol of today. `CDP_PROTOCOLS` names the folder into which
/// `tests/fetch.mjs` has put it. The crate stays in `target/whole`, to be looked at and measured.
#[test]
#[ignore = "needs CDP_PROTOCOLS, and a minute to compile"]
fn the_whole_protocol_compiles_without_a_warning() -> io::Result<()> {
    let folder = env::var_os("CDP_PROTOCOLS").expect("CDP_PROTOCOLS names a folder");
    let mut inputs = Vec::new();
    for name in ["browser_protocol.json", "js_protocol.json"] {
        inputs.push(Input {
            name: name.to_owned(),
            role: Role::Json,
            bytes: fs::read(Path::new(&folder).join("today/json").join(name))?,
        });
    }
    let reading = read(inputs, External::Refuse);
    let protocol = reading.protocol.unwrap_or_else(|| {
        panic!("{:#?}", reading.diagnostics);
    });
    let domains = || protocol.domains.iter();
    let commands: usize = domains().map(|domain| domain.commands.len()).sum();
    let events: usize = domains().map(|domain| domain.events.len()).sum();
    let counts = [domains().count(), protocol.types.len(), commands, events];
    assert_eq!(counts, [59, 611, 677, 232]);
    let krate = Crate::beside_support(root().join("target/whole"))?;
    krate.write(&files(&protocol))?;
    krate.lints()?;
    krate.documents()?;
    fs::remove_dir_all(krate.0.join("target"))
}
