//! Deep values, on threads with less stack than any platform gives by default.

use std::fmt::Write;
use std::thread;

use cdp_heapprofiler::protocol::heap_profiler::{
    GetObjectByHeapObjectIdReturns, SamplingHeapProfile, SamplingHeapProfileNode,
    StopSamplingReturns,
};
use cdp_heapprofiler::protocol::AnyEvent;
use cdp_heapprofiler::wire::{Json, MAX_DEPTH};
use cdp_heapprofiler::{decode, DecodeErrorKind, Envelope};

const FRAME: &str =
    r#"{"functionName":"f","scriptId":"1","url":"","lineNumber":-1,"columnNumber":-1}"#;
const MILLION: usize = 1_000_000;

/// A profile of that many nodes, each the only child of the one before.
fn profile(nodes: usize) -> String {
    let node = format!(r#"{{"callFrame":{FRAME},"selfSize":8,"id":1,"children":["#);
    format!(
        r#"{{"profile":{{"head":{}{}}}}}"#,
        node.repeat(nodes),
        "]}".repeat(nodes)
    )
}

/// One of nothing but children, which is short for its depth.
fn bare_profile(nodes: usize) -> String {
    format!(
        r#"{{"profile":{{"head":{}{}}}}}"#,
        r#"{"children":["#.repeat(nodes),
        "]}".repeat(nodes)
    )
}

/// As many nodes as fit: two levels each, two around them, and one for the frame of
/// the innermost, in the place of its children.
const MOST_NODES: usize = (MAX_DEPTH - 2) / 2;

/// Threads have 2 MiB unless somebody asks for less. With a margin, so that a change
/// that eats it up shows before it hurts.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .stack_size(3 << 19)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap();
}

fn count(mut node: &SamplingHeapProfileNode) -> usize {
    let mut count = 1;
    while let Some(child) = node.children.first() {
        node = child;
        count += 1;
    }
    count
}

#[test]
fn a_profile_of_300_nodes_in_1_mib() {
    let json = profile(300);
    thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || {
            let returns: StopSamplingReturns = decode(&json).unwrap();
            assert_eq!(count(&returns.profile.head), 300);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn everything_that_recurses_works_at_the_limit() {
    on_a_small_stack(|| {
        let returns: StopSamplingReturns = decode(&profile(MOST_NODES)).unwrap();
        assert_eq!(count(&returns.profile.head), MOST_NODES);
        let copy = returns.clone();
        assert!(copy == returns);
        assert!(format!("{copy:?}").contains("SamplingHeapProfileNode"));
        #[cfg(feature = "mirror")]
        {
            let json = cdp_heapprofiler::encode(&copy).unwrap();
            assert!(decode::<StopSamplingReturns>(&json).unwrap() == returns);
        }
    });
}

#[test]
fn the_limit_is_where_it_says() {
    on_a_small_stack(|| {
        let error = decode::<StopSamplingReturns>(&profile(MOST_NODES + 1)).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Depth);
        assert!(error.to_string().len() < 600, "{error}");
        assert!(error
            .path()
            .starts_with("profile.head.children[0].children[0]"));
        assert!(error.message().contains(&MAX_DEPTH.to_string()), "{error}");
    });
}

/// The alternate form indents, and each level's indentation passes through all
/// levels outside of it: an error of the sink ends it at the innermost level.
#[test]
fn alternate_debug_of_300_nodes() {
    struct UntilInnermost {
        nodes: usize,
    }

    impl Write for UntilInnermost {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.nodes += usize::from(text == "SamplingHeapProfileNode");
            if self.nodes == 300 {
                return Err(std::fmt::Error);
            }
            Ok(())
        }
    }

    on_a_small_stack(|| {
        let returns: StopSamplingReturns = decode(&profile(300)).unwrap();
        let mut sink = UntilInnermost { nodes: 0 };
        assert!(write!(sink, "{returns:#?}").is_err());
        assert_eq!(sink.nodes, 300);
    });
}

#[test]
fn previews_at_the_limit() {
    on_a_small_stack(|| {
        let outer = r#"{"type":"object","overflow":false,"properties":[{"name":"a","type":"object","valuePreview":"#;
        let inner = r#"{"type":"object","overflow":false,"properties":[]}"#;
        let json = |levels: usize| {
            let (open, close) = (outer.repeat(levels), "}]}".repeat(levels));
            format!(r#"{{"result":{{"type":"object","preview":{open}{inner}{close}}}}}"#)
        };
        let most = (MAX_DEPTH - 4) / 3;
        let returns: GetObjectByHeapObjectIdReturns = decode(&json(most)).unwrap();
        let copy = returns.clone();
        assert!(copy == returns);
        assert!(format!("{copy:?}").contains("PropertyPreview"));
        let error = decode::<GetObjectByHeapObjectIdReturns>(&json(most + 1)).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Depth);
    });
}

#[test]
fn a_million_levels_of_children_are_an_error() {
    on_a_small_stack(|| {
        let json = bare_profile(MILLION);
        let error = decode::<StopSamplingReturns>(&json).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Depth);
        let frame = format!(r#"{{"id":1,"result":{json}}}"#);
        let envelope = Envelope::decode(&frame).unwrap();
        assert!(decode::<StopSamplingReturns>(envelope.result.unwrap()).is_err());
        // Never closed.
        let error = decode::<StopSamplingReturns>(&json[..json.len() / 2]).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Depth);
    });
}

#[test]
fn a_million_levels_that_nobody_reads_into_do_no_harm() {
    on_a_small_stack(|| {
        for (open, close, levels) in [("[", "]", MILLION), (r#"{"a":"#, "}", MILLION / 10)] {
            let deep = format!("{}null{}", open.repeat(levels), close.repeat(levels));
            let json = format!(
                r#"{{"unknown":{deep},"head":{{"callFrame":{FRAME},"selfSize":0,"children":[],"more":{deep}}}}}"#
            );
            let profile: SamplingHeapProfile = decode(&json).unwrap();
            assert_eq!(count(&profile.head), 1);

            let json = format!(r#"{{"result":{{"type":"object","value":{deep}}}}}"#);
            let returns: GetObjectByHeapObjectIdReturns = decode(&json).unwrap();
            let value = returns.result.value.clone().unwrap();
            assert_eq!(value.as_str().len(), deep.len());
            assert!(returns == returns.clone());
            drop(format!("{returns:?}"));

            let json: Json = deep.parse().unwrap();
            assert!(json == value);
            assert!(json.parse::<SamplingHeapProfile>().is_err());

            let event = AnyEvent::decode("Unknown.event", Some(&deep)).unwrap();
            assert_eq!(event, event.clone());
            let frame = format!(r#"{{"x":{deep},"method":"M","params":{deep},"error":{deep}}}"#);
            let envelope = Envelope::decode(&frame).unwrap();
            assert_eq!(envelope.params, Some(deep.as_str()));
            assert!(envelope.error.unwrap().data.is_some());

            // Not closed, and in the place of a scalar.
            assert!(open.repeat(levels).parse::<Json>().is_err());
            assert!(Envelope::decode(&format!(r#"{{"id":{deep}}}"#)).is_err());
            assert!(Envelope::decode(&format!(r#"{{"method":{deep}}}"#)).is_err());
            let json = format!(r#"{{"head":{{"callFrame":{deep}}}}}"#);
            assert!(decode::<SamplingHeapProfile>(&json).is_err());
            let json = format!(r#"{{"head":{{"callFrame":{{"scriptId":{deep}}}}}}}"#);
            assert!(decode::<SamplingHeapProfile>(&json).is_err());
        }
    });
}

#[test]
fn without_decode_the_parser_keeps_its_own_limit() {
    on_a_small_stack(|| {
        assert!(serde_json::from_str::<StopSamplingReturns>(&profile(60)).is_ok());
        assert!(serde_json::from_str::<StopSamplingReturns>(&profile(64)).is_err());
        // Whoever takes that limit away still has ours.
        let json = bare_profile(MILLION);
        assert!(serde_json::from_str::<StopSamplingReturns>(&json).is_err());
        let mut parser = serde_json::Deserializer::from_str(&json);
        parser.disable_recursion_limit();
        let read: Result<StopSamplingReturns, _> =
            cdp_heapprofiler::wire::Deserialize::deserialize(&mut parser);
        assert!(read.is_err());
    });
}
