//! The events that tell what becomes of sessions.

use crate::protocol::{inspector, node_worker, target};
use crate::{decode, DecodeError, Event};

/// What an event says about sessions.
#[derive(Debug)]
pub(super) enum Signal {
    Attached { session: String, target: String },
    Detached { session: String },
    TargetCrashed { target: String },
    TargetDestroyed { target: String },
    InspectorDetached { reason: String },
    InspectorCrashed,
    WorkerAttached { session: String },
    WorkerDetached { session: String },
    WorkerMessage { session: String, message: String },
}

impl Signal {
    /// Reads the event, if it is one of these.
    pub(super) fn read(method: &str, params: Option<&str>) -> Option<Result<Self, DecodeError>> {
        let params = params.unwrap_or("{}");
        Some(match method {
            target::AttachedToTargetEvent::METHOD => decode(params).map(Self::attached),
            target::DetachedFromTargetEvent::METHOD => decode(params).map(Self::detached),
            target::TargetCrashedEvent::METHOD => decode(params).map(Self::target_crashed),
            target::TargetDestroyedEvent::METHOD => decode(params).map(Self::target_destroyed),
            inspector::DetachedEvent::METHOD => decode(params).map(Self::inspector_detached),
            inspector::TargetCrashedEvent::METHOD => Ok(Self::InspectorCrashed),
            node_worker::AttachedToWorkerEvent::METHOD => decode(params).map(Self::worker_attached),
            node_worker::DetachedFromWorkerEvent::METHOD => {
                decode(params).map(Self::worker_detached)
            }
            node_worker::ReceivedMessageFromWorkerEvent::METHOD => {
                decode(params).map(Self::worker_message)
            }
            _ => return None,
        })
    }

    /// Whether it is about the session that it comes from, or about workers, whose
    /// names are those of that session.
    pub(super) fn is_about_sender(&self) -> bool {
        !matches!(
            self,
            Self::Attached { .. }
                | Self::Detached { .. }
                | Self::TargetCrashed { .. }
                | Self::TargetDestroyed { .. }
        )
    }

    fn attached(event: target::AttachedToTargetEvent) -> Self {
        Self::Attached {
            session: event.session_id.into(),
            target: event.target_info.target_id.into(),
        }
    }

    fn detached(event: target::DetachedFromTargetEvent) -> Self {
        Self::Detached {
            session: event.session_id.into(),
        }
    }

    fn target_crashed(event: target::TargetCrashedEvent) -> Self {
        Self::TargetCrashed {
            target: event.target_id.into(),
        }
    }

    fn target_destroyed(event: target::TargetDestroyedEvent) -> Self {
        Self::TargetDestroyed {
            target: event.target_id.into(),
        }
    }

    fn inspector_detached(event: inspector::DetachedEvent) -> Self {
        Self::InspectorDetached {
            reason: event.reason,
        }
    }

    fn worker_attached(event: node_worker::AttachedToWorkerEvent) -> Self {
        Self::WorkerAttached {
            session: event.session_id.into(),
        }
    }

    fn worker_detached(event: node_worker::DetachedFromWorkerEvent) -> Self {
        Self::WorkerDetached {
            session: event.session_id.into(),
        }
    }

    fn worker_message(event: node_worker::ReceivedMessageFromWorkerEvent) -> Self {
        Self::WorkerMessage {
            session: event.session_id.into(),
            message: event.message,
        }
    }
}
