//! Connections over a WebSocket.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tungstenite::client::client_with_config;
use tungstenite::error::ProtocolError;
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Error as WebSocketError, HandshakeError, Message, Utf8Bytes, WebSocket};

use super::{Inbound, Outbound, Session};
use crate::discovery::{self, Address, Listed, Response, Version, WebSocketUrl, LIST, VERSION};
use crate::link::ignore_poison;
use crate::link::Options;
use crate::ConnectError;

/// Connects to a target: `127.0.0.1:9229`, `http://localhost:9222`, or the
/// `ws://` URL of a certain one.
///
/// Of the targets at an address without a path, it takes the first page of a
/// browser, or the first target of Node, Deno or workerd. [`targets`] lists all.
///
/// # Errors
/// If the address cannot be read, if nothing listens there, or if there is no
/// target; the error says which, and what was found instead.
pub fn connect(address: &str) -> Result<Session, ConnectError> {
    connect_with(address, Options::new())
}

/// The same as [`connect`], with options.
///
/// # Errors
/// As [`connect`].
pub fn connect_with(address: &str, options: Options) -> Result<Session, ConnectError> {
    let url = match address.parse()? {
        Address::WebSocket(url) => url,
        Address::Http(authority) => {
            let body = get(&authority, LIST, &options)?;
            discovery::choose(address, &discovery::parse_list(address, &body)?)?
        }
    };
    open(&url, options)
}

/// Connects to the browser itself, which can list, attach and open targets, but has
/// no heap of its own: [`Session::session`] is what an attached target is.
///
/// # Errors
/// As [`connect`]; only browsers have such an end.
pub fn connect_browser(address: &str) -> Result<Session, ConnectError> {
    connect_browser_with(address, Options::new())
}

/// The same as [`connect_browser`], with options.
///
/// # Errors
/// As [`connect_browser`].
pub fn connect_browser_with(address: &str, options: Options) -> Result<Session, ConnectError> {
    let url = match address.parse()? {
        Address::WebSocket(url) => url,
        Address::Http(authority) => {
            let body = get(&authority, VERSION, &options)?;
            discovery::browser(address, &discovery::parse_version(address, &body)?)?
        }
    };
    open(&url, options)
}

/// Lists the targets at an address, as `/json/list` tells them.
///
/// # Errors
/// If the address cannot be read, or if what listens there does not answer as a
/// target does.
pub fn targets(address: &str) -> Result<Vec<Listed>, ConnectError> {
    let authority = address.parse::<Address>()?.into_authority();
    discovery::parse_list(address, &get(&authority, LIST, &Options::new())?)
}

/// What is at an address, as `/json/version` tells it.
///
/// # Errors
/// If the address cannot be read, or if what listens there does not answer as a
/// target does.
pub fn version(address: &str) -> Result<Version, ConnectError> {
    let authority = address.parse::<Address>()?.into_authority();
    discovery::parse_version(address, &get(&authority, VERSION, &Options::new())?)
}

/// Asks for a document by HTTP.
fn get(authority: &str, path: &str, options: &Options) -> Result<String, ConnectError> {
    let mut stream = dial(authority, options)?;
    let failed = |error| ConnectError::io("asking", authority, error);
    let end = Instant::now().checked_add(options.connect_timeout);
    stream
        .write_all(discovery::request(authority, path).as_bytes())
        .map_err(failed)?;
    let mut response = Response::new();
    let mut piece = vec![0; 1 << 14];
    loop {
        let length = stream.read(&mut piece).map_err(failed)?;
        if let Some(body) = response.push(authority, &piece[..length])? {
            return Ok(body);
        }
        if end.is_some_and(|end| end < Instant::now()) {
            return Err(failed(io::ErrorKind::TimedOut.into()));
        }
    }
}

/// Connects to the first of a host's addresses that answers.
fn dial(authority: &str, options: &Options) -> Result<TcpStream, ConnectError> {
    let failed = |error| ConnectError::io("connecting to", authority, error);
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in authority.to_socket_addrs().map_err(failed)? {
        match TcpStream::connect_timeout(&address, options.connect_timeout) {
            Ok(stream) => {
                let limit = Some(options.connect_timeout);
                stream.set_read_timeout(limit).map_err(failed)?;
                stream.set_write_timeout(limit).map_err(failed)?;
                stream.set_nodelay(true).map_err(failed)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(failed(last))
}

/// Connects to a WebSocket, and starts its reader.
fn open(url: &WebSocketUrl, options: Options) -> Result<Session, ConnectError> {
    let failed = |error| ConnectError::io("connecting to", url.as_str(), error);
    let stream = dial(url.authority(), &options)?;
    let outbound = Arc::new(Mutex::new(stream.try_clone().map_err(failed)?));
    let half = ReadHalf {
        stream,
        outbound: outbound.clone(),
    };
    let config = WebSocketConfig::default()
        .max_message_size(Some(options.message_limit))
        .max_frame_size(Some(options.message_limit));
    let (reader, _) = client_with_config(url.as_str(), half, Some(config)).map_err(|error| {
        let detail = match error {
            HandshakeError::Failure(error) => error.to_string(),
            HandshakeError::Interrupted(_) => "it takes too long".to_owned(),
        };
        ConnectError::handshake(url, detail)
    })?;
    // From here on silence is no failure: it is for deadlines to judge.
    let stream = &reader.get_ref().stream;
    stream.set_read_timeout(None).map_err(failed)?;
    let outbound = Writer {
        socket: WebSocket::from_raw_socket(WriteHalf(outbound), Role::Client, Some(config)),
        stream: stream.try_clone().map_err(failed)?,
    };
    let inbound = Reader {
        socket: reader,
        text: Utf8Bytes::default(),
    };
    Session::start(inbound, outbound, options).map_err(failed)
}

/// The reader's end of a socket. What the protocol makes it write, such as the
/// answer to a ping, goes the same way as the commands, a whole frame at a time.
struct ReadHalf {
    stream: TcpStream,
    outbound: Arc<Mutex<TcpStream>>,
}

impl Read for ReadHalf {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Write for ReadHalf {
    fn write(&mut self, frames: &[u8]) -> io::Result<usize> {
        WriteHalf(self.outbound.clone()).write(frames)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The writer's end of a socket.
struct WriteHalf(Arc<Mutex<TcpStream>>);

impl Write for WriteHalf {
    /// Writes all of it: half a frame of the one end must not be followed by a frame of
    /// the other.
    fn write(&mut self, frames: &[u8]) -> io::Result<usize> {
        ignore_poison(self.0.lock()).write_all(frames)?;
        Ok(frames.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for WriteHalf {
    /// Never asked for: the other end reads.
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

struct Reader {
    socket: WebSocket<ReadHalf>,
    /// The last message.
    text: Utf8Bytes,
}

impl Inbound for Reader {
    fn next(&mut self) -> io::Result<Option<&str>> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    self.text = text;
                    return Ok(Some(&self.text));
                }
                Ok(Message::Binary(bytes)) => {
                    self.text = String::from_utf8_lossy(&bytes).into_owned().into();
                    return Ok(Some(&self.text));
                }
                Ok(Message::Close(Some(frame))) => {
                    return Err(io::Error::new(
                        io::ErrorKind::ConnectionAborted,
                        format!("closed by the target: {frame}"),
                    ));
                }
                Ok(_) => {}
                Err(WebSocketError::ConnectionClosed) => return Ok(None),
                // Chromium says no goodbye.
                Err(WebSocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => {
                    return Ok(None);
                }
                Err(WebSocketError::Io(error)) => return Err(error),
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            }
        }
    }
}

struct Writer {
    socket: WebSocket<WriteHalf>,
    /// The reader's end of it ends with this.
    stream: TcpStream,
}

impl Outbound for Writer {
    fn send(&mut self, message: String) -> io::Result<()> {
        self.socket
            .send(Message::Text(message.into()))
            .map_err(|error| match error {
                WebSocketError::Io(error) => error,
                error => io::Error::other(error),
            })
    }

    fn close(&mut self) {
        // The target may be gone already. There is nobody to tell of a failure.
        let _ = self.socket.close(None);
        let _ = self.socket.flush();
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}
