//! The example `heap` as a process, against the `node` and the `chromium` on the `PATH`.
//!
//! Without one, it says so and passes, unless the variable `CDP_LIVE_REQUIRE` contains
//! its name.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cdp_heapprofiler::{sampling, snapshot};
use serde_json::Value;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tool_{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The names of what is in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The example, which `cargo test` builds before it runs all tests.
fn heap(folder: &Path, arguments: &[&str]) -> Command {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().unwrap().parent().unwrap();
    let example = example
        .join("examples/heap")
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        example.exists(),
        "with `--test`, first: cargo build --all-features --example heap"
    );
    let mut command = Command::new(example);
    command.current_dir(folder).args(arguments);
    command
}

/// What the example has done.
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// Standard output, which must be one JSON object.
    #[track_caller]
    fn json(&self) -> Value {
        let json: Value = serde_json::from_str(&self.out).unwrap();
        assert!(json.is_object(), "{json}");
        json
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Done {
    Done::of(heap(folder, arguments).output().unwrap())
}

/// Says that a program is missing, if it may be.
fn skip(program: &str, error: &std::io::Error) {
    let required = std::env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
    assert!(!required.contains(program), "no `{program}`: {error}");
    println!("skipped: no `{program}` on the PATH");
}

/// A Node that runs a program, and ends with this.
struct Node {
    child: Child,
    address: String,
    _stderr: BufReader<ChildStderr>,
}

impl Node {
    /// `None` if there is no Node and need not be.
    fn start(arguments: &[&str]) -> Option<Self> {
        let child = Command::new("node")
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                skip("node", &error);
                return None;
            }
        };
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let line = wait_for(&mut stderr, "Debugger listening on ws://");
        let url = line.split_once("ws://").unwrap().1;
        let address = url.split('/').next().unwrap().to_owned();
        Some(Self {
            child,
            address,
            _stderr: stderr,
        })
    }

    /// The leaking program of the README.
    fn leaking() -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/leak.js");
        Self::start(&["--inspect=127.0.0.1:0", script.to_str().unwrap()])
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next line that contains a text.
fn wait_for(lines: &mut impl BufRead, text: &str) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "never said: {text}");
        if line.contains(text) {
            return line;
        }
    }
}

/// Presses Ctrl-C in a process, and waits for its end.
fn interrupt(child: Child) -> Done {
    let process = child.id().to_string();
    signal(child, &process)
}

/// Sends the signal of Ctrl-C, and waits for the end of a process.
fn signal(child: Child, to: &str) -> Done {
    let kill = format!("kill -s INT -- {to}");
    assert!(Command::new("sh")
        .args(["-c", &kill])
        .status()
        .unwrap()
        .success());
    Done::of(child.wait_with_output().unwrap())
}

fn spawn(mut command: Command) -> Child {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn a_snapshot_is_named_after_the_process_verified_and_summed_up() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("snapshot");
    let done = run(&folder, &["snapshot", &node.address, "--summary"]).expect(0);
    let name = format!("heap-{}-1.heapsnapshot", node.child.id());
    assert_eq!(names(&folder), [name.as_str()]);
    assert!(
        done.out.starts_with(&format!("{name}: whole, ")),
        "{}",
        done.out
    );
    assert!(done.out.contains("all together"), "{}", done.out);

    let arguments = ["snapshot", &node.address, "--json", "--summary", "--top=3"];
    let json = run(&folder, &arguments).expect(0).json();
    let second = json["file"].as_str().unwrap();
    assert_eq!(second, format!("heap-{}-2.heapsnapshot", node.child.id()));
    let file = fs::File::open(folder.join(second)).unwrap();
    let (facts, summary) = snapshot::summarize(file).unwrap();
    assert_eq!(json["bytes"], facts.bytes);
    assert_eq!(json["nodes"], facts.nodes);
    assert_eq!(json["edges"], facts.edges);
    assert_eq!(
        json["summary"]["total"]["selfSize"],
        summary.total().self_size
    );
    let largest = json["summary"]["constructors"].as_array().unwrap();
    assert_eq!(largest.len(), 3);
    assert_eq!(largest[0]["name"], *summary.largest(1)[0].name);
}

#[test]
fn a_file_is_only_written_over_by_force() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("force");
    fs::write(folder.join("mine.heapsnapshot"), "mine").unwrap();
    let arguments = ["snapshot", &node.address, "-o", "mine.heapsnapshot"];
    let done = run(&folder, &arguments).expect(1);
    assert!(done.err.contains("--force"), "{}", done.err);
    let kept = fs::read_to_string(folder.join("mine.heapsnapshot"));
    assert_eq!(kept.unwrap(), "mine");

    run(&folder, &[&arguments[..], &["--force"]].concat()).expect(0);
    run(&folder, &["verify", "mine.heapsnapshot"]).expect(0);

    fs::write(folder.join("mine.svg"), "mine").unwrap();
    let sample = ["sample", &node.address, "--seconds=1", "-o", "mine.svg"];
    run(&folder, &sample).expect(1);
    assert_eq!(fs::read_to_string(folder.join("mine.svg")).unwrap(), "mine");
    run(&folder, &[&sample[..], &["--force"]].concat()).expect(0);
    assert!(fs::read_to_string(folder.join("mine.svg"))
        .unwrap()
        .contains("<svg"));
}

#[test]
fn a_leak_shows_up_between_two_snapshots() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("leak");
    run(
        &folder,
        &["snapshot", &node.address, "-o", "old.heapsnapshot"],
    )
    .expect(0);
    thread::sleep(Duration::from_secs(1));
    run(
        &folder,
        &["snapshot", &node.address, "-o", "new.heapsnapshot"],
    )
    .expect(0);
    let arguments = [
        "summary",
        "new.heapsnapshot",
        "--against",
        "old.heapsnapshot",
    ];
    let done = run(&folder, &arguments).expect(0);
    let line = done.out.lines().find(|line| line.contains("  Session"));
    assert!(
        line.unwrap_or("").trim_start().starts_with('+'),
        "{}",
        done.out
    );

    let json = run(&folder, &[&arguments[..], &["--json"]].concat())
        .expect(0)
        .json();
    let changes = json["comparison"]["changes"].as_array().unwrap();
    let leak = changes
        .iter()
        .find(|change| change["name"] == "Session")
        .unwrap();
    // Of a Node that has only begun it is new.
    let kind = leak["kind"].as_str().unwrap();
    assert!(["grown", "new"].contains(&kind), "{kind}");
    // 20 a second, on a machine that is not busy.
    let count = leak["countDelta"].as_i64().unwrap();
    assert!((5..).contains(&count), "{count}");
    let grown = leak["new"]["count"].as_i64().unwrap() - leak["old"]["count"].as_i64().unwrap();
    assert_eq!(grown, count);
}

#[test]
fn a_sample_names_the_leak_in_every_format() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("sample");
    let sample = |file: &str| {
        let arguments = [
            "sample",
            &node.address,
            "--seconds=1",
            "--interval=4096",
            "--json",
            "-o",
            file,
        ];
        let json = run(&folder, &arguments).expect(0).json();
        assert_eq!(json["file"], file);
        assert_eq!(json["interrupted"], false);
        let functions = json["functions"].as_array().unwrap();
        assert!(
            functions
                .iter()
                .any(|function| function["function"] == "login"),
            "{json}"
        );
        fs::read(folder.join(file)).unwrap()
    };
    let profile = sampling::read_heapprofile(sample("a.heapprofile").as_slice()).unwrap();
    assert!(sampling::Tree::new(&profile).total_size() > 0.0);
    let stacks = String::from_utf8(sample("a.collapsed")).unwrap();
    assert!(stacks.contains(";login ("), "{stacks}");
    let picture = String::from_utf8(sample("a.svg")).unwrap();
    assert!(picture.contains("<svg") && picture.contains("login"));
    assert_eq!(sample("a.pb.gz")[..2], [0x1f, 0x8b]);

    let done = run(
        &folder,
        &["sample", &node.address, "--seconds=0.5", "--format=svg"],
    )
    .expect(0);
    let name = format!("heap-{}-1.svg", node.child.id());
    assert!(done.out.starts_with(&name), "{}", done.out);
    let unknown = ["sample", &node.address, "--seconds=1", "-o", "a.png"];
    assert!(run(&folder, &unknown).expect(2).err.contains("--format"));
}

#[test]
fn what_was_collected_is_kept_on_request() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("all");
    let total = |all: &[&str]| {
        let arguments = [
            "sample",
            &node.address,
            "--seconds=2",
            "--interval=4096",
            "--json",
        ];
        let json = run(&folder, &[&arguments[..], all].concat())
            .expect(0)
            .json();
        json["totalSize"].as_u64().unwrap()
    };
    let (alive, all) = (total(&[]), total(&["--all"]));
    assert!(all > 2 * alive, "{all} in all, {alive} alive");
}

#[test]
fn tracking_gives_a_table_and_a_snapshot() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("track");
    let done = run(&folder, &["track", &node.address, "--seconds=1"]).expect(0);
    assert!(done.out.contains("still alive"), "{}", done.out);
    let name = format!("heap-{}-1.heapsnapshot", node.child.id());
    assert!(done.out.contains(&format!("{name}: whole")), "{}", done.out);

    let arguments = [
        "track",
        &node.address,
        "--seconds=1",
        "--json",
        "-o",
        "a.heapsnapshot",
    ];
    let json = run(&folder, &arguments).expect(0).json();
    assert!(json["fragments"].as_array().unwrap().len() > 2, "{json}");
    assert!(json["alive"]["selfSize"].as_u64().unwrap() > 0, "{json}");
    let facts = snapshot::verify(fs::File::open(folder.join("a.heapsnapshot")).unwrap()).unwrap();
    assert_eq!(json["snapshot"]["nodes"], facts.nodes);
    assert!(facts.samples > 0, "its timeline is in it");
}

#[test]
fn a_program_that_waits_for_its_profiler_begins() {
    let script = "globalThis.kept = []; \
        setInterval(function remember() { kept.push(new Array(1000).fill(0.5)) }, 1)";
    let Some(node) = Node::start(&["--inspect-brk=127.0.0.1:0", "-e", script]) else {
        return;
    };
    let folder = folder("waiting");
    let arguments = [
        "sample",
        &node.address,
        "--seconds=1",
        "--json",
        "--interval=4096",
    ];
    let json = run(&folder, &arguments).expect(0).json();
    let functions = json["functions"].as_array().unwrap();
    let found = functions
        .iter()
        .any(|function| function["function"] == "remember");
    assert!(found, "{json}");
}

#[test]
fn targets_are_listed_with_urls_that_work() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("targets");
    let json = run(&folder, &["targets", &node.address, "--json"])
        .expect(0)
        .json();
    assert!(
        json["browser"].as_str().unwrap().starts_with("node.js/"),
        "{json}"
    );
    let url = json["targets"][0]["webSocketDebuggerUrl"].as_str().unwrap();
    let done = run(&folder, &["targets", &node.address]).expect(0);
    assert!(done.out.contains(url), "{}", done.out);
    run(&folder, &["snapshot", url, "-o", "a.heapsnapshot"]).expect(0);
}

#[test]
fn a_file_that_is_not_whole_is_told_by_the_exit_code() {
    let folder = folder("verify");
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/tiny.heapsnapshot");
    let bytes = fs::read(tiny).unwrap();
    fs::write(folder.join("whole"), &bytes).unwrap();
    fs::write(folder.join("cut"), &bytes[..1000]).unwrap();
    let json = run(&folder, &["verify", "whole", "--json"])
        .expect(0)
        .json();
    assert_eq!((&json["whole"], &json["edges"]), (&true.into(), &5.into()));
    let done = run(&folder, &["verify", "cut"]).expect(3);
    assert!(done.err.contains("truncated"), "{}", done.err);
    let json = run(&folder, &["verify", "cut", "--json"]).expect(3).json();
    assert_eq!(
        (&json["whole"], &json["offset"]),
        (&false.into(), &1000.into())
    );
    run(&folder, &["summary", "cut"]).expect(3);
    run(&folder, &["summary", "whole", "--against", "cut"]).expect(3);
    let done = run(&folder, &["verify", "missing"]).expect(1);
    assert!(done.err.starts_with("missing: "), "{}", done.err);
}

#[test]
fn where_nothing_listens_the_message_helps() {
    let folder = folder("nobody");
    // Nothing listens there: it was free a moment ago, and is not given out again soon.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    for command in ["snapshot", "targets"] {
        let done = run(&folder, &[command, &address]).expect(1);
        assert!(done.err.contains(&address), "{}", done.err);
        assert!(done.err.contains("node --inspect app.js"), "{}", done.err);
        let json = run(&folder, &[command, &address, "--json"])
            .expect(1)
            .json();
        assert!(json["error"].as_str().unwrap().contains(&address));
    }
    let done = run(&folder, &["snapshot", "nonsense"]).expect(1);
    assert!(done.err.contains("nonsense"), "{}", done.err);
}

#[test]
fn wrong_usage_is_2() {
    let folder = folder("usage");
    for arguments in [
        &["sample"][..],
        &["sample", "--seconds=0"],
        &["sample", "--seconds=1", "--interval=0"],
        &["sample", "--seconds=1", "-o", "a.png"],
        &["snapshot", "127.0.0.1:9229", "--pipe", "chromium"],
        &["verify"],
        &[],
    ] {
        run(&folder, arguments).expect(2);
    }
    let done = run(&folder, &["sample", "--help"]).expect(0);
    assert!(done.out.contains("Ctrl-C"), "{}", done.out);
}

#[test]
fn a_sample_that_is_interrupted_is_written() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("sample_interrupted");
    let arguments = [
        "sample",
        &node.address,
        "--seconds=60",
        "--json",
        "-o",
        "a.heapprofile",
    ];
    let mut child = spawn(heap(&folder, &arguments));
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    wait_for(&mut stderr, "waiting: ");
    let json = interrupt(child).expect(130).json();
    assert_eq!(json["interrupted"], true);
    let file = fs::File::open(folder.join("a.heapprofile")).unwrap();
    sampling::read_heapprofile(file).unwrap();
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("interrupted after"), "{rest}");
    // The target samples no more: it would refuse a second sampling.
    run(&folder, &["sample", &node.address, "--seconds=0.5"]).expect(0);
}

#[test]
fn a_tracking_that_is_interrupted_leaves_its_table() {
    let Some(node) = Node::leaking() else { return };
    let folder = folder("track_interrupted");
    let mut child = spawn(heap(&folder, &["track", &node.address, "--seconds=60"]));
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    wait_for(&mut stderr, "waiting: ");
    let done = interrupt(child).expect(130);
    assert!(done.out.contains("still alive"), "{}", done.out);
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn a_snapshot_that_is_interrupted_leaves_nothing() {
    let script = "globalThis.kept = Array.from({ length: 1e6 }, (_, n) => ({ n })); \
        setInterval(() => {}, 1000)";
    let Some(node) = Node::start(&["--inspect=127.0.0.1:0", "-e", script]) else {
        return;
    };
    let folder = folder("snapshot_interrupted");
    let arguments = ["snapshot", &node.address, "-o", "a.heapsnapshot"];
    let child = spawn(heap(&folder, &arguments));
    let end = Instant::now() + PATIENCE;
    while names(&folder).is_empty() {
        assert!(Instant::now() < end, "it never began");
        thread::sleep(Duration::from_millis(1));
    }
    let done = interrupt(child).expect(130);
    assert_eq!(done.err.lines().last(), Some("interrupted"));
    assert_eq!(names(&folder), [""; 0]);
    // The target goes on.
    run(&folder, &["sample", &node.address, "--seconds=0.1"]).expect(0);
}

#[test]
fn a_page_is_opened_in_a_browser_that_goes_again() {
    if let Err(error) = Command::new("chromium").arg("--version").output() {
        return skip("chromium", &error);
    }
    let folder = folder("page");
    let snapshot = |url: &str| {
        let arguments = ["snapshot", "--json", "--browser-argument=--no-sandbox"];
        let mut command = heap(&folder, &arguments);
        // Where the browser has its profile.
        command
            .args(["--summary", "--top=1000"])
            .env("TMPDIR", &folder);
        Done::of(command.args(["--pipe", "chromium", url]).output().unwrap())
    };
    let page = "data:text/html,<script>class Mine {} window.mine = new Mine</script>";
    let json = snapshot(page).expect(0).json();
    let largest = json["summary"]["constructors"].as_array().unwrap();
    assert!(
        largest.iter().any(|group| group["name"] == "Mine"),
        "{json}"
    );
    let done = snapshot("http://127.0.0.1:1/").expect(1);
    assert!(done.err.contains("cannot be loaded"), "{}", done.err);
    let ours = names(&folder)
        .into_iter()
        .filter(|name| name.starts_with("heap-"));
    assert_eq!(ours.collect::<Vec<_>>(), ["heap-page-1.heapsnapshot"]);
}

#[cfg(unix)]
#[test]
fn a_sample_of_a_page_is_interrupted_as_on_a_terminal() {
    use std::os::unix::process::CommandExt;

    if let Err(error) = Command::new("chromium").arg("--version").output() {
        return skip("chromium", &error);
    }
    let folder = folder("page_interrupted");
    let arguments = ["sample", "--seconds=60", "-o", "a.heapprofile"];
    let mut command = heap(&folder, &arguments);
    command.args(["--browser-argument=--no-sandbox", "--pipe", "chromium"]);
    // A terminal sends the signal to all processes of the group, the browser's too.
    command.env("TMPDIR", &folder).process_group(0);
    let mut child = spawn(command);
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    wait_for(&mut stderr, "waiting: ");
    let group = format!("-{}", child.id());
    let done = signal(child, &group).expect(130);
    assert!(done.out.starts_with("a.heapprofile: "), "{}", done.out);
    let file = fs::File::open(folder.join("a.heapprofile")).unwrap();
    sampling::read_heapprofile(file).unwrap();
    let ours = names(&folder)
        .into_iter()
        .filter(|name| name.starts_with("heap-"));
    assert_eq!(ours.collect::<Vec<_>>(), [""; 0]);
}
