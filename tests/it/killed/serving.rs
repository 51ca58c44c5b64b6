//! The server is killed while people save: what it answered as saved is there when it starts again.
//!
//! A few times in the ordinary run; `DALIL_KILLS=100 cargo test --test it killed::serving` for a hundred.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::is_whole;
use crate::kept::{report, take_in};

const ORDINARY: u64 = 4;
/// So long a change may take on a machine that has other things to do.
const LONG: Duration = Duration::from_secs(20);
const PLACES: &str = "/api/collections/places/items";
/// Things that are changed again and again; so many that all are changed in a few rounds.
const THINGS: u64 = 12;

struct Serving {
    child: Child,
    address: SocketAddr,
}

impl Serving {
    fn start(store: &Path) -> Serving {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--store"]).arg(store);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        Serving { child, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks once; `None`: the answer did not come, or not whole.
fn ask(address: SocketAddr, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(LONG)).ok()?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let headers =
        format!("host: here\r\nconnection: close\r\nif-match: *\r\ncontent-type: application/json\r\ncontent-length: {}\r\n", body.len());
    stream.write_all(format!("{method} {path} HTTP/1.1\r\n{headers}\r\n{body}").as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

fn place(number: u64, count: u64) -> Value {
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.25 + number as f64 / 100.0, 15.75]},
        "properties": {"name": format!("Zakdoubit {number}"), "country": "ML", "note": count.to_string()}})
}

/// A thing that is changed: a path, and how it says how often it was.
#[derive(Clone, Debug)]
enum Thing {
    Place(String, u64),
    Incident(String),
}

impl Thing {
    fn path(&self) -> &str {
        match self {
            Thing::Place(path, _) | Thing::Incident(path) => path,
        }
    }

    fn count_up(&self, address: SocketAddr, count: u64) -> Option<(u16, Value)> {
        match self {
            Thing::Place(path, number) => ask(address, "PUT", path, &place(*number, count)),
            Thing::Incident(path) => {
                let fields = json!({"killed_low": count, "killed_best": count, "killed_high": count});
                ask(address, "PUT", &format!("{path}/correction"), &json!({"fields": fields}))
            }
        }
    }

    fn counted(&self, address: SocketAddr) -> u64 {
        let (status, feature) = ask(address, "GET", self.path(), &Value::Null).unwrap();
        assert_eq!(status, 200, "{self:?} is gone: {feature}");
        match self {
            Thing::Place(..) => feature["properties"]["note"].as_str().unwrap().parse().unwrap(),
            Thing::Incident(_) => feature["properties"]["killed_best"].as_u64().unwrap_or(0),
        }
    }
}

/// What was answered last of each thing, and what was asked and not answered.
#[derive(Debug, Default)]
struct Told {
    answered: BTreeMap<String, u64>,
    asked: BTreeMap<String, u64>,
}

/// Counts its things up, one after the other, until nobody answers.
fn edit(address: SocketAddr, things: &[Thing], told: &Mutex<Told>) {
    for thing in things.iter().cycle() {
        let path = thing.path().to_owned();
        let count = told.lock().unwrap().answered[&path] + 1;
        told.lock().unwrap().asked.insert(path.clone(), count);
        let Some((status, answer)) = thing.count_up(address, count) else { return };
        assert!(status == 200 || status == 201, "{status} {answer}");
        let mut told = told.lock().unwrap();
        told.asked.remove(&path);
        told.answered.insert(path, count);
    }
}

#[test]
fn what_was_answered_as_saved_is_there_after_the_server_was_killed() {
    let rounds = std::env::var("DALIL_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(ORDINARY);
    let folder = tempfile::tempdir().unwrap();
    let text =
        |n: u64| format!("Mardi 14 mai 2024, des hommes armés ont attaqué Zakdoubit {n} et Gao, au Mali. Douze civils ont été tués à Gao.");
    take_in(&folder, &(0..THINGS).map(|n| report(&format!("r{n}"), "AFP", &text(n))).collect::<Vec<_>>());
    let mut server = Serving::start(folder.path());
    let (_, found) = ask(server.address, "GET", "/api/collections/incidents/items", &Value::Null).unwrap();
    let incidents = found["features"].as_array().unwrap().iter().take(THINGS as usize);
    let mut things: Vec<Thing> =
        incidents.map(|f| Thing::Incident(format!("/api/collections/incidents/items/{}", f["id"].as_str().unwrap()))).collect();
    assert!(!things.is_empty());
    for number in 0..THINGS {
        let (status, answer) = ask(server.address, "POST", PLACES, &place(number, 0)).unwrap();
        assert_eq!(status, 201, "{answer}");
        things.push(Thing::Place(format!("{PLACES}/{}", answer["place"]["id"].as_str().unwrap()), number));
    }
    let told = Mutex::new(Told::default());
    for thing in &things {
        told.lock().unwrap().answered.insert(thing.path().to_owned(), thing.counted(server.address));
    }
    let (mut saved, mut unanswered) = (0, 0);
    for round in 0..rounds {
        let before: u64 = told.lock().unwrap().answered.values().sum();
        std::thread::scope(|scope| {
            // Incidents and places are changed by both.
            for part in 0..2 {
                let part: Vec<Thing> = things.iter().skip(part).step_by(2).cloned().collect();
                let (address, told) = (server.address, &told);
                scope.spawn(move || edit(address, &part, told));
            }
            let begun = Instant::now();
            while told.lock().unwrap().answered.values().sum::<u64>() == before && begun.elapsed() < LONG {
                std::thread::sleep(Duration::from_millis(1));
            }
            // Some change is always under way; the moment within it differs from round to round, and from machine to machine.
            std::thread::sleep(Duration::from_millis(round * 137 % 241));
            drop(server);
        });
        is_whole(folder.path());
        server = Serving::start(folder.path());
        let mut told = told.lock().unwrap();
        saved += told.answered.values().sum::<u64>() - before;
        let asked = std::mem::take(&mut told.asked);
        for thing in &things {
            let (path, now) = (thing.path(), thing.counted(server.address));
            let answered = told.answered[path];
            unanswered += u64::from(now != answered);
            assert!(now == answered || asked.get(path) == Some(&now), "round {round}, {path}: answered {answered}, found {now}");
            told.answered.insert(path.to_owned(), now);
        }
        let (_, listed) = ask(server.address, "GET", &format!("{PLACES}?limit=1000"), &Value::Null).unwrap();
        for place in listed["features"].as_array().unwrap() {
            let path = format!("{PLACES}/{}", place["id"].as_str().unwrap());
            assert_eq!(place["properties"]["note"], told.answered[&path].to_string(), "round {round}: the list and the place differ");
        }
    }
    drop(server);
    println!("{rounds} kills, {saved} changes answered, {unanswered} saved and not answered");
    assert!(saved >= rounds, "hardly anything was saved: {saved} changes in {rounds} rounds");
}
