//! The protocol definition language to ir: the form in which the protocol itself is
//! written.
//!
//! Lines belong to those above them that are indented less, and comments right above
//! a line are its description. What the ir has no place for is reported, and left
//! out.

mod forms;
mod outline;

use crate::definition;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    Command, Coverage, Document, Domain, Event, Head, Member, Primitive, Spanned, TypeDef, TypeExpr,
};
use crate::parse::shown;
use crate::source::{Source, SourceId, Span};
use forms::{Form, Words};
use outline::Line;

/// The files that a PDL file includes, as it names them. The text is as it was found,
/// with whatever ends its lines.
pub(crate) fn includes(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.split(['\n', '\r']).filter_map(include)
}

/// What a line includes: just what the reader takes for an include.
fn include(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let path = (words.next()? == "include").then(|| words.next())??;
    let alone = words.next().is_none() && !line.starts_with(char::is_whitespace);
    alone.then_some(path)
}

/// Reads PDL: a document for every domain.
pub(crate) fn parse(
    id: SourceId,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let lines = outline::read(id, source, diagnostics);
    let mut reader = Reader {
        source: id,
        diagnostics,
        domain: String::new(),
        references: Vec::new(),
        lost_comment: false,
    };
    let mut documents = Vec::new();
    for line in lines {
        documents.extend(reader.top(line));
    }
    documents
}

struct Reader<'d> {
    source: SourceId,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// The domain that is being read: references to its own types are bare.
    domain: String,
    references: Vec<Spanned<crate::ir::QName>>,
    /// Whether a comment that is lost was reported.
    lost_comment: bool,
}

impl Reader<'_> {
    fn top(&mut self, line: Line) -> Option<Document> {
        match line.first() {
            "version" if line.words.len() == 1 => self.version(line),
            // Whoever reads the files has followed it.
            "include" if line.words.len() == 2 => self.childless(&line),
            _ => return self.document(line),
        }
        None
    }

    fn version(&mut self, line: Line) {
        for child in &line.children {
            let mut parts = definition::VERSION.into_iter();
            let part = parts.find(|(part, _)| *part == child.first());
            match part.filter(|_| child.words.len() == 2) {
                Some((part, known)) => {
                    let stated = child.word(1);
                    definition::check_version(part, known, &stated, self.diagnostics);
                    self.childless(child);
                }
                None => self.malformed(child, &[Form::Version]),
            }
        }
    }

    fn document(&mut self, line: Line) -> Option<Document> {
        self.domain.clear();
        self.references.clear();
        let before = self.diagnostics.len();
        let domain = self.domain(line)?;
        // What seems unknown may be what could not be read.
        let damaged = definition::is_damaged(&self.diagnostics[before..]);
        Some(Document {
            source: self.source,
            incomplete: damaged.then(|| domain.head.name.value.clone()),
            domain: Some(domain),
            generation: None,
            definitions: None,
            back_links: Vec::new(),
            references: std::mem::take(&mut self.references),
        })
    }

    fn domain(&mut self, mut line: Line) -> Option<Domain> {
        let mut words = Words::of(&line);
        let marks = words.marks(&["experimental", "deprecated"]);
        let (Some(marks), true) = (marks, words.take("domain")) else {
            self.malformed(&line, &[Form::Domain, Form::TopVersion, Form::Include]);
            return None;
        };
        let Some(name) = words.last() else {
            self.malformed(&line, &[Form::Domain]);
            return None;
        };
        let children = std::mem::take(&mut line.children);
        let head = self.head(name, "domain", &marks, line.comment)?;
        self.domain.clone_from(&head.name.value);
        let mut domain = Domain {
            head,
            dependencies: Vec::new(),
            types: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
        };
        for child in children {
            self.item(child, &mut domain);
        }
        Some(domain)
    }

    fn item(&mut self, line: Line, domain: &mut Domain) {
        let mut words = Words::of(&line);
        if words.take("depends") {
            match (words.take("on"), words.last()) {
                (true, Some(name)) => domain.dependencies.extend(self.other_domain(&line, name)),
                _ => self.malformed(&line, &[Form::Dependency]),
            }
            return;
        }
        let Some(marks) = words.marks(&["experimental", "deprecated"]) else {
            return self.malformed(&line, &Form::ITEMS);
        };
        match words.next().map(|word| word.value) {
            Some("type") => domain.types.extend(self.type_def(&line, words, &marks)),
            Some("command") => domain.commands.extend(self.command(&line, words, &marks)),
            Some("event") => domain.events.extend(self.event(&line, words, &marks)),
            _ => self.malformed(&line, &Form::ITEMS),
        }
    }

    fn type_def(&mut self, line: &Line, mut words: Words<'_>, marks: &Marks) -> Option<TypeDef> {
        let (Some(name), true) = (words.next(), words.take("extends")) else {
            self.malformed(line, &[Form::Type]);
            return None;
        };
        if words.len() != words.length_of_type() {
            self.malformed(line, &[Form::Type]);
            return None;
        }
        let base = self.ty(&mut words);
        let head = self.head(name.owned(), "type", marks, line.comment.clone());
        let mut sections = self.sections(line, &[Form::Properties, Form::Enum]);
        let properties = sections.members("properties", self);
        let literals = sections.literals("enum", self);
        let (head, base) = (head?, base?);
        if let Some(first) = properties.first() {
            definition::expect(
                &base,
                Primitive::Object,
                first.head.name.span,
                self.diagnostics,
            );
        }
        if let Some(first) = literals.first() {
            definition::expect(&base, Primitive::String, first.span, self.diagnostics);
        }
        Some(TypeDef {
            head,
            base,
            properties,
            literals,
        })
    }

    fn command(&mut self, line: &Line, words: Words<'_>, marks: &Marks) -> Option<Command> {
        let head = self.named(line, words, "command", marks, Form::Command);
        let forms = [Form::Redirect, Form::Parameters, Form::Returns];
        let mut sections = self.sections(line, &forms);
        let redirect = sections.redirect(self);
        let parameters = sections.members("parameters", self);
        let returns = sections.members("returns", self);
        Some(Command {
            head: head?,
            redirect,
            parameters,
            returns,
        })
    }

    fn event(&mut self, line: &Line, words: Words<'_>, marks: &Marks) -> Option<Event> {
        let head = self.named(line, words, "event", marks, Form::Event);
        let parameters = self
            .sections(line, &[Form::Parameters])
            .members("parameters", self);
        Some(Event {
            head: head?,
            parameters,
        })
    }

    /// The head of an item of which nothing but the name is left to read.
    fn named(
        &mut self,
        line: &Line,
        words: Words<'_>,
        what: &str,
        marks: &Marks,
        form: Form,
    ) -> Option<Head> {
        let Some(name) = words.last() else {
            self.malformed(line, &[form]);
            return None;
        };
        self.head(name, what, marks, line.comment.clone())
    }

    fn head(
        &mut self,
        name: Spanned<String>,
        what: &str,
        marks: &Marks,
        text: Option<Spanned<String>>,
    ) -> Option<Head> {
        definition::check_name(&name, what, self.diagnostics).then(|| Head {
            name,
            experimental: marks.experimental,
            deprecated: marks.deprecated,
            text,
            reason: None,
            coverage: Coverage::default(),
        })
    }

    /// The sections of an item, each once.
    fn sections<'l>(&mut self, line: &'l Line, forms: &[Form]) -> Sections<'l> {
        let mut sections: Vec<&Line> = Vec::new();
        for child in &line.children {
            let words = if child.first() == "redirect" { 2 } else { 1 };
            let known = forms.iter().any(|form| form.keyword() == child.first());
            if !known || child.words.len() != words {
                self.malformed(child, forms);
                continue;
            }
            self.lose_comment(child);
            match sections.iter().find(|first| first.first() == child.first()) {
                Some(first) => {
                    let message = format!("a second section `{}`", child.first());
                    self.diagnostics.push(
                        Diagnostic::error("duplicate-section", child.span, message)
                            .label("each section stands once in an item")
                            .also(first.span, "the first one"),
                    );
                }
                None => sections.push(child),
            }
        }
        Sections(sections)
    }

    fn member(&mut self, line: &Line) -> Option<Member> {
        let mut words = Words::of(line);
        let marks = words.marks(&["experimental", "deprecated", "optional"]);
        let whole = words.len() == words.length_of_type() + 1;
        let Some(marks) = marks.filter(|_| whole) else {
            self.malformed(line, &[Form::Member]);
            return None;
        };
        let lists = words.peek() == Some("enum");
        let ty = if lists {
            let word = words.next();
            word.map(|word| word.with(TypeExpr::Primitive(Primitive::String)))
        } else {
            self.ty(&mut words)
        };
        let name = words.last()?;
        let literals = if lists {
            self.literals(line)
        } else {
            self.childless(line);
            Vec::new()
        };
        let optional = marks.optional.map(|span| Spanned { value: true, span });
        let head = self.head(name, "member", &marks, line.comment.clone())?;
        Some(Member {
            head,
            optional,
            ty: ty?,
            literals,
            range: None,
        })
    }

    fn literals(&mut self, line: &Line) -> Vec<Spanned<String>> {
        let mut literals = Vec::new();
        for child in &line.children {
            if child.words.len() == 1 {
                self.lose_comment(child);
                self.childless(child);
                literals.push(child.word(0));
            } else {
                self.malformed(child, &[Form::Literal]);
            }
        }
        literals
    }

    /// A type, with what comes before it if it is an array.
    fn ty(&mut self, words: &mut Words<'_>) -> Option<Spanned<TypeExpr>> {
        let word = words.next()?;
        if word.value == "array" && words.take("of") {
            let inner = words.next()?;
            if inner.value == "array" {
                definition::nested_array(inner.span, self.diagnostics);
                return None;
            }
            let item = self.scalar(inner)?;
            return Some(Spanned {
                value: TypeExpr::Array(Some(Box::new(item.value))),
                span: item.span,
            });
        }
        self.scalar(word)
    }

    fn scalar(&mut self, word: Spanned<&str>) -> Option<Spanned<TypeExpr>> {
        if word.value == "array" {
            return Some(word.with(TypeExpr::Array(None)));
        }
        if let Some(primitive) = Primitive::of(word.value) {
            return Some(word.with(TypeExpr::Primitive(primitive)));
        }
        if word.value == "enum" {
            definition::unknown_type(&word.owned(), self.diagnostics);
            return None;
        }
        let value = definition::reference(&word.owned(), &self.domain, self.diagnostics)?;
        self.references.push(word.with(value.clone()));
        Some(word.with(TypeExpr::Ref(value)))
    }

    fn other_domain(&mut self, line: &Line, name: Spanned<String>) -> Option<Spanned<String>> {
        self.lose_comment(line);
        self.childless(line);
        definition::check_name(&name, "domain", self.diagnostics).then_some(name)
    }

    /// Nothing belongs to some lines.
    fn childless(&mut self, line: &Line) {
        if let Some(child) = line.children.first() {
            self.diagnostics.push(
                Diagnostic::error(
                    "malformed-pdl",
                    child.span,
                    "a line below one that holds none",
                )
                .label("indented too deep")
                .also(line.span, "nothing belongs to this line"),
            );
        }
    }

    fn malformed(&mut self, line: &Line, forms: &[Form]) {
        self.diagnostics.push(forms::malformed(line, forms));
    }

    /// The ir has no place for some descriptions. Said once for each file.
    fn lose_comment(&mut self, line: &Line) {
        let Some(comment) = &line.comment else { return };
        if std::mem::replace(&mut self.lost_comment, true) {
            return;
        }
        let message = format!(
            "nothing is made of the description of `{}`",
            shown(line.first())
        );
        self.diagnostics.push(
            Diagnostic::warning("lost-description", comment.span, message)
                .label("left out")
                .help("only domains, types, commands, events and members have one; this is said once for each file"),
        );
    }
}

/// The words before a kind or a type.
#[derive(Clone, Debug, Default)]
struct Marks {
    experimental: Option<Span>,
    deprecated: Option<Span>,
    optional: Option<Span>,
}

/// The sections of an item.
struct Sections<'l>(Vec<&'l Line>);

impl<'l> Sections<'l> {
    fn find(&self, keyword: &str) -> Option<&'l Line> {
        let mut sections = self.0.iter();
        sections.find(|line| line.first() == keyword).copied()
    }

    fn members(&mut self, keyword: &str, reader: &mut Reader<'_>) -> Vec<Member> {
        let lines = self.find(keyword).map_or(&[][..], |line| &line.children);
        lines
            .iter()
            .filter_map(|line| reader.member(line))
            .collect()
    }

    fn literals(&mut self, keyword: &str, reader: &mut Reader<'_>) -> Vec<Spanned<String>> {
        self.find(keyword)
            .map_or_else(Vec::new, |line| reader.literals(line))
    }

    fn redirect(&mut self, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
        let line = self.find("redirect")?;
        reader.childless(line);
        let name = line.word(1);
        definition::check_name(&name, "domain", reader.diagnostics).then_some(name)
    }
}
