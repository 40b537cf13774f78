//! A queue between a reader and whoever waits, be it a thread or a task.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
#[cfg(feature = "tokio")]
use std::task::{Context, Poll};
#[cfg(any(feature = "blocking", feature = "pipe"))]
use std::time::Instant;

/// A queue. Putting never waits; taking waits in a thread or in a task.
#[derive(Debug)]
pub(crate) struct Mailbox<T> {
    state: Mutex<State<T>>,
    ready: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    waker: Option<Waker>,
}

impl<T> Mailbox<T> {
    pub(crate) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                items: VecDeque::new(),
                waker: None,
            }),
            ready: Condvar::new(),
        }
    }

    pub(crate) fn put(&self, item: T) -> Wake {
        self.change(|items| items.push_back(item))
    }

    /// Changes the queue, and wakes the threads that wait.
    pub(crate) fn change(&self, change: impl FnOnce(&mut VecDeque<T>)) -> Wake {
        let mut state = self.lock();
        change(&mut state.items);
        let waker = state.waker.take();
        drop(state);
        self.ready.notify_all();
        Wake(waker)
    }

    pub(crate) fn try_take(&self) -> Option<T> {
        self.lock().items.pop_front()
    }

    /// Waits in this thread, until `end` at the longest; for ever without one.
    #[cfg(any(feature = "blocking", feature = "pipe"))]
    pub(crate) fn take_until(&self, end: Option<Instant>) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.items.pop_front() {
                return Some(item);
            }
            state = match end {
                None => ignore_poison(self.ready.wait(state)),
                Some(end) => {
                    let left = end.checked_duration_since(Instant::now())?;
                    ignore_poison(self.ready.wait_timeout(state, left)).0
                }
            };
        }
    }

    /// Waits in a task; the last one that asked is woken.
    #[cfg(feature = "tokio")]
    pub(crate) fn poll_take(&self, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.lock();
        if let Some(item) = state.items.pop_front() {
            return Poll::Ready(item);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        ignore_poison(self.state.lock())
    }
}

/// A task that is to be woken when no lock is held: to wake it may be to drop it, and
/// what it holds takes locks as it goes.
#[derive(Debug)]
#[must_use]
pub(crate) struct Wake(pub(super) Option<Waker>);

impl Wake {
    pub(crate) fn now(self) {
        if let Some(waker) = self.0 {
            waker.wake();
        }
    }
}

/// The tasks that are to be woken.
#[derive(Debug, Default)]
pub(crate) struct Wakes(Vec<Waker>);

impl Wakes {
    pub(super) fn owe(&mut self, wake: Wake) {
        self.0.extend(wake.0);
    }

    pub(super) fn now(self) {
        self.0.into_iter().for_each(Waker::wake);
    }
}

/// What a lock guards here is whole between any two statements, so a panic of another
/// thread is no reason to stop.
pub(crate) fn ignore_poison<T>(result: Result<T, PoisonError<T>>) -> T {
    result.unwrap_or_else(PoisonError::into_inner)
}
