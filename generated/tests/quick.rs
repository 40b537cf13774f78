//! `decode` against `serde_json` through the same types: equal values, and errors for the
//! same texts. It reads what is ordinary with a parser of its own.

use std::fmt::Debug;

use cdp_heapprofiler::protocol::heap_profiler::{
    GetSamplingProfileReturns, HeapStatsUpdateEvent, LastSeenObjectIdEvent,
    ReportHeapSnapshotProgressEvent,
};
use cdp_heapprofiler::protocol::runtime::EvaluateReturns;
use cdp_heapprofiler::wire::Read;
use cdp_heapprofiler::{decode, DecodeErrorKind};
use serde::de::DeserializeOwned;

const STATS: &str = r#"{"statsUpdate":[6,1677,-1610548816,7,0,9007199254740993,-0]}"#;
const LAST_SEEN: &str = r#"{"lastSeenObjectId":41423,"timestamp":1795375400001.482}"#;
const PROGRESS: &str = r#"{"done":10000,"total":7.0,"finished":true,"x":[1,{"a":"b\n"}],"y":null}"#;
const PROFILE: &str = r#"{"profile":{"head":{"callFrame":{"functionName":"(root)\n","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},"selfSize":0.5,"id":1,"children":[{"callFrame":{"functionName":"\u00e9\ud83d\ude00","scriptId":"7","url":"file:///a","lineNumber":3,"columnNumber":1e1},"selfSize":123456.789,"children":[]}]},"samples":[{"size":1.5e3,"nodeId":1,"ordinal":0}]}}"#;
const EVALUATED: &str = r#"{"result":{"type":"object","subtype":"map","value":{"a":[1,"\ud800"]},"description":"Map(1)","objectId":"12","preview":{"type":"object","overflow":false,"properties":[{"name":"a","type":"number","value":"1"}]}}}"#;

/// Checks a text, and says whether it was read.
fn check<T: Read + DeserializeOwned + Debug>(json: &str) -> bool {
    let expected = serde_json::from_str::<T>(json);
    match (decode::<T>(json), &expected) {
        // Negative zero shows.
        (Ok(value), Ok(expected)) => assert_eq!(format!("{value:?}"), format!("{expected:?}")),
        (Err(error), Err(expected)) => {
            let is_syntax = error.kind() == &DecodeErrorKind::Syntax;
            assert_eq!(is_syntax, !expected.is_data(), "{json}: {error}");
            assert!(
                expected.to_string().contains(error.message()),
                "{json}: {error}"
            );
        }
        (decoded, expected) => panic!("{json}: {decoded:?}, {expected:?}"),
    }
    expected.is_ok()
}

fn check_all(mut change: impl FnMut(&str) -> Vec<String>) -> usize {
    let mut read = 0;
    let mut check_each = |original: &str, check: fn(&str) -> bool| {
        assert!(check(original), "{original}");
        let changed = change(original);
        read += changed.iter().filter(|text| check(text)).count();
    };
    check_each(STATS, check::<HeapStatsUpdateEvent>);
    check_each(LAST_SEEN, check::<LastSeenObjectIdEvent>);
    check_each(PROGRESS, check::<ReportHeapSnapshotProgressEvent>);
    check_each(PROFILE, check::<GetSamplingProfileReturns>);
    check_each(EVALUATED, check::<EvaluateReturns>);
    read
}

#[test]
fn every_prefix() {
    let prefixes = |text: &str| (0..text.len()).map(|end| text[..end].to_owned()).collect();
    assert_eq!(check_all(prefixes), 0);
}

#[test]
fn every_byte_replaced() {
    check_all(|text| {
        let places = (0..text.len()).flat_map(|at| (0..=0x7f_u8).map(move |byte| (at, byte)));
        let replaced = places.map(|(at, byte)| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = byte;
            String::from_utf8(bytes).unwrap()
        });
        replaced.collect()
    });
}

#[test]
fn numbers_in_every_form() {
    const PARTS: [&[&str]; 4] = [
        &["", "-", "+", "--"],
        &[
            "",
            "0",
            "00",
            "7",
            "07",
            "42",
            "9007199254740993",
            "9223372036854775807",
            "18446744073709551616",
        ],
        &[
            "",
            ".",
            ".0",
            ".5",
            ".482",
            ".12345678901234567",
            ".000000000000000000000000001",
        ],
        &["", "e", "e1", "E+2", "e-3", "e400", "x", " 1"],
    ];
    for sign in PARTS[0] {
        for (digits, fraction) in PARTS[1]
            .iter()
            .flat_map(|one| PARTS[2].iter().map(move |two| (one, two)))
        {
            for exponent in PARTS[3] {
                let number = format!("{sign}{digits}{fraction}{exponent}");
                check::<HeapStatsUpdateEvent>(&format!(r#"{{"statsUpdate":[{number}]}}"#));
                let event = format!(r#"{{"lastSeenObjectId":1,"timestamp":{number}}}"#);
                check::<LastSeenObjectIdEvent>(&event);
            }
        }
    }
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
            "-",
            ".5",
            "e3",
            "null",
            "true",
            "\\u0041",
            "\\ud800",
            "\\ud83d\\ude00",
            "\"x\":[],",
            "{}",
            "\"a\"",
            "é",
            "\u{0}",
            "false",
        ];
        let place = |random: &mut Self, text: &str| {
            let mut at = random.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (one, other) = (place(self, text), place(self, text));
        let range = one.min(other)..one.max(other);
        match self.below(3) {
            0 => text.insert_str(one, PIECES[self.below(PIECES.len())]),
            1 if range.len() < 30 => text.replace_range(range, PIECES[self.below(PIECES.len())]),
            _ if range.len() < 40 => {
                let copy = text[range].to_owned();
                text.insert_str(one, &copy);
            }
            _ => {}
        }
    }
}

#[test]
fn thousands_of_mutations() {
    let mut random = Random(11);
    let read = check_all(|text| {
        let mutated = (0..30_000).map(|_| {
            let mut text = text.to_owned();
            for _ in 0..=random.below(2) {
                random.mutate(&mut text);
            }
            text
        });
        mutated.collect()
    });
    // Otherwise there was little to compare.
    assert!(read > 15_000, "{read}");
}
