//! `cargo xtask diff`: from two protocols to what changed between them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};

use cdp_codegen::model::Protocol;
use cdp_codegen::{
    ApiChanges, Diagnostic, External, LISTING, Path, Role, Sources, UnknownDomain, definable,
};

use crate::changes::Changes;
use crate::protocol::SourceError;
use crate::version::Version;
use crate::{Error, Place, protocol, revision};

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The old protocol.
    pub old: OsString,
    /// The new protocol; the documents if it is not said.
    pub new: Option<OsString>,
    /// The domains to compare; all if empty.
    pub domains: Vec<String>,
    /// Where the documents are, now and in revisions.
    pub spec: Place,
    /// The crate that has the old protocol.
    pub krate: Place,
}

/// One of the two protocols, with what was found in it.
#[derive(Debug)]
pub struct Side {
    /// What it was called.
    pub name: String,
    /// The documents, under the names that messages show.
    pub sources: Sources,
    /// What was found in them.
    pub diagnostics: Vec<Diagnostic>,
    /// The protocol and the listing of its API; `None` if any diagnostic is an error.
    pub found: Option<(Protocol, String)>,
}

/// The two protocols and what changed between them.
#[derive(Debug)]
pub struct Diff {
    /// The old protocol.
    pub old: Side,
    /// The new protocol.
    pub new: Side,
    /// What changed; `None` if one of them has errors.
    pub changes: Option<Changes>,
    /// What the items of either protocol are in Rust.
    pub items: BTreeMap<Path, String>,
    /// So many ranges were left out, as one side cannot state any.
    pub ranges_left_out: usize,
}

/// Reads two protocols and compares them. Nothing is written.
///
/// # Errors
/// If one of them cannot be found or read, or neither has a wanted domain. What is wrong with a document is no error
/// here, but a diagnostic.
pub fn run(request: &Request) -> Result<Diff, Error> {
    let spec = request.spec.path("").into_os_string();
    let mut old = read(&request.old, &request.old.to_string_lossy(), &request.spec)?;
    let mut new = match &request.new {
        Some(new) => read(new, &new.to_string_lossy(), &request.spec)?,
        None => read(&spec, &request.spec.show(""), &request.spec)?,
    };
    let mut ranges_left_out = 0;
    if let (Some(before), Some(after)) = (&mut old.protocol, &mut new.protocol) {
        check_names(before, after, &request.domains)?;
        if !(old.documents && new.documents) {
            for protocol in [before, after] {
                ranges_left_out += ranges(protocol, &request.domains);
                definable(protocol);
            }
        }
    }
    let (old, new) = (old.generated(), new.generated());
    let mut items = BTreeMap::new();
    let changes = match (&old.found, &new.found) {
        (Some(before), Some(after)) => {
            items = cdp_codegen::items(&before.0);
            items.extend(cdp_codegen::items(&after.0));
            Some(compare(request, &items, before, after))
        }
        _ => None,
    };
    Ok(Diff {
        old,
        new,
        changes,
        items,
        ranges_left_out,
    })
}

/// Whether each domain is one of either protocol. One that is not is named with what
/// is nearest to it in the new protocol, or else in the old.
fn check_names(old: &Protocol, new: &Protocol, names: &[String]) -> Result<(), UnknownDomain> {
    for name in names {
        let name = std::slice::from_ref(name);
        let has = |protocol| cdp_codegen::export(protocol, name).map(drop);
        if let (Err(there), Err(here)) = (has(old), has(new)) {
            return Err(if here.nearest.is_some() { here } else { there });
        }
    }
    Ok(())
}

/// How many ranges the commands of some domains have.
fn ranges(protocol: &Protocol, domains: &[String]) -> usize {
    let wanted = protocol.domains.iter();
    let wanted = wanted.filter(|it| domains.is_empty() || domains.contains(&it.about.name));
    let parameters = wanted.flat_map(|domain| domain.commands.iter().flat_map(|it| &it.parameters));
    parameters.filter(|it| it.range.is_some()).count()
}

fn compare(
    request: &Request,
    items: &BTreeMap<Path, String>,
    old: &(Protocol, String),
    new: &(Protocol, String),
) -> Changes {
    let mut protocol = cdp_codegen::compare(&old.0, &new.0);
    let mut api = ApiChanges::between(&old.1, &new.1);
    if !request.domains.is_empty() {
        protocol.retain(|found| request.domains.contains(&found.path.domain));
        let modules = request.domains.iter().map(|name| Path::domain(name));
        let modules: BTreeSet<&str> = modules
            .filter_map(|domain| items.get(&domain)?.strip_prefix("mod "))
            .collect();
        api = api.within(&modules);
    }
    Changes {
        protocol: Some(protocol),
        api,
        rewritten: false,
        version: Version::of(&request.krate),
    }
}

/// A side of which the bindings are not made yet.
struct Read {
    name: String,
    /// It is of documents, which can state more than protocol JSON and PDL.
    documents: bool,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    protocol: Option<Protocol>,
}

fn read(source: &OsStr, name: &str, spec: &Place) -> Result<Read, Error> {
    // What is there is meant; a revision is what is not.
    let inputs = match protocol::read(source) {
        Err(Error::Source(SourceError::Missing(_) | SourceError::NoScheme(_))) => {
            revision::read(&source.to_string_lossy(), spec)?
        }
        read => read?,
    };
    let mut roles = inputs.iter().map(|input| input.role);
    let documents = roles.all(|role| matches!(role, Role::Base | Role::Overlay));
    let reading = cdp_codegen::read(inputs, External::Keep);
    Ok(Read {
        name: name.to_owned(),
        documents,
        sources: reading.sources,
        diagnostics: reading.diagnostics,
        protocol: reading.protocol,
    })
}

impl Read {
    fn generated(self) -> Side {
        let mut diagnostics = self.diagnostics;
        let found = self
            .protocol
            .and_then(|protocol| match cdp_codegen::generate(&protocol) {
                Ok(mut files) => Some((protocol, files.remove(LISTING).unwrap_or_default())),
                Err(collisions) => {
                    diagnostics.extend(collisions);
                    None
                }
            });
        Side {
            name: self.name,
            sources: self.sources,
            diagnostics,
            found,
        }
    }
}
