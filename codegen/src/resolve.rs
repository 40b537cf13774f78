//! ir to model: one pass a file, and the list of them.

mod back_links;
mod definitions;
mod direction;
mod duplicates;
mod link;
mod recursion;

use std::collections::HashSet;

use crate::External;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ir::{Document, Domain, Spanned};
use crate::model::Protocol;
use crate::overlay;
use crate::source::{Role, SourceId, Sources, Span};

/// Makes the model. It is complete even where diagnostics say that it is wrong:
/// the caller looks at them before it uses it.
pub(crate) fn resolve(
    documents: Vec<Document>,
    sources: &Sources,
    external: External,
    diagnostics: &mut Vec<Diagnostic>,
) -> Protocol {
    duplicates::check(&documents, sources, diagnostics);
    let names = link::Names::of(&documents, sources);
    definitions::check(&documents, &names, diagnostics);
    back_links::check(&documents, diagnostics);
    let domains = lay_overlays(documents, sources, diagnostics);
    let (mut protocol, required) = link::link(domains, &names, external, diagnostics);
    recursion::box_members(&mut protocol, &required, diagnostics);
    direction::find(&mut protocol);
    protocol
}

/// A domain and the documents that it was read from.
struct Described {
    domain: Domain,
    documents: Vec<String>,
    /// The base document could not be read as a whole.
    damaged: bool,
}

/// One domain per name, ordered by name, each with its overlay applied.
fn lay_overlays(
    documents: Vec<Document>,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Described> {
    let errors = diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let damaged: HashSet<SourceId> = errors.map(|finding| finding.primary.span.source).collect();
    let mut described = std::collections::BTreeMap::<String, Described>::new();
    for document in documents {
        let Some(domain) = document.domain else {
            continue;
        };
        let source = sources.get(document.source);
        let name = domain.head.name.clone();
        match (source.role, described.get_mut(&name.value)) {
            (Role::Base | Role::Json | Role::Pdl, None) => {
                let described_by = Described {
                    domain,
                    documents: vec![source.name.clone()],
                    damaged: damaged.contains(&document.source),
                };
                described.insert(name.value, described_by);
            }
            (Role::Overlay, Some(base)) => {
                base.documents.push(source.name.clone());
                overlay::apply(&mut base.domain, domain, base.damaged, diagnostics);
            }
            (Role::Overlay, None) => diagnostics.push(no_base(&name)),
            // A duplicate, and reported as one.
            (Role::Base | Role::Json | Role::Pdl, Some(_)) => {}
        }
    }
    described.into_values().collect()
}

fn no_base(name: &Spanned<String>) -> Diagnostic {
    let message = format!(
        "an overlay for the domain `{}`, which no document describes",
        name.value
    );
    Diagnostic::error("stale-overlay", name.span, message)
        .label("expected the name of a domain that has a base document")
        .help("correct the name, or remove the overlay")
}

/// Reports the second of two.
fn duplicate(code: &'static str, what: &str, name: &Spanned<String>, first: Span) -> Diagnostic {
    let shown = crate::parse::shown(&name.value);
    Diagnostic::error(code, name.span, format!("a second {what} `{shown}`"))
        .label("stated again here")
        .also(first, "first stated here")
        .help("remove one of them, or correct its name")
}
