//! The trials: each with a target of its own, so that none disturbs another.

use super::commands;
use super::http::{self, Site};
use super::process::Process;
use super::table::{Mark, Note, Table};
use super::target::{Kind, Page, Skip, Start, Target};
use libtest_mimic::{Failed, Trial};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// All trials, for the targets that are there and for those that are not.
pub(crate) fn trials(table: &Arc<Table>) -> Vec<Trial> {
    let mut trials = commands::trials(table);
    for kind in Kind::ALL {
        trials.push(trial(kind, "starts_and_ends", move || {
            starts_and_ends(kind)
        }));
    }
    trials.push(Trial::test("harness::table", table_shows_what_was_noted));
    trials.push(Trial::test("harness::readme", readme_is_compared));
    trials.push(Trial::test("harness::required", required_targets_are_known));
    trials.push(Trial::test("harness::failed_start", failed_start_tells_why));
    trials.push(trial(Kind::Node, "waits", || waits(Kind::Node)));
    trials.push(trial(Kind::Chromium, "opens_a_page", opens_a_page));
    trials.extend(super::captures::trials());
    trials.extend(super::sessions::trials());
    trials
}

/// A trial on `kind`: ignored, or failing if it is required, when there is none.
pub(crate) fn trial(
    kind: Kind,
    name: &str,
    run: impl FnOnce() -> Result<(), String> + Send + 'static,
) -> Trial {
    let name = format!("{}::{name}", kind.name().replace('-', "_"));
    match kind.executable() {
        Ok(_) => Trial::test(name, move || run().map_err(Failed::from)),
        Err(Skip(reason)) if is_required(kind) => Trial::test(name, move || {
            Err(Failed::from(format!("required, but {reason}")))
        }),
        Err(Skip(reason)) => {
            Trial::test(format!("{name} ({reason})"), || Ok(())).with_ignored_flag(true)
        }
    }
}

/// Whether `CDP_LIVE_REQUIRE` says that a target must be there.
fn is_required(kind: Kind) -> bool {
    let names = required();
    names
        .iter()
        .any(|name| name == "all" || name == kind.name())
}

fn required() -> Vec<String> {
    let names = std::env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
    let names = names.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A name that means nothing would require nothing.
fn required_targets_are_known() -> Result<(), Failed> {
    for name in required() {
        let is_known = name == "all" || Kind::ALL.iter().any(|kind| kind.name() == name);
        assert!(is_known, "CDP_LIVE_REQUIRE names no target: {name:?}");
    }
    Ok(())
}

/// A target tells who it is, accepts connections, and is gone when it is killed.
fn starts_and_ends(kind: Kind) -> Result<(), String> {
    let mut target = kind.start()?;
    if !target.label.contains(|c: char| c.is_ascii_digit()) {
        return Err(format!("{:?} tells no version", target.label));
    }
    match target.address.clone() {
        Some(address) => {
            let list = http::json("GET", &address, "/json/list")?;
            if !list[0]["webSocketDebuggerUrl"].is_string() {
                return Err(format!("{address} lists {list}"));
            }
            target.kill();
            match TcpStream::connect(&address) {
                Ok(_) => Err(format!("{address} still listens")),
                Err(_) => Ok(()),
            }
        }
        None => answers_on_the_pipe(&mut target),
    }
}

fn answers_on_the_pipe(target: &mut Target) -> Result<(), String> {
    let mut pipe = target.pipe.take().ok_or("no pipe")?;
    let failed = |error: std::io::Error| error.to_string();
    let request = b"{\"id\":1,\"method\":\"Browser.getVersion\"}\0";
    pipe.input.write_all(request).map_err(failed)?;
    let mut reply = Vec::new();
    let mut byte = [0];
    while pipe.output.read(&mut byte).map_err(failed)? == 1 && byte != [0] {
        reply.push(byte[0]);
    }
    let reply = String::from_utf8_lossy(&reply).into_owned();
    if !reply.contains("\"product\":\"Chrome/") {
        return Err(format!("{reply:?}; it printed:\n{}", target.output()));
    }
    target.kill();
    let mut rest = Vec::new();
    pipe.output.read_to_end(&mut rest).map_err(failed)?;
    Ok(())
}

/// A waiting target listens before its program runs.
fn waits(kind: Kind) -> Result<(), String> {
    let target = kind.start_with(Start::Wait)?;
    match target.web_socket {
        Some(_) => Ok(()),
        None => Err("no address".into()),
    }
}

/// A page loads its program from one of two sites.
fn opens_a_page() -> Result<(), String> {
    let target = Kind::Chromium.start()?;
    let site = Site::start().map_err(|error| error.to_string())?;
    let page = target.open_page(&site.url("page.html"))?;
    let other = target.open_page(&site.other_url("other.html"))?;
    let address = target.address.as_deref().ok_or("no address")?;
    for _ in 0..100 {
        let list = http::json("GET", address, "/json/list")?;
        let is_listed = |page: &Page, title: &str| {
            list.as_array().is_some_and(|list| {
                list.iter().any(|listed| {
                    listed["title"] == title
                        && listed["id"] == *page.id
                        && listed["webSocketDebuggerUrl"] == *page.web_socket
                })
            })
        };
        if is_listed(&page, "page") && is_listed(&other, "other") {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(format!("{page:?} or {other:?} has no title"))
}

fn table_shows_what_was_noted() -> Result<(), Failed> {
    let note = |number, is_absence| Note {
        number,
        text: "is late",
        is_absence,
    };
    let table = Table::default();
    assert_eq!(table.markdown(), "", "an empty table is not printed");
    table.note(
        1,
        "B 2",
        "enable",
        "first",
        Mark::Holds(vec![note(3, true)]),
    );
    table.note(
        1,
        "B 2",
        "disable",
        "first",
        Mark::Holds(vec![note(2, false)]),
    );
    table.note(0, "C 1", "enable", "first", Mark::Holds(Vec::new()));
    table.note(0, "C 1", "disable", "first", Mark::Fails);
    table.note(0, "C 1", "disable", "second", Mark::Holds(Vec::new()));
    let markdown = table.markdown();
    let lines: Vec<&str> = markdown.lines().collect();
    assert_eq!(lines[0], "| `HeapProfiler` | C 1 | B 2 |");
    assert_eq!(lines[1], "|---|---|---|");
    assert_eq!(lines[4], "| `disable` | **fails** | yes (2) |");
    assert_eq!(lines[5], "| `enable` | yes | no (3) |");
    assert_eq!(lines[lines.len() - 2..], ["2. is late", "3. is late"]);
    Ok(())
}

/// What was found out is compared with a text, whatever else that has.
fn readme_is_compared() -> Result<(), Failed> {
    let table = Table::default();
    table.note(0, "C 1", "enable", "first", Mark::Holds(Vec::new()));
    let head = "| `HeapProfiler` | B 2 | C 1 |\n|---|---|---|";
    let same = format!("{head}\n| `disable` | no | no |\n| `enable` | no | yes |\n");
    assert_eq!(table.differences(&same), Vec::<String>::new());
    let other = format!("{head}\n| `enable` | yes | no |\n");
    let expected = ["`enable` of C 1: `no`, but it is `yes`"];
    assert_eq!(table.differences(&other), expected);
    let missing = "| `HeapProfiler` | B 2 |\n|---|---|\n| `enable` | yes |\n";
    assert_eq!(table.differences(missing), Vec::<String>::new());
    Ok(())
}

fn failed_start_tells_why() -> Result<(), Failed> {
    let script = ["-c".to_owned(), "echo cannot bind >&2".to_owned()];
    let process = Process::start("sh", &script)?;
    let limit = Duration::from_secs(30);
    let error = process.wait_for("address", limit, |_| None::<()>).err();
    let error = error.unwrap_or_default();
    assert!(error.contains("no address: the process ended"), "{error}");
    assert!(error.contains("cannot bind"), "{error}");
    Ok(())
}
