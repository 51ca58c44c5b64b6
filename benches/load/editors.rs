//! Who changes: places, a place that two want at once, corrections of incidents. What was answered as saved is remembered.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::seen::Seen;

const PLACES: &str = "/api/collections/places/items";
const JSON: &str = "content-type: application/json\r\n";
/// Places that an editor keeps; further ones take the place of the oldest.
const KEPT: usize = 30;

/// Paths of what was changed, and the version of each that was answered last; `None`: taken out of use.
pub(crate) type Saved = BTreeMap<String, Option<String>>;

pub(crate) fn place(name: &str, lon: f64, note: &str) -> Value {
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, 16.25]},
        "properties": {"name": name, "country": "ML", "feature": "PPL", "note": note}})
}

/// Makes a change; `None`: it did not come through, which was noted.
fn change(client: &mut Client, seen: &Seen, [method, path, tag]: [&str; 3], body: &Value, allowed: &[u16]) -> Option<Answer> {
    let kind = match method {
        "POST" => "POST a place",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH a place",
        _ if path.ends_with("/correction") => "PUT a correction",
        _ => "PUT a place",
    };
    let matched = if tag.is_empty() { String::new() } else { format!("if-match: {tag}\r\n") };
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let begun = Instant::now();
    match client.ask(method, path, &format!("{JSON}{matched}"), text.as_bytes()) {
        Ok(answer) => {
            seen.note(kind, begun, &answer, allowed, path);
            Some(answer)
        }
        Err(error) => {
            seen.fault(format!("{kind}: {path}: {error}"));
            None
        }
    }
}

/// A write is visible to the next request after its answer.
fn is_shown(client: &mut Client, seen: &Seen, path: &str, tag: Option<&str>) {
    let Ok(answer) = client.get(path) else { return seen.fault(format!("{path} was not answered")) };
    let shown = (answer.status == 200).then_some(answer.tag.as_str());
    if shown != tag {
        seen.fault(format!("{path}: saved as {tag:?}, shown as {shown:?} ({})", answer.status));
    }
}

/// Enters places that reports name, changes them again and again, and takes them out of use.
pub(crate) fn editor(address: SocketAddr, seen: &Seen, number: u32) -> Saved {
    let (mut client, mut saved, mut kept) = (Client::new(address), Saved::new(), Vec::new());
    let mut round = 0_u32;
    while seen.goes_on() {
        round += 1;
        let name = format!("Zakdoubit {}", round % 50);
        let lon = f64::from(number) + f64::from(round % 1_000) / 1_000.0;
        let Some(made) = change(&mut client, seen, ["POST", PLACES, ""], &place(&name, lon, ""), &[201]) else { continue };
        if made.status != 201 {
            continue;
        }
        let (path, mut tag) = (made.location.clone(), made.tag.clone());
        for step in 0..3 {
            let note = format!("seen {step} times");
            let (method, body) = match step {
                0 => ("PATCH", json!({"properties": {"note": note}})),
                _ => ("PUT", place(&name, lon + f64::from(step) / 10_000.0, &note)),
            };
            match change(&mut client, seen, [method, &path, &tag], &body, &[200]) {
                Some(answer) if answer.status == 200 => tag = answer.tag,
                _ => {}
            }
            is_shown(&mut client, seen, &path, Some(&tag));
            seen.pause(Duration::from_millis(30));
        }
        saved.insert(path.clone(), Some(tag));
        kept.push(path);
        if kept.len() > KEPT {
            let oldest = kept.remove(0);
            let tag = saved[&oldest].clone().unwrap_or_default();
            if change(&mut client, seen, ["DELETE", &oldest, &tag], &Value::Null, &[200]).is_some_and(|a| a.status == 200) {
                is_shown(&mut client, seen, &oldest, None);
                saved.insert(oldest, None);
            }
        }
    }
    saved
}

/// Two of these count in the note of one place; each change names the version that it saw. How many came through.
pub(crate) fn racer(address: SocketAddr, seen: &Seen, path: &str) -> u64 {
    let (mut client, mut counted) = (Client::new(address), 0);
    while seen.goes_on() {
        let Ok(now) = client.get(path) else { continue };
        let number = count(&now);
        let body = place("Raceville", 2.5, &(number + 1).to_string());
        if change(&mut client, seen, ["PUT", path, &now.tag], &body, &[200, 412]).is_some_and(|a| a.status == 200) {
            counted += 1;
        }
        seen.pause(Duration::from_millis(20));
    }
    counted
}

/// The number in the note of a place.
pub(crate) fn count(answer: &Answer) -> u64 {
    let feature: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    feature["properties"]["note"].as_str().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Corrects the figures of incidents, over and over.
pub(crate) fn corrector(address: SocketAddr, seen: &Seen, incidents: &[String]) -> Saved {
    let (mut client, mut saved, mut round) = (Client::new(address), Saved::new(), 0_u64);
    while seen.goes_on() {
        for id in incidents {
            round += 1;
            let path = format!("/api/collections/incidents/items/{id}/correction");
            let tag = saved.get(&path).cloned().flatten().unwrap_or_default();
            if round % 17 == 0 && !tag.is_empty() {
                if change(&mut client, seen, ["DELETE", &path, &tag], &Value::Null, &[200]).is_some_and(|a| a.status == 200) {
                    is_shown(&mut client, seen, &path, None);
                    saved.insert(path, None);
                }
                continue;
            }
            let killed = round % 90;
            let body = json!({"fields": {"killed_low": killed, "killed_best": killed, "killed_high": killed}, "note": "", "who": "load"});
            let Some(answer) = change(&mut client, seen, ["PUT", &path, &tag], &body, &[200, 201]) else { continue };
            if answer.status < 300 {
                let item = client.get(path.trim_end_matches("/correction")).map(|a| a.body).unwrap_or_default();
                let item: Value = serde_json::from_slice(&item).unwrap_or_default();
                if item["properties"]["killed_best"] != killed {
                    seen.fault(format!("{id}: corrected to {killed}, shown as {}", item["properties"]["killed_best"]));
                }
                saved.insert(path, Some(answer.tag));
            }
            seen.pause(Duration::from_millis(60));
            if !seen.goes_on() {
                break;
            }
        }
    }
    saved
}
