//! What becomes of a selection where there are documents already.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chosen, Selection, closure};
use crate::ir::{Domain, Spanned, TypeDef};
use crate::model::{self, Protocol};
use crate::source::Role;
use crate::{document, statement};

/// How a selection and the documents that are there fit together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The domains that were not named and whose documents state all the types that
    /// are reached.
    pub kept: Vec<String>,
    /// The documents, by their path as in [`Writing`](super::Writing), that are nothing but
    /// types of the protocol, written by an earlier selection: what takes their place says
    /// all that they do.
    pub extended: BTreeSet<String>,
    /// The types that are reached, by their full names, in domains that were not named and
    /// whose documents lack them.
    pub missing: Vec<String>,
}

/// The documents of one domain.
struct Known<'a> {
    base: &'a Domain,
    overlaid: &'a Domain,
    has_overlay: bool,
    /// It is called as it would be if it were written now.
    plainly_named: bool,
}

impl Selection {
    /// Fits the selection to documents: to what the base documents say alone, and to what
    /// they say with their overlays. Of the domains that were not named remain those that
    /// have no document, with all types that are reached; those that extend their
    /// documents; and of all others the types that are missing.
    pub fn settle(&mut self, base: &Protocol, overlaid: &Protocol) -> Settled {
        let (stated, laid) = (statement::domains(base), statement::domains(overlaid));
        let mut known = BTreeMap::new();
        for (about, laid) in overlaid.domains.iter().zip(&laid) {
            let domain = about.about.name.as_str();
            let base = stated.iter().find(|base| base.head.name.value == domain);
            if let Some(base) = base {
                known.insert(domain, Known::new(about, base, laid));
            }
        }
        let mut settled = Settled::default();
        self.domains.retain_mut(|chosen| {
            let known = known.get(chosen.domain.head.name.value.as_str());
            known.is_none_or(|known| settle(chosen, known, &mut settled))
        });
        settled
    }
}

impl<'a> Known<'a> {
    fn new(about: &model::Domain, base: &'a Domain, overlaid: &'a Domain) -> Self {
        let file = document::file_name(&about.about.name);
        let document = about.documents.first();
        let name = document.and_then(|path| path.rsplit('/').next());
        Self {
            base,
            overlaid,
            has_overlay: about.documents.len() > 1,
            plainly_named: name == Some(file.as_str()),
        }
    }

    /// What the document says of its part, if it is nothing but types as they are stated.
    fn part_of(&self, chosen: &Chosen) -> Option<&str> {
        let Domain {
            head,
            dependencies,
            types,
            commands,
            events,
        } = self.base;
        let part = head.coverage.part.as_ref()?;
        closure::joined(&part.value, &part.value)?;
        let only_types = dependencies.is_empty() && commands.is_empty() && events.is_empty();
        let mut same = chosen.domain.clone();
        same.head.coverage = head.coverage.clone();
        same.dependencies.clear();
        same.commands.clear();
        same.events.clear();
        let stated = by_name(&chosen.stated);
        let found = types.iter().map(|item| stated.get(name(item)));
        same.types = found
            .map(|item| item.copied().cloned())
            .collect::<Option<_>>()?;
        let as_stated = written(&same)? == written(self.base)?;
        (self.plainly_named && only_types && as_stated).then_some(&part.value)
    }
}

/// Fits a domain to its documents; whether anything of it remains to be written.
fn settle(chosen: &mut Chosen, known: &Known<'_>, settled: &mut Settled) -> bool {
    let domain = chosen.domain.head.name.value.clone();
    if chosen.whole {
        // What an overlay adds to a part may be there in the whole.
        if !known.has_overlay && known.part_of(chosen).is_some() {
            settled.extended.insert(document::file_name(&domain));
        }
        return true;
    }
    let described = by_name(&known.overlaid.types);
    let types = &mut chosen.domain.types;
    types.retain(|item| !described.contains_key(name(item)));
    if types.is_empty() {
        settled.kept.push(domain);
        return false;
    }
    let also = chosen.domain.head.coverage.part.as_ref();
    let also = also.map_or("", |part| &part.value);
    let part = known.part_of(chosen);
    if let Some(part) = part.and_then(|part| closure::joined(part, also)) {
        chosen.extend(&known.base.types, part);
        settled.extended.insert(document::file_name(&domain));
    } else {
        let types = chosen.domain.types.iter();
        let types = types.map(|item| format!("{domain}.{}", name(item)));
        settled.missing.extend(types);
    }
    true
}

impl Chosen {
    /// Takes the types of a document as well, in the order of the protocol.
    fn extend(&mut self, types: &[TypeDef], part: String) {
        let (known, reached) = (by_name(types), by_name(&self.domain.types));
        let wanted =
            |item: &&TypeDef| known.contains_key(name(item)) || reached.contains_key(name(item));
        let all = self.stated.iter().filter(wanted).cloned().collect();
        self.domain.types = all;
        self.domain.head.coverage.part = Some(Spanned {
            value: part,
            span: self.domain.head.name.span,
        });
        self.extends = true;
    }
}

fn name(item: &TypeDef) -> &str {
    &item.head.name.value
}

fn by_name(types: &[TypeDef]) -> BTreeMap<&str, &TypeDef> {
    types.iter().map(|item| (name(item), item)).collect()
}

/// The document of a domain, if it can have one.
fn written(domain: &Domain) -> Option<String> {
    let mut problems = Vec::new();
    let text = document::write(domain, Role::Base, &mut problems);
    problems.is_empty().then_some(text)
}
