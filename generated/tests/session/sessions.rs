//! What becomes of sessions and their commands, as real targets tell of it, and as
//! others might.

use crate::story::{attached, of_worker, Story, ROOT, SECOND};
use cdp_heapprofiler::protocol::heap_profiler::{CollectGarbage, TakeHeapSnapshot};
use cdp_heapprofiler::protocol::node_worker;
use cdp_heapprofiler::protocol::target::{AttachToTarget, DetachFromTarget};
use cdp_heapprofiler::session::{Closed, CommandId, Error, Notice, SessionKind};

#[test]
fn a_page_is_closed_in_mid_snapshot() {
    let mut story = Story::new();
    story.send(ROOT, TakeHeapSnapshot::new());
    story.gets(
        r#"{"method":"Inspector.detached","params":{"reason":"Render process gone."}}"#,
        &[
            "event Inspector.detached",
            "ended 1: `HeapProfiler.takeHeapSnapshot` has no answer: the target detached: Render process gone.",
            "session ended: the target detached: Render process gone.",
        ],
    );
    story.gets(
        r#"{"method":"Inspector.detached","params":{"reason":"target_closed"}}"#,
        &["event Inspector.detached"],
    );
    story.core.close(Closed::Connection("EOF".to_owned()));
    assert_eq!(story.notices(), [""; 0]);
    let error = story.try_send(ROOT, CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::Detached(_),
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_page_crashes_and_is_loaded_anew() {
    let mut story = Story::new();
    let page = story.page("S");
    story.send(page, TakeHeapSnapshot::new());
    story.send(ROOT, CollectGarbage::new());
    story.gets(
        r#"{"method":"Inspector.targetCrashed","params":{},"sessionId":"S"}"#,
        &[
            "event Inspector.targetCrashed",
            "ended 1: `HeapProfiler.takeHeapSnapshot` has no answer: the target crashed (session S)",
        ],
    );
    story.send(page, CollectGarbage::new());
    story.gets(
        r#"{"method":"Target.targetCrashed","params":{"targetId":"T-S","status":"crashed","errorCode":11}}"#,
        &[
            "event Target.targetCrashed",
            "ended 3: `HeapProfiler.collectGarbage` has no answer: the target crashed (session S)",
        ],
    );
    // The page is loaded anew, and what was held back is answered.
    story.gets(
        r#"{"id":1,"error":{"code":-32000,"message":"Target crashed"},"sessionId":"S"}"#,
        &["odd: a reply to id 1, which nothing waits for"],
    );
    story.send(page, CollectGarbage::new());
    story.gets(r#"{"id":4,"result":{},"sessionId":"S"}"#, &["reply 4: {}"]);
    story.gets(r#"{"id":2,"result":{}}"#, &["reply 2: {}"]);
}

#[test]
fn a_session_is_detached_and_its_worker_with_it() {
    let mut story = Story::new();
    story.send(ROOT, AttachToTarget::new("T-S").flatten(true));
    let page = story.page("S");
    story.gets(
        r#"{"id":1,"result":{"sessionId":"S"}}"#,
        &[r#"reply 1: {"sessionId":"S"}"#],
    );
    story.core.receive(
        &attached("W").replacen('{', r#"{"sessionId":"S","#, 1),
        story.now,
    );
    let worker = story.core.flat_session(ROOT, "W");
    assert_eq!(
        story
            .core
            .session_info(worker)
            .map(|it| (it.kind, it.parent)),
        Some((SessionKind::Flat, page))
    );
    story.send(page, TakeHeapSnapshot::new());
    story.send(worker, TakeHeapSnapshot::new());
    story.send(ROOT, DetachFromTarget::new().session_id("S"));
    let detached = "the session was detached from its target";
    story.gets(
        r#"{"method":"Target.detachedFromTarget","params":{"sessionId":"S","targetId":"T-S"}}"#,
        &[
            "event Target.detachedFromTarget",
            &format!(
                "ended 2: `HeapProfiler.takeHeapSnapshot` has no answer: {detached} (session S)"
            ),
            &format!("session ended: {detached}"),
            &format!(
                "ended 3: `HeapProfiler.takeHeapSnapshot` has no answer: {detached} (session W)"
            ),
            &format!("session ended: {detached}"),
        ],
    );
    story.gets(r#"{"id":4,"result":{}}"#, &["reply 4: {}"]);
    story.gets(
        r#"{"method":"HeapProfiler.resetProfiles","params":{},"sessionId":"W"}"#,
        &["odd: `HeapProfiler.resetProfiles` of the session W, which has ended"],
    );
}

#[test]
fn a_session_ends_when_the_target_does_not_know_it() {
    let mut story = Story::new();
    let page = story.core.flat_session(ROOT, "S");
    story.send(page, TakeHeapSnapshot::new());
    story.send(page, CollectGarbage::new());
    story.gets(
        r#"{"id":1,"error":{"code":-32001,"message":"Session with given id not found."}}"#,
        &[
            "reply 1: Session with given id not found. (-32001)",
            "ended 2: `HeapProfiler.collectGarbage` has no answer: the target has no such session (session S)",
            "session ended: the target has no such session",
        ],
    );
}

#[test]
fn a_worker_in_node_lives_and_ends() {
    let mut story = Story::new();
    story.send(ROOT, node_worker::Enable::new(false));
    story.gets(r#"{"id":1,"result":{}}"#, &["reply 1: {}"]);
    let worker = story.worker("1");
    let frame = story.send(worker, CollectGarbage::new());
    let carried =
        r#""message":"{\"id\":2,\"method\":\"HeapProfiler.collectGarbage\",\"params\":{}}""#;
    assert!(frame.starts_with(r#"{"id":3,"method":"NodeWorker.sendMessageToWorker""#));
    assert!(frame.contains(carried), "{frame}");
    story.gets(r#"{"id":3,"result":{}}"#, &["receipt"]);
    story.gets(
        &of_worker("1", r#"{"method":"HeapProfiler.resetProfiles"}"#),
        &["event HeapProfiler.resetProfiles"],
    );
    story.gets(&of_worker("1", r#"{"id":2,"result":{}}"#), &["reply 2: {}"]);

    story.send(worker, TakeHeapSnapshot::new());
    // The target takes what is sent to a gone worker for a success, and says no more.
    story.gets(r#"{"id":5,"result":{}}"#, &["receipt"]);
    let ended = "the worker has ended or was detached";
    story.gets(
        r#"{"method":"NodeWorker.detachedFromWorker","params":{"sessionId":"1"}}"#,
        &[
            "event NodeWorker.detachedFromWorker",
            &format!("ended 4: `HeapProfiler.takeHeapSnapshot` has no answer: {ended} (session 1)"),
            &format!("session ended: {ended}"),
        ],
    );
    story.gets(
        &of_worker(
            "1",
            r#"{"id":4,"error":{"code":-32000,"message":"Execution context was destroyed."}}"#,
        ),
        &[
            "event NodeWorker.receivedMessageFromWorker",
            "odd: a message of the unknown worker session 1",
        ],
    );
    let error = story.try_send(worker, CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::DetachedFromWorker,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn disabling_node_worker_ends_its_workers_without_an_event() {
    let mut story = Story::new();
    let worker = story.worker("1");
    story.send(worker, TakeHeapSnapshot::new());
    story.send(ROOT, node_worker::Disable::new());
    let ended = "the worker has ended or was detached";
    story.gets(
        r#"{"id":3,"result":{}}"#,
        &[
            "reply 3: {}",
            &format!("ended 1: `HeapProfiler.takeHeapSnapshot` has no answer: {ended} (session 1)"),
            &format!("session ended: {ended}"),
        ],
    );
    assert_eq!(story.core.pending(), 0);
}

#[test]
fn the_end_of_the_connection_ends_everything_and_says_why() {
    let mut story = Story::new();
    let page = story.page("S");
    story.send(page, TakeHeapSnapshot::new());
    story
        .core
        .close(Closed::Connection("the peer is gone".to_owned()));
    let ended = "the connection ended: the peer is gone";
    assert_eq!(
        story.notices(),
        [
            format!("session ended: {ended}"),
            format!("ended 1: `HeapProfiler.takeHeapSnapshot` has no answer: {ended} (session S)"),
            format!("session ended: {ended}"),
        ]
    );
}

#[test]
fn what_an_unknown_session_says_of_itself_ends_no_other() {
    let mut story = Story::new();
    story.send(ROOT, TakeHeapSnapshot::new());
    let unknown = "odd: an event of the unknown session S";
    for method in ["Inspector.detached", "Inspector.targetCrashed"] {
        story.gets(
            &format!(r#"{{"method":"{method}","params":{{"reason":"gone"}},"sessionId":"S"}}"#),
            &[&format!("event {method}"), unknown],
        );
    }
    story.gets(r#"{"id":1,"result":{}}"#, &["reply 1: {}"]);
    let worker = story.worker("1");
    story.gets(
        r#"{"method":"NodeWorker.detachedFromWorker","params":{"sessionId":"1"},"sessionId":"S"}"#,
        &["event NodeWorker.detachedFromWorker", unknown],
    );
    story.send(worker, CollectGarbage::new());
}

#[test]
fn what_an_unknown_session_says_of_a_target_counts() {
    for (method, params, ended) in [
        (
            "Target.targetCrashed",
            r#"{"targetId":"T-S","status":"crashed","errorCode":11}"#,
            "the target crashed",
        ),
        (
            "Target.targetDestroyed",
            r#"{"targetId":"T-S"}"#,
            "the session was detached from its target",
        ),
    ] {
        let mut story = Story::new();
        let page = story.page("S");
        story.send(page, TakeHeapSnapshot::new());
        let frame = format!(r#"{{"method":"{method}","params":{params},"sessionId":"X"}}"#);
        story.core.receive(&frame, story.now);
        assert_eq!(story.core.pending(), 0, "{method}");
        let mut notices = std::iter::from_fn(|| story.core.next_notice());
        assert!(
            notices.any(
                |notice| matches!(&notice, Notice::Ended(it) if it.error.to_string().contains(ended))
            ),
            "{method}"
        );
    }
}

#[test]
fn what_an_ended_session_attaches_has_ended() {
    let mut story = Story::new();
    let page = story.page("S");
    story.gets(
        r#"{"method":"Target.detachedFromTarget","params":{"sessionId":"S"}}"#,
        &[
            "event Target.detachedFromTarget",
            "session ended: the session was detached from its target",
        ],
    );
    let worker = story.core.worker_session(page, "1");
    let error = story.try_send(worker, CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::DetachedFromTarget,
                ..
            }
        ),
        "{error}"
    );

    story.core.close(Closed::Here);
    story.notices();
    let late = story.page("LATE");
    let error = story.try_send(late, CollectGarbage::new()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Closed {
                reason: Closed::Here,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(story.core.pending(), 0);
}

#[test]
fn nothing_is_left_of_a_command_to_a_worker_that_was_answered() {
    let mut story = Story::new();
    let worker = story.worker("1");
    story.send(worker, CollectGarbage::new());
    assert_eq!(story.core.pending(), 2, "the command and what carries it");
    story.gets(&of_worker("1", r#"{"id":1,"result":{}}"#), &["reply 1: {}"]);
    assert_eq!(story.core.pending(), 0);
    story.gets(
        r#"{"id":2,"result":{}}"#,
        &["odd: a reply to id 2, which nothing waits for"],
    );
}

#[test]
fn a_worker_ends_with_the_unknown_session_that_has_attached_it() {
    let mut story = Story::new();
    let page = story.page("S");
    let worker = story.core.worker_session(page, "1");
    story.send(page, TakeHeapSnapshot::new());
    story.send(worker, CollectGarbage::new());
    let gone = "the target has no such session";
    story.gets(
        r#"{"id":3,"error":{"code":-32001,"message":"Session with given id not found."}}"#,
        &[
            "receipt",
            &format!("ended 1: `HeapProfiler.takeHeapSnapshot` has no answer: {gone} (session S)"),
            &format!("session ended: {gone}"),
            &format!("ended 2: `HeapProfiler.collectGarbage` has no answer: {gone} (session 1)"),
            &format!("session ended: {gone}"),
        ],
    );
}

#[test]
fn messages_of_a_worker_feed_the_session_that_has_attached_it() {
    let mut story = Story::new();
    let worker = story.worker("1");
    let inner = story.core.flat_session(worker, "S");
    story.core.worker_session(inner, "2");
    story.send(inner, TakeHeapSnapshot::new());
    let id = CommandId::FIRST;
    let before = story.core.deadline(id);
    story.passes(SECOND);
    let deepest = of_worker("2", r#"{"method":"HeapProfiler.resetProfiles"}"#);
    let with_session = deepest.replacen('{', r#"{"sessionId":"S","#, 1);
    story.gets(
        &of_worker("1", &with_session),
        &["event HeapProfiler.resetProfiles"],
    );
    assert_eq!(story.core.deadline(id), before.map(|due| due + SECOND));
}

#[test]
fn a_target_that_attaches_without_end_is_not_followed_without_end() {
    let mut story = Story::new();
    for session in 0..16_500 {
        story
            .core
            .receive(&attached(&session.to_string()), story.now);
    }
    let told = story.notices();
    assert_eq!(
        told.last().unwrap(),
        "odd: the session 16499 is one too many to be followed"
    );
    assert!(told.len() > 100, "{}", told.len());
    story.core.close(Closed::Here);
    assert!(story.notices().len() < 16_500);
}

#[test]
fn what_a_target_names_at_length_is_not_kept() {
    let mut story = Story::new();
    let long = "x".repeat(2000);
    let told = format!("odd: the session {long} is one too many to be followed");
    story.gets(&attached(&long), &["event Target.attachedToTarget", &told]);
    story.gets(
        &format!(r#"{{"method":"Inspector.detached","params":{{"reason":"\u00e4{long}"}}}}"#),
        &[
            "event Inspector.detached",
            &format!(
                "session ended: the target detached: \u{e4}{}",
                &long[..1022]
            ),
        ],
    );
}
