//! The protocol definition language to ir: the form in which the protocol itself is
//! written.

/// The files that a PDL file includes, as it names them.
pub(crate) fn includes(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(include)
}

/// What a line includes.
fn include(line: &str) -> Option<&str> {
    let path = line.trim_end().strip_prefix("include ")?.trim_start();
    (!path.is_empty()).then_some(path)
}
