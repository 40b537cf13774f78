//! Texts in documents: which of their lines need the backslash that makes them
//! verbatim.
//!
//! What a line is to the parser is asked of the parser: a document with this line
//! and little else is read, and the line has to come back.

use crate::ir::{Document, Generation, Head};
use crate::parse;
use crate::source::{Input, Role, Sources};

/// Where a text stands. Members are indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Below a heading.
    Item,
    /// Behind the type expression of a member.
    Member { indent: usize },
    /// Behind the bounds of a range, below a parameter.
    Range { indent: usize },
    /// Behind `*part*` or `*some*`, below a heading.
    Coverage,
    /// Behind the label of a reason, below a heading.
    Reason,
    /// Behind the label of a reason, below a member.
    ReasonOfMember { indent: usize },
}

impl Place {
    /// How far the lines after the first one are indented.
    fn margin(self) -> usize {
        match self {
            Self::Item | Self::Coverage | Self::Reason => 0,
            Self::Member { indent } | Self::Range { indent } | Self::ReasonOfMember { indent } => {
                indent + 2
            }
        }
    }

    /// Whether an empty line may stand in it.
    fn has_paragraphs(self) -> bool {
        matches!(self, Self::Item | Self::Member { .. })
    }

    /// A document up to a text in this place.
    fn document(self) -> String {
        const START: &str = "\n### domain: D\n";
        let member = |indent: usize| {
            let margin = " ".repeat(indent);
            format!("{START}\n#### command: D.c()\n\n*parameters*\n{margin}- `m` <integer]>")
        };
        match self {
            Self::Item => format!("{START}\n"),
            Self::Coverage => format!("{START}\n*part* "),
            Self::Reason => format!("{START}\n*amends* "),
            Self::Member { indent } => member(indent) + " ",
            Self::Range { indent } => {
                let margin = " ".repeat(indent + 2);
                format!("{}\n{margin}*range* 0.. ", member(indent))
            }
            Self::ReasonOfMember { indent } => {
                let margin = " ".repeat(indent + 2);
                format!("{}\n{margin}*amends* ", member(indent))
            }
        }
    }

    /// What such a document says in this place.
    fn text<'d>(self, document: &'d Document) -> Option<&'d str> {
        let domain = document.domain.as_ref()?;
        let text = |head: &'d Head| Some(head.text.as_ref()?.value.as_str());
        let member = domain
            .commands
            .first()
            .and_then(|command| command.parameters.first());
        match self {
            Self::Item => text(&domain.head),
            Self::Coverage => Some(&domain.head.coverage.part.as_ref()?.value),
            Self::Reason => Some(&domain.head.reason.as_ref()?.text),
            Self::Member { .. } => {
                let head = &member?.head;
                let marked = head.experimental.is_some() || head.deprecated.is_some();
                text(head).filter(|_| !marked)
            }
            Self::Range { .. } => Some(&member?.range.as_ref()?.why),
            Self::ReasonOfMember { .. } => Some(&member?.head.reason.as_ref()?.text),
        }
    }
}

/// What stands before a line of a text: what that is read as depends on it.
#[derive(Default)]
struct Before {
    /// As it is written.
    written: String,
    /// As it is read.
    text: String,
}

impl Before {
    /// A line that is not the first one, in place of all before it.
    fn some() -> Self {
        Self {
            written: "x\n".to_owned(),
            text: "x\n".to_owned(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.written.is_empty()
    }
}

/// Writes a text, its line end included. It has no carriage return.
pub(super) fn write(role: Role, place: Place, text: &str, out: &mut String) {
    let margin = " ".repeat(place.margin());
    let mut before = Before::default();
    let mut gap = false;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let may_be_gap = place.has_paragraphs() && !before.is_nothing() && !gap;
        if line.is_empty() && may_be_gap && lines.peek().is_some() {
            out.push('\n');
            gap = true;
            before = Before::some();
            before.written.push('\n');
            before.text.push('\n');
            continue;
        }
        let mut written = String::new();
        if !before.is_nothing() {
            written.push_str(&margin);
        }
        if !comes_back(role, place, &before, line) {
            written.push('\\');
        }
        written.push_str(line);
        written.push('\n');
        out.push_str(&written);
        let first = before.is_nothing();
        before = if first {
            Before::default()
        } else {
            Before::some()
        };
        before.written += &written;
        before.text += line;
        before.text.push('\n');
        gap = false;
    }
}

/// What may come behind a text: some lines are read as they are because of it.
const NEXT: &str = "\n\n#### event: D.e\n";

/// Whether a line is the same when it is read.
fn comes_back(role: Role, place: Place, before: &Before, line: &str) -> bool {
    if line.is_empty() {
        return false;
    }
    let margin = if before.is_nothing() {
        0
    } else {
        place.margin()
    };
    let document = place.document() + &before.written + &" ".repeat(margin) + line + NEXT;
    let (sources, mut findings) = Sources::new(vec![Input {
        name: String::new(),
        // An overlay reads labels that others do not.
        role,
        bytes: document.into_bytes(),
    }]);
    let Some((id, source)) = sources.iter().next() else {
        return false;
    };
    let document = parse::parse(id, source, &mut findings);
    let text = place.text(&document);
    let read = text.and_then(|text| text.strip_prefix(before.text.as_str()));
    // A line that is that of another generation could make the document one.
    let ours = document.generation == Some(Generation::B);
    ours && findings.is_empty() && read == Some(line)
}
