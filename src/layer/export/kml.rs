//! OGC KML 2.2: a Placemark a feature, styled by event type. No picture is asked for from anywhere.

use std::io::{self, Write};

use geo::{Coord, Geometry, LineString, Polygon};
use serde_json::Value;

use super::about::About;
use super::columns::Columns;
use super::row::Row;
use super::shape::shape;
use super::sink::{LeftOut, Sink};

/// Styles by event type: identifier and colour, `aabbggrr`, those of the page.
const STYLES: [(&str, &str, &str); 6] = [
    ("Battles", "battles", "ff1b50c8"),
    ("Explosions/Remote violence", "explosions", "ff009fe6"),
    ("Violence against civilians", "civilians", "ff7f46b3"),
    ("Protests", "protests", "ffb27200"),
    ("Riots", "riots", "ffdca53e"),
    ("Strategic developments", "strategic", "ff739e00"),
];
/// Of what has no event type.
const OTHER: (&str, &str) = ("other", "ff666666");
/// How much of an area's colour covers the map: `aa` of its fill.
const FILL: &str = "40";

/// A document of placemarks. What has no place has a Placemark without geometry: lists show it, maps do not.
pub(super) struct Kml {
    columns: Columns,
    name: &'static str,
    provenance: Value,
}

impl Kml {
    pub(super) fn new(about: &About, format: &str) -> Kml {
        Kml { columns: about.columns.clone(), name: about.collection.name(), provenance: about.provenance(format) }
    }
}

impl Sink for Kml {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{}</name>", self.name)?;
        for (id, colour) in STYLES.iter().map(|(_, id, colour)| (*id, *colour)).chain([OTHER]) {
            let fill = colour.get(2..).unwrap_or_default();
            writeln!(
                out,
                "<Style id=\"{id}\"><IconStyle><color>{colour}</color></IconStyle><LineStyle><color>{colour}</color></LineStyle>\
                 <PolyStyle><color>{FILL}{fill}</color></PolyStyle></Style>"
            )?;
        }
        writeln!(out, "<ExtendedData>{}</ExtendedData>", data("provenance", &self.provenance.to_string()))
    }

    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        writeln!(out, "<Placemark>\n<name>{}</name>", escaped(&name(row)))?;
        let said = description(row);
        if !said.is_empty() {
            writeln!(out, "<description>{}</description>", html(&said))?;
        }
        if let Some([start, end]) = row.days() {
            writeln!(out, "<TimeSpan><begin>{}</begin><end>{}</end></TimeSpan>", escaped(start), escaped(end))?;
        }
        writeln!(out, "<styleUrl>#{}</styleUrl>\n<ExtendedData>", style(row))?;
        for (column, value) in self.columns.iter().zip(self.columns.values(row)) {
            if let Some(value) = value {
                writeln!(out, "{}", data(&column.name, &plain(&value)))?;
            }
        }
        writeln!(out, "</ExtendedData>")?;
        if let Some(shape) = shape(&row.geometry) {
            writeln!(out, "{}", geometry(&shape))?;
        }
        writeln!(out, "</Placemark>")?;
        Ok(None)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</Document>\n</kml>")
    }
}

/// What a list calls it: kind and place of an incident, the words of a mention, the name of a place.
fn name(row: &Row<'_>) -> String {
    let place = row.text_of("place_name").or_else(|| row.text_of("place_surface"));
    match (row.text_of("sub_event_type"), place) {
        (Some(kind), Some(place)) => format!("{kind}, {place}"),
        (Some(kind), None) => kind.to_owned(),
        (None, _) => row.text_of("name").or_else(|| row.text_of("text")).unwrap_or(&row.id).to_owned(),
    }
}

/// The sentence made from the fields, the one of the report, and where it stood.
fn description(row: &Row<'_>) -> String {
    let excerpt = row.get("excerpt").and_then(|e| e["text"].as_str());
    let from: Vec<&str> = ["source", "published", "url"].into_iter().filter_map(|name| row.text_of(name)).collect();
    let parts = [row.text_of("notes").map(str::to_owned), excerpt.map(str::to_owned), Some(from.join(", "))];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn style(row: &Row<'_>) -> &'static str {
    let kind = row.text_of("event_type");
    STYLES.iter().find(|(event, ..)| Some(*event) == kind).map_or(OTHER.0, |(_, id, _)| id)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn data(name: &str, value: &str) -> String {
    format!("<Data name=\"{}\"><value>{}</value></Data>", escaped(name), escaped(value))
}

/// Text as XML wants it. Characters that XML has no place for become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'.. => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// Plain text where KML expects HTML: a report's `<` stays a `<` and is no element, a line feed is a break.
fn html(text: &str) -> String {
    format!("<![CDATA[{}]]>", escaped(text).replace('\n', "<br/>"))
}

fn geometry(shape: &Geometry<f64>) -> String {
    let several = |parts: Vec<String>| format!("<MultiGeometry>{}</MultiGeometry>", parts.concat());
    match shape {
        Geometry::Point(point) => format!("<Point>{}</Point>", coordinates(&[point.0])),
        Geometry::LineString(line) => format!("<LineString>{}</LineString>", coordinates(&line.0)),
        Geometry::Polygon(polygon) => self::polygon(polygon),
        Geometry::MultiPoint(many) => several(many.iter().map(|p| geometry(&(*p).into())).collect()),
        Geometry::MultiLineString(many) => several(many.iter().map(|l| geometry(&l.clone().into())).collect()),
        Geometry::MultiPolygon(many) => several(many.iter().map(self::polygon).collect()),
        Geometry::GeometryCollection(many) => several(many.iter().map(geometry).collect()),
        // `shape` makes none of the others.
        Geometry::Line(line) => geometry(&LineString::from(*line).into()),
        Geometry::Rect(rect) => self::polygon(&rect.to_polygon()),
        Geometry::Triangle(triangle) => self::polygon(&triangle.to_polygon()),
    }
}

fn polygon(polygon: &Polygon) -> String {
    let ring = |side: &str, ring: &LineString| format!("<{side}><LinearRing>{}</LinearRing></{side}>", coordinates(&ring.0));
    let holes: String = polygon.interiors().iter().map(|hole| ring("innerBoundaryIs", hole)).collect();
    format!("<Polygon>{}{holes}</Polygon>", ring("outerBoundaryIs", polygon.exterior()))
}

fn coordinates(coords: &[Coord]) -> String {
    let written: Vec<String> = coords.iter().map(|c| format!("{},{}", c.x, c.y)).collect();
    format!("<coordinates>{}</coordinates>", written.join(" "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_cannot_leave_its_element() {
        assert_eq!(html("a]]><b>\n\u{1}ب"), "<![CDATA[a]]&gt;&lt;b&gt;<br/>\u{FFFD}ب]]>");
        assert_eq!(data("a\"b", "<&"), "<Data name=\"a&quot;b\"><value>&lt;&amp;</value></Data>");
    }

    #[test]
    fn every_geometry_has_a_form() {
        let ring = json!([[0, 0], [4, 0], [4, 4], [0, 0]]);
        let hole = json!([[1, 1], [2, 1], [2, 2], [1, 1]]);
        for (kind, coordinates, expected) in [
            ("Point", json!([-1.5, 2]), "<Point><coordinates>-1.5,2</coordinates></Point>"),
            ("LineString", json!([[1, 2], [3, 4]]), "<LineString><coordinates>1,2 3,4</coordinates></LineString>"),
            (
                "Polygon",
                json!([ring, hole]),
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></outerBoundaryIs>\
                 <innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>",
            ),
            ("MultiPoint", json!([[1, 2]]), "<MultiGeometry><Point><coordinates>1,2</coordinates></Point></MultiGeometry>"),
            (
                "MultiLineString",
                json!([[[1, 2], [3, 4]]]),
                "<MultiGeometry><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>",
            ),
            (
                "MultiPolygon",
                json!([[ring]]),
                "<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing>\
                 </outerBoundaryIs></Polygon></MultiGeometry>",
            ),
        ] {
            let one = json!({"type": kind, "coordinates": coordinates});
            assert_eq!(geometry(&shape(&one).unwrap()), expected);
            let several = json!({"type": "GeometryCollection", "geometries": [one]});
            assert_eq!(geometry(&shape(&several).unwrap()), format!("<MultiGeometry>{expected}</MultiGeometry>"));
        }
    }
}
