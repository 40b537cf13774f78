//! Captures whose target dies.

use super::super::commands::subject::Subject;
use super::super::commands::Outcome;
use super::super::target::Kind;
use super::support::{fill, telling, Moment, Place};
use super::trial;
use cdp_heapprofiler::session::{Closed, Error};
use cdp_heapprofiler::snapshot::CaptureFailure;
use libtest_mimic::Trial;
use std::sync::mpsc::channel;
use std::thread;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [
        Kind::Node,
        Kind::Node26,
        Kind::Deno,
        Kind::Chromium,
        Kind::ChromiumPipe,
    ] {
        trials.push(trial(kind, "capture_killed", |kind| {
            Moment::ALL
                .into_iter()
                .try_for_each(|moment| killed(kind, moment))
        }));
    }
    trials
}

/// The error says how far it got, and the file that was there before is still there.
fn killed(kind: Kind, moment: Moment) -> Outcome<()> {
    let mut subject = Subject::start(kind)?;
    fill(&subject)?;
    let place = Place::new()?;
    place.put_older()?;
    let (tell, has_come) = channel();
    let capture = telling().on_progress(move |progress| {
        if moment.has_come(progress) {
            let _ = tell.send(());
        }
    });
    let session = subject.session.clone();
    let error = thread::scope(|scope| {
        let saving = scope.spawn(|| capture.save(&session, place.path()));
        let has_come = has_come.recv();
        subject.target.kill();
        has_come.map(|()| saving.join().expect("it does not panic"))
    })?;
    let error = error.expect_err("the target was killed");
    let is_closed = matches!(
        error.failure(),
        CaptureFailure::Command(Error::Closed {
            reason: Closed::Connection(_) | Closed::Detached(_),
            ..
        })
    );
    assert!(is_closed, "{error}");
    let progress = error.progress();
    assert!(moment.has_come(&progress), "{progress:?}");
    let far = format!(
        "(after {} chunks, {} bytes)",
        progress.chunks, progress.bytes
    );
    assert!(error.to_string().ends_with(&far), "{error}");
    place.has_older()
}
