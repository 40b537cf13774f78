//! What each step from documents to bindings costs, and how it grows:
//!
//! ```text
//! taskset -c 0 cargo bench -p cdp-codegen --bench stages
//! ```
//!
//! It prints the throughput of each step in MB of markdown per second, at 1, 4 and 16
//! times the size, and the cost of a byte at 16 times the size over that at once the
//! size: a step is linear where it is close to 1. The ratios compare with what others
//! do in libraries: with CommonMark, read of the same documents by pulldown-cmark, and
//! with the same output, parsed by syn and printed by prettyplease.
//!
//! With `CDP_PROTOCOLS=FOLDER`, filled by `node codegen/tests/fetch.mjs FOLDER`, the
//! documents are those of the whole protocol of today, in place of the project's own.
//! Without `--bench`, as under `cargo test --benches`, each step runs once.

mod corpus;
mod measure;

use std::error::Error;

use corpus::Corpus;

/// How many times the size of the corpus.
const SIZES: [usize; 3] = [1, 4, 16];

fn main() -> Result<(), Box<dyn Error>> {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let corpus = Corpus::load()?;
    println!("{}\n", corpus.origin);
    if measures {
        let columns = SIZES.map(|size| measure::best(&corpus.copies(size)));
        measure::print_table(&SIZES, &columns);
    } else {
        measure::pass(&corpus.copies(1));
    }
    Ok(())
}
