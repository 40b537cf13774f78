//! Finds and reads the documents of a spec directory.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;

use cdp_codegen::{Input, Role};

use crate::{Error, Place, strays};

/// What documents are called in headers of the output, wherever they are read
/// from, so that the output does not depend on it.
const CANONICAL: &str = "spec";

/// The directory of the overlays, below that of the documents.
const OVERLAY: &str = "overlay";

/// Reads `*.md` as base documents and, if asked to, `overlay/*.md` as overlays.
/// A `README.md` and hidden files are passed over. The names of the documents
/// begin with `spec/`; [`shown`] says where they really are.
///
/// # Errors
/// If anything cannot be read, if there is no base document, if a document's
/// name cannot be shown as it is, or if something looks like a document but is
/// not read: it would vanish from the output unnoticed.
pub fn read(spec: &Place, overlay: bool) -> Result<Vec<Input>, Error> {
    let mut found = Found::default();
    read_directory(spec, "", Role::Base, &mut found)?;
    let no_base = found.inputs.is_empty();
    if overlay && exists(spec, OVERLAY)? {
        read_directory(spec, OVERLAY, Role::Overlay, &mut found)?;
    }
    if !found.strays.is_empty() {
        return Err(Error::Overlooked(found.strays));
    }
    if no_base {
        return Err(Error::NoDocuments(spec.show("")));
    }
    Ok(found.inputs)
}

/// What the directories hold.
#[derive(Default)]
struct Found {
    inputs: Vec<Input>,
    /// What is not read although it should be, as messages name it.
    strays: Vec<String>,
}

/// How messages name a document of [`read`]: by a path that opens.
pub fn shown(spec: &Place, name: &str) -> String {
    match name
        .strip_prefix(CANONICAL)
        .and_then(|rest| rest.strip_prefix('/'))
    {
        Some(below) => spec.show(below),
        None => name.to_owned(),
    }
}

/// Whether something is there, be it a link that leads nowhere: who made it
/// wanted it to be read.
fn exists(spec: &Place, below: &str) -> Result<bool, Error> {
    match fs::symlink_metadata(spec.path(below)) {
        Ok(_) => Ok(true),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(Error::io("read", spec.show(below), cause)),
    }
}

fn read_directory(
    spec: &Place,
    directory: &str,
    role: Role,
    found: &mut Found,
) -> Result<(), Error> {
    for (name, entry) in list(spec, directory)? {
        let below = if directory.is_empty() {
            name.clone()
        } else {
            format!("{directory}/{name}")
        };
        if is_document(&name) {
            found.inputs.push(Input {
                bytes: read_file(spec, &below)?,
                name: format!("{CANONICAL}/{below}"),
                role,
            });
        } else if below != OVERLAY {
            let shown = spec.show(&below.escape_debug().to_string());
            let stray = strays::is_stray(&entry.path(), &name);
            if stray.map_err(|cause| Error::io("read", shown.clone(), cause))? {
                found.strays.push(shown);
            }
        }
    }
    Ok(())
}

/// What a directory holds besides hidden files, sorted by name.
fn list(spec: &Place, directory: &str) -> Result<Vec<(String, DirEntry)>, Error> {
    let fail = |cause| Error::io("read the directory", spec.show(directory), cause);
    let mut entries = Vec::new();
    for entry in fs::read_dir(spec.path(directory)).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let raw = entry.file_name();
        let name = raw.to_string_lossy();
        // A name goes into headers and messages: it must not end a line there
        // or reorder it. One that is not Unicode has a replacement character.
        let plain = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
        if is_document(&name) && !name.chars().all(plain) {
            return Err(Error::DocumentName(spec.show(&name)));
        }
        if !name.starts_with('.') {
            entries.push((name.into_owned(), entry));
        }
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(entries)
}

fn is_document(name: &str) -> bool {
    name.ends_with(".md") && strays::looks_like_document(name)
}

fn read_file(spec: &Place, below: &str) -> Result<Vec<u8>, Error> {
    let path = spec.path(below);
    let fail = |cause| Error::io("read", spec.show(below), cause);
    if !fs::metadata(&path).map_err(fail)?.is_file() {
        return Err(Error::NotPlain(spec.show(below), "file"));
    }
    fs::read(path).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_other_files() {
        assert!(is_document("dom.md") && is_document("css.x.md"));
        for name in [
            "README.md",
            "readme.md",
            ".#dom.md",
            "dom.txt",
            "dom.md~",
            ".md",
        ] {
            assert!(!is_document(name), "{name}");
        }
    }

    #[test]
    fn documents_are_shown_where_they_are() {
        let place = Place::given("other/dir".into());
        assert_eq!(shown(&place, "spec/overlay/x.md"), "other/dir/overlay/x.md");
        assert_eq!(shown(&place, "specific.md"), "specific.md");
    }
}
