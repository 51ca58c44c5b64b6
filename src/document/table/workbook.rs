//! Workbooks: XLSX, XLS, ODS; every sheet that has a column of texts.

use std::io::{Cursor, Read};

use calamine::{Data, ExcelDateTime, Reader, Xls, Xlsx};
use zip::ZipArchive;

use super::columns::{ROWS_ABOVE, head};
use super::ods;
use super::old::is_sound;
use super::row::Sheet;
use crate::document::{Each, File, Kind, Refused, Why, decode};

/// Rows that say something, with their numbers.
pub(super) type Rows = Vec<(u32, Vec<String>)>;

/// Columns that are looked at.
const MOST_COLUMNS: u32 = 1024;
/// Largest sectors of old files.
const SECTOR_BYTES: usize = 4096;
/// What a workbook may unpack to, as a multiple of the largest document: the XML around the cells is most of it.
const MARKUP: u64 = 4;
/// Names in the directory of an old file of Microsoft's, as it writes them.
const OLD_FILES: [(&str, Why, &str); 3] = [
    ("WordDocument", Why::Unknown, "is a Word document of the old kind (.doc), which is not read here: save it as DOCX"),
    ("PowerPoint Document", Why::Unknown, "is a presentation, which is not read here"),
    ("EncryptedPackage", Why::Locked, "is locked with a password, expected one that opens without"),
];

/// The documents of a workbook.
pub(in crate::document) fn documents(file: File, each: Each) -> bool {
    // The library has panics left for files that anybody may have written.
    let read = std::panic::catch_unwind(|| read(file)).unwrap_or_else(|_| Err(file.refused(Why::Damaged, "is a damaged workbook")));
    let (sheets, is_from_1904) = match read {
        Ok(read) => read,
        Err(refused) => return each(Err(refused)),
    };
    let has_several = sheets.len() > 1;
    let mut reasons = Vec::new();
    let mut is_read = false;
    for (name, rows) in &sheets {
        let first: Vec<&[String]> = rows.iter().take(ROWS_ABOVE).map(|(_, cells)| cells.as_slice()).collect();
        if first.is_empty() {
            continue;
        }
        let (at, fields) = match head(&first, &file.options.columns) {
            Ok(found) => found,
            Err(reason) => {
                reasons.push(if has_several { format!("sheet «{name}» {reason}") } else { reason });
                continue;
            }
        };
        is_read = true;
        let sheet = Sheet { file, name: has_several.then_some(name), kind: Kind::Workbook, fields, is_from_1904 };
        for (number, cells) in rows.iter().skip(at + 1) {
            let goes_on = sheet.document(*number, cells).is_none_or(&mut *each);
            if !goes_on {
                return false;
            }
        }
    }
    match (is_read, reasons.is_empty()) {
        (true, _) => true,
        (false, true) => each(Err(file.refused(Why::Empty, "is a workbook without rows"))),
        (false, false) => each(Err(file.refused(Why::Record, reasons.join("; ")))),
    }
}

/// The sheets with their rows, and whether days are counted from 1904.
fn read(file: File) -> Result<(Vec<(String, Rows)>, bool), Refused> {
    let damaged = |e: String| file.refused(Why::Damaged, format!("{e}, expected a workbook"));
    if !file.bytes.starts_with(b"PK") {
        return old(file);
    }
    let content = unpacked(file)?;
    if let Some(content) = content {
        return ods::sheets(&content).map(|sheets| (sheets, false)).map_err(damaged);
    }
    let mut book = Xlsx::new(Cursor::new(file.bytes)).map_err(|e| damaged(e.to_string()))?;
    let is_from_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // Sheets of charts have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows = Rows::new();
        while let Some(cell) = cells.next_cell().map_err(|e| damaged(e.to_string()))? {
            put(&mut rows, cell.get_position(), said(&Data::from(cell.get_value().clone())));
        }
        rows.sort_by_key(|(number, _)| *number);
        sheets.push((name, rows));
    }
    Ok((sheets, is_from_1904))
}

/// A cell in its row, counted from 0 both.
fn put(rows: &mut Rows, (row, column): (u32, u32), text: String) {
    if text.is_empty() || column >= MOST_COLUMNS {
        return;
    }
    if rows.last().is_none_or(|(number, _)| *number != row + 1) {
        rows.push((row + 1, Vec::new()));
    }
    if let Some((_, cells)) = rows.last_mut() {
        let at = column as usize;
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(at) {
            *cell = text;
        }
    }
}

/// A workbook of the kind before XLSX, or what else stands in such a file.
fn old(file: File) -> Result<(Vec<(String, Rows)>, bool), Refused> {
    for (name, why, reason) in OLD_FILES {
        let written: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(file.bytes, &written).is_some() {
            return Err(file.refused(why, reason));
        }
    }
    let damaged = |e: calamine::XlsError| match e {
        calamine::XlsError::Password => file.refused(Why::Locked, "is locked with a password, expected one that opens without"),
        e => file.refused(Why::Damaged, format!("{e}, expected a workbook")),
    };
    // The library takes sectors for whole, and panics at half a one.
    let mut bytes = file.bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(SECTOR_BYTES), 0);
    if !is_sound(&bytes) {
        return Err(file.refused(Why::Damaged, "is a damaged or overlarge file of the old kind, expected a workbook: save it as XLSX"));
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let is_from_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::new();
        for (row, column, value) in range.used_cells() {
            put(&mut rows, (row as u32 + top, column as u32 + left), said(value));
        }
        sheets.push((name, rows));
    }
    Ok((sheets, is_from_1904))
}

/// Counts what the parts unpack to, and gives the content of an `OpenDocument`.
fn unpacked(file: File) -> Result<Option<String>, Refused> {
    let damaged = |e: String| file.refused(Why::Damaged, format!("{e}, expected a workbook"));
    let mut archive = ZipArchive::new(Cursor::new(file.bytes)).map_err(|e| damaged(e.to_string()))?;
    let mut left = file.options.limits.file_bytes.saturating_mul(MARKUP);
    let too_large = || file.refused(Why::TooLarge, format!("unpacks to more than {} MB", (file.options.limits.file_bytes * MARKUP) >> 20));
    let mut content = None;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let name = part.name().unwrap_or_default().into_owned();
        if name == "META-INF/manifest.xml" {
            let mut manifest = String::new();
            let _ = part.take(left).read_to_string(&mut manifest);
            if manifest.contains("encryption-data") {
                return Err(file.refused(Why::Locked, "is locked with a password, expected one that opens without"));
            }
            continue;
        }
        let is_content = name == "content.xml";
        let mut bytes = Vec::new();
        let mut part = part.take(left + 1);
        let read = if is_content { part.read_to_end(&mut bytes).map(|n| n as u64) } else { std::io::copy(&mut part, &mut std::io::sink()) };
        // Parts that are damaged are told by the reader, if it needs them.
        left = left.checked_sub(read.unwrap_or(0)).ok_or_else(too_large)?;
        if is_content {
            content = Some(decode(&bytes).map_err(damaged)?);
        }
    }
    Ok(content)
}

/// A cell as it would be written.
fn said(value: &Data) -> String {
    match value {
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::String(text) | Data::DateTimeIso(text) => text.clone(),
        Data::Bool(is) => is.to_string(),
        Data::DateTime(time) => day(*time),
        _ => String::new(),
    }
}

fn day(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
