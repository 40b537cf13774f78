//! The state of a connection: frames in, messages out, and what becomes of commands.

use std::collections::VecDeque;
use std::time::Instant;

use super::deadline::Due;
use super::message::{Ended, EventMessage, Message, Notice, Reply};
use super::pending::{CommandId, Entry, Pending};
use super::sessions::{SessionInfo, SessionKey, SessionKind, Sessions};
use super::signal::Signal;
use super::{Closed, Deadline, Error, Oddity, TimeoutKind};
use crate::protocol::node_worker::{self, SendMessageToWorker};
use crate::{encode_request, Command, DecodeError, Envelope, ReplyError};

/// The state of one connection to a target, or to a browser with many.
///
/// After every call that takes `&mut self`, ask [`next_notice`](Self::next_notice)
/// until there is none.
#[derive(Debug)]
pub struct Connection {
    router: Router,
    /// The message of a worker that is being looked at.
    nested: String,
}

/// A command that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// The id that its reply will have.
    pub id: CommandId,
    /// The text frame to be sent.
    pub frame: String,
}

/// The code of the error for a session that is gone.
const UNKNOWN_SESSION: i64 = -32001;

/// How deep workers may be nested in a single frame.
const MAX_NESTED: usize = 8;

impl Connection {
    /// A new connection: no command was sent, only the root session is there.
    pub fn new() -> Self {
        Self::starting_at(CommandId::FIRST)
    }

    /// A new connection whose first command has this id, for those who share a
    /// connection with others, each in a range of ids of its own, and for tests.
    pub fn starting_at(first: CommandId) -> Self {
        Self {
            router: Router {
                sessions: Sessions::new(),
                pending: Pending::starting_at(first),
                notices: VecDeque::new(),
            },
            nested: String::new(),
        }
    }

    /// Prepares a command for a session. The frame is to be sent as it is; frames of
    /// several commands may be sent in any order.
    ///
    /// # Errors
    /// [`Error::Refused`] if a parameter would kill the target, [`Error::Closed`] if the
    /// session has ended, [`Error::Encode`] if the command's own `Serialize` fails.
    /// Nothing is to be sent then.
    pub fn send<C: Command>(
        &mut self,
        session: SessionKey,
        command: &C,
        deadline: Deadline,
        now: Instant,
    ) -> Result<Sent, Error> {
        self.router.send(session, command, deadline, now)
    }

    /// Takes in a text frame, and tells what it was.
    ///
    /// A frame costs one pass; parameters and results are not looked into. A message
    /// of an attached worker is taken out of the event that carries it.
    pub fn receive<'a>(&'a mut self, frame: &'a str, now: Instant) -> Message<'a> {
        let Self { router, nested } = self;
        let mut envelope = Envelope::default();
        if let Err(error) = envelope.decode_into(frame) {
            return router.malformed(frame, &envelope, SessionKey::ROOT, error);
        }
        router.feed(&envelope, SessionKey::ROOT, now);
        let Some((mut worker, message)) = router.worker_message(&envelope, SessionKey::ROOT) else {
            return router.route(&mut envelope, SessionKey::ROOT);
        };
        *nested = message;
        for _ in 0..MAX_NESTED {
            router.sessions.feed(worker, now);
            let Ok(envelope) = Envelope::decode(nested) else {
                break;
            };
            router.feed(&envelope, worker, now);
            let Some((deeper, message)) = router.worker_message(&envelope, worker) else {
                break;
            };
            worker = deeper;
            *nested = message;
        }
        let mut envelope = Envelope::default();
        match envelope.decode_into(nested) {
            Ok(()) => router.route(&mut envelope, worker),
            Err(error) => router.malformed(nested, &envelope, worker, error),
        }
    }

    /// The next of what the last calls brought besides their results, in the order in
    /// which it came about.
    pub fn next_notice(&mut self) -> Option<Notice> {
        self.router.notices.pop_front()
    }

    /// Forgets a command whose reply nobody waits for any more. Its late reply will be
    /// an [`Oddity::UnknownReply`]. Gives back whether it was under way.
    pub fn abandon(&mut self, id: CommandId) -> bool {
        self.router.pending.remove(id).is_some()
    }

    /// When the first command is late, if nothing comes before; `None` if none is ever
    /// late.
    pub fn next_deadline(&self) -> Option<Instant> {
        let Router {
            sessions, pending, ..
        } = &self.router;
        pending.first_due(|entry| due(sessions, entry))
    }

    /// When this command is late, if nothing comes before; `None` if it is not under
    /// way, or never late.
    pub fn deadline(&self, id: CommandId) -> Option<Instant> {
        let entry = self.router.pending.get(id)?;
        due(&self.router.sessions, entry).map(|due| due.at)
    }

    /// Gives a command that is under way another deadline.
    pub fn set_deadline(&mut self, id: CommandId, deadline: Deadline) {
        if let Some(entry) = self.router.pending.get_mut(id) {
            entry.deadline = deadline;
        }
    }

    /// Whether a command of one of these methods is under way in a session.
    pub fn is_under_way(&self, session: SessionKey, methods: &[&str]) -> bool {
        let mut entries = self.router.pending.entries();
        entries.any(|entry| entry.session == session && methods.contains(&entry.method))
    }

    /// Ends the commands that are late.
    pub fn expire(&mut self, now: Instant) {
        self.router.expire(now);
    }

    /// Ends the connection with all its sessions and commands.
    pub fn close(&mut self, reason: Closed) {
        for session in self.router.sessions.living() {
            self.router.end(session, &reason);
        }
    }

    /// The key of a flat session, by the id that the target gave it. Sessions are
    /// known from `Target.attachedToTarget`; another is taken for one that `parent`
    /// has attached.
    pub fn flat_session(&mut self, parent: SessionKey, id: &str) -> SessionKey {
        self.session(parent, SessionKind::Flat, id)
    }

    /// The key of a worker's session, by the id that the target gave it. Sessions are
    /// known from `NodeWorker.attachedToWorker`; another is taken for one that
    /// `parent` has attached.
    pub fn worker_session(&mut self, parent: SessionKey, id: &str) -> SessionKey {
        self.session(parent, SessionKind::Worker, id)
    }

    fn session(&mut self, parent: SessionKey, kind: SessionKind, id: &str) -> SessionKey {
        let sessions = &mut self.router.sessions;
        let known = match kind {
            SessionKind::Worker => sessions.worker(parent, id),
            _ => sessions.flat(sessions.transport(parent), id),
        };
        known.unwrap_or_else(|| sessions.attach(parent, kind, id, None))
    }

    /// What is known of a session; `None` if it ended a while ago.
    pub fn session_info(&self, session: SessionKey) -> Option<&SessionInfo> {
        self.router.sessions.get(session)
    }

    /// How many commands are under way, the carriers of commands to workers among
    /// them.
    pub fn pending(&self) -> usize {
        self.router.pending.len()
    }
}

impl Default for Connection {
    fn default() -> Self {
        Self::new()
    }
}

/// When a command is late.
fn due(sessions: &Sessions, entry: &Entry) -> Option<Due> {
    let fed = sessions.get(entry.session).and_then(|info| info.fed);
    let fed = fed.map_or(entry.sent, |fed| fed.max(entry.sent));
    entry.deadline.due(entry.sent, fed)
}

/// How much is kept of a reason: there is a copy for each command and session.
const MAX_REASON: usize = 1024;

fn shorten(reason: &mut String) {
    let fits = |&end: &usize| reason.is_char_boundary(end);
    let end = (0..=MAX_REASON.min(reason.len())).rev().find(fits);
    reason.truncate(end.unwrap_or(0));
}

/// Whether a frame ends with its id: there may have been more digits.
fn is_cut(frame: &str, id: i64) -> bool {
    let before = frame.strip_suffix(&id.to_string());
    let before = before.and_then(|before| before.trim_end().strip_suffix(':'));
    before.is_some_and(|before| before.trim_end().ends_with("\"id\""))
}

/// All of a connection but the frames.
#[derive(Debug)]
struct Router {
    sessions: Sessions,
    pending: Pending,
    notices: VecDeque<Notice>,
}

/// Sending.
impl Router {
    fn send<C: Command>(
        &mut self,
        session: SessionKey,
        command: &C,
        deadline: Deadline,
        now: Instant,
    ) -> Result<Sent, Error> {
        let sent = self.prepare(session, command, None, deadline, now)?;
        self.carry(sent, session, deadline, now)
    }

    /// Wraps a command to a worker into one to whoever attached it, as often as
    /// needed. The id stays that of the innermost.
    fn carry(
        &mut self,
        mut sent: Sent,
        mut session: SessionKey,
        deadline: Deadline,
        now: Instant,
    ) -> Result<Sent, Error> {
        let mut carried = sent.id;
        while let Some((worker, parent)) = self.carrier(session) {
            let carrier = SendMessageToWorker::new(sent.frame, &*worker);
            let outer = self.prepare(parent, &carrier, Some(carried), deadline, now);
            let outer = match outer {
                Ok(outer) => outer,
                Err(error) => {
                    self.pending.remove(sent.id);
                    return Err(error);
                }
            };
            carried = outer.id;
            sent.frame = outer.frame;
            session = parent;
        }
        Ok(sent)
    }

    /// The name of the worker whose frames bring the session's messages, and the
    /// session that has attached it.
    fn carrier(&self, session: SessionKey) -> Option<(std::sync::Arc<str>, SessionKey)> {
        let transport = self.sessions.get(self.sessions.transport(session))?;
        match (transport.kind, &transport.id) {
            (SessionKind::Worker, Some(id)) => Some((id.clone(), transport.parent)),
            _ => None,
        }
    }

    fn prepare<C: Command>(
        &mut self,
        session: SessionKey,
        command: &C,
        carries: Option<CommandId>,
        deadline: Deadline,
        now: Instant,
    ) -> Result<Sent, Error> {
        let method = C::METHOD;
        let transport = self.sessions.transport(session);
        let session_id = self.living(session, method)?;
        let id = self.pending.insert(Entry {
            method,
            session,
            transport,
            sent: now,
            deadline,
            carries,
            carrier: None,
        });
        match encode_request(i64::from(id.get()), session_id.as_deref(), command) {
            Ok(frame) => Ok(Sent { id, frame }),
            Err(error) => {
                self.pending.remove(id);
                Err(Error::encode(method, error))
            }
        }
    }

    /// The `sessionId` that a command to the session has, if the session is alive.
    fn living(
        &self,
        session: SessionKey,
        method: &'static str,
    ) -> Result<Option<std::sync::Arc<str>>, Error> {
        let info = self.sessions.get(session);
        match info.map(|info| (&info.ended, info.kind)) {
            Some((None, SessionKind::Flat)) => Ok(info.and_then(|info| info.id.clone())),
            Some((None, _)) => Ok(None),
            Some((Some(reason), _)) => Err(self.closed(session, method, reason)),
            None => Err(self.closed(session, method, &Closed::UnknownSession)),
        }
    }

    fn closed(&self, session: SessionKey, method: &'static str, reason: &Closed) -> Error {
        Error::Closed {
            method,
            session: self.sessions.get(session).and_then(|info| info.id.clone()),
            reason: reason.clone(),
        }
    }
}

/// Receiving.
impl Router {
    /// A frame that is no message. If it can be told to be a reply, the command that it
    /// answers fails: nothing else will answer it.
    #[cold]
    fn malformed(
        &mut self,
        frame: &str,
        opened: &Envelope<'_>,
        transport: SessionKey,
        error: DecodeError,
    ) -> Message<'static> {
        let id = opened.id.filter(|&id| !is_cut(frame, id));
        if let Some((id, entry)) = id.and_then(|id| self.pending.take(id, transport)) {
            let method = entry.method;
            let error = error.clone();
            self.ended(id, &entry, Error::Decode { id, method, error });
        }
        Message::Odd(Oddity::Malformed(error))
    }

    /// Notes that the session of a frame is not silent.
    fn feed(&mut self, envelope: &Envelope<'_>, transport: SessionKey, now: Instant) {
        let flat = envelope.session_id.as_deref();
        let session = flat.and_then(|id| self.sessions.flat(transport, id));
        self.sessions.feed(session.unwrap_or(transport), now);
    }

    /// The message in the frame, and its worker, if it is one of an attached worker.
    fn worker_message(
        &mut self,
        envelope: &Envelope<'_>,
        transport: SessionKey,
    ) -> Option<(SessionKey, String)> {
        let method = envelope.method.as_deref()?;
        if envelope.id.is_some() || !method.starts_with("NodeWorker.") {
            return None;
        }
        let Ok(Signal::WorkerMessage { session, message }) = Signal::read(method, envelope.params)?
        else {
            return None;
        };
        let parent = match envelope.session_id.as_deref() {
            Some(id) => self.sessions.flat(transport, id)?,
            None => transport,
        };
        let worker = self.sessions.worker(parent, &session)?;
        let alive = self.sessions.get(worker)?.ended.is_none();
        alive.then_some((worker, message))
    }

    fn route<'a>(&mut self, envelope: &mut Envelope<'a>, transport: SessionKey) -> Message<'a> {
        if let Some(id) = envelope.id {
            return match self.pending.take(id, transport) {
                Some((id, entry)) => self.reply(id, entry, envelope),
                None => Message::Odd(Oddity::UnknownReply { id }),
            };
        }
        if envelope.method.is_some() {
            return self.event(envelope, transport);
        }
        Message::Odd(match envelope.error.take() {
            Some(error) => Oddity::ErrorWithoutId(error),
            None => Oddity::Meaningless,
        })
    }

    fn reply<'a>(
        &mut self,
        id: CommandId,
        entry: Entry,
        envelope: &mut Envelope<'a>,
    ) -> Message<'a> {
        self.check_session(id, &entry, envelope.session_id.as_deref());
        if let Some(carried) = entry.carries {
            if let Some(error) = envelope.error.take() {
                self.check_gone(&entry, &error);
                self.not_carried(carried, error);
            }
            return Message::Receipt;
        }
        let outcome = match (envelope.error.take(), envelope.result) {
            (Some(error), _) => {
                self.check_gone(&entry, &error);
                Err(error)
            }
            (None, Some(result)) => Ok(result),
            (None, None) => {
                self.odd(match envelope.method {
                    Some(_) => Oddity::Echo { id },
                    None => Oddity::EmptyReply { id },
                });
                Ok("{}")
            }
        };
        if outcome.is_ok() && entry.method == node_worker::Disable::METHOD {
            self.workers_left(entry.session);
        }
        Message::Reply(Reply {
            id,
            session: entry.session,
            method: entry.method,
            outcome,
        })
    }

    fn check_session(&mut self, id: CommandId, entry: &Entry, named: Option<&str>) {
        // Replies of a connection's own session, and errors, may come without one.
        let Some(named) = named else {
            return;
        };
        let own = self.sessions.get(entry.session);
        let own = own.filter(|info| info.kind == SessionKind::Flat);
        if own.and_then(|info| info.id.as_deref()) != Some(named) {
            let session = named.to_owned();
            self.odd(Oddity::WrongSession { id, session });
        }
    }

    /// Ends a session that the target says it does not have.
    fn check_gone(&mut self, entry: &Entry, error: &ReplyError) {
        let info = self.sessions.get(entry.session);
        let flat = info.is_some_and(|info| info.kind == SessionKind::Flat);
        if flat && error.code == UNKNOWN_SESSION {
            self.end(entry.session, &Closed::UnknownSession);
        }
    }

    /// Ends the sessions of workers that no event tells the end of.
    fn workers_left(&mut self, parent: SessionKey) {
        for worker in self.sessions.workers(parent) {
            self.end(worker, &Closed::DetachedFromWorker);
        }
    }

    /// Ends a command to a worker that the target did not take.
    fn not_carried(&mut self, id: CommandId, error: ReplyError) {
        if let Some(entry) = self.pending.remove(id) {
            let method = entry.method;
            match entry.carries {
                Some(inner) => self.not_carried(inner, error),
                None => self.ended(id, &entry, Error::Protocol { id, method, error }),
            }
        }
    }

    fn event<'a>(&mut self, envelope: &mut Envelope<'a>, transport: SessionKey) -> Message<'a> {
        let method = envelope.method.take().unwrap_or_default();
        let named = envelope.session_id.as_deref();
        let known = match named {
            Some(named) => self.sessions.flat(transport, named),
            None => Some(transport),
        };
        if let (Some(named), Some(session)) = (named, known) {
            if self.has_ended(session) {
                return Message::Odd(Oddity::LateEvent {
                    session: named.to_owned(),
                    method: method.into_owned(),
                });
            }
        }
        if let (Some(named), None) = (named, known) {
            let session = named.to_owned();
            self.odd(Oddity::UnknownSession { session });
        }
        let session = known.unwrap_or(transport);
        match Signal::read(&method, envelope.params) {
            // What an unknown session says of itself is not about the connection's own.
            Some(Ok(signal)) if known.is_none() && signal.is_about_sender() => {}
            Some(Ok(signal)) => self.signal(session, signal),
            Some(Err(error)) => self.odd(Oddity::UnreadableSignal {
                method: method.clone().into_owned(),
                error,
            }),
            None => {}
        }
        Message::Event(EventMessage {
            session,
            method,
            params: envelope.params,
            is_stray: known.is_none(),
        })
    }

    fn has_ended(&self, session: SessionKey) -> bool {
        let info = self.sessions.get(session);
        info.map_or(true, |info| info.ended.is_some())
    }
}

/// What becomes of sessions and commands.
impl Router {
    fn signal(&mut self, session: SessionKey, signal: Signal) {
        match signal {
            Signal::Attached {
                session: id,
                target,
            } => self.attach(session, SessionKind::Flat, id, Some(&target)),
            Signal::WorkerAttached { session: id } => {
                self.attach(session, SessionKind::Worker, id, None);
            }
            Signal::Detached { session: id } => {
                let transport = self.sessions.transport(session);
                if let Some(child) = self.sessions.flat(transport, &id) {
                    self.end(child, &Closed::DetachedFromTarget);
                }
            }
            Signal::WorkerDetached { session: id } => {
                if let Some(child) = self.sessions.worker(session, &id) {
                    self.end(child, &Closed::DetachedFromWorker);
                }
            }
            Signal::TargetCrashed { target } => {
                for session in self.sessions.of_target(&target) {
                    self.end_commands(session, &Closed::Crashed);
                }
            }
            // Deno says no more than this of the sessions that end.
            Signal::TargetDestroyed { target } => {
                for session in self.sessions.of_target(&target) {
                    self.end(session, &Closed::DetachedFromTarget);
                }
            }
            Signal::InspectorCrashed => self.end_commands(session, &Closed::Crashed),
            Signal::InspectorDetached { mut reason } => {
                shorten(&mut reason);
                self.end(session, &Closed::Detached(reason));
            }
            Signal::WorkerMessage { session: id, .. } => {
                self.odd(Oddity::UnknownWorker { session: id });
            }
        }
    }

    fn attach(&mut self, parent: SessionKey, kind: SessionKind, id: String, target: Option<&str>) {
        if self.sessions.has_room(&id, target) {
            self.sessions.attach(parent, kind, &id, target);
        } else {
            self.odd(Oddity::TooManySessions { session: id });
        }
    }

    /// Ends a session, those that it has attached, and all their commands.
    fn end(&mut self, session: SessionKey, reason: &Closed) {
        for each in self.sessions.family(session) {
            self.end_commands(each, reason);
            self.sessions.end(each, reason);
            let reason = reason.clone();
            self.notices.push_back(Notice::SessionEnded(each, reason));
        }
    }

    fn end_commands(&mut self, session: SessionKey, reason: &Closed) {
        for id in self.pending.of_session(session) {
            if let Some(entry) = self.pending.remove(id) {
                let error = self.closed(session, entry.method, reason);
                self.ended(id, &entry, error);
            }
        }
    }

    fn expire(&mut self, now: Instant) {
        let late = self.pending.late(|entry| due(&self.sessions, entry), now);
        for id in late {
            let Some(entry) = self.pending.remove(id) else {
                continue;
            };
            let idle = due(&self.sessions, &entry).is_some_and(|due| due.idle);
            let error = Error::Timeout {
                id,
                method: entry.method,
                kind: if idle {
                    TimeoutKind::Idle
                } else {
                    TimeoutKind::Total
                },
                waited: now.saturating_duration_since(entry.sent),
            };
            self.ended(id, &entry, error);
        }
    }

    /// Notes the end of a command that was taken out of those under way.
    fn ended(&mut self, id: CommandId, entry: &Entry, error: Error) {
        let session = entry.session;
        match entry.carries {
            // Its caller hears of the command that it carries.
            Some(_) => {}
            None => self
                .notices
                .push_back(Notice::Ended(Ended { id, session, error })),
        }
    }

    fn odd(&mut self, oddity: Oddity) {
        self.notices.push_back(Notice::Odd(oddity));
    }
}
