//! Domains that were chosen to be written as documents.

mod closure;
mod difference;
mod entry;
mod settled;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ir::{Domain, TypeDef, TypeExpr};
use crate::model::Protocol;
use crate::source::Role;
use crate::{Files, UnknownDomain, document, export, statement};
use difference::Measure;
use entry::Entries;

pub use settled::Settled;

/// What is to be written of a protocol.
#[derive(Clone, Debug)]
pub struct Selection {
    domains: Vec<Chosen>,
}

#[derive(Clone, Debug)]
struct Chosen {
    domain: Domain,
    /// As a whole, not just the types that others need.
    whole: bool,
    /// All its types, chosen or not.
    stated: Vec<TypeDef>,
    /// It has a document, and takes its place with all that this says.
    extends: bool,
}

/// What there is to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The documents, by their path below the directory of the documents.
    pub files: Files,
    /// What the base documents say and the protocol does not: no overlay takes it
    /// away. Each is one item or fact: `the command \`DOM.enable\``.
    pub beyond: Vec<String>,
    /// The domains of which the documents say all that was chosen.
    pub complete: Vec<String>,
    /// What the documents lack of the domains that have an overlay already, by domain.
    pub lacking: BTreeMap<String, Vec<String>>,
}

/// What an overlay says and another one does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// The items, members and remarks.
    pub entries: usize,
    /// How many of them have a range.
    pub ranges: usize,
}

impl Selection {
    /// Chooses the named domains, or all of them if none is named. With `closure`
    /// come the types that these reach, in domains of which nothing else is chosen.
    ///
    /// # Errors
    /// When the protocol has no domain of a name.
    pub fn new(
        protocol: &Protocol,
        names: &[String],
        closure: bool,
    ) -> Result<Self, UnknownDomain> {
        export::check_names(protocol, names)?;
        let mut all = statement::domains(protocol);
        let reached = if closure {
            closure::types(&all, names)
        } else {
            BTreeSet::new()
        };
        let mut domains = Vec::new();
        for mut domain in all.drain(..) {
            let name = &domain.head.name.value;
            let whole = names.is_empty() || names.contains(name);
            let stated = domain.types.clone();
            if !whole {
                closure::keep(&mut domain, &reached, names);
            }
            if whole || !domain.types.is_empty() {
                domains.push(Chosen {
                    domain,
                    whole,
                    stated,
                    extends: false,
                });
            }
        }
        Ok(Self { domains })
    }

    /// The domains of which only types were chosen.
    pub fn partial(&self) -> impl Iterator<Item = &str> {
        let partial = self.domains.iter().filter(|chosen| !chosen.whole);
        partial.map(|chosen| chosen.domain.head.name.value.as_str())
    }

    /// What is referred to but was not chosen, by its full name.
    pub fn absent(&self) -> BTreeSet<String> {
        let mut known = BTreeSet::new();
        let mut used = BTreeSet::new();
        for Chosen { domain, .. } in &self.domains {
            let name = &domain.head.name.value;
            let types = domain.types.iter();
            known.extend(types.map(|item| format!("{name}.{}", item.head.name.value)));
            closure::references(domain, &mut |reference| {
                used.insert(reference.to_string());
            });
        }
        used.difference(&known).cloned().collect()
    }

    /// The documents that say it all.
    ///
    /// # Errors
    /// When something cannot be said in a document, or two domains would have the
    /// same one.
    pub fn documents(&self) -> Result<Writing, Vec<Diagnostic>> {
        let mut pages = Pages::default();
        for Chosen { domain, .. } in &self.domains {
            pages.add("", domain, Role::Base);
        }
        pages.finish(Writing::default())
    }

    /// The overlays that say what base documents leave out, with the reason for all
    /// of it, and whole documents of the domains that have no base document.
    ///
    /// # Errors
    /// As [`documents`](Self::documents).
    pub fn overlays(&self, base: &Protocol, reason: &str) -> Result<Writing, Vec<Diagnostic>> {
        self.onto(base, |_| Measure::All, reason)
    }

    /// As [`overlays`](Self::overlays), but onto the base documents together with the
    /// overlays that they have: where there is one, only what neither describes, to be
    /// merged into it.
    ///
    /// # Errors
    /// As [`documents`](Self::documents).
    pub fn additions(&self, overlaid: &Protocol, reason: &str) -> Result<Writing, Vec<Diagnostic>> {
        let domains = overlaid.domains.iter();
        let domains = domains.filter(|domain| domain.documents.len() > 1);
        let laid: BTreeSet<_> = domains.map(|domain| domain.about.name.as_str()).collect();
        let measure = |name: &str| match laid.contains(name) {
            true => Measure::Lacking,
            false => Measure::All,
        };
        self.onto(overlaid, measure, reason)
    }

    fn onto(
        &self,
        known: &Protocol,
        measure: impl Fn(&str) -> Measure,
        reason: &str,
    ) -> Result<Writing, Vec<Diagnostic>> {
        let known = statement::domains(known);
        let known = by_name(&known);
        let mut pages = Pages::default();
        let mut writing = Writing::default();
        for chosen in &self.domains {
            let name = chosen.domain.head.name.value.as_str();
            let base = known.get(name).filter(|_| !chosen.extends);
            let Some(base) = base else {
                pages.add("", &chosen.domain, Role::Base);
                continue;
            };
            let measure = measure(name);
            let found = difference::of(base, &chosen.domain, reason, measure);
            let beyond = found.beyond.into_iter();
            writing.beyond.extend(beyond.filter(|_| chosen.whole));
            let Some(overlay) = found.overlay else {
                writing.complete.push(name.to_owned());
                continue;
            };
            if measure == Measure::Lacking {
                let entries = Entries::of(&overlay).shown;
                writing.lacking.insert(name.to_owned(), entries);
            }
            pages.add("overlay/", &overlay, Role::Overlay);
        }
        pages.finish(writing)
    }
}

impl Lost {
    /// What the documents of a domain have said with an overlay and say no more with
    /// another one.
    pub fn between(old: &Protocol, new: &Protocol, domain: &str) -> Self {
        let (old, new) = (statement::domains(old), statement::domains(new));
        let (Some(old), Some(new)) = (by_name(&old).remove(domain), by_name(&new).remove(domain))
        else {
            return Self::default();
        };
        let overlay = difference::of(new, old, "", Measure::All).overlay;
        let lost = overlay.map(|overlay| Entries::of(&overlay));
        let remarks = entry::remarks(old);
        let remarks = remarks.difference(&entry::remarks(new)).count();
        Self {
            entries: remarks + lost.as_ref().map_or(0, |lost| lost.shown.len()),
            ranges: lost.map_or(0, |lost| lost.ranges),
        }
    }
}

fn by_name(domains: &[Domain]) -> BTreeMap<&str, &Domain> {
    let domains = domains.iter();
    domains
        .map(|domain| (domain.head.name.value.as_str(), domain))
        .collect()
}

/// Documents as they are written.
#[derive(Default)]
struct Pages {
    files: Files,
    problems: Vec<Diagnostic>,
}

impl Pages {
    fn add(&mut self, directory: &str, domain: &Domain, role: Role) {
        let name = &domain.head.name;
        let file = document::file_name(&name.value);
        let path = format!("{directory}{file}");
        let text = document::write(domain, role, &mut self.problems);
        let taken = self.files.insert(path.clone(), text).is_some();
        // It would not be read as a document.
        if taken || file == "readme.md" {
            let message = format!("the domain `{}` cannot have a document", name.value);
            self.problems.push(
                Diagnostic::error("unwritable", name.span, message)
                    .label(format!("the name `{path}` is taken"))
                    .help("leave the domain out"),
            );
        }
    }

    fn finish(self, writing: Writing) -> Result<Writing, Vec<Diagnostic>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Writing {
            files: self.files,
            ..writing
        })
    }
}

/// A type without its arrays.
fn innermost(mut ty: &TypeExpr) -> &TypeExpr {
    while let TypeExpr::Array(Some(item)) = ty {
        ty = item;
    }
    ty
}
