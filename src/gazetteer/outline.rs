//! Outlines of countries and units, as `geodata/gazetteer/build_outlines.py` writes them: a border is kept once, as an
//! arc, and both neighbours refer to it, so that no point lies in two units of a level or between them.

use std::collections::HashMap;
use std::sync::OnceLock;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::place::Place;
use super::region;
use super::row::Fault;

static FILE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/outlines.tsv"));

/// Grid steps in a degree: coordinates are whole multiples of a thousandth of a degree (111 m).
pub const STEPS: f64 = 1_000.0;

/// How deep in the hierarchy a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A country or a territory that GeoNames counts as one.
    Country,
    /// A first-level unit.
    Admin1,
    /// A second-level unit.
    Admin2,
}

/// A country or unit with the arcs of its rings: polygons, their rings (the outer first), their arcs (`!n` backwards).
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as the columns of the file")]
pub struct Unit<'a> {
    pub level: Level,
    /// Empty where the gazetteer has no such place.
    pub id: &'a str,
    pub country: &'a str,
    pub admin1: &'a str,
    pub admin2: &'a str,
    /// True when the outline was drawn half-way between places of either side, for want of a survey.
    pub is_cut: bool,
    pub polygons: Vec<Vec<Vec<i32>>>,
}

/// All outlines of a file.
#[derive(Debug, Default)]
pub struct Outlines<'a> {
    /// Lines between units, in grid steps.
    pub arcs: Vec<Vec<Coord<i32>>>,
    /// Countries, first-level units, second-level units.
    pub units: Vec<Unit<'a>>,
    /// Lines that could not be used, with their numbers from 1.
    pub refused: Vec<(usize, Fault)>,
    by_id: HashMap<&'a str, usize>,
}

/// The outlines inside the binary, read at first use.
pub fn all() -> &'static Outlines<'static> {
    static ALL: OnceLock<Outlines<'static>> = OnceLock::new();
    ALL.get_or_init(|| Outlines::read(FILE))
}

impl Place<'_> {
    /// The area of a country, unit or named region, where one is known. A convention or a survey, but never the
    /// precision of an event: that is the place's point and [`Place::radius_m`].
    pub fn outline(self) -> Option<MultiPolygon> {
        let id = self.id();
        let all = all();
        let unit = all.by_id(&id).or_else(|| match self.feature() {
            "ADM1" => all.unit(Level::Admin1, self.country(), self.admin1()),
            _ if self.is_country() => all.unit(Level::Country, self.country(), ""),
            _ => None,
        });
        unit.map(|unit| all.shape(unit)).or_else(|| region::outline(&id).map(|area| MultiPolygon::new(vec![area.clone()])))
    }
}

impl<'a> Outlines<'a> {
    /// Reads a file; what cannot be used is refused with its line and left out.
    pub fn read(content: &'a str) -> Outlines<'a> {
        let mut out = Outlines::default();
        for (index, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let read = match line.split_once('\t') {
                Some(("arc", points)) => arc(points).map(|points| out.arcs.push(points)),
                _ => out.unit_of(line).map(|unit| out.units.push(unit)),
            };
            if let Err(fault) = read {
                out.refused.push((index + 1, fault));
            }
        }
        out.by_id = out.units.iter().enumerate().filter(|(_, u)| !u.id.is_empty()).map(|(i, u)| (u.id, i)).collect();
        out
    }

    /// The outline of a place by its identifier.
    pub fn by_id(&self, id: &str) -> Option<&Unit<'a>> {
        self.by_id.get(id).map(|i| &self.units[*i])
    }

    /// A country (empty admin-1 code) or a first-level unit.
    pub fn unit(&self, level: Level, country: &str, admin1: &str) -> Option<&Unit<'a>> {
        self.units.iter().find(|u| u.level == level && u.country == country && u.admin1 == admin1)
    }

    /// A unit's area in degrees, outer rings anticlockwise.
    pub fn shape(&self, unit: &Unit<'_>) -> MultiPolygon {
        unit.polygons
            .iter()
            .map(|rings| {
                let mut rings = rings.iter().map(|arcs| self.ring(arcs));
                Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
            })
            .collect()
    }

    fn ring(&self, arcs: &[i32]) -> LineString {
        let mut ring: Vec<Coord> = Vec::new();
        for number in arcs {
            let points = &self.arcs[arc_index(*number)];
            ring.pop(); // An arc begins where the one before ends.
            if *number < 0 {
                ring.extend(points.iter().rev().map(|p| degrees(*p)));
            } else {
                ring.extend(points.iter().map(|p| degrees(*p)));
            }
        }
        LineString::new(ring)
    }

    fn unit_of(&self, line: &'a str) -> Result<Unit<'a>, Fault> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [level, id, country, admin1, admin2, how, rings] = cells.as_slice() else {
            return Err(fault(format!("{} columns", cells.len()), "7: level, id, country, admin1, admin2, how, arcs"));
        };
        let level = match *level {
            "country" => Level::Country,
            "admin1" => Level::Admin1,
            "admin2" => Level::Admin2,
            other => return Err(fault(format!("«{other}»"), "arc, country, admin1 or admin2")),
        };
        if !matches!(*how, "" | "cut") {
            return Err(fault(format!("«{how}»"), "«cut» or nothing"));
        }
        let polygons: Result<_, _> = rings.split('|').map(|p| p.split(';').map(|ring| self.arcs_of(ring)).collect()).collect();
        Ok(Unit { level, id, country, admin1, admin2, is_cut: *how == "cut", polygons: polygons? })
    }

    /// Numbers of known arcs that make a closed ring.
    fn arcs_of(&self, ring: &str) -> Result<Vec<i32>, Fault> {
        let numbers: Option<Vec<i32>> = ring.split(',').map(|n| n.parse().ok().filter(|n| arc_index(*n) < self.arcs.len())).collect();
        let numbers = numbers.ok_or_else(|| fault(format!("arcs «{ring}»"), "numbers of arcs above this line"))?;
        let ends = |number: i32| {
            let points = &self.arcs[arc_index(number)];
            let (first, last) = (points.first(), points.last());
            if number < 0 { (last, first) } else { (first, last) }
        };
        let next = numbers.iter().cycle().skip(1);
        let is_closed = numbers.iter().zip(next).all(|(arc, next)| ends(*arc).1 == ends(*next).0);
        if is_closed { Ok(numbers) } else { Err(fault(format!("arcs «{ring}»"), "a closed ring")) }
    }
}

/// Where an arc of a ring stands in [`Outlines::arcs`].
pub(super) fn arc_index(number: i32) -> usize {
    (if number < 0 { !number } else { number }) as usize
}

pub(super) fn degrees(point: Coord<i32>) -> Coord {
    Coord { x: f64::from(point.x) / STEPS, y: f64::from(point.y) / STEPS }
}

fn fault(found: String, expected: &str) -> Fault {
    Fault { found, expected: expected.to_owned() }
}

/// Points in Google's polyline letters: each letter holds five bits above 63, the sixth says that more follow.
fn arc(letters: &str) -> Result<Vec<Coord<i32>>, Fault> {
    let wrong = |found: String| fault(found, "pairs of steps in polyline letters, two points or more");
    let mut numbers: Vec<i32> = Vec::new();
    let (mut value, mut shift) = (0_i64, 0);
    for letter in letters.bytes() {
        let bits = letter.checked_sub(63).filter(|b| *b < 64 && shift <= 30).ok_or_else(|| wrong(format!("letter {letter}")))?;
        value |= i64::from(bits & 31) << shift;
        shift += 5;
        if bits < 32 {
            numbers.push((if value & 1 == 1 { !(value >> 1) } else { value >> 1 }) as i32);
            (value, shift) = (0, 0);
        }
    }
    if shift > 0 || numbers.len() % 2 == 1 || numbers.len() < 4 {
        return Err(wrong(format!("{} numbers", numbers.len())));
    }
    let mut at = Coord { x: 0_i32, y: 0_i32 };
    let points = numbers.chunks_exact(2).map(|step| {
        at = Coord { x: at.x.wrapping_add(step[0]), y: at.y.wrapping_add(step[1]) };
        at
    });
    let points: Vec<_> = points.collect();
    let is_on_earth = |p: &Coord<i32>| p.x.unsigned_abs() <= 180 * STEPS as u32 && p.y.unsigned_abs() <= 90 * STEPS as u32;
    match points.iter().find(|p| !is_on_earth(p)) {
        Some(p) => Err(fault(format!("{}, {}", p.x, p.y), "thousandths of a degree on the Earth")),
        None => Ok(points),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_is_read_as_it_was_written() {
        // (38.5, -120.2) then (40.7, -120.95) in hundred-thousandths is the example of the format's own description.
        let points = arc("_p~iF~ps|U").map_err(|f| f.found);
        assert!(points.is_err_and(|found| found.contains("2 numbers")));
        assert_eq!(arc("?AA@").unwrap(), [Coord { x: 0, y: 1 }, Coord { x: 1, y: 0 }]);
    }

    #[test]
    fn unusable_lines_are_refused_with_their_number() {
        // A triangle, and lines with a fault each: an unknown arc, an open ring, a strange level, too few columns.
        let triangle = "arc\t??A?@A\narc\t?AA??@\n";
        let lines = ["country\tx:1\tXX\t\t\t\t7", "country\tx:1\tXX\t\t\t\t0", "town\tx:1\tXX\t\t\t\t0,1", "country\tx:1", "arc\t\u{7f}"];
        for line in lines {
            let content = format!("{triangle}{line}");
            let read = Outlines::read(&content);
            assert_eq!(read.refused.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [3], "{line}");
        }
    }
}
