//! A host and a port are enough to find a target.

use super::super::target::Kind;
use super::support::{browser, ensure, failed, options, trial, Outcome};
use super::tasks;
use cdp_heapprofiler::protocol::heap_profiler::Enable;
use cdp_heapprofiler::protocol::target::GetTargets;
use cdp_heapprofiler::{blocking, tokio as aio, Client, ConnectError, Listed};
use libtest_mimic::Trial;

const LISTENING: [Kind; 7] = [
    Kind::Node,
    Kind::Node22,
    Kind::Node24,
    Kind::Node26,
    Kind::Deno,
    Kind::Workerd,
    Kind::Chromium,
];

pub(super) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in LISTENING {
        trials.push(trial(kind, "address_is_enough", address_is_enough));
    }
    for kind in [Kind::Node, Kind::Deno, Kind::Workerd] {
        trials.push(trial(kind, "is_no_browser", is_no_browser));
    }
    trials.push(trial(Kind::Chromium, "is_a_browser", is_a_browser));
    trials
}

/// Both clients find the target, and say what is there.
fn address_is_enough(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let address = target.address.as_deref().ok_or("no address")?;
    for address in [address.to_owned(), format!("http://{address}/")] {
        let listed = blocking::targets(&address).map_err(failed("listing"))?;
        names_a_target(kind, &listed)?;
        let version = blocking::version(&address).map_err(failed("the version"))?;
        ensure(version.browser.is_some(), || format!("{version:?}"))?;
        let session = blocking::connect_with(&address, options());
        let session = session.map_err(failed("connecting"))?;
        session.call(Enable::new()).map_err(failed("enable"))?;
    }
    tasks::run(async {
        let listed = aio::targets(address).await.map_err(failed("listing"))?;
        names_a_target(kind, &listed)?;
        let version = aio::version(address).await.map_err(failed("the version"))?;
        ensure(version.browser.is_some(), || format!("{version:?}"))?;
        let session = tasks::connect(&target).await?;
        let enabled = session.call(Enable::new()).await;
        enabled.map(drop).map_err(failed("enable"))
    })
}

fn names_a_target(kind: Kind, listed: &[Listed]) -> Outcome {
    let wanted = if kind == Kind::Chromium {
        "page"
    } else {
        "node"
    };
    let found = listed
        .iter()
        .any(|each| each.kind.as_deref() == Some(wanted) && each.web_socket_debugger_url.is_some());
    ensure(found, || format!("no {wanted} among {listed:?}"))
}

/// Where there is no browser, the error says so.
fn is_no_browser(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let address = target.address.as_deref().ok_or("no address")?;
    let check = |error: Option<ConnectError>| match error {
        Some(ConnectError::NoTarget { .. }) => Ok(()),
        other => Err(format!("expected `NoTarget`, got {other:?}")),
    };
    check(blocking::connect_browser(address).err())?;
    tasks::run(async { check(aio::connect_browser(address).await.err()) })
}

/// A browser lists its targets on its own session, which has no heap.
fn is_a_browser(kind: Kind) -> Outcome {
    let target = kind.start()?;
    let browser = browser(&target)?;
    let targets = browser.call(GetTargets::new()).map_err(failed("targets"))?;
    let page = targets
        .target_infos
        .iter()
        .find(|info| info.r#type == "page");
    ensure(page.is_some(), || format!("no page in {targets:?}"))?;
    let refused = super::support::refusal(browser.call(Enable::new()))?;
    ensure(refused.0 == -32601, || format!("{refused:?}"))?;
    let address = target.address.as_deref().ok_or("no address")?;
    tasks::run(async {
        let browser = aio::connect_browser(address).await;
        let browser = browser.map_err(failed("connecting"))?;
        let targets = browser.call(GetTargets::new()).await;
        targets.map(drop).map_err(failed("targets"))
    })
}
