//! Reads a protocol from where people say it is: a file, a directory, or a
//! target that runs.

mod error;
mod http;
mod includes;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use cdp_codegen::{Input, Role};

use crate::{Error, Place, documents, strays};

pub use error::SourceError;

/// Reads a source, which is one of
///
/// - `http://HOST:PORT` of a target that runs, which reports its protocol at
///   `/json/protocol`;
/// - a `*.json` file, protocol JSON;
/// - a `*.pdl` file and those it includes, all below its own directory;
/// - a directory of `*.json` or of `*.pdl` files, such as those of the npm package
///   `devtools-protocol`;
/// - a directory of documents, with the overlays in it.
///
/// The names of the inputs are those that messages show.
///
/// # Errors
/// If the source is none of these, or cannot be read. What it holds is not looked
/// at, beyond what it includes.
pub fn read(source: &OsStr) -> Result<Vec<Input>, Error> {
    if let Some(url) = url(source) {
        return Ok(vec![http::fetch(url)?]);
    }
    let path = Path::new(source);
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => read_directory(path),
        Ok(found) if found.is_file() => match kind(path) {
            Some(Role::Json) => Ok(vec![read_file(path, Role::Json)?]),
            Some(Role::Pdl) => includes::read(path, &mut BTreeSet::new()),
            _ => Err(SourceError::Kind(shown(path)).into()),
        },
        Ok(_) => Err(SourceError::Kind(shown(path)).into()),
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            Err(SourceError::missing(shown(path)).into())
        }
        Err(cause) => Err(Error::io("read", shown(path), cause)),
    }
}

/// What to call a source in a text that others read: without the way to it, and in
/// characters that can be seen.
pub fn name(source: &OsStr) -> String {
    if let Some(url) = url(source) {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        return rest.split('/').next().unwrap_or(rest).to_owned();
    }
    let path = Path::new(source);
    // `..` has no name of its own.
    let named = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().or(named.file_name()).unwrap_or_default();
    shown(Path::new(name))
}

/// What a target that runs says it is, if it does: `node.js/v20.20.2`.
pub fn product(source: &OsStr) -> Option<String> {
    http::product(url(source)?)
}

/// The source, if it has the form of a URL.
fn url(source: &OsStr) -> Option<&str> {
    let text = source.to_str()?;
    let (scheme, _) = text.split_once("://")?;
    let named = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    named.then_some(text)
}

/// How messages name a path.
fn shown(path: &Path) -> String {
    path.to_string_lossy().escape_debug().to_string()
}

/// What a file holds, by its name.
fn kind(path: &Path) -> Option<Role> {
    let extension = path.extension()?.to_str()?;
    match extension.to_ascii_lowercase().as_str() {
        "json" => Some(Role::Json),
        "pdl" => Some(Role::Pdl),
        _ => None,
    }
}

fn read_file(path: &Path, role: Role) -> Result<Input, Error> {
    let bytes = fs::read(path).map_err(|cause| Error::io("read", shown(path), cause))?;
    Ok(Input {
        name: shown(path),
        role,
        bytes,
    })
}

/// Reads the files of the one kind that a directory holds.
fn read_directory(directory: &Path) -> Result<Vec<Input>, Error> {
    let files = list(directory)?;
    let of = |role| files.iter().filter(move |path| kind(path) == Some(role));
    let documents = files.iter().any(|path| {
        let name = path.file_name().unwrap_or_default();
        strays::looks_like_document(&name.to_string_lossy())
    });
    let (json, pdl) = (of(Role::Json).count() > 0, of(Role::Pdl).count() > 0);
    match (documents, json, pdl) {
        (true, false, false) => read_documents(directory),
        (false, true, false) => of(Role::Json)
            .map(|path| read_file(path, Role::Json))
            .collect(),
        (false, false, true) => {
            let mut seen = BTreeSet::new();
            let mut inputs = Vec::new();
            for path in of(Role::Pdl) {
                inputs.extend(includes::read(path, &mut seen)?);
            }
            Ok(inputs)
        }
        (false, false, false) => Err(SourceError::Nothing(shown(directory)).into()),
        _ => Err(SourceError::Mixed(shown(directory)).into()),
    }
}

fn read_documents(directory: &Path) -> Result<Vec<Input>, Error> {
    let place = Place::given(directory.to_owned());
    let mut inputs = documents::read(&place, true)?;
    for input in &mut inputs {
        input.name = documents::shown(&place, &input.name);
    }
    Ok(inputs)
}

/// The files of a directory that could hold a protocol, sorted by name.
fn list(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |cause| Error::io("read the directory", shown(directory), cause);
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Those of npm are about the package, not about the protocol.
        let foreign = name.starts_with('.') || name.starts_with("package");
        if !foreign && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_by_its_last_name() {
        assert_eq!(name("a/b/protocol.json".as_ref()), "protocol.json");
        assert_eq!(name("a/package/json/".as_ref()), "json");
        assert_eq!(
            name("http://127.0.0.1:9229/json/protocol".as_ref()),
            "127.0.0.1:9229"
        );
    }

    #[test]
    fn only_a_scheme_makes_a_url() {
        assert_eq!(url("http://x".as_ref()), Some("http://x"));
        for path in ["a/b", "./a://b", "://b", "127.0.0.1:9229"] {
            assert_eq!(url(path.as_ref()), None, "{path}");
        }
    }
}
