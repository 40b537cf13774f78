//! What a document, or the run, states twice.

use std::collections::HashMap;

use super::duplicate;
use crate::diagnostic::Diagnostic;
use crate::ir::{Document, Domain, Head, Member, Spanned};
use crate::source::{Role, Sources, Span};

/// Reports domains stated by two documents of a role, and items, members and
/// literals stated twice in one document.
pub(super) fn check(documents: &[Document], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let mut bases = Seen::new("duplicate-domain", "domain");
    let mut overlays = Seen::new("duplicate-domain", "overlay of the domain");
    for document in documents {
        let Some(domain) = &document.domain else {
            continue;
        };
        let seen = match sources.get(document.source).role {
            Role::Base | Role::Json | Role::Pdl => &mut bases,
            Role::Overlay => &mut overlays,
        };
        seen.name(&domain.head.name, diagnostics);
        check_domain(domain, diagnostics);
    }
}

fn check_domain(domain: &Domain, diagnostics: &mut Vec<Diagnostic>) {
    heads(
        "duplicate-type",
        "type",
        domain.types.iter().map(|item| &item.head),
        diagnostics,
    );
    heads(
        "duplicate-command",
        "command",
        domain.commands.iter().map(|item| &item.head),
        diagnostics,
    );
    heads(
        "duplicate-event",
        "event",
        domain.events.iter().map(|item| &item.head),
        diagnostics,
    );
    words(
        "duplicate-dependency",
        "dependency",
        &domain.dependencies,
        diagnostics,
    );
    for item in &domain.types {
        members("property", &item.properties, diagnostics);
        words("duplicate-literal", "literal", &item.literals, diagnostics);
    }
    for item in &domain.commands {
        members("parameter", &item.parameters, diagnostics);
        members("return", &item.returns, diagnostics);
    }
    for item in &domain.events {
        members("parameter", &item.parameters, diagnostics);
    }
}

fn members(what: &'static str, members: &[Member], diagnostics: &mut Vec<Diagnostic>) {
    heads(
        "duplicate-member",
        what,
        members.iter().map(|member| &member.head),
        diagnostics,
    );
    for member in members {
        words(
            "duplicate-literal",
            "literal",
            &member.literals,
            diagnostics,
        );
    }
}

fn heads<'a>(
    code: &'static str,
    what: &'static str,
    heads: impl Iterator<Item = &'a Head>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen = Seen::new(code, what);
    for head in heads {
        seen.name(&head.name, diagnostics);
    }
}

fn words(
    code: &'static str,
    what: &'static str,
    words: &[Spanned<String>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen = Seen::new(code, what);
    for word in words {
        seen.name(word, diagnostics);
    }
}

/// The names of one scope, and where each was first stated.
struct Seen<'a> {
    code: &'static str,
    what: &'static str,
    first: HashMap<&'a str, Span>,
}

impl<'a> Seen<'a> {
    fn new(code: &'static str, what: &'static str) -> Self {
        Self {
            code,
            what,
            first: HashMap::new(),
        }
    }

    fn name(&mut self, name: &'a Spanned<String>, diagnostics: &mut Vec<Diagnostic>) {
        match self.first.get(name.value.as_str()) {
            Some(&first) => diagnostics.push(duplicate(self.code, self.what, name, first)),
            None => {
                self.first.insert(&name.value, name.span);
            }
        }
    }
}
