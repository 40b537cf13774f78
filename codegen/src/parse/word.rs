//! Words and names: what is one, what was meant, how it is shown.

use crate::diagnostic::Diagnostic;
use crate::ir::{Primitive, Spanned};
use crate::source::Span;

/// No name is longer: it becomes the name of a file.
const LONGEST_NAME: usize = 128;

/// Whether a text may become an identifier.
pub(crate) fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next();
    text.len() <= LONGEST_NAME
        && first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text != "_"
}

/// The nearest candidate, if any is near.
pub(crate) fn suggest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > LONGEST_NAME {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&lower, &candidate.to_ascii_lowercase()),
                candidate,
            )
        })
        .filter(|(nearness, _)| *nearness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// A piece of a document inside of a message: short, and without characters
/// that would act on a terminal.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        if c.is_control() || crate::diagnostic::is_format_control(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Checks a name; `what` says of what.
pub(crate) fn name(
    text: &str,
    span: Span,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let value = &text[span.range()];
    if is_name(value) {
        return Some(Spanned {
            value: value.to_owned(),
            span,
        });
    }
    let why = if value.is_empty() {
        format!("the name of the {what} is missing")
    } else {
        format!("`{}` is no name for a {what}", shown(value))
    };
    diagnostics.push(
        Diagnostic::error("invalid-name", span, why)
            .label("expected ASCII letters, digits and `_`, a letter first")
            .help(format!(
                "at most {LONGEST_NAME} characters, without blanks or signs"
            )),
    );
    None
}

/// An entry of `*enum*` or `*dependencies*`.
pub(super) fn list_word(
    text: &str,
    marks: &[Span],
    code: Span,
    rest: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let extra = marks.first().copied().unwrap_or(rest);
    if !text[extra.range()].trim().is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "malformed-entry",
                extra,
                "more than a word in a list of words",
            )
            .label("expected nothing but the code span")
            .help("an entry of `*enum*` or `*dependencies*` is one code span and nothing else"),
        );
        return None;
    }
    Some(Spanned {
        value: text[code.range()].to_owned(),
        span: code,
    })
}

/// A line of text that was meant to be something else.
pub(super) struct Disguised {
    pub code: &'static str,
    pub message: &'static str,
    pub expected: &'static str,
    pub help: &'static str,
}

/// Texts may hold anything, but a damaged heading or member must not pass as
/// one: what follows it would be read as part of the item before.
pub(super) fn disguised(line: &str) -> Option<Disguised> {
    if line.starts_with("##") {
        return Some(Disguised {
            code: "malformed-heading",
            message: "a heading that cannot be read",
            expected: "expected `#### type: `, `#### command: ` or `#### event: `",
            help: "up to three blanks, the signs `####`, one blank, then the heading",
        });
    }
    looks_like_member(line).then_some(Disguised {
        code: "malformed-member",
        message: "a member that cannot be read",
        expected: "expected `` - `name` <type]> text ``",
        help: "a member begins with `- ` and its name in backticks",
    })
}

/// `name <type`, with anything before it that a member could have.
fn looks_like_member(line: &str) -> bool {
    let Some((before, after)) = line.split_once(" <") else {
        return false;
    };
    let word = before
        .rsplit([' ', '`', '*', ':'])
        .find(|word| !word.is_empty());
    let marks = before.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b' ' | b'`' | b'*' | b'-' | b'+' | b'_' | b':')
    });
    let short = before.split_ascii_whitespace().count() <= 3;
    let bare = before.split_ascii_whitespace().count() > 1
        && !before.contains('`')
        && !before.starts_with(['-', '*', '+']);
    let ty = after.split_once('>').map_or("", |(ty, _)| ty);
    let is_type = ty.starts_with("array of ")
        || (ty.ends_with(']') && Primitive::of(ty.trim_matches(['[', ']'])).is_some())
        || (ty.starts_with('[') && ty.ends_with(']') && ty.contains('.'));
    word.is_some_and(is_name) && marks && short && !bare && is_type
}
