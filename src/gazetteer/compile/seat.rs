//! Units are drawn at their seats: the point of a province is moved to its capital where that is known.
//!
//! ACLED codes a unit so: there its people are, and its middle is often desert. The reach grows with the distance.

use std::collections::{HashMap, HashSet};

use crate::gazetteer::known::is_drawn_at_seat;
use crate::gazetteer::row::Row;
use crate::text::fold::fold_phrase;

/// Country, admin-1 code and admin-2 code or name.
type Unit = (String, String, String);
type Degrees = (f64, f64);

/// What is known of seats, gathered from all rows before any is moved.
#[derive(Debug, Default)]
pub(super) struct Seats {
    coded: HashMap<Unit, Degrees>,
    /// A second-level unit without codes has its seat in the town that it is named after: the names asked for, and those found.
    wanted: HashSet<Unit>,
    namesakes: HashMap<Unit, Degrees>,
}

impl Seats {
    /// First pass: which names of second-level units may be those of towns.
    pub(super) fn ask(&mut self, row: &Row) {
        if row.feature == "ADM2" {
            self.wanted.insert(unit(row, bare_name(&row.name)));
        }
    }

    /// Second pass, in order of identifiers: the towns.
    pub(super) fn learn(&mut self, row: &Row) {
        if !row.feature.starts_with("PPL") {
            return;
        }
        let (Some(lat), Some(lon), false) = (row.lat, row.lon, row.admin1.is_empty()) else { return };
        let namesake = unit(row, fold_phrase(&row.name));
        if self.wanted.contains(&namesake) {
            self.namesakes.entry(namesake).or_insert((lat, lon));
        }
        let of = match row.feature.as_str() {
            "PPLA" | "PPLC" => String::new(),
            "PPLA2" if !row.admin2.is_empty() => row.admin2.clone(),
            _ => return,
        };
        let seat = self.coded.entry(unit(row, of)).or_insert((lat, lon));
        // A capital may stand under the codes of two units; a plain seat wins over it.
        if row.feature == "PPLA" {
            *seat = (lat, lon);
        }
    }

    /// Third pass: moves a unit to its seat.
    pub(super) fn apply(&self, row: &mut Row) {
        let found = match row.feature.as_str() {
            _ if !is_drawn_at_seat(&row.country) => None,
            "ADM1" => self.coded.get(&unit(row, String::new())),
            "ADM2" => {
                let coded = if row.admin2.is_empty() { None } else { self.coded.get(&unit(row, row.admin2.clone())) };
                coded.or_else(|| self.namesakes.get(&unit(row, bare_name(&row.name))))
            }
            _ => None,
        };
        let (Some(seat), Some(lat), Some(lon)) = (found, row.lat, row.lon) else { return };
        row.radius_m = row.radius_m.map(|radius| reach_from_seat(radius, metres_between((lat, lon), *seat)));
        (row.lat, row.lon) = (Some(seat.0), Some(seat.1));
    }
}

fn unit(row: &Row, last: String) -> Unit {
    (row.country.clone(), row.admin1.clone(), last)
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
fn metres_between(a: Degrees, b: Degrees) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let east = (b.1 - a.1) * a.0.to_radians().cos();
    (b.0 - a.0).hypot(east) * METRES_PER_DEGREE
}
