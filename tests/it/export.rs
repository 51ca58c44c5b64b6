//! Filtered sets as files: the table of formats, the same bytes each time, columns that are those of the published shapes.

/// Other people's programs read what is written.
mod elsewhere;
/// KML, FlatGeobuf, GeoPackage.
mod maps;
/// CSV, HXL, ACLED, UCDP.
mod tables;

use std::collections::BTreeSet;

use dalil::gazetteer::Gazetteer;
use dalil::intake;
use dalil::layer::{self, About, Columns, Export, FORMATS, Format, Kind, Manifest};
use dalil::store::{Collection, PlaceRecord, Store};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::sample;

/// The features of a collection in a file of a format.
pub(crate) fn written(format: &str, about: &About, features: &[String]) -> (Vec<u8>, Manifest) {
    let mut export = Export::begin(Format::named(format).unwrap(), about, Vec::new()).unwrap();
    for feature in features {
        export.feature(feature).unwrap();
    }
    export.finish().unwrap()
}

/// The four incidents written by hand: at a point, in an area, a sum, without a place.
pub(crate) fn incidents() -> Vec<String> {
    let report = sample::report("r1");
    layer::incident_items(&report, &sample::findings(&report)).into_iter().map(|item| item.feature).collect()
}

/// The first of them with other properties.
pub(crate) fn incident(properties: Value) -> String {
    let mut feature: Value = serde_json::from_str(&incidents()[0]).unwrap();
    let Value::Object(properties) = properties else { panic!("properties are an object") };
    feature["properties"].as_object_mut().unwrap().extend(properties);
    feature.to_string()
}

/// Each collection with what a store gives of it.
fn collections() -> Vec<(Collection, Vec<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.replace(&[sample::entry("r1")], crate::kept::NOW).unwrap();
    intake::corroborate(&mut store).unwrap();
    let of = |collection| (collection, crate::kept::published(&store, collection));
    let mut all: Vec<_> = [Collection::Incidents, Collection::Clusters, Collection::Mentions, Collection::Reports].map(of).into();
    let place = PlaceRecord { id: "user:1".to_owned(), name: "غاو".to_owned(), lon: -0.04, lat: 16.27, ..PlaceRecord::default() };
    all.push((Collection::Places, vec![layer::written(&layer::place_feature(&place, &Gazetteer::embedded()))]));
    all
}

#[test]
fn formats_have_names_and_extensions_of_their_own() {
    let names: BTreeSet<&str> = FORMATS.iter().map(|f| f.name).collect();
    let extensions: BTreeSet<&str> = FORMATS.iter().map(|f| f.extension).collect();
    assert_eq!((names.len(), extensions.len()), (FORMATS.len(), FORMATS.len()));
    for format in &FORMATS {
        assert_eq!(Format::named(format.name).map(|f| f.title), Some(format.title));
        assert!(format.media_type.contains('/') && format.suits(Collection::Incidents), "{}", format.name);
    }
    assert!(Format::named("shapefile").is_none());
    assert!(!Format::named("kml").unwrap().suits(Collection::Reports) && !Format::named("acled").unwrap().suits(Collection::Mentions));
}

#[test]
fn the_same_features_give_the_same_bytes_and_the_manifest_tells_their_hash() {
    for (collection, features) in collections() {
        for format in FORMATS.iter().filter(|f| f.suits(collection)) {
            let about = About::new(collection);
            let (bytes, manifest) = written(format.name, &about, &features);
            let what = format!("{} {}", collection.name(), format.name);
            assert!(written(format.name, &about, &features) == (bytes.clone(), manifest.clone()), "{what}");
            let hash = Sha256::digest(&bytes).iter().fold(String::new(), |out, byte| out + &format!("{byte:02x}"));
            assert_eq!((manifest.bytes, &manifest.sha256), (bytes.len() as u64, &hash), "{what}");
            let left_out: u64 = manifest.left_out.values().sum();
            assert_eq!(manifest.features + left_out, features.len() as u64, "{what}");
        }
    }
}

#[test]
fn a_set_may_be_empty() {
    for format in &FORMATS {
        let (bytes, manifest) = written(format.name, &About::new(Collection::Incidents), &[]);
        assert_eq!((manifest.features, manifest.located, manifest.days), (0, 0, None), "{}", format.name);
        assert_eq!(bytes.is_empty(), format.name == "geojsonseq", "{}", format.name);
    }
}

#[test]
fn what_is_no_feature_is_an_error_and_no_panic() {
    for format in &FORMATS {
        let mut export = Export::begin(format, &About::new(Collection::Incidents), Vec::new()).unwrap();
        assert!(export.feature("{\"type\":").is_err() && export.feature("[]").is_err(), "{}", format.name);
        // Odd ones are written as far as they go.
        for odd in [r#"{"id":7}"#, r#"{"properties":[],"geometry":{"type":"Point","coordinates":["x"]}}"#] {
            export.feature(odd).unwrap();
        }
        export.finish().unwrap();
    }
}

#[test]
fn a_manifest_tells_what_was_asked_and_what_is_in_the_file() {
    let about = About {
        filter: vec![("country".to_owned(), "ML".to_owned())],
        read_with: vec!["0.1.0 aaaa bbbb".to_owned(), "by hand".to_owned()],
        exported: Some("2026-11-22T10:00:00.000Z".to_owned()),
        ..About::new(Collection::Incidents)
    };
    let denied = incident(json!({"status": "denied", "date_start": "2001-01-01"}));
    let (_, manifest) = written("acled", &about, &[incidents(), vec![denied]].concat());
    let told = manifest.json();
    assert_eq!(told["filter"], json!({"country": "ML"}));
    assert_eq!(told["read_with"], json!([{"dalil": "0.1.0", "lexicon": "aaaa", "gazetteer": "bbbb"}, "by hand"]));
    assert_eq!(told["exported"], "2026-11-22T10:00:00.000Z");
    let left_out = json!({"not_happened": 1, "aggregate": 1});
    assert_eq!(told["counts"], json!({"features": 3, "located": 2, "unlocated": 1, "left_out": left_out}));
    assert_eq!(told["days"], json!(["2022-09-06", "2022-09-06"]));
    assert!(told["models"]["ar"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(About::new(Collection::Incidents).provenance("csv").get("exported"), None, "no clock is read");
}

#[test]
fn features_in_a_collection_are_as_they_were_published() {
    let features = incidents();
    let about = About { bbox: Some([-1.0, 13.0, 2.0, 16.53]), ..About::new(Collection::Incidents) };
    let (bytes, _) = written("geojson", &about, &features);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("{\"type\":\"FeatureCollection\",\"bbox\":[-1.0,13.0,2.0,16.53],\"features\":[\n"), "{text}");
    assert!(text.contains(&features.join(",\n")));
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["provenance"]["collection"], "incidents");
    let (sequence, _) = written("geojsonseq", &about, &features);
    assert_eq!(String::from_utf8(sequence).unwrap(), features.iter().fold(String::new(), |out, f| out + &format!("\u{1E}{f}\n")));
}

/// Whether a value may stand in a column.
fn is_of(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Day => value.as_str().is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()),
        Kind::Whole => value.is_u64(),
        Kind::Real => value.is_number(),
        Kind::Flag => value.is_boolean(),
        Kind::Json => value.is_array() || value.is_object(),
    }
}

#[test]
fn columns_are_those_of_the_published_shapes() {
    // Not in every feature: ties that the store adds, corrections, and what is left out where it says nothing.
    let optional = ["id", "lon", "lat", "cluster_id", "corrected", "within", "dateline", "area"];
    let optional = [&optional[..], &["population", "radius_m", "outline", "status", "merged_into"]].concat();
    let mut wrong = Vec::new();
    for (collection, features) in collections() {
        let columns = Columns::of(collection);
        assert!(!features.is_empty(), "{}", collection.name());
        for feature in &features {
            let feature: Value = serde_json::from_str(feature).unwrap();
            let properties = feature["properties"].as_object().unwrap();
            for (name, value) in properties {
                match columns.iter().find(|c| c.name == *name) {
                    None => wrong.push(format!("{}: «{name}» has no column in src/layer/export/columns.rs", collection.name())),
                    Some(column) if !value.is_null() && !is_of(column.kind, value) => {
                        wrong.push(format!("{}: «{name}» is {value}, expected {:?}", collection.name(), column.kind));
                    }
                    Some(_) => {}
                }
            }
            let gone = columns.iter().filter(|c| !properties.contains_key(&c.name) && !optional.contains(&c.name.as_str()));
            wrong.extend(gone.map(|c| format!("{}: no feature has «{}»", collection.name(), c.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_property_without_a_column_gets_one() {
    let mut about = About::new(Collection::Incidents);
    let feature = incident(json!({"brand_new": 1.5, "said_nothing": null}));
    about.columns.see(&feature).unwrap();
    let (bytes, _) = written("csv", &about, &[feature]);
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.starts_with("id,lon,lat,cluster_id,") && text.contains(",corrected,brand_new\r\n") && text.ends_with(",1.5\r\n"),
        "{text}"
    );
}

#[test]
fn a_file_of_which_nothing_is_told_has_the_same_bytes() {
    for (collection, features) in collections() {
        for format in FORMATS.iter().filter(|f| f.suits(collection)) {
            let mut about = About { bbox: Some([-10.0, 10.0, 10.0, 20.0]), ..About::new(collection) };
            let mut quick = Vec::new();
            let texts: Vec<&str> = features.iter().map(String::as_str).collect();
            layer::write_features(format, about.clone(), &texts, &mut quick).unwrap();
            features.iter().try_for_each(|feature| about.columns.see(feature)).unwrap();
            let (told, _) = written(format.name, &about, &features);
            assert!(told == quick, "{} of {}", format.name, collection.name());
        }
    }
}

#[test]
fn geojson_is_so_to_the_letter() {
    for (collection, features) in collections() {
        for format in ["geojson", "geojsonseq"] {
            let (bytes, _) = written(format, &About::new(collection), &features);
            assert_eq!(layer::geojson_faults(std::str::from_utf8(&bytes).unwrap()), [], "{format} of {}", collection.name());
        }
    }
}
