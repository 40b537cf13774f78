//! Members: `` - *optional* `name` <type]> marks text ``.

use super::dialect::Dialect;
use super::heading::Marks;
use super::inline::{self, Inline};
use super::word::{self, DEPRECATED, EXPERIMENTAL, is_name, shown, suggest};
use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::ir::{Coverage, Generation, Head, Member, Primitive, Spanned, TypeExpr};
use crate::source::Span;

/// Reads the line of a member; reports what is wrong with it.
pub(super) fn parse(
    dialect: &Dialect<'_>,
    block: &Block,
    marks: &[Span],
    code: Span,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Member> {
    let text = dialect.text;
    let name = word::name(text, code, "member", diagnostics);
    let optional = optionality(text, marks, diagnostics);
    let (ty, after) = type_of(dialect, block, rest, diagnostics)?;
    let (signs, after) = signs(text, after);
    let description = description(dialect, after, diagnostics);
    Some(Member {
        head: Head {
            name: name?,
            experimental: signs.experimental,
            deprecated: signs.deprecated,
            text: description,
            reason: None,
            coverage: Coverage::default(),
        },
        optional,
        ty,
        literals: Vec::new(),
        range: None,
    })
}

/// The text on the line of the member. It may begin with what was meant for
/// elsewhere: a mark, or the next member after a lost line end.
fn description(
    dialect: &Dialect<'_>,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let Inline { span, verbatim } = inline::text_of(dialect, rest, diagnostics);
    let value = &dialect.text[span.range()];
    let words = ["*optional*", "*required*"];
    if !verbatim && words.iter().any(|word| value.starts_with(word)) {
        diagnostics.push(
            Diagnostic::error("misplaced-mark", span, "a mark inside of a text")
                .label("expected a text without marks")
                .help("this mark stands before the name"),
        );
    }
    // A lone backslash is an empty line, with more lines behind it.
    (verbatim || !value.is_empty()).then(|| Spanned {
        value: value.to_owned(),
        span,
    })
}

/// `*optional*` or `*required*`, at most once.
fn optionality(
    text: &str,
    marks: &[Span],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<bool>> {
    let mut stated: Option<Spanned<bool>> = None;
    for &span in marks {
        let word = &text[span.range()];
        let value = match word {
            "optional" => true,
            "required" => false,
            _ => {
                let mut diagnostic = Diagnostic::error(
                    "unknown-mark",
                    span,
                    format!("unknown mark `*{}*`", shown(word)),
                )
                .label("expected `*optional*` or `*required*`");
                if let Some(near) = suggest(word, ["optional", "required"]) {
                    diagnostic = diagnostic.help(format!("did you mean `*{near}*`?"));
                }
                diagnostics.push(diagnostic);
                continue;
            }
        };
        match &stated {
            Some(first) => diagnostics.push(
                Diagnostic::error("unknown-mark", span, "a second statement of optionality")
                    .label("a member is optional or required, once")
                    .also(first.span, "the first statement"),
            ),
            None => stated = Some(Spanned { value, span }),
        }
    }
    stated
}

/// The type expression behind the name, and what comes behind that.
fn type_of(
    dialect: &Dialect<'_>,
    block: &Block,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Spanned<TypeExpr>, Span)> {
    let expected = dialect.found.forms.expressions;
    let content = &dialect.text[rest.range()];
    let blanks = content.len() - content.trim_start_matches(' ').len();
    let sub = |start: usize, end: usize| Span {
        source: rest.source,
        start: rest.start + start as u32,
        end: rest.start + end as u32,
    };
    let behind = &content[blanks..];
    let outer = if behind.starts_with(OUTER) {
        OUTER.len() - 1
    } else {
        0
    };
    if blanks == 0 || !behind[outer..].starts_with('<') {
        diagnostics.push(
            Diagnostic::error(
                "missing-type",
                sub(blanks, blanks),
                "a member without a type",
            )
            .label(expected)
            .also(block.span, "this member")
            .help("a line that begins with `- ` and a code span is always a member or a literal"),
        );
        return None;
    }
    let Some(length) = behind.find('>') else {
        diagnostics.push(
            Diagnostic::error(
                "malformed-type",
                sub(blanks, content.len()),
                "a type expression without an end",
            )
            .label(expected)
            .help("close it with `>`"),
        );
        return None;
    };
    let (start, end) = (blanks, blanks + length + 1);
    let after = &content[end..];
    let written = &content[start..end];
    let value = (dialect.found.forms.expression)(written, dialect.domain);
    let ends_well = after.is_empty() || after.starts_with(' ');
    let Some(value) = value.filter(|_| ends_well) else {
        diagnostics.push(malformed(dialect, written, ends_well, sub(start, end)));
        return None;
    };
    let span = sub(start, end);
    Some((Spanned { value, span }, sub(end, content.len())))
}

/// How the first generation begins arrays.
const OUTER: &str = "array of <";

fn malformed(dialect: &Dialect<'_>, written: &str, ends_well: bool, span: Span) -> Diagnostic {
    let found = &dialect.found;
    let foreign = found.other(|forms| (forms.expression)(written, "").is_some());
    let diagnostic = match foreign.filter(|_| ends_well) {
        Some(other) => dialect.mixed(span, &format!("`{}`", shown(written)), other),
        None => {
            let message = format!("malformed type expression `{}`", shown(written));
            Diagnostic::error("malformed-type", span, message)
        }
    };
    let diagnostic = diagnostic.label(found.forms.expressions);
    match meant(written, found.forms.generation) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic,
    }
}

/// The type expression that a malformed one is nearest to.
fn meant(written: &str, generation: Generation) -> Option<String> {
    let inner = written.trim_start_matches(OUTER).trim_matches(['<', '>']);
    let is_array = written.starts_with(OUTER) || inner.starts_with("array of");
    let word = inner.strip_prefix("array of").unwrap_or(inner);
    let bracketed = word.contains('[');
    let word = word.trim_matches(['[', ']', ' ']);
    let (reference, word) = match word.split_once('.') {
        Some((domain, name)) if is_name(domain) && is_name(name) => (true, word.to_owned()),
        Some(_) => return None,
        None if bracketed && is_name(word) && Primitive::of(word).is_none() => {
            (true, format!("Domain.{word}"))
        }
        None => {
            let near = suggest(word, Primitive::ALL.iter().map(|(word, _)| *word))?;
            (false, near.to_owned())
        }
    };
    Some(match (generation, is_array, reference) {
        (Generation::A, false, false) => format!("<[{word}]>"),
        (Generation::A, true, false) => format!("array of <[{word}]>"),
        (Generation::A, false, true) => format!("<{word}>"),
        (Generation::A, true, true) => format!("array of <{word}>"),
        (Generation::B, false, false) => format!("<{word}]>"),
        (Generation::B, true, false) => format!("<array of {word}>"),
        (Generation::B, false, true) => format!("<[{word}]]>"),
        (_, true, _) => format!("<array of [{word}]>"),
        (_, false, _) => format!("<[{word}]>"),
    })
}

/// The seedling and the leaf behind the type expression.
fn signs(text: &str, mut rest: Span) -> (Marks, Span) {
    let mut marks = Marks::default();
    loop {
        let content = &text[rest.range()];
        let (slot, sign) = if content.trim_start_matches(' ').starts_with(EXPERIMENTAL) {
            (&mut marks.experimental, EXPERIMENTAL)
        } else if content.trim_start_matches(' ').starts_with(DEPRECATED) {
            (&mut marks.deprecated, DEPRECATED)
        } else {
            return (marks, rest);
        };
        let blanks = content.len() - content.trim_start_matches(' ').len();
        let end = blanks + sign.len_utf8();
        let closed = content[end..].is_empty() || content[end..].starts_with(' ');
        if slot.is_some() || !closed {
            return (marks, rest);
        }
        *slot = Some(Span {
            source: rest.source,
            start: rest.start + blanks as u32,
            end: rest.start + end as u32,
        });
        rest.start += end as u32;
    }
}
