//! Ranges: `*range* 1..=147 why`, below a parameter.

use super::dialect::Dialect;
use super::inline;
use super::word::shown;
use crate::block::Block;
use crate::diagnostic::Diagnostic;
use crate::ir::{Primitive, Range, Spanned, TypeExpr};
use crate::range::{Bounds, Malformed};
use crate::source::Span;

/// Reads what stands behind the label, for a parameter of a type.
pub(super) fn parse(
    dialect: &Dialect<'_>,
    block: &Block,
    rest: Span,
    ty: &Spanned<TypeExpr>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Range> {
    let text = dialect.text;
    let (written, why) = split(text, rest);
    let read = match ty.value {
        TypeExpr::Primitive(Primitive::Integer) => Bounds::of_integer,
        TypeExpr::Primitive(Primitive::Number) => Bounds::of_number,
        _ => {
            diagnostics.push(
                misplaced(block.span, "a range of what is no number")
                    .label("expected below an integer or a number")
                    .also(ty.span, "this is neither"),
            );
            return None;
        }
    };
    let bounds = read(&text[written.range()])
        .map_err(|malformed| diagnostics.push(report(malformed, text, written, ty)))
        .ok();
    let content = &text[inline::text_of(dialect, why, diagnostics).span.range()];
    if content.trim().is_empty() && bounds.is_some() {
        diagnostics.push(
            Diagnostic::error("missing-reason", block.span, "a range without a reason")
                .label("expected the reason behind the range, on the same line")
                .help("say, for the users of the bindings, what becomes of a target beyond it: the refusal tells them"),
        );
    }
    Some(Range {
        bounds: Spanned {
            value: bounds?,
            span: written,
        },
        why: content.to_owned(),
    })
}

/// A range that stands where none can.
pub(super) fn misplaced(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("misplaced-range", span, message)
        .help("a parameter of a command may have one range, in a line below it that is indented deeper than its `-`")
}

/// The first word, and all behind it.
fn split(text: &str, rest: Span) -> (Span, Span) {
    let blanks = [' ', '\t'];
    let content = text[rest.range()].trim_end_matches(blanks);
    let end = rest.start + content.len() as u32;
    let start = end - content.trim_start_matches(blanks).len() as u32;
    let content = content.trim_start_matches(blanks);
    let length = content.find(blanks).unwrap_or(content.len());
    let why = content[length..].trim_start_matches(blanks);
    let word = Span {
        start,
        end: start + length as u32,
        ..rest
    };
    let why = Span {
        start: end - why.len() as u32,
        end,
        ..rest
    };
    (word, why)
}

fn report(malformed: Malformed, text: &str, span: Span, ty: &Spanned<TypeExpr>) -> Diagnostic {
    let whole = ty.value == TypeExpr::Primitive(Primitive::Integer);
    let written = shown(&text[span.range()]);
    let message = match malformed {
        _ if written.is_empty() => "a range without bounds".to_owned(),
        Malformed::Reversed => format!("`{written}` holds no value"),
        _ => format!("`{written}` is no range"),
    };
    let expected = match malformed {
        Malformed::Form | Malformed::Unbounded => "expected `1..=147`, `1..` or `..=147`",
        Malformed::Bound if whole => "expected whole numbers of 64 bits, as JSON writes them",
        Malformed::Bound => "expected numbers as JSON writes them",
        Malformed::Reversed => "expected the lower bound first",
    };
    Diagnostic::error("malformed-range", span, message)
        .label(expected)
        .also(ty.span, "the type of the parameter")
        .help("write `*range* 1..=147 why`, without blanks between the bounds")
}
