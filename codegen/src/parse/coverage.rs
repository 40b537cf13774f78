//! `*part* why` and `*some* why`: how what is described relates to what targets
//! have.

use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::ir::{Coverage, Spanned};
use crate::source::Span;

use super::dialect::Dialect;
use super::inline;
use super::item::ItemKind;
use super::word::article;

/// What the remark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// There is more to it than is described.
    Part,
    /// Only some targets have it.
    Some,
}

impl Word {
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "part" => Some(Self::Part),
            "some" => Some(Self::Some),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Some => "some",
        }
    }

    /// Where an item keeps it.
    pub(super) fn slot(self, coverage: &mut Coverage) -> &mut Option<Spanned<String>> {
        match self {
            Self::Part => &mut coverage.part,
            Self::Some => &mut coverage.some,
        }
    }
}

/// Reads what stands behind the word. Its span is that of the line.
pub(super) fn parse(
    dialect: &Dialect<'_>,
    block: &Block,
    word: Word,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Spanned<String> {
    let why = inline::text_of(dialect, rest, diagnostics).span;
    let why = &dialect.text[why.range()];
    if why.trim().is_empty() {
        let message = format!("`*{}*` without a reason", word.word());
        diagnostics.push(
            Diagnostic::error("missing-reason", block.span, message)
                .label("expected the reason behind the word, on the same line"),
        );
    }
    Spanned {
        value: why.to_owned(),
        span: block.span,
    }
}

/// Stores a remark with an item, if it may stand there.
pub(super) fn store(
    coverage: &mut Coverage,
    kind: ItemKind,
    word: Word,
    why: Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = word.word();
    if word == Word::Some && kind != ItemKind::Domain {
        let message = format!("`*{name}*` in {} {}", article(kind.word()), kind.word());
        diagnostics.push(
            misplaced(why.span, message)
                .label("expected below the text of a domain")
                .help("an overlay adds what only some targets have, with `*adds* why`"),
        );
        return;
    }
    match word.slot(coverage) {
        Some(first) => diagnostics.push(
            misplaced(why.span, format!("a second `*{name}*`"))
                .label("it stands once in an item")
                .also(first.span, "the first one"),
        ),
        slot => *slot = Some(why),
    }
}

/// A remark behind a section, or with a member.
pub(super) fn behind(span: Span, word: Word, section: Span) -> Diagnostic {
    misplaced(span, format!("`*{}*` behind a section", word.word()))
        .label("expected below the text of the item, before its sections")
        .also(section, "the section")
}

fn misplaced(span: Span, message: String) -> Diagnostic {
    Diagnostic::error("misplaced-coverage", span, message)
}
