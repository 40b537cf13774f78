//! Enabling and disabling the domain, and the end of what it knew.

use super::subject::{assert_refused, Subject, SILENCE};
use super::Outcome;
use cdp_heapprofiler::blocking::Events;
use cdp_heapprofiler::protocol::heap_profiler::{
    self, GetHeapObjectId, GetObjectByHeapObjectId, GetSamplingProfile, HeapProfilerCommands,
    ResetProfilesEvent, StartSampling, StartTrackingHeapObjects,
};
use cdp_heapprofiler::{Client, Incoming};

/// Disabling ends sampling, and forgets ids; nothing needs enabling again.
pub(super) fn disabling_forgets(subject: &Subject) -> Outcome<()> {
    let session = &subject.session;
    session.call(heap_profiler::Enable::new())?;
    session.call(heap_profiler::Enable::new())?;
    session.start_sampling(StartSampling::new())?;
    session.start_tracking_heap_objects(StartTrackingHeapObjects::new())?;
    let remote = subject.object("orders[7]")?;
    let id_of = || session.get_heap_object_id(GetHeapObjectId::new(remote.clone()));
    let id = id_of()?.heap_snapshot_object_id;
    assert_ne!(id.as_ref(), "0");

    session.call(heap_profiler::Disable::new())?;
    assert_eq!(id_of()?.heap_snapshot_object_id.as_ref(), "0");
    let found = session.get_object_by_heap_object_id(GetObjectByHeapObjectId::new(id));
    assert_refused(found, "Object is not available");
    let profile = session.get_sampling_profile(GetSamplingProfile::new());
    assert_refused(profile, "V8 sampling heap profiler was not started.");

    session.start_tracking_heap_objects(StartTrackingHeapObjects::new())?;
    assert_ne!(id_of()?.heap_snapshot_object_id.as_ref(), "0");
    Ok(())
}

/// When a page gets another process, it says so if the domain is enabled.
pub(super) fn navigation_resets(subject: &Subject) -> Outcome<()> {
    let Some(site) = &subject.site else {
        return nothing_resets(subject);
    };
    let mut events = subject.session.events();
    go(subject, &site.other_url("page.html"))?;
    assert_eq!(resets(&mut events), 0, "it is not enabled");

    subject.session.call(heap_profiler::Enable::new())?;
    go(subject, &site.url("page.html"))?;
    loop {
        match events.next_within(SILENCE) {
            Some(Incoming::Event(event)) => {
                if let Some(event) = event.decode_as::<ResetProfilesEvent>() {
                    event?;
                    break;
                }
            }
            Some(Incoming::Reply(_) | Incoming::Ended(_)) => {}
            other => return Err(format!("{other:?} instead of a reset").into()),
        }
    }
    assert_eq!(resets(&mut events), 0, "once for each navigation");
    Ok(())
}

/// Where there are no pages, enabling and disabling reset nothing.
fn nothing_resets(subject: &Subject) -> Outcome<()> {
    let mut events = subject.session.events();
    subject.session.call(heap_profiler::Enable::new())?;
    subject.session.call(heap_profiler::Disable::new())?;
    assert_eq!(resets(&mut events), 0);
    Ok(())
}

/// Has the page go to an address, and waits until it is there.
fn go(subject: &Subject, url: &str) -> Outcome<()> {
    subject.value(&format!("void (location.href = '{url}')"))?;
    let is_there = format!("location.href === '{url}' && globalThis.orders?.length === 300");
    subject.wait_for(&is_there)
}

/// How often a reset is among what has come in.
fn resets(events: &mut Events) -> usize {
    let mut count = 0;
    while let Some(item) = events.try_next() {
        if let Incoming::Event(event) = item {
            count += usize::from(event.decode_as::<ResetProfilesEvent>().is_some());
        }
    }
    count
}
