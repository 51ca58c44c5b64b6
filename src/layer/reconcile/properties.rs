//! What can be asked about a place.

use serde_json::{Value, json};

use crate::gazetteer::chain::chain;
use crate::gazetteer::kind;
use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::lang::Lang;
use crate::layer::geometry::rounded;
use crate::layer::pelias::name_in;

/// A property of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Property {
    Country,
    Admin1,
    Admin2,
    Latitude,
    Longitude,
    Population,
    Name,
    NameAr,
    NameFr,
    Feature,
    Radius,
}

impl Property {
    pub(super) const ALL: [Property; 11] = [
        Property::Country,
        Property::Admin1,
        Property::Admin2,
        Property::Latitude,
        Property::Longitude,
        Property::Population,
        Property::Name,
        Property::NameAr,
        Property::NameFr,
        Property::Feature,
        Property::Radius,
    ];

    /// Identifier, name and what it says.
    pub(super) fn described(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Property::Country => ("country", "country", "by name or ISO 3166-1 letters"),
            Property::Admin1 => ("admin1", "first-level unit", "region, province, governorate, state"),
            Property::Admin2 => ("admin2", "second-level unit", "district, cercle, department"),
            Property::Latitude => ("latitude", "latitude", "degrees north, WGS84"),
            Property::Longitude => ("longitude", "longitude", "degrees east, WGS84"),
            Property::Population => ("population", "population", "inhabitants"),
            Property::Name => ("name", "name", "for display, in Latin letters where there is one"),
            Property::NameAr => ("name_ar", "name in Arabic", ""),
            Property::NameFr => ("name_fr", "name in French", ""),
            Property::Feature => ("feature", "feature code", "GeoNames feature code"),
            Property::Radius => ("radius_m", "radius", "how far the place reaches from its point, metres"),
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Property> {
        Property::ALL.into_iter().find(|p| p.described().0 == id)
    }

    /// `{"id":"country","name":"country","description":"…"}`
    pub(super) fn shape(self) -> Value {
        let (id, name, description) = self.described();
        if description.is_empty() { json!({"id": id, "name": name}) } else { json!({"id": id, "name": name, "description": description}) }
    }

    /// True when its values are places themselves.
    pub(super) fn is_place(self) -> bool {
        matches!(self, Property::Country | Property::Admin1 | Property::Admin2)
    }

    /// The unit that it names.
    fn unit(self, place: Place<'_>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let chain = chain(gazetteer, place);
        match self {
            Property::Country => chain.country.or_else(|| place.is_country().then(|| place.reference())),
            Property::Admin1 => chain.region,
            Property::Admin2 => chain.county,
            _ => None,
        }
    }

    /// Its values of a place, as a data extension gives them; none when unknown.
    pub(super) fn values(self, place: Place<'_>, gazetteer: &Gazetteer, lang: Option<Lang>) -> Vec<Value> {
        let text = |text: &str| if text.is_empty() { Vec::new() } else { vec![json!({"str": text})] };
        match self {
            Property::Country | Property::Admin1 | Property::Admin2 => {
                let unit = self.unit(place, gazetteer).map(|unit| gazetteer.place(unit));
                unit.map(|unit| json!({"id": unit.id(), "name": name_in(unit, lang)})).into_iter().collect()
            }
            Property::Latitude => vec![json!({"float": rounded(place.lat())})],
            Property::Longitude => vec![json!({"float": rounded(place.lon())})],
            Property::Population if place.population() == 0 => Vec::new(),
            Property::Population => vec![json!({"int": place.population()})],
            Property::Name => text(place.name()),
            Property::NameAr => text(Some(place.name_ar()).filter(|n| *n != place.name()).unwrap_or_default()),
            Property::NameFr => text(place.name_fr()),
            Property::Feature => text(place.feature()),
            Property::Radius => vec![json!({"int": place.radius_m()})],
        }
    }
}

/// The types of a place: its code, then the class: `[{"id":"P.PPLA","name":"seat of a first-level unit"},{"id":"P","name":"…"}]`
pub(super) fn types(place: Place<'_>) -> Value {
    let code = place.feature();
    let class = kind::class(code);
    json!([{"id": format!("{class}.{code}"), "name": kind::name(code)}, {"id": class.to_string(), "name": class_name(class)}])
}

pub(super) fn class_name(class: char) -> &'static str {
    kind::features().iter().find(|f| f.class == class && f.code.is_empty()).map_or("", |f| f.name)
}
