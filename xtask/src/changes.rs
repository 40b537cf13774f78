//! What becomes of the protocol and of the Rust API, and which version that asks for.

use cdp_codegen::{ApiChange, ApiChanges, Change, Class, Difference, Side};

use crate::version::Version;

/// What changed from one state of the crate to another.
#[derive(Debug, Default)]
pub struct Changes {
    /// The changes of the protocol, the old one first; `None` if the old one is not
    /// known.
    pub protocol: Option<Vec<Difference>>,
    /// The changes of the Rust API.
    pub api: ApiChanges,
    /// The code is another, whatever became of its API.
    pub rewritten: bool,
    /// The version of the crate that has the old state.
    pub version: Option<Version>,
}

/// What the class of all changes comes from.
#[derive(Clone, Copy, Debug)]
pub enum Decisive<'a> {
    /// A change of the API.
    Api(&'a ApiChange),
    /// The wire no longer has what the API still does: its name was written in
    /// another way.
    Wire(&'a Difference),
    /// The API is what it was: texts, and what only the wire shows.
    Texts,
}

impl Changes {
    /// What decides on the class; `None` if nothing changed.
    pub fn decisive(&self) -> Option<Decisive<'_>> {
        let class = self.api.class();
        let mut whole = self.api.changes.iter();
        let gravest = whole.find(|change| change.part_of.is_none());
        let gravest = gravest.map(Decisive::Api);
        let differences = self.protocol.iter().flatten();
        let lost = differences.clone().find(|difference| is_lost(difference));
        match (class, lost) {
            (Some(Class::Major), _) | (Some(_), None) => gravest,
            (_, Some(lost)) => Some(Decisive::Wire(lost)),
            (None, None) => {
                let any = self.rewritten || differences.count() > 0;
                any.then_some(Decisive::Texts)
            }
        }
    }

    /// The class of all changes together; `None` if nothing changed.
    pub fn class(&self) -> Option<Class> {
        Some(match self.decisive()? {
            Decisive::Api(change) => change.class,
            Decisive::Wire(_) => Class::Major,
            Decisive::Texts => Class::Patch,
        })
    }

    /// The version that the changes ask for.
    pub fn next_version(&self) -> Option<Version> {
        Some(self.version?.next(self.class()?))
    }
}

/// Whether the new protocol does not have what the old one had.
fn is_lost(difference: &Difference) -> bool {
    let has = matches!(
        difference.change,
        Change::Item(_) | Change::Member { .. } | Change::Literal { .. }
    );
    has && difference.change.only() == Some(Side::First)
}

#[cfg(test)]
mod tests {
    use cdp_codegen::{External, Input, Role, compare, read};

    use super::*;

    fn changes(old: &str, new: &str, api: ApiChanges) -> Changes {
        let protocol = |text: &str| {
            let input = Input {
                name: "a.json".to_owned(),
                role: Role::Json,
                bytes: text.into(),
            };
            read(vec![input], External::Keep)
                .protocol
                .expect("a protocol")
        };
        Changes {
            protocol: Some(compare(&protocol(old), &protocol(new))),
            api,
            ..Changes::default()
        }
    }

    const OLD: &str = r#"{"version": {"major": "1", "minor": "3"}, "domains": [{"domain": "A",
        "commands": [{"name": "getIDs", "description": "Text."}]}]}"#;

    #[test]
    fn texts_alone_are_a_patch() {
        let new = OLD.replace("Text.", "Words.");
        let changes = changes(OLD, &new, ApiChanges::default());
        assert!(matches!(changes.decisive(), Some(Decisive::Texts)));
        assert_eq!(changes.class(), Some(Class::Patch));
    }

    /// `getIDs` and `getIds` are one name in Rust, and two on the wire.
    #[test]
    fn a_name_that_only_the_wire_shows_is_major() {
        let new = OLD.replace("getIDs", "getIds");
        let changes = changes(OLD, &new, ApiChanges::between("", "pub mod b"));
        assert!(matches!(changes.decisive(), Some(Decisive::Wire(_))));
        assert_eq!(changes.class(), Some(Class::Major));
    }

    #[test]
    fn nothing_is_no_change() {
        let changes = changes(OLD, OLD, ApiChanges::default());
        assert_eq!(changes.class(), None);
    }
}
