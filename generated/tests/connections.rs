//! The clients over a real socket, with a fake target at its other end.

mod support {
    pub(crate) mod fake;
    mod http;
}

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, GetHeapObjectId, HeapProfilerCommands, LastSeenObjectIdEvent, StartSampling,
    StopSampling, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::{Evaluate, RuntimeCommands};
use cdp_heapprofiler::session::{Closed, Deadline, Error, Oddity, TimeoutKind};
use cdp_heapprofiler::{blocking, tokio as aio, Client, Incoming, Options};
use support::fake::{target, Peer};

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

const LAST_SEEN: &str =
    r#"{"method":"HeapProfiler.lastSeenObjectId","params":{"lastSeenObjectId":7,"timestamp":0}}"#;

fn chunk(length: usize) -> String {
    let text = "x".repeat(length);
    format!(r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{{"chunk":"{text}"}}}}"#)
}

#[test]
fn calls_from_many_threads_get_their_own_replies() {
    const THREADS: usize = 8;
    const CALLS: usize = 50;
    // The target answers in pairs, the later one first.
    let (address, target) = target(|mut peer| {
        while let Some(first) = peer.request() {
            let second = peer.request_soon();
            for request in second.into_iter().chain([first]) {
                let id = &request.params[r#"{"objectId":""#.len()..request.params.len() - 2];
                peer.reply(request.id, &format!(r#"{{"heapSnapshotObjectId":"{id}"}}"#));
            }
        }
    });
    let session = blocking::connect(&address).unwrap();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let session = session.clone();
            scope.spawn(move || {
                for call in 0..CALLS {
                    let name = format!("{thread}.{call}");
                    let command = GetHeapObjectId::new(name.as_str());
                    let returns = session.get_heap_object_id(command).unwrap();
                    assert_eq!(returns.heap_snapshot_object_id.as_str(), name);
                }
            });
        }
    });
    drop(session);
    target.join().unwrap();
}

/// Sends a megabyte of events more than the consumer may have waiting, then a reply.
fn flood(mut peer: Peer) {
    let request = peer.request().unwrap();
    for _ in 0..20 {
        peer.send(chunk(100_000));
    }
    peer.send(LAST_SEEN);
    peer.reply(request.id, "{}");
    peer.serve();
}

fn small() -> Options {
    Options::new().event_memory(1 << 20)
}

/// Ten chunks fit; ten more, the small event and the place of the reply do not.
fn check_flood(items: &[Incoming]) {
    assert_eq!(items.len(), 11, "{items:?}");
    for item in &items[..10] {
        assert!(
            matches!(item, Incoming::Event(event) if event.params.as_ref().unwrap().len() > 100_000)
        );
    }
    // What was dropped last is small enough to have found room: order matters more.
    match &items[10] {
        Incoming::Missed(missed) => assert_eq!((missed.items, missed.bytes / 100_000), (10, 10)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_slow_consumer_misses_events_and_is_told_but_no_reply_is_lost() {
    let (address, _) = target(flood);
    let session = blocking::connect_with(&address, small()).unwrap();
    let mut events = session.events();
    session.take_heap_snapshot(TakeHeapSnapshot::new()).unwrap();
    let mut items = Vec::new();
    while let Some(item) = events.try_next() {
        items.push(item);
    }
    // The small event and the place of the reply have found room behind the gap.
    assert!(matches!(items.pop(), Some(Incoming::Reply(_))));
    assert!(
        matches!(items.pop(), Some(Incoming::Event(event)) if &*event.method == "HeapProfiler.lastSeenObjectId")
    );
    check_flood(&items);
}

#[test]
fn room_that_was_taken_is_free_again() {
    let (address, _) = target(flood);
    let session = blocking::connect_with(&address, small()).unwrap();
    let mut events = session.events();
    let snapshot = session.begin(TakeHeapSnapshot::new()).unwrap();
    let mut chunks = 0;
    loop {
        match events
            .next_within(Duration::from_secs(20))
            .expect("in time")
        {
            Incoming::Event(event) if event.params.as_ref().unwrap().len() > 100_000 => chunks += 1,
            Incoming::Event(_) => {}
            Incoming::Missed(missed) => chunks += missed.items,
            Incoming::Reply(id) => {
                assert_eq!(id, snapshot.id());
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        chunks, 20,
        "what came and what was missed, each in its place"
    );
    snapshot.wait().unwrap();
}

#[test]
fn the_async_consumer_is_told_as_well() {
    let (address, _) = target(flood);
    run(async {
        let session = aio::connect_with(&address, small()).await.unwrap();
        let mut events = session.events();
        session
            .take_heap_snapshot(TakeHeapSnapshot::new())
            .await
            .unwrap();
        let mut items = Vec::new();
        while let Some(item) = events.try_next() {
            items.push(item);
        }
        items.truncate(11);
        check_flood(&items);
    });
}

/// Holds back the reply to the first request until the second one has come.
fn late(mut peer: Peer) {
    let first = peer.request().unwrap();
    let second = peer.request().unwrap();
    peer.reply(first.id, r#"{"result":{"type":"string","value":"first"}}"#);
    peer.reply(
        second.id,
        r#"{"result":{"type":"string","value":"second"}}"#,
    );
    peer.serve();
}

#[test]
fn a_dropped_call_leaves_nothing_but_an_oddity() {
    let (address, _) = target(late);
    let session = blocking::connect(&address).unwrap();
    let mut events = session.events();
    let dropped = session.begin(Evaluate::new("1")).unwrap();
    let id = i64::from(dropped.id().get());
    drop(dropped);
    let second = session.evaluate(Evaluate::new("2")).unwrap();
    assert_eq!(second.result.value.unwrap().as_str(), r#""second""#);
    match events.next() {
        Some(Incoming::Odd(Oddity::UnknownReply { id: late })) => assert_eq!(late, id),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dropped_future_leaves_nothing_but_an_oddity() {
    let (address, _) = target(late);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let mut events = session.events();
        let call = session.evaluate(Evaluate::new("1"));
        tokio::time::timeout(Duration::from_millis(20), call)
            .await
            .expect_err("the reply is held back");
        // One that is never polled is never sent.
        drop(session.evaluate(Evaluate::new("unsent")));
        let second = session.evaluate(Evaluate::new("2")).await.unwrap();
        assert_eq!(second.result.value.unwrap().as_str(), r#""second""#);
        assert!(matches!(
            events.next().await,
            Some(Incoming::Odd(Oddity::UnknownReply { id: 1 }))
        ));
    });
}

#[test]
fn futures_can_be_sent_to_other_threads() {
    fn is_send<T: Send + 'static>(value: T) -> T {
        value
    }
    let (address, _) = target(|mut peer| peer.serve());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let session = is_send(aio::connect(&address).await.unwrap());
        let calls: Vec<_> = (0..100)
            .map(|_| tokio::spawn(is_send(session.collect_garbage(CollectGarbage::new()))))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        is_send(session.events());
    });
}

#[test]
fn the_end_of_the_connection_fails_what_is_under_way_and_all_that_follows() {
    let (address, _) = target(|mut peer| {
        peer.request();
    });
    let session = blocking::connect(&address).unwrap();
    let mut events = session.events();
    for _ in 0..2 {
        let error = session
            .take_heap_snapshot(TakeHeapSnapshot::new())
            .unwrap_err();
        let Error::Closed { method, reason, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(method, "HeapProfiler.takeHeapSnapshot");
        assert!(matches!(reason, Closed::Connection(_)), "{reason:?}");
    }
    assert!(matches!(events.next(), Some(Incoming::Ended(_))));
    assert!(matches!(
        events.next(),
        Some(Incoming::Closed(Closed::Connection(_)))
    ));
    assert!(events.next().is_none());
    assert!(matches!(session.events().next(), Some(Incoming::Closed(_))));
}

#[test]
fn a_close_frame_tells_its_reason() {
    let goodbye = |mut peer: Peer| {
        peer.request();
        let frame = tungstenite::protocol::CloseFrame {
            code: tungstenite::protocol::frame::coding::CloseCode::Normal,
            reason: "client closed connection".into(),
        };
        let _ = peer.0.close(Some(frame));
        peer.serve();
    };
    let (address, _) = target(goodbye);
    let session = blocking::connect(&address).unwrap();
    let error = session
        .collect_garbage(CollectGarbage::new())
        .unwrap_err()
        .to_string();
    assert!(error.contains("client closed connection"), "{error}");
    let (address, _) = target(goodbye);
    let error = run(async {
        let session = aio::connect(&address).await.unwrap();
        session
            .collect_garbage(CollectGarbage::new())
            .await
            .unwrap_err()
            .to_string()
    });
    assert!(error.contains("client closed connection"), "{error}");
}

/// Sends an event every 20 ms for a while, never a reply.
fn chatter(mut peer: Peer) {
    peer.request();
    for _ in 0..20 {
        peer.send(LAST_SEEN);
        thread::sleep(Duration::from_millis(20));
    }
    peer.serve();
}

fn check_late(error: Error, started: Instant) {
    let Error::Timeout { kind, waited, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(kind, TimeoutKind::Idle);
    // It has been fed for 400 ms, and gone hungry for 200 more.
    assert!(waited >= Duration::from_millis(500), "{waited:?}");
    assert!(started.elapsed() >= waited);
}

#[test]
fn an_idle_deadline_is_fed_by_events() {
    let deadline = Deadline::idle(Duration::from_millis(200));
    let (address, _) = target(chatter);
    let session = blocking::connect(&address).unwrap().with_deadline(deadline);
    let started = Instant::now();
    check_late(
        session.collect_garbage(CollectGarbage::new()).unwrap_err(),
        started,
    );
    let (address, _) = target(chatter);
    run(async {
        let session = aio::connect(&address)
            .await
            .unwrap()
            .with_deadline(deadline);
        let started = Instant::now();
        check_late(
            session
                .collect_garbage(CollectGarbage::new())
                .await
                .unwrap_err(),
            started,
        );
    });
}

#[test]
fn a_total_deadline_is_not() {
    let deadline = Deadline::idle(Duration::from_secs(60)).total(Duration::from_millis(100));
    let (address, _) = target(chatter);
    let session = blocking::connect(&address).unwrap().with_deadline(deadline);
    match session.collect_garbage(CollectGarbage::new()) {
        Err(Error::Timeout { kind, .. }) => assert_eq!(kind, TimeoutKind::Total),
        other => panic!("{other:?}"),
    }
}

#[test]
fn pings_are_answered_between_whole_commands() {
    let pongs = Arc::new(AtomicUsize::new(0));
    let counted = pongs.clone();
    let (address, target) = target(move |mut peer| {
        while let Ok(message) = peer.0.read() {
            match message {
                tungstenite::Message::Pong(_) => drop(counted.fetch_add(1, Ordering::Relaxed)),
                tungstenite::Message::Text(text) => {
                    let id = cdp_heapprofiler::Envelope::decode(&text)
                        .unwrap()
                        .id
                        .unwrap();
                    let _ = peer
                        .0
                        .write(tungstenite::Message::Ping(vec![1; 100].into()));
                    peer.reply(id, r#"{"result":{"type":"undefined"}}"#);
                }
                _ => {}
            }
        }
    });
    let session = blocking::connect(&address).unwrap();
    let long = "x".repeat(300_000);
    for _ in 0..30 {
        session.evaluate(Evaluate::new(long.as_str())).unwrap();
    }
    drop(session);
    target.join().unwrap();
    assert!(pongs.load(Ordering::Relaxed) >= 29, "{pongs:?}");
}

#[test]
fn messages_beyond_the_usual_limits_arrive() {
    const LENGTH: usize = 70 << 20;
    fn large(mut peer: Peer) {
        let request = peer.request().unwrap();
        let text = "x".repeat(LENGTH);
        let result = format!(r#"{{"result":{{"type":"string","value":"{text}"}}}}"#);
        peer.reply(request.id, &result);
        peer.serve();
    }
    let check = |value: Option<cdp_heapprofiler::wire::Json>| {
        assert_eq!(value.unwrap().as_str().len(), LENGTH + 2);
    };
    let (address, _) = target(large);
    let session = blocking::connect(&address).unwrap();
    check(session.evaluate(Evaluate::new("1")).unwrap().result.value);
    let (address, _) = target(large);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        check(
            session
                .evaluate(Evaluate::new("1"))
                .await
                .unwrap()
                .result
                .value,
        );
    });
    let (address, _) = target(large);
    let options = Options::new().message_limit(1 << 20);
    let session = blocking::connect_with(&address, options).unwrap();
    let error = session.evaluate(Evaluate::new("1")).unwrap_err();
    assert!(matches!(error, Error::Closed { .. }), "{error:?}");
}

#[test]
fn what_would_kill_the_target_is_not_sent() {
    let (address, target) = target(|mut peer| {
        let request = peer.request().unwrap();
        assert_eq!(request.method, "HeapProfiler.collectGarbage");
        peer.reply(request.id, "{}");
    });
    let session = blocking::connect(&address).unwrap();
    let command = StartSampling::new().sampling_interval(0.5);
    let error = session.start_sampling(command).unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    session.collect_garbage(CollectGarbage::new()).unwrap();
    target.join().unwrap();
}

#[test]
fn flat_sessions_are_clients_of_their_own() {
    let (address, _) = target(|mut peer| {
        let request = peer.request().unwrap();
        assert_eq!(request.session_id.as_deref(), Some("S"));
        peer.send(r#"{"method":"HeapProfiler.resetProfiles","sessionId":"S"}"#);
        peer.send(r#"{"method":"Runtime.executionContextsCleared"}"#);
        peer.reply(request.id, "{}");
        peer.request();
        peer.send(
            r#"{"method":"Target.detachedFromTarget","params":{"sessionId":"S","targetId":"T"}}"#,
        );
        peer.serve();
    });
    let root = blocking::connect(&address).unwrap();
    let page = root.session("S");
    let mut events = page.events();
    page.call(CollectGarbage::new()).unwrap();
    assert!(
        matches!(events.next(), Some(Incoming::Event(event)) if &*event.method == "HeapProfiler.resetProfiles")
    );
    assert!(matches!(events.next(), Some(Incoming::Reply(_))));
    let error = page
        .take_heap_snapshot(TakeHeapSnapshot::new())
        .unwrap_err();
    assert!(error.to_string().contains("(session S)"), "{error}");
    assert!(matches!(events.next(), Some(Incoming::Ended(_))));
    assert!(matches!(
        events.next(),
        Some(Incoming::Closed(Closed::DetachedFromTarget))
    ));
    assert!(events.next().is_none());
    root.call(CollectGarbage::new()).unwrap();
}

/// Deno says no more than this when a worker ends, and answers no command to it.
#[test]
fn a_destroyed_target_ends_its_sessions() {
    let (address, _) = target(|mut peer| {
        peer.send(r#"{"method":"Target.attachedToTarget","params":{"sessionId":"2","targetInfo":{"targetId":"T","type":"node_worker","title":"","url":"","attached":true,"canAccessOpener":false},"waitingForDebugger":false}}"#);
        let request = peer.request().unwrap();
        assert_eq!(request.session_id.as_deref(), Some("2"));
        peer.send(r#"{"method":"Target.targetDestroyed","params":{"targetId":"other"}}"#);
        peer.send(r#"{"method":"Target.targetDestroyed","params":{"targetId":"T"}}"#);
        peer.serve();
    });
    let root = blocking::connect(&address).unwrap();
    let limit = Deadline::idle(Duration::from_secs(5));
    let worker = root.session("2").with_deadline(limit);
    let error = worker.call(CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::DetachedFromTarget,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(worker.begin(CollectGarbage::new()).is_err());
    root.call(CollectGarbage::new()).unwrap();
}

#[test]
fn workers_are_clients_inside_of_their_node() {
    let (address, _) = target(|mut peer| {
        peer.send(r#"{"method":"NodeWorker.attachedToWorker","params":{"sessionId":"1","workerInfo":{"workerId":"1","type":"worker","title":"[worker 1]","url":"file:///w.js"},"waitingForDebugger":false}}"#);
        let carrier = peer.request().unwrap();
        assert_eq!(carrier.method, "NodeWorker.sendMessageToWorker");
        assert!(
            carrier
                .params
                .contains(r#"\"method\":\"HeapProfiler.stopSampling\""#),
            "{}",
            carrier.params
        );
        peer.reply(carrier.id, "{}");
        peer.send(r#"{"method":"NodeWorker.receivedMessageFromWorker","params":{"sessionId":"1","message":"{\"method\":\"HeapProfiler.resetProfiles\"}"}}"#);
        peer.send(r#"{"method":"NodeWorker.receivedMessageFromWorker","params":{"sessionId":"1","message":"{\"error\":{\"code\":-32000,\"message\":\"no\"},\"id\":1}"}}"#);
        peer.serve();
    });
    let worker = blocking::connect(&address).unwrap().worker("1");
    let mut events = worker.events();
    let error = worker.stop_sampling(StopSampling::new()).unwrap_err();
    assert!(matches!(error, Error::Protocol { .. }), "{error:?}");
    assert!(
        matches!(events.next(), Some(Incoming::Event(event)) if &*event.method == "HeapProfiler.resetProfiles")
    );
}

#[test]
fn closing_on_this_side_fails_what_waits() {
    let (address, _) = target(|mut peer| {
        peer.request();
        peer.serve();
    });
    let session = blocking::connect(&address).unwrap();
    let waiting = session.begin(CollectGarbage::new()).unwrap();
    let closer = session.clone();
    let thread = thread::spawn(move || closer.close());
    let error = waiting.wait().unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::Here,
                ..
            }
        ),
        "{error:?}"
    );
    thread.join().unwrap();
}

#[test]
fn the_connection_ends_with_its_last_handle() {
    let (address, target) = target(|mut peer| peer.serve());
    let session = blocking::connect(&address).unwrap();
    let events = session.events();
    drop(session);
    thread::sleep(Duration::from_millis(20));
    assert!(!target.is_finished(), "events are a handle too");
    drop(events);
    target.join().unwrap();

    let (address, target) = support::fake::target(|mut peer| peer.serve());
    run(async {
        let session = aio::connect(&address).await.unwrap();
        session
            .collect_garbage(CollectGarbage::new())
            .await
            .unwrap();
    });
    target.join().unwrap();
}

#[test]
fn long_oddities_count_as_much_as_they_are() {
    let (address, _) = target(|mut peer| {
        let request = peer.request().unwrap();
        let text = "x".repeat(100_000);
        for _ in 0..50 {
            peer.send(format!(
                r#"{{"error":{{"code":-32700,"message":"{text}"}}}}"#
            ));
        }
        peer.reply(request.id, "{}");
        peer.serve();
    });
    let session = blocking::connect_with(&address, small()).unwrap();
    let mut events = session.events();
    session.collect_garbage(CollectGarbage::new()).unwrap();
    let mut kept = 0;
    while let Some(Incoming::Odd(_)) = events.try_next() {
        kept += 1;
    }
    assert_eq!(kept, 10);
}

#[test]
fn one_method_can_be_listened_to_alone() {
    let (address, _) = target(flood);
    let session = blocking::connect_with(&address, small()).unwrap();
    let mut events = session.events_of::<LastSeenObjectIdEvent>();
    session.take_heap_snapshot(TakeHeapSnapshot::new()).unwrap();
    assert!(
        matches!(events.try_next(), Some(Incoming::Event(event)) if &*event.method == "HeapProfiler.lastSeenObjectId")
    );
    assert!(events.try_next().is_none());
}
