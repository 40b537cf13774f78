//! Which types some domains reach.

use std::collections::{BTreeMap, BTreeSet};

use super::innermost;
use crate::ir::{Domain, Member, QName, Spanned, TypeDef, TypeExpr};

/// The types that whole domains reach, those of their own included: the name of
/// the domain and that of the type.
pub(super) fn types(all: &[Domain], names: &[String]) -> BTreeSet<(String, String)> {
    let mut known: BTreeMap<(&str, &str), &TypeDef> = BTreeMap::new();
    for domain in all {
        for item in &domain.types {
            known.insert((&domain.head.name.value, &item.head.name.value), item);
        }
    }
    let mut reached = BTreeSet::new();
    let mut pending = Vec::new();
    for domain in all
        .iter()
        .filter(|domain| names.contains(&domain.head.name.value))
    {
        references(domain, &mut |name| pending.push(name.clone()));
    }
    while let Some(QName { domain, name }) = pending.pop() {
        let item = known.get(&(domain.as_str(), name.as_str())).copied();
        if let (true, Some(item)) = (reached.insert((domain, name)), item) {
            of_type(item, &mut |name| pending.push(name.clone()));
        }
    }
    reached
}

/// Leaves of a domain its head and the types that are reached, and has it say so.
pub(super) fn keep(domain: &mut Domain, reached: &BTreeSet<(String, String)>, names: &[String]) {
    let own = domain.head.name.clone();
    domain.types.retain(|item| {
        let name = item.head.name.value.clone();
        reached.contains(&(own.value.clone(), name))
    });
    domain.commands.clear();
    domain.events.clear();
    domain.dependencies.clear();
    domain.head.coverage.part = Some(Spanned {
        value: part(names),
        span: own.span,
    });
}

/// What a domain says of which only types are kept.
const PART: &str = "Only the types needed for ";

fn part(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{PART}{}.", names.join(", "))
}

/// What a domain says whose types other domains need, too; nothing if it says anything
/// else of its part.
pub(super) fn joined(known: &str, also: &str) -> Option<String> {
    let mut all = names(known)?;
    for name in names(also)? {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    Some(part(&all))
}

fn names(text: &str) -> Option<Vec<String>> {
    let list = text.strip_prefix(PART)?.strip_suffix('.')?;
    let names = list.split(", ").map(|name| {
        let name = name.strip_prefix('`')?.strip_suffix('`')?;
        Some(name.to_owned())
    });
    names.collect()
}

/// Finds everything that a domain refers to.
pub(super) fn references(domain: &Domain, found: &mut dyn FnMut(&QName)) {
    for item in &domain.types {
        of_type(item, found);
    }
    for item in &domain.commands {
        of_members(&item.parameters, found);
        of_members(&item.returns, found);
    }
    for item in &domain.events {
        of_members(&item.parameters, found);
    }
}

fn of_type(item: &TypeDef, found: &mut dyn FnMut(&QName)) {
    of_expression(&item.base.value, found);
    of_members(&item.properties, found);
}

fn of_members(members: &[Member], found: &mut dyn FnMut(&QName)) {
    for member in members {
        of_expression(&member.ty.value, found);
    }
}

fn of_expression(ty: &TypeExpr, found: &mut dyn FnMut(&QName)) {
    if let TypeExpr::Ref(name) = innermost(ty) {
        found(name);
    }
}
