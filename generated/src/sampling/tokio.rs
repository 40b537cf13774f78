//! The guard of a sampling for the async client.

use super::{Sampled, SamplingError, Watch};
use crate::protocol::heap_profiler::{
    Enable, GetSamplingProfile, ResetProfilesEvent, StartSampling, StopSampling,
};
use crate::tokio::{Events, Session};
use crate::Client;

/// A target that is sampling. Dropped, it stops.
///
/// ```no_run
/// use cdp_heapprofiler::protocol::heap_profiler::StartSampling;
/// use cdp_heapprofiler::sampling::{tokio::Sampling, Tree};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let target = cdp_heapprofiler::tokio::connect("127.0.0.1:9229").await?;
/// let sampling = Sampling::start(&target, StartSampling::new()).await?;
/// // ... the target works ...
/// let sampled = sampling.finish().await?;
/// for row in Tree::new(&sampled.profile).rows().iter().take(10) {
///     println!("{:>12} {}", row.self_size, row.function);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Dropping queues a `stopSampling` to be sent and waits for nothing; so does dropping
/// the future of [`start`](Self::start) once the target may be sampling. The answer is
/// then an [`Oddity`](crate::session::Oddity) for the consumers of events. A runtime
/// that is shut down at once may not come to send it; the target stops by itself when
/// the connection ends.
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
    pub async fn start(session: &Session, settings: StartSampling) -> Result<Self, SamplingError> {
        let mut sampling = Self {
            session: session.clone(),
            resets: session.events_of::<ResetProfilesEvent>(),
            watch: Watch::new(settings.clone()),
        };
        session.call(Enable::new()).await?;
        Watch::may_start(session.call(GetSamplingProfile::new()).await)?;
        let mut start = session.call(settings);
        start.start()?;
        sampling.watch.start_sent();
        sampling.watch.started(start.await)?;
        // What was reset before there was anything is no loss.
        sampling.take_resets();
        Ok(sampling)
    }

    /// The profile of all since the start. The sampling goes on. The future may be
    /// dropped at any time.
    ///
    /// # Errors
    /// [`SamplingError::NotSampling`] if another session has stopped the sampling;
    /// [`SamplingError::Command`] if the command fails.
    pub async fn profile(&mut self) -> Result<Sampled, SamplingError> {
        let answer = self.session.call(GetSamplingProfile::new()).await;
        let resets = self.take_resets();
        self.watch.reset(resets);
        self.watch.profile(answer.map(|returns| returns.profile))
    }

    /// Stops, and gives back the profile of all since the start. If the future is
    /// dropped, the sampling stops, and its profile is lost.
    ///
    /// # Errors
    /// [`SamplingError::NotSampling`] if another session has stopped the sampling
    /// before; [`SamplingError::Command`] if the command fails.
    pub async fn finish(mut self) -> Result<Sampled, SamplingError> {
        let mut stop = self.session.call(StopSampling::new());
        stop.start()?;
        self.watch.stop_sent();
        let answer = stop.await;
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
            let _ = self.session.call(StopSampling::new()).start();
        }
    }
}
