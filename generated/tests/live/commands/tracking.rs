//! Tracking allocations over time.

use super::deviation::Deviation;
use super::garbage::collect;
use super::snapshot::{take, Taken};
use super::subject::{Subject, SILENCE};
use super::Outcome;
use cdp_heapprofiler::blocking::Events;
use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerCommands, HeapStatsUpdateEvent, LastSeenObjectIdEvent, StartTrackingHeapObjects,
    StopTrackingHeapObjects,
};
use cdp_heapprofiler::{Event, Incoming};
use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

/// How many objects a trial allocates at once: far more than a target does by itself.
const MANY: i64 = 5_000;

/// How often a target tells, by V8, and then some.
const SOON: Duration = Duration::from_millis(300);

/// While allocations are tracked, a target tells how the heap grows and shrinks.
pub(super) fn heap_is_followed(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    let mut events = session.events();
    let mut heap = Heap::default();
    session.start_tracking_heap_objects(StartTrackingHeapObjects::new())?;
    if subject.differs(Deviation::StatsAtStopOnly) {
        return is_followed_at_the_end(subject, &mut events);
    }
    heap.follow(&mut events, |heap| {
        heap.last_id > 0 && !heap.fragments.is_empty()
    })?;
    let (id, fragment) = (heap.last_id, heap.last_fragment());

    subject.value(&format!("allocate({MANY})"))?;
    // Ids are odd numbers, or each second one anyhow.
    heap.follow(&mut events, |heap| {
        heap.last_id >= id + 2 * MANY && heap.count_after(fragment) >= MANY
    })?;
    let fragment_of_many = heap.last_fragment();
    assert!(fragment_of_many > fragment, "a new fragment");

    subject.value(&format!("allocate({MANY})"))?;
    heap.follow(&mut events, |heap| {
        heap.count_after(fragment_of_many) >= MANY
    })?;

    subject.value("forget()")?;
    collect(subject)?;
    heap.follow(&mut events, |heap| heap.count_after(fragment) < MANY)?;
    heap.assert_timestamps();
    take(subject, StopTrackingHeapObjects::new())?;
    Ok(())
}

/// Some tell only when it is over.
fn is_followed_at_the_end(subject: &Subject, events: &mut Events) -> Outcome<()> {
    let start = Instant::now();
    while start.elapsed() < SOON {
        subject.value("allocate(1000)")?;
    }
    while let Some(item) = events.try_next() {
        if let Incoming::Event(event) = item {
            assert!(!event.method.starts_with("HeapProfiler."), "{event:?}");
        }
    }
    let taken = take(subject, StopTrackingHeapObjects::new())?;
    let mut heap = Heap::default();
    heap.add_taken(taken)?;
    assert!(heap.count_after(-1) >= 1000, "{heap:?}");
    assert!(heap.last_id >= 2000, "{heap:?}");
    assert_eq!(heap.timestamps, [0.0], "once, and without a timestamp");
    Ok(())
}

/// With allocations tracked, the snapshot tells which function has allocated.
pub(super) fn allocations_are_traced(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    let start = StartTrackingHeapObjects::new().track_allocations(true);
    session.start_tracking_heap_objects(start)?;
    subject.value(&format!("allocate({MANY})"))?;
    let taken = take(
        subject,
        StopTrackingHeapObjects::new().report_progress(true),
    )?;
    super::snapshots::assert_progress(&taken.progress, None);
    let snapshot = taken.read()?;
    let count = snapshot.allocated_by("allocate");
    assert!(count >= MANY as u64, "{count} objects are of `allocate`");
    Ok(())
}

/// A stop without a start gives a snapshot, without functions, and tells of the heap.
pub(super) fn stop_needs_no_start(subject: &Subject) -> Outcome<()> {
    let taken = take(subject, StopTrackingHeapObjects::new())?;
    assert!(!taken.is_echoed, "an echo");
    let snapshot = taken.read()?;
    assert!(snapshot.is_untraced(), "functions without tracking");
    assert_eq!(snapshot.count("object", "LeakedOrder"), super::LEAKED);
    assert_eq!(taken.progress, [], "progress that was not asked for");
    let mut heap = Heap::default();
    heap.add_taken(taken)?;
    assert!(heap.last_id > 0, "{heap:?}");
    Ok(())
}

/// What a target has told of its heap.
#[derive(Debug, Default)]
struct Heap {
    /// Objects and bytes by fragment.
    fragments: BTreeMap<i64, (i64, i64)>,
    last_id: i64,
    timestamps: Vec<f64>,
}

impl Heap {
    /// Listens until it is as `told`.
    fn follow(&mut self, events: &mut Events, told: impl Fn(&Self) -> bool) -> Outcome<()> {
        let start = Instant::now();
        while !told(self) {
            match events.next_within(SILENCE) {
                Some(Incoming::Event(event)) => self.add(&event)?,
                Some(Incoming::Reply(_) | Incoming::Ended(_)) => {}
                other => return Err(format!("{other:?} after {self:?}").into()),
            }
            if start.elapsed() > SILENCE {
                return Err(format!("it stays at {self:?}").into());
            }
        }
        Ok(())
    }

    fn add(&mut self, event: &cdp_heapprofiler::RawEvent) -> Outcome<()> {
        if let Some(update) = event.decode_as::<HeapStatsUpdateEvent>() {
            self.add_stats(&update?);
        } else if let Some(last) = event.decode_as::<LastSeenObjectIdEvent>() {
            self.add_last_seen(&last?);
        }
        Ok(())
    }

    fn add_taken(&mut self, taken: Taken) -> Outcome<()> {
        taken.stats.iter().for_each(|stats| self.add_stats(stats));
        taken
            .last_seen
            .iter()
            .for_each(|last| self.add_last_seen(last));
        match (taken.stats.len(), taken.last_seen.len()) {
            (0, _) | (_, 0) => Err(format!("{self:?} from {:?}", taken.stats).into()),
            _ => Ok(()),
        }
    }

    fn add_stats(&mut self, event: &HeapStatsUpdateEvent) {
        let method = HeapStatsUpdateEvent::METHOD;
        let numbers = &event.stats_update;
        assert_eq!(numbers.len() % 3, 0, "{method}: {numbers:?}");
        for triplet in numbers.chunks_exact(3) {
            let (index, count, size) = (triplet[0], triplet[1], triplet[2]);
            assert!(index >= 0 && count >= 0, "{triplet:?}");
            // An object takes two words at the least, of 4 bytes.
            assert!(size >= 8 * count, "{triplet:?}");
            self.fragments.insert(index, (count, size));
        }
    }

    fn add_last_seen(&mut self, event: &LastSeenObjectIdEvent) {
        let last = event.last_seen_object_id;
        assert!(last >= self.last_id, "{last} after {}", self.last_id);
        self.last_id = last;
        self.timestamps.push(event.timestamp);
    }

    fn last_fragment(&self) -> i64 {
        self.fragments.keys().next_back().copied().unwrap_or(-1)
    }

    /// How many objects are alive of those allocated after a fragment.
    fn count_after(&self, fragment: i64) -> i64 {
        let after = self.fragments.range(fragment + 1..);
        after.map(|(_, &(count, _))| count).sum()
    }

    /// They are milliseconds of now, one after the other.
    fn assert_timestamps(&self) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs_f64() * 1000.0;
        let hour = 60.0 * 60.0 * 1000.0;
        for pair in self.timestamps.windows(2) {
            assert!(pair[0] <= pair[1], "{pair:?}");
            assert!((pair[1] - now).abs() < hour, "{pair:?} is not about {now}");
        }
    }
}
