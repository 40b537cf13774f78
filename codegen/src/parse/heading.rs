//! Headings: `domain: Name`, `type: Domain.Name = base`, `command: Domain.name()`,
//! `event: Domain.name`, each with its marks.

use super::dialect::Dialect;
use super::generation::{BaseForm, CommandForm, is_bare_command, is_qname, item_b};
use super::item::ItemKind;
use super::word::{self, DEPRECATED, EXPERIMENTAL, article, shown, suggest};
use crate::diagnostic::Diagnostic;
use crate::ir::{Coverage, Head, Primitive, Spanned, TypeExpr};
use crate::source::Span;

/// What a heading says.
pub(super) enum Heading {
    Domain(Head),
    Item {
        kind: ItemKind,
        domain: Spanned<String>,
        head: Head,
        base: Option<Spanned<TypeExpr>>,
    },
    Malformed {
        /// It was the heading of a domain.
        domain: bool,
    },
}

/// Reads a heading; reports what is wrong with it.
pub(super) fn parse(
    dialect: &Dialect<'_>,
    line: Span,
    level: u8,
    content: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Heading {
    let mut reader = Reader {
        dialect,
        text: dialect.text,
        bare: false,
        rest: content,
        diagnostics,
    };
    let marks = reader.take_marks();
    let Some(kind) = reader.take_kind(line) else {
        return Heading::Malformed { domain: false };
    };
    let malformed = Heading::Malformed {
        domain: kind == ItemKind::Domain,
    };
    let expected = if kind == ItemKind::Domain { 3 } else { 4 };
    if level != expected {
        reader.diagnostics.push(
            Diagnostic::error(
                "malformed-heading",
                line,
                format!(
                    "{} {} heading of level {level}",
                    article(kind.word()),
                    kind.word()
                ),
            )
            .label(format!("expected level {expected}"))
            .help(format!(
                "begin the line with `{} {}: `",
                "#".repeat(expected.into()),
                kind.word()
            )),
        );
        return malformed;
    }
    let read = match kind {
        ItemKind::Domain => reader.domain(marks),
        _ => reader.item(kind, marks),
    };
    read.unwrap_or(malformed)
}

/// The marks at the end of a heading or behind a type expression.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    pub experimental: Option<Span>,
    pub deprecated: Option<Span>,
}

struct Reader<'a> {
    dialect: &'a Dialect<'a>,
    text: &'a str,
    /// The kind of the item is not said.
    bare: bool,
    rest: Span,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.rest.range()]
    }

    fn sub(&self, start: usize, end: usize) -> Span {
        Span {
            source: self.rest.source,
            start: self.rest.start + start as u32,
            end: self.rest.start + end as u32,
        }
    }

    fn malformed(&mut self, span: Span, message: impl Into<String>, expected: &str) {
        self.diagnostics.push(
            Diagnostic::error("malformed-heading", span, message)
                .label(format!("expected `{expected}`")),
        );
    }

    /// A heading that another generation has.
    fn mixed(&mut self, writes: impl Fn(CommandForm, BaseForm) -> bool, expected: &str) {
        let Some(other) = self
            .dialect
            .found
            .other(|forms| writes(forms.command, forms.base))
        else {
            return;
        };
        let mixed = self.dialect.mixed(self.rest, "this heading", other);
        self.diagnostics
            .push(mixed.label(format!("expected {expected}")));
    }

    /// Takes the marks off the end, the last one first.
    fn take_marks(&mut self) -> Marks {
        let mut marks = Marks::default();
        loop {
            let rest = self.rest();
            let (slot, sign) = if rest.ends_with(EXPERIMENTAL) {
                (&mut marks.experimental, EXPERIMENTAL)
            } else if rest.ends_with(DEPRECATED) {
                (&mut marks.deprecated, DEPRECATED)
            } else {
                return marks;
            };
            let start = rest.len() - sign.len_utf8();
            let kept = rest[..start].trim_end_matches(' ').len();
            // Twice the same mark, or one without a blank before it, is left
            // where it stands, and no name.
            if slot.is_some() || kept == start {
                return marks;
            }
            *slot = Some(self.sub(start, start + sign.len_utf8()));
            self.rest.end = self.rest.start + kept as u32;
        }
    }

    /// `kind: `
    fn take_kind(&mut self, line: Span) -> Option<ItemKind> {
        let rest = self.rest();
        let words = ItemKind::ALL.map(ItemKind::word);
        let forms = self.dialect.found.forms;
        if is_bare_command(rest) {
            if forms.command == CommandForm::Bare {
                self.bare = true;
                return Some(ItemKind::Command);
            }
            self.mixed(
                |command, _| command == CommandForm::Bare,
                forms.command.shown(),
            );
            return None;
        }
        let Some(colon) = rest.find(':') else {
            let message = format!("a heading that does not say its kind: `{}`", shown(rest));
            self.diagnostics
                .push(Diagnostic::error("unknown-heading", line, message).label(forms.headings));
            return None;
        };
        let word = &rest[..colon];
        let kind = ItemKind::ALL.into_iter().find(|kind| kind.word() == word);
        if kind.is_none() {
            let span = self.sub(0, colon);
            let mut diagnostic = Diagnostic::error(
                "unknown-heading",
                span,
                format!("unknown kind of heading `{}`", shown(word)),
            )
            .label("expected `domain`, `type`, `command` or `event`");
            if let Some(near) = suggest(word, words) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            self.diagnostics.push(diagnostic);
            return None;
        }
        let blanks = rest[colon + 1..].len() - rest[colon + 1..].trim_start_matches(' ').len();
        if blanks == 0 && colon + 1 < rest.len() {
            let span = self.sub(colon, colon + 1);
            self.malformed(span, "no blank behind the kind of a heading", ": ");
        }
        self.rest.start += (colon + 1 + blanks) as u32;
        kind
    }

    fn domain(&mut self, marks: Marks) -> Option<Heading> {
        let name = word::name(self.text, self.rest, "domain", self.diagnostics)?;
        Some(Heading::Domain(head(name, marks)))
    }

    fn item(&mut self, kind: ItemKind, marks: Marks) -> Option<Heading> {
        let base = match kind {
            ItemKind::Type => self.take_base()?,
            ItemKind::Command => {
                self.take_call()?;
                None
            }
            _ => None,
        };
        let rest = self.rest();
        let Some(dot) = rest.find('.') else {
            let message = format!("`{}` is not qualified by its domain", shown(rest));
            self.diagnostics.push(
                Diagnostic::error("invalid-name", self.rest, message)
                    .label("expected `Domain.name`"),
            );
            return None;
        };
        let (before, after) = (self.sub(0, dot), self.sub(dot + 1, rest.len()));
        let domain = word::name(self.text, before, "domain", self.diagnostics);
        let name = word::name(self.text, after, kind.word(), self.diagnostics);
        Some(Heading::Item {
            kind,
            domain: domain?,
            head: head(name?, marks),
            base,
        })
    }

    /// `()` behind the name of a command, where the generation has it.
    fn take_call(&mut self) -> Option<()> {
        let form = self.dialect.found.forms.command;
        let called = self.rest().ends_with("()");
        let written = match (self.bare, called) {
            (true, _) => CommandForm::Bare,
            (false, true) => CommandForm::Called,
            (false, false) => CommandForm::Named,
        };
        if written != form {
            if written == CommandForm::Named && !is_qname(self.rest()) {
                let message = "the heading of a command without `()`";
                self.malformed(self.rest, message, form.shown().trim_matches('`'));
            } else {
                self.mixed(|command, _| command == written, form.shown());
            }
            return None;
        }
        if called {
            self.rest.end -= 2;
        }
        Some(())
    }

    /// ` = base` behind the name of a type, where the generation has it.
    fn take_base(&mut self) -> Option<Option<Spanned<TypeExpr>>> {
        let form = self.dialect.found.forms.base;
        let rest = self.rest();
        let at = rest.find(" = ");
        if form == BaseForm::Nowhere || at.is_some() != (form == BaseForm::Heading) {
            let written = match at {
                Some(_) => BaseForm::Heading,
                None => BaseForm::Section,
            };
            if at.is_none() && !is_qname(rest) {
                let message = "the heading of a type without its base type";
                self.malformed(self.rest, message, form.shown().trim_matches('`'));
            } else {
                self.mixed(|_, base| base == written, form.shown());
            }
            return None;
        }
        let Some(at) = at else { return Some(None) };
        let span = self.sub(at + 3, rest.len());
        let Some(value) = base(&rest[at + 3..]) else {
            let word = &rest[at + 3..];
            let mut diagnostic = Diagnostic::error(
                "malformed-type",
                span,
                format!("unknown base type `{}`", shown(word)),
            )
            .label("expected `object`, `string`, `integer`, `number`, `boolean`, `any`, `array` or `array of …`");
            let bases = Primitive::ALL
                .iter()
                .map(|(word, _)| *word)
                .chain(["array"]);
            if let Some(near) = suggest(word, bases) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            self.diagnostics.push(diagnostic);
            return None;
        };
        self.rest.end = self.rest.start + at as u32;
        Some(Some(Spanned { value, span }))
    }
}

/// The type that a type is made of: as in a member, but without the brackets.
pub(super) fn base(word: &str) -> Option<TypeExpr> {
    if word == "array" {
        return Some(TypeExpr::Array(None));
    }
    if let Some(item) = word.strip_prefix("array of ") {
        return Some(TypeExpr::Array(Some(Box::new(item_b(item)?))));
    }
    Primitive::of(word).map(TypeExpr::Primitive)
}

fn head(name: Spanned<String>, marks: Marks) -> Head {
    Head {
        name,
        experimental: marks.experimental,
        deprecated: marks.deprecated,
        text: None,
        reason: None,
        coverage: Coverage::default(),
    }
}
