//! `cargo xtask diff`: from two protocols to what changed between them.

use std::ffi::{OsStr, OsString};

use cdp_codegen::{ApiChanges, Diagnostic, External, LISTING, Sources, model};

use crate::changes::Changes;
use crate::protocol::SourceError;
use crate::version::Version;
use crate::{Error, Place, protocol, revision};

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The old protocol.
    pub old: OsString,
    /// The new protocol; the documents if it is not said.
    pub new: Option<OsString>,
    /// Where the documents are, now and in revisions.
    pub spec: Place,
    /// The crate that has the old protocol.
    pub krate: Place,
}

/// One of the two protocols, with what was found in it.
#[derive(Debug)]
pub struct Side {
    /// What it was called.
    pub name: String,
    /// The documents, under the names that messages show.
    pub sources: Sources,
    /// What was found in them.
    pub diagnostics: Vec<Diagnostic>,
    /// The protocol and the listing of its API; `None` if any diagnostic is an error.
    pub found: Option<(model::Protocol, String)>,
}

/// The two protocols and what changed between them.
#[derive(Debug)]
pub struct Diff {
    /// The old protocol.
    pub old: Side,
    /// The new protocol.
    pub new: Side,
    /// What changed; `None` if one of them has errors.
    pub changes: Option<Changes>,
}

/// Reads two protocols and compares them. Nothing is written.
///
/// # Errors
/// If one of them cannot be found or read. What is wrong with a document is no error
/// here, but a diagnostic.
pub fn run(request: &Request) -> Result<Diff, Error> {
    let spec = request.spec.path("").into_os_string();
    let old = side(&request.old, &request.old.to_string_lossy(), &request.spec)?;
    let new = match &request.new {
        Some(new) => side(new, &new.to_string_lossy(), &request.spec)?,
        None => side(&spec, &request.spec.show(""), &request.spec)?,
    };
    let changes = match (&old.found, &new.found) {
        (Some((before, api_before)), Some((after, api_after))) => Some(Changes {
            protocol: Some(cdp_codegen::compare(before, after)),
            api: ApiChanges::between(api_before, api_after),
            rewritten: false,
            version: Version::of(&request.krate),
        }),
        _ => None,
    };
    Ok(Diff { old, new, changes })
}

fn side(source: &OsStr, name: &str, spec: &Place) -> Result<Side, Error> {
    // What is there is meant; a revision is what is not.
    let inputs = match protocol::read(source) {
        Err(Error::Source(SourceError::Missing(_) | SourceError::NoScheme(_))) => {
            revision::read(&source.to_string_lossy(), spec)?
        }
        read => read?,
    };
    let reading = cdp_codegen::read(inputs, External::Keep);
    let mut diagnostics = reading.diagnostics;
    let found = reading
        .protocol
        .and_then(|protocol| match cdp_codegen::generate(&protocol) {
            Ok(mut files) => Some((protocol, files.remove(LISTING).unwrap_or_default())),
            Err(collisions) => {
                diagnostics.extend(collisions);
                None
            }
        });
    Ok(Side {
        name: name.to_owned(),
        sources: reading.sources,
        diagnostics,
        found,
    })
}
