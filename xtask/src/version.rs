//! The version of the crate, and which one comes next.

use std::fmt;
use std::fs;

use cdp_codegen::Class;

use crate::Place;

/// A version without what may follow its three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// The version that a crate states; `None` if there is no crate, or if it states
    /// none that can be read: then nothing is said of the next one.
    pub fn of(krate: &Place) -> Option<Self> {
        let manifest = fs::read_to_string(krate.path("Cargo.toml")).ok()?;
        let (_, package) = manifest.split_once("[package]\n")?;
        let (package, _) = package.split_once("\n[").unwrap_or((package, ""));
        let mut lines = package.lines();
        let line = lines.find_map(|line| line.strip_prefix("version = \""))?;
        Self::parse(line.split('"').next()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(str::parse);
        let mut number = || numbers.next()?.ok();
        let version = Self {
            major: number()?,
            minor: number()?,
            patch: number()?,
        };
        numbers.next().is_none().then_some(version)
    }

    /// The next version after changes of a class. Before 1.0 cargo takes the first
    /// number that is not 0 for the one that breaks.
    pub fn next(self, class: Class) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let breaking = class == Class::Major;
        let of = |major, minor, patch| Self {
            major,
            minor,
            patch,
        };
        let up = |number: u64| number.saturating_add(1);
        match (major, minor) {
            (0, 0) => of(0, 0, up(patch)),
            (0, _) if breaking => of(0, up(minor), 0),
            (0, _) => of(0, minor, up(patch)),
            _ if breaking => of(up(major), 0, 0),
            _ if class == Class::Minor => of(major, up(minor), 0),
            _ => of(major, minor, up(patch)),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_that_of_cargo() {
        let next = |text: &str, class| Version::parse(text).map(|it| it.next(class).to_string());
        for (version, major, minor, patch) in [
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("0.1.2", "0.2.0", "0.1.3", "0.1.3"),
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
        ] {
            assert_eq!(next(version, Class::Major).as_deref(), Some(major));
            assert_eq!(next(version, Class::Minor).as_deref(), Some(minor));
            assert_eq!(next(version, Class::Patch).as_deref(), Some(patch));
        }
        for odd in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.3-rc.1"] {
            assert_eq!(Version::parse(odd), None, "{odd}");
        }
    }
}
