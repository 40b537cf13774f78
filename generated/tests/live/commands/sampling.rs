//! Sampling profiles of allocations.

use super::garbage::collect;
use super::profile::{assert_consistent, bytes, bytes_in, ordinals};
use super::subject::{assert_refused, Subject};
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    GetSamplingProfile, HeapProfilerCommands, SamplingHeapProfile, StartSampling, StopSampling,
};

const NOT_STARTED: &str = "V8 sampling heap profiler was not started.";

/// How many bytes one array of `allocate` takes: 64 elements of 4 or 8 bytes, and
/// what comes with them. An estimate from samples is not exact.
const ARRAY: std::ops::Range<f64> = 200.0..800.0;

/// Without a start there is neither a profile nor a stop.
pub(super) fn not_started_is_refused(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    let get = || session.get_sampling_profile(GetSamplingProfile::new());
    let stop = || session.stop_sampling(StopSampling::new());
    assert_refused(get(), NOT_STARTED);
    assert_refused(stop(), NOT_STARTED);
    session.start_sampling(StartSampling::new())?;
    stop()?;
    assert_refused(get(), NOT_STARTED);
    assert_refused(stop(), NOT_STARTED);
    Ok(())
}

/// A profile grows with what is allocated, and tells by whom.
pub(super) fn grows_with_allocation(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    session.start_sampling(StartSampling::new().sampling_interval(1024.0))?;
    subject.value("allocate(4000)")?;
    let first = session.get_sampling_profile(GetSamplingProfile::new())?;
    let first = first.profile;
    subject.value("allocate(8000)")?;
    let second = session.get_sampling_profile(GetSamplingProfile::new())?;
    let second = second.profile;
    let last = session.stop_sampling(StopSampling::new())?.profile;
    for (profile, count) in [(&first, 4000.0), (&second, 12000.0), (&last, 12000.0)] {
        assert_consistent(profile);
        let (own, all) = (bytes_in(profile, "allocate"), bytes(profile));
        let each = own / count;
        assert!(ARRAY.contains(&each), "{each} bytes for each of {count}");
        assert!(own / all > 0.6, "{own} of {all} bytes are of `allocate`");
    }
    assert_later(&first, &second);
    Ok(())
}

/// What was sampled later has higher numbers.
fn assert_later(first: &SamplingHeapProfile, second: &SamplingHeapProfile) {
    let (before, after) = (ordinals(first), ordinals(second));
    let last = before[before.len() - 1];
    let new = after.iter().filter(|&&ordinal| ordinal > last).count();
    let old = after.iter().filter(|ordinal| before.contains(ordinal));
    assert_eq!(old.count() + new, after.len(), "a sample out of order");
    assert!(new > before.len(), "{new} new, {} before", before.len());
}

/// What was collected is in the profile if it was asked for, by the kind of collection.
pub(super) fn collected_is_kept_on_demand(subject: &Subject) -> Outcome<()> {
    for (major, minor) in [(false, false), (true, false), (false, true), (true, true)] {
        let profile = sample_collected(subject, major, minor)?;
        let flags = format!("major {major}, minor {minor}");
        // Kept objects are old when they die.
        let old = bytes_in(&profile, "allocate") / 4000.0;
        assert_eq!(old > ARRAY.start / 2.0, major, "{old} old, {flags}");
        // The last of the young ones are left to the full collection.
        let young = bytes_in(&profile, "churn") / 100_000.0;
        assert_eq!(young > ARRAY.start / 2.0, minor, "{young} young, {flags}");
        if !major && !minor {
            assert!(young < 1.0 && old < 10.0, "{young} and {old} are left");
        }
    }
    Ok(())
}

fn sample_collected(subject: &Subject, major: bool, minor: bool) -> Outcome<SamplingHeapProfile> {
    let session = &subject.session;
    let mut start = StartSampling::new().sampling_interval(4096.0);
    // Without a flag it is left out, and false by default.
    if major {
        start = start.include_objects_collected_by_major_gc(true);
    }
    if minor {
        start = start.include_objects_collected_by_minor_gc(true);
    }
    session.start_sampling(start)?;
    subject.value("allocate(4000)")?;
    collect(subject)?;
    subject.value("forget()")?;
    subject.value("churn(100000)")?;
    collect(subject)?;
    Ok(session.stop_sampling(StopSampling::new())?.profile)
}
