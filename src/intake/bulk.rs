//! Many files into a store, on all cores: some threads take files apart and read reports, one writes.
//!
//! What is kept does not hang on the order in which anything arrives, so a call that was broken off is called again and ends with the
//! same store: what is kept already is passed over. Memory is bounded by what the threads hold at a time, and by some forty bytes a report.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::document::{Refused, Why};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::recognise::Report;
use crate::store::{Entry, Store, content_hash, content_tag};

use super::files::{How, Listed, Read, read_file};
use super::read::Reader;

/// Reports of one transaction: more gain nothing, fewer pay for a disk flush each.
const BATCH: usize = 100;
/// A batch waits no longer than this for others.
const PATIENCE: Duration = Duration::from_millis(500);
/// Reports that wait to be read, and readings that wait to be written, for each thread: what is read while a batch is flushed to disk. A
/// reading takes some fifty kilobytes.
const WAITING: usize = 64;

/// Something that holds reports.
pub struct Task {
    /// Its size, as far as it is known.
    bytes: u64,
    read: Box<Handing>,
}

/// Hands out reports until it is told to stop.
type Handing = dyn FnOnce(&How, &mut dyn FnMut(Read) -> bool) + Send;

impl Task {
    /// A file.
    pub fn file(file: Listed) -> Task {
        Task {
            bytes: file.bytes,
            read: Box::new(move |how, each| {
                read_file(&file, how, each);
            }),
        }
    }

    /// Anything that hands out reports.
    pub fn new(read: impl FnOnce(&How, &mut dyn FnMut(Read) -> bool) + Send + 'static) -> Task {
        Task { bytes: 0, read: Box::new(read) }
    }
}

/// What is told while it goes on.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// Something was refused; the rest goes on.
    Refused(&'a Refused),
    /// How far it is.
    Progress(Progress),
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Reports dealt with.
    pub reports: usize,
    /// Bytes of files dealt with, and of all.
    pub bytes: (u64, u64),
    /// Since the beginning.
    pub elapsed: Duration,
}

/// What came of it all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Reports read and kept.
    pub read: usize,
    /// Reports that were there already, read with the same gazetteer.
    pub unchanged: usize,
    /// Incidents of the reports that were read.
    pub incidents: usize,
    /// Those of them that have no place on the map.
    pub unlocated: usize,
    /// What was refused, by reason.
    pub refused: BTreeMap<Why, usize>,
    /// It was broken off; called again it goes on.
    pub is_broken_off: bool,
}

/// What the threads share.
struct Shared<'a> {
    how: &'a How,
    stop: &'a AtomicBool,
    /// Hashes of identifier and content of what is kept and current.
    current: HashSet<(u64, u64)>,
    /// What this call has met under each identifier.
    met: Mutex<HashMap<u64, Seen>>,
    reader: Mutex<Arc<Reader>>,
    queue: Mutex<Queue>,
    changed: Condvar,
    room: usize,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    reports: VecDeque<Box<Report>>,
    /// Tasks that are being taken apart.
    open: usize,
    /// Bytes of finished tasks, and those of the texts of open ones.
    bytes: u64,
}

enum Job {
    Task(Task),
    Report(Box<Report>),
}

/// What a thread hands to the writer.
enum Done {
    Read { entry: Box<Entry>, revision: i64 },
    Unchanged,
    Refused(Refused),
}

/// Which of two reports of one identifier is kept: the later published, and of equals one by chance that is always the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    published: Option<Date>,
    content: u64,
}

/// Reads everything that the tasks hold into the store. `now` gives the time of reading, `stop` breaks off between two reports.
///
/// # Errors
/// [`crate::Error::Store`]; what was kept before stays.
pub fn take_in_all(
    store: &mut Store,
    base: &Gazetteer,
    tasks: Vec<Task>,
    how: &How,
    now: fn() -> String,
    stop: &AtomicBool,
    told: &mut dyn FnMut(Told),
) -> Result<Sum> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let reader = Arc::new(Reader::open(base, store)?);
    let all_bytes = tasks.iter().map(|task| task.bytes).sum();
    let shared = Shared {
        how,
        stop,
        current: store.current(&reader.fingerprint())?.into_iter().map(|(id, hash)| (short(id.as_bytes()), leading(&hash))).collect(),
        met: Mutex::default(),
        reader: Mutex::new(reader),
        queue: Mutex::new(Queue { tasks: tasks.into(), ..Queue::default() }),
        changed: Condvar::new(),
        room: threads * WAITING,
    };
    let (sender, receiver) = sync_channel(threads * WAITING);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let shared = &shared;
            scope.spawn(move || shared.work(&sender));
        }
        drop(sender);
        let written =
            Writer { store, base, shared: &shared, now, seen: HashMap::new(), sum: Sum::default() }.write(&receiver, all_bytes, told);
        // After a failure nobody takes what the threads hand on, and they end.
        drop(receiver);
        shared.changed.notify_all();
        written
    })
}

impl Shared<'_> {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> Arc<Reader> {
        Arc::clone(&self.reader.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn work(&self, done: &SyncSender<Done>) {
        while let Some(job) = self.next() {
            let goes_on = match job {
                Job::Report(report) => self.read(&report, done),
                Job::Task(task) => self.take_apart(task, done),
            };
            if !goes_on {
                self.stop.store(true, Ordering::Relaxed);
            }
        }
    }

    /// A report to be read, else something to be taken apart; `None` when all is done or broken off.
    fn next(&self) -> Option<Job> {
        let mut queue = self.queue();
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(report) = queue.reports.pop_front() {
                return Some(Job::Report(report));
            }
            if let Some(task) = queue.tasks.pop_front() {
                queue.open += 1;
                return Some(Job::Task(task));
            }
            if queue.open == 0 {
                return None;
            }
            queue = self.changed.wait_timeout(queue, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Hands on the reports of a task while others have room for them, and reads the rest itself.
    fn take_apart(&self, task: Task, done: &SyncSender<Done>) -> bool {
        let _open = Open { shared: self };
        let (mut goes_on, mut of_texts) = (true, 0);
        (task.read)(self.how, &mut |read| {
            goes_on = match read {
                Ok(report) => {
                    let mut queue = self.queue();
                    of_texts += report.text.len() as u64;
                    queue.bytes += report.text.len() as u64;
                    if queue.reports.len() < self.room {
                        queue.reports.push_back(Box::new(report));
                        self.changed.notify_one();
                        true
                    } else {
                        drop(queue);
                        self.read(&report, done)
                    }
                }
                Err(refused) => done.send(Done::Refused(refused)).is_ok(),
            } && !self.stop.load(Ordering::Relaxed);
            goes_on
        });
        let mut queue = self.queue();
        queue.bytes = queue.bytes + task.bytes - of_texts;
        goes_on
    }

    /// `false` when the writer has gone.
    fn read(&self, report: &Report, done: &SyncSender<Done>) -> bool {
        let seen = Seen { published: report.published, content: leading(&content_hash(report)) };
        let id = short(report.id.as_bytes());
        let is_kept = self.current.contains(&(id, seen.content));
        let unchanged = || done.send(Done::Unchanged).is_ok();
        match self.meet(id, seen) {
            None if is_kept => return unchanged(),
            None => {}
            Some(known) if known.content == seen.content => return unchanged(),
            Some(known) => {
                let reason = "another report of this call has the same id; the one published last is kept".to_owned();
                let refused = Refused { place: format!("report {}", report.id), why: Why::Record, reason };
                if done.send(Done::Refused(refused)).is_err() || known > seen {
                    return true;
                }
            }
        }
        let reader = self.reader();
        done.send(Done::Read { entry: Box::new(reader.entry(report)), revision: reader.revision }).is_ok()
    }

    /// What was met under an identifier so far, which the better of the two takes the place of.
    fn meet(&self, id: u64, seen: Seen) -> Option<Seen> {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let known = met.get(&id).copied();
        met.insert(id, known.map_or(seen, |known| known.max(seen)));
        known
    }
}

/// Counts a task as open until it is dropped, whatever happens.
struct Open<'a, 'b> {
    shared: &'a Shared<'b>,
}

impl Drop for Open<'_, '_> {
    fn drop(&mut self) {
        self.shared.queue().open -= 1;
        self.shared.changed.notify_all();
    }
}

/// The one that writes.
struct Writer<'a> {
    store: &'a mut Store,
    base: &'a Gazetteer,
    shared: &'a Shared<'a>,
    now: fn() -> String,
    /// What this call has met under each identifier, with its incidents and those without a place.
    seen: HashMap<u64, (Seen, u32, u32)>,
    sum: Sum,
}

impl Writer<'_> {
    fn write(mut self, done: &Receiver<Done>, all_bytes: u64, told: &mut dyn FnMut(Told)) -> Result<Sum> {
        let (began, mut last) = (Instant::now(), Instant::now());
        let mut batch: Vec<(Box<Entry>, i64)> = Vec::new();
        loop {
            match done.recv_timeout(PATIENCE) {
                Ok(Done::Read { entry, revision }) => batch.extend(self.chosen(entry).map(|entry| (entry, revision))),
                Ok(Done::Unchanged) => self.sum.unchanged += 1,
                Ok(Done::Refused(refused)) => {
                    *self.sum.refused.entry(refused.why).or_default() += 1;
                    told(Told::Refused(&refused));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if batch.len() >= BATCH || !batch.is_empty() && last.elapsed() >= PATIENCE {
                self.keep(&mut batch)?;
                last = Instant::now();
            }
            let reports = self.sum.read + self.sum.unchanged;
            told(Told::Progress(Progress { reports, bytes: (self.shared.queue().bytes, all_bytes), elapsed: began.elapsed() }));
        }
        self.keep(&mut batch)?;
        self.sum.is_broken_off = self.shared.stop.load(Ordering::Relaxed);
        Ok(self.sum)
    }

    /// The entry, unless one that is to be kept in its place was written; so what is kept does not hang on who came first.
    fn chosen(&mut self, entry: Box<Entry>) -> Option<Box<Entry>> {
        let report = &entry.report.report;
        let id = short(report.id.as_bytes());
        let seen = Seen { published: report.published, content: leading(&content_hash(report)) };
        let unlocated = entry.incidents.iter().filter(|i| i.bbox.is_none()).count();
        let counts = (seen, entry.incidents.len() as u32, unlocated as u32);
        match self.seen.insert(id, counts) {
            Some(known) if known.0 > seen => {
                self.seen.insert(id, known);
                return None;
            }
            Some((_, incidents, without)) => {
                self.sum.read -= 1;
                self.sum.incidents -= incidents as usize;
                self.sum.unlocated -= without as usize;
            }
            None => {}
        }
        self.sum.read += 1;
        self.sum.incidents += counts.1 as usize;
        self.sum.unlocated += counts.2 as usize;
        Some(entry)
    }

    /// Writes a batch in one transaction; what was read before somebody changed places or corrections is read again.
    fn keep(&mut self, batch: &mut Vec<(Box<Entry>, i64)>) -> Result<()> {
        while !batch.is_empty() {
            let reader = self.shared.reader();
            for (entry, revision) in batch.iter_mut().filter(|(_, revision)| *revision != reader.revision) {
                **entry = reader.entry(&entry.report.report);
                *revision = reader.revision;
            }
            let read_at = (self.now)();
            let is_kept = self.store.change(|store| {
                let is_same = store.revision()? == reader.revision;
                if is_same {
                    batch.iter().try_for_each(|(entry, _)| store.replace(std::slice::from_ref(&**entry), &read_at))?;
                }
                Ok((is_same, is_same))
            })?;
            if is_kept {
                batch.clear();
            } else {
                *self.shared.reader.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(Reader::open(self.base, self.store)?);
            }
        }
        Ok(())
    }
}

/// The first eight bytes of a hash in hex digits.
fn leading(hash: &str) -> u64 {
    hash.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

fn short(bytes: &[u8]) -> u64 {
    leading(&content_tag(bytes))
}
