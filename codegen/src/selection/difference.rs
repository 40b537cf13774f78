//! What an overlay has to say so that a base document says what a protocol does.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::Facts;
use crate::ir::{
    Command, Coverage, Domain, Event, Head, Intent, Item, Member, Primitive, Reason, Spanned,
    TypeDef, TypeExpr,
};

/// The difference between a base document and a protocol.
pub(super) struct Difference {
    /// `None` if the base document says it all.
    pub overlay: Option<Domain>,
    /// What the base document says and the protocol does not.
    pub beyond: Vec<String>,
}

/// What of a difference counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// All that an overlay can say.
    All,
    /// What is not described at all. Whoever wrote the documents chose their words, and
    /// described more targets than the one: a member that some leave out, a literal that
    /// some do not know.
    Lacking,
}

/// Compares a domain of the documents with the same domain of a protocol.
pub(super) fn of(base: &Domain, stated: &Domain, reason: &str, measure: Measure) -> Difference {
    let mut comparison = Comparison {
        domain: &stated.head.name.value,
        reason,
        measure,
        beyond: Vec::new(),
    };
    let overlay = comparison.domain(base, stated);
    let empty = overlay.head.reason.is_none()
        && overlay.types.is_empty()
        && overlay.commands.is_empty()
        && overlay.events.is_empty();
    Difference {
        overlay: (!empty).then_some(overlay),
        beyond: comparison.beyond,
    }
}

struct Comparison<'a> {
    domain: &'a str,
    reason: &'a str,
    measure: Measure,
    beyond: Vec<String>,
}

/// An item that can be held against one of the base.
trait Compared: Item {
    /// Keeps of what only this kind has what differs from the base; whether
    /// anything does.
    fn compare(&mut self, base: &Self, shown: &str, comparison: &mut Comparison<'_>) -> bool;
    /// Whether the members that the base has are still those of this item.
    fn keeps_members(&self) -> bool {
        true
    }
}

impl Compared for TypeDef {
    fn compare(&mut self, base: &Self, shown: &str, comparison: &mut Comparison<'_>) -> bool {
        let corrects = self.base.value != base.base.value;
        let string = self.base.value == TypeExpr::Primitive(Primitive::String);
        let literals = comparison.literals(&mut self.literals, &base.literals, string, shown);
        corrects || literals
    }
    fn keeps_members(&self) -> bool {
        self.base.value == TypeExpr::Primitive(Primitive::Object)
    }
}

impl Compared for Command {
    fn compare(&mut self, base: &Self, shown: &str, comparison: &mut Comparison<'_>) -> bool {
        let value =
            |redirect: &Option<Spanned<String>>| redirect.as_ref().map(|to| to.value.clone());
        if value(&self.redirect) == value(&base.redirect) {
            self.redirect = None;
        } else if self.redirect.is_none() {
            let beyond = format!("the redirect of {shown}");
            comparison.beyond.push(beyond);
        }
        self.redirect.is_some()
    }
}

impl Compared for Event {
    fn compare(&mut self, _: &Self, _: &str, _: &mut Comparison<'_>) -> bool {
        false
    }
}

impl Comparison<'_> {
    fn domain(&mut self, base: &Domain, stated: &Domain) -> Domain {
        let mut overlay = stated.clone();
        let shown = format!("the domain `{}`", self.domain);
        let mut differs = self.head(&mut overlay.head, &base.head, &shown);
        let names = |list: &[Spanned<String>]| -> BTreeSet<String> {
            list.iter().map(|name| name.value.clone()).collect()
        };
        let (known, wanted) = (names(&base.dependencies), names(&stated.dependencies));
        for dependency in known.difference(&wanted) {
            let lost = format!("the dependency of {shown} on `{dependency}`");
            self.beyond.push(lost);
        }
        overlay
            .dependencies
            .retain(|name| !known.contains(&name.value));
        differs |= !overlay.dependencies.is_empty();
        overlay.head.reason = differs.then(|| self.reason(Intent::Amends, &overlay.head));
        overlay.types = self.items(&base.types, &stated.types);
        overlay.commands = self.items(&base.commands, &stated.commands);
        overlay.events = self.items(&base.events, &stated.events);
        overlay
    }

    fn reason(&self, intent: Intent, head: &Head) -> Reason {
        Reason {
            intent,
            span: head.name.span,
            text: self.reason.to_owned(),
            states: Facts::new(),
        }
    }

    fn items<T: Compared>(&mut self, base: &[T], stated: &[T]) -> Vec<T> {
        let by_name = |items: &[T]| -> BTreeMap<String, T> {
            let named = items
                .iter()
                .map(|item| (item.head().name.value.clone(), item.clone()));
            named.collect()
        };
        let (known, wanted) = (by_name(base), by_name(stated));
        for item in base {
            let name = &item.head().name.value;
            if !wanted.contains_key(name) {
                self.beyond.push(self.shown(T::WORD, name));
            }
        }
        let mut entries = Vec::new();
        for item in stated {
            match known.get(&item.head().name.value) {
                Some(known) => entries.extend(self.amend(known, item)),
                None => {
                    let mut entry = item.clone();
                    entry.head_mut().reason = Some(self.reason(Intent::Adds, item.head()));
                    entries.push(entry);
                }
            }
        }
        entries
    }

    fn shown(&self, word: &str, name: &str) -> String {
        format!("the {word} `{}.{name}`", self.domain)
    }

    /// The entry that amends an item, if anything differs.
    fn amend<T: Compared>(&mut self, base: &T, stated: &T) -> Option<T> {
        let mut entry = stated.clone();
        let shown = self.shown(T::WORD, &stated.head().name.value);
        let mut differs = self.head(entry.head_mut(), base.head(), &shown);
        differs |= entry.compare(base, &shown, self);
        let keeps = stated.keeps_members();
        let mut members = false;
        for (entries, known) in entry.sections_mut().into_iter().zip(base.sections()) {
            let known = if keeps { &known[..] } else { &[] };
            *entries = self.members(known, std::mem::take(entries), &shown);
            members |= !entries.is_empty();
            // What is amended has the reason of the item, what is added its own.
            differs |= entries.iter().any(|entry| entry.head.reason.is_none());
        }
        entry.head_mut().reason = differs.then(|| self.reason(Intent::Amends, base.head()));
        (differs || members).then_some(entry)
    }

    fn members(&mut self, base: &[Member], stated: Vec<Member>, of: &str) -> Vec<Member> {
        let by_name = |members: &[Member]| -> BTreeMap<String, usize> {
            let names = members.iter().map(|member| member.head.name.value.clone());
            names.zip(0..).collect()
        };
        let (places, wanted) = (by_name(base), by_name(&stated));
        for known in base {
            let name = &known.head.name.value;
            if !wanted.contains_key(name) {
                self.beyond.push(format!("`{name}` of {of}"));
            }
        }
        let mut entries = Vec::new();
        for mut member in stated {
            match places.get(&member.head.name.value) {
                Some(&at) => entries.extend(self.amend_member(&base[at], member, of)),
                None => {
                    member.head.reason = Some(self.reason(Intent::Adds, &member.head));
                    entries.push(member);
                }
            }
        }
        entries
    }

    fn amend_member(&mut self, base: &Member, mut entry: Member, of: &str) -> Option<Member> {
        let shown = format!("`{}` of {of}", entry.head.name.value);
        let mut differs = self.head(&mut entry.head, &base.head, &shown);
        let retyped = entry.ty.value != base.ty.value;
        let string = entry.ty.value == TypeExpr::Primitive(Primitive::String);
        differs |= retyped;
        differs |= self.literals(&mut entry.literals, &base.literals, string, &shown);
        let optional = |member: &Member| member.optional.as_ref().is_some_and(|is| is.value);
        let tightens = !optional(&entry) && self.measure == Measure::Lacking;
        let other = optional(&entry) != optional(base) && !tightens;
        entry.optional = other.then(|| Spanned {
            value: optional(&entry),
            span: entry.head.name.span,
        });
        differs |= entry.optional.is_some();
        // Protocols have no ranges: one that only the base has is no difference.
        let known = base.range.as_ref().filter(|_| !retyped);
        entry.range = entry.range.filter(|range| {
            known.map(|known| (known.bounds.value, &known.why))
                != Some((range.bounds.value, &range.why))
        });
        differs |= entry.range.is_some();
        differs.then_some(entry)
    }

    /// Keeps of a head what differs from the base; whether anything does.
    fn head(&mut self, entry: &mut Head, base: &Head, shown: &str) -> bool {
        let marks = [
            (&mut entry.experimental, base.experimental, "experimental"),
            (&mut entry.deprecated, base.deprecated, "deprecated"),
        ];
        // How documents relate to targets is not for a protocol to say.
        entry.coverage = Coverage::default();
        let mut differs = false;
        for (stated, known, word) in marks {
            match (&stated, known) {
                (Some(_), None) => differs = true,
                (None, Some(_)) => self.beyond.push(format!("that {shown} is {word}")),
                _ => *stated = None,
            }
        }
        match (&entry.text, &base.text) {
            (Some(stated), Some(known))
                if self.measure == Measure::Lacking || same_words(&stated.value, &known.value) =>
            {
                entry.text = None;
            }
            (None, Some(_)) if self.measure == Measure::All => {
                self.beyond.push(format!("the text of {shown}"));
            }
            _ => {}
        }
        differs || entry.text.is_some()
    }

    /// Keeps literals that differ from those of the base, whatever their order; whether
    /// they do. A type that is no string leaves those of the base behind.
    fn literals(
        &mut self,
        entry: &mut Vec<Spanned<String>>,
        base: &[Spanned<String>],
        string: bool,
        shown: &str,
    ) -> bool {
        let values = |list: &[Spanned<String>]| -> BTreeSet<String> {
            list.iter().map(|literal| literal.value.clone()).collect()
        };
        if self.measure == Measure::Lacking && string && !entry.is_empty() {
            let known = values(base);
            entry.retain(|literal| !known.contains(&literal.value));
            if !entry.is_empty() {
                // An entry lists them all.
                entry.splice(..0, base.iter().cloned());
            }
        } else if values(entry) == values(base) {
            entry.clear();
        } else if entry.is_empty() && string {
            self.beyond.push(format!("the literals of {shown}"));
        }
        !entry.is_empty()
    }
}

/// Where lines break, and whether there is a final dot, is no difference.
fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &'_ str| {
        let text = text.trim_end();
        let text = text.strip_suffix('.').unwrap_or(text);
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    words(a) == words(b)
}
