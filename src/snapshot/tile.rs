//! Vector tiles (MVT 2.1) of what matches: features that lie close together are one mark with their count, their toll and their kinds.

use std::collections::BTreeMap;

use mvt::{GeomEncoder, GeomType};

use crate::error::{Error, Result};
use crate::store::Bounds;

use super::column::Column;
use super::layers::{Layer, Matches};
use super::segment::Segment;

/// Units of a tile's side.
pub const EXTENT: u32 = 4096;
/// The deepest zoom: half a metre a unit at zoom 18 with these units, finer than any place is known.
pub const MAX_ZOOM: u8 = 18;
/// Cells of a tile's side, of some 43 pixels each: a screen of 1920 by 1080 pixels shows at most 1,500 marks.
const CELLS: u64 = 6;
/// From here on only what lies on the very same spot is one mark.
const APART_ZOOM: u8 = 13;

/// The address of a tile of Web Mercator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the three parts of an address: zoom, column from the west, row from the north")]
pub struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

/// What is told of a mark that is a single feature, where the collection has it.
pub const TOLD: [&str; 12] = [
    "event_type",
    "sub_event_type",
    "status",
    "granularity",
    "date_start",
    "date_end",
    "place_name",
    "kind",
    "geo_precision",
    "radius_m",
    "killed_best",
    "lang",
];

impl TileId {
    /// Checks an address.
    ///
    /// # Errors
    /// [`Error::Value`] when there is no such tile.
    pub fn of(z: u8, x: u32, y: u32) -> Result<TileId> {
        if z > MAX_ZOOM {
            return Err(Error::value("z", format!("«{z}»"), &format!("a zoom from 0 to {MAX_ZOOM}")));
        }
        let most = (1_u32 << z) - 1;
        if x > most || y > most {
            return Err(Error::value("x, y", format!("«{x}, {y}»"), &format!("0 to {most} at zoom {z}")));
        }
        Ok(TileId { z, x, y })
    }

    /// The tile in degrees.
    pub fn bounds(self) -> Bounds {
        let side = f64::from(1_u32 << self.z);
        let lon = |x: u32| f64::from(x) / side * 360.0 - 180.0;
        let lat = |y: u32| (std::f64::consts::PI * (1.0 - 2.0 * f64::from(y) / side)).sinh().atan().to_degrees();
        Bounds { west: lon(self.x), south: lat(self.y + 1), east: lon(self.x + 1), north: lat(self.y) }
    }

    /// Where a spot lies in the tile, in 2³² parts of its side; `None`: outside.
    #[inline]
    fn within(self, [x, y]: [u32; 2]) -> Option<[u32; 2]> {
        let of = |at: u32| if self.z == 0 { 0 } else { at >> (32 - self.z) };
        (of(x) == self.x && of(y) == self.y).then_some([x.wrapping_shl(u32::from(self.z)), y.wrapping_shl(u32::from(self.z))])
    }
}

/// A spot of the world in 2³² parts of the sides of Web Mercator, from the west and the north.
pub(super) fn spot(lon: f64, lat: f64) -> [u32; 2] {
    let part = |share: f64| (share.clamp(0.0, 1.0) * 4_294_967_296.0).min(4_294_967_295.0) as u32;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    [part((lon + 180.0) / 360.0), part(y)]
}

/// What lies close together, with the counts of its kinds.
#[derive(Clone, Debug)]
struct Mark<'a, Kinds = BTreeMap<&'a str, u64>> {
    count: u64,
    x: u64,
    y: u64,
    toll: i64,
    kinds: Kinds,
    one: (&'a Segment, u32),
}

/// The marks of one segment, kinds by their code: at low zooms in a grid, so that a million features are added up in some milliseconds.
struct Cells<'a> {
    id: TileId,
    marks: BTreeMap<[u32; 2], Mark<'a, Vec<u64>>>,
    grid: Vec<Option<Mark<'a, Vec<u64>>>>,
}

impl<'a> Cells<'a> {
    /// The mark to which a spot belongs, made when it is the first.
    fn at(&mut self, spot: [u32; 2], [x, y]: [u32; 2], segment: &'a Segment, row: u32) -> &mut Mark<'a, Vec<u64>> {
        let new = || Mark { count: 0, x: 0, y: 0, toll: 0, kinds: Vec::new(), one: (segment, row) };
        let of = |part: u32| (u64::from(part) * CELLS) >> 32;
        match self.grid.get_mut((of(y) * CELLS + of(x)) as usize) {
            Some(cell) if self.id.z < APART_ZOOM => cell.get_or_insert_with(new),
            _ => self.marks.entry(spot).or_insert_with(new),
        }
    }

    fn into_marks(self) -> impl Iterator<Item = ([u32; 2], Mark<'a, Vec<u64>>)> {
        let of_grid = self.grid.into_iter().enumerate().filter_map(|(cell, mark)| Some(([cell as u32, 0], mark?)));
        self.marks.into_iter().chain(of_grid)
    }
}

impl Layer {
    /// A tile of what matches; empty when nothing lies in it.
    ///
    /// # Errors
    /// Never in practice: [`Error::Value`] when the tile cannot be written.
    pub fn tile(&self, matches: &Matches, id: TileId) -> Result<Vec<u8>> {
        let mut marks: BTreeMap<[u32; 2], Mark> = BTreeMap::new();
        for (segment, rows) in self.segments().zip(matches.parts()) {
            self.gather(segment, rows, id, &mut marks);
        }
        if marks.is_empty() {
            return Ok(Vec::new());
        }
        self.write(&marks).map_err(|e| Error::value("tile", e.to_string(), "marks that can be written"))
    }

    fn gather<'a>(&self, segment: &'a Segment, rows: &roaring::RoaringBitmap, id: TileId, marks: &mut BTreeMap<[u32; 2], Mark<'a>>) {
        let bounds = id.bounds();
        let schema = self.schema();
        let column = |names: &[&str]| names.iter().find_map(|name| schema.find(name)).map(|(at, _)| segment.column(at));
        let (kinds, toll) = (column(&["event_type", "kind"]), column(&["killed_best", "killed_high"]));
        let dictionary = kinds.and_then(Column::dictionary);
        let mut cells: Cells<'a> = Cells { id, marks: BTreeMap::new(), grid: vec![None; (CELLS * CELLS) as usize] };
        let mut add = |row: u32| {
            let Some(at) = segment.space.spot(row) else { return };
            let Some([x, y]) = id.within(at) else { return };
            let mark = cells.at(at, [x, y], segment, row);
            mark.count += 1;
            mark.x += u64::from(x);
            mark.y += u64::from(y);
            mark.toll += toll.and_then(|t| t.integer(row)).unwrap_or(0);
            if let Some(code) = kinds.and_then(|k| k.codes(row).next()) {
                if mark.kinds.len() <= code as usize {
                    mark.kinds.resize(code as usize + 1, 0);
                }
                mark.kinds[code as usize] += 1;
            }
        };
        if segment.space.estimate(bounds) * 4 < rows.len() {
            segment.space.near(bounds).into_iter().filter(|row| rows.contains(*row)).for_each(add);
        } else {
            rows.iter().for_each(&mut add);
        }
        for (cell, mark) in cells.into_marks() {
            let sum = marks.entry(cell).or_insert_with(|| Mark { count: 0, x: 0, y: 0, toll: 0, kinds: BTreeMap::new(), one: mark.one });
            sum.count += mark.count;
            sum.x += mark.x;
            sum.y += mark.y;
            sum.toll += mark.toll;
            for (code, count) in mark.kinds.iter().enumerate().filter(|(_, count)| **count > 0) {
                *sum.kinds.entry(dictionary.map_or("", |d| d.get(code as u32))).or_default() += count;
            }
        }
    }

    fn write(&self, marks: &BTreeMap<[u32; 2], Mark>) -> std::result::Result<Vec<u8>, mvt::Error> {
        let schema = self.schema();
        let mut tile = mvt::Tile::new(EXTENT);
        let mut layer = tile.create_layer(schema.collection.name());
        for mark in marks.values() {
            let unit = |sum: u64| (sum / mark.count * u64::from(EXTENT)) as f64 / 4_294_967_296.0;
            let point = GeomEncoder::new(GeomType::Point).point(unit(mark.x), unit(mark.y))?.encode()?;
            let mut feature = layer.into_feature(point);
            feature.add_tag_uint("count", mark.count);
            if mark.toll > 0 {
                feature.add_tag_int("killed", mark.toll);
            }
            let (segment, row) = mark.one;
            if mark.count == 1 {
                feature.add_tag_string("id", segment.id(row));
                for (at, property) in TOLD.iter().filter_map(|name| schema.find(name)) {
                    match segment.column(at) {
                        Column::Integer { .. } if property.kind == super::Kind::Day => {
                            if let Some(day) = segment.column(at).integer(row).and_then(super::segment::date_of) {
                                feature.add_tag_string(property.name, &day.to_string());
                            }
                        }
                        Column::Integer { .. } => {
                            if let Some(number) = segment.column(at).integer(row) {
                                feature.add_tag_int(property.name, number);
                            }
                        }
                        column => {
                            if let Some(text) = column.text(row) {
                                feature.add_tag_string(property.name, text);
                            }
                        }
                    }
                }
            } else {
                for (kind, count) in &mark.kinds {
                    feature.add_tag_uint(kind, *count);
                }
            }
            layer = feature.into_layer();
        }
        tile.add_layer(layer)?;
        tile.to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_lies_in_the_tile_that_slippy_maps_give_it() {
        // Gao at zoom 10, by the formula of the OpenStreetMap wiki worked by hand: x = ⌊(−0.04464 + 180) / 360 · 1024⌋ = 511.
        let gao = spot(-0.04464, 16.27167);
        assert_eq!([gao[0] >> 22, gao[1] >> 22], [511, 465]);
        let tile = TileId::of(10, 511, 465).unwrap();
        let bounds = tile.bounds();
        assert!(bounds.west <= -0.04464 && -0.04464 < bounds.east && bounds.south < 16.27167 && 16.27167 <= bounds.north, "{bounds:?}");
        assert!(tile.within(gao).is_some() && TileId::of(10, 512, 465).unwrap().within(gao).is_none());
        assert_eq!(spot(180.0, -90.0), [u32::MAX, u32::MAX]);
        assert!(TileId::of(3, 8, 0).is_err() && TileId::of(19, 0, 0).is_err());
    }
}
