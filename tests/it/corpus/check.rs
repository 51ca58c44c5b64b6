//! One answer against what was read, in the published shape.

use std::ops::Range;

use dalil::gazetteer::Gazetteer;
use dalil::incident;
use dalil::lang::lists::{Lists, Signs};
use dalil::layer;
use dalil::layer::properties::{IncidentFields, Parsed, Toponym};
use dalil::recognise::count::{self, Count};
use dalil::recognise::number;
use dalil::recognise::time::{self, TimeMention};
use dalil::text::{CodePoints, Span, Text};
use geo::line_measures::{Destination, Distance};
use geo::{Haversine, Point};

use super::case::{Case, Row};

/// All that was read of a report, ready to be asked.
pub(super) struct Reading<'a> {
    text: &'a str,
    parsed: Parsed,
    times: Vec<TimeMention>,
    counts: Vec<Count>,
}

type Outcome = Result<(), String>;

fn expect(is_right: bool, miss: impl FnOnce() -> String) -> Outcome {
    if is_right { Ok(()) } else { Err(miss()) }
}

impl<'a> Reading<'a> {
    pub(super) fn of(case: &'a Case, gazetteer: &Gazetteer) -> Reading<'a> {
        let findings = incident::read(&case.report, gazetteer);
        let text = Text::read(&case.report.text);
        let lists = Lists::of(findings.lang);
        let signs = Signs::of(&text, lists);
        let times = time::times(&text, &signs, findings.lang, case.report.published);
        let numbers = number::numbers(&text, &signs, findings.lang);
        let counts = count::counts(&text, &signs, lists, &numbers, &times);
        Reading { text: &case.report.text, parsed: layer::parsed(&case.report, &findings), times, counts }
    }

    pub(super) fn check(&self, row: &Row, gazetteer: &Gazetteer) -> Outcome {
        match row.at.as_str() {
            "lang" => expect(self.parsed.lang == row.means, || format!("read as {}", self.parsed.lang)),
            "mentions" if row.means == "none" => {
                expect(self.parsed.toponyms.is_empty(), || format!("found {}", listed(self.parsed.toponyms.iter().map(|t| &t.text))))
            }
            "incidents" if row.means == "none" => expect(self.parsed.incidents.is_empty(), || {
                format!("found {}", listed(self.parsed.incidents.iter().map(|i| &i.fields.notes)))
            }),
            "drawn" => self.drawn(&row.means),
            "place" => self.place(row, gazetteer),
            "time" => self.time(row),
            "toll" => self.toll(row),
            "incident" => self.incident(row),
            other => panic!("«{other}» is no kind of answer"),
        }
    }

    /// Bytes of the words that an answer hangs on.
    fn bytes(&self, row: &Row) -> Range<u32> {
        let (words, nth) = row.words();
        let (start, _) = self.text.match_indices(words).nth(nth - 1).unwrap_or_else(|| panic!("{} is not in the report", row.label()));
        start as u32..(start + words.len()) as u32
    }

    fn code_points(&self, row: &Row) -> Range<u32> {
        let (bytes, points) = (self.bytes(row), CodePoints::of(self.text));
        points.at(self.text, bytes.start)..points.at(self.text, bytes.end)
    }

    /// `none`, `associative`, `unresolved`, `Gao, geonames:2457163`, `Djibo, geonames:2361177 + 12 km N`.
    fn place(&self, row: &Row, gazetteer: &Gazetteer) -> Outcome {
        let at = self.code_points(row);
        let over: Vec<&Toponym> = self.parsed.toponyms.iter().filter(|t| t.start < at.end && at.start < t.end).collect();
        let found = || listed(over.iter().map(|t| format!("{} «{}» {}", t.kind, t.text, t.place.as_ref().map_or("nowhere", |p| &p.id))));
        // A kind word or an article may belong to the mention: «the province of Gao».
        let is_meant = |t: &&&Toponym| t.kind == "literal" && t.start <= at.start && at.end <= t.end;
        match row.means.as_str() {
            "none" => expect(over.iter().all(|t| t.kind == "associative"), found),
            "associative" => expect(!over.is_empty() && over.iter().all(|t| t.kind == "associative"), found),
            "unresolved" => expect(over.iter().find(is_meant).is_some_and(|t| t.place.is_none()), found),
            means => match means.split_once(" + ") {
                None => {
                    let id = place_id(means);
                    assert!(gazetteer.by_id(id).is_some(), "{}: {id} is no place of the gazetteer", row.label());
                    expect(over.iter().find(is_meant).and_then(|t| t.place.as_ref()).is_some_and(|p| p.id == id), found)
                }
                Some((anchor, way)) => {
                    let (metres, bearing) = distance_and_bearing(way);
                    let from = gazetteer.by_id(place_id(anchor)).unwrap_or_else(|| panic!("{anchor} is no place")).point();
                    let point = Haversine.destination(from, bearing, metres);
                    let near = |t: &&&Toponym| {
                        let to = t.place.as_ref().map(|p| Haversine.distance(point, Point::new(p.lon, p.lat)));
                        t.kind == "relative" && to.is_some_and(|to| to <= (metres * 0.15).max(3_000.0))
                    };
                    expect(over.iter().any(|t| near(&t)), found)
                }
            },
        }
    }

    /// `2022-09-06` or `2022-06-21..2022-06-30`, `none` for words that are no time.
    fn time(&self, row: &Row) -> Outcome {
        let bytes = self.bytes(row);
        let over: Vec<&TimeMention> = self.times.iter().filter(|t| t.span.overlaps(span(&bytes))).collect();
        let days = over.iter().filter_map(|t| t.date).map(|d| between(&d.start.to_string(), &d.end.to_string()));
        let found = listed(days.clone());
        expect(if row.means == "none" { over.is_empty() } else { days.clone().any(|d| d == row.means) }, || found)
    }

    /// `killed 50`, `injured 3–10`, `killed none`.
    fn toll(&self, row: &Row) -> Outcome {
        let bytes = self.bytes(row);
        let (harm, number) = row.means.split_once(' ').unwrap_or((&row.means, "none"));
        let over = self.counts.iter().filter(|c| c.span.overlaps(span(&bytes)));
        let said: Vec<String> =
            over.map(|c| format!("{} {}", format!("{:?}", c.harm).to_lowercase(), range(Some(c.low), Some(c.high)))).collect();
        let is_right = if number == "none" { !said.iter().any(|s| s.starts_with(harm)) } else { said.contains(&row.means) };
        expect(is_right, || listed(said.iter()))
    }

    /// How many incidents have a place on the map.
    fn drawn(&self, means: &str) -> Outcome {
        let drawn: Vec<&IncidentFields> = self.parsed.incidents.iter().map(|i| &i.fields).filter(|f| f.lat.is_some()).collect();
        expect(drawn.len().to_string() == means, || format!("{} drawn: {}", drawn.len(), listed(drawn.iter().map(|f| &f.notes))))
    }

    /// `none`, or parts joined by ` · `; see `tests/README.md`. One incident of those that the words support must have all parts.
    fn incident(&self, row: &Row) -> Outcome {
        let at = self.code_points(row);
        let supports = |f: &IncidentFields| f.evidence.iter().any(|e| e.field == "event" && e.start < at.end && at.start < e.end);
        let over: Vec<&IncidentFields> = self.parsed.incidents.iter().map(|i| &i.fields).filter(|f| supports(f)).collect();
        if row.means == "none" {
            return expect(over.is_empty(), || format!("found {}", listed(over.iter().map(|f| &f.notes))));
        }
        let wrong = |fields: &&IncidentFields| row.means.split(" · ").filter_map(|part| wrong_part(fields, part)).collect::<Vec<_>>();
        let best = over.iter().map(wrong).min_by_key(Vec::len);
        match best {
            Some(wrong) if wrong.is_empty() => Ok(()),
            Some(wrong) => Err(wrong.join("; ")),
            None => Err("no incident hangs on these words".to_owned()),
        }
    }
}

/// What an incident has instead of one part of an answer.
fn wrong_part(fields: &IncidentFields, part: &str) -> Option<String> {
    let (found, is_right) = match part.split_once(' ') {
        _ if ["asserted", "claimed", "denied", "hypothetical", "planned"].contains(&part) => {
            (fields.status.to_owned(), fields.status == part)
        }
        _ if ["aggregate", "background", "incident"].contains(&part) => (fields.granularity.to_owned(), fields.granularity == part),
        _ if part == "drawn" || part == "not drawn" => {
            let found = if fields.lat.is_some() { "drawn" } else { "not drawn" };
            (found.to_owned(), found == part)
        }
        Some(("killed", n)) => number(fields.killed_low, fields.killed_high, n),
        Some(("injured", n)) => number(fields.harm.injured_low, fields.harm.injured_high, n),
        Some(("abducted", n)) => number(fields.harm.abducted_low, fields.harm.abducted_high, n),
        Some(("at", place)) => {
            let found = fields.gazetteer_id.clone().unwrap_or_else(|| "nowhere".to_owned());
            let is_right = found == place_id(place);
            (found, is_right)
        }
        Some(("by", name)) => {
            let found = listed(fields.actors.iter().map(|a| &a.name));
            (found, fields.actors.iter().any(|a| a.name == name))
        }
        _ if part.starts_with("20") || part == "undated" => {
            let days = fields.date_start.as_deref().zip(fields.date_end.as_deref());
            let found = days.map_or_else(|| "undated".to_owned(), |(start, end)| between(start, end));
            let is_right = found == part;
            (found, is_right)
        }
        _ => (fields.sub_event_type.to_owned(), part.split(" or ").any(|p| p == fields.sub_event_type || p == fields.event_type)),
    };
    (!is_right).then(|| format!("{found} instead of {part}"))
}

fn number(low: Option<u32>, high: Option<u32>, expected: &str) -> (String, bool) {
    let found = range(low, high);
    let is_right = found == expected;
    (found, is_right)
}

/// `50`, `3–10`, `200–` without an upper end, `none`.
fn range(low: Option<u32>, high: Option<u32>) -> String {
    match (low, high) {
        (None, None) => "none".to_owned(),
        (low, high) if low == high => low.map(|n| n.to_string()).unwrap_or_default(),
        (low, high) => format!("{}–{}", low.map(|n| n.to_string()).unwrap_or_default(), high.map(|n| n.to_string()).unwrap_or_default()),
    }
}

fn between(start: &str, end: &str) -> String {
    if start == end { start.to_owned() } else { format!("{start}..{end}") }
}

/// `geonames:2457163` of `Gao, geonames:2457163`.
fn place_id(means: &str) -> &str {
    means.rsplit(", ").next().unwrap_or(means)
}

fn span(bytes: &Range<u32>) -> Span {
    Span { start: bytes.start, end: bytes.end }
}

/// Metres and degrees of `12 km N`.
fn distance_and_bearing(way: &str) -> (f64, f64) {
    const WINDS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    let (distance, wind) = way.split_once(" km ").unwrap_or_else(|| panic!("«{way}» is not `12 km N`"));
    let bearing = WINDS.iter().position(|w| *w == wind).unwrap_or_else(|| panic!("«{wind}» is no direction"));
    (distance.parse::<f64>().unwrap() * 1e3, bearing as f64 * 45.0)
}

fn listed(words: impl Iterator<Item = impl std::fmt::Display>) -> String {
    let all: Vec<String> = words.map(|w| w.to_string()).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
}
