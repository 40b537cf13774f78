//! The strings: how many there are, and which are names of constructors.

use serde_core::de::DeserializeSeed;

use super::census::Naming;
use super::fault::{Fault, Progress};
use super::text::Text;

/// The longest name of a constructor, as JSON. V8 cuts names to 1024 characters.
const MAX_NAME: usize = 1 << 16;

/// `strings` on its way, from before its `[` to after its `]`.
#[derive(Debug)]
pub(super) struct Strings {
    state: State,
    complete: u64,
    naming: Option<Naming>,
    /// The JSON of the name on its way, if it is one, with its quotes.
    name: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Before `[`.
    Before,
    /// After `[`: a string, or `]`.
    First,
    /// After a comma: a string.
    Next,
    /// Within a string.
    Within(Text),
    /// After a string: a comma, or `]`.
    After,
}

impl Strings {
    pub(super) fn new(naming: Option<Naming>) -> Self {
        Self {
            state: State::Before,
            complete: 0,
            naming,
            name: None,
        }
    }

    /// How many strings are complete.
    pub(super) fn complete(&self) -> u64 {
        self.complete
    }

    pub(super) fn into_naming(self) -> Option<Naming> {
        self.naming
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Progress, Fault> {
        let mut at = 0;
        while at < bytes.len() {
            if let State::Within(mut text) = self.state {
                let rest = &bytes[at..];
                let progress = text.push(rest).map_err(|mut fault| {
                    fault.at += at;
                    fault.row(self.complete)
                })?;
                let taken = match progress {
                    Progress::More => rest.len(),
                    Progress::Done(taken) => taken,
                };
                self.keep(&rest[..taken], at)?;
                at += taken;
                self.state = State::Within(text);
                if progress != Progress::More {
                    self.string_ended(at)?;
                }
                continue;
            }
            if let (State::After, Some(b",\n\"")) = (self.state, bytes.get(at..at + 3)) {
                self.string_begins();
                at += 3;
                continue;
            }
            if self.step(bytes[at], at)? {
                return Ok(Progress::Done(at + 1));
            }
            at += 1;
        }
        Ok(Progress::More)
    }

    /// Takes a byte between strings. Returns whether it is the last one.
    fn step(&mut self, byte: u8, at: usize) -> Result<bool, Fault> {
        let expected = match (self.state, byte) {
            (_, b' ' | b'\n' | b'\r' | b'\t') => return Ok(false),
            (State::First | State::After, b']') => return Ok(true),
            (State::First | State::Next, b'"') => {
                self.string_begins();
                return Ok(false);
            }
            (State::Before, b'[') => {
                self.state = State::First;
                return Ok(false);
            }
            (State::After, b',') => {
                self.state = State::Next;
                return Ok(false);
            }
            (State::Before, _) => "`[`",
            (State::First, _) => "a string or `]`",
            (State::Next | State::Within(_), _) => "a string",
            (State::After, _) => "`,` or `]`",
        };
        Err(Fault::byte(at, expected, byte).row(self.complete))
    }

    fn string_begins(&mut self) {
        self.state = State::Within(Text::default());
        if let Some(naming) = &self.naming {
            self.name = naming.wants(self.complete).then(|| vec![b'"']);
        }
    }

    fn keep(&mut self, bytes: &[u8], at: usize) -> Result<(), Fault> {
        let Some(name) = &mut self.name else {
            return Ok(());
        };
        if name.len() + bytes.len() > MAX_NAME {
            let what = format!("the name of a constructor is longer than {MAX_NAME} bytes");
            return Err(Fault::unsupported(at, what).row(self.complete));
        }
        name.extend_from_slice(bytes);
        Ok(())
    }

    fn string_ended(&mut self, at: usize) -> Result<(), Fault> {
        self.state = State::After;
        if let (Some(naming), Some(json)) = (&mut self.naming, self.name.take()) {
            let mut json = serde_json::Deserializer::from_slice(&json);
            let text = crate::wire::Text.deserialize(&mut json);
            let named = text
                .map_err(|error| error.to_string())
                .and_then(|name| naming.name(&name));
            named.map_err(|what| Fault::unsupported(at, what).row(self.complete))?;
        }
        self.complete += 1;
        Ok(())
    }
}
