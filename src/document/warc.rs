//! Web archives (WARC 1.0, 1.1): the pages, texts, feeds and documents in them, record by record.
//!
//! Read here, in some two hundred lines: the `warc` crate (0.4) has not been released for years, brings old versions of five crates, and
//! holds what a record says of its length for true.

mod http;

use std::io::{self, BufRead, Read};

use crate::document::kind;

use super::{Document, Each, Options, Source, Why, refused};
use http::Response;

/// A line of a header, and lines of one.
const LINE_BYTES: u64 = 16 * 1024;
const HEAD_LINES: usize = 200;

/// A record's header: names in small letters.
type Head = Vec<(String, String)>;

/// What stands in a web archive.
pub(super) fn documents(name: &str, source: &mut dyn Source, options: &Options, each: Each) -> bool {
    read(name, source, options, each)
}

/// As [`documents`], of a stream: an archive is never held whole.
pub(super) fn read(name: &str, source: &mut dyn BufRead, options: &Options, each: Each) -> bool {
    let (mut left, mut records, mut pages) = (options.limits.archive_bytes, options.limits.archive_files, 0_u32);
    loop {
        let head = match head(source) {
            Ok(Some(head)) => head,
            Ok(None) if pages == 0 => return each(Err(refused(name, Why::Empty, "is a web archive without pages"))),
            Ok(None) => return true,
            Err(e) => return each(Err(refused(name, Why::Damaged, format!("{e}, expected a record of a web archive")))),
        };
        let field = |key: &str| field(&head, key);
        let Some(length) = field("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            return each(Err(refused(name, Why::Damaged, "a record without its length")));
        };
        let is_response = field("warc-type") == Some("response") || field("warc-type") == Some("resource");
        let url = field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned()).unwrap_or_default();
        let most = options.limits.file_bytes.min(left);
        let mut payload = Vec::new();
        let kept = if is_response { length.min(most) } else { 0 };
        let taken = Read::take(&mut *source, kept).read_to_end(&mut payload).and_then(|taken| {
            let passed = io::copy(&mut Read::take(&mut *source, length - kept), &mut io::sink())?;
            Ok(taken as u64 + passed)
        });
        match taken {
            Ok(taken) if taken == length => {}
            Ok(_) => return each(Err(refused(name, Why::Damaged, "ends within a record"))),
            Err(e) => return each(Err(refused(name, Why::Damaged, e.to_string()))),
        }
        if !is_response {
            continue;
        }
        let place = format!("{name}/{url}");
        left -= kept;
        records = records.saturating_sub(1);
        if records == 0 || left == 0 {
            return each(Err(refused(name, Why::TooLarge, "holds more than is read of one archive; the rest is not read")));
        }
        if length > kept {
            if !each(Err(refused(&place, Why::TooLarge, format!("is larger than {} MB", options.limits.file_bytes >> 20)))) {
                return false;
            }
            continue;
        }
        let is_http = field("content-type").is_some_and(|kind| kind.starts_with("application/http"));
        let response = if is_http { Response::parse(payload) } else { Some(Response::bare(payload, field("content-type"))) };
        let Some(response) = response.filter(Response::is_text) else { continue };
        pages += 1;
        let body = match response.body(options.limits.file_bytes.min(left)) {
            Ok(body) => body,
            Err((why, reason)) => {
                if each(Err(refused(&place, why, reason))) {
                    continue;
                }
                return false;
            }
        };
        left = left.saturating_sub(body.len() as u64);
        let date = field("warc-date").map(str::to_owned);
        if !page(&place, &body, &Seen { url, date }, options, each) {
            return false;
        }
    }
}

/// Where and when something was fetched.
struct Seen {
    url: String,
    date: Option<String>,
}

/// One page: named by when it was fetched and its address, as web archives name what they show.
fn page(place: &str, body: &[u8], seen: &Seen, options: &Options, each: Each) -> bool {
    if body.trim_ascii().is_empty() {
        return true;
    }
    let head = body.get(..body.len().min(kind::HEAD_BYTES as usize)).unwrap_or_default();
    if kind::of(place, head).is_ok_and(|kind| matches!(kind, super::Kind::Warc | super::Kind::Gzip | super::Kind::Tar)) {
        return each(Err(refused(place, Why::TooLarge, "is an archive within an archive, which is not read here")));
    }
    let stamp: String = seen.date.iter().flat_map(|date| date.chars().filter(char::is_ascii_digit).take(14)).collect();
    let named = if stamp.is_empty() { seen.url.clone() } else { format!("{stamp}/{}", seen.url) };
    let within = |part: &str| if part.is_empty() { named.clone() } else { format!("{named}#{part}") };
    super::read_bytes(place, body, options, &mut |found| {
        each(found.map(|document| Document {
            part: within(&document.part),
            parent: document.parent.as_deref().map(within),
            // The address of a feed is not that of its entries.
            url: document.url.clone().or_else(|| (document.kind != super::Kind::Feed).then(|| seen.url.clone())),
            fetched: seen.date.clone(),
            ..document
        }))
    })
}

fn field<'a>(head: &'a Head, key: &str) -> Option<&'a str> {
    head.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

/// The header of the next record; nothing at the end.
fn head(source: &mut dyn BufRead) -> io::Result<Option<Head>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let version = loop {
        match line(source)? {
            None => return Ok(None),
            Some(blank) if blank.is_empty() => {}
            Some(version) => break version,
        }
    };
    if !version.starts_with("WARC/") {
        return Err(invalid("something between two records"));
    }
    let mut head: Head = Vec::new();
    while let Some(text) = line(source)? {
        if text.is_empty() {
            return Ok(Some(head));
        }
        if head.len() >= HEAD_LINES {
            break;
        }
        match (text.starts_with([' ', '\t']), text.split_once(':')) {
            (true, _) => head.last_mut().into_iter().for_each(|(_, value)| value.push_str(text.trim_start())),
            (false, Some((name, value))) => head.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            (false, None) => {}
        }
    }
    Err(invalid("a header without an end"))
}

/// The next line without its end; nothing at the end.
fn line(source: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if Read::take(&mut *source, LINE_BYTES).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}
