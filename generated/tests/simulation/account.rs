//! What must be true of a connection, kept by other means than the core's own: plain
//! lists, searched from end to end.

use std::time::{Duration, Instant};

use crate::frame::{Body, Event, Frame};
use crate::seen::{Seen, Why};
use cdp_heapprofiler::session::{Closed, CommandId, SessionKey, SessionKind, TimeoutKind};

/// A session as the core should know it.
pub(crate) struct Session {
    /// The core's name for it; `None` until it is asked.
    pub(crate) key: Option<SessionKey>,
    pub(crate) kind: SessionKind,
    pub(crate) parent: usize,
    pub(crate) name: String,
    pub(crate) target: Option<String>,
    pub(crate) ended: Option<Closed>,
    pub(crate) forgotten: bool,
    transport: usize,
    fed: Option<Instant>,
}

/// A command as the core should know it. Carriers are commands too.
pub(crate) struct Command {
    pub(crate) number: i64,
    /// `None` for a carrier: the core does not tell of it.
    pub(crate) id: Option<CommandId>,
    pub(crate) session: usize,
    pub(crate) method: &'static str,
    pub(crate) nonce: Option<u64>,
    pub(crate) sent: Instant,
    pub(crate) idle: Duration,
    pub(crate) total: Duration,
    pub(crate) carries: Option<i64>,
}

/// How many ended sessions are remembered.
const REMEMBERED: usize = 256;

pub(crate) struct Account {
    pub(crate) sessions: Vec<Session>,
    pub(crate) pending: Vec<Command>,
    ended: Vec<usize>,
    notices: Vec<Seen>,
}

impl Account {
    pub(crate) fn new() -> Self {
        let root = Session {
            key: Some(SessionKey::ROOT),
            kind: SessionKind::Root,
            parent: 0,
            name: String::new(),
            target: None,
            ended: None,
            forgotten: false,
            transport: 0,
            fed: None,
        };
        Self {
            sessions: vec![root],
            pending: Vec::new(),
            ended: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// What has been noted since this was last asked.
    pub(crate) fn notices(&mut self) -> Vec<Seen> {
        std::mem::take(&mut self.notices)
    }

    pub(crate) fn name(&self, session: usize) -> Option<String> {
        let session = &self.sessions[session];
        (session.kind != SessionKind::Root && !session.forgotten).then(|| session.name.clone())
    }

    /// Why a command to the session is refused.
    pub(crate) fn refusal(&self, session: usize) -> Option<Closed> {
        let session = &self.sessions[session];
        match session.forgotten {
            true => Some(Closed::UnknownSession),
            false => session.ended.clone(),
        }
    }

    /// The session that has attached the worker by which messages to `session` go.
    pub(crate) fn carrier(&self, session: usize) -> Option<usize> {
        let transport = &self.sessions[self.sessions[session].transport];
        (transport.kind == SessionKind::Worker).then_some(transport.parent)
    }

    pub(crate) fn due(&self, command: &Command) -> Option<(Instant, TimeoutKind)> {
        let fed = self.sessions[command.session].fed;
        let from = fed.map_or(command.sent, |fed| fed.max(command.sent));
        let idle = from
            .checked_add(command.idle)
            .map(|at| (at, TimeoutKind::Idle));
        let total = command.sent.checked_add(command.total);
        let total = total.map(|at| (at, TimeoutKind::Total));
        [idle, total].into_iter().flatten().min_by_key(|due| due.0)
    }

    /// The session of this name in frames of `transport`, or of this parent.
    pub(crate) fn find(&self, kind: SessionKind, scope: usize, name: &str) -> Option<usize> {
        self.sessions.iter().rposition(|session| {
            let of = match kind {
                SessionKind::Worker => session.parent,
                _ => session.transport,
            };
            session.kind == kind && of == scope && session.name == name && !session.forgotten
        })
    }

    /// The session that the caller means by a name.
    pub(crate) fn named(&self, parent: usize, kind: SessionKind, name: &str) -> Option<usize> {
        let scope = match (kind, self.sessions[parent].forgotten) {
            (SessionKind::Flat, false) => self.sessions[parent].transport,
            _ => parent,
        };
        self.find(kind, scope, name)
    }

    fn alive(&self, session: usize) -> bool {
        self.sessions[session].ended.is_none()
    }

    fn odd(&mut self, text: String) {
        self.notices.push(Seen::Odd(text));
    }
}

/// What frames do.
impl Account {
    /// What the core must say to the frame.
    pub(crate) fn receive(&mut self, frame: &Frame, now: Instant) -> Seen {
        let mut transport = 0;
        for hop in &frame.hops {
            let session = match &hop.session {
                Some(name) => self.find(SessionKind::Flat, transport, name),
                None => Some(transport),
            };
            self.feed(session.unwrap_or(transport), now);
            let worker = session.and_then(|it| self.find(SessionKind::Worker, it, &hop.worker));
            match worker.filter(|&worker| self.alive(worker)) {
                Some(worker) => {
                    self.feed(worker, now);
                    transport = worker;
                }
                None => return self.lost(transport, &hop.session, &hop.worker),
            }
        }
        if let Body::Broken { told, .. } = &frame.body {
            if let Some(at) = told.and_then(|id| self.awaited(id, transport)) {
                self.finish(at, Why::Decode);
            }
            return Seen::Odd("Malformed".to_owned());
        }
        let named = frame.session.as_deref();
        let session = named.and_then(|name| self.find(SessionKind::Flat, transport, name));
        self.feed(session.unwrap_or(transport), now);
        match (frame.id, &frame.body) {
            (Some(id), body) => self.reply(id, transport, named, body),
            (None, Body::Event(event)) => self.event(transport, named, event),
            (None, Body::Error(code)) => Seen::Odd(format!("ErrorWithoutId {code}")),
            (None, Body::Echo(method)) => self
                .event_of(transport, named, method)
                .unwrap_or_else(|odd| odd),
            (None, _) => Seen::Odd("Meaningless".to_owned()),
        }
    }

    fn feed(&mut self, session: usize, now: Instant) {
        let session = &mut self.sessions[session];
        session.fed = session.fed.max(Some(now));
    }

    /// A message of a worker that is not there.
    fn lost(&mut self, transport: usize, named: &Option<String>, worker: &str) -> Seen {
        let method = "NodeWorker.receivedMessageFromWorker";
        let known = named.as_deref().map_or(true, |name| {
            self.find(SessionKind::Flat, transport, name).is_some()
        });
        match self.event_of(transport, named.as_deref(), method) {
            Ok(event) => {
                if known {
                    self.odd(format!("UnknownWorker {worker}"));
                }
                event
            }
            Err(odd) => odd,
        }
    }

    /// The command that a reply answers.
    fn awaited(&self, number: i64, transport: usize) -> Option<usize> {
        self.pending.iter().position(|command| {
            command.number == number && self.sessions[command.session].transport == transport
        })
    }

    fn reply(&mut self, number: i64, transport: usize, named: Option<&str>, body: &Body) -> Seen {
        let Some(at) = self.awaited(number, transport) else {
            return Seen::Odd(format!("UnknownReply {number}"));
        };
        let command = self.remove(at);
        let flat = self.sessions[command.session].kind == SessionKind::Flat;
        let own = self.name(command.session).filter(|_| flat);
        if named.is_some() && named != own.as_deref() {
            self.odd(format!("WrongSession {number} {}", named.unwrap_or("")));
        }
        if flat && matches!(body, Body::Error(-32001)) {
            self.end(command.session, &Closed::UnknownSession);
        }
        if let (Some(carried), Body::Error(code)) = (command.carries, body) {
            self.not_carried(carried, *code);
        }
        let Some(id) = command.id else {
            return Seen::Receipt;
        };
        let outcome = match body {
            Body::Result(result) => Ok(result.clone()),
            Body::Error(code) => Err(*code),
            Body::Echo(_) | Body::Event(_) => {
                self.odd(format!("Echo {number}"));
                Ok("{}".to_owned())
            }
            Body::Empty | Body::Broken { .. } => {
                self.odd(format!("EmptyReply {number}"));
                Ok("{}".to_owned())
            }
        };
        if outcome.is_ok() && command.method == "NodeWorker.disable" {
            self.end_workers(command.session);
        }
        Seen::Reply {
            id,
            session: command.session,
            outcome,
        }
    }

    /// The innermost command ends; it is what the caller knows.
    fn not_carried(&mut self, number: i64, code: i64) {
        let Some(at) = self.pending.iter().position(|it| it.number == number) else {
            return;
        };
        match self.pending[at].carries {
            Some(inner) => self.not_carried(inner, code),
            None => self.finish(at, Why::Protocol(code)),
        }
    }

    /// The event as it must be yielded, or the oddity if its session is gone.
    fn event_of(
        &mut self,
        transport: usize,
        named: Option<&str>,
        method: &str,
    ) -> Result<Seen, Seen> {
        let mut session = transport;
        if let Some(name) = named {
            match self.find(SessionKind::Flat, transport, name) {
                Some(known) if self.alive(known) => session = known,
                Some(_) => return Err(Seen::Odd(format!("LateEvent {name} {method}"))),
                None => self.odd(format!("UnknownSession {name}")),
            }
        }
        Ok(Seen::Event {
            session,
            method: method.to_owned(),
        })
    }

    fn event(&mut self, transport: usize, named: Option<&str>, event: &Event) -> Seen {
        let seen = match self.event_of(transport, named, event.method()) {
            Ok(seen) => seen,
            Err(odd) => return odd,
        };
        let session = match named {
            Some(name) => self.find(SessionKind::Flat, transport, name),
            None => Some(transport),
        };
        self.signal(transport, session, event);
        seen
    }

    /// What an event says of sessions. `session` is the one that it came from, if it
    /// is known.
    fn signal(&mut self, transport: usize, session: Option<usize>, event: &Event) {
        match (event, session) {
            (Event::Unreadable(method), _) => self.odd(format!("UnreadableSignal {method}")),
            (
                Event::Attached {
                    session: name,
                    target,
                },
                _,
            ) => {
                let parent = session.unwrap_or(transport);
                self.attach(parent, SessionKind::Flat, name, Some(target));
            }
            (Event::Detached(name), _) => {
                if let Some(child) = self.find(SessionKind::Flat, transport, name) {
                    self.end(child, &Closed::DetachedFromTarget);
                }
            }
            (Event::TargetCrashed(target), _) => {
                for at in 0..self.sessions.len() {
                    if self.sessions[at].target.as_ref() == Some(target) {
                        self.end_commands(at, &Closed::Crashed);
                    }
                }
            }
            (Event::InspectorDetached(reason), Some(session)) => {
                self.end(session, &Closed::Detached(reason.clone()));
            }
            (Event::InspectorCrashed, Some(session)) => {
                self.end_commands(session, &Closed::Crashed);
            }
            (Event::WorkerAttached(name), Some(session)) => {
                self.attach(session, SessionKind::Worker, name, None);
            }
            (Event::WorkerDetached(name), Some(session)) => {
                if let Some(child) = self.find(SessionKind::Worker, session, name) {
                    self.end(child, &Closed::DetachedFromWorker);
                }
            }
            // Nothing to do with sessions, or not to be told of which.
            _ => {}
        }
    }
}

/// What becomes of sessions and commands.
impl Account {
    /// Adds a session, or finds the living one of that name.
    pub(crate) fn attach(
        &mut self,
        parent: usize,
        kind: SessionKind,
        name: &str,
        target: Option<&str>,
    ) {
        let transport = match self.sessions[parent].forgotten {
            true => parent,
            false => self.sessions[parent].transport,
        };
        let known = self.named(parent, kind, name).filter(|&at| self.alive(at));
        if let Some(known) = known {
            if target.is_some() {
                self.sessions[known].target = target.map(str::to_owned);
            }
            return;
        }
        let at = self.sessions.len();
        let ended = self.refusal(parent);
        self.sessions.push(Session {
            key: None,
            kind,
            parent,
            name: name.to_owned(),
            target: target.map(str::to_owned),
            ended: None,
            forgotten: false,
            transport: if kind == SessionKind::Worker {
                at
            } else {
                transport
            },
            fed: None,
        });
        if let Some(reason) = ended {
            self.mark_ended(at, &reason);
        }
    }

    fn mark_ended(&mut self, session: usize, reason: &Closed) {
        self.sessions[session].ended = Some(reason.clone());
        self.ended.push(session);
        if self.ended.len() > REMEMBERED {
            let oldest = self.ended.remove(0);
            // The root is never forgotten.
            self.sessions[oldest].forgotten = oldest != 0;
        }
    }

    fn descends(&self, session: usize, from: usize) -> bool {
        session == from || session != 0 && self.descends(self.sessions[session].parent, from)
    }

    fn end(&mut self, session: usize, reason: &Closed) {
        for at in 0..self.sessions.len() {
            if self.descends(at, session) && self.alive(at) {
                self.end_commands(at, reason);
                self.mark_ended(at, reason);
                self.notices.push(Seen::SessionEnded(at, reason.clone()));
            }
        }
    }

    fn end_workers(&mut self, parent: usize) {
        for at in 0..self.sessions.len() {
            let session = &self.sessions[at];
            if session.kind == SessionKind::Worker && session.parent == parent && self.alive(at) {
                self.end(at, &Closed::DetachedFromWorker);
            }
        }
    }

    pub(crate) fn close(&mut self, reason: &Closed) {
        self.end(0, reason);
    }

    fn end_commands(&mut self, session: usize, reason: &Closed) {
        let name = self.name(session);
        while let Some(at) = self.pending.iter().position(|it| it.session == session) {
            self.finish(at, Why::Closed(reason.clone(), name.clone()));
        }
    }

    pub(crate) fn expire(&mut self, now: Instant) {
        let late: Vec<_> = (self.pending.iter())
            .filter_map(|command| {
                let (at, kind) = self.due(command)?;
                let waited = now.saturating_duration_since(command.sent);
                (at <= now).then_some((command.number, Why::Timeout(kind, waited)))
            })
            .collect();
        for (number, why) in late {
            if let Some(at) = self.pending.iter().position(|it| it.number == number) {
                self.finish(at, why);
            }
        }
    }

    /// Takes a command out, with what carries it.
    pub(crate) fn remove(&mut self, at: usize) -> Command {
        let command = self.pending.remove(at);
        let carried = Some(command.number);
        if let Some(carrier) = self.pending.iter().position(|it| it.carries == carried) {
            self.remove(carrier);
        }
        command
    }

    fn finish(&mut self, at: usize, why: Why) {
        let command = self.remove(at);
        if let Some(id) = command.id {
            self.notices.push(Seen::Ended { id, why });
        }
    }
}
