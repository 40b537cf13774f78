//! What is known of a document while its lines are read.

use super::generation::Found;
use crate::diagnostic::Diagnostic;
use crate::ir::Generation;
use crate::source::Span;

/// The text of a document, and how it is to be read.
pub(super) struct Dialect<'a> {
    pub text: &'a str,
    /// Its generation.
    pub found: Found,
    /// Its domain, once known: some references leave it out.
    pub domain: &'a str,
}

impl Dialect<'_> {
    /// What is written as another generation writes it.
    pub(super) fn mixed(&self, span: Span, what: &str, other: Generation) -> Diagnostic {
        let own = self.found.forms.generation;
        let message = format!("{what} is of generation {other}, in a document of generation {own}");
        let diagnostic = Diagnostic::error("mixed-generations", span, message);
        match self.found.because(other) {
            Some(place) => diagnostic.also(place, format!("generation {own} because of this line")),
            None => diagnostic,
        }
    }
}
