//! Files of all kinds as texts, with what the files say of them: who wrote what, when, and where it stood.
//!
//! What a file is, is told by its content. A file that holds several (an archive, a feed, a mailbox) hands them out one by one, in
//! its own order. Nothing here knows places or languages; a file that cannot be read is a [`Refused`], never an end.

mod archive;
mod chat;
mod day;
mod decode;
mod feed;
mod html;
mod json;
mod kind;
mod letter;
mod limits;
mod pdf;
mod plain;
mod rtf;
mod said;
mod table;
mod warc;
mod word;
mod xml;

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use day::{day_in_address, published};
pub use decode::decode;
pub use json::record;
use kind::Foreign;
pub use kind::Kind;
pub use limits::{Columns, FIELDS, Limits, Options};

/// A text that was found in a file, with what the file says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What is read; all offsets of findings are into it.
    pub text: String,
    /// The identifier that the file gives it, when it is a record of a data file.
    pub id: Option<String>,
    /// Headline, when it is apart from the text.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Who published it: the name of an outlet, a channel, a sender.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was fetched, if the file says so (a web archive, a page that a browser saved), as written.
    pub fetched: Option<String>,
    /// Language as the file writes it: `ar`, `ar-SY`, `fr_FR`.
    pub lang: Option<String>,
    /// What tells it from the other documents of its file: the number of a message, a row, a path in an archive; empty when the
    /// file is one document.
    pub part: String,
    /// The part of the document that this one was cut out of, when it is an item of a digest or live page.
    pub parent: Option<String>,
    /// What kind of file it stood in.
    pub kind: Kind,
    /// The way back: which stretch of the text stood where in the file, in the order of the text. Empty when it is the file.
    pub origins: Vec<Origin>,
}

/// When a document was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day, in the place of publication.
    pub day: Date,
    /// As exactly as the file says: `2022-09-06`, `2022-09-06T10:00:00+02:00`.
    pub at: String,
    /// How it is known.
    pub basis: Basis,
}

/// How the day of publication is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A field of a data file, or the person who handed it in.
    Given,
    /// The file's own words about itself: a meta element, the date of a message, a feed's entry.
    Metadata,
    /// The address it can be read at.
    Url,
    /// The line that begins the text: «Gao, 6 septembre 2022 (AFP) –».
    Dateline,
    /// What a file format notes by itself and copying changes: when a document was made or saved.
    File,
}

/// A stretch of a document's text and where in the file it stood.
///
/// `{"start":0,"end":120,"page":3}`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Bytes of the document's text.
    #[serde(flatten)]
    pub span: Span,
    /// Where it stood.
    #[serde(flatten)]
    pub at: At,
}

/// Where in a file something stands; all count from 1 but characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// Code points of the decoded file, from 0: the first and the one after the last.
    Characters(u32, u32),
    /// A page.
    Page(u32),
    /// A paragraph of a document.
    Paragraph(u32),
    /// A line of a text or table.
    Line(u32),
}

/// A file, or a part of it, that could not be read; the rest was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, its path in an archive, its line: `year.zip/mai/5.html`, `reports.jsonl:7`.
    pub place: String,
    /// The class of the reason, for counting.
    pub why: Why,
    /// What was found, and what was expected.
    pub reason: String,
}

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It cannot be opened or read.
    Unreadable,
    /// Nothing to read in it.
    Empty,
    /// A scan or picture: no text without recognising letters, which is not done here.
    Scan,
    /// Not a kind of file that is read.
    Unknown,
    /// A kind that is read, but cut off or broken.
    Damaged,
    /// It asks for a password.
    Locked,
    /// More than the limits allow, packed or unpacked.
    TooLarge,
    /// A record without what a report needs.
    Record,
}

impl Why {
    /// In words, for a summary.
    pub fn in_words(self) -> &'static str {
        match self {
            Why::Unreadable => "unreadable",
            Why::Empty => "empty",
            Why::Scan => "pictures without text",
            Why::Unknown => "of an unknown kind",
            Why::Damaged => "damaged",
            Why::Locked => "locked",
            Why::TooLarge => "too large",
            Why::Record => "wrong records",
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// A document, or why there is none.
pub type Found = Result<Document, Refused>;

/// What takes documents as they are found; `false` ends the reading.
pub type Each<'a> = &'a mut dyn FnMut(Found) -> bool;

/// Anything that can be read from its beginning again.
pub trait Source: BufRead + Seek {}

impl<T: BufRead + Seek> Source for T {}

/// A file held in memory, as the readers of each kind see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    /// Its name, with the path in its archive.
    pub(crate) name: &'a str,
    /// All of it.
    pub(crate) bytes: &'a [u8],
    /// What may be read, and how.
    pub(crate) options: &'a Options,
}

impl File<'_> {
    fn refused(&self, why: Why, reason: impl Into<String>) -> Refused {
        refused(self.name, why, reason)
    }
}

fn refused(place: &str, why: Why, reason: impl Into<String>) -> Refused {
    Refused { place: place.to_owned(), why, reason: reason.into() }
}

/// Hands every document of a file to `each`, in the file's order. `false` when `each` ended it.
pub fn read(name: &str, source: &mut dyn Source, options: &Options, each: Each) -> bool {
    let mut head = Vec::new();
    if let Err(e) = source.take(kind::HEAD_BYTES).read_to_end(&mut head).and_then(|_| source.seek(SeekFrom::Start(0))) {
        return each(Err(refused(name, Why::Unreadable, e.to_string())));
    }
    let kind = match kind::of(name, &head) {
        Ok(kind) => kind,
        Err(Foreign::Picture) => {
            return each(Err(refused(name, Why::Scan, "is a picture: letters in pictures are not recognised here, expected text")));
        }
        Err(Foreign::Other(what)) => return each(Err(refused(name, Why::Unknown, format!("is {what}, which is not read here")))),
    };
    match kind {
        Kind::JsonLines => return json::lines(name, source, options, each),
        Kind::Mbox => return letter::mbox(name, source, options, each),
        Kind::Zip => return archive::zip(name, source, options, each),
        Kind::Tar => return archive::tar(name, source, options, each),
        Kind::Gzip => return archive::gzip(name, source, options, each),
        Kind::Warc => return warc::documents(name, source, options, each),
        _ => {}
    }
    held(kind, name, source, options, each)
}

/// Reads a file of a kind that is held in memory whole.
fn held(kind: Kind, name: &str, source: &mut dyn Source, options: &Options, each: Each) -> bool {
    let mut bytes = Vec::new();
    if let Err(e) = source.take(options.limits.file_bytes + 1).read_to_end(&mut bytes) {
        return each(Err(refused(name, Why::Unreadable, e.to_string())));
    }
    if bytes.len() as u64 > options.limits.file_bytes {
        return each(Err(refused(name, Why::TooLarge, format!("is larger than {} MB", options.limits.file_bytes >> 20))));
    }
    leaf(kind, File { name, bytes: &bytes, options }, each)
}

/// Whether a stream that begins so is a list of records, which need not be held in memory.
pub fn streams(start: &[u8]) -> bool {
    start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start).trim_ascii_start().starts_with(b"{")
}

/// Records as JSON Lines, as they come.
pub fn read_lines(name: &str, source: &mut dyn BufRead, options: &Options, each: Each) -> bool {
    json::lines(name, source, options, each)
}

/// As [`read`], of bytes in memory.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options, each: Each) -> bool {
    read(name, &mut Cursor::new(bytes), options, each)
}

/// A file of a kind that is held in memory whole.
fn leaf(kind: Kind, file: File, each: Each) -> bool {
    match kind {
        Kind::Json => json::whole(file, each),
        Kind::Letter => letter::letter(file, each),
        Kind::WhatsApp => chat::whatsapp(file, each),
        Kind::Pdf => pdf::documents(file, each),
        Kind::Docx | Kind::Odt => word::documents(file, kind, each),
        Kind::Rtf => rtf::documents(file, each),
        Kind::Csv => table::delimited(file, each),
        Kind::Workbook => table::workbook(file, each),
        Kind::Html => html::documents(file, each),
        Kind::Feed => feed::documents(file, each),
        _ => plain::text(file, kind, each),
    }
}
