//! The stacks in sampling profiles.

use super::deviation::Deviation;
use super::profile::{assert_consistent, paths};
use super::subject::Subject;
use super::Outcome;
use cdp_heapprofiler::protocol::heap_profiler::{
    HeapProfilerCommands, StartSampling, StopSampling,
};

/// How many frames of a stack a target records without being told.
const DEFAULT_DEPTH: usize = 128;

/// How many functions call each other before one allocates.
const STEPS: usize = 127;

/// A deep recursion comes back with all its frames, in their order.
pub(super) fn deep_stack_comes_back(subject: &Subject) -> Outcome<()> {
    subject.value(&steps())?;
    let names = stack(subject, StartSampling::new())?;
    assert_eq!(names.len(), DEFAULT_DEPTH, "{names:?}");
    assert_in_order(&names);
    let shallow = stack(subject, StartSampling::new().stack_depth(10.0))?;
    let is_ignored = subject.differs(Deviation::IgnoresStackDepth);
    let depth = if is_ignored { DEFAULT_DEPTH } else { 10 };
    assert_eq!(shallow.len(), depth, "{shallow:?}");
    assert_in_order(&shallow);
    Ok(())
}

/// Functions with names of their own: profiles tell what is in the source text.
fn steps() -> String {
    let mut text = String::from("function step0(count) { return allocate(count); }\n");
    for step in 1..STEPS {
        let below = step - 1;
        text += &format!("function step{step}(count) {{ return step{below}(count); }}\n");
    }
    text
}

/// The functions on the deepest stack that was sampled in `allocate`, without the root.
fn stack(subject: &Subject, start: StartSampling) -> Outcome<Vec<String>> {
    let session = &subject.session;
    session.start_sampling(start.sampling_interval(512.0))?;
    subject.value(&format!("step{}(2000)", STEPS - 1))?;
    let profile = session.stop_sampling(StopSampling::new())?.profile;
    assert_consistent(&profile);
    let paths = paths(&profile);
    let path = paths
        .iter()
        .filter(|path| {
            let last = path[path.len() - 1];
            last.call_frame.function_name == "allocate" && last.self_size > 0.0
        })
        .max_by_key(|path| path.len());
    let path = path.ok_or("`allocate` was not sampled")?;
    let frames = path.iter().skip(1);
    Ok(frames
        .map(|node| node.call_frame.function_name.clone())
        .collect())
}

/// The innermost frames, from the outer to the inner ones.
fn assert_in_order(names: &[String]) {
    let mut expected: Vec<String> = (0..STEPS).rev().map(|step| format!("step{step}")).collect();
    expected.push("allocate".to_owned());
    assert!(expected.ends_with(names), "{names:?}");
}
