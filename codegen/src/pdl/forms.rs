//! What lines of PDL look like, and the report of one that looks like none.

use std::slice::Iter;

use super::Marks;
use super::outline::Line;
use crate::diagnostic::Diagnostic;
use crate::ir::Spanned;
use crate::parse::{shown, suggest};

/// A line that can stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    TopVersion,
    Version,
    Include,
    Domain,
    Dependency,
    Type,
    Command,
    Event,
    Properties,
    Enum,
    Parameters,
    Returns,
    Redirect,
    Member,
    Literal,
}

impl Form {
    /// What belongs to a domain.
    pub(super) const ITEMS: [Self; 4] = [Self::Type, Self::Command, Self::Event, Self::Dependency];

    /// An example of it.
    fn example(self) -> &'static str {
        match self {
            Self::TopVersion => "version",
            Self::Version => "major 1",
            Self::Include => "include path.pdl",
            Self::Domain => "domain Name",
            Self::Dependency => "depends on Name",
            Self::Type => "type Name extends object",
            Self::Command => "command name",
            Self::Event => "event name",
            Self::Properties => "properties",
            Self::Enum => "enum",
            Self::Parameters => "parameters",
            Self::Returns => "returns",
            Self::Redirect => "redirect Name",
            Self::Member => "optional string name",
            Self::Literal => "literal",
        }
    }

    /// The word that it begins with, behind marks.
    pub(super) fn keyword(self) -> &'static str {
        self.example().split(' ').next().unwrap_or_default()
    }
}

/// Reports a line that has none of the forms that can stand there.
pub(super) fn malformed(line: &Line, forms: &[Form]) -> Diagnostic {
    let examples: Vec<_> = forms
        .iter()
        .map(|form| format!("`{}`", form.example()))
        .collect();
    let message = format!("a line that cannot be read: `{}`", shown(line.first()));
    let diagnostic = Diagnostic::error("malformed-pdl", line.span, message)
        .label(format!("expected {}", examples.join(" or ")));
    let fixed = forms
        .iter()
        .filter(|form| !matches!(form, Form::Member | Form::Literal));
    let words = fixed
        .map(|form| form.keyword())
        .chain(["experimental", "deprecated"]);
    match suggest(line.first(), words) {
        Some(near) if near != line.first() => diagnostic.help(format!("did you mean `{near}`?")),
        _ => diagnostic,
    }
}

/// The words of a line that are not read yet.
pub(super) struct Words<'l>(Iter<'l, Spanned<String>>);

impl<'l> Words<'l> {
    pub(super) fn of(line: &'l Line) -> Self {
        Self(line.words.iter())
    }

    pub(super) fn len(&self) -> usize {
        self.0.as_slice().len()
    }

    /// How many words a type is made of that begins here.
    pub(super) fn length_of_type(&self) -> usize {
        let mut words = self.0.as_slice().iter().map(|word| word.value.as_str());
        if words.next() == Some("array") && words.next() == Some("of") {
            3
        } else {
            1
        }
    }

    pub(super) fn peek(&self) -> Option<&'l str> {
        self.0.as_slice().first().map(|word| word.value.as_str())
    }

    pub(super) fn next(&mut self) -> Option<Spanned<&'l str>> {
        let word = self.0.next()?;
        Some(Spanned {
            value: &word.value,
            span: word.span,
        })
    }

    /// Takes the next word if it is this one.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.0.next();
        }
        found
    }

    /// The one word that is left.
    pub(super) fn last(mut self) -> Option<Spanned<String>> {
        let word = self.next()?;
        (self.len() == 0).then(|| word.owned())
    }

    /// Takes the marks; `None` if one stands twice.
    pub(super) fn marks(&mut self, known: &[&str]) -> Option<Marks> {
        let mut marks = Marks::default();
        while let Some(word) = self.peek().filter(|word| known.contains(word)) {
            let slot = match word {
                "experimental" => &mut marks.experimental,
                "deprecated" => &mut marks.deprecated,
                _ => &mut marks.optional,
            };
            let span = self.next()?.span;
            if slot.replace(span).is_some() {
                return None;
            }
        }
        Some(marks)
    }
}

impl Spanned<&str> {
    pub(super) fn owned(&self) -> Spanned<String> {
        self.with(self.value.to_owned())
    }

    /// Something else in the same place.
    pub(super) fn with<T>(&self, value: T) -> Spanned<T> {
        Spanned {
            value,
            span: self.span,
        }
    }
}
