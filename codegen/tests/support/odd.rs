//! Texts that are hard to read as what they are: text.

use proptest::collection::vec;
use proptest::prelude::*;

/// Beginnings of lines that CommonMark takes for something.
const STARTS: &[&str] = &[
    "",
    "",
    "",
    "- ",
    "-",
    "* ",
    "+ ",
    "1. ",
    "0) ",
    "1) ",
    "> ",
    "= ",
    "== ",
    "===",
    "--- ",
    "<p>",
    "<script>",
    "<!-- ",
    "<?",
    "</div>",
    "`",
    "``` ",
    "~~~ ",
    "| a | b |",
    "(",
    "'*' ",
    "\"",
    "http://x.y/",
    "#x",
    "!",
    "[0..1] ",
    "[a](b) ",
    "[^1]: ",
    "[x]: ",
    "&lt;",
    "\\",
    "_a_ ",
    "**b** ",
    "::",
    "$x ",
    "*/ ",
    "]] ",
    "]]> ",
    "<b> ",
    "<array> ",
    "`date`: ",
    "- `date`: ",
];

/// A line of a text.
pub fn line() -> impl Strategy<Value = String> {
    (
        0..STARTS.len(),
        "[a-z][a-zA-Z`*_<>&\\[\\]()0-9'\" ]{0,24}[a-z]",
    )
        .prop_map(|(start, rest)| format!("{}{rest}", STARTS[start]))
}

/// A text that is no structure.
pub fn text() -> impl Strategy<Value = String> {
    vec(line(), 1..5)
        .prop_map(|lines| lines.join("\n"))
        .prop_filter("is structure", |text| !is_structure(text))
}

/// Lines that are structure, or damaged structure, by the dialect's own rule.
fn is_structure(text: &str) -> bool {
    text.lines().any(|line| {
        let label = line.strip_prefix('*').and_then(|rest| rest.split_once('*'));
        let label = label.is_some_and(|(word, rest)| {
            rest.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
        });
        label || is_member(line)
    })
}

fn is_member(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("- `") else {
        return line.contains(" <");
    };
    !rest.starts_with("date`: ")
}

/// The text as documents of the project's own dialect hold it.
pub fn escaped(text: &str) -> String {
    let lines = text.split('\n').map(|line| match line.starts_with('\\') {
        true => format!("\\{line}"),
        false => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}
