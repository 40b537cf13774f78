//! The entries of an overlay, as messages name them.

use std::collections::BTreeSet;

use crate::ir::{Coverage, Domain, Head, Intent, Item, Member};

/// The entries of an overlay: what each adds or amends.
pub(super) struct Entries {
    /// What they are about: `the command \`DOM.enable\``.
    pub shown: Vec<String>,
    /// How many of them have a range.
    pub ranges: usize,
}

impl Entries {
    pub(super) fn of(overlay: &Domain) -> Self {
        let name = &overlay.head.name.value;
        let mut entries = Self {
            shown: Vec::new(),
            ranges: 0,
        };
        if overlay.head.reason.is_some() {
            entries.shown.push(format!("the domain `{name}`"));
        }
        entries.items(name, &overlay.types);
        entries.items(name, &overlay.commands);
        entries.items(name, &overlay.events);
        entries
    }

    fn items<T: Item>(&mut self, domain: &str, items: &[T]) {
        for item in items {
            let Head {
                name,
                experimental,
                deprecated,
                text,
                reason,
                ..
            } = item.head();
            let shown = format!("the {} `{domain}.{}`", T::WORD, name.value);
            let members: Vec<&Member> = item.sections().into_iter().flatten().collect();
            let ranges = members.iter().filter(|member| member.range.is_some());
            self.ranges += ranges.count();
            let adds = reason.as_ref().is_some_and(|it| it.intent == Intent::Adds);
            let marked = experimental.is_some() || deprecated.is_some();
            // An item that is added is told with all that it holds.
            if adds || marked || text.is_some() || members.is_empty() {
                self.shown.push(shown.clone());
            }
            if !adds {
                let names = members.iter().map(|member| &member.head.name.value);
                self.shown
                    .extend(names.map(|member| format!("`{member}` of {shown}")));
            }
        }
    }
}

/// What a domain and its items say of how they relate to targets: the kind of the item,
/// its name, and the remark.
pub(super) fn remarks(domain: &Domain) -> BTreeSet<(&str, &str, &str)> {
    let types = domain.types.iter().map(|item| ("type", &item.head));
    let commands = domain.commands.iter().map(|item| ("command", &item.head));
    let events = domain.events.iter().map(|item| ("event", &item.head));
    let heads = types.chain(commands).chain(events);
    heads
        .chain([("domain", &domain.head)])
        .flat_map(|(word, Head { name, coverage, .. })| {
            let Coverage { part, some } = coverage;
            let remarks = [part, some].into_iter().flatten();
            remarks.map(move |remark| (word, name.value.as_str(), remark.value.as_str()))
        })
        .collect()
}
