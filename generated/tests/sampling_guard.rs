//! The guards of a sampling, against a target that is told what to answer.

mod support {
    // Other tests use more of it.
    #[allow(dead_code)]
    pub(crate) mod fake;
    mod http;
}

use std::env;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread;
use std::time::Duration;

use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerCommands, StartSampling, StopSampling, TakeHeapSnapshot,
};
use cdp_heapprofiler::protocol::runtime::Evaluate;
use cdp_heapprofiler::sampling::{self, SamplingError, Tree};
use cdp_heapprofiler::session::{Closed, Deadline, Error};
use cdp_heapprofiler::{blocking, tokio as aio, Client, Options};
use support::fake::{target, Peer};

const PROFILE: &str = r#"{"profile":{"head":{"callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},"selfSize":8,"id":1,"children":[]},"samples":[]}}"#;
const RESET: &str = r#"{"method":"HeapProfiler.resetProfiles","params":{}}"#;

/// A target that samples as V8 does, and tells which commands came.
struct V8 {
    sampling: bool,
    /// How many profiles are given before another session stops the sampling.
    profiles: usize,
    seen: Sender<String>,
}

impl V8 {
    fn serve(mut self, peer: &mut Peer) {
        while let Some(request) = peer.request() {
            let method = request
                .method
                .trim_start_matches("HeapProfiler.")
                .to_owned();
            let wants_profile = matches!(&*method, "getSamplingProfile" | "stopSampling");
            if wants_profile && self.sampling && self.profiles == 0 {
                self.sampling = false;
            }
            match (&*method, self.sampling) {
                ("getSamplingProfile" | "stopSampling", false) => refuse(peer, request.id),
                ("getSamplingProfile" | "stopSampling", true) => {
                    self.profiles -= 1;
                    self.sampling = method != "stopSampling";
                    peer.reply(request.id, PROFILE);
                }
                ("takeHeapSnapshot", _) => {
                    // A page that navigates, twice, among other things.
                    peer.send(RESET);
                    for _ in 0..100 {
                        peer.send(r#"{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":"x"}}"#);
                    }
                    peer.send(RESET.replace(r#","params":{}"#, ""));
                    peer.reply(request.id, "{}");
                }
                _ => {
                    self.sampling |= method == "startSampling";
                    peer.reply(request.id, "{}");
                }
            }
            let _ = self.seen.send(method);
        }
    }
}

/// What a target says that is not sampling.
fn refuse(peer: &mut Peer, id: i64) {
    let error = r#"{"code":-32000,"message":"V8 sampling heap profiler was not started."}"#;
    peer.send(format!(r#"{{"id":{id},"error":{error}}}"#));
}

fn answer_the_start(peer: &mut Peer) {
    for command in START {
        let request = peer.request().unwrap();
        assert_eq!(request.method, format!("HeapProfiler.{command}"));
        match command {
            "getSamplingProfile" => refuse(peer, request.id),
            _ => peer.reply(request.id, "{}"),
        }
    }
}

/// Starts such a target; `sampling` if another session is sampling already.
fn v8(sampling: bool, profiles: usize) -> (String, Receiver<String>) {
    let (seen, commands) = channel();
    let target_state = V8 {
        sampling,
        profiles,
        seen,
    };
    let (address, _) = target(move |mut peer| target_state.serve(&mut peer));
    (address, commands)
}

/// A real Node.
struct Node {
    child: Child,
    url: String,
}

impl Node {
    /// `None` if there is none to be had.
    fn start() -> Option<Self> {
        let child = Command::new("node")
            .args(["--inspect=127.0.0.1:0", "-e", "setInterval(() => {}, 1000)"])
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                let required = env::var("CDP_LIVE_REQUIRE").unwrap_or_default();
                assert!(!required.contains("node"), "node cannot be run: {error}");
                println!("skipped: node cannot be run: {error}");
                return None;
            }
        };
        let mut line = String::new();
        let stderr = child.stderr.take().unwrap();
        BufReader::new(stderr).read_line(&mut line).unwrap();
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("ws://"));
        let url = url.unwrap_or_else(|| panic!("{line}")).to_owned();
        Some(Self { child, url })
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_real_node_is_sampled_and_the_sampling_stolen() {
    let Some(node) = Node::start() else {
        return;
    };
    let ours = blocking::connect(&node.url).unwrap();
    let other = blocking::connect(&node.url).unwrap();
    let start = |session| sampling::blocking::Sampling::start(session, settings());
    let mut sampling = start(&ours).unwrap();
    let allocate =
        "globalThis.k = []; for (let i = 0; i < 5000; i++) k.push(new Array(100).fill(0.5))";
    ours.call(Evaluate::new(allocate)).unwrap();
    let kept = Tree::new(&sampling.profile().unwrap().profile).total_size();
    assert!(
        kept > 2e6,
        "5000 arrays of 100 numbers, of which {kept} were seen"
    );
    let error = start(&other).unwrap_err();
    assert!(matches!(error, SamplingError::AlreadySampling), "{error}");
    let stolen = other.stop_sampling(StopSampling::new()).unwrap().profile;
    assert!(Tree::new(&stolen).total_size() > 2e6);
    let error = sampling.profile().unwrap_err();
    assert!(matches!(error, SamplingError::NotSampling), "{error}");
    drop(sampling);

    // One that is dropped leaves the target to the next.
    drop(start(&ours).unwrap());
    assert_eq!(start(&ours).unwrap().finish().unwrap().resets, 0);
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

fn settings() -> StartSampling {
    StartSampling::new().sampling_interval(512.0)
}

const START: [&str; 3] = ["enable", "getSamplingProfile", "startSampling"];

/// All commands that came until the connection ended.
fn all(commands: &Receiver<String>) -> Vec<String> {
    commands.iter().collect()
}

fn after_start(commands: &Receiver<String>) -> Vec<String> {
    let mut commands = all(commands);
    assert_eq!(commands[..3], START);
    commands.split_off(3)
}

#[test]
fn profiles_and_finish() {
    let (address, commands) = v8(false, 9);
    let session = blocking::connect(&address).unwrap();
    let mut sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
    let sampled = sampling.profile().unwrap();
    assert_eq!((sampled.profile.head.self_size, sampled.resets), (8.0, 0));
    assert_eq!(sampled.settings, settings());
    assert_eq!(sampling.finish().unwrap().profile, sampled.profile);
    drop(session);
    assert_eq!(
        after_start(&commands),
        ["getSamplingProfile", "stopSampling"]
    );

    let (address, commands) = v8(false, 9);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let mut sampling = sampling::tokio::Sampling::start(&session, settings())
            .await
            .unwrap();
        let sampled = sampling.profile().await.unwrap();
        assert_eq!((sampled.profile.head.self_size, sampled.resets), (8.0, 0));
        assert_eq!(sampling.finish().await.unwrap(), sampled);
    });
    assert_eq!(
        after_start(&commands),
        ["getSamplingProfile", "stopSampling"]
    );
}

#[test]
fn dropped_it_stops_even_as_the_last_handle() {
    let (address, commands) = v8(false, 9);
    let session = blocking::connect(&address).unwrap();
    let sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
    drop(session);
    drop(sampling);
    assert_eq!(after_start(&commands), ["stopSampling"]);

    let (address, commands) = v8(false, 9);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let sampling = sampling::tokio::Sampling::start(&session, settings())
            .await
            .unwrap();
        drop(session);
        drop(sampling);
        // The writer is a task: let it run.
        tokio::time::sleep(Duration::from_millis(100)).await;
    });
    assert_eq!(after_start(&commands), ["stopSampling"]);
}

#[test]
fn a_start_that_is_given_up_stops_too() {
    let (seen, commands) = channel();
    let (address, _) = target(move |mut peer| {
        let enable = peer.request().unwrap();
        peer.reply(enable.id, "{}");
        let look = peer.request().unwrap();
        refuse(&mut peer, look.id);
        // The start itself has no answer.
        while let Some(request) = peer.request() {
            seen.send(request.method).unwrap();
        }
    });
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let start = sampling::tokio::Sampling::start(&session, settings());
        let limit = Duration::from_millis(200);
        assert!(tokio::time::timeout(limit, start).await.is_err());
        tokio::time::sleep(Duration::from_millis(100)).await;
    });
    let expected = ["HeapProfiler.startSampling", "HeapProfiler.stopSampling"];
    assert_eq!(all(&commands), expected);
}

#[test]
fn another_that_samples_is_left_alone() {
    let (address, commands) = v8(true, 9);
    let session = blocking::connect(&address).unwrap();
    let error = sampling::blocking::Sampling::start(&session, settings()).unwrap_err();
    assert!(matches!(error, SamplingError::AlreadySampling), "{error}");
    drop(session);
    assert_eq!(all(&commands), ["enable", "getSamplingProfile"]);

    let (address, commands) = v8(true, 9);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let error = sampling::tokio::Sampling::start(&session, settings())
            .await
            .unwrap_err();
        assert!(matches!(error, SamplingError::AlreadySampling), "{error}");
    });
    assert_eq!(all(&commands), ["enable", "getSamplingProfile"]);
}

#[test]
fn a_sampling_that_was_stolen_is_told_and_not_stopped_again() {
    let (address, commands) = v8(false, 1);
    let session = blocking::connect(&address).unwrap();
    let mut sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
    sampling.profile().unwrap();
    let error = sampling.profile().unwrap_err();
    assert!(matches!(error, SamplingError::NotSampling), "{error}");
    drop(sampling);
    drop(session);
    assert_eq!(
        after_start(&commands),
        ["getSamplingProfile", "getSamplingProfile"]
    );

    let (address, commands) = v8(false, 0);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let sampling = sampling::tokio::Sampling::start(&session, settings())
            .await
            .unwrap();
        let error = sampling.finish().await.unwrap_err();
        assert!(matches!(error, SamplingError::NotSampling), "{error}");
    });
    assert_eq!(after_start(&commands), ["stopSampling"]);
}

#[test]
fn resets_are_counted_whatever_else_comes() {
    // No room for events at all: what is missed are resets, since the guard asks for
    // nothing else.
    for options in [Options::new(), Options::new().event_memory(0)] {
        let (address, _) = v8(false, 9);
        let session = blocking::connect_with(&address, options.clone()).unwrap();
        let mut sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
        assert_eq!(sampling.profile().unwrap().resets, 0);
        session.take_heap_snapshot(TakeHeapSnapshot::new()).unwrap();
        assert_eq!(sampling.profile().unwrap().resets, 2);
        assert_eq!(sampling.finish().unwrap().resets, 2);

        let (address, _) = v8(false, 9);
        run(async {
            let session = aio::connect_with(&address, options).await.unwrap();
            let sampling = sampling::tokio::Sampling::start(&session, settings())
                .await
                .unwrap();
            session
                .take_heap_snapshot(TakeHeapSnapshot::new())
                .await
                .unwrap();
            assert_eq!(sampling.finish().await.unwrap().resets, 2);
        });
    }
}

#[test]
fn a_session_that_ends_is_an_error_and_no_more() {
    let script = |mut peer: Peer| {
        answer_the_start(&mut peer);
        peer.send(r#"{"method":"Inspector.detached","params":{"reason":"target_closed"}}"#);
    };
    let check = |error: SamplingError| match error {
        SamplingError::Command(Error::Closed { reason, .. }) => {
            assert_eq!(reason, Closed::Detached("target_closed".to_owned()));
        }
        other => panic!("{other:?}"),
    };
    let (address, target_thread) = target(script);
    let session = blocking::connect(&address).unwrap();
    let mut sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
    check(sampling.profile().unwrap_err());
    check(sampling.finish().unwrap_err());
    target_thread.join().unwrap();

    let (address, _) = target(script);
    run(async {
        let session = aio::connect(&address).await.unwrap();
        let mut sampling = sampling::tokio::Sampling::start(&session, settings())
            .await
            .unwrap();
        check(sampling.profile().await.unwrap_err());
        drop(sampling);
    });
}

#[test]
fn a_target_that_goes_silent_does_not_hold_up_a_drop() {
    let (address, _) = target(|mut peer| {
        answer_the_start(&mut peer);
        while peer.request().is_some() {}
    });
    let session = blocking::connect(&address).unwrap();
    let session = session.with_deadline(Deadline::idle(Duration::from_secs(60)));
    let sampling = sampling::blocking::Sampling::start(&session, settings()).unwrap();
    let (done, dropped) = channel();
    thread::spawn(move || {
        drop(sampling);
        done.send(()).unwrap();
    });
    dropped.recv_timeout(Duration::from_secs(20)).unwrap();
}
