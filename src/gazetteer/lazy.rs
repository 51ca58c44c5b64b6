//! What a table knows of itself only when asked: each index is made once, in one pass, and kept as long as the table.
//!
//! Bounded memory: eight bytes a place for identifiers, four for the grid, the beginnings of names by [`super::search`].

use std::collections::HashMap;
use std::sync::OnceLock;

use super::nearest::Grid;
use super::search::Beginnings;
use super::table::Table;

/// The indexes of one table.
#[derive(Debug, Default)]
pub(super) struct Lazy {
    ids: OnceLock<Vec<(u32, u32)>>,
    units: OnceLock<HashMap<[String; 3], u32>>,
    grid: OnceLock<Grid>,
    beginnings: OnceLock<Beginnings>,
}

impl Table {
    /// The record with an identifier.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let ids = self.lazy().ids.get_or_init(|| {
            let mut all: Vec<(u32, u32)> = (0..self.len()).map(|r| (hash(&self.id(r)), r)).collect();
            all.sort_unstable();
            all
        });
        let wanted = hash(id);
        let first = ids.partition_point(|(h, _)| *h < wanted);
        ids.get(first..)?.iter().take_while(|(h, _)| *h == wanted).map(|(_, r)| *r).find(|r| self.id(*r) == id)
    }

    /// The record of a second-level unit by country and codes.
    pub(super) fn second_level(&self, country: &str, admin1: &str, admin2: &str) -> Option<u32> {
        let units = self.lazy().units.get_or_init(|| {
            let coded = (0..self.len()).filter(|r| self.feature(*r) == "ADM2" && !self.admin2(*r).is_empty());
            coded.map(|r| ([self.country(r), self.admin1(r), self.admin2(r)].map(str::to_owned), r)).collect()
        });
        units.get(&[country, admin1, admin2].map(str::to_owned)).copied()
    }

    /// The places by where they are.
    pub(super) fn grid(&self) -> &Grid {
        self.lazy().grid.get_or_init(|| Grid::of(self))
    }

    /// The beginnings that many names share, when they were made.
    pub(super) fn beginnings(&self) -> Option<&Beginnings> {
        self.lazy().beginnings.get()
    }

    /// Makes what answers to a few letters need.
    pub(super) fn make_beginnings(&self) {
        self.lazy().beginnings.get_or_init(|| Beginnings::of(self));
    }
}

/// FNV-1a, 32 bits: a wrong match is told by the identifier itself.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}
