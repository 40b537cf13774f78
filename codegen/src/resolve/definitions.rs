//! The definitions at the end of a document: each reference has one, each one
//! is used. The label of a reference is its truth; the target is only checked.

use std::collections::HashMap;

use super::link::Names;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ir::{Definition, Document, QName};

/// Checks the definitions of every document.
pub(super) fn check(documents: &[Document], names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    for document in documents {
        check_document(document, names, diagnostics);
    }
}

fn check_document(document: &Document, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    let Some(definitions) = &document.definitions else {
        return;
    };
    let mut used: HashMap<&QName, bool> = HashMap::new();
    for definition in definitions {
        check_target(definition, diagnostics);
        let again = used.insert(&definition.label.value, false).is_some();
        if again {
            let message = format!("a second definition of `{}`", definition.label.value);
            diagnostics.push(
                Diagnostic::warning("duplicate-definition", definition.label.span, message)
                    .label("one is enough")
                    .help("remove this line"),
            );
        }
    }
    for reference in &document.references {
        match used.get_mut(&reference.value) {
            Some(used) => *used = true,
            // Unknown references are reported as such, and once.
            None if names.is_unknown(&reference.value) => {}
            None => {
                let name = &reference.value;
                let message = format!("the reference to `{name}` has no definition");
                let own = names.file_name(document.source);
                let anchor = anchor(name);
                diagnostics.push(
                    Diagnostic::error("missing-definition", reference.span, message)
                        .label("expected a definition of this at the end of the document")
                        .help(format!("add the line `[{name}]: {own}#{anchor}`")),
                );
                used.insert(name, true);
            }
        }
    }
    // What seems unused may be what a damaged reference was meant to use.
    let damaged = diagnostics.iter().any(|finding| {
        finding.severity == Severity::Error && finding.primary.span.source == document.source
    });
    if damaged
        || document
            .references
            .iter()
            .any(|reference| names.is_unknown(&reference.value))
    {
        return;
    }
    for definition in definitions {
        if used.insert(&definition.label.value, true) == Some(false) {
            let message = format!("nothing refers to `{}`", definition.label.value);
            diagnostics.push(
                Diagnostic::warning("unused-definition", definition.label.span, message)
                    .label("a definition that nothing uses")
                    .help("remove this line"),
            );
        }
    }
}

/// Targets point into the document itself, even for types of other domains,
/// and say the name without its dot. What they say must be what the label says.
fn check_target(definition: &Definition, diagnostics: &mut Vec<Diagnostic>) {
    let expected = anchor(&definition.label.value);
    let Some(target) = &definition.target else {
        return;
    };
    let found = target.value.rsplit_once('#').map(|(_, anchor)| anchor);
    let found = found.map(|anchor| anchor.strip_prefix("type-").unwrap_or(anchor));
    if found != Some(&expected) {
        let message = format!(
            "the definition of `{}` points elsewhere",
            definition.label.value
        );
        diagnostics.push(
            Diagnostic::warning("odd-target", target.span, message)
                .label(format!("expected `…#{expected}`"))
                .help("the label counts; correct the target"),
        );
    }
}

fn anchor(name: &QName) -> String {
    format!("{}{}", name.domain, name.name).to_ascii_lowercase()
}
