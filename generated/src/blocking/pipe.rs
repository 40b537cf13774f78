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
        limit: options.message_limit,
    };
    let outbound = Pipe {
        writer: Some(writer),
    };
    Session::start(inbound, outbound, options)
}

struct Messages<R> {
    reader: BufReader<R>,
    limit: usize,
}

impl<R: Read + Send> Inbound for Messages<R> {
    type Frame = String;

    fn next(&mut self) -> io::Result<Option<String>> {
        let mut message = Vec::new();
        // One byte more than the limit tells a message that is too long.
        let room = (self.limit as u64).saturating_add(1);
        (&mut self.reader).take(room).read_until(0, &mut message)?;
        if message.last() == Some(&0) {
            message.pop();
            // What is not UTF-8 is read as far as it goes, like a lone surrogate.
            let message = String::from_utf8(message)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            return Ok(Some(message));
        }
        match message.len() {
            0 => Ok(None),
            length if length > self.limit => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("a message is longer than {} bytes", self.limit),
            )),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
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
