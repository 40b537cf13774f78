//! What can go wrong besides what is wrong with a document.

use std::{error, io};

/// Why a run stopped. What is wrong with a document is a
/// [`Diagnostic`](cdp_codegen::Diagnostic) instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused to read or write.
    #[error("cannot {action} `{path}`")]
    Io {
        /// What was tried: `read`.
        action: &'static str,
        /// What it was tried on, as messages name it.
        path: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The system refused a step after some files may have been replaced.
    #[error("cannot {action} `{path}`")]
    Unfinished {
        /// What was tried: `replace`.
        action: &'static str,
        /// What it was tried on, as messages name it.
        path: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// A directory of documents holds none.
    #[error("`{0}` holds no document")]
    NoDocuments(String),
    /// A document has a name that could not be shown as it is.
    #[error("a document has the name {0:?}")]
    DocumentName(String),
    /// Files with the looks of documents lie where none is read, or have a name
    /// that is nearly one of a document.
    #[error("not read as a document: {}", quoted(.0))]
    Overlooked(Vec<String>),
    /// The place of a document or of a machine-written file
    /// is taken by something else.
    #[error("`{0}` is not a {1}")]
    NotPlain(String, &'static str),
    /// Files that would have to be removed were not written by this program.
    #[error("not machine-written: {}", quoted(.0))]
    NotMachineWritten(Vec<String>),
    /// The command line names a domain that no document describes.
    #[error(transparent)]
    UnknownDomain(#[from] cdp_codegen::UnknownDomain),
    /// Documents that were to be written are there, and say something else.
    #[error("already there, and different: {}", quoted(.others))]
    OtherDocuments {
        /// The documents, as messages name them.
        others: Vec<String>,
        /// An overlay could be written instead.
        overlay: bool,
    },
    /// Documents that are there lack types that others need.
    #[error("{}", lacks(.missing))]
    MissingTypes {
        /// The documents, as messages name them, and the types by their full names.
        missing: Vec<(String, Vec<String>)>,
        /// The types that others need were asked for.
        closure: bool,
    },
    /// Overlays that are there lack what was to be written: as messages name them, with
    /// the items and members.
    #[error("{}", lacks_entries(.0))]
    OverlayLacks(Vec<(String, Vec<String>)>),
    /// A source gives no protocol.
    #[error(transparent)]
    Source(#[from] crate::protocol::SourceError),
    /// A revision of git gives no protocol.
    #[error(transparent)]
    Revision(#[from] crate::revision::RevisionError),
}

impl Error {
    /// How to mend it, where that can be said.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Io { .. } | Self::UnknownDomain(_) => None,
            Self::Source(error) => error.help(),
            Self::OtherDocuments { overlay, .. } => Some(match overlay {
                true => "write only what they leave out with --overlay, or take their place with --replace",
                false => "take their place with --replace",
            }.to_owned()),
            Self::MissingTypes { missing, closure } => Some(mend_missing(missing, *closure)),
            Self::OverlayLacks(_) => Some(
                "--print prints the entries, to be merged by hand; --replace discards the overlay"
                    .to_owned(),
            ),
            Self::Revision(error) => error.help(),
            Self::Unfinished { .. } => Some(
                "every file is either old or new, whole; run the command again when this is mended"
                    .to_owned(),
            ),
            Self::Overlooked(_) => Some(
                "documents are files named `*.md` in the directory itself and in its `overlay`"
                    .to_owned(),
            ),
            Self::NoDocuments(_) => Some("documents are files named `*.md`".to_owned()),
            Self::DocumentName(_) => {
                Some("use letters, digits, `-`, `_`, `.` and blanks only".to_owned())
            }
            Self::NotPlain(..) => Some("move it elsewhere or delete it".to_owned()),
            Self::NotMachineWritten(_) => Some(format!(
                "everything below `{}` is replaced; move what is yours elsewhere or delete it",
                crate::tree::OWNED
            )),
        }
    }

    /// The error with its cause, in one line.
    pub fn message(&self) -> String {
        match error::Error::source(self) {
            Some(cause) => format!("{self}: {cause}"),
            None => self.to_string(),
        }
    }

    /// Wraps what the system said.
    pub(crate) fn io(action: &'static str, path: impl Into<String>, cause: io::Error) -> Self {
        Self::Io {
            action,
            path: path.into(),
            cause,
        }
    }

    /// Wraps what the system said when some files may have been replaced.
    pub(crate) fn unfinished(
        action: &'static str,
        path: impl Into<String>,
        cause: io::Error,
    ) -> Self {
        Self::Unfinished {
            action,
            path: path.into(),
            cause,
        }
    }
}

fn quoted(paths: &[String]) -> String {
    let quoted: Vec<_> = paths.iter().map(|path| format!("`{path}`")).collect();
    quoted.join(", ")
}

/// Which types documents lack.
fn lacks(missing: &[(String, Vec<String>)]) -> String {
    let missing = missing.iter();
    let lines = missing.map(|(document, types)| format!("`{document}` lacks {}", quoted(types)));
    lines.collect::<Vec<_>>().join("; ")
}

/// So many entries are told of an overlay.
const MOST: usize = 3;

/// Which entries overlays lack.
fn lacks_entries(lacking: &[(String, Vec<String>)]) -> String {
    let lines = lacking.iter().map(|(document, entries)| {
        let number = entries.len();
        let word = if number == 1 { "entry" } else { "entries" };
        let shown = entries.iter().take(MOST).map(String::as_str);
        let mut shown: Vec<_> = shown.collect();
        shown.extend((number > MOST).then_some("..."));
        format!("`{document}` lacks {number} {word}: {}", shown.join(", "))
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn mend_missing(missing: &[(String, Vec<String>)], closure: bool) -> String {
    let types = missing.iter().flat_map(|(_, types)| types);
    let domains = types.filter_map(|name| name.split('.').next());
    let mut domains: Vec<_> = domains.map(|name| format!("`{name}`")).collect();
    domains.dedup();
    let import = format!("import {} with --overlay", domains.join(" and "));
    if closure {
        format!("write them there, as --print prints them, or {import}")
    } else {
        format!("run with --closure, or write them there, or {import}")
    }
}
