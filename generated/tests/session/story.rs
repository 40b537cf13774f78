//! What the tests are told with: a connection, and texts of what it yields.

use std::time::{Duration, Instant};

use cdp_heapprofiler::session::{
    CommandId, Connection, Deadline, Error, Message, Notice, SessionKey,
};
use cdp_heapprofiler::Command;

pub(crate) const ROOT: SessionKey = SessionKey::ROOT;
pub(crate) const SECOND: Duration = Duration::from_secs(1);

/// A connection, its time, and what it has told, a line for each.
pub(crate) struct Story {
    pub(crate) core: Connection,
    pub(crate) now: Instant,
    pub(crate) deadline: Deadline,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self::starting_at(CommandId::FIRST)
    }

    pub(crate) fn starting_at(first: CommandId) -> Self {
        Self {
            core: Connection::starting_at(first),
            now: Instant::now(),
            deadline: Deadline::idle(60 * SECOND),
        }
    }

    /// Sends a command; gives back its frame.
    pub(crate) fn send(&mut self, session: SessionKey, command: impl Command) -> String {
        self.try_send(session, command)
            .expect("the session is alive")
    }

    pub(crate) fn try_send(
        &mut self,
        session: SessionKey,
        command: impl Command,
    ) -> Result<String, Error> {
        let sent = self.core.send(session, &command, self.deadline, self.now)?;
        Ok(sent.frame)
    }

    /// Takes in a frame; gives back what it was, and after it what it brought about.
    #[track_caller]
    pub(crate) fn gets(&mut self, frame: &str, told: &[&str]) {
        let mut lines = vec![message(&self.core.receive(frame, self.now))];
        lines.extend(self.notices());
        assert_eq!(lines, told, "{frame}");
    }

    pub(crate) fn notices(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.core.next_notice())
            .map(|it| notice(&it))
            .collect()
    }

    pub(crate) fn passes(&mut self, time: Duration) -> Vec<String> {
        self.now += time;
        self.core.expire(self.now);
        self.notices()
    }

    pub(crate) fn page(&mut self, id: &str) -> SessionKey {
        self.core.receive(&attached(id), self.now);
        self.core.flat_session(ROOT, id)
    }

    pub(crate) fn worker(&mut self, id: &str) -> SessionKey {
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

pub(crate) fn attached(session: &str) -> String {
    format!(
        r#"{{"method":"Target.attachedToTarget","params":{{"sessionId":"{session}","targetInfo":{{"targetId":"T-{session}","type":"page","title":"","url":"about:blank","attached":true,"canAccessOpener":false}},"waitingForDebugger":false}}}}"#
    )
}

pub(crate) fn worker_attached(session: &str) -> String {
    format!(
        r#"{{"method":"NodeWorker.attachedToWorker","params":{{"sessionId":"{session}","workerInfo":{{"workerId":"{session}","type":"worker","title":"[worker 1]","url":"file:///w.js"}},"waitingForDebugger":false}}}}"#
    )
}

/// A worker's message, as it comes.
pub(crate) fn of_worker(session: &str, message: &str) -> String {
    let message = cdp_heapprofiler::encode(message).expect("a text");
    format!(
        r#"{{"method":"NodeWorker.receivedMessageFromWorker","params":{{"sessionId":"{session}","message":{message}}}}}"#
    )
}
