//! `heap sample`.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use cdp_heapprofiler::protocol::heap_profiler::StartSampling;
use cdp_heapprofiler::sampling::blocking::Sampling;
use cdp_heapprofiler::sampling::{
    write_collapsed, write_flamegraph, write_heapprofile, Pprof, Row, Sampled, Tree,
};
use serde_json::{json, Value};

use crate::cli::{self, Format};
use crate::files::Place;
use crate::interrupt::Interrupt;
use crate::layout::{plain, size, Table};
use crate::outcome::{Failure, Report};
use crate::places::Places;
use crate::target::Target;

pub(crate) fn run(arguments: &cli::Sample, interrupt: &Interrupt) -> Result<Report, Failure> {
    let format = format_of(arguments)?;
    Place::may_be(&arguments.output)?;
    let target = Target::connect(&arguments.target, interrupt)?;
    let place = Place::choose(&arguments.output, &target.name(), ending(format))?;
    let (sampled, passed) = sample(arguments, &target, interrupt)?;
    let bytes = write(format, &sampled, passed).map_err(|error| match error.kind() {
        // Of the pictures: that there is nothing to be drawn.
        io::ErrorKind::InvalidData => Failure::Failed(format!(
            "{error}: sample for longer, or with a smaller --interval"
        )),
        _ => Failure::of(place.path.display(), error),
    })?;
    place.write(&bytes)?;

    let tree = Tree::new(&sampled.profile);
    let rows = tree.rows();
    let mut report = Report::new(
        text(arguments, &place, &sampled, passed, &rows),
        json!({
            "file": place.shown(),
            "format": ending(format),
            "seconds": passed.as_secs_f64(),
            "interval": arguments.interval,
            "all": arguments.all,
            "interrupted": interrupt.was_pressed(),
            "resets": sampled.resets,
            "totalSize": whole(tree.total_size()),
            "functions": rows.iter().map(function).collect::<Vec<_>>(),
        }),
    );
    if interrupt.was_pressed() {
        let said = format!("interrupted after {:.1} s", passed.as_secs_f64());
        report.failure = Some(Failure::Interrupted(said));
    }
    Ok(report)
}

/// Samples for as long as was asked for, or until Ctrl-C.
fn sample(
    arguments: &cli::Sample,
    target: &Target,
    interrupt: &Interrupt,
) -> Result<(Sampled, Duration), Failure> {
    let settings = StartSampling::new()
        .sampling_interval(arguments.interval.into())
        .include_objects_collected_by_major_gc(arguments.all)
        .include_objects_collected_by_minor_gc(arguments.all);
    let mut events = target.session.events();
    let sampling =
        Sampling::start(&target.session, settings).map_err(|error| target.failed(error))?;
    interrupt.is_noted(&target.session);
    let begin = Instant::now();
    target.let_run()?;
    target.wait(&mut events, arguments.seconds, interrupt, |_| Ok(()))?;
    let passed = begin.elapsed();
    let sampled = sampling.finish().map_err(|error| target.failed(error))?;
    Ok((sampled, passed))
}

fn format_of(arguments: &cli::Sample) -> Result<Format, Failure> {
    let path = arguments.output.output.as_deref();
    match (arguments.format, path) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Heapprofile),
        (None, Some(path)) => by_ending(path).ok_or_else(|| {
            let problem = "its ending tells no format: give a --format";
            Failure::Usage(format!("{}: {problem}", path.display()))
        }),
    }
}

fn by_ending(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?;
    let (stem, ending) = name.rsplit_once('.')?;
    match ending {
        "heapprofile" => Some(Format::Heapprofile),
        "collapsed" | "txt" => Some(Format::Collapsed),
        "svg" => Some(Format::Svg),
        "pprof" => Some(Format::Pprof),
        "gz" if stem.ends_with(".pb") => Some(Format::Pprof),
        _ => None,
    }
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Heapprofile => "heapprofile",
        Format::Collapsed => "collapsed",
        Format::Svg => "svg",
        Format::Pprof => "pb.gz",
    }
}

fn write(format: Format, sampled: &Sampled, passed: Duration) -> io::Result<Vec<u8>> {
    let profile = &sampled.profile;
    let mut bytes = Vec::new();
    match format {
        Format::Heapprofile => write_heapprofile(profile, &mut bytes)?,
        Format::Collapsed => write_collapsed(&Tree::new(profile), &mut bytes)?,
        Format::Svg => {
            let profile = Places::new().in_profile(profile);
            write_flamegraph(&Tree::new(&profile), &title(sampled, passed), &mut bytes)?;
        }
        Format::Pprof => Pprof::new()
            .settings(&sampled.settings)
            .time(SystemTime::now())
            .duration(passed)
            .write(&Tree::new(profile), &mut bytes)?,
    }
    Ok(bytes)
}

fn title(sampled: &Sampled, passed: Duration) -> String {
    let all = sampled.settings.include_objects_collected_by_major_gc == Some(true);
    let alive = if all { "" } else { " and still alive" };
    format!("allocated in {:.1} s{alive}", passed.as_secs_f64())
}

fn text(
    arguments: &cli::Sample,
    place: &Place,
    sampled: &Sampled,
    passed: Duration,
    rows: &[Row<'_>],
) -> String {
    let total = Tree::new(&sampled.profile).total_size();
    let mut text = format!(
        "{}: {} {}, a sample every {}\n",
        place.shown(),
        size(whole(total)),
        title(sampled, passed),
        size(arguments.interval.into()),
    );
    if sampled.resets > 0 {
        text.push_str("the page has gone to another process, and what came before is lost\n");
    }
    let places = Places::new();
    let mut table = Table::new(2, &["self", "total", "function"]);
    let shown = rows.iter().filter(|row| row.self_size > 0.0);
    for row in shown.take(arguments.top) {
        let mut function = plain(row.function);
        if !row.url.is_empty() {
            function = format!("{function}  {}", plain(places.shown(row.url)));
            for number in [row.line, row.column].into_iter().flatten() {
                function.push_str(&format!(":{number}"));
            }
        }
        let (own, total) = (whole(row.self_size), whole(row.total_size));
        table.row(vec![size(own), size(total), function]);
    }
    text + &table.print()
}

fn function(row: &Row<'_>) -> Value {
    json!({
        "function": row.function,
        "url": row.url,
        "line": row.line,
        "column": row.column,
        "selfSize": whole(row.self_size),
        "totalSize": whole(row.total_size),
    })
}

/// A size in whole bytes.
fn whole(size: f64) -> u64 {
    // The cast saturates.
    size.round() as u64
}
