//! Answers that were just given: the next page, the tiles and the counts of one filter ask the same.

use std::sync::{Arc, Mutex, PoisonError};

use crate::store::Collection;

use super::layers::Matches;
use super::predicate::Predicate;

/// Answers kept: a page asks for some twenty facets and tiles of one filter, and there are several readers.
const KEPT: usize = 64;

/// The last answers of a snapshot, the newest last.
#[derive(Debug, Default)]
pub(super) struct Cache {
    answers: Mutex<Vec<(Collection, Predicate, Arc<Matches>)>>,
}

impl Cache {
    pub(super) fn get(&self, collection: Collection, predicate: &Predicate, find: impl FnOnce() -> Matches) -> Arc<Matches> {
        if let Some(found) = self.known(collection, predicate) {
            return found;
        }
        // Made without the lock: two may make the same, which is better than one that waits for another's long answer.
        let made = Arc::new(find());
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= KEPT {
            answers.remove(0);
        }
        answers.push((collection, predicate.clone(), Arc::clone(&made)));
        made
    }

    pub(super) fn known(&self, collection: Collection, predicate: &Predicate) -> Option<Arc<Matches>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().rposition(|(c, p, _)| *c == collection && p == predicate)?;
        let answer = answers.remove(at);
        let found = Arc::clone(&answer.2);
        answers.push(answer);
        Some(found)
    }
}
