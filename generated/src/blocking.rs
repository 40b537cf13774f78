//! A blocking client: a thread reads, callers wait.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")] {
//! use cdp_heapprofiler::blocking;
//! use cdp_heapprofiler::protocol::heap_profiler::{HeapProfilerCommands, StartSampling, StopSampling};
//! use std::{thread, time::Duration};
//!
//! let target = blocking::connect("127.0.0.1:9229")?;
//! target.start_sampling(StartSampling::new())?;
//! thread::sleep(Duration::from_secs(5));
//! let profile = target.stop_sampling(StopSampling::new())?.profile;
//! println!("{} call sites below the root", profile.head.children.len());
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The thread takes each frame off the connection as it comes. It waits for no
//! caller and no consumer of events, so a slow consumer costs memory, up to
//! [`Options::event_memory`], and then events; a reply is never lost. The connection
//! ends when the last handle to it is dropped: a [`Session`], an [`InFlight`] or
//! [`Events`].

#[cfg(all(feature = "pipe", unix))]
mod chromium;
#[cfg(feature = "pipe")]
mod pipe;
#[cfg(feature = "blocking")]
mod websocket;

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::link::{
    Hub, Incoming, Inflow, Mailbox, Options, Outgoing, Queue, ReaderEnd, Spool, Ticket,
};
use crate::session::{Closed, CommandId, Deadline, Error, SessionKey};
use crate::{Client, Command, Event};

#[cfg(all(feature = "pipe", unix))]
pub use chromium::Chromium;
#[cfg(feature = "pipe")]
pub use pipe::{over_pipe, over_pipe_with};
#[cfg(feature = "blocking")]
pub use websocket::{
    connect, connect_browser, connect_browser_with, connect_with, targets, version,
};

/// A session of a connection: a client for one target.
///
/// Clones are handles to the same session. They may be used from several threads at
/// once.
#[derive(Clone, Debug)]
pub struct Session {
    link: Arc<Link>,
    key: SessionKey,
    deadline: Deadline,
}

/// The way out of a connection.
trait Outbound: Send {
    /// Writes one message as a whole.
    fn send(&mut self, message: String) -> io::Result<()>;

    /// Ends the connection, so that its reader ends too.
    fn close(&mut self);
}

/// The way into a connection.
trait Inbound: Send {
    /// Waits for the next message; `None` is the end.
    fn next(&mut self) -> io::Result<Option<&str>>;
}

/// Reads to the end of the connection, and tells how it ended.
fn read_all(inbound: &mut impl Inbound, hub: &Hub) -> Closed {
    loop {
        match inbound.next() {
            Ok(Some(message)) => hub.receive(message),
            Ok(None) => return Closed::Connection("closed by the target".to_owned()),
            Err(error) => return Closed::Connection(error.to_string()),
        }
    }
}

/// Writes the frames in their order, until the connection is to be closed or cannot be
/// written to.
fn write_all(outbound: &mut impl Outbound, outgoing: &Mailbox<Outgoing>, hub: &Hub) {
    while let Some(Outgoing::Frame(frame)) = outgoing.take_until(None) {
        if let Err(error) = outbound.send(frame) {
            hub.close(Closed::Connection(format!("cannot be written to: {error}")));
            break;
        }
    }
    outbound.close();
}

/// What the handles of a connection share. With the last of them it ends.
struct Link {
    hub: Arc<Hub>,
    outgoing: Arc<Mailbox<Outgoing>>,
}

impl Session {
    /// Starts the reader and the writer of a connection, and gives back its root
    /// session.
    fn start(
        mut inbound: impl Inbound + 'static,
        mut outbound: impl Outbound + 'static,
        options: Options,
    ) -> io::Result<Self> {
        let deadline = options.deadline;
        let link = Link {
            hub: Arc::new(Hub::new(options)),
            outgoing: Arc::new(Mailbox::new()),
        };
        let mut end = ReaderEnd::new(link.hub.clone(), link.outgoing.clone());
        let (hub, outgoing) = (link.hub.clone(), link.outgoing.clone());
        let writer = thread::Builder::new().name("cdp-writer".to_owned());
        writer.spawn(move || write_all(&mut outbound, &outgoing, &hub))?;
        let reader = thread::Builder::new().name("cdp-reader".to_owned());
        let hub = link.hub.clone();
        reader.spawn(move || end.tell(read_all(&mut inbound, &hub)))?;
        Ok(Self {
            link: Arc::new(link),
            key: SessionKey::ROOT,
            deadline,
        })
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
            ended: false,
        }
    }

    /// Sends a command without waiting for its reply. [`Client::call`] does both.
    ///
    /// # Errors
    /// If it cannot be sent: [`Error::Refused`], [`Error::Closed`] or
    /// [`Error::Encode`].
    pub fn begin<C: Command>(&self, command: C) -> Result<InFlight<C>, Error> {
        let hub = &self.link.hub;
        let (frame, ticket) = hub.begin(self.key, &command, self.deadline)?;
        self.link.send(frame);
        Ok(InFlight {
            ticket,
            _link: self.link.clone(),
            command: PhantomData,
        })
    }

    /// Sends a command whose chunks go into a spool.
    pub(crate) fn begin_inflow<C: Command>(
        &self,
        command: &C,
        first: Deadline,
        then: Deadline,
        spool: Spool,
    ) -> Result<(Ticket, Arc<Inflow>), Error> {
        let hub = &self.link.hub;
        let (frame, ticket, inflow) = hub.begin_inflow(self.key, command, first, then, spool)?;
        self.link.send(frame);
        Ok((ticket, inflow))
    }

    /// Ends the connection with all its sessions. What is under way fails.
    pub fn close(&self) {
        self.link.end();
    }
}

impl Client for Session {
    type Reply<'a, C: Command + 'a> = Result<C::Returns, Error>;

    /// Sends a command and waits for its reply.
    fn call<'a, C: Command + 'a>(&'a self, command: C) -> Self::Reply<'a, C> {
        self.begin(command)?.wait()
    }
}

impl Link {
    fn send(&self, frame: String) {
        self.outgoing.put(Outgoing::Frame(frame)).now();
    }

    fn end(&self) {
        self.hub.close(Closed::Here);
        self.outgoing.put(Outgoing::Close).now();
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

/// A command under way. Dropping it gives up its reply.
#[derive(Debug)]
pub struct InFlight<C> {
    ticket: Ticket,
    _link: Arc<Link>,
    command: PhantomData<fn() -> C>,
}

impl<C: Command> InFlight<C> {
    /// The id of the command, to be compared with [`Incoming::Reply`].
    pub fn id(&self) -> CommandId {
        self.ticket.id()
    }

    /// Waits for the reply.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub fn wait(self) -> Result<C::Returns, Error> {
        self.ticket.decode::<C>(self.ticket.wait())
    }
}

/// What comes in on a session. It iterates until the session ends; the last item is
/// then [`Incoming::Closed`].
#[derive(Debug)]
pub struct Events {
    queue: Arc<Queue>,
    link: Arc<Link>,
    ended: bool,
}

impl Events {
    /// The next item if one is there already.
    pub fn try_next(&mut self) -> Option<Incoming> {
        let item = self.queue.waiting().try_take();
        self.taken(item)
    }

    /// The next item, waiting for it at most this long. `None` may mean that nothing
    /// came, or that the session had ended before.
    pub fn next_within(&mut self, limit: Duration) -> Option<Incoming> {
        if self.ended {
            return None;
        }
        let end = Instant::now().checked_add(limit);
        loop {
            // Commands end in time even if nobody but this waits.
            let late = self.link.hub.next_deadline();
            let first = late.into_iter().chain(end).min();
            if let Some(item) = self.queue.waiting().take_until(first) {
                return self.taken(Some(item));
            }
            if end.is_some_and(|end| end <= Instant::now()) {
                return None;
            }
            self.link.hub.expire();
        }
    }

    fn taken(&mut self, item: Option<Incoming>) -> Option<Incoming> {
        if let Some(item) = &item {
            self.queue.taken(item);
            self.ended |= matches!(item, Incoming::Closed(_));
        }
        item
    }
}

impl Iterator for Events {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        self.next_within(Duration::MAX)
    }
}
