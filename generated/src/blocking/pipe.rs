//! Messages over a pair of pipes, each ended by a NUL, as Chromium's
//! `--remote-debugging-pipe` has it.

use std::io::{self, BufRead, BufReader, Read, Write};

use super::{Inbound, Outbound, Session};
use crate::link::Options;

/// Talks to a browser through its pipes: `reader` is what the browser writes, `writer`
/// what it reads. The session is that of the browser, which has no heap of its own:
/// attach to a target.
///
/// # Errors
/// If the thread that reads cannot be started.
pub fn over_pipe(
    reader: impl Read + Send + 'static,
    writer: impl Write + Send + 'static,
) -> io::Result<Session> {
    over_pipe_with(reader, writer, Options::new())
}

/// The same as [`over_pipe`], with options.
///
/// # Errors
/// If the thread that reads cannot be started.
pub fn over_pipe_with(
    reader: impl Read + Send + 'static,
    writer: impl Write + Send + 'static,
    options: Options,
) -> io::Result<Session> {
    let inbound = Messages {
        reader: BufReader::with_capacity(1 << 16, reader),
        bytes: Vec::new(),
        text: String::new(),
        limit: options.message_limit,
    };
    let outbound = Pipe {
        writer: Some(writer),
    };
    Session::start(inbound, outbound, options)
}

struct Messages<R> {
    reader: BufReader<R>,
    bytes: Vec<u8>,
    /// The message, if its bytes are not UTF-8.
    text: String,
    limit: usize,
}

impl<R: Read + Send> Inbound for Messages<R> {
    fn next(&mut self) -> io::Result<Option<&str>> {
        self.bytes.clear();
        // One byte more than the limit tells a message that is too long.
        let room = (self.limit as u64).saturating_add(1);
        let mut reader = (&mut self.reader).take(room);
        reader.read_until(0, &mut self.bytes)?;
        if self.bytes.last() == Some(&0) {
            self.bytes.pop();
            return Ok(Some(self.message()));
        }
        match self.bytes.len() {
            0 => Ok(None),
            length if length > self.limit => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("a message is longer than {} bytes", self.limit),
            )),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl<R> Messages<R> {
    /// What is not UTF-8 is read as far as it goes, like a lone surrogate.
    fn message(&mut self) -> &str {
        match std::str::from_utf8(&self.bytes) {
            Ok(message) => message,
            Err(_) => {
                self.text = String::from_utf8_lossy(&self.bytes).into_owned();
                &self.text
            }
        }
    }
}

struct Pipe<W> {
    writer: Option<W>,
}

impl<W: Write + Send> Outbound for Pipe<W> {
    fn send(&mut self, message: String) -> io::Result<()> {
        let writer = self.writer.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut bytes = message.into_bytes();
        bytes.push(0);
        writer.write_all(&bytes)?;
        writer.flush()
    }

    /// The browser ends when its pipe does, and then the reader.
    fn close(&mut self) {
        self.writer = None;
    }
}
