//! The tree of the functions that allocated: rows within rows.

use super::fault::{Fault, Progress};
use super::layout::{Column, Kind};
use super::number::{Number, Step};

/// `trace_tree` on its way, from before its `[` to after its `]`.
///
/// All that is to be known of the levels around is how many there are: a row goes on
/// after its children where its columns say.
#[derive(Debug)]
pub(super) struct Tree {
    columns: Vec<Column>,
    children: usize,
    functions: u64,
    state: State,
    depth: u64,
    column: usize,
    number: Number,
    rows: u64,
    ids: u128,
    highest_id: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before `[`.
    Before,
    /// After `[`: a row, or `]`.
    First,
    /// After a comma: the next column.
    Value,
    /// After a column: a comma, or `]`.
    After,
    /// After the last `]`.
    Ended,
}

impl Tree {
    pub(super) fn new(columns: &[Column], functions: u64) -> Self {
        let children = columns.iter().position(|c| c.kind == Kind::Children);
        Self {
            columns: columns.to_vec(),
            children: children.unwrap_or_default(),
            functions,
            state: State::Before,
            depth: 0,
            column: 0,
            number: Number::default(),
            rows: 0,
            ids: 0,
            highest_id: 0,
        }
    }

    /// How many nodes are complete or on their way.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The largest id of a node.
    pub(super) fn highest_id(&self) -> u64 {
        self.highest_id
    }

    /// Whether the ids are those from 1 on, without a gap, as V8 gives them: there is
    /// no other count of the nodes.
    pub(super) fn is_complete(&self) -> bool {
        let rows = u128::from(self.rows);
        let numbered = self.columns.iter().any(|column| column.name == "id");
        !numbered || (self.rows == self.highest_id && self.ids == rows * (rows + 1) / 2)
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Progress, Fault> {
        for (at, &byte) in bytes.iter().enumerate() {
            self.step(byte, at)
                .map_err(|fault| fault.row(self.rows).column(self.column_name()))?;
            if self.state == State::Ended {
                return Ok(Progress::Done(at + 1));
            }
        }
        Ok(Progress::More)
    }

    fn column_name(&self) -> Option<&str> {
        self.columns.get(self.column).map(|c| c.name.as_str())
    }

    fn step(&mut self, byte: u8, at: usize) -> Result<(), Fault> {
        let blank = matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        match (self.state, byte) {
            _ if blank && self.number.is_empty() => {}
            (State::Before, b'[') => self.open(),
            (State::First, b']') if self.number.is_empty() => self.close(),
            (State::First | State::Value, _) if self.column == self.children => match byte {
                b'[' => self.open(),
                _ => return Err(Fault::byte(at, "`[`", byte)),
            },
            (State::First | State::Value, _) => return self.digit(byte, at),
            (State::After, b',') => self.state = State::Value,
            (State::After, b']') if self.column == 0 => self.close(),
            (State::After, _) if self.column == 0 => {
                return Err(Fault::byte(at, "`,` or `]`", byte));
            }
            (State::After, _) => return Err(Fault::byte(at, "`,`", byte)),
            (State::Before | State::Ended, _) => return Err(Fault::byte(at, "`[`", byte)),
        }
        Ok(())
    }

    fn open(&mut self) {
        self.depth += 1;
        self.column = 0;
        self.state = State::First;
    }

    fn close(&mut self) {
        self.depth -= 1;
        if self.depth == 0 {
            self.state = State::Ended;
            return;
        }
        self.column = self.children;
        self.value_ended();
    }

    fn digit(&mut self, byte: u8, at: usize) -> Result<(), Fault> {
        self.state = State::Value;
        match self.number.step(byte) {
            Step::More => Ok(()),
            Step::Unexpected => Err(Fault::byte(at, "an integer", byte)),
            Step::TooLarge => Err(Fault::corrupt(at, "an integer of 64 bits", "a larger one")),
            Step::End(value) => {
                self.value(value, at)?;
                self.value_ended();
                self.step(byte, at)
            }
        }
    }

    fn value(&mut self, value: i64, at: usize) -> Result<(), Fault> {
        match self.columns[self.column].kind {
            Kind::Natural => match u64::try_from(value) {
                Ok(id) => {
                    self.ids = self.ids.saturating_add(u128::from(id));
                    self.highest_id = self.highest_id.max(id);
                }
                Err(_) => {
                    let found = value.to_string();
                    return Err(Fault::corrupt(at, "no negative number", found));
                }
            },
            Kind::Function if u64::try_from(value).map_or(true, |v| v >= self.functions) => {
                let expected = format!("a number below {}", self.functions);
                return Err(Fault::corrupt(at, expected, value.to_string()));
            }
            _ => {}
        }
        Ok(())
    }

    fn value_ended(&mut self) {
        self.column += 1;
        if self.column == self.columns.len() {
            self.column = 0;
            self.rows += 1;
        }
        self.state = State::After;
    }
}
