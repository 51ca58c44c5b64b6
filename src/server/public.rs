//! What may be shown to everybody: how much happened in which cell of half a degree, and nothing of sources, names and reports.

use axum::extract::State as Shared;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde_json::{Value, json};

use crate::error::Error;
use crate::snapshot::CELL_DEGREES;
use crate::snapshot::parameters::{Pairs, Question};
use crate::store::Collection;

use super::State;
use super::items::{Given, pairs, tag_of};
use super::reply::{GEOJSON, Problem, made};

/// Where it is.
pub(super) const PATH: &str = "/api/public/incidents";
/// What can be asked: nothing finer than what is told, or asking often enough would find out the place.
pub(super) const ASKED: [&str; 9] =
    ["datetime", "event_type", "sub_event_type", "disorder_type", "status", "civilian_targeting", "country", "admin1", "lang"];
/// What is shown when nothing is said of the status: what is said to have happened.
const HAPPENED: (&str, &str) = ("status", "asserted,claimed");

/// `GET /api/public/incidents`
pub(super) async fn incidents(Shared(state): Shared<State>, uri: Uri, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let question = Question::parse(Collection::Incidents, asked(pairs(given)?)?, &[])?;
    let snapshot = state.snapshot();
    let tag = tag_of(snapshot.moment(), &uri);
    let body = move || {
        let matches = snapshot.matches(Collection::Incidents, &question.predicate());
        let found = snapshot.layer(Collection::Incidents).cells(&matches);
        let feature = |cell: &crate::snapshot::Cell| json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [cell.lon, cell.lat]}, "properties": cell});
        let features: Vec<Value> = found.cells.iter().map(feature).collect();
        let whole = json!({
            "type": "FeatureCollection",
            "cell_degrees": CELL_DEGREES,
            "numberMatched": matches.len(),
            "unlocated": found.unlocated,
            "features": features,
        });
        whole.to_string().into_bytes()
    };
    made(&headers, GEOJSON, body, tag).await
}

fn asked(pairs: Pairs) -> Result<Pairs, Error> {
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !ASKED.contains(&name.as_str())) {
        let expected = format!("one of {}: nothing finer than what is told here", ASKED.join(", "));
        return Err(Error::value(name, "a parameter that cannot be asked for in public", &expected));
    }
    let is_said = pairs.iter().any(|(name, _)| name == HAPPENED.0);
    let assumed = (!is_said).then(|| (HAPPENED.0.to_owned(), HAPPENED.1.to_owned()));
    Ok(pairs.into_iter().chain(assumed).collect())
}
