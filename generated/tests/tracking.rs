//! Allocation timelines: of a real Node, of targets with other habits, and of nonsense.

use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerEvent, HeapStatsUpdateEvent, LastSeenObjectIdEvent,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::tracking::{FragmentUpdate, StatsError, Timeline};
use cdp_heapprofiler::Envelope;

fn stats(numbers: &[i64]) -> HeapStatsUpdateEvent {
    let mut event = HeapStatsUpdateEvent::default();
    event.stats_update = numbers.to_vec();
    event
}

fn seen(id: i64, timestamp: f64) -> LastSeenObjectIdEvent {
    let mut event = LastSeenObjectIdEvent::default();
    event.last_seen_object_id = id;
    event.timestamp = timestamp;
    event
}

/// By index: size, begin, end, changed.
type Summary = (u32, u64, Option<f64>, Option<f64>, Option<f64>);

fn summary(timeline: &Timeline) -> Vec<Summary> {
    let fragments = timeline.fragments();
    fragments
        .map(|it| (it.index, it.size, it.begin, it.end, it.changed))
        .collect()
}

/// What this says: index 0 is there at first, 1 comes and goes, 2 brings nothing, 3
/// comes.
const LOOKS: [(&[i64], i64); 4] = [
    (&[0, 10, 1000], 21),
    (&[1, 4, 400], 29),
    (&[1, 1, 100], 29),
    (&[0, 9, 900, 3, 2, 200], 33),
];

#[test]
fn either_of_the_two_events_may_come_first() {
    let mut stats_first = Timeline::new();
    let mut id_first = Timeline::new();
    for (look, (numbers, id)) in LOOKS.into_iter().enumerate() {
        let time = 1000.0 + 50.0 * look as f64;
        stats_first.stats(&stats(numbers)).unwrap();
        stats_first.last_seen(&seen(id, time));
        id_first.last_seen(&seen(id, time));
        id_first.stats(&stats(numbers)).unwrap();
    }
    let expected = [
        (0, 900, None, Some(1000.0), Some(1150.0)),
        (1, 100, Some(1000.0), Some(1050.0), Some(1100.0)),
        (2, 0, Some(1050.0), Some(1100.0), None),
        (3, 200, Some(1100.0), Some(1150.0), Some(1150.0)),
    ];
    assert_eq!(summary(&stats_first), expected);
    assert_eq!(summary(&id_first), expected);
    let fragments: Vec<_> = stats_first.fragments().collect();
    assert!(fragments.iter().copied().eq(id_first.fragments()));

    let shrunk = stats_first.fragment(1).unwrap();
    assert_eq!(
        (shrunk.count, shrunk.peak_count, shrunk.peak_size),
        (1, 4, 400)
    );
    assert_eq!(
        (shrunk.updates, shrunk.id_before, shrunk.last_id),
        (2, Some(21), Some(29))
    );
    let alive = stats_first.alive();
    assert_eq!((alive.count, alive.size), (12, 1200));
    for (since, size) in [(0.0, 300), (1000.0, 300), (1000.1, 200), (1100.1, 0)] {
        assert_eq!(stats_first.alive_since(since).size, size, "{since}");
    }
}

#[test]
fn the_timeline_of_a_real_node() {
    let mut timeline = Timeline::new();
    let mut of_the_first = None;
    for line in include_str!("frames/tracking.jsonl").lines() {
        let envelope = Envelope::decode(line).unwrap();
        // The end of the first tracking.
        if envelope.id == Some(4) {
            of_the_first.get_or_insert_with(|| timeline.clone());
        }
        if envelope.id.is_some() {
            continue;
        }
        let method = envelope.method.unwrap();
        match AnyEvent::decode(&method, envelope.params).unwrap() {
            AnyEvent::HeapProfiler(event) => timeline.event(&event).unwrap(),
            other => panic!("{other:?}"),
        }
    }
    let timeline = of_the_first.unwrap();
    let fragments: Vec<_> = timeline.fragments().collect();
    assert!(fragments.len() >= 4, "a look every 50 ms: {fragments:?}");
    assert!(fragments[0].size > 3_000_000 && fragments[0].count > 30_000);
    for pair in fragments.windows(2) {
        assert_eq!(pair[1].index, pair[0].index + 1);
        assert_eq!(pair[1].begin, pair[0].end);
        assert_eq!(pair[1].id_before, pair[0].last_id);
        assert!(pair[1].end > pair[1].begin);
    }
    let last = fragments[fragments.len() - 1];
    assert!(last.size > 0 && last.changed == last.end, "{last:?}");
    let since = timeline.alive_since(fragments[0].end.unwrap());
    assert_eq!(
        since.size,
        fragments[1..].iter().map(|it| it.size).sum::<u64>()
    );
}

#[test]
fn counts_beyond_2_to_the_31_arrive_negative() {
    let event = stats(&[
        6,
        1677,
        -1_610_548_816,
        7,
        -1,
        i64::from(i32::MIN),
        8,
        1 << 40,
        0,
    ]);
    let updates = FragmentUpdate::read_all(&event).unwrap();
    let numbers: Vec<_> = updates
        .iter()
        .map(|update| (update.index, update.count, update.size))
        .collect();
    let expected = [
        (6, 1677, 2_684_418_480),
        (7, 4_294_967_295, 2_147_483_648),
        (8, 1 << 40, 0),
    ];
    assert_eq!(numbers, expected);
}

#[test]
fn numbers_that_mean_nothing_change_nothing() {
    let mut timeline = Timeline::new();
    timeline.stats(&stats(&[0, 1, 8])).unwrap();
    let before = timeline.clone();
    for (numbers, expected) in [
        (&[0, 2][..], "2 numbers"),
        (&[0, 2, 16, 1], "4 numbers"),
        (&[0, 2, 16, 1, 1, i64::MIN], "triple 1"),
        (&[0, 2, 16, 1 << 32, 1, 8], "triple 1"),
        (&[0, -2_147_483_649, 16], "triple 0"),
    ] {
        let error = timeline.stats(&stats(numbers)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(timeline, before);
    }
    let error = timeline.stats(&stats(&[1])).unwrap_err();
    assert_eq!(error, StatsError::Length(1));
    timeline.stats(&stats(&[])).unwrap();
    assert_eq!(timeline, before);
}

#[test]
fn a_table_is_as_large_as_what_was_told() {
    let mut timeline = Timeline::new();
    // Out of order, far apart, and at the very end, where the next look has no index.
    let numbers = [2_147_483_647, 1, 8, 5, 1, 8, -1, 1, 8, 0, 1, 8];
    timeline.stats(&stats(&numbers)).unwrap();
    timeline.last_seen(&seen(7, 1.0));
    timeline.last_seen(&seen(9, 2.0));
    let indexes: Vec<_> = timeline.fragments().map(|it| it.index).collect();
    assert_eq!(indexes, [0, 5, 2_147_483_647, u32::MAX]);
    assert_eq!(timeline.fragment(u32::MAX).unwrap().end, Some(2.0));
    assert_eq!(timeline.fragment(5).unwrap().changed, Some(1.0));
    assert_eq!(timeline.fragment(1), None);
    // Sums stay in range.
    let numbers = [
        0,
        i64::MAX,
        i64::MAX,
        1,
        i64::MAX,
        i64::MAX,
        2,
        i64::MAX,
        i64::MAX,
    ];
    timeline.stats(&stats(&numbers)).unwrap();
    assert_eq!(timeline.alive().size, u64::MAX);
}

#[test]
fn looks_that_were_missed_leave_a_gap() {
    let mut timeline = Timeline::new();
    timeline.stats(&stats(&[0, 1, 8])).unwrap();
    timeline.last_seen(&seen(10, 100.0));
    // 1 to 3 were lost, on a connection that dropped events.
    timeline.stats(&stats(&[4, 1, 16])).unwrap();
    timeline.last_seen(&seen(20, 300.0));
    timeline.last_seen(&seen(20, 350.0));
    let expected = [
        (0, 8, None, Some(100.0), Some(100.0)),
        (4, 16, Some(100.0), Some(300.0), Some(300.0)),
        (5, 0, Some(300.0), Some(350.0), None),
    ];
    assert_eq!(summary(&timeline), expected);
}

#[test]
fn targets_that_tell_all_at_the_end_or_nothing() {
    let timeline = Timeline::new();
    assert_eq!(timeline.fragments().count(), 0);
    assert_eq!(timeline.alive().size, 0);

    // As Deno and workerd do.
    let mut timeline = Timeline::new();
    timeline.stats(&stats(&[0, 90_000, 8_000_000])).unwrap();
    timeline.last_seen(&seen(180_003, 0.0));
    assert_eq!(
        summary(&timeline),
        [(0, 8_000_000, None, Some(0.0), Some(0.0))]
    );

    // Numbers without any time.
    let mut timeline = Timeline::new();
    timeline.stats(&stats(&[0, 1, 8])).unwrap();
    timeline.stats(&stats(&[0, 2, 16])).unwrap();
    assert_eq!(summary(&timeline), [(0, 16, None, None, None)]);
    assert_eq!(timeline.fragment(0).unwrap().updates, 2);
    assert_eq!(timeline.alive_since(0.0).size, 0);
}

#[test]
fn another_process_begins_anew() {
    let mut timeline = Timeline::new();
    timeline.stats(&stats(&[0, 1, 8])).unwrap();
    timeline.last_seen(&seen(10, 100.0));
    let reset = HeapProfilerEvent::decode("HeapProfiler.resetProfiles", None);
    timeline.event(&reset.unwrap().unwrap()).unwrap();
    assert_eq!((timeline.fragments().count(), timeline.resets()), (0, 1));
    timeline.last_seen(&seen(4, 200.0));
    timeline.stats(&stats(&[0, 2, 24])).unwrap();
    assert_eq!(
        summary(&timeline),
        [(0, 24, None, Some(200.0), Some(200.0))]
    );
}
