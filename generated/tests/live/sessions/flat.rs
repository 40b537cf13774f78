//! Flat sessions: several targets on one connection to a browser.

use super::super::http::Site;
use super::super::target::{Kind, Target};
use super::by_hand::Unknown;
use super::support::{
    browser, closed, closed_by, end_of, ensure, evaluate, failed, fill, hang, loaded, next,
    options, refusal, snapshot, trial, Moment, Outcome,
};
use cdp_heapprofiler::blocking::{self, Events, Session};
use cdp_heapprofiler::protocol::heap_profiler::CollectGarbage;
use cdp_heapprofiler::protocol::runtime::RunIfWaitingForDebugger;
use cdp_heapprofiler::protocol::target::{
    AttachToTarget, AttachedToTargetEvent, CloseTarget, CreateTarget, DetachFromTarget,
    DetachedFromTargetEvent, GetTargets, SetAutoAttach, TargetId,
};
use cdp_heapprofiler::session::Closed;
use cdp_heapprofiler::Client;
use libtest_mimic::Trial;

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [Kind::Chromium, Kind::ChromiumPipe] {
        trials.push(trial(kind, "page_closed_flat", page_closed));
        trials.push(trial(kind, "detached", detached));
        trials.push(trial(kind, "parent_detached", parent_detached));
        trials.push(trial(kind, "worker_ends", worker_ends));
        trials.push(trial(kind, "auto_attached", auto_attached));
    }
    trials
}

/// A browser, and a page that is attached flat.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) browser: Session,
    pub(super) session: Session,
    pub(super) session_id: String,
    pub(super) target_id: TargetId,
    site: Site,
    _target: Target,
}

impl Attached {
    pub(super) fn start(kind: Kind) -> Result<Self, String> {
        let mut target = kind.start()?;
        let browser = speak(&mut target)?;
        let site = Site::start().map_err(failed("the site"))?;
        let page = CreateTarget::new(site.url("page.html"));
        let page = browser.call(page).map_err(failed("a page"))?;
        let attach = AttachToTarget::new(page.target_id.clone()).flatten(true);
        let attached = browser.call(attach).map_err(failed("attaching"))?;
        let session = browser.session(&attached.session_id);
        loaded(&session)?;
        Ok(Self {
            browser,
            session,
            session_id: attached.session_id.into_string(),
            target_id: page.target_id,
            site,
            _target: target,
        })
    }

    /// Starts the page's worker, and attaches to it.
    pub(super) fn worker(&self) -> Result<(Session, Events), String> {
        let mut events = self.session.events();
        let attach = SetAutoAttach::new(true, false).flatten(true);
        let attach = self.session.call(attach);
        attach.map_err(failed("attaching to workers"))?;
        evaluate::<bool>(&self.session, "startWorker()")?;
        let attached: AttachedToTargetEvent = next(&mut events)?;
        let worker = self.session.session(&attached.session_id);
        loaded(&worker)?;
        Ok((worker, events))
    }
}

/// A session of the browser itself, over whatever it listens on.
fn speak(target: &mut Target) -> Result<Session, String> {
    match target.pipe.take() {
        Some(pipe) => {
            blocking::over_pipe_with(pipe.output, pipe.input, options()).map_err(failed("the pipe"))
        }
        None => browser(target),
    }
}

/// The browser's session goes on when that of a page has ended.
fn lives_on(browser: &Session) -> Outcome {
    let targets = browser.call(GetTargets::new());
    targets.map(drop).map_err(failed("the browser"))
}

fn page_closed(kind: Kind) -> Outcome {
    let page = Attached::start(kind)?;
    fill(&page.session)?;
    let mut of_browser = page.browser.events();
    let promise = hang(&page.session)?;
    let (snapshot, mut events) = Moment::BeforeFirstChunk.reach(&page.session)?;
    let close = CloseTarget::new(page.target_id.clone());
    page.browser.call(close).map_err(failed("closing"))?;
    for reason in [closed(promise)?, closed(snapshot)?, end_of(&mut events)?] {
        let is_gone = matches!(reason, Closed::Detached(_) | Closed::DetachedFromTarget);
        ensure(is_gone, || format!("it ended by {reason:?}"))?;
    }
    let detached: DetachedFromTargetEvent = next(&mut of_browser)?;
    ensure(detached.session_id.as_str() == page.session_id, || {
        format!("{detached:?}")
    })?;
    closed_by(page.session.begin(CollectGarbage::new()))?;
    lives_on(&page.browser)
}

/// A detached session ends with what is under way; nothing is sent to it any more.
fn detached(kind: Kind) -> Outcome {
    let page = Attached::start(kind)?;
    let mut events = page.session.events();
    let promise = hang(&page.session)?;
    let detach = DetachFromTarget::new().session_id(page.session_id.as_str());
    page.browser.call(detach).map_err(failed("detaching"))?;
    let reasons = [closed(promise)?, end_of(&mut events)?];
    ensure(
        reasons == [Closed::DetachedFromTarget, Closed::DetachedFromTarget],
        || format!("{reasons:?}"),
    )?;
    // Had it been sent, the target would have answered -32001.
    let reason = closed_by(page.session.begin(CollectGarbage::new()))?;
    ensure(reason == Closed::DetachedFromTarget, || {
        format!("{reason:?}")
    })?;

    // A session that never was: the target says so, and the next is not sent.
    let stranger = page.browser.session("0123456789ABCDEF");
    let (code, _) = refusal(stranger.call(Unknown))?;
    ensure(code == -32001, || format!("{code}"))?;
    let reason = closed_by(stranger.begin(Unknown))?;
    ensure(reason == Closed::UnknownSession, || format!("{reason:?}"))?;
    lives_on(&page.browser)
}

/// The browser does not tell of the sessions that a detached one had attached.
fn parent_detached(kind: Kind) -> Outcome {
    let page = Attached::start(kind)?;
    let (worker, _) = page.worker()?;
    let mut events = worker.events();
    let promise = hang(&worker)?;
    let detach = DetachFromTarget::new().session_id(page.session_id.as_str());
    page.browser.call(detach).map_err(failed("detaching"))?;
    for reason in [closed(promise)?, end_of(&mut events)?] {
        ensure(reason == Closed::DetachedFromTarget, || {
            format!("it ended by {reason:?}")
        })?;
    }
    closed_by(worker.begin(CollectGarbage::new()))?;
    lives_on(&page.browser)
}

fn worker_ends(kind: Kind) -> Outcome {
    let page = Attached::start(kind)?;
    let (worker, mut of_page) = page.worker()?;
    let mut events = worker.events();
    let promise = hang(&worker)?;
    evaluate::<bool>(&page.session, "endWorker()")?;
    next::<DetachedFromTargetEvent>(&mut of_page)?;
    for reason in [closed(promise)?, end_of(&mut events)?] {
        let is_gone = matches!(reason, Closed::Detached(_) | Closed::DetachedFromTarget);
        ensure(is_gone, || format!("it ended by {reason:?}"))?;
    }
    loaded(&page.session)
}

/// A new page and its worker both wait until they are freed, and can be looked into
/// before.
fn auto_attached(kind: Kind) -> Outcome {
    let first = Attached::start(kind)?;
    let browser = &first.browser;
    let mut events = browser.events();
    let attach = || SetAutoAttach::new(true, true).flatten(true);
    browser.call(attach()).map_err(failed("attaching"))?;
    let page = CreateTarget::new(first.site.url("page.html"));
    let page = browser.call(page).map_err(failed("a page"))?;
    let attached = loop {
        let attached: AttachedToTargetEvent = next(&mut events)?;
        if attached.target_info.target_id == page.target_id {
            break attached;
        }
    };
    ensure(attached.waiting_for_debugger, || format!("{attached:?}"))?;
    let page = browser.session(&attached.session_id);
    page.call(attach()).map_err(failed("attaching"))?;
    let run = || RunIfWaitingForDebugger::new();
    page.call(run()).map_err(failed("freeing the page"))?;
    loaded(&page)?;

    let mut events = page.events();
    evaluate::<bool>(&page, "startWorker()")?;
    let attached: AttachedToTargetEvent = next(&mut events)?;
    let info = &attached.target_info;
    let is_worker = info.r#type == "worker" && attached.waiting_for_debugger;
    ensure(is_worker, || format!("{attached:?}"))?;
    let worker = page.session(&attached.session_id);
    worker.call(run()).map_err(failed("freeing the worker"))?;
    loaded(&worker)?;
    evaluate::<bool>(
        &worker,
        "globalThis.mark = new (class OnlyInWorker {}), true",
    )?;
    evaluate::<bool>(&page, "globalThis.mark = new (class OnlyInPage {}), true")?;
    let heap = snapshot(&worker)?;
    ensure(heap.has_string("OnlyInWorker"), || {
        "the worker's object is not in its heap".into()
    })?;
    ensure(!heap.has_string("OnlyInPage"), || {
        "the page's object is in the worker's heap".into()
    })
}
