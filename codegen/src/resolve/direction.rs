//! Which way each type goes over the wire.

use crate::model::{Direction, Member, Protocol, Shape, Type, TypeId};

/// Follows parameters of commands, returns and events to all that they reach.
pub(super) fn find(protocol: &mut Protocol) {
    let domains = &protocol.domains;
    let commands = || domains.iter().flat_map(|domain| &domain.commands);
    let events = || domains.iter().flat_map(|domain| &domain.events);
    let sent = commands().flat_map(|command| &command.parameters);
    let received = commands().flat_map(|command| &command.returns);
    let received = received.chain(events().flat_map(|event| &event.parameters));
    let sent = reached(protocol, sent.collect());
    let received = reached(protocol, received.collect());
    for (index, type_def) in protocol.types.iter_mut().enumerate() {
        let reached = sent[index] || received[index];
        type_def.direction = Direction {
            sent: sent[index] || !reached,
            received: received[index] || !reached,
        };
    }
}

fn reached(protocol: &Protocol, members: Vec<&Member>) -> Vec<bool> {
    let mut reached = vec![false; protocol.types.len()];
    let mut open: Vec<&Type> = members.into_iter().map(|member| &member.ty).collect();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(Some(item)) => open.push(item),
            &Type::Ref(TypeId(index)) if !reached[index] => {
                reached[index] = true;
                match &protocol.types[index].shape {
                    Shape::Object(members) => open.extend(members.iter().map(|member| &member.ty)),
                    Shape::Alias(ty) => open.push(ty),
                    Shape::Enum(_) => {}
                }
            }
            _ => {}
        }
    }
    reached
}
