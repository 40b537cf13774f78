//! Real targets: where they are, and processes that end with the test.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// How long a target may take to start: long, for a loaded machine.
const START: Duration = Duration::from_secs(60);

/// A target that can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The `node` of `PATH`.
    Node,
    Node22,
    Node24,
    Node26,
    Chromium,
}

impl Kind {
    /// The name in `CDP_LIVE_REQUIRE`.
    fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Node22 => "node22",
            Self::Node24 => "node24",
            Self::Node26 => "node26",
            Self::Chromium => "chromium",
        }
    }

    fn executable(self) -> Option<PathBuf> {
        match self {
            Self::Node | Self::Chromium => in_path(self.name()),
            Self::Node22 | Self::Node24 | Self::Node26 => installed(self.name()),
        }
    }

    /// Starts the target; `None` if it is not there, and need not be, or if the
    /// `node` of `PATH` is none that the documents speak of.
    pub(crate) fn start(self) -> Option<Target> {
        let name = self.name();
        let Some(executable) = self.executable() else {
            let required = env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
            let mut required = required.split(',').map(str::trim);
            let is_required = required.any(|required| required == "all" || required == name);
            assert!(
                !is_required,
                "CDP_LIVE_REQUIRE names {name}, which is not there"
            );
            eprintln!("skipped: {name} is not there");
            return None;
        };
        if let (Self::Node, Some(version)) = (self, version_of_others(&executable)) {
            eprintln!("skipped: the documents do not speak of Node {version}");
            return None;
        }
        // Short, as the browser puts a socket there, whose path may not be long.
        let scratch = env::temp_dir().join(format!("verify-{}-{name}", std::process::id()));
        let arguments: Vec<String> = match self {
            Self::Chromium => [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                &format!("--user-data-dir={}/profile", scratch.display()),
                "about:blank",
            ]
            .map(str::to_owned)
            .to_vec(),
            _ => ["--inspect=127.0.0.1:0", "-e", "setInterval(() => {}, 1e6)"]
                .map(str::to_owned)
                .to_vec(),
        };
        Some(Target::start(&executable, &arguments, scratch))
    }
}

/// The shell is the leader of a process group, and holds a leash: its standard input.
/// When the other end is closed, for whatever reason, it kills the process, waits until
/// that is gone, and kills what is left of the group.
const LEASHED: &str = r#""$0" "$@" </dev/null & exec >/dev/null 2>&1
read line; kill -KILL $!; wait; kill -KILL 0"#;

/// A target that runs. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Target {
    /// What `verify` takes: `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    child: Child,
    leash: Option<ChildStdin>,
    /// Where the target has its profile and its temporary files: one that is killed
    /// removes none of them.
    scratch: PathBuf,
}

impl Target {
    fn start(executable: &Path, arguments: &[String], scratch: PathBuf) -> Self {
        fs::create_dir_all(&scratch).unwrap();
        let mut child = Command::new("sh")
            .args(["-c", LEASHED])
            .arg(executable)
            .args(arguments)
            .env("TMPDIR", &scratch)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().unwrap();
        let (sender, lines) = mpsc::channel();
        // To the end, so that the target never waits for a reader.
        thread::spawn(move || {
            for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
            }
        });
        // Made before anything can fail: it ends the process.
        let mut target = Self {
            url: String::new(),
            leash: child.stdin.take(),
            child,
            scratch,
        };
        let end = Instant::now() + START;
        let mut printed = String::new();
        while target.url.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = lines.recv_timeout(left) else {
                panic!("{} did not start:\n{printed}", executable.display());
            };
            if let Some((_, address)) = line.split_once("ws://") {
                let address = address.split('/').next().unwrap_or_default();
                target.url = format!("http://{address}");
            }
            printed += &format!("{line}\n");
        }
        target
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        drop(self.leash.take());
        let _ = self.child.wait();
        // Its last children may still be writing there.
        for _ in 0..100 {
            if fs::remove_dir_all(&self.scratch).is_ok() || !self.scratch.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The version of a Node, if it is another than those of which the documents say
/// what they have.
fn version_of_others(node: &Path) -> Option<String> {
    let output = Command::new(node).arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let known = ["v20.", "v22.", "v24.", "v26."];
    let known = known.iter().any(|known| version.starts_with(known));
    (!known).then_some(version)
}

/// Where `generated/tests/live/install.mjs` installs targets.
fn installed(name: &str) -> Option<PathBuf> {
    let root = match env::var_os("CDP_LIVE_TARGETS") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()?
            .join("live-targets"),
    };
    let path = root.join(name).join("node_modules/node/bin/node");
    path.is_file().then_some(path)
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
