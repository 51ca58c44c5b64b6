//! Many hosts at once, each of them asked for one thing after the other.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::error::Result;
use crate::fetch::{Answer, Client, Failure, Known};

/// Hosts asked at the same time: waiting costs little, but each may bring an answer that has to be held.
const HOSTS: usize = 8;
/// Answers that a host may be too slow for; after that the rest of it waits for the next time.
const MOST_SLOW: usize = 3;

/// Something to ask for.
pub(super) struct Job<T> {
    pub(super) address: Url,
    pub(super) known: Known,
    pub(super) what: T,
}

/// Asks for all of it; answers come as they are there. What is not asked for, because it was told to stop or its host is too slow, is not
/// told of.
pub(super) fn wave<T: Send>(
    client: &Client,
    jobs: Vec<Job<T>>,
    stop: &AtomicBool,
    mut each: impl FnMut(T, std::result::Result<Answer, Failure>) -> Result<()>,
) -> Result<()> {
    let mut hosts: BTreeMap<String, Vec<Job<T>>> = BTreeMap::new();
    for job in jobs {
        hosts.entry(job.address.authority().to_owned()).or_default().push(job);
    }
    let threads = hosts.len().min(HOSTS);
    let queue: Mutex<VecDeque<Vec<Job<T>>>> = Mutex::new(hosts.into_values().collect());
    // Nobody fetches more while what is there waits to be read.
    let (sender, receiver) = sync_channel(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                while let Some(jobs) = next() {
                    let mut slow = 0;
                    for job in jobs {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        let answer = client.get(&job.address, &job.known);
                        slow += usize::from(answer.as_ref().is_err_and(|failure| failure.is_slow));
                        let is_stopped = answer.as_ref().is_err_and(|failure| failure.is_stopped);
                        if is_stopped || sender.send((job.what, answer)).is_err() {
                            return;
                        }
                        if slow >= MOST_SLOW {
                            break;
                        }
                    }
                }
            });
        }
        drop(sender);
        // After an error the receiver is gone, and the threads end.
        for (what, answer) in receiver {
            each(what, answer)?;
        }
        Ok(())
    })
}
