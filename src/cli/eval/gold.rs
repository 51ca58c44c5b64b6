//! Gold: reports with what people found in them, one JSON object a line.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use super::matching::{Chars, Point};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::recognise::Report;

/// A point counts as inside a named region up to this distance, where the gold says nothing else.
const REGION_TOLERANCE_KM: f64 = 150.0;
/// A place of an incident is right up to this distance.
const PLACE_TOLERANCE_KM: f64 = 20.0;
/// The same where the annotator marked the coordinates as approximate (`"coord_conf":"a"`).
const APPROXIMATE_TOLERANCE_KM: f64 = 40.0;

/// A report with its expectations; a list that is absent was not annotated.
///
/// `{"id":"r1","lang":"en","text":"Clashes in Gao","toponyms":[{"start":11,"end":14,"lat":16.27,"lon":-0.04}],"incidents":[]}`
#[derive(Clone, Debug)]
pub struct Gold {
    /// The report as it is read.
    pub report: Report,
    /// Its language as the gold says, one of ours or not; empty when unsaid.
    pub lang: String,
    /// The place names in it.
    pub toponyms: Option<Vec<GoldToponym>>,
    /// The incidents that it tells.
    pub incidents: Option<Vec<GoldIncident>>,
    /// The class of the event that it tells of (`ASSAULT`, `PROTEST`), in sets that annotate one class a sentence.
    pub class: Option<String>,
    /// Verbs and the places of what they tell of, in sets that ask for those.
    pub asked: Option<GoldScenes>,
}

/// Verbs in a report, and where what they tell of happened: nowhere that the report says, at a place, or at several.
#[derive(Clone, Debug, Default)]
pub struct GoldScenes {
    /// The verbs.
    pub verbs: Vec<Chars>,
    /// The places.
    pub places: Vec<Chars>,
}

/// A place name in a report.
#[derive(Clone, Debug)]
pub struct GoldToponym {
    /// Where it stands.
    pub chars: Chars,
    /// `literal` or `associative`, where that was annotated.
    pub kind: Option<String>,
    /// Where the place lies, where that was annotated.
    pub point: Option<Point>,
    /// What an answer must meet.
    pub level: Level,
}

/// When a located answer is as good as exact.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// The nearer the better.
    Point,
    /// The country with this ISO 3166-1 code, as a country.
    Country(String),
    /// Any point within so many kilometres.
    Region(f64),
}

/// An incident in a report. Units: kilometres, people.
#[derive(Clone, Debug)]
pub struct GoldIncident {
    /// `main`, `background` or `aggregate`.
    pub role: String,
    /// Type and sub-type, then those that would be right too.
    pub types: Vec<(Option<String>, Option<String>)>,
    /// First day, `2022-09-06`.
    pub date_start: Option<String>,
    /// Last day.
    pub date_end: Option<String>,
    /// Name of the event, the same in all reports that tell it; `None`: no other report of the set does.
    pub cluster: Option<String>,
    /// The place by name, for people.
    pub place_name: Option<String>,
    /// Where, also the middle of a region.
    pub middle: Option<Point>,
    /// Who took part.
    pub actors: Vec<String>,
    /// Where, if the place is one that has coordinates.
    pub point: Option<Point>,
    /// How far from there is still right.
    pub tolerance_km: f64,
    /// ISO 3166-1 code.
    pub country: Option<String>,
    /// Fewest and most killed.
    pub killed: Option<(i64, i64)>,
    /// Fewest and most wounded.
    pub injured: Option<(i64, i64)>,
    /// Name of the first-level unit.
    pub admin1: Option<String>,
    /// The figures of single groups; any of them is a right answer.
    pub killed_parts: Vec<(i64, i64)>,
    /// The words that tell it.
    pub evidence: String,
    /// Everywhere that these words stand.
    pub evidence_chars: Vec<Chars>,
}

/// Reads a file line by line; a broken line is an error that names it, and the next line follows.
///
/// # Errors
/// [`Error::File`] if it cannot be opened; each item may be [`Error::Line`], or [`Error::File`] when reading stops.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Result<Gold>> + use<>> {
    let path = path.to_owned();
    let file = File::open(&path).map_err(|source| Error::File { path: path.clone(), source })?;
    let mut ids = BTreeSet::new();
    let mut has_failed = false;
    let lines = BufReader::new(file).split(b'\n').enumerate().map_while(move |(index, line)| match line {
        _ if has_failed => None,
        Ok(line) if line.trim_ascii().is_empty() => Some(None),
        Ok(line) => Some(Some(of_line(&path, index + 1, &line, &mut ids))),
        Err(source) => {
            has_failed = true;
            Some(Some(Err(Error::File { path: path.clone(), source })))
        }
    });
    Ok(lines.flatten())
}

fn of_line(path: &Path, number: usize, line: &[u8], ids: &mut BTreeSet<String>) -> Result<Gold> {
    let broken = |found: String, expected: &str| Error::Line {
        file: path.display().to_string(),
        line: number,
        found,
        expected: expected.to_owned(),
    };
    let value: Value = serde_json::from_slice(line).map_err(|error| broken(error.to_string(), "a JSON object"))?;
    let gold = Gold::of(&value).map_err(|found| broken(found, "a gold report"))?;
    let is_new = ids.insert(gold.report.id.clone());
    if is_new { Ok(gold) } else { Err(broken(format!("id {} again", gold.report.id), "each id once")) }
}

impl Gold {
    /// From one object of a gold file.
    ///
    /// # Errors
    /// What was found instead.
    pub fn of(value: &Value) -> std::result::Result<Gold, String> {
        let id = match &value["id"] {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            other => return Err(format!("id {other}")),
        };
        let text = string(value, "text").ok_or_else(|| format!("no text in report {id}"))?;
        let lang = string(value, "lang").unwrap_or_default();
        let published = match string(value, "published") {
            None => None,
            Some(day) => Some(day.parse().map_err(|error| format!("published {day}: {error}"))?),
        };
        let toponyms = list(value, "toponyms").map(|all| all.iter().map(GoldToponym::of).collect()).transpose()?;
        let incidents = list(value, "incidents").map(|all| all.iter().map(|one| GoldIncident::of(one, &text)).collect()).transpose()?;
        let report = Report {
            id,
            text,
            lang: Lang::from_code(&lang),
            title: string(value, "title"),
            published,
            source: string(value, "source"),
            url: string(value, "url"),
            ..Report::default()
        };
        let class = list(value, "events").and_then(|_| string(value, "category"));
        let spans = |field: &str| list(value, field).into_iter().flatten().filter_map(chars).collect();
        let asked = list(value, "event_verb").map(|_| GoldScenes { verbs: spans("event_verb"), places: spans("locations") });
        Ok(Gold { report, lang, toponyms, incidents, class, asked })
    }
}

impl GoldToponym {
    fn of(value: &Value) -> std::result::Result<GoldToponym, String> {
        let level = match (value["level"].as_str(), string(value, "country")) {
            (Some("country"), Some(code)) => Level::Country(code.to_uppercase()),
            (Some("region"), _) => Level::Region(value["tol_km"].as_f64().unwrap_or(REGION_TOLERANCE_KM)),
            _ => Level::Point,
        };
        let chars = chars(value).ok_or_else(|| format!("toponym {value}"))?;
        Ok(GoldToponym { chars, kind: string(value, "kind"), point: point(value), level })
    }
}

impl GoldIncident {
    fn of(value: &Value, text: &str) -> std::result::Result<GoldIncident, String> {
        let killed = match &value["killed"] {
            Value::Null => None,
            Value::Array(range) if range.is_empty() => None,
            range => Some(pair(&range[0], &range[1]).ok_or_else(|| format!("killed {range}"))?),
        };
        let parts = list(value, "killed_detail").into_iter().flatten();
        let parts = parts.filter(|part| part.as_array().is_some_and(|part| part.len() == 3));
        let evidence = string(value, "evidence").unwrap_or_default();
        let is_place = matches!(value["place_kind"].as_str(), Some("p" | "o"));
        let is_approximate = value["coord_conf"] == "a";
        Ok(GoldIncident {
            role: string(value, "role").unwrap_or_default(),
            types: types(value),
            date_start: string(value, "date_start"),
            date_end: string(value, "date_end"),
            cluster: string(value, "cluster"),
            place_name: string(value, "place_name"),
            middle: point(value),
            actors: list(value, "actors").into_iter().flatten().filter_map(|a| a.as_str().map(str::to_owned)).collect(),
            point: point(value).filter(|_| is_place),
            tolerance_km: if is_approximate { APPROXIMATE_TOLERANCE_KM } else { PLACE_TOLERANCE_KM },
            country: string(value, "country_iso2").map(|code| code.to_uppercase()),
            killed,
            injured: match &value["injured"] {
                Value::Array(range) if range.len() == 2 => pair(&range[0], &range[1]),
                _ => None,
            },
            admin1: string(value, "admin1"),
            killed_parts: parts.filter_map(|part| pair(&part[1], &part[2])).collect(),
            evidence_chars: occurrences(text, &evidence),
            evidence,
        })
    }
}

/// The annotated type, then the alternatives; «type/sub-type» is cut at its first slash, as the published scores cut it.
fn types(value: &Value) -> Vec<(Option<String>, Option<String>)> {
    let mut types = vec![(string(value, "event_type"), string(value, "sub_event_type"))];
    for other in list(value, "alt_types").into_iter().flatten().filter_map(Value::as_str) {
        let (kind, sub_type) = other.split_once('/').unwrap_or((other, ""));
        let sub_type = sub_type.trim();
        types.push((Some(kind.trim().to_owned()), (!sub_type.is_empty()).then(|| sub_type.to_owned())));
    }
    types
}

/// Where `words` stand in `text`, overlapping occurrences too.
fn occurrences(text: &str, words: &str) -> Vec<Chars> {
    let (text, words): (Vec<char>, Vec<char>) = (text.chars().collect(), words.chars().collect());
    if words.is_empty() {
        return Vec::new();
    }
    let starts = text.windows(words.len()).enumerate().filter(|(_, window)| *window == words);
    starts.map(|(start, _)| Chars { start: start as u64, end: (start + words.len()) as u64 }).collect()
}

/// A string field that says something.
pub(super) fn string(value: &Value, field: &str) -> Option<String> {
    value[field].as_str().filter(|said| !said.is_empty()).map(str::to_owned)
}

/// `start` and `end` of an object.
pub(super) fn chars(value: &Value) -> Option<Chars> {
    Some(Chars { start: value["start"].as_u64()?, end: value["end"].as_u64()? })
}

/// `lon` and `lat` of an object.
pub(super) fn point(value: &Value) -> Option<Point> {
    Some(Point { lon: value["lon"].as_f64()?, lat: value["lat"].as_f64()? })
}

/// A list field.
pub(super) fn list<'a>(value: &'a Value, field: &str) -> Option<&'a [Value]> {
    value[field].as_array().map(Vec::as_slice)
}

fn pair(low: &Value, high: &Value) -> Option<(i64, i64)> {
    Some((low.as_i64()?, high.as_i64()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn evidence_is_found_by_code_point_wherever_it_stands() {
        let at = |start, end| Chars { start, end };
        assert_eq!(occurrences("في غاو، ثم في غاو", "غاو"), [at(3, 6), at(14, 17)]);
        assert_eq!(occurrences("aaa", "aa"), [at(0, 2), at(1, 3)]);
        assert!(occurrences("a", "").is_empty() && occurrences("a", "long").is_empty());
    }

    #[test]
    fn levels_are_read_with_their_tolerance() {
        let level = |value: Value| GoldToponym::of(&value).unwrap().level;
        assert_eq!(level(json!({"start": 0, "end": 1, "level": "country", "country": "ml"})), Level::Country("ML".into()));
        assert_eq!(level(json!({"start": 0, "end": 1, "level": "region", "tol_km": 30})), Level::Region(30.0));
        assert_eq!(level(json!({"start": 0, "end": 1, "level": "region"})), Level::Region(REGION_TOLERANCE_KM));
        assert_eq!(level(json!({"start": 0, "end": 1})), Level::Point);
    }

    #[test]
    fn a_broken_line_is_named_and_the_next_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl");
        std::fs::write(
            &path,
            "{\"id\":1,\"text\":\"a\"}\n\n{\"id\":\"2\"}\n{\"id\":\"1\",\"text\":\"b\"}\n{\"id\":\"3\",\"text\":\"c\"}\n",
        )
        .unwrap();
        let lines: Vec<String> = read(&path).unwrap().map(|line| line.map_or_else(|e| e.to_string(), |gold| gold.report.id)).collect();
        assert_eq!((lines.len(), lines[0].as_str(), lines[3].as_str()), (4, "1", "3"));
        assert!(lines[1].contains("gold.jsonl:3: no text in report 2"), "{lines:?}");
        assert!(lines[2].contains(":4: id 1 again"), "{lines:?}");
    }
}
