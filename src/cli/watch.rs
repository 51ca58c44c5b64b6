//! `dalil watch`: feeds and folders into a store, as they change.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use jiff::{SignedDuration, Timestamp};

use crate::fetch::{Client, Manners, Private};
use crate::intake::{self, Pass, Seen, Watching};
use crate::store::{Store, WatchRow};

use super::arguments::{Keeping, Reading};
use super::ingest::interrupted;
use super::input;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};

/// Nobody's news is newer than that.
const LEAST_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How long to wait after another program held the store.
const AFTER_BUSY: SignedDuration = SignedDuration::from_mins(1);
/// How often it is looked whether to stop.
const GLANCE: Duration = Duration::from_millis(200);
const MAX_CONTACT_CHARS: usize = 200;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Arguments {
    /// Addresses of feeds and pages, folders; followed from now on beside all that the store follows already
    addresses: Vec<String>,
    /// How often feeds are looked at (15m, 2h); folders are looked at all the time
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = every)]
    every: SignedDuration,
    /// Look at what is due and end
    #[arg(long)]
    once: bool,
    /// Mail address or page where hosts can complain; they are told it with each request
    #[arg(long, value_name = "CONTACT", value_parser = contact)]
    contact: Option<String>,
    /// Fetch the pages of entries that have only a summary
    #[arg(long)]
    pages: bool,
    /// Ask addresses of this machine and the networks around it too
    #[arg(long)]
    allow_private: bool,
    /// Follow something no more; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    forget: Vec<String>,
    /// Print what is followed and how it goes, and end
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn watch(arguments: &Arguments, log: Log) -> anyhow::Result<Outcome> {
    let folder = store_folder(&arguments.keeping)?;
    let mut store = Store::open(&folder)?;
    for address in &arguments.forget {
        let known = intake::followed(address, &now()).map_or_else(|_| address.clone(), |row| row.address);
        store.remove_watch(&known)?;
    }
    if arguments.list {
        return list(&store);
    }
    let rows = arguments.addresses.iter().map(|address| intake::followed(address, &now())).collect::<crate::Result<Vec<_>>>()?;
    let is_asking = |row: &WatchRow| row.address.contains("://");
    if rows.iter().chain(&store.watches()?).any(is_asking) && arguments.contact.is_none() {
        anyhow::bail!("--contact: found none, expected a mail address or page, told to the hosts of feeds in case they want to complain");
    }
    rows.iter().try_for_each(|row| store.add_watch(row))?;
    if store.watches()?.is_empty() {
        if !arguments.forget.is_empty() {
            return Ok(Outcome::Whole);
        }
        anyhow::bail!("nothing is followed yet: give addresses of feeds, or folders");
    }
    let _lock = alone(&folder)?;
    let base = known_places(&arguments.reading.places, log)?;
    let stop = interrupted();
    let private = if arguments.allow_private { Private::Allowed } else { Private::Refused };
    let manners = Manners { private, ..Manners::new(arguments.contact.as_deref().unwrap_or_default()) };
    let client = Client::new(manners, Timestamp::now, Arc::clone(&stop));
    let watching = Watching { every: arguments.every, how: input::how(&arguments.reading), reads_pages: arguments.pages };
    let mut told = |seen: Seen| tell(&seen, log);
    loop {
        let passed = intake::watch(&mut store, &base, &client, &watching, now, &stop, &mut told);
        if arguments.once {
            return passed.map(outcome).map_err(Into::into);
        }
        let wait = match passed {
            Ok(_) => intake::next_due(&store.watches()?, Timestamp::now(), watching.every),
            // A long import holds the store; that is no reason to end.
            Err(error) => {
                log.refuse(&error.to_string());
                AFTER_BUSY
            }
        };
        if !rested(wait.unsigned_abs(), &stop) {
            return Ok(Outcome::Whole);
        }
    }
}

fn outcome(pass: Pass) -> Outcome {
    if pass.failed == 0 { Outcome::Whole } else { Outcome::SomeRefused }
}

/// Two that follow the same would ask each host twice.
fn alone(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join("watch.lock");
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    file.try_lock().with_context(|| format!("{}: another «dalil watch» follows what this store follows", path.display()))?;
    Ok(file)
}

/// `false` when told to stop.
fn rested(wait: Duration, stop: &AtomicBool) -> bool {
    let until = std::time::Instant::now() + wait.max(GLANCE);
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(std::time::Instant::now());
        if left.is_zero() {
            return true;
        }
        std::thread::sleep(left.min(GLANCE));
    }
    false
}

fn tell(seen: &Seen, log: Log) {
    let row = seen.row;
    if let Some(error) = seen.error {
        let again = row.next_try.as_deref().filter(|_| row.failures > 0).map(|at| format!("; again at {at}")).unwrap_or_default();
        log.refuse(&format!("{}: {error}{again}", row.address));
    }
    if seen.read > 0 {
        log.progress(&format!("{}: {} reports read", row.address, seen.read));
    }
}

/// One line each: address, kind, reports read, last success, next try, last error.
fn list(store: &Store) -> anyhow::Result<Outcome> {
    let mut out = stdout();
    for row in store.watches()? {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let kind = if row.kind.is_empty() { "-" } else { &row.kind };
        let (success, next, error) = (text(&row.last_success), text(&row.next_try), text(&row.last_error).replace(['\n', '\t'], " "));
        writeln!(out, "{}\t{kind}\t{}\t{success}\t{next}\t{error}", row.address, row.read)?;
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

/// How often feeds are looked at, as it is typed.
pub(super) fn every(text: &str) -> Result<SignedDuration, String> {
    let wrong = || format!("found «{text}», expected a time such as 15m, 2h or 1h 30m, at least a minute");
    text.parse::<SignedDuration>().ok().filter(|every| *every >= LEAST_EVERY).ok_or_else(wrong)
}

/// Whom hosts complain to, as it is typed; it stands in a header.
pub(super) fn contact(text: &str) -> Result<String, String> {
    let is_plain = text.bytes().all(|b| b.is_ascii_graphic() && !b"()\\\"".contains(&b));
    let is_place = text.contains('@') || text.contains("://");
    if is_plain && is_place && text.len() <= MAX_CONTACT_CHARS {
        return Ok(text.to_owned());
    }
    Err(format!("found «{text}», expected a mail address such as desk@example.org, or the address of a page"))
}
