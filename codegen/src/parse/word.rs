//! Words and names: what is one, what was meant, how it is shown.

use super::generation::{CommandForm, Forms, is_bare_command};
use crate::diagnostic::Diagnostic;
use crate::invisible::{is_invisible, spell};
use crate::ir::{Primitive, Spanned};
use crate::source::Span;

/// The seedling: experimental.
pub(crate) const EXPERIMENTAL: char = '\u{1F331}';
/// The leaf: deprecated.
pub(crate) const DEPRECATED: char = '\u{1F342}';

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
        if is_invisible(c) || (c.is_whitespace() && c != ' ') {
            spell(c, &mut out);
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
        format!("`{}` is no name for {} {what}", shown(value), article(what))
    };
    let help = if value.ends_with("()") {
        "only a command has `()` behind its name".to_owned()
    } else if value.contains([EXPERIMENTAL, DEPRECATED]) {
        "a mark stands once, behind one blank".to_owned()
    } else {
        format!("at most {LONGEST_NAME} characters, without blanks or signs")
    };
    diagnostics.push(
        Diagnostic::error("invalid-name", span, why)
            .label("expected ASCII letters, digits and `_`, a letter first")
            .help(help),
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
            .help("an entry of `*enum*`, `*dependencies*` or `*redirect*` is one code span and nothing else"),
        );
        return None;
    }
    Some(Spanned {
        value: text[code.range()].to_owned(),
        span: code,
    })
}

/// The only word of a line that may have been a list item: it stands behind signs, or
/// behind the blank that is left of `- `, which no line of a text does.
pub(super) fn behind_signs(line: &str, indent: usize) -> Option<&str> {
    let word = line.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let led = word.len() < line.len() || indent == 1;
    (led && is_name(word)).then_some(word)
}

/// A line of text that was meant to be something else.
pub(super) struct Disguised {
    pub code: &'static str,
    pub message: &'static str,
    pub expected: &'static str,
    pub help: &'static str,
}

impl Disguised {
    /// The report of it.
    pub(super) fn report(self, span: Span) -> Diagnostic {
        Diagnostic::error(self.code, span, self.message)
            .label(self.expected)
            .help(self.help)
    }
}

/// Texts may hold anything, but a damaged heading or member must not pass as
/// one: what follows it would be read as part of the item before.
pub(super) fn disguised(line: &str, forms: &Forms) -> Option<Disguised> {
    if looks_like_heading(line, forms) {
        return Some(Disguised {
            code: "malformed-heading",
            message: "a heading that cannot be read",
            expected: if forms.lists {
                "expected `#### Domain.name()` or `#### event: `"
            } else {
                "expected `#### type: `, `#### command: ` or `#### event: `"
            },
            help: "up to three blanks, the signs `####`, one blank, then the heading",
        });
    }
    let conflict = ["<<<<<<< ", "||||||| ", ">>>>>>> "];
    if conflict.iter().any(|mark| line.starts_with(mark)) {
        return Some(Disguised {
            code: "merge-conflict",
            message: "the mark of a merge conflict",
            expected: "expected one of the two sides, without this line",
            help: "resolve the conflict",
        });
    }
    if line.as_bytes().contains(&b'<')
        && (holds_type(line, forms)
            || looks_like_member(line)
            || (forms.lists && looks_like_bare_member(line)))
    {
        return Some(Disguised {
            code: "malformed-member",
            message: "a member that cannot be read",
            expected: "expected `` - `name` <type]> text ``",
            help: "a member begins with `- ` and its name in backticks, each behind one plain blank",
        });
    }
    if looks_like_range(line) {
        return Some(Disguised {
            code: "malformed-range",
            message: "a range that cannot be read",
            expected: "expected `*range* 1..=147 why`",
            help: "a range has a line of its own, below a parameter and indented deeper than its `-`",
        });
    }
    let signs = !line.is_ascii() && line.contains([EXPERIMENTAL, DEPRECATED]);
    signs.then_some(Disguised {
        code: "misplaced-mark",
        message: "a mark inside of a text",
        expected: "a mark says experimental or deprecated, and nothing else",
        help: "put it at the end of a heading, or behind the type of a member",
    })
}

/// `kind: Domain.name`, behind something that could be meant for `####`.
fn looks_like_heading(line: &str, forms: &Forms) -> bool {
    let content = line.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let signs = &line[..line.len() - content.len()];
    let bare = forms.command == CommandForm::Bare
        && (signs.is_empty() || signs.contains('#'))
        && is_bare_command(content);
    if bare || line.starts_with("##") {
        return true;
    }
    let kinds = ["type: ", "command: ", "event: "];
    let Some(rest) = kinds.iter().find_map(|kind| content.strip_prefix(kind)) else {
        return false;
    };
    let name = rest.split_whitespace().next().unwrap_or_default();
    let name = name.strip_suffix("()").unwrap_or(name);
    let qualified = name.split_once('.');
    qualified.is_some_and(|(domain, item)| is_name(domain) && is_name(item))
}

/// A type expression with something before it, whatever it is: no text has one.
/// What could be a tag of HTML is none.
fn holds_type(line: &str, forms: &Forms) -> bool {
    line.match_indices('<').any(|(at, _)| {
        let inner = &line[at + 1..];
        let end = inner
            .bytes()
            .take(2 * LONGEST_NAME + 16)
            .position(|byte| byte == b'>');
        let ty = end.map(|end| &inner[..end]);
        let ty = ty.filter(|ty| ty.contains(']') || ty.starts_with("array of "));
        let ty = ty.and_then(|ty| (forms.expression)(&line[at..at + ty.len() + 2], ""));
        ty.is_some() && !line[..at].trim().is_empty()
    })
}

/// A name and a damaged type expression, behind something that could be meant for
/// a bullet, a mark or a backtick.
fn looks_like_member(line: &str) -> bool {
    let Some((before, after)) = line.split_once('<') else {
        return false;
    };
    let mut words = before.split_whitespace().rev();
    let word = words.next().unwrap_or_default();
    let name = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let is_mark = |word: &str| {
        let marked = word.starts_with('*') && word.ends_with('*');
        marked || !word.contains(char::is_alphanumeric)
    };
    let ty = after.split_once('>').map_or("", |(ty, _)| ty);
    let is_type = ty.starts_with("array of ")
        || (ty.ends_with(']') && Primitive::of(ty.trim_matches(['[', ']'])).is_some())
        || (ty.starts_with('[') && ty.ends_with(']') && ty.contains('.'));
    is_type && is_name(name) && words.all(is_mark)
}

/// A name and a tag that may be a reference, behind something that could be meant
/// for a bullet or a backtick, and nothing between them.
fn looks_like_bare_member(line: &str) -> bool {
    let sign = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let content = line.trim_start_matches(sign);
    let Some((name, ty)) = content.split_once('<') else {
        return false;
    };
    let apart = name.ends_with([' ', '`']);
    let name = name.trim_end();
    let name = name.strip_suffix(" array of").unwrap_or(name);
    let ty = ty.split_once('>').map_or("", |(ty, _)| ty);
    let is_type = ty.split('.').all(is_name);
    content.len() < line.len() && apart && is_type && is_name(name.trim_end_matches(sign))
}

/// `range` with a star on some side, anywhere in the line, and bounds behind it.
fn looks_like_range(line: &str) -> bool {
    const WORD: &str = "range";
    line.contains('*')
        && line.match_indices(WORD).any(|(at, _)| {
            let behind = &line[at + WORD.len()..];
            let rest = behind.trim_start_matches(['*', ' ', '\t']);
            let starred =
                line[..at].ends_with('*') || behind[..behind.len() - rest.len()].contains('*');
            starred && begins_with_bounds(rest)
        })
}

/// Whether two dots stand in the first word, which is not read far beyond the longest
/// of bounds: there may be no other word.
fn begins_with_bounds(text: &str) -> bool {
    let bytes = text.as_bytes().iter().take(LONGEST_NAME);
    let word = bytes.take_while(|byte| !byte.is_ascii_whitespace()).count();
    let mut pairs = text.as_bytes()[..word].windows(2);
    pairs.any(|pair| pair == b"..")
}

/// `a` or `an`.
pub(crate) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
