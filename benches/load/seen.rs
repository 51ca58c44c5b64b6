//! What was asked, how it was answered, and what was wrong.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::client::Answer;

/// Faults that are printed; the rest are counted.
const SHOWN: usize = 40;

#[derive(Debug, Default)]
struct Kind {
    micros: Vec<u32>,
    statuses: BTreeMap<u16, usize>,
    bytes: u64,
}

/// What all clients saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    kinds: Mutex<BTreeMap<&'static str, Kind>>,
    faults: Mutex<Vec<String>>,
    pub(crate) is_over: AtomicBool,
}

impl Seen {
    pub(crate) fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    /// Waits, but not past the end.
    pub(crate) fn pause(&self, time: Duration) {
        let begun = Instant::now();
        while self.goes_on() && begun.elapsed() < time {
            std::thread::sleep(time.saturating_sub(begun.elapsed()).min(Duration::from_millis(200)));
        }
    }

    pub(crate) fn fault(&self, what: String) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    /// Keeps an answer; one that may not be is a fault.
    pub(crate) fn note(&self, kind: &'static str, begun: Instant, answer: &Answer, allowed: &[u16], what: &str) {
        self.counted(kind, begun.elapsed(), answer.status, answer.body.len());
        let is_meant = answer.status == 503 && !answer.retry_after.is_empty();
        if !allowed.contains(&answer.status) && !is_meant {
            let body = String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
            self.fault(format!("{kind}: {what}: {} {body}", answer.status));
        }
    }

    pub(crate) fn counted(&self, kind: &'static str, took: Duration, status: u16, bytes: usize) {
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = kinds.entry(kind).or_default();
        kind.micros.push(took.as_micros().min(u128::from(u32::MAX)) as u32);
        *kind.statuses.entry(status).or_default() += 1;
        kind.bytes += bytes as u64;
    }

    /// Prints the table and the faults; how many faults there are.
    pub(crate) fn told(&self) -> usize {
        println!("{:<28}{:>9}{:>10}{:>10}{:>10}{:>9}  answers", "who asks what", "times", "p50 ms", "p99 ms", "most ms", "MB");
        for (name, kind) in self.kinds.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            kind.micros.sort_unstable();
            let (times, ms) = (kind.micros.len(), |at: usize| f64::from(kind.micros[at]) / 1e3);
            let statuses: Vec<String> = kind.statuses.iter().map(|(status, times)| format!("{status}×{times}")).collect();
            let mb = kind.bytes as f64 / 1e6;
            let [p50, p99, most] = [ms(times / 2), ms(times * 99 / 100), ms(times - 1)];
            println!("{name:<28}{times:>9}{p50:>10.2}{p99:>10.2}{most:>10.2}{mb:>9.1}  {}", statuses.join(" "));
        }
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        for fault in faults.iter().take(SHOWN) {
            println!("FAULT {fault}");
        }
        faults.len()
    }
}
