//! Outlines of countries and units, and which of them a point lies in.

use std::collections::{BTreeMap, BTreeSet};

use dalil::gazetteer::border::{band, border};
use dalil::gazetteer::containment::{NEAREST_M, chain};
use dalil::gazetteer::known::is_known;
use dalil::gazetteer::outline::{self, Level};
use dalil::gazetteer::{Gazetteer, Place};
use geo::line_measures::LengthMeasurable;
use geo::{Contains, Haversine, Point, Validation, Winding};

use super::none;

/// Countries of the news, whose every first-level unit has an outline, but for those that are named with their reason.
const CORE: &str = "ML NE BF TD NG CM LY SD SS SY IQ YE LB JO PS EG SO MZ MR DZ TN";
const WITHOUT_OUTLINE: &[(&str, &str)] = &[("DZ", "BB")]; // Bordj Badji Mokhtar: one town, near that of no other unit

/// Place, longitude, latitude, country and first-level unit: capitals, border towns, seats of young units, islands, enclaves.
const POINTS: &[(&str, f64, f64, &str)] = &[
    ("Gao", -0.045, 16.272, "ML.09"),
    ("Ansongo", 0.502, 15.660, "ML.09"),
    ("Ménaka", 2.402, 15.918, "ML.12070577"),
    ("Andéramboukane", 3.024, 15.424, "ML.12070577"),
    ("Kidal", 1.408, 18.441, "ML.10"),
    ("Tinzaouaten", 2.857, 19.962, "ML.10"),
    ("Timbuktu", -3.007, 16.773, "ML.08"),
    ("Araouane", -3.530, 18.905, "ML.12070575"),
    ("Taoudénit", -3.983, 22.677, "ML.12070575"),
    ("Bougouni", -7.483, 11.417, "ML.BOUGOUNI"),
    ("Koutiala", -5.464, 12.392, "ML.KOUTIALA"),
    ("Nioro du Sahel", -9.590, 15.230, "ML.NIORO"),
    ("Kita", -9.488, 13.039, "ML.KITA"),
    ("Dioïla", -6.800, 12.490, "ML.DIOILA"),
    ("San", -4.896, 13.303, "ML.SAN"),
    ("Bandiagara", -3.610, 14.350, "ML.BANDIAGARA"),
    ("Douentza", -2.950, 15.002, "ML.DOUENTZA"),
    ("Mopti", -4.190, 14.493, "ML.04"),
    ("Djibo", -1.630, 14.099, "BF.SOUM"),
    ("Arbinda", -0.867, 14.230, "BF.SOUM"),
    ("Dori", -0.035, 14.035, "BF.12"),
    ("Bogandé", -0.143, 12.970, "BF.SIRBA"),
    ("Kantchari", 1.520, 12.480, "BF.TAPOA"),
    ("Fada N'Gourma", 0.358, 12.062, "BF.08"),
    ("Tougan", -3.069, 13.072, "BF.SOUROU"),
    ("Dédougou", -3.461, 12.463, "BF.01"),
    ("Niamey", 2.110, 13.512, "NE.08"),
    ("Ayorou", 0.917, 14.731, "NE.09"),
    ("Bosso", 13.310, 13.700, "NE.02"),
    ("Maiduguri", 13.160, 11.847, "NG.27"),
    ("N'Djamena", 15.044, 12.107, "TD.21"),
    ("Kousséri, across the river", 15.020, 12.075, "CM.12"),
    ("Fada", 21.583, 17.186, "TD.28"),
    ("Amdjarass", 22.835, 16.067, "TD.27"),
    ("El Geneina", 22.447, 13.453, "SD.47"),
    ("Tina", 22.830, 15.030, "SD.55"),
    ("El Fula", 28.358, 11.733, "SD.62"),
    ("Kadugli", 29.717, 11.011, "SD.50"),
    ("El Obeid", 30.217, 13.183, "SD.56"),
    ("Juba", 31.582, 4.852, "SS.01"),
    ("Kufra", 23.290, 24.180, "LY.65"),
    ("Sabha", 14.428, 27.038, "LY.75"),
    ("Kobani, on the border", 38.353, 36.891, "SY.09"),
    ("Baghuz, on the border", 40.992, 34.432, "SY.07"),
    ("Majdal Shams", 35.770, 33.270, "SY.03"),
    ("Kiryat Shmona", 35.572, 33.207, "IL.03"),
    ("Damascus", 36.291, 33.513, "SY.13"),
    ("Douma", 36.402, 33.572, "SY.08"),
    ("Al-Tanf", 38.660, 33.510, "SY.11"),
    ("Al-Qaim", 41.090, 34.370, "IQ.01"),
    ("Sinjar", 41.875, 36.321, "IQ.15"),
    ("Halabja", 45.986, 35.178, "IQ.19"),
    ("Gaza", 34.466, 31.502, "PS.GZ"),
    ("Hadibo, on Socotra", 54.019, 12.648, "YE.28"),
    ("Kamaran, an island", 42.610, 15.340, "YE.08"),
    ("Mukalla", 49.124, 14.542, "YE.04"),
    ("Laayoune", -13.203, 27.162, "EH."),
    ("Palma", 40.480, -10.770, "MZ.01"),
    ("Ibo, an island", 40.590, -12.345, "MZ.01"),
    ("Sevastopol", 33.522, 44.600, "UA.20"),
    ("Cabinda, an exclave", 12.190, -5.550, "AO.03"),
    ("Khasab, an exclave", 56.248, 26.180, "OM.07"),
    ("Nakhchivan, an exclave", 45.410, 39.209, "AZ.35"),
    ("Kaliningrad, an exclave", 20.511, 54.707, "RU.23"),
    ("Maseru, an enclave", 27.484, -29.316, "LS.14"),
    ("San Marino, an enclave", 12.447, 43.936, "SM."),
    ("Uelen, beyond the antimeridian", -169.810, 66.160, "RU.15"),
    ("Anadyr, before the antimeridian", 177.510, 64.735, "RU.15"),
];

#[test]
fn towns_lie_in_their_units() {
    let mut faults = Vec::new();
    for (name, lon, lat, expected) in POINTS {
        let found = chain(Point::new(*lon, *lat)).unwrap_or_default();
        let unit = format!("{}.{}", found.country, found.admin1);
        // A unit whose code is not written is not asked for.
        let is_right = if expected.ends_with('.') { *expected == format!("{}.", found.country) } else { *expected == unit };
        if !is_right {
            faults.push(format!("{name}: {unit} at {:.0} m, expected {expected}", found.distance_m));
        }
    }
    none(&faults, "points lie elsewhere");
}

#[test]
fn coastal_waters_belong_to_the_coast_and_the_high_seas_to_nobody() {
    let off_hodeidah = chain(Point::new(42.80, 14.80)).unwrap();
    assert_eq!((off_hodeidah.country, off_hodeidah.admin1), ("YE", "08"));
    assert!((1_000.0..NEAREST_M).contains(&off_hodeidah.distance_m), "{}", off_hodeidah.distance_m);
    // In Fiji's waters on either side of the antimeridian; the islands lie west of it.
    for lon in [179.99, -179.99] {
        assert_eq!(chain(Point::new(lon, -16.75)).map(|c| c.country), Some("FJ"), "{lon}");
    }
    for (lon, lat) in [(0.0, 0.0), (38.0, 20.0), (-150.0, -40.0), (f64::NAN, 10.0), (200.0, 10.0)] {
        assert_eq!(chain(Point::new(lon, lat)), None, "{lon}, {lat}");
    }
}

#[test]
fn outlines_are_read_whole_and_name_places_that_exist() {
    let all = outline::all();
    assert!(all.refused.is_empty(), "{:?}", all.refused);
    assert!(all.units.len() > 3_900 && all.arcs.len() > 13_000, "{} outlines, {} arcs", all.units.len(), all.arcs.len());
    let gazetteer = Gazetteer::embedded();
    let places: BTreeMap<String, Place<'_>> =
        gazetteer.places().filter(|p| p.is_country() || p.feature().starts_with("ADM")).map(|p| (p.id(), p)).collect();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for unit in &all.units {
        let place = places.get(unit.id);
        let fits = |p: &Place<'_>| match unit.level {
            Level::Country => p.is_country() && p.country() == unit.country,
            Level::Admin1 => p.feature().starts_with("ADM") && (p.country(), p.admin1()) == (unit.country, unit.admin1),
            Level::Admin2 => p.feature() == "ADM2" && p.country() == unit.country,
        };
        if !place.is_some_and(fits) {
            faults.push(format!("{:?} {} {}.{}.{}", unit.level, unit.id, unit.country, unit.admin1, unit.admin2));
        }
        if !seen.insert(unit.id) {
            faults.push(format!("{} stands twice", unit.id));
        }
    }
    none(&faults, "outlines have no such place");
}

/// Of larger polygons (Canada, Russia, the coasts of countries) only the direction is checked here: this check compares each line
/// with many, and the script that builds the file refuses to write any that is not valid.
const MOST_POINTS: usize = 1_500;

#[test]
fn outlines_are_valid_and_run_anticlockwise() {
    let all = outline::all();
    let mut faults = Vec::new();
    for unit in &all.units {
        let shape = all.shape(unit);
        for polygon in &shape {
            let is_oriented = polygon.exterior().is_ccw() && polygon.interiors().iter().all(Winding::is_cw);
            if !is_oriented {
                faults.push(format!("{:?} {}: a ring runs the wrong way", unit.level, unit.id));
            }
            let is_small = polygon.exterior().0.len() <= MOST_POINTS;
            if let Some(error) = is_small.then(|| polygon.check_validation()).and_then(Result::err) {
                faults.push(format!("{:?} {}: {error}", unit.level, unit.id));
            }
        }
    }
    none(&faults, "outlines are not valid");
}

#[test]
fn units_of_the_countries_of_the_news_have_outlines() {
    let gazetteer = Gazetteer::embedded();
    let missing: Vec<String> = gazetteer
        .places()
        .filter(|p| p.feature() == "ADM1" && CORE.split(' ').any(|c| c == p.country()))
        .filter(|p| !WITHOUT_OUTLINE.contains(&(p.country(), p.admin1())) && p.outline().is_none())
        .map(|p| format!("{} {} {}.{}", p.id(), p.name(), p.country(), p.admin1()))
        .collect();
    none(&missing, "units have no outline");
}

#[test]
fn towns_of_the_gazetteer_lie_in_the_country_and_unit_of_their_codes() {
    let gazetteer = Gazetteer::embedded();
    let (mut towns, mut abroad, mut elsewhere) = (0, Vec::new(), Vec::new());
    for town in gazetteer.places().filter(|p| p.feature().starts_with("PPL") && is_known(p.country())) {
        towns += 1;
        let found = chain(town.point()).unwrap_or_default();
        let line = || format!("{} {} {}.{}: {}.{}", town.id(), town.name(), town.country(), town.admin1(), found.country, found.admin1);
        if found.country != town.country() {
            abroad.push(line());
        } else if !town.admin1().is_empty() && !found.admin1.is_empty() && found.admin1 != town.admin1() {
            elsewhere.push(line());
        }
    }
    assert!(towns > 15_000, "{towns} towns");
    // Measured: 45 abroad, 694 elsewhere of 19,785. What is left are towns on a border and codes that GeoNames has not renewed.
    let most = |share: f64| (f64::from(towns) * share) as usize;
    assert!(abroad.len() <= most(0.0025), "{} of {towns} lie abroad:\n{}", abroad.len(), abroad.join("\n"));
    assert!(elsewhere.len() <= most(0.036), "{} of {towns} lie elsewhere:\n{}", elsewhere.len(), elsewhere.join("\n"));
}

#[test]
fn a_place_gives_its_outline() {
    let gazetteer = Gazetteer::embedded();
    let outline_of = |id: &str| gazetteer.by_id(id).unwrap().outline();
    let burkina_faso = outline_of("geonames:2361809").unwrap();
    let tapoa = outline_of("dalil:bf-tapoa").unwrap();
    let diapaga = Point::new(1.788, 12.072);
    assert!(burkina_faso.contains(&diapaga) && tapoa.contains(&diapaga));
    assert!(outline_of("dalil:liptako-gourma").is_some(), "named regions have theirs");
    assert!(outline_of("geonames:2457163").is_none(), "a town has none");
}

#[test]
fn borders_are_as_long_as_they_are_known_to_be() {
    // Kilometres after the CIA World Factbook (public domain); simplified outlines are somewhat shorter.
    let known =
        [("ML", "NE", 838.0), ("BF", "ML", 1325.0), ("NE", "NG", 1608.0), ("IQ", "SY", 599.0), ("SY", "TR", 899.0), ("MZ", "TZ", 840.0)];
    for (country, neighbour, kilometres) in known {
        let line = border(country, neighbour).unwrap();
        let found = line.length(&Haversine) / 1_000.0;
        assert!((0.75..1.1).contains(&(found / kilometres)), "{country}-{neighbour}: {found:.0} km, known {kilometres}");
        assert_eq!(border(neighbour, country).map(|l| l.length(&Haversine).round()), Some(line.length(&Haversine).round()));
    }
    assert!(border("ML", "SY").is_none() && border("ML", "ML").is_none() && border("ML", "").is_none());
    let strip = band("ML", "NE", 20_000.0).unwrap();
    assert!(strip.contains(&Point::new(3.0, 15.42)), "Andéramboukane lies on the border");
    assert!(!strip.contains(&Point::new(2.40, 15.92)), "Ménaka does not");
}
