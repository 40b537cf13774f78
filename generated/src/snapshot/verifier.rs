//! The reader: takes bytes, hands each to the part that it belongs to, and holds the
//! parts against each other at the end.

use std::io;

use super::error::{Error, Place};
use super::fault::{Fault, FaultKind, Progress};
use super::layout::{Layout, Section};
use super::ledger::{Ledger, Table};
use super::skip::Skip;
use super::text::Text;
use super::Facts;

/// The most bytes that the value of `snapshot` can have, and a key.
const MAX_HEADER: usize = 1 << 20;
const MAX_KEY: usize = 1 << 10;

/// How many unknown keys there can be.
const MAX_UNKNOWN: usize = 1 << 6;

/// Proves that a heap snapshot is whole while its bytes go by.
///
/// Bytes come in pieces of any size, by [`push`](Self::push) or as [`io::Write`], and
/// none of them is kept: a snapshot of a gigabyte takes no more memory than a small
/// one. At the end, [`finish`](Self::finish) says what the snapshot holds, or what is
/// wrong with it. What it checks is listed [here](super#what-is-proved).
///
/// ```
/// use cdp_heapprofiler::snapshot::{Error, Verifier};
///
/// # let snapshot = include_str!("../../tests/snapshots/tiny.heapsnapshot");
/// let mut verifier = Verifier::new();
/// for chunk in snapshot.as_bytes().chunks(100) {
///     verifier.push(chunk)?;
/// }
/// assert_eq!(verifier.finish()?.nodes, 6);
///
/// // A chunk is lost.
/// let mut verifier = Verifier::new();
/// let chunks = snapshot.as_bytes().chunks(100);
/// let result = chunks.enumerate().filter(|(index, _)| *index != 8)
///     .try_for_each(|(_, chunk)| verifier.push(chunk))
///     .and_then(|()| verifier.finish());
/// assert!(matches!(result, Err(Error::Corrupt { .. })));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct Verifier {
    offset: u64,
    state: State,
    key: Vec<u8>,
    /// The value of `snapshot`, while it comes.
    header: Vec<u8>,
    has_header: bool,
    ledger: Ledger,
    /// Set once something is wrong.
    error: Option<Error>,
}

#[derive(Debug)]
enum State {
    /// Before `{`.
    Before,
    /// After `{` or a comma: a key. After `{` only, maybe `}`, which is wrong later.
    Key,
    /// Within a key.
    WithinKey(Text),
    /// After a key.
    Colon,
    /// Within the value of `snapshot`.
    Header(Skip),
    /// Within a section.
    Table(Box<Table>),
    /// Within the value of an unknown key.
    Unknown(Skip),
    /// After a value: a comma, or `}`.
    After,
    /// After `}`: white space.
    Ended,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new()
    }
}

impl Verifier {
    /// A verifier that has got no byte yet.
    pub fn new() -> Self {
        Self::with_ledger(Ledger::new(false))
    }

    /// A verifier that also makes a [`Summary`](super::Summary).
    ///
    /// It takes memory for every name of a constructor, and none for nodes or other
    /// strings. Above four million different names, or 256 MB of them, a snapshot is
    /// [`Unsupported`](Error::Unsupported).
    pub fn with_summary() -> Self {
        Self::with_ledger(Ledger::new(true))
    }

    fn with_ledger(ledger: Ledger) -> Self {
        Self {
            offset: 0,
            state: State::Before,
            key: Vec::new(),
            header: Vec::new(),
            has_header: false,
            ledger,
            error: None,
        }
    }

    /// How many bytes it got.
    pub fn bytes(&self) -> u64 {
        self.offset
    }

    /// Whether the snapshot has come to its end, and is whole. Nothing but white space
    /// can follow.
    pub fn is_complete(&self) -> bool {
        self.error.is_none() && matches!(self.state, State::Ended)
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// If what came so far is not the beginning of a snapshot: [`Error::Corrupt`] or
    /// [`Error::Unsupported`]. From then on, every call gives that error.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let mut taken = 0;
        while taken < bytes.len() {
            match self.part(&bytes[taken..]) {
                Ok(more) => taken += more,
                Err(fault) => {
                    self.offset += taken as u64;
                    let error = self.error_of(fault);
                    self.error = Some(error.clone());
                    return Err(error);
                }
            }
        }
        self.offset += taken as u64;
        Ok(())
    }

    /// Says what the snapshot holds, now that all bytes have come.
    ///
    /// # Errors
    /// If it has not come to its end, [`Error::Truncated`]. If `push` gave an error,
    /// the same.
    pub fn finish(self) -> Result<Facts, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if !self.is_complete() {
            let (row, missing) = self.missing();
            let place = Place {
                offset: self.offset,
                key: self.current_key(),
                row,
                column: None,
            };
            return Err(Error::Truncated { place, missing });
        }
        Ok(self.ledger.facts(self.offset))
    }

    /// Takes some of the bytes, which are not none; returns how many.
    fn part(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        let progress = match &mut self.state {
            State::WithinKey(text) => text.push(bytes)?,
            State::Header(skip) => skip.push(bytes)?,
            State::Unknown(skip) => skip.push(bytes)?,
            State::Table(table) => table.push(bytes)?,
            _ => {
                let byte = bytes[0];
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                    self.between(byte)?;
                }
                return Ok(1);
            }
        };
        let taken = match progress {
            Progress::More => bytes.len(),
            Progress::Done(taken) => taken,
        };
        self.keep(&bytes[..taken])?;
        if let Progress::Done(_) = progress {
            self.end_of_part().map_err(|mut fault| {
                fault.at += taken;
                fault
            })?;
        }
        Ok(taken)
    }

    /// Keeps the bytes of keys and of the header.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let (kept, limit, name) = match self.state {
            State::WithinKey(_) => (&mut self.key, MAX_KEY, "a key"),
            State::Header(_) => (&mut self.header, MAX_HEADER, "the value"),
            _ => return Ok(()),
        };
        let room = limit - kept.len();
        if bytes.len() > room {
            let what = format!("{name} is longer than {limit} bytes");
            return Err(Fault::unsupported(room, what));
        }
        kept.extend_from_slice(bytes);
        Ok(())
    }

    /// Takes a byte between values.
    fn between(&mut self, byte: u8) -> Result<(), Fault> {
        self.state = match (&self.state, byte) {
            (State::Before, b'{') | (State::After, b',') => State::Key,
            (State::Key, b'"') => {
                self.key.clear();
                State::WithinKey(Text::default())
            }
            (State::Colon, b':') => self.value()?,
            (State::After, b'}') => {
                self.ledger.settle()?;
                State::Ended
            }
            (State::Before, _) => return Err(Fault::byte(0, "`{`", byte)),
            (State::Key, _) => return Err(Fault::byte(0, "a key", byte)),
            (State::Colon, _) => return Err(Fault::byte(0, "`:`", byte)),
            (State::After, _) => return Err(Fault::byte(0, "`,` or `}`", byte)),
            _ => return Err(Fault::byte(0, "nothing but white space", byte)),
        };
        Ok(())
    }

    /// What the value is of the key that came.
    fn value(&mut self) -> Result<State, Fault> {
        if self.key == b"snapshot" {
            if self.has_header {
                return Err(Fault::corrupt(0, "`snapshot` once", "a second one"));
            }
            self.has_header = true;
            return Ok(State::Header(Skip::new()));
        }
        let known = |section: &Section| self.key == section.key().as_bytes();
        if let Some(section) = Section::ALL.into_iter().find(known) {
            return self.ledger.table(section).map(Box::new).map(State::Table);
        }
        let key = String::from_utf8_lossy(&self.key).into_owned();
        if self.ledger.unknown.contains(&key) {
            return Err(Fault::corrupt(
                0,
                "keys of different names",
                "the same again",
            ));
        }
        if self.ledger.unknown.len() == MAX_UNKNOWN {
            let what = format!("more than {MAX_UNKNOWN} keys are unknown");
            return Err(Fault::unsupported(0, what));
        }
        self.ledger.unknown.push(key);
        Ok(State::Unknown(Skip::new()))
    }

    fn end_of_part(&mut self) -> Result<(), Fault> {
        let next = match &self.state {
            State::WithinKey(_) => State::Colon,
            _ => State::After,
        };
        match std::mem::replace(&mut self.state, next) {
            State::WithinKey(_) => {
                // Its closing quote.
                self.key.pop();
            }
            State::Header(_) => {
                let header = std::mem::take(&mut self.header);
                let layout = Layout::read(&header).map_err(|what| Fault::unsupported(0, what))?;
                self.ledger.begin(layout);
            }
            State::Table(table) => self.ledger.enter(*table)?,
            _ => {}
        }
        Ok(())
    }

    /// The key whose value is on its way.
    fn current_key(&self) -> Option<String> {
        let within = matches!(
            self.state,
            State::Colon | State::Header(_) | State::Table(_) | State::Unknown(_) | State::After
        );
        within.then(|| String::from_utf8_lossy(&self.key).into_owned())
    }

    /// The row that the bytes end in, and what had still to come.
    fn missing(&self) -> (Option<u64>, String) {
        let mut missing = Vec::new();
        let mut row = None;
        let mut current = None;
        match &self.state {
            State::Table(table) => {
                row = Some(table.rows());
                current = Some(table.section());
                missing.push(self.ledger.rest_of(table));
            }
            State::Header(_) | State::Unknown(_) => missing.push("the rest of it".to_owned()),
            _ => {}
        }
        if self.ledger.has_begun() {
            let sections = Section::ALL
                .into_iter()
                .filter(|section| Some(*section) != current);
            let absent = sections.filter(|section| self.ledger.lacks(*section));
            missing.extend(absent.map(|section| format!("`{}`", section.key())));
        } else {
            missing.push("all that comes after `snapshot`".to_owned());
        }
        if missing.is_empty() {
            missing.push("the closing `}`".to_owned());
        }
        (row, missing.join(", "))
    }

    #[cold]
    fn error_of(&self, fault: Fault) -> Error {
        let place = Place {
            offset: self.offset + fault.at as u64,
            key: fault.key.map(str::to_owned).or_else(|| self.current_key()),
            row: fault.row,
            column: fault.column,
        };
        match fault.kind {
            FaultKind::Corrupt { expected, found } => Error::Corrupt {
                place,
                expected,
                found,
            },
            FaultKind::Unsupported(what) => Error::Unsupported { place, what },
        }
    }
}

impl io::Write for Verifier {
    /// Takes all of the bytes. An error is [`Error`] within an [`io::Error`] of the
    /// kind `InvalidData`.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
