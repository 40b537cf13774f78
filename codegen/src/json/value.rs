//! JSON values that know where they stand.

use std::collections::BTreeMap;

use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::Diagnostic;
use crate::ir::Spanned;
use crate::parse::shown;
use crate::source::{SourceId, Span};

/// Reads values of one document, and reports those that are not as expected.
pub(super) struct Values<'a, 'd> {
    pub text: &'a str,
    pub source: SourceId,
    pub diagnostics: &'d mut Vec<Diagnostic>,
}

/// An object of which entries are taken one by one.
pub(super) struct Object<'a> {
    pub span: Span,
    entries: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    pub(super) fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        let at = self.entries.iter().position(|(known, _)| known == key)?;
        Some(self.entries.remove(at).1)
    }

    /// What nobody has taken, in order.
    pub(super) fn rest(self) -> impl Iterator<Item = (String, &'a RawValue)> {
        self.entries.into_iter()
    }
}

impl<'a> Values<'a, '_> {
    /// The document as a whole.
    pub(super) fn root(&mut self) -> Option<&'a RawValue> {
        match serde_json::from_str(self.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let span = self.place(error.line(), error.column());
                let message = format!("the document is no JSON: {}", plain(&error));
                self.report(
                    Diagnostic::error("malformed-json", span, message)
                        .label("expected protocol JSON"),
                );
                None
            }
        }
    }

    /// Where `serde_json` stopped, as it counts: columns in bytes.
    fn place(&self, line: usize, column: usize) -> Span {
        let lines = self.text.split_inclusive('\n');
        let before: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
        let mut start = (before + column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        self.at(start, start)
    }

    fn at(&self, start: usize, end: usize) -> Span {
        Span {
            source: self.source,
            start: start as u32,
            end: end as u32,
        }
    }

    /// Raw values are parts of the text: their places say where.
    pub(super) fn span(&self, value: &RawValue) -> Span {
        let start = value.get().as_ptr().addr() - self.text.as_ptr().addr();
        self.at(start, start + value.get().len())
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn object(&mut self, value: &'a RawValue) -> Option<Object<'a>> {
        let span = self.span(value);
        let Ok(Entries(entries)) = serde_json::from_str(value.get()) else {
            self.unexpected(value, "an object");
            return None;
        };
        let mut known: BTreeMap<String, &RawValue> = BTreeMap::new();
        let mut object = Object {
            span,
            entries: Vec::with_capacity(entries.len()),
        };
        for (key, value) in entries {
            match known.get(&key) {
                None => {
                    known.insert(key.clone(), value);
                    object.entries.push((key, value));
                }
                Some(first) => {
                    let (span, first) = (self.span(value), self.span(first));
                    let message = format!("a second `{}` in one object", shown(&key));
                    self.report(
                        Diagnostic::error("duplicate-key", span, message)
                            .label("stated again here")
                            .also(first, "first stated here")
                            .help("remove one of them"),
                    );
                }
            }
        }
        Some(object)
    }

    pub(super) fn list(&mut self, value: Option<&'a RawValue>) -> Vec<&'a RawValue> {
        let Some(value) = value else {
            return Vec::new();
        };
        serde_json::from_str(value.get()).unwrap_or_else(|_| {
            self.unexpected(value, "a list");
            Vec::new()
        })
    }

    pub(super) fn string(&mut self, value: &'a RawValue) -> Option<Spanned<String>> {
        let span = self.span(value);
        match serde_json::from_str(value.get()) {
            Ok(value) => Some(Spanned { value, span }),
            Err(_) => {
                self.unexpected(value, "a string");
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, value: &'a RawValue) -> Option<Spanned<bool>> {
        let span = self.span(value);
        match serde_json::from_str(value.get()) {
            Ok(value) => Some(Spanned { value, span }),
            Err(_) => {
                self.unexpected(value, "`true` or `false`");
                None
            }
        }
    }

    fn unexpected(&mut self, value: &RawValue, expected: &str) {
        let span = self.span(value);
        let message = format!("`{}` is not {expected}", shown(value.get()));
        self.report(
            Diagnostic::error("unexpected-value", span, message)
                .label(format!("expected {expected}")),
        );
    }
}

/// What is wrong, without the place, which the diagnostic shows itself.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}

struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
