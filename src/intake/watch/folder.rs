//! A folder: what changed by size and time is read, and what of it is new by content is kept.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use crate::error::Result;
use crate::intake::bulk::{Task, Told, take_in_all};
use crate::intake::files::{Listed, listed};
use crate::store::WatchRow;

use super::{Parts, Watch};

impl Watch<'_> {
    pub(super) fn look_into(&mut self, row: WatchRow) -> Result<()> {
        let found = match listed(row.address.as_ref()) {
            Ok(found) => found,
            Err(error) => return self.failed(row, &error.to_string(), None),
        };
        let known = self.store.fetched(&row.address)?;
        let (mut parts, mut tasks, mut stamps) = (Parts::default(), Vec::new(), BTreeMap::new());
        for file in found {
            match file {
                Ok(file) => {
                    let (name, stamp) = (file.path.display().to_string(), stamp(&file));
                    if known.get(&name) != Some(&stamp) {
                        stamps.insert(name, stamp);
                        tasks.push(Task::file(file));
                    }
                }
                Err(refused) => parts.add(&refused),
            }
        }
        if tasks.is_empty() && parts.count == 0 {
            return self.succeeded(row, 0, None, &stamps);
        }
        let mut told = |told: Told| {
            if let Told::Refused(refused) = told {
                parts.add(refused);
            }
        };
        let sum = take_in_all(self.store, self.base, tasks, &self.watching.how, self.now, self.stop, &mut told)?;
        if sum.is_broken_off {
            self.pass.read += sum.read;
            return Ok(());
        }
        self.succeeded(row, sum.read, Some(&parts), &stamps)
    }
}

/// What changes when a file does.
fn stamp(file: &Listed) -> String {
    let changed = std::fs::metadata(&file.path).and_then(|found| found.modified()).ok();
    let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map_or(0, |at| at.as_nanos());
    format!("{} {changed}", file.bytes)
}
