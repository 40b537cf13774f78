//! What the session core promises, told as what happens on a wire: replies, events
//! and deadlines here, and what becomes of sessions besides.

#[path = "session/sessions.rs"]
mod sessions;
#[path = "session/story.rs"]
mod story;

use std::time::Duration;

use cdp_heapprofiler::protocol::heap_profiler::{
    CollectGarbage, GetHeapObjectId, HeapProfilerEvent, StopSampling, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::session::{CommandId, Deadline, Message, Oddity};
use story::{Story, ROOT, SECOND};

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
    let error = "the text ends within the message, offset 21, near `{\"id\":1,\"result\":{\"a\"`";
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
fn an_id_that_is_cut_off_fails_no_command() {
    let mut story = Story::new();
    for _ in 0..12 {
        story.send(ROOT, CollectGarbage::new());
    }
    let odd =
        "odd: a frame is no message: the text ends within the message, offset 7, near `{\"id\":1`";
    story.gets(r#"{"id":1"#, &[odd]);
    assert_eq!(story.core.pending(), 12);
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
