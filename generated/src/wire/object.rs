//! Reading objects, member by member.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{Context, Optional, Read, Text};

/// A type of the protocol that is an object of known members.
pub trait Object: Default {
    /// Its name in the protocol, such as `HeapProfiler.SamplingHeapProfile`.
    const NAME: &'static str;

    /// The names of its members, and whether they must be there.
    const MEMBERS: &'static [(&'static str, bool)];

    /// Reads the member `name` into its field, or ignores it.
    ///
    /// # Errors
    /// If the value is not of the member's type.
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Value<'_, A>,
    ) -> Result<(), A::Error>;
}

/// Reads an object in place.
pub(crate) fn read_object<'de, T: Object, D: Deserializer<'de>>(
    object: &mut T,
    deserializer: D,
    context: &mut Context,
) -> Result<(), D::Error> {
    context.enter()?;
    deserializer.deserialize_map(ObjectVisitor {
        object,
        context: &mut *context,
    })?;
    context.leave();
    Ok(())
}

struct ObjectVisitor<'a, T> {
    object: &'a mut T,
    context: &'a mut Context,
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object `{}`", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut required = Required::of::<T>();
        while let Some(name) = members.next_key_seed(Text)? {
            let value = Value {
                members: &mut members,
                required: &mut required,
                context: &mut *self.context,
            };
            self.object.member(&name, value)?;
        }
        match required.missing::<T>() {
            None => Ok(()),
            Some(member) => Err(self.context.missing(T::NAME, member)),
        }
    }
}

/// Where in [`Object::MEMBERS`] a member is; after the last if it is not there.
// Only tables of the machine-written code call it.
#[allow(dead_code)]
pub(crate) const fn index_of_member<T: Object>(name: &str) -> usize {
    let mut index = 0;
    while index < T::MEMBERS.len() && !is_equal(T::MEMBERS[index].0, name) {
        index += 1;
    }
    index
}

/// What `==` is not: usable in constants.
const fn is_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

/// The value of one member, not yet read.
pub struct Value<'a, A> {
    members: &'a mut A,
    required: &'a mut Required,
    context: &'a mut Context,
}

impl<'de, A: MapAccess<'de>> Value<'_, A> {
    /// Reads the value of a required member, whose index in [`Object::MEMBERS`] is
    /// `index`.
    ///
    /// # Errors
    /// If it is not a `T`.
    pub fn required<T: Read>(self, index: usize, field: &mut T) -> Result<(), A::Error> {
        if self.required.repeats(index) {
            *field = T::default();
        }
        let seed = Field {
            field,
            context: &mut *self.context,
        };
        let read = self.members.next_value_seed(seed);
        if read.is_err() {
            self.required.failed_at(index, self.context);
        }
        read
    }

    /// Reads the value of an optional member, whose index in [`Object::MEMBERS`] is
    /// `index`. `null` reads as `None`.
    ///
    /// # Errors
    /// If it is neither `null` nor a `T`.
    pub fn optional<T: Read>(self, index: usize, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = None;
        let seed = Optional {
            field,
            context: &mut *self.context,
        };
        let read = self.members.next_value_seed(seed);
        if read.is_err() {
            self.required.failed_at(index, self.context);
        }
        read
    }

    /// Reads the value of an optional member of the type `any`, of which `null` is
    /// a value.
    ///
    /// # Errors
    /// If it is not JSON.
    pub fn optional_any<T: Read>(
        self,
        index: usize,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        *field = None;
        self.required(index, field.insert(T::default()))
    }

    /// Skips the value of a member that the type does not have.
    ///
    /// # Errors
    /// If it is not JSON.
    pub fn ignore(self) -> Result<(), A::Error> {
        self.members.next_value::<IgnoredAny>().map(|_| ())
    }
}

struct Field<'a, T> {
    field: &'a mut T,
    context: &'a mut Context,
}

impl<'de, T: Read> DeserializeSeed<'de> for Field<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.field.read(deserializer, self.context)
    }
}

/// Which members of an object have been read, and which it must have.
struct Required {
    owner: &'static str,
    members: &'static [(&'static str, bool)],
    /// The first 64, a bit each. Hardly any object has more.
    seen: u64,
    seen_beyond: Vec<bool>,
}

impl Required {
    fn of<T: Object>() -> Self {
        Self {
            owner: T::NAME,
            members: T::MEMBERS,
            seen: 0,
            seen_beyond: vec![false; T::MEMBERS.len().saturating_sub(64)],
        }
    }

    /// Notes that a member is there, and says whether it was before.
    fn repeats(&mut self, index: usize) -> bool {
        if index < 64 {
            let bit = 1 << index;
            let repeated = self.seen & bit != 0;
            self.seen |= bit;
            repeated
        } else {
            let seen = self.seen_beyond.get_mut(index - 64);
            seen.is_some_and(|seen| std::mem::replace(seen, true))
        }
    }

    /// Notes the member that an error is in.
    #[cold]
    fn failed_at(&self, index: usize, context: &mut Context) {
        if let Some((name, _)) = self.members.get(index) {
            context.failed_at_member(self.owner, name);
        }
    }

    /// The first required member that is not there.
    fn missing<T: Object>(&self) -> Option<&'static str> {
        let required = required_bits(T::MEMBERS);
        if T::MEMBERS.len() <= 64 && self.seen & required == required {
            return None;
        }
        let seen = |index: usize| match index.checked_sub(64) {
            None => self.seen & (1 << index) != 0,
            Some(beyond) => self.seen_beyond[beyond],
        };
        let mut members = T::MEMBERS.iter().enumerate();
        let missing = members.find(|(index, (_, required))| *required && !seen(*index))?;
        Some(missing.1 .0)
    }
}

/// Of the first 64 members, those that are required, a bit each.
const fn required_bits(members: &[(&str, bool)]) -> u64 {
    let mut bits = 0;
    let mut index = 0;
    while index < members.len() && index < 64 {
        bits |= (members[index].1 as u64) << index;
        index += 1;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 70] = [
        "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "b1", "b2", "b3", "b4",
        "b5", "b6", "b7", "b8", "b9", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9",
        "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "e0", "e1", "e2", "e3", "e4",
        "e5", "e6", "e7", "e8", "e9", "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9",
        "g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9",
    ];

    const fn every_other_required() -> [(&'static str, bool); 70] {
        let mut members = [("", false); 70];
        let mut index = 0;
        while index < 70 {
            members[index] = (NAMES[index], index % 2 == 0);
            index += 1;
        }
        members
    }

    #[derive(Default)]
    struct Wide;

    impl Object for Wide {
        const NAME: &'static str = "Test.Wide";
        const MEMBERS: &'static [(&'static str, bool)] = &every_other_required();

        fn member<'de, A: MapAccess<'de>>(
            &mut self,
            _name: &str,
            value: Value<'_, A>,
        ) -> Result<(), A::Error> {
            value.ignore()
        }
    }

    #[test]
    fn counts_more_than_64_members_and_misses_required_ones() {
        let mut required = Required::of::<Wide>();
        for (index, name) in NAMES.iter().enumerate() {
            assert_eq!(index_of_member::<Wide>(name), index);
            assert_eq!(
                required.missing::<Wide>(),
                NAMES.get(index + index % 2).copied()
            );
            assert!(!required.repeats(index));
            assert!(required.repeats(index));
        }
        assert_eq!(required.missing::<Wide>(), None);
        assert_eq!(index_of_member::<Wide>("a"), NAMES.len());
    }
}
