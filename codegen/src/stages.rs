//! The steps of the pipeline one by one, for the bench that measures each of them.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::emit::{self, File, Item};
use crate::model::{DomainId, Protocol};
use crate::name::{self, Names};
use crate::source::{Input, Sources};
use crate::{External, api, block, ir, print, prose, resolve};

/// Texts, line ends and marks normalized.
pub fn sources(inputs: Vec<Input>) -> Sources {
    Sources::new(inputs).0
}

/// Markdown to blocks: how many there are.
pub fn blocks(sources: &Sources) -> usize {
    let blocks = sources
        .iter()
        .map(|(id, source)| block::blocks(id, source).len());
    blocks.sum()
}

/// What the documents say.
pub struct Parsed {
    documents: Vec<ir::Document>,
    diagnostics: Vec<Diagnostic>,
}

/// Blocks to ir, cutting into blocks included.
pub fn parse(sources: &Sources) -> Parsed {
    let mut diagnostics = Vec::new();
    let documents = crate::parse(sources, &mut diagnostics);
    Parsed {
        documents,
        diagnostics,
    }
}

/// Ir to model, and what was found up to here.
pub fn resolve(parsed: Parsed, sources: &Sources) -> (Protocol, Vec<Diagnostic>) {
    let mut diagnostics = parsed.diagnostics;
    let refuse = External::Refuse;
    let protocol = resolve::resolve(parsed.documents, sources, refuse, &mut diagnostics);
    (protocol, diagnostics)
}

/// The names of all that is emitted.
pub struct Named(Names);

/// Names everything.
///
/// # Errors
///
/// When names that differ in the protocol are the same in Rust.
pub fn name(protocol: &Protocol) -> Result<Named, Vec<Diagnostic>> {
    name::names(protocol).map(Named)
}

/// Some items of a file.
pub struct Emitted<'a> {
    file: &'a File<'a>,
    items: Vec<Item>,
}

/// Model to items; each lot is handed to `take`.
pub fn emit(protocol: &Protocol, named: &Named, mut take: impl FnMut(Emitted<'_>)) {
    let links = prose::Links::new(protocol, &named.0);
    let domains = (0..protocol.domains.len()).map(|index| Some(DomainId(index)));
    for domain in std::iter::once(None).chain(domains) {
        let file = emit::file(protocol, &named.0, &links, domain);
        for part in &file.parts {
            let items = part();
            take(Emitted { file: &file, items });
        }
    }
}

/// Items to text and to lines of the API: how many bytes.
pub fn print(emitted: Emitted<'_>) -> usize {
    let listing = api::Listing::new(emitted.file);
    let mut lines = BTreeSet::new();
    let text = print::items(emitted.items, |item| listing.add(item, &mut lines));
    text.len()
}
