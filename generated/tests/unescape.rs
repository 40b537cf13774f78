//! `chunk_into`, and the texts of decoded values, against `serde_json`.

use cdp_heapprofiler::protocol::heap_profiler::AddHeapSnapshotChunkEvent;
use cdp_heapprofiler::{chunk_into, decode, DecodeErrorKind, Envelope};

/// What `serde_json` makes of a string, with U+FFFD for lone surrogates.
fn expected(string: &str) -> Option<String> {
    if let Ok(text) = serde_json::from_str::<String>(string) {
        return Some(text);
    }
    // It refuses lone surrogates, but not as bytes.
    let plain = serde_json::from_str::<AddHeapSnapshotChunkEvent>(&params(string));
    Some(plain.ok()?.chunk)
}

fn params(string: &str) -> String {
    format!(r#"{{"chunk":{string}}}"#)
}

/// Checks a string, in quotes, with either way to read it.
fn check(string: &str) {
    let params = params(string);
    let mut out = b"before".to_vec();
    let read = chunk_into(&params, &mut out);
    let decoded = decode::<AddHeapSnapshotChunkEvent>(&params);
    match expected(string) {
        Some(text) => {
            read.expect(string);
            assert_eq!(std::str::from_utf8(&out).unwrap(), format!("before{text}"));
            assert_eq!(decoded.unwrap().chunk, text, "{string}");
        }
        None => {
            assert_eq!(out, b"before", "{string}");
            let (one, other) = (read.unwrap_err(), decoded.unwrap_err());
            assert_eq!(format!("{one:?}"), format!("{other:?}"), "{string}");
        }
    }
}

/// Long enough for the way that is for long texts, and with escapes in all blocks.
fn long_tail() -> String {
    "12,345,\\n".repeat(80)
}

const ESCAPES: &[&str] = &[
    r#"\""#,
    r"\\",
    r"\/",
    r"\b",
    r"\f",
    r"\n",
    r"\r",
    r"\t",
    r"\u0000",
    r"\u00e9",
    r"\u20AC",
    r"\uFFFF",
    r"\ud83d\ude00",
    r"\uDBFF\uDFFF",
    r"\ud800",
    r"\udc00",
    r"\\\\",
    r#"\\\""#,
    "é",
    "😀",
];

const WRONG: &[&str] = &[
    "\n",
    "\u{0}",
    "\u{1f}",
    r"\q",
    r"\u12",
    r"\u12g4",
    r"\U0041",
    r"\ud800\u",
    r"\ud800\q",
    r"\'",
    r"\u+123",
];

#[test]
fn every_escape_at_every_place_of_two_blocks() {
    let tail = long_tail();
    for at in 0..140 {
        let head = "x".repeat(at);
        for piece in ESCAPES.iter().chain(WRONG) {
            check(&format!("\"{head}{piece}\""));
            check(&format!("\"{head}{piece}{tail}\""));
            check(&format!("\"{head}\\n{piece}yz\\n{tail}\""));
        }
    }
}

#[test]
fn surrogates_in_every_combination_at_every_place_of_a_block() {
    const UNITS: &[&str] = &[r"\ud83d", r"\ude00", r"\u0041", r"\\", "x"];
    let tail = long_tail();
    for at in 40..70 {
        for (one, two, three) in triples(UNITS) {
            check(&format!("\"{}{one}{two}{three}{tail}\"", "x".repeat(at)));
        }
    }
    for (one, two, three) in triples(UNITS) {
        check(&format!("\"{one}{two}{three}\""));
    }
}

fn triples<'a>(all: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    let pairs = all
        .iter()
        .flat_map(|one| all.iter().map(move |two| (one, two)));
    pairs.flat_map(|(one, two)| all.iter().map(move |three| (*one, *two, *three)))
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn a_hundred_thousand_strings() {
    let mut random = Random(7);
    for round in 0..100_000 {
        let mut string = String::from("\"");
        let length = if round % 8 == 0 { 1200 } else { 80 };
        let run = 1 + random.below(100);
        while string.len() < length {
            string.push_str(&"0123456789,{}[]:ab".repeat(6)[..random.below(run)]);
            string.push_str(ESCAPES[random.below(ESCAPES.len())]);
        }
        if random.below(4) == 0 {
            let mut at = random.below(string.len());
            while !string.is_char_boundary(at) {
                at -= 1;
            }
            string.insert_str(at, WRONG[random.below(WRONG.len())]);
        }
        string.push('"');
        check(&string);
    }
}

#[test]
fn no_prefix_of_a_frame_passes() {
    let frame = format!(
        r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{{"chunk":"{{\"a\\\u00e9\ud83d\ude00{}"}}}}"#,
        long_tail()
    );
    let start = frame.find(r#"{"chunk""#).unwrap();
    let mut out = Vec::new();
    for end in 0..frame.len() {
        assert!(Envelope::decode(&frame[..end]).is_err());
    }
    for end in start..frame.len() - 1 {
        assert!(chunk_into(&frame[start..end], &mut out).is_err());
        assert_eq!(out, b"", "nothing stays");
    }
    let envelope = Envelope::decode(&frame).unwrap();
    chunk_into(envelope.params.unwrap(), &mut out).unwrap();
    assert!(out.starts_with("{\"a\\é😀12,345,\n".as_bytes()));
}

#[test]
fn other_members_are_passed_over_and_the_last_of_equal_ones_counts() {
    for (params, text) in [
        (r#" { "chunk" : "a\n" } "#, "a\n"),
        (
            r#"{"size":[1,{"chunk":"no"}],"chunk":"yes","more":null}"#,
            "yes",
        ),
        (r#"{"chunk":"first, longer","chunk":"last"}"#, "last"),
        (r#"{"c\u0068unk":"escaped"}"#, "escaped"),
        (r#"{"chunk":""}"#, ""),
    ] {
        let mut out = b">".to_vec();
        chunk_into(params, &mut out).unwrap();
        assert_eq!(out, format!(">{text}").as_bytes(), "{params}");
    }
}

#[test]
fn errors_are_those_of_decoding() {
    for params in [
        "",
        "null",
        "[]",
        "{",
        "{}",
        r#"{"chunk":7}"#,
        r#"{"chunk":null}"#,
        r#"{"chunk":"a"} x"#,
        r#"{"chunk":"a",}"#,
        r#"{"chunk" "a"}"#,
        r#"{"chunk":"a","x":nul}"#,
        r#"{"chunk":"a""x":1}"#,
        r#"{"x":{"a":]},"chunk":"a"}"#,
        r#"{"chunk":"a","chunk":7}"#,
        r#"{,"chunk":"a"}"#,
    ] {
        let mut out = b">".to_vec();
        let error = chunk_into(params, &mut out).expect_err(params);
        let decoded = decode::<AddHeapSnapshotChunkEvent>(params).expect_err(params);
        assert_eq!(format!("{error:?}"), format!("{decoded:?}"), "{params}");
        assert_eq!(out, b">", "{params}");
    }
    let missing = chunk_into("{}", &mut Vec::new()).unwrap_err();
    let is_missing = |kind: &_| {
        matches!(
            kind,
            DecodeErrorKind::MissingMember {
                member: "chunk",
                ..
            }
        )
    };
    assert!(is_missing(missing.kind()), "{missing}");
    let wrong = chunk_into(r#"{"chunk":7}"#, &mut Vec::new()).unwrap_err();
    assert_eq!(wrong.path(), "chunk");
}

/// From the frame to the bytes, with a buffer that has had such a chunk before.
#[test]
fn a_chunk_allocates_nothing() {
    let text = format!(
        "{}{}\\u00e9\\ud83d\\ude00",
        long_tail(),
        "1,2,3,".repeat(9000)
    );
    let frame = format!(
        r#"{{"method":"HeapProfiler.addHeapSnapshotChunk","params":{{"chunk":"{text}"}}}}"#
    );
    let mut out = Vec::new();
    let mut pass = || {
        out.clear();
        let envelope = Envelope::decode(&frame).unwrap();
        assert_eq!(
            envelope.method.as_deref(),
            Some("HeapProfiler.addHeapSnapshotChunk")
        );
        chunk_into(envelope.params.unwrap(), &mut out).unwrap();
    };
    pass();
    let allocations = allocation_counter::measure(&mut pass);
    assert_eq!(allocations.count_total, 0, "{allocations:?}");
}
