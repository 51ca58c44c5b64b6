//! The gazetteer's files and the table that is compiled from them.

use std::collections::{BTreeMap, BTreeSet};

use dalil::gazetteer::{Gazetteer, Place, load, region, row};
use dalil::text::fold::fold_phrase;
use geo::line_measures::Distance;
use geo::{Contains, Coord, Haversine, Line, Point, Polygon, Winding};

use super::{DataFile, files, none, root};

/// Files in the format of `base.tsv`.
fn row_files() -> Vec<DataFile> {
    files("gazetteer").into_iter().filter(|f| f.name == "gazetteer/base.tsv" || f.name.starts_with("gazetteer/facts/")).collect()
}

fn facts() -> Vec<DataFile> {
    files("gazetteer/facts")
}

#[test]
fn every_row_is_read_and_none_is_refused() {
    let mut faults = Vec::new();
    for file in row_files() {
        let loaded = load::rows(&file.name, &file.content);
        faults.extend(loaded.refused.iter().map(ToString::to_string));
        if loaded.rows.len() + loaded.refused.len() != file.lines.len() {
            faults.push(format!("{}: {} lines, {} read, {} refused", file.name, file.lines.len(), loaded.rows.len(), loaded.refused.len()));
        }
    }
    none(&faults, "rows are lost");
}

#[test]
fn ids_stand_once_in_a_file_and_names_once_in_a_row() {
    let mut faults = Vec::new();
    for file in row_files() {
        let mut ids = BTreeSet::new();
        for (number, line) in &file.lines {
            let row = row::parse(line).unwrap().unwrap();
            if !ids.insert(row.id.clone()) {
                faults.push(format!("{}:{number}: {} stands twice", file.name, row.id));
            }
            let mut names = BTreeSet::new();
            for (lang, name) in &row.names {
                // The packages spell a name in several scripts' letters; those without a language are taken as they come.
                let is_own = !lang.is_empty() && file.name.contains("/facts/");
                if !names.insert((lang, fold_phrase(name))) && is_own {
                    faults.push(format!("{}:{number}: {lang}:{name} is there already, folded", file.name));
                }
                if fold_phrase(name).is_empty() {
                    faults.push(format!("{}:{number}: «{name}» folds to nothing", file.name));
                }
            }
        }
    }
    none(&faults, "rows say something twice");
}

#[test]
fn languages_of_names_are_known() {
    let mut tags: BTreeMap<String, usize> = BTreeMap::new();
    for file in row_files() {
        for row in load::rows(&file.name, &file.content).rows {
            for (lang, _) in row.names {
                *tags.entry(lang).or_default() += 1;
            }
        }
    }
    let known = ["", "ar", "fr", "en", "old", "short"];
    let strange: Vec<_> = tags.iter().filter(|(tag, _)| !known.contains(&tag.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn every_fact_has_a_source_and_what_is_new_has_a_point() {
    let base: BTreeSet<String> = files("gazetteer")
        .iter()
        .find(|f| f.name == "gazetteer/base.tsv")
        .map(|f| load::rows(&f.name, &f.content).rows.into_iter().map(|r| r.id).collect())
        .unwrap();
    let (mut faults, mut count) = (Vec::new(), 0);
    for file in facts() {
        for (number, line) in &file.lines {
            count += 1;
            let row = row::parse(line).unwrap().unwrap();
            if line.split('\t').nth(11).is_none_or(|source| source.trim().is_empty()) {
                faults.push(format!("{}:{number}: {} has no source", file.name, row.id));
            }
            if !base.contains(&row.id) && (row.lat.is_none() || row.feature.is_empty() || row.name.is_empty()) {
                faults.push(format!("{}:{number}: {} is new and has no point, name or kind", file.name, row.id));
            }
        }
    }
    none(&faults, "facts are incomplete");
    assert!(count >= 300, "{count} facts");
}

#[test]
fn places_lie_on_the_earth_and_none_at_nought() {
    let gazetteer = Gazetteer::embedded();
    let mut faults = Vec::new();
    for place in gazetteer.places() {
        let inside = (-180.0..=180.0).contains(&place.lon()) && (-90.0..=90.0).contains(&place.lat());
        if !inside || (place.lon().abs() < 0.01 && place.lat().abs() < 0.01) {
            faults.push(format!("{} {}: {} {}", place.id(), place.name(), place.lon(), place.lat()));
        }
    }
    none(&faults, "places have no place");
    assert!(gazetteer.place_count() >= 20_000, "{}", gazetteer.place_count());
    assert!(gazetteer.name_count() >= 60_000, "{}", gazetteer.name_count());
}

#[test]
fn towns_join_their_first_level_unit() {
    let gazetteer = Gazetteer::embedded();
    let (mut towns, mut joined) = (0, 0);
    let mut lost: BTreeMap<String, usize> = BTreeMap::new();
    for place in gazetteer.places().filter(|p| p.feature().starts_with("PPL")) {
        towns += 1;
        if gazetteer.admin1(place.country(), place.admin1()).is_some() {
            joined += 1;
        } else {
            *lost.entry(place.country().to_owned()).or_default() += 1;
        }
    }
    let rate = f64::from(joined) / f64::from(towns);
    assert!(rate >= 0.98, "{joined} of {towns}, {rate:.4}; lost by country: {lost:?}");
}

#[test]
fn every_country_of_a_place_is_a_place() {
    let gazetteer = Gazetteer::embedded();
    let codes: BTreeSet<&str> = gazetteer.places().map(Place::country).filter(|c| !c.is_empty()).collect();
    let missing: Vec<_> = codes.into_iter().filter(|code| gazetteer.country(code).is_none()).collect();
    // The outlying islands of the United States are no country and nobody reports from them.
    assert_eq!(missing, ["UM"]);
}

/// Metres from a point to the outline.
fn beyond(polygon: &Polygon, point: Point) -> f64 {
    let ring = polygon.exterior();
    // The outlines are coarse, so their corners and the middles of their sides are near enough.
    let to = |line: Line| {
        let middle = Coord { x: f64::midpoint(line.start.x, line.end.x), y: f64::midpoint(line.start.y, line.end.y) };
        Haversine.distance(point, line.start_point()).min(Haversine.distance(point, middle.into()))
    };
    ring.lines().map(to).fold(f64::INFINITY, f64::min)
}

#[test]
fn regions_have_closed_outlines_drawn_counter_clockwise_around_their_label() {
    let mut faults = Vec::new();
    let file = files("gazetteer").into_iter().find(|f| f.name == "gazetteer/regions.tsv").unwrap();
    let mut outlined = 0;
    for (number, line) in &file.lines {
        let (row, wkt) = match region::parse(line) {
            Ok(Some(found)) => found,
            other => {
                faults.push(format!("regions.tsv:{number}: {other:?}"));
                continue;
            }
        };
        if line.split('\t').nth(9).is_none_or(|source| source.trim().is_empty()) {
            faults.push(format!("{}: no source", row.id));
        }
        if wkt.is_empty() {
            continue;
        }
        let Some(polygon) = region::polygon(&wkt) else {
            faults.push(format!("{}: outline cannot be read", row.id));
            continue;
        };
        outlined += 1;
        // `Polygon::new` closes a ring, so the text is looked at.
        let corners: Vec<&str> = wkt.trim_start_matches("POLYGON((").trim_end_matches("))").split(',').map(str::trim).collect();
        if corners.first() != corners.last() {
            faults.push(format!("{}: the ring is open", row.id));
        }
        if !polygon.exterior().is_ccw() {
            faults.push(format!("{}: clockwise", row.id));
        }
        if polygon.exterior().0.iter().any(|c| c.x.abs() > 180.0 || c.y.abs() > 90.0) {
            faults.push(format!("{}: beyond the globe", row.id));
        }
        let label = Point::new(row.lon.unwrap(), row.lat.unwrap());
        if !polygon.contains(&label) && beyond(&polygon, label) > 50_000.0 {
            faults.push(format!("{}: its label lies {:.0} km outside", row.id, beyond(&polygon, label) / 1e3));
        }
    }
    none(&faults, "regions are not well formed");
    assert!(outlined >= 15, "{outlined}");
}

#[test]
fn every_correction_has_an_id_of_the_gazetteer_and_a_reason() {
    let gazetteer = Gazetteer::embedded();
    let ids: BTreeSet<String> = gazetteer.places().map(Place::id).collect();
    let mut faults = Vec::new();
    for file in files("gazetteer").iter().filter(|f| f.name.ends_with("corrections.tsv")) {
        for (number, line) in &file.lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 5 || cells[4].trim().is_empty() {
                faults.push(format!("{}:{number}: no reason", file.name));
            } else if !ids.contains(cells[0]) {
                faults.push(format!("{}:{number}: {} is no place", file.name, cells[0]));
            }
        }
    }
    none(&faults, "corrections are idle");
}

#[test]
fn the_embedded_table_is_at_most_fourteen_megabytes() {
    let table = std::path::Path::new(env!("OUT_DIR")).join("gazetteer.bin");
    let size = std::fs::metadata(&table).unwrap().len();
    assert!((1_000_000..=14_000_000).contains(&size), "{size} bytes from {}", root().display());
}
