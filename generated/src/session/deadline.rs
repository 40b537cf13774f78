//! How long a command may take.

use std::time::{Duration, Instant};

/// How long to wait for the reply to a command.
///
/// The idle limit counts from the last frame of the command's session, whatever the
/// frame holds: a target that is sending a heap snapshot for minutes is not late. The
/// total limit counts from the sending of the command. It is for the target that
/// keeps sending events but will never reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    idle: Duration,
    total: Duration,
}

impl Deadline {
    /// Ends a command after this long without any frame of its session, and in any case
    /// after an hour, or after this long if that is longer.
    pub const fn idle(limit: Duration) -> Self {
        const HOUR: Duration = Duration::from_secs(60 * 60);
        Self {
            idle: limit,
            total: if limit.as_secs() < HOUR.as_secs() {
                HOUR
            } else {
                limit
            },
        }
    }

    /// Sets the total limit. `Duration::MAX` is none.
    pub const fn total(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }

    /// When a command is late that was sent and last fed at these times, and which
    /// of the limits it is that it breaks; `None` if it is never late.
    pub(super) fn due(self, sent: Instant, fed: Instant) -> Option<Due> {
        let idle = fed.checked_add(self.idle);
        let total = sent.checked_add(self.total);
        match (idle, total) {
            (Some(at), Some(total)) if total < at => Some(Due::total(total)),
            (Some(at), _) => Some(Due { at, idle: true }),
            (None, total) => total.map(Due::total),
        }
    }
}

impl Default for Deadline {
    /// A minute without any frame, an hour in total.
    fn default() -> Self {
        Self::idle(Duration::from_secs(60))
    }
}

/// The time at which a command is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) at: Instant,
    /// Whether it is the idle limit that ends then.
    pub(super) idle: bool,
}

impl Due {
    fn total(at: Instant) -> Self {
        Self { at, idle: false }
    }
}
