//! Areas cut out of the embedded outlines, kept once they are made: reports speak of the same few, and cutting one costs as much
//! as reading a page.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use geo::{MultiPolygon, Point};

/// An area, a point in it and its reach, metres.
pub(super) type Drawn = (MultiPolygon, Point, f64);

/// Areas kept, at most: a few kilobytes each.
const MAX_KEPT: usize = 4_000;

/// The area under a key, made when it is first asked for. The key must tell all that the area depends on.
pub(super) fn kept(key: String, make: impl FnOnce() -> Option<Drawn>) -> Option<Drawn> {
    static KEPT: OnceLock<Mutex<HashMap<String, Option<Drawn>>>> = OnceLock::new();
    let all = || KEPT.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all().get(&key) {
        return known.clone();
    }
    let fresh = make();
    let mut all = all();
    if all.len() < MAX_KEPT {
        all.insert(key, fresh.clone());
    }
    fresh
}
