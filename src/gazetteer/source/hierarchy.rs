//! Parents of GeoNames places, for those whose rows do not say in which unit they lie.

use std::collections::{BTreeSet, HashMap};

use crate::error::Result;
use crate::gazetteer::row::Row;

use super::delimited::{self, Layout};
use super::{Sink, Source, geonames};

/// A chain of parents longer than this is a circle.
const MAX_STEPS: usize = 12;

/// Admin codes of units, and places that lack theirs; filled from rows, used once all places are read.
#[derive(Debug, Default)]
pub struct Hierarchy {
    units: HashMap<u32, (String, String)>,
    lacking: BTreeSet<u32>,
    parents: HashMap<u32, u32>,
}

impl Hierarchy {
    /// Takes note of a place.
    pub fn note(&mut self, row: &Row) {
        let Some(id) = row.id.strip_prefix("geonames:").and_then(|n| n.parse().ok()) else { return };
        let is_coded = !matches!(row.admin1.as_str(), "" | "00");
        if is_coded && matches!(row.feature.as_str(), "ADM1" | "ADM2") {
            self.units.insert(id, (row.admin1.clone(), row.admin2.clone()));
        } else if !is_coded && row.lat.is_some() && !row.feature.starts_with("PCL") && row.feature != "CONT" {
            self.lacking.insert(id);
        }
    }

    /// Reads the file of parents; the sink hears of refused rows.
    ///
    /// # Errors
    /// As of [`Source::read`].
    pub fn read(&mut self, source: &Source, sink: Sink<'_>) -> Result<()> {
        let parents = &mut self.parents;
        let parse = &mut |record: &[&str]| {
            let (parent, child) = geonames::link(record)?;
            parents.entry(child).or_insert(parent);
            Ok(None)
        };
        delimited::read(source.path(), Layout::Tabs, &|_, _| false, parse, sink)
    }

    /// Rows that give codes to places that lack them.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        self.lacking.iter().filter_map(|id| {
            let (admin1, admin2) = self.unit_above(*id)?;
            Some(Row { id: format!("geonames:{id}"), admin1: admin1.clone(), admin2: admin2.clone(), ..Row::default() })
        })
    }

    fn unit_above(&self, id: u32) -> Option<&(String, String)> {
        let mut at = id;
        for _ in 0..MAX_STEPS {
            at = *self.parents.get(&at)?;
            if let Some(unit) = self.units.get(&at) {
                return Some(unit);
            }
        }
        None
    }
}
