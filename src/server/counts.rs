//! Counts of what matches: by value of a property, by day, week, month or year.

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::snapshot::parameters::{Pairs, number};
use crate::snapshot::{Kind, Schema, Step, schema};
use crate::text::fold::fold_phrase;

use super::State;
use super::items::{Given, known, pairs, tag_of};
use super::reply::{Problem, made};

/// Own parameters of facets.
pub(super) const FACETS: [(&str, &str); 4] = [
    ("properties", "properties whose values are counted, separated by commas"),
    ("most", "values of each property at most, the most frequent first"),
    ("holding", "only values that hold these letters, in any spelling"),
    ("folded", "1: spellings that the fold makes one are one value, written as most often"),
];
/// Own parameters of the histogram.
pub(super) const HISTOGRAM: [(&str, &str); 2] =
    [("step", "day, week, month or year"), ("sum", "a property that is a whole number, summed up over each bar")];

/// Values of a property when the asker does not say.
const DEFAULT_MOST: usize = 50;
pub(super) const MAX_MOST: usize = 10_000;

/// `GET /api/collections/{collection}/facets`
///
/// What is asked of a property does not narrow its own counts: they say what another choice would find.
pub(super) async fn facets(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let (own, others) = apart(pairs(given)?, &FACETS.map(|(name, _)| name));
    let question = state.question(collection, others)?;
    let schema = schema(collection);
    let most = own.get("most").map(|v| number("most", v, 1, MAX_MOST)).transpose()?.unwrap_or(DEFAULT_MOST);
    let is_folded = match own.get("folded").map(String::as_str) {
        None | Some("0") => false,
        Some("1") => true,
        Some(other) => return Err(Error::value("folded", format!("«{other}»"), "0 or 1").into()),
    };
    let names = own.get("properties").map(String::as_str).unwrap_or_default();
    let wanted = names.split(',').filter(|n| !n.is_empty()).map(|n| counted(&schema, n.trim())).collect::<Result<Vec<_>, Error>>()?;
    if wanted.is_empty() {
        return Err(Error::value("properties", "nothing", &format!("one or several of {}", countable(&schema).join(", "))).into());
    }
    let holding = own.get("holding").map(|letters| fold_phrase(letters)).filter(|letters| !letters.is_empty());
    let snapshot = state.snapshot();
    let tag = tag_of(snapshot.moment(), &uri);
    let body = move || {
        let layer = snapshot.layer(collection);
        let facets = wanted.into_iter().map(|at| {
            let name = schema.properties.get(at).map_or("", |p| p.name);
            // Values are sought among all of them, also the rare ones.
            let looked_at = if is_folded || holding.is_some() { usize::MAX } else { most };
            let facet = layer.facet(&snapshot.matches(collection, &question.without(name)), at, looked_at);
            let facet = if is_folded { facet.folded(usize::MAX) } else { facet };
            let is_wanted = |value: &str| holding.as_ref().is_none_or(|letters| fold_phrase(value).contains(letters));
            let values: Vec<Value> = facet
                .values
                .into_iter()
                .filter(|(value, _)| is_wanted(value))
                .take(most)
                .map(|(value, count)| json!({"value": value, "count": count}))
                .collect();
            (name.to_owned(), json!({"values": values, "missing": facet.missing}))
        });
        let facets: Map<String, Value> = facets.collect();
        let matched = snapshot.matches(collection, &question.predicate()).len();
        json!({"numberMatched": matched, "facets": facets}).to_string().into_bytes()
    };
    made(&headers, "application/json", body, tag).await
}

/// `GET /api/collections/{collection}/histogram`
pub(super) async fn histogram(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let (own, others) = apart(pairs(given)?, &HISTOGRAM.map(|(name, _)| name));
    let question = state.question(collection, others)?;
    let step = own.get("step").map_or("month", String::as_str);
    let steps = Step::ALL.map(|(name, _)| name).join(", ");
    let step = Step::ALL.into_iter().find(|(name, _)| *name == step).ok_or_else(|| Error::value("step", format!("«{step}»"), &steps))?.1;
    let schema = schema(collection);
    let sum = own.get("sum").map(|name| match schema.find(name) {
        Some((at, property)) if property.kind == Kind::Integer => Ok(at),
        _ => Err(Error::value("sum", format!("«{name}»"), "a property that is a whole number, such as killed_best")),
    });
    let sum = sum.transpose()?;
    let snapshot = state.snapshot();
    let tag = tag_of(snapshot.moment(), &uri);
    let body = move || {
        // The days that are chosen do not narrow the bars: they are what days are chosen from.
        let matches = snapshot.matches(collection, &question.without("datetime"));
        json!(snapshot.layer(collection).histogram(&matches, step, sum)).to_string().into_bytes()
    };
    made(&headers, "application/json", body, tag).await
}

/// Parameters of the handler's own, apart from those of the question.
fn apart(pairs: Pairs, own: &[&str]) -> (std::collections::BTreeMap<String, String>, Pairs) {
    let (mine, others): (Pairs, Pairs) = pairs.into_iter().partition(|(name, _)| own.contains(&name.as_str()));
    (mine.into_iter().filter(|(_, value)| !value.is_empty()).collect(), others)
}

fn countable(schema: &Schema) -> Vec<&'static str> {
    schema.properties.iter().filter(|p| matches!(p.kind, Kind::Text | Kind::Texts | Kind::Integer | Kind::Flag)).map(|p| p.name).collect()
}

fn counted(schema: &Schema, name: &str) -> Result<usize, Error> {
    match schema.find(name) {
        Some((at, property)) if matches!(property.kind, Kind::Text | Kind::Texts | Kind::Integer | Kind::Flag) => Ok(at),
        _ => Err(Error::value("properties", format!("«{name}»"), &format!("one or several of {}", countable(schema).join(", ")))),
    }
}
