//! The impls that types of the same form share.
//!
//! The paths start at `$crate`, so that nothing that the machine-written code
//! defines can come between.

// Which of the forms are in use is up to the documents.
#![allow(unused_macros, unused_imports)]

/// `Deserialize` by way of [`Read`](crate::wire::Read).
macro_rules! deserialize {
    ($Type:ident) => {
        impl<'de> $crate::wire::Deserialize<'de> for $Type {
            fn deserialize<D: $crate::wire::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let mut value = <Self as ::core::default::Default>::default();
                let mut context = $crate::wire::Context::default();
                $crate::wire::Read::read(&mut value, deserializer, &mut context)?;
                ::core::result::Result::Ok(value)
            }
        }
    };
}

/// For an object: reading and writing it, from a table of its members. The way
/// that it does not go in is there with the feature `mirror`.
///
/// ```text
/// wire::object! {
///     StackTraceId = "Runtime.StackTraceId", received {
///         "id" => required id,
///         "debuggerId" => optional debugger_id,
///     }
/// }
/// ```
macro_rules! object {
    ($Type:ident = $name:literal, received { $($table:tt)* }) => {
        $crate::wire::read_object!($Type = $name { $($table)* });
        #[cfg(feature = "mirror")]
        $crate::wire::write_object!($Type { $($table)* });
    };
    ($Type:ident = $name:literal, sent { $($table:tt)* }) => {
        #[cfg(feature = "mirror")]
        $crate::wire::read_object!($Type = $name { $($table)* });
        $crate::wire::write_object!($Type { $($table)* });
    };
    ($Type:ident = $name:literal, both { $($table:tt)* }) => {
        $crate::wire::read_object!($Type = $name { $($table)* });
        $crate::wire::write_object!($Type { $($table)* });
    };
}

/// Whether a kind of member must be there.
macro_rules! is_required {
    (required) => {
        true
    };
    ($optional:ident) => {
        false
    };
}

macro_rules! read_object {
    ($Type:ident = $name:literal { $($member:literal => $kind:ident $field:ident,)* }) => {
        impl $crate::wire::Object for $Type {
            const NAME: &'static str = $name;
            const MEMBERS: &'static [(&'static str, bool)] =
                &[$(($member, $crate::wire::is_required!($kind))),*];

            // `$Type` stands inside, so the parameter has a name that no type can take.
            #[allow(clippy::match_single_binding)]
            fn member<'de, Members_: $crate::wire::Members<'de>>(
                &mut self,
                name: &str,
                value: $crate::wire::Value<'_, Members_>,
            ) -> ::core::result::Result<(), Members_::Error> {
                match name {
                    $($member => {
                        const INDEX: usize = $crate::wire::index_of_member::<$Type>($member);
                        value.$kind(INDEX, &mut self.$field)
                    })*
                    _ => value.ignore(),
                }
            }
        }

        $crate::wire::read_by_object!($Type);
    };
}

/// `Read` and `Deserialize`, by way of [`Object`](crate::wire::Object).
macro_rules! read_by_object {
    ($Type:ident) => {
        impl $crate::wire::Read for $Type {
            fn read<'de, D: $crate::wire::Deserializer<'de>>(
                &mut self,
                deserializer: D,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<(), D::Error> {
                $crate::wire::read_object(self, deserializer, context)
            }
        }

        $crate::wire::deserialize!($Type);
    };
}

macro_rules! write_object {
    ($Type:ident { $($member:literal => $kind:ident $field:ident,)* }) => {
        impl $crate::wire::Serialize for $Type {
            #[allow(unused_mut)]
            fn serialize<S: $crate::wire::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = $crate::wire::ObjectWriter::new(serializer)?;
                $(object.$kind($member, &self.$field)?;)*
                object.end()
            }
        }
    };
}

/// For a tuple struct around any type: conversions, writing, and reading as that
/// type does.
macro_rules! newtype {
    ($Type:ident, $Inner:ty) => {
        $crate::wire::convert!($Type, $Inner);
        $crate::wire::read_newtype!($Type, $Inner);
        $crate::wire::write_newtype!($Type);
    };
}

/// For a tuple struct: reading as its inner type does.
macro_rules! read_newtype {
    ($Type:ident, $Inner:ty) => {
        impl $crate::wire::Read for $Type {
            fn read<'de, D: $crate::wire::Deserializer<'de>>(
                &mut self,
                deserializer: D,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<(), D::Error> {
                $crate::wire::Read::read(&mut self.0, deserializer, context)
            }
        }

        $crate::wire::deserialize!($Type);
    };
}

/// For a tuple struct: conversions from and to the inner type.
macro_rules! convert {
    ($Type:ident, $Inner:ty) => {
        impl ::core::convert::From<$Inner> for $Type {
            fn from(value: $Inner) -> Self {
                Self(value)
            }
        }

        impl ::core::convert::From<$Type> for $Inner {
            fn from(value: $Type) -> Self {
                value.0
            }
        }
    };
}

/// For a tuple struct: writing as its inner type does.
macro_rules! write_newtype {
    ($Type:ident) => {
        impl $crate::wire::Serialize for $Type {
            fn serialize<S: $crate::wire::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

/// For a tuple struct around something that is `Copy` and has a `Display`.
macro_rules! scalar_newtype {
    ($Type:ident, $Inner:ty) => {
        impl $Type {
            /// Wraps a value.
            // A type may be called `New`.
            #[allow(clippy::self_named_constructors)]
            pub const fn new(value: $Inner) -> Self {
                Self(value)
            }

            /// The value.
            pub const fn get(self) -> $Inner {
                self.0
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        $crate::wire::newtype!($Type, $Inner);
    };
}

/// For a tuple struct around an `i64`.
macro_rules! integer_newtype {
    ($Type:ident) => {
        $crate::wire::scalar_newtype!($Type, i64);
    };
}

/// For a tuple struct around an `f64`.
macro_rules! number_newtype {
    ($Type:ident) => {
        $crate::wire::scalar_newtype!($Type, f64);
    };
}

/// For a tuple struct around a `bool`.
macro_rules! boolean_newtype {
    ($Type:ident) => {
        $crate::wire::scalar_newtype!($Type, bool);
    };
}

/// For a tuple struct around a `String`. It reads a JSON number too, as its digits.
macro_rules! string_newtype {
    ($Type:ident) => {
        impl $Type {
            /// Wraps a string.
            // A type may be called `New`.
            #[allow(clippy::self_named_constructors)]
            pub fn new(value: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(value.into())
            }

            /// The string.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The string, without a copy.
            pub fn into_string(self) -> ::std::string::String {
                self.0
            }
        }

        impl ::core::convert::From<&str> for $Type {
            fn from(value: &str) -> Self {
                Self::new(value)
            }
        }

        impl ::core::convert::AsRef<str> for $Type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::wire::convert!($Type, ::std::string::String);
        $crate::wire::write_newtype!($Type);

        impl $crate::wire::Read for $Type {
            fn read<'de, D: $crate::wire::Deserializer<'de>>(
                &mut self,
                deserializer: D,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<(), D::Error> {
                self.0 = $crate::wire::read_identifier(deserializer, context)?;
                ::core::result::Result::Ok(())
            }
        }

        $crate::wire::deserialize!($Type);
    };
}

/// For an open enum of strings: all that it can, from a table of its literals.
///
/// ```text
/// wire::string_enum! {
///     ObjectPreviewType {
///         "object" => Object,
///         "function" => Function,
///     }
/// }
/// ```
macro_rules! string_enum {
    ($Type:ident { $($literal:literal => $Variant:ident,)* }) => {
        impl $crate::wire::StringEnum for $Type {
            const LITERALS: &'static [(&'static str, Self)] = &[$(($literal, Self::$Variant)),*];

            fn unrecognized(literal: ::std::string::String) -> Self {
                Self::Unrecognized(literal)
            }

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $literal,)*
                    Self::Unrecognized(literal) => literal,
                }
            }
        }

        impl $Type {
            /// The literal, known or not, as it is on the wire.
            pub fn as_str(&self) -> &str {
                $crate::wire::StringEnum::as_str(self)
            }
        }

        impl ::core::convert::From<&str> for $Type {
            fn from(literal: &str) -> Self {
                match $crate::wire::find_literal(literal) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => {
                        $crate::wire::StringEnum::unrecognized(literal.into())
                    }
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $Type {
            fn from(literal: ::std::string::String) -> Self {
                match $crate::wire::find_literal(&literal) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => $crate::wire::StringEnum::unrecognized(literal),
                }
            }
        }

        /// The literal that is empty, which no target writes: a value not yet read.
        impl ::core::default::Default for $Type {
            fn default() -> Self {
                $crate::wire::StringEnum::unrecognized(::std::string::String::new())
            }
        }

        impl ::core::convert::AsRef<str> for $Type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::wire::Read for $Type {
            fn read<'de, D: $crate::wire::Deserializer<'de>>(
                &mut self,
                deserializer: D,
                _context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<(), D::Error> {
                *self = $crate::wire::read_enum(deserializer)?;
                ::core::result::Result::Ok(())
            }
        }

        $crate::wire::deserialize!($Type);

        impl $crate::wire::Serialize for $Type {
            fn serialize<S: $crate::wire::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {
    boolean_newtype, convert, deserialize, integer_newtype, is_required, newtype, number_newtype,
    object, read_by_object, read_newtype, read_object, scalar_newtype, string_enum, string_newtype,
    write_newtype, write_object,
};
