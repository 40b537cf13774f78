//! Any value of JSON, checked and not kept.

use super::fault::{Fault, Progress};
use super::text::Text;

/// How deep a value may nest that the reader does not know.
pub(super) const MAX_DEPTH: usize = 1 << 16;

/// A value on its way.
#[derive(Debug)]
pub(super) struct Skip {
    state: State,
    /// Of every level around, whether it is an object: a bit each.
    levels: Vec<u64>,
    depth: usize,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// A value.
    Value,
    /// After `[`: a value, or `]`.
    FirstElement,
    /// After `{`: a key, or `}`.
    FirstKey,
    /// After a comma in an object: a key.
    Key,
    Text {
        text: Text,
        is_key: bool,
    },
    /// After a key.
    Colon,
    Number(Part),
    /// The bytes that are left of a `true`, `false` or `null`.
    Literal(&'static [u8]),
    /// After a value: a comma, or the end of the level.
    After,
}

/// What of a number is the last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    E,
    Sign,
    Exponent,
}

impl Part {
    /// What the next byte makes it, if it belongs to it.
    fn step(self, byte: u8) -> Option<Self> {
        Some(match (self, byte) {
            (Self::Minus, b'0') => Self::Zero,
            (Self::Minus | Self::Integer, b'0'..=b'9') => Self::Integer,
            (Self::Zero | Self::Integer, b'.') => Self::Point,
            (Self::Zero | Self::Integer | Self::Fraction, b'e' | b'E') => Self::E,
            (Self::Point | Self::Fraction, b'0'..=b'9') => Self::Fraction,
            (Self::E, b'+' | b'-') => Self::Sign,
            (Self::E | Self::Sign | Self::Exponent, b'0'..=b'9') => Self::Exponent,
            _ => return None,
        })
    }

    fn may_end(self) -> bool {
        matches!(
            self,
            Self::Zero | Self::Integer | Self::Fraction | Self::Exponent
        )
    }
}

impl Skip {
    pub(super) fn new() -> Self {
        Self {
            state: State::Value,
            levels: Vec::new(),
            depth: 0,
        }
    }

    /// Takes bytes up to the end of the value. A number at the outermost level ends
    /// before the byte after it.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Progress, Fault> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let State::Text { mut text, is_key } = self.state {
                let progress = text.push(&bytes[at..]).map_err(|mut fault| {
                    fault.at += at;
                    fault
                })?;
                let Progress::Done(taken) = progress else {
                    self.state = State::Text { text, is_key };
                    return Ok(Progress::More);
                };
                at += taken;
                self.state = if is_key { State::Colon } else { State::After };
            } else {
                at += usize::from(self.step(byte, at)?);
            }
            if self.depth == 0 && matches!(self.state, State::After) {
                return Ok(Progress::Done(at));
            }
        }
        Ok(Progress::More)
    }

    /// Returns whether it has taken the byte.
    fn step(&mut self, byte: u8, at: usize) -> Result<bool, Fault> {
        match self.state {
            State::Number(part) => {
                return match part.step(byte) {
                    Some(part) => {
                        self.state = State::Number(part);
                        Ok(true)
                    }
                    None if part.may_end() => {
                        self.state = State::After;
                        Ok(false)
                    }
                    None => Err(Fault::byte(at, "a number", byte)),
                };
            }
            State::Literal(rest) => {
                return match rest.split_first() {
                    Some((first, rest)) if *first == byte => {
                        self.state = match rest {
                            [] => State::After,
                            _ => State::Literal(rest),
                        };
                        Ok(true)
                    }
                    _ => Err(Fault::byte(at, "`true`, `false` or `null`", byte)),
                };
            }
            _ => {}
        }
        if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            self.between(byte, at)?;
        }
        Ok(true)
    }

    fn between(&mut self, byte: u8, at: usize) -> Result<(), Fault> {
        self.state = match (self.state, byte) {
            (State::FirstElement, b']') | (State::FirstKey, b'}') => self.close(),
            (State::Value | State::FirstElement, _) => return self.value(byte, at),
            (State::FirstKey | State::Key, b'"') => State::Text {
                text: Text::default(),
                is_key: true,
            },
            (State::FirstKey | State::Key, _) => return Err(Fault::byte(at, "a key", byte)),
            (State::Colon, b':') => State::Value,
            (State::Colon, _) => return Err(Fault::byte(at, "`:`", byte)),
            (_, b',') if self.in_object() => State::Key,
            (_, b',') => State::Value,
            (_, b'}') if self.in_object() => self.close(),
            (_, b']') if !self.in_object() => self.close(),
            _ => return Err(Fault::byte(at, "`,` or the end of the level", byte)),
        };
        Ok(())
    }

    fn value(&mut self, byte: u8, at: usize) -> Result<(), Fault> {
        self.state = match byte {
            b'"' => State::Text {
                text: Text::default(),
                is_key: false,
            },
            b'-' => State::Number(Part::Minus),
            b'0' => State::Number(Part::Zero),
            b'1'..=b'9' => State::Number(Part::Integer),
            b't' => State::Literal(b"rue"),
            b'f' => State::Literal(b"alse"),
            b'n' => State::Literal(b"ull"),
            b'[' | b'{' => return self.open(byte == b'{', at),
            _ => return Err(Fault::byte(at, "a value", byte)),
        };
        Ok(())
    }

    fn open(&mut self, object: bool, at: usize) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            let what = format!("it nests deeper than {MAX_DEPTH} levels");
            return Err(Fault::unsupported(at, what));
        }
        let (word, bit) = (self.depth / 64, self.depth % 64);
        if word == self.levels.len() {
            self.levels.push(0);
        }
        self.levels[word] &= !(1 << bit);
        self.levels[word] |= u64::from(object) << bit;
        self.depth += 1;
        self.state = if object {
            State::FirstKey
        } else {
            State::FirstElement
        };
        Ok(())
    }

    fn close(&mut self) -> State {
        self.depth -= 1;
        State::After
    }

    fn in_object(&self) -> bool {
        match self.depth.checked_sub(1) {
            Some(level) => self.levels[level / 64] >> (level % 64) & 1 == 1,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, Skip, MAX_DEPTH};

    fn is_json(text: &[u8], piece: usize) -> bool {
        let mut skip = Skip::new();
        let mut taken = 0;
        for bytes in text.chunks(piece) {
            match skip.push(bytes) {
                Ok(Progress::More) => taken += bytes.len(),
                Ok(Progress::Done(more)) => {
                    taken += more;
                    return text[taken..].iter().all(u8::is_ascii_whitespace);
                }
                Err(_) => return false,
            }
        }
        false
    }

    #[test]
    fn takes_what_serde_json_takes() {
        let good = br#" {"a":[1,-0,0.5e+10,1E5,true,false,null,{}],"b":{"c":"\u00e4 \" x","d":[[],[{}]]}} "#;
        assert!(is_json(good, 1000));
        let others = b"0-+.eE\"\\{}[],: xtn\n\x80\x00";
        for place in 0..good.len() {
            for other in others {
                let mut flipped = good.to_vec();
                flipped[place] = *other;
                let mut inserted = good.to_vec();
                inserted.insert(place, *other);
                let mut removed = good.to_vec();
                removed.remove(place);
                for text in [flipped, inserted, removed] {
                    let expected = serde_json::from_slice::<serde_json::Value>(&text).is_ok();
                    for piece in [1, 2, 3, 7, 1000] {
                        let shown = String::from_utf8_lossy(&text);
                        assert_eq!(is_json(&text, piece), expected, "{shown}");
                    }
                }
            }
        }
    }

    #[test]
    fn depth_has_a_limit() {
        let nested = |depth: usize| {
            let mut text = vec![b'['; depth];
            text.extend(vec![b']'; depth]);
            text
        };
        assert!(is_json(&nested(MAX_DEPTH), 1000));
        assert!(!is_json(&nested(MAX_DEPTH + 1), 1000));
    }
}
