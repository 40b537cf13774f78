//! Profiles in `.heapprofile` files.

use std::io::{self, Write};

use super::ReadError;
use crate::protocol::heap_profiler::{SamplingHeapProfile, SamplingHeapProfileNode};
use crate::{decode, encode};

/// Reads a profile from a `.heapprofile` file: of this crate, of Chrome DevTools, of
/// `node --heap-prof`, or of `v8.startHeapProfile()` of Node 26, which writes the ids of
/// scripts as numbers. It holds the whole text in memory meanwhile.
///
/// # Errors
/// [`ReadError::Io`] if reading fails or the file is not UTF-8, [`ReadError::Decode`] if
/// it is not a profile.
pub fn read_heapprofile(mut file: impl io::Read) -> Result<SamplingHeapProfile, ReadError> {
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(ReadError::Io)?;
    decode(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(ReadError::Decode)
}

/// Writes a profile as a `.heapprofile` file, which Chrome DevTools, VS Code and
/// [`read_heapprofile`] can open. Lines and columns count from 0 and ids of scripts are
/// strings, as in the protocol.
///
/// # Errors
/// Those of `file`; of the kind [`InvalidInput`](io::ErrorKind::InvalidInput) if a size is
/// no finite number, which no target says.
pub fn write_heapprofile(profile: &SamplingHeapProfile, file: impl Write) -> io::Result<()> {
    let mut file = io::BufWriter::new(file);
    file.write_all(b"{\"head\":")?;
    write_nodes(&profile.head, &mut file)?;
    if let Some(samples) = &profile.samples {
        file.write_all(b",\"samples\":[")?;
        for (index, sample) in samples.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let (size, ordinal) = (number(sample.size)?, number(sample.ordinal)?);
            let node = sample.node_id;
            write!(
                file,
                "{comma}{{\"size\":{size},\"nodeId\":{node},\"ordinal\":{ordinal}}}"
            )?;
        }
        file.write_all(b"]")?;
    }
    file.write_all(b"}")?;
    file.flush()
}

/// Writes a node with all below it. The nodes that are open wait in a list, since their
/// nesting knows no limit.
fn write_nodes(head: &SamplingHeapProfileNode, file: &mut impl Write) -> io::Result<()> {
    begin_node(head, file)?;
    let mut open = vec![head.children.iter()];
    let mut first = true;
    while let Some(siblings) = open.last_mut() {
        match siblings.next() {
            Some(node) => {
                if !first {
                    file.write_all(b",")?;
                }
                begin_node(node, file)?;
                open.push(node.children.iter());
                first = true;
            }
            None => {
                file.write_all(b"]}")?;
                open.pop();
                first = false;
            }
        }
    }
    Ok(())
}

/// Writes a node up to its children.
fn begin_node(node: &SamplingHeapProfileNode, file: &mut impl Write) -> io::Result<()> {
    let frame = &node.call_frame;
    write!(
        file,
        "{{\"callFrame\":{{\"functionName\":{},\"scriptId\":{},\"url\":{},\"lineNumber\":{},\"columnNumber\":{}}},\"selfSize\":{},",
        text(&frame.function_name)?,
        text(frame.script_id.as_str())?,
        text(&frame.url)?,
        frame.line_number,
        frame.column_number,
        number(node.self_size)?,
    )?;
    if let Some(id) = node.id {
        write!(file, "\"id\":{id},")?;
    }
    file.write_all(b"\"children\":[")
}

fn text(text: &str) -> io::Result<String> {
    encode(text).map_err(io::Error::other)
}

/// A number as JavaScript writes it, without a fraction if it has none.
fn number(number: f64) -> io::Result<String> {
    // Beyond 2^53, not every integer is a number.
    const BOUND: f64 = 9_007_199_254_740_992.0;
    if !number.is_finite() {
        let problem = format!("a profile with a size of {number} cannot be written");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
    }
    if number.fract() == 0.0 && number.abs() <= BOUND {
        return Ok(format!("{number:.0}"));
    }
    encode(&number).map_err(io::Error::other)
}
