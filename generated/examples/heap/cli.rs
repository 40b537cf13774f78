//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Examples:
  node --inspect app.js           start a target
  heap snapshot -o old.heapsnapshot
  heap snapshot -o new.heapsnapshot
  heap summary new.heapsnapshot --against old.heapsnapshot
  heap sample --seconds 10 -o app.svg

Results go to standard output, progress and messages to standard error. With
--json, standard output has one JSON object, also of a failure other than wrong
usage: its member `error` is the message. `heap COMMAND --help` lists the other
members. Sizes are in bytes, and without what the objects hold.

Ctrl-C ends a command in good order; a second one does not wait for the target.

Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 a file is not a whole snapshot,
130 interrupted.";

const SNAPSHOT: &str = "\
A target stands still while it takes a snapshot: some 20 s for two million
objects. A snapshot that is not whole is not kept. Chrome DevTools opens the file.

The default FILE is heap-TARGET-N.heapsnapshot: TARGET is the process id, or the
port if that is not known, or `page` with --pipe; N is the first number that is
free.

JSON: file, bytes, nodes, edges, strings, traceFunctions, samples, locations,
unknownKeys; with --summary, summary as of `heap summary`.";

const SAMPLE: &str = "\
Sampling costs the target little. Without --all, the profile says who holds on
to the memory that is still alive in the end; with it, who has allocated how
much. A function that V8 has inlined counts as a part of its caller.

FILE tells the format: .heapprofile for Chrome DevTools and VS Code, .collapsed
(or .txt) for flame graph tools, .svg for a flame graph, .pb.gz (or .pprof) for
pprof. Flame graphs show files relative to the current folder. The default FILE
is heap-TARGET-N with the ending of the format, as of `heap snapshot`.

Ctrl-C ends the sampling early; what was sampled is still written.

JSON: file, format, seconds, interval, all, interrupted, resets (how often a page
has dropped what was recorded before), totalSize, functions (all: function, url,
line, column, selfSize, totalSize).";

const TRACK: &str = "\
The target looks at its heap every 50 ms or slower. What was allocated between two
looks is a fragment; the table has those of which the most is alive. At the end a
snapshot is taken, as with `heap snapshot`. After Ctrl-C there is no snapshot, but
still the table. Deno and workerd tell of one fragment only.

JSON: interrupted, fragments (all: index, begin and end in milliseconds since the
Unix epoch or null, allocatedCount, allocatedSize, aliveCount, aliveSize),
alive (count and selfSize of what was allocated since the start), snapshot (null
after Ctrl-C, else as of `heap snapshot`).";

const VERIFY: &str = "\
It reads the file to its end, and finds what is cut off, lost or damaged. Exit
code 3 says that the file is not a whole snapshot.

JSON: file, whole; if it is whole, what `heap snapshot` has; otherwise error and
offset, the number of bytes before the place where it was noticed.";

const SUMMARY: &str = "\
Objects are grouped as Chrome DevTools groups them. Sizes are without what the
objects hold.

JSON: file, bytes, nodes and so on as of `heap snapshot`; summary: total, detached
(null if not told), types, constructors (the largest): count, selfSize, name.
With --against, comparison: against (the file), old and new (count, selfSize),
changes: name, kind (new, gone, grown, shrunk), old, new, countDelta,
selfSizeDelta.";

const TARGETS: &str = "\
JSON: address, browser, protocolVersion, targets: id, type, title, url,
webSocketDebuggerUrl (null if another client has it to itself).";

/// Finds out what holds the memory of a running V8 target: Node.js, Chromium, Deno,
/// workerd
#[derive(Parser)]
#[command(name = "heap", version, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Take a heap snapshot: every object there is
    #[command(after_help = SNAPSHOT)]
    Snapshot(Snapshot),
    /// Sample allocations for a while: which functions allocate
    #[command(after_help = SAMPLE)]
    Sample(Sample),
    /// Track allocations for a while: when was allocated what is still alive
    #[command(after_help = TRACK)]
    Track(Track),
    /// Prove that a snapshot file is whole
    #[command(after_help = VERIFY)]
    Verify(Verify),
    /// Say what a snapshot file holds, or what changed since an older one
    #[command(after_help = SUMMARY)]
    Summary(Summary),
    /// List the targets at an address
    #[command(after_help = TARGETS)]
    Targets(Targets),
}

/// Which target it is.
#[derive(Args)]
pub(crate) struct Target {
    /// HOST:PORT, or the ws:// URL of a certain target, as `heap targets` lists them
    #[arg(default_value = "127.0.0.1:9229", conflicts_with = "pipe")]
    pub(crate) address: String,
    /// Start this browser, headless and with a profile of its own, open URL, and use
    /// that page once it has loaded
    #[arg(long, num_args = 1..=2, value_names = ["CHROMIUM", "URL"])]
    pub(crate) pipe: Option<Vec<String>>,
    /// An argument for the browser of --pipe, such as --no-sandbox
    #[arg(
        long,
        value_name = "ARGUMENT",
        requires = "pipe",
        allow_hyphen_values = true
    )]
    pub(crate) browser_argument: Vec<String>,
}

/// Where the result goes.
#[derive(Args)]
pub(crate) struct Output {
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over FILE if it is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args)]
pub(crate) struct Snapshot {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Say what it holds, too
    #[arg(long)]
    pub(crate) summary: bool,
    /// How many rows of the table to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) top: usize,
}

#[derive(Args)]
pub(crate) struct Sample {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) output: Output,
    /// For how long
    #[arg(long, value_parser = seconds, value_name = "N")]
    pub(crate) seconds: Duration,
    /// How many bytes are allocated between two samples, on average
    #[arg(long, default_value_t = 32768, value_name = "BYTES", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) interval: u32,
    /// Keep what was collected as garbage, too
    #[arg(long)]
    pub(crate) all: bool,
    /// The format, if FILE does not tell
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// How many functions to show
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) top: usize,
}

/// The formats of sampling profiles.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Chrome DevTools and VS Code
    Heapprofile,
    /// One line per stack, for flame graph tools
    Collapsed,
    /// A flame graph
    Svg,
    /// Gzipped, for pprof
    Pprof,
}

#[derive(Args)]
pub(crate) struct Track {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) output: Output,
    /// For how long
    #[arg(long, value_parser = seconds, value_name = "N")]
    pub(crate) seconds: Duration,
    /// How many fragments to show
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) top: usize,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// A .heapsnapshot file
    pub(crate) file: PathBuf,
}

#[derive(Args)]
pub(crate) struct Summary {
    /// A .heapsnapshot file
    pub(crate) file: PathBuf,
    /// An older one to compare it with
    #[arg(long, value_name = "OLD")]
    pub(crate) against: Option<PathBuf>,
    /// How many rows to show, and to list in JSON
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) top: usize,
}

#[derive(Args)]
pub(crate) struct Targets {
    /// HOST:PORT
    #[arg(default_value = "127.0.0.1:9229")]
    pub(crate) address: String,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().map_err(|error| error.to_string())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("it must be more than 0, and not endless".to_owned()),
    }
}
