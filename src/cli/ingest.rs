//! `dalil ingest`: reports into a store.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::document::{Refused, Why};
use crate::gazetteer::Gazetteer;
use crate::intake::{self, Progress, Sum, Task, Told};
use crate::store::Store;

use super::arguments::{Ingest, Reading};
use super::input::{self, Input};
use super::output::Log;
use super::run::{Outcome, known_places, now, store_folder};

/// How often it is said how far it is, to a person and to a log.
const TELLS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(30)];

pub(super) fn ingest(arguments: &Ingest, log: Log) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&store_folder(&arguments.keeping)?)?;
    let base = known_places(&arguments.reading.places, log)?;
    take_in(&mut store, &base, &arguments.paths, &arguments.reading, log)
}

/// Reads paths into a store.
pub(super) fn take_in(store: &mut Store, base: &Gazetteer, paths: &[PathBuf], reading: &Reading, log: Log) -> anyhow::Result<Outcome> {
    let how = input::how(reading);
    let (tasks, unlisted) = tasks(paths)?;
    for refused in &unlisted {
        log.refuse(&refused.to_string());
    }
    let mut teller = Teller::new(log);
    let mut sum = intake::take_in_all(store, base, tasks, &how, now, &interrupted(), &mut |told| match told {
        Told::Refused(refused) => teller.refuse(&refused.to_string()),
        Told::Progress(progress) => teller.progress(progress),
    })?;
    teller.clear();
    for refused in unlisted {
        *sum.refused.entry(refused.why).or_default() += 1;
    }
    for unheeded in intake::corroborate(store)? {
        log.refuse(&format!("{}: not obeyed: {}", unheeded.ruling, unheeded.why));
    }
    log.progress(&summary(&sum, store.copy_count()?));
    if sum.is_broken_off {
        log.refuse("broken off; the same call goes on where it was");
    }
    Ok(if sum.refused.is_empty() && !sum.is_broken_off { Outcome::Whole } else { Outcome::SomeRefused })
}

/// What is to be read, and the folders that cannot be.
fn tasks(paths: &[PathBuf]) -> anyhow::Result<(Vec<Task>, Vec<Refused>)> {
    let stream = || {
        Task::new(|how, each| {
            if let Err(error) = input::stream(how, each) {
                each(Err(Refused { place: "-".to_owned(), why: Why::Unreadable, reason: error.to_string() }));
            }
        })
    };
    let (mut tasks, mut unlisted) = (Vec::new(), Vec::new());
    for input in input::inputs(paths)? {
        match input {
            Input::File(file) => tasks.push(Task::file(file)),
            Input::Refused(refused) => unlisted.push(refused),
            Input::Stream => tasks.push(stream()),
        }
    }
    Ok((tasks, unlisted))
}

/// Set by Ctrl-C, which ends between two reports; the second time at once.
pub(super) fn interrupted() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    // Without a runtime Ctrl-C ends the program at once, as it does before; what is kept is kept.
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
        std::thread::spawn(move || {
            while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                if told.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            }
        });
    }
    stop
}

fn summary(sum: &Sum, copies: usize) -> String {
    let refused: usize = sum.refused.values().sum();
    let reasons: Vec<String> = sum.refused.iter().map(|(why, count)| format!("{count} {}", why.in_words())).collect();
    let mut parts = vec![format!("{} reports read, {} unchanged", sum.read, sum.unchanged)];
    parts.push(format!("{} incidents, {} of them without a place", sum.incidents, sum.unlocated));
    if copies > 0 {
        parts.push(format!("{copies} reports of the store are copies of others"));
    }
    if refused > 0 {
        parts.push(format!("{refused} refused: {}", reasons.join(", ")));
    }
    parts.join("; ")
}

/// Says how far it is, on one line that is written over where a person watches.
struct Teller {
    log: Log,
    is_watched: bool,
    last: Instant,
}

impl Teller {
    fn new(log: Log) -> Teller {
        Teller { log, is_watched: std::io::stderr().is_terminal(), last: Instant::now() }
    }

    fn progress(&mut self, progress: Progress) {
        if self.log.is_quiet || self.last.elapsed() < TELLS[usize::from(!self.is_watched)] {
            return;
        }
        self.last = Instant::now();
        let line = told(&progress);
        if self.is_watched { eprint!("\r\x1b[K{line}") } else { self.log.progress(&line) }
    }

    fn refuse(&self, line: &str) {
        self.clear();
        self.log.refuse(line);
    }

    fn clear(&self) {
        if self.is_watched && !self.log.is_quiet {
            eprint!("\r\x1b[K");
        }
    }
}

/// `1200 reports, 310 a second, 45 %, 2 min left`
fn told(progress: &Progress) -> String {
    let seconds = progress.elapsed.as_secs_f64().max(0.001);
    let rate = format!("{} reports, {:.0} a second", progress.reports, progress.reports as f64 / seconds);
    let (done, all) = progress.bytes;
    if all == 0 || done == 0 {
        return rate;
    }
    let share = (done as f64 / all as f64).min(1.0);
    let left = seconds * (1.0 - share) / share;
    let left = if left < 90.0 { format!("{left:.0} s") } else { format!("{:.0} min", left / 60.0) };
    format!("{rate}, {:.0} %, {left} left", 100.0 * share)
}
