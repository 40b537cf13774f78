//! `cargo xtask import`: from a protocol to documents on disk.

mod existing;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use cdp_codegen::model::Protocol;
use cdp_codegen::{Diagnostic, External, Files, Reading, Selection, Settled, Sources, Writing};

use crate::protocol::SourceError;
use crate::tree::{Change, Plan};
use crate::{Error, Place, apply, protocol, tree};
use existing::Existing;

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
    /// Why an overlay says what it says; what the source is called if nothing is
    /// given.
    pub reason: Option<String>,
}

/// What to do with documents that are there and say something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Write what they leave out as an overlay.
    pub overlay: bool,
    /// Replace the files that are to be written, whatever they hold; of domains that
    /// were not named, none.
    pub replace: bool,
    /// Write nothing: the documents are to be looked at, and merged by hand.
    pub print: bool,
}

/// What came of an import.
#[derive(Debug)]
pub struct Import {
    /// What was read, under the names that messages show.
    pub sources: Sources,
    /// What was found in it.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written, or would be; `None` if any diagnostic is an error.
    pub written: Option<Written>,
}

/// What was written, or would be.
#[derive(Debug)]
pub struct Written {
    /// The files by their path below the directory of the documents.
    pub files: Files,
    /// What became of the files.
    pub plan: Plan,
    /// The documents that say all that was wanted, as messages name them.
    pub kept: Vec<String>,
    /// What the base documents say and the source does not.
    pub beyond: Vec<String>,
    /// The domains of which only types were taken.
    pub partial: Vec<String>,
    /// What is referred to and has no document, neither now nor before.
    pub absent: Vec<String>,
    /// The overlays that were replaced, as messages name them, and what they have said.
    pub lost: Vec<(String, cdp_codegen::Lost)>,
}

/// Reads a protocol and writes documents.
///
/// # Errors
/// If the source gives no protocol, if it has no domain of a name, if documents are
/// there that say something else or lack what is needed, or if the system refuses. Nothing
/// is written then that was not written as a whole.
pub fn run(request: &Request) -> Result<Import, Error> {
    let mut reading = cdp_codegen::read(protocol::read(&request.source)?, External::Keep);
    // What is missing in the end is told once, with all that is.
    reading
        .diagnostics
        .retain(|finding| finding.code != "external-reference");
    let Some(stated) = reading.protocol.take() else {
        return Ok(Import::refused(reading));
    };
    let selection = Selection::new(&stated, &request.domains, request.closure);
    let mut selection = selection.map_err(|unknown| no_domain(request, &stated, unknown))?;
    let existing = match Existing::read(&request.spec)? {
        Ok(existing) => existing,
        // They stand in the way.
        Err(broken) if request.closure || request.mode.overlay => {
            return Ok(Import::refused(broken));
        }
        Err(_) => Existing::default(),
    };
    let settled = selection.settle(&existing.base, &existing.overlaid);
    let writing = match request.mode {
        Mode { overlay: false, .. } => selection.documents(),
        Mode { replace: true, .. } => selection.overlays(&existing.base, &reason(request)),
        _ => selection.additions(&existing.overlaid, &reason(request)),
    };
    let writing = match writing {
        Ok(writing) => writing,
        Err(problems) => {
            reading.diagnostics.extend(problems);
            return Ok(Import::refused(reading));
        }
    };
    let written = write(request, &selection, &settled, writing, &existing)?;
    Ok(Import {
        written: Some(written),
        ..Import::refused(reading)
    })
}

/// The reason of an overlay.
fn reason(request: &Request) -> String {
    let told = request.reason.clone();
    told.unwrap_or_else(|| {
        let name = protocol::product(&request.source);
        let name = name.unwrap_or_else(|| protocol::name(&request.source));
        format!("As in the protocol definition of {name}.")
    })
}

/// The source has no domain of a name.
fn no_domain(request: &Request, stated: &Protocol, unknown: cdp_codegen::UnknownDomain) -> Error {
    let domains = stated.domains.iter();
    let error = SourceError::NoDomain {
        origin: protocol::name(&request.source),
        name: unknown.name,
        nearest: unknown.nearest,
        has: domains.map(|domain| domain.about.name.clone()).collect(),
    };
    error.into()
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

fn write(
    request: &Request,
    selection: &Selection,
    settled: &Settled,
    writing: Writing,
    existing: &Existing,
) -> Result<Written, Error> {
    let Request { spec, mode, .. } = request;
    let absent = absent(selection, existing);
    if !mode.print {
        check_missing(request, settled, &absent, existing)?;
        check_lacking(request, &writing, existing)?;
    }
    let disk = tree::scan_beside(spec, &writing.files)?;
    let plan = tree::plan(disk, writing.files.clone(), spec)?;
    let mut lost = Vec::new();
    if !mode.print {
        check_others(request, settled, &plan)?;
        lost = existing.lost(spec, &plan)?;
        apply::apply(&plan, spec, &mut |_| Ok(()))?;
    }
    let kept = settled.kept.iter().chain(&writing.complete);
    let kept: BTreeSet<_> = kept
        .flat_map(|domain| existing.documents(spec, domain))
        .collect();
    Ok(Written {
        files: writing.files,
        plan,
        kept: kept.into_iter().collect(),
        beyond: writing.beyond,
        partial: selection.partial().map(str::to_owned).collect(),
        absent: absent.into_iter().collect(),
        lost,
    })
}

/// What is referred to, neither chosen nor described.
fn absent(selection: &Selection, existing: &Existing) -> BTreeSet<String> {
    let described = existing.types();
    let absent = selection.absent().into_iter();
    absent.filter(|name| !described.contains(name)).collect()
}

/// No document is to refer to what another one should state and does not.
fn check_missing(
    request: &Request,
    settled: &Settled,
    absent: &BTreeSet<String>,
    existing: &Existing,
) -> Result<(), Error> {
    let absent = absent.iter();
    let known = absent.filter(|name| existing.overlaid_domain(domain_of(name)).is_some());
    // An overlay adds them, unless it took the place of another that nobody named.
    let Mode {
        overlay, replace, ..
    } = request.mode;
    let adds = |domain| {
        let has_overlay = existing.documents(&request.spec, domain).len() > 1;
        overlay && !(replace && has_overlay)
    };
    let reached = settled.missing.iter();
    let reached = reached.filter(|name| !adds(domain_of(name)));
    let missing: BTreeSet<String> = known.chain(reached).cloned().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.into_iter().collect();
    let domains = by_domain(&names).into_iter();
    let missing = domains.map(|(domain, names)| {
        let document = existing.documents(&request.spec, domain).into_iter().next();
        let names = names.into_iter().map(str::to_owned).collect();
        (document.unwrap_or_default(), names)
    });
    Err(Error::MissingTypes {
        missing: missing.collect(),
        closure: request.closure,
    })
}

/// An overlay that is there is somebody's work.
fn check_lacking(request: &Request, writing: &Writing, existing: &Existing) -> Result<(), Error> {
    if writing.lacking.is_empty() {
        return Ok(());
    }
    let lacking = writing.lacking.iter().map(|(domain, entries)| {
        let document = existing.documents(&request.spec, domain).pop();
        (document.unwrap_or_default(), entries.clone())
    });
    Err(Error::OverlayLacks(lacking.collect()))
}

/// So is a document, unless the new one says all that it does.
fn check_others(request: &Request, settled: &Settled, plan: &Plan) -> Result<(), Error> {
    let other = |(path, change): (&String, &Change)| match change {
        Change::Update { .. } if !settled.extended.contains(path) => Some(request.spec.show(path)),
        Change::Update { .. } | Change::Create { .. } | Change::Remove { .. } => None,
    };
    let others: Vec<_> = plan.changes.iter().filter_map(other).collect();
    if others.is_empty() || request.mode.replace {
        return Ok(());
    }
    let overlay = !request.mode.overlay;
    Err(Error::OtherDocuments { others, overlay })
}

/// The domain of a full name.
fn domain_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The absent types by their domains.
fn by_domain(absent: &[String]) -> BTreeMap<&str, Vec<&str>> {
    let mut domains: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in absent {
        domains.entry(domain_of(name)).or_default().push(name);
    }
    domains
}
