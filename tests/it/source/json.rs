//! GeoJSON and Linked Places.

use dalil::gazetteer::source::Format;

use super::{names, read, read_as};

const COLLECTION: &str = r#"{"type":"FeatureCollection","name":"mine","features":[
{"type":"Feature","id":7,"properties":{"name":"Tiral","name_ar":"تيرال","population":120},"geometry":{"type":"Point","coordinates":[1.5,16.5]}},
{"type":"Feature","properties":{"ADM1_EN":"Upper","ADM1_AR":["العليا","الأعلى"],"ADM1_PCODE":"ML01"},
 "geometry":{"type":"Polygon","coordinates":[[[0,16],[2,16],[2,17],[0,17],[0,16]]]}},
{"type":"Feature","properties":{"name":"No place"},"geometry":null},
{"type":"Feature","properties":{"name":"Far"},"geometry":{"type":"Point","coordinates":[16.5,151.5]}},
{"type":"Feature","properties":{"colour":"red"},"geometry":{"type":"Point","coordinates":[1,2]}},
17]}"#;

#[test]
fn features_become_places_and_areas_a_point_inside_and_a_reach() {
    let found = read("my.geojson", COLLECTION);
    assert_eq!(found.format, Format::Geojson);
    found.adds_up(6);
    let town = found.row("my:7");
    assert_eq!((town.lon, town.lat, town.population, names(town)), (Some(1.5), Some(16.5), Some(120), vec!["ar:تيرال".to_owned()]));
    let unit = found.row("pcode:ML01");
    assert_eq!((unit.name.as_str(), unit.feature.as_str(), unit.country.as_str()), ("Upper", "ADM1", "ML"));
    assert!((100_000..112_000).contains(&unit.radius_m.unwrap()) && unit.lat.unwrap() > 16.0, "{unit:?}");
    assert_eq!(names(unit), ["en:Upper", "ar:العليا", "ar:الأعلى"]);
    let where_and_why = [
        "my.geojson:5: feature 3: no coordinates",
        ":6: feature 4: coordinates 16.5 151.5",
        ":7: feature 5: no name",
        ":8: feature 6: no feature",
    ];
    for (refused, expected) in found.refused.iter().zip(where_and_why) {
        assert!(refused.contains(expected), "{refused}");
    }
}

#[test]
fn a_sequence_goes_on_behind_a_bad_line() {
    let feature = r#"{"type":"Feature","id":"a","properties":{"name":"Tiral"},"geometry":{"type":"Point","coordinates":[1.5,16.5]}}"#;
    let second = feature.replace("\"a\"", "\"b\"");
    for content in [format!("{feature}\n{{broken\n\n{second}\n"), format!("\u{1E}{feature}\n\u{1E}{{broken\n\u{1E}\n{second}\n")] {
        let found = read("s.geojsonl", &content);
        found.adds_up(3);
        assert_eq!(found.rows.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["s:a", "s:b"]);
        assert!(found.refused[0].contains("s.geojsonl:2: "), "{:?}", found.refused);
    }
    let single = read("one.geojson", &format!("{}\n", feature.replace(',', ",\n")));
    single.adds_up(1);
    assert_eq!(single.rows.len(), 1);
}

#[test]
fn a_torn_collection_is_told_and_what_came_before_is_read() {
    let torn: String = COLLECTION.chars().take(230).collect();
    let found = read("torn.geojson", &torn);
    assert_eq!((found.rows.len(), found.tally.refused), (1, 1), "{:?}", found.refused);
    assert!(found.refused[0].contains("EOF"), "{:?}", found.refused);
    let strange = read("x.json", "{\"a\":1}");
    assert_eq!(strange.tally.refused, 1);
}

#[test]
fn properties_are_mapped_like_columns() {
    let content = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"k":"v1","spelt":"تيرال","is":"Tiral"},"geometry":{"type":"Point","coordinates":[1.5,16.5]}}]}"#;
    let found = read_as("m.geojson", content.as_bytes(), Some("id=k,name=is,ar=spelt"), &[]).unwrap();
    assert_eq!(names(found.row("m:v1")), ["ar:تيرال"]);
}

const LINKED: &str = r#"{"type":"FeatureCollection","@context":"https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld","features":[
{"@id":"https://www.geonames.org/2457163/gao.html","type":"Feature","properties":{"title":"Gao","ccodes":["ML"],"fclasses":["P"]},
 "names":[{"toponym":"غاو","lang":"ar","citations":[{"label":"press","@id":"https://example.org/1"}]},{"toponym":"Kawkaw","lang":"en","when":{"timespans":[{"start":{"in":"0900"},"end":{"in":"1591"}}]}}],
 "types":[{"identifier":"aat:300008347","label":"inhabited places"}],"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-0.04,16.27]}]}},
{"@id":"https://example.org/p/2","type":"Feature","properties":{"title":"Old Tiral","ccodes":["ML","NE"]},"when":{"timespans":[{"start":{"in":"1100"},"end":{"in":"1300"}}]},
 "names":[{"toponym":"Tiral"}],"types":[{"identifier":"http://vocab.getty.edu/aat/300008372"}],"geometry":{"type":"Point","coordinates":[1.5,16.5]}},
{"@id":"https://example.org/p/3","type":"Feature","properties":{"title":"Nowhere"},"names":[{"toponym":"Nowhere"}],"geometry":null},
{"type":"Feature","properties":{"title":"No id"},"names":[{"toponym":"x"}],"geometry":{"type":"Point","coordinates":[1.5,16.5]}},
{"@id":"https://example.org/p/5","type":"Feature","properties":{"title":"Bad","ccodes":["QQ"]},"names":[],"geometry":{"type":"Point","coordinates":[1.5,16.5]}}]}"#;

#[test]
fn linked_places_keep_languages_and_times() {
    let found = read("lp.json", LINKED);
    assert_eq!(found.format, Format::LinkedPlaces);
    found.adds_up(5);
    let gao = found.row("geonames:2457163");
    assert_eq!((gao.feature.as_str(), gao.country.as_str(), gao.lat), ("PPL", "ML", Some(16.27)));
    assert_eq!(names(gao), ["ar:غاو", "old:Kawkaw"]);
    let old = found.row("https://example.org/p/2");
    assert_eq!((old.feature.as_str(), old.country.as_str(), names(old)), ("PPLH", "", vec!["old:Tiral".to_owned()]));
    for (refused, why) in found.refused.iter().zip(["no coordinates", "no @id", "ccodes «QQ»"]) {
        assert!(refused.contains(why), "{refused}");
    }
}
