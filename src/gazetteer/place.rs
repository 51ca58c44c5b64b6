//! The gazetteer as the floors above see it: tables one over the other, places as views.

use std::sync::{Arc, OnceLock};

use super::absent::Absent;
use super::known::is_known;
use super::names::KeyFlags;
use super::overlay::Instead;
use super::spelling::Memo;
use super::table::Table;
use super::transducer::Cursor;

/// The table that the build script compiled from `geodata/gazetteer`.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// Most tables that can lie over each other: the table's number takes the top bits of a [`PlaceRef`].
const MAX_TABLES: usize = 8;
const RECORD_BITS: u32 = 29;

/// A place of a gazetteer, as long as that gazetteer lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef(u32);

/// All tables in use; the last added is asked first for heads and ids, all are asked for names.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    tables: Vec<Arc<Table>>,
    /// Places that the user's overlay replaces or takes away.
    pub(super) instead: Instead,
    /// What was proposed for unknown names; empty in every gazetteer that is made, shared by its clones.
    pub(super) spelt: Memo,
    /// Words that begin no name; shared and made anew as they are.
    absent: Absent,
}

/// Where a walk through the names of all tables stands.
#[derive(Clone, Debug)]
pub struct Walk {
    cursors: [Option<Cursor>; MAX_TABLES],
}

impl Gazetteer {
    /// The gazetteer inside the binary.
    ///
    /// # Panics
    /// Never: the build script made the table with the same code.
    pub fn embedded() -> Gazetteer {
        static TABLE: OnceLock<Arc<Table>> = OnceLock::new();
        let table = TABLE.get_or_init(|| Arc::new(Table::open("embedded", EMBEDDED).expect("the build script compiled this table")));
        Gazetteer { tables: vec![Arc::clone(table)], instead: Instead::default(), spelt: Memo::default(), absent: Absent::default() }
    }

    /// A gazetteer of one table.
    pub fn of(table: Table) -> Gazetteer {
        Gazetteer { tables: vec![Arc::new(table)], instead: Instead::default(), spelt: Memo::default(), absent: Absent::default() }
    }

    /// This gazetteer with another table laid over it; one too many is left out.
    #[must_use]
    pub fn with(&self, table: Table) -> Gazetteer {
        let mut tables = self.tables.clone();
        if tables.len() < MAX_TABLES {
            tables.push(Arc::new(table));
        }
        Gazetteer { tables, instead: self.instead.clone(), spelt: Memo::default(), absent: Absent::default() }
    }

    /// Sixteen hex digits a table, lowest first: equal when reading with them must give the same.
    pub fn fingerprint(&self) -> String {
        self.tables.iter().map(|t| format!("{:016x}", t.checksum())).collect::<Vec<_>>().join("-")
    }

    /// Number of places in all tables.
    pub fn place_count(&self) -> usize {
        self.tables.iter().map(|t| t.len() as usize).sum()
    }

    /// Number of names in all tables.
    pub fn name_count(&self) -> usize {
        self.tables.iter().map(|t| t.name_count()).sum()
    }

    /// Reads all tables to the end and compares them with their checksums.
    ///
    /// # Errors
    /// [`crate::error::Error::Gazetteer`] for the first table that is not as it was written.
    pub fn verify(&self) -> crate::error::Result<()> {
        self.tables.iter().try_for_each(|table| table.verify())
    }

    /// The tables, lowest first.
    pub(super) fn tables(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.tables.iter().enumerate().map(|(i, t)| (i, t.as_ref()))
    }

    /// A place by its reference.
    pub fn place(&self, place: PlaceRef) -> Place<'_> {
        let place = self.instead.of(place).unwrap_or(place);
        let number = (place.0 >> RECORD_BITS) as usize;
        Place {
            table: self.tables[number.min(self.tables.len() - 1)].as_ref(),
            record: place.0 & ((1 << RECORD_BITS) - 1),
            reference: place,
            other_names: self.instead.names(place),
        }
    }

    /// All places, table by table.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.references().filter(|r| self.instead.of(*r) == Some(*r)).map(|r| self.place(r))
    }

    /// How many names a record has in its own table.
    pub(super) fn names_of(&self, place: PlaceRef) -> u8 {
        self.tables.get((place.0 >> RECORD_BITS) as usize).map_or(0, |t| t.names_of(place.0 & ((1 << RECORD_BITS) - 1)))
    }

    /// References to all records, also to those that the overlay replaces.
    pub(super) fn references(&self) -> impl Iterator<Item = PlaceRef> {
        self.tables.iter().enumerate().flat_map(|(i, t)| (0..t.len()).map(move |r| reference(i, r)))
    }

    /// The identifier that a record has in its own table.
    pub(super) fn id_of(&self, place: PlaceRef) -> String {
        self.tables.get((place.0 >> RECORD_BITS) as usize).map(|t| t.id(place.0 & ((1 << RECORD_BITS) - 1))).unwrap_or_default()
    }

    /// A place by its identifier, searched from the top table down.
    pub fn by_id(&self, id: &str) -> Option<Place<'_>> {
        let tables = self.tables.iter().enumerate().rev();
        let found = tables.filter_map(|(number, table)| Some(reference(number, table.by_id(id)?)));
        found.into_iter().find(|place| self.instead.of(*place) == Some(*place)).map(|place| self.place(place))
    }

    /// A country by its ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: &str) -> Option<PlaceRef> {
        self.head(code, "")
    }

    /// A first-level unit by country and GeoNames code.
    pub fn admin1(&self, country: &str, code: &str) -> Option<PlaceRef> {
        if code.is_empty() { None } else { self.head(country, code) }
    }

    /// A second-level unit by country and GeoNames codes.
    pub fn admin2(&self, country: &str, admin1: &str, admin2: &str) -> Option<PlaceRef> {
        if admin2.is_empty() {
            return None;
        }
        self.tables.iter().enumerate().rev().find_map(|(i, t)| t.second_level(country, admin1, admin2).map(|r| reference(i, r)))
    }

    /// Makes the indexes that answer to a few typed letters, for who will be asked often: a server.
    pub fn make_ready(&self) {
        self.tables.iter().for_each(|t| t.make_beginnings());
    }

    fn head(&self, country: &str, code: &str) -> Option<PlaceRef> {
        self.tables.iter().enumerate().rev().find_map(|(i, t)| t.head(country, code).and_then(|r| self.instead.of(reference(i, r))))
    }

    /// Begins a walk through the names.
    pub fn start(&self) -> Walk {
        let mut cursors = [None; MAX_TABLES];
        for (cursor, table) in cursors.iter_mut().zip(&self.tables) {
            *cursor = Some(table.start());
        }
        Walk { cursors }
    }

    /// A walk over the first word of a name; `None` when no name is this word or goes on with another behind it.
    pub fn begin(&self, word: &str) -> Option<Walk> {
        self.absent.unless_known(word, || {
            let mut walk = self.start();
            let is_first_word = |(cursor, table): (&Option<Cursor>, &Arc<Table>)| {
                cursor.is_some_and(|cursor| table.is_name(cursor) || table.walk(cursor, b" ").is_some())
            };
            (self.step(&mut walk, word) && walk.cursors.iter().zip(&self.tables).any(is_first_word)).then_some(walk)
        })
    }

    /// Walks on over folded letters; false when no name goes that way.
    pub fn step(&self, walk: &mut Walk, folded: &str) -> bool {
        let mut alive = false;
        for (cursor, table) in walk.cursors.iter_mut().zip(&self.tables) {
            *cursor = cursor.and_then(|c| table.walk(c, folded.as_bytes()));
            alive |= cursor.is_some();
        }
        alive
    }

    /// The places named by exactly what was walked over, the weightiest where a name has very many. A place that stands in
    /// several tables is taken from the last added, but from a table of the world only when no other has it.
    pub fn named(&self, walk: &Walk) -> Vec<(PlaceRef, KeyFlags)> {
        let mut out: Vec<(PlaceRef, KeyFlags)> = Vec::new();
        for (number, (cursor, table)) in walk.cursors.iter().zip(&self.tables).enumerate() {
            let Some(cursor) = cursor else { continue };
            let mut found = table.prominent(*cursor);
            if table.len() >= UNREAD_TABLE {
                // What was read by eye stands before what a table of the world says of the same place.
                found.retain(|p| !out.iter().any(|(below, _)| self.place(*below).id_parts() == table.id_parts(p.record)));
            } else if !out.is_empty() && !found.is_empty() {
                let ids: Vec<(&str, u32)> = found.iter().map(|p| table.id_parts(p.record)).collect();
                out.retain(|(below, _)| !ids.contains(&self.place(*below).id_parts()));
            }
            out.extend(found.into_iter().map(|p| (reference(number, p.record), p.flags)));
        }
        self.instead.apply(&mut out);
        out
    }

    /// The places that bear a name, folded or not.
    pub fn by_name(&self, name: &str) -> Vec<(PlaceRef, KeyFlags)> {
        let mut walk = self.start();
        if self.step(&mut walk, &crate::text::fold::fold_phrase(name)) { self.named(&walk) } else { Vec::new() }
    }

    /// The identifiers of the places that have a name as it stands: no form made of it, no historic or short one.
    pub fn bearers(&self, name: &str) -> Vec<String> {
        let is_recorded = |flags: &KeyFlags| flags.0 & (KeyFlags::DERIVED | KeyFlags::OLD | KeyFlags::ACRONYM | KeyFlags::SHORT) == 0;
        let named = self.by_name(name).into_iter().filter(|(_, flags)| is_recorded(flags));
        named.map(|(place, _)| self.place(place).id()).collect()
    }
}

pub(super) fn reference(table: usize, record: u32) -> PlaceRef {
    PlaceRef((table as u32) << RECORD_BITS | record)
}

impl Table {
    /// A place of this table alone; its reference means nothing in a gazetteer of several.
    pub(super) fn place(&self, record: u32) -> Place<'_> {
        Place { table: self, record, reference: reference(0, record), other_names: 0 }
    }
}

/// A view of one place.
#[derive(Clone, Copy, Debug)]
pub struct Place<'g> {
    table: &'g Table,
    record: u32,
    reference: PlaceRef,
    /// Names of the place that it stands in for.
    other_names: u8,
}

impl<'g> Place<'g> {
    /// Its reference.
    pub fn reference(self) -> PlaceRef {
        self.reference
    }

    /// `geonames:2457163`.
    pub fn id(self) -> String {
        self.table.id(self.record)
    }

    fn id_parts(self) -> (&'g str, u32) {
        self.table.id_parts(self.record)
    }

    /// Name for display, Latin script where there is one.
    pub fn name(self) -> &'g str {
        self.table.name(self.record)
    }

    /// Name in Arabic, or the display name.
    pub fn name_ar(self) -> &'g str {
        Some(self.table.name_ar(self.record)).filter(|n| !n.is_empty()).unwrap_or_else(|| self.name())
    }

    /// Name in French, or the display name.
    pub fn name_fr(self) -> &'g str {
        Some(self.table.name_fr(self.record)).filter(|n| !n.is_empty()).unwrap_or_else(|| self.name())
    }

    /// Name in English, or the display name.
    pub fn name_en(self) -> &'g str {
        Some(self.table.name_en(self.record)).filter(|n| !n.is_empty()).unwrap_or_else(|| self.name())
    }

    /// Degrees north, WGS84.
    pub fn lat(self) -> f64 {
        self.table.lat(self.record)
    }

    /// Degrees east, WGS84.
    pub fn lon(self) -> f64 {
        self.table.lon(self.record)
    }

    /// The point, longitude first.
    pub fn point(self) -> geo::Point {
        geo::Point::new(self.lon(), self.lat())
    }

    /// Inhabitants, 0 when unknown.
    pub fn population(self) -> u32 {
        self.table.population(self.record)
    }

    /// ISO 3166-1 alpha-2, or empty.
    pub fn country(self) -> &'g str {
        self.table.country(self.record)
    }

    /// GeoNames code of the first-level unit, or empty.
    pub fn admin1(self) -> &'g str {
        self.table.admin1(self.record)
    }

    /// GeoNames code of the second-level unit, or empty.
    pub fn admin2(self) -> &'g str {
        self.table.admin2(self.record)
    }

    /// GeoNames feature code.
    pub fn feature(self) -> &'g str {
        self.table.feature(self.record)
    }

    /// How many names it has: what is spoken of in many languages has many.
    pub fn name_count(self) -> u8 {
        self.table.names_of(self.record).max(self.other_names)
    }

    /// How far the place reaches from its point, metres.
    pub fn radius_m(self) -> u32 {
        match self.table.radius_m(self.record) {
            0 => default_radius_m(self.feature(), self.population()),
            known => known,
        }
    }

    /// True when it comes from a table of the world's villages, whose names nobody has read beside the words of a language.
    pub fn is_unread(self) -> bool {
        self.population() == 0 && self.table.len() >= UNREAD_TABLE
    }

    /// True for a town of a country that the gazetteer does not know closely: one of tens of thousands whose names nobody has
    /// read beside the words and family names of a language.
    pub fn is_far(self) -> bool {
        self.feature().starts_with("PPL") && self.feature() != "PPLC" && self.population() < HEARD_OF && !is_known(self.country())
    }

    /// True for countries.
    pub fn is_country(self) -> bool {
        self.feature().starts_with("PCL") || self.feature() == "TERR"
    }

    /// True for units and regions: places that contain the place of an event rather than being it.
    pub fn is_area(self) -> bool {
        self.is_country()
            || self.feature().starts_with("ADM")
            || matches!(self.feature(), "RGN" | "AREA" | "CONT" | "DSRT" | "SEA" | "GULF" | "OCN" | "MTS")
    }

    /// True for rivers, lakes and seas: they are named beside a place oftener than they are one.
    pub fn is_water(self) -> bool {
        matches!(self.feature(), "STM" | "LK" | "SEA" | "GULF" | "OCN" | "STRT" | "WAD" | "RSV")
    }
}

/// Places from which a table is one that nobody reads. The embedded one has fewer.
const UNREAD_TABLE: u32 = 200_000;

/// People from which a place is heard of beyond its country.
const HEARD_OF: u32 = 100_000;

/// Radii for places whose own is not recorded, metres: the reach within which people still name the place.
/// Cities by population (a town of 10,000 is about 2 km across, a million about 15 km), units by their usual size.
fn default_radius_m(feature: &str, population: u32) -> u32 {
    match feature {
        f if f.starts_with("PCL") => 300_000,
        "ADM1" => 100_000,
        "ADM2" => 40_000,
        "ADM3" | "ADM4" => 15_000,
        "CONT" | "OCN" => 2_000_000,
        "RGN" | "AREA" | "DSRT" | "SEA" | "GULF" | "STM" => 150_000,
        _ => match population {
            0..20_000 => 3_000,
            20_000..200_000 => 5_000,
            200_000..1_000_000 => 10_000,
            _ => 20_000,
        },
    }
}
