//! Characters that people do not see, in messages and in documentation.

use std::fmt::Write;

/// Whether a character only directs how others are shown, or is a control
/// character.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Spells a character out: `U+202E`.
pub(crate) fn spell(c: char, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "U+{:04X}", u32::from(c));
}
