//! Reads a protocol out of a revision of git, past the work tree.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use cdp_codegen::Input;

use crate::{Error, Place, protocol};

/// Why a revision gives no protocol.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// Nothing has that name.
    #[error("`{0}` is neither a file, a directory, an address nor a revision")]
    Unknown(String),
    /// The revision does not have it.
    #[error("`{revision}` has no `{path}`")]
    Absent {
        /// The revision.
        revision: String,
        /// The path in it.
        path: String,
    },
    /// The revision has it, but it is no protocol.
    #[error("in `{name}`: {message}")]
    Content {
        /// The revision and the path in it.
        name: String,
        /// What is wrong.
        message: String,
        /// How to mend it.
        help: Option<String>,
    },
    /// git ended with an error.
    #[error("git: {0}")]
    Git(String),
}

impl RevisionError {
    /// How to mend it, where that can be said.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unknown(_) => Some(
                "name a directory of documents, a `.json` or `.pdl` file, a target as \
                 `http://127.0.0.1:9229`, or a revision as `HEAD~1` or `HEAD~1:spec`; \
                 if this clone lacks the revision, `git fetch --tags` gets those that \
                 have a tag, and `git fetch --unshallow --tags` all of a shallow clone"
                    .to_owned(),
            ),
            Self::Absent { revision, .. } => {
                Some(format!("name the path in it: `{revision}:PATH`"))
            }
            Self::Content { help, .. } => help.clone(),
            Self::Git(_) => None,
        }
    }
}

/// Reads `REV:PATH`, or the documents of `REV`: those at the place where `spec` is
/// now.
///
/// # Errors
/// If there is no such revision, or if it does not hold a protocol there.
pub(crate) fn read(source: &str, spec: &Place) -> Result<Vec<Input>, Error> {
    let (revision, path) = match source.split_once(':') {
        Some((revision, path)) => (revision, Some(path)),
        None => (source, None),
    };
    let at = match path {
        Some(_) => PathBuf::from("."),
        None => spec.path(""),
    };
    let unknown = || RevisionError::Unknown(source.escape_debug().to_string());
    // What begins with a dash would be an option of git.
    if revision.is_empty() || revision.starts_with('-') {
        return Err(unknown().into());
    }
    if path.is_none() {
        fs::metadata(&at).map_err(|cause| Error::io("read", spec.show(""), cause))?;
    }
    let commit = object(&at, &format!("{revision}^{{tree}}"))?.ok_or_else(unknown)?;
    let path = match path {
        Some(path) => path.to_owned(),
        None => git(&at, &["rev-parse", "--show-prefix"])?.line(),
    };
    let path = path.trim_end_matches('/');
    let tree = match path {
        "" => commit,
        path => object(&at, &format!("{revision}:{path}"))?.ok_or(RevisionError::Absent {
            revision: revision.to_owned(),
            path: path.to_owned(),
        })?,
    };
    extracted(&at, &tree, &format!("{revision}:{path}"), path)
}

/// Reads what an object holds, by way of a directory that is gone afterwards.
fn extracted(at: &Path, object: &str, name: &str, path: &str) -> Result<Vec<Input>, Error> {
    let scratch = Scratch::new()?;
    // A file keeps its name, which says what it is.
    let last = path.rsplit('/').next().unwrap_or(path);
    let root = match git(at, &["cat-file", "-t", object])?.line().as_str() {
        "tree" => {
            extract(at, object, &scratch.0)?;
            scratch.0.clone()
        }
        _ if is_plain(last) => {
            let file = scratch.0.join(last);
            write(&file, &git(at, &["cat-file", "blob", object])?.0)?;
            file
        }
        _ => return Err(RevisionError::Unknown(name.to_owned()).into()),
    };
    let shown = root.to_string_lossy().into_owned();
    match protocol::read(root.as_os_str()) {
        Ok(mut inputs) => {
            for input in &mut inputs {
                input.name = input.name.replacen(&shown, name, 1);
            }
            Ok(inputs)
        }
        Err(error) => Err(RevisionError::Content {
            name: name.to_owned(),
            message: error.message().replace(&shown, name),
            help: error.help(),
        }
        .into()),
    }
}

/// Writes the files of a tree that may hold a protocol. A link is none of them: it
/// leads out of the revision.
fn extract(at: &Path, tree: &str, into: &Path) -> Result<(), Error> {
    let listed = git(at, &["ls-tree", "-r", "-z", "--full-tree", tree])?.0;
    let listed = String::from_utf8_lossy(&listed);
    for entry in listed.split_terminator('\0') {
        // `100644 blob OBJECT<tab>PATH`
        let Some((facts, path)) = entry.split_once('\t') else {
            continue;
        };
        let mut facts = facts.split(' ');
        let is_file = facts.next().is_some_and(|mode| mode.starts_with("100"));
        let Some(object) = facts.nth(1).filter(|_| is_file && is_wanted(path)) else {
            continue;
        };
        write(&into.join(path), &git(at, &["cat-file", "blob", object])?.0)?;
    }
    Ok(())
}

fn is_wanted(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let ends = [".md", ".json", ".pdl"];
    ends.iter().any(|end| lower.ends_with(end)) && path.split('/').all(is_plain)
}

/// Whether a part of a path leads down, on any system.
fn is_plain(part: &str) -> bool {
    let mut components = Path::new(part).components();
    matches!(components.next(), Some(Component::Normal(_))) && !part.contains(['\\', ':'])
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |cause| Error::io("write", path.to_string_lossy(), cause);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    fs::write(path, bytes).map_err(fail)
}

/// The object of a name, if there is one.
fn object(at: &Path, name: &str) -> Result<Option<String>, Error> {
    let output = run(at, &["rev-parse", "--verify", "--quiet", name])?;
    let found = output.status.success();
    Ok(found.then(|| Output(output.stdout).line()))
}

/// What git wrote.
struct Output(Vec<u8>);

impl Output {
    fn line(&self) -> String {
        String::from_utf8_lossy(&self.0).trim_end().to_owned()
    }
}

fn git(at: &Path, arguments: &[&str]) -> Result<Output, Error> {
    let output = run(at, arguments)?;
    if output.status.success() {
        return Ok(Output(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(RevisionError::Git(said.trim().escape_debug().to_string()).into())
}

fn run(at: &Path, arguments: &[&str]) -> Result<process::Output, Error> {
    let mut command = Command::new("git");
    let command = command
        .arg("-C")
        .arg(at)
        .args(arguments)
        // A hook has them. The repository is the one that the documents are in.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::null());
    command
        .output()
        .map_err(|cause| Error::io("run", "git", cause))
}

/// A directory that is removed when it is no longer needed.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Error> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("cdp-xtask-{}-{count}", process::id());
            let path = std::env::temp_dir().join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                // That of a run that was killed, or somebody else's: it would hold what
                // is not ours.
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(Error::io("create", path.to_string_lossy(), cause)),
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is in nobody's way.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_hold_a_protocol_is_taken_and_nothing_leads_out() {
        for path in ["spec/a.md", "a.json", "x/y/z.pdl", "a.MD"] {
            assert!(is_wanted(path), "{path}");
        }
        for path in [
            "a.rs",
            "../a.md",
            "/a.md",
            "a/../b.md",
            "a//b.md",
            "c:\\a.md",
            "./a.md",
        ] {
            assert!(!is_wanted(path), "{path}");
        }
    }
}
