//! Frames that are odd and real: each is what some target writes, or wrote.

use cdp_heapprofiler::protocol::heap_profiler::{
    GetHeapObjectIdReturns, GetObjectByHeapObjectIdReturns, HeapProfilerEvent,
    HeapStatsUpdateEvent, LastSeenObjectIdEvent, ReportHeapSnapshotProgressEvent,
    ResetProfilesEvent, SamplingHeapProfile, SamplingHeapProfileNode, StopSamplingReturns,
};
use cdp_heapprofiler::protocol::runtime::{
    CallFrame, EvaluateReturns, ExecutionContextDescription, ExecutionContextId, RemoteObject,
    RemoteObjectSubtype, RemoteObjectType,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::wire::Json;
use cdp_heapprofiler::{decode, DecodeErrorKind, Envelope};

fn event(frame: &str) -> AnyEvent {
    let envelope = Envelope::decode(frame).unwrap();
    AnyEvent::decode(&envelope.method.unwrap(), envelope.params).unwrap()
}

fn node(rest: &str) -> String {
    format!(
        r#"{{"callFrame":{{"functionName":"f","scriptId":"1","url":"","lineNumber":0,"columnNumber":0}},"selfSize":1,"children":[]{rest}}}"#
    )
}

#[test]
fn lone_surrogates_read_as_replacement_characters() {
    let object: RemoteObject = decode(
        r#"{"type":"object","className":"\ud800","description":"a\udc00\ud800b\ud83d\ude00\ud83dé","value":"\ud800"}"#,
    )
    .unwrap();
    assert_eq!(object.class_name.as_deref(), Some("\u{FFFD}"));
    assert_eq!(
        object.description.as_deref(),
        Some("a\u{FFFD}\u{FFFD}b\u{1F600}\u{FFFD}é")
    );
    // A value is kept to the letter, and reads as any other string when asked.
    let value = object.value.unwrap();
    assert_eq!(value.as_str(), r#""\ud800""#);
    assert_eq!(value.parse::<String>().unwrap(), "\u{FFFD}");
    assert_eq!(Json::from("\u{FFFD}").as_str(), "\"\u{FFFD}\"");

    let frame: CallFrame = decode(
        r#"{"functionName":"\ud800\n","scriptId":"\udfff","url":"file:///\ud800","lineNumber":0,"columnNumber":0}"#,
    )
    .unwrap();
    assert_eq!(frame.function_name, "\u{FFFD}\n");
    assert_eq!(frame.script_id.as_str(), "\u{FFFD}");
    assert_eq!(frame.url, "file:///\u{FFFD}");
}

#[test]
fn lone_surrogates_in_keys_and_in_the_envelope() {
    let profile: SamplingHeapProfile =
        decode(&format!(r#"{{"\ud800":[1],"he\u0061d":{}}}"#, node(""))).unwrap();
    assert_eq!(profile.head.self_size, 1.0);
    let envelope = Envelope::decode(
        r#"{"\udc00":0,"method":"\ud800","sessionId":"\ud83d\ude00","error":{"message":"\ud800"}}"#,
    )
    .unwrap();
    assert_eq!(envelope.method.as_deref(), Some("\u{FFFD}"));
    assert_eq!(envelope.session_id.as_deref(), Some("\u{1F600}"));
    assert_eq!(envelope.error.unwrap().message, "\u{FFFD}");
}

#[test]
fn integers_as_targets_write_them() {
    for (json, expected) in [
        ("7", 7),
        ("7.0", 7),
        ("7.000", 7),
        ("1e3", 1000),
        ("12.5e1", 125),
        ("-0", 0),
        ("-0.0", 0),
        ("-1", -1),
        ("2147483648", 1 << 31),
        ("-1610548816", -1_610_548_816),
        ("4294967296", 1 << 32),
        ("9007199254740991", (1 << 53) - 1),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ] {
        assert_eq!(decode::<i64>(json).unwrap(), expected, "{json}");
        assert_eq!(decode::<ExecutionContextId>(json).unwrap().get(), expected);
    }
    for json in [
        "7.5",
        "9223372036854775808",
        "-9223372036854775809",
        "9223372036854775808.0",
        "1e300",
        "\"7\"",
        "null",
        "true",
        "[7]",
    ] {
        let error = decode::<i64>(json).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Value, "{json}");
        assert!(error.to_string().contains("an integer"), "{error}");
    }
}

#[test]
fn numbers_are_read_exactly() {
    for (json, expected) in [
        ("7", 7.0),
        ("-3", -3.0),
        ("18446744073709551615", 18_446_744_073_709_551_615.0),
        ("1795375469776.482", 1_795_375_469_776.482),
        ("0.30000000000000004", 0.1 + 0.2),
        ("2.2250738585072011e-308", 2.225_073_858_507_201e-308),
    ] {
        assert_eq!(decode::<f64>(json).unwrap(), expected, "{json}");
    }
    assert!(decode::<f64>("\"7\"").is_err());
    assert!(decode::<bool>("1").is_err());
}

#[test]
fn counts_and_sizes_that_wrapped() {
    let update: HeapStatsUpdateEvent =
        decode(r#"{"statsUpdate":[6,1677,-1610548816,7,-2147483648,4294967296.0]}"#).unwrap();
    assert_eq!(
        update.stats_update,
        [6, 1677, -1_610_548_816, 7, -2_147_483_648, 4_294_967_296]
    );
    let seen: LastSeenObjectIdEvent =
        decode(r#"{"timestamp":0,"lastSeenObjectId":-2147483648}"#).unwrap();
    assert_eq!(
        (seen.last_seen_object_id, seen.timestamp),
        (-2_147_483_648, 0.0)
    );
    let id: GetHeapObjectIdReturns = decode(r#"{"heapSnapshotObjectId":"4294967297"}"#).unwrap();
    assert_eq!(id.heap_snapshot_object_id.as_str(), "4294967297");
}

#[test]
fn the_root_frame_is_at_line_minus_one() {
    let frame: CallFrame = decode(
        r#"{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1}"#,
    )
    .unwrap();
    assert_eq!((frame.line_number, frame.column_number), (-1, -1));
}

#[test]
fn script_ids_as_numbers() {
    let frame: CallFrame =
        decode(r#"{"functionName":"","scriptId":82,"url":"","lineNumber":1,"columnNumber":2}"#)
            .unwrap();
    assert_eq!(frame.script_id.as_str(), "82");
    for wrong in ["null", "true", "[8]", "{}"] {
        let json = format!(r#"{{"functionName":"","scriptId":{wrong}}}"#);
        let error = decode::<CallFrame>(&json).unwrap_err();
        assert_eq!(error.path(), "scriptId", "{error}");
        assert!(error.message().ends_with("expected a string"), "{error}");
    }
}

#[test]
fn older_targets_leave_members_out() {
    let returns: StopSamplingReturns =
        decode(&format!(r#"{{"profile":{{"head":{}}}}}"#, node(""))).unwrap();
    assert_eq!(returns.profile.samples, None);
    assert_eq!(returns.profile.head.id, None);
    let newer = format!(
        r#"{{"profile":{{"head":{},"samples":[{{"size":16,"nodeId":2,"ordinal":3}}]}}}}"#,
        node(r#","id":2"#)
    );
    let returns: StopSamplingReturns = decode(&newer).unwrap();
    assert_eq!(returns.profile.head.id, Some(2));
    assert_eq!(returns.profile.samples.unwrap()[0].node_id, 2);
}

#[test]
fn both_shapes_of_custom_previews() {
    for json in [
        r#"{"type":"object","customPreview":{"header":"[]","bodyGetterId":"7"}}"#,
        r#"{"type":"object","customPreview":{"header":"[]","hasBody":true,"formatterObjectId":"1","bindRemoteObjectFunctionId":"2","configObjectId":"3"}}"#,
    ] {
        let object: RemoteObject = decode(json).unwrap();
        assert_eq!(object.custom_preview.unwrap().header, "[]");
    }
}

#[test]
fn both_names_of_deep_values() {
    let new: RemoteObject = decode(
        r#"{"type":"object","deepSerializedValue":{"type":"array","value":[],"weakLocalObjectReference":1}}"#,
    )
    .unwrap();
    assert_eq!(
        new.deep_serialized_value.unwrap().value.unwrap().as_str(),
        "[]"
    );
    let old: RemoteObject =
        decode(r#"{"type":"object","webDriverValue":{"type":"array","value":[]}}"#).unwrap();
    assert_eq!(old.web_driver_value.unwrap().r#type.as_str(), "array");
}

#[test]
fn unknown_literals_are_kept() {
    let object: RemoteObject = decode(r#"{"type":"record","subtype":"tuple"}"#).unwrap();
    assert_eq!(
        object.r#type,
        RemoteObjectType::Unrecognized("record".into())
    );
    assert_eq!(object.r#type.as_str(), "record");
    assert_eq!(object.subtype.unwrap().to_string(), "tuple");
    let object: RemoteObject = decode(r#"{"type":"object","subtype":"typedarray"}"#).unwrap();
    assert_eq!(object.r#type, RemoteObjectType::Object);
    assert_eq!(object.subtype, Some(RemoteObjectSubtype::Typedarray));
}

#[test]
fn null_is_absence_except_for_any() {
    let object: RemoteObject = decode(
        r#"{"type":"object","subtype":null,"className":null,"value":null,"preview":null,"objectId":null}"#,
    )
    .unwrap();
    assert_eq!((object.subtype, object.class_name), (None, None));
    assert_eq!((object.preview, object.object_id), (None, None));
    assert_eq!(object.value.unwrap(), Json::default());
    let object: RemoteObject = decode(r#"{"type":"object"}"#).unwrap();
    assert_eq!(object.value, None);
}

/// An object of unknown members is no `any`: `null` is none.
#[test]
fn null_is_absence_for_an_open_object() {
    let context = r#"{"id":1,"origin":"","name":"","auxData":null}"#;
    let context: ExecutionContextDescription = decode(context).unwrap();
    assert_eq!(context.aux_data, None);
}

#[test]
fn the_literal_null_is_not_null() {
    let object: RemoteObject = decode(r#"{"type":"object","subtype":"null"}"#).unwrap();
    assert_eq!(object.subtype, Some(RemoteObjectSubtype::Null));
}

#[test]
fn progress_with_and_without_finished() {
    for (rest, finished) in [
        ("", None),
        (r#","finished":null"#, None),
        (r#","finished":false"#, Some(false)),
        (r#","finished":true"#, Some(true)),
    ] {
        let json = format!(r#"{{"done":1,"total":2{rest}}}"#);
        let event: ReportHeapSnapshotProgressEvent = decode(&json).unwrap();
        assert_eq!(event.finished, finished, "{json}");
    }
}

#[test]
fn the_last_of_equal_keys_wins() {
    let json = format!(
        r#"{{"id":1,"children":[{child}],{rest}"#,
        child = node(""),
        rest = &node(r#","id":null"#)[1..],
    );
    let node: SamplingHeapProfileNode = decode(&json).unwrap();
    assert!(node.children.is_empty());
    assert_eq!(node.id, None);
    let frame: CallFrame = decode(
        r#"{"url":"a","functionName":"a","scriptId":"1","lineNumber":1,"columnNumber":1,"url":"b","lineNumber":2}"#,
    )
    .unwrap();
    assert_eq!((frame.url.as_str(), frame.line_number), ("b", 2));
    // What the first one had is not mixed into the last.
    let full = r#"{"functionName":"f","scriptId":"1","url":"","lineNumber":0,"columnNumber":0}"#;
    let json = format!(
        r#"{{"head":{{"callFrame":{full},"selfSize":1,"children":[],"id":3}},"head":{}}}"#,
        r#"{"callFrame":CF,"selfSize":2,"children":[]}"#.replace("CF", full)
    );
    let profile: SamplingHeapProfile = decode(&json).unwrap();
    assert_eq!((profile.head.self_size, profile.head.id), (2.0, None));
}

#[test]
fn unknown_members_are_skipped_whatever_they_are() {
    for unknown in [
        "null",
        "[[[{}]]]",
        r#"{"a":{"b":[1,"\ud800"]}}"#,
        "1e999",
        "-0.0",
    ] {
        let json = node(&format!(r#","later":{unknown}"#));
        assert!(
            decode::<SamplingHeapProfileNode>(&json).is_ok(),
            "{unknown}"
        );
    }
}

#[test]
fn events_without_params() {
    assert_eq!(
        event(r#"{"method":"HeapProfiler.resetProfiles"}"#),
        AnyEvent::HeapProfiler(HeapProfilerEvent::ResetProfiles(
            ResetProfilesEvent::default()
        ))
    );
    for frame in [r#"{"method":"A.b"}"#, r#"{"method":"A.b","params":null}"#] {
        match event(frame) {
            AnyEvent::Unknown(event) => {
                assert_eq!(
                    (event.method.as_str(), event.params.as_str()),
                    ("A.b", "{}")
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn unknown_events_are_kept() {
    let frame = r#"{"method":"HeapProfiler.later","params":{"a": ["\ud800", 1.50]}}"#;
    let event = event(frame);
    assert_eq!(event.method(), "HeapProfiler.later");
    match event {
        AnyEvent::Unknown(event) => {
            assert_eq!(event.params.as_str(), r#"{"a": ["\ud800", 1.50]}"#);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn ids_of_replies() {
    for (json, expected) in [
        ("-5", -5),
        ("0", 0),
        ("65536", 65_536),
        ("70000", 70_000),
        ("2147483647", 2_147_483_647),
        ("4294967296", 4_294_967_296),
        ("9007199254740991", 9_007_199_254_740_991),
        ("7.0", 7),
    ] {
        let frame = format!(r#"{{"id":{json},"result":{{}}}}"#);
        assert_eq!(Envelope::decode(&frame).unwrap().id, Some(expected));
    }
    for json in ["\"7\"", "7.5", "true", "[1]", "1e300"] {
        let error = Envelope::decode(&format!(r#"{{"result":{{}},"id":{json}}}"#)).unwrap_err();
        assert_eq!(
            (error.kind(), error.path()),
            (&DecodeErrorKind::Value, "id".into())
        );
    }
}

#[test]
fn the_envelope_in_any_order_with_anything_in_it() {
    let envelope = Envelope::decode(
        r#" {"params": {"a": [1]} , "later":{"x":[]},"sessionId":"s","method":"A.b"} "#,
    )
    .unwrap();
    assert_eq!(envelope.params, Some(r#"{"a": [1]}"#));
    assert_eq!(envelope.method.as_deref(), Some("A.b"));
    assert_eq!(envelope.session_id.as_deref(), Some("s"));
    assert_eq!((envelope.id, envelope.result), (None, None));

    let nulls =
        r#"{"id":null,"method":null,"params":null,"result":null,"error":null,"sessionId":null}"#;
    assert_eq!(Envelope::decode(nulls).unwrap(), Envelope::default());

    // Answered by an echo of the request.
    let echo = Envelope::decode(r#"{"id":3,"method":"HeapProfiler.takeHeapSnapshot","params":{}}"#);
    assert_eq!(echo.unwrap().id, Some(3));
}

#[test]
fn errors_of_targets() {
    let frame = r#"{"error":{"code":-32602,"message":"Invalid parameters","data":"objectId: missing"},"id":2}"#;
    let error = Envelope::decode(frame).unwrap().error.unwrap();
    assert_eq!(
        (error.code, error.message.as_str()),
        (-32602, "Invalid parameters")
    );
    assert_eq!(
        error.data.as_ref().unwrap().parse::<String>().unwrap(),
        "objectId: missing"
    );
    assert_eq!(
        error.to_string(),
        r#"Invalid parameters (-32602): "objectId: missing""#
    );

    let without_id = Envelope::decode(r#"{"error":{"code":-32700,"message":"JSON"}}"#).unwrap();
    assert_eq!(
        (without_id.id, without_id.error.unwrap().code),
        (None, -32700)
    );

    // An odd error still ends the call that it answers.
    for odd in [r#""text""#, "[]", "7", r#"{"code":"E","message":7}"#] {
        let frame = format!(r#"{{"id":9,"error":{odd}}}"#);
        let envelope = Envelope::decode(&frame).unwrap();
        assert_eq!(envelope.id, Some(9));
        assert_eq!(envelope.error.unwrap().data.unwrap().as_str(), odd);
    }
}

#[test]
fn frames_that_are_no_messages() {
    for frame in [
        "",
        " ",
        "7",
        "[]",
        "null",
        "{",
        r#"{"id":1"#,
        r#"{"id":1}}"#,
        "{}{}",
        "\u{0}",
    ] {
        assert!(Envelope::decode(frame).is_err(), "{frame}");
    }
    assert_eq!(Envelope::decode("{}").unwrap(), Envelope::default());
}

#[test]
fn values_by_way_of_other_deserializers() {
    let json = r#"{"result":{"type":"object","value":{"a":1},"objectId":"7"}}"#;
    let expected: EvaluateReturns = decode(json).unwrap();
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        serde_json::from_value::<EvaluateReturns>(value).unwrap(),
        expected
    );
    assert_eq!(
        serde_json::from_reader::<_, EvaluateReturns>(json.as_bytes()).unwrap(),
        expected
    );
    let returns: GetObjectByHeapObjectIdReturns = serde_json::from_slice(json.as_bytes()).unwrap();
    assert_eq!(returns.result, expected.result);
}
