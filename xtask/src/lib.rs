//! The project's own commands, run as `cargo xtask ...`.
//!
//! ```text
//! cli -> documents -> cdp_codegen -> tree -> apply -> report
//! cli -> protocol, revision -> cdp_codegen -> changes -> report
//! ```
//!
//! Everything that touches the disk is here; what the documents mean is decided
//! in [`cdp_codegen`]. A run computes all it will write before it writes
//! anything, and [`apply`] keeps every file either old or new, whole.

pub mod apply;
pub mod changes;
pub mod cli;
pub mod diff;
pub mod documents;
mod error;
pub mod export;
pub mod import;
pub mod patch;
mod place;
pub mod protocol;
pub mod regenerate;
mod replace;
pub mod report;
pub mod revision;
mod strays;
pub mod tree;
pub mod verify;
pub mod version;

pub use error::Error;
pub use place::Place;
