//! Domains that were chosen to be written as documents.

mod closure;
mod difference;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ir::{Domain, TypeExpr};
use crate::model::Protocol;
use crate::source::Role;
use crate::{Files, UnknownDomain, document, export, statement};

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
}

/// What there is to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The documents, by their path below the directory of the documents.
    pub files: Files,
    /// What the base documents say and the protocol does not: no overlay takes it
    /// away. Each is one item or fact: `the command \`DOM.enable\``.
    pub beyond: Vec<String>,
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
            if !whole {
                closure::keep(&mut domain, &reached, names);
            }
            if whole || !domain.types.is_empty() {
                domains.push(Chosen { domain, whole });
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
        pages.finish(Vec::new())
    }

    /// The overlays that say what base documents leave out, with the reason for all
    /// of it, and whole documents of the domains that have no base document.
    ///
    /// # Errors
    /// As [`documents`](Self::documents).
    pub fn overlays(&self, base: &Protocol, reason: &str) -> Result<Writing, Vec<Diagnostic>> {
        let base = statement::domains(base);
        let base: BTreeMap<_, _> = base
            .iter()
            .map(|domain| (domain.head.name.value.as_str(), domain))
            .collect();
        let mut pages = Pages::default();
        let mut beyond = Vec::new();
        for Chosen { domain, whole } in &self.domains {
            let Some(base) = base.get(domain.head.name.value.as_str()) else {
                pages.add("", domain, Role::Base);
                continue;
            };
            let found = difference::of(base, domain, reason);
            beyond.extend(found.beyond.into_iter().filter(|_| *whole));
            if let Some(overlay) = found.overlay {
                pages.add("overlay/", &overlay, Role::Overlay);
            }
        }
        pages.finish(beyond)
    }
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

    fn finish(self, beyond: Vec<String>) -> Result<Writing, Vec<Diagnostic>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Writing {
            files: self.files,
            beyond,
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
