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
    let sent = reached(protocol, types(sent));
    let received = reached(protocol, types(received));
    // What nothing reaches goes both ways, and so must all that it is made of.
    let alone = (0..protocol.types.len()).filter(|&index| !sent[index] && !received[index]);
    let alone = alone.map(|index| Type::Ref(TypeId(index))).collect();
    let both = reached(protocol, alone);
    for (index, type_def) in protocol.types.iter_mut().enumerate() {
        type_def.direction = Direction {
            sent: sent[index] || both[index],
            received: received[index] || both[index],
        };
    }
}

fn types<'a>(members: impl Iterator<Item = &'a Member>) -> Vec<Type> {
    members.map(|member| member.ty.clone()).collect()
}

fn reached(protocol: &Protocol, types: Vec<Type>) -> Vec<bool> {
    let mut reached = vec![false; protocol.types.len()];
    let mut open: Vec<&Type> = types.iter().collect();
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
