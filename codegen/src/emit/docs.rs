//! The docs of items, as attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::{About, Range};
use crate::prose::{self, Scope};

/// Lines of rustdoc; an empty one separates paragraphs.
#[derive(Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// A paragraph of our own, in one line of markdown.
    pub(super) fn line(self, markdown: impl Into<String>) -> Self {
        self.paragraph(vec![markdown.into()])
    }

    /// What a document says of something: its text, its marks, and why the
    /// overlay says what it does.
    pub(super) fn about(self, scope: Scope<'_>, about: &About) -> Self {
        let docs = self.text(scope, &about.text).marks(about);
        let docs = docs.remark("*Part:* ", scope, about.part.as_deref());
        docs.remark("*Overlay:* ", scope, about.reason.as_deref())
    }

    /// Which values of a parameter are refused, and why.
    pub(super) fn range(self, scope: Scope<'_>, range: &Range) -> Self {
        let lead = format!("Refused outside of `{}` before it is sent: ", range.bounds);
        self.led(&lead, scope, &range.why)
    }

    /// A text of a document that may be absent, behind a word of our own.
    pub(super) fn remark(self, lead: &str, scope: Scope<'_>, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.led(lead, scope, text),
            None => self,
        }
    }

    /// A text of a document, behind a few words of our own.
    fn led(self, lead: &str, scope: Scope<'_>, text: &str) -> Self {
        let mut lines = prose::lines(text, scope);
        if let Some(first) = lines.first_mut() {
            first.insert_str(0, lead);
        }
        self.paragraph(lines)
    }

    /// A text of a document.
    pub(super) fn text(self, scope: Scope<'_>, text: &str) -> Self {
        self.paragraph(prose::lines(text, scope))
    }

    /// Whether something is experimental or deprecated.
    pub(super) fn marks(self, about: &About) -> Self {
        match (about.experimental, about.deprecated) {
            (false, false) => self,
            (true, false) => self.line("**Experimental.**"),
            (false, true) => self.line("**Deprecated.**"),
            (true, true) => self.line("**Experimental.** **Deprecated.**"),
        }
    }

    pub(super) fn lines(&self) -> &[String] {
        &self.0
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0
    }

    fn paragraph(mut self, lines: Vec<String>) -> Self {
        if !lines.is_empty() && !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
        self
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}
