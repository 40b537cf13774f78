use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

#[path = "../../tests/support/random.rs"]
#[allow(unreachable_pub)]
mod random;

use super::{Links, Scope, escaped, lines, visible};
use crate::fixture::{self, BOTH, HOSTILE, Make};
use crate::model::{DomainId, Protocol, Shape, Type};
use crate::name;

/// Two domains with something to mention.
fn protocol() -> Protocol {
    let mut make = Make::default();
    make.domain("HeapProfiler", "");
    make.type_def("Profile", "", BOTH, Shape::Alias(Type::Any));
    make.type_def("HeapSnapshotObjectId", "", BOTH, Shape::Alias(Type::String));
    make.command("takeHeapSnapshot", "", Vec::new(), Vec::new());
    make.command("enable", "", Vec::new(), Vec::new());
    make.event("heapStatsUpdate", "", Vec::new());
    make.domain("Runtime", "");
    make.type_def("RemoteObject", "", BOTH, Shape::Alias(Type::Any));
    make.protocol
}

fn with_scope<T>(item: Option<&str>, run: impl FnOnce(Scope<'_>) -> T) -> T {
    let protocol = protocol();
    let Ok(names) = name::names(&protocol) else {
        panic!("the fixture's names collide");
    };
    let links = Links::new(&protocol, &names);
    let item = item.map(name::Name::of);
    run(Scope {
        links: &links,
        domain: DomainId(0),
        item: item.as_ref(),
    })
}

/// A text of a document, and the lines of docs that come of it.
#[test]
fn texts_become_docs() {
    let texts = [
        "plain text",
        "  indented\n    more\n\tby a tab",
        "two\n\n\n  \nparagraphs",
        "range [0..100], [link](x), [x][y], ![image](x), [^1]",
        "[x]: a definition",
        "`code` and ``co`de`` and a lone ` backtick",
        "code `over\n- lines` ends",
        "``` fence\n~~~ fence\n```",
        "# one\n####### seven\n#hash",
        "- item\n-item\n--\n-1\n+ item\n* item",
        "- - -\n***\n_ _ _",
        "= x\n==\n===",
        "> quote\n1. one\n12) twelve\n1.5\n1234567890. ten digits",
        "a | b\n--|--\n:-:|-",
        "*bold* 2 * 3 a*b '*' -> zero or more",
        "snake_case _it_ __init__ a_ _b",
        "~x~ ~~x~~ a ~ b",
        "a < b, a <b, a<b>, </p> <!-- --> <b@c.de> x <= y -> z",
        "&lt; &#60; &#x3c; &amp & &;",
        "a\\b \\* trailing \\",
        "https://example.org/x, (http://example.org/y). <https://example.org> http:// xhttps://a.b",
        "https://example.org/a_(b) [https://example.org/c]",
        "https://##{&#60;https://",
        "\u{202e}bidi\u{200b} \u{0} \u{7} soft\u{ad}hyphen é ⭐",
        "'takeHeapSnapshot', takeHeapSnapshot(), `takeHeapSnapshot`, `takeHeapSnapshot()`",
        "'enable' and `enable`, but not enable; don't 'x'",
        "Profile: 'Profile'(x), `Profile`: [Profile] a.Profile",
        "Runtime.RemoteObject, `Runtime.RemoteObject`, Runtime.RemoteObject.type, Runtime.none",
        "HeapProfiler.enable. RemoteObject is elsewhere; xHeapProfiler.enable",
        "HeapSnapshotObjectId and 'heapStatsUpdate'.",
    ];
    let mut table = String::new();
    for text in texts {
        table += &format!("{text:?}\n");
        for line in with_scope(None, |scope| lines(text, scope)) {
            table += format!("    {line}").trim_end();
            table += "\n";
        }
    }
    fixture::snapshot("prose", &table);
}

#[test]
fn no_item_is_linked_to_itself() {
    let lines = with_scope(Some("Enable"), |scope| {
        lines("'enable', 'heapStatsUpdate'", scope)
    });
    assert_eq!(
        lines,
        ["'enable', [`heapStatsUpdate`](HeapStatsUpdateEvent)"]
    );
}

#[test]
fn nothing_invisible_comes_through() {
    assert_eq!(visible("a\tb\nc"), "a b\nc");
    assert_eq!(
        visible("\u{202e}\u{feff}\u{0}\u{85}"),
        "U+202EU+FEFFU+0000U+0085"
    );
    assert_eq!(visible("é⭐\u{1f342}"), "é⭐\u{1f342}");
}

/// What rustdoc's parser makes of docs: the text, or the first thing in it that
/// is neither text nor code nor a bare URL.
fn read(docs: &str) -> Result<String, String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut text = String::new();
    for event in Parser::new_ext(docs, options) {
        match event {
            Event::Text(part) | Event::Code(part) => text += &part,
            Event::Start(Tag::Paragraph | Tag::Link { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Link)
            | Event::SoftBreak => {}
            other => return Err(format!("{other:?} in {docs:?}")),
        }
    }
    Ok(text)
}

/// A text without what marks code and URLs, and without blanks.
fn bare(text: &str) -> String {
    let mark = |c: char| c.is_whitespace() || matches!(c, '`' | '<' | '>');
    text.chars().filter(|c| !mark(*c)).collect()
}

fn assert_reads_as_text(text: &str) {
    let docs = with_scope(None, |scope| lines(text, scope));
    for line in &docs {
        assert_eq!(line.trim(), line, "{text:?}");
        assert!(!line.contains('\n'), "{text:?}");
    }
    match read(&docs.join("\n")) {
        Ok(read) => assert_eq!(bare(&read), bare(&visible(text)), "{docs:#?}"),
        Err(error) => panic!("{error} from {text:?}"),
    }
}

#[test]
fn a_hostile_text_reads_as_text() {
    // Mentions lose their quotes, which is none of this test.
    let (text, _) = HOSTILE.split_once("\nValue:").unwrap_or((HOSTILE, ""));
    assert_reads_as_text(text);
}

#[test]
fn the_cost_of_a_long_line_is_linear() {
    for piece in [
        "`",
        "` ",
        "``` ",
        "'",
        "'a",
        "[",
        "](",
        "*",
        "* ",
        "_",
        "_ a",
        "<",
        "<http://",
        "&",
        "&#",
        "http://a)",
        "http://",
        ")",
        "a.",
        "aB.",
        "\\",
        "|",
        "-",
        "1.",
        "\u{202e}",
        "~",
        "'a'",
        "`enable`",
        "takeHeapSnapshot ",
        "a`b``",
    ] {
        let text = piece.repeat(300_000 / piece.len());
        let start = std::time::Instant::now();
        with_scope(None, |scope| lines(&text, scope));
        escaped(&text);
        // Half a second; quadratic would be minutes.
        assert!(start.elapsed().as_secs() < 20, "{piece:?}");
    }
}

proptest! {
    #![proptest_config(random::config(2000))]

    /// Whatever a text is made of, its docs read as that text.
    #[test]
    fn any_text_reads_as_text(pieces in prop::collection::vec(piece(), 0..12)) {
        assert_reads_as_text(&pieces.concat());
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "b1",
        "1",
        "12",
        "é",
        " ",
        " ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n\n",
        "\t",
        "`",
        "``",
        "```",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "~~~",
        "#",
        "##",
        "-",
        "--",
        "---",
        "+",
        "=",
        "==",
        ">",
        "<",
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<?",
        "<![CDATA[",
        "&",
        "&lt;",
        "&#60;",
        ";",
        "[",
        "]",
        "[x]",
        "(",
        ")",
        "](x)",
        "[^1]",
        "!",
        ":",
        "|",
        "|-|",
        "--|--",
        "\\",
        "/",
        ".",
        "1.",
        "1)",
        "'",
        "\"",
        "$",
        "^",
        "{",
        "}",
        "@",
        "http://a.b",
        "https://",
        "www.a.b",
        "x@y.z",
        "\u{202e}",
        "\u{a0}",
    ])
}
