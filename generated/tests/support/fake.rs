//! A target made of a few lines: answers by HTTP and over a WebSocket as it is told.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use cdp_heapprofiler::Envelope;
use tungstenite::{Message, WebSocket};

use super::http;

/// A request that the fake target received.
pub(crate) struct Request {
    pub(crate) id: i64,
    pub(crate) method: String,
    pub(crate) params: String,
    pub(crate) session_id: Option<String>,
}

/// The fake target's end of a connection.
pub(crate) struct Peer(pub(crate) WebSocket<TcpStream>);

impl Peer {
    /// The next request that comes soon.
    pub(crate) fn request_soon(&mut self) -> Option<Request> {
        let stream = self.0.get_ref().try_clone().unwrap();
        stream
            .set_read_timeout(Some(Duration::from_millis(5)))
            .unwrap();
        let request = self.request();
        stream.set_read_timeout(None).unwrap();
        request
    }

    /// The next request, or `None` when the client has gone.
    pub(crate) fn request(&mut self) -> Option<Request> {
        loop {
            match self.0.read().ok()? {
                Message::Text(text) => {
                    let envelope = Envelope::decode(&text).expect("clients send messages");
                    return Some(Request {
                        id: envelope.id.expect("requests have ids"),
                        method: envelope.method.expect("and methods").into_owned(),
                        params: envelope.params.unwrap_or("{}").to_owned(),
                        session_id: envelope.session_id.map(Into::into),
                    });
                }
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    pub(crate) fn send(&mut self, frame: impl Into<String>) {
        // The client may have gone, which is what some tests are about.
        let _ = self.0.send(Message::text(frame.into()));
    }

    pub(crate) fn reply(&mut self, id: i64, result: &str) {
        self.send(format!(r#"{{"id":{id},"result":{result}}}"#));
    }

    /// Replies to all further requests with `{}`, until the client goes.
    pub(crate) fn serve(&mut self) {
        while let Some(request) = self.request() {
            self.reply(request.id, "{}");
        }
    }
}

/// Starts a target that serves one WebSocket by this script, and gives back its
/// address. Before that it answers requests for `/json/list`.
pub(crate) fn target(script: impl FnOnce(Peer) + Send + 'static) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let host = address.clone();
    let thread = thread::spawn(move || loop {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 16];
        let length = stream.peek(&mut head).unwrap();
        if head[..length].starts_with(b"GET /json/list") {
            let list = format!(
                r#"[{{"id":"a","type":"node","title":"fake","url":"file://","webSocketDebuggerUrl":"ws://{host}/a"}}]"#
            );
            http::read_head(&mut stream);
            stream.write_all(http::ok(&list).as_bytes()).unwrap();
        } else {
            return script(Peer(tungstenite::accept(stream).unwrap()));
        }
    });
    (address, thread)
}
