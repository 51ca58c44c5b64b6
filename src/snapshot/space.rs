//! Where the features of a segment lie.

use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex};
use roaring::RoaringBitmap;

use crate::store::Bounds;

use super::tile::spot;

/// Cells of the grid that tells about how many features lie in a box, in a row of longitude and a column of latitude.
const COLUMNS: usize = 360;
const LINES: usize = 180;

/// The boxes of features, and an index over them.
#[derive(Debug)]
pub(super) struct Space {
    /// West, south, east, north; not numbers where nothing is drawn.
    boxes: Vec<[f64; 4]>,
    /// Rows of the features that are drawn, in the order of the index.
    drawn: Vec<u32>,
    /// Where each feature is drawn, as tiles count.
    spots: Vec<[u32; 2]>,
    tree: Option<RTree<f64>>,
    /// How many middles of boxes lie in each cell.
    grid: Vec<u32>,
    /// Degrees of the widest and the highest box: a box that touches another has its middle no further away than half of that.
    largest: [f64; 2],
    rows: RoaringBitmap,
}

impl Space {
    /// `points`: where a feature is drawn when that is not the middle of its box.
    pub(super) fn of(boxes: Vec<Option<[f64; 4]>>, points: &[Option<[f64; 2]>]) -> Space {
        let drawn: Vec<u32> = boxes.iter().enumerate().filter(|(_, b)| b.is_some()).map(|(row, _)| row as u32).collect();
        let mut grid = vec![0; COLUMNS * LINES];
        let mut largest = [0.0_f64; 2];
        let mut builder = RTreeBuilder::<f64>::new(drawn.len() as u32);
        for [west, south, east, north] in boxes.iter().flatten() {
            // A box that crosses the antimeridian is indexed as the whole turn: the exact question is asked of it all the same.
            let (low, high) = if west <= east { (*west, *east) } else { (-180.0, 180.0) };
            builder.add(low, *south, high, *north);
            largest = [largest[0].max(high - low), largest[1].max(north - south)];
            if let Some(count) = grid.get_mut(cell(f64::midpoint(low, high), f64::midpoint(*south, *north))) {
                *count += 1;
            }
        }
        let points = points.iter().copied().chain(std::iter::repeat(None));
        let spots = boxes.iter().zip(points).map(|(bounds, point)| match (bounds, point) {
            (None, _) => [u32::MAX; 2],
            (_, Some([lon, lat])) => spot(lon, lat),
            (Some([west, south, east, north]), None) => {
                spot(if west <= east { f64::midpoint(*west, *east) } else { *west }, f64::midpoint(*south, *north))
            }
        });
        let spots = spots.collect();
        let tree = (!drawn.is_empty()).then(|| builder.finish::<HilbertSort>());
        let rows = drawn.iter().copied().collect();
        Space { boxes: boxes.into_iter().map(|b| b.unwrap_or([f64::NAN; 4])).collect(), spots, drawn, tree, grid, largest, rows }
    }

    /// Rows of the features that are drawn.
    pub(super) fn rows(&self) -> &RoaringBitmap {
        &self.rows
    }

    pub(super) fn get(&self, row: u32) -> Option<[f64; 4]> {
        self.boxes.get(row as usize).copied().filter(|b| !b[0].is_nan())
    }

    /// Where a row is drawn, in 2³² parts of the sides of Web Mercator.
    #[inline]
    pub(super) fn spot(&self, row: u32) -> Option<[u32; 2]> {
        self.spots.get(row as usize).copied().filter(|spot| *spot != [u32::MAX; 2])
    }

    #[inline]
    pub(super) fn touches(&self, row: u32, bounds: Bounds) -> bool {
        let Some([west, south, east, north]) = self.boxes.get(row as usize).copied() else { return false };
        let in_lines = north >= bounds.south && south <= bounds.north;
        let of = |low: f64, high: f64| if west <= east { east >= low && west <= high } else { east >= low || west <= high };
        in_lines
            && if bounds.west <= bounds.east { of(bounds.west, bounds.east) } else { of(bounds.west, 180.0) || of(-180.0, bounds.east) }
    }

    /// About how many features lie in a box: never fewer than there are.
    pub(super) fn estimate(&self, bounds: Bounds) -> u64 {
        let count = |west: f64, east: f64| {
            let (left, right) = (column(west - self.largest[0] / 2.0), column(east + self.largest[0] / 2.0));
            let (bottom, top) = (line(bounds.south - self.largest[1] / 2.0), line(bounds.north + self.largest[1] / 2.0));
            (bottom..=top)
                .flat_map(|l| self.grid.get(l * COLUMNS + left..=l * COLUMNS + right).unwrap_or_default())
                .map(|c| u64::from(*c))
                .sum()
        };
        if bounds.west <= bounds.east { count(bounds.west, bounds.east) } else { count(bounds.west, 180.0) + count(-180.0, bounds.east) }
    }

    /// The rows of the features in a box, in no order and perhaps some that only nearly touch it.
    pub(super) fn near(&self, bounds: Bounds) -> Vec<u32> {
        let Some(tree) = &self.tree else { return Vec::new() };
        let search = |west: f64, east: f64| tree.search(west, bounds.south, east, bounds.north);
        let mut found = if bounds.west <= bounds.east { search(bounds.west, bounds.east) } else { search(bounds.west, 180.0) };
        if bounds.west > bounds.east {
            found.extend(search(-180.0, bounds.east));
        }
        for at in &mut found {
            *at = self.drawn.get(*at as usize).copied().unwrap_or_default();
        }
        found
    }
}

fn column(lon: f64) -> usize {
    ((lon + 180.0).floor().max(0.0) as usize).min(COLUMNS - 1)
}

fn line(lat: f64) -> usize {
    ((lat + 90.0).floor().max(0.0) as usize).min(LINES - 1)
}

fn cell(lon: f64, lat: f64) -> usize {
    line(lat) * COLUMNS + column(lon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_found_across_the_antimeridian_and_never_underestimated() {
        let boxes = [
            Some([179.5, -17.0, -179.5, -16.0]),
            Some([0.0, 16.0, 0.0, 16.0]),
            None,
            Some([-179.9, -16.5, -179.9, -16.5]),
            Some([-10.0, 0.0, 30.0, 40.0]),
        ];
        let space = Space::of(boxes.to_vec(), &[]);
        let find = |west, south, east, north| {
            let bounds = Bounds { west, south, east, north };
            let mut rows: Vec<u32> = space.near(bounds).into_iter().filter(|row| space.touches(*row, bounds)).collect();
            rows.sort_unstable();
            rows.dedup();
            assert!(space.estimate(bounds) >= rows.len() as u64, "{bounds:?}");
            rows
        };
        assert_eq!(find(-1.0, 15.0, 1.0, 17.0), [1, 4]);
        assert_eq!(find(179.0, -20.0, -179.0, 0.0), [0, 3]);
        assert_eq!(find(179.0, -20.0, 180.0, 0.0), [0]);
        assert_eq!(find(50.0, 50.0, 60.0, 60.0), [] as [u32; 0]);
        assert_eq!(find(28.0, 39.0, 29.0, 39.5), [4]);
    }
}
