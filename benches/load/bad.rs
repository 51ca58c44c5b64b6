//! Input that is wrong in every way that comes to mind: it is refused, and nothing else happens.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::client::{Client, connect};
use crate::seen::Seen;
use crate::synthetic::Chance;

const NAMES: [&str; 16] = [
    "bbox",
    "datetime",
    "q",
    "filter",
    "filter-lang",
    "sortby",
    "limit",
    "after",
    "offset",
    "country",
    "killed_best",
    "event_type",
    "f",
    "properties",
    "step",
    "colour",
];
const VALUES: [&str; 22] = [
    "",
    "0",
    "-1",
    "1e309",
    "NaN",
    "99999999999999999999",
    "%00",
    "%FF%FE",
    "..",
    "../..",
    "9999-99-99/..",
    "1,2,3",
    "180,90,-180,-90",
    "NaN,NaN,NaN,NaN",
    "%27%3B%20DROP%20TABLE",
    "a%20LIKE%20%27%25%27",
    "((((((((((",
    "%7B%22op%22%3A%22not%22%7D",
    "%F0%9F%A7%A8",
    "%D9%82%D8%AA%D9%84",
    "S_INTERSECTS(geometry%2CPOINT(NaN%20NaN))",
    "T_AFTER(date_start%2CDATE(%2799999-01-01%27))",
];
const PATHS: [&str; 12] = [
    "/api/collections/incidents/items",
    "/api/collections/mentions/items",
    "/api/collections/clusters/items",
    "/api/collections/reports/items",
    "/api/collections/incidents/facets",
    "/api/collections/incidents/histogram",
    "/api/collections/incidents/download",
    "/api/tiles/incidents/3/4/3",
    "/api/tiles/incidents/99/1/1",
    "/gazetteer/search",
    "/gazetteer/reverse",
    "/api/history",
];
/// What a wrong question may be answered; some are right by chance.
const MAY: [u16; 13] = [200, 204, 400, 404, 405, 408, 409, 412, 413, 414, 415, 422, 428];

pub(crate) fn asker(address: SocketAddr, seen: &Seen, seed: u64) {
    let (mut client, mut chance) = (Client::new(address), Chance(seed));
    while seen.goes_on() {
        let count = 1 + chance.below(4);
        let pair = |chance: &mut Chance| {
            let (name, value) = (NAMES[chance.below(16) as usize], VALUES[chance.below(22) as usize]);
            if chance.below(4) == 0 { format!("{name}={value}{}", noise(chance)) } else { format!("{name}={value}") }
        };
        let query: Vec<String> = (0..count).map(|_| pair(&mut chance)).collect();
        // As a reader of the list would: without a limit of its own a right question would answer with everything.
        let path = format!("{}?{}", PATHS[chance.below(12) as usize], query.join("&"));
        let begun = Instant::now();
        match client.get(&path) {
            Ok(answer) => seen.note("bad parameters", begun, &answer, &MAY, &path),
            Err(error) => seen.fault(format!("bad parameters: {path}: {error}")),
        }
        seen.pause(Duration::from_millis(10));
    }
}

fn noise(chance: &mut Chance) -> String {
    (0..chance.below(12)).map(|_| format!("%{:02X}", chance.below(256))).collect()
}

/// Bodies that are none, too many, too deep, or cut in the middle.
pub(crate) fn writer(address: SocketAddr, seen: &Seen) {
    let deep = "[".repeat(100_000);
    let nested = format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200));
    let many = format!("{{\"type\":\"Feature\",\"note\":\"{}\"}}", "x".repeat(1_200_000));
    let bodies: [&[u8]; 9] = [
        b"",
        b"{",
        b"null",
        b"\xff\xfe\x00",
        deep.as_bytes(),
        nested.as_bytes(),
        many.as_bytes(),
        br#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e400,1]},"properties":{"name":"x"}}"#,
        br#"{"type":"Feature","geometry":null,"properties":null}"#,
    ];
    let targets = [
        ("POST", "/api/collections/places/items"),
        ("PUT", "/api/collections/places/items/geonames:2457163"),
        ("PATCH", "/api/collections/places/items/nowhere"),
        ("POST", "/api/collections/corrections/items"),
        ("POST", "/api/collections/rulings/items"),
        ("PUT", "/api/collections/incidents/items/inc-00000001/correction"),
        ("POST", "/reconcile"),
        ("DELETE", "/api/collections/places/items/%00"),
    ];
    while seen.goes_on() {
        for (method, path) in targets {
            for body in bodies {
                let begun = Instant::now();
                // After a body that is too long the server closes the line.
                let answer = Client::new(address).ask(method, path, "content-type: application/json\r\nif-match: \"no\"\r\n", body);
                match answer {
                    Ok(answer) => seen.note("bad bodies", begun, &answer, &MAY, &format!("{method} {path}")),
                    // Who sends more than is taken may be cut off while it sends.
                    Err(_) if body.len() > 1_000_000 => {}
                    Err(error) => seen.fault(format!("bad bodies: {method} {path}: {error}")),
                }
                seen.pause(Duration::from_millis(20));
                if !seen.goes_on() {
                    return;
                }
            }
        }
    }
}

/// Heads that are none, or never end.
pub(crate) fn talker(address: SocketAddr, seen: &Seen) {
    let long = "x".repeat(100_000);
    let heads = [
        format!("GET /api?q={long} HTTP/1.1\r\nhost: here\r\n\r\n"),
        format!("GET /api HTTP/1.1\r\nhost: here\r\ncookie: {long}{long}{long}{long}{long}\r\n\r\n"),
        format!("GET /api HTTP/1.1\r\nhost: here\r\n{}\r\n", "a: b\r\n".repeat(5_000)),
        "nonsense\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        "POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ncontent-length: -5\r\n\r\n".to_owned(),
        "POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{}".to_owned(),
        "GET /api/collections/incidents/items HTTP/1.1\r\nhost: \"><script>\r\n\r\n".to_owned(),
        "POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{"
            .to_owned(),
    ];
    while seen.goes_on() {
        for (number, head) in heads.iter().enumerate() {
            let begun = Instant::now();
            let Ok(mut stream) = connect(address) else {
                seen.fault("cannot connect".to_owned());
                continue;
            };
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            let _ = (&stream).take(100_000).read_to_end(&mut answer);
            let status = String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
            seen.counted("bad heads (0: cut off)", begun.elapsed(), status, answer.len());
            if status >= 500 {
                seen.fault(format!("bad heads: number {number} was answered {status}"));
            }
            seen.pause(Duration::from_millis(50));
        }
    }
}
