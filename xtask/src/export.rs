//! `cargo xtask export`: the reading as protocol JSON.

use cdp_codegen::{Diagnostic, External, Sources};

use crate::{Error, Place, documents};

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the documents are.
    pub spec: Place,
    /// Leave the overlays out.
    pub base_only: bool,
    /// The domains to export; all if empty.
    pub domains: Vec<String>,
}

/// The JSON and what was found on the way.
#[derive(Debug)]
pub struct Export {
    /// The documents, under the names that messages show.
    pub sources: Sources,
    /// What was found in them.
    pub diagnostics: Vec<Diagnostic>,
    /// The JSON; `None` if any diagnostic is an error.
    pub json: Option<String>,
}

/// Reads the documents and exports the wanted domains. References to domains
/// that no document describes are kept.
///
/// # Errors
/// If the documents cannot be read, or none describes a wanted domain.
pub fn run(request: &Request) -> Result<Export, Error> {
    let inputs = documents::read(&request.spec, !request.base_only)?;
    let mut reading = cdp_codegen::read(inputs, External::Keep);
    reading
        .sources
        .rename(|name| documents::shown(&request.spec, name));
    let json = match &reading.protocol {
        Some(protocol) => Some(cdp_codegen::export(protocol, &request.domains)?),
        None => None,
    };
    Ok(Export {
        sources: reading.sources,
        diagnostics: reading.diagnostics,
        json,
    })
}
