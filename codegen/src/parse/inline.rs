//! Texts that begin on the line of what they belong to, behind a type expression
//! or a label.

use super::dialect::Dialect;
use super::word;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Where such a text is.
pub(super) struct Inline {
    pub span: Span,
    /// It stands as it is: a backslash came before it.
    pub verbatim: bool,
}

/// The text behind something: all but the blanks around it or, if it begins with
/// a backslash, all behind that to the end of the line. Reports what was meant to
/// be no text.
pub(super) fn text_of(
    dialect: &Dialect<'_>,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Inline {
    let text = dialect.text;
    let blanks = [' ', '\t'];
    let content = text[rest.range()].trim_end_matches(blanks);
    let end = rest.start + content.len() as u32;
    let start = end - content.trim_start_matches(blanks).len() as u32;
    let span = Span { start, end, ..rest };
    let verbatim = dialect.found.forms.additions && text[span.range()].starts_with('\\');
    if verbatim {
        let start = start + 1;
        let line = text[start as usize..].find('\n');
        let end = line.map_or(text.len() as u32, |length| start + length as u32);
        let span = Span { start, end, ..rest };
        return Inline { span, verbatim };
    }
    if let Some(problem) = word::disguised(&text[span.range()], dialect.found.forms) {
        diagnostics.push(problem.report(span));
    }
    Inline { span, verbatim }
}
