//! The end of the reader of a connection.

use std::sync::Arc;

use super::hub::Hub;
use super::mailbox::Mailbox;
use super::outgoing::Outgoing;
use crate::session::Closed;

/// Ends the connection when its reader has ended, even if that was torn down.
#[derive(Debug)]
pub(crate) struct ReaderEnd {
    hub: Arc<Hub>,
    outgoing: Arc<Mailbox<Outgoing>>,
    reason: Closed,
}

impl ReaderEnd {
    pub(crate) fn new(hub: Arc<Hub>, outgoing: Arc<Mailbox<Outgoing>>) -> Self {
        Self {
            hub,
            outgoing,
            reason: Closed::Connection("its reader was torn down".to_owned()),
        }
    }

    /// Says how the reader has ended.
    pub(crate) fn tell(&mut self, reason: Closed) {
        self.reason = reason;
    }
}

impl Drop for ReaderEnd {
    fn drop(&mut self) {
        self.hub.close(self.reason.clone());
        self.outgoing.put(Outgoing::Close).now();
    }
}
