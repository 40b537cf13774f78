//! Where functions are, as a person in the current folder calls it.

use cdp_heapprofiler::protocol::heap_profiler::SamplingHeapProfile;

/// Makes the URLs of files below the current folder relative to it.
pub(crate) struct Places {
    /// The path of the current folder, with a slash at its end.
    here: Option<String>,
}

impl Places {
    pub(crate) fn new() -> Self {
        let here = std::env::current_dir().ok();
        Self {
            here: here.map(|folder| format!("{}/", folder.display())),
        }
    }

    pub(crate) fn shown<'a>(&self, url: &'a str) -> &'a str {
        // Node has URLs for modules, and mere paths for scripts.
        let path = url.strip_prefix("file://").unwrap_or(url);
        let here = self.here.as_deref();
        here.and_then(|here| path.strip_prefix(here)).unwrap_or(url)
    }

    /// The profile with such URLs, for what is only looked at.
    pub(crate) fn in_profile(&self, profile: &SamplingHeapProfile) -> SamplingHeapProfile {
        let mut profile = profile.clone();
        let mut nodes = vec![&mut profile.head];
        while let Some(node) = nodes.pop() {
            let url = &mut node.call_frame.url;
            *url = self.shown(url).to_owned();
            nodes.extend(node.children.iter_mut());
        }
        profile
    }
}
