//! What must not hang: whoever waits hears of the end, whatever the other side does.
#![cfg(unix)]

#[allow(dead_code)]
mod support {
    pub(crate) mod fake;
    mod http;
}

use std::future::Future;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use cdp_heapprofiler::blocking::{self, over_pipe};
use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, HeapProfilerCommands, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::session::{Closed, Deadline, Error};
use cdp_heapprofiler::snapshot::{Capture, CaptureFailure};
use cdp_heapprofiler::{tokio as aio, Client, Incoming, Options};
use support::fake::{target, Peer};

fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).enable_all().build().unwrap()
}

/// Much longer than anything here may take, and much shorter than the default deadline.
const LONG: Duration = Duration::from_secs(20);

fn soon() -> Deadline {
    Deadline::idle(Duration::from_millis(200))
}

fn pipes() -> (
    (UnixStream, UnixStream),
    (BufReader<UnixStream>, UnixStream),
) {
    let (reader, browser_writer) = UnixStream::pair().unwrap();
    let (browser_reader, writer) = UnixStream::pair().unwrap();
    (
        (reader, writer),
        (BufReader::new(browser_reader), browser_writer),
    )
}

#[test]
fn the_first_chunk_brings_a_nearer_deadline_to_async_captures() {
    let (address, _) = target(|mut peer| {
        peer.request();
        peer.send(r#"{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":"{"}}"#);
        peer.serve();
    });
    let started = Instant::now();
    runtime().block_on(async {
        let session = aio::connect(&address).await.unwrap();
        let error = Capture::new(TakeHeapSnapshot::new())
            .first_idle(3 * LONG)
            .idle(Duration::from_millis(200))
            .write_to_async(&session, tokio::io::sink())
            .await
            .unwrap_err();
        assert!(
            matches!(
                error.failure(),
                CaptureFailure::Command(Error::Timeout { .. })
            ),
            "{error}"
        );
    });
    assert!(started.elapsed() < LONG);
}

#[test]
fn consumers_hear_of_commands_that_end_without_a_reply() {
    let crashed: &[u8] = b"{\"method\":\"Inspector.targetCrashed\",\"params\":{}}\0";
    // Once by a crash, once by a deadline that nobody but the consumer waits for.
    for frame in [crashed, b""] {
        let ((reader, writer), (mut requests, mut replies)) = pipes();
        let session = over_pipe(reader, writer).unwrap().with_deadline(soon());
        let mut events = session.events();
        let snapshot = session.begin(TakeHeapSnapshot::new()).unwrap();
        requests.read_until(0, &mut Vec::new()).unwrap();
        replies.write_all(frame).unwrap();
        let id = snapshot.id();
        let ended = events.find(|item| matches!(item, Incoming::Ended(ended) if *ended == id));
        assert!(ended.is_some());
        snapshot.wait().unwrap_err();
    }
}

#[test]
fn async_consumers_hear_of_them_as_well() {
    let (address, _) = target(|mut peer| {
        peer.request();
        peer.request();
    });
    runtime().block_on(async {
        let session = aio::connect(&address).await.unwrap().with_deadline(soon());
        let mut events = session.events();
        let mut snapshot = session.take_heap_snapshot(TakeHeapSnapshot::new());
        let id = snapshot.start().unwrap();
        let next = tokio::time::timeout(LONG, events.next()).await.unwrap();
        assert!(
            matches!(next, Some(Incoming::Ended(ended)) if ended == id),
            "{next:?}"
        );
    });
}

#[test]
fn a_pipe_that_is_not_read_holds_up_neither_deadlines_nor_close() {
    let ((reader, writer), _browser) = pipes();
    let session = over_pipe(reader, writer).unwrap().with_deadline(soon());
    let started = Instant::now();
    let error = session
        .call(Evaluate::new("x".repeat(4 << 20)))
        .unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    session.close();
    assert!(started.elapsed() < LONG);
}

/// A WebSocket that is opened and then not read.
fn deaf() -> (String, std::sync::mpsc::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("ws://{}/deaf", listener.local_addr().unwrap());
    let (go, gone) = channel::<()>();
    thread::spawn(move || {
        let socket = tungstenite::accept(listener.accept().unwrap().0).unwrap();
        let _ = gone.recv();
        drop(socket);
    });
    (address, go)
}

#[test]
fn a_socket_that_is_not_read_holds_up_neither_deadlines_nor_close() {
    let options = Options::new().connect_timeout(Duration::from_millis(500));
    let (address, _go) = deaf();
    let session = blocking::connect_with(&address, options.clone()).unwrap();
    let started = Instant::now();
    let long = "x".repeat(32 << 20);
    let error = session
        .with_deadline(soon())
        .call(Evaluate::new(long.as_str()))
        .unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    session.close();
    assert!(started.elapsed() < LONG);

    let (address, _go) = deaf();
    let runtime = runtime();
    runtime.block_on(async {
        let session = aio::connect_with(&address, options).await.unwrap();
        let call = session.with_deadline(soon()).call(Evaluate::new(long));
        call.await.unwrap_err();
        drop(session);
        let tasks = tokio::runtime::Handle::current();
        while tasks.metrics().num_alive_tasks() > 0 {
            assert!(
                started.elapsed() < 2 * LONG,
                "a task outlives its connection"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
}

#[test]
fn a_second_snapshot_is_refused_while_one_is_captured() {
    let (address, _) = target(|mut peer| {
        let first = peer.request().unwrap();
        let next = peer.request().unwrap();
        assert_eq!(next.method, "HeapProfiler.collectGarbage");
        peer.reply(next.id, "{}");
        peer.reply(first.id, "{}");
        peer.serve();
    });
    let session = blocking::connect(&address).unwrap();
    let first = session.begin(TakeHeapSnapshot::new()).unwrap();
    let error = session.call(TakeHeapSnapshot::new()).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    let error = Capture::new(TakeHeapSnapshot::new())
        .write_to(&session, io::sink())
        .unwrap_err();
    assert!(matches!(error.failure(), CaptureFailure::Busy), "{error}");
    session.collect_garbage(CollectGarbage::new()).unwrap();
    first.wait().unwrap();
}

struct Panics(#[allow(dead_code)] UnixStream);

impl Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("a reader of one's own")
    }
}

#[test]
fn a_reader_that_is_torn_down_ends_the_connection() {
    let ((reader, writer), _browser) = pipes();
    let session = over_pipe(Panics(reader), writer).unwrap();
    let error = session.call(CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            &error,
            Error::Closed {
                reason: Closed::Connection(_),
                ..
            }
        ),
        "{error}"
    );

    let (address, _) = target(|mut peer: Peer| peer.serve());
    let first = runtime();
    let session = first.block_on(aio::connect(&address)).unwrap();
    first.shutdown_timeout(LONG);
    let error = runtime()
        .block_on(session.call(CollectGarbage::new()))
        .unwrap_err();
    assert!(
        matches!(
            &error,
            Error::Closed {
                reason: Closed::Connection(_),
                ..
            }
        ),
        "{error}"
    );
}

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A waker that drops its task, as executors may.
struct DropsTask(Mutex<Option<Task>>);

impl Wake for DropsTask {
    fn wake(self: Arc<Self>) {
        let task = self.0.lock().unwrap().take();
        drop(task);
    }
}

#[test]
fn waking_a_task_may_drop_it() {
    let (address, _) = target(|mut peer| {
        let first = peer.request().unwrap();
        let second = peer.request().unwrap();
        peer.reply(first.id, "{}");
        peer.reply(second.id, "{}");
        peer.serve();
    });
    let runtime = runtime();
    let _entered = runtime.enter();
    let session = runtime.block_on(aio::connect(&address)).unwrap();
    let waiting = session.clone();
    let mut task: Task = Box::pin(async move {
        let _ = waiting.call(CollectGarbage::new()).await;
    });
    let drops = Arc::new(DropsTask(Mutex::new(None)));
    let waker = Waker::from(drops.clone());
    assert!(task
        .as_mut()
        .poll(&mut Context::from_waker(&waker))
        .is_pending());
    *drops.0.lock().unwrap() = Some(task);
    runtime.block_on(async {
        let call = session.call(CollectGarbage::new());
        tokio::time::timeout(LONG, call)
            .await
            .expect("the reader goes on")
            .unwrap();
    });
    assert!(drops.0.lock().unwrap().is_none(), "it was woken");
}
