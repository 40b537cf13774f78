//! What the compiler, clippy and rustdoc say of the output. It stands on hand-written
//! support; with that of the crate it must pass all that the crate passes, whatever
//! the documents say.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use super::files;
use crate::fixture;
use crate::model::Protocol;
use crate::{External, Input, Role, read};

#[test]
#[ignore = "compiles a crate over and over: some 40 seconds"]
fn hostile_protocols_compile_without_a_warning() -> io::Result<()> {
    let scratch = env::temp_dir().join(format!("cdp-codegen-{}", std::process::id()));
    let krate = Crate::beside_support(scratch)?;
    krate.write(&fixture::nasty())?;
    krate.documents()?;
    for protocol in [fixture::nasty()].into_iter().chain(fixture::partial()) {
        krate.write(&protocol)?;
        krate.lints()?;
    }
    fs::remove_dir_all(krate.0)
}

/// The crate stays in `target/whole`, to be looked at and measured.
#[test]
#[ignore = "needs a protocol: CDP_PROTOCOL names the folder of an unpacked npm package \
            `devtools-protocol`, and compiling takes a minute"]
fn the_whole_protocol_compiles_without_a_warning() -> io::Result<()> {
    let folder = env::var_os("CDP_PROTOCOL").expect("CDP_PROTOCOL names a folder");
    let mut inputs = Vec::new();
    for name in ["browser_protocol.json", "js_protocol.json"] {
        inputs.push(Input {
            name: name.to_owned(),
            role: Role::Json,
            bytes: fs::read(Path::new(&folder).join("json").join(name))?,
        });
    }
    let reading = read(inputs, External::Refuse);
    let protocol = reading.protocol.unwrap_or_else(|| {
        panic!("{:#?}", reading.diagnostics);
    });
    let krate = Crate::beside_support(root().join("target/whole"))?;
    krate.write(&protocol)?;
    krate.lints()?;
    krate.documents()?;
    fs::remove_dir_all(krate.0.join("target"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of a crate that has what the output stands on.
struct Crate(PathBuf);

impl Crate {
    fn beside_support(folder: PathBuf) -> io::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let root = root();
        copy(&root.join("generated/src"), &folder.join("src"))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let manifest = fs::read_to_string(root.join("generated/Cargo.toml"))?;
        fs::write(folder.join("Cargo.toml"), without_targets(&manifest))?;
        let lib = fs::read_to_string(root.join("generated/src/lib.rs"))?;
        fs::write(folder.join("src/lib.rs"), support_alone(&lib))?;
        Ok(Self(folder))
    }

    fn write(&self, protocol: &Protocol) -> io::Result<()> {
        fs::remove_dir_all(self.0.join("src/protocol"))?;
        fs::create_dir(self.0.join("src/protocol"))?;
        for (path, text) in files(protocol) {
            fs::write(self.0.join(path), text)?;
        }
        Ok(())
    }

    /// With and without the other direction; clippy runs all of rustc's lints, too.
    fn lints(&self) -> io::Result<()> {
        self.assert_clean("clippy --lib --offline -- -D warnings")?;
        self.assert_clean("clippy --lib --offline --features mirror -- -D warnings")
    }

    fn documents(&self) -> io::Result<()> {
        self.assert_clean("doc --lib --offline --no-deps")?;
        self.assert_clean("doc --lib --offline --no-deps --features mirror")
    }

    fn assert_clean(&self, arguments: &str) -> io::Result<()> {
        let output = Command::new(env!("CARGO"))
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()?;
        let errors = String::from_utf8_lossy(&output.stderr);
        let modules = fs::read_to_string(self.0.join("src/protocol/mod.rs"))?;
        assert!(output.status.success(), "{arguments}\n{modules}\n{errors}");
        Ok(())
    }
}

/// The manifest of a crate that has a library and nothing else, in no workspace.
fn without_targets(manifest: &str) -> String {
    let (head, rest) = manifest.split_once("[dev-dependencies]").unwrap();
    let (_, lints) = rest.split_once("[lints.rust]").unwrap();
    format!("{head}[lints.rust]{lints}\n[workspace]\n")
}

/// The root of the crate with what the output stands on, and without what stands on
/// the output of the project's own documents.
fn support_alone(lib: &str) -> String {
    let below = [
        "client", "envelope", "error", "event", "protocol", "refused", "wire",
    ];
    let stands = |line: &str| {
        let named = line.strip_prefix("pub ").unwrap_or(line);
        let named = named.strip_prefix("mod ").or(named.strip_prefix("use "));
        named.is_none_or(|name| below.iter().any(|module| name.starts_with(module)))
    };
    let mut text =
        "//! The output and its support.\n#![allow(dead_code, unused_imports)]\n".to_owned();
    let mut attributes = Vec::new();
    for line in lib.lines().filter(|line| !line.starts_with("//!")) {
        attributes.push(line);
        if !line.starts_with("#[") {
            let lines = std::mem::take(&mut attributes);
            if stands(line) {
                text.extend(lines.into_iter().flat_map(|line| [line, "\n"]));
            }
        }
    }
    text
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
