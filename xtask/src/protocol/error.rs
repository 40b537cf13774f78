//! Why a source gives no protocol.

use std::io;

/// What is wrong with a source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is there.
    #[error("there is no `{0}`")]
    Missing(String),
    /// It looks like the address of a target without its scheme.
    #[error("there is no file `{0}`")]
    NoScheme(String),
    /// A file that is neither protocol JSON nor PDL by its name.
    #[error("`{0}` is neither a `.json` nor a `.pdl` file")]
    Kind(String),
    /// A directory that holds no protocol.
    #[error("`{0}` holds no protocol")]
    Nothing(String),
    /// A directory that states a protocol in more than one way.
    #[error("`{0}` holds a protocol in more than one form")]
    Mixed(String),
    /// A PDL file includes what it must not.
    #[error("`{file}` includes `{path}`, which is not a `.pdl` file below its directory")]
    Include {
        /// The file, as messages name it.
        file: String,
        /// What it includes.
        path: String,
    },
    /// A URL that is not `http://HOST:PORT`.
    #[error("`{0}` is no address of a target")]
    Url(String),
    /// Nothing listens there.
    #[error("nothing listens at `{0}`")]
    Refused(String),
    /// What listens there does not speak as it should.
    #[error("cannot get `{url}`")]
    Transfer {
        /// What was asked for.
        url: String,
        /// What went wrong.
        #[source]
        cause: io::Error,
    },
    /// What listens there does not report a protocol.
    #[error("`{url}` replied {status}")]
    Status {
        /// What was asked for.
        url: String,
        /// The status code of HTTP.
        status: u16,
    },
    /// What came is no protocol.
    #[error("`{0}` replied something that is no JSON object")]
    NotJson(String),
    /// The protocol has no domain of a name.
    #[error("`{origin}` has no domain `{name}`")]
    NoDomain {
        /// What the source is called.
        origin: String,
        /// The name that was asked for.
        name: String,
        /// The nearest name that it has, if any is near.
        nearest: Option<String>,
        /// The domains that it has.
        has: Vec<String>,
    },
    /// More came than any protocol has.
    #[error("`{url}` replied more than {limit} bytes")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// So much is taken.
        limit: u64,
    },
}

/// What can be started to have a protocol reported.
const START: &str = "start a target that reports its protocol, such as `node --inspect=127.0.0.1:9229` \
     or `chromium --headless --remote-debugging-port=9222`";

impl SourceError {
    /// Nothing is at a path, unless that was meant for an address.
    pub(super) fn missing(path: String) -> Self {
        let port = path.rsplit_once(':').map(|(_, rest)| rest);
        let port = port.and_then(|rest| rest.split('/').next());
        match port.map(str::parse::<u16>) {
            Some(Ok(_)) => Self::NoScheme(path),
            _ => Self::Missing(path),
        }
    }

    /// How to mend it, where that can be said.
    pub fn help(&self) -> Option<String> {
        const FORMS: &str = "name a `.json` or `.pdl` file, a directory that holds such files or \
             documents, or a target as `http://127.0.0.1:9229`";
        match self {
            Self::Missing(_) | Self::Kind(_) => Some(FORMS.to_owned()),
            Self::Url(_) => Some(
                "a target is named `http://HOST:PORT`, where HOST is a name or an IPv4 address, \
                 as in `http://127.0.0.1:9229`"
                    .to_owned(),
            ),
            Self::NoScheme(path) => Some(format!("a target is named `http://{path}`")),
            Self::Nothing(_) => Some(
                "name the directory that holds the `.json` or `.pdl` files or the documents: \
                 that of the npm package `devtools-protocol` is `json` or `pdl`"
                    .to_owned(),
            ),
            Self::Mixed(_) => Some("name one of its files, or move the others away".to_owned()),
            Self::Include { .. } => {
                Some("name a path below the file, such as `domains/DOM.pdl`".to_owned())
            }
            Self::Refused(_) | Self::NotJson(_) | Self::Transfer { .. } => Some(START.to_owned()),
            Self::Status { .. } => Some(format!(
                "what listens there does not report its protocol: {START}"
            )),
            Self::NoDomain { nearest, has, .. } => Some(match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => {
                    let names: Vec<_> = has.iter().map(|name| format!("`{name}`")).collect();
                    format!("it has {}", names.join(", "))
                }
            }),
            Self::TooLarge { .. } => None,
        }
    }
}
