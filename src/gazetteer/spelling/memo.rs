//! What was proposed before: reports speak of the same few villages, and looking for one in all names takes as long as reading a page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Proposal;

/// Words kept, at most: some hundred bytes each.
const MAX_KEPT: usize = 4_000;

/// Proposals by what was asked, of one gazetteer as it is: another has its own.
#[derive(Clone, Debug, Default)]
pub(in crate::gazetteer) struct Memo {
    kept: Arc<Mutex<HashMap<String, Vec<Proposal>>>>,
}

impl Memo {
    /// The proposals under a key, made when it is first asked for. The key must tell all that was asked.
    pub(super) fn kept(&self, key: String, make: impl FnOnce() -> Vec<Proposal>) -> Vec<Proposal> {
        let all = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all().get(&key) {
            return known.clone();
        }
        let fresh = make();
        let mut all = all();
        if all.len() >= MAX_KEPT {
            all.clear();
        }
        all.insert(key, fresh.clone());
        fresh
    }
}
