//! What is known around a new place: the nearest place, and those of the same name.

use geo::{Distance, Haversine, Point};
use serde::Serialize;

use crate::gazetteer::spelling::propose_within;
use crate::gazetteer::{Gazetteer, Place};
use crate::store::PlaceRecord;
use crate::text::fold::fold_phrase;

use super::check::NewPlace;

/// Two places of one name nearer than this are asked about: villages of one name in one commune exist, but are rare.
const NEAR_DUPLICATE_M: f64 = 10_000.0;
/// A name spelt nearly so is asked about too, up to this cost a letter (a regular transliteration costs 0.7, see `docs/gazetteer.md`),
/// and in any name one wrong letter is.
const SPELT_ALIKE: f32 = 1.0;
const ONE_LETTER: f32 = 7.5;
/// Places spelt nearly so that are looked at.
const MAX_SPELT: usize = 20;
/// Farther from any known place than this the country is not guessed.
const NEAREST_M: f64 = 150_000.0;
/// Of latitude; the least, at the equator.
const METRES_PER_DEGREE: f64 = 110_500.0;

/// A known place of the same name nearby. `{"id":"geonames:1","name":"Gao","lat":16.3,"lon":-0.04,"distance_m":1200}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct NearDuplicate {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub distance_m: u32,
}

/// The nearest known place that is no area, in the country if that is given; `None` far from everything.
pub(super) fn nearest<'g>(new: &NewPlace, gazetteer: &'g Gazetteer) -> Option<Place<'g>> {
    let point = Point::new(new.lon, new.lat);
    // Most of the world is farther off than this by latitude alone, which is quickly told.
    let reach_deg = NEAREST_M / METRES_PER_DEGREE;
    let near = gazetteer
        .places()
        .filter(|p| (p.lat() - new.lat).abs() <= reach_deg)
        .filter(|p| !p.is_area() && !p.country().is_empty() && new.country.as_deref().is_none_or(|c| c == p.country()))
        .map(|p| (Haversine.distance(point, p.point()), p))
        .filter(|(metres, _)| *metres <= NEAREST_M)
        .min_by(|a, b| a.0.total_cmp(&b.0));
    near.map(|(_, place)| place)
}

/// Known places that share a name with a record, or have one spelt nearly so in any script, and lie near it; nearest first.
pub(super) fn near_duplicates(place: &PlaceRecord, gazetteer: &Gazetteer) -> Vec<NearDuplicate> {
    let point = Point::new(place.lon, place.lat);
    let names = std::iter::once(&place.name).chain(place.names.iter().map(|n| &n.name));
    let country = place.country.as_str();
    let spelt = |name: &str| {
        let bound = (SPELT_ALIKE * fold_phrase(name).chars().count() as f32).max(ONE_LETTER);
        propose_within(gazetteer, name, &[country], MAX_SPELT, bound).into_iter().map(|p| p.place)
    };
    let mut places: Vec<_> =
        names.flat_map(|name| gazetteer.by_name(name).into_iter().map(|(place, _)| place).chain(spelt(name)).collect::<Vec<_>>()).collect();
    places.sort_unstable();
    places.dedup();
    let mut found: Vec<NearDuplicate> = places
        .into_iter()
        .map(|found| gazetteer.place(found))
        .filter(|p| p.id() != place.id)
        .map(|p| (Haversine.distance(point, p.point()), p))
        .filter(|(metres, _)| *metres <= NEAR_DUPLICATE_M)
        .map(|(metres, p)| NearDuplicate {
            id: p.id(),
            name: p.name().to_owned(),
            lat: p.lat(),
            lon: p.lon(),
            distance_m: metres.round() as u32,
        })
        .collect();
    found.sort_by_key(|d| (d.distance_m, d.id.clone()));
    found
}
