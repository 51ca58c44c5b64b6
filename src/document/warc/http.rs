//! The answer of a server as it was kept: status, header, and the body as it was sent.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::document::Why;
use crate::document::decode::decode_declared;

/// Media types that are read; what names no type is told by its content.
const TYPES: [&str; 14] = [
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
];
/// Those that are text, in an encoding that the header may name.
const TEXTS: [&str; 3] = ["text/html", "application/xhtml+xml", "text/plain"];

/// An answer.
pub(super) struct Response {
    status: u16,
    head: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    /// Header and body; nothing if there is no header.
    pub(super) fn parse(mut message: Vec<u8>) -> Option<Response> {
        let ends = [memchr::memmem::find(&message, b"\r\n\r\n").map(|at| at + 4), memchr::memmem::find(&message, b"\n\n").map(|at| at + 2)];
        let end = ends.into_iter().flatten().min()?;
        let body = message.split_off(end);
        let text = String::from_utf8_lossy(&message);
        let mut lines = text.lines();
        let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
        let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        Some(Response { status, head: lines.filter_map(pair).collect(), body })
    }

    /// A body that was kept without the answer around it.
    pub(super) fn bare(body: Vec<u8>, media_type: Option<&str>) -> Response {
        let head = media_type.map(|kind| ("content-type".to_owned(), kind.to_owned())).into_iter().collect();
        Response { status: 200, head, body }
    }

    fn field(&self, key: &str) -> Option<&str> {
        self.head.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The type before the parameters, in small letters.
    fn media_type(&self) -> Option<String> {
        Some(self.field("content-type")?.split(';').next()?.trim().to_ascii_lowercase()).filter(|kind| !kind.is_empty())
    }

    /// Whether it was found, and may hold something to read.
    pub(super) fn is_text(&self) -> bool {
        (200..300).contains(&self.status) && self.media_type().is_none_or(|kind| TYPES.contains(&kind.as_str()))
    }

    /// The body as the server meant it, of no more bytes than `most`, text in UTF-8.
    pub(super) fn body(self, most: u64) -> Result<Vec<u8>, (Why, String)> {
        let is_text = self.media_type().is_some_and(|kind| TEXTS.contains(&kind.as_str()));
        let charset = self.field("content-type").and_then(charset).filter(|_| is_text);
        let coding = self.field("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let is_chunked = self.field("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        let mut body = self.body;
        // Some archives keep the header and not the chunks.
        if let Some(whole) = is_chunked.then(|| unchunked(&body)).flatten() {
            body = whole;
        }
        for coding in coding.split(',').rev().map(str::trim).filter(|c| !c.is_empty() && *c != "identity") {
            body = unpacked(coding, &body, most)?;
        }
        let Some(declared) = charset else { return Ok(body) };
        match decode_declared(&body, Some(declared)) {
            // A page names its encoding too; its bytes are put into the one that both can be read as.
            Ok(text) if declared != UTF_8 && std::str::from_utf8(&body).is_err() => Ok(text.into_bytes()),
            _ => Ok(body),
        }
    }
}

fn charset(content_type: &str) -> Option<&'static Encoding> {
    let (_, after) = content_type.split_once("charset=")?;
    Encoding::for_label(after.split(';').next()?.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The chunks put together; nothing when these are none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(body.get(..end)?).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = body.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        // The last chunk may be cut off with the record.
        let chunk = body.get(..size).unwrap_or(body);
        out.extend_from_slice(chunk);
        body = body.get(chunk.len()..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        if body.is_empty() {
            return Some(out);
        }
    }
}

fn unpacked(coding: &str, body: &[u8], most: u64) -> Result<Vec<u8>, (Why, String)> {
    let read = |source: &mut dyn Read| {
        let mut out = Vec::new();
        let ended = source.take(most + 1).read_to_end(&mut out);
        (out, ended)
    };
    let (out, ended) = match coding {
        // Some archives keep the header and the body unpacked.
        "gzip" | "x-gzip" if !body.starts_with(b"\x1F\x8B") => return Ok(body.to_vec()),
        "gzip" | "x-gzip" => read(&mut MultiGzDecoder::new(body)),
        // With its frame as the rule is, or without as some servers send it.
        "deflate" if body.first().is_some_and(|b| b & 0x0F == 8) => read(&mut ZlibDecoder::new(body)),
        "deflate" => read(&mut DeflateDecoder::new(body)),
        "br" => read(&mut brotli::Decompressor::new(body, 4096)),
        "zstd" => match zstd::stream::read::Decoder::new(body) {
            Ok(mut decoder) => read(&mut decoder),
            Err(e) => return Err((Why::Damaged, e.to_string())),
        },
        other => return Err((Why::Unknown, format!("is packed with «{other}», expected gzip, deflate, br or zstd"))),
    };
    if out.len() as u64 > most {
        return Err((Why::TooLarge, format!("unpacks to more than {} MB", most >> 20)));
    }
    match ended {
        Ok(_) => Ok(out),
        // What was received before the line broke.
        Err(_) if !out.is_empty() => Ok(out),
        Err(e) => Err((Why::Damaged, e.to_string())),
    }
}
