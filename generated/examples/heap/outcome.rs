//! What a command comes to, and how the world is told: output, message, exit code.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use cdp_heapprofiler::ConnectError;
use serde_json::{json, Value};

/// What a command has to say, for people and for programs.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) json: Value,
    /// Why it is not what was asked for, if it is not.
    pub(crate) failure: Option<Failure>,
}

/// Why a command did not do what was asked for.
pub(crate) enum Failure {
    Failed(String),
    Usage(String),
    NotWhole(String),
    Interrupted(String),
}

impl Report {
    pub(crate) fn new(text: String, json: Value) -> Self {
        Self {
            text,
            json,
            failure: None,
        }
    }
}

impl Failure {
    /// A failure of something, with its reason.
    pub(crate) fn of(what: impl fmt::Display, reason: impl fmt::Display) -> Self {
        Self::Failed(format!("{what}: {reason}"))
    }

    /// A target that cannot be reached, and what helps.
    pub(crate) fn unreachable(address: &str, error: &ConnectError) -> Self {
        let mut text = error.to_string();
        if !text.contains(address) {
            text = format!("{address}: {text}");
        }
        if matches!(error, ConnectError::Io { .. }) {
            text.push_str(
                "\nstart a target with `node --inspect app.js`, or name the address of another",
            );
        }
        Self::Failed(text)
    }

    fn text(&self) -> &str {
        match self {
            Self::Failed(text)
            | Self::Usage(text)
            | Self::NotWhole(text)
            | Self::Interrupted(text) => text,
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::NotWhole(_) => 3,
            Self::Interrupted(_) => 130,
        }
    }
}

/// Prints the outcome, and gives back the exit code.
pub(crate) fn tell(outcome: Result<Report, Failure>, as_json: bool) -> ExitCode {
    let report = outcome.unwrap_or_else(|failure| Report {
        text: String::new(),
        json: json!({ "error": failure.text() }),
        failure: Some(failure),
    });
    let printed = if as_json {
        print(&format!("{}\n", report.json))
    } else {
        print(&report.text)
    };
    if let Some(failure) = report.failure {
        say(failure.text());
        return ExitCode::from(failure.code());
    }
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("the output cannot be written: {error}"));
            ExitCode::from(1)
        }
    }
}

/// Prints a line to standard error. If nobody reads it, nobody can be told.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints to standard output. That nobody reads any more, as with `| head`, is fine.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match printed {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}
