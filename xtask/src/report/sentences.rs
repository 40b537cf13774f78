//! The sentences on changes, one for each kind of line and each thing that can become
//! of it: they are put together, and have to be sentences all the same.

use std::collections::BTreeMap;

use cdp_codegen::model::Protocol;
use cdp_codegen::{ApiChanges, External, Input, Role, Side, compare, items, read};

use super::{changelog, changes};
use crate::changes::Changes;

fn of(old: &str, new: &str) -> Changes {
    Changes {
        api: ApiChanges::between(old, new),
        ..Changes::default()
    }
}

/// Old and new lines of a listing, the verdict, and what breaks, if anything does.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "pub mod a\npub struct a::B\npub field a::B::c: i64",
        "",
        "major, as `mod a` is gone",
        "`mod a` is gone, with 2 lines of its own.",
    ),
    (
        "",
        "pub mod a\npub struct a::B",
        "minor, as `mod a` is new",
        "",
    ),
    (
        "impl Copy for a::B",
        "",
        "major, as `impl Copy for a::B` is gone",
        "`impl Copy for a::B` is gone.",
    ),
    (
        "pub struct a::B",
        "pub struct a::B\npub field a::B::c: i64",
        "major, as `field a::B::c` is new in a struct that others may make or take apart",
        "`field a::B::c` is new in a struct that others may make or take apart.",
    ),
    (
        "impl Deserialize for a::B",
        "impl Deserialize for a::B\npub field a::B::c: i64",
        "major, as `field a::B::c` is new and required: what targets send without it is refused",
        "`field a::B::c` is new and required: what targets send without it is refused.",
    ),
    (
        "pub enum a::B",
        "pub enum a::B\npub variant a::B::C",
        "major, as `variant a::B::C` is new in an enum that others match to the last",
        "`variant a::B::C` is new in an enum that others match to the last.",
    ),
    (
        "pub trait a::B",
        "pub trait a::B\npub fn a::B::c(&self)",
        "major, as `fn a::B::c` is new in a trait that others may implement",
        "`fn a::B::c` is new in a trait that others may implement.",
    ),
    (
        "pub trait a::B",
        "pub trait a::B\nimpl<C: Client> a::B for C",
        "major, as `impl<C: Client> a::B for C` is new: it may meet the impls of others",
        "`impl<C: Client> a::B for C` is new: it may meet the impls of others.",
    ),
    (
        "pub field a::B::c: i64",
        "pub field a::B::c: i64\ncheck a::B::c: 1..=9",
        "major, as the range of `a::B::c` is new: calls are refused that were sent",
        "The range of `a::B::c` is new: calls are refused that were sent.",
    ),
    (
        "pub field a::B::c: i64\ncheck a::B::c: 1..=9",
        "pub field a::B::c: i64",
        "minor, as the range of `a::B::c` is gone: calls are sent that were refused",
        "",
    ),
    (
        "check a::B::c: 1..=9",
        "check a::B::c: 2..=9",
        "major, as the range of `a::B::c` is narrower: calls are refused that were sent",
        "The range `2..=9` of `a::B::c` is narrower: calls are refused that were sent.",
    ),
    (
        "check a::B::c: 1..=9",
        "check a::B::c: 1..",
        "minor, as the range of `a::B::c` is wider: calls are sent that were refused",
        "",
    ),
    (
        "pub field a::B::c: i64",
        "pub field a::B::c: f64",
        "major, as `field a::B::c` is of another type",
        "`field a::B::c: f64` is of another type.",
    ),
    (
        "pub field a::B::c: i64",
        "pub field a::B::c: Option<i64>",
        "major, as `field a::B::c` is an `Option` now",
        "`field a::B::c: Option<i64>` is an `Option` now.",
    ),
    (
        "pub field a::B::c: Option<i64>",
        "pub field a::B::c: i64",
        "major, as `field a::B::c` is no `Option` any more",
        "`field a::B::c: i64` is no `Option` any more.",
    ),
    (
        "pub fn a::B::new() -> Self",
        "pub fn a::B::new(c: i64) -> Self",
        "major, as `fn a::B::new` is of another signature",
        "`fn a::B::new(c: i64) -> Self` is of another signature.",
    ),
    (
        "pub variant a::B::C",
        "pub variant a::B::C(String)",
        "major, as `variant a::B::C` is of another content",
        "`variant a::B::C(String)` is of another content.",
    ),
    (
        "pub type a::B::Returns = a::C",
        "pub type a::B::Returns = a::D",
        "major, as `type a::B::Returns` is another type",
        "`type a::B::Returns = a::D` is another type.",
    ),
    (
        "pub trait a::B: Client",
        "pub trait a::B: Client + Send",
        "major, as `trait a::B` is held to other bounds",
        "`trait a::B: Client + Send` is held to other bounds.",
    ),
    (
        "wire::newtype!(a::B, i64)",
        "wire::newtype!(a::B, f64)",
        "major, as `wire::newtype!(a::B)` is made of another type",
        "`wire::newtype!(a::B, f64)` is made of another type.",
    ),
    (
        "impl Serialize for a::B",
        "[mirror] impl Serialize for a::B",
        "major, as `impl Serialize for a::B` is there only with the feature `mirror` now",
        "`impl Serialize for a::B` is there only with the feature `mirror` now.",
    ),
    (
        "[mirror] impl Serialize for a::B",
        "impl Serialize for a::B",
        "minor, as `impl Serialize for a::B` is there without the feature `mirror` too",
        "",
    ),
    (
        "pub enum a::B",
        "pub enum a::B #[non_exhaustive]",
        "major, as `enum a::B` is `non_exhaustive` now: others may not make it or match it to \
         the last",
        "`enum a::B #[non_exhaustive]` is `non_exhaustive` now: others may not make it or match \
         it to the last.",
    ),
    (
        "pub enum a::B #[non_exhaustive]",
        "pub enum a::B",
        "minor, as `enum a::B` is `non_exhaustive` no more",
        "",
    ),
    (
        "pub fn a::B::c()",
        "pub fn a::B::c() #[deprecated]",
        "minor, as `fn a::B::c` is deprecated",
        "",
    ),
    (
        "pub fn a::B::c() #[deprecated]",
        "pub fn a::B::c()",
        "patch, as `fn a::B::c` is deprecated no more",
        "",
    ),
];

#[test]
fn verdicts_and_what_breaks_are_sentences() {
    for (old, new, verdict, breaks) in CASES {
        let changes = of(old, new);
        assert_eq!(
            changes::verdict(&changes),
            Some(format!("semver: {verdict}")),
            "{old} -> {new}"
        );
        let breaking = changelog::breaking(&changes.api.changes, &BTreeMap::new());
        let found = breaking.first().map_or("", String::as_str);
        assert_eq!(found, *breaks, "{old} -> {new}");
    }
}

fn protocol(text: &str) -> Protocol {
    let input = Input {
        name: "a.md".to_owned(),
        role: Role::Base,
        bytes: text.into(),
    };
    let reading = read(vec![input], External::Keep);
    reading.protocol.expect("a protocol")
}

const OLD: &str = "
### domain: A

Old words.

#### type: A.Kind = string

*enum*
- `one`
- `two`

#### command: A.b()

*parameters*
- `c` <integer]>
- `d` <integer]>
- `e` <integer]>
  *range* 1..=9 Others crash.
- `f` <integer]>
";

const NEW: &str = "
### domain: A

New words.

#### type: A.Kind = string

*enum*
- `one`
- `six`

#### command: A.b() \u{1f342}

*redirect*
- `B`

*parameters*
- `c` <number]>
- *optional* `d` <integer]>
- `e` <integer]>
  *range* 2..=9 Others crash.
- *optional* `g` <integer]>
";

const ENTRY: &str = "\
### Added

- `enum a::Kind` (the type `A.Kind`): the literal `six`.
- `field a::B::g` (the parameter `g` of the command `A.b`).

### Changed

- `struct a::B` (the command `A.b`) is redirected to B, was not.
- `field a::B::c` (the parameter `c` of the command `A.b`) is of type `number`, was `integer`.
- `field a::B::d` (the parameter `d` of the command `A.b`) is optional now.
- `field a::B::e` (the parameter `e` of the command `A.b`) is held to 2..=9, was 1..=9.
- The text of 1 item.

### Deprecated

- `struct a::B` (the command `A.b`).

### Removed

- `enum a::Kind` (the type `A.Kind`): the literal `two`.
- `field a::B::f` (the parameter `f` of the command `A.b`).
";

#[test]
fn what_became_of_the_protocol_is_told_of_what_it_is_in_rust() {
    let (old, new) = (protocol(OLD), protocol(NEW));
    let mut all = items(&old);
    all.extend(items(&new));
    let mut changes = Changes {
        protocol: Some(compare(&old, &new)),
        ..Changes::default()
    };
    let entry = changelog::entry(&changes, &all);
    let (head, sections) = entry.split_once("\n### ").expect("sections");
    assert_eq!(format!("### {sections}"), ENTRY);
    // The API has lost nothing, but the wire has.
    let lost = "The change is major, as the protocol no longer has the literal `two` of the \
                type `A.Kind`.";
    assert_eq!(
        head.split_whitespace().collect::<Vec<_>>()[2..].join(" "),
        lost
    );

    let mut protocol = changes.protocol.take().expect("differences");
    protocol.retain(|it| it.path.member.is_some() && it.change.only() == Some(Side::First));
    changes.protocol = Some(protocol);
    assert_eq!(
        changes::verdict(&changes).as_deref(),
        Some("semver: major, as the protocol no longer has the parameter `f` of the command `A.b`")
    );
}
