//! Parameters that harm targets are refused before they are sent. The list must name
//! all that `api.txt` does: add a line when the protocol grows.

use std::error::Error;

use cdp_heapprofiler::protocol::heap_profiler::{self, StartSampling};
use cdp_heapprofiler::{encode_request, Command, EncodeError, RefusedParameter, Unchecked};

/// A parameter, its bounds, and a command that has it.
struct Ranged {
    line: &'static str,
    parameter: &'static str,
    range: &'static str,
    bounds: (f64, f64),
    command: fn(f64) -> StartSampling,
}

const RANGED: [Ranged; 2] = [
    Ranged {
        line: "check heap_profiler::StartSampling::sampling_interval: 1.0..=2147483647.0",
        parameter: "samplingInterval",
        range: "1..=2147483647",
        bounds: (1.0, 2147483647.0),
        command: |value| StartSampling::new().sampling_interval(value),
    },
    Ranged {
        line: "check heap_profiler::StartSampling::stack_depth: 1.0..=147.0",
        parameter: "stackDepth",
        range: "1..=147",
        bounds: (1.0, 147.0),
        command: |value| StartSampling::new().stack_depth(value),
    },
];

fn refusal<C: Command>(command: &C) -> Option<RefusedParameter> {
    match encode_request(1, None, command) {
        Err(EncodeError::Refused(refused)) => {
            assert_eq!(command.check(), Err(refused.clone()));
            Some(refused)
        }
        Err(error) => panic!("{error}"),
        Ok(_) => {
            assert_eq!(command.check(), Ok(()));
            None
        }
    }
}

#[test]
fn the_list_is_complete() {
    let api = include_str!("../api.txt").lines();
    let ranges: Vec<_> = api.filter(|line| line.starts_with("check ")).collect();
    assert_eq!(ranges, RANGED.map(|ranged| ranged.line));
}

#[test]
fn bounds_pass_and_what_is_beyond_them_is_refused() {
    for ranged in RANGED {
        let (min, max) = ranged.bounds;
        for value in [min, (min + max) / 2.0, max] {
            assert_eq!(refusal(&(ranged.command)(value)), None, "{value}");
        }
        let beyond = [
            min - 0.001,
            0.5,
            0.0,
            -0.0,
            -1.0,
            max + 0.001,
            max + 1.0,
            1e300,
        ];
        let no_numbers = [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        for value in beyond.into_iter().chain(no_numbers) {
            let command = (ranged.command)(value);
            let refused = refusal(&command).unwrap_or_else(|| panic!("{value} is sent"));
            assert_eq!(refused.method(), "HeapProfiler.startSampling");
            assert_eq!(refused.parameter(), ranged.parameter);
            assert_eq!(refused.range(), ranged.range);
            let shown: f64 = refused.value().parse().unwrap();
            assert!(shown == value || (shown.is_nan() && value.is_nan()));
            assert!(encode_request(1, None, &Unchecked(command)).is_ok());
        }
    }
}

#[test]
fn absent_parameters_and_commands_without_ranges_pass() {
    assert_eq!(refusal(&StartSampling::new()), None);
    assert_eq!(refusal(&heap_profiler::StopSampling::new()), None);
}

#[test]
fn a_refusal_says_all_there_is_to_know() {
    let command = StartSampling::new().stack_depth(148.0);
    let error = encode_request(1, None, &command).unwrap_err();
    let text = error.to_string();
    for part in [
        "HeapProfiler.startSampling",
        "stackDepth",
        "148",
        "1..=147",
        "aborts the whole process on Node 26",
        "Unchecked",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let refused = refusal(&command).unwrap();
    assert!(text.contains(refused.reason()));
    assert_eq!(error, EncodeError::from(refused));
    let _: Box<dyn Error + Send + Sync> = Box::new(error);
}

#[test]
fn unchecked_sends_the_same_message() {
    let command = StartSampling::new().stack_depth(147.0);
    let unchecked = Unchecked(command.clone());
    assert_eq!(
        encode_request(7, Some("s"), &unchecked).unwrap(),
        encode_request(7, Some("s"), &command).unwrap()
    );
    let refused = Unchecked(command.stack_depth(200.0));
    assert_eq!(
        encode_request(7, None, &refused).unwrap(),
        r#"{"id":7,"method":"HeapProfiler.startSampling","params":{"stackDepth":200.0}}"#
    );
}
