//! Changes the disk so that every file is either old or new, whole, whenever
//! the run is killed, and that the next run mends the rest.
//!
//! Runs may be under way at once. None can tell the temporary files of another
//! from those of a run that was killed: process ids are used again, clocks
//! differ, and a machine may sleep for hours within a run. So a run sweeps all
//! that it found when it began, and one whose temporary file was swept writes it
//! again. What another run has made or removed already is no error.

use std::fs;
use std::io::{self, ErrorKind};

use crate::tree::{Change, Plan, parent, temporary};
use crate::{Error, Place, replace};

/// What is about to be done, with the path below the directory of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A temporary file that was there before this run is removed.
    Sweep(&'a str),
    /// A directory is made, unless it is there.
    CreateDirectory(&'a str),
    /// A temporary file is written beside this one and synced.
    Write(&'a str),
    /// The temporary file takes the place of this one.
    Rename(&'a str),
    /// A file that is no longer part of the output is removed.
    Remove(&'a str),
}

/// Is told of each step before it is taken; its error is that of the step.
pub type Watch<'a> = dyn FnMut(Step<'_>) -> io::Result<()> + 'a;

/// Carries out a plan. Nothing takes its place before everything is written;
/// files that the plan does not change are not touched.
///
/// # Errors
/// If a step fails. Before the first rename nothing but leftovers of other runs
/// has changed then, and no temporary file of this one is left; after it, some
/// files are new and the others old.
pub fn apply(plan: &Plan, out: &Place, watch: &mut Watch<'_>) -> Result<(), Error> {
    for path in &plan.leftovers {
        watch(Step::Sweep(path))
            .and_then(|()| unless(ErrorKind::NotFound, fs::remove_file(out.path(path))))
            .map_err(|cause| Error::io("remove", out.show(path), cause))?;
    }
    let mut staged = Staged::default();
    let done = stage(plan, out, watch, &mut staged).and_then(|()| commit(out, watch, &mut staged));
    if let Err(error) = done {
        staged.withdraw(out);
        return Err(error);
    }
    remove(plan, out, watch)
}

/// What has been made and has not taken its place yet.
#[derive(Default)]
struct Staged<'a> {
    /// Directories that were not there, parents first.
    directories: Vec<String>,
    /// Temporary files, in the order of their renames.
    files: Vec<Temporary<'a>>,
}

/// A temporary file, its target and what both are to hold. Paths are below the
/// directory of the output.
struct Temporary<'a> {
    path: String,
    target: &'a str,
    text: &'a str,
}

impl Staged<'_> {
    /// Takes back what can be taken back. The error that led here is the one
    /// to report: whatever this leaves behind, the next run sweeps.
    fn withdraw(&self, out: &Place) {
        for temporary in &self.files {
            let _ = fs::remove_file(out.path(&temporary.path));
        }
        for directory in self.directories.iter().rev() {
            let _ = fs::remove_dir(out.path(directory));
        }
    }
}

fn stage<'a>(
    plan: &'a Plan,
    out: &Place,
    watch: &mut Watch<'_>,
    staged: &mut Staged<'a>,
) -> Result<(), Error> {
    // A file that nothing mentions yet does no harm: new files come first.
    let created = |change: &Change| matches!(change, Change::Create { .. });
    let updated = |change: &Change| matches!(change, Change::Update { .. });
    let first = plan.changes.iter().filter(|(_, change)| created(change));
    let then = plan.changes.iter().filter(|(_, change)| updated(change));
    for (path, change) in first.chain(then) {
        create_directories(parent(path), out, watch, staged)?;
        write(path, change.after(), out, watch, staged)?;
    }
    Ok(())
}

fn create_directories(
    path: &str,
    out: &Place,
    watch: &mut Watch<'_>,
    staged: &mut Staged<'_>,
) -> Result<(), Error> {
    if !out.path("").exists() {
        let made = watch(Step::CreateDirectory("")).and_then(|()| fs::create_dir_all(out.path("")));
        made.map_err(|cause| Error::io("create", out.show(""), cause))?;
        staged.directories.push(String::new());
    }
    let slashes = path.match_indices('/').map(|(at, _)| at);
    for end in slashes.chain([path.len()]) {
        let part = &path[..end];
        if !out.path(part).exists() {
            watch(Step::CreateDirectory(part))
                .and_then(|()| unless(ErrorKind::AlreadyExists, fs::create_dir(out.path(part))))
                .map_err(|cause| Error::io("create", out.show(part), cause))?;
            staged.directories.push(part.to_owned());
        }
    }
    Ok(())
}

fn write<'a>(
    target: &'a str,
    text: &'a str,
    out: &Place,
    watch: &mut Watch<'_>,
    staged: &mut Staged<'a>,
) -> Result<(), Error> {
    let path = temporary(target, staged.files.len());
    let fail = |cause| Error::io("write", out.show(target), cause);
    watch(Step::Write(target))
        .and_then(|()| replace::create(&out.path(&path)))
        .and_then(|file| {
            staged.files.push(Temporary { path, target, text });
            replace::fill(file, &out.path(target), text)
        })
        .map_err(fail)
}

fn commit(out: &Place, watch: &mut Watch<'_>, staged: &mut Staged<'_>) -> Result<(), Error> {
    let mut files = std::mem::take(&mut staged.files).into_iter();
    while let Some(file) = files.next() {
        let Temporary { path, target, text } = &file;
        let renamed = watch(Step::Rename(target))
            .and_then(|()| replace::rename(&out.path(path), &out.path(target), text));
        if let Err(cause) = renamed {
            let error = Error::unfinished("replace", out.show(target), cause);
            staged.files = std::iter::once(file).chain(files).collect();
            return Err(error);
        }
    }
    Ok(())
}

fn remove(plan: &Plan, out: &Place, watch: &mut Watch<'_>) -> Result<(), Error> {
    for (path, change) in &plan.changes {
        if let Change::Remove { .. } = change {
            watch(Step::Remove(path))
                .and_then(|()| unless(ErrorKind::NotFound, fs::remove_file(out.path(path))))
                .map_err(|cause| Error::unfinished("remove", out.show(path), cause))?;
            remove_empty_directories(parent(path), out);
        }
    }
    Ok(())
}

/// Git knows no empty directory, and no error worth stopping for hides here.
fn remove_empty_directories(mut path: &str, out: &Place) {
    while !path.is_empty() && fs::remove_dir(out.path(path)).is_ok() {
        path = parent(path);
    }
}

/// The error of a step, unless it says that another run took the step before.
fn unless(taken: ErrorKind, result: io::Result<()>) -> io::Result<()> {
    result.or_else(|cause| match cause.kind() {
        kind if kind == taken => Ok(()),
        _ => Err(cause),
    })
}
