//! How far it is: a bar on a terminal, elsewhere a line a second at the most.

use std::io::{self, IsTerminal, Read};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::layout::size;
use crate::outcome::say;

/// Shows progress on standard error, until it is dropped.
pub(crate) enum Progress {
    Bar(ProgressBar),
    Lines { last: Instant },
}

impl Progress {
    pub(crate) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self::Lines {
                last: Instant::now(),
            };
        }
        let bar = ProgressBar::new(0);
        bar.set_style(spinner());
        bar.enable_steady_tick(Duration::from_millis(100));
        Self::Bar(bar)
    }

    /// A part of a known whole.
    pub(crate) fn part(&mut self, what: &str, done: u64, total: u64) {
        match self {
            Self::Bar(bar) => {
                if bar.length() != Some(total) {
                    bar.set_length(total);
                    bar.set_style(style("{msg} {bar:40} {percent}%"));
                }
                bar.set_position(done);
                bar.set_message(what.to_owned());
            }
            Self::Lines { last } => {
                let percent = done as f64 * 100.0 / total.max(1) as f64;
                line(last, || format!("{what}: {percent:.0}%"));
            }
        }
    }

    /// Bytes of nobody knows how many.
    pub(crate) fn bytes(&mut self, what: &str, bytes: u64) {
        match self {
            Self::Bar(bar) => {
                if bar.length() != Some(u64::MAX) {
                    bar.set_length(u64::MAX);
                    bar.set_style(spinner());
                }
                bar.set_message(format!("{what}: {}", size(bytes)));
            }
            Self::Lines { last } => line(last, || format!("{what}: {}", size(bytes))),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn spinner() -> ProgressStyle {
    style("{spinner} {msg}")
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn line(last: &mut Instant, text: impl FnOnce() -> String) {
    if last.elapsed() >= Duration::from_secs(1) {
        *last = Instant::now();
        say(&text());
    }
}

/// A reader that shows how far it is.
pub(crate) struct Watched<R> {
    reader: R,
    progress: Progress,
    done: u64,
    total: u64,
}

impl<R> Watched<R> {
    pub(crate) fn new(reader: R, total: u64) -> Self {
        Self {
            reader,
            progress: Progress::new(),
            done: 0,
            total,
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.done += length as u64;
        self.progress.part("reading", self.done, self.total);
        Ok(length)
    }
}
