//! Finds and reads the documents of a spec directory.

use std::fs;

use cdp_codegen::{Input, Role};

use crate::{Error, Place};

/// What documents are called in headers of the output, wherever they are read
/// from, so that the output does not depend on it.
const CANONICAL: &str = "spec";

/// The directory of the overlays, below that of the documents.
const OVERLAY: &str = "overlay";

/// Reads `*.md` as base documents and, if asked to, `overlay/*.md` as overlays.
/// A `README.md`, hidden files and what is no file are passed over. Their names
/// begin with `spec/`; [`shown`] says where they really are.
///
/// # Errors
/// If anything cannot be read, if there is no base document, or if a document's
/// name cannot be shown as it is.
pub fn read(spec: &Place, overlay: bool) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    read_directory(spec, "", Role::Base, &mut inputs)?;
    if inputs.is_empty() {
        return Err(Error::NoDocuments(spec.show("")));
    }
    if overlay && exists(spec, OVERLAY)? {
        read_directory(spec, OVERLAY, Role::Overlay, &mut inputs)?;
    }
    Ok(inputs)
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

fn exists(spec: &Place, below: &str) -> Result<bool, Error> {
    let found = spec.path(below).try_exists();
    found.map_err(|cause| Error::io("read", spec.show(below), cause))
}

fn read_directory(
    spec: &Place,
    directory: &str,
    role: Role,
    inputs: &mut Vec<Input>,
) -> Result<(), Error> {
    for name in list(spec, directory)? {
        let below = if directory.is_empty() {
            name
        } else {
            format!("{directory}/{name}")
        };
        if let Some(bytes) = read_file(spec, &below)? {
            inputs.push(Input {
                name: format!("{CANONICAL}/{below}"),
                role,
                bytes,
            });
        }
    }
    Ok(())
}

/// The names of the documents of a directory, sorted.
fn list(spec: &Place, directory: &str) -> Result<Vec<String>, Error> {
    let fail = |cause| Error::io("read the directory", spec.show(directory), cause);
    let mut names = Vec::new();
    for entry in fs::read_dir(spec.path(directory)).map_err(fail)? {
        let raw = entry.map_err(fail)?.file_name();
        let name = raw.to_string_lossy();
        if !is_document(&name) {
            continue;
        }
        // A name goes into headers and messages: it must not end a line there
        // or reorder it. One that is not Unicode has a replacement character.
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_. ".contains(c))
        {
            return Err(Error::DocumentName(spec.show(&name)));
        }
        names.push(name.into_owned());
    }
    names.sort();
    Ok(names)
}

fn is_document(name: &str) -> bool {
    name.ends_with(".md") && !name.starts_with('.') && !name.eq_ignore_ascii_case("README.md")
}

/// The bytes of a file, or `None` if it is something else.
fn read_file(spec: &Place, below: &str) -> Result<Option<Vec<u8>>, Error> {
    let path = spec.path(below);
    let fail = |cause| Error::io("read", spec.show(below), cause);
    if !fs::metadata(&path).map_err(fail)?.is_file() {
        return Ok(None);
    }
    fs::read(path).map(Some).map_err(fail)
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
