//! How values of the protocol are read from JSON and written to it.
//!
//! The machine-written code calls into this module, which carries the weight so
//! that the machine-written code can stay short. Users meet [`Json`],
//! [`MAX_DEPTH`], and [`Read`] as the bound of what [`decode`](crate::decode)
//! decodes.
//!
//! Reading is in place: a value is made with `Default` and then read into. No
//! value of a deep profile is handed up through the frames of the parser, so a
//! level costs little stack and the limit on depth can be generous.

mod binary;
mod context;
mod json;
mod macros;
mod number;
mod object;
mod quick;
mod read;
pub(crate) mod skip;
mod text;
mod unescape;
mod write;

pub use binary::{Binary, NotBase64};
pub use context::{Context, MAX_DEPTH};
pub use json::Json;
pub use object::{Object, Value};
pub use read::{Read, StringEnum};
pub use serde_core::de::MapAccess as Members;
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use write::ObjectWriter;

pub(crate) use context::{Failure, Step};
pub(crate) use macros::*;
pub(crate) use object::read_object;
pub(crate) use read::{read_document, read_with_care, text_member_into, Optional};
pub(crate) use text::Text;

// Which of the forms are in use is up to the documents.
#[allow(unused_imports)]
pub(crate) use object::index_of_member;
#[allow(unused_imports)]
pub(crate) use read::{find_literal, read_enum, read_identifier};
