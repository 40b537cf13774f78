//! Overlays onto base documents: ir + overlay -> ir.
//!
//! An entry that amends what is not there is stale; one that adds what is
//! there, or says what the base document says, is redundant. Both are errors,
//! so that an overlay never says more than it must. A reason goes along with what
//! it is a reason for, if that is a fact: a better text needs no explanation to
//! those who read it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::fact::{Fact, Facts};
use crate::ir::{
    Command, Coverage, Domain, Event, Head, Intent, Item, Member, Primitive, Range, Reason,
    Spanned, TypeDef, TypeExpr,
};
use crate::source::Span;

/// Lays an overlay over the base document of its domain.
///
/// `damaged` tells that the base document could not be read as a whole: what the
/// overlay seems to miss in it may be what could not be read.
pub(crate) fn apply(
    base: &mut Domain,
    overlay: Domain,
    damaged: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut overlaid = Overlaid {
        damaged,
        diagnostics,
    };
    let covers = overlaid.coverage(&mut base.head.coverage, overlay.head.coverage.clone());
    let text = overlaid.text(&mut base.head, &overlay.head);
    let mut facts = overlaid.marks(&mut base.head, &overlay.head);
    facts.extend((!overlay.dependencies.is_empty()).then_some(Fact::Dependencies));
    let reasoned = overlay.head.reason.is_some();
    match overlay.head.reason.clone() {
        None if text || !facts.is_empty() => overlaid.missing_reason(&overlay.head, "domain"),
        Some(reason) if reason.intent == Intent::Adds => {
            overlaid.present(&overlay.head, "domain", &base.head, reason.span);
        }
        reason if !facts.is_empty() => base.head.reason = reason.map(|reason| reason.of(facts)),
        Some(reason) if !text => overlaid.idle(&reason),
        _ => {}
    }
    let items = overlay.types.len() + overlay.commands.len() + overlay.events.len();
    if items == 0 && !text && !covers && !reasoned {
        overlaid.redundant(overlay.head.name.span, "this overlay states nothing");
    }
    let known = base.dependencies.iter().map(|known| known.value.clone());
    let mut known: BTreeSet<String> = known.collect();
    for dependency in overlay.dependencies {
        if !known.insert(dependency.value.clone()) {
            overlaid.redundant(
                dependency.span,
                "the base document names this dependency too",
            );
        } else {
            base.dependencies.push(dependency);
        }
    }
    overlaid.items(&mut base.types, overlay.types);
    overlaid.items(&mut base.commands, overlay.commands);
    overlaid.items(&mut base.events, overlay.events);
}

/// An item that an entry of an overlay can amend.
trait Amended: Item {
    /// Amends what only this kind has, and tells what of it was stated.
    fn amend(&mut self, entry: &mut Self, overlaid: &mut Overlaid<'_>) -> Facts;
    /// What only this kind has and an added item states.
    fn states(&self) -> Facts;
}

impl Amended for TypeDef {
    fn amend(&mut self, entry: &mut Self, overlaid: &mut Overlaid<'_>) -> Facts {
        let mut facts = Facts::new();
        let corrects = self.base.value != entry.base.value;
        if corrects {
            self.base = entry.base.clone();
            self.drop_misfits();
        }
        facts.extend(corrects.then_some(Fact::Type));
        let literals = overlaid.literals(&mut self.literals, &mut entry.literals);
        facts.extend(literals.then_some(Fact::Literals));
        facts
    }
    fn states(&self) -> Facts {
        let stated = !self.literals.is_empty();
        stated.then_some(Fact::Literals).into_iter().collect()
    }
}

impl TypeDef {
    /// What the base was before may have had properties or literals.
    fn drop_misfits(&mut self) {
        if self.base.value != TypeExpr::Primitive(Primitive::Object) {
            self.properties.clear();
        }
        if self.base.value != TypeExpr::Primitive(Primitive::String) {
            self.literals.clear();
        }
    }
}

impl Amended for Command {
    fn amend(&mut self, entry: &mut Self, overlaid: &mut Overlaid<'_>) -> Facts {
        let Some(domain) = entry.redirect.take() else {
            return Facts::new();
        };
        let known = self.redirect.as_ref().map(|known| &known.value);
        if known == Some(&domain.value) {
            overlaid.redundant(domain.span, "the base document redirects there too");
        }
        self.redirect = Some(domain);
        Facts::from([Fact::Redirect])
    }
    fn states(&self) -> Facts {
        let stated = self.redirect.is_some();
        stated.then_some(Fact::Redirect).into_iter().collect()
    }
}

impl Amended for Event {
    fn amend(&mut self, _: &mut Self, _: &mut Overlaid<'_>) -> Facts {
        Facts::new()
    }
    fn states(&self) -> Facts {
        Facts::new()
    }
}

impl Reason {
    /// The reason, for these facts.
    fn of(self, states: Facts) -> Self {
        Self { states, ..self }
    }
}

/// The reason of what an overlay adds is one for its being there, and for what else
/// is said of it.
fn note_added(head: &mut Head, stated: Facts) {
    let marks = [
        (head.experimental, Fact::Experimental),
        (head.deprecated, Fact::Deprecated),
    ];
    let marks = marks.iter().filter(|(mark, _)| mark.is_some());
    if let Some(reason) = &mut head.reason {
        reason.states = stated;
        reason.states.insert(Fact::Existence);
        reason.states.extend(marks.map(|&(_, fact)| fact));
    }
}

/// What only members have and an added one states.
fn stated_of(member: &Member) -> Facts {
    let stated = [
        (member.optional.is_some(), Fact::Optional),
        (!member.literals.is_empty(), Fact::Literals),
        (member.range.is_some(), Fact::Range),
    ];
    let stated = stated.into_iter().filter(|(is_stated, _)| *is_stated);
    stated.map(|(_, fact)| fact).collect()
}

struct Overlaid<'a> {
    damaged: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Overlaid<'_> {
    fn items<T: Amended>(&mut self, base: &mut Vec<T>, entries: Vec<T>) {
        let places: BTreeMap<String, usize> = base
            .iter()
            .enumerate()
            .map(|(at, item)| (item.head().name.value.clone(), at))
            .collect();
        let mut seen = BTreeSet::new();
        for entry in entries {
            // The second of two is reported as such, and nothing more is said of it.
            if !seen.insert(entry.head().name.value.clone()) {
                continue;
            }
            match places.get(&entry.head().name.value) {
                Some(&at) => self.amend_item(&mut base[at], entry),
                None => base.extend(self.add_item(entry)),
            }
        }
    }

    fn add_item<T: Amended>(&mut self, mut entry: T) -> Option<T> {
        match entry.head().reason.as_ref().map(|reason| reason.intent) {
            Some(Intent::Adds) => {}
            Some(Intent::Amends) => {
                self.stale(entry.head(), T::WORD, "the base document has no such item");
                return None;
            }
            // An entry for an item that is not there, without a word of adding it.
            None => {
                self.stale(
                    entry.head(),
                    T::WORD,
                    "the base document has no such item, and this does not say `*adds*`",
                );
                return None;
            }
        }
        let stated = entry.states();
        note_added(entry.head_mut(), stated);
        for member in entry.sections_mut().into_iter().flatten() {
            let stated = stated_of(member);
            note_added(&mut member.head, stated);
            if let Some(Reason {
                intent: Intent::Amends,
                ..
            }) = member.head.reason
            {
                self.stale(&member.head, "member", "the item itself is added here");
            }
        }
        Some(entry)
    }

    fn amend_item<T: Amended>(&mut self, base: &mut T, mut entry: T) {
        let reason = entry.head().reason.clone();
        if let Some(Reason {
            intent: Intent::Adds,
            span,
            ..
        }) = reason
        {
            self.present(entry.head(), T::WORD, base.head(), span);
            return;
        }
        let text = self.text(base.head_mut(), entry.head());
        let marks = self.marks(base.head_mut(), entry.head());
        let mut facts = base.amend(&mut entry, self);
        facts.extend(marks);
        let coverage = std::mem::take(&mut entry.head_mut().coverage);
        let covers = self.coverage(&mut base.head_mut().coverage, coverage);
        let (mut members, mut inherits) = (false, false);
        let sections = entry
            .sections_mut()
            .into_iter()
            .map(std::mem::take)
            .collect::<Vec<_>>();
        for (base, entries) in base.sections_mut().into_iter().zip(sections) {
            members |= !entries.is_empty();
            inherits |= entries.iter().any(|entry| entry.head.reason.is_none());
            self.members(base, entries, reason.as_ref());
        }
        if (text || !facts.is_empty()) && reason.is_none() {
            self.missing_reason(entry.head(), T::WORD);
        } else if !facts.is_empty() {
            base.head_mut().reason = reason.map(|reason| reason.of(facts));
        } else if let Some(reason) = reason.filter(|_| !text && members && !inherits) {
            self.idle(&reason);
        } else if !text && !members && !covers {
            self.redundant(
                entry.head().name.span,
                "this says nothing that the base document does not",
            );
        }
    }

    fn members(
        &mut self,
        base: &mut Vec<Member>,
        entries: Vec<Member>,
        inherited: Option<&Reason>,
    ) {
        let places: BTreeMap<String, usize> = base
            .iter()
            .enumerate()
            .map(|(at, member)| (member.head.name.value.clone(), at))
            .collect();
        let mut seen = BTreeSet::new();
        for mut entry in entries {
            if !seen.insert(entry.head.name.value.clone()) {
                continue;
            }
            let intent = entry
                .head
                .reason
                .as_ref()
                .or(inherited)
                .map(|reason| reason.intent);
            match (places.get(&entry.head.name.value), intent) {
                (_, None) => self.missing_reason(&entry.head, "member"),
                (Some(&at), Some(Intent::Amends)) => {
                    self.amend_member(&mut base[at], entry, inherited);
                }
                (Some(&at), Some(Intent::Adds)) => {
                    let span = entry
                        .head
                        .reason
                        .as_ref()
                        .map_or(entry.head.name.span, |reason| reason.span);
                    self.present(&entry.head, "member", &base[at].head, span);
                }
                (None, Some(Intent::Adds)) => {
                    entry.head.reason = entry.head.reason.or_else(|| inherited.cloned());
                    let stated = stated_of(&entry);
                    note_added(&mut entry.head, stated);
                    base.push(entry);
                }
                (None, Some(Intent::Amends)) => {
                    self.stale(
                        &entry.head,
                        "member",
                        "the base document has no such member",
                    );
                }
            }
        }
    }

    fn amend_member(&mut self, base: &mut Member, mut entry: Member, inherited: Option<&Reason>) {
        let text = self.text(&mut base.head, &entry.head);
        let mut facts = self.marks(&mut base.head, &entry.head);
        if base.ty.value != entry.ty.value {
            base.ty = entry.ty.clone();
            if base.ty.value != TypeExpr::Primitive(Primitive::String) {
                base.literals.clear();
            }
            base.range = None;
            facts.insert(Fact::Type);
        }
        if let Some(optional) = entry.optional {
            let known = base.optional.as_ref().map(|known| known.value);
            if known == Some(optional.value) {
                self.redundant(optional.span, "the base document says so too");
            }
            base.optional = Some(optional);
            facts.insert(Fact::Optional);
        }
        let literals = self.literals(&mut base.literals, &mut entry.literals);
        facts.extend(literals.then_some(Fact::Literals));
        let range = self.range(&mut base.range, entry.range.take());
        facts.extend(range.then_some(Fact::Range));
        if !facts.is_empty() {
            let reason = entry.head.reason.or_else(|| inherited.cloned());
            base.head.reason = reason.map(|reason| reason.of(facts));
        } else if !text {
            self.redundant(
                entry.head.name.span,
                "this says nothing that the base document does not",
            );
        }
    }

    /// Amends marks, and tells which.
    fn marks(&mut self, base: &mut Head, entry: &Head) -> Facts {
        let mut facts = Facts::new();
        let marks = [
            (
                &mut base.experimental,
                entry.experimental,
                Fact::Experimental,
            ),
            (&mut base.deprecated, entry.deprecated, Fact::Deprecated),
        ];
        for (known, stated, fact) in marks {
            let Some(span) = stated else { continue };
            if known.is_some() {
                self.redundant(span, "the base document has this mark too");
            }
            *known = Some(span);
            facts.insert(fact);
        }
        facts
    }

    /// Amends remarks on what targets have, which are reasons themselves; whether
    /// there was anything to amend.
    fn coverage(&mut self, base: &mut Coverage, entry: Coverage) -> bool {
        let mut changed = false;
        for (known, stated) in [(&mut base.part, entry.part), (&mut base.some, entry.some)] {
            let Some(stated) = stated else { continue };
            if known
                .as_ref()
                .is_some_and(|known| known.value == stated.value)
            {
                self.redundant(stated.span, "the base document says so too");
            }
            *known = Some(stated);
            changed = true;
        }
        changed
    }

    /// Amends the text; whether there was anything to amend.
    fn text(&mut self, base: &mut Head, entry: &Head) -> bool {
        let Some(text) = &entry.text else {
            return false;
        };
        let known = base.text.as_ref().map(|known| &known.value);
        if known == Some(&text.value) {
            self.redundant(text.span, "the base document has this text too");
        }
        base.text = Some(text.clone());
        true
    }

    /// Replaces a list of literals; whether there was anything to replace.
    fn literals(
        &mut self,
        base: &mut Vec<Spanned<String>>,
        entry: &mut Vec<Spanned<String>>,
    ) -> bool {
        if entry.is_empty() {
            return false;
        }
        if base
            .iter()
            .map(|known| &known.value)
            .eq(entry.iter().map(|stated| &stated.value))
        {
            self.redundant(entry[0].span, "the base document lists the same literals");
        }
        // What the base document knows stays its own: the reason is for the others.
        let known = std::mem::take(base).into_iter();
        let mut known: BTreeMap<String, Spanned<String>> = known
            .map(|literal| (literal.value.clone(), literal))
            .collect();
        let stated = std::mem::take(entry).into_iter();
        *base = stated
            .map(|literal| known.remove(&literal.value).unwrap_or(literal))
            .collect();
        true
    }

    /// Replaces a range; whether there was anything to replace.
    fn range(&mut self, base: &mut Option<Range>, entry: Option<Range>) -> bool {
        let Some(entry) = entry else { return false };
        let known = base.as_ref().map(|known| (known.bounds.value, &known.why));
        if known == Some((entry.bounds.value, &entry.why)) {
            self.redundant(entry.bounds.span, "the base document has this range too");
        }
        *base = Some(entry);
        true
    }

    fn idle(&mut self, reason: &Reason) {
        self.redundant(
            reason.span,
            "a reason for nothing: no mark, text or member here is in want of it",
        );
    }

    fn redundant(&mut self, span: Span, why: &str) {
        self.diagnostics.push(
            Diagnostic::error("redundant-overlay", span, "a redundant overlay entry")
                .label(why)
                .help("remove it from the overlay"),
        );
    }

    fn present(&mut self, entry: &Head, word: &str, base: &Head, span: Span) {
        let message = format!(
            "the overlay adds the {word} `{}`, which the base document has",
            entry.name.value
        );
        self.diagnostics.push(
            Diagnostic::error("redundant-overlay", span, message)
                .label("expected `*amends*`")
                .also(base.name.span, "the base document states it here")
                .help("remove the entry, or keep only what the base document does not say, under `*amends*`"),
        );
    }

    fn stale(&mut self, entry: &Head, word: &str, why: &str) {
        if self.damaged {
            return;
        }
        let message = format!(
            "the overlay amends the {word} `{}`, which does not exist",
            entry.name.value
        );
        self.diagnostics.push(
            Diagnostic::error("stale-overlay", entry.name.span, message)
                .label(why)
                .help("correct the name, remove the entry, or say `*adds*` if it is new"),
        );
    }

    fn missing_reason(&mut self, entry: &Head, word: &str) {
        let message = format!("no reason for the {word} `{}`", entry.name.value);
        self.diagnostics.push(
            Diagnostic::error("missing-reason", entry.name.span, message)
                .label("expected `*adds* why` or `*amends* why` with this entry")
                .help("say below it, for the users of the bindings, why the overlay states this"),
        );
    }
}
