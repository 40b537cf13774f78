//! What can be chosen about a client.

use std::time::Duration;

use crate::session::Deadline;

/// What can be chosen about a client; the default suits heap profiling.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) deadline: Deadline,
    pub(crate) connect_timeout: Duration,
    pub(crate) message_limit: usize,
    pub(crate) event_memory: usize,
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Self {
            deadline: Deadline::default(),
            connect_timeout: Duration::from_secs(10),
            message_limit: 1 << 30,
            event_memory: 64 << 20,
        }
    }

    /// Sets how long commands may take that are not given a deadline of their own:
    /// without this, a minute without any frame and an hour in total.
    pub fn deadline(mut self, deadline: Deadline) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets how long each step of connecting may take, and the writing of a command:
    /// without this, 10 seconds.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets how large a message may be, in bytes; a larger one ends the connection.
    /// Without this, 1 GiB: profiles of tens of megabytes are common.
    pub fn message_limit(mut self, bytes: usize) -> Self {
        self.message_limit = bytes;
        self
    }

    /// Sets how many bytes of events may wait for each of their consumers; what comes
    /// beyond is dropped and told as missed. Without this, 64 MiB.
    pub fn event_memory(mut self, bytes: usize) -> Self {
        self.event_memory = bytes;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
