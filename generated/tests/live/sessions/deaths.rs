//! A target that dies, or a page that is closed, in mid-snapshot: everything that
//! waits for it ends at once, with no deadline to help.

use super::super::target::Kind;
use super::support::{
    browser, closed, closed_by, connect, end_of, ensure, failed, fill, trial, Browser, Moment,
    Outcome,
};
use super::tasks;
use cdp_heapprofiler::protocol::heap_profiler::CollectGarbage;
use cdp_heapprofiler::protocol::target::CloseTarget;
use cdp_heapprofiler::session::Closed;
use cdp_heapprofiler::Client;
use libtest_mimic::Trial;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Node, Kind::Deno, Kind::Chromium] {
        trials.push(trial(kind, "killed_before_first_chunk", |kind| {
            killed(kind, Moment::BeforeFirstChunk)
        }));
        trials.push(trial(kind, "killed_after_first_chunk", |kind| {
            killed(kind, Moment::AfterFirstChunk)
        }));
    }
    trials.push(trial(
        Kind::Node26,
        "killed_before_first_chunk_async",
        |kind| tasks::run(killed_async(kind, Moment::BeforeFirstChunk)),
    ));
    for kind in [Kind::Node26, Kind::Chromium] {
        trials.push(trial(kind, "killed_after_first_chunk_async", |kind| {
            tasks::run(killed_async(kind, Moment::AfterFirstChunk))
        }));
    }
    trials.push(trial(Kind::Chromium, "page_closed", page_closed));
    trials
}

/// The program of a page is given to whatever page a browser starts with.
fn prepare(kind: Kind, session: &cdp_heapprofiler::blocking::Session) -> Outcome {
    if kind == Kind::Chromium {
        super::support::load(session)?;
    }
    fill(session)
}

fn killed(kind: Kind, moment: Moment) -> Outcome {
    let mut target = kind.start()?;
    let session = connect(&target)?;
    prepare(kind, &session)?;
    let (snapshot, mut events) = moment.reach(&session)?;
    target.kill();
    is_connection(closed(snapshot)?)?;
    is_connection(end_of(&mut events)?)?;
    // Nothing can be sent any more, and who comes late hears of the end too.
    let after = session.begin(CollectGarbage::new());
    is_connection(closed_by(after)?)?;
    is_connection(end_of(&mut session.events())?)
}

async fn killed_async(kind: Kind, moment: Moment) -> Outcome {
    let mut target = kind.start()?;
    prepare(kind, &connect(&target)?)?;
    let session = tasks::connect(&target).await?;
    let (snapshot, mut events) = tasks::reach(moment, &session).await?;
    target.kill();
    is_connection(tasks::closed(snapshot).await?)?;
    is_connection(tasks::end_of(&mut events).await?)?;
    let after = session.call(CollectGarbage::new()).await;
    is_connection(closed_by(after)?)?;
    is_connection(tasks::end_of(&mut session.events()).await?)
}

fn is_connection(reason: Closed) -> Outcome {
    match reason {
        Closed::Connection(_) => Ok(()),
        other => Err(format!("expected the connection's end, got {other:?}")),
    }
}

/// A page on a WebSocket of its own says that it goes.
fn page_closed(_: Kind) -> Outcome {
    let Browser {
        target,
        site: _site,
        page,
        session,
    } = Browser::start()?;
    fill(&session)?;
    let (snapshot, mut events) = Moment::BeforeFirstChunk.reach(&session)?;
    let browser = browser(&target)?;
    let close = CloseTarget::new(page.id);
    browser.call(close).map_err(failed("closing"))?;
    let reasons = [closed(snapshot)?, end_of(&mut events)?];
    ensure(
        matches!(reasons, [Closed::Detached(_), Closed::Detached(_)]),
        || format!("expected `Detached`, got {reasons:?}"),
    )?;
    closed_by(session.begin(CollectGarbage::new())).map(drop)
}
