//! The four generations of the dialect: which one a document is of, and how each
//! writes what all of them say.

use super::item::SectionName;
use super::word::{DEPRECATED, EXPERIMENTAL, is_name};
use crate::block::{Block, Kind};
use crate::ir::{Generation, Primitive, QName, TypeExpr};
use crate::source::Span;

/// How a generation writes what others write in another way.
pub(super) struct Forms {
    pub generation: Generation,
    /// What headings of items look like, for messages.
    pub headings: &'static str,
    /// The heading of a command.
    pub command: CommandForm,
    /// Where a type says what it is made of.
    pub base: BaseForm,
    /// The section of what an event carries; `None` if its members stand right
    /// below its heading.
    pub event: Option<SectionName>,
    /// All sections.
    pub sections: &'static [SectionName],
    /// What type expressions look like, for messages.
    pub expressions: &'static str,
    /// Reads a type expression, brackets included, in a domain.
    pub expression: fn(&str, &str) -> Option<TypeExpr>,
    /// `- parameters` opens a section, and the text of an item stands behind its
    /// members.
    pub lists: bool,
    /// `---` stands before each heading.
    pub rules: bool,
    /// References have definitions at the end of the document.
    pub definitions: bool,
    /// So do primitives; and all definitions have titles.
    pub titles: bool,
    /// Lines of text may be verbatim, and strings, commands and parameters say
    /// more than their generation knew.
    pub additions: bool,
}

/// How a heading names a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CommandForm {
    /// `X.go()`
    Bare,
    /// `command: X.go()`
    Called,
    /// `command: X.go`
    Named,
}

impl CommandForm {
    pub(super) fn shown(self) -> &'static str {
        match self {
            Self::Bare => "`Domain.name()`",
            Self::Called => "`command: Domain.name()`",
            Self::Named => "`command: Domain.name`",
        }
    }
}

/// Where a type says what it is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BaseForm {
    /// There are no types.
    Nowhere,
    /// `type: X.T = object`
    Heading,
    /// A section of its own, `*base type*`.
    Section,
}

impl BaseForm {
    pub(super) fn shown(self) -> &'static str {
        match self {
            Self::Nowhere => "no types, which this generation does not state",
            Self::Heading => "`type: Domain.Name = object`",
            Self::Section => "`type: Domain.Name`",
        }
    }
}

static A: Forms = Forms {
    generation: Generation::A,
    headings: "expected `domain: `, `event: ` or `Domain.name()`",
    command: CommandForm::Bare,
    base: BaseForm::Nowhere,
    event: None,
    sections: &[SectionName::Parameters, SectionName::Returns],
    expressions: "expected `<[string]>`, `<Name>`, `<Domain.Name>` or `array of <…>`",
    expression: expression_a,
    lists: true,
    rules: false,
    definitions: false,
    titles: false,
    additions: false,
};

static B: Forms = Forms {
    generation: Generation::B,
    headings: "expected `domain: `, `type: `, `command: ` or `event: `",
    command: CommandForm::Called,
    base: BaseForm::Heading,
    // Sic: this generation heads the parameters of events so.
    event: Some(SectionName::Returns),
    sections: &[
        SectionName::Properties,
        SectionName::Parameters,
        SectionName::Returns,
        SectionName::Enum,
        SectionName::Dependencies,
        SectionName::Redirect,
    ],
    expressions: "expected `<string]>`, `<[Domain.Name]]>`, `<array of string>` or `<array of [Domain.Name]>`",
    expression: expression_b,
    lists: false,
    rules: false,
    definitions: true,
    titles: false,
    additions: true,
};

static C: Forms = Forms {
    generation: Generation::C,
    headings: B.headings,
    command: CommandForm::Called,
    base: BaseForm::Heading,
    event: Some(SectionName::Parameters),
    sections: &[
        SectionName::Properties,
        SectionName::Parameters,
        SectionName::Returns,
    ],
    expressions: "expected `<[string]>`, `<[Domain.Name]>`, `<array of [string]>` or `<array of [Domain.Name]>`",
    expression: expression_c,
    lists: false,
    rules: false,
    definitions: true,
    titles: true,
    additions: false,
};

static D: Forms = Forms {
    generation: Generation::D,
    headings: B.headings,
    command: CommandForm::Named,
    base: BaseForm::Section,
    event: Some(SectionName::Parameters),
    sections: &[
        SectionName::Properties,
        SectionName::Parameters,
        SectionName::Returns,
        SectionName::BaseType,
        SectionName::PropertyOf,
        SectionName::AcceptedBy,
        SectionName::ReturnedFrom,
        SectionName::ParameterIn,
    ],
    expressions: C.expressions,
    expression: expression_c,
    lists: false,
    rules: true,
    definitions: true,
    titles: true,
    additions: false,
};

static ALL: [&Forms; 4] = [&A, &B, &C, &D];

/// `<[string]>`, `<Name>`, `<Domain.Name>`, or `array of ` before these.
fn expression_a(text: &str, domain: &str) -> Option<TypeExpr> {
    if let Some(item) = text.strip_prefix("array of ") {
        return Some(array(item_a(item, domain)?));
    }
    item_a(text, domain)
}

fn item_a(text: &str, domain: &str) -> Option<TypeExpr> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    if let Some(word) = inner.strip_prefix('[') {
        return Primitive::of(word.strip_suffix(']')?).map(TypeExpr::Primitive);
    }
    if inner.contains('.') {
        return reference(inner);
    }
    // A primitive has its own brackets: without them it is damaged.
    (is_name(inner) && Primitive::of(inner).is_none()).then(|| {
        TypeExpr::Ref(QName {
            domain: domain.to_owned(),
            name: inner.to_owned(),
        })
    })
}

/// One bracket too many in `<string]>` and `<[X.Y]]>`, and none in arrays, is how
/// this generation writes them.
fn expression_b(text: &str, _: &str) -> Option<TypeExpr> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    if let Some(item) = inner.strip_prefix("array of ") {
        return Some(array(item_b(item)?));
    }
    item_b(inner.strip_suffix(']')?)
}

/// `string` or `[Domain.Name]`
pub(super) fn item_b(word: &str) -> Option<TypeExpr> {
    match word.strip_prefix('[') {
        Some(name) => reference(name.strip_suffix(']')?),
        None => Primitive::of(word).map(TypeExpr::Primitive),
    }
}

/// `<[string]>` or `<[Domain.Name]>`, with `array of ` before the brackets.
fn expression_c(text: &str, _: &str) -> Option<TypeExpr> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (is_array, word) = match inner.strip_prefix("array of ") {
        Some(word) => (true, word),
        None => (false, inner),
    };
    let word = word.strip_prefix('[')?.strip_suffix(']')?;
    let item = match Primitive::of(word) {
        Some(primitive) => TypeExpr::Primitive(primitive),
        None => reference(word)?,
    };
    Some(if is_array { array(item) } else { item })
}

fn array(item: TypeExpr) -> TypeExpr {
    TypeExpr::Array(Some(Box::new(item)))
}

fn reference(text: &str) -> Option<TypeExpr> {
    qname(text).map(TypeExpr::Ref)
}

/// `Domain.name`
pub(super) fn qname(text: &str) -> Option<QName> {
    let (domain, name) = text.split_once('.')?;
    (is_name(domain) && is_name(name)).then(|| QName {
        domain: domain.to_owned(),
        name: name.to_owned(),
    })
}

/// Some of the generations, a bit for each.
type Set = u8;

const IN_A: Set = 1;
const IN_B: Set = 2;
const IN_C: Set = 4;
const IN_D: Set = 8;

/// The generation of a document, as most of its lines that tell generations apart
/// have it.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub forms: &'static Forms,
    /// For each generation, the first line that tells this one from it.
    because: [Option<Span>; 4],
}

impl Found {
    /// The project's own: the seed's generation, with additions.
    pub(super) fn house() -> Self {
        Self {
            forms: &B,
            because: [None; 4],
        }
    }

    /// Holds an election among the lines of a document: a single damaged line
    /// must not make all others wrong.
    pub(super) fn of(text: &str, blocks: &[Block]) -> Self {
        let mut votes = Votes::default();
        let mut rules = Vec::new();
        let (mut headings, mut event) = (0, false);
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                Kind::Heading { level: 4, content } => {
                    headings += 1;
                    event = text[content.range()].starts_with("event: ");
                }
                Kind::Text if is_rule(text, block) && is_heading(blocks.get(at + 1)) => {
                    rules.push(block.span);
                }
                _ => {}
            }
            votes.add(told(text, blocks, at, event), block.span);
        }
        // A text may end so, but not most texts.
        if 2 * rules.len() >= headings {
            rules.into_iter().for_each(|rule| votes.add(IN_D, rule));
        }
        let index = votes.winner();
        Self {
            forms: ALL[index],
            because: votes.places[index],
        }
    }

    /// The first line that tells the generation of the document from another.
    pub(super) fn because(&self, other: Generation) -> Option<Span> {
        self.because[other as usize]
    }

    /// The other generation that would write it so.
    pub(super) fn other(&self, writes: impl Fn(&Forms) -> bool) -> Option<Generation> {
        let others = ALL
            .iter()
            .filter(|forms| forms.generation != self.forms.generation);
        others
            .into_iter()
            .find(|forms| writes(forms))
            .map(|forms| forms.generation)
    }
}

#[derive(Default)]
struct Votes {
    counts: [u32; 4],
    /// For each generation, the first line that tells it from each other one.
    places: [[Option<Span>; 4]; 4],
}

impl Votes {
    fn add(&mut self, set: Set, line: Span) {
        let is_in = |index: usize| set & (1 << index) != 0;
        for index in (0..4).filter(|&index| is_in(index)) {
            self.counts[index] += 1;
            for other in (0..4).filter(|&other| !is_in(other)) {
                self.places[index][other].get_or_insert(line);
            }
        }
    }

    /// Where all that is said is said in the same way by several, the first of
    /// these that is among them.
    fn winner(&self) -> usize {
        let order = [1, 2, 3, 0].into_iter().rev();
        order.max_by_key(|&index| self.counts[index]).unwrap_or(1)
    }
}

/// Whether a line is a rule, behind an empty line.
fn is_rule(text: &str, block: &Block) -> bool {
    block.gap && &text[block.span.range()] == "---"
}

/// The generations that a line could be of; none if it tells nothing.
fn told(text: &str, blocks: &[Block], at: usize, event: bool) -> Set {
    let block = &blocks[at];
    let before = at.checked_sub(1).map(|at| &blocks[at].kind);
    match &block.kind {
        Kind::Heading { level: 4, content } => heading(&text[content.range()]),
        Kind::Label { word, rest } if rest.start == rest.end => label(&text[word.range()], event),
        Kind::Item { .. } if event && matches!(before, Some(Kind::Heading { .. })) => IN_A,
        Kind::Item { rest, .. } => expression(text[rest.range()].trim_start_matches(' ')),
        Kind::Definition {
            label,
            title: Some(_),
            ..
        } if Primitive::of(&text[label.range()]).is_some() => IN_C | IN_D,
        Kind::Text if matches!(before, Some(Kind::Heading { .. })) => {
            match &text[block.span.range()] {
                "- parameters" | "- returns" => IN_A,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Whether a heading stands there, behind an empty line.
pub(super) fn is_heading(block: Option<&Block>) -> bool {
    block.is_some_and(|block| block.gap && matches!(block.kind, Kind::Heading { .. }))
}

fn heading(content: &str) -> Set {
    let content = content.trim_end_matches([' ', EXPERIMENTAL, DEPRECATED]);
    if let Some(name) = content.strip_prefix("command: ") {
        if name.ends_with("()") {
            return IN_B | IN_C;
        }
        return if is_qname(name) { IN_D } else { 0 };
    }
    if let Some(rest) = content.strip_prefix("type: ") {
        if rest.contains(" = ") {
            return IN_B | IN_C;
        }
        return if is_qname(rest) { IN_D } else { 0 };
    }
    if is_bare_command(content) { IN_A } else { 0 }
}

/// `Domain.name()`
pub(super) fn is_bare_command(text: &str) -> bool {
    text.strip_suffix("()").is_some_and(is_qname)
}

pub(super) fn is_qname(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(domain, name)| is_name(domain) && is_name(name))
}

fn label(word: &str, event: bool) -> Set {
    match word {
        "returns" if event => IN_B,
        "parameters" if event => IN_C | IN_D,
        _ => match SectionName::of(word) {
            Some(name) if !B.sections.contains(&name) => IN_D,
            _ => 0,
        },
    }
}

/// By its brackets alone: whether it can be read is another matter.
fn expression(text: &str) -> Set {
    if text.starts_with("array of <") {
        return IN_A;
    }
    let Some(inner) = text.strip_prefix('<') else {
        return 0;
    };
    let Some((inner, _)) = inner.split_once('>') else {
        return 0;
    };
    if let Some(item) = inner.strip_prefix("array of ") {
        return match (item.starts_with('['), item.contains('.')) {
            (false, _) => IN_B,
            (true, false) => IN_C | IN_D,
            (true, true) => IN_B | IN_C | IN_D,
        };
    }
    match (inner.starts_with('['), inner.ends_with(']')) {
        (true, true) if inner.ends_with("]]") => IN_B,
        (true, true) if inner.contains('.') => IN_C | IN_D,
        (true, true) => IN_A | IN_C | IN_D,
        (false, true) => IN_B,
        (false, false) => IN_A,
        (true, false) => 0,
    }
}
