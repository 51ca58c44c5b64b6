//! Which claim is meant by which gold span: overlap, distance, and the largest one-to-one pairing.

use crate::text::Span;

/// Mean radius of the Earth, kilometres (IUGG), as in the distances that people publish for geoparsers.
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A range of Unicode code points of a report, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chars {
    /// First code point.
    pub start: u64,
    /// The one after the last.
    pub end: u64,
}

impl Chars {
    /// They share at least one code point.
    pub fn overlaps(self, other: Chars) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The code points of a range of bytes of a text; what lies past its end is its end.
    pub fn of(span: Span, text: &str) -> Chars {
        let before = |byte: u32| text.char_indices().take_while(|(at, _)| *at < byte as usize).count() as u64;
        Chars { start: before(span.start), end: before(span.end) }
    }

    /// The same range as bytes of a text; what lies past its end is its end.
    pub fn span_in(self, text: &str) -> Span {
        let mut bytes = text.char_indices().map(|(byte, _)| byte as u32).chain(std::iter::once(text.len() as u32));
        let end = text.len() as u32;
        let start = bytes.nth(self.start as usize).unwrap_or(end);
        let length = self.end.saturating_sub(self.start);
        let last = if length == 0 { start } else { bytes.nth(length as usize - 1).unwrap_or(end) };
        Span { start, end: last }
    }

    /// What they share as a part of what they cover from the first start to the last end.
    fn shared_part(self, other: Chars) -> f64 {
        let shared = self.end.min(other.end) as f64 - self.start.max(other.start) as f64;
        shared / (self.end.max(other.end) - self.start.min(other.start)) as f64
    }
}

/// A point on WGS84, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

impl Point {
    /// Great-circle distance by the haversine formula, in kilometres.
    pub fn distance_km(self, other: Point) -> f64 {
        let (lat, other_lat) = (self.lat.to_radians(), other.lat.to_radians());
        let north = ((other_lat - lat) / 2.0).sin();
        let east = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let chord = north * north + lat.cos() * other_lat.cos() * (east * east);
        2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
    }
}

/// For each gold span the claim that it is paired with.
pub type Pairing = Vec<Option<usize>>;

/// For each gold span the claims that overlap it, the best overlap first.
pub fn candidates(gold: &[Chars], claims: &[Chars]) -> Vec<Vec<usize>> {
    let mut by_start: Vec<usize> = (0..claims.len()).collect();
    by_start.sort_by_key(|&claim| claims[claim].start);
    let of = |span: &Chars| {
        let mut found: Vec<usize> = by_start.iter().copied().filter(|&claim| span.overlaps(claims[claim])).collect();
        found.sort_by(|&one, &other| span.shared_part(claims[other]).total_cmp(&span.shared_part(claims[one])));
        found
    };
    gold.iter().map(of).collect()
}

/// The pairs whose spans are identical; both lists are without duplicates.
pub fn identical(gold: &[Chars], claims: &[Chars]) -> Pairing {
    gold.iter().map(|span| claims.iter().position(|claim| claim == span)).collect()
}

/// The largest one-to-one pairing that grows out of the pairs that are already `fixed`.
///
/// `candidates[gold]` lists the claims that a gold span may take, best first (Kuhn's augmenting paths).
pub fn maximum(candidates: &[Vec<usize>], fixed: Pairing, claims: usize) -> Pairing {
    let mut taken_by = vec![None; claims];
    for (gold, claim) in fixed.iter().enumerate() {
        if let Some(claim) = *claim {
            taken_by[claim] = Some(gold);
        }
    }
    let mut growing = Growing { candidates, pairing: fixed, taken_by };
    for gold in 0..candidates.len() {
        if growing.pairing[gold].is_none() {
            growing.find(gold, &mut vec![false; claims]);
        }
    }
    growing.pairing
}

struct Growing<'a> {
    candidates: &'a [Vec<usize>],
    pairing: Pairing,
    taken_by: Vec<Option<usize>>,
}

impl Growing<'_> {
    /// Finds a claim for a gold span, if others can move aside.
    fn find(&mut self, gold: usize, seen: &mut [bool]) -> bool {
        let candidates = self.candidates;
        for &claim in &candidates[gold] {
            if seen[claim] {
                continue;
            }
            seen[claim] = true;
            let is_free = match self.taken_by[claim] {
                None => true,
                Some(other) => self.find(other, seen),
            };
            if is_free {
                self.pairing[gold] = Some(claim);
                self.taken_by[claim] = Some(gold);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pairs: &[(u64, u64)]) -> Vec<Chars> {
        pairs.iter().map(|&(start, end)| Chars { start, end }).collect()
    }

    #[test]
    fn a_degree_on_the_equator_and_half_the_world_are_as_long_as_they_are() {
        let at = |lon, lat| Point { lon, lat };
        assert!((at(0.0, 0.0).distance_km(at(1.0, 0.0)) - 111.195_08).abs() < 1e-4);
        assert!((at(0.0, 0.0).distance_km(at(180.0, 0.0)) - std::f64::consts::PI * EARTH_RADIUS_KM).abs() < 1e-6);
        assert!(at(179.9, 0.0).distance_km(at(-179.9, 0.0)) < 25.0);
    }

    #[test]
    fn neighbours_do_not_overlap_and_the_best_overlap_comes_first() {
        let claims = spans(&[(8, 12), (0, 5), (1, 8)]);
        assert_eq!(candidates(&spans(&[(0, 8)]), &claims), [[2, 1]]);
    }

    #[test]
    fn a_pair_moves_aside_when_that_gives_two() {
        let (gold, claims) = (spans(&[(2, 10), (0, 3)]), spans(&[(1, 6), (7, 9)]));
        assert_eq!(maximum(&candidates(&gold, &claims), vec![None, None], 2), [Some(1), Some(0)]);
    }

    #[test]
    fn identical_spans_are_paired_before_longer_ones() {
        let (gold, claims) = (spans(&[(0, 10), (5, 10)]), spans(&[(5, 10)]));
        let fixed = identical(&gold, &claims);
        assert_eq!(maximum(&candidates(&gold, &claims), fixed, 1), [None, Some(0)]);
    }
}
