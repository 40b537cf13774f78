//! Where the reader of a connection, the callers and the consumers of events meet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Instant;

use super::incoming::Queue;
use super::inflow::Inflow;
use super::mailbox::{ignore_poison, Mailbox, Wake, Wakes};
use super::options::Options;
use super::spool::Spool;
use crate::protocol::heap_profiler::{StopTrackingHeapObjects, TakeHeapSnapshot};
use crate::session::{
    Closed, CommandId, Connection, Deadline, Error, Message, Notice, Oddity, Reply, SessionKey,
};
use crate::{decode, Command};

/// The commands that send a snapshot in chunks.
const SNAPSHOTS: [&str; 2] = [TakeHeapSnapshot::METHOD, StopTrackingHeapObjects::METHOD];

/// How a command ended: with the text of what it returned, or not well.
type Outcome = Result<String, Error>;

/// The state of a connection, shared.
#[derive(Debug)]
pub(crate) struct Hub {
    state: Mutex<State>,
    pub(crate) options: Options,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    calls: HashMap<CommandId, Arc<Mailbox<Outcome>>>,
    consumers: Vec<Consumer>,
    inflows: Vec<Arc<Inflow>>,
    /// Whom to wake once the lock is free.
    wakes: Wakes,
}

#[derive(Debug)]
struct Consumer {
    session: SessionKey,
    queue: Weak<Queue>,
}

impl Hub {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            state: Mutex::new(State {
                connection: Connection::new(),
                calls: HashMap::new(),
                consumers: Vec::new(),
                inflows: Vec::new(),
                wakes: Wakes::default(),
            }),
            options,
        }
    }

    /// Registers a command. Its frame is to be written by the caller.
    pub(crate) fn begin<C: Command>(
        self: &Arc<Self>,
        session: SessionKey,
        command: &C,
        deadline: Deadline,
    ) -> Result<(String, Ticket), Error> {
        self.change(|state| self.register(state, session, command, deadline))
    }

    fn register<C: Command>(
        self: &Arc<Self>,
        state: &mut State,
        session: SessionKey,
        command: &C,
        deadline: Deadline,
    ) -> Result<(String, Ticket), Error> {
        let now = Instant::now();
        if SNAPSHOTS.contains(&C::METHOD) {
            // One that was given up may still be sending, unless it is late.
            state.connection.expire(now);
            state.settle();
            if state.connection.is_under_way(session, &SNAPSHOTS) {
                return Err(Error::Busy { method: C::METHOD });
            }
        }
        let sent = state.connection.send(session, command, deadline, now)?;
        let outcome = Arc::new(Mailbox::new());
        state.calls.insert(sent.id, outcome.clone());
        let ticket = Ticket {
            hub: self.clone(),
            id: sent.id,
            method: C::METHOD,
            outcome,
        };
        Ok((sent.frame, ticket))
    }

    /// Registers a command whose chunks go into a spool.
    pub(crate) fn begin_inflow<C: Command>(
        self: &Arc<Self>,
        session: SessionKey,
        command: &C,
        first: Deadline,
        then: Deadline,
        spool: Spool,
    ) -> Result<(String, Ticket, Arc<Inflow>), Error> {
        self.change(|state| {
            let (frame, ticket) = self.register(state, session, command, first)?;
            let inflow = Arc::new(Inflow::new(session, ticket.id, then, spool));
            state.inflows.push(inflow.clone());
            Ok((frame, ticket, inflow))
        })
    }

    /// Takes in a frame and gives to each what is theirs. It waits for nobody.
    pub(crate) fn receive(&self, frame: &str) {
        self.change(|state| {
            state.receive(frame);
            state.settle();
        });
    }

    /// When the first command is late, if nothing comes before.
    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        self.lock().connection.next_deadline()
    }

    /// Ends the commands that are late.
    pub(crate) fn expire(&self) {
        self.change(|state| {
            state.connection.expire(Instant::now());
            state.settle();
        });
    }

    /// Ends everything.
    pub(crate) fn close(&self, reason: Closed) {
        self.change(|state| {
            state.connection.close(reason);
            state.settle();
        });
    }

    /// The key of a flat session or a worker's.
    pub(crate) fn session(&self, find: impl FnOnce(&mut Connection) -> SessionKey) -> SessionKey {
        self.change(|state| find(&mut state.connection))
    }

    /// Adds a consumer of a session's events, or of those of one method, from the next
    /// frame on.
    pub(crate) fn subscribe(&self, session: SessionKey, only: Option<&'static str>) -> Arc<Queue> {
        let queue = Arc::new(Queue::new(self.options.event_memory, only));
        self.change(|state| {
            let ended = match state.connection.session_info(session) {
                Some(info) => info.ended.clone(),
                None => Some(Closed::UnknownSession),
            };
            match ended {
                Some(reason) => state.wakes.owe(queue.close(&reason)),
                None => state.consumers.push(Consumer {
                    session,
                    queue: Arc::downgrade(&queue),
                }),
            }
        });
        queue
    }

    /// Changes the state, and wakes whom that concerns when the lock is free.
    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.lock();
        let result = change(&mut state);
        let wakes = std::mem::take(&mut state.wakes);
        drop(state);
        wakes.now();
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        ignore_poison(self.state.lock())
    }
}

impl State {
    fn receive(&mut self, frame: &str) {
        let Self {
            connection,
            calls,
            consumers,
            inflows,
            wakes,
        } = self;
        let mut begun = None;
        match connection.receive(frame, Instant::now()) {
            Message::Reply(reply) => {
                let id = reply.id;
                to(consumers, reply.session, wakes, |queue| queue.reply(id));
                match calls.remove(&id) {
                    Some(call) => wakes.owe(call.put(outcome(reply))),
                    // It was given up.
                    None => {
                        let id = id.get().into();
                        to_all(consumers, &Oddity::UnknownReply { id }, wakes);
                    }
                }
                end_inflow(inflows, id, wakes);
            }
            Message::Event(event) => {
                to(consumers, event.session, wakes, |queue| queue.event(&event));
                let inflow = inflows.iter().find(|each| each.session == event.session);
                begun = inflow
                    .filter(|_| !event.is_stray)
                    .and_then(|inflow| inflow.event(&event, wakes));
            }
            Message::Odd(oddity) => to_all(consumers, &oddity, wakes),
            Message::Receipt => {}
        }
        if let Some((id, deadline)) = begun {
            connection.set_deadline(id, deadline);
        }
    }

    /// Passes on what the connection has to note.
    fn settle(&mut self) {
        let Self {
            connection,
            calls,
            consumers,
            inflows,
            wakes,
        } = self;
        while let Some(notice) = connection.next_notice() {
            match notice {
                Notice::Ended(ended) => {
                    to(consumers, ended.session, wakes, |queue| {
                        queue.ended(ended.id)
                    });
                    if let Some(call) = calls.remove(&ended.id) {
                        wakes.owe(call.put(Err(ended.error)));
                    }
                    end_inflow(inflows, ended.id, wakes);
                }
                Notice::Odd(oddity) => to_all(consumers, &oddity, wakes),
                Notice::SessionEnded(session, reason) => {
                    to(consumers, session, wakes, |queue| queue.close(&reason));
                    consumers.retain(|each| each.session != session);
                }
            }
        }
    }
}

fn outcome(reply: Reply<'_>) -> Outcome {
    let (id, method) = (reply.id, reply.method);
    let outcome = reply.outcome.map(str::to_owned);
    outcome.map_err(|error| Error::Protocol { id, method, error })
}

/// Tells the consumers of a session.
fn to(
    consumers: &mut Vec<Consumer>,
    session: SessionKey,
    wakes: &mut Wakes,
    tell: impl Fn(&Queue) -> Wake,
) {
    consumers.retain(|consumer| {
        let queue = consumer.queue.upgrade();
        if let Some(queue) = queue.as_deref().filter(|_| consumer.session == session) {
            wakes.owe(tell(queue));
        }
        queue.is_some()
    });
}

/// Tells all consumers: an oddity may concern any of them.
fn to_all(consumers: &mut Vec<Consumer>, oddity: &Oddity, wakes: &mut Wakes) {
    consumers.retain(|consumer| {
        let queue = consumer.queue.upgrade();
        if let Some(queue) = &queue {
            wakes.owe(queue.odd(oddity));
        }
        queue.is_some()
    });
}

/// Tells the taker of a snapshot that the command has ended.
fn end_inflow(inflows: &mut Vec<Arc<Inflow>>, id: CommandId, wakes: &mut Wakes) {
    inflows.retain(|inflow| {
        if inflow.id == id {
            wakes.owe(inflow.end());
        }
        inflow.id != id
    });
}

/// The claim to a command's reply. Dropping it gives the claim up.
#[derive(Debug)]
pub(crate) struct Ticket {
    hub: Arc<Hub>,
    id: CommandId,
    method: &'static str,
    outcome: Arc<Mailbox<Outcome>>,
}

impl Ticket {
    pub(crate) fn id(&self) -> CommandId {
        self.id
    }

    #[cfg(feature = "tokio")]
    pub(crate) fn outcome(&self) -> &Mailbox<Outcome> {
        &self.outcome
    }

    /// When the command is late, if nothing comes before.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.hub.lock().connection.deadline(self.id)
    }

    /// Ends the commands of the connection that are late.
    pub(crate) fn expire(&self) {
        self.hub.expire();
    }

    /// Waits in this thread until the command has ended.
    #[cfg(any(feature = "blocking", feature = "pipe"))]
    pub(crate) fn wait(&self) -> Outcome {
        loop {
            match self.outcome.take_until(self.deadline()) {
                Some(outcome) => return outcome,
                // The deadline may have moved on meanwhile.
                None => self.expire(),
            }
        }
    }

    /// Decodes what came. It does so on the caller's time, not the reader's.
    pub(crate) fn decode<C: Command>(&self, outcome: Outcome) -> Result<C::Returns, Error> {
        let (id, method) = (self.id, self.method);
        decode(&outcome?).map_err(|error| Error::Decode { id, method, error })
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.hub.change(|state| {
            end_inflow(&mut state.inflows, self.id, &mut state.wakes);
            // The chunks of a snapshot go on coming: until its reply comes, or is late,
            // the session must not begin another.
            let given_up = state.calls.remove(&self.id).is_some();
            if given_up && !SNAPSHOTS.contains(&self.method) {
                state.connection.abandon(self.id);
            }
        });
    }
}
