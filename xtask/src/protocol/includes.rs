//! PDL files and those they include.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use cdp_codegen::{Input, Role};

use super::{SourceError, kind, read_file, shown};
use crate::Error;

/// Reads a file and what it includes, each once: `seen` has those that were read.
pub(super) fn read(path: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<Vec<Input>, Error> {
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let root = canonical(parent)?;
    let mut inputs = Vec::new();
    let mut pending = vec![path.to_owned()];
    while let Some(path) = pending.pop() {
        if !seen.insert(canonical(&path)?) {
            continue;
        }
        let input = read_file(&path, Role::Pdl)?;
        let text = String::from_utf8_lossy(&input.bytes);
        for include in cdp_codegen::includes(&text) {
            pending.push(resolve(&path, include, &root)?);
        }
        inputs.push(input);
    }
    Ok(inputs)
}

/// Where an included file is, if it is below `root`: what a file says must not
/// lead elsewhere.
fn resolve(file: &Path, include: &str, root: &Path) -> Result<PathBuf, Error> {
    let outside = || SourceError::Include {
        file: shown(file),
        path: include.escape_debug().to_string(),
    };
    let below = Path::new(include);
    let plain = |part| matches!(part, Component::Normal(_));
    // A backslash separates on some systems, and a colon names a drive.
    if include.contains(['\\', ':']) || !below.components().all(plain) {
        return Err(outside().into());
    }
    if kind(below) != Some(Role::Pdl) {
        return Err(outside().into());
    }
    let path = file.with_file_name("").join(below);
    // A link may lead anywhere.
    if !path.is_file() || !canonical(&path)?.starts_with(root) {
        return Err(outside().into());
    }
    Ok(path)
}

fn canonical(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|cause| Error::io("read", shown(path), cause))
}
