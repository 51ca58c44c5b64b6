//! Places in the response shape of the geocoder Pelias, so that programs written for it can ask here.
//!
//! `name`, `label` and units are in the language asked for; what Pelias does not have (`feature`, `radius_m`, …) stands beside.

use geo::Point;
use serde_json::{Map, Value, json};

use crate::gazetteer::chain::chain;
use crate::gazetteer::kind::Layer;
use crate::gazetteer::search::{Found, Match};
use crate::gazetteer::{Gazetteer, Place, PlaceRef, country_code};
use crate::lang::Lang;

use super::geometry::rounded;
use super::parse::shortened;

/// Whose work the places are.
const ATTRIBUTION: &str = "GeoNames, Who's On First (CC BY 4.0), Natural Earth, Unicode CLDR";
/// The version of the shape.
const VERSION: &str = "0.2";
/// Namespaces of identifiers whose source has another name in Pelias.
const SOURCES: [(&str, &str); 2] = [("wof", "whosonfirst"), ("gn", "geonames")];

/// What a search or a look around says of a place beside what it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'f> {
    /// What a search found.
    pub found: Option<&'f Found>,
    /// 0–1, when no search tells.
    pub confidence: f64,
    /// From the point asked about or the focus.
    pub distance_m: Option<f64>,
}

/// The name of a place in a language; without one the name for display.
pub fn name_in(place: Place<'_>, lang: Option<Lang>) -> &str {
    match lang {
        Some(Lang::Ar) => place.name_ar(),
        Some(Lang::Fr) => place.name_fr(),
        _ => place.name(),
    }
}

/// Source and identifier in it: `geonames:2457163` → `geonames`, `2457163`.
pub(super) fn source_of(id: &str) -> (&str, &str) {
    let (space, rest) = id.split_once(':').unwrap_or(("", id));
    (SOURCES.iter().find(|(own, _)| *own == space).map_or(space, |(_, source)| source), rest)
}

/// The namespace of a source: `whosonfirst`, `wof` → `wof`.
pub fn space_of(source: &str) -> &str {
    match source {
        "gn" => "geonames",
        _ => SOURCES.iter().find(|(space, known)| *known == source && *space == "wof").map_or(source, |(space, _)| space),
    }
}

/// The identifier in a `gid` (`geonames:locality:2457163`), or one of ours as it is.
pub fn id_of_gid(gid: &str) -> Option<String> {
    let parts: Vec<&str> = gid.splitn(3, ':').collect();
    match parts.as_slice() {
        [source, layer, id] if Layer::ALL.iter().any(|l| l.label() == *layer) && !id.is_empty() => {
            Some(format!("{}:{id}", space_of(source)))
        }
        [space, id, ..] if !space.is_empty() && !id.is_empty() => Some(gid.to_owned()),
        _ => None,
    }
}

fn gid(place: Place<'_>) -> String {
    let id = place.id();
    let (source, rest) = source_of(&id);
    format!("{source}:{}:{rest}", Layer::of(place.feature()).label())
}

/// A place, its name, its units, and what stands between them in the language: «Gao, Gao Region, Mali».
pub fn label(place: Place<'_>, gazetteer: &Gazetteer, lang: Option<Lang>) -> String {
    let chain = chain(gazetteer, place);
    let mut names = vec![name_in(place, lang)];
    for unit in [chain.region, chain.country].into_iter().flatten() {
        let name = name_in(gazetteer.place(unit), lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(if lang == Some(Lang::Ar) { "، " } else { ", " })
}

/// A place as a feature.
pub fn pelias_feature(place: Place<'_>, told: Told<'_>, gazetteer: &Gazetteer, lang: Option<Lang>) -> Value {
    let id = place.id();
    let (source, source_id) = source_of(&id);
    let mut p = Map::new();
    let mut put = |key: &str, value: Value| drop(p.insert(key.to_owned(), value));
    put("id", json!(source_id));
    put("gid", json!(gid(place)));
    put("layer", json!(Layer::of(place.feature()).label()));
    put("source", json!(source));
    put("source_id", json!(source_id));
    if !place.country().is_empty() {
        put("country_code", json!(place.country()));
    }
    put("name", json!(name_in(place, lang)));
    put("confidence", json!(shortened(told.found.map_or(told.confidence, |f| f.confidence))));
    if let Some(found) = told.found {
        put("match_type", json!(if found.matched <= Match::Variant { "exact" } else { "fallback" }));
    }
    if let Some(distance) = told.distance_m {
        put("distance", json!((distance.round()) / 1000.0));
    }
    put("accuracy", json!(if place.is_area() { "centroid" } else { "point" }));
    units(place, gazetteer, lang, &mut put);
    put("label", json!(label(place, gazetteer, lang)));
    for (key, value) in [("name_ar", place.name_ar()), ("name_fr", place.name_fr()), ("feature", place.feature())] {
        put(key, json!(value));
    }
    put("population", if place.population() > 0 { json!(place.population()) } else { Value::Null });
    put("radius_m", json!(place.radius_m()));
    if let Some(found) = told.found {
        put("matched", json!(found.key));
        put("score", json!(shortened(found.score)));
    }
    let geometry = json!({"type": "Point", "coordinates": [rounded(place.lon()), rounded(place.lat())]});
    json!({"type": "Feature", "id": id, "geometry": geometry, "properties": p})
}

/// Country, region and county with their `gid`s; a unit names itself in its own field, as Pelias does.
fn units(place: Place<'_>, gazetteer: &Gazetteer, lang: Option<Lang>, put: &mut impl FnMut(&str, Value)) {
    let chain = chain(gazetteer, place);
    let own = |layers: &[Layer]| layers.contains(&Layer::of(place.feature())).then(|| place.reference());
    let mut unit = |field: &str, unit: Option<PlaceRef>, code: Option<&str>| {
        let Some(unit) = unit.map(|u| gazetteer.place(u)) else { return };
        put(field, json!(name_in(unit, lang)));
        put(&format!("{field}_gid"), json!(gid(unit)));
        if let Some(code) = code.filter(|c| !c.is_empty()) {
            put(&format!("{field}_a"), json!(code));
        }
    };
    unit("country", own(&[Layer::Country, Layer::Dependency]).or(chain.country), country_code::alpha3(place.country()));
    unit("region", own(&[Layer::Region]).or(chain.region), Some(place.admin1()));
    unit("county", own(&[Layer::County]).or(chain.county), Some(place.admin2()));
}

/// The whole answer: what was asked, and the features.
pub fn pelias_collection(query: &Value, features: &[Value]) -> String {
    let mut out = json!({
        "geocoding": {
            "version": VERSION, "attribution": ATTRIBUTION, "query": query,
            "engine": {"name": "dalil", "author": "dalil", "version": env!("CARGO_PKG_VERSION")},
        },
        "type": "FeatureCollection",
        "features": features,
    });
    let points = features
        .iter()
        .filter_map(|f| Some(Point::new(f["geometry"]["coordinates"][0].as_f64()?, f["geometry"]["coordinates"][1].as_f64()?)));
    let bounds = points.fold(None, |b: Option<[f64; 4]>, p| {
        let [west, south, east, north] = b.unwrap_or([p.x(), p.y(), p.x(), p.y()]);
        Some([west.min(p.x()), south.min(p.y()), east.max(p.x()), north.max(p.y())])
    });
    if let Some(bounds) = bounds {
        out["bbox"] = json!(bounds);
    }
    out.to_string()
}
