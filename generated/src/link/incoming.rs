//! What a client tells the consumers of a session's events.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::mailbox::{Mailbox, Wake};
use crate::protocol::AnyEvent;
use crate::session::{Closed, CommandId, EventMessage, Oddity};
use crate::{decode, DecodeError, Event};

/// What came in on a session, in the order of the wire.
#[derive(Debug)]
#[non_exhaustive]
pub enum Incoming {
    /// An event of the session.
    Event(RawEvent),
    /// The place of a reply among the events: this command's reply came here. The
    /// reply itself goes to whoever has sent the command.
    Reply(CommandId),
    /// A command of the session has ended without a reply. Whoever has sent it is told
    /// why.
    Ended(CommandId),
    /// Something odd on the connection, which was tolerated.
    Odd(Oddity),
    /// Something came here and was dropped, since too much was waiting to be taken.
    Missed(Missed),
    /// The session has ended. Nothing comes after it.
    Closed(Closed),
}

/// How much was dropped because too much was waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missed {
    /// How many events, oddities, and places where commands have ended.
    pub items: u64,
    /// The sum of the lengths of their texts, in bytes.
    pub bytes: u64,
}

/// An event, not yet decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawEvent {
    /// The method, such as `HeapProfiler.resetProfiles`.
    pub method: Box<str>,
    /// The parameters as JSON text, if there are any.
    pub params: Option<Box<str>>,
}

impl RawEvent {
    /// Decodes the event; one that these bindings do not know is kept as it came.
    ///
    /// # Errors
    /// If the parameters are not those of the event. That concerns nothing but this
    /// event.
    pub fn decode(&self) -> Result<AnyEvent, DecodeError> {
        AnyEvent::decode(&self.method, self.params.as_deref())
    }

    /// Decodes the event if it is an `E`; `None` if it is another.
    ///
    /// # Errors
    /// The decoding's result is an error if the parameters are not those of an `E`.
    pub fn decode_as<E: Event>(&self) -> Option<Result<E, DecodeError>> {
        (*self.method == *E::METHOD).then(|| decode(self.params.as_deref().unwrap_or("{}")))
    }

    fn new(event: &EventMessage<'_>) -> Self {
        Self {
            method: event.method.as_ref().into(),
            params: event.params.map(Box::from),
        }
    }
}

/// What an item costs besides its texts, roughly.
const ITEM: usize = 128;

/// What waits for one consumer: as much as the limit allows, and the end.
#[derive(Debug)]
pub(crate) struct Queue {
    waiting: Mailbox<Incoming>,
    bytes: AtomicUsize,
    limit: usize,
    /// The method of the events that are wanted; without it, all there is.
    only: Option<&'static str>,
}

impl Queue {
    pub(crate) fn new(limit: usize, only: Option<&'static str>) -> Self {
        Self {
            waiting: Mailbox::new(),
            bytes: AtomicUsize::new(0),
            limit,
            only,
        }
    }

    pub(crate) fn event(&self, event: &EventMessage<'_>) -> Wake {
        if self.only.is_some_and(|method| event.method != method) {
            return Wake(None);
        }
        let cost = event.method.len() + event.params.map_or(0, str::len);
        self.offer(cost, || Incoming::Event(RawEvent::new(event)))
    }

    pub(crate) fn reply(&self, id: CommandId) -> Wake {
        self.aside(0, || Incoming::Reply(id))
    }

    pub(crate) fn ended(&self, id: CommandId) -> Wake {
        self.aside(0, || Incoming::Ended(id))
    }

    pub(crate) fn odd(&self, oddity: &Oddity) -> Wake {
        self.aside(length(oddity), || Incoming::Odd(oddity.clone()))
    }

    /// The last item, which always finds room.
    pub(crate) fn close(&self, reason: &Closed) -> Wake {
        self.waiting.put(Incoming::Closed(reason.clone()))
    }

    /// Offers what is no event: not for a consumer of one method.
    fn aside(&self, cost: usize, item: impl FnOnce() -> Incoming) -> Wake {
        match self.only {
            Some(_) => Wake(None),
            None => self.offer(cost, item),
        }
    }

    fn offer(&self, content: usize, item: impl FnOnce() -> Incoming) -> Wake {
        let cost = content + ITEM;
        let before = self.bytes.fetch_add(cost, Ordering::Relaxed);
        if before.saturating_add(cost) <= self.limit {
            return self.waiting.put(item());
        }
        self.bytes.fetch_sub(cost, Ordering::Relaxed);
        self.waiting.change(|items| {
            if !matches!(items.back(), Some(Incoming::Missed(_))) {
                items.push_back(Incoming::Missed(Missed::default()));
            }
            if let Some(Incoming::Missed(missed)) = items.back_mut() {
                missed.items += 1;
                missed.bytes += content as u64;
            }
        })
    }

    pub(crate) fn waiting(&self) -> &Mailbox<Incoming> {
        &self.waiting
    }

    /// Makes the room of a taken item free again.
    pub(crate) fn taken(&self, item: &Incoming) {
        let content = match item {
            Incoming::Event(event) => {
                event.method.len() + event.params.as_deref().map_or(0, str::len)
            }
            Incoming::Odd(oddity) => length(oddity),
            Incoming::Reply(_) | Incoming::Ended(_) => 0,
            Incoming::Missed(_) | Incoming::Closed(_) => return,
        };
        self.bytes.fetch_sub(content + ITEM, Ordering::Relaxed);
    }
}

/// How long a text is, without making it.
fn length(value: &impl fmt::Display) -> usize {
    struct Length(usize);

    impl fmt::Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }

    let mut length = Length(0);
    // Counting does not fail.
    let _ = fmt::write(&mut length, format_args!("{value}"));
    length.0
}
