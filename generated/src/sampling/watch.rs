//! What the target's answers mean for a sampling, without a client.

use super::SamplingError;
use crate::protocol::heap_profiler::{SamplingHeapProfile, StartSampling};
use crate::session::Error;

/// The state of one sampling, for whoever drives it: the guards of this crate's
/// clients, or a client of yours.
///
/// A target has one sampling for all its sessions. So, ask for a profile before the
/// start, and let [`may_start`](Self::may_start) look at the answer; then start, and
/// pass every answer to `getSamplingProfile` and `stopSampling` through
/// [`profile`](Self::profile), and every `resetProfiles` event to
/// [`reset`](Self::reset). Those events come only after `HeapProfiler.enable`.
///
/// ```
/// use cdp_heapprofiler::protocol::heap_profiler::{SamplingHeapProfile, StartSampling};
/// use cdp_heapprofiler::sampling::Watch;
///
/// let mut watch = Watch::new(StartSampling::new().sampling_interval(4096.0));
/// assert!(!watch.must_stop());
/// watch.start_sent();
/// watch.reset(1);
/// let sampled = watch.profile(Ok(SamplingHeapProfile::default()))?;
/// assert_eq!(sampled.resets, 1, "a page went to another process");
/// assert!(watch.must_stop(), "the sampling goes on");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Watch {
    settings: StartSampling,
    resets: u64,
    /// Whether the target may be sampling for us.
    sampling: bool,
}

/// A profile, and what has to be known to read it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sampled {
    /// The profile.
    pub profile: SamplingHeapProfile,
    /// How the sampling was started.
    pub settings: StartSampling,
    /// How often the target has told, since the start and until the profile was here,
    /// that it dropped what it had recorded. A page does when it navigates, since it
    /// then lives in another process; the sampling goes on there by itself. If it is
    /// not 0, the profile holds only what came after the last time.
    pub resets: u64,
}

impl Watch {
    /// A sampling that is to be started like this.
    pub fn new(settings: StartSampling) -> Self {
        Self {
            settings,
            resets: 0,
            sampling: false,
        }
    }

    /// Tells from the answer to a `getSamplingProfile` whether a sampling may be started.
    ///
    /// # Errors
    /// [`SamplingError::AlreadySampling`] if there was a profile, and any failure but
    /// that of a target that is not sampling.
    pub fn may_start<T>(answer: Result<T, Error>) -> Result<(), SamplingError> {
        match answer {
            Ok(_) => Err(SamplingError::AlreadySampling),
            Err(error) if is_not_sampling(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes that `startSampling` was sent. From now on the target may be sampling, even
    /// if its answer never comes.
    pub fn start_sent(&mut self) {
        self.sampling = true;
    }

    /// Takes in the answer to `startSampling`.
    ///
    /// # Errors
    /// [`SamplingError::Command`] if it failed. If the target has refused it, there is
    /// nothing to be stopped.
    pub fn started<T>(&mut self, answer: Result<T, Error>) -> Result<(), SamplingError> {
        match answer {
            Ok(_) => Ok(()),
            Err(error) => {
                self.sampling &= !matches!(error, Error::Protocol { .. });
                Err(error.into())
            }
        }
    }

    /// Notes that `stopSampling` was sent: there is nothing to be stopped any more.
    pub fn stop_sent(&mut self) {
        self.sampling = false;
    }

    /// Notes that this many `resetProfiles` events have come.
    pub fn reset(&mut self, times: u64) {
        self.resets = self.resets.saturating_add(times);
    }

    /// Takes in the profile that `getSamplingProfile` or `stopSampling` has returned, or
    /// how it failed.
    ///
    /// That another session has stopped the sampling shows here. That it has started
    /// one of its own since does not: the profile is then the other's.
    ///
    /// # Errors
    /// [`SamplingError::NotSampling`] if the target says so; there is nothing to be
    /// stopped then. [`SamplingError::Command`] for any other failure.
    pub fn profile(
        &mut self,
        answer: Result<SamplingHeapProfile, Error>,
    ) -> Result<Sampled, SamplingError> {
        match answer {
            Ok(profile) => Ok(Sampled {
                profile,
                settings: self.settings.clone(),
                resets: self.resets,
            }),
            Err(error) if is_not_sampling(&error) => {
                self.sampling = false;
                Err(SamplingError::NotSampling)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the target may be sampling for us, so that a `stopSampling` must be sent
    /// before it is forgotten.
    pub fn must_stop(&self) -> bool {
        self.sampling
    }
}

/// Whether a target says that it is not sampling. It has no code of its own for it.
fn is_not_sampling(error: &Error) -> bool {
    match error {
        Error::Protocol { error, .. } => {
            error.code == -32000
                && error
                    .message
                    .contains("sampling heap profiler was not started")
        }
        _ => false,
    }
}

/// How many resets an item means, of a consumer of nothing but resets.
#[cfg(any(feature = "blocking", feature = "pipe", feature = "tokio"))]
pub(super) fn resets(item: &crate::Incoming) -> u64 {
    match item {
        crate::Incoming::Event(_) => 1,
        crate::Incoming::Missed(missed) => missed.items,
        _ => 0,
    }
}
