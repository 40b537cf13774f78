//! `Envelope::decode` against the JSON parser, over frames and their mutations.

use std::collections::BTreeMap;

use cdp_heapprofiler::{DecodeErrorKind, Envelope};
use serde_json::value::RawValue;

const FRAMES: &[&str] = &[
    r#"{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":"{\"snapshot\":{\"a\":[1,2]},\n\"strings\":[\"\\\"\",\"\\\\\",\"}\"]}"}}"#,
    r#"{"method":"HeapProfiler.lastSeenObjectId","params":{"lastSeenObjectId":41423,"timestamp":1795375400001.482},"sessionId":"A1"}"#,
    r#"{"id":7,"result":{"profile":{"head":{"callFrame":{"functionName":"f","lineNumber":-1},"children":[{"children":[]}]}}}}"#,
    r#"{"error":{"code":-32602,"message":"Invalid \"parameters\"","data":[1,{"a":null}]},"id":2}"#,
    r#" { "params" : { "a" : [ 1 , "é\u00e9\ud83d\ude00" ] } , "later" : { "x" : [ true , 1.5e3 ] } , "m\u0065thod" : "A.\u0062" } "#,
    r#"{"id":1,"method":null,"params":null,"result":{},"id":-7.0,"method":"A.b","params":{"last":1},"":"","\\\"":"\\"}"#,
    r#"{"id":9007199254740993,"result":"text","params":[{"a":"]"}],"sessionId":null,"error":null,"x":1}"#,
];

/// What the parser makes of a message: its members as they are written, the last one
/// of equal names.
fn parsed(frame: &str) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(frame).ok()
}

/// The text of a member, unless it is `null`.
fn raw<'a>(members: &BTreeMap<String, &'a RawValue>, name: &str) -> Option<&'a str> {
    let text = members.get(name)?.get();
    (text != "null").then_some(text)
}

/// Checks one text, and says whether it was opened.
fn check(frame: &str) -> bool {
    let opened = Envelope::decode(frame);
    if let Err(error) = &opened {
        assert!(error.offset() <= frame.len(), "{frame}");
        assert!(frame.is_char_boundary(error.offset()), "{frame}");
        drop(error.to_string());
    }
    match (parsed(frame), &opened) {
        (Some(members), Ok(envelope)) => agree(frame, &members, envelope),
        (Some(members), Err(error)) => refused_for_a_reason(frame, &members, &error.path()),
        (None, Ok(envelope)) => only_skipped_is_wrong(frame, envelope),
        (None, Err(_)) => {}
    }
    opened.is_ok()
}

fn agree(frame: &str, members: &BTreeMap<String, &RawValue>, envelope: &Envelope<'_>) {
    assert_eq!(envelope.params, raw(members, "params"), "{frame}");
    assert_eq!(envelope.result, raw(members, "result"), "{frame}");
    for (text, name) in [
        (&envelope.method, "method"),
        (&envelope.session_id, "sessionId"),
    ] {
        let expected = raw(members, name).map(serde_json::from_str::<String>);
        match expected {
            // A lone surrogate, which this parser refuses.
            Some(Err(_)) => assert!(text.as_deref().unwrap_or("").contains('\u{FFFD}')),
            Some(Ok(expected)) => assert_eq!(text.as_deref(), Some(&*expected), "{frame}"),
            None => assert_eq!(text, &None, "{frame}"),
        }
    }
    let id = raw(members, "id").map(|id| match id.parse::<i64>() {
        Ok(id) => id,
        Err(_) => id.parse::<f64>().unwrap() as i64,
    });
    assert_eq!(envelope.id, id, "{frame}");
    let error = raw(members, "error");
    assert_eq!(envelope.error.is_some(), error.is_some(), "{frame}");
}

/// What is JSON and was not opened has a member of the wrong kind.
fn refused_for_a_reason(frame: &str, members: &BTreeMap<String, &RawValue>, path: &str) {
    if frame.matches(path).count() > 1 {
        // The culprit may be another one than the last.
        return;
    }
    let culprit = raw(members, path).expect(frame);
    match path {
        "id" => assert!(culprit.parse::<i64>().is_err(), "{frame}"),
        "method" | "sessionId" => assert!(!culprit.starts_with('"'), "{frame}"),
        _ => panic!("{path} of {frame}"),
    }
}

/// What was opened and is no JSON is wrong only within objects that are not looked
/// into: with these emptied, it is JSON.
fn only_skipped_is_wrong(frame: &str, envelope: &Envelope<'_>) {
    // Raw control characters pass in names, and the value of a name that is written
    // twice is not known here.
    let names = |name: &str| frame.matches(&name[1..]).count() > 1;
    if frame.contains(char::is_control) || names("params") || names("result") {
        return;
    }
    let mut emptied = frame.to_owned();
    for skipped in [envelope.params, envelope.result].into_iter().flatten() {
        if skipped.starts_with('{') {
            emptied = emptied.replacen(skipped, "{}", 1);
        }
    }
    // A lone surrogate is not refused in a value that is kept raw.
    let names_lone_surrogate = frame.contains("\\ud");
    assert!(
        parsed(&emptied).is_some() || names_lone_surrogate,
        "{frame}"
    );
}

/// The same numbers in every run of a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn mutate(&mut self, text: &mut String) {
        const PIECES: &[&str] = &[
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "0",
            "-1",
            ".5",
            "null",
            "true",
            "\\u0041",
            "\\ud800",
            "\"id\":3,",
            "\"x\":[],",
            "\"params\":{},",
            "\"a\"",
            "é",
            "\u{0}",
        ];
        let (one, other) = (self.place(text), self.place(text));
        let range = one.min(other)..one.max(other);
        match self.below(4) {
            0 => text.insert_str(one, PIECES[self.below(PIECES.len())]),
            1 => {
                let end = (range.start + self.below(4)).min(text.len());
                if text.is_char_boundary(end) {
                    text.replace_range(range.start..end, PIECES[self.below(PIECES.len())]);
                }
            }
            2 if range.len() < 40 => text.replace_range(range, ""),
            _ if range.len() < 40 => {
                let copy = text[range].to_owned();
                text.insert_str(self.place(&text.clone()), &copy);
            }
            _ => {}
        }
    }
}

#[test]
fn frames_and_every_prefix_of_them() {
    for frame in FRAMES {
        assert!(check(frame), "{frame}");
        for end in (0..frame.trim_end().len()).filter(|end| frame.is_char_boundary(*end)) {
            assert!(!check(&frame[..end]), "{}", &frame[..end]);
        }
    }
}

#[test]
fn every_byte_replaced() {
    for frame in FRAMES {
        for at in 0..frame.len() {
            for byte in 0..=0x7f {
                let mut bytes = frame.as_bytes().to_vec();
                bytes[at] = byte;
                if let Ok(text) = String::from_utf8(bytes) {
                    check(&text);
                }
            }
        }
    }
}

#[test]
fn thousands_of_mutations() {
    let mut opened = 0;
    for seed in 1..=60_000 {
        let mut random = Random(seed);
        let mut text = FRAMES[random.below(FRAMES.len())].to_owned();
        for _ in 0..=random.below(3) {
            random.mutate(&mut text);
        }
        opened += u32::from(check(&text));
    }
    // Otherwise there was little to compare.
    assert!(opened > 6_000, "{opened}");
}

#[test]
fn skipped_objects_are_checked_when_they_are_decoded() {
    let frame = r#"{"method":"HeapProfiler.lastSeenObjectId","params":{"lastSeenObjectId" 7]}"#;
    let envelope = Envelope::decode(frame).unwrap();
    assert_eq!(envelope.params, Some(r#"{"lastSeenObjectId" 7]"#));
    let error = cdp_heapprofiler::protocol::AnyEvent::decode(
        envelope.method.as_deref().unwrap(),
        envelope.params,
    );
    assert_eq!(error.unwrap_err().kind(), &DecodeErrorKind::Syntax);
    // Nothing else is skipped.
    for frame in [
        r#"{"params":[1 2]}"#,
        r#"{"result":nul}"#,
        r#"{"error":{"code" 7}}"#,
        r#"{"later":{"a" 7}}"#,
        r#"{"later":tru}"#,
        r#"{"params":"\q"}"#,
    ] {
        let error = Envelope::decode(frame).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Syntax, "{frame}: {error}");
    }
}

#[test]
fn errors_name_the_member_and_the_place_in_the_whole_frame() {
    let frame = r#"{"method":"A.b","params":{},"id":"x"}"#;
    let error = Envelope::decode(frame).unwrap_err();
    assert_eq!(
        (error.path(), error.type_name()),
        ("id".to_owned(), Some("message"))
    );
    assert_eq!(&frame[error.offset() - 3..error.offset()], r#""x""#);
    assert!(
        error.excerpt().contains(r#""params":{},"id":"x""#),
        "{error}"
    );

    for (frame, offset, message) in [
        (r#"{"id":1 "method":"A.b"}"#, 8, "expected `,` or `}`"),
        (r#"{"id" 1}"#, 6, "expected `:`"),
        (r#"{"id":}"#, 6, "expected a value"),
        (r#"{id:1}"#, 1, "expected the name of a member"),
        (r#"{"id":1,}"#, 8, "expected the name of a member"),
        (r#"{"id":1} x"#, 9, "trailing characters"),
        (
            r#"{"params":{"a":"}"#,
            17,
            "the text ends within the message",
        ),
    ] {
        let error = Envelope::decode(frame).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Syntax, "{frame}");
        assert_eq!(
            (error.offset(), error.message()),
            (offset, message),
            "{frame}"
        );
    }
}

#[test]
fn null_with_something_after_it_is_no_json() {
    for frame in [
        r#"{"method":nullX}"#,
        r#"{"id":null-1}"#,
        r#"{"sessionId":null"a"}"#,
    ] {
        let error = Envelope::decode(frame).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Syntax, "{frame}: {error}");
    }
}
