//! Addresses: what an answer holds becomes reports, each once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use url::Url;

use crate::document::{self, Document, Kind, Limits, Options, Refused, Why};
use crate::error::Result;
use crate::fetch::{Answer, Failure, Known, checked};
use crate::intake::bulk::{Task, Told, take_in_all};
use crate::intake::files::{How, Read};
use crate::intake::read::{Reader, take_in};
use crate::intake::record::report_of;
use crate::recognise::{Provenance, Report};
use crate::store::{WatchRow, content_hash, content_tag};

use super::wave::{Job, wave};
use super::{Parts, Watch, address_of};

/// An entry with fewer characters is taken for the summary of its page: longer than nearly all that feeds call a description, shorter
/// than nearly all articles.
const SUMMARY_CHARS: usize = 600;
/// Under this name a feed's own content is noted; no entry has an empty one.
const WHOLE: &str = "";

/// What is found in an answer while it is read.
#[derive(Default)]
struct Gathered {
    /// What is to be noted as read, and its hash.
    marks: BTreeMap<String, String>,
    documents: usize,
    kind: Option<Kind>,
    /// A page stands where there was something else.
    is_replaced: bool,
    parts: Parts,
    pages: Vec<Page>,
}

/// An entry whose page is wanted.
struct Page {
    address: Url,
    entry: Document,
    mark: String,
}

/// A feed whose pages are not all here.
struct Pending {
    row: WatchRow,
    gathered: Gathered,
    read: usize,
    left: usize,
}

impl Watch<'_> {
    pub(super) fn ask_for(&mut self, rows: Vec<WatchRow>) -> Result<()> {
        let mut jobs = Vec::new();
        for row in rows {
            match address_of(&row) {
                Ok(address) => {
                    let known = Known { etag: row.etag.clone(), last_modified: row.last_modified.clone() };
                    jobs.push(Job { address, known, what: row });
                }
                Err(reason) => self.failed(row, &reason, None)?,
            }
        }
        let mut pending = BTreeMap::new();
        let (client, stop) = (self.client, Arc::clone(self.stop));
        wave(client, jobs, &stop, |row: WatchRow, answer| match answer {
            Ok(Answer::File { bytes, known }) => self.read_answer(row, bytes, known, &mut pending),
            Ok(Answer::Same) => self.succeeded(row, 0, None, &BTreeMap::new()),
            Err(failure) => self.failed(row, &failure.reason, failure.wait),
        })?;
        self.ask_for_pages(pending)
    }

    fn read_answer(&mut self, row: WatchRow, bytes: Vec<u8>, known: Known, pending: &mut BTreeMap<String, Pending>) -> Result<()> {
        if self.is_stopped() {
            return Ok(());
        }
        let whole = content_tag(&bytes);
        let noted = self.store.fetched(&row.address)?;
        let is_same = noted.get(WHOLE) == Some(&whole);
        let renewed = WatchRow { etag: known.etag, last_modified: known.last_modified, ..row.clone() };
        if is_same {
            return self.succeeded(renewed, 0, None, &BTreeMap::new());
        }
        if bytes.is_empty() {
            return self.failed(row, "the answer is empty", None);
        }
        let gathered = Arc::new(Mutex::new(Gathered::default()));
        let answer = Reading {
            row: row.clone(),
            noted,
            reads_pages: self.watching.reads_pages,
            fetched: (self.now)(),
            gathered: Arc::clone(&gathered),
        };
        let options = Options { limits: Limits::foreign(), columns: self.watching.how.options.columns.clone() };
        let how = How { options, published: None };
        let task = Task::new(move |how, each| answer.read(&bytes, how, each));
        let mut parts = Parts::default();
        let sum = take_in_all(self.store, self.base, vec![task], &how, self.now, self.stop, &mut |told| {
            if let Told::Refused(refused) = told {
                parts.add(refused);
            }
        })?;
        if sum.is_broken_off {
            self.pass.read += sum.read;
            return Ok(());
        }
        let mut gathered = std::mem::take(&mut *locked(&gathered));
        let kind = gathered.kind.map(Kind::name).unwrap_or_default();
        if gathered.is_replaced {
            return self.failed(row.clone(), &format!("a page is answered where there was something else ({})", row.kind), None);
        }
        if let Some(reason) = parts.told().filter(|_| gathered.documents == 0) {
            return self.failed(row, &reason, None);
        }
        gathered.marks.insert(WHOLE.to_owned(), whole);
        gathered.parts = parts;
        let row = if renewed.kind.is_empty() { WatchRow { kind, ..renewed } } else { renewed };
        if gathered.pages.is_empty() {
            return self.succeeded(row, sum.read, Some(&gathered.parts), &gathered.marks);
        }
        let left = gathered.pages.len();
        pending.insert(row.address.clone(), Pending { row, gathered, read: sum.read, left });
        Ok(())
    }

    /// The pages of entries; a feed is noted as read when all of its pages are here, so that a crash before asks for it again.
    fn ask_for_pages(&mut self, mut pending: BTreeMap<String, Pending>) -> Result<()> {
        if pending.is_empty() {
            return Ok(());
        }
        let mut jobs = Vec::new();
        for (feed, waiting) in &mut pending {
            for page in std::mem::take(&mut waiting.gathered.pages) {
                jobs.push(Job { address: page.address.clone(), known: Known::default(), what: (feed.clone(), page) });
            }
        }
        let mut reader = Reader::open(self.base, self.store)?;
        let (client, stop) = (self.client, Arc::clone(self.stop));
        wave(client, jobs, &stop, |(feed, page): (String, Page), answer| {
            let Some(waiting) = pending.get_mut(&feed) else { return Ok(()) };
            let (document, mark) = self.page(&page, answer, &mut waiting.gathered.parts);
            let report = fetched_report(document, &feed, &(self.now)());
            let taken = take_in(self.store, &[report], &mut reader, &(self.now)())?;
            waiting.read += taken.read;
            waiting.left -= 1;
            if let Some(mark) = mark {
                waiting.gathered.marks.insert(page.address.to_string(), mark);
            }
            Ok(())
        })?;
        for (_, waiting) in pending {
            if waiting.left == 0 {
                self.succeeded(waiting.row, waiting.read, Some(&waiting.gathered.parts), &waiting.gathered.marks)?;
            } else {
                self.pass.read += waiting.read;
            }
        }
        Ok(())
    }

    /// The document of a page under the name of its entry, and its mark; the entry itself when there is none.
    fn page(&self, page: &Page, answer: std::result::Result<Answer, Failure>, parts: &mut Parts) -> (Document, Option<String>) {
        let entry = page.entry.clone();
        let bytes = match answer {
            Ok(Answer::File { bytes, .. }) => bytes,
            Ok(Answer::Same) => Vec::new(),
            Err(failure) => {
                parts.add(&format!("{}: {}", page.address, failure.reason));
                return (entry, None);
            }
        };
        let options = Options { limits: Limits::foreign(), columns: self.watching.how.options.columns.clone() };
        let mut first = None;
        document::read_bytes(page.address.path(), &bytes, &options, &mut |found| {
            first = Some(found);
            false
        });
        match first {
            Some(Ok(document)) if document.text.chars().count() > entry.text.chars().count() => {
                let document = Document {
                    id: None,
                    part: entry.part,
                    parent: entry.parent,
                    title: entry.title.or(document.title),
                    published: entry.published.or(document.published),
                    source: entry.source.or(document.source),
                    author: entry.author.or(document.author),
                    url: entry.url.or(document.url),
                    ..document
                };
                (document, Some(page.mark.clone()))
            }
            Some(Err(refused)) => {
                parts.add(&refused);
                (entry, None)
            }
            _ => (entry, Some(page.mark.clone())),
        }
    }
}

/// An answer that is taken apart on another thread.
struct Reading {
    row: WatchRow,
    noted: BTreeMap<String, String>,
    reads_pages: bool,
    fetched: String,
    gathered: Arc<Mutex<Gathered>>,
}

impl Reading {
    fn read(self, bytes: &[u8], how: &How, each: &mut dyn FnMut(Read) -> bool) {
        let path = address_of(&self.row).map(|url| url.path().to_owned()).unwrap_or_default();
        document::read_bytes(&path, bytes, &how.options, &mut |found| match found {
            Ok(document) => self.found(document, each),
            // A feed may have nothing to say yet.
            Err(refused) if refused.why == Why::Empty && self.row.kind == "feed" => true,
            Err(refused) => each(Err(refused)),
        });
    }

    fn found(&self, document: Document, each: &mut dyn FnMut(Read) -> bool) -> bool {
        let mut gathered = locked(&self.gathered);
        gathered.kind.get_or_insert(document.kind);
        // What hosts show instead of a feed when something is wrong is a page, with a status that says all is well.
        let was_other = !["", "html", "text"].contains(&self.row.kind.as_str());
        if was_other && matches!(document.kind, Kind::Html | Kind::Text) && document.part.is_empty() {
            gathered.is_replaced = true;
            return false;
        }
        if document.text.trim().is_empty() {
            let refused = Refused { place: named(&self.row.address, &document), why: Why::Empty, reason: "has no text".to_owned() };
            drop(gathered);
            return each(Err(refused));
        }
        gathered.documents += 1;
        let document = own(document, &self.row.address);
        let page = document.url.as_deref().filter(|_| self.wants_page(&document)).and_then(|url| checked(url).ok());
        let report = fetched_report(document.clone(), &self.row.address, &self.fetched);
        let mark = content_hash(&report);
        if let Some(address) = page {
            if self.noted.get(address.as_str()) != Some(&mark) {
                gathered.pages.push(Page { address, entry: document, mark });
            }
            return true;
        }
        // Noted as read: also when somebody took the report out since.
        if self.noted.get(&report.id) == Some(&mark) {
            return true;
        }
        gathered.marks.insert(report.id.clone(), mark);
        drop(gathered);
        each(Ok(report))
    }

    fn wants_page(&self, document: &Document) -> bool {
        self.reads_pages && document.kind == Kind::Feed && document.text.chars().nth(SUMMARY_CHARS).is_none()
    }
}

/// The document under a name of its own: entries of two feeds may call themselves alike, and a page can be read where it was fetched.
fn own(document: Document, address: &str) -> Document {
    let is_feed = document.kind == Kind::Feed;
    let part = document.id.clone().filter(|_| is_feed).unwrap_or_else(|| document.part.clone());
    let is_whole = part.is_empty() && document.id.is_none();
    let url = document.url.clone().or_else(|| is_whole.then(|| address.to_owned()));
    let id = document.id.clone().filter(|_| !is_feed);
    // Where an entry stood in a feed changes with each that comes after it, and the feed is not kept.
    let origins = if is_whole { document.origins.clone() } else { Vec::new() };
    Document { id, url, part, origins, ..document }
}

fn named(address: &str, document: &Document) -> String {
    if document.part.is_empty() { address.to_owned() } else { format!("{address}#{}", document.part) }
}

fn fetched_report(document: Document, address: &str, fetched: &str) -> Report {
    let report = report_of(document, address, None);
    Report { provenance: Provenance { fetched: Some(fetched.to_owned()), ..report.provenance.clone() }, ..report }
}

fn locked(gathered: &Mutex<Gathered>) -> MutexGuard<'_, Gathered> {
    gathered.lock().unwrap_or_else(PoisonError::into_inner)
}
