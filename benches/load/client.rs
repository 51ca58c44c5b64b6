//! HTTP/1.1 over one connection, as little of it as a load needs.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than anything may take that is no fault.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client that keeps its connection while it can.
pub(crate) struct Client {
    address: SocketAddr,
    line: Option<BufReader<TcpStream>>,
}

#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) tag: String,
    pub(crate) location: String,
    pub(crate) retry_after: String,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client { address, line: None }
    }

    pub(crate) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "", &[])
    }

    /// Asks, and reads the answer to its end; `headers` are whole lines.
    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        let length = if method == "GET" { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}{length}\r\n", self.address);
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Sends bytes as they are, and reads what comes back.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<Answer> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => BufReader::new(connect(self.address)?),
        };
        line.get_mut().write_all(bytes)?;
        let (answer, is_kept) = read(&mut line)?;
        self.line = is_kept.then_some(line);
        Ok(answer)
    }
}

pub(crate) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn read(line: &mut BufReader<TcpStream>) -> io::Result<(Answer, bool)> {
    let mut answer = Answer::default();
    let first = text_line(line)?;
    let status = first.split(' ').nth(1).and_then(|s| s.parse().ok());
    answer.status = status.ok_or_else(|| io::Error::other(format!("no status: «{first}»")))?;
    let (mut length, mut is_chunked, mut is_kept) = (None, false, true);
    loop {
        let header = text_line(line)?;
        let Some((name, value)) = header.split_once(':') else { break };
        let value = value.trim().to_owned();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok(),
            "transfer-encoding" => is_chunked = value.contains("chunked"),
            "connection" => is_kept = !value.eq_ignore_ascii_case("close"),
            "etag" => answer.tag = value,
            "location" => answer.location = value,
            "retry-after" => answer.retry_after = value,
            _ => {}
        }
    }
    if is_chunked {
        loop {
            let size = text_line(line)?;
            let size = usize::from_str_radix(&size, 16).map_err(io::Error::other)?;
            take(line, size, &mut answer.body)?;
            text_line(line)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        take(line, length, &mut answer.body)?;
    } else if !matches!(answer.status, 204 | 304) {
        line.read_to_end(&mut answer.body)?;
        is_kept = false;
    }
    Ok((answer, is_kept))
}

fn take(line: &mut BufReader<TcpStream>, size: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let at = out.len();
    out.resize(at + size, 0);
    line.read_exact(&mut out[at..])
}

fn text_line(line: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut out = String::new();
    if line.read_line(&mut out)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(out.trim_end().to_owned())
}
