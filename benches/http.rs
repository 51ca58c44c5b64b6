//! What an answer costs: `cargo bench --bench http` for 100,000 incidents, `-- --million` for a million. `-- --fill FOLDER COUNT` keeps so many
//! in a store and ends, for `dalil serve` and the measurements of the page (`docs/page.md`).
//!
//! Synthetic reports of one incident each, over ten years and 3,000 places of the Sahel and the Levant, with text. Requests go through the
//! whole router on one thread, without a socket; the answer is read to its end. Each is asked with changing values, so that nothing that was
//! just answered is asked again, except where it says so. The baseline of each run is the bare handler `/health`.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use dalil::gazetteer::Gazetteer;
use dalil::lang::Lang;
use dalil::recognise::Report;
use dalil::server::{State, app};
use dalil::store::{Entry, Item, ReportRow, Store};
use serde_json::json;
use tower::ServiceExt;

const PLACES: u64 = 3_000;
const DAYS: u64 = 3_650;
const TYPES: [(&str, &str); 6] = [
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Looting/property destruction"),
];
const COUNTRIES: [&str; 8] = ["ML", "BF", "NE", "NG", "SY", "IQ", "SD", "YE"];
const ACTORS: [&str; 5] = [
    "Jama'at Nusrat al-Islam wal-Muslimin",
    "Islamic State Sahel Province",
    "Syrian Democratic Forces",
    "Civilians",
    "Unidentified Armed Group",
];
const WORDS: [&str; 12] =
    ["هجوم", "مسلحون", "قرية", "قتلى", "attaque", "village", "soldats", "morts", "ambush", "militia", "convoy", "killed"];

/// A linear congruence: the same world on any machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn main() {
    let mut arguments = std::env::args().skip_while(|a| a != "--fill").skip(1);
    if let (Some(folder), Some(count)) = (arguments.next(), arguments.next()) {
        return fill(&mut Store::open(folder.as_ref()).unwrap(), count.parse().unwrap());
    }
    let count = if std::env::args().any(|a| a == "--million") { 1_000_000 } else { 100_000 };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let filling = Instant::now();
    fill(&mut Store::open(folder.path()).unwrap(), count);
    println!("{count} incidents kept in {:.0} s", filling.elapsed().as_secs_f64());
    let before = memory_kb();
    let opening = Instant::now();
    let state = State::open(folder.path(), Gazetteer::embedded(), || "2026-11-22T10:00:00Z".to_owned()).unwrap();
    println!("opened in {:.1} s", opening.elapsed().as_secs_f64());
    let [held, mapped] = memory_kb();
    println!("memory: {} MB held, {} MB of the mapped file in memory", (held - before[0]) / 1024, mapped / 1024);
    let router = app(state);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure(&router, count));
    edits(&runtime, &router);
}

async fn measure(router: &Router, count: usize) {
    let items = "/api/collections/incidents/items?limit=100";
    let mut chance = Chance(11);
    let mut small_box = move || {
        let (lon, lat) = (chance.below(5_000) as f64 / 100.0 - 10.0, chance.below(2_500) as f64 / 100.0 + 10.0);
        format!("{lon},{lat},{},{}", lon + 1.0, lat + 1.0)
    };
    let mut days = Chance(13);
    let mut year = move || {
        let from = 2014 + days.below(8);
        format!("{from}-{:02}-01/{}-{:02}-01", 1 + days.below(12), from + 1, 1 + days.below(12))
    };
    let mut tiles = Chance(17);
    let mut tile = move |z: u32| {
        let (lon, lat) = (tiles.below(5_000) as f64 / 100.0 - 10.0, tiles.below(2_500) as f64 / 100.0 + 10.0);
        let side = f64::from(1_u32 << z);
        let x = (lon + 180.0) / 360.0 * side;
        let y = (1.0 - f64::to_radians(lat).tan().asinh() / std::f64::consts::PI) / 2.0 * side;
        format!("/api/tiles/incidents/{z}/{}/{}", x as u32, y as u32)
    };
    let mut number = 0;
    let mut next = move || {
        number += 1;
        number
    };
    println!("{:<44}{:>10}{:>10}{:>10}{:>12}", "request", "p50 µs", "p99 µs", "times", "bytes");
    ask(router, "/health (baseline)", 2_000, || "/health".to_owned()).await;
    ask(router, "items limit=100", 2_000, || items.to_owned()).await;
    let mut after = Chance(19);
    ask(router, "items limit=100, anywhere", 2_000, || format!("{items}&after=inc-{:08}", after.below(count as u64))).await;
    ask(router, "bbox of 1°", 500, || format!("{items}&bbox={}", small_box())).await;
    ask(router, "bbox of 1° and a year", 500, || format!("{items}&bbox={}&datetime={}", small_box(), year())).await;
    let cql = "killed_best%20%3E%203%20AND%20NOT%20event_type%20%3D%20%27Protests%27";
    ask(router, "bbox of 1° and CQL2", 500, || format!("{items}&bbox={}&filter={cql}", small_box())).await;
    ask(router, "CQL2 everywhere", 100, || format!("{items}&filter=killed_best%20%3E%20{}", next() % 90)).await;
    let mut number = 0;
    let mut next = move || {
        number += 1;
        number
    };
    ask(router, "newest first", 20, || format!("{items}&sortby=-date_start&country={}", COUNTRIES[next() % 8])).await;
    let mut number = 0;
    let mut next = move || {
        number += 1;
        number
    };
    ask(router, "two words of the text", 30, || format!("{items}&q={}%20place{}", WORDS[4 + next() % 8], next() % 300)).await;
    for z in [2, 6, 10] {
        let mut type_number = 0;
        ask(router, &format!("tile z{z}, filtered"), if z == 2 { 30 } else { 300 }, || {
            type_number += 1;
            format!("{}?country={}&killed_best={}..", tile(z), COUNTRIES[type_number % 8], type_number % 30)
        })
        .await;
        ask(router, &format!("tile z{z}, all, filter known"), if z == 2 { 30 } else { 300 }, || tile(z)).await;
    }
    let mut number = 0;
    ask(router, "histogram, filtered", 30, || {
        number += 1;
        format!("/api/collections/incidents/histogram?step=month&sum=killed_best&killed_best={}..", number % 90)
    })
    .await;
    let mut number = 0;
    ask(router, "five facets, filtered", 30, || {
        number += 1;
        let facets = "properties=event_type,sub_event_type,country,status,lang";
        format!("/api/collections/incidents/facets?{facets}&killed_best={}..", number % 90)
    })
    .await;
}

async fn ask(router: &Router, name: &str, times: usize, mut path: impl FnMut() -> String) {
    let mut took: Vec<Duration> = Vec::with_capacity(times);
    let mut bytes = 0;
    for _ in 0..times {
        let request = Request::get(path()).body(Body::empty()).unwrap();
        let started = Instant::now();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        bytes += to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        took.push(started.elapsed());
        assert!(status.is_success(), "{name}: {status}");
    }
    took.sort();
    let micros = |at: usize| took[at].as_secs_f64() * 1e6;
    println!("{name:<44}{:>10.1}{:>10.1}{times:>10}{:>12}", micros(times / 2), micros(times * 99 / 100), bytes / times);
}

/// A place is entered and taken out again, while another asks without pause.
fn edits(runtime: &tokio::runtime::Runtime, router: &Router) {
    let place = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 16.5]},
        "properties": {"name": "Nowhere at all", "country": "ML", "feature": "PPL"}});
    let post = || {
        Request::post("/api/collections/places/items")
            .header("content-type", "application/geo+json")
            .body(Body::from(place.to_string()))
            .unwrap()
    };
    runtime.block_on(async {
        let started = Instant::now();
        let response = router.clone().oneshot(post()).await.unwrap();
        println!("an edit, from request to answer: {:.1} ms ({})", started.elapsed().as_secs_f64() * 1e3, response.status());
        let mut worst = Duration::ZERO;
        let editing = tokio::spawn({
            let router = router.clone();
            let second = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.5, 17.5]},
                "properties": {"name": "Elsewhere at all", "country": "ML", "feature": "PPL"}});
            let request = Request::post("/api/collections/places/items")
                .header("content-type", "application/geo+json")
                .body(Body::from(second.to_string()))
                .unwrap();
            async move { router.oneshot(request).await.unwrap().status() }
        });
        while !editing.is_finished() {
            let started = Instant::now();
            let request = Request::get("/api/collections/incidents/items?limit=10").body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap();
            worst = worst.max(started.elapsed());
            tokio::task::yield_now().await;
        }
        println!("the longest that a reader waited meanwhile: {:.2} ms", worst.as_secs_f64() * 1e3);
    });
}

fn fill(store: &mut Store, count: usize) {
    let mut chance = Chance(7);
    let batch = 5_000;
    for part in 0..count.div_ceil(batch) {
        let entries: Vec<Entry> = (part * batch..count.min((part + 1) * batch)).map(|number| entry(number, &mut chance)).collect();
        store.put(&entries, "2026-11-22T10:00:00Z").unwrap();
    }
    // As if every incident were an event of its own: clustering a million is measured elsewhere.
    store.set_events(&[], []).unwrap();
}

fn entry(number: usize, chance: &mut Chance) -> Entry {
    let place = chance.below(PLACES);
    // Towns are named more often than villages.
    let place = place * chance.below(PLACES) / PLACES;
    let (lon, lat) = ((place * 7_919 % 5_000) as f64 / 100.0 - 10.0, (place * 104_729 % 2_500) as f64 / 100.0 + 10.0);
    let day = jiff::civil::date(2014, 1, 1).checked_add(jiff::Span::new().days(chance.below(DAYS) as i64)).unwrap();
    let (event_type, sub_event_type) = TYPES[chance.below(6) as usize];
    let country = COUNTRIES[(place % 8) as usize];
    let killed = chance.below(100) * chance.below(10) / 10;
    let text: Vec<&str> = (0..60).map(|_| WORDS[chance.below(12) as usize]).collect();
    let text = format!("{} place{place}", text.join(" "));
    let (id, report_id) = (format!("inc-{number:08}"), format!("r-{number:08}"));
    let sentence = text.chars().take(180).collect::<String>();
    let feature = json!({
        "type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "granularity": "incident", "status": "asserted", "event_type": event_type, "sub_event_type": sub_event_type,
            "disorder_type": "Political violence", "date_start": day.to_string(), "date_end": day.to_string(), "time_precision": 1,
            "place_name": format!("place{place}"), "gazetteer_id": format!("geonames:{place}"), "lat": lat, "lon": lon, "radius_m": 3000,
            "geo_precision": 1, "where_prec": 1, "country": country, "admin1": format!("unit {}", place % 90),
            "actor1": ACTORS[chance.below(5) as usize], "actors": [{"name": ACTORS[chance.below(5) as usize], "role": "actor1", "text": "مسلحون"}],
            "killed_low": killed, "killed_best": killed, "killed_high": killed, "killed_detail": [], "evidence": [{"start": 0, "end": 10, "field": "event", "text": "هجوم"}],
            "confidence": 0.8, "notes": "a synthetic incident", "report_id": report_id, "published": day.to_string(), "source": "bench", "lang": "ar",
            "excerpt": {"text": sentence, "start": 0, "lang": "ar"},
        },
    });
    let report = Report {
        id: report_id.clone(),
        text: text.clone(),
        lang: Some(Lang::Ar),
        title: None,
        published: Some(day),
        source: Some("bench".to_owned()),
        url: None,
    };
    let item = Item {
        id,
        event_type: Some(event_type),
        sub_event_type: Some(sub_event_type),
        status: Some("asserted"),
        granularity: Some("incident"),
        date_start: Some(day.to_string()),
        date_end: Some(day.to_string()),
        bbox: Some([lon, lat, lon, lat]),
        place_id: Some(format!("geonames:{place}")),
        country: Some(country.to_owned()),
        lang: "ar",
        folded: format!("place{place} {sentence}"),
        feature: feature.to_string(),
        ..Item::default()
    };
    let published =
        json!({"type": "Feature", "id": report_id, "geometry": null, "properties": {"id": report_id, "text": text, "lang": "ar"}});
    Entry {
        report: ReportRow { report, lang: "ar", feature: published.to_string() },
        mentions: Vec::new(),
        incidents: vec![item],
        fingerprint: "bench".to_owned(),
    }
}

/// Resident memory of the process: what it holds itself, and what of files.
fn memory_kb() -> [u64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["RssAnon:", "RssFile:"].map(|key| {
        let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
    })
}
