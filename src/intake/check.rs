//! A place as a user gives it, checked value by value; the first that cannot be used is refused.

use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, Place, containment};
use crate::store::{PlaceName, PlaceRecord, class_of, short_hash};
use crate::text::fold::fold_phrase;

use super::near::nearest;

const MAX_NAMES: usize = 50;
const MAX_NAME_CHARS: usize = 120;
const MAX_NOTE_CHARS: usize = 2_000;
const MAX_RADIUS_M: u32 = 2_000_000;
/// Corners of an outline: more than a border drawn by hand has, and a megabyte at most.
const MAX_CORNERS: usize = 20_000;
/// GeoNames feature classes.
const CLASSES: &str = "AHLPRSTUV";

/// A place as the user gives it.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as the published fields of a place")]
pub struct NewPlace {
    pub name: String,
    pub names: Vec<PlaceName>,
    pub lon: f64,
    pub lat: f64,
    /// One letter; that of the feature code when empty.
    pub class: String,
    pub feature: String,
    /// That in whose outline the point lies, or of the nearest known place, when absent.
    pub country: Option<String>,
    /// Name or GeoNames code; taken from the nearest known place when absent.
    pub admin1: Option<String>,
    /// GeoNames codes, taken as they are; that of the first level gives way when `admin1` names another unit.
    pub admin1_code: String,
    pub admin2_code: String,
    pub parent: String,
    pub population: Option<u32>,
    pub radius_m: Option<u32>,
    pub outline: Vec<Vec<[f64; 2]>>,
    pub valid_from: String,
    pub valid_to: String,
    pub source: String,
    pub note: String,
}

impl From<&PlaceRecord> for NewPlace {
    /// The place as it is, to be changed.
    fn from(place: &PlaceRecord) -> NewPlace {
        let PlaceRecord { name, names, class, feature, country, parent, outline, valid_from, valid_to, source, note, .. } = place.clone();
        NewPlace {
            name,
            names,
            lon: place.lon,
            lat: place.lat,
            class,
            feature,
            country: Some(country),
            admin1: None,
            admin1_code: place.admin1.clone(),
            admin2_code: place.admin2.clone(),
            parent,
            population: place.population,
            radius_m: place.radius_m,
            outline,
            valid_from,
            valid_to,
            source,
            note,
        }
    }
}

/// The user's place as a record without who and when, or the first value that cannot be used.
///
/// # Errors
/// [`Error::Value`].
pub(super) fn checked(new: NewPlace, gazetteer: &Gazetteer) -> Result<PlaceRecord> {
    let name = line("name", &new.name)?;
    position("coordinates", [new.lon, new.lat])?;
    if new.lon == 0.0 && new.lat == 0.0 {
        return Err(Error::value("coordinates", "0, 0", "the place's own longitude and latitude"));
    }
    let is_code = (2..=6).contains(&new.feature.len()) && new.feature.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_code {
        return Err(Error::value("feature", new.feature, "a GeoNames feature code such as PPL, ADM1, CMP, RGN"));
    }
    let class = if new.class.is_empty() { class_of(&new.feature).to_owned() } else { new.class.clone() };
    if class.len() != 1 || !CLASSES.contains(&class) {
        return Err(Error::value("class", class, &format!("one of the letters {CLASSES}")));
    }
    if new.radius_m.is_some_and(|r| r == 0 || r > MAX_RADIUS_M) {
        return Err(Error::value("radius_m", format!("{:?}", new.radius_m), &format!("1 to {MAX_RADIUS_M} metres")));
    }
    for (parameter, text) in [("note", &new.note), ("source", &new.source)] {
        if text.chars().count() > MAX_NOTE_CHARS {
            return Err(Error::value(parameter, "a longer text", &format!("at most {MAX_NOTE_CHARS} characters")));
        }
    }
    if !new.parent.is_empty() && !is_id(&new.parent) {
        return Err(Error::value("parent", new.parent, "the id of a place, «geonames:2457163»"));
    }
    outline(&new.outline)?;
    validity(&new)?;
    let names = names(&new.names)?;
    let (country, admin1) = units(&new, gazetteer)?;
    let id = identifier(&name, new.lon, new.lat);
    let NewPlace { lon, lat, feature, admin2_code: admin2, parent, population, radius_m, outline, .. } = new;
    let NewPlace { valid_from, valid_to, source, note, .. } = new;
    // Seven decimals are a centimetre, and what is published.
    let short = |degrees: f64| (degrees * 1e7).round() / 1e7 + 0.0;
    let outline = outline.into_iter().map(|ring| ring.into_iter().map(|corner| corner.map(short)).collect()).collect();
    let (lon, lat) = (short(lon), short(lat));
    Ok(PlaceRecord {
        id,
        name,
        names,
        class,
        feature,
        country,
        admin1,
        admin2,
        parent,
        lon,
        lat,
        population,
        radius_m,
        outline,
        valid_from,
        valid_to,
        source,
        note,
        ..PlaceRecord::default()
    })
}

fn position(parameter: &str, [lon, lat]: [f64; 2]) -> Result<()> {
    if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        return Ok(());
    }
    Err(Error::value(parameter, format!("{lon}, {lat}"), "longitude and latitude in degrees"))
}

fn names(given: &[PlaceName]) -> Result<Vec<PlaceName>> {
    if given.len() > MAX_NAMES {
        return Err(Error::value("names", format!("{} names", given.len()), &format!("at most {MAX_NAMES}")));
    }
    let mut out: Vec<PlaceName> = Vec::new();
    for name in given {
        let is_tag = name.lang.len() <= 11 && name.lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_tag {
            return Err(Error::value("names", name.lang.as_str(), "a language code such as «ar», or none"));
        }
        let checked = PlaceName { name: line("names", &name.name)?, ..name.clone() };
        if !out.contains(&checked) {
            out.push(checked);
        }
    }
    Ok(out)
}

fn outline(rings: &[Vec<[f64; 2]>]) -> Result<()> {
    if rings.iter().map(Vec::len).sum::<usize>() > MAX_CORNERS {
        return Err(Error::value("outline", "more corners", &format!("at most {MAX_CORNERS}")));
    }
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(Error::value("outline", "an open ring", "rings of four or more corners, the last as the first"));
        }
        ring.iter().try_for_each(|corner| position("outline", *corner))?;
    }
    Ok(())
}

/// Days, months or years; the first not after the last.
fn validity(new: &NewPlace) -> Result<()> {
    for (parameter, text) in [("valid_from", &new.valid_from), ("valid_to", &new.valid_to)] {
        let whole = match text.len() {
            0 => continue,
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.clone(),
        };
        if whole.parse::<jiff::civil::Date>().is_err() {
            return Err(Error::value(parameter, text.as_str(), "a day, month or year: 2023-03-13, 2023-03, 2023"));
        }
    }
    let (from, to) = (&new.valid_from, &new.valid_to);
    let shared = from.len().min(to.len());
    if from.get(..shared) > to.get(..shared) {
        return Err(Error::value("valid_to", to.as_str(), &format!("not before {from}")));
    }
    Ok(())
}

/// A name that can be found again: one line, with letters, without the sign that separates names in tables.
fn line(parameter: &str, name: &str) -> Result<String> {
    let has_control = name.chars().any(char::is_control);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if fold_phrase(&name).chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Error::value(parameter, format!("«{name}»"), "a name of two letters or more"));
    }
    if has_control || name.contains('|') || name.chars().count() > MAX_NAME_CHARS {
        let expected = format!("one line of at most {MAX_NAME_CHARS} characters, none of them «|»");
        return Err(Error::value(parameter, format!("«{name}»"), &expected));
    }
    Ok(name)
}

/// `namespace:identifier`, of signs that an address can hold.
pub(super) fn is_id(id: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '~');
    id.len() <= 200 && id.chars().all(is_sign) && id.split_once(':').is_some_and(|(space, rest)| !space.is_empty() && !rest.is_empty())
}

/// Country and first-level unit: as given, else those in whose outline the point lies, else those of the nearest known place.
fn units(new: &NewPlace, gazetteer: &Gazetteer) -> Result<(String, String)> {
    let admin1 = new.admin1.as_deref().filter(|u| *u != new.admin1_code);
    // A country that is given empty is a place of no one country, or one that shall stay as it is.
    let needs_country = new.country.is_none();
    let needs_unit = admin1.is_none() && new.admin1_code.is_empty() && new.country.as_deref() != Some("");
    let near = if needs_country || needs_unit { nearest(new, gazetteer) } else { None };
    // The outline that the point lies in, before the nearest place, which may lie across a border.
    let within = containment::chain(geo::Point::new(new.lon, new.lat));
    let country = match &new.country {
        Some(code) if code.is_empty() || gazetteer.country(code).is_some() => code.clone(),
        Some(code) => return Err(Error::value("country", code.as_str(), "a country's two capital letters (ISO 3166-1)")),
        None => within.map(|w| w.country).or_else(|| near.map(Place::country)).unwrap_or_default().to_owned(),
    };
    let code = new.admin1_code.as_str();
    let named = |code: &str| gazetteer.admin1(&country, code).map(|u| gazetteer.place(u).name());
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    for (parameter, code) in [("admin1_code", code), ("admin2_code", new.admin2_code.as_str())] {
        if code.len() > 40 || !code.bytes().all(is_sign) {
            return Err(Error::value(parameter, code, "a code of letters and digits"));
        }
    }
    let unit = match admin1 {
        None if needs_unit => within
            .filter(|w| w.country == country && gazetteer.admin1(&country, w.admin1).is_some())
            .map(|w| w.admin1)
            .or_else(|| near.filter(|p| p.country() == country).map(Place::admin1))
            .unwrap_or_default()
            .to_owned(),
        None => code.to_owned(),
        Some(unit) if !code.is_empty() && named(code) == Some(unit) => code.to_owned(),
        Some(unit) if named(unit).is_some() => unit.to_owned(),
        Some(unit) => first_level_unit(gazetteer, &country, unit)
            .ok_or_else(|| Error::value("admin1", unit, &format!("a first-level unit of {country}, by name or GeoNames code")))?,
    };
    Ok((country, unit))
}

fn first_level_unit(gazetteer: &Gazetteer, country: &str, name: &str) -> Option<String> {
    let named = gazetteer.by_name(name).into_iter().map(|(place, _)| gazetteer.place(place));
    named.filter(|p| p.feature() == "ADM1" && p.country() == country).map(|p| p.admin1().to_owned()).min()
}

/// The same name at the same spot is the same place, on any machine.
fn identifier(name: &str, lon: f64, lat: f64) -> String {
    format!("user:{}", short_hash(&format!("{name}\t{lon:.5}\t{lat:.5}")))
}
