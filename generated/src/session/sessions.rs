//! The sessions of a connection.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use super::Closed;

/// Names a session on its connection. Keys are not used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey(u64);

impl SessionKey {
    /// The connection's own session: messages without a `sessionId`.
    pub const ROOT: Self = Self(0);
}

/// How the messages of a session travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionKind {
    /// As they are: the connection's own session.
    Root,
    /// With a `sessionId` beside the id: `Target.attachedToTarget`, flat.
    Flat,
    /// As texts inside of `NodeWorker.sendMessageToWorker` and
    /// `NodeWorker.receivedMessageFromWorker`.
    Worker,
}

/// What is known of a session.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionInfo {
    /// How its messages travel.
    pub kind: SessionKind,
    /// The session that it was attached by; the root's is the root.
    pub parent: SessionKey,
    /// What the target calls it; `None` for the root.
    pub id: Option<Arc<str>>,
    /// The target that it is attached to, if that was told.
    pub target: Option<Box<str>>,
    /// What has ended it, if it has ended.
    pub ended: Option<Closed>,
    pub(super) transport: SessionKey,
    /// When its last frame came.
    pub(super) fed: Option<Instant>,
}

/// How many sessions a target may attach by itself.
const MAX_LIVE: usize = 16 * 1024;

/// How long the ids may be of a session that a target attaches by itself, and of its
/// target.
const MAX_ID: usize = 1024;

/// How many ended sessions are remembered, to tell their late events from those of
/// unknown sessions.
const MAX_ENDED: usize = 256;

/// All sessions, the ended ones among them for a while.
#[derive(Debug)]
pub(super) struct Sessions {
    infos: BTreeMap<SessionKey, SessionInfo>,
    /// By the transport of flat sessions, and by the parent of workers.
    names: HashMap<(SessionKey, SessionKind), HashMap<Arc<str>, SessionKey>>,
    /// The living ones, each after the one that has attached it.
    children: BTreeSet<(SessionKey, SessionKey)>,
    ended: VecDeque<SessionKey>,
    last: SessionKey,
}

impl Sessions {
    pub(super) fn new() -> Self {
        let root = SessionInfo {
            kind: SessionKind::Root,
            parent: SessionKey::ROOT,
            id: None,
            target: None,
            ended: None,
            transport: SessionKey::ROOT,
            fed: None,
        };
        Self {
            infos: BTreeMap::from([(SessionKey::ROOT, root)]),
            names: HashMap::new(),
            children: BTreeSet::new(),
            ended: VecDeque::new(),
            last: SessionKey::ROOT,
        }
    }

    pub(super) fn get(&self, key: SessionKey) -> Option<&SessionInfo> {
        self.infos.get(&key)
    }

    pub(super) fn transport(&self, key: SessionKey) -> SessionKey {
        self.infos.get(&key).map_or(key, |info| info.transport)
    }

    /// The flat session of this name in the frames of `transport`.
    pub(super) fn flat(&self, transport: SessionKey, id: &str) -> Option<SessionKey> {
        self.named(transport, SessionKind::Flat, id)
    }

    /// The worker of this name, attached by `parent`.
    pub(super) fn worker(&self, parent: SessionKey, id: &str) -> Option<SessionKey> {
        self.named(parent, SessionKind::Worker, id)
    }

    fn named(&self, scope: SessionKey, kind: SessionKind, id: &str) -> Option<SessionKey> {
        self.names.get(&(scope, kind))?.get(id).copied()
    }

    /// Whether the target may attach one more, with these ids.
    pub(super) fn has_room(&self, id: &str, target: Option<&str>) -> bool {
        let short = id.len() <= MAX_ID && target.map_or(0, str::len) <= MAX_ID;
        short && self.infos.len() - self.ended.len() < MAX_LIVE
    }

    /// Adds a session, or finds the one of this name that is still alive. What an
    /// ended session attaches has ended with it.
    pub(super) fn attach(
        &mut self,
        parent: SessionKey,
        kind: SessionKind,
        id: &str,
        target: Option<&str>,
    ) -> SessionKey {
        let scope = match kind {
            SessionKind::Flat => self.transport(parent),
            SessionKind::Worker | SessionKind::Root => parent,
        };
        let known = self.named(scope, kind, id);
        if let Some(info) = known.and_then(|key| self.infos.get_mut(&key)) {
            if info.ended.is_none() {
                info.target = target.map(Box::from).or(info.target.take());
                return known.unwrap_or(SessionKey::ROOT);
            }
        }
        self.last.0 += 1;
        let key = self.last;
        let id: Arc<str> = id.into();
        self.names
            .entry((scope, kind))
            .or_default()
            .insert(id.clone(), key);
        let info = SessionInfo {
            kind,
            parent,
            id: Some(id),
            target: target.map(Box::from),
            ended: None,
            transport: if kind == SessionKind::Worker {
                key
            } else {
                scope
            },
            fed: None,
        };
        self.infos.insert(key, info);
        self.children.insert((parent, key));
        let parent = self.infos.get(&parent);
        if let Some(reason) = parent.map_or(Some(Closed::UnknownSession), |it| it.ended.clone()) {
            self.end(key, &reason);
        }
        key
    }

    pub(super) fn feed(&mut self, key: SessionKey, now: Instant) {
        if let Some(info) = self.infos.get_mut(&key) {
            info.fed = info.fed.max(Some(now));
        }
    }

    /// The living session and all that it has attached, in the order of their keys.
    pub(super) fn family(&self, key: SessionKey) -> Vec<SessionKey> {
        let alive = self.get(key).is_some_and(|info| info.ended.is_none());
        let mut family = Vec::from_iter(alive.then_some(key));
        let mut looked_at = 0;
        while let Some(&each) = family.get(looked_at) {
            family.extend(self.children(each));
            looked_at += 1;
        }
        family.sort_unstable();
        family
    }

    /// The living workers that a session has attached.
    pub(super) fn workers(&self, parent: SessionKey) -> Vec<SessionKey> {
        let is_worker = |key: &SessionKey| {
            self.get(*key)
                .is_some_and(|info| info.kind == SessionKind::Worker)
        };
        self.children(parent).filter(is_worker).collect()
    }

    /// The living sessions that a session has attached.
    fn children(&self, parent: SessionKey) -> impl Iterator<Item = SessionKey> + '_ {
        let all = (parent, SessionKey::ROOT)..=(parent, SessionKey(u64::MAX));
        self.children.range(all).map(|&(_, child)| child)
    }

    /// All living sessions, in the order of their keys.
    pub(super) fn living(&self) -> Vec<SessionKey> {
        let living = self.infos.iter().filter(|(_, info)| info.ended.is_none());
        living.map(|(&key, _)| key).collect()
    }

    /// The living sessions that are attached to a target.
    pub(super) fn of_target(&self, target: &str) -> Vec<SessionKey> {
        let attached =
            |info: &SessionInfo| info.ended.is_none() && info.target.as_deref() == Some(target);
        self.infos
            .iter()
            .filter(|(_, info)| attached(info))
            .map(|(&key, _)| key)
            .collect()
    }

    pub(super) fn end(&mut self, key: SessionKey, reason: &Closed) {
        if let Some(info) = self.infos.get_mut(&key) {
            info.ended = Some(reason.clone());
            self.children.remove(&(info.parent, key));
            self.ended.push_back(key);
        }
        while self.ended.len() > MAX_ENDED {
            if let Some(oldest) = self.ended.pop_front() {
                self.forget(oldest);
            }
        }
    }

    fn forget(&mut self, key: SessionKey) {
        if key == SessionKey::ROOT {
            return;
        }
        let Some(info) = self.infos.remove(&key) else {
            return;
        };
        let (Some(id), kind) = (info.id, info.kind) else {
            return;
        };
        let scope = match kind {
            SessionKind::Worker => info.parent,
            SessionKind::Flat | SessionKind::Root => info.transport,
        };
        let Some(names) = self.names.get_mut(&(scope, kind)) else {
            return;
        };
        if names.get(&id) == Some(&key) {
            names.remove(&id);
        }
        if names.is_empty() {
            self.names.remove(&(scope, kind));
        }
    }
}
