//! What commands, events and the carriers of commands have in common.

use crate::wire::{Read, Serialize};
use crate::RefusedParameter;

/// A command of the protocol: its parameters, the name of its method, and the
/// type of what it returns.
///
/// The machine-written commands implement it. For a command that these bindings
/// do not have, implement it by hand, with [`Json`](crate::wire::Json) for the
/// returns.
pub trait Command: Serialize + Send + Sync {
    /// The name of the method on the wire, such as `HeapProfiler.enable`.
    const METHOD: &'static str;

    /// What the target answers with on success.
    type Returns: Read + Send + 'static;

    /// Refuses parameters that are known to harm targets, by what they say of
    /// themselves in their docs. [`encode_request`](crate::encode_request) asks this
    /// first; a client that encodes its messages in another way should, too.
    ///
    /// # Errors
    /// If a parameter is outside of its range. [`Unchecked`](crate::Unchecked) is the
    /// way around.
    fn check(&self) -> Result<(), RefusedParameter> {
        Ok(())
    }
}

/// The parameters of an event of the protocol, and the name of its method.
pub trait Event: Read + Send + 'static {
    /// The name of the method on the wire, such as `HeapProfiler.resetProfiles`.
    const METHOD: &'static str;
}

/// Whatever carries commands to a target, blocking or async.
///
/// A client states once what a call gives back; every command method of every
/// domain then works with it. A client belongs to one target: whoever talks to
/// several makes one per session.
///
/// A blocking client answers with a result:
///
/// ```
/// use cdp_heapprofiler::{decode, Client, Command, DecodeError};
///
/// /// Answers every command with an empty object.
/// struct Empty;
///
/// impl Client for Empty {
///     type Reply<'a, C: Command + 'a> = Result<C::Returns, DecodeError>;
///
///     fn call<'a, C: Command + 'a>(&'a self, _command: C) -> Self::Reply<'a, C> {
///         decode("{}")
///     }
/// }
///
/// use cdp_heapprofiler::protocol::heap_profiler::HeapProfilerCommands;
/// # use cdp_heapprofiler::protocol::heap_profiler::CollectGarbage;
/// Empty.collect_garbage(CollectGarbage::new())?;
/// # Ok::<(), DecodeError>(())
/// ```
///
/// Code that works with any client is generic over it. `call` takes a command of any
/// domain, without a trait of the domain in scope, so it is never ambiguous where
/// domains have commands of one name:
///
/// ```
/// use cdp_heapprofiler::protocol::heap_profiler::{self, CollectGarbage};
/// use cdp_heapprofiler::Client;
///
/// fn collect<T: Client>(target: &T) -> T::Reply<'_, CollectGarbage> {
///     target.call(heap_profiler::CollectGarbage::new())
/// }
/// ```
///
/// An async client answers with a future, for instance
/// `Pin<Box<dyn Future<Output = Result<C::Returns, Error>> + Send + 'a>>`.
pub trait Client {
    /// What a call of `C` gives back: a result, or a future of one.
    type Reply<'a, C: Command + 'a>
    where
        Self: 'a;

    /// Sends a command and gives back its reply, or the promise of it.
    fn call<'a, C: Command + 'a>(&'a self, command: C) -> Self::Reply<'a, C>;
}
