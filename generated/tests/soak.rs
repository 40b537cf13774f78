//! Large snapshots of real targets, with the memory and the time that they take.
//!
//! Not part of the plain test run, for it takes minutes and gigabytes:
//! `cargo test --release --all-features --test soak -- --ignored --nocapture`.
//! `CDP_SOAK_MB` is how many MB a snapshot of Chromium has at the least: 800 without it.

#[cfg(unix)]
#[path = "live/folder.rs"]
mod folder;
#[cfg(unix)]
#[allow(dead_code)]
#[path = "live/http.rs"]
mod http;
#[cfg(unix)]
#[allow(dead_code)]
#[path = "live/process.rs"]
mod process;
#[cfg(unix)]
#[allow(dead_code)]
#[path = "live/target.rs"]
mod target;

#[cfg(unix)]
#[path = "soak/alone.rs"]
mod alone;
#[cfg(unix)]
#[path = "soak/chromium.rs"]
mod chromium;
#[cfg(unix)]
#[path = "soak/heap.rs"]
mod heap;
#[cfg(unix)]
#[path = "soak/loss.rs"]
mod loss;
#[cfg(unix)]
#[path = "soak/node.rs"]
mod node;
#[cfg(unix)]
#[path = "soak/sleeper.rs"]
mod sleeper;
