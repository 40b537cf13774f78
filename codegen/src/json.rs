//! Protocol JSON to ir: the form in which targets report their protocol.
//!
//! What the ir has no place for is reported, once for each key, and left out.

mod value;

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use crate::definition;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    Command, Coverage, Document, Domain, Event, Head, Member, Primitive, QName, Spanned, TypeDef,
    TypeExpr,
};
use crate::parse::shown;
use crate::source::{Source, SourceId, Span};
use value::{Object, Values};

/// Reads protocol JSON: a document for every domain.
pub(crate) fn parse(
    id: SourceId,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut reader = Reader {
        values: Values {
            text: &source.text,
            source: id,
            diagnostics,
        },
        domain: String::new(),
        references: Vec::new(),
        unknown: BTreeSet::new(),
    };
    reader.protocol().unwrap_or_default()
}

struct Reader<'a, 'd> {
    values: Values<'a, 'd>,
    /// The domain that is being read: references to its own types are bare.
    domain: String,
    references: Vec<Spanned<QName>>,
    /// The keys that were reported as unknown.
    unknown: BTreeSet<String>,
}

/// What an object says of a type, before its items.
enum Stated {
    Scalar(Spanned<TypeExpr>),
    Array(Span),
}

impl<'a> Reader<'a, '_> {
    fn protocol(&mut self) -> Option<Vec<Document>> {
        let root = self.values.root()?;
        let mut root = self.values.object(root)?;
        if let Some(version) = root.take("version") {
            self.version(version);
        }
        let Some(domains) = root.take("domains") else {
            self.missing(root.span, "domains");
            return None;
        };
        self.finish(root);
        let domains = self.values.list(Some(domains));
        Some(domains.iter().map(|value| self.document(value)).collect())
    }

    fn version(&mut self, value: &'a RawValue) {
        let Some(mut version) = self.values.object(value) else {
            return;
        };
        for (part, known) in definition::VERSION {
            let stated = version.take(part);
            if let Some(stated) = stated.and_then(|value| self.values.string(value)) {
                definition::check_version(part, known, &stated, self.values.diagnostics);
            }
        }
        self.finish(version);
    }

    fn document(&mut self, value: &'a RawValue) -> Document {
        self.references.clear();
        let before = self.values.diagnostics.len();
        let domain = self.domain(value);
        // What seems unknown may be what could not be read.
        let damaged = definition::is_damaged(&self.values.diagnostics[before..]);
        Document {
            source: self.values.source,
            incomplete: domain
                .as_ref()
                .filter(|_| damaged)
                .map(|domain| domain.head.name.value.clone()),
            domain,
            generation: None,
            definitions: None,
            back_links: Vec::new(),
            references: std::mem::take(&mut self.references),
        }
    }

    fn domain(&mut self, value: &'a RawValue) -> Option<Domain> {
        self.domain.clear();
        let mut object = self.values.object(value)?;
        let head = self.head(&mut object, "domain", "domain")?;
        self.domain.clone_from(&head.name.value);
        let dependencies = self.words(object.take("dependencies"));
        for dependency in &dependencies {
            definition::check_name(dependency, "domain", self.values.diagnostics);
        }
        let types = self.all(&mut object, "types", Self::type_def);
        let commands = self.all(&mut object, "commands", Self::command);
        let events = self.all(&mut object, "events", Self::event);
        self.finish(object);
        Some(Domain {
            head,
            dependencies,
            types,
            commands,
            events,
        })
    }

    fn all<T>(
        &mut self,
        object: &mut Object<'a>,
        key: &str,
        read: impl Fn(&mut Self, Object<'a>) -> Option<T>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        for value in self.values.list(object.take(key)) {
            if let Some(object) = self.values.object(value) {
                items.extend(read(self, object));
            }
        }
        items
    }

    fn type_def(&mut self, mut object: Object<'a>) -> Option<TypeDef> {
        let head = self.head(&mut object, "id", "type")?;
        let base = self.ty(&mut object);
        let properties = self.all(&mut object, "properties", Self::member);
        let literals = self.words(object.take("enum"));
        self.finish(object);
        let base = base?;
        if let Some(first) = properties.first() {
            definition::expect(
                &base,
                Primitive::Object,
                first.head.name.span,
                self.values.diagnostics,
            );
        }
        if let Some(first) = literals.first() {
            definition::expect(
                &base,
                Primitive::String,
                first.span,
                self.values.diagnostics,
            );
        }
        Some(TypeDef {
            head,
            base,
            properties,
            literals,
        })
    }

    fn command(&mut self, mut object: Object<'a>) -> Option<Command> {
        let head = self.head(&mut object, "name", "command")?;
        let redirect = object.take("redirect");
        let redirect = redirect.and_then(|value| self.values.string(value));
        if let Some(domain) = &redirect {
            definition::check_name(domain, "domain", self.values.diagnostics);
        }
        let parameters = self.all(&mut object, "parameters", Self::member);
        let returns = self.all(&mut object, "returns", Self::member);
        self.finish(object);
        Some(Command {
            head,
            redirect,
            parameters,
            returns,
        })
    }

    fn event(&mut self, mut object: Object<'a>) -> Option<Event> {
        let head = self.head(&mut object, "name", "event")?;
        let parameters = self.all(&mut object, "parameters", Self::member);
        self.finish(object);
        Some(Event { head, parameters })
    }

    fn member(&mut self, mut object: Object<'a>) -> Option<Member> {
        let head = self.head(&mut object, "name", "member")?;
        let optional = object.take("optional");
        let optional = optional.and_then(|value| self.values.boolean(value));
        let ty = self.ty(&mut object);
        let literals = self.words(object.take("enum"));
        self.finish(object);
        let ty = ty?;
        if let Some(first) = literals.first() {
            definition::expect(&ty, Primitive::String, first.span, self.values.diagnostics);
        }
        Some(Member {
            head,
            optional,
            ty,
            literals,
            range: None,
        })
    }

    fn head(&mut self, object: &mut Object<'a>, key: &str, what: &str) -> Option<Head> {
        let Some(name) = object.take(key) else {
            self.missing(object.span, key);
            return None;
        };
        let name = self.values.string(name)?;
        if !definition::check_name(&name, what, self.values.diagnostics) {
            return None;
        }
        let text = object.take("description");
        let text = text.and_then(|value| self.values.string(value));
        Some(Head {
            name,
            experimental: self.mark(object, "experimental"),
            deprecated: self.mark(object, "deprecated"),
            text: text.filter(|text| !text.value.is_empty()),
            reason: None,
            coverage: Coverage::default(),
        })
    }

    fn mark(&mut self, object: &mut Object<'a>, key: &str) -> Option<Span> {
        let mark = object.take(key)?;
        let mark = self.values.boolean(mark)?;
        mark.value.then_some(mark.span)
    }

    /// `type`, with `items` if it is an array, or `$ref`.
    fn ty(&mut self, object: &mut Object<'a>) -> Option<Spanned<TypeExpr>> {
        match self.stated_type(object)? {
            Stated::Scalar(ty) => Some(ty),
            Stated::Array(span) => Some(Spanned {
                value: TypeExpr::Array(self.items(object)?),
                span,
            }),
        }
    }

    /// What `type` or `$ref` says.
    fn stated_type(&mut self, object: &mut Object<'a>) -> Option<Stated> {
        match (object.take("type"), object.take("$ref")) {
            (Some(word), None) => {
                let word = self.values.string(word)?;
                let span = word.span;
                if word.value == "array" {
                    return Some(Stated::Array(span));
                }
                let value = self.primitive(&word)?;
                Some(Stated::Scalar(Spanned { value, span }))
            }
            (None, Some(name)) => {
                let name = self.values.string(name)?;
                let (value, span) = (self.reference(&name)?, name.span);
                Some(Stated::Scalar(Spanned { value, span }))
            }
            (None, None) => {
                self.missing(object.span, "type");
                None
            }
            (Some(_), Some(name)) => {
                let span = self.values.span(name);
                self.values.report(
                    Diagnostic::error("malformed-type", span, "both `type` and `$ref`")
                        .label("expected one of them")
                        .help("remove the other"),
                );
                None
            }
        }
    }

    /// The type of the items of an array. What is in an array of arrays is not
    /// looked at: there may be any number in each other.
    fn items(&mut self, object: &mut Object<'a>) -> Option<Option<Box<TypeExpr>>> {
        let Some(items) = object.take("items") else {
            return Some(None);
        };
        let mut items = self.values.object(items)?;
        match self.stated_type(&mut items)? {
            Stated::Scalar(ty) => {
                self.finish(items);
                Some(Some(Box::new(ty.value)))
            }
            Stated::Array(span) => {
                definition::nested_array(span, self.values.diagnostics);
                None
            }
        }
    }

    fn primitive(&mut self, word: &Spanned<String>) -> Option<TypeExpr> {
        let primitive = Primitive::of(&word.value);
        if primitive.is_none() {
            definition::unknown_type(word, self.values.diagnostics);
        }
        primitive.map(TypeExpr::Primitive)
    }

    fn reference(&mut self, name: &Spanned<String>) -> Option<TypeExpr> {
        let value = definition::reference(name, &self.domain, self.values.diagnostics)?;
        self.references.push(Spanned {
            value: value.clone(),
            span: name.span,
        });
        Some(TypeExpr::Ref(value))
    }

    fn words(&mut self, value: Option<&'a RawValue>) -> Vec<Spanned<String>> {
        let mut words = Vec::new();
        for value in self.values.list(value) {
            words.extend(self.values.string(value));
        }
        words
    }

    fn missing(&mut self, span: Span, key: &str) {
        // The object as a whole may be the document.
        let start = Span {
            end: span.start + 1,
            ..span
        };
        self.values.report(
            Diagnostic::error("missing-key", start, format!("an object without `{key}`"))
                .label(format!("expected the key `{key}` in this object")),
        );
    }

    /// Reports what nothing was made of.
    fn finish(&mut self, object: Object<'a>) {
        for (key, value) in object.rest() {
            if !self.unknown.insert(key.clone()) {
                continue;
            }
            let span = self.values.span(value);
            let message = format!("nothing is made of the key `{}`", shown(&key));
            self.values.report(
                Diagnostic::warning("unknown-key", span, message)
                    .label("left out")
                    .help("this is said once for each key"),
            );
        }
    }
}
