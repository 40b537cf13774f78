//! That the classes are true: programs that used the old API, compiled against the
//! new one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

use super::line::Listing;
use super::pairs::{Fate, Pair, pairs};
use super::{ApiChanges, Class, usage};
use crate::scratch::{Crate, root};
use crate::{External, Files, Input, LISTING, Role, generate, read};

#[test]
fn every_pair_has_its_class() {
    for pair in pairs() {
        let listing = |items: &str| files(pair.document(items).as_slice())[LISTING].clone();
        let changes = ApiChanges::between(&listing(&pair.old), &listing(&pair.new));
        assert_eq!(changes.class(), pair.class, "{}: {changes:#?}", pair.name);
    }
}

#[test]
#[ignore = "compiles two crates and many programs: some 20 seconds"]
fn programs_meet_the_fate_of_their_class() -> io::Result<()> {
    let pairs = pairs();
    let name = format!("cdp-codegen-classes-{}", std::process::id());
    let krate = Crate::beside_support(std::env::temp_dir().join(name))?;
    let old = Library::build(&krate, "old", &pairs, |pair| &pair.old)?;
    let new = Library::build(&krate, "new", &pairs, |pair| &pair.new)?;
    let of = |fate| pairs.iter().filter(move |pair| pair.fate == fate);

    // With the API that they were written for all of them compile.
    let stays: Vec<_> = of(Fate::Compiles).collect();
    let breaks: Vec<_> = of(Fate::Breaks).collect();
    // A program of a new domain cannot use it yet.
    for programs in [&stays, &breaks] {
        succeeds(&old.check("all", &program(programs, |pair| !pair.old.is_empty()))?);
    }
    succeeds(&new.check("stays", &program(&stays, |pair| !pair.old.is_empty()))?);
    for pair in breaks {
        let output = new.check(pair.name, &program(&[pair], |_| true))?;
        assert!(!output.status.success(), "{} compiles", pair.name);
    }

    let fails: Vec<_> = of(Fate::Fails).collect();
    let text = program(&fails, |_| true);
    let (before, after) = (old.link("fails", &text)?, new.link("fails", &text)?);
    for pair in fails {
        succeeds(&Command::new(&before).arg(pair.name).output()?);
        let output = Command::new(&after).arg(pair.name).output()?;
        assert_eq!(
            output.status.code(),
            Some(101),
            "{} does not panic",
            pair.name
        );
    }
    fs::remove_dir_all(krate.0)
}

/// Of the project's own domain, with and without its overlay: every line of the
/// old API is used, and those that no longer compile are those said to be major.
#[test]
#[ignore = "compiles two crates: some 20 seconds"]
fn programs_meet_all_that_is_major_and_nothing_else() -> io::Result<()> {
    let name = format!("cdp-codegen-usage-{}", std::process::id());
    let krate = Crate::beside_support(std::env::temp_dir().join(name))?;
    let [bare, whole] = [project(false)?, project(true)?].map(files_of);
    let bare_library = Library::of(&krate, "bare", &bare)?;
    let whole_library = Library::of(&krate, "whole", &whole)?;
    for (old, old_library, new, new_library) in [
        (&bare, &bare_library, &whole, &whole_library),
        (&whole, &whole_library, &bare, &bare_library),
    ] {
        let (old, new) = (&old[LISTING], &new[LISTING]);
        assert_eq!(old_library.broken(old)?, [""; 0]);
        let used = Listing::of(old);
        let is_used = |text: &str| {
            let mut lines = used.lines.iter();
            lines.any(|line| line.text == text && usage::of(line, 0).is_some())
        };
        let changes = ApiChanges::between(old, new).changes;
        let major = changes.iter().filter(|change| change.class == Class::Major);
        let mut major: Vec<_> = major
            .filter_map(|change| change.before.as_deref())
            .collect();
        major.retain(|text| is_used(text));
        major.sort_unstable();
        assert!(!major.is_empty());
        assert_eq!(new_library.broken(old)?, major);
    }
    fs::remove_dir_all(krate.0)
}

/// The documents of the project's first two domains.
fn project(overlays: bool) -> io::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for (name, role) in [
        ("heapprofiler.md", Role::Base),
        ("runtime.md", Role::Base),
        ("overlay/heapprofiler.md", Role::Overlay),
    ] {
        if overlays || role == Role::Base {
            inputs.push(Input {
                name: name.to_owned(),
                role,
                bytes: fs::read(root().join("spec").join(name))?,
            });
        }
    }
    Ok(inputs)
}

fn files(documents: &[String]) -> Files {
    let inputs = documents.iter().enumerate().map(|(index, text)| Input {
        name: format!("{index}.md"),
        role: Role::Base,
        bytes: text.clone().into_bytes(),
    });
    files_of(inputs.collect())
}

fn files_of(inputs: Vec<Input>) -> Files {
    let reading = read(inputs, External::Refuse);
    let protocol = reading
        .protocol
        .unwrap_or_else(|| panic!("{:#?}", reading.diagnostics));
    generate(&protocol).unwrap_or_else(|collisions| panic!("{collisions:#?}"))
}

/// The programs of pairs as one, a module each, of which it runs the one it is told.
fn program(pairs: &[&Pair], has_domain: impl Fn(&Pair) -> bool) -> String {
    let mut text = "#![allow(unused, deprecated)]\n".to_owned();
    let mut arms = String::new();
    for pair in pairs {
        let (name, module) = (pair.name, pair.name.to_lowercase());
        let import = match has_domain(pair) {
            true => format!("use cdp_heapprofiler::protocol::{module}::*;"),
            false => String::new(),
        };
        text += &format!(
            "mod program_{module} {{ {import}\n\
             use cdp_heapprofiler::{{decode, encode, encode_request, Client, Command}};\n{}\n}}\n",
            pair.program
        );
        if pair.fate == Fate::Fails {
            arms += &format!("Some({name:?}) => program_{module}::run(),\n");
        }
    }
    text + &format!(
        "fn main() {{ match std::env::args().nth(1).as_deref() {{ {arms} _ => {{}} }} }}\n"
    )
}

/// The crate with the domains of one side.
struct Library {
    directory: PathBuf,
    dependencies: PathBuf,
}

impl Library {
    fn build<'a>(
        krate: &Crate,
        side: &str,
        pairs: &'a [Pair],
        items: impl Fn(&'a Pair) -> &'a String,
    ) -> io::Result<Self> {
        let documents = pairs.iter().filter_map(|pair| pair.document(items(pair)));
        Self::of(krate, side, &files(&documents.collect::<Vec<_>>()))
    }

    fn of(krate: &Crate, side: &str, files: &Files) -> io::Result<Self> {
        krate.write(files)?;
        krate.cargo("build --lib --offline")?;
        let built = krate.target().join("debug");
        let directory = krate.0.join(side);
        fs::create_dir(&directory)?;
        // The next side takes its place.
        fs::copy(built.join(LIBRARY), directory.join(LIBRARY))?;
        Ok(Self {
            directory,
            dependencies: built.join("deps"),
        })
    }

    /// Compiles a program as far as errors can come.
    fn check(&self, name: &str, program: &str) -> io::Result<Output> {
        self.rustc(name, program, "--emit=metadata")
    }

    /// The lines of a listing whose use does not compile, in their order.
    fn broken(&self, listing: &str) -> io::Result<Vec<String>> {
        let listing = Listing::of(listing);
        let mut uses: Vec<_> = listing
            .lines
            .iter()
            .enumerate()
            .filter_map(|(number, line)| Some((line.text, usage::of(line, number)?)))
            .collect();
        let mut broken = Vec::new();
        loop {
            // The first line is not one of them.
            let lines: Vec<_> = uses.iter().map(|(_, text)| text.as_str()).collect();
            let program = format!("{USES}\n{}\nfn main() {{}}\n", lines.join("\n"));
            let output = self.check("uses", &program)?;
            if output.status.success() {
                broken.sort_unstable();
                return Ok(broken);
            }
            // What does not resolve hides what has another type.
            let errors = String::from_utf8_lossy(&output.stderr);
            let mut numbers = error_lines(&errors);
            assert!(!numbers.is_empty(), "{errors}");
            while let Some(number) = numbers.pop_last() {
                broken.push(uses.remove(number - 2).0.to_owned());
            }
        }
    }

    fn link(&self, name: &str, program: &str) -> io::Result<PathBuf> {
        succeeds(&self.rustc(name, program, "--emit=link")?);
        Ok(self.directory.join(name))
    }

    fn rustc(&self, name: &str, program: &str, emit: &str) -> io::Result<Output> {
        let source = self.directory.join(format!("{name}.rs"));
        fs::write(&source, program)?;
        let library = self.directory.join(LIBRARY);
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            .args(["--edition", "2021", "--crate-type", "bin", emit, "-o"])
            .arg(self.directory.join(name))
            .arg("-L")
            .arg(joined("dependency=", &self.dependencies))
            .arg("--extern")
            .arg(joined("cdp_heapprofiler=", &library))
            .arg(source)
            .output()
    }
}

/// In one line, so that the rest is a line for each use.
const USES: &str = "#![allow(unused, deprecated)] use cdp_heapprofiler::{protocol::*, *};";

/// The lines in which there are errors, from the arrows of the compiler.
fn error_lines(errors: &str) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut is_error = false;
    for line in errors.lines() {
        if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let number = place
                .rsplit(':')
                .nth(1)
                .and_then(|it| it.parse::<usize>().ok());
            lines.extend(number.filter(|_| is_error));
            is_error = false;
        } else if line.starts_with("error") {
            is_error = true;
        }
    }
    lines
}

const LIBRARY: &str = "libcdp_heapprofiler.rlib";

fn joined(key: &str, path: &Path) -> std::ffi::OsString {
    let mut text = std::ffi::OsString::from(key);
    text.push(path);
    text
}

fn succeeds(output: &Output) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}
