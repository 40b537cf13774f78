//! A browser that the client itself starts, over its pipes.

use super::super::folder::{in_path, Temporary};
use super::super::target::{Kind, CHROMIUM};
use super::support::{ensure, evaluate, failed, load, options, snapshot, trial, Outcome, LIMIT};
use cdp_heapprofiler::blocking::Chromium;
use cdp_heapprofiler::protocol::target::{AttachToTarget, CreateTarget};
use cdp_heapprofiler::Client;
use libtest_mimic::Trial;
use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(Kind::ChromiumPipe, "launched", launched),
        trial(Kind::ChromiumPipe, "not_launched", not_launched),
    ]
}

fn arguments(profile: &Temporary) -> Vec<String> {
    let mut arguments: Vec<String> = CHROMIUM.iter().map(|&flag| flag.into()).collect();
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    arguments
}

/// It takes a snapshot of a page, and is gone with all its children when dropped.
fn launched(_: Kind) -> Outcome {
    let profile = Temporary::new().map_err(failed("a profile"))?;
    let program = in_path("chromium").ok_or("no chromium")?;
    let chromium = Chromium::launch(program, arguments(&profile), options());
    let chromium = chromium.map_err(failed("launching"))?;
    let browser = chromium.session();
    let page = browser.call(CreateTarget::new("about:blank"));
    let page = page.map_err(failed("a page"))?.target_id;
    let attach = AttachToTarget::new(page).flatten(true);
    let attached = browser.call(attach).map_err(failed("attaching"))?;
    let page = browser.session(&attached.session_id);
    load(&page)?;
    let leaked: f64 = evaluate(&page, "orders.length")?;
    ensure(leaked == 300.0, || format!("{leaked} orders"))?;
    let heap = snapshot(&page)?;
    ensure(heap.has_string("LeakedOrder"), || {
        "the leak is not in the heap".into()
    })?;

    let family = family(&profile);
    drop(chromium);
    let start = Instant::now();
    loop {
        let now = processes();
        let alive: Vec<_> = family
            .iter()
            .filter(|each| now.contains_key(each))
            .collect();
        if alive.is_empty() {
            return Ok(());
        }
        ensure(start.elapsed() < LIMIT, || format!("{alive:?} live on"))?;
        thread::sleep(Duration::from_millis(10));
    }
}

/// A process: its id, and when it was started, since ids come again.
type Process = (u32, u64);

/// The processes of the system with their parents, as Linux tells them; elsewhere,
/// none. Those that have ended and wait to be reaped are not among them.
fn processes() -> BTreeMap<Process, u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may hold anything.
        let mut fields = stat.rsplit_once(") ")?.1.split(' ');
        let state = fields.next()?;
        let parent = fields.next()?.parse().ok()?;
        let started = fields.nth(17)?.parse().ok()?;
        (state != "Z").then_some(((id, started), parent))
    })
    .collect()
}

/// The browser that has this profile, and all that it has started.
fn family(profile: &Temporary) -> Vec<Process> {
    let profile = profile.path().display().to_string();
    let all = processes();
    let mut family: Vec<Process> = all.keys().copied().collect();
    family.retain(|(id, _)| {
        let command = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&command).contains(&profile)
    });
    loop {
        let children = all.iter().filter(|(child, parent)| {
            !family.contains(child) && family.iter().any(|(id, _)| id == *parent)
        });
        let children: Vec<Process> = children.map(|(&child, _)| child).collect();
        if children.is_empty() {
            return family;
        }
        family.extend(children);
    }
}

/// What cannot be started, or is no browser, is an error and no wait.
fn not_launched(_: Kind) -> Outcome {
    let none: [&str; 0] = [];
    for (program, problem) in [
        ("no-such-program-anywhere", "no such program"),
        ("true", "ended"),
    ] {
        let start = Instant::now();
        match Chromium::launch(program, none, options()) {
            Ok(_) => return Err(format!("{program} was launched")),
            Err(error) if error.to_string().contains(problem) => {}
            Err(error) => return Err(format!("{program}: {error}")),
        }
        ensure(start.elapsed() < super::support::AT_ONCE, || {
            format!("{program} took {:?}", start.elapsed())
        })?;
    }
    Ok(())
}
