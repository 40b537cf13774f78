//! The guard of a sampling for the blocking client.

use super::{Sampled, SamplingError, Watch};
use crate::blocking::{Events, Session};
use crate::protocol::heap_profiler::{
    Enable, GetSamplingProfile, ResetProfilesEvent, StartSampling, StopSampling,
};
use crate::Client;

/// A target that is sampling. Dropped, it stops.
///
/// ```no_run
/// use cdp_heapprofiler::protocol::heap_profiler::StartSampling;
/// use cdp_heapprofiler::sampling::{blocking::Sampling, write_heapprofile};
/// use std::{fs::File, thread, time::Duration};
///
/// # #[cfg(feature = "blocking")] {
/// let target = cdp_heapprofiler::blocking::connect("127.0.0.1:9229")?;
/// let sampling = Sampling::start(&target, StartSampling::new().sampling_interval(16384.0))?;
/// thread::sleep(Duration::from_secs(10));
/// let sampled = sampling.finish()?;
/// write_heapprofile(&sampled.profile, File::create("leak.heapprofile")?)?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Dropping sends `stopSampling` and does not wait for the answer, which is then an
/// [`Oddity`](crate::session::Oddity) for the consumers of events.
#[derive(Debug)]
pub struct Sampling {
    session: Session,
    resets: Events,
    watch: Watch,
}

impl Sampling {
    /// Starts sampling, after a look whether the target is doing so already.
    ///
    /// It enables the domain in this session, without which targets do not tell of
    /// resets, and leaves it enabled.
    ///
    /// # Errors
    /// [`SamplingError::AlreadySampling`] if the target samples for somebody else;
    /// [`SamplingError::Command`] if a command fails.
    pub fn start(session: &Session, settings: StartSampling) -> Result<Self, SamplingError> {
        let mut sampling = Self {
            session: session.clone(),
            resets: session.events_of::<ResetProfilesEvent>(),
            watch: Watch::new(settings.clone()),
        };
        session.call(Enable::new())?;
        Watch::may_start(session.call(GetSamplingProfile::new()))?;
        let start = session.begin(settings)?;
        sampling.watch.start_sent();
        sampling.watch.started(start.wait())?;
        // What was reset before there was anything is no loss.
        sampling.take_resets();
        Ok(sampling)
    }

    /// The profile of all since the start. The sampling goes on.
    ///
    /// # Errors
    /// [`SamplingError::NotSampling`] if another session has stopped the sampling;
    /// [`SamplingError::Command`] if the command fails.
    pub fn profile(&mut self) -> Result<Sampled, SamplingError> {
        let answer = self.session.call(GetSamplingProfile::new());
        let resets = self.take_resets();
        self.watch.reset(resets);
        self.watch.profile(answer.map(|returns| returns.profile))
    }

    /// Stops, and gives back the profile of all since the start.
    ///
    /// # Errors
    /// [`SamplingError::NotSampling`] if another session has stopped the sampling
    /// before; [`SamplingError::Command`] if the command fails.
    pub fn finish(mut self) -> Result<Sampled, SamplingError> {
        let stop = self.session.begin(StopSampling::new())?;
        self.watch.stop_sent();
        let answer = stop.wait();
        let resets = self.take_resets();
        self.watch.reset(resets);
        self.watch.profile(answer.map(|returns| returns.profile))
    }

    /// How many resets have come since this was last asked.
    fn take_resets(&mut self) -> u64 {
        let mut resets = 0;
        while let Some(item) = self.resets.try_next() {
            resets += super::watch::resets(&item);
        }
        resets
    }
}

impl Drop for Sampling {
    fn drop(&mut self) {
        if self.watch.must_stop() {
            // A session that has ended samples no more.
            let _ = self.session.begin(StopSampling::new());
        }
    }
}
