//! A profile by function.

use std::collections::HashMap;

use super::frame::{self, Function};
use super::Tree;
use crate::protocol::runtime::CallFrame;

/// A function, with all of its call sites together.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row<'a> {
    /// Its name; `(anonymous)` if it has none. Names in parentheses are of V8 itself,
    /// such as `(GC)` or `(V8 API)`.
    pub function: &'a str,
    /// Where its script is from; empty for code without a script.
    pub url: &'a str,
    /// The id of its script in the target.
    pub script_id: &'a str,
    /// The line where its source begins, from 1; `None` for code without a script.
    pub line: Option<i64>,
    /// The column where its source begins, from 1; `None` for code without a script.
    pub column: Option<i64>,
    /// What it has allocated itself, in bytes.
    pub self_size: f64,
    /// What it has allocated with all that it called, in bytes. What a function
    /// allocates while it calls itself counts once.
    pub total_size: f64,
    /// How many call sites it has in the profile.
    pub nodes: usize,
}

impl<'a> Row<'a> {
    fn of(frame: &'a CallFrame) -> Self {
        Self {
            function: frame::name(frame),
            url: &frame.url,
            script_id: frame.script_id.as_str(),
            line: frame::from_one(frame.line_number),
            column: frame::from_one(frame.column_number),
            self_size: 0.0,
            total_size: 0.0,
            nodes: 0,
        }
    }
}

impl<'a> Tree<'a> {
    /// The functions of the profile, the largest self size first, then the largest total.
    pub fn rows(&self) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::new();
        let mut known = HashMap::new();
        // The rows of the stack of the current node, and how often each is on it.
        let mut stack: Vec<usize> = Vec::new();
        let mut on_stack: Vec<usize> = Vec::new();
        for node in self.nodes() {
            for left in stack.drain(node.depth..) {
                on_stack[left] -= 1;
            }
            let row = *known.entry(Function::of(node.frame)).or_insert_with(|| {
                rows.push(Row::of(node.frame));
                on_stack.push(0);
                rows.len() - 1
            });
            rows[row].nodes += 1;
            rows[row].self_size += node.self_size;
            // Inside of itself it has been counted with the outermost call.
            if on_stack[row] == 0 {
                rows[row].total_size += node.total_size;
            }
            on_stack[row] += 1;
            stack.push(row);
        }
        sort(&mut rows);
        rows
    }
}

fn sort<'a>(rows: &mut [Row<'a>]) {
    rows.sort_by(|a, b| {
        let by_self = b.self_size.total_cmp(&a.self_size);
        let by_total = b.total_size.total_cmp(&a.total_size);
        let place = |row: &Row<'a>| (row.function, row.url, row.line, row.column);
        by_self.then(by_total).then_with(|| place(a).cmp(&place(b)))
    });
}
