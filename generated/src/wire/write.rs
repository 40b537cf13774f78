//! Writing objects, member by member.

use serde_core::ser::{Serialize, SerializeMap, Serializer};

/// Writes the members of an object in the order of the calls.
pub struct ObjectWriter<S: Serializer> {
    members: S::SerializeMap,
}

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        Ok(Self {
            members: serializer.serialize_map(None)?,
        })
    }

    /// Writes a required member.
    ///
    /// # Errors
    /// Those of the serializer and of the value.
    pub fn required<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.members.serialize_entry(name, value)
    }

    /// Writes an optional member if there is a value. It never writes `null` for an
    /// absent one, since targets refuse that.
    ///
    /// # Errors
    /// Those of the serializer and of the value.
    pub fn optional<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        match value {
            Some(value) => self.required(name, value),
            None => Ok(()),
        }
    }

    /// Writes an optional member of the type `any`, of which `null` is a value.
    ///
    /// # Errors
    /// Those of the serializer and of the value.
    pub fn optional_any<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        self.optional(name, value)
    }

    /// Ends the object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.members.end()
    }
}
