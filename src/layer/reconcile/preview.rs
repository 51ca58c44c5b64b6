//! A place in a few lines of HTML, to be shown inside another page.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::kind;
use crate::lang::Lang;
use crate::layer::geometry::rounded;
use crate::layer::pelias::label;

/// The document; `None` when there is no such place. No script, nothing loaded; every name is written as text.
pub fn preview(id: &str, gazetteer: &Gazetteer) -> Option<String> {
    let place = gazetteer.by_id(id)?;
    let mut lines = vec![format!("<h1>{}</h1>", escaped(place.name()))];
    if place.name_ar() != place.name() {
        lines.push(format!("<p lang=\"ar\" dir=\"rtl\">{}</p>", escaped(&label(place, gazetteer, Some(Lang::Ar)))));
    }
    lines.push(format!("<p>{}</p>", escaped(&label(place, gazetteer, None))));
    let people = if place.population() > 0 { format!(" · {} inhabitants", place.population()) } else { String::new() };
    lines.push(format!("<p>{} ({}){people}</p>", escaped(kind::name(place.feature())), escaped(place.feature())));
    lines.push(format!("<p>{}, {} · {}</p>", rounded(place.lat()), rounded(place.lon()), escaped(id)));
    Some(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <style>body{{font:14px sans-serif;margin:8px}}h1{{font-size:16px;margin:0}}p{{margin:4px 0}}</style></head><body>{}</body></html>",
        escaped(place.name()),
        lines.concat()
    ))
}

/// Text as HTML text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
