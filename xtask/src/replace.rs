//! Writes a temporary file and lets it take the place of its target.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// How often a temporary file is written again. Each time another run must have
/// begun just then, as a run sweeps only once.
const TURNS: usize = 100;

/// Makes a temporary file.
pub(crate) fn create(temporary: &Path) -> io::Result<File> {
    File::create_new(temporary)
}

/// Writes a temporary file, with the permissions of the target if that is there.
pub(crate) fn fill(mut file: File, target: &Path, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    match fs::metadata(target) {
        Ok(found) => file.set_permissions(found.permissions())?,
        Err(cause) if cause.kind() == ErrorKind::NotFound => {}
        Err(cause) => return Err(cause),
    }
    // A rename may reach the disk before what the file holds.
    file.sync_all()
}

/// Lets a temporary file take the place of its target. If another run has swept
/// it, it is written again.
pub(crate) fn rename(temporary: &Path, target: &Path, text: &str) -> io::Result<()> {
    for _ in 0..TURNS {
        match fs::rename(temporary, target) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                fill(create(temporary)?, target, text)?;
            }
            done => return done,
        }
    }
    fs::rename(temporary, target)
}
