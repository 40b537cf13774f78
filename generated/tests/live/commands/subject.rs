//! A target with its program, and a session with it through the typed clients.

use super::super::http::Site;
use super::super::target::{Kind, Target};
use super::deviation::Deviation;
use super::Outcome;
use cdp_heapprofiler::blocking::{self, Session};
use cdp_heapprofiler::protocol::runtime::{
    self, Evaluate, ExecutionContextCreatedEvent, ExecutionContextId, RemoteObject, RemoteObjectId,
    RuntimeCommands,
};
use cdp_heapprofiler::protocol::target::{AttachToTarget, CreateTarget, TargetCommands};
use cdp_heapprofiler::session::{Deadline, Error};
use cdp_heapprofiler::{Incoming, Options, ReplyError};
use serde_json::Value;
use std::thread;
use std::time::{Duration, Instant};

/// How long a target may be silent: a snapshot takes long on a loaded machine.
pub(crate) const SILENCE: Duration = Duration::from_secs(180);

/// A target that runs its program, and a session with it.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    /// Before the target, so that it is closed when the target ends.
    pub(crate) session: Session,
    /// Where the session is connected to, but for a pipe.
    pub(crate) address: Option<String>,
    context: Option<ExecutionContextId>,
    pub(crate) target: Target,
    /// Where a page comes from.
    pub(crate) site: Option<Site>,
}

impl Subject {
    /// Starts a target, connects to it, and waits for its program.
    pub(crate) fn start(kind: Kind) -> Outcome<Self> {
        let mut target = kind.start()?;
        let site = match kind {
            Kind::Chromium | Kind::ChromiumPipe => Some(Site::start()?),
            _ => None,
        };
        let (session, address) = connect(kind, &mut target, site.as_ref())?;
        let mut subject = Self {
            kind,
            session,
            address,
            context: None,
            target,
            site,
        };
        if kind == Kind::Workerd {
            subject.context = Some(subject.first_context()?);
        }
        subject.wait_for("globalThis.orders?.length === 300")?;
        Ok(subject)
    }

    /// Whether a deviation is to be expected.
    pub(crate) fn differs(&self, deviation: Deviation) -> bool {
        deviation.is_of(self.kind, self.target.major())
    }

    /// Takes a turn of the event loop: what a WeakRef keeps for the turn is let go.
    pub(crate) fn take_turn(&self) -> Outcome<()> {
        if self.kind == Kind::Workerd {
            // Outside of a request it has no timers; each evaluation is a turn.
            return Ok(());
        }
        let turn = "new Promise(resolve => setTimeout(resolve, 60))";
        self.evaluated(self.evaluation(turn).await_promise(true))?;
        Ok(())
    }

    /// Evaluates an expression.
    pub(crate) fn evaluate(&self, expression: &str) -> Outcome<RemoteObject> {
        self.evaluated(self.evaluation(expression))
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expression: &str) -> Outcome<Value> {
        let object = self.evaluated(self.evaluation(expression).return_by_value(true))?;
        match object.value {
            Some(json) => Ok(serde_json::from_str(json.as_str())?),
            None => Ok(Value::Null),
        }
    }

    /// The remote object id of what an expression gives.
    pub(crate) fn object(&self, expression: &str) -> Outcome<RemoteObjectId> {
        let object = self.evaluate(expression)?;
        Ok(object.object_id.ok_or("not an object")?)
    }

    /// Waits until an expression is true. The page may be replaced meanwhile.
    pub(crate) fn wait_for(&self, expression: &str) -> Outcome<()> {
        let start = Instant::now();
        loop {
            let last = self.value(expression);
            match last {
                Ok(Value::Bool(true)) => return Ok(()),
                _ if start.elapsed() > SILENCE => {
                    return Err(format!("`{expression}` is not true, but {last:?}").into());
                }
                _ => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// An evaluation in the context of the program.
    pub(crate) fn evaluation(&self, expression: &str) -> Evaluate {
        let mut command = Evaluate::new(expression);
        command.context_id = self.context;
        command
    }

    pub(crate) fn evaluated(&self, command: Evaluate) -> Outcome<RemoteObject> {
        let expression = command.expression.clone();
        let returns = self.session.evaluate(command)?;
        match returns.exception_details {
            Some(details) => Err(format!("`{expression}` throws {details:?}").into()),
            None => Ok(returns.result),
        }
    }

    /// The context of workerd's program: it has no default one.
    fn first_context(&self) -> Outcome<ExecutionContextId> {
        let mut events = self.session.events();
        RuntimeCommands::enable(&self.session, runtime::Enable::new())?;
        loop {
            match events.next_within(SILENCE) {
                Some(Incoming::Event(event)) => {
                    if let Some(event) = event.decode_as::<ExecutionContextCreatedEvent>() {
                        return Ok(event?.context.id);
                    }
                }
                Some(Incoming::Closed(reason)) => return Err(reason.to_string().into()),
                None => return Err("no context".into()),
                Some(_) => {}
            }
        }
    }
}

/// With time for a loaded machine.
pub(super) fn options() -> Options {
    Options::new().deadline(Deadline::idle(SILENCE))
}

/// A session with what runs the program, and its address.
fn connect(
    kind: Kind,
    target: &mut Target,
    site: Option<&Site>,
) -> Outcome<(Session, Option<String>)> {
    let page = site.map(|site| site.url("page.html")).unwrap_or_default();
    if let Some(pipe) = target.pipe.take() {
        let browser = blocking::over_pipe_with(pipe.output, pipe.input, options())?;
        let created = browser.create_target(CreateTarget::new(page))?;
        let attach = AttachToTarget::new(created.target_id).flatten(true);
        let attached = browser.attach_to_target(attach)?;
        return Ok((browser.session(attached.session_id), None));
    }
    let address = match kind {
        Kind::Chromium => target.open_page(&page)?.web_socket,
        _ => target.address.clone().ok_or("no address")?,
    };
    let session = blocking::connect_with(&address, options())?;
    Ok((session, Some(address)))
}

/// What a target said when it refused a command.
///
/// # Panics
///
/// When it did not refuse.
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> ReplyError {
    match result {
        Err(Error::Protocol { error, .. }) => error,
        other => panic!("not refused: {other:?}"),
    }
}

/// Asserts that a target has refused a command, and with which words.
///
/// # Panics
///
/// When it did not, or with others.
#[track_caller]
pub(crate) fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, message: &str) {
    let error = refusal(result);
    assert_eq!((error.code, &*error.message), (-32000, message));
}
