//! What the clients have in common: where the reader of a connection, the callers of
//! commands and the consumers of events meet.

mod hub;
mod incoming;
mod inflow;
mod mailbox;
mod options;
mod outgoing;
mod private_file;
mod reader_end;
mod spool;

pub(crate) use hub::{Hub, Ticket};
pub(crate) use incoming::Queue;
pub use incoming::{Incoming, Missed, RawEvent};
pub(crate) use inflow::Inflow;
#[cfg(feature = "blocking")]
pub(crate) use mailbox::ignore_poison;
pub(crate) use mailbox::Mailbox;
pub use options::Options;
pub(crate) use outgoing::Outgoing;
pub(crate) use private_file::create_private;
pub(crate) use reader_end::ReaderEnd;
pub(crate) use spool::{Spool, SpoolFailure, SpoolLimits, Taken};
