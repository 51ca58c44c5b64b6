//! E-mail: one letter, or a box of them.

use std::io::{BufRead, Read};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::archive::inside;
use super::plain::unwrapped;
use super::{Basis, Document, Each, File, Kind, Limits, Options, Published, Why, published, refused};

/// A line that begins a letter in a box.
const ENVELOPE: &[u8] = b"From ";

/// The letter's text and what is attached to it.
pub(super) fn letter(file: File, each: Each) -> bool {
    let Some(message) = MessageParser::default().parse(file.bytes) else {
        return each(Err(file.refused(Why::Damaged, "is no letter, expected headers and a body")));
    };
    let sent = Sent::of(&message);
    let mut count = 0;
    let counted = &mut |found| {
        count += 1;
        each(found)
    };
    if !body(&message, &sent, &file, counted) {
        return false;
    }
    let Some(depth) = file.options.limits.archive_depth.checked_sub(1) else { return true };
    let inner = Options { limits: Limits { archive_depth: depth, ..file.options.limits }, columns: file.options.columns.clone() };
    for (number, part) in message.attachments().enumerate() {
        // Pictures of the letter itself (logos, signatures) are no documents that were sent.
        let is_shown = part.content_id().is_some() || part.content_type().is_some_and(|t| t.ctype() == "image");
        if is_shown {
            continue;
        }
        let name = part.attachment_name().map_or_else(|| format!("attachment {}", number + 1), str::to_owned);
        let goes_on = super::read_bytes(&format!("{}/{name}", file.name), part.contents(), &inner, &mut |found| {
            counted(inside(&name, found).map(|document| sent.completing(document)))
        });
        if !goes_on {
            return false;
        }
    }
    count > 0 || each(Err(file.refused(Why::Empty, "holds no words and nothing attached")))
}

/// What the letter's head says.
struct Sent {
    title: Option<String>,
    source: Option<String>,
    published: Option<Published>,
}

impl Sent {
    fn of(message: &Message) -> Sent {
        let from = message.from().and_then(|from| from.first());
        let said = |text: Option<&str>| text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        Sent {
            title: said(message.subject()),
            source: said(from.and_then(|f| f.name())).or_else(|| said(from.and_then(|f| f.address()))),
            published: message.date().and_then(|date| published(&date.to_rfc3339(), Basis::Metadata)),
        }
    }

    /// A document of the letter, with what it does not say itself.
    fn completing(&self, document: Document) -> Document {
        Document {
            title: document.title.or_else(|| self.title.clone()),
            source: document.source.or_else(|| self.source.clone()),
            published: document.published.filter(|p| p.basis <= Basis::Metadata).or_else(|| self.published.clone()),
            ..document
        }
    }
}

/// The text; where there is none but a page, that page's text.
fn body(message: &Message, sent: &Sent, file: &File, each: Each) -> bool {
    let texts: Vec<&str> =
        message.text_bodies().filter_map(|part| if let PartType::Text(text) = &part.body { Some(text.as_ref()) } else { None }).collect();
    let letter = |text: String| Document { kind: Kind::Letter, text, ..Document::default() };
    if texts.is_empty() {
        return message.html_bodies().filter_map(|part| if let PartType::Html(page) = &part.body { Some(page) } else { None }).all(
            |page| {
                let page = File { bytes: page.as_bytes(), ..*file };
                super::leaf(Kind::Html, page, &mut |found| {
                    each(found.map(|document| Document {
                        title: sent.title.clone(),
                        published: sent.published.clone(),
                        source: sent.source.clone(),
                        ..letter(document.text)
                    }))
                })
            },
        );
    }
    let own = own_words(&texts.join("\n\n"));
    if own.is_empty() { true } else { each(Ok(sent.completing(letter(own)))) }
}

/// A letter without what it answers to and without its signature, its lines put together again.
fn own_words(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "-- " && *line != "--");
    let own: Vec<&str> = lines.filter(|line| !line.starts_with('>')).collect();
    unwrapped(own.join("\n").trim())
}

/// The letters of a box, one after the other.
pub(super) fn mbox(name: &str, source: &mut dyn BufRead, options: &Options, each: Each) -> bool {
    let mut letter: Vec<u8> = Vec::new();
    let (mut number, mut is_too_large) = (0_u32, false);
    loop {
        let mut line = Vec::new();
        let read = (&mut *source).take(options.limits.file_bytes).read_until(b'\n', &mut line);
        let is_end = match read {
            Ok(bytes) => bytes == 0,
            Err(e) => return each(Err(refused(name, Why::Unreadable, e.to_string()))),
        };
        if is_end || line.starts_with(ENVELOPE) {
            let part = number.to_string();
            let place = format!("{name}#{part}");
            let goes_on = if is_too_large {
                each(Err(refused(&place, Why::TooLarge, format!("is larger than {} MB", options.limits.file_bytes >> 20))))
            } else if letter.trim_ascii().is_empty() {
                true
            } else {
                self::letter(File { name: &place, bytes: &letter, options }, &mut |found| each(inside(&part, found)))
            };
            if is_end || !goes_on {
                return goes_on;
            }
            (number, is_too_large) = (number + 1, false);
            letter.clear();
        } else {
            // «>From » at the beginning of a line is «From », which would begin a letter.
            let quoted = line.iter().take_while(|b| **b == b'>').count();
            let is_escaped = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(ENVELOPE));
            letter.extend_from_slice(line.get(usize::from(is_escaped)..).unwrap_or_default());
            is_too_large |= letter.len() as u64 > options.limits.file_bytes;
            if is_too_large {
                letter.clear();
            }
        }
    }
}
