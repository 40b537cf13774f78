//! Turns what is between the quotes of a JSON string into text.
//!
//! Texts with many escapes have one every dozen bytes, at no regular distance, so
//! what costs time is to guess wrongly where the next one is. Hence a block is looked
//! at as a whole first, which gives a bit per byte, and runs of bytes between escapes
//! are copied at a length that does not depend on theirs.

use super::skip::{first_match, first_word, matches, BLOCK, WORD};

/// How many bytes of a run between two escapes are copied at once.
const RUN: usize = 32;

/// What a block and the copies from it reach.
const REACH: usize = BLOCK + RUN;

/// How much is unescaped before it goes to the output, which thus need not be filled
/// with something else before.
const STAGE: usize = 4096;

/// Appends the text of the string whose first byte after the quote is at `start`, with
/// U+FFFD in the place of every lone surrogate. Gives back where the string ends: just
/// after its closing quote. `None` if it is no JSON; some of it may be appended then.
///
/// `json` has to be UTF-8, and then so is what is appended.
pub(crate) fn unescape(json: &[u8], start: usize, out: &mut Vec<u8>) -> Option<usize> {
    if json.len() - start < STAGE / 8 {
        return unescape_rest(json, start, out);
    }
    let mut stage = [0; STAGE];
    let mut at = start;
    loop {
        let plain = plain_blocks(&json[at..]) * BLOCK;
        out.extend_from_slice(&json[at..at + plain]);
        let begin = at + plain;
        at = unescape_blocks(json, begin, &mut stage, out)?;
        if at == begin {
            return unescape_rest(json, at, out);
        }
    }
}

/// Unescapes one block after another, up to one without escapes, or to a byte that is
/// no part of the string, or until too few bytes are left. Gives back how far it came.
fn unescape_blocks(
    json: &[u8],
    start: usize,
    stage: &mut [u8; STAGE],
    out: &mut Vec<u8>,
) -> Option<usize> {
    let mut at = start;
    let mut filled = 0;
    'blocks: while let Some(window) = json.get(at..at + REACH) {
        let mut left = specials(&window[..BLOCK]);
        if left == 0 {
            break;
        }
        if filled > STAGE - 2 * REACH {
            out.extend_from_slice(&stage[..filled]);
            filled = 0;
        }
        let mut from = 0;
        while left != 0 {
            let special = left.trailing_zeros() as usize;
            copy(window, from, special, &mut stage[filled..]);
            filled += special - from;
            if window[special] != b'\\' {
                at += special;
                break 'blocks;
            }
            let simple = SIMPLE[usize::from(window[special + 1])];
            if simple != 0 {
                stage[filled] = simple;
                filled += 1;
                from = special + 2;
                // What is escaped may be a quote or a backslash.
                left &= !(3 << special);
            } else {
                let (character, length) = escape_of_unit(&window[special..])?;
                filled += character.encode_utf8(&mut stage[filled..]).len();
                from = special + length;
                left &= u64::MAX.checked_shl(from as u32).unwrap_or(0);
            }
        }
        copy(window, from, BLOCK, &mut stage[filled..]);
        filled += BLOCK.saturating_sub(from);
        at += from.max(BLOCK);
    }
    out.extend_from_slice(&stage[..filled]);
    Some(at)
}

/// Copies a run, and what is after it up to a round length.
#[inline]
fn copy(window: &[u8], from: usize, to: usize, stage: &mut [u8]) {
    if from >= to {
        return;
    }
    stage[..RUN].copy_from_slice(&window[from..from + RUN]);
    if to - from > RUN {
        stage[RUN..2 * RUN].copy_from_slice(&window[from + RUN..from + 2 * RUN]);
    }
}

/// Unescapes to the end, for texts that are short or have few escapes.
fn unescape_rest(json: &[u8], start: usize, out: &mut Vec<u8>) -> Option<usize> {
    let mut at = start;
    loop {
        let special = first_special(json, at)?;
        out.extend_from_slice(&json[at..special]);
        match json[special] {
            b'"' => return Some(special + 1),
            b'\\' => {}
            _ => return None,
        }
        let simple = SIMPLE[usize::from(*json.get(special + 1)?)];
        if simple != 0 {
            out.push(simple);
            at = special + 2;
        } else {
            let (character, length) = escape_of_unit(&json[special..])?;
            let mut bytes = [0; 4];
            out.extend_from_slice(character.encode_utf8(&mut bytes).as_bytes());
            at = special + length;
        }
    }
}

/// What escapes of two bytes stand for, by their second byte; 0 for what is no such
/// escape.
static SIMPLE: [u8; 256] = {
    let mut simple = [0; 256];
    let mut index = 0;
    while index < ESCAPES.len() {
        simple[ESCAPES[index].0 as usize] = ESCAPES[index].1;
        index += 1;
    }
    simple
};

const ESCAPES: &[(u8, u8)] = &[
    (b'"', b'"'),
    (b'\\', b'\\'),
    (b'/', b'/'),
    (b'b', 0x08),
    (b'f', 0x0C),
    (b'n', b'\n'),
    (b'r', b'\r'),
    (b't', b'\t'),
];

/// The character that the escapes at the beginning stand for, one of UTF-16's units or
/// two of them, and their length.
#[cold]
fn escape_of_unit(text: &[u8]) -> Option<(char, usize)> {
    let unit = unit(text)?;
    let units = [unit, text.get(UNIT..).and_then(self::unit).unwrap_or(0)];
    let character = char::decode_utf16(units).next()?;
    Some(match character {
        Ok(character) => (character, UNIT * character.len_utf16()),
        Err(_) => (char::REPLACEMENT_CHARACTER, UNIT),
    })
}

/// How long the escape of a unit is.
const UNIT: usize = r"\u0000".len();

/// The unit that is escaped at the beginning.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

/// Whether a byte of a string is not itself: a quote, a backslash or a control
/// character.
#[inline]
fn is_special(byte: u8) -> bool {
    (byte ^ FLIP < LOWEST) | (byte == b'\\')
}

/// Where the first byte is that is not itself.
#[inline]
pub(crate) fn first_special(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    let mut rest = text.get(at..)?;
    while let Some((word, tail)) = first_word(rest) {
        let found = quotes_and_controls(word) | matches(word, b'\\');
        if found != 0 {
            return Some(at + first_match(found));
        }
        at += WORD;
        rest = tail;
        if (at - start) % BLOCK == 0 {
            let plain = plain_blocks(rest) * BLOCK;
            at += plain;
            rest = &rest[plain..];
        }
    }
    Some(at + rest.iter().position(|byte| is_special(*byte))?)
}

/// As `matches` does it, for quotes and control characters.
#[inline]
fn quotes_and_controls(word: u64) -> u64 {
    const FLIPS: u64 = u64::from_le_bytes([FLIP; WORD]);
    const LOWESTS: u64 = u64::from_le_bytes([LOWEST; WORD]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; WORD]);
    let flipped = word ^ FLIPS;
    flipped.wrapping_sub(LOWESTS) & !flipped & HIGHEST
}

/// How many blocks there are before the first with a byte that is not itself.
fn plain_blocks(text: &[u8]) -> usize {
    const MANY: usize = 4;
    let many = plain_chunks(text, MANY * BLOCK) * MANY;
    many + plain_chunks(&text[many * BLOCK..], BLOCK)
}

/// How many chunks of that length there are before the first with a byte that is not
/// itself. It has no way out of a chunk, so that compilers use vectors.
#[inline]
fn plain_chunks(text: &[u8], length: usize) -> usize {
    let is_plain = |chunk: &&[u8]| {
        let lowest = chunk.iter().fold(u8::MAX, |low, byte| low.min(byte ^ FLIP));
        let is_backslash = |byte: &u8| u8::from(*byte == b'\\');
        let backslash = chunk.iter().fold(0, |any, byte| any | is_backslash(byte));
        lowest >= LOWEST && backslash == 0
    };
    text.chunks_exact(length).take_while(is_plain).count()
}

/// Brings the quote next to the control characters, and what is there away from them.
const FLIP: u8 = b'"' ^ b' ';

/// With [`FLIP`], only quotes and control characters are below this.
const LOWEST: u8 = b' ' + 1;

/// A bit per byte of a block, set if it is not itself; the lowest for the first byte.
#[inline]
fn specials(block: &[u8]) -> u64 {
    // Brings the lowest bits of eight bytes together in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut flags = [0; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(is_special(*byte));
    }
    let mut bits = 0;
    let mut rest = &flags[..];
    let mut shift = 0;
    while let Some((word, tail)) = first_word(rest) {
        bits |= (word.wrapping_mul(GATHER) >> 56) << shift;
        shift += WORD;
        rest = tail;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::{first_special, is_special, plain_blocks, specials, BLOCK};

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            let special = byte < 0x20 || byte == b'"' || byte == b'\\';
            assert_eq!(is_special(byte), special, "{byte:#x}");
            for at in 0..5 * BLOCK {
                let mut text = vec![b'x'; 5 * BLOCK];
                text[at] = byte;
                assert_eq!(first_special(&text, 0), special.then_some(at), "{byte:#x}");
                let blocks = if special { at / BLOCK } else { 5 };
                assert_eq!(plain_blocks(&text), blocks, "{byte:#x} at {at}");
                if at < BLOCK {
                    let bits = u64::from(special) << at;
                    assert_eq!(specials(&text[..BLOCK]), bits, "{byte:#x} at {at}");
                }
            }
        }
    }
}
