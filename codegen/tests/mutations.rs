//! Documents that nobody meant to write: damaged at random, and random from the
//! start. Bounded, so that it runs with every test run; a failure prints the
//! smallest document that still fails.

mod support;

use std::time::{Duration, Instant};

use cdp_codegen::{External, Reading, Role, Severity, Style, export, generate, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use support::{codes, input, spec};

/// What takes a second here takes minutes if it grows with the square of the input.
const LONGEST: Duration = Duration::from_secs(20);

/// What damage is made of.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "    ",
    "\t",
    "#",
    "#### ",
    "### domain: ",
    "#### type: A.B = ",
    "#### command: HeapProfiler.x()",
    "- ",
    "- `",
    "`",
    "``",
    "- `x` <string]> ",
    "- *optional* ",
    "*",
    "*enum*\n",
    "  *enum*\n",
    "*returns*\n",
    "*parameters*\n",
    "*properties*\n",
    "*adds* x",
    "*amends* y\n",
    "*dependencies*\n",
    "  *range* 1..=147 x\n",
    "*range* ",
    "1..=",
    "<",
    ">",
    "[",
    "]",
    "]]>",
    "<[Runtime.CallFrame]]>",
    "<array of ",
    "[Runtime.CallFrame]: ",
    "]: x.md#x\n",
    "---\n",
    "===\n",
    "\n---\n\n\n",
    "\\",
    "\n#### HeapProfiler.x()\n",
    "\n#### command: HeapProfiler.x\n",
    "\n#### event: HeapProfiler.y\n",
    "\n#### type: HeapProfiler.Z\n",
    "- parameters\n",
    "- returns\n",
    "\n*base type*\n- **object**\n",
    "- **array**\n",
    "*property of type*\n- [Runtime.CallFrame]\n",
    "- [",
    "- `x` <[string]> \n",
    "- `y` array of <Z> \n",
    "-  `z` <array of [HeapProfiler.Z]> \n",
    "[string]: x \"string\"\n",
    "[HeapProfiler.Z]: heapprofiler.md#type-heapprofilerz--object \"HeapProfiler.Z\"\n",
    "<script>",
    "<!--",
    "```\n",
    "> ",
    "\u{1F331}",
    "\u{1F342}",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "é",
    "\u{fffd}",
    "../",
    "\"",
    "*/",
    "\\",
    "_",
    "r#",
    "self",
    "0",
    "&lt;",
    "::error::",
    "%0A",
];

#[derive(Clone, Debug)]
enum Damage {
    Insert(Index, usize),
    Remove(Index, usize),
    RemoveLine(Index),
    RepeatLine(Index),
    SwapLines(Index, Index),
    Cut(Index),
    Byte(Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (any::<Index>(), 1..40usize).prop_map(|(at, len)| Damage::Remove(at, len)),
        any::<Index>().prop_map(Damage::RemoveLine),
        any::<Index>().prop_map(Damage::RepeatLine),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let mut lines: Vec<Vec<u8>> = bytes
            .split(|&byte| byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        match self {
            Self::Insert(at, piece) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, PIECES[*piece].bytes());
                return;
            }
            Self::Remove(at, len) => {
                let at = at.index(bytes.len());
                bytes.drain(at..bytes.len().min(at + len));
                return;
            }
            Self::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
                return;
            }
            Self::Cut(at) => {
                bytes.truncate(at.index(bytes.len()));
                return;
            }
            Self::RemoveLine(at) => drop(lines.remove(at.index(lines.len()))),
            Self::RepeatLine(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at].clone());
            }
            Self::SwapLines(a, b) => {
                let len = lines.len();
                lines.swap(a.index(len), b.index(len));
            }
        }
        *bytes = lines.join(&b'\n');
    }
}

/// What holds of every reading, whatever was read.
fn check(reading: &Reading) {
    let failed = reading
        .diagnostics
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    assert_eq!(failed, reading.protocol.is_none());
    for finding in &reading.diagnostics {
        for label in std::iter::once(&finding.primary).chain(&finding.secondary) {
            let source = reading.sources.get(label.span.source);
            assert!(source.text.get(label.span.range()).is_some(), "{finding:?}");
        }
        let rendered = finding.render(&reading.sources, Style::Plain);
        let source = reading.sources.get(finding.primary.span.source);
        let (line, column) = source.position(finding.primary.span.start);
        assert!(
            rendered.contains(&format!("{}:{line}:{column}", source.name)),
            "{rendered}"
        );
        assert!(
            !rendered.contains(['\u{1b}', '\u{202e}', '\u{0}']),
            "{rendered:?}"
        );
    }
    let Some(protocol) = &reading.protocol else {
        return;
    };
    let json = export(protocol, &[]).expect("all domains are known");
    serde_json::from_str::<serde_json::Value>(&json).expect("the export is JSON");
    let Ok(files) = generate(protocol) else {
        return;
    };
    for (path, text) in &files {
        let plain = path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_./".contains(&byte));
        assert!(plain && !path.contains(".."), "{path}");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        }
    }
}

/// No single character that a member loses makes it pass as text: it is still a
/// member, or an error.
#[test]
fn no_member_is_lost_with_a_character() {
    let before = "\n### domain: X\n\n#### type: X.T = object\n\n#### command: X.go()\n\n*parameters*\n- `a` <[X.T]]> A\n";
    let after = "\n- `c` <array of string> C\n\n[X.T]: x.md#xt\n";
    let members = [
        "- `b` <string]> B",
        "- *optional* `name` <array of integer> \u{1F331} B",
        "- *optional* `name` <[X.T]]> B",
        "- `name` <array of [X.T]> B",
    ];
    for member in members {
        let end = member.find('>').unwrap();
        let joined = before.trim_end().to_owned() + member + after;
        assert_eq!(
            codes(&support::read_all(&[("x.md", &joined)])),
            ["malformed-member"],
            "{member:?} behind another"
        );
        for at in 0..end {
            let damaged = format!("{}{}", &member[..at], &member[at + 1..]);
            let reading = support::read_all(&[("x.md", &format!("{before}{damaged}{after}"))]);
            let Some(protocol) = &reading.protocol else {
                continue;
            };
            let command = &protocol.domains[0].commands[0];
            assert_eq!(command.parameters.len(), 3, "{damaged:?}");
        }
    }
}

/// Large is not slow: what each of these holds many times is looked at once.
#[test]
fn time_does_not_grow_with_the_square() {
    let start = "\n### domain: D\n\n";
    let types = |index| {
        format!(
            "\n---\n\n\n#### type: D.T{index}\n\n*base type*\n- **object**\n\n*property of type*\n- [D.T{index}]\n"
        )
    };
    let documents = [
        format!("{start}{}\n", "*range".repeat(100_000)),
        format!("{start}*{}\n", "range".repeat(100_000)),
        (0..20_000)
            .map(types)
            .fold(start.to_owned(), |text, next| text + &next),
    ];
    for text in documents {
        let begin = Instant::now();
        read(vec![input("d.md", text)], External::Keep);
        assert!(begin.elapsed() < LONGEST, "{:?}", begin.elapsed());
    }
}

proptest! {
    #![proptest_config(support::random::config(150))]

    #[test]
    fn damaged_documents_are_read_or_refused(
        damages in vec((0..3usize, damage()), 1..5),
    ) {
        let mut inputs = spec(true);
        for (document, damage) in &damages {
            damage.apply(&mut inputs[*document].bytes);
        }
        check(&read(inputs, External::Refuse));
    }

    #[test]
    fn random_documents_are_read_or_refused(
        pieces in vec((0..PIECES.len(), "[a-zA-Z.:=() ]{0,8}"), 0..60),
        overlay in any::<bool>(),
    ) {
        let mut text = String::from("\n### domain: HeapProfiler\n\n");
        for (piece, word) in pieces {
            text.push_str(PIECES[piece]);
            text.push_str(&word);
        }
        let mut inputs = spec(true);
        inputs[if overlay { 2 } else { 0 }] = input(
            if overlay { "overlay/heapprofiler.md" } else { "heapprofiler.md" },
            text,
        );
        let role = if overlay { Role::Overlay } else { Role::Base };
        prop_assert!(inputs.iter().any(|input| input.role == role));
        check(&read(inputs, External::Keep));
    }

    /// A damaged document is refused, or says just what it says: reading what
    /// was read does not depend on how the documents came.
    #[test]
    fn order_and_line_ends_change_nothing(damages in vec(damage(), 0..3)) {
        let mut inputs = spec(true);
        for damage in &damages {
            damage.apply(&mut inputs[0].bytes);
        }
        let first = read(inputs.clone(), External::Refuse);
        inputs.reverse();
        for input in &mut inputs {
            let windows = |text: String| text.replace('\n', "\r\n").into_bytes();
            match String::from_utf8(input.bytes.clone()) {
                Ok(text) if !text.contains('\r') => input.bytes = windows(text),
                _ => {}
            }
        }
        let second = read(inputs, External::Refuse);
        prop_assert_eq!(support::rendered(&first), support::rendered(&second));
        let json = |reading: &Reading| reading.protocol.as_ref().map(|protocol| export(protocol, &[]));
        prop_assert_eq!(json(&first), json(&second));
    }
}
