//! What Chromium does to a client that does not read, and that it is noticed.

use super::alone::alone;
use super::chromium::Page;
use super::http;
use cdp_heapprofiler::protocol::heap_profiler::{AddHeapSnapshotChunkEvent, TakeHeapSnapshot};
use cdp_heapprofiler::snapshot::{Capture, Verifier};
use cdp_heapprofiler::{encode_request, Envelope, Event};
use std::io;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How long the client does not read.
const PAUSE: Duration = Duration::from_secs(60);

/// What came of a snapshot.
#[derive(Debug, Default)]
struct Arrived {
    chunks: u64,
    bytes: u64,
    verifier: Verifier,
    /// The verifier's word on what came, if it had seen enough before the end.
    refused: Option<String>,
}

impl Arrived {
    fn push(&mut self, chunk: &str) {
        self.chunks += 1;
        self.bytes += chunk.len() as u64;
        if self.refused.is_none() {
            self.refused = self
                .verifier
                .push(chunk.as_bytes())
                .err()
                .map(|error| error.to_string());
        }
    }
}

/// Takes a snapshot as a client that reads the first chunk, pauses, and reads on.
fn pausing(socket: &mut WebSocket<TcpStream>) -> Arrived {
    let mut arrived = Arrived::default();
    let request = encode_request(1, None, &TakeHeapSnapshot::new()).unwrap();
    socket.send(Message::text(request)).unwrap();
    loop {
        let frame = socket.read().unwrap();
        let frame = frame.to_text().unwrap();
        let envelope = Envelope::decode(frame).unwrap();
        if envelope.id == Some(1) {
            println!("  the reply: {frame}");
            return arrived;
        }
        if envelope.method.as_deref() == Some(AddHeapSnapshotChunkEvent::METHOD) {
            let chunk: AddHeapSnapshotChunkEvent =
                cdp_heapprofiler::decode(envelope.params.unwrap()).unwrap();
            arrived.push(&chunk.chunk);
            if arrived.chunks == 1 {
                std::thread::sleep(PAUSE);
            }
        }
    }
}

#[test]
#[ignore = "it takes minutes and gigabytes"]
fn chunks_dropped_for_a_slow_client_are_noticed() {
    alone("loss::chunks_dropped_for_a_slow_client_are_noticed", || {
        let page = Page::on_a_web_socket();
        println!("{}, client not reading for {PAUSE:?}", page.target.label);
        let capture = Capture::new(TakeHeapSnapshot::new());
        let expected = capture.write_to(&page.session, io::sink()).unwrap().bytes;
        let address = page.target.address.as_deref().unwrap();
        let list = http::json("GET", address, "/json/list").unwrap();
        let url = list[0]["webSocketDebuggerUrl"].as_str().unwrap();
        let stream = TcpStream::connect(address).unwrap();
        let (mut socket, _) = tungstenite::client(url, stream).unwrap();
        let start = Instant::now();
        let arrived = pausing(&mut socket);
        println!(
            "  about {:.0} MB expected, {:.0} MB in {} chunks arrived, in {:.1} s",
            expected as f64 / 1e6,
            arrived.bytes as f64 / 1e6,
            arrived.chunks,
            start.elapsed().as_secs_f64()
        );
        let finished = arrived
            .verifier
            .finish()
            .err()
            .map(|error| error.to_string());
        let refused = arrived.refused.or(finished);
        println!("  the verifier: {refused:?}");
        // It has nothing to say against what is whole.
        let is_short = arrived.bytes < expected / 100 * 99;
        assert_eq!(refused.is_some(), is_short);
    });
}
