use super::{Change, Difference, Side, compare, definable};
use crate::{External, Input, Reading, Role, read};

fn reading(text: &str) -> Reading {
    let input = |name: &str, role, text: &str| Input {
        name: name.to_owned(),
        role,
        bytes: text.as_bytes().to_vec(),
    };
    let (base, overlay) = text.split_once("=====").unwrap_or((text, ""));
    let mut inputs = vec![input("a.md", Role::Base, base)];
    if !overlay.is_empty() {
        inputs.push(input("overlay/a.md", Role::Overlay, overlay));
    }
    let reading = read(inputs, External::Keep);
    assert!(reading.protocol.is_some(), "{:#?}", reading.diagnostics);
    reading
}

fn differences(first: &str, second: &str) -> Vec<Difference> {
    let (first, second) = (reading(first), reading(second));
    compare(&first.protocol.unwrap(), &second.protocol.unwrap())
}

/// Without the texts, which nothing explains.
fn facts(first: &str, second: &str) -> Vec<Difference> {
    let mut found = differences(first, second);
    found.retain(|found| !matches!(found.change, Change::Text { .. }));
    found
}

/// A line for each difference: where, in what, what each side says.
fn lines(differences: &[Difference]) -> Vec<String> {
    let line = |difference: &Difference| {
        let says = |side| difference.change.says(side).unwrap_or("-".to_owned());
        format!(
            "{}: {} {} | {}",
            difference.path,
            difference.change.word(),
            says(Side::First),
            says(Side::Second),
        )
    };
    differences.iter().map(line).collect()
}

fn compared(first: &str, second: &str) -> Vec<String> {
    lines(&differences(first, second))
}

const ALL: &str = "
### domain: Painting

Colours.

*dependencies*
- `Drying`

#### type: Painting.Colour = object

*properties*
- `red` <number]>
- *optional* `next` <[Painting.Colour]]> The next

#### type: Painting.Finish = string

*enum*
- `matt`
- `glossy`

#### type: Painting.Row = array of [Painting.Colour]

#### command: Painting.mix() 🍂

*redirect*
- `Mixing`

*parameters*
- `amount` <integer]>
  *range* 1..=40 the pot runs over
- `tool` <string]>
  *enum*
  - `brush`
  - `knife`

*returns*
- `colour` <[Painting.Colour]]>

#### event: Painting.dried 🌱

*returns*
- `seconds` <number]>

[Painting.Colour]: a.md#paintingcolour
";

#[test]
fn equal_protocols_do_not_differ() {
    assert_eq!(compared(ALL, ALL), [""; 0]);
}

#[test]
fn the_order_of_anything_is_no_difference() {
    let first = "
### domain: A

*dependencies*
- `B`
- `C`

#### type: A.Finish = string

*enum*
- `matt`
- `glossy`

#### command: A.mix()

*parameters*
- `red` <integer]>
- `green` <integer]>

#### command: A.dry()
";
    let second = "
### domain: A

*dependencies*
- `C`
- `B`

#### command: A.dry()

#### command: A.mix()

*parameters*
- `green` <integer]>
- `red` <integer]>

#### type: A.Finish = string

*enum*
- `glossy`
- `matt`
";
    assert_eq!(compared(first, second), [""; 0]);
}

#[test]
fn each_fact_is_a_difference_of_its_own() {
    let second = "
### domain: Painting 🌱

*dependencies*
- `Mixing`

#### type: Painting.Colour = object

*properties*
- *optional* `red` <integer]>
- `next` <any]> The next one

#### type: Painting.Finish = string

*enum*
- `satin`
- `matt`

#### type: Painting.Row = array of integer

#### command: Painting.mix()

*redirect*
- `Drying`

*parameters*
- `amount` <integer]>
  *range* 1..=50 the pot runs over
- `tool` <string]> 🍂
- *optional* `slowly` <boolean]>

#### event: Painting.dried

*returns*
- `minutes` <number]>
";
    let expected = [
        "domain `Painting`: experimental - | experimental",
        "domain `Painting`: text Colours. | -",
        "domain `Painting`: dependency Drying | -",
        "domain `Painting`: dependency - | Mixing",
        "type `Painting.Colour`, property `next`: text The next | The next one",
        "type `Painting.Colour`, property `next`: type Painting.Colour | any",
        "type `Painting.Colour`, property `next`: optional optional | required",
        "type `Painting.Colour`, property `red`: type number | integer",
        "type `Painting.Colour`, property `red`: optional required | optional",
        "type `Painting.Finish`: literal glossy | -",
        "type `Painting.Finish`: literal - | satin",
        "type `Painting.Row`: type array of Painting.Colour | array of integer",
        "command `Painting.mix`: deprecated deprecated | -",
        "command `Painting.mix`: redirect Mixing | Drying",
        "command `Painting.mix`, parameter `amount`: range 1..=40 | 1..=50",
        "command `Painting.mix`, parameter `slowly`: member - | optional boolean",
        "command `Painting.mix`, parameter `tool`: deprecated - | deprecated",
        "command `Painting.mix`, parameter `tool`: literal brush | -",
        "command `Painting.mix`, parameter `tool`: literal knife | -",
        "command `Painting.mix`, return `colour`: member Painting.Colour | -",
        "event `Painting.dried`: experimental experimental | -",
        "event `Painting.dried`, parameter `minutes`: member - | number",
        "event `Painting.dried`, parameter `seconds`: member number | -",
    ];
    assert_eq!(compared(ALL, second), expected);
}

#[test]
fn either_side_may_be_named_first() {
    let second = ALL.replace("`knife`", "`spoon`").replace(" 🍂", "");
    let there = differences(ALL, &second);
    let back = differences(&second, ALL);
    let swapped = |difference: &Difference| {
        let change = &difference.change;
        (change.says(Side::Second), change.says(Side::First))
    };
    let plain = |difference: &Difference| {
        let change = &difference.change;
        (change.says(Side::First), change.says(Side::Second))
    };
    assert_eq!(there.len(), 3);
    let mut there: Vec<_> = there.iter().map(swapped).collect();
    let mut back: Vec<_> = back.iter().map(plain).collect();
    there.sort();
    back.sort();
    assert_eq!(there, back);
}

/// What belongs to an item that only one side has is not told again.
#[test]
fn an_item_on_one_side_is_one_difference() {
    let first = "\n### domain: A\n\n#### command: A.mix()\n\n*parameters*\n- `red` <integer]>\n";
    let second = "\n### domain: A\n\n#### event: A.mix\n\n*returns*\n- `red` <integer]>\n";
    let expected = [
        "command `A.mix`: item present | -",
        "event `A.mix`: item - | present",
    ];
    assert_eq!(compared(first, second), expected);
    let expected = [
        "domain `A`: item present | -",
        "domain `B`: item - | present",
    ];
    assert_eq!(compared(first, &first.replace('A', "B")), expected);
}

#[test]
fn a_parameter_and_a_return_of_one_name_are_told_apart() {
    let document = |second: &str| {
        format!(
            "\n### domain: A\n\n#### command: A.mix()\n\n*parameters*\n- `red` <integer]>\n\n\
             *returns*\n- `red` <{second}]>\n"
        )
    };
    assert_eq!(
        compared(&document("integer"), &document("number")),
        ["command `A.mix`, return `red`: type integer | number"]
    );
}

/// A reference is what it refers to, wherever the type stands in its protocol.
#[test]
fn references_are_compared_by_name() {
    let second = ALL.replace(
        "#### type: Painting.Colour",
        "#### type: Painting.Aaa = string\n\n#### type: Painting.Colour",
    );
    assert_eq!(
        compared(ALL, &second),
        ["type `Painting.Aaa`: item - | present"]
    );
}

/// A reference that is kept by name is no other than one that is resolved.
#[test]
fn a_reference_to_an_absent_domain_has_the_same_name() {
    let use_of = "
### domain: A

#### event: A.dried

*returns*
- `colour` <[Painting.Colour]]>

[Painting.Colour]: a.md#paintingcolour
";
    let input = |name: &str, text: &str| Input {
        name: name.to_owned(),
        role: Role::Base,
        bytes: text.as_bytes().to_vec(),
    };
    let both = vec![input("a.md", use_of), input("b.md", ALL)];
    let whole = read(both, External::Refuse).protocol.unwrap();
    let part = reading(use_of).protocol.unwrap();
    let found = compare(&whole, &part);
    assert_eq!(lines(&found), ["domain `Painting`: item present | -"]);
}

#[test]
fn the_words_of_a_range_are_a_text() {
    let second = ALL.replace("the pot runs over", "it spills");
    let found = differences(ALL, &second);
    assert_eq!(found.len(), 1);
    assert!(matches!(found[0].change, Change::Text { .. }), "{found:?}");
}

/// They are in the documentation of the bindings.
#[test]
fn the_words_of_overlays_and_of_parts_are_texts() {
    let document = "
### domain: A

*some* Node has it.
*part* What tools need.

#### command: A.b()
=====
### domain: A

#### command: A.c()
*adds* Targets have it.

*parameters*
- `d` <integer]>
";
    for (old, path) in [
        ("Node has it.", "domain `A`"),
        ("What tools need.", "domain `A`"),
        ("Targets have it.", "command `A.c`"),
    ] {
        let changed = document.replace(old, "For another reason.");
        let expected = format!("{path}: text {old} | For another reason.");
        assert_eq!(compared(document, &changed), [expected]);
    }
}

/// A definition can state no range and no reason, so it denies none.
#[test]
fn what_a_definition_cannot_state_can_be_left_out() {
    let document = "
### domain: A

*some* Node has it.

#### command: A.b()

*parameters*
- *optional* `c` <integer]>
  *range* 1..=9 It crashes.
- `e` <integer]>
=====
### domain: A

#### command: A.b()

*parameters*
- *optional* `e` <integer]>
  *amends* Somebody leaves it out.
";
    let mut ours = reading(document).protocol.unwrap();
    let json = Input {
        name: "a.json".to_owned(),
        role: Role::Json,
        bytes: crate::export(&ours, &[]).unwrap().into_bytes(),
    };
    let theirs = read(vec![json], External::Keep).protocol.unwrap();
    assert_eq!(compare(&ours, &theirs).len(), 3);
    definable(&mut ours);
    assert_eq!(compare(&ours, &theirs), []);
    let api = |protocol| crate::generate(protocol).unwrap().remove(crate::LISTING);
    assert_eq!(api(&ours), api(&theirs));
}

#[test]
fn an_object_without_properties_is_an_object() {
    let bare = "\n### domain: A\n\n#### type: A.Thing = object\n";
    let full = format!("{bare}\n*properties*\n- `red` <integer]>\n");
    assert_eq!(
        compared(bare, &full),
        ["type `A.Thing`, property `red`: member - | integer"]
    );
}

#[test]
fn a_difference_knows_its_places_and_its_reason() {
    let first = "
### domain: A

#### command: A.mix()

*parameters*
- `red` <integer]>
=====
### domain: A

#### command: A.mix()

*parameters*
- *optional* `red` <integer]>
  *amends* Example 1.0 does without it.
- *optional* `green` <integer]>
  *adds* Example 2.0 knows it.
";
    let second = "\n### domain: A\n\n#### command: A.mix()\n\n*parameters*\n- `red` <integer]>\n";
    let (ours, theirs) = (reading(first), reading(second));
    let mut found = compare(
        ours.protocol.as_ref().unwrap(),
        theirs.protocol.as_ref().unwrap(),
    );
    found.retain(|found| !matches!(found.change, Change::Text { .. }));
    let at = |reading: &Reading, span: crate::Span| {
        let source = reading.sources.get(span.source);
        (source.name.clone(), source.position(span.start).0)
    };
    let [green, red] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(green.reason.as_deref(), Some("Example 2.0 knows it."));
    assert_eq!(
        at(&ours, green.first.unwrap()),
        ("overlay/a.md".to_owned(), 9)
    );
    // Where it belongs.
    assert_eq!(at(&theirs, green.second.unwrap()), ("a.md".to_owned(), 4));
    assert_eq!(red.reason.as_deref(), Some("Example 1.0 does without it."));
    assert_eq!(at(&ours, red.first.unwrap()), ("a.md".to_owned(), 7));
    assert_eq!(at(&theirs, red.second.unwrap()), ("a.md".to_owned(), 7));
    // A reason is the first protocol's.
    let back = compare(
        theirs.protocol.as_ref().unwrap(),
        ours.protocol.as_ref().unwrap(),
    );
    assert!(back.iter().all(|difference| difference.reason.is_none()));
}

/// The reason, or a dash, for each difference of a first protocol with an overlay.
fn reasons(overlay: &str, second: &str) -> Vec<(String, String)> {
    let base = "
### domain: A

#### type: A.Finish = string

*enum*
- `matt`
- `glossy`

#### command: A.mix()

*parameters*
- `red` <string]>
  *enum*
  - `light`
  - `dark`
";
    let found = facts(&format!("{base}=====\n### domain: A\n{overlay}"), second);
    let lines = lines(&found).into_iter();
    let reason = |difference: &Difference| difference.reason.clone().unwrap_or("-".to_owned());
    lines.zip(found.iter().map(reason)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |&(line, reason): &(&str, &str)| (line.to_owned(), reason.to_owned());
    expected.iter().map(owned).collect()
}

/// A reason is one for what its entry states, and for nothing else of the member.
#[test]
fn a_reason_explains_what_its_entry_states() {
    let overlay = "
#### command: A.mix()

*parameters*
- *optional* `red` <string]>
  *amends* Example 1.0 does without it.
";
    let second = "
### domain: A

#### type: A.Finish = string

*enum*
- `matt`
- `glossy`

#### command: A.mix() 🌱

*parameters*
- `red` <string]> 🍂
  *enum*
  - `light`
  - `deep`
";
    let expected = [
        ("command `A.mix`: experimental - | experimental", "-"),
        (
            "command `A.mix`, parameter `red`: deprecated - | deprecated",
            "-",
        ),
        (
            "command `A.mix`, parameter `red`: optional optional | required",
            "Example 1.0 does without it.",
        ),
        ("command `A.mix`, parameter `red`: literal dark | -", "-"),
        ("command `A.mix`, parameter `red`: literal - | deep", "-"),
    ];
    assert_eq!(reasons(overlay, second), pairs(&expected));
}

/// An overlay lists all literals; it speaks for those that it brings.
#[test]
fn a_reason_explains_the_literals_that_its_entry_brings() {
    let overlay = "
#### type: A.Finish = string

*amends* Example 2.0 knows satin.

*enum*
- `matt`
- `glossy`
- `satin`
";
    let second = "
### domain: A

#### type: A.Finish = string

*enum*
- `matt`
- `rough`

#### command: A.mix()

*parameters*
- `red` <string]>
  *enum*
  - `light`
  - `dark`
";
    let expected = [
        ("type `A.Finish`: literal glossy | -", "-"),
        ("type `A.Finish`: literal - | rough", "-"),
        (
            "type `A.Finish`: literal satin | -",
            "Example 2.0 knows satin.",
        ),
    ];
    assert_eq!(reasons(overlay, second), pairs(&expected));
}

/// So it is with the domains that a domain depends on.
#[test]
fn a_reason_explains_the_dependencies_that_its_entry_brings() {
    let first = "
### domain: A

*dependencies*
- `B`
=====
### domain: A

*amends* Example 2.0 needs C.

*dependencies*
- `C`
";
    let found = facts(first, "\n### domain: A\n");
    let reason = |difference: &Difference| difference.reason.clone().unwrap_or("-".to_owned());
    let lines = lines(&found).into_iter();
    let found: Vec<_> = lines.zip(found.iter().map(reason)).collect();
    let expected = [
        ("domain `A`: dependency B | -", "-"),
        ("domain `A`: dependency C | -", "Example 2.0 needs C."),
    ];
    assert_eq!(found, pairs(&expected));
}

/// The reason of an item that is added explains that it is not there; of what is in
/// it, each member needs its own.
#[test]
fn a_reason_for_an_item_is_none_for_its_members() {
    let overlay = "
#### command: A.dry()

*adds* Example 2.0 knows it.

*parameters*
- *optional* `seconds` <integer]>
- *optional* `days` <integer]>
  *adds* Example 3.0 knows it.
";
    let without = "
### domain: A

#### type: A.Finish = string

*enum*
- `matt`
- `glossy`

#### command: A.mix()

*parameters*
- `red` <string]>
  *enum*
  - `light`
  - `dark`
";
    let expected = [("command `A.dry`: item present | -", "Example 2.0 knows it.")];
    assert_eq!(reasons(overlay, without), pairs(&expected));
    let with = format!("{without}\n#### command: A.dry()\n");
    let expected = [
        (
            "command `A.dry`, parameter `days`: member optional integer | -",
            "Example 3.0 knows it.",
        ),
        (
            "command `A.dry`, parameter `seconds`: member optional integer | -",
            "-",
        ),
    ];
    assert_eq!(reasons(overlay, &with), pairs(&expected));
}

/// What is described in part explains what is only there, right in it.
#[test]
fn a_part_explains_what_more_there_is() {
    let first = "
### domain: A

*part* What painters need.

#### command: A.mix()

*part* Two colours are enough.

*parameters*
- `red` <integer]>

#### command: A.dry()
";
    let second = "
### domain: A

#### command: A.mix()

*parameters*
- `green` <integer]>

#### command: A.dry()

*parameters*
- `green` <integer]>

#### event: A.dried
";
    let found = facts(first, second);
    let reasons = found.iter().map(|found| found.reason.as_deref());
    let expected = [
        (
            "command `A.dry`, parameter `green`: member - | integer",
            None,
        ),
        (
            "command `A.mix`, parameter `green`: member - | integer",
            Some("Two colours are enough."),
        ),
        ("command `A.mix`, parameter `red`: member integer | -", None),
        (
            "event `A.dried`: item - | present",
            Some("What painters need."),
        ),
    ];
    let lines = lines(&found);
    let found: Vec<_> = lines.iter().map(String::as_str).zip(reasons).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_domain_of_some_targets_may_be_absent() {
    let second = "\n### domain: B\n";
    let first = "\n### domain: A\n\nColours.\n\n*some* Only Example has it,\nsince 2.0.\n";
    let found = facts(first, second);
    assert_eq!(
        found[0].reason.as_deref(),
        Some("Only Example has it,\nsince 2.0.")
    );
    assert_eq!(facts("\n### domain: A\n", second)[0].reason, None);
}

/// An overlay says it of a document that cannot say it itself.
#[test]
fn an_overlay_may_say_what_is_described_in_part() {
    let first = "
### domain: A

*part* All of it.

#### command: A.mix()
=====
### domain: A

*part* What painters need.

*some* Only Example has it.

#### command: A.mix()

*part* Two colours are enough.
";
    let second = "
### domain: A

#### command: A.mix()

*parameters*
- `green` <integer]>

#### event: A.dried
";
    let found = facts(first, second);
    let reasons: Vec<_> = found.iter().map(|found| found.reason.as_deref()).collect();
    let expected = [Some("Two colours are enough."), Some("What painters need.")];
    assert_eq!(reasons, expected);
    assert_eq!(
        facts(first, "\n### domain: B\n")[0].reason.as_deref(),
        Some("Only Example has it.")
    );
}
