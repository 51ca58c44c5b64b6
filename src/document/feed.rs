//! Feeds: RSS of all versions, Atom, JSON Feed. Each entry is a document.
//!
//! Read with `quick-xml`, entry by entry, and not with `feed-rs`, which turns days into UTC (what is published at 00:30 in Damascus
//! would be of the day before), makes up identifiers by chance, and gives nothing of a feed with one bad element.

mod json;
mod xml;

use sha2::{Digest, Sha256};

use super::html::{clean, decoded, fragment};
use super::{Basis, Document, Each, File, Kind, Why, published};
pub(super) use json::{documents_of, is_feed};

/// Entries of one feed.
const MOST_ENTRIES: usize = 100_000;
/// Of the hash that names an entry: no two of a feed meet.
const NAME_BYTES: usize = 6;

/// An entry as feeds of all kinds tell it, in markup.
#[derive(Debug, Default)]
struct Entry {
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    author: Option<String>,
    lang: Option<String>,
    text: Option<String>,
}

/// The entries of an RSS or Atom feed.
pub(super) fn documents(file: File, each: Each) -> bool {
    let source = match decoded(file.bytes) {
        Ok(source) => source,
        Err(reason) => return each(Err(file.refused(Why::Unknown, reason))),
    };
    let (entries, fault) = xml::entries(&source);
    if entries.is_empty() && fault.is_none() {
        return each(Err(file.refused(Why::Empty, "is a feed without entries")));
    }
    hand_out(entries, each) && fault.is_none_or(|reason| each(Err(file.refused(Why::Damaged, reason))))
}

fn hand_out(entries: Vec<Entry>, each: Each) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let named = entry.id.as_ref().or(entry.url.as_ref()).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        let mut part = named.unwrap_or_else(|| content_name(&entry));
        if !seen.insert(part.clone()) {
            part = format!("{part}-{}", index + 1);
        }
        let found = document(entry).map(|document| Document { part, ..document });
        if found.is_some_and(|document| !each(Ok(document))) {
            return false;
        }
    }
    true
}

/// A name for an entry that has none: where it stands changes with each that comes after it, its words stay.
fn content_name(entry: &Entry) -> String {
    let words = [&entry.title, &entry.text, &entry.published].map(|part| part.as_deref().unwrap_or_default());
    Sha256::digest(words.join("\n")).iter().take(NAME_BYTES).fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
}

/// An entry as a document; one without words is none. A headline alone is its text.
fn document(entry: Entry) -> Option<Document> {
    let line = |markup: &str| clean(&fragment(markup, None).replace('\n', " "));
    let title = entry.title.as_deref().and_then(line);
    let text = entry.text.as_deref().map(|markup| fragment(markup, title.as_deref())).filter(|text| !text.is_empty());
    let (text, title) = match (text, title) {
        (Some(text), title) => (text, title),
        (None, Some(title)) => (title, None),
        (None, None) => return None,
    };
    Some(Document {
        text,
        title,
        published: entry.published.as_deref().and_then(|written| published(written, Basis::Metadata)),
        source: entry.source.as_deref().and_then(line),
        author: entry.author.as_deref().and_then(line),
        url: entry.url.map(|url| url.trim().to_owned()).filter(|url| url.contains("://")),
        lang: entry.lang.map(|lang| lang.trim().to_owned()).filter(|lang| !lang.is_empty()),
        kind: Kind::Feed,
        ..Document::default()
    })
}
