//! The place of an incident, as precisely as its words say and no more.

use geo::{Bearing, Destination, Distance, Haversine, Point};

use crate::recognise::How;
use crate::resolve::Located;

use super::record::PlaceRelation;
use super::scene::{is_only_near, is_reference, other_end, unit_of};
use super::statement::Recognised;
use super::weights;

/// Where the scene lies: the mention's own place, the stretch that it is one end of, the surroundings of what it is
/// near to, or the unit in brackets behind a name that is not located.
pub(super) fn located(all: &Recognised<'_>, mention: usize) -> Option<Located> {
    let own = all.resolutions[mention].place.clone();
    if let (Some(one), Some(other)) = (&own, other_end(all, mention).and_then(|m| all.resolutions[m].place.as_ref())) {
        return Some(told(all, mention, &[How::Between]).unwrap_or_else(|| between(one, other)));
    }
    // «in northern Mali» is drawn there, and not in the middle of Mali.
    if let (Some(own), Some(place)) = (&own, told(all, mention, &[How::Part, How::Bank, How::Near, How::Around])) {
        // It keeps the name and the identifier by which people look for it.
        return Some(Located { id: own.id.clone(), name: own.name.clone(), ..place });
    }
    match own {
        // «near X», «south-west of X»: not in it.
        Some(place) if is_only_near(all, mention) || is_reference(all, mention) => Some(around(place)),
        Some(place) => Some(place),
        None => unit_of(all, mention).and_then(|m| all.resolutions[m].place.clone()).map(around),
    }
}

/// The main place of an event and the further ones: when the scene cannot be located, the first of the others that can is the main one.
pub(super) fn of_all(all: &Recognised<'_>, scene: Option<usize>, beside: Vec<usize>) -> (Option<usize>, Vec<usize>) {
    let Some(main) = scene else { return (None, Vec::new()) };
    let is_located = |m: &usize| located(all, *m).is_some();
    match beside.iter().copied().find(is_located).filter(|_| !is_located(&main)) {
        Some(first) => {
            let mut rest: Vec<usize> = beside.into_iter().filter(|m| *m != first).chain([main]).collect();
            rest.sort_unstable();
            (Some(first), rest)
        }
        None => (scene, beside),
    }
}

/// The relation by which the place of a mention is told, if it is.
pub(super) fn relation(all: &Recognised<'_>, mention: usize) -> Option<PlaceRelation> {
    let own = all.mentions[mention].relation;
    let hung = || all.mentions.iter().filter_map(|m| m.relation).find(|r| r.anchor == mention && !r.is_apart());
    let relation = own.or_else(hung)?;
    let named = all.resolutions.get(relation.anchor)?;
    let of_place = named.place.as_ref().map_or_else(|| all.text.slice(named.span).to_owned(), |p| p.name.clone());
    let how = match relation.how {
        How::Distance => "distance",
        How::Part => "part",
        How::Around => "around",
        How::Near => "near",
        How::Between => "between",
        How::Border => "border",
        How::Corner => "corner",
        How::Bank => "bank",
    };
    Some(PlaceRelation { how, distance_km: relation.distance_m.map(|m| m / 1000.0), bearing_deg: relation.bearing_deg, of_place })
}

/// What a relation to a name makes of it, when it is one of some sorts.
fn told(all: &Recognised<'_>, name: usize, hows: &[How]) -> Option<Located> {
    let relatives = all.mentions.iter().enumerate().rev().map_while(|(index, m)| Some((index, m.relation?)));
    let of_name = relatives.filter(|(_, r)| r.anchor == name && hows.contains(&r.how));
    of_name.last().and_then(|(index, _)| all.resolutions[index].place.clone())
}

/// A place that the scene is only near to, or somewhere in.
fn around(place: Located) -> Located {
    if place.where_prec > 3 {
        return place;
    }
    let radius_m = place.radius_m.max(weights::NEAR_RADIUS_M);
    Located { geo_precision: 2, where_prec: place.where_prec.max(2), radius_m, ..place }
}

/// The middle of the stretch between two places; the radius reaches both ends.
fn between(one: &Located, other: &Located) -> Located {
    let (a, b) = (Point::new(one.lon, one.lat), Point::new(other.lon, other.lat));
    let half_m = Haversine.distance(a, b) / 2.0;
    let middle = Haversine.destination(a, Haversine.bearing(a, b), half_m);
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let admin1 = if one.admin1 == other.admin1 { one.admin1.clone() } else { String::new() };
    Located {
        id: format!("between:{}", one.id),
        name: format!("between {} and {}", one.name, other.name),
        lat: round(middle.y()),
        lon: round(middle.x()),
        admin1,
        admin2: if one.admin2 == other.admin2 { one.admin2.clone() } else { String::new() },
        geo_precision: 2,
        where_prec: 5,
        radius_m: (half_m as u32).max(weights::NEAR_RADIUS_M),
        outline: None,
        ..one.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(name: &str, lon: f64, lat: f64) -> Located {
        Located {
            id: format!("test:{name}"),
            name: name.to_owned(),
            lat,
            lon,
            country: "ML".to_owned(),
            admin1: "Gao".to_owned(),
            admin2: "Ansongo".to_owned(),
            feature: "PPL".to_owned(),
            geo_precision: 1,
            where_prec: 1,
            radius_m: 3_000,
            outline: None,
        }
    }

    #[test]
    fn a_stretch_is_drawn_at_its_middle_and_reaches_both_ends() {
        let place = between(&at("A", -1.0, 15.0), &at("B", 0.0, 15.0));
        assert!((place.lon + 0.5).abs() < 0.01 && (place.lat - 15.0).abs() < 0.01, "{place:?}");
        // One degree of longitude at 15° N is 107.4 km.
        assert!((53_000..55_000).contains(&place.radius_m));
        assert_eq!((place.geo_precision, place.where_prec, place.name.as_str()), (2, 5, "between A and B"));
    }

    #[test]
    fn what_is_only_near_a_place_is_not_in_it() {
        let place = around(at("A", -1.0, 15.0));
        assert_eq!((place.geo_precision, place.where_prec, place.radius_m), (2, 2, weights::NEAR_RADIUS_M));
    }
}
