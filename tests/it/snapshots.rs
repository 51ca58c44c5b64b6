//! Whole outputs for the example reports, as the binary writes them. They only prove that nothing changed: read the difference.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn dalil(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_dalil")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

fn examples() -> String {
    format!("{}/examples/reports", env!("CARGO_MANIFEST_DIR"))
}

/// Leaves out what tuning moves by hundredths, and the versions of data, so that a difference is one in what was read.
fn without_weights(value: &mut Value) {
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(without_weights),
        Value::Object(members) => {
            members.retain(|key, _| !matches!(key.as_str(), "weight" | "score" | "provenance"));
            if let Some(confidence) = members.get_mut("confidence") {
                *confidence = Value::from((confidence.as_f64().unwrap_or(-1.0) * 10.0).round() / 10.0);
            }
            members.values_mut().for_each(without_weights);
        }
        _ => {}
    }
}

fn assert_unchanged(name: &str, mut value: Value) {
    without_weights(&mut value);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, serde_json::to_string_pretty(&value).unwrap()));
}

fn layer(collection: &str, filter: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().to_str().unwrap();
    dalil(&["ingest", &examples(), "--store", store, "--quiet"]);
    let export = ["export", "--store", store, "--collection", collection, "--format", "geojson", "--quiet"];
    dalil(&[&export[..], filter].concat())
}

#[test]
fn parse() {
    let parsed = dalil(&["parse", &examples(), "--format", "json", "--quiet"]);
    assert!(Path::new(&examples()).is_dir() && parsed.as_array().unwrap().len() == 12, "twelve example reports");
    assert_unchanged("parse", parsed);
}

#[test]
fn incidents() {
    assert_unchanged("incidents", layer("incidents", &["--granularity", "incident,aggregate,background"]));
}

#[test]
fn mentions() {
    assert_unchanged("mentions", layer("mentions", &[]));
}
