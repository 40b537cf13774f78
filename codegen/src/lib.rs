//! Reads Chrome DevTools Protocol domain documents and emits Rust bindings.
//!
//! The way of the data, one direction, a module per step:
//!
//! ```text
//! documents -> block -> parse -> ir -> overlay, resolve -> model -> name, emit -> print -> files
//!                                                                `-> export -> JSON
//!
//! model -> statement -> ir -> selection -> document -> documents
//! model, model -> compare -> what differs     API, API -> change -> what it means
//! ```
//!
//! # Invariants
//!
//! - Only `block` knows markdown. Nothing in this crate does IO, looks at a clock
//!   or at the environment: bytes in, texts out.
//! - Reading never fails and never panics: it returns what it understood plus
//!   diagnostics, all of them at once. Any error means that there is no
//!   [`Protocol`](model::Protocol), so nothing can be emitted from a wrong document.
//! - Nothing is dropped silently: every line of a document is a fact, part of a
//!   text, or a diagnostic.
//! - `emit` holds no name of any protocol item: special cases are facts in the
//!   documents or their overlays.
//! - A text of a document becomes an identifier only after validation, and
//!   otherwise only ever a literal.
//! - Equal documents give equal bytes, whatever their order, their line ends
//!   (CRLF) and marks (BOM).
mod api;
mod block;
mod change;
mod compare;
mod definition;
mod diagnostic;
mod document;
mod emit;
mod export;
mod fact;
#[cfg(test)]
mod fixture;
mod invisible;
mod ir;
mod json;
pub mod model;
mod name;
mod overlay;
mod parallel;
mod parse;
mod pdl;
mod print;
mod prose;
mod range;
mod resolve;
#[cfg(test)]
mod scratch;
mod selection;
mod source;
#[doc(hidden)]
pub mod stages;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

pub use change::{ApiChange, ApiChanges, Class, items};
pub use compare::{Change, Difference, ItemKind, MemberKind, Path, Side, compare, definable};
pub use diagnostic::{Diagnostic, Label, Severity, Style};
pub use export::UnknownDomain;
pub use fact::{Fact, Facts};
pub use range::{Bounds, Sides};
pub use selection::{Lost, Selection, Settled, Writing};
pub use source::{Input, Role, Source, SourceId, Sources, Span};

/// What to do with a reference to a domain that no document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum External {
    /// It is an error.
    Refuse,
    /// It is kept by name, with a warning.
    Keep,
}

/// The outcome of reading: the documents, what is wrong with them, and the
/// protocol if nothing is.
#[derive(Debug)]
pub struct Reading {
    /// The documents, for rendering diagnostics.
    pub sources: Sources,
    /// Everything found, ordered by place.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` if any diagnostic is an error.
    pub protocol: Option<model::Protocol>,
}

/// Reads documents: base documents and the overlays onto them, in any order.
pub fn read(inputs: Vec<Input>, external: External) -> Reading {
    let (sources, mut diagnostics) = Sources::new(inputs);
    let documents = parse(&sources, &mut diagnostics);
    let protocol = resolve::resolve(documents, &sources, external, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.span, diagnostic.severity));
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    Reading {
        sources,
        diagnostics,
        protocol: (!failed).then_some(protocol),
    }
}

/// The files that a PDL file includes, as it names them: the paths are whatever
/// the file says. [`read`] is to be given them as inputs of their own.
pub fn includes(text: &str) -> impl Iterator<Item = &str> {
    pdl::includes(text)
}

fn parse(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<ir::Document> {
    let documents = sources.iter().flat_map(|(id, source)| match source.role {
        Role::Json => json::parse(id, source, diagnostics),
        Role::Pdl => pdl::parse(id, source, diagnostics),
        Role::Base | Role::Overlay => vec![parse::parse(id, source, diagnostics)],
    });
    documents.collect()
}

/// Files to write, by their path below the crate: `src/protocol/mod.rs`. Paths
/// use `/` and are made of validated names only.
pub type Files = BTreeMap<String, String>;

/// The file that lists the public API of the others, a line per public item.
pub const LISTING: &str = "api.txt";

/// The file that holds the protocol itself, as [`export()`] writes it.
pub const PROTOCOL: &str = "protocol.json";

/// Emits bindings. A reference that [`External::Keep`] kept becomes raw JSON.
///
/// # Errors
///
/// When names that differ in the protocol are the same in Rust.
pub fn generate(protocol: &model::Protocol) -> Result<Files, Vec<Diagnostic>> {
    let names = name::names(protocol)?;
    let links = prose::Links::new(protocol, &names);
    let domains = (0..protocol.domains.len()).map(|index| Some(model::DomainId(index)));
    let emitted: Vec<_> = std::iter::once(None)
        .chain(domains)
        .map(|domain| emit::file(protocol, &names, &links, domain))
        .collect();
    let shares: Vec<_> = emitted
        .iter()
        .flat_map(|file| file.parts.chunks(SHARE).map(move |parts| (file, parts)))
        .collect();
    let printed = parallel::map(&shares, |&(file, parts)| {
        let listing = api::Listing::new(file);
        let mut lines = BTreeSet::new();
        let text = print::items(parts.iter().flat_map(|part| part()), |item| {
            listing.add(item, &mut lines)
        });
        (print::path(file), lines, text)
    });
    let heads = emitted
        .iter()
        .map(|file| (print::path(file), print::head(file)));
    let mut files: Files = heads.collect();
    let mut lines = Vec::new();
    for (path, api, text) in printed {
        files.entry(path).or_default().push_str(&text);
        lines.push(api);
    }
    files.insert(LISTING.to_owned(), api::list(lines.into_iter()));
    files.insert(PROTOCOL.to_owned(), export::all(protocol));
    Ok(files)
}

/// So many types, commands or events are the share of a thread at a time.
const SHARE: usize = 8;

/// The protocol as standard CDP protocol JSON, with a final newline; only the
/// named domains, or all when none is named.
///
/// # Errors
///
/// When no document describes a named domain.
pub fn export(protocol: &model::Protocol, domains: &[String]) -> Result<String, UnknownDomain> {
    export::export(protocol, domains)
}

#[cfg(test)]
mod tests;
