//! Directories, and how messages name them.

use std::env;
use std::path::{Component, Path, PathBuf};

/// The name of this package.
const PACKAGE: &str = env!("CARGO_PKG_NAME");

/// A directory that a run reads or writes, and the name it has in messages.
#[derive(Clone, Debug)]
pub struct Place {
    path: PathBuf,
    shown: String,
    given: bool,
}

impl Place {
    /// A directory of this project, shown by its name alone, wherever the
    /// project is on this machine.
    pub fn of_project(name: &str) -> Self {
        // The manifest of this package is one directory below the root.
        let manifest = manifest();
        Self {
            path: manifest.parent().unwrap_or(&manifest).join(name),
            shown: name.to_owned(),
            given: false,
        }
    }

    /// A directory that the user named, shown as they named it.
    pub fn given(path: PathBuf) -> Self {
        let text = path.to_string_lossy();
        let trimmed = text.trim_end_matches(std::path::is_separator);
        Self {
            shown: trimmed.to_owned(),
            path,
            given: true,
        }
    }

    /// Where something below the directory is; the directory itself for `""`.
    /// The parts of `below` are separated by `/`.
    pub fn path(&self, below: &str) -> PathBuf {
        let parts = below.split('/').filter(|part| !part.is_empty());
        parts.fold(self.path.clone(), |path, part| path.join(part))
    }

    /// How messages name something below the directory; the directory itself
    /// for `""`.
    pub fn show(&self, below: &str) -> String {
        match (below, self.shown.as_str()) {
            ("", "") => "/".to_owned(),
            ("", shown) => shown.to_owned(),
            (below, shown) => format!("{shown}/{below}"),
        }
    }

    /// How a patch names something below the directory: from the current
    /// directory on if it leads straight down, and else from this one on, as
    /// `git apply` takes no path with `..` and none that is absolute.
    pub fn patch(&self, below: &str) -> String {
        let mut path = String::new();
        for component in Path::new(&self.show("")).components() {
            match component {
                Component::CurDir => {}
                Component::Normal(part) => path += &format!("{}/", part.to_string_lossy()),
                _ => return below.to_owned(),
            }
        }
        path + below
    }

    /// The directory as an argument for a shell, if it was named by the user.
    pub fn argument(&self) -> Option<String> {
        self.given.then(|| quote(&self.show("")))
    }
}

/// The directory of the manifest of this package. Cargo says it when it runs the
/// program: two clones that share a target directory share the program, too, and
/// what it was built from may be the other one.
fn manifest() -> PathBuf {
    let of_this_package = env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == PACKAGE);
    let said = env::var_os("CARGO_MANIFEST_DIR").filter(|_| of_this_package);
    said.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// A text as one word of a POSIX shell.
fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_directory_is_shown_as_it_was_given() {
        let show = |given: &str, below: &str| Place::given(given.into()).show(below);
        assert_eq!(show("other/dir/", "x.md"), "other/dir/x.md");
        assert_eq!(show("../spec", "overlay/x.md"), "../spec/overlay/x.md");
        assert_eq!(show(".", "x.md"), "./x.md");
        assert_eq!(show("/", "x.md"), "/x.md");
        assert_eq!(show("/", ""), "/");
    }

    #[test]
    fn a_patch_has_no_path_that_leads_up() {
        let patch = |given: &str| Place::given(given.into()).patch("src/x.rs");
        assert_eq!(patch("other/dir/"), "other/dir/src/x.rs");
        assert_eq!(patch("./dir"), "dir/src/x.rs");
        for given in [".", "..", "../dir", "dir/../other", "/", "/dir"] {
            assert_eq!(patch(given), "src/x.rs", "{given}");
        }
        assert_eq!(Place::of_project("out").patch("x.rs"), "out/x.rs");
    }

    #[test]
    fn the_projects_own_directories_are_shown_without_their_machine() {
        assert_eq!(Place::of_project("spec").show("x.md"), "spec/x.md");
        assert_eq!(Place::of_project("spec").argument(), None);
    }

    #[test]
    fn arguments_survive_a_shell() {
        let argument = |given: &str| Place::given(given.into()).argument();
        assert_eq!(argument("a/b"), Some("a/b".to_owned()));
        assert_eq!(argument("a b"), Some("'a b'".to_owned()));
        assert_eq!(argument("it's"), Some(r"'it'\''s'".to_owned()));
    }
}
