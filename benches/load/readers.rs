//! Who asks: maps, tables and searches, downloads, a crowd, listeners, and clients that read slowly or not at all.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::client::{Client, connect};
use crate::seen::Seen;
use crate::synthetic::{COUNTRIES, Chance, WORDS};

/// Longer than the server waits for who does not read, and than the first bytes may take on a machine that has other things to do.
const DEAF: Duration = Duration::from_secs(70);
const ITEMS: &str = "/api/collections/incidents/items";

/// What a reader asks next, and under which name it is counted.
pub(crate) fn question(chance: &mut Chance) -> (&'static str, String) {
    let (lon, lat) = (chance.below(5_000) as f64 / 100.0 - 10.0, chance.below(2_500) as f64 / 100.0 + 10.0);
    let bbox = format!("{lon},{lat},{},{}", lon + 1.0, lat + 1.0);
    let (year, killed) = (2014 + chance.below(9), chance.below(60));
    let country = COUNTRIES[chance.below(8) as usize];
    match chance.below(14) {
        0 => ("items", format!("{ITEMS}?limit=100&after=inc-{:08}", chance.below(20_000))),
        1 => ("items, bbox", format!("{ITEMS}?limit=100&bbox={bbox}")),
        2 => ("items, bbox, datetime", format!("{ITEMS}?limit=100&bbox={bbox}&datetime={year}-01-01/{year}-12-31")),
        3 => ("items, CQL2", format!("{ITEMS}?limit=50&filter=killed_best%20%3E%20{killed}%20AND%20country%20%3D%20%27{country}%27")),
        4 => ("items, sorted", format!("{ITEMS}?limit=50&sortby=-date_start&country={country}")),
        5 => ("items, search", format!("{ITEMS}?limit=50&q={}%20place{}", WORDS[4 + chance.below(8) as usize], chance.below(300))),
        6 => ("facets", format!("/api/collections/incidents/facets?properties=event_type,country,lang&killed_best={killed}..")),
        7 => ("histogram", format!("/api/collections/incidents/histogram?step=month&sum=killed_best&country={country}")),
        8 => ("one item", format!("{ITEMS}/inc-{:08}", chance.below(20_000))),
        9 => ("reports", format!("/api/collections/reports/items?limit=20&q={}", WORDS[4 + chance.below(8) as usize])),
        10 => ("places", "/api/collections/places/items?limit=100".to_owned()),
        11 => {
            ("gazetteer", format!("/gazetteer/search?text={}", ["Gao", "Mopti", "Raqqa", "Zakdoubit", "Maradi"][chance.below(5) as usize]))
        }
        _ => {
            let zoom = [2, 4, 6, 8, 10][chance.below(5) as usize];
            let side = f64::from(1_u32 << zoom);
            let y = (1.0 - f64::to_radians(lat).tan().asinh() / std::f64::consts::PI) / 2.0 * side;
            let x = (lon + 180.0) / 360.0 * side;
            ("tiles", format!("/api/tiles/incidents/{zoom}/{}/{}?country={country}", x as u32, y as u32))
        }
    }
}

/// Asks one thing after the other on one connection, as a page or a program does.
pub(crate) fn reader(address: SocketAddr, seen: &Seen, seed: u64) {
    let (mut client, mut chance, mut tag) = (Client::new(address), Chance(seed), String::new());
    let packed = ["", "accept-encoding: gzip\r\n", "accept-encoding: zstd, br\r\n"][(seed % 3) as usize];
    while seen.goes_on() {
        let (kind, path) = question(&mut chance);
        let known = if chance.below(10) == 0 && !tag.is_empty() { format!("if-none-match: {tag}\r\n") } else { String::new() };
        let begun = Instant::now();
        match client.ask("GET", &path, &format!("{packed}{known}"), &[]) {
            Ok(answer) => {
                seen.note(kind, begun, &answer, &[200, 204, 304], &path);
                tag.clone_from(&answer.tag);
            }
            Err(error) => seen.fault(format!("{kind}: {path}: {error}")),
        }
        seen.pause(Duration::from_millis(chance.below(10)));
    }
}

/// Loads everything, in one format after the other.
pub(crate) fn downloader(address: SocketAddr, seen: &Seen) {
    let mut client = Client::new(address);
    for format in ["geojson", "csv", "gpkg", "geojsonseq", "flatgeobuf", "kml", "hxl", "acled", "ucdp"].into_iter().cycle() {
        if !seen.goes_on() {
            return;
        }
        let path = format!("/api/collections/incidents/download?f={format}");
        let begun = Instant::now();
        match client.get(&path) {
            Ok(answer) => seen.note("downloads", begun, &answer, &[200], &path),
            Err(error) => seen.fault(format!("downloads: {path}: {error}")),
        }
        seen.pause(Duration::from_millis(500));
    }
}

/// Reads a download a little at a time, for as long as it takes.
pub(crate) fn slow_reader(address: SocketAddr, seen: &Seen) {
    while seen.goes_on() {
        let begun = Instant::now();
        let Ok(mut stream) = connect(address) else { continue };
        let asked = "GET /api/collections/incidents/download?f=geojson HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";
        if let Err(error) = stream.write_all(asked.as_bytes()) {
            seen.fault(format!("slow: {error}"));
        }
        let (mut part, mut bytes) = ([0; 16 << 10], 0);
        while seen.goes_on() {
            match stream.read(&mut part) {
                Ok(0) => break,
                Ok(read) => bytes += read,
                Err(error) => {
                    seen.fault(format!("slow: cut off after {bytes} bytes: {error}"));
                    break;
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        seen.counted("slow reader", begun.elapsed(), 200, bytes);
    }
}

/// Asks for much and reads nothing: it has to be cut off, and its memory with it.
pub(crate) fn deaf_reader(address: SocketAddr, seen: &Seen) {
    while seen.goes_on() {
        let begun = Instant::now();
        let Ok(mut stream) = connect(address) else { continue };
        let asked = "GET /api/collections/incidents/download?f=geojson HTTP/1.1\r\nhost: here\r\n\r\n".repeat(20);
        let _ = stream.write_all(asked.as_bytes());
        seen.pause(DEAF);
        let mut bytes = 0;
        let mut part = [0; 64 << 10];
        // What waits in the buffers of both ends is still there; then it ends.
        while let Ok(read @ 1..) = stream.read(&mut part) {
            bytes += read;
            if bytes > 200_000_000 {
                if !seen.goes_on() {
                    break;
                }
                seen.fault("who read nothing was not cut off".to_owned());
                break;
            }
        }
        seen.counted("deaf reader", begun.elapsed(), 200, bytes);
    }
}

/// Many that ask for costly things at the same moment, now and then.
pub(crate) fn crowd(address: SocketAddr, seen: &Seen) {
    let mut round = 0;
    while seen.goes_on() {
        seen.pause(Duration::from_secs(10));
        round += 1;
        std::thread::scope(|scope| {
            for number in 0..60 {
                scope.spawn(move || {
                    let path = format!(
                        "/api/collections/reports/items?limit=2000&sortby=-id&q={}%20place{}",
                        WORDS[number % 12 % 8 + 4],
                        number + 60 * round
                    );
                    let begun = Instant::now();
                    match Client::new(address).get(&path) {
                        Ok(answer) => seen.note("a crowd of 60", begun, &answer, &[200], &path),
                        Err(error) => seen.fault(format!("crowd: {error}")),
                    }
                });
            }
        });
    }
}

/// Hears of changes; moments never go back.
pub(crate) fn listener(address: SocketAddr, seen: &Seen) {
    let mut last = 0_i64;
    while seen.goes_on() {
        let begun = Instant::now();
        let Ok(mut stream) = connect(address) else { continue };
        let again = if last > 0 { format!("last-event-id: {last}\r\n") } else { String::new() };
        let _ = stream.write_all(format!("GET /events HTTP/1.1\r\nhost: here\r\n{again}\r\n").as_bytes());
        let mut lines = BufReader::new(stream).lines();
        let mut heard = 0;
        while seen.goes_on() && begun.elapsed() < Duration::from_secs(20) {
            let Some(Ok(line)) = lines.next() else { break };
            let Some(moment) = line.strip_prefix("id:").and_then(|id| id.trim().parse::<i64>().ok()) else { continue };
            heard += 1;
            if moment < last {
                seen.fault(format!("an event of moment {moment} after one of {last}"));
            }
            last = moment;
        }
        seen.counted("listener, 20 s each", begun.elapsed(), 200, heard);
    }
}
