//! The item that is being read: its head, its sections, and where the next
//! line belongs.

use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BackLinks, Command, Document, Event, Head, Member, Primitive, QName, Reason, Spanned, TypeDef,
    TypeExpr, Usage,
};
use crate::source::Span;

use super::coverage::{self, Word};
use super::dialect::Dialect;
use super::generation::{Forms, qname};
use super::heading::base;
use super::range;
use super::word::{article, is_name, shown};

/// What a heading opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Domain,
    Type,
    Command,
    Event,
}

impl ItemKind {
    pub(super) const ALL: [Self; 4] = [Self::Domain, Self::Type, Self::Command, Self::Event];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Type => "type",
            Self::Command => "command",
            Self::Event => "event",
        }
    }

    /// The sections that an item of this kind can have.
    fn sections(self, forms: &Forms) -> Vec<SectionName> {
        let all: &[SectionName] = match self {
            Self::Domain => &[SectionName::Dependencies],
            Self::Type => &[
                SectionName::Properties,
                SectionName::Enum,
                SectionName::BaseType,
                SectionName::PropertyOf,
                SectionName::AcceptedBy,
                SectionName::ReturnedFrom,
                SectionName::ParameterIn,
            ],
            Self::Command => &[
                SectionName::Redirect,
                SectionName::Parameters,
                SectionName::Returns,
            ],
            // Each generation has one of them.
            Self::Event => &[SectionName::Returns, SectionName::Parameters],
        };
        let has = |name: &SectionName| {
            forms.sections.contains(name) && (self != Self::Event || forms.event == Some(*name))
        };
        all.iter().copied().filter(has).collect()
    }
}

/// What a label opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectionName {
    Properties,
    Parameters,
    Returns,
    Enum,
    Dependencies,
    Redirect,
    BaseType,
    PropertyOf,
    AcceptedBy,
    ReturnedFrom,
    ParameterIn,
}

impl SectionName {
    pub(super) const ALL: [(&'static str, Self); 11] = [
        ("properties", Self::Properties),
        ("parameters", Self::Parameters),
        ("returns", Self::Returns),
        ("enum", Self::Enum),
        ("dependencies", Self::Dependencies),
        ("redirect", Self::Redirect),
        ("base type", Self::BaseType),
        (Usage::Property.label(), Self::PropertyOf),
        (Usage::Parameter.label(), Self::AcceptedBy),
        (Usage::Return.label(), Self::ReturnedFrom),
        (Usage::Event.label(), Self::ParameterIn),
    ];

    pub(super) fn of(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(name, _)| *name == word)?;
        Some(found.1)
    }

    pub(super) fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, name)| *name == self)
            .map_or("", |(word, _)| word)
    }

    fn holds_words(self) -> bool {
        !matches!(self, Self::Properties | Self::Parameters | Self::Returns)
    }

    /// What is used where its entries say, if they say that.
    fn usage(self) -> Option<Usage> {
        let all = Usage::ALL.into_iter();
        all.into_iter().find(|usage| usage.label() == self.word())
    }
}

/// A section and its entries.
pub(super) struct Section {
    /// `None` if its label was refused.
    name: Option<SectionName>,
    span: Span,
    members: Vec<Member>,
    words: Vec<Spanned<String>>,
    users: Vec<Spanned<QName>>,
    /// An entry was refused: what follows it is not held against it again.
    refused: bool,
    /// The indentation of the last member's marker.
    indent: usize,
    /// Empty lines stand from the first member on, as some editors set lists.
    loose: bool,
    /// The label of the last member's `*enum*` and its indentation.
    nested: Option<(Span, usize)>,
}

impl Section {
    pub(super) fn new(name: SectionName, span: Span) -> Self {
        Self::with(Some(name), span)
    }

    fn with(name: Option<SectionName>, span: Span) -> Self {
        Self {
            name,
            span,
            members: Vec::new(),
            words: Vec::new(),
            users: Vec::new(),
            refused: false,
            indent: 0,
            loose: false,
            nested: None,
        }
    }

    /// Whether an indented line belongs to the last member.
    fn is_inside(&self, indent: usize) -> bool {
        indent > self.indent && !self.members.is_empty()
    }
}

/// Where a list item belongs.
pub(super) enum ItemPlace<'a> {
    Member,
    Word(&'a mut Vec<Spanned<String>>),
    Nowhere,
}

/// Where a line of text belongs.
pub(super) enum TextPlace {
    Into,
    BehindMembers,
    BehindWord,
    BehindReason,
    BehindRange,
}

/// The texts that an item or a member has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    Description,
    Reason,
    Range,
    Coverage(Word),
}

/// An item and the state of reading it.
pub(super) struct Item {
    forms: &'static Forms,
    /// `None` if its heading was refused.
    known: Option<(ItemKind, Head)>,
    heading: Span,
    base: Option<Spanned<TypeExpr>>,
    sections: Vec<Section>,
    /// What the next line of text goes on with.
    writing: Writing,
    /// Whether a member outside of a section was reported: one label is missing.
    outside: bool,
    /// Whether the text behind its members has begun.
    closed: bool,
}

impl Item {
    pub(super) fn new(
        kind: ItemKind,
        heading: Span,
        head: Head,
        base: Option<Spanned<TypeExpr>>,
        forms: &'static Forms,
    ) -> Self {
        Self {
            known: Some((kind, head)),
            base,
            ..Self::unknown(heading, forms)
        }
    }

    pub(super) fn unknown(heading: Span, forms: &'static Forms) -> Self {
        Self {
            forms,
            known: None,
            heading,
            base: None,
            sections: Vec::new(),
            writing: Writing::Description,
            outside: false,
            closed: false,
        }
    }

    pub(super) fn kind(&self) -> Option<ItemKind> {
        self.known.as_ref().map(|(kind, _)| *kind)
    }

    /// Whether a line such as `- parameters`, `before` members or not, could be meant to
    /// open a section here. Only a command has some.
    pub(super) fn takes_lists(&self, before: bool) -> bool {
        let could = match self.kind() {
            Some(ItemKind::Command) => true,
            Some(ItemKind::Event) => before,
            _ => false,
        };
        could && self.forms.lists && !self.closed
    }

    pub(super) fn open_section(&mut self, section: Section, diagnostics: &mut Vec<Diagnostic>) {
        self.writing = Writing::Description;
        self.close_nested(diagnostics);
        let (Some((kind, _)), Some(name)) = (&self.known, section.name) else {
            self.sections.push(section);
            return;
        };
        let first = self.sections.iter().find(|other| other.name == Some(name));
        let own = kind.sections(self.forms);
        if !own.contains(&name) {
            let expected: Vec<String> = own
                .iter()
                .map(|name| format!("`*{}*`", name.word()))
                .collect();
            diagnostics.push(
                Diagnostic::error(
                    "misplaced-section",
                    section.span,
                    format!(
                        "{} {} has no section `*{}*`",
                        article(kind.word()),
                        kind.word(),
                        name.word()
                    ),
                )
                .label(if expected.is_empty() {
                    "expected no section here".to_owned()
                } else {
                    format!("expected {}", expected.join(" or "))
                })
                .also(self.heading, format!("this {}", kind.word())),
            );
        } else if let Some(first) = first {
            diagnostics.push(
                Diagnostic::error(
                    "duplicate-section",
                    section.span,
                    format!("a second section `*{}*`", name.word()),
                )
                .label("each section stands once in an item")
                .also(first.span, "the first one")
                .help("move its members into the first one, or restore the heading that is missing between them"),
            );
        }
        self.sections.push(section);
    }

    /// An entry of the last section could not be read.
    pub(super) fn refuse(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.refused = true;
        }
    }

    pub(super) fn open_unknown_section(&mut self, span: Span, diagnostics: &mut Vec<Diagnostic>) {
        self.writing = Writing::Description;
        self.close_nested(diagnostics);
        self.sections.push(Section::with(None, span));
    }

    /// Opens the `*enum*` of the last member, if the label stands inside of one.
    pub(super) fn open_nested_enum(&mut self, label: Span, indent: usize) -> bool {
        let Some(section) = self.sections.last_mut() else {
            return false;
        };
        let inside = section.is_inside(indent) && section.nested.is_none();
        if inside {
            section.nested = Some((label, indent));
            self.writing = Writing::Description;
        }
        inside
    }

    pub(super) fn set_reason(
        &mut self,
        block: &Block,
        reason: Reason,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let slot = match self.sections.last_mut() {
            None => self.known.as_mut().map(|(_, head)| &mut head.reason),
            Some(section) if section.is_inside(block.indent) => section
                .members
                .last_mut()
                .map(|member| &mut member.head.reason),
            Some(section) if section.refused => None,
            Some(section) => {
                diagnostics.push(
                    Diagnostic::error("misplaced-reason", block.span, "a reason behind a section")
                        .label("expected before the sections, or indented below a member")
                        .also(section.span, "the section"),
                );
                None
            }
        };
        self.writing = Writing::Reason;
        match slot {
            Some(Some(first)) => diagnostics.push(
                Diagnostic::error("misplaced-reason", block.span, "a second reason")
                    .label("an entry has one reason")
                    .also(first.span, "the first one"),
            ),
            Some(slot) => *slot = Some(reason),
            None => {}
        }
    }

    /// Takes a remark on what targets have of the item.
    pub(super) fn set_coverage(
        &mut self,
        block: &Block,
        word: Word,
        why: Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        self.writing = Writing::Coverage(word);
        match (self.sections.last(), &mut self.known) {
            (Some(section), _) if section.refused => {}
            (Some(section), _) => {
                diagnostics.push(coverage::behind(block.span, word, section.span));
            }
            (None, Some((kind, head))) => {
                coverage::store(&mut head.coverage, *kind, word, why, diagnostics);
            }
            (None, None) => {}
        }
    }

    /// Reads the range of the last member, behind its label.
    pub(super) fn set_range(
        &mut self,
        dialect: &Dialect<'_>,
        block: &Block,
        rest: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        self.writing = Writing::Range;
        let section = self.sections.last_mut();
        if section
            .as_ref()
            .is_some_and(|section| section.refused || section.name.is_none())
        {
            return;
        }
        let section = section.filter(|section| section.is_inside(block.indent));
        let Some(section) = section else {
            diagnostics.push(
                range::misplaced(block.span, "a range outside of a parameter")
                    .label("expected indented, below a parameter")
                    .also(self.heading, "in this item"),
            );
            return;
        };
        let in_parameters = section.name == Some(SectionName::Parameters);
        let Some(member) = section.members.last_mut() else {
            return;
        };
        match &member.range {
            _ if !in_parameters => diagnostics.push(
                range::misplaced(block.span, "a range of what is not sent")
                    .label("expected below a parameter of a command")
                    .also(section.span, "this section holds none"),
            ),
            Some(first) => diagnostics.push(
                range::misplaced(block.span, "a second range")
                    .label("a parameter has one range")
                    .also(first.bounds.span, "the first one"),
            ),
            None => member.range = range::parse(dialect, block, rest, &member.ty, diagnostics),
        }
    }

    pub(super) fn place_of_list_item(
        &mut self,
        block: &Block,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> ItemPlace<'_> {
        self.writing = Writing::Description;
        if self.sections.is_empty()
            && self.kind() == Some(ItemKind::Event)
            && self.forms.event.is_none()
        {
            let section = Section::new(SectionName::Parameters, self.heading);
            self.sections.push(section);
        }
        let last = self.sections.last_mut().filter(|_| !self.closed);
        let Some(section) = last else {
            if std::mem::replace(&mut self.outside, true) {
                return ItemPlace::Nowhere;
            }
            diagnostics.push(
                Diagnostic::error(
                    "member-outside-section",
                    block.span,
                    "a member outside of a section",
                )
                .label(if self.forms.lists {
                    "expected `- parameters` or `- returns` before this, and the text behind it"
                } else {
                    "expected `*properties*`, `*parameters*`, `*returns*` or `*enum*` before this"
                })
                .also(self.heading, "in this item"),
            );
            return ItemPlace::Nowhere;
        };
        let nested = section.nested.filter(|(_, indent)| block.indent >= *indent);
        let Some(name) = section.name else {
            return ItemPlace::Nowhere;
        };
        if nested.is_some() && section.is_inside(block.indent) {
            return match section.members.last_mut() {
                Some(member) => ItemPlace::Word(&mut member.literals),
                None => ItemPlace::Nowhere,
            };
        }
        if name.usage().is_some() || name == SectionName::BaseType {
            section.refused = true;
            diagnostics.push(
                Diagnostic::error(
                    "malformed-entry",
                    block.span,
                    "a member among other entries",
                )
                .label("expected an entry, or the label of another section before this")
                .also(section.span, "this section has no members"),
            );
            return ItemPlace::Nowhere;
        }
        if name.holds_words() {
            return ItemPlace::Word(&mut section.words);
        }
        if section.members.is_empty() {
            section.loose = block.gap;
        } else if block.gap && !section.loose {
            diagnostics.push(gap(block.span, section.span));
        }
        ItemPlace::Member
    }

    /// Takes a member in, or `None` for one that was refused.
    pub(super) fn push_member(
        &mut self,
        member: Option<Member>,
        indent: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        self.close_nested(diagnostics);
        if let Some(section) = self.sections.last_mut() {
            section.refused = member.is_none();
            section.indent = indent;
            section.members.extend(member);
        }
    }

    fn close_nested(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let Some(section) = self.sections.last_mut() else {
            return;
        };
        let Some((label, _)) = section.nested.take() else {
            return;
        };
        let Some(member) = section.members.last() else {
            return;
        };
        check_string(label, &member.ty, diagnostics);
        if member.literals.is_empty() {
            diagnostics.push(empty_section(label, SectionName::Enum));
        }
    }

    /// Takes in an entry of a section whose entries are no code: whether there is
    /// one.
    pub(super) fn push_entry(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let line = &text[span.range()];
        let Some(section) = self.sections.last_mut().filter(|_| line.starts_with('-')) else {
            return false;
        };
        let Some(name) = section.name else {
            return false;
        };
        let entry = |before: &str, after: &str| {
            let entry = line.strip_prefix(before)?.strip_suffix(after)?;
            let start = span.start + before.len() as u32;
            let end = start + entry.len() as u32;
            Some((entry, Span { start, end, ..span }))
        };
        let expected = if name == SectionName::BaseType {
            let base = entry("- **", "**").and_then(|(word, span)| {
                let value = base(word)?;
                Some(Spanned { value, span })
            });
            if base.is_some() && self.base.is_none() {
                self.base = base;
                return true;
            }
            "expected one base type, such as `- **object**`"
        } else if name.usage().is_some() {
            let user = entry("- [", "]").and_then(|(name, span)| {
                let value = qname(name)?;
                Some(Spanned { value, span })
            });
            if let Some(user) = user {
                section.users.push(user);
                return true;
            }
            "expected the name of an item, such as `- [Domain.name]`"
        } else {
            return false;
        };
        section.refused = true;
        let message = format!("an entry of `*{}*` that cannot be read", name.word());
        diagnostics.push(Diagnostic::error("malformed-entry", span, message).label(expected));
        true
    }

    pub(super) fn place_of_text(&self, block: &Block) -> TextPlace {
        if self.forms.lists && (block.gap || self.closed) {
            return TextPlace::Into;
        }
        let reasoned = |head: &Head| {
            let coverage = &head.coverage;
            let remarked = coverage.part.is_some() || coverage.some.is_some();
            block.gap && (head.reason.is_some() || remarked)
        };
        let Some(section) = self.sections.last() else {
            return match &self.known {
                Some((_, head)) if reasoned(head) => TextPlace::BehindReason,
                _ => TextPlace::Into,
            };
        };
        if section.name.is_none() || section.refused {
            return TextPlace::Into;
        }
        if section.nested.is_some() || section.name.is_some_and(SectionName::holds_words) {
            return TextPlace::BehindWord;
        }
        let last = section.members.last();
        let last = last.filter(|_| block.indent > section.indent);
        if last.is_some_and(|last| reasoned(&last.head)) {
            return TextPlace::BehindReason;
        }
        if block.gap && last.is_some_and(|last| last.range.is_some()) {
            return TextPlace::BehindRange;
        }
        let goes_on = !block.gap || block.indent >= section.indent + 2;
        if goes_on && !section.members.is_empty() {
            TextPlace::Into
        } else {
            TextPlace::BehindMembers
        }
    }

    /// Goes on with the text that the last lines were part of.
    pub(super) fn push_text(&mut self, block: &Block, line: &str) {
        if block.gap {
            self.writing = Writing::Description;
        }
        self.closed |= self.forms.lists && block.gap;
        let writing = self.writing;
        let section = self.sections.last_mut().filter(|_| !self.closed);
        let (head, range) = match section {
            None => (self.known.as_mut().map(|(_, head)| head), None),
            Some(section) if section.refused => return,
            Some(section) => match section.members.last_mut() {
                Some(member) => (Some(&mut member.head), member.range.as_mut()),
                None => (None, None),
            },
        };
        match (writing, head, range) {
            (
                Writing::Reason,
                Some(Head {
                    reason: Some(reason),
                    ..
                }),
                _,
            ) => {
                push_line(&mut reason.text, line);
            }
            (Writing::Range, _, Some(range)) => push_line(&mut range.why, line),
            (Writing::Coverage(word), Some(head), _) => {
                if let Some(why) = word.slot(&mut head.coverage) {
                    push_line(&mut why.value, line);
                }
            }
            // It was refused.
            (Writing::Range, _, None) => {}
            (_, Some(head), _) => push_description(head, block, line),
            (_, None, _) => {}
        }
    }

    /// Hands the item over to its domain, and reports what it lacks.
    pub(super) fn lower(mut self, document: &mut Document, diagnostics: &mut Vec<Diagnostic>) {
        self.close_nested(diagnostics);
        self.check_base(diagnostics);
        for section in &self.sections {
            section.check(diagnostics);
        }
        let properties = self.take(SectionName::Properties);
        let parameters = self.take(SectionName::Parameters);
        let returns = self.take(SectionName::Returns);
        let literals = self
            .sections
            .iter()
            .find(|section| section.name == Some(SectionName::Enum));
        if let (Some(base), Some(section)) = (&self.base, literals) {
            check_string(section.span, base, diagnostics);
        }
        self.check_properties(&properties, diagnostics);
        let (Some((kind, head)), Some(domain)) = (self.known, &mut document.domain) else {
            return;
        };
        for section in &mut self.sections {
            if let Some(usage) = section.name.and_then(SectionName::usage) {
                document.back_links.push(BackLinks {
                    usage,
                    span: section.span,
                    name: QName {
                        domain: domain.head.name.value.clone(),
                        name: head.name.value.clone(),
                    },
                    users: std::mem::take(&mut section.users),
                });
            }
        }
        let mut words_of = |name| {
            let section = self
                .sections
                .iter_mut()
                .find(|section| section.name == Some(name));
            section
                .map(|section| std::mem::take(&mut section.words))
                .unwrap_or_default()
        };
        match (kind, self.base) {
            (ItemKind::Domain, _) => {
                domain.dependencies = words_of(SectionName::Dependencies);
                domain.head = head;
            }
            (ItemKind::Type, Some(base)) => domain.types.push(TypeDef {
                head,
                base,
                properties,
                literals: words_of(SectionName::Enum),
            }),
            (ItemKind::Type, None) => {}
            (ItemKind::Command, _) => domain.commands.push(Command {
                head,
                redirect: words_of(SectionName::Redirect).pop(),
                parameters,
                returns,
            }),
            // It has only one of them.
            (ItemKind::Event, _) => domain.events.push(Event {
                head,
                parameters: if returns.is_empty() {
                    parameters
                } else {
                    returns
                },
            }),
        }
    }

    /// A type whose heading does not say its base has a section that does.
    fn check_base(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let stated = |section: &Section| section.name == Some(SectionName::BaseType);
        if self.kind() != Some(ItemKind::Type) || self.base.is_some() {
            return;
        }
        match self.sections.iter().find(|section| stated(section)) {
            None => diagnostics.push(
                Diagnostic::error(
                    "missing-base-type",
                    self.heading,
                    "a type without a base type",
                )
                .label("expected `*base type*` and, for one, `- **object**` below this"),
            ),
            Some(section) if section.refused => {}
            Some(section) => diagnostics.push(empty_section(section.span, SectionName::BaseType)),
        }
        // It stands in for what was reported, so that references find the type.
        self.base = Some(Spanned {
            value: TypeExpr::Primitive(Primitive::Object),
            span: self.heading,
        });
    }

    fn take(&mut self, name: SectionName) -> Vec<Member> {
        let section = self
            .sections
            .iter_mut()
            .find(|section| section.name == Some(name));
        section
            .map(|section| std::mem::take(&mut section.members))
            .unwrap_or_default()
    }

    fn check_properties(&self, properties: &[Member], diagnostics: &mut Vec<Diagnostic>) {
        let Some(base) = &self.base else { return };
        if properties.is_empty() || base.value == TypeExpr::Primitive(Primitive::Object) {
            return;
        }
        diagnostics.push(
            Diagnostic::error(
                "misplaced-section",
                base.span,
                "only an object has properties",
            )
            .label("expected `object`")
            .also(properties[0].head.name.span, "the first property"),
        );
    }
}

impl Section {
    fn check(&self, diagnostics: &mut Vec<Diagnostic>) {
        let Some(name) = self.name else { return };
        let entries = self.members.len() + self.words.len() + self.users.len();
        if name != SectionName::BaseType && entries == 0 && !self.refused {
            diagnostics.push(empty_section(self.span, name));
        }
        if name == SectionName::Redirect && self.words.len() > 1 {
            diagnostics.push(
                Diagnostic::error(
                    "malformed-entry",
                    self.words[1].span,
                    "a second domain to redirect to",
                )
                .label("a command has moved to one domain")
                .also(self.words[0].span, "the first one"),
            );
        }
        if !matches!(name, SectionName::Dependencies | SectionName::Redirect) {
            return;
        }
        for word in self.words.iter().filter(|word| !is_name(&word.value)) {
            let message = format!("`{}` is no name of a domain", shown(&word.value));
            diagnostics.push(
                Diagnostic::error("invalid-name", word.span, message)
                    .label("expected the name of a domain"),
            );
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push('\n');
    text.push_str(line);
}

fn push_description(head: &mut Head, block: &Block, line: &str) {
    match &mut head.text {
        Some(text) => {
            text.value.push_str(if block.gap { "\n\n" } else { "\n" });
            text.value.push_str(line);
            text.span.end = block.span.end;
        }
        text @ None => {
            *text = Some(Spanned {
                value: line.to_owned(),
                span: block.span,
            });
        }
    }
}

fn empty_section(label: Span, name: SectionName) -> Diagnostic {
    let message = format!("the section `*{}*` is empty", name.word());
    Diagnostic::error("empty-section", label, message)
        .label(if name.usage().is_some() {
            "expected entries such as `- [Domain.name]` below this"
        } else if name == SectionName::BaseType {
            "expected an entry such as `- **object**` below this"
        } else if name.holds_words() {
            "expected entries such as `` - `word` `` below this"
        } else {
            "expected members such as `` - `name` <string]> text `` below this"
        })
        .help("restore what is missing, or remove the section")
}

/// Where a label, or a heading, has been lost, an empty line is left.
fn gap(member: Span, section: Span) -> Diagnostic {
    Diagnostic::error("gap-in-section", member, "an empty line between members")
        .label("expected the label of another section before this, or no empty line")
        .also(section, "the members of this section stand together")
        .help("restore what is missing, such as `*returns*`, or remove the empty line")
}

/// Literals belong to strings.
fn check_string(label: Span, ty: &Spanned<TypeExpr>, diagnostics: &mut Vec<Diagnostic>) {
    if ty.value != TypeExpr::Primitive(Primitive::String) {
        diagnostics.push(
            Diagnostic::error("misplaced-section", label, "only a string has literals")
                .label("`*enum*` lists the values of a string")
                .also(ty.span, "this is no string"),
        );
    }
}
