//! Asks a target that runs for its protocol.

use std::io::{self, ErrorKind, Read};

use cdp_codegen::{Input, Role};

use super::SourceError;

/// Where targets report their protocol.
const PATH: &str = "/json/protocol";

/// Where targets report what they are.
const VERSION: &str = "/json/version";

/// More than any target calls itself.
const LONGEST_PRODUCT: usize = 80;

/// Targets are near, and reply at once.
const SECONDS: u64 = 20;

/// Ten times what the largest target reports.
const LARGEST: u64 = 16 << 20;

/// More than any target says of what it sends.
const LARGEST_HEADERS: usize = 64 << 10;

/// What stands for a status line that is none, with the status 503.
const NO_STATUS: &str = "Server did not provide a status line";

/// Gets the report of a target: at the path of the URL or, without one, where
/// targets have it.
pub(super) fn fetch(url: &str) -> Result<Input, SourceError> {
    let url = complete(url)?;
    let request = minreq::get(url.as_str())
        .with_timeout(SECONDS)
        .with_max_headers_size(LARGEST_HEADERS)
        .with_max_status_line_length(LARGEST_HEADERS)
        // A target has no reason to send anybody elsewhere.
        .with_follow_redirects(false);
    let response = request.send_lazy().map_err(|error| failed(&url, error))?;
    if response.reason_phrase == NO_STATUS {
        let cause = io::Error::new(ErrorKind::InvalidData, "the reply is no HTTP");
        return Err(SourceError::Transfer { url, cause });
    }
    if response.status_code != 200 {
        let status = response.status_code;
        return Err(SourceError::Status { url, status });
    }
    let mut bytes = Vec::new();
    let mut body = response.take(LARGEST + 1);
    if let Err(cause) = body.read_to_end(&mut bytes) {
        return Err(SourceError::Transfer { url, cause });
    }
    if bytes.len() as u64 > LARGEST {
        let limit = LARGEST;
        return Err(SourceError::TooLarge { url, limit });
    }
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(SourceError::NotJson(url));
    }
    Ok(Input {
        name: url,
        role: Role::Json,
        bytes,
    })
}

/// What a target calls itself, in its own report of that.
pub(super) fn product(url: &str) -> Option<String> {
    let url = complete(url).ok()?;
    let authority = url.strip_prefix("http://")?.split('/').next()?;
    let version = fetch(&format!("http://{authority}{VERSION}")).ok()?;
    let version: serde_json::Value = serde_json::from_slice(&version.bytes).ok()?;
    let product = version.get("Browser")?.as_str()?;
    // It goes into documents, and into code.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._/+ ".contains(c);
    let named = !product.trim().is_empty() && product.len() <= LONGEST_PRODUCT;
    (named && product.chars().all(plain)).then(|| product.trim().to_owned())
}

/// The URL with its path, if it is `http://HOST:PORT`.
fn complete(url: &str) -> Result<String, SourceError> {
    let bad = || SourceError::Url(url.escape_debug().to_string());
    let rest = url.strip_prefix("http://").ok_or_else(bad)?;
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if host.is_empty() || !host.chars().all(allowed) || port.is_some_and(|port| !is_port(port)) {
        return Err(bad());
    }
    let path = if path.len() < 2 { PATH } else { path };
    if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(bad());
    }
    Ok(format!("http://{authority}{path}"))
}

/// Whether it is the number of a port: the client takes the lowest bits of any number,
/// and 80 for anything else.
fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn failed(url: &str, error: minreq::Error) -> SourceError {
    let url = url.to_owned();
    let cause = match error {
        minreq::Error::IoError(cause) if cause.kind() == ErrorKind::ConnectionRefused => {
            return SourceError::Refused(url);
        }
        minreq::Error::IoError(cause) => cause,
        other => io::Error::other(other),
    };
    SourceError::Transfer { url, cause }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// What is made of a response.
    fn reply(response: impl Into<Vec<u8>>) -> Result<Input, SourceError> {
        let response = response.into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            // Whoever has seen enough hangs up.
            let _ = stream.write_all(&response);
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let fetched = fetch(&url);
        let request = server.join().unwrap();
        assert!(
            request.starts_with("GET /json/protocol HTTP/1.1\r\n"),
            "{request}"
        );
        fetched
    }

    #[test]
    fn a_report_comes_whole_however_it_is_sent() {
        for response in [
            "HTTP/1.0 200 OK\r\n\r\n{\"a\": 1}",
            "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n5\r\n\": 1}\r\n0\r\n\r\n",
        ] {
            let input = reply(response).unwrap();
            assert_eq!(input.bytes, b"{\"a\": 1}", "{response}");
            assert_eq!(input.role, Role::Json);
        }
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let status = reply("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(
            status,
            Err(SourceError::Status { status: 404, .. })
        ));
        let status = reply("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n");
        assert!(matches!(
            status,
            Err(SourceError::Status { status: 302, .. })
        ));
        let page = reply("HTTP/1.1 200 OK\r\n\r\n<!doctype html>");
        assert!(matches!(page, Err(SourceError::NotJson(_))));
        // A status that nobody sent is not told of.
        for noise in ["\u{1}\u{2}\r\n\r\n", "SSH-2.0-x\r\n", ""] {
            let error = reply(noise).unwrap_err();
            assert!(matches!(error, SourceError::Transfer { .. }), "{error:?}");
        }
        let mut endless = b"HTTP/1.1 200 OK\r\n\r\n{".to_vec();
        endless.resize(LARGEST as usize + 100, b' ');
        assert!(matches!(reply(endless), Err(SourceError::TooLarge { .. })));
    }

    #[test]
    fn nothing_listens_where_nothing_was_started() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let error = fetch(&url).unwrap_err();
        assert!(matches!(error, SourceError::Refused(_)), "{error:?}");
        assert!(error.help().unwrap().contains("node --inspect"));
    }

    #[test]
    fn addresses_are_completed_or_refused() {
        assert_eq!(
            complete("http://localhost:1/").unwrap(),
            "http://localhost:1/json/protocol"
        );
        assert_eq!(
            complete("http://a.b:65535/x").unwrap(),
            "http://a.b:65535/x"
        );
        for url in [
            "https://x",
            "ws://x",
            "http://",
            "http:///x",
            "http://a@b:1",
            "http://a b:1",
            "http://a:1/\r\nx",
            // These would be taken for others: for 34463, and twice for 80.
            "http://a:99999",
            "http://a:",
            "http://a:b",
            "http://a:0",
            "http://a:1:2",
            "http://:1",
            "http://[::1]:1",
        ] {
            assert!(matches!(complete(url), Err(SourceError::Url(_))), "{url}");
        }
    }
}
