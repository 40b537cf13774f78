//! Finding targets: addresses, and the answers of what listens there.

mod support {
    pub(crate) mod http;
}

use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc::{channel, Receiver};
use std::thread;

use cdp_heapprofiler::{blocking, tokio as aio, ConnectError};
use support::http::{ok, read_head};

/// Answers a single HTTP request with these pieces, and closes. The receiver gets
/// the request.
fn http(pieces: Vec<String>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // Most tests do not ask what the request was.
        let _ = sender.send(read_head(&mut stream));
        for piece in pieces {
            let _ = stream.write_all(piece.as_bytes());
            let _ = stream.flush();
            thread::yield_now();
        }
    });
    (address, receiver)
}

fn run<T>(future: impl std::future::Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

const TWO: &str = r#"[
    {"id":"1","type":"browser_ui","title":"Omnibox","webSocketDebuggerUrl":"ws://127.0.0.1:1/ui"},
    {"id":"2","type":"page","title":"","url":"about:blank","future":[1],"webSocketDebuggerUrl":"ws://127.0.0.1:1/page"}
]"#;

#[test]
fn what_is_listed_can_be_read_by_both_clients() {
    let (address, _) = http(vec![ok(TWO)]);
    let listed = blocking::targets(&address).unwrap();
    let (address, _) = http(vec![ok(TWO)]);
    assert_eq!(run(aio::targets(&address)).unwrap(), listed);
    let kinds: Vec<_> = listed.iter().map(|each| each.kind.as_deref()).collect();
    assert_eq!(kinds, [Some("browser_ui"), Some("page")]);
    assert_eq!(listed[1].url.as_deref(), Some("about:blank"));
}

#[test]
fn the_host_is_sent_with_its_port() {
    let (address, request) = http(vec![ok("[]")]);
    blocking::targets(&format!("http://{address}/")).unwrap();
    let request = request.recv().unwrap();
    assert!(
        request.starts_with("GET /json/list HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains(&format!("\r\nHost: {address}\r\n")),
        "{request}"
    );
}

#[test]
fn answers_may_come_in_any_shape() {
    let version = r#"{"Browser":"X/1","Protocol-Version":"1.3"}"#;
    let length = version.len();
    let heads = [
        format!("HTTP/1.1 200 OK\r\nContent-Length:{length}\r\n\r\n{version}and more"),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length} \r\nx: y\r\n\r\n{version}"),
        format!("HTTP/1.0 200 OK\r\n\r\n{version}"),
        format!("HTTP/1.1 200\r\n\r\n{version}"),
    ];
    for answer in heads {
        let bytes = answer.chars().map(String::from).collect();
        for pieces in [vec![answer.clone()], bytes] {
            let (address, _) = http(pieces.clone());
            let blocking = blocking::version(&address).unwrap_or_else(|e| panic!("{answer}: {e}"));
            assert_eq!(blocking.browser.as_deref(), Some("X/1"), "{answer}");
            let (address, _) = http(pieces);
            assert_eq!(run(aio::version(&address)).unwrap(), blocking, "{answer}");
        }
    }
}

#[test]
fn wrong_answers_say_what_is_wrong() {
    let cases = [
        (
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP status 400 Bad Request",
        ),
        ("SSH-2.0-OpenSSH\r\n\r\n", "no HTTP"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]",
            "ends too early",
        ),
        ("HTTP/1.1 200 OK\r\n", "ends too early"),
        ("", "ends too early"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "expected"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
            "chunks",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n[]",
            "ends too early",
        ),
    ];
    for (answer, expected) in cases {
        let (address, _) = http(vec![answer.to_owned()]);
        let error = blocking::targets(&address).unwrap_err().to_string();
        assert!(
            error.contains(expected) && error.contains(&address),
            "{answer:?}: {error}"
        );
    }
}

#[test]
fn without_a_target_the_error_tells_what_is_there() {
    let only = r#"[{"id":"7","type":"page","title":"Shop"},{"id":"8","type":"iframe","webSocketDebuggerUrl":"ws://127.0.0.1:1/f"}]"#;
    let (address, _) = http(vec![ok(only)]);
    let error = blocking::connect(&address).unwrap_err();
    assert!(matches!(error, ConnectError::NoTarget { .. }), "{error:?}");
    let expected = format!(
        "there is no target at {address}: it lists only page \"Shop\", taken by another client; \
         iframe \"8\"; give the ws:// URL of one"
    );
    assert_eq!(error.to_string(), expected);

    let (address, _) = http(vec![ok("[]")]);
    let error = run(aio::connect(&address)).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("there is no target at {address}: it lists none")
    );

    let (address, _) = http(vec![ok(r#"{"Browser":"node.js/v20"}"#)]);
    let error = blocking::connect_browser(&address).unwrap_err().to_string();
    assert!(
        error.ends_with("node.js/v20 is no browser with several targets"),
        "{error}"
    );
}

#[test]
fn a_page_is_preferred_and_its_failure_names_its_url() {
    let (address, _) = http(vec![ok(TWO)]);
    // Nothing listens on port 1.
    let error = blocking::connect(&address).unwrap_err().to_string();
    assert!(
        error.starts_with("connecting to 127.0.0.1:1 failed"),
        "{error}"
    );
}

#[test]
fn bad_addresses_are_told_before_anything_is_sent() {
    let cases = [
        ("", "the port is missing"),
        ("localhost", "the port is missing"),
        (":9229", "the host is missing"),
        ("127.0.0.1:", "not a number"),
        ("127.0.0.1:0", "not a number"),
        ("127.0.0.1:70000", "not a number"),
        ("https://127.0.0.1:9229", "without TLS"),
        ("wss://127.0.0.1:9229/x", "without TLS"),
        ("http://127.0.0.1:9229/json", "has a path"),
        ("a b:9229", "no host name"),
        ("ws://127.0.0.1/x", "the port is missing"),
        ("ws://127.0.0.1:9229/a b", "white space"),
        ("127.0.0.1\r\nX: y:9229", "no host name"),
    ];
    for (address, expected) in cases {
        let error = blocking::connect(address).unwrap_err();
        assert!(matches!(error, ConnectError::Address { .. }), "{error:?}");
        let error = error.to_string();
        assert!(error.contains(expected), "{address:?}: {error}");
        assert_eq!(run(aio::connect(address)).unwrap_err().to_string(), error);
    }
}

#[test]
fn nobody_there_is_an_error_with_the_address() {
    let error = blocking::connect("127.0.0.1:1").unwrap_err();
    assert!(matches!(error, ConnectError::Io { .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .starts_with("connecting to 127.0.0.1:1 failed:"),
        "{error}"
    );
}

#[test]
fn what_is_no_websocket_is_an_error_with_the_url() {
    let (address, _) = http(vec![
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned()
    ]);
    let error = blocking::connect(&format!("ws://{address}/gone"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("/gone cannot be opened") && error.contains("404"),
        "{error}"
    );
}
