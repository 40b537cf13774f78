//! What the session core promises, told as what happens on a wire.

use std::time::{Duration, Instant};

use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, GetHeapObjectId, HeapProfilerEvent, StopSampling, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::target::{AttachToTarget, DetachFromTarget};
use cdp_heapprofiler::protocol::{node_worker, AnyEvent};
use cdp_heapprofiler::session::{
    Closed, CommandId, Connection, Deadline, Error, Message, Notice, Oddity, SessionKey,
    SessionKind,
};
use cdp_heapprofiler::Command;

const ROOT: SessionKey = SessionKey::ROOT;
const SECOND: Duration = Duration::from_secs(1);

/// A connection, its time, and what it has told, a line for each.
struct Story {
    core: Connection,
    now: Instant,
    deadline: Deadline,
}

impl Story {
    fn new() -> Self {
        Self::starting_at(CommandId::FIRST)
    }

    fn starting_at(first: CommandId) -> Self {
        Self {
            core: Connection::starting_at(first),
            now: Instant::now(),
            deadline: Deadline::idle(60 * SECOND),
        }
    }

    /// Sends a command; gives back its frame.
    fn send(&mut self, session: SessionKey, command: impl Command) -> String {
        self.try_send(session, command)
            .expect("the session is alive")
    }

    fn try_send(&mut self, session: SessionKey, command: impl Command) -> Result<String, Error> {
        let sent = self.core.send(session, &command, self.deadline, self.now)?;
        Ok(sent.frame)
    }

    /// Takes in a frame; gives back what it was, and after it what it brought about.
    #[track_caller]
    fn gets(&mut self, frame: &str, told: &[&str]) {
        let mut lines = vec![message(&self.core.receive(frame, self.now))];
        lines.extend(self.notices());
        assert_eq!(lines, told, "{frame}");
    }

    fn notices(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.core.next_notice())
            .map(|it| notice(&it))
            .collect()
    }

    fn passes(&mut self, time: Duration) -> Vec<String> {
        self.now += time;
        self.core.expire(self.now);
        self.notices()
    }

    fn page(&mut self, id: &str) -> SessionKey {
        self.core.receive(&attached(id), self.now);
        self.core.flat_session(ROOT, id)
    }

    fn worker(&mut self, id: &str) -> SessionKey {
        self.core.receive(&worker_attached(id), self.now);
        self.core.worker_session(ROOT, id)
    }
}

fn message(message: &Message<'_>) -> String {
    match message {
        Message::Reply(reply) => match &reply.outcome {
            Ok(result) => format!("reply {}: {result}", reply.id),
            Err(error) => format!("reply {}: {error}", reply.id),
        },
        Message::Event(event) => format!("event {}", event.method),
        Message::Odd(oddity) => format!("odd: {oddity}"),
        Message::Receipt => "receipt".to_owned(),
        other => format!("{other:?}"),
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Ended(ended) => format!("ended {}: {}", ended.id, ended.error),
        Notice::Odd(oddity) => format!("odd: {oddity}"),
        Notice::SessionEnded(_, reason) => format!("session ended: {reason}"),
        other => format!("{other:?}"),
    }
}

fn attached(session: &str) -> String {
    format!(
        r#"{{"method":"Target.attachedToTarget","params":{{"sessionId":"{session}","targetInfo":{{"targetId":"T-{session}","type":"page","title":"","url":"about:blank","attached":true,"canAccessOpener":false}},"waitingForDebugger":false}}}}"#
    )
}

fn worker_attached(session: &str) -> String {
    format!(
        r#"{{"method":"NodeWorker.attachedToWorker","params":{{"sessionId":"{session}","workerInfo":{{"workerId":"{session}","type":"worker","title":"[worker 1]","url":"file:///w.js"}},"waitingForDebugger":false}}}}"#
    )
}

/// A worker's message, as it comes.
fn of_worker(session: &str, message: &str) -> String {
    let message = cdp_heapprofiler::encode(message).expect("a text");
    format!(
        r#"{{"method":"NodeWorker.receivedMessageFromWorker","params":{{"sessionId":"{session}","message":{message}}}}}"#
    )
}

// Sessions.

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
fn an_id_that_is_cut_off_fails_no_command() {
    let mut story = Story::new();
    for _ in 0..12 {
        story.send(ROOT, CollectGarbage::new());
    }
    let odd = "odd: a frame is no message: EOF while parsing an object, offset 7, near `{\"id\":1`";
    story.gets(r#"{"id":1"#, &[odd]);
    assert_eq!(story.core.pending(), 12);
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
fn a_time_that_lies_back_makes_nothing_late() {
    let mut story = Story::new();
    story.send(ROOT, TakeHeapSnapshot::new());
    let start = story.now;
    story.now += 59 * SECOND;
    let event = r#"{"method":"HeapProfiler.resetProfiles","params":{}}"#;
    story.gets(event, &["event HeapProfiler.resetProfiles"]);
    let before = story.core.next_deadline();
    story.now = start;
    story.gets(event, &["event HeapProfiler.resetProfiles"]);
    assert_eq!(story.core.next_deadline(), before);
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

// Replies.

#[test]
fn a_reply_goes_to_its_command_in_the_order_of_the_wire() {
    let mut story = Story::new();
    let frame = story.send(ROOT, TakeHeapSnapshot::new());
    assert_eq!(
        frame,
        r#"{"id":1,"method":"HeapProfiler.takeHeapSnapshot","params":{}}"#
    );
    story.send(ROOT, GetHeapObjectId::new("7"));
    let chunk = r#"{"params":{"chunk":"{}","new":1},"method":"HeapProfiler.addHeapSnapshotChunk"}"#;
    story.gets(chunk, &["event HeapProfiler.addHeapSnapshotChunk"]);
    story.gets(
        r#"{"result":{"heapSnapshotObjectId":"9"},"id":2}"#,
        &[r#"reply 2: {"heapSnapshotObjectId":"9"}"#],
    );
    story.gets(chunk, &["event HeapProfiler.addHeapSnapshotChunk"]);
    story.gets(r#"{"id":1,"result":{},"new":[1]}"#, &["reply 1: {}"]);
    assert_eq!(
        (story.core.pending(), story.core.next_deadline()),
        (0, None)
    );
}

#[test]
fn replies_and_events_are_typed_on_demand() {
    let mut story = Story::new();
    story.send(ROOT, GetHeapObjectId::new("7"));
    let frame = r#"{"method":"HeapProfiler.lastSeenObjectId","params":{"lastSeenObjectId":7,"timestamp":0.5}}"#;
    let Message::Event(event) = story.core.receive(frame, story.now) else {
        panic!("an event");
    };
    match event.decode() {
        Ok(AnyEvent::HeapProfiler(HeapProfilerEvent::LastSeenObjectId(event))) => {
            assert_eq!(event.last_seen_object_id, 7);
        }
        other => panic!("{other:?}"),
    }
    let frame = r#"{"method":"Nobody.knowsThis","params":{"a":1}}"#;
    let Message::Event(event) = story.core.receive(frame, story.now) else {
        panic!("an event");
    };
    assert_eq!(event.params, Some(r#"{"a":1}"#));
    assert!(matches!(event.decode(), Ok(AnyEvent::Unknown(_))));
    let Message::Reply(reply) = story.core.receive(
        r#"{"id":1,"result":{"heapSnapshotObjectId":"9"}}"#,
        story.now,
    ) else {
        panic!("a reply");
    };
    assert_eq!(reply.method, "HeapProfiler.getHeapObjectId");
    let returns = reply.decode::<GetHeapObjectId>().unwrap();
    assert_eq!(&*String::from(returns.heap_snapshot_object_id), "9");
}

#[test]
fn a_reply_that_repeats_its_request_is_a_reply() {
    let mut story = Story::new();
    let echo = story.send(ROOT, TakeHeapSnapshot::new());
    story.gets(
        &echo,
        &["reply 1: {}", "odd: the reply to id 1 repeats the request"],
    );
    story.send(ROOT, CollectGarbage::new());
    story.gets(
        r#"{"id":2}"#,
        &["reply 2: {}", "odd: the reply to id 2 has no result"],
    );
}

#[test]
fn an_error_names_its_command_with_code_message_and_data() {
    let mut story = Story::new();
    story.send(ROOT, StopSampling::new());
    let frame = r#"{"error":{"code":-32000,"message":"V8 sampling heap profiler was not started.","data":[1]},"id":1}"#;
    let Message::Reply(reply) = story.core.receive(frame, story.now) else {
        panic!("a reply");
    };
    let error = reply.decode::<StopSampling>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`HeapProfiler.stopSampling` (id 1) failed: \
         V8 sampling heap profiler was not started. (-32000): [1]"
    );
}

#[test]
fn what_answers_nothing_is_told_and_harms_nothing() {
    let mut story = Story::new();
    story.send(ROOT, TakeHeapSnapshot::new());
    story.gets(
        r#"{"error":{"code":-32700,"message":"Message must be a valid JSON"}}"#,
        &["odd: an error that answers nothing: Message must be a valid JSON (-32700)"],
    );
    for id in ["0", "-1", "32552", "4294967297", "9223372036854775807"] {
        let told = format!("odd: a reply to id {id}, which nothing waits for");
        story.gets(&format!(r#"{{"id":{id},"result":{{}}}}"#), &[&told]);
    }
    story.gets("{}", &["odd: a message without id, method and error"]);
    story.gets(
        r#"{"method":"Nobody.knowsThis"}"#,
        &["event Nobody.knowsThis"],
    );
    assert!(matches!(
        story.core.receive("", story.now),
        Message::Odd(Oddity::Malformed(_))
    ));
    story.gets(r#"{"id":1,"result":{}}"#, &["reply 1: {}"]);
    story.gets(
        r#"{"id":1,"result":{}}"#,
        &["odd: a reply to id 1, which nothing waits for"],
    );
}

#[test]
fn an_answer_that_cannot_be_decoded_fails_its_one_command() {
    let mut story = Story::new();
    story.send(ROOT, GetHeapObjectId::new("7"));
    story.send(ROOT, TakeHeapSnapshot::new());
    let frame = r#"{"id":1,"result":{"heapSnapshotObjectId":[5]}}"#;
    let Message::Reply(reply) = story.core.receive(frame, story.now) else {
        panic!("a reply");
    };
    let error = reply.decode::<GetHeapObjectId>().unwrap_err().to_string();
    for part in [
        "`HeapProfiler.getHeapObjectId` (id 1)",
        "heapSnapshotObjectId",
        "a string",
        "[5]",
    ] {
        assert!(error.contains(part), "{error}");
    }
    story.gets(r#"{"id":2,"result":{}}"#, &["reply 2: {}"]);
}

#[test]
fn a_frame_that_is_no_message_fails_the_command_that_it_names() {
    let mut story = Story::new();
    story.send(ROOT, TakeHeapSnapshot::new());
    story.send(ROOT, CollectGarbage::new());
    let frame = r#"{"id":1,"result":{"a""#;
    let error = "EOF while parsing an object, at `result` in a `message`, offset 21, near `{\"id\":1,\"result\":{\"a\"`";
    story.gets(
        frame,
        &[
            &format!("odd: a frame is no message: {error}"),
            &format!("ended 1: the answer to `HeapProfiler.takeHeapSnapshot` (id 1) cannot be decoded: {error}"),
        ],
    );
    assert_eq!(story.core.pending(), 1);
}

#[test]
fn ids_start_anew_after_the_last() {
    let mut story = Story::starting_at(CommandId::LAST);
    for id in ["2147483647", "1", "2"] {
        assert!(story
            .send(ROOT, CollectGarbage::new())
            .starts_with(&format!(r#"{{"id":{id},"#)));
    }
}

// Deadlines.

#[test]
fn a_target_that_sends_is_not_late_until_the_total_is_up() {
    let mut story = Story::new();
    story.deadline = Deadline::idle(10 * SECOND).total(25 * SECOND);
    let page = story.page("S");
    story.send(ROOT, TakeHeapSnapshot::new());
    story.send(page, TakeHeapSnapshot::new());
    let silent = "has no answer after 10.0s: the target has gone silent";
    for passed in 1..=2 {
        story.gets(
            r#"{"method":"HeapProfiler.resetProfiles"}"#,
            &["event HeapProfiler.resetProfiles"],
        );
        let told = story.passes(10 * SECOND - Duration::from_nanos(1));
        assert_eq!(told, [""; 0], "{passed}");
        story.gets(
            r#"{"method":"HeapProfiler.resetProfiles"}"#,
            &["event HeapProfiler.resetProfiles"],
        );
        let told = story.passes(Duration::from_nanos(1));
        // Frames of one session do not feed the other.
        let page = format!("ended 2: `HeapProfiler.takeHeapSnapshot` (id 2) {silent}");
        assert_eq!(told, if passed == 1 { vec![page] } else { vec![] });
    }
    story.gets(
        r#"{"method":"HeapProfiler.resetProfiles"}"#,
        &["event HeapProfiler.resetProfiles"],
    );
    let told =
        "ended 1: `HeapProfiler.takeHeapSnapshot` (id 1) has no answer after 25.0s: its time is up";
    assert_eq!(story.passes(5 * SECOND), [told]);
    story.gets(
        r#"{"id":1,"result":{}}"#,
        &["odd: a reply to id 1, which nothing waits for"],
    );
}

#[test]
fn no_limit_is_no_limit() {
    let mut story = Story::new();
    story.deadline = Deadline::idle(Duration::MAX).total(Duration::MAX);
    story.send(ROOT, CollectGarbage::new());
    assert_eq!(story.core.next_deadline(), None);
    assert_eq!(story.passes(1_000_000_000 * SECOND), [""; 0]);
    assert!(story.core.abandon(CommandId::FIRST));
    assert_eq!(story.core.pending(), 0);
}

// What real targets do.

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
fn a_reply_may_lack_its_session_or_name_another() {
    let mut story = Story::new();
    let page = story.page("S");
    for _ in 0..3 {
        story.send(page, CollectGarbage::new());
    }
    story.gets(r#"{"sessionId":"S","result":{},"id":1}"#, &["reply 1: {}"]);
    story.gets(r#"{"id":2,"result":{}}"#, &["reply 2: {}"]);
    story.gets(
        r#"{"id":3,"result":{},"sessionId":"X"}"#,
        &["reply 3: {}", "odd: the reply to id 3 names the session X"],
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
