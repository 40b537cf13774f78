//! A crate of what is emitted and the hand-written support that it stands on, for
//! tests that compile it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::Files;

/// Where the project is.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of a crate that has what the output stands on.
pub(crate) struct Crate(pub PathBuf);

impl Crate {
    pub(crate) fn beside_support(folder: PathBuf) -> io::Result<Self> {
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

    /// Puts files in the place of those that are machine-written.
    pub(crate) fn write(&self, files: &Files) -> io::Result<()> {
        fs::remove_dir_all(self.0.join("src/protocol"))?;
        fs::create_dir(self.0.join("src/protocol"))?;
        for (path, text) in files {
            fs::write(self.0.join(path), text)?;
        }
        Ok(())
    }

    /// Where cargo puts what it makes of the crate.
    pub(crate) fn target(&self) -> PathBuf {
        self.0.join("target")
    }

    /// With and without the other direction; clippy runs all of rustc's lints, too.
    pub(crate) fn lints(&self) -> io::Result<()> {
        self.cargo("clippy --lib --offline -- -D warnings")?;
        self.cargo("clippy --lib --offline --features mirror -- -D warnings")
    }

    pub(crate) fn documents(&self) -> io::Result<()> {
        self.cargo("doc --lib --offline --no-deps")?;
        self.cargo("doc --lib --offline --no-deps --features mirror")
    }

    /// Runs cargo on the crate, which has to succeed without a warning that is denied.
    pub(crate) fn cargo(&self, arguments: &str) -> io::Result<()> {
        let output = Command::new(env!("CARGO"))
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.target())
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
