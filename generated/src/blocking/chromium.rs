//! Starting a browser that is driven through its pipes.

use std::ffi::OsStr;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{over_pipe_with, Session};
use crate::link::Options;
use crate::protocol::target::GetTargets;
use crate::session::Error;
use crate::Client;

/// A Chromium that was started with `--remote-debugging-pipe`.
///
/// Nothing is dropped on a pipe, as it is on Chromium's WebSocket, since the browser
/// waits for its reader. The browser ends when this is dropped, and when this process
/// does, but not by itself at Ctrl-C on a terminal.
#[derive(Debug)]
pub struct Chromium {
    child: Child,
    session: Session,
}

/// What gives the browser its pipes as the file descriptors 3 and 4: the standard
/// library can only give 0 and 1 to a child.
const SCRIPT: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// How long the browser may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

impl Chromium {
    /// Starts a browser, such as `chromium`, with these arguments besides
    /// `--remote-debugging-pipe`. It should have a `--user-data-dir` of its own.
    ///
    /// # Errors
    /// `NotFound` if there is no such program; other errors if it ends at once, or does not
    /// answer within the deadline of the options.
    pub fn launch<A: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = A>,
        options: Options,
    ) -> io::Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", SCRIPT])
            .arg(program)
            .arg("--remote-debugging-pipe")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Ctrl-C on the terminal is for this program, which may still need it.
            .process_group(0)
            .spawn()?;
        let pipes = child.stdout.take().zip(child.stdin.take());
        let (reader, writer) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        let session = over_pipe_with(reader, writer, options)?;
        let mut chromium = Self { child, session };
        match chromium.session.call(GetTargets::new()) {
            Ok(_) => Ok(chromium),
            Err(error) => Err(chromium.failed(&error)),
        }
    }

    /// The session of the browser, which has no heap of its own: attach to a target
    /// with `Target.attachToTarget`, flat, and use [`Session::session`].
    pub fn session(&self) -> &Session {
        &self.session
    }

    fn failed(&mut self, error: &Error) -> io::Error {
        match self.wait() {
            // What a shell says of a program that is not there.
            Some(status) if status.code() == Some(127) => {
                io::Error::new(io::ErrorKind::NotFound, "there is no such program")
            }
            Some(status) => io::Error::other(format!("the browser has ended: {status}")),
            None => io::Error::other(format!("the browser does not answer: {error}")),
        }
    }

    /// Waits a little for the browser to end.
    fn wait(&mut self) -> Option<std::process::ExitStatus> {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.child.try_wait() {
                Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(10)),
                Ok(status) => return status,
                Err(_) => return None,
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It ends in good order when its pipe does.
        self.session.close();
        if self.wait().is_none() {
            // Whatever fails here, there is nothing left to be done.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
