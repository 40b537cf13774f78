//! `cargo xtask regenerate`: from the documents to the files on disk.

use cdp_codegen::{
    ApiChanges, Diagnostic, Difference, External, Files, Input, LISTING, PROTOCOL, Reading, Role,
    Severity, Sources, model,
};

use crate::changes::Changes;
use crate::tree::{Change, Plan};
use crate::version::Version;
use crate::{Error, Place, apply, documents, tree};

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the documents are.
    pub spec: Place,
    /// Where the output goes.
    pub out: Place,
    /// Write nothing, only compare.
    pub check: bool,
    /// What becomes of references to domains that no document describes.
    pub external: External,
}

impl Request {
    /// The command that brings the output up to date.
    pub fn mending_command(&self) -> String {
        let mut command = "cargo xtask regenerate".to_owned();
        for (name, place) in [("--spec", &self.spec), ("--out", &self.out)] {
            if let Some(argument) = place.argument() {
                command += &format!(" {name} {argument}");
            }
        }
        if self.external == External::Keep {
            command += " --external opaque";
        }
        command
    }
}

/// What the documents give, compared with what is on disk.
#[derive(Debug)]
pub struct Comparison {
    /// The documents, under the names that messages show.
    pub sources: Sources,
    /// What was found in them.
    pub diagnostics: Vec<Diagnostic>,
    /// What has to change on disk; `None` if any diagnostic is an error.
    pub plan: Option<Plan>,
    /// What changes in the protocol and its API with the plan.
    pub changes: Changes,
    /// How many items the API has, if it is the first.
    pub first_items: Option<usize>,
}

impl Comparison {
    /// How many errors and how many warnings were found.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter();
        let errors = errors
            .filter(|found| found.severity == Severity::Error)
            .count();
        (errors, self.diagnostics.len() - errors)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The output was up to date.
    Fresh,
    /// The output was brought up to date.
    Written,
    /// The output is not up to date, and was only compared.
    Stale,
    /// The documents have errors; nothing was written.
    Refused,
}

/// Reads the documents and compares what they give with what is on disk.
/// Writes nothing.
///
/// # Errors
/// If the documents or the output cannot be read, or if the output holds files
/// that are not machine-written. What is wrong with a document is no error
/// here, but a diagnostic.
pub fn compare(spec: &Place, out: &Place, external: External) -> Result<Comparison, Error> {
    let Reading {
        mut sources,
        mut diagnostics,
        protocol,
    } = cdp_codegen::read(documents::read(spec, true)?, external);
    sources.rename(|name| documents::shown(spec, name));
    let plan = match protocol.map(|protocol| cdp_codegen::generate(&protocol)) {
        Some(Ok(files)) => Some(plan(files, out)?),
        Some(Err(collisions)) => {
            diagnostics.extend(collisions);
            None
        }
        None => None,
    };
    let changed = plan.as_ref().map(|plan| changes(plan, out));
    Ok(Comparison {
        sources,
        diagnostics,
        first_items: plan.as_ref().and_then(first_items),
        plan,
        changes: changed.unwrap_or_default(),
    })
}

/// What changes with a plan. Nobody has seen what is written for the first time: it
/// changes nothing.
fn changes(plan: &Plan, out: &Place) -> Changes {
    let api = match plan.changes.get(LISTING) {
        Some(Change::Create { .. }) => return Changes::default(),
        Some(change) => {
            ApiChanges::between(&String::from_utf8_lossy(change.before()), change.after())
        }
        None => ApiChanges::default(),
    };
    let protocol = match plan.changes.get(PROTOCOL) {
        Some(change) => differences(change),
        None => Some(Vec::new()),
    };
    let code = |path: &String| path.starts_with(tree::OWNED);
    Changes {
        protocol,
        api,
        rewritten: plan.changes.keys().any(code),
        // Only who is told of changes asks for it.
        version: (!plan.changes.is_empty())
            .then(|| Version::of(out))
            .flatten(),
    }
}

/// What became of the protocol; `None` if the old file is missing or damaged. Both
/// come from JSON, which does not hold all that documents do.
fn differences(change: &Change) -> Option<Vec<Difference>> {
    let old = protocol(change.before())?;
    let new = protocol(change.after().as_bytes())?;
    Some(cdp_codegen::compare(&old, &new))
}

fn protocol(json: &[u8]) -> Option<model::Protocol> {
    let input = Input {
        name: PROTOCOL.to_owned(),
        role: Role::Json,
        bytes: json.to_vec(),
    };
    cdp_codegen::read(vec![input], External::Keep).protocol
}

fn first_items(plan: &Plan) -> Option<usize> {
    match plan.changes.get(LISTING)? {
        Change::Create { new } => Some(new.lines().filter(|line| !line.starts_with("# ")).count()),
        Change::Update { .. } | Change::Remove { .. } => None,
    }
}

/// Compares, and brings the output up to date unless it is only to be checked.
///
/// # Errors
/// As [`compare`], and if the output cannot be written.
pub fn run(request: &Request) -> Result<(Comparison, Verdict), Error> {
    let mut comparison = compare(&request.spec, &request.out, request.external)?;
    if let (true, Some(plan)) = (request.check, &mut comparison.plan) {
        // They may be those of a run under way, and harm nothing if they are not.
        plan.leftovers.clear();
    }
    let verdict = match &comparison.plan {
        None => Verdict::Refused,
        Some(plan) if plan.is_empty() => Verdict::Fresh,
        Some(_) if request.check => Verdict::Stale,
        Some(plan) => {
            apply::apply(plan, &request.out, &mut |_| Ok(()))?;
            Verdict::Written
        }
    };
    Ok((comparison, verdict))
}

fn plan(files: Files, out: &Place) -> Result<Plan, Error> {
    let disk = tree::scan(out, &files)?;
    tree::plan(disk, files, out)
}

/// Paths of a plan by what happens to them, as messages name them.
#[derive(Debug, Default)]
pub struct Paths {
    /// Files that are missing.
    pub created: Vec<String>,
    /// Files that hold something else.
    pub updated: Vec<String>,
    /// Files that are no longer part of the output, and temporary files of
    /// other runs.
    pub removed: Vec<String>,
    /// Files that are as they should be.
    pub unchanged: Vec<String>,
}

impl Paths {
    /// Sorts the paths of a plan.
    pub fn of(plan: &Plan, out: &Place) -> Self {
        let mut paths = Self::default();
        for (path, change) in &plan.changes {
            let list = match change {
                Change::Create { .. } => &mut paths.created,
                Change::Update { .. } => &mut paths.updated,
                Change::Remove { .. } => &mut paths.removed,
            };
            list.push(out.show(path));
        }
        let leftovers = plan.leftovers.iter().map(|path| out.show(path));
        paths.removed.extend(leftovers);
        paths.unchanged = plan.unchanged.iter().map(|path| out.show(path)).collect();
        paths
    }
}
