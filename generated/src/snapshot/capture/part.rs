//! Files that are not whole yet: written beside, renamed at the end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::link::create_private;

/// The place of a file that is being written. It goes when this is dropped, unless it
/// was put into its place.
#[derive(Debug)]
pub(super) struct Part {
    beside: PathBuf,
    place: PathBuf,
}

impl Part {
    /// Makes a file beside the place, under a name that no whole file has, for this user
    /// alone.
    pub(super) fn create(place: &Path) -> io::Result<(Self, File)> {
        loop {
            let beside = beside(place)?;
            // Here and now: a file that another thread makes for a future may come after
            // the future is dropped.
            match create_private(&beside) {
                // Another process has it, or had it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                file => {
                    let place = place.to_owned();
                    return Ok((Self { beside, place }, file?));
                }
            }
        }
    }

    /// Puts the file into its place, over another one that is there.
    pub(super) fn put(self) -> io::Result<()> {
        fs::rename(&self.beside, &self.place)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may never have been made, or is in its place.
        let _ = fs::remove_file(&self.beside);
    }
}

fn beside(place: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = place
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a file needs a name"))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut part = name.to_owned();
    part.push(format!(".{}-{count}.part", std::process::id()));
    Ok(place.with_file_name(part))
}
