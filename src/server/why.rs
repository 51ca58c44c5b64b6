//! Why a mention, or any word of a report, means what it means.

use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::error::Error;
use crate::intake::Question;
use crate::layer;
use crate::store::Collection;

use crate::snapshot::parameters::{Pairs, number};

use super::State;
use super::items::{Given, known, pairs};
use super::reply::{Problem, tagged};

/// `GET /api/collections/mentions/items/{id}/why` and `GET /api/collections/reports/items/{id}/why?at=`
pub(super) async fn why(
    Shared(state): Shared<State>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let (collection, pairs, base) = (known(&name)?, pairs(given)?, state.base());
    let question = match collection {
        Collection::Mentions => {
            nothing_but(&[], &pairs)?;
            state.read(move |store| Question::of_mention(&base, store, &id)).await?
        }
        Collection::Reports => {
            let at = code_point(&pairs)?;
            state.read(move |store| Question::of_report(&base, store, &id, at)).await?
        }
        _ => return Err(Problem::nothing(&format!("why of {name}: mentions and reports can be asked"))),
    };
    // The report is read a dozen times: apart from the store, which others wait for.
    let answer = tokio::task::spawn_blocking(move || question.answer().map(|why| layer::written(&why)));
    let answer = answer.await.map_err(|e| Problem::internal(&e))??;
    Ok(tagged(&headers, "application/json", answer.into_bytes()))
}

/// The code point that is asked about.
fn code_point(pairs: &Pairs) -> Result<u32, Problem> {
    nothing_but(&["at"], pairs)?;
    let expected = "the code point of a word, once";
    let [(_, at)] = pairs.as_slice() else { return Err(Error::value("at", format!("{} of it", pairs.len()), expected).into()) };
    Ok(number("at", at, 0, u32::MAX as usize)? as u32)
}

fn nothing_but(known: &[&str], pairs: &Pairs) -> Result<(), Problem> {
    let unknown = pairs.iter().find(|(name, _)| !known.contains(&name.as_str()));
    let expected = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    unknown.map_or(Ok(()), |(name, _)| Err(Error::value(name, "an unknown parameter", &expected).into()))
}
