//! Capturing snapshots from a fake target that does whatever a test needs.

// Each test uses its part.
#[allow(dead_code)]
mod support {
    pub(crate) mod fake;
    mod http;
}

use std::future::Future;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{channel, Receiver};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, HeapProfilerCommands, StopTrackingHeapObjects, TakeHeapSnapshot,
};
use cdp_heapprofiler::session::{Error, TimeoutKind};
use cdp_heapprofiler::snapshot::{Capture, CaptureFailure, Progress, SnapshotCommand};
use cdp_heapprofiler::{blocking, tokio as aio};
use support::fake::{target, Peer};

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

/// A folder of the test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the fake target has on its heap: a snapshot as a text of quotes, line ends and
/// numbers, so that it has escapes as real ones do.
fn text(chunk: usize) -> String {
    format!("{chunk},\"name\",\n").repeat(1000)
}

fn send_chunk(peer: &mut Peer, chunk: usize) {
    let text = serde_json::to_string(&text(chunk)).unwrap();
    peer.send(format!(
        r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{{"chunk":{text}}}}}"#
    ));
}

fn send_progress(peer: &mut Peer, done: usize, finished: &str) {
    peer.send(format!(
        r#"{{"method":"HeapProfiler.reportHeapSnapshotProgress","params":{{"done":{done},"total":20{finished}}}}}"#
    ));
}

/// Answers each snapshot with so many chunks.
fn heap(chunks: usize) -> impl FnOnce(Peer) + Send + 'static {
    move |mut peer| {
        while let Some(request) = peer.request() {
            if request.method == "HeapProfiler.takeHeapSnapshot" {
                send_progress(&mut peer, 10, "");
                send_progress(&mut peer, 20, r#","finished":true"#);
                (0..chunks).for_each(|chunk| send_chunk(&mut peer, chunk));
            }
            peer.reply(request.id, "{}");
        }
    }
}

fn whole(chunks: usize) -> String {
    (0..chunks).map(text).collect()
}

/// What the fake target has is no snapshot.
fn capture<C: SnapshotCommand>(command: C) -> Capture<C> {
    Capture::new(command).unverified()
}

#[test]
fn a_snapshot_comes_whole_and_in_order() {
    let (address, _) = target(heap(50));
    let session = blocking::connect(&address).unwrap();
    let seen = Arc::new(Mutex::new(Vec::<Progress>::new()));
    let noted = seen.clone();
    let mut bytes = Vec::new();
    let captured = capture(TakeHeapSnapshot::new())
        .on_progress(move |progress| noted.lock().unwrap().push(*progress))
        .write_to(&session, &mut bytes)
        .unwrap();
    assert!(bytes == whole(50).as_bytes());
    assert_eq!((captured.chunks, captured.bytes), (50, bytes.len() as u64));
    let seen = seen.lock().unwrap();
    let last = seen.last().unwrap();
    assert_eq!((last.done, last.total), (Some(20), Some(20)));
    assert_eq!((last.bytes, last.written), (captured.bytes, captured.bytes));
    assert!(seen
        .windows(2)
        .all(|pair| pair[0].written <= pair[1].written));
    // And again, on the same session, by the other command.
    let mut none = Vec::new();
    let captured = capture(StopTrackingHeapObjects::new()).write_to(&session, &mut none);
    assert_eq!(captured.unwrap().bytes, 0);
}

#[test]
fn the_async_client_captures_as_well() {
    let (address, _) = target(heap(50));
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let mut bytes = Vec::new();
        let captured = capture(TakeHeapSnapshot::new())
            .memory(1000)
            .write_to_async(&session, &mut bytes)
            .await
            .unwrap();
        assert!(bytes == whole(50).as_bytes());
        assert_eq!(captured.chunks, 50);
        let folder = Folder::new("async");
        let path = folder.0.join("a.heapsnapshot");
        let capture = capture(TakeHeapSnapshot::new());
        capture.save_async(&session, &path).await.unwrap();
        assert!(std::fs::read(&path).unwrap() == bytes);
        assert_eq!(folder.names(), ["a.heapsnapshot"]);
    });
}

/// A writer that waits for a word before its first write.
struct Stalled<W>(W, Option<Receiver<()>>);

impl<W: Write> Write for Stalled<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(word) = self.1.take() {
            word.recv().unwrap();
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[test]
fn a_stalled_writer_holds_up_neither_the_target_nor_other_commands() {
    let (address, _) = target(heap(1000));
    let session = blocking::connect(&address).unwrap();
    let folder = Folder::new("stalled");
    let other = session.clone();
    let mut bytes = Vec::new();
    let (go, word) = channel();
    let (tell, begun) = channel();
    let captured = thread::scope(|scope| {
        let writer = Stalled(&mut bytes, Some(word));
        let capture = capture(TakeHeapSnapshot::new())
            .memory(1 << 16)
            .spool(&folder.0, 1 << 30)
            .on_progress(move |_| tell.send(()).unwrap_or(()));
        let capturing = scope.spawn(|| capture.write_to(&session, writer));
        // The reply to this comes behind all of the chunks, while the writer waits.
        begun.recv().unwrap();
        other.collect_garbage(CollectGarbage::new()).unwrap();
        go.send(()).unwrap();
        capturing.join().unwrap().unwrap()
    });
    assert_eq!(captured.chunks, 1000);
    assert!(bytes == whole(1000).as_bytes());
    assert!(
        folder.names().is_empty(),
        "the file for what waits has no name"
    );
}

#[test]
fn what_waits_is_bounded() {
    let (address, _) = target(heap(1000));
    let session = blocking::connect(&address).unwrap();
    let (tell, begun) = channel();
    let capture = capture(TakeHeapSnapshot::new())
        .memory(1000)
        .spool(std::env::temp_dir(), 100_000)
        .on_progress(move |_| tell.send(()).unwrap_or(()));
    let (go, word) = channel();
    let other = session.clone();
    let error = thread::scope(|scope| {
        let writer = Stalled(io::sink(), Some(word));
        let capturing = scope.spawn(|| capture.write_to(&session, writer));
        // It may have failed before it has told anything.
        let _ = begun.recv();
        other.collect_garbage(CollectGarbage::new()).unwrap();
        let _ = go.send(());
        capturing.join().unwrap().unwrap_err()
    });
    assert!(
        matches!(error.failure(), CaptureFailure::SpoolFull),
        "{error}"
    );
}

#[test]
fn a_spool_that_cannot_be_made_fails_the_capture() {
    let (address, _) = target(heap(1000));
    let session = blocking::connect(&address).unwrap();
    let folder = Folder::new("no_spool");
    let error = capture(TakeHeapSnapshot::new())
        .memory(0)
        .spool(folder.0.join("not there"), 1 << 30)
        .save(&session, folder.0.join("a.heapsnapshot"))
        .unwrap_err();
    assert!(
        matches!(error.failure(), CaptureFailure::Spool(_)),
        "{error}"
    );
    assert_eq!(folder.names(), [""; 0]);
    // The session goes on.
    session.collect_garbage(CollectGarbage::new()).unwrap();
}

#[test]
fn a_cut_capture_leaves_no_file_and_says_how_far_it_got() {
    let (address, _) = target(|mut peer| {
        peer.request();
        (0..7).for_each(|chunk| send_chunk(&mut peer, chunk));
    });
    let folder = Folder::new("cut");
    let path = folder.0.join("a.heapsnapshot");
    std::fs::write(&path, "the one before").unwrap();
    let session = blocking::connect(&address).unwrap();
    let capture = capture(TakeHeapSnapshot::new());
    let error = capture.save(&session, &path).unwrap_err();
    assert!(
        matches!(
            error.failure(),
            CaptureFailure::Command(Error::Closed { .. })
        ),
        "{error}"
    );
    assert_eq!(error.progress().chunks, 7);
    assert_eq!(error.progress().bytes, whole(7).len() as u64);
    assert!(error.to_string().contains("(after 7 chunks"), "{error}");
    assert_eq!(folder.names(), ["a.heapsnapshot"]);
    assert_eq!(std::fs::read(&path).unwrap(), b"the one before");
}

#[test]
fn a_dropped_future_leaves_no_file() {
    let (address, _) = target(|mut peer| {
        peer.request();
        send_chunk(&mut peer, 0);
        peer.serve();
    });
    let folder = Folder::new("dropped");
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let capture = capture(TakeHeapSnapshot::new());
        let saving = capture.save_async(&session, folder.0.join("a.heapsnapshot"));
        tokio::time::timeout(Duration::from_millis(100), saving)
            .await
            .expect_err("it does not end");
    });
    assert!(folder.names().is_empty());
}

/// Polls a future so often, if it does not end before, and drops it.
async fn polled<T>(future: impl Future<Output = T>, mut times: usize) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let polling = std::future::poll_fn(|context| {
        times -= 1;
        match future.as_mut().poll(context) {
            // At once: what it waits for is still to come.
            Poll::Pending if times == 0 => Poll::Ready(None),
            polled => polled.map(Some),
        }
    });
    polling.await
}

#[test]
fn a_future_dropped_at_any_point_leaves_no_file() {
    let folder = Folder::new("dropped_anywhere");
    let path = folder.0.join("a.heapsnapshot");
    for times in 1.. {
        let (address, _) = target(tiny(&[]));
        let saved = run(async {
            let session = aio::connect(&address).await.unwrap();
            let capture = Capture::new(TakeHeapSnapshot::new()).memory(100);
            let saved = polled(capture.save_async(&session, &path), times).await;
            // What is under way on other threads may still come to its end.
            tokio::time::sleep(Duration::from_millis(20)).await;
            saved
        });
        match saved {
            Some(saved) => {
                saved.unwrap();
                assert_eq!(folder.names(), ["a.heapsnapshot"]);
                return;
            }
            None => assert_eq!(folder.names(), [""; 0], "dropped after {times}"),
        }
    }
}

#[test]
fn one_snapshot_at_a_time_even_after_one_was_given_up() {
    let (address, _) = target(|mut peer| {
        let first = peer.request().unwrap();
        send_chunk(&mut peer, 0);
        // What the test asks for between: not another snapshot.
        let between = peer.request().unwrap();
        assert_eq!(between.method, "HeapProfiler.collectGarbage");
        peer.reply(between.id, "{}");
        let between = peer.request().unwrap();
        send_chunk(&mut peer, 1);
        peer.reply(first.id, "{}");
        peer.reply(between.id, "{}");
        heap(2)(peer);
    });
    let session = blocking::connect(&address).unwrap();
    // A writer that fails gives the capture up.
    let full: &mut [u8] = &mut [];
    let error = capture(TakeHeapSnapshot::new())
        .write_to(&session, full)
        .unwrap_err();
    assert!(
        matches!(error.failure(), CaptureFailure::Write(_)),
        "{error}"
    );
    for _ in 0..2 {
        let error = capture(TakeHeapSnapshot::new())
            .write_to(&session, io::sink())
            .unwrap_err();
        assert!(matches!(error.failure(), CaptureFailure::Busy), "{error}");
    }
    session.collect_garbage(CollectGarbage::new()).unwrap();
    session.collect_garbage(CollectGarbage::new()).unwrap();
    // The rest of the first one has come.
    let mut bytes = Vec::new();
    capture(TakeHeapSnapshot::new())
        .write_to(&session, &mut bytes)
        .unwrap();
    assert!(bytes == whole(2).as_bytes());
}

#[test]
fn silence_is_forgiven_before_the_first_chunk_only() {
    let (address, _) = target(|mut peer| {
        peer.request();
        thread::sleep(Duration::from_millis(300));
        send_chunk(&mut peer, 0);
        peer.serve();
    });
    let session = blocking::connect(&address).unwrap();
    let error = capture(TakeHeapSnapshot::new())
        .first_idle(Duration::from_secs(60))
        .idle(Duration::from_millis(100))
        .write_to(&session, io::sink())
        .unwrap_err();
    match error.failure() {
        CaptureFailure::Command(Error::Timeout { kind, waited, .. }) => {
            assert_eq!(*kind, TimeoutKind::Idle);
            assert!(*waited >= Duration::from_millis(390), "{waited:?}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(error.progress().chunks, 1);
}

#[test]
fn a_damaged_chunk_fails_the_capture() {
    for params in [r#"{"chunk":7}"#, "{}", r#"{"chunk":"\x"}"#] {
        let (address, _) = target(move |mut peer| {
            let request = peer.request().unwrap();
            peer.send(format!(
                r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{params}}}"#
            ));
            peer.reply(request.id, "{}");
            peer.serve();
        });
        let session = blocking::connect(&address).unwrap();
        let error = capture(TakeHeapSnapshot::new())
            .write_to(&session, io::sink())
            .unwrap_err();
        assert!(
            matches!(error.failure(), CaptureFailure::Chunk(_)),
            "{params}: {error}"
        );
    }
}

#[test]
fn the_target_may_refuse() {
    let (address, _) = target(|mut peer| {
        let request = peer.request().unwrap();
        let id = request.id;
        peer.send(format!(
            r#"{{"id":{id},"error":{{"code":-32000,"message":"no"}}}}"#
        ));
        peer.serve();
    });
    let session = blocking::connect(&address).unwrap();
    let folder = Folder::new("refused");
    let error = capture(TakeHeapSnapshot::new())
        .save(&session, folder.0.join("a"))
        .unwrap_err();
    assert!(
        matches!(
            error.failure(),
            CaptureFailure::Command(Error::Protocol { .. })
        ),
        "{error}"
    );
    assert!(folder.names().is_empty());
}

/// Sends a small real snapshot in pieces, without those that are lost.
fn tiny(lost: &'static [usize]) -> impl FnOnce(Peer) + Send + 'static {
    move |mut peer| {
        let Some(request) = peer.request() else {
            return;
        };
        let snapshot = include_str!("snapshots/tiny.heapsnapshot");
        for (index, piece) in snapshot.as_bytes().chunks(100).enumerate() {
            if !lost.contains(&index) {
                let piece = serde_json::to_string(std::str::from_utf8(piece).unwrap()).unwrap();
                peer.send(format!(
                    r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{{"chunk":{piece}}}}}"#
                ));
            }
        }
        peer.reply(request.id, "{}");
        peer.serve();
    }
}

#[test]
fn a_snapshot_is_verified_and_summarized_on_the_way() {
    let (address, _) = target(tiny(&[]));
    let session = blocking::connect(&address).unwrap();
    let captured = Capture::new(TakeHeapSnapshot::new())
        .summarize()
        .write_to(&session, io::sink())
        .unwrap();
    let facts = captured.facts.unwrap();
    assert_eq!((facts.edges, facts.bytes), (5, captured.bytes));
    assert_eq!(facts.summary.unwrap().total().self_size, 272);
    let (address, _) = target(tiny(&[]));
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let capture = Capture::new(TakeHeapSnapshot::new());
        let captured = capture.write_to_async(&session, Vec::new()).await.unwrap();
        assert_eq!(captured.facts.unwrap().edges, 5);
    });
}

#[test]
fn a_lost_chunk_is_noticed_though_the_target_replies_success() {
    let folder = Folder::new("lost");
    let path = folder.0.join("a.heapsnapshot");
    for lost in [&[0], &[3], &[8], &[10]] {
        let (address, _) = target(tiny(lost));
        let session = blocking::connect(&address).unwrap();
        let capture = Capture::new(TakeHeapSnapshot::new());
        let error = capture.save(&session, &path).unwrap_err();
        assert!(
            matches!(error.failure(), CaptureFailure::Snapshot(_)),
            "{lost:?}: {error}"
        );
        assert!(folder.names().is_empty());
    }
}
