//! Collapsed stacks: one line per stack.

use std::collections::HashMap;
use std::io::{self, Write};

use super::frame::{label, whole, Function};
use super::Tree;
use crate::protocol::runtime::CallFrame;

/// Writes a profile as collapsed stacks, the text format of flame graph tools.
///
/// A line has the frames from the root on, with `;` between them, then a space and the
/// bytes that the innermost function has allocated itself. A frame is the name of the
/// function, and in parentheses the URL, the line and the column where it begins, both
/// from 1. A `;` in a name is written as `:`, line breaks and the like as spaces, and a
/// name or URL of more than 256 characters is cut. Every stack has one line; one that
/// has allocated nothing itself has none.
///
/// # Errors
/// Those of `out`.
pub fn write_collapsed(tree: &Tree<'_>, out: impl Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for_each_stack(tree, 0.0, |stack, size| writeln!(out, "{stack} {size}"))?;
    out.flush()
}

/// A stack as it is written. Frames that are written alike are the same.
struct Stack {
    label: usize,
    depth: usize,
    size: f64,
    children: Vec<usize>,
}

/// Gives all stacks that have allocated anything, as text, with their bytes. What is in
/// subtrees smaller than `smallest` bytes counts as their parent's own.
pub(super) fn for_each_stack(
    tree: &Tree<'_>,
    smallest: f64,
    mut each: impl FnMut(&str, u64) -> io::Result<()>,
) -> io::Result<()> {
    let (stacks, labels) = merge(tree, smallest);
    let mut text = String::new();
    // Where the text of each frame of the current stack begins.
    let mut begins: Vec<usize> = Vec::new();
    let mut ahead = vec![0];
    while let Some(index) = ahead.pop() {
        let stack = &stacks[index];
        if let Some(begin) = begins.get(stack.depth) {
            text.truncate(*begin);
            begins.truncate(stack.depth);
        }
        begins.push(text.len());
        if stack.depth > 0 {
            text.push(';');
        }
        text.push_str(&labels[stack.label]);
        let size = whole(stack.size);
        if size > 0 {
            each(&text, size)?;
        }
        ahead.extend(stack.children.iter().rev());
    }
    Ok(())
}

/// Makes one stack of those that are written alike.
fn merge(tree: &Tree<'_>, smallest: f64) -> (Vec<Stack>, Vec<String>) {
    let mut labels = Labels::default();
    let mut stacks: Vec<Stack> = Vec::new();
    let mut known: HashMap<(Option<usize>, usize), usize> = HashMap::new();
    // The stack of each node.
    let mut places: Vec<usize> = Vec::with_capacity(tree.nodes().len());
    for node in tree.nodes() {
        let parent = node.parent.map(|parent| places[parent]);
        if let Some(parent) = parent.filter(|_| node.total_size < smallest) {
            stacks[parent].size += node.self_size;
            places.push(parent);
            continue;
        }
        let label = labels.of(node.frame);
        let place = *known.entry((parent, label)).or_insert_with(|| {
            let place = stacks.len();
            let depth = parent.map_or(0, |parent| {
                stacks[parent].children.push(place);
                stacks[parent].depth + 1
            });
            stacks.push(Stack {
                label,
                depth,
                size: 0.0,
                children: Vec::new(),
            });
            place
        });
        stacks[place].size += node.self_size;
        places.push(place);
    }
    (stacks, labels.texts)
}

/// The labels of functions, each once.
#[derive(Default)]
struct Labels<'a> {
    texts: Vec<String>,
    by_text: HashMap<String, usize>,
    by_function: HashMap<Function<'a>, usize>,
}

impl<'a> Labels<'a> {
    fn of(&mut self, frame: &'a CallFrame) -> usize {
        let Self {
            texts,
            by_text,
            by_function,
        } = self;
        *by_function.entry(Function::of(frame)).or_insert_with(|| {
            let text = label(frame);
            *by_text.entry(text).or_insert_with_key(|text| {
                texts.push(text.clone());
                texts.len() - 1
            })
        })
    }
}
