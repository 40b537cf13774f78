//! `heap verify` and `heap summary`: snapshots in files.

use std::fs::File;
use std::path::Path;

use cdp_heapprofiler::snapshot::{self, Comparison, Facts, ReadError, Summary};
use serde_json::json;

use crate::cli;
use crate::holdings;
use crate::outcome::{Failure, Report};
use crate::progress::Watched;

pub(crate) fn verify(arguments: &cli::Verify) -> Result<Report, Failure> {
    let file = arguments.file.display().to_string();
    match snapshot::verify(open(&arguments.file)?) {
        Ok(facts) => {
            let mut json = holdings::members(&file, &facts);
            json["whole"] = true.into();
            Ok(Report::new(holdings::line(&file, &facts), json))
        }
        Err(ReadError::Snapshot(error)) => {
            let failure = format!("{file}: {error}");
            let offset = error.place().offset;
            let json = json!({ "file": file, "whole": false, "error": failure, "offset": offset });
            Ok(Report {
                text: String::new(),
                json,
                failure: Some(Failure::NotWhole(failure)),
            })
        }
        Err(error) => Err(Failure::of(file, error)),
    }
}

pub(crate) fn summary(arguments: &cli::Summary) -> Result<Report, Failure> {
    let top = arguments.top;
    // The older one first, since it may not be whole either.
    let old = arguments.against.as_deref().map(summarize).transpose()?;
    let (facts, new) = summarize(&arguments.file)?;
    let file = arguments.file.display().to_string();
    let mut text = holdings::line(&file, &facts);
    let mut json = holdings::members(&file, &facts);
    json["summary"] = holdings::summary_json(&new, top);
    match (old, &arguments.against) {
        (Some((facts, old)), Some(path)) => {
            let against = path.display().to_string();
            let comparison = Comparison::new(&old, &new);
            text.push_str(&holdings::line(&against, &facts));
            text.push_str(&holdings::comparison_text(&comparison, top));
            json["comparison"] = holdings::comparison_json(&against, &comparison, top);
        }
        _ => text.push_str(&holdings::summary_text(&new, top)),
    }
    Ok(Report::new(text, json))
}

fn summarize(path: &Path) -> Result<(Facts, Summary), Failure> {
    let shown = path.display();
    snapshot::summarize(open(path)?).map_err(|error| match error {
        ReadError::Snapshot(error) => Failure::NotWhole(format!("{shown}: {error}")),
        error => Failure::of(shown, error),
    })
}

fn open(path: &Path) -> Result<Watched<File>, Failure> {
    let failed = |error| Failure::of(path.display(), error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    Ok(Watched::new(file, length))
}
