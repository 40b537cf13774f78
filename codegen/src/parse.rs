//! Blocks to ir: the grammar of the dialect, and nothing else.
//!
//! Parsing never fails: it returns what it understood, and a diagnostic for
//! every line that is neither a fact nor part of a text.

mod coverage;
mod dialect;
mod generation;
mod heading;
mod inline;
mod item;
mod member;
mod range;
mod word;

use crate::block::{Block, Kind, blocks};
use crate::diagnostic::Diagnostic;
use crate::fact::Facts;
use crate::ir::{Definition, Document, Domain, Head, Intent, Primitive, Reason, Spanned, TypeExpr};
use crate::source::{Role, Source, SourceId, Span};
use coverage::Word;
use dialect::Dialect;
use generation::{Forms, Found, is_heading, qname};
use heading::Heading;
use item::{Item, ItemKind, Section, SectionName, TextPlace};
pub(crate) use word::{DEPRECATED, EXPERIMENTAL, article, is_name, shown, suggest};

/// Reads one document.
pub(crate) fn parse(id: SourceId, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let blocks = blocks(id, source);
    let found = match source.role {
        Role::Overlay => Found::house(),
        _ => Found::of(&source.text, &blocks),
    };
    let mut parser = Parser {
        dialect: Dialect {
            text: &source.text,
            found,
            domain: "",
        },
        role: source.role,
        diagnostics,
        document: Document {
            source: id,
            domain: None,
            generation: Some(found.forms.generation),
            definitions: found.forms.definitions.then(Vec::new),
            back_links: Vec::new(),
            references: Vec::new(),
            incomplete: None,
        },
        primitives: Primitives::default(),
        domain_name: None,
        item: None,
        ended: false,
        malformed: false,
        reasoned: false,
        nameless: false,
        early: None,
    };
    for (at, block) in blocks.iter().enumerate() {
        parser.block(block, blocks.get(at + 1));
    }
    parser.finish(id);
    parser.document
}

/// The primitives of the types of a document, where they have definitions too.
#[derive(Default)]
struct Primitives {
    /// Where each is used first.
    used: Vec<(Primitive, Span)>,
    defined: Vec<Primitive>,
}

struct Parser<'a> {
    dialect: Dialect<'a>,
    role: Role,
    diagnostics: &'a mut Vec<Diagnostic>,
    document: Document,
    /// What headings are held against: the name of the domain heading or,
    /// without one, of the first item.
    domain_name: Option<Spanned<String>>,
    /// The item that is being read.
    item: Option<Item>,
    primitives: Primitives,
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
        &self.dialect.text[span.range()]
    }

    fn forms(&self) -> &'static Forms {
        self.dialect.found.forms
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        let forms = self.forms();
        match &block.kind {
            Kind::Heading { level, content } => self.heading(block.span, *level, *content),
            Kind::Label { word, rest } => self.label(block, *word, *rest),
            Kind::Item { marks, code, rest } => self.list_item(block, marks, *code, *rest),
            Kind::Definition {
                label,
                target,
                title,
            } if forms.definitions => self.definition(block, *label, *target, *title),
            Kind::Verbatim { content } if forms.additions => self.line_of_text(block, *content),
            Kind::Text if forms.rules && self.rule(block, next) => {}
            Kind::Text if forms.lists && self.list(block, next) => {}
            _ => self.text(block),
        }
    }

    fn heading(&mut self, line: Span, level: u8, content: Span) {
        self.close_item();
        self.ended = false;
        match heading::parse(&self.dialect, line, level, content, self.diagnostics) {
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
                    self.note_reference(base, false);
                }
                self.item = Some(Item::new(kind, line, head, base, self.forms()));
            }
            // Its members are still read for what is wrong with them.
            Heading::Malformed { domain } => {
                self.malformed = true;
                self.nameless |= domain;
                self.item = Some(Item::unknown(line, self.forms()));
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
            self.item = Some(Item::unknown(line, self.forms()));
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
        self.name_domain(&head.name);
        self.document.domain = Some(Domain {
            head: head.clone(),
            dependencies: Vec::new(),
            types: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
        });
        self.item = Some(Item::new(ItemKind::Domain, line, head, None, self.forms()));
    }

    fn name_domain(&mut self, name: &Spanned<String>) {
        self.dialect.domain = self.get(name.span);
        self.domain_name = Some(name.clone());
    }

    fn check_domain(&mut self, domain: &Spanned<String>) {
        let Some(expected) = &self.domain_name else {
            self.name_domain(domain);
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
        if let Some(coverage) = Word::of(name).filter(|_| self.forms().additions) {
            return self.coverage(block, coverage, rest);
        }
        if name == "range" && self.forms().additions {
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
        let section = SectionName::of(name);
        if section.is_none() && self.forms().lists {
            return self.text(block);
        }
        self.ended = false;
        let Some(section) = section else {
            return self.unknown_section(word);
        };
        if self.is_foreign(section, word) {
            return;
        }
        let nested = section == SectionName::Enum && block.indent > 0;
        let Some(item) = &mut self.item else {
            return self.outside_item(block.span, "a section");
        };
        if nested && item.open_nested_enum(word, block.indent) {
            return;
        }
        item.open_section(Section::new(section, word), self.diagnostics);
    }

    /// Whether only another generation has this section here, which is reported.
    fn is_foreign(&mut self, section: SectionName, label: Span) -> bool {
        let event = self.item.as_ref().and_then(Item::kind) == Some(ItemKind::Event);
        let of_events = [SectionName::Parameters, SectionName::Returns].contains(&section);
        let has = |forms: &Forms| match event && of_events {
            true => forms.event == Some(section),
            false => forms.sections.contains(&section) && !forms.lists,
        };
        let other = self.dialect.found.other(has);
        let Some(other) = other.filter(|_| !has(self.forms())) else {
            return false;
        };
        let what = format!("the section `*{}*`", section.word());
        let mixed = self.dialect.mixed(label, &what, other);
        self.report(mixed.label("this generation writes no such section here"));
        if let Some(item) = &mut self.item {
            item.open_unknown_section(label, self.diagnostics);
        }
        true
    }

    /// `---` before a heading: whether it is.
    fn rule(&mut self, block: &Block, next: Option<&Block>) -> bool {
        if self.get(block.span) != "---" {
            return false;
        }
        if is_heading(next) {
            return true;
        }
        if block.gap {
            self.report(
                Diagnostic::error("unexpected-text", block.span, "a rule without a heading")
                    .label("expected a heading behind this")
                    .help("restore the heading, or remove the rule"),
            );
        }
        block.gap
    }

    /// `- parameters` before members: whether it is.
    fn list(&mut self, block: &Block, next: Option<&Block>) -> bool {
        let before = next.is_some_and(|next| !next.gap && matches!(next.kind, Kind::Item { .. }));
        let item = self.item.as_mut();
        let Some(item) = item.filter(|item| item.takes_lists(before)) else {
            return false;
        };
        let text = &self.dialect.text[block.span.range()];
        let word = text.strip_prefix("- ").filter(|_| before || !block.gap);
        let names = [SectionName::Parameters, SectionName::Returns];
        let name = names
            .into_iter()
            .find(|name| word.is_some_and(|word| name.word() == word));
        if let Some(name) = name {
            let label = Span {
                start: block.span.start + 2,
                ..block.span
            };
            item.open_section(Section::new(name, label), self.diagnostics);
            return true;
        }
        let misspelt = word.or_else(|| word::behind_signs(text, block.indent));
        let misspelt =
            misspelt.filter(|word| before && suggest(word, names.map(SectionName::word)).is_some());
        if let Some(word) = misspelt {
            self.unknown_section(Span {
                start: block.span.end - word.len() as u32,
                ..block.span
            });
        }
        misspelt.is_some()
    }

    fn unknown_section(&mut self, word: Span) {
        let name = self.get(word);
        let own = self.forms().sections.iter().map(|name| name.word());
        let own: Vec<&str> = own.collect();
        let all = own
            .iter()
            .copied()
            .chain(["adds", "amends", "range", "part", "some"]);
        let (last, others) = own.split_last().unwrap_or((&"", &[]));
        let expected = format!("expected `{}` or `{last}`", others.join("`, `"));
        let mut diagnostic = Diagnostic::error(
            "unknown-section",
            word,
            format!("unknown section `{}`", shown(name)),
        )
        .label(expected);
        if let Some(near) = suggest(name, all) {
            diagnostic = diagnostic.help(if self.forms().lists {
                format!("did you mean `- {near}`?")
            } else {
                format!("did you mean `*{near}*`?")
            });
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
        let text = inline::text_of(&self.dialect, rest, self.diagnostics);
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
        let why = coverage::parse(&self.dialect, block, word, rest, self.diagnostics);
        match &mut self.item {
            Some(item) => item.set_coverage(block, word, why, self.diagnostics),
            None => self.outside_item(block.span, "a remark on what targets have"),
        }
    }

    fn range(&mut self, block: &Block, rest: Span) {
        match &mut self.item {
            Some(item) => item.set_range(&self.dialect, block, rest, self.diagnostics),
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
                match word::list_word(self.dialect.text, marks, code, rest, self.diagnostics) {
                    Some(word) => words.push(word),
                    None => item.refuse(),
                }
            }
            item::ItemPlace::Member => {
                let read = member::parse(&self.dialect, block, marks, code, rest, self.diagnostics);
                if let Some(member) = &read {
                    self.note_reference(&member.ty, true);
                }
                if let Some(item) = &mut self.item {
                    item.push_member(read, block.indent, self.diagnostics);
                }
            }
        }
    }

    /// Collects what a type refers to, for the check of the definitions.
    fn note_reference(&mut self, ty: &Spanned<TypeExpr>, in_member: bool) {
        let mut expr = &ty.value;
        while let TypeExpr::Array(Some(item)) = expr {
            expr = item;
        }
        match expr {
            TypeExpr::Ref(name) => self.document.references.push(Spanned {
                value: name.clone(),
                span: ty.span,
            }),
            // What a type is made of is no reference.
            TypeExpr::Primitive(primitive) if in_member && self.forms().titles => {
                let used = &mut self.primitives.used;
                if used.iter().all(|(known, _)| known != primitive) {
                    used.push((*primitive, ty.span));
                }
            }
            _ => {}
        }
    }

    fn definition(
        &mut self,
        block: &Block,
        label: Span,
        target: Option<Span>,
        title: Option<Span>,
    ) {
        let name = self.get(label);
        let value = qname(name);
        let primitive = Primitive::of(name).filter(|_| self.forms().titles);
        if value.is_none() && primitive.is_none() {
            // `[0..100]: the range` is prose.
            return self.text(block);
        }
        self.close_item();
        self.ended = true;
        let titled = title.is_some() || !self.forms().titles;
        if target.is_none() || !titled {
            let (form, help) = match self.forms().titles {
                true => (
                    "expected `[Domain.Name]: document.md#type-domainname \"Domain.Name\"`",
                    "complete the target and the title; nothing may follow them",
                ),
                false => (
                    "expected `[Domain.Name]: document.md#domainname`",
                    "complete the target; nothing may follow it",
                ),
            };
            self.report(
                Diagnostic::error(
                    "malformed-definition",
                    block.span,
                    "a definition that cannot be read",
                )
                .label(form)
                .help(help),
            );
        }
        self.primitives.defined.extend(primitive);
        let Some(value) = value else { return };
        let spanned = |span| Spanned {
            value: self.dialect.text[Span::range(span)].to_owned(),
            span,
        };
        let (target, title) = (target.map(spanned), title.map(spanned));
        self.document
            .definitions
            .get_or_insert_default()
            .push(Definition {
                label: Spanned { value, span: label },
                target,
                title,
            });
    }

    fn text(&mut self, block: &Block) {
        if let Some(problem) = word::disguised(self.get(block.span), self.forms()) {
            return self.report(problem.report(block.span));
        }
        let item = self.item.as_mut();
        if item.is_some_and(|item| item.push_entry(self.dialect.text, block.span, self.diagnostics))
        {
            return;
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
                if self.forms().additions {
                    "an entry of `*enum*`, `*dependencies*` or `*redirect*` is one code span and nothing else"
                } else {
                    "an entry is `- **object**` or `- [Domain.name]`; a text stands before the sections"
                },
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
            item.lower(&mut self.document, self.diagnostics);
        }
    }

    /// A document that ends too early lacks the last of its definitions.
    fn check_primitives(&mut self) {
        let Primitives { used, defined } = std::mem::take(&mut self.primitives);
        for (primitive, span) in used {
            // It came later, and is none of the six that have one.
            if defined.contains(&primitive) || primitive == Primitive::Binary {
                continue;
            }
            let word = primitive.word();
            let message = format!("the reference to `{word}` has no definition");
            self.report(
                Diagnostic::error("missing-definition", span, message)
                    .label("expected a definition of this at the end of the document")
                    .help(format!("the document may be cut: its last lines define `boolean`, `string`, `number`, `integer`, `object` and `any`; add the one of `[{word}]`")),
            );
        }
    }

    fn finish(&mut self, id: SourceId) {
        self.close_item();
        self.check_primitives();
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
