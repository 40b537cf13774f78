//! The table of fragments that the events add up to.

use std::collections::{BTreeMap, BTreeSet};

use super::{FragmentUpdate, StatsError};
use crate::protocol::heap_profiler::{
    HeapProfilerEvent, HeapStatsUpdateEvent, LastSeenObjectIdEvent,
};

/// What a target has told of its allocations since it began to track them.
///
/// Its memory grows with the number of fragments, 20 a second at the most, whatever
/// their indexes are. Make a new one for every start of tracking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    fragments: BTreeMap<u32, Fragment>,
    /// The index that the next look has, if no numbers run ahead of it.
    next: u32,
    last: Option<Look>,
    order: Option<Order>,
    /// What has changed since the last look, if its time is still to come.
    waiting: BTreeSet<u32>,
    resets: u64,
}

/// A fragment: the objects that were allocated between two looks at the heap.
///
/// The first, of the index 0, is what was there when tracking began.
///
/// Times are in milliseconds since the Unix epoch, with a fraction, by the clock of the
/// target; Deno and workerd tell the time 0.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Fragment {
    /// Its number, from 0 in the order of time.
    pub index: u32,
    /// How many of its objects are alive.
    pub count: u64,
    /// The size of those that are alive, in bytes.
    pub size: u64,
    /// The highest count that was told.
    pub peak_count: u64,
    /// The highest size that was told, in bytes.
    pub peak_size: u64,
    /// When the look before it was; `None` for the first, or if it was not told.
    pub begin: Option<f64>,
    /// When the look was that ended it; `None` until it is told.
    pub end: Option<f64>,
    /// When the numbers were last told; `None` until its time is told.
    pub changed: Option<f64>,
    /// How often the numbers were told.
    pub updates: u64,
    /// The highest object id given out before it; `None` for the first, or if it was not
    /// told. Its objects have higher ones.
    pub id_before: Option<i64>,
    /// The highest object id given out at its end; `None` until it is told.
    pub last_id: Option<i64>,
}

/// How much is alive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// How many objects.
    pub count: u64,
    /// Their size in bytes.
    pub size: u64,
}

/// The end of a fragment.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    id: i64,
    time: f64,
}

/// Which of the two events of a look comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    StatsFirst,
    IdFirst,
}

impl Timeline {
    /// A timeline of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in an event. Those that say nothing of allocations over time are passed
    /// over. `resetProfiles` begins anew: a page has gone to another process, where
    /// tracking goes on by itself.
    ///
    /// # Errors
    /// That of [`stats`](Self::stats).
    pub fn event(&mut self, event: &HeapProfilerEvent) -> Result<(), StatsError> {
        match event {
            HeapProfilerEvent::HeapStatsUpdate(event) => self.stats(event)?,
            HeapProfilerEvent::LastSeenObjectId(event) => self.last_seen(event),
            HeapProfilerEvent::ResetProfiles(_) => self.reset(),
            _ => {}
        }
        Ok(())
    }

    /// Takes in the numbers of the fragments that have changed.
    ///
    /// # Errors
    /// If the numbers cannot be understood. None of them is taken in then.
    pub fn stats(&mut self, event: &HeapStatsUpdateEvent) -> Result<(), StatsError> {
        let updates = FragmentUpdate::read_all(event)?;
        let order = *self.order.get_or_insert(Order::StatsFirst);
        let time = self.last.map(|look| look.time);
        for update in updates {
            let fragment = self.at(update.index);
            fragment.count = update.count;
            fragment.size = update.size;
            fragment.peak_count = fragment.peak_count.max(update.count);
            fragment.peak_size = fragment.peak_size.max(update.size);
            fragment.updates += 1;
            match order {
                Order::IdFirst => fragment.changed = time,
                Order::StatsFirst => {
                    self.waiting.insert(update.index);
                }
            }
        }
        Ok(())
    }

    /// Takes in the end of a fragment.
    pub fn last_seen(&mut self, event: &LastSeenObjectIdEvent) {
        self.order.get_or_insert(Order::IdFirst);
        let look = Look {
            id: event.last_seen_object_id,
            time: event.timestamp,
        };
        // Each look adds a fragment, so that it need not say which. Numbers that are
        // ahead of the looks show that some looks were missed.
        let ahead = self.fragments.keys().next_back().copied();
        let index = self.next.max(ahead.unwrap_or(0));
        let before = self.last.replace(look);
        self.next = index.saturating_add(1);
        let fragment = self.at(index);
        fragment.begin = before.map(|look| look.time);
        fragment.end = Some(look.time);
        fragment.id_before = before.map(|look| look.id);
        fragment.last_id = Some(look.id);
        for changed in std::mem::take(&mut self.waiting) {
            self.at(changed).changed = Some(look.time);
        }
    }

    /// Forgets all fragments: what they tell of is gone.
    pub fn reset(&mut self) {
        *self = Self {
            resets: self.resets.saturating_add(1),
            ..Self::default()
        };
    }

    /// How often it was begun anew.
    pub fn resets(&self) -> u64 {
        self.resets
    }

    /// The fragments, in the order of time.
    pub fn fragments(&self) -> impl Iterator<Item = &Fragment> {
        self.fragments.values()
    }

    /// A fragment by its index; `None` if nothing was told of it.
    pub fn fragment(&self, index: u32) -> Option<&Fragment> {
        self.fragments.get(&index)
    }

    /// All that is alive.
    pub fn alive(&self) -> Held {
        held(self.fragments())
    }

    /// What is alive of the fragments that began at this time or later, in milliseconds
    /// since the Unix epoch. What was there when tracking began is none of it.
    pub fn alive_since(&self, time: f64) -> Held {
        let since = |fragment: &&Fragment| fragment.begin.is_some_and(|begin| begin >= time);
        held(self.fragments().filter(since))
    }

    fn at(&mut self, index: u32) -> &mut Fragment {
        self.fragments.entry(index).or_insert_with(|| Fragment {
            index,
            ..Fragment::default()
        })
    }
}

fn held<'a>(fragments: impl Iterator<Item = &'a Fragment>) -> Held {
    fragments.fold(Held::default(), |held, fragment| Held {
        count: held.count.saturating_add(fragment.count),
        size: held.size.saturating_add(fragment.size),
    })
}
