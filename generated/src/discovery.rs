//! Finding targets: what listens at an address, by `/json/list` and `/json/version`.
//!
//! No input or output in here: a request goes out as text, a response comes in by
//! pieces.

mod connect_error;

use std::str::FromStr;

use crate::{decode, wire};

pub use connect_error::ConnectError;

/// The document that lists the targets.
pub(crate) const LIST: &str = "/json/list";

/// The document that says what listens.
pub(crate) const VERSION: &str = "/json/version";

/// Where a target listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A host and a port, which tell what is there.
    Http(String),
    WebSocket(WebSocketUrl),
}

impl Address {
    /// The host and the port.
    pub(crate) fn into_authority(self) -> String {
        match self {
            Self::Http(authority) => authority,
            Self::WebSocket(url) => url.authority,
        }
    }
}

impl FromStr for Address {
    type Err = ConnectError;

    fn from_str(address: &str) -> Result<Self, ConnectError> {
        if let Some(rest) = address.strip_prefix("ws://") {
            return WebSocketUrl::new(address, rest).map(Self::WebSocket);
        }
        let rest = address.strip_prefix("http://").unwrap_or(address);
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains('/') && !rest.contains("://") {
            return Err(bad_address(address, "only a ws:// address has a path"));
        }
        check_authority(address, rest)?;
        Ok(Self::Http(rest.to_owned()))
    }
}

/// A `ws://` URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebSocketUrl {
    url: String,
    authority: String,
}

impl WebSocketUrl {
    fn new(url: &str, rest: &str) -> Result<Self, ConnectError> {
        let authority = rest.split(['/', '?']).next().unwrap_or(rest);
        check_authority(url, authority)?;
        if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(bad_address(url, "it holds white space"));
        }
        Ok(Self {
            url: url.to_owned(),
            authority: authority.to_owned(),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.url
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }
}

fn bad_address(address: &str, problem: &'static str) -> ConnectError {
    ConnectError::Address {
        address: address.to_owned(),
        problem,
    }
}

fn check_authority(address: &str, authority: &str) -> Result<(), ConnectError> {
    let bad = |problem| Err(bad_address(address, problem));
    if authority.contains("://") {
        return bad("only http and ws are spoken here, without TLS");
    }
    let Some((host, port)) = authority.rsplit_once(':') else {
        return bad("the port is missing");
    };
    if host.is_empty() {
        return bad("the host is missing");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]%".contains(c);
    if !host.chars().all(allowed) {
        return bad("the host is no host name");
    }
    match port.parse::<u16>() {
        Ok(1..) => Ok(()),
        _ => bad("the port is not a number from 1 to 65535"),
    }
}

/// A target as `/json/list` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// Its id, as the `targetId` of `Target.attachToTarget`.
    pub id: String,
    /// What it is: `page`, `node`, `worker`, `iframe` and others.
    pub kind: Option<String>,
    /// Its title, which may be empty.
    pub title: Option<String>,
    /// What it runs.
    pub url: Option<String>,
    /// Where to connect to it. Absent if another client has it to itself.
    pub web_socket_debugger_url: Option<String>,
}

wire::object! {
    Listed = "/json/list", received {
        "id" => required id,
        "type" => optional kind,
        "title" => optional title,
        "url" => optional url,
        "webSocketDebuggerUrl" => optional web_socket_debugger_url,
    }
}

/// What is at an address, as `/json/version` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Version {
    /// Name and version, such as `node.js/v20.20.2` or `HeadlessChrome/156.0.8078.73`.
    pub browser: Option<String>,
    /// The version of the protocol, such as `1.3`.
    pub protocol_version: Option<String>,
    /// The version of V8. Browsers tell it.
    pub v8_version: Option<String>,
    /// Where to connect to the browser itself. Only browsers have it.
    pub web_socket_debugger_url: Option<String>,
}

wire::object! {
    Version = "/json/version", received {
        "Browser" => optional browser,
        "Protocol-Version" => optional protocol_version,
        "V8-Version" => optional v8_version,
        "webSocketDebuggerUrl" => optional web_socket_debugger_url,
    }
}

pub(crate) fn parse_list(address: &str, body: &str) -> Result<Vec<Listed>, ConnectError> {
    decode(body).map_err(|error| not_decoded(address, error))
}

pub(crate) fn parse_version(address: &str, body: &str) -> Result<Version, ConnectError> {
    decode(body).map_err(|error| not_decoded(address, error))
}

fn not_decoded(address: &str, error: crate::DecodeError) -> ConnectError {
    let address = address.to_owned();
    ConnectError::Decode { address, error }
}

/// The target to be taken when only the address is given.
pub(crate) fn choose(address: &str, listed: &[Listed]) -> Result<WebSocketUrl, ConnectError> {
    let of_kind = |kind: &str| {
        let mut those = listed
            .iter()
            .filter(|each| each.kind.as_deref() == Some(kind));
        those.find_map(|each| each.web_socket_debugger_url.as_deref())
    };
    match of_kind("page").or_else(|| of_kind("node")) {
        Some(url) => found_url(address, url),
        None => Err(ConnectError::NoTarget {
            address: address.to_owned(),
            found: describe(listed),
        }),
    }
}

/// The end of the browser itself.
pub(crate) fn browser(address: &str, version: &Version) -> Result<WebSocketUrl, ConnectError> {
    match &version.web_socket_debugger_url {
        Some(url) => found_url(address, url),
        None => Err(ConnectError::NoTarget {
            address: address.to_owned(),
            found: match &version.browser {
                Some(name) => format!("{name} is no browser with several targets"),
                None => "it does not say what it is".to_owned(),
            },
        }),
    }
}

fn found_url(address: &str, url: &str) -> Result<WebSocketUrl, ConnectError> {
    match url.parse()? {
        Address::WebSocket(url) => Ok(url),
        Address::Http(_) => Err(ConnectError::Http {
            address: address.to_owned(),
            problem: format!("it names `{url}` as the place to connect to"),
        }),
    }
}

/// What there is instead of a target that could be taken.
fn describe(listed: &[Listed]) -> String {
    if listed.is_empty() {
        return "it lists none".to_owned();
    }
    let mut text = "it lists only".to_owned();
    for each in listed {
        let kind = each.kind.as_deref().unwrap_or("target");
        let title = each.title.as_deref().or(each.url.as_deref());
        let taken = match each.web_socket_debugger_url {
            Some(_) => "",
            None => ", taken by another client",
        };
        text.push_str(&format!(" {kind} {:?}{taken};", title.unwrap_or(&each.id)));
    }
    text.push_str(" give the ws:// URL of one");
    text
}

/// The request for a document. The host must be there with its port: targets put it
/// into the URLs that they answer with.
pub(crate) fn request(authority: &str, path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {authority}\r\nAccept: application/json\r\n\
         Connection: close\r\n\r\n"
    )
}

/// The longest response that is read, in bytes. Thousands of targets fit in.
const MAX_RESPONSE: usize = 64 << 20;

/// A response that is coming in.
#[derive(Debug)]
pub(crate) struct Response {
    received: Vec<u8>,
    /// Where the body begins, and its length if that was told.
    body: Option<(usize, Option<usize>)>,
}

impl Response {
    pub(crate) fn new() -> Self {
        Self {
            received: Vec::new(),
            body: None,
        }
    }

    /// Takes in the next piece; an empty one is the end of the connection. Gives back
    /// the body once it is whole.
    pub(crate) fn push(
        &mut self,
        authority: &str,
        piece: &[u8],
    ) -> Result<Option<String>, ConnectError> {
        let bad = |problem: String| ConnectError::Http {
            address: authority.to_owned(),
            problem,
        };
        self.received.extend_from_slice(piece);
        if self.received.len() > MAX_RESPONSE {
            return Err(bad("its answer has no end".to_owned()));
        }
        if self.body.is_none() {
            self.body = head(&self.received).map_err(bad)?;
        }
        let over = piece.is_empty();
        let end = match self.body {
            Some((start, Some(length))) => Some(start.saturating_add(length)),
            Some((_, None)) if over => Some(self.received.len()),
            _ => None,
        };
        match (self.body, end) {
            (Some((start, _)), Some(end)) if end <= self.received.len() => {
                let body = String::from_utf8_lossy(&self.received[start..end]);
                Ok(Some(body.into_owned()))
            }
            _ if over => Err(bad("its answer ends too early".to_owned())),
            _ => Ok(None),
        }
    }
}

/// Reads the head of a response once it is whole: where the body begins, and its
/// length.
fn head(received: &[u8]) -> Result<Option<(usize, Option<usize>)>, String> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let start = match response.parse(received) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(format!("its answer is no HTTP: {error}")),
    };
    let code = response.code.unwrap_or(0);
    if code != 200 {
        let reason = response.reason.unwrap_or("");
        return Err(format!("HTTP status {code} {reason}"));
    }
    let header = |name: &str| {
        let header = response
            .headers
            .iter()
            .find(|h| h.name.eq_ignore_ascii_case(name));
        header.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    if header("transfer-encoding").is_some() {
        return Err("its answer comes in HTTP chunks".to_owned());
    }
    let length = header("content-length").and_then(|length| length.trim().parse().ok());
    Ok(Some((start, length)))
}
