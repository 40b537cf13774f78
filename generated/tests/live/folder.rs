//! Where things are: the programs run in the targets, the installed targets, and
//! folders that are removed after use.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// The path of a program that runs in the targets.
pub(crate) fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/targets")
        .join(name)
}

/// The executable of an installed target: see `install.mjs`. `CDP_LIVE_TARGETS`
/// names another folder than the one in Cargo's target directory.
pub(crate) fn installed(name: &str, executable: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("CDP_LIVE_TARGETS") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()?
            .join("live-targets"),
    };
    let path = root.join(name).join("node_modules").join(executable);
    path.is_file().then_some(path)
}

/// The path of a command that is in `PATH`.
pub(crate) fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// A new folder, removed with all that is in it when this is dropped.
#[derive(Debug)]
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    pub(crate) fn new() -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("live-{}-{number}", process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // The last children of a killed browser may still write for a moment.
        for _ in 0..50 {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}
