//! The renderer of a page crashes: its commands end at once, and after a reload the
//! session goes on.

use super::super::target::Kind;
use super::by_hand::{Crash, GetProcessInfo, Reload};
use super::flat::Attached;
use super::support::{
    browser, closed, end_of, ensure, evaluate, failed, fill, hang, loaded, next, trial, Browser,
    Moment, Outcome, LIMIT, NEVER,
};
use cdp_heapprofiler::blocking::{Events, Session};
use cdp_heapprofiler::protocol::inspector;
use cdp_heapprofiler::protocol::target::{SetDiscoverTargets, TargetCrashedEvent};
use cdp_heapprofiler::session::{Closed, CommandId, Oddity};
use cdp_heapprofiler::{Client, Incoming};
use libtest_mimic::Trial;
use serde_json::Value;
use std::process::Command;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(Kind::Chromium, "renderer_killed", renderer_killed),
        trial(Kind::Chromium, "page_crashed_flat", page_crashed),
        trial(Kind::ChromiumPipe, "page_crashed", page_crashed),
        trial(Kind::Chromium, "page_crashed_with_worker", with_worker),
    ]
}

/// In mid-snapshot, on a WebSocket of the page's own.
fn renderer_killed(_: Kind) -> Outcome {
    let page = Browser::start()?;
    let session = &page.session;
    fill(session)?;
    let promise = hang(session)?;
    let (snapshot, mut events) = Moment::BeforeFirstChunk.reach(session)?;
    kill_renderers(&browser(&page.target)?)?;
    let ids = [promise.id(), snapshot.id()];
    let reasons = [closed(promise)?, closed(snapshot)?];
    ensure(reasons == [Closed::Crashed, Closed::Crashed], || {
        format!("{reasons:?}")
    })?;
    comes_back(session, &mut events, &ids)
}

/// On a flat session, with the browser told to report crashes.
fn page_crashed(kind: Kind) -> Outcome {
    let Attached {
        browser,
        session,
        target_id,
        ..
    } = &Attached::start(kind)?;
    let mut of_browser = browser.events();
    let discover = SetDiscoverTargets::new(true);
    browser.call(discover).map_err(failed("discovering"))?;
    let mut events = session.events();
    let promise = hang(session)?;
    let crash = session.with_deadline(NEVER).begin(Crash);
    let crash = crash.map_err(failed("crashing"))?;
    let ids = [promise.id(), crash.id()];
    let reasons = [closed(promise)?, closed(crash)?];
    ensure(reasons == [Closed::Crashed, Closed::Crashed], || {
        format!("{reasons:?}")
    })?;
    let crashed: TargetCrashedEvent = next(&mut of_browser)?;
    ensure(crashed.target_id == *target_id, || format!("{crashed:?}"))?;
    comes_back(session, &mut events, &ids)
}

/// The worker of a page that crashes is gone with it.
fn with_worker(kind: Kind) -> Outcome {
    let page = Attached::start(kind)?;
    let (worker, _) = page.worker()?;
    let mut events = worker.events();
    let promise = hang(&worker)?;
    let crash = page.session.with_deadline(NEVER).begin(Crash);
    let crash = crash.map_err(failed("crashing"))?;
    let reason = closed(crash)?;
    ensure(reason == Closed::Crashed, || format!("{reason:?}"))?;
    for reason in [closed(promise)?, end_of(&mut events)?] {
        let is_gone = matches!(reason, Closed::Detached(_) | Closed::DetachedFromTarget);
        ensure(is_gone, || format!("the worker ended by {reason:?}"))?;
    }
    Ok(())
}

/// Loads the page anew. The replies that come too late are odd and no more, and the
/// session works.
fn comes_back(session: &Session, events: &mut Events, ids: &[CommandId]) -> Outcome {
    next::<inspector::TargetCrashedEvent>(events)?;
    session.call(Reload).map_err(failed("reloading"))?;
    let mut late: Vec<i64> = ids.iter().map(|id| i64::from(id.get())).collect();
    while !late.is_empty() {
        match events.next_within(LIMIT) {
            Some(Incoming::Odd(Oddity::UnknownReply { id })) => late.retain(|&each| each != id),
            Some(Incoming::Closed(reason)) => return Err(format!("the session ended: {reason}")),
            Some(_) => {}
            None => return Err(format!("no late reply to {late:?}")),
        }
    }
    loaded(session)?;
    let leaked: f64 = evaluate(session, "orders.length")?;
    ensure(leaked == 300.0, || format!("{leaked} orders"))
}

/// Kills the processes of all pages, as the system would for want of memory.
fn kill_renderers(browser: &Session) -> Outcome {
    let processes = browser.call(GetProcessInfo).map_err(failed("processes"))?;
    let processes: Value = serde_json::from_str(processes.as_str()).map_err(failed("processes"))?;
    let processes = processes["processInfo"].as_array();
    let renderers = processes.into_iter().flatten();
    let ids: Vec<String> = renderers
        .filter(|process| process["type"] == "renderer")
        .map(|process| process["id"].to_string())
        .collect();
    let killed = Command::new("kill").arg("-KILL").args(&ids).status();
    let killed = killed.map_err(failed("kill"))?;
    ensure(killed.success() && !ids.is_empty(), || {
        format!("kill {ids:?}: {killed}")
    })
}
