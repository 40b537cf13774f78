//! Flame graphs of profiles that a real Node has written, and of odd ones.

use std::io::ErrorKind;

use cdp_heapprofiler::protocol::heap_profiler::{SamplingHeapProfile, SamplingHeapProfileNode};
use cdp_heapprofiler::sampling::{read_heapprofile, write_flamegraph, Tree};

const FILES: [&str; 2] = [
    include_str!("profiles/heap-prof.heapprofile"),
    include_str!("profiles/start-heap-profile.heapprofile"),
];

fn draw(profile: &SamplingHeapProfile) -> std::io::Result<String> {
    let mut svg = Vec::new();
    write_flamegraph(&Tree::new(profile), "Kept & <allocated>", &mut svg)?;
    Ok(String::from_utf8(svg).unwrap())
}

fn sized(sizes: &[f64]) -> SamplingHeapProfile {
    let mut profile = SamplingHeapProfile::default();
    for (index, size) in sizes.iter().enumerate() {
        let mut node = SamplingHeapProfileNode::default();
        node.call_frame.function_name = format!("f{index}");
        node.self_size = *size;
        profile.head.children.push(node);
    }
    profile
}

#[test]
fn frames_have_the_bytes_of_the_profile() {
    for file in FILES {
        let profile = read_heapprofile(file.as_bytes()).unwrap();
        let svg = draw(&profile).unwrap();
        assert!(svg.trim_end().ends_with("</svg>"));
        assert!(svg.contains("Kept &amp; &lt;allocated&gt;"));
        let total = Tree::new(&profile).total_size();
        // As inferno writes numbers: in groups of three.
        let mut digits = format!("{total:.0}");
        for at in (1..digits.len())
            .rev()
            .filter(|at| (digits.len() - at) % 3 == 0)
            .collect::<Vec<_>>()
        {
            digits.insert(at, ',');
        }
        assert!(
            svg.contains(&format!("<title>all ({digits} bytes, 100%)</title>")),
            "{digits}"
        );
        assert!(svg.contains("<title>größe ("));
        assert!(svg.contains("<title>semi:colon line ("));
        assert_eq!(draw(&profile).unwrap(), svg, "the same again");
    }
}

#[test]
fn what_cannot_be_seen_is_not_drawn_but_counted() {
    let svg = draw(&sized(&[1e6, 10.0, 10.0])).unwrap();
    assert!(svg.contains("<title>f0 (1,000,000 bytes,"));
    assert!(!svg.contains("<title>f1"));
    assert!(svg.contains("(1,000,020 bytes, 100%)"));
}

#[test]
fn what_gives_no_picture_is_an_error() {
    for sizes in [&[][..], &[0.0], &[-5.0], &[1e300], &[1e16], &[9e15, 9e15]] {
        let error = draw(&sized(sizes)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData, "{sizes:?}");
    }
}
