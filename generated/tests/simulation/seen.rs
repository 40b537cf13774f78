//! What the core yields, in a form that can be compared.

use std::time::Duration;

use crate::account::Account;
use cdp_heapprofiler::session::{
    Closed, CommandId, Error, Message, Notice, Oddity, SessionKey, TimeoutKind,
};

/// A message or a notice. Sessions are those of the account, by their place in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seen {
    Reply {
        id: CommandId,
        session: usize,
        outcome: Result<String, i64>,
    },
    Event {
        session: usize,
        method: String,
    },
    Receipt,
    /// An oddity: its kind and what it names.
    Odd(String),
    Ended {
        id: CommandId,
        why: Why,
    },
    SessionEnded(usize, Closed),
}

/// How a command ends without a reply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Why {
    Closed(Closed, Option<String>),
    Timeout(TimeoutKind, Duration),
    Protocol(i64),
    Decode,
}

/// The ends of commands that follow each other, in the order of their ids: which of
/// them is told first is not promised.
pub(crate) fn sorted(mut notices: Vec<Seen>) -> Vec<Seen> {
    let end = |seen: &Seen| match seen {
        Seen::Ended { id, .. } => Some(*id),
        _ => None,
    };
    for last in 1..notices.len() {
        let mut at = last;
        while at > 0 && end(&notices[at]).is_some() && end(&notices[at - 1]) > end(&notices[at]) {
            notices.swap(at - 1, at);
            at -= 1;
        }
    }
    notices
}

pub(crate) fn seen(account: &Account, message: &Message<'_>) -> Seen {
    match message {
        Message::Reply(reply) => Seen::Reply {
            id: reply.id,
            session: index(account, reply.session),
            outcome: match &reply.outcome {
                Ok(result) => Ok((*result).to_owned()),
                Err(error) => Err(error.code),
            },
        },
        Message::Event(event) => Seen::Event {
            session: index(account, event.session),
            method: event.method.clone().into_owned(),
        },
        Message::Odd(oddity) => Seen::Odd(kind(oddity)),
        Message::Receipt => Seen::Receipt,
        other => panic!("{other:?} is new"),
    }
}

pub(crate) fn seen_notice(account: &Account, notice: &Notice) -> Seen {
    match notice {
        Notice::Ended(ended) => Seen::Ended {
            id: ended.id,
            why: match &ended.error {
                Error::Closed {
                    session, reason, ..
                } => Why::Closed(reason.clone(), session.as_deref().map(str::to_owned)),
                Error::Timeout { kind, waited, .. } => Why::Timeout(*kind, *waited),
                Error::Protocol { error, .. } => Why::Protocol(error.code),
                Error::Decode { .. } => Why::Decode,
                other => panic!("{other:?} ends no command"),
            },
        },
        Notice::Odd(oddity) => Seen::Odd(kind(oddity)),
        Notice::SessionEnded(key, reason) => {
            Seen::SessionEnded(index(account, *key), reason.clone())
        }
        other => panic!("{other:?} is new"),
    }
}

fn index(account: &Account, key: SessionKey) -> usize {
    let found = account
        .sessions
        .iter()
        .position(|session| session.key == Some(key));
    found.unwrap_or_else(|| panic!("{key:?} was never told of"))
}

fn kind(oddity: &Oddity) -> String {
    match oddity {
        Oddity::Malformed(_) => "Malformed".to_owned(),
        Oddity::Meaningless => "Meaningless".to_owned(),
        Oddity::UnknownReply { id } => format!("UnknownReply {id}"),
        Oddity::ErrorWithoutId(error) => format!("ErrorWithoutId {}", error.code),
        Oddity::Echo { id } => format!("Echo {id}"),
        Oddity::EmptyReply { id } => format!("EmptyReply {id}"),
        Oddity::WrongSession { id, session } => format!("WrongSession {id} {session}"),
        Oddity::UnknownSession { session } => format!("UnknownSession {session}"),
        Oddity::LateEvent { session, method } => format!("LateEvent {session} {method}"),
        Oddity::UnreadableSignal { method, .. } => format!("UnreadableSignal {method}"),
        Oddity::UnknownWorker { session } => format!("UnknownWorker {session}"),
        other => panic!("{other:?} is new"),
    }
}
