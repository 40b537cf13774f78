//! What targets do otherwise than the others, as data. A trial asks whether a
//! deviation is to be expected, and fails when the target does otherwise, either way.

use super::super::table::Note;
use super::super::target::Kind;

/// What some targets do otherwise. The notes below the table come in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deviation {
    NeverCollects,
    IgnoresStackDepth,
    EchoesRequest,
    AlwaysCapturesNumbers,
    IgnoresExposeInternals,
    NoTimestamp,
    StatsAtStopOnly,
    ProgressSaysUnfinished,
    NeverResets,
}

impl Deviation {
    const ALL: [Self; 9] = [
        Self::NeverCollects,
        Self::IgnoresStackDepth,
        Self::EchoesRequest,
        Self::AlwaysCapturesNumbers,
        Self::IgnoresExposeInternals,
        Self::StatsAtStopOnly,
        Self::NoTimestamp,
        Self::ProgressSaysUnfinished,
        Self::NeverResets,
    ];

    /// Whether it is to be expected of a target, by its kind and major version.
    pub(crate) fn is_of(self, kind: Kind, major: u32) -> bool {
        use Kind::{Chromium, ChromiumPipe, Deno, Node, Node22, Node24, Node26, Workerd};
        let is_node = matches!(kind, Node | Node22 | Node24 | Node26);
        match self {
            Self::NeverCollects | Self::EchoesRequest | Self::ProgressSaysUnfinished => {
                kind == Workerd
            }
            Self::IgnoresStackDepth => is_node && major < 26,
            Self::StatsAtStopOnly | Self::NoTimestamp => matches!(kind, Deno | Workerd),
            Self::AlwaysCapturesNumbers | Self::IgnoresExposeInternals => !is_node,
            Self::NeverResets => !matches!(kind, Chromium | ChromiumPipe),
        }
    }

    /// The rows of the table that it concerns.
    fn rows(self) -> &'static [&'static str] {
        match self {
            Self::NeverCollects => &["collectGarbage"],
            Self::IgnoresStackDepth => &["startSampling"],
            Self::EchoesRequest | Self::AlwaysCapturesNumbers | Self::IgnoresExposeInternals => {
                &["takeHeapSnapshot"]
            }
            Self::StatsAtStopOnly => &["heapStatsUpdate", "lastSeenObjectId"],
            Self::NoTimestamp => &["lastSeenObjectId"],
            Self::ProgressSaysUnfinished => &["reportHeapSnapshotProgress"],
            Self::NeverResets => &["resetProfiles"],
        }
    }

    /// Whether the command or event does nothing then that is of use.
    fn is_absence(self) -> bool {
        matches!(self, Self::NeverCollects | Self::NeverResets)
    }

    fn text(self) -> &'static str {
        match self {
            Self::NeverCollects => "never replies, and collects nothing",
            Self::IgnoresStackDepth => "ignores `stackDepth`: it is 128",
            Self::EchoesRequest => {
                "replies with the request instead of a result, which the clients take for success"
            }
            Self::AlwaysCapturesNumbers => {
                "numbers have their values even without `captureNumericValue`"
            }
            Self::IgnoresExposeInternals => "`exposeInternals` makes no difference",
            Self::StatsAtStopOnly => "comes once, when tracking stops",
            Self::NoTimestamp => "the timestamp is 0",
            Self::ProgressSaysUnfinished => "says `finished: false` in all but the last",
            Self::NeverResets => "never comes: there are no pages whose process could change",
        }
    }
}

/// The notes to a row of the table.
pub(super) fn notes(row: &str, kind: Kind, major: u32) -> Vec<Note> {
    let numbered = Deviation::ALL.into_iter().enumerate();
    numbered
        .filter(|(_, deviation)| deviation.is_of(kind, major) && deviation.rows().contains(&row))
        .map(|(index, deviation)| Note {
            number: index + 1,
            text: deviation.text(),
            is_absence: deviation.is_absence(),
        })
        .collect()
}
