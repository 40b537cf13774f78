//! The machine-written files on disk, and what has to change there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, FileType};
use std::io::ErrorKind;

use cdp_codegen::Files;

use crate::{Error, Place};

/// The directory that holds machine-written files and nothing else, below the
/// directory of the output.
pub const OWNED: &str = "src/protocol";

/// How every machine-written file below [`OWNED`] begins.
const MARK: &[u8] = b"// @generated";

/// Temporary files are told from all others by how their names begin and end:
/// no output and no module of Rust is called so.
const TEMPORARY: (&str, &str) = (".xtask-", ".tmp");

/// What a run found on disk, by path below the directory of the output. Paths
/// are separated by `/`.
#[derive(Debug, Default)]
pub struct Disk {
    /// The bytes of the files that the output takes the place of: all below
    /// [`OWNED`], and those that the output names elsewhere.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Temporary files of other runs, most likely of one that was killed.
    pub leftovers: BTreeSet<String>,
}

/// What has to change on disk, by path below the directory of the output.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files to change.
    pub changes: BTreeMap<String, Change>,
    /// The files that are as they should be. They are not touched.
    pub unchanged: Vec<String>,
    /// Temporary files of other runs, to be removed.
    pub leftovers: BTreeSet<String>,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.leftovers.is_empty()
    }
}

/// What has to happen to one file.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is missing.
    Create {
        /// What it is to hold.
        new: String,
    },
    /// It holds something else.
    Update {
        /// What it holds.
        old: Vec<u8>,
        /// What it is to hold.
        new: String,
    },
    /// It is machine-written and no longer part of the output.
    Remove {
        /// What it holds.
        old: Vec<u8>,
    },
}

impl Change {
    /// What the file holds now; nothing if it is missing.
    pub fn before(&self) -> &[u8] {
        match self {
            Self::Create { .. } => b"",
            Self::Update { old, .. } | Self::Remove { old } => old,
        }
    }

    /// What the file is to hold; nothing if it is to be removed.
    pub fn after(&self) -> &str {
        match self {
            Self::Create { new } | Self::Update { new, .. } => new,
            Self::Remove { .. } => "",
        }
    }
}

/// Compares the files of a run with those on disk.
///
/// # Errors
/// If a file that is not machine-written would have to be removed.
pub fn plan(disk: Disk, files: Files, out: &Place) -> Result<Plan, Error> {
    let mut plan = Plan {
        leftovers: disk.leftovers,
        ..Plan::default()
    };
    let mut found = disk.files;
    for (path, new) in files {
        let change = match found.remove(&path) {
            None => Change::Create { new },
            Some(old) if old == new.as_bytes() => {
                plan.unchanged.push(path);
                continue;
            }
            Some(old) => Change::Update { old, new },
        };
        plan.changes.insert(path, change);
    }
    let foreign = found.iter().filter(|(_, old)| !old.starts_with(MARK));
    let foreign: Vec<_> = foreign.map(|(path, _)| out.show(path)).collect();
    if !foreign.is_empty() {
        return Err(Error::NotMachineWritten(foreign));
    }
    let removed = found.into_iter();
    plan.changes
        .extend(removed.map(|(path, old)| (path, Change::Remove { old })));
    Ok(plan)
}

/// Looks at what is on disk where `files` are to be. What is missing is no
/// error, and links are not followed below `out`.
///
/// # Errors
/// If something cannot be read, or is a link or device where a file or
/// directory belongs.
pub fn scan(out: &Place, files: &Files) -> Result<Disk, Error> {
    let mut directories = directories(files);
    directories.insert(OWNED);
    look(out, files, directories)
}

/// Looks at what is on disk where `files` are to be, among files that are
/// somebody else's.
///
/// # Errors
/// As [`scan`].
pub fn scan_beside(out: &Place, files: &Files) -> Result<Disk, Error> {
    look(out, files, directories(files))
}

fn directories(files: &Files) -> BTreeSet<&str> {
    files.keys().map(|path| parent(path)).collect()
}

fn look(out: &Place, files: &Files, directories: BTreeSet<&str>) -> Result<Disk, Error> {
    let mut disk = Disk::default();
    // Parents come before children, so that a link is found before it is used.
    for directory in directories {
        if is_directory(out, directory)? {
            scan_directory(out, directory, files, &mut disk)?;
        }
    }
    Ok(disk)
}

/// The directory of a path below the directory of the output: `""` for a file
/// right in it.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// A name beside an output that no output has.
pub(crate) fn temporary(path: &str, number: usize) -> String {
    let (start, end) = TEMPORARY;
    let process = std::process::id();
    join(parent(path), &format!("{start}{process}-{number}{end}"))
}

fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// Whether a directory is there, each of its parents being one as well.
fn is_directory(out: &Place, directory: &str) -> Result<bool, Error> {
    let slashes = directory.match_indices('/').map(|(at, _)| at);
    for end in slashes.chain([directory.len()]) {
        let part = &directory[..end];
        // The directory of the output itself may be a link: the user named it.
        let kind = match part {
            "" => fs::metadata(out.path(part)),
            _ => fs::symlink_metadata(out.path(part)),
        };
        match kind {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(Error::NotPlain(out.show(part), "directory")),
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(false),
            Err(cause) => return Err(Error::io("read", out.show(part), cause)),
        }
    }
    Ok(true)
}

/// Takes in a directory, and what is below it if it is [`OWNED`].
fn scan_directory(
    out: &Place,
    directory: &str,
    files: &Files,
    disk: &mut Disk,
) -> Result<(), Error> {
    let mut pending = vec![directory.to_owned()];
    while let Some(directory) = pending.pop() {
        let owned = directory == OWNED || directory.starts_with(&format!("{OWNED}/"));
        for (name, kind) in entries(out, &directory)? {
            let path = join(&directory, &name);
            if is_temporary(&name) && kind.is_file() {
                disk.leftovers.insert(path);
            } else if files.contains_key(&path) || owned && kind.is_file() && !hidden(&name) {
                if let Some(bytes) = content(out, &path, kind)? {
                    disk.files.insert(path, bytes);
                }
            } else if owned && kind.is_dir() {
                pending.push(path);
            } else if owned && !hidden(&name) {
                return Err(Error::NotPlain(out.show(&path), "file"));
            }
        }
    }
    Ok(())
}

/// Editors and file managers put hidden files anywhere; cargo reads none.
fn hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// The names in a directory with what they are, links not followed.
fn entries(out: &Place, directory: &str) -> Result<Vec<(String, FileType)>, Error> {
    let fail = |cause| Error::io("read the directory", out.show(directory), cause);
    let mut entries = Vec::new();
    let listing = match fs::read_dir(out.path(directory)) {
        // Another run has removed it meanwhile.
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(entries),
        listing => listing.map_err(fail)?,
    };
    for entry in listing {
        let entry = entry.map_err(fail)?;
        match entry.file_name().into_string() {
            Ok(name) => entries.push((name, entry.file_type().map_err(fail)?)),
            // No output has such a name; it is somebody else's.
            Err(name) if directory.starts_with(OWNED) => {
                let path = join(directory, &name.to_string_lossy());
                return Err(Error::NotMachineWritten(vec![out.show(&path)]));
            }
            Err(_) => {}
        }
    }
    Ok(entries)
}

/// The bytes of a file; `None` if another run has removed it meanwhile.
fn content(out: &Place, path: &str, kind: FileType) -> Result<Option<Vec<u8>>, Error> {
    if !kind.is_file() {
        return Err(Error::NotPlain(out.show(path), "file"));
    }
    match fs::read(out.path(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::io("read", out.show(path), cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> Files {
        let owned = of
            .iter()
            .map(|&(path, text)| (path.to_owned(), text.to_owned()));
        owned.collect()
    }

    fn disk(of: &[(&str, &str)]) -> Disk {
        let owned = of
            .iter()
            .map(|&(path, text)| (path.to_owned(), text.into()));
        Disk {
            files: owned.collect(),
            leftovers: BTreeSet::new(),
        }
    }

    fn out() -> Place {
        Place::given("out".into())
    }

    #[test]
    fn every_file_is_created_updated_removed_or_unchanged() {
        let disk = disk(&[("a", "same"), ("b", "old"), ("d", "// @generated by us")]);
        let plan = plan(
            disk,
            files(&[("a", "same"), ("b", "new"), ("c", "new")]),
            &out(),
        );
        let plan = plan.expect("all of it is ours");
        assert_eq!(plan.unchanged, ["a"]);
        let changes: Vec<_> = plan.changes.iter().collect();
        assert!(matches!(
            changes[..],
            [
                (b, Change::Update { .. }),
                (c, Change::Create { .. }),
                (d, Change::Remove { .. }),
            ] if b == "b" && c == "c" && d == "d"
        ));
    }

    #[test]
    fn what_somebody_wrote_by_hand_is_not_removed() {
        let disk = disk(&[("src/protocol/a.rs", "// mine"), ("src/protocol/b.md", "")]);
        let error = plan(disk, Files::new(), &out()).expect_err("neither is ours");
        assert_eq!(
            error.message(),
            "not machine-written: `out/src/protocol/a.rs`, `out/src/protocol/b.md`"
        );
    }

    #[test]
    fn temporary_files_are_beside_their_target_and_known_again() {
        let path = temporary("src/protocol/dom.rs", 7);
        let (directory, name) = path.rsplit_once('/').expect("it has a directory");
        assert_eq!(directory, "src/protocol");
        assert!(is_temporary(name) && hidden(name) && !name.ends_with(".rs"));
        assert!(is_temporary(&temporary("api.txt", 0)));
    }
}
