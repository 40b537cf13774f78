//! The client over a pair of pipes, with a fake browser at their other end.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use cdp_heapprofiler::blocking::{over_pipe, over_pipe_with, Chromium};
use cdp_heapprofiler::protocol::target::{GetTargets, TargetCommands};
use cdp_heapprofiler::session::{Closed, Error, Oddity};
use cdp_heapprofiler::{Client, Incoming, Options};

/// Both ends of a pair of pipes: what the client gets, and what the browser has.
fn pipes() -> (
    (UnixStream, UnixStream),
    (BufReader<UnixStream>, UnixStream),
) {
    let (reader, browser_writer) = UnixStream::pair().unwrap();
    let (browser_reader, writer) = UnixStream::pair().unwrap();
    (
        (reader, writer),
        (BufReader::new(browser_reader), browser_writer),
    )
}

fn message(reader: &mut BufReader<UnixStream>) -> String {
    let mut bytes = Vec::new();
    reader.read_until(0, &mut bytes).unwrap();
    assert_eq!(bytes.pop(), Some(0));
    String::from_utf8(bytes).unwrap()
}

#[test]
fn messages_end_with_nul_wherever_the_pieces_end() {
    let ((reader, writer), (mut requests, mut replies)) = pipes();
    let browser = thread::spawn(move || {
        let request = message(&mut requests);
        assert_eq!(
            request,
            r#"{"id":1,"method":"Target.getTargets","params":{}}"#
        );
        let event = "{\"method\":\"X.y\"}\0";
        let reply = "{\"id\":1,\"result\":{\"targetInfos\":[]}}\0";
        for byte in format!("{event}{reply}").bytes() {
            replies.write_all(&[byte]).unwrap();
        }
    });
    let session = over_pipe(reader, writer).unwrap();
    let mut events = session.events();
    assert!(session
        .get_targets(GetTargets::new())
        .unwrap()
        .target_infos
        .is_empty());
    assert!(matches!(events.next(), Some(Incoming::Event(event)) if &*event.method == "X.y"));
    browser.join().unwrap();
}

#[test]
fn an_end_within_a_message_is_told() {
    let ((reader, writer), (mut requests, mut replies)) = pipes();
    thread::spawn(move || {
        message(&mut requests);
        replies.write_all(b"{\"id\":1,\"resu").unwrap();
    });
    let session = over_pipe(reader, writer).unwrap();
    let error = session.call(GetTargets::new()).unwrap_err();
    assert!(
        matches!(
            &error,
            Error::Closed {
                reason: Closed::Connection(_),
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.to_string().contains("end of file"), "{error}");
}

#[test]
fn a_message_beyond_the_limit_ends_the_connection() {
    let ((reader, writer), (mut requests, mut replies)) = pipes();
    thread::spawn(move || {
        message(&mut requests);
        let _ = replies.write_all(&[b' '; 5000]);
        let _ = replies.write_all(b"\0");
    });
    let options = Options::new().message_limit(4096);
    let session = over_pipe_with(reader, writer, options).unwrap();
    let error = session.call(GetTargets::new()).unwrap_err().to_string();
    assert!(error.contains("longer than 4096 bytes"), "{error}");
}

#[test]
fn what_is_no_text_and_no_message_is_an_oddity() {
    let ((reader, writer), (mut requests, mut replies)) = pipes();
    thread::spawn(move || {
        message(&mut requests);
        replies
            .write_all(b"\0\xff\0{\"id\":1,\"result\":{\"targetInfos\":[]}}\0")
            .unwrap();
        message(&mut requests);
    });
    let session = over_pipe(reader, writer).unwrap();
    let mut events = session.events();
    session.call(GetTargets::new()).unwrap();
    for _ in 0..2 {
        let item = events.next();
        assert!(
            matches!(item, Some(Incoming::Odd(Oddity::Malformed(_)))),
            "{item:?}"
        );
    }
}

#[test]
fn a_browser_that_is_not_there_is_told_at_once() {
    let none: [&str; 0] = [];
    let error = Chromium::launch("no-such-browser", none, Options::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
}
