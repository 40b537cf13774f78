//! Snapshots that this test takes from the `node` on the `PATH`.
//!
//! Without one, it says so and passes, unless the variable `CDP_LIVE_REQUIRE` contains
//! `node`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cdp_heapprofiler::snapshot::{self, ChangeKind, Comparison, Error, Facts, Tally, Verifier};
use serde_json::Value;

/// Runs a script of `tests/snapshots`; `None` if there is no Node and need not be.
fn node(script: &str, arguments: &[&Path]) -> Option<Output> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let output = Command::new("node")
        .arg(scripts.join(script))
        .args(arguments)
        .output();
    match output {
        Ok(output) => {
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{script}: {error}");
            Some(output)
        }
        Err(error) => {
            let required = std::env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
            assert!(!required.contains("node"), "no `node`: {error}");
            println!("skipped: no `node` on the PATH");
            None
        }
    }
}

/// Takes a snapshot with so many objects that leak.
fn take(name: &str, objects: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    node("take.mjs", &[&file, Path::new(objects)])?;
    Some(file)
}

fn tally(value: &Value) -> Tally {
    let number = |index: usize| value[index].as_u64().unwrap();
    Tally::new(number(0), number(1))
}

#[test]
fn the_numbers_are_those_of_an_independent_reading() {
    let Some(old) = take("summary_old.heapsnapshot", "100") else {
        return;
    };
    let Some(new) = take("summary_new.heapsnapshot", "2000") else {
        return;
    };
    let Some(output) = node("summary.mjs", &[&old, &new]) else {
        return;
    };
    let output = String::from_utf8(output.stdout).unwrap();
    let mut summaries = Vec::new();
    for (file, line) in [old, new].iter().zip(output.lines()) {
        let expected: Value = serde_json::from_str(line).unwrap();
        let (facts, summary) = snapshot::summarize(fs::File::open(file).unwrap()).unwrap();
        assert_eq!(Value::from(summary.edges()), expected["edges"]);
        assert_eq!(facts.edges, summary.edges());
        assert_eq!(summary.total(), tally(&expected["total"]));
        assert_eq!(summary.detached(), Some(tally(&expected["detached"])));
        for (groups, expected) in [
            (summary.types(), &expected["types"]),
            (summary.constructors(), &expected["constructors"]),
        ] {
            let expected = expected.as_object().unwrap();
            assert_eq!(groups.len(), expected.len());
            for group in groups {
                assert_eq!(group.tally, tally(&expected[&group.name]), "{}", group.name);
            }
        }
        summaries.push(summary);
    }
    let comparison = Comparison::new(&summaries[0], &summaries[1]);
    let leak = comparison
        .changes()
        .iter()
        .find(|change| change.name == "Leak")
        .unwrap();
    assert_eq!((leak.kind(), leak.count_delta()), (ChangeKind::Grown, 1900));
}

#[test]
fn no_beginning_of_a_snapshot_is_whole() {
    let Some(file) = take("truncated.heapsnapshot", "10") else {
        return;
    };
    let bytes = fs::read(file).unwrap();
    let mut verifier = Verifier::new();
    for byte in &bytes {
        assert!(
            !verifier.is_complete(),
            "at {} of {}",
            verifier.bytes(),
            bytes.len()
        );
        verifier.push(&[*byte]).unwrap();
    }
    assert!(verifier.is_complete());
    assert_eq!(verifier.finish().unwrap().bytes, bytes.len() as u64);
    for length in (0..bytes.len()).step_by(bytes.len() / 20) {
        let error = snapshot::verify(&bytes[..length]).unwrap_err();
        let snapshot::ReadError::Snapshot(error) = error else {
            panic!("{error}")
        };
        assert!(matches!(error, Error::Truncated { .. }), "{error}");
    }
}

/// Verifies what is left of a snapshot without some of its pieces.
fn without(bytes: &[u8], size: usize, lost: impl Fn(usize) -> bool) -> Result<Facts, Error> {
    let mut verifier = Verifier::new();
    for (index, piece) in bytes.chunks(size).enumerate() {
        if !lost(index) {
            verifier.push(piece)?;
        }
    }
    verifier.finish()
}

/// The format does not say how many locations there are. Whatever else is lost, is
/// noticed.
#[test]
fn lost_pieces_are_noticed() {
    let Some(file) = take("pieces.heapsnapshot", "3000") else {
        return;
    };
    let bytes = fs::read(file).unwrap();
    let whole = snapshot::verify(bytes.as_slice()).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let locations = text.find("\"locations\":[").unwrap()..text.find("\"strings\":[").unwrap();
    let mut passed = 0;
    let mut lose = |size: usize, from: usize, count: usize| {
        let lost = from..from + count;
        if let Ok(facts) = without(&bytes, size, |index| lost.contains(&index)) {
            passed += 1;
            let (begin, end) = (from * size, (lost.end * size).min(bytes.len()));
            assert!(
                locations.contains(&begin) && end <= locations.end,
                "{size}: {from}"
            );
            let counts = (facts.nodes, facts.edges, facts.strings);
            assert_eq!(counts, (whole.nodes, whole.edges, whole.strings));
            assert!(facts.locations < whole.locations);
        }
    };
    for size in [1 << 12, 1 << 16, 102_400] {
        let pieces = bytes.len().div_ceil(size);
        let step = if size < 1 << 16 { 17 } else { 1 };
        for from in (0..pieces).step_by(step) {
            lose(size, from, 1 + from / step % 2 * (from * 7 % 11));
        }
    }
    println!("{passed} pass, with fewer locations");

    // Any pieces, here and there.
    let mut random = 1_u64;
    for _ in 0..20 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let bits = random >> 8;
        let lost = |index: usize| bits >> (index % 56) & 1 == 1;
        assert!(without(&bytes, 1 << 16, lost).is_err());
    }
}
