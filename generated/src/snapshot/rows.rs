//! Tables: flat arrays of integers, a row after the other.

use super::fault::{Fault, Progress};
use super::number::{natural, Number, Step, NATURAL_REACH};

/// The most columns that a table can have.
pub(super) const MAX_WIDTH: usize = 32;

/// What takes the rows of a table.
pub(super) trait Sink {
    /// Takes a row, all columns of it.
    fn row(&mut self, row: &[i64]) -> Result<(), Wrong>;

    /// The name of a column.
    fn column(&self, index: usize) -> Option<&str>;
}

/// A row that cannot be.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) column: Option<usize>,
    pub(super) expected: String,
    pub(super) found: String,
}

impl Wrong {
    #[cold]
    pub(super) fn value(column: usize, expected: impl Into<String>, found: i64) -> Self {
        Self {
            column: Some(column),
            expected: expected.into(),
            found: found.to_string(),
        }
    }
}

/// A table on its way, from before its `[` to after its `]`.
#[derive(Debug)]
pub(super) struct Rows {
    width: usize,
    state: State,
    /// The row on its way: so many columns are there.
    row: [i64; MAX_WIDTH],
    filled: usize,
    number: Number,
    complete: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before `[`.
    Before,
    /// After `[`: a number or `]`.
    First,
    /// A number.
    Number,
    /// After a number: a comma, or `]`.
    After,
    /// After `]`.
    Ended,
}

impl Rows {
    /// A table of so many columns, from 1 to `MAX_WIDTH`.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width: width.clamp(1, MAX_WIDTH),
            state: State::Before,
            row: [0; MAX_WIDTH],
            filled: 0,
            number: Number::default(),
            complete: 0,
        }
    }

    /// How many rows are complete.
    pub(super) fn complete(&self) -> u64 {
        self.complete
    }

    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<Progress, Fault> {
        let mut at = 0;
        while at < bytes.len() {
            if self.state == State::After && self.filled == 0 {
                at += match self.width {
                    3 => self.whole_rows::<3>(&bytes[at..], at, sink)?,
                    4 => self.whole_rows::<4>(&bytes[at..], at, sink)?,
                    5 => self.whole_rows::<5>(&bytes[at..], at, sink)?,
                    6 => self.whole_rows::<6>(&bytes[at..], at, sink)?,
                    7 => self.whole_rows::<7>(&bytes[at..], at, sink)?,
                    _ => 0,
                };
            }
            // To the end of the next row, a byte at a time: where the bytes are cut,
            // or differ from what V8 writes.
            loop {
                let Some(&byte) = bytes.get(at) else {
                    return Ok(Progress::More);
                };
                let row_ended = self.step(byte, at, sink)?;
                // A byte that ends a number is not taken with it.
                if row_ended {
                    break;
                }
                at += 1;
                if self.state == State::Ended {
                    return Ok(Progress::Done(at));
                }
            }
        }
        Ok(Progress::More)
    }

    /// Takes rows as long as they are as V8 writes them, and completely there: a
    /// comma, maybe after a line end, and the numbers between commas. Returns how
    /// many bytes they are.
    fn whole_rows<const WIDTH: usize>(
        &mut self,
        bytes: &[u8],
        from: usize,
        sink: &mut impl Sink,
    ) -> Result<usize, Fault> {
        // For every number its longest form and a comma, and what `natural` looks at.
        let reach = 2 + WIDTH * NATURAL_REACH + NATURAL_REACH;
        let mut taken = 0;
        while let Some(ahead) = bytes.get(taken..taken + reach) {
            let Some((row, length)) = whole_row::<WIDTH>(ahead) else {
                break;
            };
            taken += length;
            sink.row(&row)
                .map_err(|wrong| self.wrong(wrong, from + taken, sink))?;
            self.complete += 1;
        }
        Ok(taken)
    }

    /// Takes a byte, unless it ends a row: then it takes the row, and not the byte.
    fn step(&mut self, byte: u8, at: usize, sink: &mut impl Sink) -> Result<bool, Fault> {
        let blank = matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        match (self.state, byte) {
            (State::Before | State::First | State::After, _) if blank => {}
            (State::Number, _) if blank && self.number.is_empty() => {}
            (State::Before, b'[') => self.state = State::First,
            (State::After, b',') => self.state = State::Number,
            (State::First, b']') => self.state = State::Ended,
            (State::After, b']') if self.filled == 0 => self.state = State::Ended,
            (State::First | State::Number, _) => return self.digit(byte, at, sink),
            (State::Before | State::Ended, _) => return Err(Fault::byte(at, "`[`", byte)),
            (State::After, b']') => {
                let expected = format!("a row of {}", self.width);
                return Err(self.here(Fault::corrupt(at, expected, self.filled.to_string()), sink));
            }
            (State::After, _) => {
                return Err(self.here(Fault::byte(at, "`,` or `]`", byte), sink));
            }
        }
        Ok(false)
    }

    fn digit(&mut self, byte: u8, at: usize, sink: &mut impl Sink) -> Result<bool, Fault> {
        self.state = State::Number;
        match self.number.step(byte) {
            Step::More => Ok(false),
            Step::Unexpected => Err(self.here(Fault::byte(at, "an integer", byte), sink)),
            Step::TooLarge => {
                let fault = Fault::corrupt(at, "an integer of 64 bits", "a larger one");
                Err(self.here(fault, sink))
            }
            Step::End(value) => {
                self.state = State::After;
                self.row[self.filled] = value;
                self.filled += 1;
                if self.filled == self.width {
                    self.filled = 0;
                    sink.row(&self.row[..self.width])
                        .map_err(|wrong| self.wrong(wrong, at, sink))?;
                    self.complete += 1;
                    return Ok(true);
                }
                self.step(byte, at, sink)
            }
        }
    }

    #[cold]
    fn here(&self, fault: Fault, sink: &impl Sink) -> Fault {
        fault.row(self.complete).column(sink.column(self.filled))
    }

    #[cold]
    fn wrong(&self, wrong: Wrong, at: usize, sink: &impl Sink) -> Fault {
        Fault::corrupt(at, wrong.expected, wrong.found)
            .row(self.complete)
            .column(wrong.column.and_then(|index| sink.column(index)))
    }
}

/// Reads a row with the comma before it; returns it and its length in bytes.
#[inline(always)]
fn whole_row<const WIDTH: usize>(ahead: &[u8]) -> Option<([i64; WIDTH], usize)> {
    let mut row = [0; WIDTH];
    let mut at = usize::from(ahead[0] == b'\n');
    for value in &mut row {
        if ahead[at] != b',' {
            return None;
        }
        let digits = ahead.get(at + 1..at + 1 + NATURAL_REACH)?;
        let (number, length) = natural(digits.try_into().ok()?)?;
        *value = number as i64;
        at += 1 + length;
    }
    // The last number could go on.
    matches!(ahead[at], b'\n' | b',' | b']').then_some((row, at))
}
