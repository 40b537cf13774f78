//! What of a protocol a definition in JSON or PDL can state.

use crate::model::{About, Command, Event, Member, Protocol, Shape};

/// Takes away what only documents state: ranges, the reasons of overlays, and why
/// something is described in part or is on some targets only. What is left can be
/// compared with what JSON or PDL states.
pub fn definable(protocol: &mut Protocol) {
    for domain in &mut protocol.domains {
        domain.some = None;
        about(&mut domain.about);
        for item in &mut domain.commands {
            let Command {
                about: head,
                parameters,
                returns,
                ..
            } = item;
            about(head);
            members(parameters);
            members(returns);
        }
        for Event {
            about: head,
            parameters,
        } in &mut domain.events
        {
            about(head);
            members(parameters);
        }
    }
    for item in &mut protocol.types {
        about(&mut item.about);
        if let Shape::Object(properties) = &mut item.shape {
            members(properties);
        }
    }
}

fn about(about: &mut About) {
    about.reason = None;
    about.part = None;
}

fn members(members: &mut [Member]) {
    for member in members {
        about(&mut member.about);
        member.range = None;
    }
}
