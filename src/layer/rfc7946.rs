//! Whether a text is GeoJSON to the letter of RFC 7946, and as this house writes it: validators take clockwise rings, `crs` and boxes that
//! do not hold what they say.
//!
//! Beyond the standard: at most seven decimals (§11.2 speaks of six), nothing at 0, 0, no empty coordinates, no identifier twice.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeojsonFault {
    /// A JSON pointer (RFC 6901): `/features/3/geometry/coordinates/0`.
    pub at: String,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: &'static str,
}

/// Seven decimals are a centimetre.
const MOST_DECIMALS: usize = 7;
/// A box may miss what it holds by what rounding takes away.
const ROUNDING: f64 = 1e-7;
/// Half a turn: no straight line between two positions is longer, so one that seems to be crosses the antimeridian.
const HALF_TURN: f64 = 180.0;

const GEOMETRIES: [&str; 7] = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// All faults of a text: one GeoJSON object, or a sequence of them (RFC 8142).
pub fn geojson_faults(text: &str) -> Vec<GeojsonFault> {
    let mut checker = Checker::default();
    match text.strip_prefix('\u{1E}') {
        Some(sequence) => {
            for (number, part) in sequence.split('\u{1E}').enumerate() {
                checker.text(part, &format!("/{number}"));
            }
        }
        None => checker.text(text, ""),
    }
    checker.faults
}

#[derive(Default)]
struct Checker {
    faults: Vec<GeojsonFault>,
    ids: BTreeSet<String>,
}

impl Checker {
    fn fault(&mut self, at: &str, found: impl Into<String>, expected: &'static str) {
        self.faults.push(GeojsonFault { at: at.to_owned(), found: found.into(), expected });
    }

    fn text(&mut self, text: &str, at: &str) {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.object(&value, at),
            Err(error) => self.fault(at, error.to_string(), "JSON"),
        }
    }

    fn object(&mut self, value: &Value, at: &str) {
        match value["type"].as_str() {
            Some("FeatureCollection") => self.collection(value, at),
            Some("Feature") => self.feature(value, at),
            _ => {
                self.geometry(value, at);
                self.members(value, at, &["geometry", "properties", "features"]);
            }
        }
    }

    fn collection(&mut self, value: &Value, at: &str) {
        self.members(value, at, &["coordinates", "geometries", "geometry", "properties"]);
        let Some(features) = value["features"].as_array() else {
            return self.fault(&format!("{at}/features"), short(&value["features"]), "an array");
        };
        for (number, feature) in features.iter().enumerate() {
            let at = format!("{at}/features/{number}");
            if feature["type"] == "Feature" { self.feature(feature, &at) } else { self.fault(&at, short(&feature["type"]), "a Feature") }
        }
        let positions: Vec<[f64; 2]> = features.iter().flat_map(|feature| positions(&feature["geometry"])).collect();
        self.bbox(value, &positions, at);
    }

    fn feature(&mut self, value: &Value, at: &str) {
        self.members(value, at, &["coordinates", "geometries", "features"]);
        match value.get("id") {
            None => {}
            Some(id @ (Value::String(_) | Value::Number(_))) if self.ids.insert(id.to_string()) => {}
            Some(id @ (Value::String(_) | Value::Number(_))) => {
                self.fault(&format!("{at}/id"), short(id), "an identifier of one feature alone");
            }
            Some(other) => self.fault(&format!("{at}/id"), short(other), "text or a number"),
        }
        match value.get("properties") {
            Some(Value::Object(_) | Value::Null) => {}
            other => self.fault(&format!("{at}/properties"), other.map_or("nothing".to_owned(), short), "an object or null"),
        }
        match value.get("geometry") {
            Some(Value::Null) => {}
            Some(geometry @ Value::Object(_)) => self.geometry(geometry, &format!("{at}/geometry")),
            other => self.fault(&format!("{at}/geometry"), other.map_or("nothing".to_owned(), short), "a geometry or null"),
        }
        self.bbox(value, &positions(&value["geometry"]), at);
    }

    /// Members that would make an object two things at once (§7.1), and what the standard took out.
    fn members(&mut self, value: &Value, at: &str, refused: &[&str]) {
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            if refused.contains(&name.as_str()) {
                self.fault(&format!("{at}/{name}"), format!("«{name}»"), "no member of another type of object");
            } else if name == "crs" {
                self.fault(&format!("{at}/crs"), "«crs»", "WGS 84, of which nothing is said");
            }
        }
    }

    fn geometry(&mut self, value: &Value, at: &str) {
        self.members(value, at, &["geometry", "properties", "features"]);
        let kind = value["type"].as_str().unwrap_or_default();
        if !GEOMETRIES.contains(&kind) {
            return self.fault(&format!("{at}/type"), short(&value["type"]), "a type of GeoJSON, as it is written there");
        }
        if kind == "GeometryCollection" {
            let Some(parts) = value["geometries"].as_array() else {
                return self.fault(&format!("{at}/geometries"), short(&value["geometries"]), "an array");
            };
            for (number, part) in parts.iter().enumerate() {
                let at = format!("{at}/geometries/{number}");
                if part["type"] == "GeometryCollection" {
                    self.fault(&at, "a GeometryCollection in another", "geometries that are none");
                }
                self.geometry(part, &at);
            }
        } else {
            let at = format!("{at}/coordinates");
            match kind {
                "Point" => self.position(&value["coordinates"], &at),
                "MultiPoint" => self.each(&value["coordinates"], &at, Self::position),
                "LineString" => self.line(&value["coordinates"], &at),
                "MultiLineString" => self.each(&value["coordinates"], &at, Self::line),
                "Polygon" => self.rings(&value["coordinates"], &at),
                _ => self.each(&value["coordinates"], &at, Self::rings),
            }
        }
        self.bbox(value, &positions(value), at);
    }

    fn each(&mut self, value: &Value, at: &str, check: impl Fn(&mut Self, &Value, &str)) {
        match value.as_array().map(Vec::as_slice) {
            None | Some([]) => self.fault(at, short(value), "an array with something in it"),
            Some(parts) => parts.iter().enumerate().for_each(|(number, part)| check(self, part, &format!("{at}/{number}"))),
        }
    }

    fn position(&mut self, value: &Value, at: &str) {
        let numbers: Option<Vec<f64>> = value.as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
        let Some([lon, lat, rest @ ..]) = numbers.as_deref() else {
            return self.fault(at, short(value), "longitude and latitude");
        };
        if rest.len() > 1 {
            self.fault(at, format!("{} numbers", rest.len() + 2), "two or three");
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            self.fault(at, short(value), "degrees of WGS 84, longitude first");
        }
        if *lon == 0.0 && *lat == 0.0 {
            self.fault(at, "0, 0", "a place; what is not known has no geometry");
        }
        let decimals = |number: &f64| number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if [lon, lat].into_iter().any(|number| decimals(number) > MOST_DECIMALS) {
            self.fault(at, short(value), "seven decimals at most");
        }
    }

    fn line(&mut self, value: &Value, at: &str) {
        self.each(value, at, Self::position);
        let points = pairs(value);
        if points.len() < 2 {
            self.fault(at, format!("{} positions", points.len()), "two or more");
        }
        for (number, step) in points.windows(2).enumerate() {
            if let [a, b] = step
                && (a[0] - b[0]).abs() > HALF_TURN
            {
                self.fault(&format!("{at}/{number}"), format!("from {} to {}", a[0], b[0]), "parts cut at the antimeridian");
            }
        }
    }

    fn rings(&mut self, value: &Value, at: &str) {
        self.each(value, at, Self::line);
        for (number, ring) in value.as_array().into_iter().flatten().enumerate() {
            let (at, points) = (format!("{at}/{number}"), pairs(ring));
            if points.len() < 4 {
                self.fault(&at, format!("{} positions", points.len()), "a ring of four or more");
            } else if points.first() != points.last() {
                self.fault(&at, "an end that is not the beginning", "a closed ring");
            } else if (doubled_area(&points) > 0.0) != (number == 0) {
                let expected = if number == 0 { "the outer ring counter-clockwise" } else { "holes clockwise" };
                self.fault(&at, if number == 0 { "clockwise" } else { "counter-clockwise" }, expected);
            }
        }
    }

    fn bbox(&mut self, value: &Value, positions: &[[f64; 2]], at: &str) {
        let Some(given) = value.get("bbox") else { return };
        let at = format!("{at}/bbox");
        let numbers: Option<Vec<f64>> = given.as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
        let [west, south, east, north] = match numbers.as_deref() {
            Some([west, south, east, north] | [west, south, _, east, north, _]) => [*west, *south, *east, *north],
            _ => return self.fault(&at, short(given), "west, south, east, north"),
        };
        if south > north || [south, north].iter().any(|lat| lat.abs() > 90.0) || [west, east].iter().any(|lon| lon.abs() > 180.0) {
            return self.fault(&at, short(given), "west, south, east, north in degrees");
        }
        let holds = |[lon, lat]: &[f64; 2]| {
            let (after_west, before_east) = (*lon >= west - ROUNDING, *lon <= east + ROUNDING);
            let is_between = if west <= east { after_west && before_east } else { after_west || before_east };
            is_between && *lat >= south - ROUNDING && *lat <= north + ROUNDING
        };
        if let Some(out) = positions.iter().find(|position| !holds(position)) {
            self.fault(&at, format!("{} without {out:?}", short(given)), "a box around all that it is of");
        }
    }
}

/// Twice the area within a ring; negative when it runs clockwise.
fn doubled_area(points: &[[f64; 2]]) -> f64 {
    points.windows(2).map(|w| if let [a, b] = w { a[0] * b[1] - b[0] * a[1] } else { 0.0 }).sum()
}

fn pair(value: &Value) -> Option<[f64; 2]> {
    Some([value.get(0)?.as_f64()?, value.get(1)?.as_f64()?])
}

fn pairs(value: &Value) -> Vec<[f64; 2]> {
    value.as_array().into_iter().flatten().filter_map(pair).collect()
}

/// All positions of a geometry.
fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn gather(value: &Value, out: &mut Vec<[f64; 2]>) {
        match pair(value) {
            Some(position) => out.push(position),
            None => value.as_array().into_iter().flatten().for_each(|part| gather(part, out)),
        }
    }
    let mut out = Vec::new();
    gather(&geometry["coordinates"], &mut out);
    geometry["geometries"].as_array().into_iter().flatten().for_each(|part| out.extend(positions(part)));
    out
}

fn short(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    if text.chars().count() > MOST { text.chars().take(MOST).collect::<String>() + "…" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, &'static str)> {
        geojson_faults(text).into_iter().map(|fault| (fault.at, fault.expected)).collect()
    }

    #[test]
    fn what_is_as_it_should_be_has_no_faults() {
        for text in [
            r#"{"type":"Point","coordinates":[-0.04,16.27]}"#,
            r#"{"type":"FeatureCollection","bbox":[-0.04,16.27,1,17],"links":[],"features":[
                {"type":"Feature","id":"a","geometry":{"type":"MultiPoint","coordinates":[[-0.04,16.27],[1,17,300]]},"properties":{}},
                {"type":"Feature","id":"b","geometry":null,"properties":null}]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0.5],[4,0.5],[4,4],[0,4],[0,0.5]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}"#,
            r#"{"type":"MultiPolygon","bbox":[179,-1,-179,1],"coordinates":[[[[179,-1],[180,-1],[180,1],[179,1],[179,-1]]],
                [[[-180,-1],[-179,-1],[-179,1],[-180,1],[-180,-1]]]]}"#,
            "\u{1E}{\"type\":\"Feature\",\"id\":1,\"geometry\":null,\"properties\":{}}\n\u{1E}{\"type\":\"Feature\",\"id\":2,\"geometry\":null,\"properties\":{}}\n",
        ] {
            assert_eq!(faults(text), [], "{text}");
        }
    }

    #[test]
    fn every_fault_is_found_where_it_is() {
        let feature = |members: &str| format!("{{\"type\":\"Feature\",{members}}}");
        for (text, at) in [
            ("{", ""),
            (r#"{"type":"point","coordinates":[1,2]}"#, "/type"),
            (r#"{"type":"Point","coordinates":[]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[1]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":["1","2"]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[1,2,3,4]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[16,181]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[0,0]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[1.12345678,2]}"#, "/coordinates"),
            (r#"{"type":"Point","coordinates":[1,2],"crs":{"type":"name"}}"#, "/crs"),
            (r#"{"type":"Point","coordinates":[1,2],"properties":{}}"#, "/properties"),
            (r#"{"type":"LineString","coordinates":[[1,2]]}"#, "/coordinates"),
            (r#"{"type":"LineString","coordinates":[[179,2],[-179,2]]}"#, "/coordinates/0"),
            (r#"{"type":"Polygon","coordinates":[[[1,1],[1,2],[2,2],[1,1]]]}"#, "/coordinates/0"),
            (r#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]}"#, "/coordinates/0"),
            (r#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[1,1]]]}"#, "/coordinates/0"),
            (r#"{"type":"Polygon","coordinates":[[[1,1],[9,1],[9,9],[1,1]],[[5,3],[6,3],[6,4],[5,3]]]}"#, "/coordinates/1"),
            (r#"{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}"#, "/geometries/0"),
            (r#"{"type":"Point","coordinates":[1,2],"bbox":[0,0,1]}"#, "/bbox"),
            (r#"{"type":"Point","coordinates":[1,2],"bbox":[0,3,2,1]}"#, "/bbox"),
            (r#"{"type":"Point","coordinates":[1,2],"bbox":[1.5,0,3,4]}"#, "/bbox"),
            (&feature(r#""geometry":null"#), "/properties"),
            (&feature(r#""properties":{}"#), "/geometry"),
            (&feature(r#""geometry":null,"properties":[]"#), "/properties"),
            (&feature(r#""id":{},"geometry":null,"properties":{}"#), "/id"),
            (&feature(r#""coordinates":[1,2],"geometry":null,"properties":{}"#), "/coordinates"),
            (r#"{"type":"FeatureCollection"}"#, "/features"),
            (r#"{"type":"FeatureCollection","features":[{"type":"Point","coordinates":[1,2]}]}"#, "/features/0"),
            (r#"{"type":"FeatureCollection","properties":{},"features":[]}"#, "/properties"),
        ] {
            let found = faults(text);
            assert!(found.iter().any(|(place, _)| place == at), "{text}: expected a fault at «{at}», found {found:?}");
        }
        let twice =
            format!("{{\"type\":\"FeatureCollection\",\"features\":[{0},{0}]}}", feature(r#""id":"a","geometry":null,"properties":{}"#));
        assert_eq!(faults(&twice), [("/features/1/id".to_owned(), "an identifier of one feature alone")]);
    }
}
