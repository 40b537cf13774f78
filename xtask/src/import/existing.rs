//! The documents that an import finds.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use cdp_codegen::model::{Domain, Protocol};
use cdp_codegen::{External, Input, Lost, Reading, Role};

use crate::tree::Plan;
use crate::{Error, Place, documents};

/// What the documents say that are there.
#[derive(Default)]
pub(super) struct Existing {
    /// The base documents alone.
    pub(super) base: Protocol,
    /// With their overlays.
    pub(super) overlaid: Protocol,
}

impl Existing {
    /// Reads them, if they can be understood.
    pub(super) fn read(spec: &Place) -> Result<Result<Self, Reading>, Error> {
        let mut protocols = Vec::new();
        for overlay in [false, true] {
            let mut reading = cdp_codegen::read(inputs(spec, overlay)?, External::Keep);
            reading.sources.rename(|name| documents::shown(spec, name));
            match reading.protocol.take() {
                Some(protocol) => protocols.push(protocol),
                None => return Ok(Err(reading)),
            }
        }
        let overlaid = protocols.pop().unwrap_or_default();
        let base = protocols.pop().unwrap_or_default();
        Ok(Ok(Self { base, overlaid }))
    }

    pub(super) fn overlaid_domain(&self, name: &str) -> Option<&Domain> {
        let mut domains = self.overlaid.domains.iter();
        domains.find(|domain| domain.about.name == name)
    }

    /// The documents of a domain, the base document first, as messages name them.
    pub(super) fn documents(&self, spec: &Place, domain: &str) -> Vec<String> {
        let domain = self.overlaid_domain(domain).into_iter();
        let names = domain.flat_map(|domain| &domain.documents);
        names.map(|name| documents::shown(spec, name)).collect()
    }

    /// The types by their full names.
    pub(super) fn types(&self) -> BTreeSet<String> {
        let types = self.overlaid.types.iter();
        types
            .map(|item| {
                let domain = &self.overlaid.domain(item.domain).about.name;
                format!("{domain}.{}", item.about.name)
            })
            .collect()
    }

    /// What overlays have said that others are about to replace, and these do not say.
    pub(super) fn lost(&self, spec: &Place, plan: &Plan) -> Result<Vec<(String, Lost)>, Error> {
        let changes = plan.changes.iter();
        let overlays = changes.filter(|(path, _)| path.starts_with("overlay/"));
        let mut inputs = inputs(spec, false)?;
        inputs.extend(overlays.map(|(path, change)| Input {
            name: path.clone(),
            role: Role::Overlay,
            bytes: change.after().as_bytes().to_owned(),
        }));
        let Some(new) = cdp_codegen::read(inputs, External::Keep).protocol else {
            return Ok(Vec::new());
        };
        let mut lost = Vec::new();
        for domain in &self.overlaid.domains {
            let name = &domain.about.name;
            let Some(overlay) = domain.documents.get(1) else {
                continue;
            };
            let overlay = documents::shown(spec, overlay);
            if plan.changes.keys().any(|path| spec.show(path) == overlay) {
                lost.push((overlay, Lost::between(&self.overlaid, &new, name)));
            }
        }
        Ok(lost)
    }
}

/// The documents, if there is any.
fn inputs(spec: &Place, overlay: bool) -> Result<Vec<Input>, Error> {
    match fs::metadata(spec.path("")) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        _ => match documents::read(spec, overlay) {
            Err(Error::NoDocuments(_)) => Ok(Vec::new()),
            inputs => inputs,
        },
    }
}
