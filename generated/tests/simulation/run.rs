//! One run: who takes the turns, and what is compared after each.

use std::time::{Duration, Instant};

use crate::account::{Account, Command};
use crate::frame::{Body, Frame};
use crate::rng::Rng;
use crate::seen::{seen, seen_notice, sorted, Seen};
use crate::target::Target;
use cdp_heapprofiler::protocol::heap_profiler::{GetHeapObjectId, StartSampling, TakeHeapSnapshot};
use cdp_heapprofiler::protocol::node_worker;
use cdp_heapprofiler::session::{
    Closed, CommandId, Connection, Deadline, Error, Message, SessionKey, SessionKind,
};
use cdp_heapprofiler::Command as ProtocolCommand;
use serde_json::Value;

/// What was done, a line for each step, if anybody asks for it.
pub(crate) struct Log(pub(crate) Option<Vec<String>>);

impl Log {
    fn line(&mut self, line: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.0 {
            lines.push(line());
        }
    }
}

pub(crate) struct Run<'a> {
    rng: Rng,
    core: Connection,
    account: Account,
    target: Target,
    now: Instant,
    /// What every time counts from. Where it lies must not matter.
    base: Instant,
    nonce: u64,
    /// How much of the network's work is faulty, in percent.
    faults: usize,
    /// Many sessions that come and go.
    churn: bool,
    sent: usize,
    ended: usize,
    log: &'a mut Log,
}

impl<'a> Run<'a> {
    pub(crate) fn new(seed: u64, log: &'a mut Log) -> Self {
        let mut rng = Rng::new(seed);
        let first = rng.pick(&[CommandId::FIRST, CommandId::LAST]);
        let base = match rng.percent(10) {
            true => latest(),
            false => Instant::now(),
        };
        let churn = seed % 1000 == 50;
        Self {
            core: Connection::starting_at(first),
            account: Account::new(),
            target: Target::new(),
            now: base,
            base,
            nonce: 0,
            // A fault may well end everything.
            faults: if churn { 0 } else { rng.pick(&[0, 5, 20, 50]) },
            churn,
            sent: 0,
            ended: 0,
            rng,
            log,
        }
    }

    pub(crate) fn play(&mut self) {
        let steps = if self.churn {
            4000
        } else {
            60 + self.rng.below(120)
        };
        for _ in 0..steps {
            self.step();
        }
        if self.rng.percent(50) {
            self.let_time_pass(Duration::from_secs(1 << 40));
            self.expire();
        }
        let reason = self
            .rng
            .pick(&[Closed::Here, Closed::Connection("EOF".to_owned())]);
        self.close(&reason);
        // What still comes in must do no harm.
        for _ in 0..5 {
            self.step();
        }
        assert_eq!(self.core.pending(), 0, "nothing is under way in the end");
        assert_eq!(self.core.next_deadline(), None);
        assert_eq!(self.ended, self.sent, "every command ended once");
    }

    fn step(&mut self) {
        if self.churn {
            self.target.come_and_go(&mut self.rng);
            self.deliver();
            self.deliver();
        }
        match self.rng.below(100) {
            0..=17 => self.target.happen(&mut self.rng),
            18..=54 => self.deliver(),
            55..=74 => self.send(),
            75..=86 => self.target.answer(&mut self.rng),
            87..=88 => self.abandon(),
            89..=90 => self.guess_session(),
            91..=95 => self.pass_some_time(),
            96..=98 => self.expire(),
            _ if !self.churn && self.rng.percent(5) => self.close(&Closed::Here),
            _ => self.deliver(),
        }
        self.compare();
    }
}

/// The caller's turns.
impl Run<'_> {
    fn send(&mut self) {
        let session = self.rng.below(self.account.sessions.len());
        self.nonce += 1;
        let nonce = self.nonce;
        match self.rng.below(20) {
            0..=13 => self.send_as(
                session,
                &GetHeapObjectId::new(nonce.to_string()),
                Some(nonce),
            ),
            14..=16 => self.send_as(session, &TakeHeapSnapshot::new(), None),
            17 => self.send_as(session, &StartSampling::new().stack_depth(1000.0), None),
            _ => self.send_as(session, &node_worker::Disable::new(), None),
        }
    }

    fn send_as<C: ProtocolCommand>(&mut self, session: usize, command: &C, nonce: Option<u64>) {
        let (idle, total) = (self.limit(), self.limit());
        let deadline = Deadline::idle(idle).total(total);
        let key = self.key(session);
        let result = self.core.send(key, command, deadline, self.now);
        self.log
            .line(|| format!("send to {session}: {result:?}, idle {idle:?}, total {total:?}"));
        let sent = match (result, self.account.refusal(session)) {
            (
                Err(Error::Closed {
                    method,
                    session: named,
                    reason,
                    ..
                }),
                Some(expected),
            ) => {
                assert_eq!(method, C::METHOD);
                assert_eq!(
                    (reason, named.as_deref()),
                    (expected, self.account.name(session).as_deref())
                );
                return;
            }
            (Err(Error::Refused(_)), None) => {
                assert!(command.check().is_err());
                return;
            }
            (Ok(sent), None) => sent,
            (result, expected) => panic!("{result:?}, not {expected:?}"),
        };
        assert!(command.check().is_ok());
        self.sent += 1;
        self.note_sent::<C>(sent.id, &sent.frame, session, (idle, total), nonce);
        if !self.rng.percent(self.faults / 4) {
            self.target.read(&sent.frame);
        }
    }

    /// Notes the command and what carries it, the innermost first.
    fn note_sent<C: ProtocolCommand>(
        &mut self,
        id: CommandId,
        frame: &str,
        session: usize,
        (idle, total): (Duration, Duration),
        nonce: Option<u64>,
    ) {
        let mut frames = vec![serde_json::from_str::<Value>(frame).expect("JSON")];
        while let Some(carried) = frames[0]["params"]["message"].as_str() {
            let carried = serde_json::from_str(carried).expect("JSON");
            frames.insert(0, carried);
        }
        assert_eq!(frames[0]["method"], C::METHOD);
        let (mut session, mut carried) = (session, None);
        for frame in &frames {
            let number = frame["id"].as_i64().expect("an id");
            assert!((1..=i64::from(i32::MAX)).contains(&number));
            assert!(
                self.account.pending.iter().all(|it| it.number != number),
                "{number} is taken"
            );
            let flat = self.account.sessions[session].kind == SessionKind::Flat;
            let name = self.account.name(session).filter(|_| flat);
            assert_eq!(frame["sessionId"].as_str(), name.as_deref());
            self.account.pending.push(Command {
                number,
                id: carried.is_none().then_some(id),
                session,
                method: if carried.is_none() { C::METHOD } else { "" },
                nonce: nonce.filter(|_| carried.is_none()),
                sent: self.now,
                idle,
                total,
                carries: carried,
            });
            carried = Some(number);
            session = self.account.carrier(session).unwrap_or(usize::MAX);
        }
        assert_eq!(frames[0]["id"], id.get());
        assert_eq!(session, usize::MAX, "carried all the way to the root");
    }

    fn limit(&mut self) -> Duration {
        self.rng.pick(&[
            Duration::ZERO,
            Duration::from_millis(10),
            Duration::from_secs(1),
            Duration::from_secs(60),
            Duration::from_secs(3600),
            Duration::from_secs(u64::MAX / 4),
            Duration::MAX,
        ])
    }

    fn abandon(&mut self) {
        let known: Vec<_> = self.account.pending.iter().filter_map(|it| it.id).collect();
        if known.is_empty() {
            return;
        }
        let id = self.rng.pick(&known);
        self.log.line(|| format!("abandon {id}"));
        assert!(self.core.abandon(id));
        assert!(!self.core.abandon(id), "only once");
        let at = self.account.pending.iter().position(|it| it.id == Some(id));
        self.account.remove(at.expect("it is under way"));
        self.ended += 1;
    }

    /// The caller names a session that may never have been told of.
    fn guess_session(&mut self) {
        let parent = self.rng.below(self.account.sessions.len());
        let name = format!("F{}", self.rng.below(20));
        let kind = self.rng.pick(&[SessionKind::Flat, SessionKind::Worker]);
        self.log
            .line(|| format!("guess {kind:?} {name} of {parent}"));
        let key = match kind {
            SessionKind::Worker => self.core.worker_session(self.key(parent), &name),
            _ => self.core.flat_session(self.key(parent), &name),
        };
        let found = self.account.named(parent, kind, &name);
        let at = found.unwrap_or_else(|| {
            self.account.attach(parent, kind, &name, None);
            self.account.sessions.len() - 1
        });
        let before = self.account.sessions[at].key.replace(key);
        assert!(
            before.map_or(found.is_none(), |before| before == key),
            "{before:?}, {key:?}"
        );
    }

    fn pass_some_time(&mut self) {
        // Of two threads one may have looked at the clock before the other.
        if self.rng.percent(10) {
            let before = self.now.checked_sub(Duration::from_millis(5));
            self.now = before.map_or(self.base, |before| before.max(self.base));
        }
        let passed = self.rng.pick(&[
            Duration::ZERO,
            Duration::from_nanos(1),
            Duration::from_millis(9),
            Duration::from_millis(10),
            Duration::from_secs(1),
            Duration::from_secs(59),
            Duration::from_secs(4000),
            Duration::from_secs(1 << 33),
        ]);
        self.let_time_pass(passed);
    }

    fn let_time_pass(&mut self, passed: Duration) {
        self.now = self.now.checked_add(passed).unwrap_or(self.now);
        self.log
            .line(|| format!("{:?} from the start", self.now - self.base));
    }

    fn expire(&mut self) {
        self.log.line(|| "expire".to_owned());
        self.core.expire(self.now);
        self.account.expire(self.now);
        self.compare_notices();
    }

    fn close(&mut self, reason: &Closed) {
        self.log.line(|| format!("close: {reason:?}"));
        self.core.close(reason.clone());
        self.account.close(reason);
        self.compare_notices();
    }
}

/// The network's turn.
impl Run<'_> {
    fn deliver(&mut self) {
        let waiting = self.target.out.len();
        if waiting == 0 {
            return;
        }
        let faulty = self.rng.percent(self.faults);
        let mut frame = match self.rng.below(if faulty { 10 } else { 1 }) {
            0 => self.target.out.remove(0),
            // Lost, doubled, overtaken.
            1 => return drop(self.target.out.remove(0)),
            2 => self.target.out[self.rng.below(waiting)].clone(),
            3 => self.target.out.remove(self.rng.below(waiting)),
            _ => {
                let mut frame = self.target.out.remove(0);
                self.spoil(&mut frame);
                frame
            }
        };
        if faulty && self.rng.percent(10) {
            frame.garble(&mut self.rng);
        }
        self.receive(&frame);
    }

    fn spoil(&mut self, frame: &mut Frame) {
        match self.rng.below(7) {
            0 => frame.session = Some(format!("F{}", self.rng.below(12))),
            1 => frame.session = None,
            2 => frame.id = None,
            3 => {
                // Some targets answer unreadable messages with a garbage id.
                let small = self.rng.below(8) as i64;
                frame.id =
                    Some(
                        self.rng
                            .pick(&[0, -1, 32552, i64::MIN, i64::MAX, 1 << 32 | 1, small]),
                    );
                frame.answers = None;
            }
            4 => frame.truncate(&mut self.rng),
            5 => drop(frame.hops.pop()),
            _ => frame.body = Body::Error(-32001),
        }
    }

    fn receive(&mut self, frame: &Frame) {
        let text = frame.text(&mut self.rng);
        self.log.line(|| format!("receive {text}"));
        let nonce = frame.answers.filter(|_| frame.id.is_some());
        let asked = nonce.filter(|_| matches!(frame.body, Body::Result(_)));
        let asked = asked.and_then(|nonce| {
            self.account
                .pending
                .iter()
                .find(|it| it.nonce == Some(nonce))
        });
        let asked = asked.and_then(|command| command.id);

        let expected = self.account.receive(frame, self.now);
        let message = self.core.receive(&text, self.now);
        let seen = seen(&self.account, &message);
        assert_eq!(seen, expected);
        if let Message::Reply(reply) = message {
            self.ended += 1;
            if let (Some(asked), true) = (asked, frame.hops.is_empty()) {
                assert_eq!(asked, reply.id, "what was made for one goes to no other");
            }
        }
        self.learn_keys();
        self.compare_notices();
    }

    /// Asks for the keys of sessions that have just been attached.
    fn learn_keys(&mut self) {
        for at in 0..self.account.sessions.len() {
            let session = &self.account.sessions[at];
            if session.key.is_some() {
                continue;
            }
            let (name, parent) = (session.name.clone(), self.key(session.parent));
            let key = match session.kind {
                SessionKind::Worker => self.core.worker_session(parent, &name),
                _ => self.core.flat_session(parent, &name),
            };
            let taken = self.account.sessions.iter().any(|it| it.key == Some(key));
            assert!(!taken, "{name} is a new session");
            self.account.sessions[at].key = Some(key);
        }
    }
}

/// What is compared.
impl Run<'_> {
    fn key(&self, session: usize) -> SessionKey {
        self.account.sessions[session]
            .key
            .expect("the key was asked for")
    }

    fn compare_notices(&mut self) {
        let mut notices = Vec::new();
        while let Some(notice) = self.core.next_notice() {
            notices.push(seen_notice(&self.account, &notice));
        }
        let is_end = |seen: &&Seen| matches!(seen, Seen::Ended { .. });
        self.ended += notices.iter().filter(is_end).count();
        for notice in &notices {
            self.log.line(|| format!("    {notice:?}"));
        }
        assert_eq!(sorted(notices), sorted(self.account.notices()));
    }

    fn compare(&mut self) {
        assert!(self.core.next_notice().is_none(), "all were taken");
        let account = &self.account;
        assert_eq!(self.core.pending(), account.pending.len());
        let due = |command: &Command| Some(account.due(command)?.0);
        for command in &account.pending {
            if let Some(id) = command.id {
                assert_eq!(self.core.deadline(id), due(command), "{id}");
            }
        }
        assert_eq!(
            self.core.next_deadline(),
            account.pending.iter().filter_map(due).min()
        );
        // Where sessions are many, a look at some of them has to do.
        let some = if self.churn { 16 } else { 1 };
        let first = self.rng.below(some);
        for (at, session) in account
            .sessions
            .iter()
            .enumerate()
            .skip(first)
            .step_by(some)
        {
            let info = self.core.session_info(self.key(at));
            assert_eq!(info.is_none(), session.forgotten, "{at}");
            if let Some(info) = info {
                assert_eq!(info.id.as_deref(), account.name(at).as_deref());
                assert_eq!(info.target.as_deref(), session.target.as_deref());
                assert_eq!(
                    (info.kind, &info.ended),
                    (session.kind, &session.ended),
                    "{at}"
                );
                assert_eq!(info.parent, self.key(session.parent));
            }
        }
    }
}

/// A time so late that little can be added to it.
fn latest() -> Instant {
    let mut latest = Instant::now();
    for power in (0..64).rev() {
        let later = latest.checked_add(Duration::from_secs(1 << power));
        latest = later.unwrap_or(latest);
    }
    latest - Duration::from_secs(1 << 34)
}
