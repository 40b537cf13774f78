//! What the protocol's own definitions are held to, be they JSON or PDL: names,
//! references, types, the version.

use crate::diagnostic::{Diagnostic, Severity};
use crate::ir::{Primitive, QName, Spanned, TypeExpr};
use crate::parse::{article, is_name, shown, suggest};
use crate::source::Span;

/// Whether something could not be read, of what these were found in. What was
/// merely left out is no reason to look at the rest with indulgence.
pub(crate) fn is_damaged(findings: &[Diagnostic]) -> bool {
    let mut findings = findings.iter();
    findings.any(|finding| finding.severity == Severity::Error)
}

/// Whether a name is one; `what` says of what.
pub(crate) fn check_name(
    name: &Spanned<String>,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let valid = is_name(&name.value);
    if !valid {
        invalid_name(name, what, diagnostics);
    }
    valid
}

/// What a reference in a domain refers to: without a domain, to its own types.
pub(crate) fn reference(
    name: &Spanned<String>,
    domain: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<QName> {
    let (domain, item) = name.value.split_once('.').unwrap_or((domain, &name.value));
    if !is_name(domain) || !is_name(item) {
        invalid_name(name, "type", diagnostics);
        return None;
    }
    Some(QName {
        domain: domain.to_owned(),
        name: item.to_owned(),
    })
}

fn invalid_name(name: &Spanned<String>, what: &str, diagnostics: &mut Vec<Diagnostic>) {
    let message = format!(
        "`{}` is no name for {} {what}",
        shown(&name.value),
        article(what)
    );
    diagnostics.push(
        Diagnostic::error("invalid-name", name.span, message)
            .label("expected ASCII letters, digits and `_`, a letter first"),
    );
}

/// Reports an array as item of an array.
pub(crate) fn nested_array(span: Span, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.push(
        Diagnostic::error("malformed-type", span, "an array of arrays")
            .label("expected another type here")
            .help("give the inner array a type of its own, and refer to that"),
    );
}

/// Reports a word that is no type.
pub(crate) fn unknown_type(word: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) {
    let words = Primitive::ALL.iter().map(|(word, _)| *word);
    let message = format!("unknown type `{}`", shown(&word.value));
    let mut diagnostic = Diagnostic::error("malformed-type", word.span, message)
        .label("expected a type of the protocol, such as `string`");
    if let Some(near) = suggest(&word.value, words.chain(["array"])) {
        diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
    }
    diagnostics.push(diagnostic);
}

/// Properties belong to objects, and literals to strings: `first` is the first of
/// them.
pub(crate) fn expect(
    ty: &Spanned<TypeExpr>,
    expected: Primitive,
    first: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if ty.value == TypeExpr::Primitive(expected) {
        return;
    }
    let (message, label) = match expected {
        Primitive::Object => ("only an object has properties", "expected `object`"),
        _ => ("only a string has literals", "expected `string`"),
    };
    diagnostics.push(
        Diagnostic::error("misplaced-section", ty.span, message)
            .label(label)
            .also(first, "the first one"),
    );
}

/// The parts of the version. Documents do not say it: the major one has not changed
/// since there is one, and targets do not agree on the minor one.
pub(crate) const VERSION: [(&str, Option<&str>); 2] = [("major", Some("1")), ("minor", None)];

/// Holds a part of the version against the one that is known, if one is.
pub(crate) fn check_version(
    part: &str,
    known: Option<&str>,
    stated: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(known) = known.filter(|known| stated.value != *known) else {
        return;
    };
    let message = format!("the {part} version `{}`", shown(&stated.value));
    diagnostics.push(
        Diagnostic::warning("protocol-version", stated.span, message)
            .label(format!("known is `{known}`"))
            .help("the version itself is not kept"),
    );
}
