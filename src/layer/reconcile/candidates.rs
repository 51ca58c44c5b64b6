//! A reconciliation query → the places that it may mean, and whether one of them surely is.

use geo::{Distance, Haversine, Point};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::gazetteer::kind::Kind;
use crate::gazetteer::nearest::nearest;
use crate::gazetteer::search::{Found, Match, Mode, Query, fame, search};
use crate::gazetteer::{Gazetteer, Place, PlaceRef, country_code};
use crate::layer::parse::shortened;
use crate::layer::pelias::label;
use crate::text::fold::fold_phrase;

use super::properties::{Property, types};

/// Candidates when the query does not say, and the most that it can say.
const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 100;
/// Points (of 100) for a property that agrees, and against one that does not.
const AGREES: f64 = 5.0;
const DISAGREES: f64 = 25.0;
/// Coordinates nearer than this agree, farther than that they do not, metres: sources differ by the size of a town.
const SAME_M: f64 = 10_000.0;
const OTHER_M: f64 = 50_000.0;
/// Censuses of one place differ by less than this factor.
const SAME_POPULATION: f64 = 2.0;

/// A query of a batch. `{"query":"غاو","type":"P","limit":5,"properties":[{"pid":"country","v":"Mali"}],"type_strict":"should"}`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconcileQuery {
    /// The name.
    pub query: Option<String>,
    #[serde(rename = "type")]
    types: Option<OneOrMany>,
    limit: Option<f64>,
    #[serde(default)]
    properties: Vec<Given>,
    /// Its meaning is not laid down; it is taken and changes nothing.
    #[serde(rename = "type_strict")]
    _strict: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Clone, Debug, Deserialize)]
struct Given {
    pid: String,
    v: Value,
}

impl ReconcileQuery {
    /// A query of a name alone.
    pub fn of(name: &str) -> ReconcileQuery {
        ReconcileQuery { query: Some(name.to_owned()), ..ReconcileQuery::default() }
    }

    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.query.as_deref().unwrap_or_default().trim().is_empty() && self.properties.is_empty()
    }

    /// The first value of a property as text; of an entity its identifier.
    fn text(&self, property: Property) -> Option<String> {
        let given = self.properties.iter().find(|g| Property::from_id(&g.pid) == Some(property))?;
        let value = given.v.as_array().map_or(Some(&given.v), |all| all.first())?;
        match value {
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Object(entity) => entity.get("id").and_then(Value::as_str).map(str::to_owned),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }

    fn number(&self, property: Property) -> Option<f64> {
        self.text(property)?.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
    }

    fn point(&self) -> Option<Point> {
        let (lon, lat) = (self.number(Property::Longitude)?, self.number(Property::Latitude)?);
        (lon.abs() <= 180.0 && lat.abs() <= 90.0).then(|| Point::new(lon, lat))
    }

    fn kinds(&self) -> Vec<Kind> {
        let named = match &self.types {
            None => Vec::new(),
            Some(OneOrMany::One(one)) => vec![one.clone()],
            Some(OneOrMany::Many(many)) => many.clone(),
        };
        named.iter().filter_map(|word| Kind::from_word(word)).collect()
    }
}

/// What a query says beside the name, understood.
struct Beside {
    point: Option<Point>,
    /// True when a country was said, known or not.
    says_country: bool,
    /// Its two letters.
    country: Option<String>,
    /// First-level units of the name that was said.
    regions: Option<Vec<PlaceRef>>,
    population: Option<f64>,
    names: Vec<String>,
}

/// The answer to one query: `{"result":[{"id":…,"name":…,"score":…,"match":…,"type":[…],"features":[…]}]}`
pub fn reconciled(query: &ReconcileQuery, gazetteer: &Gazetteer) -> Value {
    let beside = beside(query, gazetteer);
    let limit = query.limit.map_or(DEFAULT_LIMIT, |l| (l.max(1.0) as usize).min(MAX_LIMIT));
    let name = query.query.as_deref().map(str::trim).filter(|q| !q.is_empty()).or(beside.names.first().map(String::as_str));
    if let Some(place) = name.and_then(|name| by_identifier(name, gazetteer)) {
        let agreement = agreement(place, &beside, gazetteer);
        return json!({"result": [candidate(place, None, 100.0, agreement.against == 0, &agreement, gazetteer)]});
    }
    let asked = Query {
        countries: beside.country.clone().into_iter().collect(),
        near: beside.point,
        kinds: query.kinds(),
        mode: Mode::Match,
        // Enough to see whether there is a rival.
        ..Query::of(name.unwrap_or_default(), limit.max(DEFAULT_LIMIT))
    };
    let mut scored: Vec<(Option<Found>, PlaceRef, f64, Agreement)> = match (name, beside.point) {
        (Some(_), _) => search(gazetteer, &asked)
            .into_iter()
            .map(|found| {
                let agreement = agreement(gazetteer.place(found.place), &beside, gazetteer);
                (Some(found.clone()), found.place, agreement.moved(found.score * 100.0), agreement)
            })
            .collect(),
        (None, Some(point)) => nearest(gazetteer, point, asked.limit, |p| asked.allows(p))
            .into_iter()
            .map(|(place, _)| {
                let agreement = agreement(gazetteer.place(place), &beside, gazetteer);
                // Without a name nothing is likelier than not.
                (None, place, agreement.moved(DISAGREES), agreement)
            })
            .collect(),
        (None, None) => Vec::new(),
    };
    scored.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.cmp(&b.1)));
    let is_sure = is_sure(&scored);
    let result: Vec<Value> = scored
        .iter()
        .take(limit)
        .enumerate()
        .map(|(rank, (found, place, score, agreement))| {
            candidate(gazetteer.place(*place), found.as_ref(), *score, rank == 0 && is_sure, agreement, gazetteer)
        })
        .collect();
    json!({"result": result})
}

/// Sure is: the very name, recorded and current, nothing said against it, and no other place of which that is true.
fn is_sure(scored: &[(Option<Found>, PlaceRef, f64, Agreement)]) -> bool {
    let is_good = |(found, _, _, agreement): &(Option<Found>, PlaceRef, f64, Agreement)| {
        found.as_ref().is_some_and(|f| f.matched == Match::Exact && f.is_recorded) && agreement.against == 0
    };
    scored.first().is_some_and(is_good) && !scored.iter().skip(1).any(is_good)
}

/// A place by the identifier that a query gives for a name: ours, or the number alone that GeoNames gives it.
pub(super) fn by_identifier<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<Place<'g>> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    match is_number {
        true => gazetteer.by_id(&format!("geonames:{text}")),
        false if text.contains(':') => gazetteer.by_id(text),
        false => None,
    }
}

fn beside(query: &ReconcileQuery, gazetteer: &Gazetteer) -> Beside {
    let said = query.text(Property::Country);
    let country = said.as_ref().and_then(|given| country_of(given, gazetteer));
    let countries: Vec<String> = country.clone().into_iter().collect();
    let regions = query.text(Property::Admin1).map(|given| {
        if let Some(place) = by_identifier(&given, gazetteer) {
            return vec![place.reference()];
        }
        let asked = Query {
            countries,
            kinds: Kind::from_word("region").into_iter().collect(),
            mode: Mode::Match,
            ..Query::of(&given, DEFAULT_LIMIT)
        };
        search(gazetteer, &asked).into_iter().filter(|f| f.matched <= Match::Variant).map(|f| f.place).collect()
    });
    Beside {
        point: query.point(),
        says_country: said.is_some(),
        country,
        regions,
        population: query.number(Property::Population).filter(|p| *p > 0.0),
        names: [Property::Name, Property::NameAr, Property::NameFr].into_iter().filter_map(|p| query.text(p)).collect(),
    }
}

fn country_of(given: &str, gazetteer: &Gazetteer) -> Option<String> {
    if let Some(code) = country_code::alpha2(given) {
        return Some(code.to_owned());
    }
    let named = gazetteer.by_name(given).into_iter().map(|(place, _)| gazetteer.place(place));
    by_identifier(given, gazetteer).into_iter().chain(named).find(|p| p.is_country()).map(|p| p.country().to_owned())
}

/// How what was said beside the name fits a place.
#[derive(Clone, Debug, Default)]
struct Agreement {
    with: usize,
    against: usize,
    features: Vec<Value>,
}

impl Agreement {
    fn say(&mut self, feature: &str, agrees: bool) {
        if agrees {
            self.with += 1;
        } else {
            self.against += 1;
        }
        self.features.push(json!({"id": feature, "value": agrees}));
    }

    fn moved(&self, score: f64) -> f64 {
        (score + AGREES * self.with as f64 - DISAGREES * self.against as f64).clamp(0.0, 100.0)
    }
}

fn agreement(place: Place<'_>, beside: &Beside, gazetteer: &Gazetteer) -> Agreement {
    let mut out = Agreement::default();
    if beside.says_country {
        out.say("country_match", beside.country.as_deref() == Some(place.country()));
    }
    if let Some(regions) = &beside.regions {
        let holds = |unit: Place<'_>| unit.country() == place.country() && unit.admin1() == place.admin1();
        out.say("admin1_match", regions.iter().any(|unit| holds(gazetteer.place(*unit))));
    }
    if let Some(point) = beside.point {
        let metres = Haversine.distance(point, place.point());
        let reach = f64::from(place.radius_m());
        if metres <= SAME_M.max(reach) || metres > OTHER_M.max(2.0 * reach) {
            out.say("coordinates_match", metres <= SAME_M.max(reach));
        }
        out.features.push(json!({"id": "distance_km", "value": (metres / 100.0).round() / 10.0}));
    }
    if let (Some(population), true) = (beside.population, place.population() > 0) {
        let ratio = population / f64::from(place.population());
        // Figures age: one that differs says little.
        if (1.0 / SAME_POPULATION..=SAME_POPULATION).contains(&ratio) {
            out.say("population_match", true);
        }
    }
    for name in &beside.names {
        let folded = fold_phrase(name);
        if gazetteer.by_name(&folded).iter().any(|(p, _)| *p == place.reference()) {
            out.say("name_match", true);
        }
    }
    // One feature of an identifier, whatever was given twice.
    let mut seen: Vec<Value> = Vec::new();
    out.features.retain(|f| {
        if seen.contains(&f["id"]) {
            false
        } else {
            seen.push(f["id"].clone());
            true
        }
    });
    out
}

fn candidate(place: Place<'_>, found: Option<&Found>, score: f64, is_match: bool, agreement: &Agreement, gazetteer: &Gazetteer) -> Value {
    let mut features = vec![json!({"id": "fame", "value": shortened(fame(place))})];
    if let Some(found) = found {
        features.push(json!({"id": "name_similarity", "value": shortened(found.confidence)}));
        features.push(json!({"id": "exact_name", "value": found.matched == Match::Exact}));
    }
    features.extend(agreement.features.iter().cloned());
    json!({
        "id": place.id(), "name": place.name(), "description": label(place, gazetteer, None),
        "type": types(place), "score": shortened(score), "match": is_match, "features": features,
    })
}
