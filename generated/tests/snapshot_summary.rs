//! Summaries and comparisons of snapshots that are small enough to count by hand.

#[path = "snapshots/small.rs"]
mod small;

use std::io::{self, Read, Write};

use cdp_heapprofiler::snapshot::{
    self, ChangeKind, Comparison, Error, Group, ReadError, Summary, Tally, Verifier,
};

use small::{text, Revision, REVISIONS};

fn summary(text: &str) -> Summary {
    snapshot::summarize(text.as_bytes()).unwrap().1
}

fn rows(groups: &[Group]) -> Vec<(&str, u64, u64)> {
    let row = |group: &'_ Group| (group.tally.count, group.tally.self_size);
    let rows = groups.iter().map(|group| (group.name.as_str(), row(group)));
    rows.map(|(name, (count, size))| (name, count, size))
        .collect()
}

#[test]
fn nodes_are_grouped_by_type_and_by_constructor() {
    for revision in REVISIONS {
        let summary = summary(&text(revision));
        assert_eq!(summary.total(), Tally::new(7, 123_457_125));
        assert_eq!(summary.edges(), 9);
        assert_eq!(summary.detached(), Some(Tally::new(2, 144)));
        assert_eq!(
            rows(summary.types()),
            [
                ("closure", 1, 64),
                ("hidden", 1, 8),
                ("native", 1, 24),
                ("object", 2, 240),
                ("string", 1, 123_456_789),
                ("synthetic", 1, 0),
            ]
        );
        assert_eq!(
            rows(summary.constructors()),
            [
                ("(string)", 1, 123_456_789),
                ("(synthetic)", 1, 0),
                ("(system)", 1, 8),
                ("<div>", 1, 24),
                ("Function", 1, 64),
                ("Leak", 2, 240),
            ]
        );
        assert_eq!(summary.constructor("Leak"), Tally::new(2, 240));
        assert_eq!(summary.constructor("Lea"), Tally::default());
        let names = |groups: Vec<&Group>| {
            groups
                .iter()
                .map(|group| group.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(summary.largest(3)), ["(string)", "Leak", "Function"]);
        assert_eq!(names(summary.most(2)), ["Leak", "(string)"]);
        assert_eq!(summary.largest(100).len(), 6);
        assert_eq!(names(summary.largest(0)), [""; 0]);
    }
}

#[test]
fn without_the_column_nothing_is_known_of_detachment() {
    let text = text(Revision::Node24).replace("detachedness", "attachedness");
    assert_eq!(summary(&text).detached(), None);
}

#[test]
fn equal_names_are_one_group_and_surrogates_are_replaced() {
    let renamed = text(Revision::Node24).replace("\"Leak\"", "\"Function\"");
    assert_eq!(
        summary(&renamed).constructor("Function"),
        Tally::new(3, 304)
    );
    let lone = text(Revision::Node24).replace("\"Leak\"", r#""\ud83d\ude00 \ud800\u0041""#);
    assert_eq!(
        summary(&lone).constructor("\u{1F600} \u{FFFD}A"),
        Tally::new(2, 240)
    );
}

#[test]
fn a_name_without_end_is_not_kept() {
    let long = text(Revision::Node24).replace("\"Leak\"", &format!("\"{}\"", "n".repeat(1 << 20)));
    assert!(snapshot::verify(long.as_bytes()).is_ok());
    let error = snapshot::summarize(long.as_bytes()).unwrap_err();
    let unsupported = matches!(&error, ReadError::Snapshot(Error::Unsupported { .. }));
    assert!(unsupported, "{error}");
    // That of a string is of no matter.
    let long = text(Revision::Node24).replace("\"text ", &format!("\"{}", "n".repeat(1 << 20)));
    assert!(snapshot::summarize(long.as_bytes()).is_ok());
}

#[test]
fn strings_before_nodes_can_be_verified_but_not_summarized() {
    let text = text(Revision::Node24);
    let strings = text.find("\"strings\":").unwrap();
    let nodes = text.find("\"nodes\":").unwrap();
    let last = text[strings..].strip_suffix('}').unwrap();
    let rest = text[nodes..strings].trim_end().trim_end_matches(',');
    let moved = format!("{}{last},{rest}}}", &text[..nodes]);
    assert!(snapshot::verify(moved.as_bytes()).is_ok());
    assert!(snapshot::summarize(moved.as_bytes()).is_err());
}

#[test]
fn a_comparison_tells_what_changed() {
    let old = summary(&text(Revision::Node24));
    let text = text(Revision::Node24)
        .replace("\"Leak\"", "\"Cache\"")
        .replace(",64,1,", ",65,1,")
        .replace(",123456789,", ",456789,");
    let new = summary(&text);
    let comparison = Comparison::new(&old, &new);
    let changes = comparison.changes().iter();
    let changes: Vec<_> = changes
        .map(|change| {
            (
                &*change.name,
                change.kind(),
                change.count_delta(),
                change.size_delta(),
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("(string)", ChangeKind::Shrunk, 0, -123_000_000),
            ("Cache", ChangeKind::New, 2, 240),
            ("Leak", ChangeKind::Gone, -2, -240),
            ("Function", ChangeKind::Grown, 0, 1),
        ]
    );
    assert_eq!(comparison.total().size_delta(), -122_999_999);
    assert_eq!(comparison.total().kind(), ChangeKind::Shrunk);
    assert_eq!(comparison.of_kind(ChangeKind::New).count(), 1);
    assert_eq!(comparison.of_kind(ChangeKind::Unchanged).count(), 0);
    assert_eq!(Comparison::new(&old, &old).changes(), []);
    assert_eq!(
        Comparison::new(&old, &old).total().kind(),
        ChangeKind::Unchanged
    );
}

#[test]
fn readers_and_writers() {
    let text = text(Revision::Tracked);
    let mut verifier = Verifier::new();
    io::copy(&mut text.as_bytes(), &mut verifier).unwrap();
    assert_eq!(verifier.bytes(), text.len() as u64);
    assert!(verifier.finish().unwrap().summary.is_none());

    let mut verifier = Verifier::new();
    let error = verifier.write_all(b"<html>").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    let inner = error
        .get_ref()
        .and_then(|error| error.downcast_ref::<Error>());
    assert!(matches!(inner, Some(Error::Corrupt { .. })));

    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let start = &text.as_bytes()[..100];
    assert!(matches!(
        snapshot::verify(start.chain(Broken)),
        Err(ReadError::Io(_))
    ));
}
