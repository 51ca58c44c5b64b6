//! `dalil gazetteer search` for people and `gazetteer match` for programs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};

use anyhow::Context;
use geo::Point;
use serde::Deserialize;
use serde_json::json;

use crate::gazetteer::kind::Kind;
use crate::gazetteer::search::{Mode, Query, search as find};
use crate::gazetteer::{Gazetteer, country_code};
use crate::intake;
use crate::layer;
use crate::store::Store;

use super::arguments::{Matching, Search};
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, store_folder};

/// Candidates of a name.
const MAX_CANDIDATES: usize = 10;
/// Longest line that is read, bytes: a name and a country are a hundred.
const MAX_LINE_BYTES: u64 = 1_000_000;

/// One feature a line, best first.
pub(super) fn search(asked: &Search, log: Log) -> anyhow::Result<Outcome> {
    let base = known_places(&asked.places, log)?;
    let folder = store_folder(&asked.keeping)?;
    let has_store = Store::file(&folder).exists();
    let known = if has_store { intake::overlaid(&base, &Store::open(&folder)?)? } else { base };
    let query =
        Query { countries: asked.country.clone(), near: asked.near, kinds: asked.kind.clone(), ..Query::of(&asked.query, asked.limit) };
    let mut out = stdout();
    for found in find(&known, &query) {
        writeln!(out, "{}", layer::found_feature(&found, &known))?;
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

/// A line of the input. `{"name":"غاو","country":"ML","lang":"ar"}`
#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    country: Option<String>,
    /// Read and not needed: the script tells more.
    #[serde(rename = "lang")]
    _lang: Option<String>,
}

/// One line of candidates a line of names, in order; a broken line is told with its number and the rest goes on.
pub(super) fn match_names(asked: &Matching, log: Log) -> anyhow::Result<Outcome> {
    let known = known_places(&asked.places, log)?;
    let (name, mut source): (String, Box<dyn BufRead>) = match asked.file.as_ref().filter(|f| f.as_os_str() != "-") {
        None => ("-".to_owned(), Box::new(io::stdin().lock())),
        Some(path) => {
            let name = path.display().to_string();
            (name.clone(), Box::new(BufReader::new(File::open(path).context(name)?)))
        }
    };
    let mut out = stdout();
    let mut outcome = Outcome::Whole;
    for number in 1.. {
        let mut line = Vec::new();
        if (&mut source).take(MAX_LINE_BYTES).read_until(b'\n', &mut line).with_context(|| name.clone())? == 0 {
            break;
        }
        if line.len() as u64 == MAX_LINE_BYTES && !line.ends_with(b"\n") {
            source.skip_until(b'\n')?;
            log.refuse(&format!("{name}:{number}: is longer than {MAX_LINE_BYTES} bytes"));
            outcome = Outcome::SomeRefused;
            continue;
        }
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line).trim_ascii();
        if line.is_empty() {
            continue;
        }
        match matched(line, &known) {
            // Who pipes names in one by one waits for each.
            Ok(answer) => {
                writeln!(out, "{answer}")?;
                out.flush()?;
            }
            Err(reason) => {
                log.refuse(&format!("{name}:{number}: {reason}"));
                outcome = Outcome::SomeRefused;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn matched(line: &[u8], known: &Gazetteer) -> Result<String, String> {
    let named: Named = serde_json::from_slice(line).map_err(|e| e.to_string().replacen(" at line 1 column", ", column", 1))?;
    let countries = match named.country.as_deref().map(str::trim).filter(|c| !c.is_empty()) {
        None => Vec::new(),
        Some(given) => {
            vec![code(given, known).ok_or_else(|| format!("country: found «{given}», expected ISO 3166-1 letters or a country's name"))?]
        }
    };
    let query = Query { countries, mode: Mode::Match, ..Query::of(&named.name, MAX_CANDIDATES) };
    let candidates: Vec<_> = find(known, &query).iter().map(|f| layer::match_candidate(f, known)).collect();
    Ok(json!({"name": named.name, "candidates": candidates}).to_string())
}

/// The two letters of a country given by letters or by name.
fn code(given: &str, known: &Gazetteer) -> Option<String> {
    country_code::alpha2(given).map(str::to_owned).or_else(|| {
        let places = known.by_name(given).into_iter().map(|(place, _)| known.place(place));
        places.filter(|p| p.is_country()).map(|p| p.country().to_owned()).find(|c| !c.is_empty())
    })
}

/// `ML`, `MLI`
pub(super) fn country(given: &str) -> Result<String, String> {
    country_code::alpha2(given).map(str::to_owned).ok_or_else(|| "expected two or three letters of ISO 3166-1".to_owned())
}

/// `-0.04,16.27`
pub(super) fn point(given: &str) -> Result<Point, String> {
    let expected = || "expected LON,LAT in degrees, longitude first".to_owned();
    let (lon, lat) = given.split_once(',').ok_or_else(expected)?;
    match (lon.trim().parse::<f64>(), lat.trim().parse::<f64>()) {
        (Ok(lon), Ok(lat)) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => Ok(Point::new(lon, lat)),
        _ => Err(expected()),
    }
}

/// `P`, `PPLA`, `locality`
pub(super) fn kind(given: &str) -> Result<Kind, String> {
    Kind::from_word(given)
        .ok_or_else(|| "expected a feature class (P), a feature code (PPLA) or a layer (country, region, locality)".to_owned())
}
