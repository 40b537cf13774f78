//! Connections over a WebSocket.

use std::io;
use std::sync::Arc;

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WebSocketError, Message};

use super::{Link, Session};
use crate::discovery::{self, Address, Listed, Response, Version, WebSocketUrl, LIST, VERSION};
use crate::link::Hub;
use crate::link::Options;
use crate::link::{Mailbox, Outgoing, ReaderEnd};
use crate::session::Closed;
use crate::ConnectError;

/// Connects to a target: `127.0.0.1:9229`, `http://localhost:9222`, or the
/// `ws://` URL of a certain one. It must be called within a runtime of tokio that has
/// its input, output and time enabled.
///
/// Of the targets at an address without a path, it takes the first page of a
/// browser, or the first target of Node, Deno or workerd. [`targets`] lists all.
///
/// # Errors
/// If the address cannot be read, if nothing listens there, or if there is no
/// target; the error says which, and what was found instead.
pub async fn connect(address: &str) -> Result<Session, ConnectError> {
    connect_with(address, Options::new()).await
}

/// The same as [`connect`], with options.
///
/// # Errors
/// As [`connect`].
pub async fn connect_with(address: &str, options: Options) -> Result<Session, ConnectError> {
    let url = match address.parse()? {
        Address::WebSocket(url) => url,
        Address::Http(authority) => {
            let body = get(&authority, LIST, &options).await?;
            discovery::choose(address, &discovery::parse_list(address, &body)?)?
        }
    };
    open(&url, options).await
}

/// Connects to the browser itself, which can list, attach and open targets, but has
/// no heap of its own: [`Session::session`] is what an attached target is.
///
/// # Errors
/// As [`connect`]; only browsers have such an end.
pub async fn connect_browser(address: &str) -> Result<Session, ConnectError> {
    connect_browser_with(address, Options::new()).await
}

/// The same as [`connect_browser`], with options.
///
/// # Errors
/// As [`connect_browser`].
pub async fn connect_browser_with(
    address: &str,
    options: Options,
) -> Result<Session, ConnectError> {
    let url = match address.parse()? {
        Address::WebSocket(url) => url,
        Address::Http(authority) => {
            let body = get(&authority, VERSION, &options).await?;
            discovery::browser(address, &discovery::parse_version(address, &body)?)?
        }
    };
    open(&url, options).await
}

/// Lists the targets at an address, as `/json/list` tells them.
///
/// # Errors
/// If the address cannot be read, or if what listens there does not answer as a
/// target does.
pub async fn targets(address: &str) -> Result<Vec<Listed>, ConnectError> {
    let authority = address.parse::<Address>()?.into_authority();
    discovery::parse_list(address, &get(&authority, LIST, &Options::new()).await?)
}

/// What is at an address, as `/json/version` tells it.
///
/// # Errors
/// If the address cannot be read, or if what listens there does not answer as a
/// target does.
pub async fn version(address: &str) -> Result<Version, ConnectError> {
    let authority = address.parse::<Address>()?.into_authority();
    discovery::parse_version(address, &get(&authority, VERSION, &Options::new()).await?)
}

/// Asks for a document by HTTP.
async fn get(authority: &str, path: &str, options: &Options) -> Result<String, ConnectError> {
    let failed = |error| ConnectError::io("asking", authority, error);
    let exchange = async {
        let mut stream = dial(authority, options).await?;
        let request = discovery::request(authority, path);
        stream.write_all(request.as_bytes()).await.map_err(failed)?;
        let mut response = Response::new();
        let mut piece = vec![0; 1 << 14];
        loop {
            let length = stream.read(&mut piece).await.map_err(failed)?;
            if let Some(body) = response.push(authority, &piece[..length])? {
                return Ok(body);
            }
        }
    };
    match timeout(options.connect_timeout, exchange).await {
        Ok(body) => body,
        Err(_) => Err(failed(io::ErrorKind::TimedOut.into())),
    }
}

async fn dial(authority: &str, options: &Options) -> Result<TcpStream, ConnectError> {
    let failed = |error| ConnectError::io("connecting to", authority, error);
    let stream = match timeout(options.connect_timeout, TcpStream::connect(authority)).await {
        Ok(stream) => stream.map_err(failed)?,
        Err(_) => return Err(failed(io::ErrorKind::TimedOut.into())),
    };
    stream.set_nodelay(true).map_err(failed)?;
    Ok(stream)
}

/// Connects to a WebSocket, and starts its tasks.
async fn open(url: &WebSocketUrl, options: Options) -> Result<Session, ConnectError> {
    let stream = dial(url.authority(), &options).await?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(options.message_limit))
        .max_frame_size(Some(options.message_limit));
    let handshake = client_async_with_config(url.as_str(), stream, Some(config));
    let socket = match timeout(options.connect_timeout, handshake).await {
        Ok(Ok((socket, _))) => socket,
        Ok(Err(error)) => return Err(ConnectError::handshake(url, error.to_string())),
        Err(_) => return Err(ConnectError::handshake(url, "it takes too long".to_owned())),
    };
    let (sink, stream) = socket.split();
    let hub = Arc::new(Hub::new(options));
    let outgoing = Arc::new(Mailbox::new());
    tokio::spawn(write_all(sink, outgoing.clone(), hub.clone()));
    let end = ReaderEnd::new(hub.clone(), outgoing.clone());
    let reader = tokio::spawn(read_all(stream, hub.clone(), end));
    Ok(Session::new(Link {
        hub,
        outgoing,
        reader: reader.abort_handle(),
    }))
}

/// Reads to the end of the connection.
async fn read_all(
    mut stream: impl Stream<Item = Result<Message, WebSocketError>> + Unpin,
    hub: Arc<Hub>,
    mut end: ReaderEnd,
) {
    let detail = loop {
        match stream.next().await {
            Some(Ok(Message::Text(text))) => hub.receive(&text),
            Some(Ok(Message::Binary(bytes))) => hub.receive(&String::from_utf8_lossy(&bytes)),
            Some(Ok(Message::Close(Some(frame)))) => {
                break format!("closed by the target: {frame}")
            }
            Some(Ok(_)) => {}
            // Chromium says no goodbye.
            None
            | Some(Err(WebSocketError::ConnectionClosed))
            | Some(Err(WebSocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake))) => {
                break "closed by the target".to_owned();
            }
            Some(Err(error)) => break error.to_string(),
        }
    };
    end.tell(Closed::Connection(detail));
}

/// Writes the commands in their order, until the connection is closed on this side or
/// cannot be written to.
async fn write_all(
    mut sink: impl Sink<Message, Error = WebSocketError> + Unpin,
    outgoing: Arc<Mailbox<Outgoing>>,
    hub: Arc<Hub>,
) {
    let limit = hub.options.connect_timeout;
    loop {
        let next = std::future::poll_fn(|context| outgoing.poll_take(context)).await;
        let Outgoing::Frame(frame) = next else {
            break;
        };
        let sent = timeout(limit, sink.send(Message::Text(frame.into()))).await;
        let detail = match sent {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the target does not read".to_owned(),
        };
        return hub.close(Closed::Connection(format!(
            "cannot be written to: {detail}"
        )));
    }
    // The target may be gone already. There is nobody to tell of a failure.
    let _ = timeout(limit, sink.close()).await;
}
