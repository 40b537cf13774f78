//! `cargo xtask import`: from a protocol to documents on disk.

mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;

use cdp_codegen::model::Protocol;
use cdp_codegen::{Diagnostic, External, Reading, Selection, Sources, Writing};

use crate::tree::{Change, Plan};
use crate::{Error, Place, apply, documents, protocol, tree};

pub(crate) use text::text;

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the protocol is.
    pub source: OsString,
    /// Where the documents go.
    pub spec: Place,
    /// The domains to import; all if empty.
    pub domains: Vec<String>,
    /// Take the types that these reach as well.
    pub closure: bool,
    /// What to do with documents that are there.
    pub mode: Mode,
    /// Why an overlay says what it says; the name of the source if nothing is
    /// given.
    pub reason: Option<String>,
}

/// What to do with documents that are there and say something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Write what they leave out as an overlay.
    pub overlay: bool,
    /// Replace the files that are to be written, whatever they hold.
    pub replace: bool,
}

/// What came of an import.
#[derive(Debug)]
pub struct Import {
    /// What was read, under the names that messages show.
    pub sources: Sources,
    /// What was found in it.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written; `None` if any diagnostic is an error.
    pub written: Option<Written>,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The files, and what became of them.
    pub plan: Plan,
    /// What the base documents say and the source does not.
    pub beyond: Vec<String>,
    /// The domains of which only types were taken.
    pub partial: Vec<String>,
    /// What is referred to and has no document, neither now nor before.
    pub absent: Vec<String>,
}

/// Reads a protocol and writes documents.
///
/// # Errors
/// If the source gives no protocol, if it has no domain of a name, if documents are
/// there that say something else, or if the system refuses. Nothing is written then
/// that was not written as a whole.
pub fn run(request: &Request) -> Result<Import, Error> {
    let mut reading = cdp_codegen::read(protocol::read(&request.source)?, External::Keep);
    // What is missing in the end is told once, with all that is.
    reading
        .diagnostics
        .retain(|finding| finding.code != "external-reference");
    let Some(stated) = reading.protocol.take() else {
        return Ok(Import::refused(reading));
    };
    let selection = Selection::new(&stated, &request.domains, request.closure)?;
    let mut existing = existing(&request.spec)?;
    let base = existing.protocol.take();
    let writing = match (request.mode.overlay, &base) {
        (false, _) => selection.documents(),
        (true, Some(base)) => selection.overlays(base, &request.reason()),
        // They stand in the way.
        (true, None) => return Ok(Import::refused(existing)),
    };
    let writing = match writing {
        Ok(writing) => writing,
        Err(problems) => {
            reading.diagnostics.extend(problems);
            return Ok(Import::refused(reading));
        }
    };
    let written = write(request, &selection, writing, &base.unwrap_or_default())?;
    Ok(Import {
        written: Some(written),
        ..Import::refused(reading)
    })
}

impl Request {
    /// The reason of an overlay.
    fn reason(&self) -> String {
        let name = protocol::name(&self.source);
        let told = self.reason.clone();
        told.unwrap_or_else(|| format!("As in the protocol definition of {name}."))
    }
}

impl Import {
    fn refused(reading: Reading) -> Self {
        Self {
            sources: reading.sources,
            diagnostics: reading.diagnostics,
            written: None,
        }
    }
}

/// The base documents that are there.
fn existing(spec: &Place) -> Result<Reading, Error> {
    let inputs = match fs::metadata(spec.path("")) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Vec::new(),
        _ => match documents::read(spec, false) {
            Err(Error::NoDocuments(_)) => Vec::new(),
            inputs => inputs?,
        },
    };
    let mut reading = cdp_codegen::read(inputs, External::Keep);
    reading.sources.rename(|name| documents::shown(spec, name));
    Ok(reading)
}

fn write(
    request: &Request,
    selection: &Selection,
    writing: Writing,
    known: &Protocol,
) -> Result<Written, Error> {
    let Writing { files, beyond } = writing;
    let disk = tree::scan_beside(&request.spec, &files)?;
    let plan = tree::plan(disk, files, &request.spec)?;
    let other = |(path, change): (&String, &Change)| match change {
        Change::Update { .. } => Some(request.spec.show(path)),
        Change::Create { .. } | Change::Remove { .. } => None,
    };
    let others: Vec<_> = plan.changes.iter().filter_map(other).collect();
    if !others.is_empty() && !request.mode.replace {
        let overlay = !request.mode.overlay;
        return Err(Error::OtherDocuments { others, overlay });
    }
    apply::apply(&plan, &request.spec, &mut |_| Ok(()))?;
    let described = types(known);
    let absent = selection.absent().into_iter();
    Ok(Written {
        plan,
        beyond,
        partial: selection.partial().map(str::to_owned).collect(),
        absent: absent.filter(|name| !described.contains(name)).collect(),
    })
}

/// The types of a protocol by their full names.
fn types(protocol: &Protocol) -> BTreeSet<String> {
    let types = protocol.types.iter();
    types
        .map(|item| {
            let domain = &protocol.domain(item.domain).about.name;
            format!("{domain}.{}", item.about.name)
        })
        .collect()
}

/// The absent types by their domains.
fn by_domain(absent: &[String]) -> BTreeMap<&str, Vec<&str>> {
    let mut domains: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in absent {
        let domain = name.split('.').next().unwrap_or(name);
        domains.entry(domain).or_default().push(name);
    }
    domains
}
