//! The units that a place lies in, from the nearest to the widest.

use super::{Gazetteer, Place, PlaceRef};

/// Second-level unit, first-level unit and country of a place; a unit is no part of itself.
///
/// By the codes of the place. What polygons say of a point is asked of them, not here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Second-level unit.
    pub county: Option<PlaceRef>,
    /// First-level unit.
    pub region: Option<PlaceRef>,
    /// Country.
    pub country: Option<PlaceRef>,
}

/// The chain of a place.
pub fn chain(gazetteer: &Gazetteer, place: Place<'_>) -> Chain {
    let (code, admin1) = (place.country(), place.admin1());
    let other = |unit: Option<PlaceRef>| unit.filter(|u| gazetteer.place(*u).id() != place.id());
    let is_region = place.feature() == "ADM1";
    let (first, second) = if place.is_country() {
        (None, None)
    } else {
        (gazetteer.admin1(code, admin1), if is_region { None } else { gazetteer.admin2(code, admin1, place.admin2()) })
    };
    Chain { county: other(second), region: other(first), country: other(gazetteer.country(code)) }
}
