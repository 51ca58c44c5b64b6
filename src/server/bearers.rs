//! Who asks: the bearer of a token, or anybody where none is needed.

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::store::Role;

use super::State;
use super::guard::is_change;
use super::observed::Refusal;
use super::public;
use super::reply::Problem;
use super::rules::Rules;
use super::token;
use super::watches;

/// Hashes computed at the same time: each takes 19 MiB.
const MOST_CHECKS: usize = 2;
/// Answered without a token even where reading needs one: who watches over the server asks these.
const OPEN: [&str; 2] = ["/health", "/ready"];

/// What the coarse map is made of, answered without a token as well where it is open.
const EMBED: [&str; 5] = ["/embed", "/embed.js", "/embed.css", "/basemap.json", public::PATH];
const LOCALES: &str = "/locale/";

/// The state for a change, which is made in the name of the request's token.
pub(super) struct Writing(pub(super) State);

/// The name of the token that a request came with.
#[derive(Clone, Debug)]
struct Bearer(Arc<str>);

impl FromRequestParts<State> for Writing {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Writing, Infallible> {
        let bearer = parts.extensions.get::<Bearer>();
        Ok(Writing(bearer.map_or_else(|| state.clone(), |bearer| state.made_by(&bearer.0))))
    }
}

/// Asks for tokens.
#[derive(Clone, Debug)]
pub(super) struct Bearers {
    state: State,
    needs_token: bool,
    is_private: bool,
    opens_embed: bool,
    /// Digests of tokens together with the hashes that they were found to have, so that a token costs its slow check once.
    checked: Arc<Mutex<HashSet<[u8; 32]>>>,
    checks: Arc<Semaphore>,
}

/// Whom a token belongs to.
struct Known {
    name: Arc<str>,
    role: Role,
}

impl Bearers {
    pub(super) fn new(state: State, rules: &Rules) -> Bearers {
        Bearers {
            state,
            needs_token: rules.needs_token || rules.is_private,
            is_private: rules.is_private,
            opens_embed: rules.opens_embed,
            checked: Arc::default(),
            checks: Arc::new(Semaphore::new(MOST_CHECKS)),
        }
    }

    /// Whose token it is; `None`: nobody's, or nobody's any more. The store is asked each time, so that a token taken back by another
    /// process opens nothing from then on.
    async fn known(&self, given: &str) -> Result<Option<Known>, Problem> {
        let Some(mark) = token::mark(given).map(str::to_owned) else { return Ok(None) };
        let Some(row) = self.state.read(move |store| store.token(&mark)).await? else { return Ok(None) };
        let digest: [u8; 32] = Sha256::new().chain_update(&row.hash).chain_update([0]).chain_update(given).finalize().into();
        let known = Known { name: row.name.into(), role: row.role };
        if self.checked.lock().unwrap_or_else(PoisonError::into_inner).contains(&digest) {
            return Ok(Some(known));
        }
        let _turn = self.checks.acquire().await.map_err(|e| Problem::internal(&e))?;
        let (given, hash) = (given.to_owned(), row.hash);
        let check = tokio::task::spawn_blocking(move || token::is_of(&given, &hash));
        if !check.await.map_err(|e| Problem::internal(&e))? {
            return Ok(None);
        }
        // As many as there are tokens, at most.
        self.checked.lock().unwrap_or_else(PoisonError::into_inner).insert(digest);
        Ok(Some(known))
    }

    fn is_open(&self, path: &str) -> bool {
        let is_locale = path.strip_prefix(LOCALES).is_some_and(|name| !name.contains('/'));
        OPEN.contains(&path) || self.opens_embed && (EMBED.contains(&path) || is_locale)
    }

    fn refused(&self, error: &str, detail: &str) -> Response {
        self.state.observed().refuse(Refusal::Token);
        let mut response = Problem::new(StatusCode::UNAUTHORIZED, detail).into_response();
        if let Ok(challenge) = HeaderValue::try_from(format!("Bearer realm=\"dalil\"{error}")) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// Lets through who may do what is asked.
pub(super) async fn allowed(Shared(bearers): Shared<Bearers>, mut request: Request, next: Next) -> Response {
    // What editors alone may see is asked for as a change is.
    let is_change = is_change(&request) || request.uri().path() == watches::PATH;
    let is_asked = if is_change { bearers.needs_token } else { bearers.is_private && !bearers.is_open(request.uri().path()) };
    match bearer(request.headers()).map(str::to_owned) {
        None if is_asked => return bearers.refused("", "this needs a token: Authorization: Bearer …"),
        // Where none is needed, a token still says who makes a change.
        Some(given) if is_asked || is_change => match bearers.known(&given).await {
            Err(problem) => return problem.into_response(),
            Ok(None) => return bearers.refused(", error=\"invalid_token\"", "the token is not known here, or was taken back"),
            Ok(Some(known)) if is_change && known.role < Role::Editor => {
                bearers.state.observed().refuse(Refusal::Role);
                let detail = format!("a token for a {} is not enough for this, expected one for an editor", known.role.name());
                return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
            }
            Ok(Some(known)) => {
                request.extensions_mut().insert(Bearer(known.name));
            }
        },
        _ => {}
    }
    next.run(request).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
