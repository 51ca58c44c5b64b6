//! Which reports hold which words: found through an index, not by reading all texts.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::recognise::terms;

use super::Store;

/// Writes the words of a report under its number, which it keeps for ever.
pub(super) fn index(connection: &Connection, report_id: &str, title: Option<&str>, text: &str) -> Result<()> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT number FROM report_numbers WHERE report_id = ?")?
        .query_row([report_id], |r| r.get(0))
        .optional()?;
    let number = if let Some(number) = known {
        connection.prepare_cached("DELETE FROM report_words WHERE rowid = ?")?.execute([number])?;
        number
    } else {
        connection.prepare_cached("INSERT INTO report_numbers (report_id) VALUES (?)")?.execute([report_id])?;
        connection.last_insert_rowid()
    };
    let mut words = terms::of_text(text);
    words.extend(terms::of_text(title.unwrap_or_default()));
    let words: Vec<String> = words.iter().map(|w| plain(w)).collect();
    connection.prepare_cached("INSERT INTO report_words (rowid, words) VALUES (?, ?)")?.execute(params![number, words.join(" ")])?;
    Ok(())
}

/// Takes the words of a report out; its number stays its own.
pub(super) fn forget(connection: &Connection, report_id: &str) -> Result<()> {
    let sql = "DELETE FROM report_words WHERE rowid = (SELECT number FROM report_numbers WHERE report_id = ?)";
    connection.prepare_cached(sql)?.execute([report_id])?;
    Ok(())
}

/// A term as the index's tokenizer leaves it whole: signs of ASCII would cut it.
fn plain(term: &str) -> String {
    term.chars().filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric()).collect()
}

impl Store {
    /// Reports that hold all words of one of the names (folded or not), in text or headline.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn reports_naming<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<BTreeSet<String>> {
        let sql = "SELECT n.report_id FROM report_words w JOIN report_numbers n ON n.number = w.rowid WHERE report_words MATCH ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut out = BTreeSet::new();
        for name in names {
            let words: Vec<String> = terms::of_name(name).iter().map(|w| plain(w)).filter(|w| !w.is_empty()).collect();
            if words.is_empty() {
                continue;
            }
            let all = words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" AND ");
            for id in statement.query_map([all], |r| r.get(0))? {
                out.insert(id?);
            }
        }
        Ok(out)
    }

    /// Reports with a mention whose name no table has as it is written, where the name is one that `may_be` tells.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn reports_with_unrecorded(&self, may_be: impl Fn(&str) -> bool) -> Result<BTreeSet<String>> {
        let mut names = self.connection.prepare_cached("SELECT DISTINCT name FROM unrecorded")?;
        let mut reports = self.connection.prepare_cached("SELECT report_id FROM unrecorded WHERE name = ?")?;
        let mut out = BTreeSet::new();
        for name in names.query_map([], |r| r.get::<_, String>(0))? {
            let name = name?;
            if may_be(&name) {
                for id in reports.query_map([name], |r| r.get(0))? {
                    out.insert(id?);
                }
            }
        }
        Ok(out)
    }

    /// Reports with a mention of a place in one of the countries.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn reports_in_countries<'a>(&self, countries: impl IntoIterator<Item = &'a str>) -> Result<BTreeSet<String>> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT report_id FROM mentions WHERE country = ?")?;
        let mut out = BTreeSet::new();
        for country in countries {
            for id in statement.query_map([country], |r| r.get(0))? {
                out.insert(id?);
            }
        }
        Ok(out)
    }

    /// Those of the reports that a source published.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn of_source(&self, ids: BTreeSet<String>, source: &str) -> Result<BTreeSet<String>> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM reports WHERE id = ? AND source = ?")?;
        let mut out = BTreeSet::new();
        for id in ids {
            if statement.exists([id.as_str(), source])? {
                out.insert(id);
            }
        }
        Ok(out)
    }
}
