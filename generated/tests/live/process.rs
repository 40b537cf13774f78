//! A process that ends with its owner: when the owner is dropped, and also when the
//! owner itself is killed. Without `unsafe` and without a pid that might be another's.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How many of the last lines of output are kept for messages.
const LINES_KEPT: usize = 40;

/// How long the last children may take to end. They are killed, or find that they are
/// alone; until then they may still write to their folder.
const END: Duration = Duration::from_secs(10);

/// The shell is the leader of a process group, and holds a leash: its standard input.
/// When the other end is closed, for whatever reason, it kills the process, waits until
/// that is gone, and kills what is left of the group.
const LEASHED: &str = r#""$0" "$@" </dev/null & exec >/dev/null 2>&1
read line; kill -KILL $!; wait; kill -KILL 0"#;

/// The descriptors of `--remote-debugging-pipe`: 3 is read from, 4 is written to.
/// The browser ends by itself at the end of 3.
const PIPED: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// A running process, with all that it started.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    leash: Option<ChildStdin>,
    output: Arc<Output>,
}

/// The ends of the pipe to a process that speaks through descriptors 3 and 4.
#[derive(Debug)]
pub(crate) struct Pipe {
    /// What is written here, the process reads.
    pub(crate) input: ChildStdin,
    /// What the process writes is read here.
    pub(crate) output: ChildStdout,
}

impl Process {
    /// Starts `program` on a leash.
    pub(crate) fn start(program: &str, arguments: &[String]) -> Result<Self, String> {
        let mut child = shell(LEASHED, program, arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program} cannot be started: {error}"))?;
        let output = Arc::new(Output::default());
        if let Some(stdout) = child.stdout.take() {
            Output::follow(&output, stdout);
        }
        if let Some(stderr) = child.stderr.take() {
            Output::follow(&output, stderr);
        }
        Ok(Self {
            leash: child.stdin.take(),
            child,
            output,
        })
    }

    /// Starts `program` with a pipe to its descriptors 3 and 4.
    pub(crate) fn start_piped(program: &str, arguments: &[String]) -> Result<(Self, Pipe), String> {
        let mut child = shell(PIPED, program, arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program} cannot be started: {error}"))?;
        let output = Arc::new(Output::default());
        if let Some(stderr) = child.stderr.take() {
            Output::follow(&output, stderr);
        }
        let (Some(input), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("{program} has no pipe"));
        };
        let pipe = Pipe {
            input,
            output: from,
        };
        let process = Self {
            child,
            leash: None,
            output,
        };
        Ok((process, pipe))
    }

    /// The first that `find` finds in a line of the output, old or new.
    pub(crate) fn wait_for<T>(
        &self,
        what: &str,
        limit: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T, String> {
        self.output.wait_for(what, limit, find)
    }

    /// The last lines of the output, for messages.
    pub(crate) fn output(&self) -> String {
        self.output.text()
    }

    /// Kills the process and all that it started, and waits for its end. The process
    /// has no chance to say anything more.
    pub(crate) fn kill(&mut self) {
        if self.leash.take().is_none() {
            // Its children are the browser's own, and end with it.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        self.output.wait_for_end(END);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn shell(script: &str, program: &str, arguments: &[String]) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(program).args(arguments);
    command.process_group(0);
    command
}

/// What a process prints, line by line, as it comes.
#[derive(Debug, Default)]
struct Output {
    state: Mutex<Lines>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    last: VecDeque<String>,
    open: usize,
}

impl Output {
    fn follow(output: &Arc<Self>, stream: impl Read + Send + 'static) {
        output.lock().open += 1;
        let output = Arc::clone(output);
        thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                let mut lines = output.lock();
                if lines.last.len() == LINES_KEPT {
                    lines.last.pop_front();
                }
                let line = String::from_utf8_lossy(&line);
                lines.last.push_back(line.trim_end().to_owned());
                output.changed.notify_all();
            }
            output.lock().open -= 1;
            output.changed.notify_all();
        });
    }

    fn wait_for<T>(
        &self,
        what: &str,
        limit: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T, String> {
        let start = Instant::now();
        let mut lines = self.lock();
        loop {
            if let Some(found) = lines.last.iter().find_map(|line| find(line)) {
                return Ok(found);
            }
            let left = limit.saturating_sub(start.elapsed());
            let why = if lines.open == 0 {
                "the process ended".to_owned()
            } else if left.is_zero() {
                format!("it took longer than {} s", limit.as_secs())
            } else {
                lines = match self.changed.wait_timeout(lines, left) {
                    Ok((lines, _)) => lines,
                    Err(poisoned) => poisoned.into_inner().0,
                };
                continue;
            };
            drop(lines);
            return Err(format!("no {what}: {why}; it printed:\n{}", self.text()));
        }
    }

    /// Waits until nobody is left who could print.
    fn wait_for_end(&self, limit: Duration) {
        let lines = self.lock();
        let still_open = |lines: &mut Lines| lines.open > 0;
        drop(self.changed.wait_timeout_while(lines, limit, still_open));
    }

    fn text(&self) -> String {
        let lines = self.lock();
        let lines: Vec<&str> = lines.last.iter().map(String::as_str).collect();
        lines.join("\n")
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Lines> {
        match self.state.lock() {
            Ok(lines) => lines,
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}
