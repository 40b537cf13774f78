//! Members: `` - *optional* `name` <type]> marks text ``.

use super::heading::Marks;
use super::inline::{self, Inline};
use super::word::{self, DEPRECATED, EXPERIMENTAL, is_name, shown, suggest};
use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::ir::{Coverage, Head, Member, Primitive, QName, Spanned, TypeExpr};
use crate::source::Span;

/// Reads the line of a member; reports what is wrong with it.
pub(super) fn parse(
    text: &str,
    block: &Block,
    marks: &[Span],
    code: Span,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Member> {
    let name = word::name(text, code, "member", diagnostics);
    let optional = optionality(text, marks, diagnostics);
    let (ty, after) = type_of(text, block, rest, diagnostics)?;
    let (signs, after) = signs(text, after);
    let description = description(text, after, diagnostics);
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
    text: &str,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let Inline { span, verbatim } = inline::text_of(text, rest, diagnostics);
    let value = &text[span.range()];
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
    text: &str,
    block: &Block,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Spanned<TypeExpr>, Span)> {
    const FORMS: &str = "expected `<string]>`, `<[Domain.Name]]>`, `<array of string>` or `<array of [Domain.Name]>`";
    let content = &text[rest.range()];
    let blanks = content.len() - content.trim_start_matches(' ').len();
    let sub = |start: usize, end: usize| Span {
        source: rest.source,
        start: rest.start + start as u32,
        end: rest.start + end as u32,
    };
    if blanks == 0 || !content[blanks..].starts_with('<') {
        diagnostics.push(
            Diagnostic::error(
                "missing-type",
                sub(blanks, blanks),
                "a member without a type",
            )
            .label(FORMS)
            .also(block.span, "this member")
            .help("a line that begins with `- ` and a code span is always a member or a literal"),
        );
        return None;
    }
    let Some(length) = content[blanks..].find('>') else {
        diagnostics.push(
            Diagnostic::error(
                "malformed-type",
                sub(blanks, content.len()),
                "a type expression without an end",
            )
            .label(FORMS)
            .help("close it with `>`"),
        );
        return None;
    };
    let (start, end) = (blanks, blanks + length + 1);
    let after = &content[end..];
    let value = expression(&content[start + 1..end - 1]);
    let ends_well = after.is_empty() || after.starts_with(' ');
    let Some(value) = value.filter(|_| ends_well) else {
        let mut diagnostic = Diagnostic::error(
            "malformed-type",
            sub(start, end),
            format!(
                "malformed type expression `{}`",
                shown(&content[start..end])
            ),
        )
        .label(FORMS);
        if let Some(meant) = meant(&content[start + 1..end - 1]) {
            diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
        }
        diagnostics.push(diagnostic);
        return None;
    };
    let span = sub(start, end);
    Some((Spanned { value, span }, sub(end, content.len())))
}

/// What stands between `<` and `>`. One bracket too many in `string]` and
/// `[X.Y]]` is how the seed's generation writes them.
pub(super) fn expression(inner: &str) -> Option<TypeExpr> {
    if let Some(item) = inner.strip_prefix("array of ") {
        return Some(TypeExpr::Array(Some(Box::new(array_item(item)?))));
    }
    array_item(inner.strip_suffix(']')?)
}

/// `string` or `[Domain.Name]`
pub(super) fn array_item(word: &str) -> Option<TypeExpr> {
    let reference = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'));
    let Some(reference) = reference else {
        return Primitive::of(word).map(TypeExpr::Primitive);
    };
    let (domain, name) = reference.split_once('.')?;
    (is_name(domain) && is_name(name)).then(|| {
        TypeExpr::Ref(QName {
            domain: domain.to_owned(),
            name: name.to_owned(),
        })
    })
}

/// The type expression that a malformed one is nearest to.
fn meant(inner: &str) -> Option<String> {
    let (array, word) = match inner.strip_prefix("array of") {
        Some(word) => ("array of ", word),
        None => ("", inner),
    };
    let word = word.trim_matches(['[', ']', ' ']);
    let (item, end) = match word.split_once('.') {
        Some((domain, name)) if is_name(domain) && is_name(name) => (format!("[{word}]"), "]"),
        Some(_) => return None,
        None if inner.contains('[') && is_name(word) && Primitive::of(word).is_none() => {
            (format!("[Domain.{word}]"), "]")
        }
        None => {
            let near = suggest(word, Primitive::ALL.iter().map(|(word, _)| *word))?;
            (near.to_owned(), "]")
        }
    };
    let end = if array.is_empty() { end } else { "" };
    Some(format!("<{array}{item}{end}>"))
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
