//! Documents to measure with: the project's own, or the protocol of today, and copies of
//! them under names of their own.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;
use std::{env, fs, io};

use cdp_codegen::{External, Input, Role, Selection, read};

/// Documents, and what they are.
pub(crate) struct Corpus {
    pub(crate) origin: String,
    documents: Vec<(String, String)>,
    domains: HashSet<String>,
}

impl Corpus {
    /// The documents of the protocol of today, if `CDP_PROTOCOLS` names the folder into
    /// which `tests/fetch.mjs` has put it, or else the project's own.
    pub(crate) fn load() -> Result<Self, Box<dyn Error>> {
        let (origin, documents) = match env::var_os("CDP_PROTOCOLS") {
            Some(folder) => ("the protocol of today", imported(Path::new(&folder))?),
            None => ("the project's own documents", own()?),
        };
        let domains: HashSet<String> = documents
            .iter()
            .flat_map(|(_, text)| text.lines().filter_map(domain).map(str::to_owned))
            .collect();
        let bytes: usize = documents.iter().map(|(_, text)| text.len()).sum();
        let origin = format!(
            "{origin}: {} domains, {:.3} MB of markdown",
            domains.len(),
            bytes as f64 / 1e6
        );
        Ok(Self {
            origin,
            documents,
            domains,
        })
    }

    /// So many copies of the documents, in which the domains have other names.
    pub(crate) fn copies(&self, copies: usize) -> Vec<Input> {
        let mut inputs = Vec::new();
        for copy in 0..copies {
            let suffix = if copy == 0 {
                String::new()
            } else {
                format!("Copy{copy}")
            };
            for (name, text) in &self.documents {
                inputs.push(Input {
                    name: format!("{name}{}.md", suffix.to_lowercase()),
                    role: Role::Base,
                    bytes: self.renamed(text, &suffix).into_bytes(),
                });
            }
        }
        inputs
    }

    fn renamed(&self, text: &str, suffix: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        for line in text.split_inclusive('\n') {
            match line
                .strip_prefix('[')
                .and_then(|line| line.split_once("]:"))
            {
                // A definition: its target is made of the names, too.
                Some((label, _)) if label.contains('.') => {
                    let label = self.renamed_words(label, suffix);
                    let anchor = label.replace('.', "").to_lowercase();
                    out.push_str(&format!("[{label}]: #{anchor}\n"));
                }
                _ => out.push_str(&self.renamed_words(line, suffix)),
            }
        }
        out
    }

    fn renamed_words(&self, text: &str, suffix: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.len() - rest.trim_start_matches(is_word).len();
            out.push_str(&rest[..word]);
            if self.domains.contains(&rest[..word]) {
                out.push_str(suffix);
            }
            rest = &rest[word..];
            let other = rest.len() - rest.trim_start_matches(|c| !is_word(c)).len();
            out.push_str(&rest[..other]);
            rest = &rest[other..];
        }
        out
    }
}

fn own() -> io::Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|it| it == "md") && name != "README" {
            documents.push((name.into_owned(), fs::read_to_string(&path)?));
        }
    }
    documents.sort();
    Ok(documents)
}

fn imported(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut inputs = Vec::new();
    for name in ["browser_protocol.json", "js_protocol.json"] {
        let path = folder.join("today/json").join(name);
        let bytes = fs::read(&path).map_err(|cause| format!("{}: {cause}", path.display()))?;
        inputs.push(Input {
            name: name.to_owned(),
            role: Role::Json,
            bytes,
        });
    }
    let reading = read(inputs, External::Refuse);
    let protocol = reading.protocol.ok_or("the protocol has errors")?;
    let writing = Selection::new(&protocol, &[], false)?.documents();
    let files = writing.map_err(|_| "a domain cannot be written")?.files;
    let stem = |path: &str| path.trim_end_matches(".md").to_owned();
    let documents = files.iter().map(|(path, text)| (stem(path), text.clone()));
    Ok(documents.collect())
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The domain whose heading a line is.
fn domain(line: &str) -> Option<&str> {
    let name = line.strip_prefix("### domain: ")?;
    name.split([' ', '`']).next()
}
