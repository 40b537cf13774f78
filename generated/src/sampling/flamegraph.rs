//! Flame graphs, drawn by `inferno`.

use std::io::{self, Write};

use super::collapsed::for_each_stack;
use super::Tree;
use inferno::flamegraph::color::{BasicPalette, Palette};
use inferno::flamegraph::{from_lines, Options, TextTruncateDirection};

/// A subtree is drawn if it is at least this part of the whole: a twentieth of a pixel
/// of a picture of 1200 pixels.
const DRAWN: f64 = 1.0 / 24_000.0;

/// What is drawn at the most, in bytes: beyond it, sizes are not exact, and adding them
/// up might overflow.
const MOST: u64 = 1 << 53;

/// Draws a profile as a flame graph, an SVG that a browser shows and lets one click
/// through. The width of a frame is what was allocated in it and in all that it called.
/// Equal profiles give equal pictures.
///
/// # Errors
/// Those of `out`; of the kind [`InvalidData`](io::ErrorKind::InvalidData) if there is
/// nothing in the profile to draw, or more than 2^53 bytes.
pub fn write_flamegraph(tree: &Tree<'_>, title: &str, out: impl Write) -> io::Result<()> {
    let mut lines = Vec::new();
    let mut total: u64 = 0;
    for_each_stack(tree, tree.total_size() * DRAWN, |stack, size| {
        lines.push(format!("{stack} {size}"));
        total = total.saturating_add(size);
        Ok(())
    })?;
    if !(1..=MOST).contains(&total) {
        let problem = format!("a profile of {total} bytes gives no flame graph");
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    let mut options = Options::default();
    title.clone_into(&mut options.title);
    options.count_name = "bytes".to_owned();
    options.colors = Palette::Basic(BasicPalette::Mem);
    options.hash = true;
    // A label begins with what matters.
    options.text_truncate_direction = TextTruncateDirection::Right;
    from_lines(&mut options, lines.iter().map(String::as_str), out)
}
