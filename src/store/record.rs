//! A place of the user with all that is kept about it.

use geo::{LineString, Polygon};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::gazetteer::Place;
use crate::gazetteer::row::{self, Row};
use crate::text::fold::fold_phrase;
/// A place that the user entered, or their version of one that the gazetteer has (then under its id).
///
/// `{"id":"user:0123456789ab","name":"Talataye","names":[{"name":"تلاتاي","lang":"ar","kind":"variant"}],"class":"P","feature":"PPL",
/// "country":"ML","admin1":"09","lon":1.51,"lat":16.53,"source":"","note":"","status":"in use","created":"…","created_by":"page",…}`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named as the published fields of a place")]
pub struct PlaceRecord {
    pub id: String,
    /// Name for display.
    pub name: String,
    pub names: Vec<PlaceName>,
    /// GeoNames feature class, one letter.
    pub class: String,
    /// GeoNames feature code.
    pub feature: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// GeoNames codes, or empty.
    pub admin1: String,
    pub admin2: String,
    /// Identifier of the place that it lies in, or empty.
    pub parent: String,
    pub lon: f64,
    pub lat: f64,
    pub population: Option<u32>,
    pub radius_m: Option<u32>,
    /// Outer ring, then holes; degrees, longitude first, closed.
    pub outline: Vec<Vec<[f64; 2]>>,
    /// First and last day, month or year in which it was there under this record: `2023-03-13`, `2023-03`, `2023`, or empty.
    pub valid_from: String,
    pub valid_to: String,
    /// Where this is known from.
    pub source: String,
    pub note: String,
    pub status: PlaceStatus,
    /// The place that a merged one is under its other names, or empty.
    pub merged_into: String,
    pub created: String,
    pub created_by: String,
    pub modified: String,
    pub modified_by: String,
}

/// A name with the language it is in. `{"name":"تلاتاي","lang":"ar","kind":"preferred"}`
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceName {
    /// The name.
    pub name: String,
    /// Language code, or empty.
    #[serde(default)]
    pub lang: String,
    /// What kind of name it is.
    #[serde(default)]
    pub kind: NameKind,
}

/// What kind of name a name is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "named as published")]
pub enum NameKind {
    Preferred,
    #[default]
    Variant,
    Historic,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [NameKind; 3] = [NameKind::Preferred, NameKind::Variant, NameKind::Historic];

    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            NameKind::Preferred => "preferred",
            NameKind::Variant => "variant",
            NameKind::Historic => "historic",
        }
    }

    /// By its published word.
    pub fn from_label(label: &str) -> Option<NameKind> {
        NameKind::ALL.into_iter().find(|k| k.label() == label)
    }
}

/// Whether a place is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceStatus {
    /// Reports are read with it.
    #[default]
    #[serde(rename = "in use")]
    InUse,
    /// Taken out of use; one of the gazetteer's own is not found any more.
    #[serde(rename = "retired")]
    Retired,
    /// Retired because it is another one.
    #[serde(rename = "merged")]
    Merged,
}

/// The language under which gazetteer rows keep historic names.
const OLD: &str = "old";

impl PlaceRecord {
    /// True when reports are read with it.
    pub fn is_in_use(&self) -> bool {
        self.status == PlaceStatus::InUse
    }

    /// Sixteen hex digits: equal when the record is equal in every field.
    pub fn version(&self) -> String {
        super::hash::version(self)
    }

    /// Its outline, when it has one.
    pub fn polygon(&self) -> Option<Polygon> {
        let mut rings = self.outline.iter().map(|ring| ring.iter().map(|[lon, lat]| (*lon, *lat)).collect::<LineString>());
        let outer = rings.next()?;
        Some(Polygon::new(outer, rings.collect()))
    }

    /// As a gazetteer file would give it.
    pub fn row(&self) -> Row {
        let mut names: Vec<&PlaceName> = self.names.iter().collect();
        names.sort_by_key(|n| n.kind);
        let tagged = |n: &PlaceName| (if n.kind == NameKind::Historic { OLD.to_owned() } else { n.lang.clone() }, n.name.clone());
        Row {
            id: self.id.clone(),
            name: self.name.clone(),
            feature: self.feature.clone(),
            country: self.country.clone(),
            admin1: self.admin1.clone(),
            admin2: self.admin2.clone(),
            lat: Some(self.lat),
            lon: Some(self.lon),
            population: self.population,
            radius_m: self.radius_m,
            names: names.into_iter().map(tagged).collect(),
        }
    }

    /// What is known of a place of the gazetteer, to be changed.
    pub fn of_place(place: Place<'_>) -> PlaceRecord {
        let name = |lang: &str, name: &str| PlaceName { name: name.to_owned(), lang: lang.to_owned(), kind: NameKind::Preferred };
        let names = [name("ar", place.name_ar()), name("fr", place.name_fr())].into_iter().filter(|n| n.name != place.name());
        PlaceRecord {
            id: place.id(),
            name: place.name().to_owned(),
            names: names.collect(),
            class: class_of(place.feature()).to_owned(),
            feature: place.feature().to_owned(),
            country: place.country().to_owned(),
            admin1: place.admin1().to_owned(),
            admin2: place.admin2().to_owned(),
            lon: place.lon(),
            lat: place.lat(),
            population: Some(place.population()).filter(|p| *p > 0),
            radius_m: Some(place.radius_m()),
            source: "gazetteer".to_owned(),
            ..PlaceRecord::default()
        }
    }

    /// The words by which a list of places is searched.
    pub(super) fn folded(&self) -> String {
        let names = self.names.iter().map(|n| n.name.as_str());
        let texts = [self.id.as_str(), &self.name, &self.feature, &self.country, &self.note].into_iter().chain(names);
        fold_phrase(&texts.collect::<Vec<_>>().join("\n"))
    }
}

/// A record from a row as the first stores kept it.
pub(super) fn from_line(line: &str, note: &str, created: &str, is_retired: bool) -> Result<PlaceRecord> {
    let refuse = |found: String, expected: String| Error::Line { file: "places of the store".to_owned(), line: 0, found, expected };
    let row = match row::parse(line) {
        Ok(Some(row)) => row,
        Ok(None) => return Err(refuse("an empty row".to_owned(), "a place".to_owned())),
        Err(fault) => return Err(refuse(fault.found, fault.expected)),
    };
    let name = |(lang, name): (String, String)| {
        let kind = if lang == OLD { NameKind::Historic } else { NameKind::Variant };
        PlaceName { name, lang: if kind == NameKind::Historic { String::new() } else { lang }, kind }
    };
    Ok(PlaceRecord {
        id: row.id,
        name: row.name,
        names: row.names.into_iter().map(name).collect(),
        class: class_of(&row.feature).to_owned(),
        feature: row.feature,
        country: row.country,
        admin1: row.admin1,
        admin2: row.admin2,
        lon: row.lon.unwrap_or_default(),
        lat: row.lat.unwrap_or_default(),
        population: row.population,
        radius_m: row.radius_m,
        note: note.to_owned(),
        status: if is_retired { PlaceStatus::Retired } else { PlaceStatus::InUse },
        created: created.to_owned(),
        created_by: "page".to_owned(),
        ..PlaceRecord::default()
    })
}

/// The GeoNames class of a feature code, by how codes of each class begin.
pub fn class_of(feature: &str) -> &'static str {
    const CLASSES: [(&str, &[&str]); 7] = [
        ("A", &["ADM", "PCL", "TERR", "PRSH", "ZN", "LTER"]),
        ("P", &["PPL", "STLMT"]),
        ("H", &["STM", "LK", "SEA", "OCN", "GULF", "STRT", "WAD", "RSV", "BAY", "CNL", "WLL", "SPNG", "OAS"]),
        ("L", &["RGN", "AREA", "CONT", "LCTY", "PRK", "RESV", "TRB"]),
        ("T", &["MT", "DSRT", "HLL", "ISL", "VAL", "PASS", "PLN", "PLAT", "DUNE", "CAPE", "PK"]),
        ("R", &["RD", "RR", "ST", "TRL"]),
        ("V", &["FRST", "GRSLD", "SCRB"]),
    ];
    CLASSES.iter().find(|(_, starts)| starts.iter().any(|s| feature.starts_with(s))).map_or("S", |(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_first_stores_is_read() {
        let line = "user:1\tTalataye\tPPL\tML\t09\t\t16.53\t-1.5\t\t3000\tar:تلاتاي|:Talatai|old:Talata";
        let record = from_line(line, "a note", "2026-11-21T10:00:00Z", false).unwrap();
        assert_eq!((record.names.len(), record.names[2].kind, record.class.as_str()), (3, NameKind::Historic, "P"));
        let row = row::parse(line).unwrap().unwrap();
        assert_eq!(record.row(), row);
    }

    #[test]
    fn a_version_tells_every_difference() {
        let one = PlaceRecord { id: "user:1".to_owned(), ..PlaceRecord::default() };
        let other = PlaceRecord { note: "x".to_owned(), ..one.clone() };
        assert_ne!(one.version(), other.version());
        assert_eq!(one.version(), one.clone().version());
    }
}
