//! What a table knows of itself only when asked: each index is made once, in one pass, and kept as long as the table.
//!
//! Bounded memory: some ten bytes a first-level unit, four a place for the grid, as much a name of each country asked for, the beginnings of names by
//! [`super::search`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::nearest::Grid;
use super::search::Beginnings;
use super::table::Table;

/// Records by country code, then by the code of the first-level unit; empty for the country itself.
type Heads = HashMap<Box<str>, HashMap<Box<str>, u32>>;

/// The indexes of one table.
#[derive(Debug, Default)]
pub(super) struct Lazy {
    heads: OnceLock<Heads>,
    units: OnceLock<HashMap<[String; 3], u32>>,
    grid: OnceLock<Grid>,
    beginnings: OnceLock<Beginnings>,
    national: Mutex<HashMap<String, Arc<[u32]>>>,
}

impl Table {
    /// The record of a country (empty admin-1 code) or of a first-level unit.
    pub fn head(&self, country: &str, admin1: &str) -> Option<u32> {
        let heads = self.lazy().heads.get_or_init(|| {
            let mut heads = Heads::new();
            for record in self.heads() {
                let unit = if self.feature(record) == "ADM1" { self.admin1(record) } else { "" };
                heads.entry(self.country(record).into()).or_default().entry(unit.into()).or_insert(record);
            }
            heads
        });
        heads.get(country)?.get(admin1).copied()
    }

    /// The record of a second-level unit by country and codes.
    pub(super) fn second_level(&self, country: &str, admin1: &str, admin2: &str) -> Option<u32> {
        let units = self.lazy().units.get_or_init(|| {
            let coded = (0..self.len()).filter(|r| self.feature(*r) == "ADM2" && !self.admin2(*r).is_empty());
            coded.map(|r| ([self.country(r), self.admin1(r), self.admin2(r)].map(str::to_owned), r)).collect()
        });
        units.get(&[country, admin1, admin2].map(str::to_owned)).copied()
    }

    /// The numbers of the names that places of a country bear, in order.
    pub(super) fn national(&self, country: &str) -> Arc<[u32]> {
        let mut known = self.lazy().national.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = known.get(country) {
            return names.clone();
        }
        let names: Arc<[u32]> = self.read_national(country).into();
        known.insert(country.to_owned(), names.clone());
        names
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
