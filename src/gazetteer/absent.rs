//! Words that begin no name: most words of a text, and the same ones again and again.

use std::hash::Hasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::lang::hash::Fnv;

/// Words remembered at once, a power of two: 128 kB, so that they stay in the second cache. Of two that fall on one place the
/// later stays.
const MAX_KEPT: usize = 1 << 14;

/// Words that begin no name of one gazetteer as it is: another has its own. Each is kept as a hash of sixty-four bits in one
/// atomic number, so that threads share them without waiting; nothing hangs on their order.
#[derive(Clone, Debug)]
pub(super) struct Absent {
    kept: Arc<[AtomicU64]>,
}

impl Default for Absent {
    fn default() -> Absent {
        Absent { kept: (0..MAX_KEPT).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Absent {
    /// What `find` finds for a folded word, which it is not asked for when it found nothing before.
    pub(super) fn unless_known<T>(&self, word: &str, find: impl FnOnce() -> Option<T>) -> Option<T> {
        let mut hash = Fnv::default();
        hash.write(word.as_bytes());
        let hash = hash.finish();
        let place = self.kept.get((hash ^ hash >> 32) as usize % MAX_KEPT)?;
        if place.load(Ordering::Relaxed) == hash {
            return None;
        }
        let found = find();
        if found.is_none() {
            place.store(hash, Ordering::Relaxed);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn a_word_without_a_name_is_looked_for_once_and_one_with_a_name_each_time() {
        let absent = Absent::default();
        assert_eq!(absent.unless_known("غاو", || Some(1)), Some(1));
        assert_eq!(absent.unless_known("غاو", || Some(2)), Some(2));
        assert_eq!(absent.unless_known("قال", || None::<u32>), None);
        assert_eq!(absent.unless_known("قال", || Some(3)), None);
        assert_eq!(absent.unless_known("قالت", || Some(4)), Some(4));
    }

    #[test]
    fn a_name_begins_with_its_whole_first_word_each_time_it_is_asked_for() {
        let gazetteer = Gazetteer::embedded();
        for _ in 0..2 {
            let begins = ["gao", "burkina", "burkin", "غاو", "بوركينا", "بوركي"].map(|word| gazetteer.begin(word).is_some());
            assert_eq!(begins, [true, true, false, true, true, false]);
        }
    }
}
