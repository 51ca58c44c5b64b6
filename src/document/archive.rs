//! Archives: zip, tar, gzip, and archives within them, unpacked in memory within limits; no file is ever written.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Cursor, Read, Seek, SeekFrom};

use flate2::bufread::MultiGzDecoder;
use tar::EntryType;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Each, Found, Kind, Limits, Options, Source, Why, json, kind, letter, refused, warc};

/// Folders of systems and hidden files, which nobody means.
const PASSED_OVER: [&str; 3] = ["__MACOSX", "Thumbs.db", "desktop.ini"];

/// Media types are short.
const MEDIA_TYPE_BYTES: u64 = 200;

/// What is left of the limits of the outermost archive, all its inner ones together.
struct Left {
    bytes: Cell<u64>,
    files: Cell<u32>,
}

/// Documents of an archive carry the path of their file in it.
pub(super) fn inside(path: &str, found: Found) -> Found {
    found.map(|mut document| {
        document.part = if document.part.is_empty() { path.to_owned() } else { format!("{path}#{}", document.part) };
        document.parent = document.parent.map(|parent| if parent.is_empty() { path.to_owned() } else { format!("{path}#{parent}") });
        document
    })
}

/// Files of a zip archive.
pub(super) fn zip(name: &str, source: &mut dyn Source, options: &Options, each: Each) -> bool {
    let mut archive = match ZipArchive::new(&mut *source) {
        Ok(archive) => archive,
        Err(e) => return each(Err(refused(name, Why::Damaged, format!("{e}, expected a zip archive")))),
    };
    match package(&mut archive) {
        None => {}
        Some(Err(what)) => return each(Err(refused(name, Why::Unknown, format!("is {what}, which is not read here")))),
        Some(Ok(kind)) => {
            drop(archive);
            return match source.seek(SeekFrom::Start(0)) {
                Ok(_) => super::held(kind, name, source, options, each),
                Err(e) => each(Err(refused(name, Why::Unreadable, e.to_string()))),
            };
        }
    }
    let left = Left { bytes: Cell::new(options.limits.archive_bytes), files: Cell::new(options.limits.archive_files) };
    for index in 0..archive.len() {
        let path = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned();
        let goes_on = match archive.by_index(index) {
            Ok(entry) if entry.is_file() => entry_of(name, &path, None, entry, &left, options, each),
            Ok(_) => Some(true),
            Err(e) => Some(each(Err(refused(&format!("{name}/{path}"), why_of(&e), e.to_string())))),
        };
        match goes_on {
            Some(true) => {}
            Some(false) => return false,
            None => return true,
        }
    }
    true
}

/// What a zip file is that is one document and no archive: told by the names of its parts, or the type that it begins with.
fn package(archive: &mut ZipArchive<impl Read + Seek>) -> Option<Result<Kind, &'static str>> {
    let has = |start: &str, end: &str| {
        archive.file_names().flatten().any(|name| name.starts_with(start) && name.ends_with(end) && !name.contains("/_"))
    };
    if has("word/document", ".xml") {
        return Some(Ok(Kind::Docx));
    }
    if has("xl/workbook", ".xml") {
        return Some(Ok(Kind::Workbook));
    }
    if has("xl/workbook", ".bin") {
        return Some(Err("a binary workbook (.xlsb): save it as XLSX"));
    }
    if has("ppt/presentation", ".xml") {
        return Some(Err("a presentation"));
    }
    let mut media_type = String::new();
    let index = archive.index_for_name("mimetype")?;
    archive.by_index(index).ok()?.take(MEDIA_TYPE_BYTES).read_to_string(&mut media_type).ok()?;
    match media_type.trim().strip_prefix("application/vnd.oasis.opendocument.")? {
        kind if kind.starts_with("text") => Some(Ok(Kind::Odt)),
        kind if kind.starts_with("spreadsheet") => Some(Ok(Kind::Workbook)),
        _ => Some(Err("a drawing or presentation")),
    }
}

fn why_of(error: &ZipError) -> Why {
    match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => Why::Locked,
        _ => Why::Damaged,
    }
}

/// What a gzip file holds: a tar archive, a web archive (packed record by record), or one file.
pub(super) fn gzip(name: &str, source: &mut dyn Source, options: &Options, each: Each) -> bool {
    let mut unpacked = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(source));
    let begins = |head: &[u8]| (head.get(257..262) == Some(b"ustar"), head.starts_with(b"WARC/"));
    let (is_tar, is_warc) = unpacked.fill_buf().map(begins).unwrap_or_default();
    if is_tar {
        return tar(name, &mut unpacked, options, each);
    }
    if is_warc {
        return warc::read(name, &mut unpacked, options, each);
    }
    let path = name.rsplit('/').next().unwrap_or(name);
    let path = path.strip_suffix(".gz").unwrap_or(path).to_owned();
    let kind = unpacked.fill_buf().ok().and_then(|head| kind::of(&path, head).ok());
    let mut lasting = unpacked.take(options.limits.archive_bytes);
    match kind {
        Some(Kind::JsonLines) => return json::lines(name, &mut lasting, options, each),
        Some(Kind::Mbox) => return letter::mbox(name, &mut lasting, options, each),
        _ => {}
    }
    let left = Left { bytes: Cell::new(options.limits.archive_bytes), files: Cell::new(1) };
    entry_of(name, &path, None, lasting, &left, options, each).unwrap_or(true)
}

/// Files of a tar archive.
pub(super) fn tar(name: &str, source: &mut dyn Read, options: &Options, each: Each) -> bool {
    let mut archive = tar::Archive::new(source);
    let damaged = |e: std::io::Error| refused(name, Why::Damaged, format!("{e}, expected a tar archive"));
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(e) => return each(Err(damaged(e))),
    };
    let left = Left { bytes: Cell::new(options.limits.archive_bytes), files: Cell::new(options.limits.archive_files) };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => return each(Err(damaged(e))),
        };
        if entry.header().entry_type() != EntryType::Regular {
            continue;
        }
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match entry_of(name, &path, Some(entry.size()), entry, &left, options, each) {
            Some(true) => {}
            Some(false) => return false,
            None => return true,
        }
    }
    true
}

/// One file of an archive, of this size where it is known; `None` when the limits of the archive are reached, which is told.
fn entry_of(archive: &str, path: &str, size: Option<u64>, source: impl Read, left: &Left, options: &Options, each: Each) -> Option<bool> {
    if path.split('/').any(|part| PASSED_OVER.contains(&part) || part.starts_with('.') && part.len() > 1 && part != "..") {
        return Some(true);
    }
    let place = format!("{archive}/{path}");
    let exhausted = |what: String| refused(archive, Why::TooLarge, format!("holds more than {what}; the rest is not read"));
    let Some(files) = left.files.get().checked_sub(1) else {
        each(Err(exhausted(format!("{} files", options.limits.archive_files))));
        return None;
    };
    left.files.set(files);
    let most = options.limits.file_bytes.min(left.bytes.get());
    let mut bytes = Vec::new();
    if let Err(e) = source.take(most + 1).read_to_end(&mut bytes) {
        return Some(each(Err(refused(&place, Why::Damaged, e.to_string()))));
    }
    let taken = bytes.len() as u64;
    if taken > left.bytes.get() {
        each(Err(exhausted(format!("{} MB", options.limits.archive_bytes >> 20))));
        return None;
    }
    left.bytes.set(left.bytes.get() - taken);
    if taken > most {
        return Some(each(Err(refused(&place, Why::TooLarge, format!("is larger than {} MB", options.limits.file_bytes >> 20)))));
    }
    if size.is_some_and(|size| size > taken) {
        return Some(each(Err(refused(&place, Why::Damaged, "is cut off"))));
    }
    if bytes.is_empty() {
        return Some(true);
    }
    let Some(depth) = options.limits.archive_depth.checked_sub(1) else {
        return Some(each(Err(refused(&place, Why::TooLarge, "lies in too many archives within archives"))));
    };
    let limits = Limits { archive_bytes: left.bytes.get(), archive_files: left.files.get(), archive_depth: depth, ..options.limits };
    let inner = Options { limits, columns: options.columns.clone() };
    Some(super::read(&place, &mut Cursor::new(bytes), &inner, &mut |found| each(inside(path, found))))
}
