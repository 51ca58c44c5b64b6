//! The user's own places: checked, laid over the gazetteer, and at once seen in the reports that name them.

use std::collections::BTreeMap;

use geo::{Distance, Haversine, Point};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::gazetteer::row::Row;
use crate::gazetteer::{Gazetteer, Place, load, names};
use crate::layer;
use crate::store::{Entry, Item, Kept, PlaceRow, Store, short_hash};
use crate::text::fold::fold_phrase;

use super::read::{entry, fingerprint};

/// Two places of one name nearer than this are asked about: villages of one name in one commune exist, but are rare.
const NEAR_DUPLICATE_M: f64 = 10_000.0;
/// Farther from any known place than this the country is not guessed.
const NEAREST_M: f64 = 150_000.0;
const MAX_NAMES: usize = 50;
const MAX_NAME_CHARS: usize = 120;
const MAX_NOTE_CHARS: usize = 2_000;

/// A place as the user gives it.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as the published fields of a place")]
pub struct NewPlace {
    pub name: String,
    /// Language code (may be empty) and name.
    pub names: Vec<(String, String)>,
    pub lon: f64,
    pub lat: f64,
    pub feature: String,
    /// Taken from the nearest known place when absent.
    pub country: Option<String>,
    /// Name or GeoNames code; taken from the nearest known place when absent.
    pub admin1: Option<String>,
    pub radius_m: Option<u32>,
    pub note: String,
}

/// What a change of the places changed in the reports.
///
/// `{"reports_read":2,"mentions_resolved":3,"incidents_moved":1,"incidents_added":0,"incidents_removed":0}`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Changed {
    pub reports_read: usize,
    /// Mentions that mean another place than before.
    pub mentions_resolved: usize,
    pub incidents_moved: usize,
    pub incidents_added: usize,
    pub incidents_removed: usize,
}

/// A known place of the same name nearby. `{"id":"geonames:1","name":"Gao","lat":16.3,"lon":-0.04,"distance_m":1200}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct NearDuplicate {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub distance_m: u32,
}

/// A saved place and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The place as kept.
    pub place: PlaceRow,
    /// What changed in the reports.
    pub changed: Changed,
    /// Known places of the same name nearby; saved all the same.
    pub near_duplicates: Vec<NearDuplicate>,
}

/// The gazetteer with the store's places over it.
///
/// # Errors
/// [`Error::Store`], or [`Error::Line`] when a kept row was damaged.
pub fn overlaid(base: &Gazetteer, store: &Store) -> Result<Gazetteer> {
    laid_over(base, store.places()?.into_iter().map(|p| p.row).collect())
}

fn laid_over(base: &Gazetteer, rows: Vec<Row>) -> Result<Gazetteer> {
    if rows.is_empty() { Ok(base.clone()) } else { Ok(base.with(load::table("the user's places", rows)?)) }
}

/// Saves a place and reads the reports that name it again.
///
/// # Errors
/// [`Error::Value`] for a value that cannot be used, [`Error::Store`]; nothing is changed then.
pub fn add_place(store: &mut Store, base: &Gazetteer, new: NewPlace, now: &str, who: &str) -> Result<Saved> {
    let before = overlaid(base, store)?;
    let row = checked(new.clone(), &before)?;
    let mut rows: Vec<Row> = store.places()?.into_iter().map(|p| p.row).filter(|r| r.id != row.id).collect();
    rows.push(row.clone());
    let after = laid_over(base, rows)?;
    let near_duplicates = near_duplicates(&row, &before);
    let (entries, changed) = read_again(store, &row, &after)?;
    let feature = layer::written(&layer::place_feature(&row, &new.note, now, &after));
    let place = PlaceRow { row, note: new.note, created: now.to_owned(), feature };
    store.add_place(&place, &entries, &fingerprint(&after), who)?;
    Ok(Saved { place, changed, near_duplicates })
}

/// Takes a place out of use and reads the reports that name it again; `None` when there is no such place.
///
/// # Errors
/// [`Error::Store`]; nothing is changed then.
pub fn retire_place(store: &mut Store, base: &Gazetteer, id: &str, now: &str, who: &str) -> Result<Option<Changed>> {
    let (retired, rest): (Vec<Row>, Vec<Row>) = store.places()?.into_iter().map(|p| p.row).partition(|r| r.id == id);
    let Some(row) = retired.first() else { return Ok(None) };
    let after = laid_over(base, rest)?;
    let (entries, changed) = read_again(store, row, &after)?;
    store.retire_place(id, now, &entries, &fingerprint(&after), who)?;
    Ok(Some(changed))
}

fn read_again(store: &Store, row: &Row, gazetteer: &Gazetteer) -> Result<(Vec<Entry>, Changed)> {
    let keys: Vec<String> = names::keys(row).into_iter().map(|(key, _)| key).collect();
    let entries: Vec<Entry> = store.reports_naming(&keys)?.iter().map(|report| entry(report, gazetteer)).collect();
    let mut changed = Changed { reports_read: entries.len(), ..Changed::default() };
    for entry in &entries {
        let id = &entry.report.report.id;
        let now = |items: &[Item]| -> Vec<Kept> {
            items.iter().map(|i| Kept { id: i.id.clone(), place_id: i.place_id.clone(), bbox: i.bbox }).collect()
        };
        let mentions = differences(&store.kept("mentions", id)?, &now(&entry.mentions), |a, b| a.place_id != b.place_id);
        let incidents = differences(&store.kept("incidents", id)?, &now(&entry.incidents), |a, b| a.bbox != b.bbox);
        changed.mentions_resolved += mentions.differing + mentions.added_with_place;
        changed.incidents_moved += incidents.differing;
        changed.incidents_added += incidents.added;
        changed.incidents_removed += incidents.removed;
    }
    Ok((entries, changed))
}

#[derive(Default)]
struct Differences {
    differing: usize,
    added: usize,
    added_with_place: usize,
    removed: usize,
}

fn differences(before: &[Kept], after: &[Kept], differ: impl Fn(&Kept, &Kept) -> bool) -> Differences {
    let mut old: BTreeMap<&str, &Kept> = before.iter().map(|k| (k.id.as_str(), k)).collect();
    let mut out = Differences::default();
    for item in after {
        if let Some(was) = old.remove(item.id.as_str()) {
            out.differing += usize::from(differ(was, item));
        } else {
            out.added += 1;
            out.added_with_place += usize::from(item.place_id.is_some());
        }
    }
    out.removed = old.len();
    out
}

/// The user's place as a gazetteer row, or the first value that cannot be used.
fn checked(new: NewPlace, gazetteer: &Gazetteer) -> Result<Row> {
    let name = line("name", &new.name)?;
    if !(new.lon.abs() <= 180.0 && new.lat.abs() <= 90.0) || (new.lon == 0.0 && new.lat == 0.0) {
        return Err(Error::value("coordinates", format!("{}, {}", new.lon, new.lat), "longitude and latitude in degrees, not 0,0"));
    }
    if new.names.len() > MAX_NAMES {
        return Err(Error::value("names", format!("{} names", new.names.len()), &format!("at most {MAX_NAMES}")));
    }
    let mut names = Vec::new();
    for (lang, other) in &new.names {
        let is_tag = lang.len() <= 8 && lang.bytes().all(|b| b.is_ascii_lowercase());
        if !is_tag {
            return Err(Error::value("names", lang.as_str(), "a language code such as «ar», or none"));
        }
        let tagged = (lang.clone(), line("names", other)?);
        if !names.contains(&tagged) {
            names.push(tagged);
        }
    }
    let is_code = (2..=6).contains(&new.feature.len()) && new.feature.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_code {
        return Err(Error::value("feature", new.feature, "a GeoNames feature code such as PPL, ADM1, CMP, RGN"));
    }
    if new.radius_m.is_some_and(|r| r == 0 || r > 2_000_000) {
        return Err(Error::value("radius_m", format!("{:?}", new.radius_m), "1 to 2000000 metres"));
    }
    if new.note.chars().count() > MAX_NOTE_CHARS {
        return Err(Error::value("note", "a longer note", &format!("at most {MAX_NOTE_CHARS} characters")));
    }
    let (country, admin1) = units(&new, gazetteer)?;
    let id = identifier(&name, new.lon, new.lat);
    let (lat, lon) = (Some(new.lat), Some(new.lon));
    Ok(Row { id, name, feature: new.feature, country, admin1, lat, lon, radius_m: new.radius_m, names, ..Row::default() })
}

/// A name that can be found again: one line, with letters, without the separators of the row format.
fn line(parameter: &str, name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if fold_phrase(&name).chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Error::value(parameter, format!("«{name}»"), "a name of two letters or more"));
    }
    if name.contains('|') || name.chars().any(char::is_control) || name.chars().count() > MAX_NAME_CHARS {
        return Err(Error::value(parameter, format!("«{name}»"), &format!("at most {MAX_NAME_CHARS} characters, none of them «|»")));
    }
    Ok(name)
}

/// Country and first-level unit: as given, else those of the nearest known place.
fn units(new: &NewPlace, gazetteer: &Gazetteer) -> Result<(String, String)> {
    let point = Point::new(new.lon, new.lat);
    let near = gazetteer
        .places()
        .filter(|p| !p.is_area() && !p.country().is_empty() && new.country.as_deref().is_none_or(|c| c == p.country()))
        .map(|p| (Haversine.distance(point, p.point()), p))
        .filter(|(metres, _)| *metres <= NEAREST_M)
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let nearest = |unit: fn(Place<'_>) -> &str| near.map(|(_, place)| unit(place).to_owned()).unwrap_or_default();
    let country = match &new.country {
        Some(code) if gazetteer.country(code).is_some() => code.clone(),
        Some(code) => return Err(Error::value("country", code.as_str(), "a country's two capital letters (ISO 3166-1)")),
        None => nearest(|p| p.country()),
    };
    let admin1 = match &new.admin1 {
        Some(unit) if gazetteer.admin1(&country, unit).is_some() => unit.clone(),
        Some(unit) => first_level_unit(gazetteer, &country, unit)
            .ok_or_else(|| Error::value("admin1", unit.as_str(), &format!("a first-level unit of {country}, by name or GeoNames code")))?,
        None => nearest(|p| p.admin1()),
    };
    Ok((country, admin1))
}

fn first_level_unit(gazetteer: &Gazetteer, country: &str, name: &str) -> Option<String> {
    let named = gazetteer.by_name(name).into_iter().map(|(place, _)| gazetteer.place(place));
    named.filter(|p| p.feature() == "ADM1" && p.country() == country).map(|p| p.admin1().to_owned()).min()
}

/// The same name at the same spot is the same place, on any machine.
fn identifier(name: &str, lon: f64, lat: f64) -> String {
    format!("user:{}", short_hash(&format!("{name}\t{lon:.5}\t{lat:.5}")))
}

fn near_duplicates(row: &Row, gazetteer: &Gazetteer) -> Vec<NearDuplicate> {
    let point = Point::new(row.lon.unwrap_or_default(), row.lat.unwrap_or_default());
    let names = std::iter::once(&row.name).chain(row.names.iter().map(|(_, name)| name));
    let mut places: Vec<_> = names.flat_map(|name| gazetteer.by_name(name)).map(|(place, _)| place).collect();
    places.sort_unstable();
    places.dedup();
    let mut found: Vec<NearDuplicate> = places
        .into_iter()
        .map(|place| gazetteer.place(place))
        .filter(|p| p.id() != row.id)
        .map(|p| (Haversine.distance(point, p.point()), p))
        .filter(|(metres, _)| *metres <= NEAR_DUPLICATE_M)
        .map(|(metres, p)| NearDuplicate {
            id: p.id(),
            name: p.name().to_owned(),
            lat: p.lat(),
            lon: p.lon(),
            distance_m: metres.round() as u32,
        })
        .collect();
    found.sort_by_key(|d| (d.distance_m, d.id.clone()));
    found
}
