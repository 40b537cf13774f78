//! What the trials of captures have in common.

use super::super::commands::subject::{Subject, SILENCE};
use super::super::commands::Outcome;
use super::super::folder::Temporary;
use cdp_heapprofiler::protocol::heap_profiler::TakeHeapSnapshot;
use cdp_heapprofiler::snapshot::{self, Capture, Captured, Progress, SnapshotCommand, Summary};
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A capture with a summary, and with time for a loaded machine.
pub(super) fn capture<C: SnapshotCommand>(command: C) -> Capture<C> {
    let capture = Capture::new(command).summarize();
    capture.first_idle(SILENCE).idle(SILENCE)
}

/// A capture that tells how far the target has come.
pub(super) fn telling() -> Capture<TakeHeapSnapshot> {
    capture(TakeHeapSnapshot::new().report_progress(true))
}

/// A heap whose snapshot takes a while: many objects, though small.
pub(super) fn fill(subject: &Subject) -> Outcome<()> {
    let objects = "for (let i = 0; i < 400000; i++) kept.push({ i }); kept.length";
    subject.value(objects).map(drop)
}

/// The summary of what was captured, which has all the leaked objects.
pub(super) fn leak(captured: &Captured) -> &Summary {
    let facts = captured.facts.as_ref().expect("it was verified");
    assert_eq!(facts.bytes, captured.bytes);
    let summary = facts.summary.as_ref().expect("it was asked for");
    assert_eq!(summary.constructor("LeakedOrder").count, 300);
    summary
}

/// A place for a file, in a folder of its own.
pub(super) struct Place {
    folder: Temporary,
}

const NAME: &str = "a.heapsnapshot";

impl Place {
    pub(super) fn new() -> Outcome<Self> {
        let folder = Temporary::new()?;
        Ok(Self { folder })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join(NAME)
    }

    /// Proves that the file is there, whole, and alone, and has all the leaked objects.
    pub(super) fn holds(&self, captured: &Captured) -> Outcome<()> {
        assert_eq!(&self.whole(captured)?, leak(captured));
        Ok(())
    }

    /// Proves that the file is there, whole, and alone.
    pub(super) fn whole(&self, captured: &Captured) -> Outcome<Summary> {
        assert_eq!(self.names()?, [NAME]);
        let (facts, summary) = snapshot::summarize(File::open(self.path())?)?;
        assert_eq!(facts.bytes, captured.bytes);
        Ok(summary)
    }

    pub(super) fn is_empty(&self) -> Outcome<()> {
        assert!(self.names()?.is_empty(), "{:?}", self.names());
        Ok(())
    }

    /// Puts a file there that is to be kept.
    pub(super) fn put_older(&self) -> Outcome<()> {
        Ok(fs::write(self.path(), "older")?)
    }

    pub(super) fn has_older(&self) -> Outcome<()> {
        assert_eq!(self.names()?, [NAME]);
        assert_eq!(fs::read(self.path())?, b"older");
        Ok(())
    }

    pub(super) fn names(&self) -> Outcome<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder.path())? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        Ok(names)
    }
}

/// All that a capture has told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told(Arc<Mutex<Vec<Progress>>>);

impl Told {
    pub(super) fn note(&self) -> impl FnMut(&Progress) + Send + 'static {
        let told = self.0.clone();
        move |progress| told.lock().expect("nobody panics").push(*progress)
    }

    pub(super) fn all(&self) -> Vec<Progress> {
        self.0.lock().expect("nobody panics").clone()
    }

    /// Proves that it only went on, and to the end.
    pub(super) fn goes_to_the_end(&self, captured: &Captured) {
        let all = self.all();
        for pair in all.windows(2) {
            let [before, after] = [pair[0], pair[1]];
            assert!(before.done <= after.done, "{pair:?}");
            assert!(before.chunks <= after.chunks, "{pair:?}");
            assert!(before.bytes <= after.bytes, "{pair:?}");
            assert!(before.written <= after.written, "{pair:?}");
        }
        assert!(all.iter().all(|each| each.written <= each.bytes));
        let last = all.last().expect("something was told");
        assert!(last.done.is_some_and(|done| done > 0), "{last:?}");
        assert_eq!(last.done, last.total, "{last:?}");
        assert_eq!(last.chunks, captured.chunks);
        assert_eq!([last.bytes, last.written], [captured.bytes; 2]);
    }
}

/// Where a capture is to be interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// The heap is being walked.
    BeforeFirstChunk,
    /// Chunks are coming.
    AfterFirstChunk,
}

impl Moment {
    pub(super) const ALL: [Self; 2] = [Self::BeforeFirstChunk, Self::AfterFirstChunk];

    pub(super) fn has_come(self, progress: &Progress) -> bool {
        match self {
            Self::BeforeFirstChunk => progress.done.is_some(),
            Self::AfterFirstChunk => progress.chunks > 0,
        }
    }
}
