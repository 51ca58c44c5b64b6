//! One file at a time from one host, if it changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use jiff::{SignedDuration, Timestamp};
use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use super::address::{checked, is_public};
use super::host::{Host, asked_to_wait};
use super::robots::{MAX_BYTES, Robots};

const MOST_REDIRECTS: usize = 5;
const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];
/// What is read here, the most welcome first.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/x-ndjson, text/html;q=0.9, */*;q=0.5";
/// How often it is looked whether to stop while nothing is to be done.
const GLANCE: Duration = Duration::from_millis(100);

/// How hosts are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Who says to be asking.
    pub agent: String,
    /// Whether addresses of this machine and the networks around it may be asked.
    pub private: Private,
    /// Between two requests to a host.
    pub pause: Duration,
    /// From the first word to the last byte of an answer.
    pub time: Duration,
    /// Bytes of an answer, packed or unpacked.
    pub bytes: u64,
}

impl Manners {
    /// For who can be reached at `contact`.
    pub fn new(contact: &str) -> Manners {
        Manners {
            agent: format!("dalil/{} (follows feeds; complaints to {contact})", env!("CARGO_PKG_VERSION")),
            private: Private::Refused,
            // What careful feed readers keep; a feed and its robots.txt cost two seconds.
            pause: Duration::from_secs(2),
            time: Duration::from_secs(30),
            // As much as a file of foreigners may have.
            bytes: 16 << 20,
        }
    }
}

/// Which of the addresses may be asked that are not of the open internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Private {
    /// None.
    Refused,
    /// These.
    Only(Vec<IpAddr>),
    /// All.
    Allowed,
}

impl Private {
    fn allows(&self, address: IpAddr) -> bool {
        match self {
            Private::Refused => false,
            Private::Only(some) => some.contains(&address),
            Private::Allowed => true,
        }
    }
}

/// What the host said the last answer was, to ask for a newer one only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the headers")]
pub struct Known {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What a host answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is as it was.
    Same,
    /// A file, and by what it is known.
    File {
        /// All of it, unpacked.
        bytes: Vec<u8>,
        /// To ask for a newer one.
        known: Known,
    },
}

/// Why there is no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// For people.
    pub reason: String,
    /// The status that was answered.
    pub status: Option<u16>,
    /// How long the host asks to be left alone.
    pub wait: Option<SignedDuration>,
    /// The time ran out.
    pub is_slow: bool,
    /// Nobody failed: it was told to stop.
    pub is_stopped: bool,
}

impl Failure {
    fn new(reason: impl Into<String>) -> Failure {
        Failure { reason: reason.into(), ..Failure::default() }
    }
}

/// Asks hosts, each one thing at a time; can be used by many threads.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    manners: Manners,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    now: fn() -> Timestamp,
    stop: Arc<AtomicBool>,
}

/// Resolves names, and gives of the addresses only those that may be asked; what it gives is what is connected to.
#[derive(Debug)]
struct Checked {
    private: Private,
    inner: DefaultResolver,
}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut out = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip()) || self.private.allows(address.ip())) {
            out.push(*address);
        }
        if out.is_empty() {
            let ip = found.iter().next().map(|address| address.ip().to_string()).unwrap_or_default();
            return Err(ureq::Error::Other(format!("{ip} is of this machine or of a network that is not open to all").into()));
        }
        Ok(out)
    }
}

/// Where an answer leads.
enum Step {
    Answer(Answer),
    Elsewhere(String),
}

/// How much of a body is read.
#[derive(Clone, Copy)]
enum Most {
    /// More is a failure.
    Bytes(u64),
    /// The rest is left.
    Beginning(u64),
}

impl Client {
    /// `now` is the clock that hosts name days and hours by; `stop` ends waiting.
    pub fn new(manners: Manners, now: fn() -> Timestamp, stop: Arc<AtomicBool>) -> Client {
        let config = Agent::config_builder()
            .user_agent(&manners.agent)
            .accept(ACCEPTED)
            .timeout_global(Some(manners.time))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve names where nobody checks them; a kept connection might outlive what was checked.
            .proxy(None)
            .max_idle_connections(0)
            .build();
        let resolver = Checked { private: manners.private.clone(), inner: DefaultResolver::default() };
        Client { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), manners, hosts: Mutex::default(), now, stop }
    }

    /// The file at an address, or that it is the one known.
    ///
    /// # Errors
    /// [`Failure`] that says who refused what.
    pub fn get(&self, address: &Url, known: &Known) -> Result<Answer, Failure> {
        self.follow(address, known, Most::Bytes(self.manners.bytes), true)
    }

    fn follow(&self, address: &Url, known: &Known, most: Most, heeds_robots: bool) -> Result<Answer, Failure> {
        let mut address = address.clone();
        for _ in 0..=MOST_REDIRECTS {
            if heeds_robots {
                self.may_ask(&address)?;
            }
            match self.ask(&address, known, most)? {
                Step::Answer(answer) => return Ok(answer),
                Step::Elsewhere(to) => {
                    let next = address.join(&to).map_err(|e| Failure::new(format!("redirected to «{to}» ({e})")))?;
                    address = checked(next.as_str()).map_err(|e| Failure::new(format!("redirected: {e}")))?;
                }
            }
        }
        Err(Failure::new(format!("redirected more than {MOST_REDIRECTS} times, last to {address}")))
    }

    /// What the host lets programs ask; asked for once a day.
    fn may_ask(&self, address: &Url) -> Result<(), Failure> {
        let path = address.query().map_or_else(|| address.path().to_owned(), |query| format!("{}?{query}", address.path()));
        let host = self.host(address);
        let known = locked(&host).robots(Instant::now()).cloned();
        let robots = if let Some(robots) = known {
            robots
        } else {
            let robots = self.robots(address)?;
            locked(&host).set_robots(robots.clone(), Instant::now());
            robots
        };
        if robots.allows(&path) { Ok(()) } else { Err(Failure::new(format!("the host's robots.txt does not let programs ask for {path}"))) }
    }

    /// A host without the file has no rules; one that cannot be read now must not be asked for anything (RFC 9309, 2.3.1).
    fn robots(&self, address: &Url) -> Result<Robots, Failure> {
        let mut file = address.clone();
        file.set_path("/robots.txt");
        file.set_query(None);
        match self.follow(&file, &Known::default(), Most::Beginning(MAX_BYTES as u64), false) {
            Ok(Answer::File { bytes, .. }) => Ok(Robots::read(&bytes)),
            Ok(Answer::Same) | Err(Failure { status: Some(400..=428 | 430..=499), .. }) => Ok(Robots::default()),
            Err(failure) => {
                let reason = format!("{} (asked for robots.txt, without which nothing else is)", failure.reason);
                Err(Failure { reason, ..failure })
            }
        }
    }

    fn host(&self, address: &Url) -> Arc<Mutex<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(host_of(address)).or_default())
    }

    /// One request; the host is held until all of the answer is here.
    fn ask(&self, address: &Url, known: &Known, most: Most) -> Result<Step, Failure> {
        let host = self.host(address);
        let mut host = locked(&host);
        if let Some(left) = host.quiet(Instant::now()) {
            let wait = SignedDuration::try_from(left).ok();
            let reason = format!("the host asked to be left alone for another {} s", left.as_secs());
            return Err(Failure { wait, ..Failure::new(reason) });
        }
        self.rest(host.pause(Instant::now(), self.manners.pause))?;
        let answered = self.send(address, known, most);
        host.was_asked(Instant::now());
        if let Err(Failure { status: Some(429 | 503), wait: Some(wait), .. }) = &answered {
            host.be_quiet(Instant::now(), wait.unsigned_abs());
        }
        answered
    }

    fn rest(&self, pause: Duration) -> Result<(), Failure> {
        let until = Instant::now() + pause;
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Failure { is_stopped: true, ..Failure::new("told to stop") });
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(GLANCE));
        }
    }

    fn send(&self, address: &Url, known: &Known, most: Most) -> Result<Step, Failure> {
        let mut request = self.agent.get(address.as_str()).header("accept-encoding", "gzip");
        for (name, value) in [("if-none-match", &known.etag), ("if-modified-since", &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.call().map_err(|e| self.failed(&e))?;
        let (status, headers) = (response.status(), response.headers());
        let header = |name: &str| text_of(headers, name);
        match status.as_u16() {
            200 | 203 => {
                let known = Known { etag: header("etag"), last_modified: header("last-modified") };
                let packing = header("content-encoding").unwrap_or_default().to_ascii_lowercase();
                let bytes = self.body(response.into_body(), &packing, most)?;
                Ok(Step::Answer(Answer::File { bytes, known }))
            }
            304 if *known != Known::default() => Ok(Step::Answer(Answer::Same)),
            code if REDIRECTS.contains(&code) => {
                header("location").map(Step::Elsewhere).ok_or_else(|| Failure::new(format!("answered {code} without saying where else")))
            }
            code => {
                let mut reason = format!("answered {code}");
                if let Some(words) = status.canonical_reason() {
                    // Writing to a text does not fail.
                    let _ = write!(reason, " {words}");
                }
                let wait = header("retry-after").and_then(|header| asked_to_wait(&header, (self.now)()));
                Err(Failure { status: Some(code), wait, ..Failure::new(reason) })
            }
        }
    }

    fn body(&self, body: Body, packing: &str, most: Most) -> Result<Vec<u8>, Failure> {
        // Our own limit stops before that of the library.
        let mut reader = body.into_with_config().limit(u64::MAX).reader();
        let failed = |e: std::io::Error| self.failed(&ureq::Error::from(e));
        let bytes = limited(&mut reader, most, failed)?;
        match packing {
            "" | "identity" => Ok(bytes),
            "gzip" | "x-gzip" => {
                let damaged = |e: std::io::Error| Failure::new(format!("the answer is packed with gzip, and damaged: {e}"));
                limited(&mut MultiGzDecoder::new(&*bytes), most, damaged)
            }
            other => Err(Failure::new(format!("the answer is packed with «{other}», which was not asked for"))),
        }
    }

    fn failed(&self, error: &ureq::Error) -> Failure {
        match error {
            ureq::Error::Timeout(_) => {
                Failure { is_slow: true, ..Failure::new(format!("no whole answer within {} s", self.manners.time.as_secs_f32())) }
            }
            ureq::Error::HostNotFound => Failure::new("nobody knows the name of the host"),
            ureq::Error::Io(e) => Failure::new(format!("the connection failed: {e}")),
            ureq::Error::Other(e) => Failure::new(e.to_string()),
            other => Failure::new(other.to_string()),
        }
    }
}

/// By which a host is known: its name and port.
pub(super) fn host_of(address: &Url) -> String {
    format!("{}:{}", address.host_str().unwrap_or_default(), address.port_or_known_default().unwrap_or_default())
}

fn locked(host: &Mutex<Host>) -> std::sync::MutexGuard<'_, Host> {
    host.lock().unwrap_or_else(PoisonError::into_inner)
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn limited(source: &mut dyn Read, most: Most, failed: impl Fn(std::io::Error) -> Failure) -> Result<Vec<u8>, Failure> {
    let (Most::Bytes(limit) | Most::Beginning(limit)) = most;
    let mut bytes = Vec::new();
    let read = source.take(limit + 1).read_to_end(&mut bytes);
    let is_more = bytes.len() as u64 > limit;
    match most {
        Most::Bytes(_) if is_more => Err(Failure::new(format!("the answer is larger than {} MB", limit >> 20))),
        Most::Beginning(_) if is_more => {
            bytes.truncate(limit as usize);
            Ok(bytes)
        }
        _ => read.map(|_| bytes).map_err(failed),
    }
}
