//! The docs of items, as attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::About;
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
        let Some(reason) = &about.reason else {
            return docs;
        };
        let mut reason = prose::lines(reason, scope);
        if let Some(first) = reason.first_mut() {
            first.insert_str(0, "*Overlay:* ");
        }
        docs.paragraph(reason)
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
