//! What people complain of in other readers, each complaint in the languages it applies to, and the traps of the field that
//! concern places. The sentences are our own.

use std::sync::OnceLock;

use dalil::gazetteer::row::Row;
use dalil::gazetteer::{Gazetteer, load};
use dalil::incident::{Findings, read};
use dalil::lang::Lang;
use dalil::layer::properties::{Parsed, Toponym};
use dalil::recognise::Report;

mod datelines;
mod governments;
mod names;
mod peoples;
mod short;
mod traps;

fn gazetteer() -> &'static Gazetteer {
    static ALL: OnceLock<Gazetteer> = OnceLock::new();
    ALL.get_or_init(Gazetteer::embedded)
}

fn report(text: &str, lang: Option<Lang>) -> Report {
    Report { id: "c1".to_owned(), text: text.to_owned(), lang, title: None, published: None, source: None, url: None, ..Report::default() }
}

fn found(text: &str, lang: Option<Lang>) -> Findings {
    read(&report(text, lang), gazetteer())
}

/// What `dalil parse` writes for a text of a language.
fn parsed(text: &str, lang: Lang) -> Parsed {
    parsed_with(text, lang, gazetteer())
}

fn parsed_with(text: &str, lang: Lang, gazetteer: &Gazetteer) -> Parsed {
    let report = report(text, Some(lang));
    dalil::layer::parsed(&report, &read(&report, gazetteer))
}

/// The mentions written in these words.
fn mentions<'p>(parsed: &'p Parsed, words: &str) -> Vec<&'p Toponym> {
    parsed.toponyms.iter().filter(|t| t.text == words).collect()
}

/// Kind, country and the kind of the longer name of the only mention written in these words; dashes for what it has not.
fn reading(parsed: &Parsed, words: &str) -> String {
    let all = mentions(parsed, words);
    let [one] = all.as_slice() else { return format!("{} mentions", all.len()) };
    let country = one.place.as_ref().and_then(|p| p.country.as_deref()).unwrap_or("-");
    format!("{} {country} {}", one.kind, one.within.as_ref().map_or("-", |w| w.kind))
}

/// Fails with all sentences that are not read as wanted: language, text, words of the mention, its reading.
fn all_read(cases: &[(Lang, &str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(lang, text, words, wanted)| {
            let got = reading(&parsed(text, *lang), words);
            (got != *wanted).then(|| format!("{text}\n    «{words}»: {got}, wanted {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} misread:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Fails with all sentences in which the words are a mention that is put on the map.
fn none_drawn(cases: &[(Lang, &str, &str)]) {
    let drawn = |(lang, text, words): &&(Lang, &str, &str)| {
        parsed(text, *lang).toponyms.iter().any(|t| t.text.contains(words) && t.kind == "literal" && t.place.is_some())
    };
    let wrong: Vec<&str> = cases.iter().filter(drawn).map(|(_, text, _)| *text).collect();
    assert!(wrong.is_empty(), "drawn and should not be:\n{}", wrong.join("\n"));
}

/// The embedded gazetteer with one more town.
fn with_town(id: u32, country: &str, admin1: &str, name: &str, (lon, lat): (f64, f64)) -> Gazetteer {
    let row = Row {
        id: format!("geonames:{id}"),
        name: name.to_owned(),
        feature: "PPLA2".to_owned(),
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        lat: Some(lat),
        lon: Some(lon),
        population: Some(32_000),
        ..Row::default()
    };
    gazetteer().with(load::table("own", vec![row]).expect("the row compiles"))
}
