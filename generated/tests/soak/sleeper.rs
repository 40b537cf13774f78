//! A writer that sleeps, and what comes meanwhile.

use cdp_heapprofiler::snapshot::{Captured, Progress};
use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::AsyncWrite;
use tokio::time::{sleep, Sleep};

/// How long it sleeps, before its first byte.
pub(crate) const SLEEP: Duration = Duration::from_secs(30);

/// A writer that sleeps, once, and keeps nothing.
#[derive(Debug, Default)]
pub(crate) struct Sleeper {
    slept: bool,
}

impl Write for Sleeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !std::mem::replace(&mut self.slept, true) {
            std::thread::sleep(SLEEP);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same for tasks: its sleep begins at the first write.
#[derive(Debug, Default)]
pub(crate) struct AsyncSleeper(Option<Pin<Box<Sleep>>>);

impl AsyncWrite for AsyncSleeper {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep(SLEEP)));
        if !sleep.is_elapsed() {
            std::task::ready!(sleep.as_mut().poll(context));
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// How far the capture was when the writer woke: the first progress with a write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waking(Arc<Mutex<Option<Progress>>>);

impl Waking {
    pub(crate) fn note(&self) -> impl FnMut(&Progress) + Send + 'static {
        let waking = self.0.clone();
        move |progress| {
            if progress.written > 0 {
                waking.lock().unwrap().get_or_insert(*progress);
            }
        }
    }

    /// Proves that the connection was read while the writer slept, and prints how much
    /// came.
    pub(crate) fn assert_read_meanwhile(&self, captured: &Captured) {
        let waking = self.0.lock().unwrap().expect("something was written");
        let (came, all) = (waking.bytes as f64 / 1e6, captured.bytes as f64 / 1e6);
        println!("  {came:.0} of {all:.0} MB came while the writer slept");
        assert!(waking.bytes > 10 * waking.written, "{waking:?}");
    }
}
