//! Incidents and events in the columns of ACLED, for programs that read its exports.

mod fatalities;

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::incident::{inter_label, interaction};

use super::about::About;
use super::row::Row;
use super::sink::{LeftOut, Sink};
use super::table::{harmless, head, line};
use super::told::{Party, associates, happened, is_aggregate, joined, label, middle_day, number, parties, sources};

/// The columns, in the order and spelling of ACLED's exports since 2022.
pub const ACLED_COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// A row is one event that is said to have happened; denied and planned ones and sums of several are left out and counted.
pub(super) struct Acled {
    has_bom: bool,
}

impl Acled {
    pub(super) fn new(about: &About) -> Acled {
        Acled { has_bom: about.has_bom }
    }
}

impl Sink for Acled {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        head(&ACLED_COLUMNS, self.has_bom, out)
    }

    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        if !happened(row) {
            return Ok(Some(LeftOut::NotHappened));
        }
        if is_aggregate(row) {
            return Ok(Some(LeftOut::Aggregate));
        }
        out.write_all(line(cells(row).into_iter()).as_bytes())?;
        Ok(None)
    }
}

fn cells(row: &Row<'_>) -> [String; ACLED_COLUMNS.len()] {
    let text = |name: &str| harmless(row.text_of(name).unwrap_or_default());
    let [one, other] = parties(row);
    let name = |party: &Option<Party>| harmless(party.as_ref().map_or("", |p| p.name.as_str()));
    let code = |party: &Option<Party>| party.as_ref().and_then(|p| p.inter);
    let kind = |party: &Option<Party>| code(party).and_then(inter_label).unwrap_or_default().to_owned();
    let day = middle_day(row);
    let point = row.point();
    let country = label(row);
    [
        harmless(&row.id),
        number(day),
        number(day.map(Date::year)),
        number(row.number_of("time_precision")),
        text("disorder_type"),
        text("event_type"),
        text("sub_event_type"),
        name(&one),
        harmless(&associates(row, "assoc_actor_1")),
        kind(&one),
        name(&other),
        harmless(&associates(row, "assoc_actor_2")),
        kind(&other),
        interaction(code(&one), code(&other)),
        if row.get("civilian_targeting") == Some(&Value::Bool(true)) { "Civilian targeting".to_owned() } else { String::new() },
        country.map_or("", |c| c.numeric).to_owned(),
        country.map_or("", |c| c.region).to_owned(),
        country.map_or("", |c| c.name).to_owned(),
        text("admin1"),
        text("admin2"),
        text("admin3"),
        harmless(row.text_of("place_name").or_else(|| row.text_of("place_surface")).unwrap_or_default()),
        number(point.map(|[_, lat]| lat)),
        number(point.map(|[lon, _]| lon)),
        number(row.number_of("geo_precision")),
        harmless(&joined(sources(row))),
        text("source_scale"),
        text("notes"),
        fatalities::fatalities(row).to_string(),
        harmless(&tags(row)),
        number(last_known(row)),
    ]
}

/// ACLED's tags that we know, and what keeps a row from being an ordinary one.
fn tags(row: &Row<'_>) -> String {
    let mut tags = Vec::new();
    let is_crowd = row.text_of("event_type") == Some("Protests") || row.text_of("sub_event_type") == Some("Violent demonstration");
    match [row.number_of("crowd_low"), row.number_of("crowd_high")] {
        [Some(low), Some(high)] if low != high => tags.push(format!("crowd size={low}-{high}")),
        [Some(low), Some(_)] => tags.push(format!("crowd size={low}")),
        [Some(low), None] => tags.push(format!("crowd size=at least {low}")),
        [None, Some(high)] => tags.push(format!("crowd size=up to {high}")),
        [None, None] if is_crowd => tags.push("crowd size=no report".to_owned()),
        [None, None] => {}
    }
    for (property, ordinary) in [("status", "asserted"), ("granularity", "incident")] {
        tags.extend(row.text_of(property).filter(|value| *value != ordinary).map(|value| format!("{property}={value}")));
    }
    joined(tags.iter().map(String::as_str))
}

/// Seconds since 1970 of the last thing that is known to have changed the row: its correction, else the (last) report's publication.
fn last_known(row: &Row<'_>) -> Option<i64> {
    let corrected = row.get("corrected").and_then(|c| c["at"].as_str()).and_then(|at| at.parse::<Timestamp>().ok());
    if let Some(corrected) = corrected {
        return Some(corrected.as_second());
    }
    let told = row.get("sources").and_then(Value::as_array).into_iter().flatten().filter_map(|s| s["published"].as_str());
    let published = told.chain(row.text_of("published")).max()?.parse::<Date>().ok()?;
    Some(i64::from((published - date(1970, 1, 1)).get_days()) * 24 * 60 * 60)
}
