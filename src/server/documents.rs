//! Files of all kinds taken apart: what reports they hold, to be looked at and handed in one by one. Nothing is kept.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::document::{Columns, Limits, Options};
use crate::intake::{self, How};

use super::bearers::Writing;
use super::edits::Body;
use super::guard::media_type;
use super::items::{Given, pairs};
use super::reply::Problem;

pub(super) const PATH: &str = "/api/documents";
/// A form of another page cannot send this type.
pub(super) const TAKEN: &str = "application/octet-stream";
/// Largest file that is taken apart for others.
pub(super) const MAX_FILE_BYTES: usize = Limits::foreign().file_bytes as usize;
/// Reports that one answer holds: a box of letters of a year is for the command line.
const MAX_REPORTS: usize = 2_000;
const MAX_NAME_CHARS: usize = 200;

/// `POST /api/documents?name=bulletin.pdf&published=2022-09-06`: the reports that a file holds, as they can be handed in, and what
/// of it could not be read.
pub(super) async fn take_apart(Writing(_): Writing, headers: HeaderMap, given: Given, body: Body) -> Result<Response, Problem> {
    if media_type(&headers) != TAKEN {
        let detail = format!("content-type «{}», expected {TAKEN}", media_type(&headers));
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let (name, published) = told(given)?;
    let bytes = body.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    let how = How { options: Options { limits: Limits::foreign(), columns: Columns::new() }, published };
    let taken = tokio::task::spawn_blocking(move || apart(&name, &bytes, &how)).await.map_err(|e| Problem::internal(&e))?;
    Ok(Json(taken).into_response())
}

fn apart(name: &str, bytes: &[u8], how: &How) -> Value {
    let (mut reports, mut refused) = (Vec::new(), Vec::new());
    let is_whole = intake::read_source(name, name, &mut std::io::Cursor::new(bytes), how, &mut |read| {
        if reports.len() + refused.len() >= MAX_REPORTS {
            return false;
        }
        match read {
            Ok(report) => reports.push(json!(report)),
            Err(why) => refused.push(json!({"place": why.place, "reason": why.reason})),
        }
        true
    });
    if !is_whole {
        let reason = format!("holds more than {MAX_REPORTS} reports; the rest is for «dalil ingest»");
        refused.push(json!({"place": name, "reason": reason}));
    }
    json!({"reports": reports, "refused": refused})
}

fn told(given: Given) -> Result<(String, Option<Date>), Problem> {
    let (mut name, mut published) = ("file".to_owned(), None);
    for (parameter, value) in pairs(given)? {
        match parameter.as_str() {
            "name" => name = value.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect(),
            "published" => {
                let wrong = |_| Problem::parameter("published", format!("found «{value}», expected a date such as 2022-09-06"));
                published = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(Problem::parameter(&parameter, "unknown parameter, expected name or published")),
        }
    }
    Ok((name, published))
}
