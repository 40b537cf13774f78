//! The target, and what is common to working with one.

use std::time::{Duration, Instant};

use cdp_heapprofiler::blocking::{self, Events, Session};
use cdp_heapprofiler::protocol::runtime::{Evaluate, RunIfWaitingForDebugger};
use cdp_heapprofiler::session::Deadline;
use cdp_heapprofiler::{Client, Incoming};

use crate::browser::{Browser, BLANK};
use crate::cli;
use crate::interrupt::Interrupt;
use crate::outcome::Failure;
use crate::progress::Progress;

/// A target that is connected to.
pub(crate) struct Target {
    pub(crate) session: Session,
    address: String,
    browser: Option<Browser>,
}

impl Target {
    /// Connects. Until something else is said, Ctrl-C ends the connection.
    pub(crate) fn connect(which: &cli::Target, interrupt: &Interrupt) -> Result<Self, Failure> {
        let target = match which.pipe.as_deref() {
            Some([program, rest @ ..]) => {
                interrupt.waits();
                let browser = Browser::launch(program, &which.browser_argument)?;
                let url = rest.first().map_or(BLANK, String::as_str);
                Self {
                    session: browser.open(url, interrupt)?,
                    address: program.clone(),
                    browser: Some(browser),
                }
            }
            _ => Self {
                session: blocking::connect(&which.address)
                    .map_err(|error| Failure::unreachable(&which.address, &error))?,
                address: which.address.clone(),
                browser: None,
            },
        };
        interrupt.closes(&target.session);
        match interrupt.was_pressed() {
            true => Err(target.failed("interrupted")),
            false => Ok(target),
        }
    }

    /// Lets a program begin that waits for it, as with `node --inspect-wait`.
    pub(crate) fn let_run(&self) -> Result<(), Failure> {
        let run = self.session.call(RunIfWaitingForDebugger::new());
        run.map(drop).map_err(|error| self.failed(error))
    }

    /// What the target is called in names of files: its process id, or its port.
    pub(crate) fn name(&self) -> String {
        if self.browser.is_some() {
            return "page".to_owned();
        }
        // It may be busy. Its name is not worth a long wait.
        let hasty = Deadline::idle(Duration::from_secs(5));
        let session = self.session.with_deadline(hasty);
        let pid = session.call(Evaluate::new(PID).return_by_value(true));
        let pid = pid.ok().and_then(|returns| returns.result.value);
        let pid = pid.and_then(|value| value.as_str().parse::<u64>().ok());
        pid.map_or_else(|| port(&self.address), |pid| pid.to_string())
    }

    /// A failure in dealing with the target.
    pub(crate) fn failed(&self, error: impl std::fmt::Display) -> Failure {
        Failure::of(&self.address, error)
    }

    /// Waits for so long, for Ctrl-C, or for the end of the target, whichever is first.
    pub(crate) fn wait(
        &self,
        events: &mut Events,
        limit: Duration,
        interrupt: &Interrupt,
        mut tell: impl FnMut(&Incoming) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut progress = Progress::new();
        let begin = Instant::now();
        while !interrupt.was_pressed() {
            let passed = begin.elapsed();
            let Some(left) = limit.checked_sub(passed).filter(|left| !left.is_zero()) else {
                break;
            };
            let total = limit.as_millis().try_into().unwrap_or(u64::MAX);
            let done = passed.as_millis().try_into().unwrap_or(total);
            progress.part("waiting", done, total);
            match events.next_within(left.min(Duration::from_millis(100))) {
                Some(Incoming::Closed(reason)) => return Err(self.failed(reason)),
                Some(incoming) => tell(&incoming)?,
                None => {}
            }
        }
        Ok(())
    }
}

const PID: &str = "typeof process === 'object' && process ? process.pid : undefined";

/// The port in an address or a URL; what comes before it can be no part of a name.
fn port(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let port = authority.rsplit(':').next().unwrap_or(authority);
    port.chars().filter(char::is_ascii_alphanumeric).collect()
}
