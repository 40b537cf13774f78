//! A target: sessions, what they were asked, and what they send.

use crate::frame::{Body, Event, Frame, Hop};
use crate::rng::Rng;
use cdp_heapprofiler::session::SessionKind;
use serde_json::Value;

/// A session as the target knows it.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) kind: SessionKind,
    pub(crate) parent: usize,
    pub(crate) target: String,
    pub(crate) alive: bool,
    crashed: bool,
}

/// A command that waits for its answer.
struct Asked {
    place: usize,
    id: i64,
    method: String,
    nonce: Option<u64>,
}

pub(crate) struct Target {
    pub(crate) places: Vec<Place>,
    asked: Vec<Asked>,
    /// What is on its way to the core.
    pub(crate) out: Vec<Frame>,
    named: usize,
}

impl Target {
    pub(crate) fn new() -> Self {
        let root = Place {
            name: String::new(),
            kind: SessionKind::Root,
            parent: 0,
            target: String::new(),
            alive: true,
            crashed: false,
        };
        Self {
            places: vec![root],
            asked: Vec::new(),
            out: Vec::new(),
            named: 0,
        }
    }

    /// Takes in what the core has sent.
    pub(crate) fn read(&mut self, text: &str) {
        self.read_in(0, text);
    }

    fn read_in(&mut self, transport: usize, text: &str) {
        let frame: Value = serde_json::from_str(text).expect("the core sends JSON");
        let id = frame["id"].as_i64().expect("the core sends ids");
        let method = frame["method"].as_str().expect("and methods").to_owned();
        let place = match frame["sessionId"].as_str() {
            Some(name) => self.find(SessionKind::Flat, name, |it, at| {
                it.transport(at) == transport
            }),
            None => Some(transport),
        };
        let Some(place) = place else {
            // Such errors do not say to which session they belong.
            return self.send(transport, None, Some(id), Body::Error(-32001), None);
        };
        let params = &frame["params"];
        if method == "NodeWorker.sendMessageToWorker" {
            // A success, whether there is such a worker or not.
            let session = self.flat_name(place);
            self.send(
                place,
                session,
                Some(id),
                Body::Result("{}".to_owned()),
                None,
            );
            let name = params["sessionId"].as_str().expect("a worker is named");
            if let Some(worker) = self.find(SessionKind::Worker, name, |it, at| {
                it.places[at].parent == place
            }) {
                self.read_in(worker, params["message"].as_str().expect("a message"));
            }
            return;
        }
        let nonce = params["objectId"]
            .as_str()
            .and_then(|nonce| nonce.parse().ok());
        self.asked.push(Asked {
            place,
            id,
            method,
            nonce,
        });
    }

    fn find(
        &self,
        kind: SessionKind,
        name: &str,
        of: impl Fn(&Self, usize) -> bool,
    ) -> Option<usize> {
        (0..self.places.len()).find(|&at| {
            let place = &self.places[at];
            place.alive && place.kind == kind && place.name == name && of(self, at)
        })
    }

    fn transport(&self, place: usize) -> usize {
        match self.places[place].kind {
            SessionKind::Flat => self.transport(self.places[place].parent),
            _ => place,
        }
    }

    fn flat_name(&self, place: usize) -> Option<String> {
        let place = &self.places[place];
        (place.kind == SessionKind::Flat).then(|| place.name.clone())
    }

    fn hops(&self, place: usize) -> Vec<Hop> {
        let worker = self.transport(place);
        if self.places[worker].kind == SessionKind::Root {
            return Vec::new();
        }
        let parent = self.places[worker].parent;
        let mut hops = self.hops(parent);
        hops.push(Hop {
            session: self.flat_name(parent),
            worker: self.places[worker].name.clone(),
        });
        hops
    }

    fn send(
        &mut self,
        place: usize,
        session: Option<String>,
        id: Option<i64>,
        body: Body,
        answers: Option<u64>,
    ) {
        let hops = self.hops(place);
        self.out.push(Frame {
            hops,
            id,
            session,
            body,
            answers,
        });
    }

    fn event(&mut self, place: usize, event: Event) {
        let session = self.flat_name(place);
        self.send(place, session, None, Body::Event(event), None);
    }

    /// Answers one of the commands, not always the first. The dead say nothing, but
    /// for a few that are late.
    pub(crate) fn answer(&mut self, rng: &mut Rng) {
        if self.asked.is_empty() {
            return;
        }
        let at = if rng.percent(70) {
            0
        } else {
            rng.below(self.asked.len())
        };
        let place = self.asked[at].place;
        if self.places[place].crashed && !rng.percent(10) {
            return;
        }
        let asked = self.asked.remove(at);
        if !self.places[place].alive && !rng.percent(25) {
            return;
        }
        let body = match (rng.below(20), asked.nonce) {
            (0..=2, _) => Body::Error(-32000),
            (3, _) => Body::Echo(asked.method.clone()),
            (4, _) => Body::Empty,
            (_, Some(nonce)) => Body::Result(format!(r#"{{"heapSnapshotObjectId":"{nonce}"}}"#)),
            (_, None) => Body::Result("{}".to_owned()),
        };
        if asked.method == "NodeWorker.disable" && !matches!(body, Body::Error(_)) {
            for child in 0..self.places.len() {
                if self.places[child].kind == SessionKind::Worker
                    && self.places[child].parent == place
                {
                    self.kill(child);
                }
            }
        }
        let lacks_session = rng.percent(10);
        let session = self.flat_name(place).filter(|_| !lacks_session);
        self.send(place, session, Some(asked.id), body, asked.nonce);
    }

    /// Something happens at one of the sessions.
    pub(crate) fn happen(&mut self, rng: &mut Rng) {
        let alive: Vec<usize> = (0..self.places.len())
            .filter(|&at| self.places[at].alive)
            .collect();
        if alive.is_empty() {
            return;
        }
        let place = rng.pick(&alive);
        match rng.below(100) {
            0..=34 => self.event(place, some_event(rng)),
            35..=59 => self.attach(place, rng),
            60..=74 if place > 0 => self.end(place, rng),
            75..=79 => self.crash(place, rng),
            80..=83 => self.places[place].crashed = false,
            84 if place > 0 || rng.percent(15) => {
                self.event(place, Event::InspectorDetached("target_closed".to_owned()));
                self.kill(place);
            }
            _ => self.odd(place, rng),
        }
    }

    /// A session is attached or ends.
    pub(crate) fn come_and_go(&mut self, rng: &mut Rng) {
        let last = self.places.len() - 1;
        if last > 0 && self.places[last].alive {
            self.end(last, rng);
        } else if self.places[0].alive {
            self.attach(0, rng);
        }
    }

    fn odd(&mut self, place: usize, rng: &mut Rng) {
        let name = format!("F{}", rng.below(self.named + 2));
        match rng.below(6) {
            0 => self.send(place, None, None, Body::Error(-32700), None),
            1 => self.send(place, None, None, Body::Empty, None),
            2 => self.event(place, Event::Unreadable(rng.pick(&SIGNALS))),
            3 => self.event(place, Event::Detached(name)),
            4 => self.event(place, Event::WorkerDetached(name.replace('F', "W"))),
            _ => {
                // Of a session that is long gone, or was never there.
                let event = match rng.below(3) {
                    0 => Event::InspectorDetached("gone".to_owned()),
                    1 => Event::InspectorCrashed,
                    _ => some_event(rng),
                };
                self.send(place, Some(name), None, Body::Event(event), None);
            }
        }
    }

    fn attach(&mut self, parent: usize, rng: &mut Rng) {
        if self.hops(parent).len() > 2 {
            return;
        }
        // The names of workers are those of their parent only, and may come again.
        self.named += 1;
        let kind = rng.pick(&[SessionKind::Flat, SessionKind::Flat, SessionKind::Worker]);
        let (name, target) = match kind {
            SessionKind::Worker => (format!("W{}", rng.below(4)), String::new()),
            _ => (format!("F{}", self.named), format!("T{}", self.named / 2)),
        };
        let taken = |it: &Self, at: usize| it.places[at].parent == parent;
        if self.find(kind, &name, taken).is_some() {
            return;
        }
        self.places.push(Place {
            name: name.clone(),
            kind,
            parent,
            target: target.clone(),
            alive: true,
            crashed: false,
        });
        self.event(
            parent,
            match kind {
                SessionKind::Worker => Event::WorkerAttached(name),
                _ => Event::Attached {
                    session: name,
                    target,
                },
            },
        );
    }

    /// A session ends, and those that it has attached with it: of them nothing is
    /// told.
    fn end(&mut self, place: usize, rng: &mut Rng) {
        let name = self.places[place].name.clone();
        let parent = self.places[place].parent;
        if self.places[place].kind == SessionKind::Worker {
            self.event(parent, Event::WorkerDetached(name));
        } else {
            if rng.percent(40) {
                self.event(
                    place,
                    Event::InspectorDetached("Render process gone.".to_owned()),
                );
            }
            self.event(parent, Event::Detached(name));
        }
        self.kill(place);
    }

    fn crash(&mut self, place: usize, rng: &mut Rng) {
        self.places[place].crashed = true;
        self.event(place, Event::InspectorCrashed);
        let target = self.places[place].target.clone();
        if rng.percent(50) && !target.is_empty() {
            self.event(0, Event::TargetCrashed(target));
        }
    }

    fn kill(&mut self, place: usize) {
        self.places[place].alive = false;
        for child in place + 1..self.places.len() {
            if self.places[child].parent == place && self.places[child].alive {
                self.kill(child);
            }
        }
    }
}

const SIGNALS: [&str; 6] = [
    "Target.attachedToTarget",
    "Target.detachedFromTarget",
    "Target.targetCrashed",
    "Inspector.detached",
    "NodeWorker.attachedToWorker",
    "NodeWorker.receivedMessageFromWorker",
];

fn some_event(rng: &mut Rng) -> Event {
    rng.pick(&[
        Event::Plain(
            "HeapProfiler.addHeapSnapshotChunk",
            Some(r#"{"chunk":"\"{}"}"#),
        ),
        Event::Plain("HeapProfiler.resetProfiles", None),
        Event::Plain("Inspector.targetReloadedAfterCrash", Some("{}")),
        Event::Plain("Nobody.knowsThis", Some(r#"{"id":1,"sessionId":"F1"}"#)),
    ])
}
