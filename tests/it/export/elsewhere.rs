//! GDAL reads what is written, where it is installed (Debian: `apt-get install gdal-bin`).

use std::path::Path;
use std::process::Command;

use dalil::layer::{About, Format};
use dalil::store::Collection;
use serde_json::Value;

use super::{incidents, written};

/// What GDAL makes of a file, as GeoJSON; `None` when there is no GDAL.
fn read_by_gdal(file: &Path) -> Option<Value> {
    let output = match Command::new("ogr2ogr").args(["-f", "GeoJSON", "/vsistdout/"]).arg(file).output() {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: ogr2ogr cannot be called ({error}); Debian has it in gdal-bin");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !said.contains("ERROR"), "{}: {said}", file.display());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn gdal_reads_every_format_of_maps() {
    let folder = tempfile::tempdir().unwrap();
    let features: Vec<Value> = incidents().iter().map(|f| serde_json::from_str(f).unwrap()).collect();
    for (name, kept) in [("geojson", 4), ("geojsonseq", 4), ("kml", 4), ("gpkg", 4), ("flatgeobuf", 2)] {
        let format = Format::named(name).unwrap();
        let file = folder.path().join(format!("incidents.{}", format.extension));
        std::fs::write(&file, written(name, &About::new(Collection::Incidents), &incidents()).0).unwrap();
        let Some(read) = read_by_gdal(&file) else { return };
        let read = read["features"].as_array().unwrap();
        assert_eq!(read.len(), kept, "{name}");
        for feature in read {
            let id = if feature["properties"]["id"].is_string() { &feature["properties"]["id"] } else { &feature["id"] };
            let ours = features.iter().find(|f| f["id"] == *id).unwrap_or_else(|| panic!("{name}: {feature}"));
            assert_eq!(feature["geometry"]["type"], ours["geometry"]["type"], "{name}");
            assert_eq!(feature["properties"]["place_surface"], ours["properties"]["place_surface"], "{name}");
            if ours["geometry"]["type"] == "Point" {
                let near = |n: usize| {
                    (feature["geometry"]["coordinates"][n].as_f64().unwrap() - ours["geometry"]["coordinates"][n].as_f64().unwrap()).abs()
                };
                assert!(near(0) < 1e-6 && near(1) < 1e-6, "{name}: {}", feature["geometry"]);
            }
        }
    }
}
