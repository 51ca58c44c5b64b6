//! What the tables of the field ask of an incident or an event, read off its properties.

use jiff::civil::Date;
use serde_json::Value;

use crate::gazetteer::country_label::{CountryLabel, country_label};
use crate::incident::inter;

use super::row::Row;

/// Somebody who took part, with ACLED's code of the kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) inter: Option<u8>,
}

/// Whether it is said to have happened.
pub(super) fn happened(row: &Row<'_>) -> bool {
    matches!(row.text_of("status"), Some("asserted" | "claimed") | None)
}

/// Whether several events are summed up.
pub(super) fn is_aggregate(row: &Row<'_>) -> bool {
    row.text_of("granularity") == Some("aggregate")
}

/// Who acts and who is acted against. Incidents tell; of events it is read off the roles of their actors.
pub(super) fn parties(row: &Row<'_>) -> [Option<Party>; 2] {
    if row.properties.contains_key("actor1") {
        let party = |name: &str, code: &str| {
            let inter = row.number_of(code).and_then(|n| u8::try_from(n).ok());
            row.text_of(name).map(|name| Party { name: name.to_owned(), inter })
        };
        return [party("actor1", "inter1"), party("actor2", "inter2")];
    }
    let country = row.text_of("country");
    let of = |roles: &[&str], besides: Option<&Party>| {
        let first = roles.iter().find_map(|role| actors(row, role).find(|a| besides.is_none_or(|b| a["name"] != *b.name)))?;
        let kind = first["kind"].as_str().unwrap_or_default();
        Some(Party { name: first["name"].as_str()?.to_owned(), inter: Some(inter(kind, "", country)).filter(|code| *code > 0) })
    };
    let one = of(&["actor1", "blamed", "claimant"], None);
    let other = of(&["actor2", "victim"], one.as_ref());
    [one, other]
}

fn actors<'r>(row: &'r Row<'_>, role: &'r str) -> impl Iterator<Item = &'r Value> {
    row.get("actors").and_then(Value::as_array).into_iter().flatten().filter(move |a| a["role"] == role)
}

/// The names of those who stand with a side, `assoc_actor_1` or `assoc_actor_2`.
pub(super) fn associates(row: &Row<'_>, role: &str) -> String {
    joined(actors(row, role).filter_map(|a| a["name"].as_str()))
}

/// Who says so and where it stood, each once.
pub(super) fn sources<'r>(row: &'r Row<'_>) -> Vec<&'r str> {
    let said = row.get("attribution").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let told = row.get("sources").and_then(Value::as_array).into_iter().flatten().filter_map(|s| s["source"].as_str());
    let mut out: Vec<&str> = Vec::new();
    for source in said.chain(told).chain(row.text_of("source")) {
        if !out.contains(&source) {
            out.push(source);
        }
    }
    out
}

/// Parts as ACLED joins them.
pub(super) fn joined<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join("; ")
}

/// What tables call its country.
pub(super) fn label(row: &Row<'_>) -> Option<&'static CountryLabel> {
    row.text_of("country").and_then(country_label)
}

/// The day in the middle of the possible ones, the earlier of two.
pub(super) fn middle_day(row: &Row<'_>) -> Option<Date> {
    let [start, end] = row.days()?.map(|day| day.parse::<Date>().ok());
    let (start, end) = (start?, end?);
    start.checked_add(jiff::Span::new().days((end - start).get_days() / 2)).ok()
}

/// A number as a cell.
pub(super) fn number(number: Option<impl ToString>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}
