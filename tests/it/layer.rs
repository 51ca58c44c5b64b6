use dalil::incident::Status;
use dalil::layer;
use serde_json::Value;

use crate::sample::{TEXT, findings, report};

fn parsed() -> Value {
    let report = report("r1");
    serde_json::to_value(layer::parsed(&report, &findings(&report))).unwrap()
}

fn incidents() -> Vec<Value> {
    let report = report("r1");
    layer::incident_items(&report, &findings(&report)).iter().map(|i| serde_json::from_str(&i.feature).unwrap()).collect()
}

/// The words at two code points.
fn at(start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    TEXT.chars().skip(start).take(end - start).collect()
}

#[test]
fn the_parse_object_has_the_fields_of_the_machine_interface_in_its_order() {
    let parsed = parsed();
    let keys: Vec<&String> = parsed.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "lang", "toponyms", "areas", "incidents", "unlocated", "notes"]);
    let toponym: Vec<&String> = parsed["toponyms"][0].as_object().unwrap().keys().collect();
    assert_eq!(toponym, ["start", "end", "text", "kind", "confidence", "place"]);
    let place: Vec<&String> = parsed["toponyms"][0]["place"].as_object().unwrap().keys().collect();
    let expected = ["id", "name", "lat", "lon", "country", "feature", "geo_precision", "radius_m", "admin1", "where_prec"];
    assert_eq!(place, expected);
    for key in ["id", "granularity", "status", "event_type", "date_source", "disorder_type", "abducted_low", "evidence", "notes"] {
        assert!(parsed["incidents"][0].get(key).is_some(), "{key}");
    }
    assert_eq!(parsed["toponyms"][1]["place"], Value::Null);
    assert_eq!(parsed["notes"][0], "a note");
}

#[test]
fn offsets_are_code_points_of_the_text_as_given() {
    let parsed = parsed();
    for toponym in parsed["toponyms"].as_array().unwrap() {
        assert_eq!(at(&toponym["start"], &toponym["end"]), toponym["text"].as_str().unwrap());
    }
    for incident in parsed["incidents"].as_array().unwrap() {
        for evidence in incident["evidence"].as_array().unwrap() {
            assert_eq!(at(&evidence["start"], &evidence["end"]), evidence["text"].as_str().unwrap());
        }
    }
}

#[test]
fn what_is_not_located_is_listed_with_its_reason() {
    let parsed = parsed();
    let unlocated = parsed["unlocated"].as_array().unwrap();
    assert_eq!(unlocated.len(), 1);
    assert_eq!((&unlocated[0]["id"], &unlocated[0]["place_name"]), (&parsed["incidents"][3]["id"], &Value::from("Tin-Zoo")));
    assert!(unlocated[0]["reason"].as_str().unwrap().contains("Tin-Zoo"));
}

#[test]
fn a_point_is_longitude_first_with_seven_decimals() {
    assert_eq!(incidents()[0]["geometry"], serde_json::json!({"type": "Point", "coordinates": [1.512_345_7, 16.53]}));
}

#[test]
fn an_area_is_drawn_counter_clockwise_and_has_a_box() {
    let area = &incidents()[1];
    let ring: Vec<(f64, f64)> =
        area["geometry"]["coordinates"][0].as_array().unwrap().iter().map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect();
    let doubled: f64 = ring.windows(2).map(|w| w[0].0 * w[1].1 - w[1].0 * w[0].1).sum();
    assert!(doubled > 0.0 && ring.first() == ring.last(), "{ring:?}");
    assert_eq!(area["bbox"], serde_json::json!([-1.0, 13.0, 2.0, 16.0]));
}

#[test]
fn totals_and_unknown_places_are_never_drawn() {
    let incidents = incidents();
    for incident in &incidents[2..] {
        assert_eq!(incident["geometry"], Value::Null);
        assert_eq!((&incident["properties"]["lat"], &incident["properties"]["lon"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(incidents[2]["properties"]["place_name"], "Talataye");
}

#[test]
fn what_did_not_happen_is_never_drawn_and_a_claim_is() {
    let report = report("r1");
    for (status, drawn) in [(Status::Denied, false), (Status::Hypothetical, false), (Status::Planned, false), (Status::Claimed, true)] {
        let mut findings = findings(&report);
        findings.incidents[0].status = status;
        let feature: Value = serde_json::from_str(&layer::incident_items(&report, &findings)[0].feature).unwrap();
        assert_eq!(feature["geometry"].is_object(), drawn, "{feature}");
        assert_eq!(feature["properties"]["lat"].is_number(), drawn, "{feature}");
        assert_eq!(feature["properties"]["place_name"], "Talataye", "{feature}");
    }
}

#[test]
fn the_excerpt_is_the_sentence_in_its_own_language() {
    let incidents = incidents();
    for (incident, text, lang) in [(0, "قُتل خمسون شخصاً في تلاتاي.", "ar"), (1, "Attaque dans le Liptako.", "fr")] {
        let excerpt = &incidents[incident]["properties"]["excerpt"];
        assert_eq!((excerpt["text"].as_str(), excerpt["lang"].as_str()), (Some(text), Some(lang)));
        let end = Value::from(excerpt["start"].as_u64().unwrap() + text.chars().count() as u64);
        assert_eq!(at(&excerpt["start"], &end), text);
    }
}

#[test]
fn a_weight_that_is_no_number_never_reaches_json() {
    let report = report("r1");
    let mentions = layer::mention_items(&report, &findings(&report));
    let mention: Value = serde_json::from_str(&mentions[0].feature).unwrap();
    assert_eq!(mention["properties"]["runners_up"][0]["score"], 0.0);
    assert_eq!(mention["geometry"]["type"], "Point");
    let unresolved: Value = serde_json::from_str(&mentions[1].feature).unwrap();
    assert_eq!(unresolved["geometry"], Value::Null);
}
