//! What is on its way to the target.

/// What a writer is told.
#[derive(Debug)]
pub(crate) enum Outgoing {
    /// To write this frame.
    Frame(String),
    /// To end the connection.
    Close,
}
