//! A page around an answer: what it is, where it leads, its members.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value};

use crate::server::items::with_form;

use super::features;
use super::words::Words;

/// Wide tables scroll by themselves; colours are the reader's.
const STYLE: &str = ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem}\
    nav a,nav strong{margin-inline-end:1rem}table{border-collapse:collapse;width:100%}.wide{overflow-x:auto}\
    th,td{border-bottom:1px solid #8886;padding:.4rem .6rem;text-align:start;vertical-align:top}th,td:first-child{white-space:nowrap}\
    dt{font-weight:600}dd{margin-inline-start:1.5rem;overflow-wrap:anywhere}code{overflow-wrap:anywhere}";

/// The page of an answer that was given at an address.
pub(super) fn page(answer: &Value, path: &str, query: &str, words: &Words) -> Markup {
    let heading = heading(answer, path);
    let json = with_form(&address(path, query), "json");
    html! {
        (DOCTYPE)
        html lang=(words.lang()) dir=(words.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (heading) " · dalil" }
                link rel="alternate" type="application/json" href=(json);
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { nav { (steps(path)) a href=(json) { "JSON" } } }
                main {
                    h1 dir="auto" { (heading) }
                    @if let Some(text) = answer["description"].as_str() { p lang="en" dir="ltr" { (text) } }
                    (body(answer, path, query, words))
                }
            }
        }
    }
}

fn heading(answer: &Value, path: &str) -> String {
    let named = [&answer["title"], &answer["properties"]["place_name"], &answer["properties"]["name"], &answer["id"]];
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("dalil");
    named.into_iter().find_map(Value::as_str).unwrap_or(if last == "items" { collection_of(path) } else { last }).to_owned()
}

/// `incidents` of `/api/collections/incidents/items`.
pub(super) fn collection_of(path: &str) -> &str {
    path.split('/').nth(3).unwrap_or_default()
}

/// The way from the map down to this page.
fn steps(path: &str) -> Markup {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    html! {
        a href="/" { "dalil · دليل" }
        @for (number, part) in parts.iter().enumerate() {
            @if number + 1 == parts.len() { strong { (part) } } @else {
                a href=(with_form(&format!("/{}", parts[..=number].join("/")), "html")) { (part) }
            }
        }
    }
}

fn body(answer: &Value, path: &str, query: &str, words: &Words) -> Markup {
    if let Some(all) = answer["features"].as_array() {
        return features::table(answer, all, path, query, words);
    }
    if let Some(all) = answer["collections"].as_array() {
        return html! {
            ul {
                @for one in all {
                    li {
                        a href=(with_form(&format!("/api/collections/{}/items", text(&one["id"])), "html")) { (text(&one["title"])) }
                        " — " (text(&one["description"]))
                    }
                }
            }
        };
    }
    let members = answer.as_object().cloned().unwrap_or_default();
    html! {
        @if answer["type"] == "Feature" { (tree(&answer["properties"])) } @else {
            (tree(&Value::Object(members.into_iter().filter(|(name, _)| !["links", "title", "description"].contains(&name.as_str())).collect())))
        }
        (links(answer))
    }
}

/// Related resources.
pub(super) fn links(answer: &Value) -> Markup {
    let all: Vec<&Value> = answer["links"].as_array().into_iter().flatten().filter(|link| link["rel"] != "self").collect();
    html! {
        @if !all.is_empty() {
            ul {
                @for link in all {
                    @let is_ours = text(&link["type"]).ends_with("json");
                    @let href = text(&link["href"]);
                    li { a rel=(text(&link["rel"])) href=(if is_ours { with_form(href, "html") } else { href.to_owned() }) {
                        (link["title"].as_str().unwrap_or(text(&link["rel"])))
                    } }
                }
            }
        }
    }
}

/// A value with all that is in it.
fn tree(value: &Value) -> Markup {
    match value {
        Value::Object(members) => html! { dl { @for (name, value) in filled(members) { dt { (name) } dd { (tree(value)) } } } },
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            html! { bdi { (items.iter().map(plain).collect::<Vec<_>>().join(", ")) } }
        }
        Value::Array(items) => html! { ul { @for item in items { li { (tree(item)) } } } },
        Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
            html! { a href=(text) rel="noreferrer" { bdi { (text) } } }
        }
        other => html! { span dir="auto" { (plain(other)) } },
    }
}

fn filled(members: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    members.iter().filter(|(_, value)| !value.is_null())
}

/// A value in one line.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned)
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
