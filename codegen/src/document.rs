//! ir to documents: the dialect as it is to be written, in the order that its
//! grammar recommends.
//!
//! What a document cannot hold is reported, and nothing is changed so that it fits.

mod text;
mod word;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::ir::{
    Command, Coverage, Domain, Event, Head, Intent, Member, QName, Spanned, TypeDef, TypeExpr,
};
use crate::name::is_device;
use crate::source::{Role, Span};
use text::Place;

/// Properties are indented by convention, parameters and returns are not.
const PROPERTIES: usize = 2;

/// Writes a domain as a document of a role.
pub(crate) fn write(domain: &Domain, role: Role, problems: &mut Vec<Diagnostic>) -> String {
    let mut page = Page {
        role,
        domain: &domain.head.name.value,
        out: String::new(),
        references: Vec::new(),
        known: BTreeSet::new(),
        problems,
    };
    page.domain(domain);
    page.definitions();
    page.out
}

/// The name of the document of a domain.
pub(crate) fn file_name(domain: &str) -> String {
    let name = domain.to_ascii_lowercase();
    let mark = if is_device(&name) { "_" } else { "" };
    format!("{name}{mark}.md")
}

struct Page<'a> {
    role: Role,
    domain: &'a str,
    out: String,
    /// What was referred to, in order of first use.
    references: Vec<QName>,
    known: BTreeSet<QName>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out += line;
        self.out.push('\n');
    }

    fn domain(&mut self, domain: &Domain) {
        self.heading(format!("### domain: {}", self.domain), &domain.head);
        self.list("dependencies", &domain.dependencies, 0);
        for item in &domain.types {
            self.type_def(item);
        }
        for item in &domain.commands {
            self.command(item);
        }
        for item in &domain.events {
            self.event(item);
        }
    }

    fn type_def(&mut self, item: &TypeDef) {
        let base = match &item.base.value {
            TypeExpr::Ref(_) => {
                self.unsayable(
                    item.head.name.span,
                    "another name for a type",
                    "only of members",
                );
                String::new()
            }
            TypeExpr::Primitive(primitive) => primitive.word().to_owned(),
            TypeExpr::Array(None) => "array".to_owned(),
            TypeExpr::Array(Some(item)) => format!("array of {}", self.array_item(item)),
        };
        let name = &item.head.name.value;
        self.heading(
            format!("#### type: {}.{name} = {base}", self.domain),
            &item.head,
        );
        self.members("properties", &item.properties, PROPERTIES);
        self.list("enum", &item.literals, 0);
    }

    fn command(&mut self, item: &Command) {
        let name = &item.head.name.value;
        self.heading(
            format!("#### command: {}.{name}()", self.domain),
            &item.head,
        );
        self.list("redirect", item.redirect.as_slice(), 0);
        self.members("parameters", &item.parameters, 0);
        self.members("returns", &item.returns, 0);
    }

    fn event(&mut self, item: &Event) {
        let name = &item.head.name.value;
        self.heading(format!("#### event: {}.{name}", self.domain), &item.head);
        self.members("returns", &item.parameters, 0);
    }

    /// A heading with its text, its remarks and its reason.
    fn heading(&mut self, mut line: String, head: &Head) {
        self.out.push('\n');
        line += &marks(head);
        self.line(&line);
        if let Some(text) = &head.text {
            self.out.push('\n');
            self.text(Place::Item, "", &text.value, head.name.span);
        }
        let Coverage { part, some, .. } = &head.coverage;
        for (label, remark) in [("*part* ", part), ("*some* ", some)] {
            if let Some(remark) = remark {
                self.out.push('\n');
                self.text(Place::Coverage, label, &remark.value, head.name.span);
            }
        }
        if let Some(reason) = &head.reason {
            self.out.push('\n');
            self.text(
                Place::Reason,
                label(reason.intent),
                &reason.text,
                head.name.span,
            );
        }
    }

    /// A text behind what begins its first line.
    fn text(&mut self, place: Place, before: &str, text: &str, span: Span) {
        if text.contains('\r') {
            self.problems.push(
                Diagnostic::error("unwritable", span, "a text with a carriage return")
                    .label("the text of this has one")
                    .help("in a document it would end a line: correct the source"),
            );
            return;
        }
        self.out += before;
        text::write(self.role, place, text, &mut self.out);
    }

    fn members(&mut self, label: &str, members: &[Member], indent: usize) {
        if members.is_empty() {
            return;
        }
        self.line(&format!("\n*{label}*"));
        for member in members {
            self.member(member, indent);
        }
    }

    fn member(&mut self, member: &Member, indent: usize) {
        let optional = match &member.optional {
            Some(Spanned { value: true, .. }) => "*optional* ",
            Some(Spanned { value: false, .. }) => "*required* ",
            None => "",
        };
        let name = &member.head.name.value;
        let span = member.head.name.span;
        let ty = self.expression(&member.ty.value, span);
        let margin = " ".repeat(indent);
        self.out += &format!("{margin}- {optional}`{name}` {ty}{}", marks(&member.head));
        match &member.head.text {
            Some(text) => self.text(Place::Member { indent }, " ", &text.value, span),
            None => self.out.push('\n'),
        }
        if let Some(range) = &member.range {
            let before = format!("{margin}  *range* {} ", range.bounds.value);
            self.text(Place::Range { indent }, &before, &range.why, span);
        }
        if let Some(reason) = &member.head.reason {
            let before = format!("{margin}  {}", label(reason.intent));
            self.text(
                Place::ReasonOfMember { indent },
                &before,
                &reason.text,
                span,
            );
        }
        self.list("enum", &member.literals, indent + 2);
    }

    /// A section of words: that of an item stands below an empty line.
    fn list(&mut self, label: &str, words: &[Spanned<String>], indent: usize) {
        if words.is_empty() {
            return;
        }
        let margin = " ".repeat(indent);
        if indent == 0 {
            self.out.push('\n');
        }
        self.line(&format!("{margin}*{label}*"));
        for word in words {
            match word::code_span(&word.value) {
                Some(span) => self.line(&format!("{margin}- {span}")),
                None => self.problems.push(
                    Diagnostic::error("unwritable", word.span, "a literal that no code span holds")
                        .label("it is empty, has more than one line, or is too long")
                        .help("correct the source, or write the document by hand"),
                ),
            }
        }
    }

    fn expression(&mut self, ty: &TypeExpr, span: Span) -> String {
        match ty {
            TypeExpr::Primitive(primitive) => format!("<{}]>", primitive.word()),
            TypeExpr::Ref(_) => format!("<{}]>", self.array_item(ty)),
            TypeExpr::Array(None) => {
                self.unsayable(span, "an array of unknown items", "only of types");
                String::new()
            }
            TypeExpr::Array(Some(item)) => format!("<array of {}>", self.array_item(item)),
        }
    }

    fn unsayable(&mut self, span: Span, what: &str, only: &str) {
        self.problems.push(
            Diagnostic::error("unwritable", span, what)
                .label(format!("a document can say this {only}"))
                .help("leave the domain out, or correct the source"),
        );
    }

    fn array_item(&mut self, ty: &TypeExpr) -> String {
        match ty {
            TypeExpr::Primitive(primitive) => primitive.word().to_owned(),
            TypeExpr::Ref(name) => {
                if self.known.insert(name.clone()) {
                    self.references.push(name.clone());
                }
                format!("[{name}]")
            }
            // No reader makes one of these.
            TypeExpr::Array(_) => "array".to_owned(),
        }
    }

    fn definitions(&mut self) {
        if !self.references.is_empty() {
            self.out.push('\n');
        }
        let file = file_name(self.domain);
        for QName { domain, name } in std::mem::take(&mut self.references) {
            let anchor = format!("{domain}{name}").to_ascii_lowercase();
            self.line(&format!("[{domain}.{name}]: {file}#{anchor}"));
        }
    }
}

fn label(intent: Intent) -> &'static str {
    match intent {
        Intent::Adds => "*adds* ",
        Intent::Amends => "*amends* ",
    }
}

fn marks(head: &Head) -> String {
    let mut marks = String::new();
    let known = [
        (head.experimental, crate::parse::EXPERIMENTAL),
        (head.deprecated, crate::parse::DEPRECATED),
    ];
    for (stated, sign) in known {
        if stated.is_some() {
            marks.extend([' ', sign]);
        }
    }
    marks
}
