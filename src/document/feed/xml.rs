//! RSS and Atom: elements by their local names, since feeds take liberties with versions and name spaces.

use quick_xml::errors::Error;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Entry, MOST_ENTRIES};

/// Elements within each other, and faults that are passed over.
const MOST_NESTED: usize = 200;
const MOST_FAULTS: usize = 100;

/// An element that is open.
struct Open {
    name: String,
    attributes: Vec<(String, String)>,
    /// Where its content begins in the file.
    start: usize,
    /// Its own words, without those of its elements.
    text: String,
    has_elements: bool,
}

impl Open {
    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// What a feed says of itself and of the entry that is read.
#[derive(Default)]
struct Reading {
    open: Vec<Open>,
    title: Option<String>,
    lang: Option<String>,
    /// How many elements were open when the entry began.
    entry_at: Option<usize>,
    entry: Entry,
    /// How good the text is that the entry has: the whole content before its description.
    rank: u8,
    day_rank: u8,
    entries: Vec<Entry>,
}

/// The entries of a feed, and where it was cut off or broken.
pub(super) fn entries(source: &str) -> (Vec<Entry>, Option<String>) {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut reading = Reading::default();
    let mut faults = 0;
    let mut fault = None;
    while reading.entries.len() < MOST_ENTRIES {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event();
        let after = reader.buffer_position() as usize;
        match event {
            Ok(Event::Eof) => {
                if !reading.open.is_empty() {
                    fault = Some("ends within an element, expected the end of the feed".to_owned());
                }
                break;
            }
            Ok(Event::Start(start)) => {
                if reading.open.len() >= MOST_NESTED {
                    fault = Some(format!("has more than {MOST_NESTED} elements within each other"));
                    break;
                }
                reading.start(&start, after);
            }
            Ok(Event::Empty(start)) => {
                reading.start(&start, after);
                reading.end(source, after);
            }
            Ok(Event::End(end)) => {
                // An end without a beginning ends nothing.
                let name = local(end.name().as_ref());
                if let Some(depth) = reading.open.iter().rposition(|open| local(&open.name) == name) {
                    while reading.open.len() > depth {
                        reading.end(source, before);
                    }
                }
            }
            Ok(Event::Text(text)) => reading.text(&text.xml10_content()),
            Ok(Event::CData(text)) => reading.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let meant = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => resolve_html5_entity(&reference).map(str::to_owned),
                };
                reading.text(&meant.unwrap_or_else(|| format!("&{};", &*reference)));
            }
            Ok(_) => {}
            Err(Error::IllFormed(_)) if faults < MOST_FAULTS => faults += 1,
            Err(error) => {
                fault = Some(format!("is broken at byte {after}: {error}"));
                break;
            }
        }
    }
    let Reading { title, lang, mut entries, .. } = reading;
    for entry in &mut entries {
        entry.source = entry.source.take().or_else(|| title.clone());
        entry.lang = entry.lang.take().or_else(|| lang.clone());
    }
    (entries, fault)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

impl Reading {
    fn start(&mut self, start: &BytesStart, after: usize) {
        let attributes: Vec<(String, String)> = start
            .html_attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .map(|a| {
                (
                    a.key.as_ref().to_ascii_lowercase(),
                    a.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity).unwrap_or(a.value.clone()).into_owned(),
                )
            })
            .collect();
        if let Some(parent) = self.open.last_mut() {
            parent.has_elements = true;
        }
        let name = start.name().as_ref().to_ascii_lowercase();
        let open = Open { attributes, start: after, text: String::new(), has_elements: false, name };
        if self.entry_at.is_none() && matches!(local(&open.name).as_str(), "item" | "entry") {
            self.entry_at = Some(self.open.len());
            self.entry = Entry { lang: open.attribute("xml:lang"), id: open.attribute("rdf:about"), ..Entry::default() };
            (self.rank, self.day_rank) = (0, 0);
        } else if self.open.is_empty() {
            self.lang = open.attribute("xml:lang");
        }
        self.open.push(open);
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    /// Closes the innermost element, whose content ends at `before`.
    fn end(&mut self, source: &str, before: usize) {
        let Some(open) = self.open.pop() else { return };
        match self.entry_at {
            Some(at) if at == self.open.len() => {
                self.entry_at = None;
                self.entries.push(std::mem::take(&mut self.entry));
            }
            Some(at) => {
                let parent = self.open.get(at + 1).map(|parent| local(&parent.name)).unwrap_or_default();
                // Markup that stands in the feed as it is.
                let content = if open.has_elements { source.get(open.start..before).unwrap_or_default() } else { open.text.as_str() };
                match self.open.len() - at {
                    1 => self.field(&open, content),
                    2 => self.inner_field(&parent, &open, content),
                    _ => {}
                }
            }
            None => {
                let is_of_feed = self.open.last().is_some_and(|parent| matches!(local(&parent.name).as_str(), "channel" | "feed"));
                match local(&open.name).as_str() {
                    "title" if is_of_feed => self.title = self.title.take().or(Some(open.text)),
                    "language" if is_of_feed => self.lang = Some(open.text),
                    _ => {}
                }
            }
        }
    }

    fn field(&mut self, open: &Open, content: &str) {
        let set = |field: &mut Option<String>, value: &str| {
            if field.as_ref().is_none_or(|f| f.trim().is_empty()) && !value.trim().is_empty() {
                *field = Some(value.to_owned());
            }
        };
        let name = local(&open.name);
        let is_foreign = open.name.starts_with("media:") || open.name.starts_with("itunes:");
        match name.as_str() {
            _ if is_foreign => {}
            "title" => set(&mut self.entry.title, content),
            "guid" | "id" => {
                self.entry.id = Some(content.to_owned());
                if name == "guid" && open.attribute("ispermalink").is_none_or(|p| p != "false") && content.trim().starts_with("http") {
                    set(&mut self.entry.url, content);
                }
            }
            "origlink" => self.entry.url = Some(content.to_owned()),
            "link" => match open.attribute("href") {
                Some(href) if open.attribute("rel").is_none_or(|rel| rel == "alternate") => set(&mut self.entry.url, &href),
                None if content.trim().starts_with("http") => self.entry.url = Some(content.to_owned()),
                _ => {}
            },
            "pubdate" | "published" | "issued" => self.day(4, content),
            "date" => self.day(3, content),
            "created" => self.day(2, content),
            // Atom asks for this one alone: the last time that an entry was changed, which for most is the first.
            "updated" | "modified" => self.day(1, content),
            "creator" => set(&mut self.entry.author, content),
            "author" if !open.has_elements => set(&mut self.entry.author, person(content)),
            "source" if !open.has_elements => set(&mut self.entry.source, content),
            "language" => set(&mut self.entry.lang, content),
            "encoded" | "content" => self.body(3, content),
            "body" => self.body(2, content),
            "description" | "summary" => self.body(1, content),
            _ => {}
        }
    }

    fn inner_field(&mut self, parent: &str, open: &Open, content: &str) {
        match (parent, local(&open.name).as_str()) {
            ("author", "name") => {
                let before = self.entry.author.take().map(|a| format!("{a}, ")).unwrap_or_default();
                self.entry.author = Some(before + content.trim());
            }
            ("source", "title") => self.entry.source = Some(content.to_owned()),
            _ => {}
        }
    }

    fn body(&mut self, rank: u8, content: &str) {
        if rank > self.rank && !content.trim().is_empty() {
            self.rank = rank;
            self.entry.text = Some(content.to_owned());
        }
    }

    fn day(&mut self, rank: u8, content: &str) {
        if rank > self.day_rank && !content.trim().is_empty() {
            self.day_rank = rank;
            self.entry.published = Some(content.trim().to_owned());
        }
    }
}

/// «gao@example.org (Aïcha Touré)» → «Aïcha Touré».
fn person(written: &str) -> &str {
    let inner = written.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
    inner.filter(|_| written.contains('@')).unwrap_or(written)
}
