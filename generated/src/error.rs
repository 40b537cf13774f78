//! What can go wrong between JSON and values of the protocol.

use std::error::Error;
use std::fmt;

use crate::wire::{Context, Failure, Step};
use crate::RefusedParameter;

/// JSON that is not what the protocol says, with the place where it is not.
#[derive(Clone)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    kind: DecodeErrorKind,
    message: String,
    /// From the outermost step inwards.
    path: Vec<Step>,
    owner: Option<&'static str>,
    offset: usize,
    excerpt: String,
}

/// The kinds of [`DecodeError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is not JSON, or ends too early, or goes on after the value.
    Syntax,
    /// The JSON nests deeper than [`MAX_DEPTH`](crate::wire::MAX_DEPTH).
    Depth,
    /// A required member is not there.
    #[non_exhaustive]
    MissingMember {
        /// The name of the member on the wire.
        member: &'static str,
    },
    /// A value is of the wrong kind, or an integer is out of range.
    Value,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(json: &str, context: &Context, error: &serde_json::Error) -> Self {
        let kind = match context.failure {
            Some(Failure::Depth) => DecodeErrorKind::Depth,
            Some(Failure::Missing(member)) => DecodeErrorKind::MissingMember { member },
            None if error.is_data() => DecodeErrorKind::Value,
            None => DecodeErrorKind::Syntax,
        };
        let offset = offset(json, error.line(), error.column());
        Self(Box::new(Details {
            kind,
            message: message(error),
            path: context.steps.iter().rev().cloned().collect(),
            owner: context.owner,
            offset,
            excerpt: excerpt(json, offset),
        }))
    }

    /// An error of the text itself, not of a value in it.
    #[cold]
    pub(crate) fn syntax(json: &str, offset: usize, message: &str) -> Self {
        Self(Box::new(Details {
            kind: DecodeErrorKind::Syntax,
            message: message.to_owned(),
            path: Vec::new(),
            owner: None,
            offset,
            excerpt: excerpt(json, offset),
        }))
    }

    /// The same error, as seen from the text `json` that has the decoded one at
    /// `start`.
    #[cold]
    pub(crate) fn within(mut self, json: &str, start: usize) -> Self {
        self.0.offset += start;
        self.0.excerpt = excerpt(json, self.0.offset);
        self
    }

    /// The same error, as seen from the object that has the decoded value as its
    /// member.
    #[cold]
    pub(crate) fn at_member(mut self, owner: &'static str, name: &str) -> Self {
        self.0.owner.get_or_insert(owner);
        self.0.path.insert(0, Step::Member(name.to_owned()));
        self
    }

    /// What kind of error it is.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// What is wrong, without the place: what was found and what was expected.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path to the value that is wrong, such as
    /// `profile.head.children[3].callFrame`; empty for the whole document.
    pub fn path(&self) -> String {
        let mut path = String::new();
        push_steps(&mut path, &self.0.path);
        path
    }

    /// The type of the protocol that the error is in, such as
    /// `HeapProfiler.SamplingHeapProfile`, or `None` outside of any object.
    pub fn type_name(&self) -> Option<&'static str> {
        self.0.owner
    }

    /// Where the parser stood, in bytes from the beginning of the text: at the value
    /// that is wrong, or just after it.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The text around the offset, at most 80 characters, with control characters
    /// and the like escaped.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        f.write_str(&details.message)?;
        if !details.path.is_empty() {
            write!(f, ", at `{}`", short_path(&details.path))?;
        }
        match (&details.kind, details.owner) {
            // Its message names the type already.
            (DecodeErrorKind::MissingMember { .. }, _) | (_, None) => {}
            (_, Some(owner)) => write!(f, " in a `{owner}`")?,
        }
        write!(f, ", offset {}, near `{}`", details.offset, details.excerpt)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("path", &short_path(&self.0.path))
            .field("type_name", &self.0.owner)
            .field("offset", &self.0.offset)
            .field("excerpt", &self.0.excerpt)
            .finish()
    }
}

impl Error for DecodeError {}

/// How many characters of a long message are kept at its beginning, and at its end,
/// where it says what was expected.
const MESSAGE_ENDS: (usize, usize) = (80, 160);

/// The error's text without the line and the column at its end. Of what was found
/// instead of the expected, it may hold any amount: the middle is left out then.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = text.strip_suffix(&place).unwrap_or(&text);
    let (first, last) = MESSAGE_ENDS;
    let begin = message.char_indices().nth(first);
    let end = message.char_indices().rev().nth(last);
    match (begin, end) {
        (Some((begin, _)), Some((end, _))) if begin < end => {
            format!("{}…{}", &message[..begin], &message[end..])
        }
        _ => message.to_owned(),
    }
}

/// Turns a line, counted from 1, and a column in bytes into an offset in bytes, at
/// the beginning of a character.
fn offset(json: &str, line: usize, column: usize) -> usize {
    let before: usize = json
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut offset = before.saturating_add(column).min(json.len());
    while !json.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many characters an excerpt has on either side of the offset.
const EXCERPT_SIDE: usize = 40;

fn excerpt(json: &str, offset: usize) -> String {
    let (before, after) = json.split_at(offset);
    let mut pieces = Vec::new();
    let mut room = EXCERPT_SIDE;
    for piece in before.chars().rev().map(escape) {
        match room.checked_sub(piece.chars().count()) {
            Some(left) => room = left,
            None => break,
        }
        pieces.push(piece);
    }
    pieces.reverse();
    room = EXCERPT_SIDE;
    for piece in after.chars().map(escape) {
        match room.checked_sub(piece.chars().count()) {
            Some(left) => room = left,
            None => break,
        }
        pieces.push(piece);
    }
    pieces.concat()
}

/// Escapes what would not show as itself. Quotes and backslashes stay, since the
/// text is JSON.
fn escape(character: char) -> String {
    match character {
        '"' | '\'' | '\\' => character.to_string(),
        _ => character.escape_debug().to_string(),
    }
}

/// How many steps of a long path are shown at either end.
const PATH_ENDS: usize = 8;

/// The path with its middle left out if it is long: a deep profile's path has a
/// step for every level.
fn short_path(path: &[Step]) -> String {
    let mut text = String::new();
    match path.len().checked_sub(2 * PATH_ENDS) {
        None | Some(0) => push_steps(&mut text, path),
        Some(left_out) => {
            push_steps(&mut text, &path[..PATH_ENDS]);
            text.push_str(&format!("…({left_out} steps)…"));
            push_steps(&mut text, &path[path.len() - PATH_ENDS..]);
        }
    }
    text
}

fn push_steps(text: &mut String, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Member(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
}

/// Why something has not been encoded.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EncodeError {
    /// A command has a parameter that would harm the target: see
    /// [`Command::check`](crate::Command::check).
    Refused(RefusedParameter),
    /// A value's own `Serialize` failed, with this message. Those of this crate never
    /// fail.
    Serialize(String),
}

impl EncodeError {
    pub(crate) fn new(error: serde_json::Error) -> Self {
        Self::Serialize(error.to_string())
    }
}

impl From<RefusedParameter> for EncodeError {
    fn from(refused: RefusedParameter) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::Serialize(message) => write!(f, "cannot be encoded as JSON: {message}"),
        }
    }
}

impl Error for EncodeError {}

#[cfg(test)]
mod tests {
    use super::{excerpt, offset};

    #[test]
    fn offsets_are_on_character_boundaries_and_inside() {
        let json = "{\n \"ä\": 1}";
        assert_eq!(offset(json, 1, 1), 1);
        assert_eq!(offset(json, 2, 3), 4, "in the middle of ä");
        assert_eq!(offset(json, 2, 900), json.len());
        assert_eq!(offset(json, 0, 0), 0);
        assert_eq!(offset("", 7, 7), 0);
    }

    #[test]
    fn excerpts_are_short_and_printable() {
        let json = "\u{202e}\n".repeat(100);
        for at in [0, 4, 200, json.len()] {
            let excerpt = excerpt(&json, at);
            assert!(excerpt.chars().count() <= 80, "{excerpt}");
            assert!(
                excerpt.chars().all(|c| (' '..='~').contains(&c)),
                "{excerpt}"
            );
        }
        assert_eq!(excerpt("{\"a\":\"\\u0000\"}", 3), "{\"a\":\"\\u0000\"}");
    }
}
