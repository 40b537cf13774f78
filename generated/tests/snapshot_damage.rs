//! What is not whole is never taken for whole: truncations, damaged bytes, lost
//! pieces, and texts that are made to harm the reader.

#[path = "snapshots/shape.rs"]
mod shape;
#[path = "snapshots/small.rs"]
mod small;

use cdp_heapprofiler::snapshot::{Error, Facts, Verifier};

use shape::shape;
use small::{text, Revision, REVISIONS};

/// How many nodes, edges and strings the small ones have.
const COUNTS: (u64, u64, u64) = (7, 9, 9);

fn verify(bytes: &[u8]) -> Result<Facts, Error> {
    in_pieces(bytes, bytes.len().max(1), Verifier::new())
}

fn in_pieces(bytes: &[u8], size: usize, mut verifier: Verifier) -> Result<Facts, Error> {
    for piece in bytes.chunks(size) {
        verifier.push(piece)?;
    }
    verifier.finish()
}

/// A snapshot with rows enough for the quick way through them.
fn long(revision: Revision) -> String {
    let text = text(revision);
    let samples: Vec<_> = (0..100)
        .map(|row| format!("{},{row}", row * 50_021))
        .collect();
    text.replace(
        "\"samples\":[]",
        &format!("\"samples\":[{}]", samples.join(",")),
    )
}

#[test]
fn every_revision_is_whole() {
    for revision in REVISIONS {
        let text = text(revision);
        let facts = verify(text.as_bytes()).unwrap_or_else(|error| panic!("{revision:?}: {error}"));
        assert_eq!(
            (facts.nodes, facts.edges, facts.strings),
            COUNTS,
            "{revision:?}"
        );
        assert_eq!(facts.locations, 2);
        assert_eq!(facts.bytes, text.len() as u64);
        assert_eq!(facts.unknown, [""; 0]);
        assert!(shape(text.as_bytes()).is_some(), "{revision:?}");
        let tracked = revision == Revision::Tracked;
        assert_eq!(facts.trace_functions, if tracked { 2 } else { 0 });
        assert_eq!(facts.trace_nodes, if tracked { 4 } else { 0 });
        assert_eq!(facts.samples, if tracked { 2 } else { 0 });
    }
}

#[test]
fn truncated_at_any_byte_it_is_truncated() {
    for revision in REVISIONS {
        let text = text(revision);
        for length in 0..text.len() {
            match verify(&text.as_bytes()[..length]) {
                Err(Error::Truncated { place, missing, .. }) => {
                    assert_eq!(place.offset, length as u64);
                    assert!(!missing.is_empty());
                }
                other => panic!("{revision:?}, {length} bytes: {other:?}"),
            }
        }
    }
}

#[test]
fn an_error_says_how_far_it_got() {
    let text = text(Revision::Node20);
    let cut = text.find("\"edges\"").unwrap() + "\"edges\":[1,1,7\n,2,".len();
    assert_eq!(
        verify(&text.as_bytes()[..cut]).unwrap_err().to_string(),
        format!(
            "the snapshot is truncated (offset {cut}, in `edges`, row 1): 8 of 9 rows of `edges`, \
             `trace_function_infos`, `trace_tree`, `samples`, `locations`, `strings` is missing"
        ),
    );
    let bad = text.replace(",2,3,14\n", ",2,3,15\n");
    let at = bad.find(",2,3,15\n").unwrap() + ",2,3,15".len();
    assert_eq!(
        verify(bad.as_bytes()).unwrap_err().to_string(),
        format!(
            "the snapshot is corrupt (offset {at}, in `edges`, row 1, column `to_node`): \
             expected a multiple of 7 below 49, found 15"
        ),
    );
    let bad = text.replace("to_node", "from_node");
    let error = verify(bad.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }));
    assert!(
        error
            .to_string()
            .contains("`edges` have no column `to_node`"),
        "{error}"
    );
}

/// A snapshot, and from where on it is damaged: in one of them the whole of it.
fn damageable(revision: Revision) -> (Vec<u8>, usize) {
    let text = text(revision);
    let from = match revision {
        Revision::Scopes => 0,
        _ => text.find("\"nodes\":").unwrap(),
    };
    (text.into_bytes(), from)
}

/// The values of sizes, ids and places, the text of strings and labels, and white
/// space may change unnoticed: nothing that the snapshot is made of.
#[test]
fn a_damaged_byte_changes_nothing_that_is_structure() {
    let others = b"07-.,[]{\"\\ \x80";
    for revision in REVISIONS {
        let (text, from) = damageable(revision);
        let good = shape(&text);
        let mut damaged = Vec::new();
        for place in from..text.len() {
            let mut removed = text.clone();
            removed.remove(place);
            damaged.push(removed);
            for other in others {
                let mut flipped = text.clone();
                flipped[place] = *other;
                damaged.push(flipped);
                let mut inserted = text.clone();
                inserted.insert(place, *other);
                damaged.push(inserted);
            }
            // A bit of a byte.
            for bit in [1, 5] {
                let mut flipped = text.clone();
                flipped[place] ^= 1 << bit;
                damaged.push(flipped);
            }
        }
        let mut passed = 0;
        for bytes in &damaged {
            if verify(bytes).is_ok() {
                passed += 1;
                assert_eq!(
                    shape(bytes),
                    good,
                    "{revision:?}: {}",
                    String::from_utf8_lossy(bytes)
                );
            }
        }
        println!(
            "{revision:?}: {passed} of {} damaged ones pass",
            damaged.len()
        );
    }
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for revision in REVISIONS {
        let text = long(revision);
        let mut cases = vec![text.clone().into_bytes()];
        for place in (0..text.len()).step_by(41) {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = b'!';
            cases.push(bytes);
            cases.push(text.as_bytes()[..place].to_vec());
        }
        for bytes in &cases {
            let whole = verify(bytes);
            for size in [1, 2, 3, 7, 64, 1000] {
                let pieces = in_pieces(bytes, size, Verifier::new());
                assert_eq!(pieces, whole, "{size}: {}", String::from_utf8_lossy(bytes));
            }
        }
        let whole = in_pieces(text.as_bytes(), text.len(), Verifier::with_summary());
        assert!(whole.is_ok());
        for cut in 0..text.len() {
            let mut verifier = Verifier::with_summary();
            verifier.push(&text.as_bytes()[..cut]).unwrap();
            verifier.push(&[]).unwrap();
            assert!(!verifier.is_complete());
            verifier.push(&text.as_bytes()[cut..]).unwrap();
            assert!(verifier.is_complete());
            assert_eq!(verifier.finish(), whole, "{cut}");
        }
    }
}

#[test]
fn lost_spans_are_noticed_but_for_whole_rows_that_nothing_counts() {
    for revision in REVISIONS {
        let (text, from) = damageable(revision);
        let good = shape(&text).unwrap();
        let counted = |shape: &[(String, usize)]| {
            let uncounted = ["locations", "samples", "scopes"];
            let counted = shape
                .iter()
                .filter(|(key, _)| !uncounted.contains(&key.as_str()));
            counted.cloned().collect::<Vec<_>>()
        };
        for begin in from..text.len() {
            for length in (1..24).chain((24..text.len() - begin).step_by(61)) {
                let Some(rest) = text.get(begin + length..) else {
                    break;
                };
                let bytes = [&text[..begin], rest].concat();
                if verify(&bytes).is_ok() {
                    let shape = shape(&bytes).expect("what verifies is in shape");
                    assert_eq!(counted(&shape), counted(&good), "{begin} {length}");
                }
            }
        }
    }
}

#[test]
fn what_comes_after_the_end_is_white_space() {
    let text = text(Revision::Node24);
    assert!(verify(format!(" \r\n\t{text} \r\n\t").as_bytes()).is_ok());
    for rest in ["]", "}", "0", "{}", "\0", ","] {
        assert!(
            verify(format!("{text}{rest}").as_bytes()).is_err(),
            "{rest}"
        );
    }
}

#[test]
fn white_space_and_other_layouts_are_json() {
    for revision in REVISIONS {
        let text = text(revision);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        // The keys in the order of the alphabet: other tools may write so.
        let mut sorted = value.clone();
        let header = sorted.as_object_mut().unwrap().remove("snapshot").unwrap();
        let rest = sorted.to_string();
        let compact = format!("{{\"snapshot\":{header},{}", &rest[1..]);
        assert_eq!(verify(compact.as_bytes()).unwrap().nodes, COUNTS.0);
        let wide = compact.replace(',', " ,\r\n\t").replace(['[', ']'], " $0 ");
        assert!(verify(wide.as_bytes()).is_err(), "`$0` is no JSON");
        let wide = compact.replace("],", " ]\r\n\t, ").replace(":[", " : [ ");
        assert_eq!(verify(wide.as_bytes()).unwrap().edges, COUNTS.1);
    }
}

#[test]
fn unknown_keys_are_skipped_and_named() {
    let text = text(Revision::Scopes);
    let more = r#""news":{"a":[1,2.5e3,{"b":[null,true,"\ud800"]}]},"a\u0062":-0,"samples":"#;
    let text = text.replace("\"samples\":", more);
    let facts = verify(text.as_bytes()).unwrap();
    assert_eq!(facts.unknown, ["news", "a\\u0062"]);
    for (good, bad) in [
        ("2.5e3", "2.5e"),
        ("true", "tru"),
        ("-0,", "-01,"),
        ("}]}", "]}}"),
    ] {
        assert!(text.contains(good));
        let bad = text.replacen(good, bad, 1);
        assert!(verify(bad.as_bytes()).is_err(), "{bad}");
    }
    let twice = text.replace("\"a\\u0062\"", "\"news\"");
    assert!(matches!(
        verify(twice.as_bytes()),
        Err(Error::Corrupt { .. })
    ));
}

/// What a counterpart says, by replacing a piece of a good text.
#[track_caller]
fn refused(revision: Revision, old: &str, new: &str, says: &str) {
    let text = text(revision);
    assert!(text.contains(old), "{old}");
    let error = verify(text.replacen(old, new, 1).as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn counts_and_references_are_held_against_each_other() {
    use Revision::{Node20, Node24, Scopes, Tracked};
    refused(
        Node24,
        "\"node_count\":7",
        "\"node_count\":8",
        "expected 8 rows, found 7",
    );
    refused(
        Node24,
        "\"node_count\":7",
        "\"node_count\":6",
        "expected 6 rows, found more",
    );
    refused(
        Node24,
        "\"edge_count\":9",
        "\"edge_count\":8",
        "nodes with 8 edges together, found 9",
    );
    refused(
        Node24,
        ",6,5,6,0,1,12]",
        ",6,5,6]",
        "expected 9 rows, found 8",
    );
    refused(
        Node24,
        ",0,1,12]",
        ",0,1,12,0,1,12]",
        "expected 9 rows, found more",
    );
    refused(Node24, ",0,1,12]", ",0,1]", "a row of 3, found 2");
    refused(Node24, ",0,1,12]", ",0,1,42]", "column `to_node`");
    refused(
        Node24,
        ",0,1,12]",
        ",7,1,12]",
        "a number from 0 to 6, found 7",
    );
    refused(Node24, ",0,1,12]", ",0,-1,12]", "no negative number");
    refused(
        Node24,
        ",0,1,12]",
        ",0,9,12]",
        "an index below 9, the number of strings, found 9",
    );
    refused(
        Node24,
        ",\n\"last\"",
        "",
        "an index below 8, the number of strings, found 8",
    );
    refused(
        Node24,
        "[9,1,1,0,2,0,",
        "[10,1,1,0,2,0,",
        "row 0, column `type`): expected a number from 0 to 9",
    );
    refused(
        Node24,
        "\"locations\":[6,",
        "\"locations\":[7,",
        "column `object_index`",
    );
    refused(Node24, "\"samples\":[],", "", "`samples`, as `meta` says");
    refused(
        Node24,
        "\"samples\":[]",
        "\"nodes\":[]",
        "every section once",
    );
    refused(Node20, ",4,9,42\n", ",4,9,42\n\n,", "an integer");
    refused(Tracked, "[2,1,5,600,", "[2,2,5,600,", "a number below 2");
    refused(
        Tracked,
        "[2,1,5,600,[],3,1,0,0,",
        "[3,1,0,0,",
        "ids from 1 on",
    );
    refused(Tracked, "[2,1,5,600,[]", "[2,1,5,600", "column `children`");
    refused(
        Tracked,
        "[4,1,2,240,[]]",
        "[]",
        "trace nodes up to the id 4",
    );
    refused(Tracked, "30,4]", "30]", "a row of 6, found 5");
    refused(Tracked, ",3,2,8,7,30,4]", "]", "expected 2 rows, found 1");
    refused(
        Scopes,
        "\"scope_uses\":[17,0,",
        "\"scope_uses\":[",
        "3 rows, as `scopes` say",
    );
    refused(Scopes, "[3,8,2]", "[3,8]", "3 rows, as `scopes` say");
    refused(
        Scopes,
        "[3,8,2]",
        "[3,8,9]",
        "`scope_context_vars`, row 2, column `name`",
    );
    refused(
        Scopes,
        "\"scope_fields\"",
        "\"scope_fieldz\"",
        "whose columns `meta` names",
    );
}

#[test]
fn hostile_texts_are_refused_without_harm() {
    let text = text(Revision::Tracked);
    let deep = |open: &str, close: &str, depth: usize| {
        let nested = open.repeat(depth) + &close.repeat(depth);
        text.replace("\"samples\":", &format!("\"deep\":{nested},\"samples\":"))
    };
    assert!(verify(deep("[", "]", 60_000).as_bytes()).is_ok());
    assert!(matches!(
        verify(deep("[", "]", 3_000_000).as_bytes()),
        Err(Error::Unsupported { .. })
    ));
    assert!(matches!(
        verify(deep("{\"a\":", "}", 3_000_000).as_bytes()),
        Err(Error::Unsupported { .. } | Error::Corrupt { .. })
    ));

    for number in [
        "1".repeat(1_000_000),
        "0".repeat(1_000_000),
        "-".repeat(1_000_000),
    ] {
        for old in ["[9,1,1,0,", "\"samples\":[0,", "[1,0,0,0,["] {
            let bad = text.replacen(old, &format!("{}{number},", &old[..old.len() - 2]), 1);
            assert!(
                matches!(verify(bad.as_bytes()), Err(Error::Corrupt { .. })),
                "{old}"
            );
        }
    }
    let most = i64::MAX.to_string();
    let large = text.replace(",24,2,", &format!(",{most},2,"));
    assert!(in_pieces(large.as_bytes(), 64, Verifier::with_summary()).is_ok());

    for key in ["node_count", "edge_count", "trace_function_count"] {
        for count in [
            "18446744073709551615",
            "9223372036854775807",
            "-1",
            "1e9",
            "\"7\"",
            "null",
            "7.5",
        ] {
            let bad = regex_free_replace(&text, key, count);
            assert!(verify(bad.as_bytes()).is_err(), "{key} {count}");
        }
    }
    let long_key = format!("{{\"{}", "k".repeat(1_000_000));
    assert!(matches!(
        verify(long_key.as_bytes()),
        Err(Error::Unsupported { .. })
    ));
    let keys: Vec<_> = (0..10_000).map(|key| format!("\"k{key}\":0")).collect();
    let keys = format!("{{{}", keys.join(","));
    assert!(matches!(
        verify(keys.as_bytes()),
        Err(Error::Unsupported { .. })
    ));
    let header = format!("{{\"snapshot\":\"{}", "s".repeat(3_000_000));
    assert!(matches!(
        verify(header.as_bytes()),
        Err(Error::Unsupported { .. })
    ));
}

/// Puts another value in the place of a number of the header.
fn regex_free_replace(text: &str, key: &str, value: &str) -> String {
    let begin = text.find(&format!("\"{key}\":")).unwrap() + key.len() + 3;
    let end = begin + text[begin..].find([',', '}']).unwrap();
    format!("{}{value}{}", &text[..begin], &text[end..])
}

#[test]
fn a_trace_tree_may_nest_without_end() {
    let text = text(Revision::Tracked);
    let depth = 200_000;
    let mut tree = String::new();
    for id in 1..=depth {
        tree += &format!("[{id},0,0,0,");
    }
    tree += "[]";
    tree += &"]".repeat(depth);
    let begin = text.find("\"trace_tree\":").unwrap() + "\"trace_tree\":".len();
    let end = begin + text[begin..].find(",\n").unwrap();
    let deep = format!("{}{tree}{}", &text[..begin], &text[end..]);
    assert_eq!(verify(deep.as_bytes()).unwrap().trace_nodes, depth as u64);
    let short = deep.replacen("]]]]", "]]]", 1);
    assert!(verify(short.as_bytes()).is_err());
}

#[test]
fn odd_metas_are_unsupported() {
    let text = text(Revision::Node24);
    let types = r#""node_types":[["hidden""#;
    for (old, new) in [
        ("\"node_fields\":[\"type\"", "\"node_fields\":[7"),
        (
            "\"node_fields\":[\"type\"",
            "\"node_fields\":[\"type\",\"type\"",
        ),
        ("\"edge_fields\":[", "\"edge_fields\":{},\"x\":["),
        ("\"edge_fields\":[", "\"edge_fields\":[],\"x\":["),
        (types, r#""node_types":[[7"#),
        (types, r#""node_types":[],"x":[["hidden""#),
        ("\"string_or_number\"", "\"string\""),
        ("\"meta\":{", "\"meta\":[],\"x\":{"),
        ("\"self_size\"", "\"size\""),
        ("\"children\"", "\"kin\""),
    ] {
        assert!(text.contains(old), "{old}");
        let error = verify(text.replacen(old, new, 1).as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{old}: {error}");
    }
    let columns: Vec<_> = (0..1000).map(|column| format!("\"c{column}\"")).collect();
    let wide = text.replace("\"timestamp_us\"", &columns.join(","));
    assert!(matches!(
        verify(wide.as_bytes()),
        Err(Error::Unsupported { .. })
    ));
    let late = "{\"nodes\":[],\"snapshot\":{}}";
    assert!(matches!(
        verify(late.as_bytes()),
        Err(Error::Unsupported { .. })
    ));
}

#[test]
fn the_error_stays() {
    let mut verifier = Verifier::new();
    let error = verifier.push(b"{\"nodes\" 7").unwrap_err();
    assert_eq!(verifier.push(b" "), Err(error.clone()));
    assert!(!verifier.is_complete());
    assert_eq!(verifier.finish(), Err(error));
}
