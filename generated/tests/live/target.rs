//! The real targets: what each is called, how it is started, and where it listens.

use super::folder::{self, Temporary};
use super::http;
use super::process::{Pipe, Process};
use serde_json::Value;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

/// How long a target may take to start: long, for a loaded machine.
const START: Duration = Duration::from_secs(60);

/// The flags of every Chromium.
pub(crate) const CHROMIUM: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// What can be a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The `node` of `PATH`.
    Node,
    Node22,
    Node24,
    Node26,
    Deno,
    Workerd,
    /// A browser, over WebSockets.
    Chromium,
    /// A browser, over a pipe.
    ChromiumPipe,
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Node,
        Self::Node22,
        Self::Node24,
        Self::Node26,
        Self::Deno,
        Self::Workerd,
        Self::Chromium,
        Self::ChromiumPipe,
    ];

    /// The name in the names of trials and in `CDP_LIVE_REQUIRE`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Node22 => "node22",
            Self::Node24 => "node24",
            Self::Node26 => "node26",
            Self::Deno => "deno",
            Self::Workerd => "workerd",
            Self::Chromium => "chromium",
            Self::ChromiumPipe => "chromium-pipe",
        }
    }

    /// The executable, or why there is none.
    pub(crate) fn executable(self) -> Result<PathBuf, Skip> {
        let node = "node/bin/node";
        let (found, missing) = match self {
            Self::Node => (folder::in_path("node"), "no node in PATH"),
            Self::Node22 => (folder::installed("node22", node), NOT_INSTALLED),
            Self::Node24 => (folder::installed("node24", node), NOT_INSTALLED),
            Self::Node26 => (folder::installed("node26", node), NOT_INSTALLED),
            Self::Deno => (folder::installed("deno", "deno/deno"), NOT_INSTALLED),
            Self::Workerd => (
                folder::installed("workerd", "workerd/bin/workerd"),
                NOT_INSTALLED,
            ),
            Self::Chromium | Self::ChromiumPipe => {
                (folder::in_path("chromium"), "no chromium in PATH")
            }
        };
        found.ok_or(Skip(missing))
    }

    /// Starts the target with its program.
    pub(crate) fn start(self) -> Result<Target, String> {
        self.start_with(Start::Run)
    }

    /// Starts the target as told.
    pub(crate) fn start_with(self, start: Start) -> Result<Target, String> {
        let executable = self.executable().map_err(|skip| skip.0.to_owned())?;
        let executable = executable.to_string_lossy().into_owned();
        match self {
            Self::Node | Self::Node22 | Self::Node24 | Self::Node26 => {
                start_inspected(&executable, &[], start)
            }
            Self::Deno => {
                // Of the program's folder alone, for its worker.
                let allowed = format!("--allow-read={}", folder::program("").display());
                start_inspected(&executable, &["run", "--no-config", &allowed], start)
            }
            Self::Workerd => start_workerd(&executable),
            Self::Chromium => start_chromium(&executable),
            Self::ChromiumPipe => start_chromium_piped(&executable),
        }
    }
}

const NOT_INSTALLED: &str = "not installed by tests/live/install.mjs";

/// Why a target is left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Skip(pub &'static str);

/// Whether a program runs at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Run,
    /// It waits for `Runtime.runIfWaitingForDebugger`. Of Node and Deno only.
    Wait,
}

/// A target that runs. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Target {
    /// Name and version, such as `Node 20.20`.
    pub(crate) label: String,
    /// Host and port, but for a pipe.
    pub(crate) address: Option<String>,
    /// The WebSocket of what runs the program: of the main thread, or of the browser.
    pub(crate) web_socket: Option<String>,
    /// The pipe, if this is how the target is spoken to.
    pub(crate) pipe: Option<Pipe>,
    // After the process: fields are dropped in their order.
    process: Process,
    _profile: Option<Temporary>,
}

impl Target {
    /// Kills the target at once, as a crash would, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Name and major version, such as `Node 20`, or `Chromium 156, pipe`.
    pub(crate) fn title(&self) -> String {
        let (name, rest) = self.label.split_once(' ').unwrap_or((&self.label, ""));
        let (version, way) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
        // A date is shown to its month.
        let ends = version.find('.').or(version.rfind('-'));
        format!("{name} {}{way}", &version[..ends.unwrap_or(version.len())])
    }

    /// The first number of the version.
    pub(crate) fn major(&self) -> u32 {
        let digits = self.label.split(|c: char| !c.is_ascii_digit());
        digits.flat_map(str::parse).next().unwrap_or(0)
    }

    /// What the target printed last, for messages.
    pub(crate) fn output(&self) -> String {
        self.process.output()
    }

    /// Opens a page in a browser with an address, and gives its WebSocket and id.
    pub(crate) fn open_page(&self, url: &str) -> Result<Page, String> {
        let address = self.address.as_deref().ok_or("a pipe has no address")?;
        let page = http::json("PUT", address, &format!("/json/new?{url}"))?;
        Ok(Page {
            web_socket: text(&page, "webSocketDebuggerUrl")?,
            id: text(&page, "id")?,
        })
    }
}

/// A page of a browser.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) web_socket: String,
    pub(crate) id: String,
}

fn start_inspected(executable: &str, arguments: &[&str], start: Start) -> Result<Target, String> {
    let mut arguments: Vec<String> = arguments.iter().map(|&argument| argument.into()).collect();
    let inspect = match start {
        Start::Run => "--inspect=127.0.0.1:0",
        Start::Wait => "--inspect-brk=127.0.0.1:0",
    };
    // Options of Deno come after `run`, and before the program.
    arguments.push(inspect.into());
    arguments.push(folder::program("node.mjs").display().to_string());
    let process = Process::start(executable, &arguments)?;
    let web_socket = process.wait_for("address of the inspector", START, |line| {
        Some(line[line.find("ws://")?..].trim().to_owned())
    })?;
    if start == Start::Run {
        // The inspector listens before the program has run.
        process.wait_for("`ready` of the program", START, |line| {
            (line == "ready").then_some(())
        })?;
    }
    let address = address_of(&web_socket)?;
    Ok(Target {
        label: label(&address)?,
        address: Some(address),
        web_socket: Some(web_socket),
        pipe: None,
        process,
        _profile: None,
    })
}

fn start_workerd(executable: &str) -> Result<Target, String> {
    let arguments = [
        "serve".into(),
        folder::program("workerd.capnp").display().to_string(),
        "--inspector-addr=127.0.0.1:0".into(),
        "--control-fd=1".into(),
    ];
    let process = Process::start(executable, &arguments)?;
    let port = process.wait_for("port of the inspector", START, |line| {
        let event: Value = serde_json::from_str(line).ok()?;
        if event["event"] != "listen-inspector" {
            return None;
        }
        event["port"].as_u64()
    })?;
    let address = format!("127.0.0.1:{port}");
    Ok(Target {
        label: format!("workerd {}", version_of(executable)?),
        web_socket: Some(first_listed(&address)?),
        address: Some(address),
        pipe: None,
        process,
        _profile: None,
    })
}

/// The WebSocket of the first listed. workerd listens before it lists its worker.
fn first_listed(address: &str) -> Result<String, String> {
    let start = Instant::now();
    loop {
        let list = http::json("GET", address, "/json/list")?;
        match text(&list[0], "webSocketDebuggerUrl") {
            Err(_) if start.elapsed() < START => thread::sleep(Duration::from_millis(20)),
            found => return found,
        }
    }
}

fn start_chromium(executable: &str) -> Result<Target, String> {
    let profile = Temporary::new().map_err(|error| error.to_string())?;
    let arguments = chromium_arguments("--remote-debugging-port=0", &profile);
    let process = Process::start(executable, &arguments)?;
    let web_socket = process.wait_for("address of the browser", START, |line| {
        Some(line.strip_prefix("DevTools listening on ")?.to_owned())
    })?;
    let address = address_of(&web_socket)?;
    Ok(Target {
        label: label(&address)?,
        address: Some(address),
        web_socket: Some(web_socket),
        pipe: None,
        process,
        _profile: Some(profile),
    })
}

fn start_chromium_piped(executable: &str) -> Result<Target, String> {
    let profile = Temporary::new().map_err(|error| error.to_string())?;
    let arguments = chromium_arguments("--remote-debugging-pipe", &profile);
    let (process, pipe) = Process::start_piped(executable, &arguments)?;
    Ok(Target {
        label: format!("Chromium {}, pipe", version_of(executable)?),
        address: None,
        web_socket: None,
        pipe: Some(pipe),
        process,
        _profile: Some(profile),
    })
}

fn chromium_arguments(debugging: &str, profile: &Temporary) -> Vec<String> {
    let mut arguments: Vec<String> = CHROMIUM.iter().map(|&flag| flag.into()).collect();
    arguments.push(debugging.into());
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    arguments.push("about:blank".into());
    arguments
}

/// The host and the port in a WebSocket's URL.
fn address_of(web_socket: &str) -> Result<String, String> {
    let rest = web_socket.strip_prefix("ws://").unwrap_or(web_socket);
    match rest.split('/').next() {
        Some(address) if address.contains(':') => Ok(address.to_owned()),
        _ => Err(format!("no address in {web_socket}")),
    }
}

/// The name and the version that the target itself tells, such as `Node 20.20`.
fn label(address: &str) -> Result<String, String> {
    let version = http::json("GET", address, "/json/version")?;
    let browser = text(&version, "Browser")?;
    let (name, version) = browser.split_once('/').unwrap_or((&browser, ""));
    let name = match name {
        "node.js" => "Node",
        "Chrome" | "HeadlessChrome" => "Chromium",
        name => name,
    };
    Ok(format!("{name} {}", short(version)))
}

/// The version that the executable prints, where the target tells none.
fn version_of(executable: &str) -> Result<String, String> {
    let output = std::process::Command::new(executable)
        .arg("--version")
        .output()
        .map_err(|error| format!("{executable} --version: {error}"))?;
    let output = String::from_utf8_lossy(&output.stdout);
    let version = output
        .split_whitespace()
        .find(|word| word.contains(|c: char| c.is_ascii_digit()));
    Ok(short(version.unwrap_or("")))
}

/// The first two numbers of a version, or a date as it is: the rest changes weekly.
fn short(version: &str) -> String {
    let version = version.trim_start_matches('v');
    let mut numbers = version.split('.');
    match (numbers.next(), numbers.next()) {
        // The minor version of a browser is always 0.
        (Some(major), Some("0")) | (Some(major), None) => major.to_owned(),
        (Some(major), Some(minor)) => format!("{major}.{minor}"),
        (None, _) => version.to_owned(),
    }
}

fn text(value: &Value, member: &str) -> Result<String, String> {
    match value[member].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("no `{member}` in {value}")),
    }
}
