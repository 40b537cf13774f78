//! The little HTTP that the harness needs itself, apart from the client under test:
//! asking a target for JSON, and serving the programs to pages.

use super::folder;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(10);

/// What a target answers to `GET path`, or to `PUT path`, as JSON.
pub(crate) fn json(method: &str, address: &str, path: &str) -> Result<Value, String> {
    let body = ask(method, address, path).map_err(|error| format!("{address}{path}: {error}"))?;
    serde_json::from_slice(&body).map_err(|error| {
        let text = String::from_utf8_lossy(&body);
        format!("{address}{path}: {error} in {text:?}")
    })
}

fn ask(method: &str, address: &str, path: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LIMIT))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n\r\n"
    )?;
    let mut reader = BufReader::new(stream);
    // All targets tell the length, and keep the connection open.
    let length = headers(&mut reader)?.1;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

/// The first line, and the length of the body.
fn headers(reader: &mut impl BufRead) -> std::io::Result<(String, usize)> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok((first, length));
        }
        if let Some((name, value)) = line.split_once(':') {
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
    }
}

/// Serves the programs on a free port. A browser takes its two names for two sites.
#[derive(Debug)]
pub(crate) struct Site {
    port: u16,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    pub(crate) fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                // A browser opens connections that it may never use.
                thread::spawn(move || serve(&stream));
            }
        });
        Ok(Self {
            port,
            ended,
            thread: Some(thread),
        })
    }

    /// The URL of a file of `tests/targets`.
    pub(crate) fn url(&self, file: &str) -> String {
        format!("http://127.0.0.1:{}/{file}", self.port)
    }

    /// The same file on another site: going there changes the process of a page.
    pub(crate) fn other_url(&self, file: &str) -> String {
        format!("http://localhost:{}/{file}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the listener.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: &TcpStream) {
    let _ = stream.set_read_timeout(Some(LIMIT));
    let Ok((request, _)) = headers(&mut BufReader::new(stream)) else {
        return;
    };
    let name = request
        .split(' ')
        .nth(1)
        .unwrap_or("/")
        .trim_start_matches('/');
    let kind = if name.ends_with(".js") {
        "text/javascript"
    } else {
        "text/html"
    };
    let (status, body) = match fs::read(folder::program(name)) {
        Ok(body) if !name.contains("..") => ("200 OK", body),
        _ => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}
