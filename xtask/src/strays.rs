//! Files that look like documents where no document is read.

use std::path::Path;
use std::{fs, io};

/// Whether a file of this name is a document, or its name is nearly one.
pub(crate) fn looks_like_document(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".md") && !name.starts_with('.') && lower != "readme.md"
}

/// Whether something that is not read, and is not hidden, looks like a document
/// or is a directory that holds one. A link is followed.
pub(crate) fn is_stray(path: &Path, name: &str) -> io::Result<bool> {
    if fs::metadata(path)?.is_dir() {
        holds_documents(path)
    } else {
        Ok(looks_like_document(name))
    }
}

/// Links within the directory are not followed, as they may lead in circles.
fn holds_documents(directory: &Path) -> io::Result<bool> {
    let mut pending = vec![directory.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let raw = entry.file_name();
            let name = raw.to_string_lossy();
            if looks_like_document(&name) {
                return Ok(true);
            }
            if entry.file_type()?.is_dir() && !name.starts_with('.') {
                pending.push(entry.path());
            }
        }
    }
    Ok(false)
}
