//! Blocks to ir: the grammar of the dialect, and nothing else.
//!
//! Parsing never fails: it returns what it understood, and a diagnostic for
//! every line that is neither a fact nor part of a text.

mod coverage;
mod heading;
mod inline;
mod item;
mod member;
mod range;
mod word;

use crate::block::{Block, Kind, blocks};
use crate::diagnostic::Diagnostic;
use crate::fact::Facts;
use crate::ir::{Definition, Document, Domain, Head, Intent, QName, Reason, Spanned, TypeExpr};
use crate::source::{Role, Source, SourceId, Span};
use coverage::Word;
use heading::Heading;
use item::{Item, ItemKind, Section, SectionName, TextPlace};
pub(crate) use word::{is_name, shown, suggest};

/// Reads one document.
pub(crate) fn parse(id: SourceId, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let mut parser = Parser {
        text: &source.text,
        role: source.role,
        diagnostics,
        document: Document {
            source: id,
            domain: None,
            definitions: Some(Vec::new()),
            references: Vec::new(),
            incomplete: None,
        },
        domain_name: None,
        item: None,
        ended: false,
        malformed: false,
        reasoned: false,
        nameless: false,
        early: None,
    };
    for block in blocks(id, source) {
        parser.block(&block);
    }
    parser.finish(id);
    parser.document
}

struct Parser<'a> {
    text: &'a str,
    role: Role,
    diagnostics: &'a mut Vec<Diagnostic>,
    document: Document,
    /// What headings are held against: the name of the domain heading or,
    /// without one, of the first item.
    domain_name: Option<Spanned<String>>,
    /// The item that is being read.
    item: Option<Item>,
    /// Whether the definitions have begun.
    ended: bool,
    /// Whether some heading could not be read.
    malformed: bool,
    /// Whether a reason in a base document was reported.
    reasoned: bool,
    /// Whether one of these was the domain heading.
    nameless: bool,
    /// The first item that stands before the domain heading.
    early: Option<Span>,
}

impl<'a> Parser<'a> {
    fn get(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Heading { level, content } => self.heading(block.span, *level, *content),
            Kind::Label { word, rest } => self.label(block, *word, *rest),
            Kind::Item { marks, code, rest } => self.list_item(block, marks, *code, *rest),
            Kind::Definition { label, target } => self.definition(block, *label, *target),
            Kind::Verbatim { content } => self.line_of_text(block, *content),
            Kind::Text => self.text(block),
        }
    }

    fn heading(&mut self, line: Span, level: u8, content: Span) {
        self.close_item();
        self.ended = false;
        match heading::parse(self.text, line, level, content, self.diagnostics) {
            Heading::Domain(head) => self.domain_heading(line, head),
            Heading::Item {
                kind,
                domain,
                head,
                base,
            } => {
                self.check_domain(&domain);
                if self.document.domain.is_none() {
                    self.early.get_or_insert(line);
                }
                if let Some(base) = &base {
                    self.note_reference(base);
                }
                self.item = Some(Item::new(kind, line, head, base));
            }
            // Its members are still read for what is wrong with them.
            Heading::Malformed { domain } => {
                self.malformed = true;
                self.nameless |= domain;
                self.item = Some(Item::unknown(line));
            }
        }
    }

    fn domain_heading(&mut self, line: Span, head: Head) {
        if let Some(first) = &self.document.domain {
            let first = first.head.name.span;
            self.report(
                Diagnostic::error("second-domain-heading", line, "a second domain heading")
                    .label("a document holds one domain")
                    .also(first, "the domain of this document")
                    .help("move this domain into a document of its own"),
            );
            self.item = Some(Item::unknown(line));
            return;
        }
        if let Some(early) = self.early {
            self.report(
                Diagnostic::error("early-heading", early, "an item before the domain heading")
                    .label("expected the domain heading before this")
                    .also(head.name.span, "the domain heading")
                    .help("move the domain heading to the start of the document"),
            );
        }
        self.domain_name = Some(head.name.clone());
        self.document.domain = Some(Domain {
            head: head.clone(),
            dependencies: Vec::new(),
            types: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
        });
        self.item = Some(Item::new(ItemKind::Domain, line, head, None));
    }

    fn check_domain(&mut self, domain: &Spanned<String>) {
        let Some(expected) = &self.domain_name else {
            self.domain_name = Some(domain.clone());
            return;
        };
        if expected.value != domain.value {
            let (expected, first) = (shown(&expected.value), expected.span);
            self.report(
                Diagnostic::error(
                    "foreign-heading",
                    domain.span,
                    format!(
                        "an item of domain `{}` in the document of `{expected}`",
                        shown(&domain.value)
                    ),
                )
                .label(format!("expected `{expected}`"))
                .also(first, "the domain of this document")
                .help("move the item into the document of its own domain, or correct the name"),
            );
        }
    }

    fn label(&mut self, block: &Block, word: Span, rest: Span) {
        let name = self.get(word);
        let intent = match name {
            "adds" => Some(Intent::Adds),
            "amends" => Some(Intent::Amends),
            _ => None,
        };
        if let Some(intent) = intent {
            return self.reason(block, intent, rest);
        }
        if let Some(coverage) = Word::of(name) {
            return self.coverage(block, coverage, rest);
        }
        if name == "range" {
            return self.range(block, rest);
        }
        if !self.get(rest).is_empty() {
            if is_misspelt_range(name, self.get(rest)) {
                return self.unknown_section(word);
            }
            if self.role == Role::Overlay && suggest(name, ["adds", "amends"]).is_some() {
                return self.unknown_section(word);
            }
            return self.text(block);
        }
        self.ended = false;
        let Some(section) = SectionName::of(name) else {
            return self.unknown_section(word);
        };
        let nested = section == SectionName::Enum && block.indent > 0;
        let Some(item) = &mut self.item else {
            return self.outside_item(block.span, "a section");
        };
        if nested && item.open_nested_enum(word, block.indent) {
            return;
        }
        item.open_section(Section::new(section, word), self.diagnostics);
    }

    fn unknown_section(&mut self, word: Span) {
        let name = self.get(word);
        let all = SectionName::ALL.iter().map(|(word, _)| *word);
        let all = all.chain(["adds", "amends", "range", "part", "some"]);
        let mut diagnostic = Diagnostic::error(
            "unknown-section",
            word,
            format!("unknown section `{}`", shown(name)),
        )
        .label(
            "expected `properties`, `parameters`, `returns`, `enum`, `dependencies` or `redirect`",
        );
        if let Some(near) = suggest(name, all) {
            diagnostic = diagnostic.help(format!("did you mean `*{near}*`?"));
        }
        self.report(diagnostic);
        if let Some(item) = &mut self.item {
            item.open_unknown_section(word, self.diagnostics);
        }
    }

    fn reason(&mut self, block: &Block, intent: Intent, rest: Span) {
        let word = block.span;
        if self.role == Role::Base {
            if std::mem::replace(&mut self.reasoned, true) {
                return;
            }
            self.report(
                Diagnostic::error("reason-in-base", word, "a reason in a base document")
                    .label("only an overlay says why it adds or amends")
                    .help("move this entry into the overlay of this domain, or the whole document into `overlay/`; further reasons are not reported"),
            );
            return;
        }
        let text = inline::text_of(self.text, rest, self.diagnostics);
        let text = self.get(text.span);
        if text.trim().is_empty() {
            self.report(
                Diagnostic::error("missing-reason", word, "the reason is empty")
                    .label("expected the reason behind the word, on the same line"),
            );
        }
        let reason = Reason {
            intent,
            span: word,
            text: text.to_owned(),
            states: Facts::new(),
        };
        match &mut self.item {
            Some(item) => item.set_reason(block, reason, self.diagnostics),
            None => self.outside_item(word, "a reason"),
        }
    }

    fn coverage(&mut self, block: &Block, word: Word, rest: Span) {
        let why = coverage::parse(self.text, block, word, rest, self.diagnostics);
        match &mut self.item {
            Some(item) => item.set_coverage(block, word, why, self.diagnostics),
            None => self.outside_item(block.span, "a remark on what targets have"),
        }
    }

    fn range(&mut self, block: &Block, rest: Span) {
        match &mut self.item {
            Some(item) => item.set_range(self.text, block, rest, self.diagnostics),
            None => self.outside_item(block.span, "a range"),
        }
    }

    fn list_item(&mut self, block: &Block, marks: &[Span], code: Option<Span>, rest: Span) {
        self.ended = false;
        let Some(item) = &mut self.item else {
            return self.outside_item(block.span, "a list item");
        };
        let Some(code) = code else {
            item.refuse();
            return self.report(
                Diagnostic::error(
                    "malformed-member",
                    block.span,
                    "a list item that cannot be read",
                )
                .label("expected `` - `name` <type]> text ``")
                .help(
                    "close the code span around the name, with nothing but `*optional*` before it",
                ),
            );
        };
        match item.place_of_list_item(block, self.diagnostics) {
            item::ItemPlace::Nowhere => {}
            item::ItemPlace::Word(words) => {
                match word::list_word(self.text, marks, code, rest, self.diagnostics) {
                    Some(word) => words.push(word),
                    None => item.refuse(),
                }
            }
            item::ItemPlace::Member => {
                let read = member::parse(self.text, block, marks, code, rest, self.diagnostics);
                if let Some(member) = &read {
                    self.note_reference(&member.ty);
                }
                if let Some(item) = &mut self.item {
                    item.push_member(read, block.indent, self.diagnostics);
                }
            }
        }
    }

    /// Collects what a type refers to, for the check of the definitions.
    fn note_reference(&mut self, ty: &Spanned<TypeExpr>) {
        let mut expr = &ty.value;
        while let TypeExpr::Array(Some(item)) = expr {
            expr = item;
        }
        if let TypeExpr::Ref(name) = expr {
            self.document.references.push(Spanned {
                value: name.clone(),
                span: ty.span,
            });
        }
    }

    fn definition(&mut self, block: &Block, label: Span, target: Option<Span>) {
        let name = self.get(label);
        let qname = name
            .split_once('.')
            .filter(|(domain, item)| is_name(domain) && is_name(item));
        let Some((domain, item)) = qname else {
            // `[0..100]: the range` is prose.
            return self.text(block);
        };
        let value = QName {
            domain: domain.to_owned(),
            name: item.to_owned(),
        };
        self.close_item();
        self.ended = true;
        if target.is_none() {
            self.report(
                Diagnostic::error(
                    "malformed-definition",
                    block.span,
                    "a definition that cannot be read",
                )
                .label("expected `[Domain.Name]: document.md#domainname`")
                .help("complete the target; nothing may follow it"),
            );
        }
        let target = target.map(|span| Spanned {
            value: self.get(span).to_owned(),
            span,
        });
        self.document
            .definitions
            .get_or_insert_default()
            .push(Definition {
                label: Spanned { value, span: label },
                target,
            });
    }

    fn text(&mut self, block: &Block) {
        if let Some(problem) = word::disguised(self.get(block.span)) {
            return self.report(problem.report(block.span));
        }
        self.line_of_text(block, block.span);
    }

    /// Takes in a line that is text, whatever it looks like.
    fn line_of_text(&mut self, block: &Block, content: Span) {
        let line = self.get(content);
        if self.extend_report(block) {
            return;
        }
        if self.ended {
            return self.unexpected_text(
                block,
                "text behind the definitions",
                "definitions end a document",
            );
        }
        let Some(item) = &mut self.item else {
            return self.outside_item(block.span, "text");
        };
        match item.place_of_text(block) {
            TextPlace::Into => item.push_text(block, line),
            TextPlace::BehindMembers => self.unexpected_text(
                block,
                "text behind a section",
                "an item's text stands before its sections; a further paragraph of a member's text is indented by two blanks more than its `-`",
            ),
            TextPlace::BehindReason => self.unexpected_text(
                block,
                "text behind a reason",
                "a description stands before the reason, which has no empty line in it",
            ),
            TextPlace::BehindRange => self.unexpected_text(
                block,
                "text behind a range",
                "a description stands before the range, which has no empty line in it",
            ),
            TextPlace::BehindWord => self.unexpected_text(
                block,
                "text in a list of words",
                "an entry of `*enum*`, `*dependencies*` or `*redirect*` is one code span and nothing else",
            ),
        }
    }

    /// One report for a paragraph, not one for each of its lines: whether the line
    /// before was reported, and this is now part of that report.
    fn extend_report(&mut self, block: &Block) -> bool {
        let Some(last) = self.diagnostics.last_mut() else {
            return false;
        };
        let end = last.primary.span;
        let extends = last.code == "unexpected-text"
            && end.source == block.span.source
            && !block.gap
            && block.span.start - end.end == 1 + block.indent as u32;
        if extends {
            last.primary.span.end = block.span.end;
        }
        extends
    }

    fn unexpected_text(&mut self, block: &Block, message: &str, why: &str) {
        self.report(
            Diagnostic::error("unexpected-text", block.span, message)
                .label("neither a fact nor part of a description")
                .help(why),
        );
    }

    /// Something stands where no item has begun.
    fn outside_item(&mut self, span: Span, what: &str) {
        let known = self.document.domain.is_some() || self.domain_name.is_some();
        let (message, help) = if self.ended || known {
            (
                format!("{what} outside of every item"),
                "put it below the heading of its item",
            )
        } else {
            (
                format!("{what} before the domain heading"),
                "begin the document with `### domain: Name`",
            )
        };
        self.report(
            Diagnostic::error("unexpected-text", span, message)
                .label("expected a heading before this")
                .help(help),
        );
    }

    fn close_item(&mut self) {
        if let Some(item) = self.item.take() {
            item.lower(self.document.domain.as_mut(), self.diagnostics);
        }
    }

    fn finish(&mut self, id: SourceId) {
        self.close_item();
        if self.malformed || self.document.domain.is_none() {
            let name = self.domain_name.as_ref();
            self.document.incomplete = name.map(|name| name.value.clone());
        }
        // Whatever else was found wrong with a document that is no text goes first.
        let unreadable = self.diagnostics.iter().any(|finding| {
            finding.primary.span.source == id && ["not-utf-8", "too-large"].contains(&finding.code)
        });
        if self.document.domain.is_none() && !self.nameless && !unreadable {
            let start = Span {
                source: id,
                start: 0,
                end: 0,
            };
            self.report(
                Diagnostic::error(
                    "missing-domain-heading",
                    start,
                    "the document has no domain heading",
                )
                .label("expected `### domain: Name`")
                .help("begin the document with an empty line and `### domain: Name`"),
            );
        }
    }
}

/// `*Range* 1..=147 why`: lest a range pass as a text.
fn is_misspelt_range(word: &str, rest: &str) -> bool {
    let bounds = rest.split_whitespace().next().unwrap_or_default();
    bounds.contains("..") && suggest(word, ["range"]).is_some()
}
