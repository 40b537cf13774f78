//! Which members need a place of their own on the heap: those on a cycle of
//! types that hold each other without an array in between.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{Member, Protocol, Shape, Type, TypeId};
use crate::source::Span;

/// Boxes the members on such cycles. A value on a cycle ends only where a
/// member is left out: where nothing on a cycle is stated to be optional, what is
/// not stated is, and a cycle of members stated to be required is an error.
pub(super) fn box_members(
    protocol: &mut Protocol,
    required: &BTreeSet<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    on_cycles(protocol, |_| true, |member| member.boxed = true);
    on_cycles(
        protocol,
        |member| !member.optional,
        |member| {
            if !required.contains(&member.about.span) {
                member.optional = true;
                member.optional_inferred = true;
            }
        },
    );
    on_cycles(
        protocol,
        |member| !member.optional,
        |member| {
            let message = format!(
                "`{}` holds a value of its own type, without end",
                member.about.name
            );
            diagnostics.push(
                Diagnostic::error("endless-type", member.about.span, message)
                    .label("expected `*optional*` here or elsewhere on the way back to this type")
                    .help("remove `*required*`: no target can send such a value"),
            );
        },
    );
}

/// Visits the members on cycles of those members that count.
fn on_cycles(
    protocol: &mut Protocol,
    counts: impl Fn(&Member) -> bool,
    mut visit: impl FnMut(&mut Member),
) {
    let components = components(protocol, &counts);
    for (index, type_def) in protocol.types.iter_mut().enumerate() {
        let Shape::Object(members) = &mut type_def.shape else {
            continue;
        };
        for member in members.iter_mut().filter(|member| counts(member)) {
            if held(member).is_some_and(|target| components[target] == components[index]) {
                visit(member);
            }
        }
    }
}

/// The type that a member holds in place.
fn held(member: &Member) -> Option<usize> {
    match member.ty {
        Type::Ref(TypeId(target)) => Some(target),
        _ => None,
    }
}

/// The strongly connected component of each type. A type alone is on a cycle
/// only if it holds itself, and then it is in its own component, too. Tarjan's
/// algorithm with a stack of its own: documents decide how deep it goes.
fn components(protocol: &Protocol, counts: impl Fn(&Member) -> bool) -> Vec<usize> {
    let edges: Vec<Vec<usize>> = protocol
        .types
        .iter()
        .map(|type_def| match &type_def.shape {
            Shape::Object(members) => members
                .iter()
                .filter(|member| counts(member))
                .filter_map(held)
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let (mut open, mut next) = (Vec::new(), 0);
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some(&mut (node, ref mut edge)) = path.last_mut() {
            if *edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
            }
            if let Some(&target) = edges[node].get(*edge) {
                *edge += 1;
                if order[target] == UNSEEN {
                    path.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = node;
                    if member == node {
                        break;
                    }
                }
            }
        }
    }
    component
}
