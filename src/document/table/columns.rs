//! Which column holds what: by the words at its head, or as a person said.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::{Columns, FIELDS};
use crate::text::fold::fold_phrase;

static WORDS: &str = include_str!("../../../geodata/columns.tsv");
/// Rows above the head of a table that may be titles of it, or blank.
pub(super) const ROWS_ABOVE: usize = 20;
/// Columns that an error lists.
const LISTED: usize = 20;

/// Folded words → field and how soon the word is preferred.
static KNOWN: LazyLock<HashMap<String, Vec<(&'static str, usize)>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<(&str, usize)>> = HashMap::new();
    for (rank, line) in WORDS.lines().filter(|l| !l.starts_with('#')).enumerate() {
        let mut cells = line.split('\t');
        let (Some(field), Some(words)) = (cells.next(), cells.nth(1)) else { continue };
        for (at, word) in words.split('|').enumerate() {
            known.entry(fold_phrase(word)).or_default().push((field, rank * 100 + at));
        }
    }
    known
});

/// The column of each field, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::document) struct Fields {
    columns: Vec<(String, usize)>,
}

impl Fields {
    /// The column of a field.
    pub(in crate::document) fn of(&self, field: &str) -> Option<usize> {
        self.columns.iter().find(|(f, _)| f == field).map(|(_, at)| *at)
    }

    pub(super) fn count(&self) -> usize {
        self.columns.len()
    }

    /// Fields of a table with these words at the heads of its columns, if one of them holds texts.
    pub(in crate::document) fn known<'a>(heads: impl Iterator<Item = &'a str>) -> Option<Fields> {
        let fields = Fields::by_words(heads);
        fields.of("text").is_some().then_some(fields)
    }

    fn by_words<'a>(heads: impl Iterator<Item = &'a str>) -> Fields {
        // For each field the column whose word is preferred.
        let mut best: Vec<(&str, usize, usize)> = Vec::new();
        for (column, head) in heads.enumerate() {
            // A head is a word or two; prose is none.
            if head.len() > 80 {
                continue;
            }
            for (field, rank) in KNOWN.get(&fold_phrase(head)).into_iter().flatten() {
                match best.iter_mut().find(|(f, ..)| f == field) {
                    Some(known) if *rank < known.1 => (known.1, known.2) = (*rank, column),
                    Some(_) => {}
                    None => best.push((field, *rank, column)),
                }
            }
        }
        Fields { columns: best.into_iter().map(|(field, _, column)| (field.to_owned(), column)).collect() }
    }

    /// As a person said, and the rest by its words.
    ///
    /// # Errors
    /// The name that no column bears.
    pub(in crate::document) fn told<'a>(heads: &[&'a str], columns: &'a Columns) -> Result<Fields, &'a str> {
        let mut fields = Fields::by_words(heads.iter().copied());
        for (field, name) in FIELDS.iter().filter_map(|field| columns.get_key_value(*field)) {
            let exact = heads.iter().position(|head| head.trim() == name.trim());
            let column = exact.or_else(|| heads.iter().position(|head| fold_phrase(head) == fold_phrase(name))).ok_or(name.as_str())?;
            // What a person took is not another field too.
            fields.columns.retain(|(f, at)| f != field && *at != column);
            fields.columns.push((field.clone(), column));
        }
        Ok(fields)
    }
}

/// The row that is the head of a table, and its fields.
///
/// # Errors
/// A sentence that says what was looked for and which columns there are.
pub(super) fn head(rows: &[&[String]], columns: &Columns) -> Result<(usize, Fields), String> {
    let heads = |row: &&[String]| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let above = || rows.iter().take(ROWS_ABOVE).enumerate();
    if columns.is_empty() {
        let found = above().find_map(|(at, row)| Some((at, Fields::known(row.iter().map(String::as_str))?)));
        return found.ok_or_else(|| {
            let there = widest(rows).map(|row| listed(&heads(&row))).unwrap_or_default();
            format!("has no column that is known to hold texts, found {there}; say which with --columns text=…")
        });
    }
    let mut missing = String::new();
    for (at, row) in above() {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        match Fields::told(&cells, columns) {
            Ok(fields) if fields.of("text").is_some() => return Ok((at, fields)),
            Ok(_) => "text".clone_into(&mut missing),
            Err(name) => name.clone_into(&mut missing),
        }
    }
    // The row that has most of the names is the head that was meant.
    let named = |row: &&&[String]| columns.values().filter(|name| row.iter().any(|c| fold_phrase(c) == fold_phrase(name))).count();
    let meant = rows.iter().take(ROWS_ABOVE).max_by_key(named).filter(|row| named(row) > 0);
    if let Some(row) = meant {
        let absent = columns.values().find(|name| !row.iter().any(|c| fold_phrase(c) == fold_phrase(name)));
        if let Some(absent) = absent {
            absent.clone_into(&mut missing);
        }
    }
    let there = meant.copied().or_else(|| widest(rows)).map(|row| listed(&heads(&row))).unwrap_or_default();
    Err(format!("has no column «{missing}», found {there}"))
}

/// The first of the rows with most cells that say something.
fn widest<'a>(rows: &[&'a [String]]) -> Option<&'a [String]> {
    let filled = |row: &&[String]| row.iter().filter(|c| !c.trim().is_empty()).count();
    rows.iter().take(ROWS_ABOVE).rev().max_by_key(|row| filled(row)).copied()
}

fn listed(heads: &[String]) -> String {
    let shown: Vec<String> =
        heads.iter().filter(|h| !h.is_empty()).take(LISTED).map(|h| format!("«{}»", h.chars().take(40).collect::<String>())).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &str) -> Vec<String> {
        cells.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn columns_are_known_by_their_words_in_three_languages() {
        for (heads, fields) in [
            ("event_id_cnty|event_date|source|notes", [("text", 3), ("published", 1), ("id", 0)]),
            ("Accession Number|Headline|Publication Date|Full Text", [("text", 3), ("published", 2), ("id", 0)]),
            ("Identifiant|Titre|Date de publication|Texte", [("text", 3), ("published", 2), ("title", 1)]),
            ("المعرّف|العنوان|تاريخ النشر|نص الخبر", [("text", 3), ("published", 2), ("title", 1)]),
            ("Date|Published|Summary|Body", [("text", 3), ("published", 1), ("text", 3)]),
        ] {
            let heads = row(heads);
            let found = Fields::known(heads.iter().map(String::as_str)).unwrap();
            for (field, column) in fields {
                assert_eq!(found.of(field), Some(column), "{field} of {heads:?}");
            }
        }
        assert_eq!(Fields::known(row("a|b|title").iter().map(String::as_str)), None);
    }

    #[test]
    fn the_head_may_stand_below_titles_and_what_is_missing_is_named() {
        let rows = [row("Export 2022"), row(""), row("id|Bericht|Tag"), row("1|x|2022-09-06")];
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let columns = |pairs: &[(&str, &str)]| pairs.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect::<Columns>();
        let (at, fields) = head(&rows, &columns(&[("text", "bericht"), ("published", "Tag")])).unwrap();
        assert_eq!((at, fields.of("text"), fields.of("published"), fields.of("id")), (2, Some(1), Some(2), Some(0)));
        let wrong = head(&rows, &columns(&[("text", "Bericht"), ("published", "Datum")])).unwrap_err();
        assert_eq!(wrong, "has no column «Datum», found «id», «Bericht», «Tag»");
        let unknown = head(&rows, &Columns::new()).unwrap_err();
        assert!(unknown.contains("«id», «Bericht», «Tag»") && unknown.contains("--columns text="), "{unknown}");
    }
}
