//! An async client on tokio: a task reads, another one writes, futures wait.
//!
//! ```no_run
//! use cdp_heapprofiler::protocol::heap_profiler::{HeapProfilerCommands, StartSampling, StopSampling};
//! use cdp_heapprofiler::tokio;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let target = tokio::connect("127.0.0.1:9229").await?;
//! target.start_sampling(StartSampling::new()).await?;
//! // ... the target works ...
//! let profile = target.stop_sampling(StopSampling::new()).await?.profile;
//! println!("{} call sites below the root", profile.head.children.len());
//! # Ok(())
//! # }
//! ```
//!
//! The task takes each frame off the connection as it comes. It waits for no caller
//! and no consumer of events, so a slow consumer costs memory, up to
//! [`Options::event_memory`](crate::Options::event_memory), and then events; a reply is never lost. The connection
//! ends when the last handle to it is dropped.

mod websocket;

use std::fmt;
use std::future::{poll_fn, Future};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::Stream;
use tokio::task::AbortHandle;
use tokio::time::{sleep_until, Instant, Sleep};

use crate::link::{
    Hub, Incoming, Inflow, Mailbox, Outgoing, Queue, Spool, SpoolFailure, Taken, Ticket,
};
use crate::session::{Closed, CommandId, Deadline, Error, SessionKey};
use crate::{Client, Command, Event};

pub use websocket::{
    connect, connect_browser, connect_browser_with, connect_with, targets, version,
};

/// A session of a connection: a client for one target.
///
/// Clones are handles to the same session. They may be used from several tasks at
/// once.
#[derive(Clone, Debug)]
pub struct Session {
    link: Arc<Link>,
    key: SessionKey,
    deadline: Deadline,
}

/// What the handles of a connection share. With the last of them it ends.
struct Link {
    hub: Arc<Hub>,
    outgoing: Arc<Mailbox<Outgoing>>,
    reader: AbortHandle,
}

impl Session {
    fn new(link: Link) -> Self {
        Self {
            deadline: link.hub.options.deadline,
            link: Arc::new(link),
            key: SessionKey::ROOT,
        }
    }

    /// The same session with another deadline for its commands.
    pub fn with_deadline(&self, deadline: Deadline) -> Self {
        Self {
            deadline,
            ..self.clone()
        }
    }

    /// The session of a target that was attached by this one, flat, by the session id
    /// that `Target.attachToTarget` returns and `Target.attachedToTarget` tells.
    pub fn session(&self, id: impl AsRef<str>) -> Self {
        let hub = &self.link.hub;
        let key = hub.session(|connection| connection.flat_session(self.key, id.as_ref()));
        Self {
            key,
            ..self.clone()
        }
    }

    /// The session of a worker of Node that was attached by this one, by the session id
    /// that `NodeWorker.attachedToWorker` tells.
    pub fn worker(&self, id: impl AsRef<str>) -> Self {
        let hub = &self.link.hub;
        let key = hub.session(|connection| connection.worker_session(self.key, id.as_ref()));
        Self {
            key,
            ..self.clone()
        }
    }

    /// What comes in on this session, from now on. Each consumer gets all of it.
    pub fn events(&self) -> Events {
        self.subscribe(None)
    }

    /// The events of one method that come in on this session, from now on, and nothing
    /// else but what was missed of them, and the end.
    pub fn events_of<E: Event>(&self) -> Events {
        self.subscribe(Some(E::METHOD))
    }

    fn subscribe(&self, only: Option<&'static str>) -> Events {
        Events {
            queue: self.link.hub.subscribe(self.key, only),
            link: self.link.clone(),
            alarm: Alarm::default(),
            ended: false,
        }
    }

    /// Sends a command whose chunks go into a spool.
    pub(crate) fn begin_inflow<C: Command>(
        &self,
        command: &C,
        first: Deadline,
        then: Deadline,
        spool: Spool,
    ) -> Result<(InflowCall, Arc<Inflow>), Error> {
        let hub = &self.link.hub;
        let (frame, ticket, inflow) = hub.begin_inflow(self.key, command, first, then, spool)?;
        self.link.outgoing.put(Outgoing::Frame(frame)).now();
        let under_way = UnderWay::new(ticket);
        Ok((InflowCall { under_way }, inflow))
    }

    /// Ends the connection with all its sessions. What is under way fails.
    pub fn close(&self) {
        self.link.end();
    }
}

impl Client for Session {
    type Reply<'a, C: Command + 'a> = Call<C>;

    /// Gives back a future of the reply. It sends the command when it is first polled.
    fn call<'a, C: Command + 'a>(&'a self, command: C) -> Self::Reply<'a, C> {
        Call {
            session: self.clone(),
            command: Some(Box::new(command)),
            under_way: None,
            returns: PhantomData,
        }
    }
}

impl Link {
    fn end(&self) {
        self.hub.close(Closed::Here);
        self.outgoing.put(Outgoing::Close).now();
        self.reader.abort();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

/// The future of a command's reply.
///
/// It may be dropped at any time: nothing of it is left then, and a reply that comes
/// late is an [`Oddity`](crate::session::Oddity). A command that was not polled has
/// not been sent.
#[must_use = "a command is sent when its future is polled"]
pub struct Call<C> {
    session: Session,
    command: Option<Box<C>>,
    under_way: Option<UnderWay>,
    returns: PhantomData<fn() -> C>,
}

/// A command that was sent.
struct UnderWay {
    ticket: Ticket,
    alarm: Alarm,
}

/// Wakes a task at a time that may change.
#[derive(Debug, Default)]
struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    /// Whether it is this time already; if not, the task is woken then.
    fn is_due(&mut self, at: std::time::Instant, context: &mut Context<'_>) -> bool {
        let at = Instant::from_std(at);
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(context).is_ready()
    }
}

impl<C: Command> Call<C> {
    /// Sends the command now, if it was not sent before, and gives back its id, to be
    /// compared with [`Incoming::Reply`].
    ///
    /// # Errors
    /// If it cannot be sent: [`Error::Refused`], [`Error::Closed`] or
    /// [`Error::Encode`].
    pub fn start(&mut self) -> Result<CommandId, Error> {
        Ok(self.under_way()?.ticket.id())
    }

    fn under_way(&mut self) -> Result<&mut UnderWay, Error> {
        if let Some(command) = self.command.take() {
            let Session {
                link,
                key,
                deadline,
            } = &self.session;
            let (frame, ticket) = link.hub.begin(*key, &*command, *deadline)?;
            link.outgoing.put(Outgoing::Frame(frame)).now();
            self.under_way = Some(UnderWay::new(ticket));
        }
        // It is polled again after it has failed to be sent, or has ended.
        self.under_way.as_mut().ok_or(Error::Closed {
            method: C::METHOD,
            session: None,
            reason: Closed::Here,
        })
    }
}

impl<C: Command> Future for Call<C> {
    type Output = Result<C::Returns, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let under_way = match self.under_way() {
            Ok(under_way) => under_way,
            Err(error) => return Poll::Ready(Err(error)),
        };
        let outcome = match under_way.poll(context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => return Poll::Pending,
        };
        let returns = under_way.ticket.decode::<C>(outcome);
        self.under_way = None;
        Poll::Ready(returns)
    }
}

impl UnderWay {
    fn new(ticket: Ticket) -> Self {
        let alarm = Alarm::default();
        Self { ticket, alarm }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<String, Error>> {
        let outcome = self.ticket.outcome().poll_take(context);
        if outcome.is_pending() {
            self.poll_deadline(context);
        }
        outcome
    }

    /// Ends the command if it is late, which wakes whoever waits for it; sees to being
    /// woken when it may be late.
    fn poll_deadline(&mut self, context: &mut Context<'_>) {
        while let Some(deadline) = self.ticket.deadline() {
            if !self.alarm.is_due(deadline, context) {
                return;
            }
            // The deadline may have moved on meanwhile.
            self.ticket.expire();
        }
    }
}

/// A snapshot that is coming in.
pub(crate) struct InflowCall {
    under_way: UnderWay,
}

impl InflowCall {
    /// The next bytes of the snapshot.
    pub(crate) async fn take(
        &mut self,
        inflow: &Inflow,
        buffer: &mut Vec<u8>,
    ) -> Result<Taken, SpoolFailure> {
        poll_fn(|context| {
            let taken = inflow.spool().poll_take(buffer, context);
            if taken.is_pending() {
                self.under_way.poll_deadline(context);
            }
            taken
        })
        .await
    }

    /// How the command ended.
    pub(crate) async fn outcome<C: Command>(&mut self) -> Result<C::Returns, Error> {
        let outcome = poll_fn(|context| self.under_way.poll(context)).await;
        self.under_way.ticket.decode::<C>(outcome)
    }
}

impl<C: Command> fmt::Debug for Call<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.under_way.as_ref().map(|call| call.ticket.id());
        f.debug_struct("Call")
            .field("method", &C::METHOD)
            .field("id", &id)
            .finish_non_exhaustive()
    }
}

/// What comes in on a session. As a [`Stream`], it goes on until the session ends;
/// the last item is then [`Incoming::Closed`].
#[derive(Debug)]
pub struct Events {
    queue: Arc<Queue>,
    link: Arc<Link>,
    alarm: Alarm,
    ended: bool,
}

impl Events {
    /// The next item; `None` after the session has ended. The future may be dropped at
    /// any time without losing an item.
    pub async fn next(&mut self) -> Option<Incoming> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next item if one is there already.
    pub fn try_next(&mut self) -> Option<Incoming> {
        let item = self.queue.waiting().try_take()?;
        Some(self.taken(item))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Incoming>> {
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            let item = self.queue.waiting().poll_take(context);
            if let Poll::Ready(item) = item {
                return Poll::Ready(Some(self.taken(item)));
            }
            // Commands end in time even if nobody but this waits.
            let late = self.link.hub.next_deadline();
            if !late.is_some_and(|late| self.alarm.is_due(late, context)) {
                return Poll::Pending;
            }
            self.link.hub.expire();
        }
    }

    fn taken(&mut self, item: Incoming) -> Incoming {
        self.queue.taken(&item);
        self.ended |= matches!(item, Incoming::Closed(_));
        item
    }
}

impl Stream for Events {
    type Item = Incoming;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}
