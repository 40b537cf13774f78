//! The rules, line by line. That they are true of what is emitted is proven in
//! `proof`, by a compiler.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::line::{Kind, Listing};
use super::{ApiChanges, Class, items};
use crate::{LISTING, fixture, generate};

/// A small API, to which each case adds or from which it takes.
const BASE: &str = "\
# @generated
[mirror] impl Serialize for a::Got
check a::Send::depth: 1..=147
impl Copy for a::Id
impl Deserialize for a::Got
impl<C: Client + ?Sized> a::ACommands for C
pub enum a::Kind #[non_exhaustive]
pub enum a::Whole
pub field a::Got::id: a::Id
pub field a::Got::kind: Option<a::Kind>
pub field a::Plain::x: i64
pub field a::Send::count: i64
pub field a::Send::depth: Option<i64>
pub fn a::ACommands::send(&self, command: a::Send) -> Self::Reply<'_, a::Send>
pub fn a::Open::call(&self)
pub fn a::Send::depth(self, depth: i64) -> Self
pub fn a::Send::new(count: i64) -> Self
pub mod a
pub struct a::Got #[non_exhaustive]
pub struct a::Id(_)
pub struct a::Plain
pub struct a::Send #[non_exhaustive]
pub trait a::ACommands: Client
pub trait a::Open: Client
pub type a::Send::Returns = a::Got
pub variant a::Kind::One
pub variant a::Whole::One
wire::integer_newtype!(a::Id)
";

/// What becomes of [`BASE`] when `old` is replaced by `new`: an empty text is no
/// line at all.
fn between(old: &str, new: &str) -> ApiChanges {
    let after = if old.is_empty() {
        format!("{BASE}{new}\n")
    } else {
        let line = |text: &str| {
            if text.is_empty() {
                String::new()
            } else {
                format!("{text}\n")
            }
        };
        assert!(BASE.contains(&line(old)), "{old}");
        BASE.replace(&line(old), &line(new))
    };
    ApiChanges::between(BASE, &after)
}

#[test]
fn every_kind_of_change_has_its_class() {
    let cases = [
        // What is new.
        (Class::Minor, "", "pub mod b"),
        (Class::Minor, "", "pub struct a::New #[non_exhaustive]"),
        (Class::Minor, "", "pub enum a::New"),
        (Class::Minor, "", "pub trait a::New: Client"),
        (Class::Minor, "", "pub field a::New::x: i64"),
        (Class::Minor, "", "pub variant a::New::X"),
        (Class::Minor, "", "pub field a::Send::more: Option<i64>"),
        (Class::Minor, "", "pub field a::Send::more: i64"),
        (Class::Minor, "", "pub field a::Got::more: Option<i64>"),
        (Class::Major, "", "pub field a::Got::more: i64"),
        (Class::Major, "", "pub field a::Plain::y: Option<i64>"),
        (Class::Minor, "", "pub variant a::Kind::Two"),
        (Class::Major, "", "pub variant a::Whole::Two"),
        (
            Class::Minor,
            "",
            "pub fn a::Send::more(self, more: i64) -> Self",
        ),
        (Class::Minor, "", "pub fn a::ACommands::more(&self)"),
        (Class::Major, "", "pub fn a::Open::more(&self)"),
        (Class::Minor, "", "impl Copy for a::Got"),
        (Class::Minor, "", "[mirror] impl Default for a::Send"),
        (Class::Minor, "", "impl<C: Client + ?Sized> a::New for C"),
        (Class::Major, "", "impl<C: Client + ?Sized> a::Open for C"),
        (Class::Minor, "", "check a::New::x: 1.."),
        (Class::Major, "", "check a::Send::count: 1.."),
        (Class::Minor, "", "wire::convert!(a::New, Vec<i64>)"),
        // What is gone.
        (Class::Major, "pub mod a", ""),
        (Class::Major, "pub struct a::Send #[non_exhaustive]", ""),
        (Class::Major, "pub field a::Got::kind: Option<a::Kind>", ""),
        (Class::Major, "pub variant a::Kind::One", ""),
        (
            Class::Major,
            "pub fn a::Send::depth(self, depth: i64) -> Self",
            "",
        ),
        (Class::Major, "impl Copy for a::Id", ""),
        (Class::Major, "[mirror] impl Serialize for a::Got", ""),
        (Class::Major, "wire::integer_newtype!(a::Id)", ""),
        (Class::Minor, "check a::Send::depth: 1..=147", ""),
        // What is another.
        (
            Class::Major,
            "pub field a::Got::id: a::Id",
            "pub field a::Got::id: i64",
        ),
        (
            Class::Major,
            "pub field a::Got::id: a::Id",
            "pub field a::Got::id: Option<a::Id>",
        ),
        (
            Class::Major,
            "pub field a::Got::kind: Option<a::Kind>",
            "pub field a::Got::kind: a::Kind",
        ),
        (
            Class::Major,
            "pub fn a::Send::new(count: i64) -> Self",
            "pub fn a::Send::new() -> Self",
        ),
        (
            Class::Major,
            "pub fn a::Send::new(count: i64) -> Self",
            "pub fn a::Send::new(size: i64) -> Self",
        ),
        (
            Class::Minor,
            "pub fn a::Send::depth(self, depth: i64) -> Self",
            "pub fn a::Send::depth(self, depth: i64) -> Self #[deprecated]",
        ),
        (
            Class::Major,
            "pub fn a::Send::depth(self, depth: i64) -> Self",
            "pub fn a::Send::depth(self, depth: f64) -> Self #[deprecated]",
        ),
        (
            Class::Major,
            "pub type a::Send::Returns = a::Got",
            "pub type a::Send::Returns = a::Id",
        ),
        (
            Class::Major,
            "pub trait a::ACommands: Client",
            "pub trait a::ACommands: Client + Send",
        ),
        (
            Class::Major,
            "pub variant a::Kind::One",
            "pub variant a::Kind::One(String)",
        ),
        (
            Class::Major,
            "pub struct a::Id(_)",
            "pub struct a::Id(pub i64)",
        ),
        (
            Class::Minor,
            "pub enum a::Kind #[non_exhaustive]",
            "pub enum a::Kind",
        ),
        (
            Class::Major,
            "pub enum a::Whole",
            "pub enum a::Whole #[non_exhaustive]",
        ),
        (
            Class::Major,
            "impl Deserialize for a::Got",
            "[mirror] impl Deserialize for a::Got",
        ),
        (
            Class::Minor,
            "[mirror] impl Serialize for a::Got",
            "impl Serialize for a::Got",
        ),
        // A range.
        (
            Class::Major,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: 1..=146",
        ),
        (
            Class::Major,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: 2..",
        ),
        (
            Class::Minor,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: 1..=148",
        ),
        (
            Class::Minor,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: 1..",
        ),
        (
            Class::Minor,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: -1.5..=147.5",
        ),
        (
            Class::Major,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: -0.5..=146.5",
        ),
        (
            Class::Major,
            "check a::Send::depth: 1..=147",
            "check a::Send::depth: ..=147x",
        ),
    ];
    for (class, old, new) in cases {
        let changes = between(old, new);
        assert_eq!(changes.changes.len(), 1, "`{old}` to `{new}`: {changes:?}");
        assert_eq!(
            changes.class(),
            Some(class),
            "`{old}` to `{new}`: {changes:?}"
        );
    }
}

#[test]
fn a_bound_is_compared_to_its_last_digit() {
    let class = |old: &str, new: &str| {
        let line = |bound: &str| format!("pub field a::B::x: i64\ncheck a::B::x: ..={bound}\n");
        ApiChanges::between(&line(old), &line(new)).class()
    };
    let (max, less) = ("9223372036854775807", "9223372036854775806");
    assert_eq!(class(max, less), Some(Class::Major));
    assert_eq!(class(less, max), Some(Class::Minor));
}

#[test]
fn neither_order_nor_remarks_are_a_change() {
    let backwards: Vec<&str> = BASE.lines().rev().collect();
    let changes = ApiChanges::between(BASE, &(backwards.join("\n") + "\n# another remark\n"));
    assert_eq!(changes, ApiChanges::default());
    assert_eq!(ApiChanges::between(BASE, BASE).class(), None);
}

#[test]
fn the_gravest_stands_first_and_decides() {
    let new = BASE.replace("pub mod a\n", "pub mod b\n") + "pub mod c\n";
    let changes = ApiChanges::between(BASE, &new);
    assert_eq!(changes.class(), Some(Class::Major));
    assert_eq!(changes.changes[0].line(), "pub mod a");
    assert_eq!(changes.changes[0].item, "mod a");
    assert_eq!(changes.counts(), (1, 0, 2));
}

#[test]
fn what_comes_with_an_item_is_part_of_it() {
    let whole = "pub mod b\npub struct b::New\npub field b::New::x: i64\nimpl Clone for b::New\n\
                 impl<C: Client + ?Sized> b::BCommands for C\npub trait b::BCommands: Client\n\
                 pub variant Any::B(b::New)\n";
    let changes = ApiChanges::between("", whole);
    let (with, alone): (Vec<_>, Vec<_>) = changes
        .changes
        .iter()
        .partition(|change| change.part_of.is_some());
    assert!(
        with.iter()
            .all(|change| change.part_of.as_deref() == Some("pub mod b"))
    );
    let alone: Vec<_> = alone.iter().map(|change| change.line()).collect();
    assert_eq!(alone, ["pub mod b", "pub variant Any::B(b::New)"]);

    let gone = ApiChanges::between(
        BASE,
        &BASE
            .replace("pub struct a::Plain\n", "")
            .replace("pub field a::Plain::x: i64\n", ""),
    );
    let parts: Vec<_> = gone
        .changes
        .iter()
        .map(|change| change.part_of.as_deref())
        .collect();
    assert_eq!(parts, [Some("pub struct a::Plain"), None]);
}

#[test]
fn two_of_a_macro_are_two_items() {
    let (old, new) = (
        "wire::string_newtype!(a::B)\n",
        "wire::string_newtype!(a::C)\n",
    );
    assert_eq!(ApiChanges::between(old, new).counts(), (1, 0, 1));
    let (old, new) = ("wire::newtype!(a::B, i64)\n", "wire::newtype!(a::B, f64)\n");
    assert_eq!(ApiChanges::between(old, new).counts(), (0, 1, 0));
}

/// An item and why make a sentence with `is`.
#[test]
fn what_became_of_an_item_can_be_said() {
    let field = "pub struct a::B\npub field a::B::c: i64\n";
    let with = |check: &str| format!("{field}{check}");
    let one = "check a::B::c: 1..=9\n";
    for (old, new, said) in [
        (
            "wire::newtype!(a::B, i64)\n".to_owned(),
            String::new(),
            "wire::newtype!(a::B) is gone",
        ),
        (
            with(""),
            with(one),
            "check a::B::c is new: calls are refused that were sent",
        ),
        (
            with(one),
            with("check a::B::c: 2..=9\n"),
            "check a::B::c is narrower: calls are refused that were sent",
        ),
        (
            with(one),
            with("check a::B::c: 1..=10\n"),
            "check a::B::c is wider: calls are sent that were refused",
        ),
        (
            with(one),
            with(""),
            "check a::B::c is gone: calls are sent that were refused",
        ),
    ] {
        let changes = ApiChanges::between(&old, &new).changes;
        let told: Vec<_> = changes
            .iter()
            .map(|it| format!("{} is {}", it.item, it.why))
            .collect();
        assert_eq!(told, [said]);
    }
}

#[test]
fn only_some_modules_can_be_looked_at() {
    let new = "pub mod b\npub struct b::New\npub variant AnyEvent::B(b::New)\n\
               pub mod bc\npub field bc::New::x: b::New\npub variant AnyEvent::C(bc::New)\n";
    let changes = ApiChanges::between("", new).within(&["b"].into());
    let lines: Vec<_> = changes.changes.iter().map(|it| it.line()).collect();
    assert_eq!(
        lines,
        [
            "pub mod b",
            "pub struct b::New",
            "pub variant AnyEvent::B(b::New)"
        ]
    );
}

/// Of each protocol item it is known what it is in Rust.
#[test]
fn every_item_of_the_protocol_is_in_the_listing() {
    for protocol in [fixture::small(), fixture::nasty()] {
        let files = generate(&protocol).unwrap();
        let listing = Listing::of(&files[LISTING]);
        let listed: HashSet<_> = listing.lines.iter().map(|line| line.item()).collect();
        let items = items(&protocol);
        assert!(items.len() > protocol.types.len());
        for (path, item) in items {
            assert!(listed.contains(&item), "{path}: {item}");
        }
    }
}

#[test]
fn a_struct_that_becomes_an_enum_is_gone() {
    let changes = ApiChanges::between("pub struct a::B\n", "pub enum a::B\n");
    assert_eq!(changes.counts(), (1, 0, 1));
    assert_eq!(changes.class(), Some(Class::Major));
}

/// An old listing may be anything.
#[test]
fn any_text_is_a_listing() {
    for text in [
        "",
        "\n\n",
        "x",
        "impl",
        "impl<",
        "pub fn ",
        "pub field (",
        "check",
        "[mirror] ",
        "a!(",
        "é!(é",
        " for > ",
    ] {
        assert_eq!(ApiChanges::between(text, text).class(), None, "{text:?}");
        ApiChanges::between(text, BASE);
        ApiChanges::between(BASE, text);
    }
}

/// Large is not slow: this would take minutes if each method looked through all lines.
#[test]
fn many_methods_are_compared_at_once() {
    let methods = |from: usize| -> String {
        let methods = (from..from + 50_000).map(|index| format!("pub fn a::T::m{index}(&self)\n"));
        methods.collect()
    };
    let head = "pub trait a::T: Client\nimpl<C: Client + ?Sized> a::T for C\n";
    let old = format!("{}{head}", methods(0));
    let new = format!("{old}{}", methods(50_000));
    let start = Instant::now();
    assert_eq!(ApiChanges::between(&old, &new).class(), Some(Class::Minor));
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

/// Whoever gives the listing a new kind of line has to give it a class.
#[test]
fn every_line_that_is_listed_is_of_a_known_kind_and_has_a_key_of_its_own() {
    for protocol in [fixture::small(), fixture::nasty()] {
        let files = generate(&protocol).unwrap();
        let listing = Listing::of(&files[LISTING]);
        assert!(!listing.lines.is_empty());
        let mut keys = HashSet::new();
        for line in &listing.lines {
            assert_ne!(line.kind, Kind::Other, "{}", line.text);
            assert!(!line.path.is_empty(), "{}", line.text);
            assert!(keys.insert(line.key), "{}", line.text);
        }
    }
}
