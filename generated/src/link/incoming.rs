//! What a client tells the consumers of a session's events.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::mailbox::Mailbox;
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
    /// How many events, places of replies and oddities.
    pub items: u64,
    /// The sum of the lengths of their parameters, in bytes.
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

/// What an item costs besides its parameters, roughly.
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

    pub(crate) fn event(&self, event: &EventMessage<'_>) {
        if self.only.map_or(true, |method| event.method == method) {
            let params = event.params.map_or(0, str::len);
            self.offer(params, || Incoming::Event(RawEvent::new(event)));
        }
    }

    pub(crate) fn reply(&self, id: CommandId) {
        if self.only.is_none() {
            self.offer(0, || Incoming::Reply(id));
        }
    }

    pub(crate) fn odd(&self, oddity: &Oddity) {
        if self.only.is_none() {
            self.offer(0, || Incoming::Odd(oddity.clone()));
        }
    }

    /// The last item, which always finds room.
    pub(crate) fn close(&self, reason: &Closed) {
        self.waiting.put(Incoming::Closed(reason.clone()));
    }

    fn offer(&self, params: usize, item: impl FnOnce() -> Incoming) {
        let cost = params + ITEM;
        let before = self.bytes.fetch_add(cost, Ordering::Relaxed);
        if before.saturating_add(cost) <= self.limit {
            return self.waiting.put(item());
        }
        self.bytes.fetch_sub(cost, Ordering::Relaxed);
        self.waiting.with(|items| {
            if !matches!(items.back(), Some(Incoming::Missed(_))) {
                items.push_back(Incoming::Missed(Missed::default()));
            }
            if let Some(Incoming::Missed(missed)) = items.back_mut() {
                missed.items += 1;
                missed.bytes += params as u64;
            }
        });
    }

    pub(crate) fn waiting(&self) -> &Mailbox<Incoming> {
        &self.waiting
    }

    /// Makes the room of a taken item free again.
    pub(crate) fn taken(&self, item: &Incoming) {
        let params = match item {
            Incoming::Event(event) => event.params.as_deref().map_or(0, str::len),
            Incoming::Reply(_) | Incoming::Odd(_) => 0,
            Incoming::Missed(_) | Incoming::Closed(_) => return,
        };
        self.bytes.fetch_sub(params + ITEM, Ordering::Relaxed);
    }
}
