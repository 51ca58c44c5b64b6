//! The gazetteer for people and geocoding programs: search, autocomplete, reverse, place, as Pelias answers.

use axum::Json;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use geo::{Distance, Haversine};
use serde_json::{Value, json};

use crate::gazetteer::Gazetteer;
use crate::gazetteer::nearest::nearest;
use crate::gazetteer::search::{Mode, search as find};
use crate::gazetteer::spelling::in_arabic;
use crate::layer::{self, Told};

use super::State;
use super::asked::{self, Around, Sought, around, ids, sought};
use super::items::{Given, pairs};
use super::reply::{Problem, geojson};

/// `GET /gazetteer/search?text=`
pub(super) async fn search(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    found(&state, &headers, sought(pairs(given)?, Mode::Whole)?).await
}

/// `GET /gazetteer/autocomplete?text=`
pub(super) async fn autocomplete(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    found(&state, &headers, sought(pairs(given)?, Mode::Beginning)?).await
}

/// `GET /gazetteer/reverse?point.lat=&point.lon=`
pub(super) async fn reverse(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let asked = around(pairs(given)?)?;
    answer(&state, &headers, move |gazetteer| (asked.echo.clone(), places_around(gazetteer, &asked))).await
}

/// `GET /gazetteer/place?ids=`
pub(super) async fn place(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let asked = ids(pairs(given)?)?;
    answer(&state, &headers, move |gazetteer| {
        let told = Told { confidence: 1.0, ..Told::default() };
        let known = asked.wanted.iter().filter_map(|id| gazetteer.by_id(id));
        (asked.echo.clone(), known.map(|place| layer::pelias_feature(place, told, gazetteer, asked.lang)).collect())
    })
    .await
}

async fn found(state: &State, headers: &HeaderMap, asked: Sought) -> Result<Response, Problem> {
    answer(state, headers, move |gazetteer| {
        let found = find(gazetteer, &asked.query);
        let features = found.iter().map(|found| {
            let place = gazetteer.place(found.place);
            let distance_m = asked.query.near.map(|focus| Haversine.distance(focus, place.point()));
            layer::pelias_feature(place, Told { found: Some(found), distance_m, ..Told::default() }, gazetteer, asked.lang)
        });
        (asked.echo.clone(), features.collect())
    })
    .await
}

/// `GET /gazetteer/spell?text=Talataye&country=ML`: how a Latin name is likely to be written in Arabic letters.
pub(super) async fn spell(given: Given) -> Result<Json<Value>, Problem> {
    let (text, country) = asked::spelling(pairs(given)?)?;
    Ok(Json(json!({"text": text, "ar": in_arabic(&text, &country)})))
}

/// The nearest places. What contains the point is told by the codes of these; polygons are asked where they are.
fn places_around(gazetteer: &Gazetteer, asked: &Around) -> Vec<Value> {
    let passes = |place: crate::gazetteer::Place<'_>| asked.filter.allows(place);
    let near = nearest(gazetteer, asked.point, asked.filter.limit, passes);
    near.into_iter()
        .map(|(place, distance)| {
            let told = Told { found: None, confidence: confidence(distance), distance_m: Some(distance) };
            layer::pelias_feature(gazetteer.place(place), told, gazetteer, asked.lang)
        })
        .collect()
}

/// Pelias' steps: metres, confidence.
fn confidence(distance_m: f64) -> f64 {
    const STEPS: [(f64, f64); 5] = [(1.0, 1.0), (10.0, 0.9), (100.0, 0.8), (250.0, 0.7), (1_000.0, 0.6)];
    const FARTHER: f64 = 0.5;
    STEPS.iter().find(|(metres, _)| distance_m < *metres).map_or(FARTHER, |(_, confidence)| *confidence)
}

/// Asks the gazetteer off the threads that answer requests.
async fn answer(
    state: &State,
    headers: &HeaderMap,
    ask: impl FnOnce(&Gazetteer) -> (Value, Vec<Value>) + Send + 'static,
) -> Result<Response, Problem> {
    let gazetteer = state.gazetteer();
    let asked = tokio::task::spawn_blocking(move || {
        let (query, features) = ask(&gazetteer);
        layer::pelias_collection(&query, &features)
    });
    Ok(geojson(headers, asked.await.map_err(|e| Problem::internal(&e))?))
}
