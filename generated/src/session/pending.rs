//! The commands under way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Instant;

use super::deadline::Due;
use super::{Deadline, SessionKey};

/// The id of a command: from 1 to 2147483647, unique among those under way on its
/// connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(i32);

impl CommandId {
    /// The first id of a connection.
    pub const FIRST: Self = Self(1);
    /// The last id before they start anew: some targets answer higher ids wrongly.
    pub const LAST: Self = Self(i32::MAX);

    /// The id as it is on the wire.
    pub const fn get(self) -> i32 {
        self.0
    }

    fn next(self) -> Self {
        match self {
            Self::LAST => Self::FIRST,
            Self(id) => Self(id + 1),
        }
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is kept of a command until it ends.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) method: &'static str,
    pub(super) session: SessionKey,
    /// The session whose frames bring the reply: a flat session shares those of its
    /// connection, a worker has its own.
    pub(super) transport: SessionKey,
    pub(super) sent: Instant,
    pub(super) deadline: Deadline,
    /// The command to a worker that this one carries; its own reply is a receipt.
    pub(super) carries: Option<CommandId>,
    /// The command that carries this one, while that is under way.
    pub(super) carrier: Option<CommandId>,
}

/// The commands under way, by id.
#[derive(Debug)]
pub(super) struct Pending {
    entries: BTreeMap<CommandId, Entry>,
    by_session: BTreeSet<(SessionKey, CommandId)>,
    next: CommandId,
}

impl Pending {
    pub(super) fn starting_at(first: CommandId) -> Self {
        Self {
            entries: BTreeMap::new(),
            by_session: BTreeSet::new(),
            next: first,
        }
    }

    /// Takes the next free id. There is one as long as fewer than 2147483647
    /// commands are under way, more than memory holds.
    pub(super) fn insert(&mut self, entry: Entry) -> CommandId {
        let mut id = self.next;
        while self.entries.contains_key(&id) {
            id = id.next();
        }
        self.next = id.next();
        if let Some(carried) = self.carried(&entry) {
            carried.carrier = Some(id);
        }
        self.by_session.insert((entry.session, id));
        self.entries.insert(id, entry);
        id
    }

    /// The command that an id on the wire stands for, in frames of `transport`.
    pub(super) fn take(&mut self, id: i64, transport: SessionKey) -> Option<(CommandId, Entry)> {
        let id = CommandId(i32::try_from(id).ok()?);
        if self.entries.get(&id)?.transport != transport {
            return None;
        }
        self.remove(id).map(|entry| (id, entry))
    }

    /// Takes a command out, and what carries it.
    pub(super) fn remove(&mut self, id: CommandId) -> Option<Entry> {
        let entry = self.remove_one(id)?;
        if let Some(carried) = self.carried(&entry) {
            carried.carrier = None;
        }
        let mut carrier = entry.carrier;
        while let Some(id) = carrier {
            carrier = self.remove_one(id).and_then(|entry| entry.carrier);
        }
        Some(entry)
    }

    fn remove_one(&mut self, id: CommandId) -> Option<Entry> {
        let entry = self.entries.remove(&id)?;
        self.by_session.remove(&(entry.session, id));
        Some(entry)
    }

    fn carried(&mut self, carrier: &Entry) -> Option<&mut Entry> {
        self.entries.get_mut(&carrier.carries?)
    }

    pub(super) fn get(&self, id: CommandId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: CommandId) -> Option<&mut Entry> {
        self.entries.get_mut(&id)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The commands of a session, in the order of their ids.
    pub(super) fn of_session(&self, session: SessionKey) -> Vec<CommandId> {
        let of_session = (session, CommandId::FIRST)..=(session, CommandId::LAST);
        let ids = self.by_session.range(of_session);
        ids.map(|&(_, id)| id).collect()
    }

    /// The commands for which `due` says that they are late.
    pub(super) fn late(&self, due: impl Fn(&Entry) -> Option<Due>, now: Instant) -> Vec<CommandId> {
        let late = |entry: &Entry| due(entry).is_some_and(|due| due.at <= now);
        let entries = self.entries.iter().filter(|(_, entry)| late(entry));
        entries.map(|(&id, _)| id).collect()
    }

    /// The earliest of the times that `due` gives.
    pub(super) fn first_due(&self, due: impl Fn(&Entry) -> Option<Due>) -> Option<Instant> {
        self.entries
            .values()
            .filter_map(|entry| due(entry).map(|due| due.at))
            .min()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds a command; one that carries another if that is given.
    fn insert(pending: &mut Pending, carries: Option<CommandId>) -> CommandId {
        pending.insert(Entry {
            method: "A.go",
            session: SessionKey::ROOT,
            transport: SessionKey::ROOT,
            sent: Instant::now(),
            deadline: Deadline::default(),
            carries,
            carrier: None,
        })
    }

    #[test]
    fn ids_pass_those_in_flight() {
        let mut pending = Pending::starting_at(CommandId::LAST);
        let ids = [(); 3].map(|()| insert(&mut pending, None).get());
        assert_eq!(ids, [i32::MAX, 1, 2]);
        pending.next = CommandId::LAST;
        assert_eq!(insert(&mut pending, None).get(), 3);
        assert_eq!(insert(&mut pending, None).get(), 4);
    }

    #[test]
    fn an_id_that_is_used_again_is_not_taken_for_the_carrier_that_had_it() {
        let mut pending = Pending::starting_at(CommandId::FIRST);
        let carried = insert(&mut pending, None);
        let carrier = insert(&mut pending, Some(carried));
        assert!(pending.remove(carrier).is_some());
        pending.next = carrier;
        let other = insert(&mut pending, None);
        assert_eq!(other, carrier);
        assert!(pending.remove(carried).is_some());
        assert!(pending.get(other).is_some());
    }

    #[test]
    fn nothing_is_left_of_what_was_removed() {
        let mut pending = Pending::starting_at(CommandId::FIRST);
        let carried = insert(&mut pending, None);
        let carrier = insert(&mut pending, Some(carried));
        insert(&mut pending, Some(carrier));
        assert_eq!(pending.of_session(SessionKey::ROOT).len(), 3);
        assert!(pending.remove(carried).is_some());
        assert_eq!(pending.len(), 0);
        assert_eq!(pending.of_session(SessionKey::ROOT), []);
    }
}
