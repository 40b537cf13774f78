//! Ctrl-C.

use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cdp_heapprofiler::blocking::Session;

use crate::outcome::Failure;

/// Whether Ctrl-C was pressed, and what that ends.
#[derive(Clone)]
pub(crate) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    pressed: bool,
    session: Option<Session>,
    /// Whether the first Ctrl-C is only noted.
    patient: bool,
}

impl Interrupt {
    /// Takes Ctrl-C over from the system.
    pub(crate) fn watch() -> Result<Self, Failure> {
        let interrupt = Self(Arc::default());
        let pressed = interrupt.clone();
        ctrlc::set_handler(move || pressed.press())
            .map_err(|error| Failure::of("Ctrl-C cannot be handled", error))?;
        Ok(interrupt)
    }

    /// Makes Ctrl-C wait until there is a session: there is something to be put in order.
    pub(crate) fn waits(&self) {
        self.state().patient = true;
    }

    /// Makes Ctrl-C close this session, so that what waits for it fails.
    pub(crate) fn closes(&self, session: &Session) {
        self.set(session, false);
    }

    /// Makes the second Ctrl-C close this session. The first is only noted.
    pub(crate) fn is_noted(&self, session: &Session) {
        self.set(session, true);
    }

    pub(crate) fn was_pressed(&self) -> bool {
        self.state().pressed
    }

    fn set(&self, session: &Session, patient: bool) {
        let mut state = self.state();
        state.session = Some(session.clone());
        state.patient = patient;
    }

    fn press(&self) {
        let mut state = self.state();
        let again = std::mem::replace(&mut state.pressed, true);
        match &state.session {
            // There is nothing that would have to be put in order, or no time for it.
            None if again || !state.patient => process::exit(130),
            Some(session) if again || !state.patient => {
                let session = session.clone();
                // Closing may wait for a write; who asks for the state should not.
                drop(state);
                session.close();
            }
            _ => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
