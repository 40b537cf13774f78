//! The committed output is what the committed documents give.

use cdp_codegen::{External, Style};
use xtask::Place;
use xtask::regenerate::{Request, Verdict, run};
use xtask::report::{self, Format};

#[test]
fn the_output_is_up_to_date() {
    let request = Request {
        spec: Place::of_project("spec"),
        out: Place::of_project("generated"),
        check: true,
        external: External::Refuse,
    };
    match run(&request) {
        Ok((_, Verdict::Fresh)) => {}
        Ok((comparison, verdict)) => {
            let format = Format::Human(Style::Plain);
            let report = report::regenerate(format, &request, &comparison, verdict);
            panic!("{}{}", report.stdout, report.stderr);
        }
        Err(error) => panic!("{}", error.message()),
    }
}
