//! The real files that lie beside the repository and are not part of it: `../shared/data`, or `$DALIL_SHARED/data`.
//!
//! Where they are missing these tests say so and pass.

use std::path::PathBuf;

use dalil::gazetteer::source::Format;

use super::{Read, read_path};

fn file(name: &str) -> Option<Read> {
    let shared =
        std::env::var_os("DALIL_SHARED").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = shared.join("data").join(name);
    if !path.exists() {
        println!("skipped: {} is not there (DALIL_SHARED names another folder that holds data/)", path.display());
        return None;
    }
    Some(read_path(&path, None, None, &[]).unwrap())
}

#[test]
fn every_row_of_the_dumps_of_geonames_is_read() {
    for (name, rows) in [("geonames_ML.txt.zst", 23_647), ("geonames_NE.txt.zst", 24_320), ("geonames_BF_2022.txt.zst", 11_295)] {
        let Some(found) = file(name) else { continue };
        assert_eq!(found.format, Format::Geonames);
        found.adds_up(rows);
        assert_eq!(found.tally.refused, 0, "{:?}", found.refused);
    }
}

#[test]
fn a_village_of_mali_is_where_it_is_with_its_spellings() {
    let Some(found) = file("geonames_ML.txt.zst") else { return };
    let ansongo = found.row("geonames:2461003");
    assert_eq!((ansongo.name.as_str(), ansongo.country.as_str(), ansongo.feature.starts_with("PPL")), ("Ansongo", "ML", true));
    assert!((ansongo.lat.unwrap() - 15.66).abs() < 0.02 && (ansongo.lon.unwrap() - 0.5).abs() < 0.02, "{ansongo:?}");
}

#[test]
fn outlines_and_seas_add_up() {
    if let Some(found) = file("wof_admin_polygons_35countries_simpl0.01.geojson") {
        found.adds_up(4346);
        assert!(found.rows.iter().all(|r| r.radius_m.is_some()), "an outline has a reach");
    }
    if let Some(found) = file("wof_marine_areas_ar_fr_en.tsv") {
        assert_eq!(found.format, Format::Wof);
        found.adds_up(343);
        assert_eq!(found.tally.refused, 0, "{:?}", found.refused);
    }
    if let Some(found) = file("ne_10m_geography_regions_polys.json.zst") {
        found.adds_up(1034);
    }
}
