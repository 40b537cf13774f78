//! Where the reader of a connection, the callers and the consumers of events meet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Instant;

use super::incoming::Queue;
use super::inflow::Inflow;
use super::mailbox::{ignore_poison, Mailbox};
use super::options::Options;
use super::spool::Spool;
use crate::protocol::heap_profiler::{StopTrackingHeapObjects, TakeHeapSnapshot};
use crate::session::{
    Closed, CommandId, Connection, Deadline, Error, Message, Notice, Oddity, SessionKey,
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
        let mut state = self.lock();
        self.register(&mut state, session, command, deadline)
    }

    fn register<C: Command>(
        self: &Arc<Self>,
        state: &mut State,
        session: SessionKey,
        command: &C,
        deadline: Deadline,
    ) -> Result<(String, Ticket), Error> {
        let now = Instant::now();
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

    /// Registers a command whose chunks go into a spool. `None` if the session has one
    /// of its kind under way: chunks do not tell which command they belong to.
    pub(crate) fn begin_inflow<C: Command>(
        self: &Arc<Self>,
        session: SessionKey,
        command: &C,
        first: Deadline,
        then: Deadline,
        spool: Spool,
    ) -> Result<Option<(String, Ticket, Arc<Inflow>)>, Error> {
        let mut state = self.lock();
        // One that was given up may still be sending.
        state.connection.expire(Instant::now());
        state.settle();
        if state.connection.is_under_way(session, &SNAPSHOTS) {
            return Ok(None);
        }
        let (frame, ticket) = self.register(&mut state, session, command, first)?;
        let inflow = Arc::new(Inflow::new(session, ticket.id, then, spool));
        state.inflows.push(inflow.clone());
        Ok(Some((frame, ticket, inflow)))
    }

    /// Takes in a frame and gives to each what is theirs. It waits for nobody.
    pub(crate) fn receive(&self, frame: &str) {
        let mut state = self.lock();
        let State {
            connection,
            calls,
            consumers,
            inflows,
        } = &mut *state;
        let mut begun = None;
        match connection.receive(frame, Instant::now()) {
            Message::Reply(reply) => {
                to(consumers, reply.session, |queue| queue.reply(reply.id));
                let (id, method) = (reply.id, reply.method);
                match calls.remove(&id) {
                    Some(call) => {
                        let outcome = reply.outcome.map(str::to_owned);
                        call.put(outcome.map_err(|error| Error::Protocol { id, method, error }));
                    }
                    // It was given up.
                    None => to_all(
                        consumers,
                        &Oddity::UnknownReply {
                            id: id.get().into(),
                        },
                    ),
                }
                end_inflow(inflows, id);
            }
            Message::Event(event) => {
                to(consumers, event.session, |queue| queue.event(&event));
                let mut those = inflows
                    .iter()
                    .filter(|inflow| inflow.session == event.session);
                begun = those.find_map(|inflow| inflow.event(&event));
            }
            Message::Odd(oddity) => to_all(consumers, &oddity),
            Message::Receipt => {}
        }
        if let Some((id, deadline)) = begun {
            connection.set_deadline(id, deadline);
        }
        state.settle();
    }

    /// Ends the commands that are late.
    fn expire(&self) {
        let mut state = self.lock();
        state.connection.expire(Instant::now());
        state.settle();
    }

    /// Ends everything.
    pub(crate) fn close(&self, reason: Closed) {
        let mut state = self.lock();
        state.connection.close(reason);
        state.settle();
    }

    /// The key of a flat session or a worker's.
    pub(crate) fn session(&self, find: impl FnOnce(&mut Connection) -> SessionKey) -> SessionKey {
        find(&mut self.lock().connection)
    }

    /// Adds a consumer of a session's events, or of those of one method, from the next
    /// frame on.
    pub(crate) fn subscribe(&self, session: SessionKey, only: Option<&'static str>) -> Arc<Queue> {
        let queue = Arc::new(Queue::new(self.options.event_memory, only));
        let mut state = self.lock();
        let ended = match state.connection.session_info(session) {
            Some(info) => info.ended.clone(),
            None => Some(Closed::UnknownSession),
        };
        match ended {
            Some(reason) => queue.close(&reason),
            None => state.consumers.push(Consumer {
                session,
                queue: Arc::downgrade(&queue),
            }),
        }
        queue
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        ignore_poison(self.state.lock())
    }
}

impl State {
    /// Passes on what the connection has to note.
    fn settle(&mut self) {
        while let Some(notice) = self.connection.next_notice() {
            match notice {
                Notice::Ended(ended) => {
                    if let Some(call) = self.calls.remove(&ended.id) {
                        call.put(Err(ended.error));
                    }
                    end_inflow(&mut self.inflows, ended.id);
                }
                Notice::Odd(oddity) => to_all(&mut self.consumers, &oddity),
                Notice::SessionEnded(session, reason) => {
                    to(&mut self.consumers, session, |queue| queue.close(&reason));
                    self.consumers.retain(|each| each.session != session);
                }
            }
        }
    }
}

/// Tells the consumers of a session.
fn to(consumers: &mut Vec<Consumer>, session: SessionKey, tell: impl Fn(&Queue)) {
    consumers.retain(|consumer| {
        let queue = consumer.queue.upgrade();
        if let Some(queue) = queue.as_deref().filter(|_| consumer.session == session) {
            tell(queue);
        }
        queue.is_some()
    });
}

/// Tells all consumers: an oddity may concern any of them.
fn to_all(consumers: &mut Vec<Consumer>, oddity: &Oddity) {
    consumers.retain(|consumer| {
        let queue = consumer.queue.upgrade();
        if let Some(queue) = &queue {
            queue.odd(oddity);
        }
        queue.is_some()
    });
}

/// Tells the taker of a snapshot that the command has ended.
fn end_inflow(inflows: &mut Vec<Arc<Inflow>>, id: CommandId) {
    inflows.retain(|inflow| {
        if inflow.id == id {
            inflow.end();
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
        let mut state = self.hub.lock();
        end_inflow(&mut state.inflows, self.id);
        // The chunks of a snapshot go on coming: until its reply comes, or is late,
        // the session must not begin another.
        let given_up = state.calls.remove(&self.id).is_some();
        if given_up && !SNAPSHOTS.contains(&self.method) {
            state.connection.abandon(self.id);
        }
    }
}
