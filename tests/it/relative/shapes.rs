//! What holds of every geometry: valid, small, on the Earth, around its point, published as RFC 7946 wants it.

use dalil::gazetteer::Gazetteer;
use dalil::layer;
use dalil::recognise::{How, MentionKind, Relation, Report};
use dalil::resolve::area::{self, Side};
use geo::orient::Direction;
use geo::{Contains, CoordsIter, Distance, Haversine, MultiPolygon, Orient, Point, Validation};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use super::read;

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn is_fit(area: &MultiPolygon) -> bool {
    area.0.iter().all(Validation::is_valid)
        && *area == area.orient(Direction::Default)
        && area.coords_iter().all(|c| (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y))
}

#[test]
fn whatever_the_distance_and_direction_the_shape_is_valid_and_around_its_point() {
    let any = (-180.0..180.0_f64, -80.0..80.0_f64, 100.0..500_000.0_f64, prop::option::of(0_u8..8), 0.0..40_000.0_f64);
    let outcome = runner(1_000).run(&any, |(lon, lat, distance_m, eighth, radius_m)| {
        let bearing_deg = eighth.map(|e| 45.0 * f64::from(e));
        let anchor = Point::new(lon, lat);
        let relation = Relation { distance_m: Some(distance_m), bearing_deg, ..Relation::to(0, How::Distance) };
        let (point, reach_m) = area::located(anchor, radius_m, &relation).unwrap();
        prop_assert!(reach_m >= 2_000.0);
        let width_m = distance_m * 0.1 + radius_m.min(distance_m);
        let shape = match bearing_deg {
            Some(bearing) => area::sector(anchor, bearing, 22.5, distance_m - width_m, distance_m + width_m),
            None => area::ring(anchor, distance_m - width_m, distance_m + width_m),
        };
        let Some(shape) = shape else { return Ok(()) };
        prop_assert!(is_fit(&shape), "{shape:?}");
        prop_assert!(shape.coords_count() <= 80, "{}", shape.coords_count());
        if bearing_deg.is_some() && point.x().abs() < 179.9 {
            prop_assert!(shape.contains(&point), "{point:?} {shape:?}");
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn whatever_the_ends_a_stretch_is_valid_and_holds_its_middle() {
    let any = (-180.0..180.0_f64, -70.0..70.0_f64, -3.0..3.0_f64, -3.0..3.0_f64);
    let outcome = runner(600).run(&any, |(lon, lat, east, north)| {
        let (middle, half_m, shape) = area::stretch(Point::new(lon, lat), Point::new((lon + east).clamp(-180.0, 180.0), lat + north));
        prop_assert!(half_m >= 0.0);
        let shape = shape.expect("a band between near points");
        prop_assert!(is_fit(&shape), "{shape:?}");
        if middle.x().abs() < 179.9 {
            prop_assert!(shape.contains(&middle), "{middle:?} {shape:?}");
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Countries of all shapes: large, of many islands, on both sides of the antimeridian, tiny.
const COUNTRIES: [&str; 16] = ["ML", "NE", "BF", "SY", "IQ", "NG", "RU", "FJ", "ID", "US", "CA", "NZ", "VA", "CL", "GR", "MZ"];

#[test]
fn every_side_of_a_country_is_valid_and_holds_its_point() {
    let gazetteer = Gazetteer::embedded();
    for code in COUNTRIES {
        let ground = gazetteer
            .country(code)
            .map(|c| gazetteer.place(c))
            .and_then(dalil::gazetteer::Place::outline)
            .unwrap_or_else(|| panic!("{code}"));
        let sides = (0..8).map(|eighth| Side::Toward(45.0 * f64::from(eighth))).chain([Side::Centre]);
        let mut drawn = 0;
        for side in sides {
            // The middle of a crescent may lie outside it.
            let Some((shape, point)) = area::part(&ground, side) else { continue };
            drawn += 1;
            assert!(is_fit(&shape), "{code} {side:?}");
            assert!(shape.contains(&point), "{code} {side:?} {point:?}");
            assert!(shape.coords_count() <= 500, "{code} {side:?}: {} corners", shape.coords_count());
            assert!(area::reach_m(&shape) > 0.0);
        }
        assert!(drawn >= 7, "{code}: {drawn} of 9 sides");
    }
}

#[test]
fn every_border_of_the_sahel_and_the_levant_is_a_valid_band() {
    for (one, other) in [("ML", "NE"), ("ML", "BF"), ("ML", "DZ"), ("NE", "NG"), ("SY", "IQ"), ("SY", "TR"), ("LB", "SY"), ("US", "CA")] {
        let (shape, point, reach_m) = area::border_band(one, other).unwrap_or_else(|| panic!("{one} {other}"));
        assert!(is_fit(&shape) && reach_m >= 25_000.0, "{one} {other}");
        assert!(shape.contains(&point), "{one} {other} {point:?}");
        let (_, same, _) = area::border_band(other, one).unwrap();
        assert!(Haversine.distance(point, same) < 100_000.0, "{one} {other}: either way");
    }
}

#[test]
fn published_areas_are_closed_short_and_beside_the_names() {
    let text = "An attack in northern Mali, 50 km south of Gao, and near the Niger border.";
    let findings = read("en", text);
    let report = Report {
        id: "r".into(),
        text: text.into(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..Report::default()
    };
    let parsed = serde_json::to_value(layer::parsed(&report, &findings)).unwrap();
    let kinds = |list: &str| parsed[list].as_array().unwrap().iter().map(|t| t["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds("areas"), ["relative", "relative"], "{parsed}");
    assert_eq!(kinds("toponyms").iter().filter(|k| *k == "relative").count(), 1, "{parsed}");
    let all = ["toponyms", "areas"].into_iter().flat_map(|list| parsed[list].as_array().unwrap());
    let relative: Vec<&Value> = all.filter(|t| t["kind"] == "relative").collect();
    assert_eq!(relative.len(), 3);
    for toponym in relative {
        let geometry = &toponym["place"]["geometry"];
        assert_eq!(geometry["type"], "Polygon", "{toponym}");
        let ring = geometry["coordinates"][0].as_array().unwrap();
        assert_eq!(ring.first(), ring.last());
        for number in ring.iter().flat_map(|c| c.as_array().unwrap()).map(|n| n.as_f64().unwrap()) {
            assert!(((number * 1e5).round() / 1e5 - number).abs() < 1e-9, "{number} has more than five decimals");
        }
    }
    for mention in findings.mentions.iter().filter(|m| m.kind == MentionKind::Relative) {
        let feature = serde_json::to_value(layer::mention_feature(&report, &findings, mention)).unwrap();
        assert_eq!((&feature["geometry"]["type"], &feature["properties"]["area"]["type"]), (&"Point".into(), &"Polygon".into()));
    }
}
