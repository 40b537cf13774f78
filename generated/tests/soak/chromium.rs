//! Chromium, with a writer that sleeps: what it sends meanwhile is not to be lost.

use super::alone::{alone, assert_small};
use super::heap::{chromium_mb, fill, options};
use super::sleeper::{AsyncSleeper, Sleeper, Waking, SLEEP};
use super::target::{Kind, Target};
use cdp_heapprofiler::blocking::{self, Session};
use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
use cdp_heapprofiler::protocol::target::{AttachToTarget, CreateTarget};
use cdp_heapprofiler::snapshot::{Capture, CaptureError, CaptureFailure, Captured};
use cdp_heapprofiler::{tokio as aio, Client};
use std::time::Instant;

/// A page with a large heap.
pub(crate) struct Page {
    pub(crate) target: Target,
    pub(crate) session: Session,
}

impl Page {
    pub(crate) fn on_a_web_socket() -> Self {
        let target = Kind::Chromium.start().unwrap();
        let address = target.address.as_deref().unwrap();
        let session = blocking::connect_with(address, options()).unwrap();
        fill(&session, chromium_mb());
        Self { target, session }
    }

    fn on_a_pipe() -> Self {
        let mut target = Kind::ChromiumPipe.start().unwrap();
        let pipe = target.pipe.take().unwrap();
        let browser = blocking::over_pipe_with(pipe.output, pipe.input, options()).unwrap();
        let page = browser.call(CreateTarget::new("about:blank")).unwrap();
        let attach = AttachToTarget::new(page.target_id).flatten(true);
        let session = browser.session(&browser.call(attach).unwrap().session_id);
        fill(&session, chromium_mb());
        Self { target, session }
    }
}

fn capture(waking: &Waking) -> Capture<TakeHeapSnapshot> {
    Capture::new(TakeHeapSnapshot::new()).on_progress(waking.note())
}

fn is_large(captured: &Captured, start: Instant) {
    let (mb, seconds) = (captured.bytes as f64 / 1e6, start.elapsed().as_secs_f64());
    let facts = captured.facts.as_ref().expect("it was verified");
    println!(
        "  {mb:.0} MB, {} nodes, {} edges, in {seconds:.1} s",
        facts.nodes, facts.edges
    );
    assert!(captured.bytes >= chromium_mb() as u64 * 1_000_000);
}

/// On a WebSocket, Chromium may drop chunks; that is to be noticed.
fn is_whole_or_noticed(result: Result<Captured, CaptureError>, waking: &Waking, start: Instant) {
    match result {
        Ok(captured) => {
            is_large(&captured, start);
            waking.assert_read_meanwhile(&captured);
        }
        Err(error) => {
            println!("  lost, and noticed: {error}");
            let noticed = matches!(error.failure(), CaptureFailure::Snapshot(_));
            assert!(noticed, "{error}");
        }
    }
    assert_small();
}

#[test]
#[ignore = "it takes minutes and gigabytes"]
fn pipe_with_a_sleeping_writer() {
    alone("chromium::pipe_with_a_sleeping_writer", || {
        let page = Page::on_a_pipe();
        println!("{}, writer asleep for {SLEEP:?}", page.target.label);
        let (waking, start) = (Waking::default(), Instant::now());
        let result = capture(&waking).write_to(&page.session, Sleeper::default());
        let captured = result.expect("nothing is lost on a pipe");
        is_large(&captured, start);
        waking.assert_read_meanwhile(&captured);
        assert_small();
    });
}

#[test]
#[ignore = "it takes minutes and gigabytes"]
fn web_socket_with_a_sleeping_writer() {
    alone("chromium::web_socket_with_a_sleeping_writer", || {
        let page = Page::on_a_web_socket();
        println!("{}, writer asleep for {SLEEP:?}", page.target.label);
        let (waking, start) = (Waking::default(), Instant::now());
        let result = capture(&waking).write_to(&page.session, Sleeper::default());
        is_whole_or_noticed(result, &waking, start);
    });
}

#[test]
#[ignore = "it takes minutes and gigabytes"]
fn async_with_a_sleeping_writer() {
    alone("chromium::async_with_a_sleeping_writer", || {
        let page = Page::on_a_web_socket();
        println!("{}, async, writer asleep for {SLEEP:?}", page.target.label);
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().unwrap().block_on(async {
            let address = page.target.address.as_deref().unwrap();
            let session = aio::connect_with(address, options()).await.unwrap();
            let (waking, start) = (Waking::default(), Instant::now());
            let writer = AsyncSleeper::default();
            let result = capture(&waking).write_to_async(&session, writer).await;
            is_whole_or_noticed(result, &waking, start);
        });
    });
}
