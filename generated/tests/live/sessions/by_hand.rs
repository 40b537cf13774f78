//! Commands without parameters that the bindings do not have, or that no target has.

use cdp_heapprofiler::wire::{Json, Serialize, Serializer};
use cdp_heapprofiler::Command;
use std::collections::BTreeMap;

macro_rules! by_hand {
    ($(#[$doc:meta] $Name:ident = $method:literal;)*) => {$(
        #[$doc]
        #[derive(Debug)]
        pub(super) struct $Name;

        impl Command for $Name {
            const METHOD: &'static str = $method;
            type Returns = Json;
        }

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                BTreeMap::<&str, &str>::new().serialize(serializer)
            }
        }
    )*};
}

by_hand! {
    /// The processes of a browser.
    GetProcessInfo = "SystemInfo.getProcessInfo";
    /// Crashes a page.
    Crash = "Page.crash";
    /// Loads a page anew.
    Reload = "Page.reload";
    /// A known method without the parameter that it needs.
    GetHeapObjectIdOfNothing = "HeapProfiler.getHeapObjectId";
    /// A method that nobody has.
    Unknown = "HeapProfiler.compressHeap";
}
