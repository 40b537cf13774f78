//! The definitions at the end of a document: each reference has one, each one
//! is used. The label of a reference is its truth; the target is only checked.

use std::collections::HashMap;

use super::link::Names;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ir::{Definition, Document, Generation, QName, Spanned};

/// Checks the definitions of every document.
pub(super) fn check(documents: &[Document], names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    for document in documents {
        if let (Some(generation), Some(definitions)) = (document.generation, &document.definitions)
        {
            check_document(document, generation, definitions, names, diagnostics);
        }
    }
}

fn check_document(
    document: &Document,
    generation: Generation,
    definitions: &[Definition],
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut used: HashMap<&QName, bool> = HashMap::new();
    for definition in definitions {
        check_target(generation, definition, diagnostics);
        check_title(definition, diagnostics);
        let again = used.insert(&definition.label.value, false).is_some();
        // The last generation repeats them with every reference.
        if again && generation != Generation::D {
            let message = format!("a second definition of `{}`", definition.label.value);
            diagnostics.push(
                Diagnostic::warning("duplicate-definition", definition.label.span, message)
                    .label("one is enough")
                    .help("remove this line"),
            );
        }
    }
    let own = names.file_name(document.source);
    for links in &document.back_links {
        for user in &links.users {
            if used.insert(&user.value, true).is_none() {
                diagnostics.push(missing(generation, links.usage.user(), user, own));
            }
        }
    }
    for reference in &document.references {
        match used.get_mut(&reference.value) {
            Some(used) => *used = true,
            // Unknown references are reported as such, and once.
            None if names.is_unknown(&reference.value) => {}
            None => {
                diagnostics.push(missing(generation, "type", reference, own));
                used.insert(&reference.value, true);
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

fn missing(
    generation: Generation,
    kind: &str,
    reference: &Spanned<QName>,
    own: &str,
) -> Diagnostic {
    let name = &reference.value;
    let message = format!("the reference to `{name}` has no definition");
    let (file, anchor) = (file(name), anchor(name));
    let line = match generation {
        Generation::A | Generation::B => format!("[{name}]: {own}#{anchor}"),
        Generation::C => format!("[{name}]: {file}#type-{anchor}--object \"{name}\""),
        Generation::D => format!("[{name}]: {file}#{kind}-{anchor} \"{name}\""),
    };
    Diagnostic::error("missing-definition", reference.span, message)
        .label("expected a definition of this at the end of the document")
        .help(format!("add the line `{line}`"))
}

/// What a target says must be what the label says. In the seed's generation it
/// points into the document itself, even for types of other domains, and says the
/// name without its dot; later ones point to where the item is.
fn check_target(
    generation: Generation,
    definition: &Definition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = &definition.label.value;
    let anchor = anchor(name);
    let Some(target) = &definition.target else {
        return;
    };
    let (found_file, found) = target.value.rsplit_once('#').unwrap_or((&target.value, ""));
    let bare = ["type-", "command-", "event-"]
        .iter()
        .find_map(|kind| found.strip_prefix(kind));
    let in_its_file = || found_file == file(name);
    let fits = match generation {
        Generation::A | Generation::B => {
            let found = found.strip_prefix("type-").unwrap_or(found);
            found == anchor
        }
        Generation::C => {
            let base = found
                .strip_prefix("type-")
                .and_then(|found| found.strip_prefix(anchor.as_str()))
                .and_then(|found| found.strip_prefix("--"));
            base.is_some_and(|base| !base.is_empty()) && in_its_file()
        }
        Generation::D => bare == Some(&anchor) && in_its_file(),
    };
    if !fits {
        let expected = match generation {
            Generation::A | Generation::B => format!("…#{anchor}"),
            Generation::C => format!("{}#type-{anchor}--…", file(name)),
            Generation::D => format!("{}#…-{anchor}", file(name)),
        };
        let message = format!("the definition of `{name}` points elsewhere");
        diagnostics.push(
            Diagnostic::warning("odd-target", target.span, message)
                .label(format!("expected `{expected}`"))
                .help("the label counts; correct the target"),
        );
    }
}

fn check_title(definition: &Definition, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = &definition.title else {
        return;
    };
    let name = definition.label.value.to_string();
    if title.value != name {
        let message = format!("the title of the definition of `{name}` is another");
        diagnostics.push(
            Diagnostic::warning("odd-target", title.span, message)
                .label(format!("expected `\"{name}\"`"))
                .help("the label counts; correct the title"),
        );
    }
}

/// The document that later generations expect a domain in.
fn file(name: &QName) -> String {
    format!("{}.md", name.domain.to_ascii_lowercase())
}

fn anchor(name: &QName) -> String {
    format!("{}{}", name.domain, name.name).to_ascii_lowercase()
}
