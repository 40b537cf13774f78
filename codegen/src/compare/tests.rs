use super::{Change, Difference, Side, compare};
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
    let found = compare(
        ours.protocol.as_ref().unwrap(),
        theirs.protocol.as_ref().unwrap(),
    );
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
    assert_eq!(green.second, None);
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
