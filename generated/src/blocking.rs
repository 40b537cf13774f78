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
//! ends when the last handle to it is dropped.

#[cfg(all(feature = "pipe", unix))]
mod chromium;
#[cfg(feature = "pipe")]
mod pipe;
#[cfg(feature = "blocking")]
mod websocket;

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::link::{ignore_poison, Hub, Incoming, Inflow, Options, Queue, Spool, Ticket};
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
    /// A message as the transport has it.
    type Frame: Deref<Target = str>;

    /// Waits for the next message; `None` is the end.
    fn next(&mut self) -> io::Result<Option<Self::Frame>>;
}

/// Reads to the end of the connection, and tells how it ended.
fn read_all(inbound: &mut impl Inbound, hub: &Hub) -> Closed {
    loop {
        match inbound.next() {
            Ok(Some(message)) => hub.receive(&message),
            Ok(None) => return Closed::Connection("closed by the target".to_owned()),
            Err(error) => return Closed::Connection(error.to_string()),
        }
    }
}

/// What the handles of a connection share. With the last of them it ends.
struct Link {
    hub: Arc<Hub>,
    outbound: Mutex<Box<dyn Outbound>>,
}

impl Session {
    /// Starts the reader of a connection, and gives back its root session.
    fn start(
        mut inbound: impl Inbound + 'static,
        outbound: impl Outbound + 'static,
        options: Options,
    ) -> io::Result<Self> {
        let deadline = options.deadline;
        let hub = Arc::new(Hub::new(options));
        let link = Link {
            hub: hub.clone(),
            outbound: Mutex::new(Box::new(outbound)),
        };
        thread::Builder::new()
            .name("cdp-reader".to_owned())
            .spawn(move || hub.close(read_all(&mut inbound, &hub)))?;
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

    /// The events of one method that come in on this session, from now on.
    pub(crate) fn events_of<E: Event>(&self) -> Events {
        self.subscribe(Some(E::METHOD))
    }

    fn subscribe(&self, only: Option<&'static str>) -> Events {
        Events {
            queue: self.link.hub.subscribe(self.key, only),
            _link: self.link.clone(),
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

    /// Sends a command whose chunks go into a spool; `None` if one is under way.
    pub(crate) fn begin_inflow<C: Command>(
        &self,
        command: &C,
        first: Deadline,
        then: Deadline,
        spool: Spool,
    ) -> Result<Option<(Ticket, Arc<Inflow>)>, Error> {
        let hub = &self.link.hub;
        let begun = hub.begin_inflow(self.key, command, first, then, spool)?;
        Ok(begun.map(|(frame, ticket, inflow)| {
            self.link.send(frame);
            (ticket, inflow)
        }))
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
    /// Writes a frame. If that fails, the connection ends, and with it the command.
    fn send(&self, frame: String) {
        let written = ignore_poison(self.outbound.lock()).send(frame);
        if let Err(error) = written {
            let detail = format!("cannot be written to: {error}");
            self.hub.close(Closed::Connection(detail));
        }
    }

    fn end(&self) {
        self.hub.close(Closed::Here);
        ignore_poison(self.outbound.lock()).close();
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
    _link: Arc<Link>,
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
        let item = self.queue.waiting().take_until(end);
        self.taken(item)
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
