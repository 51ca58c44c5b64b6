//! Rows of comma-separated values as features; the first line names the columns.

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::layer::PLACE_COLUMNS;

use super::FileRow;

/// The rows of a file.
///
/// # Errors
/// [`Error::Line`] when the first line does not name the columns, or a quoted cell never ends.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<FileRow>> {
    let refuse =
        |line: usize, found: String, expected: &str| Error::Line { file: file.to_owned(), line, found, expected: expected.to_owned() };
    let mut records = records(text).map_err(|line| refuse(line, "a quoted cell without an end".to_owned(), "a closing quotation mark"))?;
    let header: Vec<String> = if records.is_empty() { Vec::new() } else { records.remove(0).1 };
    let header: Vec<&str> = header.iter().map(|c| c.trim()).collect();
    for column in ["name", "lon", "lat"] {
        if !header.contains(&column) {
            return Err(refuse(
                1,
                format!("the columns {}", header.join(",")),
                &format!("a column {column} among {}", PLACE_COLUMNS.join(",")),
            ));
        }
    }
    if let Some(unknown) = header.iter().find(|c| !PLACE_COLUMNS.contains(c) && **c != "admin1") {
        return Err(refuse(1, format!("the column «{unknown}»"), &format!("only columns of {}", PLACE_COLUMNS.join(","))));
    }
    let row = |(line, cells): (usize, Vec<String>)| {
        if cells.len() != header.len() {
            return Err(refuse(line, format!("{} cells", cells.len()), &format!("{}, as the first line has", header.len())));
        }
        let feature = feature(&header, &cells).map_err(|(found, expected)| refuse(line, found, expected))?;
        Ok((line, feature))
    };
    Ok(records.into_iter().filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())).map(row).collect())
}

fn feature(header: &[&str], cells: &[String]) -> std::result::Result<Value, (String, &'static str)> {
    let mut properties = Map::new();
    let (mut id, mut point) = (Value::Null, [0.0; 2]);
    for (column, cell) in header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        let wrong = |expected| (format!("{column} «{cell}»"), expected);
        match *column {
            "id" => id = json!(cell),
            "lon" => point[0] = cell.trim().parse().map_err(|_e| wrong("degrees east"))?,
            "lat" => point[1] = cell.trim().parse().map_err(|_e| wrong("degrees north"))?,
            "population" | "radius_m" => {
                let number: u32 = cell.trim().parse().map_err(|_e| wrong("a whole number"))?;
                properties.insert((*column).to_owned(), json!(number));
            }
            "names" => {
                let names: Option<Vec<Value>> = cell.split('|').map(name).collect();
                properties.insert("names".to_owned(), json!(names.ok_or_else(|| wrong("language:kind:name, separated by |"))?));
            }
            "outline" => {
                let rings: Value = serde_json::from_str(cell).map_err(|_e| wrong("rings of [longitude, latitude]"))?;
                properties.insert("outline".to_owned(), json!({"type": "Polygon", "coordinates": rings}));
            }
            _ => {
                properties.insert((*column).to_owned(), json!(cell));
            }
        }
    }
    Ok(json!({"type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": point}, "properties": properties}))
}

/// «ar:preferred:تلاتاي», «ar:تلاتاي», «Talataye».
fn name(cell: &str) -> Option<Value> {
    let parts: Vec<&str> = cell.splitn(3, ':').collect();
    let is_kind = |word: &str| crate::store::NameKind::from_label(word).is_some();
    match parts.as_slice() {
        [lang, kind, name] if is_kind(kind) => Some(json!({"lang": lang, "kind": kind, "name": name})),
        [_] => Some(json!({"name": cell})),
        [lang, ..] => Some(json!({"lang": lang, "name": cell.get(lang.len() + 1..)?})),
        [] => None,
    }
}

/// The records of a file with the lines on which they begin (RFC 4180); the line of a quotation that never ends.
fn records(text: &str) -> std::result::Result<Vec<(usize, Vec<String>)>, usize> {
    let mut out = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begun, mut is_quoted) = (1, 1, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            _ if is_quoted => cell.push(c),
            ',' => cells.push(std::mem::take(&mut cell)),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                out.push((begun, std::mem::take(&mut cells)));
                begun = line;
            }
            _ => cell.push(c),
        }
    }
    if is_quoted {
        return Err(begun);
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        out.push((begun, cells));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_quotes_and_lines_come_back() {
        let found = records("a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\nlast,\"\"").unwrap();
        let cells = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(found, [(1, cells(&["a", "b"])), (2, cells(&["x, \"y\"", "1\n2"])), (4, cells(&["last", ""]))]);
        assert_eq!(records("a\n\"b"), Err(2));
    }

    #[test]
    fn a_file_of_other_columns_is_refused_whole_and_a_short_row_alone() {
        assert!(rows("x.csv", "town,x,y\nGao,1,2\n").unwrap_err().to_string().contains("x.csv:1: "));
        let rows = rows("x.csv", "name,lon,lat\nGao,1,2\nKidal,1\nTessit,east,2\n").unwrap();
        let told: Vec<String> = rows.iter().map(|r| r.as_ref().map_or_else(ToString::to_string, |_| String::new())).collect();
        assert!(told[0].is_empty() && told[1].starts_with("x.csv:3: 2 cells") && told[2].starts_with("x.csv:4: lon"), "{told:?}");
    }
}
