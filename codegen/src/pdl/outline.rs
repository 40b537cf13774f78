//! PDL as text to lines, each with what is indented below it.

use crate::diagnostic::Diagnostic;
use crate::ir::Spanned;
use crate::source::{Source, SourceId, Span};

/// A line that is neither empty nor a comment.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words, never none.
    pub words: Vec<Spanned<String>>,
    /// The line without its indentation.
    pub span: Span,
    /// The comment right above it.
    pub comment: Option<Spanned<String>>,
    /// The lines right below it that are indented more.
    pub children: Vec<Line>,
}

impl Line {
    /// The first word.
    pub(super) fn first(&self) -> &str {
        self.words.first().map_or("", |word| &word.value)
    }

    /// A word that is known to be there.
    pub(super) fn word(&self, at: usize) -> Spanned<String> {
        self.words.get(at).cloned().unwrap_or(Spanned {
            value: String::new(),
            span: self.span,
        })
    }
}

/// Nothing belongs to the literals of a member.
const DEEPEST: usize = 4;

/// Cuts a text into lines and nests them.
pub(super) fn read(id: SourceId, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<Line> {
    let mut outline = Outline::default();
    let mut comment = Comment::default();
    let mut start = 0;
    for whole in source.text.split('\n') {
        let content = whole.trim();
        let indent = whole.len() - whole.trim_start().len();
        let span = Span {
            source: id,
            start: (start + indent) as u32,
            end: (start + indent + content.len()) as u32,
        };
        start += whole.len() + 1;
        if let Some(text) = content.strip_prefix('#') {
            comment.push(text.strip_prefix(' ').unwrap_or(text), span);
            continue;
        }
        let comment = std::mem::take(&mut comment).finish();
        if content.is_empty() {
            continue;
        }
        let line = Line {
            words: words(content, span),
            span,
            comment,
            children: Vec::new(),
        };
        if let Err(problem) = outline.push(&whole[..indent], line) {
            diagnostics.push(
                Diagnostic::error("malformed-pdl", span, problem)
                    .label("expected two blanks more than the line that it belongs to"),
            );
        }
    }
    outline.finish()
}

fn words(content: &str, span: Span) -> Vec<Spanned<String>> {
    let place = |word: &str| word.as_ptr().addr() - content.as_ptr().addr();
    let words = content.split_whitespace().map(|word| Spanned {
        value: word.to_owned(),
        span: Span {
            start: span.start + place(word) as u32,
            end: span.start + (place(word) + word.len()) as u32,
            ..span
        },
    });
    words.collect()
}

/// The lines so far.
#[derive(Default)]
struct Outline {
    done: Vec<Line>,
    /// The last line of each depth with its indentation, each a child of the one
    /// before.
    open: Vec<(usize, Line)>,
}

impl Outline {
    fn push(&mut self, margin: &str, line: Line) -> Result<(), &'static str> {
        if margin.contains(|c| c != ' ') {
            return Err("a line that is not indented by blanks");
        }
        let indent = margin.len();
        self.close(indent);
        if self.open.is_empty() && indent > 0 {
            return Err("an indented line that belongs to nothing");
        }
        if indent % 2 == 1 || self.open.len() > DEEPEST {
            return Err("a line that is indented as none is");
        }
        self.open.push((indent, line));
        Ok(())
    }

    /// Hands every line that is indented so far on to the one that it belongs to.
    fn close(&mut self, indent: usize) {
        while let Some((_, line)) = self.open.pop_if(|(open, _)| *open >= indent) {
            match self.open.last_mut() {
                Some((_, parent)) => parent.children.push(line),
                None => self.done.push(line),
            }
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.close(0);
        self.done
    }
}

/// The lines of a comment so far.
#[derive(Default)]
struct Comment(Option<Spanned<String>>);

impl Comment {
    fn push(&mut self, line: &str, span: Span) {
        match &mut self.0 {
            Some(comment) => {
                comment.value.push('\n');
                comment.value.push_str(line);
                comment.span.end = span.end;
            }
            None => {
                self.0 = Some(Spanned {
                    value: line.to_owned(),
                    span,
                });
            }
        }
    }

    /// Blanks and empty lines around a description are no part of it.
    fn finish(self) -> Option<Spanned<String>> {
        let comment = self.0?;
        let value = comment.value.trim();
        (!value.is_empty()).then(|| Spanned {
            value: value.to_owned(),
            span: comment.span,
        })
    }
}
