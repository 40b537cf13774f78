//! Markdown to blocks: what each line of a document is.
//!
//! In the dialect only the skeleton is markdown: headings, section labels, the
//! heads of list items, definitions. All else is text, and texts hold lines that
//! CommonMark takes for lists, HTML, code or headings of its own (`<p>`, `- x`,
//! `==`, a lone backtick), some of which swallow everything up to the end of the
//! document. So a line's first characters say what it could be, CommonMark says
//! of the few that could be skeleton what they are, and texts never reach it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::source::{Source, SourceId, Span};

/// No head of a structural line is longer; it bounds what CommonMark is fed.
const LONGEST_HEAD: usize = 1024;

/// One line of a document that is not empty.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub kind: Kind,
    /// The line without its indentation and trailing blanks.
    pub span: Span,
    /// How many blanks it is indented by.
    pub indent: usize,
    /// Whether an empty line, or the start of the document, comes before it.
    pub gap: bool,
}

/// What a line is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// `#### content`
    Heading { level: u8, content: Span },
    /// `*word*`, or `*word* rest`
    Label { word: Span, rest: Span },
    /// `` - *mark* `code` rest``; without code if the code span has no end.
    Item {
        marks: Vec<Span>,
        code: Option<Span>,
        rest: Span,
    },
    /// `[label]: target "title"`; without target if it is no definition for
    /// CommonMark.
    Definition {
        label: Span,
        target: Option<Span>,
        title: Option<Span>,
    },
    /// `\content`: text as it stands, up to the end of the line, whatever it is.
    Verbatim { content: Span },
    /// Anything else.
    Text,
}

/// Cuts a document into blocks.
pub(crate) fn blocks(id: SourceId, source: &Source) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut gap = true;
    let mut start = 0;
    for whole in source.text.split('\n') {
        let content = whole.trim_matches([' ', '\t']);
        if content.is_empty() {
            gap = true;
        } else {
            let indent = whole.len() - whole.trim_start_matches([' ', '\t']).len();
            // As CommonMark counts: a tab is no less than four columns.
            let margin = whole[..indent].bytes();
            let columns: usize = margin.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
            let line = Line {
                text: content,
                source: id,
                start: start + indent,
            };
            let follows = matches!(blocks.last(), Some(Block { kind, .. }) if !matches!(kind, Kind::Text | Kind::Verbatim { .. } | Kind::Item { .. }));
            let kind = if content.starts_with('\\') {
                let content = line.span(1..whole.len() - indent);
                Kind::Verbatim { content }
            } else {
                line.kind(columns, gap || follows)
            };
            blocks.push(Block {
                kind,
                span: line.span(0..content.len()),
                indent,
                gap,
            });
            gap = false;
        }
        start += whole.len() + 1;
    }
    blocks
}

/// The content of a line and its place in the document.
struct Line<'a> {
    text: &'a str,
    source: SourceId,
    start: usize,
}

impl Line<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span {
            source: self.source,
            start: (self.start + range.start) as u32,
            end: (self.start + range.end) as u32,
        }
    }

    /// `opens` tells whether the line can begin something new even where a text
    /// would go on.
    fn kind(&self, columns: usize, opens: bool) -> Kind {
        let structural = match self.text.as_bytes()[0] {
            b'#' if columns < 4 => self.heading(),
            b'-' => self.item(),
            b'*' => self.label(),
            b'[' if opens => self.definition(),
            _ => None,
        };
        structural.unwrap_or(Kind::Text)
    }

    /// Only the level is asked of CommonMark: in the content it would find
    /// markup where the dialect has none.
    fn heading(&self) -> Option<Kind> {
        let event = Parser::new(self.head(self.text.len())).next();
        let Some(Event::Start(Tag::Heading { level, .. })) = event else {
            return None;
        };
        let level = level as u8;
        let content = self.text[level.into()..].trim_start_matches([' ', '\t']);
        Some(Kind::Heading {
            level,
            content: self.span(self.text.len() - content.len()..self.text.len()),
        })
    }

    /// The head of a list item: a marker, marks in emphasis, a code span.
    fn item(&self) -> Option<Kind> {
        let open = self.text.find('`')?;
        let before = &self.text[1..open];
        let mut words = before.split_ascii_whitespace();
        if !before.starts_with(' ') || !words.all(|mark| mark.starts_with('*')) {
            return None;
        }
        let ticks = self.text[open..].len() - self.text[open..].trim_start_matches('`').len();
        let Some(close) = closing_ticks(self.text, open + ticks, ticks) else {
            return Some(self.unclosed_item());
        };
        // `` - `date`: formatted print date `` is prose.
        if !matches!(self.text.as_bytes().get(close), None | Some(b' ' | b'<')) {
            return None;
        }
        let mut marks = Vec::new();
        let mut code = None;
        let mut emphasis = false;
        for (event, range) in Parser::new(self.head(close)).into_offset_iter() {
            match event {
                Event::Start(Tag::List(None) | Tag::Item) | Event::End(_) => {}
                Event::Start(Tag::Emphasis) => emphasis = true,
                Event::Text(_) if emphasis => {
                    marks.push(self.span(range));
                    emphasis = false;
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Code(_) if range.end == close => code = Some(range),
                _ => return Some(self.unclosed_item()),
            }
        }
        let Some(code) = code else {
            return Some(self.unclosed_item());
        };
        let inner = code_content(self.text, code.start + ticks..code.end - ticks);
        Some(Kind::Item {
            marks,
            code: Some(self.span(inner)),
            rest: self.span(close..self.text.len()),
        })
    }

    fn unclosed_item(&self) -> Kind {
        Kind::Item {
            marks: Vec::new(),
            code: None,
            rest: self.span(0..self.text.len()),
        }
    }

    /// A word in emphasis at the start of a line.
    fn label(&self) -> Option<Kind> {
        let close = 1 + self.text[1..].find('*')?;
        let word = &self.text[1..close];
        let is_word = word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
        let rest = close + 1..self.text.len();
        let stands_alone = rest.is_empty() || self.text[rest.clone()].starts_with([' ', '\t']);
        if !is_word || !stands_alone {
            return None;
        }
        let emphasis =
            Parser::new(self.head(close + 1))
                .into_offset_iter()
                .any(|(event, range)| {
                    matches!(event, Event::Start(Tag::Emphasis)) && range == (0..close + 1)
                });
        emphasis.then(|| Kind::Label {
            word: self.span(1..close),
            rest: self.span(rest),
        })
    }

    fn definition(&self) -> Option<Kind> {
        let close = self.text.find("]:")?;
        if self.text[1..close].contains(['[', ']']) {
            return None;
        }
        let parser = Parser::new(self.head(self.text.len()));
        let read = parser.reference_definitions().iter().next();
        let read = read.filter(|(_, definition)| definition.span.end >= self.text.len());
        let place = |from: usize, part: &str| {
            let start = from + self.text[from..].find(part)?;
            Some(start..start + part.len())
        };
        let target = read
            .as_ref()
            .and_then(|(_, definition)| place(close + 2, &definition.dest));
        let title = read.as_ref().and_then(|(_, definition)| {
            let behind = target.as_ref()?.end;
            place(behind, definition.title.as_deref()?)
        });
        Some(Kind::Definition {
            label: self.span(1..close),
            target: target.map(|range| self.span(range)),
            title: title.map(|range| self.span(range)),
        })
    }

    /// The first `len` bytes, or as many as CommonMark is fed at the most.
    fn head(&self, len: usize) -> &str {
        let mut len = len.min(LONGEST_HEAD);
        while !self.text.is_char_boundary(len) {
            len -= 1;
        }
        &self.text[..len]
    }
}

/// The end of the first run of exactly `ticks` backticks.
fn closing_ticks(text: &str, mut from: usize, ticks: usize) -> Option<usize> {
    loop {
        let start = from + text[from..].find('`')?;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return Some(start + run);
        }
        from = start + run;
    }
}

/// CommonMark takes one blank off each side of a code span that has both.
fn code_content(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let padded = inner.len() > 2 && inner.starts_with(' ') && inner.ends_with(' ');
    if padded && !inner.trim().is_empty() {
        range.start + 1..range.end - 1
    } else {
        range
    }
}
