//! Linked Places 1.3: names with languages and times, types, country codes.
//!
//! **Source** of the format: <https://github.com/LinkedPasts/linked-places-format>.

use serde_json::Value;

use crate::gazetteer::row::{Fault, Row, check};

use super::mapping::fault;
use super::names::{add, language};
use super::{alpha2, shape};

/// Concepts of the Art & Architecture Thesaurus and the GeoNames codes that come nearest.
const CONCEPTS: [(&str, &str); 14] = [
    ("300008347", "PPL"),
    ("300008389", "PPL"),
    ("300008375", "PPL"),
    ("300008372", "PPL"),
    ("300000745", "PPLX"),
    ("300128207", "PCLI"),
    ("300000774", "ADM1"),
    ("300236112", "ADM1"),
    ("300000771", "ADM2"),
    ("300182722", "RGN"),
    ("300008707", "STM"),
    ("300008680", "LK"),
    ("300008795", "MT"),
    ("300008761", "VAL"),
];
/// Classes of GeoNames that say enough for a code.
const CLASSES: [(&str, &str); 4] = [("P", "PPL"), ("A", "ADMD"), ("L", "RGN"), ("T", "MT")];
/// Namespaces whose addresses have a short form.
const SPACES: [(&str, &str); 5] = [
    ("https://www.geonames.org/", "geonames"),
    ("http://www.geonames.org/", "geonames"),
    ("http://sws.geonames.org/", "geonames"),
    ("https://sws.geonames.org/", "geonames"),
    ("gn:", "geonames"),
];

/// True for a feature that has what only Linked Places have.
pub(super) fn is_linked(feature: &Value) -> bool {
    feature.get("names").is_some_and(Value::is_array) || feature.pointer("/properties/title").is_some() && feature.get("@id").is_some()
}

/// A feature as a row.
pub(super) fn place(feature: &Value) -> Result<Row, Fault> {
    let text = |pointer: &str| feature.pointer(pointer).and_then(Value::as_str).unwrap_or_default().trim();
    let id = [text("/@id"), text("/id")].into_iter().find(|id| !id.is_empty()).ok_or_else(|| fault("no @id", "an address in @id"))?;
    let shape = shape::of(feature.get("geometry").unwrap_or(&Value::Null))?;
    let mut row = Row { id: short(id), name: text("/properties/title").to_owned(), feature: code(feature), ..Row::default() };
    if let Some(shape) = shape {
        (row.lon, row.lat, row.radius_m) = (Some(shape.lon), Some(shape.lat), shape.radius_m);
    }
    // A place of several countries is of none.
    let countries = feature.pointer("/properties/ccodes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if let [one] = countries {
        let code = one.as_str().unwrap_or_default();
        alpha2(code).ok_or_else(|| fault(format!("ccodes «{code}»"), "codes of ISO 3166-1"))?.clone_into(&mut row.country);
    }
    let is_past = ended(feature);
    if is_past && row.feature.starts_with("PPL") {
        "PPLH".clone_into(&mut row.feature);
    }
    for name in feature.get("names").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
        let of = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        // «Abbeville/Abbatisvilla» is two names.
        let lang = of("lang").split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let toponym = of("toponym");
        if toponym.is_empty() {
            return Err(fault("a name without toponym", "names[].toponym"));
        }
        let tag = if is_past || ended(name) {
            "old".to_owned()
        } else if lang.is_empty() {
            language(toponym, &row.country).to_owned()
        } else {
            lang
        };
        if row.name.is_empty() {
            toponym.clone_into(&mut row.name);
        }
        add(&mut row, &tag, toponym);
    }
    if row.name.is_empty() {
        return Err(fault("no name", "properties.title or names[].toponym"));
    }
    check(&row)?;
    Ok(row)
}

fn short(id: &str) -> String {
    let known = SPACES.iter().find_map(|(long, space)| Some((space, id.strip_prefix(long)?)));
    match known {
        Some((space, rest)) => format!("{space}:{}", rest.split('/').next().unwrap_or(rest)),
        None if id.contains(':') => id.to_owned(),
        None => format!("lpf:{id}"),
    }
}

/// True when all times that are told have an end.
fn ended(of: &Value) -> bool {
    let spans = of.pointer("/when/timespans").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let has_end = |span: &Value| span.get("end").and_then(Value::as_object).is_some_and(|end| !end.is_empty());
    !spans.is_empty() && spans.iter().all(has_end)
}

/// GeoNames' code by the types, else by the class.
fn code(feature: &Value) -> String {
    let types = feature.get("types").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let by_concept = types.iter().find_map(|t| {
        let identifier = t.get("identifier").and_then(Value::as_str)?;
        let number = identifier.rsplit([':', '/']).next()?;
        CONCEPTS.iter().find(|(concept, _)| *concept == number).map(|(_, code)| *code)
    });
    let listed = feature.pointer("/properties/fclasses").or_else(|| feature.get("fclasses")).and_then(Value::as_array);
    let mut classes = listed.map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    let by_class = classes.find_map(|class| CLASSES.iter().find(|(c, _)| *c == class).map(|(_, code)| *code));
    by_concept.or(by_class).unwrap_or_default().to_owned()
}
