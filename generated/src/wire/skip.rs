//! Finds where strings, objects and arrays end, without looking at what is in them.
//!
//! What is skipped is not checked: brackets are counted, whichever they are, and
//! strings are taken from quote to quote. Of what is JSON, this finds the end; of
//! what is not, it may find one.

/// The end of the string that begins at `start`, if it is one without escapes: just
/// after its closing quote.
#[inline]
pub(crate) fn plain_string(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    let mut rest = text.get(at..)?;
    while let Some((word, tail)) = first_word(rest) {
        let found = matches(word, b'"') | matches(word, b'\\');
        if found != 0 {
            at += first_match(found);
            return (text[at] == b'"').then_some(at + 1);
        }
        at += WORD;
        rest = tail;
    }
    at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    (text[at] == b'"').then_some(at + 1)
}

/// The end of the string that begins at `start`: just after its closing quote.
/// `None` if it never closes.
#[inline]
pub(crate) fn string(text: &[u8], start: usize) -> Option<usize> {
    let first = start + 1;
    let mut from = first;
    loop {
        let quote = from + find_quote(text.get(from..)?)?;
        // A quote is part of the string after an odd number of backslashes.
        let mut before = quote;
        while before > first && text[before - 1] == b'\\' {
            before -= 1;
        }
        if (quote - before) % 2 == 0 {
            return Some(quote + 1);
        }
        from = quote + 1;
    }
}

/// The end of the object or array that begins at `start`: just after its closing
/// bracket. `None` if it never closes. It may nest as deep as it likes.
pub(crate) fn nested(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        let byte = *text.get(at)?;
        at += 1;
        if !IS_STRUCTURE[usize::from(byte)] {
            continue;
        }
        match byte {
            b'"' => at = string(text, at - 1)?,
            b'{' | b'[' => depth += 1,
            _ if depth <= 1 => return Some(at),
            _ => depth -= 1,
        }
    }
}

/// The end of the number or literal that begins at `start`: before anything that is not
/// part of a value.
pub(crate) fn scalar(text: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b'"') || is_space(*byte);
    let length = text[start..].iter().position(ends);
    length.map_or(text.len(), |length| start + length)
}

/// What JSON has for white space.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Whether a byte, outside of strings, is a quote or a bracket.
static IS_STRUCTURE: [bool; 256] = {
    let mut is_structure = [false; 256];
    let mut index = 0;
    while index < STRUCTURE.len() {
        is_structure[STRUCTURE[index] as usize] = true;
        index += 1;
    }
    is_structure
};

const STRUCTURE: &[u8] = b"\"{}[]";

/// How many bytes are looked at at once.
pub(super) const WORD: usize = 8;

/// How many are where no quote has been for long. Most strings are much shorter.
pub(super) const BLOCK: usize = 64;

/// Where the first quote is.
#[inline]
fn find_quote(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut rest = text;
    while let Some((word, tail)) = first_word(rest) {
        let found = matches(word, b'"');
        if found != 0 {
            return Some(at + first_match(found));
        }
        at += WORD;
        rest = tail;
        if at % BLOCK == 0 {
            let skipped = blocks_without_quote(rest) * BLOCK;
            at += skipped;
            rest = &rest[skipped..];
        }
    }
    Some(at + rest.iter().position(|byte| *byte == b'"')?)
}

/// The first bytes, as a number of which the first byte is the lowest, and the rest.
#[inline]
pub(super) fn first_word(text: &[u8]) -> Option<(u64, &[u8])> {
    match *text {
        [a, b, c, d, e, f, g, h, ref rest @ ..] => {
            Some((u64::from_le_bytes([a, b, c, d, e, f, g, h]), rest))
        }
        _ => None,
    }
}

/// Sets the highest bit of every byte of a word that is `byte`. In bytes above the
/// lowest such one, it may set it wrongly.
#[inline]
pub(super) fn matches(word: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; WORD]);
    const HIGHEST: u64 = ONES << 7;
    let zero_if_match = word ^ (ONES * u64::from(byte));
    zero_if_match.wrapping_sub(ONES) & !zero_if_match & HIGHEST
}

/// The number of the lowest byte of which the highest bit is set.
#[inline]
pub(super) fn first_match(found: u64) -> usize {
    found.trailing_zeros() as usize / 8
}

/// How many blocks there are before the first with a quote in it. It has no way out
/// of a block, so that compilers use vectors.
fn blocks_without_quote(text: &[u8]) -> usize {
    text.chunks_exact(BLOCK)
        .take_while(|block| {
            let found = block
                .iter()
                .fold(0, |found, byte| found | u8::from(*byte == b'"'));
            found == 0
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{nested, string};

    #[test]
    fn strings_of_all_lengths_end_where_they_end() {
        for length in 0..300 {
            for (tail, closes) in [("", true), ("\\", false), ("\\\\", true), ("é", true)] {
                let text = format!("[\"{}{tail}\"]  ", "x".repeat(length));
                let end = text.len() - 3;
                let expected = closes.then_some(end);
                assert_eq!(string(text.as_bytes(), 1), expected, "{text}");
                let cut = &text.as_bytes()[..end - 1];
                assert_eq!(string(cut, 1), None, "{text}");
            }
        }
    }

    #[test]
    fn bytes_that_are_almost_quotes() {
        for byte in (0..=u8::MAX).filter(|byte| !matches!(byte, b'"' | b'\\')) {
            let mut text = vec![byte; 100];
            text[0] = b'"';
            text[90] = b'"';
            assert_eq!(string(&text, 0), Some(91), "{byte:#x}");
        }
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        let text = br#"{"}":[{"a\"]":"{["}],"b":"\\"}}]"#;
        assert_eq!(nested(text, 0), Some(text.len() - 2));
        assert_eq!(nested(&text[..text.len() - 3], 0), None);
    }
}
