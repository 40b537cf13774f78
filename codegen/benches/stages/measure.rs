//! One pass over all steps, the best of several, and the table of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cdp_codegen::{External, Input, generate, read, stages};

/// The steps in their order.
const STEPS: [&str; 6] = ["blocks", "parse", "resolve", "name", "emit", "print"];

/// Small documents are measured often, large ones as often as there is time for.
const LEAST_PASSES: usize = 3;
const MOST_PASSES: usize = 50;
const ENOUGH: Duration = Duration::from_secs(5);

/// What came of the passes over documents of one size.
pub(crate) struct Column {
    bytes: usize,
    steps: [Duration; STEPS.len()],
    /// From bytes to the texts of all files, as users have it.
    whole: Duration,
    commonmark: Duration,
    /// The output, read and printed again.
    reprint: Duration,
}

/// The least time of each step in several passes: others can only make it longer.
pub(crate) fn best(inputs: &[Input]) -> Column {
    let start = Instant::now();
    let mut best = pass(inputs);
    for passes in 1.. {
        if passes >= MOST_PASSES || (passes >= LEAST_PASSES && start.elapsed() > ENOUGH) {
            break;
        }
        best = best.least(pass(inputs));
    }
    best
}

impl Column {
    fn least(self, other: Self) -> Self {
        Self {
            bytes: self.bytes,
            steps: std::array::from_fn(|step| self.steps[step].min(other.steps[step])),
            whole: self.whole.min(other.whole),
            commonmark: self.commonmark.min(other.commonmark),
            reprint: self.reprint.min(other.reprint),
        }
    }
}

/// All steps once. It panics if something is wrong with the documents.
pub(crate) fn pass(inputs: &[Input]) -> Column {
    let sources = stages::sources(inputs.to_vec());
    let bytes = inputs.iter().map(|input| input.bytes.len()).sum();
    let (_, commonmark) = timed(|| {
        let texts = sources.iter().map(|(_, source)| source.text.as_str());
        texts
            .map(|text| pulldown_cmark::Parser::new(text).count())
            .sum::<usize>()
    });
    let (_, blocks) = timed(|| stages::blocks(&sources));
    let (parsed, parse) = timed(|| stages::parse(&sources));
    let ((protocol, findings), resolve) = timed(|| stages::resolve(parsed, &sources));
    assert!(findings.is_empty(), "{:#?}", findings.first());
    let (named, name) = timed(|| stages::name(&protocol).expect("names without collisions"));
    let mut print = Duration::ZERO;
    let ((), emit_and_print) = timed(|| {
        stages::emit(&protocol, &named, |items| {
            print += timed(|| stages::print(items)).1;
        });
    });
    let inputs = inputs.to_vec();
    let (files, whole) = timed(|| {
        let reading = read(inputs, External::Refuse);
        let protocol = reading.protocol.expect("documents without errors");
        generate(&protocol).expect("names without collisions")
    });
    let (_, reprint) = timed(|| {
        let code = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let printed = code.map(|(_, text)| reprinted(syn::parse_file(text).expect("Rust")));
        printed.sum::<usize>()
    });
    Column {
        bytes,
        steps: [blocks, parse, resolve, name, emit_and_print - print, print],
        whole,
        commonmark,
        reprint,
    }
}

/// The bytes of a file printed anew, item by item: in one go the cost would grow with
/// the square of the size.
fn reprinted(file: syn::File) -> usize {
    let items = file.items.into_iter().map(|item| syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    items.map(|item| prettyplease::unparse(&item).len()).sum()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

/// A row per step, the whole, and what to compare them with.
pub(crate) fn print_table(sizes: &[usize], columns: &[Column]) {
    print!("{:<28}", "MB/s");
    for size in sizes {
        print!("{:>9}", format!("{size} x"));
    }
    println!("{:>9}{:>12}", "growth", "ms at 1 x");
    for (step, name) in STEPS.iter().enumerate() {
        print_row(name, columns, |column| column.steps[step]);
    }
    print_row("all but print", columns, all_but_print);
    print_row("the whole, by threads", columns, |column| column.whole);
    print_row("CommonMark, to compare", columns, |column| {
        column.commonmark
    });
    print_row("syn, prettyplease, likewise", columns, |column| {
        column.reprint
    });
    let last = &columns[columns.len() - 1];
    println!(
        "\nblocks take {:.2} of the time of CommonMark, print {:.2} of that of syn and prettyplease",
        last.steps[0].as_secs_f64() / last.commonmark.as_secs_f64(),
        last.steps[5].as_secs_f64() / last.reprint.as_secs_f64(),
    );
}

/// Blocks are cut anew while parsing.
fn all_but_print(column: &Column) -> Duration {
    column.steps[1..5].iter().sum()
}

fn print_row(name: &str, columns: &[Column], time: impl Fn(&Column) -> Duration) {
    print!("{name:<28}");
    let seconds = |column: &Column| time(column).as_secs_f64();
    for column in columns {
        print!("{:>9.1}", column.bytes as f64 / seconds(column) / 1e6);
    }
    let cost = |column: &Column| seconds(column) / column.bytes as f64;
    let growth = cost(&columns[columns.len() - 1]) / cost(&columns[0]);
    println!("{growth:>9.2}{:>12.1}", seconds(&columns[0]) * 1e3);
}
