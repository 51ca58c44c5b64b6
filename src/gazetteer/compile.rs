//! Rows → the compact table that is opened without parsing.
//!
//! Layout, little endian: the 16-byte [`Header`] words, then five sections one after the other.
//! `places` are fixed records; `strings` are length-prefixed; `names` is a transducer from folded name to one
//! posting or to a list in `postings`; `codes` lists the feature and admin-1 codes that records number.

use std::collections::{BTreeMap, HashMap};

use fst::MapBuilder;

use crate::text::fold::fold_phrase;

use super::names::{KeyFlags, keys};
use super::row::Row;

/// First bytes of every table.
pub const MAGIC: [u8; 8] = *b"dalilgz1";
/// Sections in order.
pub const SECTIONS: usize = 5;
/// Bytes before the first section: magic, checksum, number of areas, section lengths.
pub const HEADER_BYTES: usize = 8 + 8 + 8 + SECTIONS * 8;
/// Bytes of one place record.
pub const RECORD_BYTES: usize = 44;
/// Set in a transducer value when it is an offset into `postings`.
pub const LIST_BIT: u64 = 1 << 40;
/// Low bits of a posting that hold [`KeyFlags`].
pub const FLAG_BITS: u32 = 4;
/// Coordinates are stored as whole multiples of this many degrees (about one metre).
pub const DEGREES_PER_UNIT: f64 = 1e-5;

/// True for the features whose rows come first in a table: countries and first-level units.
pub fn is_area_head(feature: &str) -> bool {
    feature.starts_with("PCL") || feature == "ADM1" || feature == "TERR"
}

/// Merges rows of one id: later rows add names and overrule with the cells they fill.
pub fn merge(rows: Vec<Row>) -> Vec<Row> {
    let mut by_id: BTreeMap<String, Row> = BTreeMap::new();
    for row in rows {
        match by_id.get_mut(&row.id) {
            None => {
                by_id.insert(row.id.clone(), row);
            }
            Some(known) => overrule(known, row),
        }
    }
    let mut merged: Vec<Row> = by_id.into_values().filter(|r| r.lat.is_some()).collect();
    seat_units(&mut merged);
    merged.sort_by_key(|r| (!is_area_head(&r.feature), r.id.clone()));
    merged
}

/// Moves the point of each unit to its seat, as ACLED codes a unit: there its people are, and its middle is often
/// desert. The reach grows with the distance, see [`reach_from_seat`].
fn seat_units(rows: &mut [Row]) {
    let mut seats: HashMap<(String, String, String), (f64, f64)> = HashMap::new();
    for row in rows.iter().filter(|r| !r.admin1.is_empty()) {
        let unit = match row.feature.as_str() {
            "PPLA" | "PPLC" => String::new(),
            "PPLA2" if !row.admin2.is_empty() => row.admin2.clone(),
            _ => continue,
        };
        if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
            let seat = seats.entry((row.country.clone(), row.admin1.clone(), unit)).or_insert((lat, lon));
            // A capital may stand under the codes of two units; a plain seat wins over it.
            if row.feature == "PPLA" {
                *seat = (lat, lon);
            }
        }
    }
    // A second-level unit without codes has its seat in the town that it is named after.
    let mut namesakes: HashMap<(String, String, String), (f64, f64)> = HashMap::new();
    for row in rows.iter().filter(|r| r.feature.starts_with("PPL") && !r.admin1.is_empty()) {
        if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
            namesakes.entry((row.country.clone(), row.admin1.clone(), fold_phrase(&row.name))).or_insert((lat, lon));
        }
    }
    for row in rows.iter_mut().filter(|r| r.feature == "ADM1" || r.feature == "ADM2") {
        let unit = if row.feature == "ADM1" { String::new() } else { row.admin2.clone() };
        let coded =
            if row.feature == "ADM2" && unit.is_empty() { None } else { seats.get(&(row.country.clone(), row.admin1.clone(), unit)) };
        let named = || {
            let bare = bare_name(&row.name);
            if row.feature == "ADM2" { namesakes.get(&(row.country.clone(), row.admin1.clone(), bare)) } else { None }
        };
        let Some(seat) = coded.or_else(named) else { continue };
        let (Some(lat), Some(lon)) = (row.lat, row.lon) else { continue };
        row.radius_m = row.radius_m.map(|radius| reach_from_seat(radius, metres_between((lat, lon), *seat)));
        (row.lat, row.lon) = (Some(seat.0), Some(seat.1));
    }
}

/// How far a unit's ground lies from its seat, as a standard deviation: that of a disc of about the unit's area, moved by the seat's
/// distance from the middle. `radius` is half the unit's greatest extent; compact shapes fill about three quarters of it.
fn reach_from_seat(radius: u32, seat_m: f64) -> u32 {
    const FILLED: f64 = 0.75;
    let disc = f64::from(radius) * FILLED;
    (disc * disc / 2.0 + seat_m * seat_m).sqrt() as u32
}

/// «Cercle de Ténenkou» → «tenenkou».
fn bare_name(name: &str) -> String {
    let folded = fold_phrase(name);
    let rest = ["cercle de ", "cercle d ", "departement de ", "departement d ", "province de ", "province du "]
        .iter()
        .find_map(|p| folded.strip_prefix(p));
    let rest = rest.unwrap_or(&folded);
    [" district", " department", " province", " county", " cercle"].iter().find_map(|s| rest.strip_suffix(s)).unwrap_or(rest).to_owned()
}

/// Distance on a plane, metres, good to a percent at the size of a province.
fn metres_between(a: (f64, f64), b: (f64, f64)) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let east = (b.1 - a.1) * a.0.to_radians().cos();
    (b.0 - a.0).hypot(east) * METRES_PER_DEGREE
}

fn overrule(known: &mut Row, row: Row) {
    for (cell, value) in [
        (&mut known.name, row.name),
        (&mut known.feature, row.feature),
        (&mut known.country, row.country),
        (&mut known.admin1, row.admin1),
        (&mut known.admin2, row.admin2),
    ] {
        if !value.is_empty() && *cell != value {
            *cell = value;
        }
    }
    if row.lat.is_some() {
        (known.lat, known.lon) = (row.lat, row.lon);
    }
    known.population = row.population.or(known.population);
    known.radius_m = row.radius_m.or(known.radius_m);
    // The later file is the better one: its names stand first and so are the ones shown.
    let mut names = row.names;
    names.append(&mut known.names);
    known.names = names;
}

/// Compiles merged rows into the bytes of a table.
///
/// # Panics
/// Never for rows that [`super::row::parse`] accepted: the transducer gets sorted, distinct keys.
pub fn compile(rows: &[Row]) -> Vec<u8> {
    let mut strings = Strings::default();
    let mut codes = Codes::default();
    let mut places = Vec::with_capacity(rows.len() * RECORD_BYTES);
    let mut index: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let all = keys(row);
        record(row, all.len(), &mut strings, &mut codes, &mut places);
        for (key, flags) in all {
            index.entry(key).or_default().push((number as u32) << FLAG_BITS | u32::from(flags.0));
        }
    }
    let (names, postings) = transducer(index);
    let areas = rows.iter().take_while(|r| is_area_head(&r.feature)).count();
    assemble(areas as u64, &[places, strings.bytes, names, postings, codes.bytes()])
}

fn record(row: &Row, name_count: usize, strings: &mut Strings, codes: &mut Codes, out: &mut Vec<u8>) {
    let geonames = row.id.strip_prefix("geonames:").and_then(|n| n.parse::<u32>().ok());
    let in_lang = |lang: &str| row.names.iter().find(|(l, _)| l == lang).map_or("", |(_, n)| n.as_str());
    let units = |degrees: Option<f64>| (degrees.unwrap_or_default() / DEGREES_PER_UNIT).round() as i32;
    let id = geonames.unwrap_or_else(|| strings.add(&row.id));
    let country: [u8; 2] = row.country.as_bytes().try_into().unwrap_or([0, 0]);
    for word in [id, units(row.lat) as u32, units(row.lon) as u32, row.population.unwrap_or(0), row.radius_m.unwrap_or(0)] {
        out.extend(word.to_le_bytes());
    }
    for text in [row.name.as_str(), in_lang("ar"), in_lang("fr")] {
        out.extend(strings.add(text).to_le_bytes());
    }
    out.extend(country);
    out.extend(codes.number(&row.admin1).to_le_bytes());
    out.extend(strings.add(&row.admin2).to_le_bytes());
    out.extend(codes.number(&row.feature).to_le_bytes());
    out.push(u8::from(geonames.is_none()));
    out.push(name_count.min(255) as u8);
}

fn transducer(index: BTreeMap<String, Vec<u32>>) -> (Vec<u8>, Vec<u8>) {
    let mut postings: Vec<u8> = Vec::new();
    let mut builder = MapBuilder::memory();
    for (key, mut list) in index {
        list.sort_unstable();
        let value = match list.as_slice() {
            [one] => u64::from(*one),
            many => {
                let at = postings.len() as u64;
                postings.extend((many.len() as u32).to_le_bytes());
                for posting in many {
                    postings.extend(posting.to_le_bytes());
                }
                LIST_BIT | at
            }
        };
        builder.insert(key, value).expect("keys of a BTreeMap come sorted and once");
    }
    (builder.into_inner().expect("writing to memory cannot fail"), postings)
}

fn assemble(areas: u64, sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut body = Vec::new();
    for section in sections {
        body.extend(section);
        // Sections begin at multiples of eight so that a map can be read in words.
        body.resize(body.len().next_multiple_of(8), 0);
    }
    let mut out = Vec::with_capacity(HEADER_BYTES + body.len());
    out.extend(MAGIC);
    out.extend(checksum(&body).to_le_bytes());
    out.extend(areas.to_le_bytes());
    for section in sections {
        out.extend((section.len() as u64).to_le_bytes());
    }
    out.extend(body);
    out
}

/// FNV-1a over eight-byte words: finds torn and foreign files, a gigabyte a second.
pub fn checksum(body: &[u8]) -> u64 {
    body.chunks(8).fold(0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Length-prefixed strings, each stored once; offset 0 is the empty string.
struct Strings {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Default for Strings {
    fn default() -> Self {
        Strings { bytes: vec![0, 0], known: HashMap::new() }
    }
}

impl Strings {
    fn add(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = self.bytes.len() as u32;
        let length = text.len().min(usize::from(u16::MAX));
        self.bytes.extend((length as u16).to_le_bytes());
        self.bytes.extend(text.as_bytes().iter().take(length));
        self.known.insert(text.to_owned(), at);
        at
    }
}

/// Feature and admin codes, numbered.
#[derive(Default)]
struct Codes {
    list: Vec<String>,
    known: HashMap<String, u16>,
}

impl Codes {
    fn number(&mut self, code: &str) -> u16 {
        if let Some(number) = self.known.get(code) {
            return *number;
        }
        let number = self.list.len() as u16;
        self.list.push(code.to_owned());
        self.known.insert(code.to_owned(), number);
        number
    }

    fn bytes(&self) -> Vec<u8> {
        self.list.join("\n").into_bytes()
    }
}

/// Flags of a posting.
pub fn posting_flags(posting: u32) -> KeyFlags {
    KeyFlags((posting & ((1 << FLAG_BITS) - 1)) as u8)
}
