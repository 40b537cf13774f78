//! Chunks of a heap snapshot, from the event to where they go.

use crate::protocol::heap_profiler::AddHeapSnapshotChunkEvent;
use crate::{wire, DecodeError};

/// Appends the text of a chunk to a buffer: of the parameters of an event
/// `HeapProfiler.addHeapSnapshotChunk`, as JSON text.
///
/// It reads what [`decode`](crate::decode) does as an [`AddHeapSnapshotChunkEvent`], but
/// into a buffer that can be used again, and so allocates nothing once that is large
/// enough. What it appends is UTF-8.
///
/// ```
/// let mut snapshot = Vec::new();
/// cdp_heapprofiler::chunk_into(r#"{"chunk":"{\"nodes\":["}"#, &mut snapshot)?;
/// cdp_heapprofiler::chunk_into(r#"{"chunk":"]}\n"}"#, &mut snapshot)?;
/// assert_eq!(snapshot, b"{\"nodes\":[]}\n");
/// # Ok::<(), cdp_heapprofiler::DecodeError>(())
/// ```
///
/// # Errors
/// If the parameters are not those of the event. Nothing is appended then.
pub fn chunk_into(params: &str, out: &mut Vec<u8>) -> Result<(), DecodeError> {
    if wire::text_member_into(params, "chunk", out) {
        return Ok(());
    }
    let event = wire::read_with_care(
        params,
        |event: &mut AddHeapSnapshotChunkEvent, parser, context| {
            wire::Read::read(event, parser, context)
        },
    )?;
    out.extend_from_slice(event.chunk.as_bytes());
    Ok(())
}
