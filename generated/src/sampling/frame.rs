//! What a frame is called, and which frames are of one function.

use crate::protocol::runtime::CallFrame;

/// What identifies a function: its name, and where its source begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Function<'a> {
    name: &'a str,
    url: &'a str,
    script_id: &'a str,
    line: i64,
    column: i64,
}

impl<'a> Function<'a> {
    pub(super) fn of(frame: &'a CallFrame) -> Self {
        Self {
            name: &frame.function_name,
            url: &frame.url,
            script_id: frame.script_id.as_str(),
            line: frame.line_number,
            column: frame.column_number,
        }
    }
}

/// The name of a frame's function, also if it has none.
pub(super) fn name(frame: &CallFrame) -> &str {
    match frame.function_name.as_str() {
        "" => "(anonymous)",
        name => name,
    }
}

/// A line or column as people count: from 1. `None` for no place, which is -1 in the
/// protocol.
pub(super) fn from_one(number: i64) -> Option<i64> {
    if number < 0 {
        return None;
    }
    number.checked_add(1)
}

/// A size as a whole number of bytes, for formats that have no others. One that is
/// negative, which no target says, is none.
pub(super) fn whole(size: f64) -> u64 {
    // The cast saturates.
    (size.round() as i64).max(0).unsigned_abs()
}

/// How many characters of a name and of a URL are shown. Scripts in `data:` URLs have
/// their whole source in it.
const SHOWN: usize = 256;

/// A frame on one line, as a part of a line of collapsed stacks.
pub(super) fn label(frame: &CallFrame) -> String {
    let mut label = String::new();
    push_plain(&mut label, name(frame));
    if frame.url.is_empty() {
        return label;
    }
    label.push_str(" (");
    push_plain(&mut label, &frame.url);
    for number in [frame.line_number, frame.column_number] {
        if let Some(number) = from_one(number) {
            label.push_str(&format!(":{number}"));
        }
    }
    label.push(')');
    label
}

/// Adds a text without what would end the frame or the line.
fn push_plain(label: &mut String, text: &str) {
    let mut characters = text.chars();
    label.extend(
        characters
            .by_ref()
            .take(SHOWN)
            .map(|character| match character {
                ';' => ':',
                _ if character.is_control() || character.is_whitespace() => ' ',
                _ => character,
            }),
    );
    if characters.next().is_some() {
        label.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(name: &str, url: &str, line: i64, column: i64) -> CallFrame {
        CallFrame {
            function_name: name.to_owned(),
            url: url.to_owned(),
            line_number: line,
            column_number: column,
            ..CallFrame::default()
        }
    }

    #[test]
    fn labels_keep_to_one_frame_of_one_line() {
        assert_eq!(label(&frame("(GC)", "", -1, -1)), "(GC)");
        assert_eq!(label(&frame("", "a.js", 0, 0)), "(anonymous) (a.js:1:1)");
        assert_eq!(label(&frame("f", "a.js", -1, -1)), "f (a.js)");
        assert_eq!(
            label(&frame("a;b\nc\u{2028}d", "x;y", 1, 2)),
            "a:b c d (x:y:2:3)"
        );
        assert_eq!(label(&frame("f", "a.js", i64::MAX, 0)), "f (a.js:1)");
    }

    #[test]
    fn long_names_and_urls_are_cut() {
        let source = format!("data:text/javascript,{}", "ä".repeat(1_000_000));
        let label = label(&frame("f", &source, 0, 0));
        assert_eq!(label.chars().count(), "f (…:1:1)".chars().count() + SHOWN);
    }
}
