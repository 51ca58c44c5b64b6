//! JSON Feed 1.0 and 1.1.

use serde_json::{Map, Value};

use crate::document::{Each, File, Why};

use super::{Entry, MOST_ENTRIES, hand_out};

/// Whether an object is a feed.
pub(in crate::document) fn is_feed(value: &Value) -> bool {
    let is_version =
        |version: &str| version.starts_with("https://jsonfeed.org/version") || version.starts_with("http://jsonfeed.org/version");
    value.get("version").and_then(Value::as_str).is_some_and(is_version) && value.get("items").is_some_and(Value::is_array)
}

/// The entries of a feed.
pub(in crate::document) fn documents_of(file: File, feed: &Value, each: Each) -> bool {
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let entries: Vec<Entry> = items.iter().take(MOST_ENTRIES).filter_map(Value::as_object).map(|item| entry(item, feed)).collect();
    if entries.is_empty() {
        return each(Err(file.refused(Why::Empty, "is a feed without entries")));
    }
    hand_out(entries, each)
}

fn entry(item: &Map<String, Value>, feed: &Value) -> Entry {
    let field = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned).filter(|text| !text.trim().is_empty());
    let id = item.get("id").and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string())));
    let of_feed = |name: &str| feed.get(name).and_then(Value::as_str).map(str::to_owned);
    // What is plain text may hold a sign that would be markup.
    let plain = |text: String| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    Entry {
        id,
        url: field("url"),
        title: field("title").map(plain),
        published: field("date_published"),
        source: of_feed("title").map(plain),
        author: authors(item.get("authors").or_else(|| item.get("author"))),
        lang: field("language").or_else(|| of_feed("language")),
        text: field("content_html").or_else(|| field("content_text").map(plain)).or_else(|| field("summary").map(plain)),
    }
}

/// A list of authors, or the one of version 1.0.
fn authors(value: Option<&Value>) -> Option<String> {
    let list = value?.as_array().map_or(std::slice::from_ref(value?), Vec::as_slice);
    let names: Vec<&str> = list.iter().filter_map(|author| author.get("name")?.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
