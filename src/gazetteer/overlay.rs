//! The user's places laid over a gazetteer: new ones beside its own, changed ones instead of them, retired ones taken out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use fst::Streamer;
use geo::Polygon;

use crate::error::Result;

use super::compile::{compile, is_area_head};
use super::names::KeyFlags;
use super::place::reference;
use super::region;
use super::row::Row;
use super::table::Table;
use super::{Gazetteer, PlaceRef};

/// What the user's places change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Places in use; one whose id the gazetteer has stands instead of that one, whose names stay.
    pub rows: Vec<Row>,
    /// Ids of places that are not to be found.
    pub retired: Vec<String>,
    /// Outlines of some of them, by id.
    pub outlines: Vec<(String, Polygon)>,
    /// Ids of places that are another one under its other names, with the id of that one.
    pub merged: Vec<(String, String)>,
}

/// Records that another stands in for (`Some`), or that are not in use (`None`).
#[derive(Clone, Debug, Default)]
pub(super) struct Instead {
    places: Arc<HashMap<PlaceRef, Option<PlaceRef>>>,
    outlines: Arc<BTreeMap<String, Polygon>>,
    /// Most names of a record that a place stands in for: a place is not less spoken of because its point was moved.
    names: Arc<HashMap<PlaceRef, u8>>,
}

impl Instead {
    /// The record in use for a record: itself, the one that stands in for it, or none.
    pub(super) fn of(&self, place: PlaceRef) -> Option<PlaceRef> {
        if self.places.is_empty() { Some(place) } else { self.places.get(&place).copied().unwrap_or(Some(place)) }
    }

    /// Names of the records that a place stands in for, the most of one.
    pub(super) fn names(&self, place: PlaceRef) -> u8 {
        self.names.get(&place).copied().unwrap_or_default()
    }

    /// Replaces what a name stands for; a place twice is kept as its plainer name.
    pub(super) fn apply(&self, named: &mut Vec<(PlaceRef, KeyFlags)>) {
        if self.places.is_empty() {
            return;
        }
        let made = |flags: KeyFlags| flags.0 & (KeyFlags::DERIVED | KeyFlags::OLD);
        let mut out: Vec<(PlaceRef, KeyFlags)> = Vec::with_capacity(named.len());
        for (place, flags) in named.iter().filter_map(|(p, f)| Some((self.of(*p)?, *f))) {
            match out.iter_mut().find(|(known, _)| *known == place) {
                Some(known) if made(flags) < made(known.1) => known.1 = flags,
                Some(_) => {}
                None => out.push((place, flags)),
            }
        }
        *named = out;
    }
}

impl Gazetteer {
    /// This gazetteer with the user's places over it.
    ///
    /// # Errors
    /// [`crate::Error::Gazetteer`] should the compiled rows not open (they always do).
    pub fn overlaid(&self, overlay: Overlay) -> Result<Gazetteer> {
        if overlay == Overlay::default() {
            return Ok(self.clone());
        }
        let Overlay { mut rows, retired, outlines, merged } = overlay;
        // Not merged as files are: a unit must not move to a seat because the user entered its towns.
        rows.retain(|r| r.lat.is_some());
        rows.sort_by_key(|r| (!is_area_head(&r.feature), r.id.clone()));
        let mut top = self.with(Table::from_vec("the user's places", compile(&rows))?);
        let number = top.tables().count() - 1;
        let own: BTreeMap<&str, PlaceRef> = rows.iter().enumerate().map(|(at, r)| (r.id.as_str(), reference(number, at as u32))).collect();
        let targets: BTreeSet<&str> = merged.iter().map(|(_, into)| into.as_str()).filter(|id| !own.contains_key(id)).collect();
        let wanted = own.keys().copied().chain(retired.iter().map(String::as_str)).chain(merged.iter().map(|(from, _)| from.as_str()));
        let below = self.records(&wanted.chain(targets).collect());
        let mut instead = BTreeMap::new();
        let mut replace = |id: &str, by: Option<PlaceRef>| {
            instead.extend(below.get(id).into_iter().flatten().map(|record| (*record, by)));
        };
        for (id, record) in &own {
            replace(id, Some(*record));
        }
        for id in &retired {
            replace(id, None);
        }
        for (from, into) in &merged {
            let target = own.get(into.as_str()).or_else(|| below.get(into).and_then(|records| records.last()));
            replace(from, target.copied());
        }
        let mut names: HashMap<PlaceRef, u8> = HashMap::new();
        for (record, by) in instead.iter().filter_map(|(record, by)| Some((*record, (*by)?))) {
            let count = names.entry(by).or_default();
            *count = (*count).max(self.names_of(record));
        }
        top.instead = Instead {
            names: Arc::new(names),
            places: Arc::new(instead.into_iter().collect()),
            outlines: Arc::new(outlines.into_iter().collect()),
        };
        Ok(top)
    }

    /// The outline of a place: the user's, else that of a region that is known by one.
    pub fn outline(&self, id: &str) -> Option<&Polygon> {
        self.instead.outlines.get(id).or_else(|| region::outline(id))
    }

    /// The records of some ids; walks all records only when an id is not the user's own.
    fn records(&self, ids: &BTreeSet<&str>) -> BTreeMap<String, Vec<PlaceRef>> {
        let mut out: BTreeMap<String, Vec<PlaceRef>> = BTreeMap::new();
        if ids.iter().all(|id| id.starts_with(OWN)) {
            return out;
        }
        for record in self.references() {
            let id = self.id_of(record);
            if ids.contains(id.as_str()) {
                out.entry(id).or_default().push(record);
            }
        }
        out
    }

    /// All keys under which places of some ids are found; walks all names once when one of them is not the user's alone.
    pub fn keys_of(&self, ids: &BTreeSet<&str>) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        let wanted: BTreeSet<PlaceRef> = self.records(ids).into_values().flatten().filter_map(|r| self.instead.of(r)).collect();
        if wanted.is_empty() {
            return out;
        }
        for (number, table) in self.tables() {
            let mut stream = table.names().stream();
            while let Some((key, _)) = stream.next() {
                let Ok(key) = std::str::from_utf8(key) else { continue };
                let Some(cursor) = table.walk(table.start(), key.as_bytes()) else { continue };
                let place = |record| self.instead.of(reference(number, record));
                if table.postings(cursor).iter().any(|p| place(p.record).is_some_and(|p| wanted.contains(&p))) {
                    out.insert(key.to_owned());
                }
            }
        }
        out
    }
}

/// What the ids of places that are the user's alone begin with.
pub const OWN: &str = "user:";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Place;

    fn named(gazetteer: &Gazetteer, name: &str) -> Vec<(String, f64)> {
        gazetteer.by_name(name).into_iter().map(|(p, _)| gazetteer.place(p)).map(|p| (p.id(), p.lon())).collect()
    }

    fn row(id: &str, name: &str, lon: f64) -> Row {
        let (feature, country) = ("PPL".to_owned(), "ML".to_owned());
        Row { id: id.to_owned(), name: name.to_owned(), feature, country, lat: Some(16.0), lon: Some(lon), ..Row::default() }
    }

    fn below() -> Gazetteer {
        let rows = [row("geonames:1", "Tin Zoo", 1.0), row("geonames:2", "Tin Boo", 2.0)];
        Gazetteer::of(Table::from_vec("test", compile(&rows)).unwrap())
    }

    #[test]
    fn a_changed_place_keeps_its_names_and_stands_once() {
        let over = below().overlaid(Overlay { rows: vec![row("geonames:1", "Tin Woo", 5.0)], ..Overlay::default() }).unwrap();
        for name in ["Tin Zoo", "Tin Woo"] {
            assert_eq!(named(&over, name), [("geonames:1".to_owned(), 5.0)], "{name}");
        }
        assert_eq!(over.by_id("geonames:1").map(|p| p.lon().to_bits()), Some(5.0_f64.to_bits()));
        assert_eq!(over.places().count(), 2);
        let names = |gazetteer: &Gazetteer| gazetteer.by_id("geonames:1").map(Place::name_count);
        let many = vec![(String::new(), "Tin Foo".to_owned())];
        let below = Gazetteer::of(Table::from_vec("test", compile(&[Row { names: many, ..row("geonames:1", "Tin Zoo", 1.0) }])).unwrap());
        let moved = below.overlaid(Overlay { rows: vec![row("geonames:1", "Tin Zoo", 5.0)], ..Overlay::default() }).unwrap();
        assert_eq!((names(&below), names(&moved)), (Some(2), Some(2)));
        assert_eq!(over.keys_of(&BTreeSet::from(["geonames:1"])).into_iter().collect::<Vec<_>>(), ["tin woo", "tin zoo"]);
    }

    #[test]
    fn a_retired_place_is_not_found_and_a_merged_one_is_the_other() {
        let retired = below().overlaid(Overlay { retired: vec!["geonames:1".to_owned()], ..Overlay::default() }).unwrap();
        assert!(named(&retired, "Tin Zoo").is_empty() && retired.by_id("geonames:1").is_none());
        let merged = vec![("geonames:1".to_owned(), "geonames:2".to_owned())];
        let merged = below().overlaid(Overlay { merged, ..Overlay::default() }).unwrap();
        assert_eq!(named(&merged, "Tin Zoo"), [("geonames:2".to_owned(), 2.0)]);
    }
}
