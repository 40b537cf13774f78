//! The documents of a run: their names, their texts and places in them.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// What a document states, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A whole domain, in markdown.
    Base,
    /// Any number of whole domains, as protocol JSON.
    Json,
    /// Any number of whole domains, in the protocol definition language.
    Pdl,
    /// Only what another document leaves out of its domain, in markdown.
    Overlay,
}

/// A document as it was found: not yet known to be text.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name people know it by, such as `spec/heapprofiler.md`. It is shown
    /// in messages and in the header of the output; it is never opened.
    pub name: String,
    /// What the document states, and how it is written.
    pub role: Role,
    /// The bytes of the document.
    pub bytes: Vec<u8>,
}

/// A document of the run, by its place in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes of one document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The document.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes of the document that the span covers.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

// Snapshots of the ir are read by people: `0:17..25` says enough.
impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}..{}", self.source.0, self.start, self.end)
    }
}

impl std::fmt::Debug for SourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One document of the run, as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that messages show.
    pub name: String,
    /// What it states, and how it is written.
    pub role: Role,
    /// The text, without a byte order mark and with `\n` as the only line end.
    /// Spans count in this text.
    pub text: String,
    line_starts: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a line may
    /// be as long as the document.
    characters: Vec<u32>,
}

const BLOCK: usize = 4096;

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

impl Source {
    fn new(name: String, role: Role, text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at as u32 + 1))
            .collect();
        Self {
            name,
            role,
            line_starts,
            characters: text
                .as_bytes()
                .chunks(BLOCK)
                .scan(0, |before, block| {
                    let begins = *before;
                    *before += characters(block);
                    Some(begins)
                })
                .collect(),
            text,
        }
    }

    /// The line of a byte, counted from 0.
    pub(crate) fn line(&self, at: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= at) - 1
    }

    /// The bytes of a line counted from 0, without its end.
    pub(crate) fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.line_starts[line] as usize;
        let end = match self.line_starts.get(line + 1) {
            Some(&next) => next as usize - 1,
            None => self.text.len(),
        };
        start..end
    }

    /// Line and column of a byte, both counted from 1, columns in characters. A
    /// byte beyond the end is taken for the end.
    pub fn position(&self, at: u32) -> (usize, usize) {
        let at = at.min(self.text.len() as u32);
        let line = self.line(at);
        let before = self.count(at) - self.count(self.line_starts[line]);
        (line + 1, before as usize + 1)
    }

    /// How many characters begin before a byte.
    fn count(&self, at: u32) -> u32 {
        let block = at as usize / BLOCK;
        let Some(&before) = self.characters.get(block) else {
            let last = self.characters.len().saturating_sub(1);
            let rest = &self.text.as_bytes()[last * BLOCK..];
            return self
                .characters
                .last()
                .map_or(0, |before| before + characters(rest));
        };
        before + characters(&self.text.as_bytes()[block * BLOCK..at as usize])
    }
}

/// All documents of a run, ordered by role and name so that the order in which
/// they were found changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

/// Documents are written and read by people; a larger one is a mistake.
const LARGEST: usize = 64 << 20;

impl Sources {
    /// Takes the documents in, and reports those that are no text. They are kept
    /// all the same, so that the place can be shown.
    pub(crate) fn new(mut inputs: Vec<Input>) -> (Self, Vec<Diagnostic>) {
        inputs.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        let mut diagnostics = Vec::new();
        let mut sources = Vec::with_capacity(inputs.len());
        for (index, input) in inputs.into_iter().enumerate() {
            let id = SourceId(index as u32);
            let text = decode(id, input.bytes, &mut diagnostics);
            sources.push(Source::new(input.name, input.role, text));
        }
        (Self(sources), diagnostics)
    }

    /// Gives the documents other names in messages: whoever read them from
    /// elsewhere than their names say shows where they are.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        for source in &mut self.0 {
            source.name = name(&source.name);
        }
    }

    /// The document of an id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// All documents with their ids, base documents before overlays.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, source)| (SourceId(index as u32), source))
    }
}

/// The text of a document, with replacements for what is not UTF-8.
fn decode(id: SourceId, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let at = |start: usize, len: usize| Span {
        source: id,
        start: start as u32,
        end: (start + len) as u32,
    };
    if bytes.len() > LARGEST {
        diagnostics.push(
            Diagnostic::error(
                "too-large",
                at(0, 0),
                format!("the document has {} bytes", bytes.len()),
            )
            .label(format!("expected at most {LARGEST} bytes")),
        );
        return String::new();
    }
    match String::from_utf8(bytes) {
        Ok(text) => normalize(text),
        Err(error) => {
            let (good, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
            let byte = rest.first().copied().unwrap_or_default();
            let utf_16 = good.is_empty() && matches!(rest, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
            let good = normalize(String::from_utf8_lossy(good).into_owned());
            diagnostics.push(
                Diagnostic::error(
                    "not-utf-8",
                    at(good.len(), '\u{fffd}'.len_utf8()),
                    "the document is not UTF-8",
                )
                .label(format!("the byte 0x{byte:02x} begins no character"))
                .help(if utf_16 {
                    "it seems to be UTF-16: save it as UTF-8"
                } else {
                    "save it as UTF-8"
                }),
            );
            if utf_16 {
                return '\u{fffd}'.into();
            }
            good + &normalize(String::from_utf8_lossy(rest).into_owned())
        }
    }
}

/// Line ends and a byte order mark are the editor's, not the document's.
fn normalize(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}
