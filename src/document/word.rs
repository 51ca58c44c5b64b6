//! Documents of word processors: DOCX and ODT, packages of XML.
//!
//! What a reader of the document sees is read: changes that were proposed are taken as made, deleted text, comments, instructions of
//! fields, heads and feet of pages are left out. A row of a table is a line; notes come after the text.

mod docx;
mod flow;
mod odt;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::said::{said, title};
use super::xml::{self, Node};
use super::{Basis, Document, Each, File, Found, Kind, Refused, Why, decode, published};

/// The one document of a package.
pub(super) fn documents(file: File, kind: Kind, each: Each) -> bool {
    each(read(file, kind))
}

fn read(file: File, kind: Kind) -> Found {
    let mut package = Package::open(file)?;
    let mut document = Document { kind, ..Document::default() };
    let flow = if kind == Kind::Odt { odt::read(&mut package)? } else { docx::read(&mut package)? };
    let properties = if kind == Kind::Odt { "meta.xml" } else { "docProps/core.xml" };
    if let Some(properties) = package.part(properties)? {
        facts(&properties, &mut document);
    }
    (document.text, document.origins) = flow.text();
    if document.text.is_empty() {
        let (why, reason) = if package.has_pictures() {
            (Why::Scan, "holds pictures and no text: letters in pictures are not recognised here")
        } else {
            (Why::Empty, "is a document without text")
        };
        return Err(file.refused(why, reason));
    }
    Ok(document)
}

/// A file of parts.
struct Package<'a> {
    file: File<'a>,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    fn open(file: File<'a>) -> Result<Package<'a>, Refused> {
        let archive = ZipArchive::new(Cursor::new(file.bytes));
        let archive = archive.map_err(|e| file.refused(Why::Damaged, format!("{e}, expected a document of a word processor")))?;
        Ok(Package { file, archive, left: file.options.limits.file_bytes })
    }

    fn part_name(&self, fits: impl Fn(&str) -> bool) -> Option<String> {
        self.archive.file_names().flatten().find(|name| fits(name)).map(std::borrow::Cow::into_owned)
    }

    fn has_pictures(&self) -> bool {
        self.archive.file_names().flatten().any(|name| name.starts_with("word/media/") || name.starts_with("Pictures/"))
    }

    /// A part as text, if it is there.
    fn part(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let damaged = |e: String| self.file.refused(Why::Damaged, format!("{name}: {e}"));
        let part = self.archive.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(self.file.refused(Why::TooLarge, format!("unpacks to more than {} MB", self.file.options.limits.file_bytes >> 20)));
        };
        self.left = left;
        decode(&bytes).map(Some).map_err(damaged)
    }

    /// A part that must be there.
    fn needed(&mut self, name: &str) -> Result<String, Refused> {
        let missing = self.file.refused(Why::Damaged, format!("has no part {name}, expected a document of a word processor"));
        self.part(name)?.ok_or(missing)
    }

    fn walk(&self, name: &str, text: &str, each: &mut dyn FnMut(Node)) -> Result<(), Refused> {
        xml::walk(text, each).map_err(|e| self.file.refused(Why::Damaged, format!("{name}: {e}")))
    }
}

/// Title, author, day and language by `dc:title`, `dc:creator`, `dcterms:created` or `meta:creation-date`, `dc:language`.
fn facts(properties: &str, document: &mut Document) {
    let mut within = String::new();
    // What stands before a fault is as good as the rest.
    let _ = xml::walk(properties, &mut |node| match node {
        Node::Start(element) => element.full_name().clone_into(&mut within),
        Node::End(_) => within.clear(),
        Node::Text(words) => match within.as_str() {
            "dc:title" => document.title = title(words),
            "meta:initial-creator" => document.author = said(words),
            "dc:creator" => document.author = document.author.take().or_else(|| said(words)),
            "dcterms:created" | "meta:creation-date" => document.published = published(words, Basis::File),
            "dc:language" => document.lang = said(words),
            _ => {}
        },
    });
}
