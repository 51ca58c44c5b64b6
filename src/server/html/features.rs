//! Features as a table: of incidents what a reader wants to know first, of others every plain property.

use axum::extract::Query;
use maud::{Markup, html};
use serde_json::Value;

use crate::server::items::{escaped, with_form};
use crate::snapshot::parameters::Pairs;

use super::shell::{collection_of, plain, text};
use super::words::Words;

/// Longer texts are cut in a table; the feature's own page has them whole.
const MOST_CHARS: usize = 300;

/// A page of features, with a search and the way to the next page.
pub(super) fn table(answer: &Value, all: &[Value], path: &str, query: &str, words: &Words) -> Markup {
    let is_told = matches!(collection_of(path), "incidents" | "clusters");
    let next = answer["links"].as_array().into_iter().flatten().find(|link| link["rel"] == "next");
    html! {
        form method="get" action=(path) role="search" {
            input type="hidden" name="f" value="html";
            // What was asked for stays asked for, but for the words and where the page begins.
            @for (name, value) in kept(query) { input type="hidden" name=(name) value=(value); }
            label { (words.get("filter.q")) " " input type="search" name="q" dir="auto" value=(searched(query)); }
            " " button { (words.get("filter.q")) }
        }
        p { (answer["numberReturned"]) " / " (answer["numberMatched"]) }
        div.wide tabindex="0" role="region" aria-label=(collection_of(path)) {
            @if is_told { (told(all, path, words)) } @else { (properties(all, path)) }
        }
        @if let Some(next) = next { p { a rel="next" href=(with_form(text(&next["href"]), "html")) { (words.get("page.next")) } } }
    }
}

/// Incidents, or events.
fn told(all: &[Value], path: &str, words: &Words) -> Markup {
    html! {
        table {
            thead { tr {
                @for key in ["field.date", "filter.event_type", "field.place", "evidence.killed", "evidence.event", "report"] {
                    th scope="col" { (words.get(key)) }
                }
            } }
            tbody {
                @for feature in all {
                    @let p = &feature["properties"];
                    tr {
                        td { bdi { (range(&p["date_start"], &p["date_end"])) } }
                        td { a href=(of_feature(path, feature)) { (words.value("sub", text(&p["sub_event_type"]))) } }
                        td { bdi { (place(p)) } }
                        td { bdi { (range(&p["killed_low"], &p["killed_high"])) } }
                        td { (sentence(p)) }
                        td { (source(p)) }
                    }
                }
            }
        }
    }
}

fn properties(all: &[Value], path: &str) -> Markup {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in all.iter().filter_map(|f| f["properties"].as_object()).flatten().filter(|(_, v)| is_plain(v)) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    html! {
        table {
            thead { tr { th scope="col" { "id" } @for name in names.iter().filter(|n| **n != "id") { th scope="col" { (name) } } } }
            tbody {
                @for feature in all {
                    tr {
                        td { a href=(of_feature(path, feature)) { (plain(&feature["id"])) } }
                        @for name in names.iter().filter(|n| **n != "id") {
                            @let value = &feature["properties"][*name];
                            td dir="auto" { @if is_plain(value) { (short(&plain(value))) } }
                        }
                    }
                }
            }
        }
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_null() && !value.is_object() && !value.is_array()
}

fn short(text: &str) -> String {
    let mut letters = text.chars();
    let begin: String = letters.by_ref().take(MOST_CHARS).collect();
    if letters.next().is_some() { begin + "…" } else { begin }
}

fn of_feature(path: &str, feature: &Value) -> String {
    with_form(&format!("{path}/{}", escaped(&plain(&feature["id"]))), "html")
}

fn range(low: &Value, high: &Value) -> String {
    match (plain(low), plain(high)) {
        (low, high) if low == high || high.is_empty() => low,
        (low, high) => format!("{low} – {high}"),
    }
}

fn place(properties: &Value) -> String {
    let parts = ["place_name", "admin1", "country"].map(|name| text(&properties[name]));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The words around what is told, with those that tell it marked.
fn sentence(properties: &Value) -> Markup {
    let excerpt = &properties["excerpt"];
    let start = excerpt["start"].as_u64().unwrap_or(0);
    let spans: Vec<(u64, u64)> = properties["evidence"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|e| Some((e["start"].as_u64()?.checked_sub(start)?, e["end"].as_u64()?.checked_sub(start)?)))
        .collect();
    let is_marked = |at: usize| spans.iter().any(|(from, to)| (*from..*to).contains(&(at as u64)));
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (at, letter) in text(&excerpt["text"]).chars().enumerate() {
        match parts.last_mut() {
            Some((marked, part)) if *marked == is_marked(at) => part.push(letter),
            _ => parts.push((is_marked(at), letter.to_string())),
        }
    }
    html! {
        span dir="auto" lang=[excerpt["lang"].as_str()] {
            @for (marked, part) in parts { @if marked { mark { (part) } } @else { (part) } }
        }
        @if excerpt.is_null() { span dir="auto" { (text(&properties["notes"])) } }
    }
}

fn source(properties: &Value) -> Markup {
    let name =
        ["source", "report_title", "report_id"].into_iter().map(|n| text(&properties[n])).find(|t| !t.is_empty()).unwrap_or_default();
    match text(&properties["url"]) {
        url if url.starts_with("https://") || url.starts_with("http://") => html! { a href=(url) rel="noreferrer" { bdi { (name) } } },
        _ => html! { bdi { (name) } },
    }
}

/// Names and values of a question.
fn pairs(query: &str) -> Pairs {
    let uri = format!("/?{query}").parse().unwrap_or_default();
    Query::try_from_uri(&uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

/// The other parameters of a question.
fn kept(query: &str) -> Pairs {
    pairs(query).into_iter().filter(|(name, _)| !["q", "after", "offset"].contains(&name.as_str())).collect()
}

fn searched(query: &str) -> String {
    pairs(query).into_iter().find(|(name, _)| name == "q").map(|(_, value)| value).unwrap_or_default()
}
