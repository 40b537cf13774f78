//! `cargo xtask verify`: whether a target still has what the documents describe.

mod json;
mod text;

use std::collections::BTreeSet;
use std::ffi::OsString;

use cdp_codegen::model::{Protocol, Shape, Type};
use cdp_codegen::{
    Change, Diagnostic, Difference, External, ItemKind, MemberKind, Path, Reading, Severity, Side,
    Sources,
};

use crate::{Error, Place, documents, protocol};

pub(crate) use json::json;
pub(crate) use text::text;

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The target or the protocol that is held against the documents.
    pub target: OsString,
    /// Where the documents are.
    pub spec: Place,
    /// The domains to compare; all that the documents describe if empty.
    pub domains: Vec<String>,
    /// Different marks are drift: the target is the newest there is.
    pub marks: bool,
}

/// What came of a comparison.
#[derive(Debug)]
pub struct Verification {
    /// What messages call the target.
    pub target: String,
    /// The documents, under the names that messages show.
    pub spec: Sources,
    /// What was found in the documents and, if it is wrong, in what the target
    /// reports; the latter with its own sources.
    pub diagnostics: Vec<Diagnostic>,
    /// What the target reports.
    pub report: Sources,
    /// Why the report cannot be compared.
    pub refused: Vec<Diagnostic>,
    /// How the two differ; `None` if either is wrong.
    pub outcome: Option<Outcome>,
}

/// How documents and target differ.
#[derive(Debug)]
pub struct Outcome {
    /// The domains that were compared.
    pub domains: Vec<String>,
    /// The domains that only the target has, which is no drift.
    pub elsewhere: Vec<String>,
    /// The differences, in the order of their paths.
    pub findings: Vec<Finding>,
}

/// A difference, and what it means.
#[derive(Debug)]
pub struct Finding {
    /// The difference; first are the documents, second is the target.
    pub difference: Difference,
    /// What it means.
    pub standing: Standing,
}

/// What a difference means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing explains it: documents or target have moved on.
    Drift,
    /// The documents say why, in the difference's own reason.
    Explained,
    /// A mark, which is that of the newest definition: other targets may differ.
    Mark,
}

impl Outcome {
    /// The differences of one standing.
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = &Finding> {
        let all = self.findings.iter();
        all.filter(move |finding| finding.standing == standing)
    }

    /// Whether nothing is left unexplained.
    pub fn is_explained(&self) -> bool {
        self.of(Standing::Drift).next().is_none()
    }
}

/// Compares the documents with what a target reports.
///
/// # Errors
/// If either cannot be read, or no document describes a wanted domain.
pub fn run(request: &Request) -> Result<Verification, Error> {
    let ours = documents::read(&request.spec, true)?;
    let mut ours = cdp_codegen::read(ours, External::Keep);
    ours.sources
        .rename(|name| documents::shown(&request.spec, name));
    let theirs = protocol::read(&request.target)?;
    let theirs = cdp_codegen::read(theirs, External::Keep);
    let outcome = match (&ours.protocol, &theirs.protocol) {
        (Some(ours), Some(theirs)) => Some(compare(request, ours, theirs)?),
        _ => None,
    };
    Ok(Verification {
        target: protocol::name(&request.target),
        spec: ours.sources,
        diagnostics: ours.diagnostics,
        refused: errors(&theirs),
        report: theirs.sources,
        outcome,
    })
}

/// What is merely odd in a report is no matter of the documents.
fn errors(reading: &Reading) -> Vec<Diagnostic> {
    let errors = reading.diagnostics.iter();
    let errors = errors.filter(|found| found.severity == Severity::Error);
    errors.cloned().collect()
}

fn compare(request: &Request, ours: &Protocol, theirs: &Protocol) -> Result<Outcome, Error> {
    let known = names(ours);
    if let Some(name) = request.domains.iter().find(|name| !known.contains(*name)) {
        // It says so, and names the nearest.
        cdp_codegen::export(ours, std::slice::from_ref(name))?;
    }
    let wanted = |name: &String| request.domains.is_empty() || request.domains.contains(name);
    let differences = cdp_codegen::compare(ours, theirs).into_iter();
    let findings = differences
        .filter(|found| known.contains(&found.path.domain) && wanted(&found.path.domain))
        .filter(|found| counts(found, &known, theirs))
        .map(|difference| explained_by_part(difference, ours))
        .map(|difference| finding(difference, request.marks))
        .collect();
    Ok(Outcome {
        elsewhere: names(theirs).difference(&known).cloned().collect(),
        domains: known.into_iter().filter(wanted).collect(),
        findings,
    })
}

fn names(protocol: &Protocol) -> BTreeSet<String> {
    let domains = protocol.domains.iter();
    domains.map(|domain| domain.about.name.clone()).collect()
}

/// Whether a difference is one of facts that both sides can state.
fn counts(difference: &Difference, known: &BTreeSet<String>, theirs: &Protocol) -> bool {
    match &difference.change {
        // Texts are in our own words, and no report has a place for ranges.
        Change::Text { .. } | Change::Range { .. } => false,
        Change::Type { first, second } => first != &on_wire(second, known, theirs),
        // What a domain builds upon need not be described; what is, must be so.
        Change::Dependency { only, domain } => *only == Side::First || known.contains(domain),
        _ => true,
    }
}

/// What of a domain only the target has can be what it builds upon.
fn explained_by_part(mut difference: Difference, ours: &Protocol) -> Difference {
    if matches!(
        difference.change,
        Change::Dependency {
            only: Side::Second,
            ..
        }
    ) {
        let name = &difference.path.domain;
        let domain = ours.domains.iter().find(|it| it.about.name == *name);
        let part = domain.and_then(|domain| domain.about.part.clone());
        difference.reason = difference.reason.or(part);
    }
    difference
}

/// A type of the target with the names of domains that no document describes
/// replaced by what they stand for on the wire.
fn on_wire(expression: &str, known: &BTreeSet<String>, theirs: &Protocol) -> String {
    let (list, name) = match expression.strip_prefix("array of ") {
        Some(name) => ("array of ", name),
        None => ("", expression),
    };
    let named = name.split_once('.');
    let unknown = named.filter(|(domain, _)| !known.contains(*domain));
    let base = unknown.and_then(|(domain, name)| base_of(theirs, domain, name));
    match base {
        Some(base) => format!("{list}{base}"),
        None => expression.to_owned(),
    }
}

/// What a type that is no more than another name is on the wire.
fn base_of(protocol: &Protocol, domain: &str, name: &str) -> Option<&'static str> {
    let named = protocol.types.iter().find(|item| {
        item.about.name == name && protocol.domain(item.domain).about.name == domain
    })?;
    Some(match &named.shape {
        Shape::Enum(_) | Shape::Alias(Type::String) => "string",
        Shape::Object(_) | Shape::Alias(Type::Object) => "object",
        Shape::Alias(Type::Integer) => "integer",
        Shape::Alias(Type::Number) => "number",
        Shape::Alias(Type::Boolean) => "boolean",
        Shape::Alias(Type::Any) => "any",
        Shape::Alias(Type::Binary) => "binary",
        Shape::Alias(Type::Array(_) | Type::Ref(_) | Type::External(..)) => return None,
    })
}

fn finding(mut difference: Difference, marks: bool) -> Finding {
    // What a command leaves out in the documents it cannot leave out there.
    difference
        .reason
        .take_if(|_| fails(&difference.path, &difference.change));
    Finding {
        standing: standing(&difference, marks),
        difference,
    }
}

/// Whether the target refuses a command as the documents have it, for want of a
/// parameter.
fn fails(path: &Path, change: &Change) -> bool {
    let is_command = matches!(path.item, Some((ItemKind::Command, _)));
    let is_parameter = matches!(path.member, Some((MemberKind::Parameter, _)));
    let is_required = matches!(
        change,
        Change::Member {
            only: Side::Second,
            optional: false,
            ..
        }
    );
    is_command && is_parameter && is_required
}

fn standing(difference: &Difference, marks: bool) -> Standing {
    let is_mark = matches!(
        difference.change,
        Change::Experimental(_) | Change::Deprecated(_)
    );
    match &difference.reason {
        Some(_) => Standing::Explained,
        None if is_mark && !marks => Standing::Mark,
        None => Standing::Drift,
    }
}

/// What a side is called.
fn side(side: Side) -> &'static str {
    match side {
        Side::First => "here",
        Side::Second => "there",
    }
}

/// Where a difference is to be found in the documents: file, line, column.
fn place<'a>(sources: &'a Sources, difference: &Difference) -> Option<(&'a str, usize, usize)> {
    let span = difference.first?;
    let source = sources.get(span.source);
    let (line, column) = source.position(span.start);
    Some((&source.name, line, column))
}
