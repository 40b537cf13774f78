//! What is wrong with a document, as plain data, and how it is shown.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::source::{Sources, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The run stops before anything is written.
    Error,
    /// The run goes on.
    Warning,
}

/// A place and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be said; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding it is, the same in every run: `unknown-reference`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, and what was expected there.
    pub primary: Label,
    /// Other places that matter, such as the first definition of a duplicate.
    pub secondary: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A warning at a place.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        let primary = Label {
            span,
            text: String::new(),
        };
        Self {
            severity,
            code,
            message: message.into(),
            primary,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Says at the place what was expected there.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at another place that matters.
    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says how to mend it.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The finding as people read it: message, place, excerpt, help. It ends
    /// without a line end.
    pub fn render(&self, sources: &Sources, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level
            .primary_title(self.message.as_str())
            .id(self.code)
            .elements(std::iter::empty::<Element<'_>>());
        for labels in self.excerpts(sources) {
            group = add_excerpt(group, sources, &labels);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }

    /// The labels by the line that they stand on, the primary one's first.
    fn excerpts(&self, sources: &Sources) -> Vec<Vec<(AnnotationKind, &Label)>> {
        let line = |label: &Label| {
            let source = sources.get(label.span.source);
            (label.span.source, source.line(label.span.start))
        };
        let mut excerpts = vec![vec![(AnnotationKind::Primary, &self.primary)]];
        for label in &self.secondary {
            let place = excerpts
                .iter_mut()
                .find(|labels| line(labels[0].1) == line(label));
            match place {
                Some(labels) => labels.push((AnnotationKind::Context, label)),
                None => excerpts.push(vec![(AnnotationKind::Context, label)]),
            }
        }
        excerpts
    }
}

/// How a finding is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// Text with ANSI colours, for terminals.
    Coloured,
}

/// More of a line than this is not handed to the renderer, which cuts it to the
/// width of a terminal: a line may be a megabyte long.
const WIDEST: usize = 4096;

/// Shows one line with its labels. Only this line is handed to the renderer, so
/// that a thousand findings in a large document cost no more than a thousand.
fn add_excerpt<'a>(
    group: Group<'a>,
    sources: &'a Sources,
    labels: &[(AnnotationKind, &'a Label)],
) -> Group<'a> {
    let first = labels[0].1.span;
    let source = sources.get(first.source);
    let (line, column) = source.position(first.start);
    let range = source.line_range(line - 1);
    let window = window(
        &source.text[range.clone()],
        first.start as usize - range.start,
    );
    let text = &source.text[range.start + window.start..range.start + window.end];
    let whole = window.len() == range.len();
    let annotations = labels.iter().map(|(kind, label)| {
        let place = |at: u32| {
            let at = (at as usize).clamp(range.start + window.start, range.start + window.end);
            at - range.start - window.start
        };
        kind.span(place(label.span.start)..place(label.span.end))
            .label((!label.text.is_empty()).then_some(label.text.as_str()))
    });
    let mut snippet = Snippet::source(text)
        .line_start(line)
        .annotations(annotations);
    if whole {
        return group.element(snippet.path(source.name.as_str()));
    }
    // The renderer would count the column in the window.
    snippet = snippet.fold(true);
    let origin = Origin::path(source.name.as_str())
        .line(line)
        .char_column(column);
    group.element(origin).element(snippet)
}

/// The part of a line that is shown: all of it, or what is around a place.
fn window(line: &str, at: usize) -> std::ops::Range<usize> {
    if line.len() <= WIDEST {
        return 0..line.len();
    }
    let boundary = |mut at: usize| {
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(at.saturating_sub(WIDEST / 3));
    start..boundary((start + WIDEST).min(line.len()))
}
