//! Pages that go elsewhere in the middle of a capture. Chromium goes on with the
//! snapshot of the new page, and may have sent some of the old one's.

use super::super::commands::subject::Subject;
use super::super::commands::Outcome;
use super::super::target::Kind;
use super::support::{fill, telling, Moment, Place};
use super::trial;
use cdp_heapprofiler::protocol::heap_profiler;
use cdp_heapprofiler::snapshot::CaptureFailure;
use cdp_heapprofiler::wire::{Json, Serialize, Serializer};
use cdp_heapprofiler::{Client, Command};
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::thread;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Chromium, Kind::ChromiumPipe] {
        trials.push(trial(kind, "capture_navigates", |kind| {
            Moment::ALL
                .into_iter()
                .try_for_each(|moment| navigates(kind, moment))
        }));
    }
    trials
}

/// Has a page go to a URL, whatever the page is busy with.
#[derive(Debug)]
struct Navigate(String);

impl Command for Navigate {
    const METHOD: &'static str = "Page.navigate";
    type Returns = Json;
}

impl Serialize for Navigate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BTreeMap::from([("url", &*self.0)]).serialize(serializer)
    }
}

/// The capture is whole, of one of the pages, or fails; a mixture is no file.
fn navigates(kind: Kind, moment: Moment) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    let site = subject.site.as_ref().ok_or("no site")?;
    let session = &subject.session;
    session.call(heap_profiler::Enable::new())?;
    fill(&subject)?;
    let place = Place::new()?;
    let (tell, has_come) = channel();
    let capture = telling().on_progress(move |progress| {
        if moment.has_come(progress) {
            let _ = tell.send(());
        }
    });
    let saved = thread::scope(|scope| {
        let saving = scope.spawn(|| capture.save(session, place.path()));
        let navigated = match has_come.recv() {
            Ok(()) => session
                .call(Navigate(site.other_url("page.html")))
                .map(drop),
            // The capture has ended, and says why.
            Err(_) => Ok(()),
        };
        let saved = saving.join().expect("it does not panic");
        navigated.map(|()| saved)
    })?;
    match saved {
        Ok(captured) => {
            let summary = place.whole(&captured)?;
            // Of the new page, it may be from before its program has run.
            let leaked = summary.constructor("LeakedOrder").count;
            assert!([0, 300].contains(&leaked), "{leaked} leaked objects");
            Ok(())
        }
        Err(error) => {
            let is_told = matches!(
                error.failure(),
                CaptureFailure::Snapshot(_) | CaptureFailure::Command(_)
            );
            assert!(is_told, "{error}");
            place.is_empty()
        }
    }
}
