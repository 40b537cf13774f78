//! A project in a directory of its own, and what runs of `xtask` make of it.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod stale;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

pub(crate) const ALPHA: &str = "
### domain: Alpha

#### type: Alpha.Id = string

Names a thing.

#### command: Alpha.find()

*parameters*
- `id` <[Alpha.Id]]> Which

[Alpha.Id]: alpha.md#alphaid
";

pub(crate) const BETA: &str = "
### domain: Beta

#### type: Beta.Count = integer

How many.

#### event: Beta.counted

*returns*
- `count` <[Beta.Count]]> How many

[Beta.Count]: beta.md#betacount
";

/// A document with an error in line 4.
pub(crate) const BROKEN: &str = "
### domain: Gamma

#### colour: Gamma.Red

";

/// A directory with `spec` and, after a run, `out`. It is removed when the test
/// passes, and stays to be looked at when it fails.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
}

/// Files by path, with what they hold and when they were written.
pub(crate) type Tree = BTreeMap<String, (Vec<u8>, SystemTime)>;

impl Project {
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(root.join("spec/overlay")).unwrap();
        let project = Self { root };
        project.write("spec/alpha.md", ALPHA);
        project.write("spec/beta.md", BETA);
        project
    }

    /// A project whose output is up to date.
    pub(crate) fn regenerated(name: &str) -> Self {
        let project = Self::new(name);
        assert_eq!(project.regenerate(&[]).code, 0);
        project
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// A command line of `xtask`, in the root of the project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).current_dir(&self.root);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    /// `regenerate` from `spec` to `out`, with more arguments.
    pub(crate) fn regenerate(&self, more: &[&str]) -> Run {
        let mut arguments = vec!["regenerate", "--spec", "spec", "--out", "out"];
        arguments.extend(more);
        self.run(&arguments)
    }

    /// Every file below a directory.
    pub(crate) fn tree(&self, below: &str) -> Tree {
        let root = self.root.join(below);
        let mut tree = Tree::new();
        let mut pending = vec![root.clone()];
        while let Some(directory) = pending.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                let written = path.metadata().unwrap().modified().unwrap();
                tree.insert(name.to_owned(), (fs::read(&path).unwrap(), written));
            }
        }
        tree
    }

    /// What every file below a directory holds.
    pub(crate) fn contents(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let tree = self.tree(below).into_iter();
        tree.map(|(path, (bytes, _))| (path, bytes)).collect()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

/// What a run printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
