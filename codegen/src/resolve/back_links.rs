//! Back-links: documents of the last generation say of each type where it is
//! used. That follows from the other documents, so it is held against them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ir::{Document, Domain, Generation, Member, QName, TypeExpr, Usage};

/// Warns of back-links that are false, or missing. What a document would have to
/// say that is not there is unknown.
pub(super) fn check(documents: &[Document], diagnostics: &mut Vec<Diagnostic>) {
    let audited = |document: &&Document| document.generation == Some(Generation::D);
    if !documents.iter().any(|document| audited(&document)) {
        return;
    }
    let uses = Uses::of(documents);
    for document in documents.iter().filter(audited) {
        check_document(document, &uses, diagnostics);
    }
}

/// What uses each type, and how.
#[derive(Default)]
struct Uses {
    users: BTreeMap<(QName, Usage), BTreeSet<QName>>,
    domains: BTreeSet<String>,
}

impl Uses {
    fn of(documents: &[Document]) -> Self {
        let mut uses = Self::default();
        for document in documents {
            if let Some(domain) = &document.domain {
                uses.domains.insert(domain.head.name.value.clone());
                uses.add(domain);
            }
        }
        uses
    }

    fn add(&mut self, domain: &Domain) {
        for item in &domain.types {
            self.members(
                domain,
                &item.head.name.value,
                Usage::Property,
                &item.properties,
            );
        }
        for item in &domain.commands {
            let name = &item.head.name.value;
            self.members(domain, name, Usage::Parameter, &item.parameters);
            self.members(domain, name, Usage::Return, &item.returns);
        }
        for item in &domain.events {
            self.members(
                domain,
                &item.head.name.value,
                Usage::Event,
                &item.parameters,
            );
        }
    }

    fn members(&mut self, domain: &Domain, user: &str, usage: Usage, members: &[Member]) {
        for member in members {
            let mut ty = &member.ty.value;
            while let TypeExpr::Array(Some(item)) = ty {
                ty = item;
            }
            if let TypeExpr::Ref(name) = ty {
                let user = QName {
                    domain: domain.head.name.value.clone(),
                    name: user.to_owned(),
                };
                let users = self.users.entry((name.clone(), usage)).or_default();
                users.insert(user);
            }
        }
    }
}

fn check_document(document: &Document, uses: &Uses, diagnostics: &mut Vec<Diagnostic>) {
    let Some(domain) = &document.domain else {
        return;
    };
    let nothing = BTreeSet::new();
    let mut links_of = BTreeMap::new();
    for links in &document.back_links {
        // The second of two is reported as a section or a type that stands twice.
        links_of.entry((&links.name, links.usage)).or_insert(links);
    }
    for item in &domain.types {
        let name = QName {
            domain: domain.head.name.value.clone(),
            name: item.head.name.value.clone(),
        };
        for usage in Usage::ALL {
            let links = links_of.get(&(&name, usage)).copied();
            let key = (name.clone(), usage);
            let users = uses.users.get(&key).unwrap_or(&nothing);
            let mut stated = BTreeSet::new();
            for user in links.iter().flat_map(|links| &links.users) {
                stated.insert(&user.value);
                let known = uses.domains.contains(&user.value.domain);
                if known && !users.contains(&user.value) {
                    let message = format!("`{}` does not use `{name}` so", user.value);
                    diagnostics.push(
                        Diagnostic::warning("false-back-link", user.span, message)
                            .label(format!("this is no `*{}*`", usage.label()))
                            .help("the document of the user counts; remove this line"),
                    );
                }
            }
            let missing = users.iter().filter(|user| !stated.contains(user));
            for user in missing {
                let span = links.map_or(item.head.name.span, |links| links.span);
                let label = usage.label();
                diagnostics.push(
                    Diagnostic::warning(
                        "missing-back-link",
                        span,
                        format!("`{user}` uses `{name}`, which is not said here"),
                    )
                    .label(format!("expected `- [{user}]` in `*{label}*`"))
                    .help("the document of the user counts; add the line"),
                );
            }
        }
    }
}
