//! A process for each trial: its memory is that of one capture, and of nothing else.

use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

const ALONE: &str = "CDP_SOAK_ALONE";

/// Runs a trial of this name in a process of its own, one at a time.
pub(crate) fn alone(name: &str, trial: impl FnOnce()) {
    static ONE: Mutex<()> = Mutex::new(());
    if std::env::var_os(ALONE).is_some() {
        return trial();
    }
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(ALONE, "1")
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{name}: {status}");
}

/// The most memory that this process has had, in MB; `None` where the system does not
/// tell it as Linux does.
pub(crate) fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// Prints the peak, and proves that it does not depend on the size of the snapshot.
pub(crate) fn assert_small() {
    if let Some(peak) = peak_memory() {
        println!("  peak memory {peak:.1} MB");
        assert!(peak < 80.0, "a peak of {peak} MB");
    }
}
