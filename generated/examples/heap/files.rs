//! Where results go.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Output;
use crate::outcome::Failure;

/// A file that is to be written, and may be.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    force: bool,
}

impl Place {
    /// Fails early if the file that was asked for cannot be written.
    pub(crate) fn may_be(output: &Output) -> Result<(), Failure> {
        match &output.output {
            Some(_) => Self::choose(output, "", "").map(drop),
            None => Ok(()),
        }
    }

    /// The file that was asked for; without one, the first that is free of
    /// `heap-NAME-1.ENDING`, `heap-NAME-2.ENDING` and so on.
    pub(crate) fn choose(output: &Output, name: &str, ending: &str) -> Result<Self, Failure> {
        let path = match &output.output {
            Some(path) => path.clone(),
            None => free(name, ending)?,
        };
        let place = Self {
            path,
            force: output.force,
        };
        place.check()?;
        Ok(place)
    }

    /// Fails if something is there that must stay, or if nothing can be written there.
    fn check(&self) -> Result<(), Failure> {
        let shown = self.path.display();
        if self.path.is_dir() {
            return Err(Failure::of(shown, "it is a folder: name a file in it"));
        }
        if !self.force && self.path.exists() {
            let problem = "it is there already: name another FILE, or give --force";
            return Err(Failure::of(shown, problem));
        }
        let folder = self.path.parent();
        match folder.filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) if !folder.is_dir() => {
                Err(Failure::of(shown, "there is no such folder: make it first"))
            }
            _ => Ok(()),
        }
    }

    /// Writes the file. If that fails, nothing is left of it.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |error| Failure::of(self.path.display(), error);
        let mut options = OpenOptions::new();
        let file = match self.force {
            true => options.write(true).create(true).truncate(true),
            false => options.write(true).create_new(true),
        };
        let mut file = file.open(&self.path).map_err(failed)?;
        file.write_all(bytes).map_err(|error| {
            // The first failure is the one to be told.
            let _ = fs::remove_file(&self.path);
            failed(error)
        })
    }

    pub(crate) fn shown(&self) -> String {
        self.path.display().to_string()
    }
}

fn free(name: &str, ending: &str) -> Result<PathBuf, Failure> {
    let names = (1..10_000).map(|n| format!("heap-{name}-{n}.{ending}"));
    names
        .map(PathBuf::from)
        .find(|path| !Path::exists(path))
        .ok_or_else(|| Failure::Failed("no file name is free: give one with -o".to_owned()))
}
