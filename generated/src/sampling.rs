//! Sampling profiles: taking them, reading them, and writing them for other tools.
//!
//! A target that is sampling records the call stack of an allocation now and then, on
//! average once per so many bytes. Its profile says which functions hold on to how
//! much memory, or, if asked to, which have allocated how much.
//!
//! - Taking: a guard starts the sampling and ends it. `blocking::Sampling` is the one of
//!   the blocking client, behind the features `blocking` and `pipe`, and
//!   `tokio::Sampling` that of the async client, behind `tokio`. What they
//!   make of the target's answers is in [`Watch`], which any other client can use.
//! - Reading: a [`Tree`] has self and total sizes of every call site, and sums them up
//!   by function as [`Row`]s.
//! - Writing: [`write_heapprofile`] and [`read_heapprofile`] for the files of Chrome
//!   DevTools, VS Code and `node --heap-prof`; [`write_collapsed`] for flame graph
//!   tools; behind the features `flamegraph` and `pprof`, pictures and the format of
//!   pprof.
//!
//! No function in here recurses: profiles nest hundreds of levels.
//!
//! ```
//! use cdp_heapprofiler::sampling::{read_heapprofile, write_collapsed, Tree};
//!
//! let file = r#"{"head":{
//!     "callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},
//!     "selfSize":0,"id":1,"children":[{
//!         "callFrame":{"functionName":"leak","scriptId":"7","url":"file:///app.js","lineNumber":9,"columnNumber":13},
//!         "selfSize":4096,"id":2,"children":[]}]},
//!     "samples":[{"size":4096,"nodeId":2,"ordinal":1}]}"#;
//! let profile = read_heapprofile(file.as_bytes())?;
//! let tree = Tree::new(&profile);
//! let rows = tree.rows();
//! assert_eq!((rows[0].function, rows[0].self_size), ("leak", 4096.0));
//! assert_eq!((rows[0].line, rows[0].column), (Some(10), Some(14)));
//!
//! let mut stacks = Vec::new();
//! write_collapsed(&tree, &mut stacks)?;
//! assert_eq!(stacks, b"(root);leak (file:///app.js:10:14) 4096\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(any(feature = "blocking", feature = "pipe"))]
pub mod blocking;
mod collapsed;
mod error;
#[cfg(feature = "flamegraph")]
mod flamegraph;
mod frame;
mod heapprofile;
#[cfg(feature = "pprof")]
mod pprof;
mod rows;
#[cfg(feature = "tokio")]
pub mod tokio;
mod tree;
mod watch;

pub use collapsed::write_collapsed;
pub use error::{ReadError, SamplingError};
#[cfg(feature = "flamegraph")]
pub use flamegraph::write_flamegraph;
pub use heapprofile::{read_heapprofile, write_heapprofile};
#[cfg(feature = "pprof")]
pub use pprof::{Pprof, PprofKind};
pub use rows::Row;
pub use tree::{Node, Tree};
pub use watch::{Sampled, Watch};
