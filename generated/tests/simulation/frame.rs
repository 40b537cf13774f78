//! Frames as the simulator thinks of them, and the texts that they travel as.
//!
//! What a frame means is stated here as data, and only its text is given to the
//! core. So what is expected of the core rests on no reading of JSON.

use crate::rng::Rng;
use serde_json::json;

/// A message on its way to the core.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The workers that carry it, the outermost first.
    pub(crate) hops: Vec<Hop>,
    pub(crate) id: Option<i64>,
    pub(crate) session: Option<String>,
    pub(crate) body: Body,
    /// What the target has made it for: the nonce of the command that it answers.
    /// `None` if it answers none, or if the network has forged its id.
    pub(crate) answers: Option<u64>,
}

/// A `NodeWorker.receivedMessageFromWorker` around a message.
#[derive(Clone, Debug)]
pub(crate) struct Hop {
    /// The `sessionId` of the event.
    pub(crate) session: Option<String>,
    pub(crate) worker: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Result(String),
    Error(i64),
    /// The request itself, with its method.
    Echo(String),
    /// Nothing besides the id.
    Empty,
    Event(Event),
    /// A text that is no message, in place of one.
    Broken {
        text: String,
        /// The id that can be told of the command that it answers.
        told: Option<i64>,
    },
}

#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// One that concerns no session but its own: method and parameters.
    Plain(&'static str, Option<&'static str>),
    /// One about sessions, with parameters that are not its own.
    Unreadable(&'static str),
    Attached {
        session: String,
        target: String,
    },
    Detached(String),
    TargetCrashed(String),
    InspectorDetached(String),
    InspectorCrashed,
    WorkerAttached(String),
    WorkerDetached(String),
}

impl Event {
    pub(crate) fn method(&self) -> &'static str {
        match self {
            Self::Plain(method, _) | Self::Unreadable(method) => method,
            Self::Attached { .. } => "Target.attachedToTarget",
            Self::Detached(_) => "Target.detachedFromTarget",
            Self::TargetCrashed(_) => "Target.targetCrashed",
            Self::InspectorDetached(_) => "Inspector.detached",
            Self::InspectorCrashed => "Inspector.targetCrashed",
            Self::WorkerAttached(_) => "NodeWorker.attachedToWorker",
            Self::WorkerDetached(_) => "NodeWorker.detachedFromWorker",
        }
    }

    fn params(&self) -> Option<String> {
        let params = match self {
            Self::Plain(_, params) => return params.map(str::to_owned),
            Self::Unreadable(_) => json!({"sessionId": 5, "reason": [], "targetId": {}}),
            Self::Attached { session, target } => json!({
                "sessionId": session,
                "targetInfo": {"targetId": target, "type": "page", "title": "", "url": "", "attached": true},
                "waitingForDebugger": false,
            }),
            Self::Detached(session) => json!({"sessionId": session, "targetId": "T"}),
            Self::TargetCrashed(target) => {
                json!({"targetId": target, "status": "crashed", "errorCode": 11})
            }
            Self::InspectorDetached(reason) => json!({ "reason": reason }),
            Self::InspectorCrashed => json!({}),
            Self::WorkerAttached(session) => json!({
                "sessionId": session,
                "workerInfo": {"workerId": session, "type": "worker", "title": "", "url": ""},
                "waitingForDebugger": false,
            }),
            Self::WorkerDetached(session) => json!({ "sessionId": session }),
        };
        Some(params.to_string())
    }
}

/// The message in the frame, without what carries it: the text, and where its id
/// ends.
fn message(frame: &Frame, rng: &mut Rng) -> (String, usize) {
    let mut members = Vec::new();
    if let Some(id) = frame.id {
        members.push(format!(r#""id":{id}"#));
    }
    if let Some(session) = &frame.session {
        members.push(format!(r#""sessionId":{}"#, json!(session)));
    }
    match &frame.body {
        Body::Result(result) => members.push(format!(r#""result":{result}"#)),
        Body::Error(code) => members.push(format!(
            r#""error":{{"message":"no","code":{code},"new":[]}}"#
        )),
        Body::Echo(method) => {
            members.push(format!(r#""method":"{method}""#));
            members.push(r#""params":{"a":1}"#.to_owned());
        }
        Body::Empty => {}
        Body::Event(event) => {
            members.push(format!(r#""method":"{}""#, event.method()));
            members.extend(event.params().map(|params| format!(r#""params":{params}"#)));
        }
        Body::Broken { text, .. } => return (text.clone(), 0),
    }
    for odd in [
        r#""id2":{"id":1}"#,
        r#""error":null"#,
        r#""exceptionId":[[]]"#,
    ] {
        // An error that is null after one that is not would undo it.
        if rng.percent(4) && !matches!(frame.body, Body::Error(_)) {
            members.push(odd.to_owned());
        }
    }
    rng.shuffle(&mut members);
    let mut text = "{".to_owned();
    let mut id_end = 0;
    for (at, member) in members.iter().enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        text.push_str(member);
        if member.starts_with(r#""id":"#) {
            id_end = text.len();
        }
    }
    text.push('}');
    (text, id_end)
}

impl Frame {
    /// The frame as it is on the wire.
    pub(crate) fn text(&self, rng: &mut Rng) -> String {
        let (mut text, _) = message(self, rng);
        for hop in self.hops.iter().rev() {
            let params = json!({"sessionId": hop.worker, "message": text});
            let method = "NodeWorker.receivedMessageFromWorker";
            text = match &hop.session {
                Some(session) => {
                    json!({"method": method, "params": params, "sessionId": session}).to_string()
                }
                None => json!({"method": method, "params": params}).to_string(),
            };
        }
        text
    }

    /// Cuts off the end of the message. Its id can be told if it came through with
    /// what follows it: digits at the very end may not be all.
    pub(crate) fn truncate(&mut self, rng: &mut Rng) {
        let (mut text, id_end) = message(self, rng);
        let cut = rng.below(text.len());
        text.truncate(
            (0..=cut)
                .rev()
                .find(|&at| text.is_char_boundary(at))
                .unwrap_or(0),
        );
        let told = self.id.filter(|_| id_end > 0 && id_end < text.len());
        self.body = Body::Broken { text, told };
    }

    /// Makes a text that is no message of it.
    pub(crate) fn garble(&mut self, rng: &mut Rng) {
        let id = self.id.unwrap_or(1);
        let (text, told) = match rng.below(9) {
            0 => (String::new(), None),
            1 => ("garbage \u{0}\u{7f}".to_owned(), None),
            2 => (format!(r#"{{"id":{id},"result":{{]}}}}"#), Some(id)),
            3 => (format!(r#"{{"id":{id},"method":5}}"#), Some(id)),
            4 => (format!(r#"{{"id":"{id}","result":{{}}}}"#), None),
            5 => (format!(r#"[{{"id":{id},"result":{{}}}}]"#), None),
            6 => (format!(r#"{{"result":{{"a","id":{id}}}"#), None),
            7 => (
                format!(r#"{{"id":{id},"result":{{}}}} {{"id":{id}}}"#),
                Some(id),
            ),
            _ => (format!(r#"{{"id":{id}.5,"result":{{}}}}"#), None),
        };
        self.body = Body::Broken { text, told };
    }
}
