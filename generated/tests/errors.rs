//! What an error says, and that nothing panics.

use std::error::Error;

use cdp_heapprofiler::protocol::heap_profiler::{
    SamplingHeapProfile, StopSamplingReturns, TakeHeapSnapshotReturns,
};
use cdp_heapprofiler::protocol::runtime::EvaluateReturns;
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::{decode, DecodeError, DecodeErrorKind, EncodeError, Envelope, ReplyError};

const FRAME: &str =
    r#"{"functionName":"f","scriptId":"1","url":"","lineNumber":0,"columnNumber":0}"#;

fn node(children: &str) -> String {
    format!(r#"{{"callFrame":{FRAME},"selfSize":8,"children":[{children}]}}"#)
}

#[test]
fn errors_travel() {
    fn travels<T: Error + Send + Sync + 'static>() {}
    travels::<DecodeError>();
    travels::<EncodeError>();
    travels::<ReplyError>();
}

#[test]
fn a_missing_required_member_is_named_with_its_type() {
    let error = decode::<StopSamplingReturns>(r#"{"profile":{"samples":[]}}"#).unwrap_err();
    assert!(matches!(
        error.kind(),
        DecodeErrorKind::MissingMember { member: "head", .. }
    ));
    assert_eq!(error.type_name(), Some("HeapProfiler.SamplingHeapProfile"));
    assert_eq!(error.path(), "profile");
    assert_eq!(
        error.to_string(),
        "`HeapProfiler.SamplingHeapProfile` lacks its required member `head`, at `profile`, \
         offset 25, near `{\"profile\":{\"samples\":[]}}`"
    );
    let error = decode::<StopSamplingReturns>(r#"{"profile":{"head":null}}"#).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::Value);
    assert_eq!(
        error.to_string(),
        "invalid type: null, expected an object `HeapProfiler.SamplingHeapProfileNode`, at \
         `profile.head` in a `HeapProfiler.SamplingHeapProfile`, offset 23, near \
         `{\"profile\":{\"head\":null}}`"
    );
    // A plain parser's error names them too.
    let error = serde_json::from_str::<SamplingHeapProfile>("{}").unwrap_err();
    assert!(error
        .to_string()
        .contains("`HeapProfiler.SamplingHeapProfile` lacks its required member `head`"));
}

#[test]
fn the_path_leads_to_the_culprit() {
    let bad = r#"{"callFrame":{"functionName":7},"selfSize":8,"children":[]}"#;
    let good = node("");
    let head = node(&[good.as_str(), good.as_str(), &node(bad)].join(","));
    let json = format!(r#"{{"profile":{{"head":{head}}}}}"#);
    let error = decode::<StopSamplingReturns>(&json).unwrap_err();
    assert_eq!(
        error.path(),
        "profile.head.children[2].children[0].callFrame.functionName"
    );
    assert_eq!(error.type_name(), Some("Runtime.CallFrame"));
    assert_eq!(
        error.message(),
        "invalid type: integer `7`, expected a string"
    );
    let found = json.find(r#""functionName":7"#).unwrap();
    assert!((found..found + 18).contains(&error.offset()), "{error}");
    assert!(error.excerpt().contains(r#""functionName":7"#), "{error}");
}

#[test]
fn syntax_errors_say_where() {
    for (json, offset) in [
        (r#"{"profile" 7}"#, 12),
        ("", 0),
        (r#"{"profile":{"#, 12),
        ("{\n\"ä\n\":\n\"\u{1}\"}", 10),
    ] {
        let error = decode::<StopSamplingReturns>(json).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Syntax, "{json} {error}");
        assert!(error.offset().abs_diff(offset) <= 1, "{json} {error:?}");
    }
    let error = decode::<TakeHeapSnapshotReturns>("{}x").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::Syntax);
    assert!(error.message().contains("trailing"), "{error}");
}

#[test]
fn excerpts_are_short_whatever_the_text() {
    let filler = "ä\u{202e}\u{1F600}\u{7f}\u{feff}".repeat(5000);
    for json in [
        format!(r#"{{"profile":"{filler}"}}"#),
        format!(r#"{{"{filler}":1,"profile":7}}"#),
        format!("{filler}{{}}"),
        format!("{}\n{{}}", "\n".repeat(5000)),
    ] {
        let error = decode::<StopSamplingReturns>(&json).unwrap_err();
        assert!(error.excerpt().chars().count() <= 80, "{error}");
        assert!(json.is_char_boundary(error.offset()));
        let bare = error.excerpt().replace(['ä', '\u{1F600}'], "");
        assert!(bare.chars().all(|c| (' '..='~').contains(&c)), "{error}");
    }
}

#[test]
fn messages_do_not_grow_with_the_input() {
    let long = "x".repeat(1 << 20);
    let json = format!(r#"{{"result":{{"type":{{"{long}":1}}}}}}"#);
    let error = decode::<EvaluateReturns>(&json).unwrap_err();
    assert!(error.to_string().len() < 500, "{}", error.to_string().len());
    let json = format!(r#"{{"result":"{long}"}}"#);
    let error = decode::<EvaluateReturns>(&json).unwrap_err();
    assert!(error.to_string().len() < 500, "{}", error.to_string().len());
}

#[test]
fn events_that_do_not_fit_are_errors() {
    let method = "HeapProfiler.addHeapSnapshotChunk";
    let error = AnyEvent::decode(method, None).unwrap_err();
    assert_eq!(error.type_name(), Some(method));
    assert!(AnyEvent::decode(method, Some("[]")).is_err());
    assert!(AnyEvent::decode("Unknown.event", Some("{")).is_err());
}

/// Every prefix of a frame, and the frame with every byte replaced, reads or fails.
#[test]
fn nothing_panics() {
    let profile = format!(
        r#"{{"profile":{{"head":{},"samples":[{{"size":1,"nodeId":-2.0,"ordinal":1e1}}]}}}}"#,
        node(&node("")).replace("\"f\"", "\"\\ud800ä\"")
    );
    let frame = format!(r#"{{"id":1,"result":{profile},"error":{{"code":1}},"method":"m"}}"#);
    let read = |text: &str| {
        if let Err(error) = Envelope::decode(text) {
            drop(error.to_string());
        }
        if let Err(error) = decode::<StopSamplingReturns>(text) {
            drop((error.to_string(), error.path(), format!("{error:?}")));
        }
    };
    for text in [&frame, &profile] {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            read(&text[..end]);
            for replacement in [
                "",
                "\"",
                "{",
                "]",
                ",",
                "9",
                "\\",
                "null",
                "\u{1F600}",
                "\n",
            ] {
                let rest = text[end..].chars().skip(1).collect::<String>();
                read(&format!("{}{replacement}{rest}", &text[..end]));
            }
        }
    }
}
