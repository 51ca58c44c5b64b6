//! The collections as they are at a moment, and how they follow the store.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::error::Result;
use crate::store::{Bounds, Changes, Collection, Published, Store};

use super::cache::Cache;
use super::predicate::{Leaf, Predicate, TextTest};
use super::rows::{self, ByReport};
use super::schema::{Schema, schema};
use super::segment::{self, Segment};

/// A collection with more small segments than this is made into one again: each is one more to look through.
const MAX_SEGMENTS: usize = 12;
/// And so is one in which more than this share of the features is struck out or in small segments.
const MAX_MOVED: usize = 10;

/// A segment, without the rows that newer segments replace.
#[derive(Clone, Debug)]
struct Part {
    segment: Arc<Segment>,
    live: Arc<RoaringBitmap>,
}

/// A collection at a moment.
#[derive(Clone, Debug)]
pub struct Layer {
    collection: Collection,
    parts: Vec<Part>,
}

/// Which features of a layer match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    parts: Vec<RoaringBitmap>,
    len: u64,
}

impl Matches {
    /// How many.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// True when none does.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &RoaringBitmap> {
        self.parts.iter()
    }
}

impl Layer {
    fn of(collection: Collection, segment: Segment) -> Layer {
        let live = all(&segment);
        Layer { collection, parts: vec![Part { segment: Arc::new(segment), live: Arc::new(live) }] }
    }

    /// What can be asked of it.
    pub fn schema(&self) -> Schema {
        schema(self.collection)
    }

    pub(super) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.parts.iter().map(|p| p.segment.as_ref())
    }

    /// How many features there are.
    pub fn len(&self) -> u64 {
        self.parts.iter().map(|p| p.live.len()).sum()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A feature by its id.
    pub fn feature(&self, id: &str) -> Option<&str> {
        let of_part = |p: &Part| p.segment.rows_of(id).find(|row| p.live.contains(*row));
        self.parts.iter().find_map(|p| of_part(p).map(|row| p.segment.feature(row)))
    }

    /// The box around all that is drawn.
    pub fn extent(&self) -> Option<Bounds> {
        let drawn = self.parts.iter().flat_map(|p| p.live.iter().filter_map(|row| p.segment.bbox(row)));
        let around = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        drawn.reduce(around).map(|[west, south, east, north]| Bounds { west, south, east, north })
    }

    fn matches(&self, predicate: &Predicate, reports: &ByReport) -> Matches {
        let parts: Vec<RoaringBitmap> = match predicate {
            Predicate::Always(true) => self.parts.iter().map(|p| p.live.as_ref().clone()).collect(),
            _ => self.parts.iter().map(|p| rows::rows(&p.segment, predicate, reports) & p.live.as_ref()).collect(),
        };
        let len = parts.iter().map(RoaringBitmap::len).sum();
        Matches { parts, len }
    }

    /// The layer with features in place of those with the ids.
    fn replaced(&self, ids: &BTreeSet<String>, rows: Vec<Published>, folder: &Path) -> Result<Layer> {
        let mut parts: Vec<Part> = Vec::with_capacity(self.parts.len() + 1);
        for part in &self.parts {
            let gone: Vec<u32> = ids.iter().flat_map(|id| part.segment.rows_of(id)).filter(|row| part.live.contains(*row)).collect();
            let mut part = part.clone();
            if !gone.is_empty() {
                let live = Arc::make_mut(&mut part.live);
                for row in gone {
                    live.remove(row);
                }
            }
            parts.push(part);
        }
        // The first is the large one; small ones that are empty by now go.
        let mut number = 0;
        parts.retain(|part| {
            number += 1;
            number == 1 || !part.live.is_empty()
        });
        if !rows.is_empty() {
            let segment = segment_of(self.collection, rows, folder)?;
            let live = all(&segment);
            parts.push(Part { segment: Arc::new(segment), live: Arc::new(live) });
        }
        Ok(Layer { collection: self.collection, parts })
    }

    /// True when it should be made into one segment again.
    fn is_scattered(&self) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return false };
        let moved = first.segment.len() - first.live.len() as usize + rest.iter().map(|p| p.segment.len()).sum::<usize>();
        self.parts.len() > MAX_SEGMENTS || moved * MAX_MOVED > first.segment.len().max(1_000)
    }
}

fn all(segment: &Segment) -> RoaringBitmap {
    let mut live = RoaringBitmap::new();
    live.insert_range(0..segment.len() as u32);
    live
}

fn segment_of(collection: Collection, mut rows: Vec<Published>, folder: &Path) -> Result<Segment> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let mut builder = segment::Builder::new(collection, folder);
    rows.iter().try_for_each(|row| builder.add(row))?;
    builder.finish()
}

/// All collections at a moment of the store.
#[derive(Debug)]
pub struct Snapshot {
    layers: Vec<Arc<Layer>>,
    moment: i64,
    folder: PathBuf,
    cache: Cache,
}

impl Snapshot {
    /// Reads a whole store; large collections are put into a nameless file of `folder`.
    ///
    /// # Errors
    /// [`crate::Error::Store`], [`crate::Error::File`].
    pub fn of(store: &Store, folder: &Path) -> Result<Snapshot> {
        let moment = store.moment()?;
        let layers = Collection::ALL.into_iter().map(|c| layer_of(store, c, folder).map(Arc::new)).collect::<Result<_>>()?;
        Ok(Snapshot { layers, moment, folder: folder.to_owned(), cache: Cache::default() })
    }

    /// A collection.
    pub fn layer(&self, collection: Collection) -> &Layer {
        let at = Collection::ALL.iter().position(|c| *c == collection).unwrap_or_default();
        &self.layers[at]
    }

    /// The moment of the store that it shows.
    pub fn moment(&self) -> i64 {
        self.moment
    }

    /// The features of a collection that a predicate holds for.
    pub fn matches(&self, collection: Collection, predicate: &Predicate) -> Arc<Matches> {
        self.cache.get(collection, predicate, || {
            let mut reports = ByReport::new();
            if matches!(collection, Collection::Incidents | Collection::Mentions) {
                self.reports_of(predicate, &mut reports);
            }
            if collection == Collection::Reports {
                return self.layer(collection).matches(&self.with_names_found(predicate), &reports);
            }
            self.layer(collection).matches(predicate, &reports)
        })
    }

    /// The predicate with the reports that name a place in the place of that question.
    fn with_names_found(&self, predicate: &Predicate) -> Predicate {
        let each = |parts: &[Predicate]| parts.iter().map(|part| self.with_names_found(part)).collect();
        match predicate {
            Predicate::And(parts) => Predicate::And(each(parts)),
            Predicate::Or(parts) => Predicate::Or(each(parts)),
            Predicate::Not(inner) => Predicate::Not(Box::new(self.with_names_found(inner))),
            Predicate::Leaf(Leaf::Names(places)) => {
                let id = schema(Collection::Reports).find("id").map(|(at, _)| at);
                let reports = TextTest::OneOf(self.reports_naming(places));
                id.map_or(Predicate::Always(false), |id| Predicate::leaf(Leaf::Text(id, reports)))
            }
            other => other.clone(),
        }
    }

    /// The reports that have a mention of one of some places.
    fn reports_naming(&self, places: &[String]) -> Vec<String> {
        let mentions = self.layer(Collection::Mentions);
        let named = |name: &str| mentions.schema().find(name).map(|(at, _)| at);
        let (Some(place), Some(report)) = (named("place_id"), named("report_id")) else { return Vec::new() };
        let test = TextTest::OneOf(places.to_vec());
        let found = mentions.matches(&Predicate::leaf(Leaf::Text(place, test)), &ByReport::new());
        let parts = mentions.segments().zip(found.parts());
        let texts = parts.flat_map(|(segment, rows)| rows.iter().filter_map(|row| segment.column(report).text(row)));
        texts.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// As [`Snapshot::matches`], when it was asked lately.
    pub fn known_matches(&self, collection: Collection, predicate: &Predicate) -> Option<Arc<Matches>> {
        self.cache.known(collection, predicate)
    }

    fn reports_of(&self, predicate: &Predicate, out: &mut ByReport) {
        match predicate {
            Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|part| self.reports_of(part, out)),
            Predicate::Not(inner) => self.reports_of(inner, out),
            Predicate::Leaf(Leaf::Word(word)) => {
                let parts = self.layer(Collection::Reports).parts.iter();
                let found = parts.map(|p| (Arc::clone(&p.segment), p.segment.words.rows(word) & p.live.as_ref()));
                out.insert(word.clone(), found.collect());
            }
            _ => {}
        }
    }

    /// The snapshot of what the store holds now, made of this one and what changed; `None`: nothing did.
    ///
    /// # Errors
    /// As [`Snapshot::of`].
    pub fn followed(&self, store: &Store) -> Result<Option<Snapshot>> {
        let changes = store.changes_since(self.moment)?;
        if changes.is_all {
            return Snapshot::of(store, &self.folder).map(Some);
        }
        if changes.upto == self.moment {
            return Ok(None);
        }
        let mut layers = Vec::with_capacity(self.layers.len());
        for (collection, layer) in Collection::ALL.into_iter().zip(&self.layers) {
            layers.push(match self.changed(store, collection, &changes)? {
                Some((ids, rows)) => Arc::new(layer.replaced(&ids, rows, &self.folder)?),
                None => Arc::clone(layer),
            });
        }
        Ok(Some(Snapshot { layers, moment: changes.upto, folder: self.folder.clone(), cache: Cache::default() }))
    }

    /// The ids of a collection that may have changed, and the features that have them now.
    fn changed(&self, store: &Store, collection: Collection, changes: &Changes) -> Result<Option<(BTreeSet<String>, Vec<Published>)>> {
        let mut ids = changes.ids.get(collection.name()).cloned().unwrap_or_default();
        let mut rows = store.published_of(collection, &ids)?;
        if matches!(collection, Collection::Incidents | Collection::Mentions)
            && let Some(reports) = changes.ids.get(Collection::Reports.name())
        {
            ids.extend(self.ids_in(collection, reports));
            let found = store.published_in(collection, reports)?;
            ids.extend(found.iter().map(|row| row.id.clone()));
            rows = store.published_of(collection, &ids)?;
        }
        Ok((!ids.is_empty()).then_some((ids, rows)))
    }

    /// The ids of the features that this snapshot has of some reports.
    fn ids_in(&self, collection: Collection, reports: &BTreeSet<String>) -> Vec<String> {
        let layer = self.layer(collection);
        let Some((at, _)) = layer.schema().find("report_id") else { return Vec::new() };
        let test = TextTest::OneOf(reports.iter().cloned().collect());
        let found = layer.matches(&Predicate::leaf(Leaf::Text(at, test)), &ByReport::new());
        layer.parts.iter().zip(found.parts()).flat_map(|(p, rows)| rows.iter().map(|row| p.segment.id(row).to_owned())).collect()
    }

    /// The collections that should be made into one segment again, which takes its time.
    pub fn scattered(&self) -> Vec<Collection> {
        Collection::ALL.into_iter().zip(&self.layers).filter(|(_, layer)| layer.is_scattered()).map(|(c, _)| c).collect()
    }

    /// The snapshot with some collections made anew from the store, which must be at the snapshot's moment.
    ///
    /// # Errors
    /// As [`Snapshot::of`].
    pub fn gathered(&self, store: &Store, collections: &[Collection]) -> Result<Snapshot> {
        let again = |(c, layer): (Collection, &Arc<Layer>)| {
            if collections.contains(&c) { layer_of(store, c, &self.folder).map(Arc::new) } else { Ok(Arc::clone(layer)) }
        };
        let layers = Collection::ALL.into_iter().zip(&self.layers).map(again).collect::<Result<_>>()?;
        Ok(Snapshot { layers, moment: self.moment, folder: self.folder.clone(), cache: Cache::default() })
    }
}

fn layer_of(store: &Store, collection: Collection, folder: &Path) -> Result<Layer> {
    let mut builder = segment::Builder::new(collection, folder);
    store.published(collection, |row| builder.add(&row))?;
    Ok(Layer::of(collection, builder.finish()?))
}
