//! A browser of our own, with one page, driven through its pipes.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use cdp_heapprofiler::blocking::{Chromium, Session};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::protocol::target::{AttachToTarget, CreateTarget};
use cdp_heapprofiler::session::Error;
use cdp_heapprofiler::{Client, Options};

use crate::interrupt::Interrupt;
use crate::outcome::Failure;

/// How long a page may take to load.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser, which ends with this, and its profile, which goes with it.
pub(crate) struct Browser {
    chromium: Chromium,
    _profile: Profile,
}

impl Browser {
    pub(crate) fn launch(program: &str, arguments: &[String]) -> Result<Self, Failure> {
        let profile = Profile::new()?;
        let folder = format!("--user-data-dir={}", profile.0.display());
        let ours = ["--headless", "--no-first-run", &folder].map(str::to_owned);
        let all = ours.iter().chain(arguments);
        let chromium = Chromium::launch(program, all, Options::new()).map_err(|error| {
            let help = "is it a Chromium? As root it needs --browser-argument=--no-sandbox";
            Failure::Failed(format!("{program} cannot be used: {error}\n{help}"))
        })?;
        Ok(Self {
            chromium,
            _profile: profile,
        })
    }

    /// Opens a page, and waits until it has loaded.
    pub(crate) fn open(&self, url: &str, interrupt: &Interrupt) -> Result<Session, Failure> {
        let failed = |error| Failure::of(url, error);
        let browser = self.chromium.session();
        let page = browser.call(CreateTarget::new(url)).map_err(failed)?;
        let attach = AttachToTarget::new(page.target_id).flatten(true);
        let session = browser.session(browser.call(attach).map_err(failed)?.session_id);
        let end = Instant::now() + PATIENCE;
        loop {
            let state = match session.call(Evaluate::new(STATE).return_by_value(true)) {
                Ok(returns) => returns.result.value,
                // Between two documents there is nothing to ask.
                Err(Error::Protocol { .. }) => None,
                Err(error) => return Err(failed(error)),
            };
            match state.as_ref().map(|value| value.as_str()) {
                Some("\"failed\"") => return Err(Failure::of(url, "the page cannot be loaded")),
                Some("\"blank\"") if url == BLANK => return Ok(session),
                Some("\"complete\"") => return Ok(session),
                _ if interrupt.was_pressed() => return Err(Failure::of(url, "interrupted")),
                _ if end < Instant::now() => {
                    return Err(Failure::of(url, "the page does not finish loading"));
                }
                _ => thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

/// The page that a browser has without being asked for one.
pub(crate) const BLANK: &str = "about:blank";

/// What has become of the page.
const STATE: &str = "location.protocol === 'chrome-error:' ? 'failed' : \
    location.href === 'about:blank' ? 'blank' : document.readyState";

/// The folder of a browser's profile.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Result<Self, Failure> {
        let name = format!("heap-browser-{}", process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).map_err(|error| Failure::of(folder.display(), error))?;
        Ok(Self(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // The browser's last children may still be writing.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.0).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}
