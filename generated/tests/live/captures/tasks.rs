//! Captures with the async client.

use super::super::commands::asynchronous::connect;
use super::super::commands::subject::{Subject, SILENCE};
use super::super::commands::Outcome;
use super::super::target::Kind;
use super::support::{fill, telling, Place, Told};
use super::trial;
use cdp_heapprofiler::snapshot::CaptureFailure;
use libtest_mimic::Trial;
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    // There is no async client over a pipe.
    for kind in Kind::ALL {
        if kind != Kind::ChromiumPipe {
            trials.push(trial(kind, "capture_saves_async", |kind| run(saves(kind))));
        }
    }
    for kind in [Kind::Node, Kind::Node26, Kind::Chromium] {
        trials.push(trial(kind, "capture_dropped", |kind| run(dropped(kind))));
    }
    trials
}

fn run(trial: impl Future<Output = Outcome<()>>) -> Outcome<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(trial)
}

async fn saves(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    let session = connect(&subject).await?;
    let (place, told) = (Place::new()?, Told::default());
    let capture = telling().on_progress(told.note());
    let captured = capture.save_async(&session, place.path()).await?;
    told.goes_to_the_end(&captured);
    place.holds(&captured)
}

/// A future that is dropped leaves no file, and the session busy until the target has
/// sent all.
async fn dropped(kind: Kind) -> Outcome<()> {
    let subject = Subject::start(kind)?;
    fill(&subject)?;
    let session = connect(&subject).await?;
    let (place, told) = (Place::new()?, Told::default());
    {
        let capture = telling().on_progress(told.note());
        let mut saving = pin!(capture.save_async(&session, place.path()));
        let begun = poll_fn(|context| match saving.as_mut().poll(context) {
            Poll::Ready(saved) => Poll::Ready(Err(saved)),
            Poll::Pending if told.all().is_empty() => Poll::Pending,
            Poll::Pending => Poll::Ready(Ok(())),
        });
        begun.await.expect("it was dropped before its end");
    }
    place.is_empty()?;
    let error = telling().save_async(&session, place.path()).await;
    let error = error.expect_err("the target is still at it");
    assert!(matches!(error.failure(), CaptureFailure::Busy), "{error}");
    let start = Instant::now();
    loop {
        match telling().save_async(&session, place.path()).await {
            Err(error) if matches!(error.failure(), CaptureFailure::Busy) => {
                assert!(start.elapsed() < SILENCE, "it is busy for ever");
                place.is_empty()?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            saved => return place.holds(&saved?),
        }
    }
}
