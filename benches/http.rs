//! What an answer costs: `cargo bench --bench http` for 100,000 incidents, `-- --million` for a million, `-- --count N` for as many;
//! `-- --fill FOLDER` only makes the store.
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
use dalil::server::{State, app};
use dalil::store::Store;
use serde_json::json;
use tokio_stream::StreamExt;
use tower::ServiceExt;

mod synthetic;

use synthetic::{COUNTRIES, Chance, WORDS, fill};

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let after = |name: &str| given.iter().position(|a| a == name).and_then(|at| given.get(at + 1));
    let few = if given.iter().any(|a| a == "--million") { 1_000_000 } else { 100_000 };
    let count = after("--count").map_or(few, |n| n.parse().unwrap());
    if let Some(folder) = after("--fill") {
        return fill(&mut Store::open(std::path::Path::new(folder)).unwrap(), count);
    }
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
    println!("{:<44}{:>10}{:>10}{:>10}{:>10}{:>12}", "request", "CPU µs", "p50 µs", "p99 µs", "times", "bytes");
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
    download(router).await;
    let mut number = 0;
    ask(router, "five facets, filtered", 30, || {
        number += 1;
        let facets = "properties=event_type,sub_event_type,country,status,lang";
        format!("/api/collections/incidents/facets?{facets}&killed_best={}..", number % 90)
    })
    .await;
}

/// Everything as GeoJSON, read as fast as it comes.
async fn download(router: &Router) {
    let (before, started) = (cpu_micros(), Instant::now());
    let request = Request::get("/api/collections/incidents/download?f=geojsonseq").body(Body::empty()).unwrap();
    let mut parts = router.clone().oneshot(request).await.unwrap().into_body().into_data_stream();
    let mut bytes = 0;
    while let Some(part) = parts.next().await {
        bytes += part.unwrap().len();
    }
    let (took, cpu) = (started.elapsed().as_secs_f64(), (cpu_micros() - before) / 1e6);
    let mb = bytes as f64 / 1e6;
    println!("everything as GeoJSON lines: {mb:.0} MB in {took:.2} s: {:.0} MB/s, {:.0} MB a second of the processor", mb / took, mb / cpu);
}

async fn ask(router: &Router, name: &str, times: usize, mut path: impl FnMut() -> String) {
    let mut took: Vec<Duration> = Vec::with_capacity(times);
    let (mut bytes, before) = (0, cpu_micros());
    for _ in 0..times {
        let request = Request::get(path()).body(Body::empty()).unwrap();
        let started = Instant::now();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        bytes += to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        took.push(started.elapsed());
        assert!(status.is_success(), "{name}: {status}");
    }
    let cpu = (cpu_micros() - before) / times as f64;
    took.sort();
    let micros = |at: usize| took[at].as_secs_f64() * 1e6;
    let [p50, p99] = [micros(times / 2), micros(times * 99 / 100)];
    println!("{name:<44}{cpu:>10.1}{p50:>10.1}{p99:>10.1}{times:>10}{:>12}", bytes / times);
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

/// The processor's time of all threads so far, the asker's too.
fn cpu_micros() -> f64 {
    let of_thread = |task: std::path::PathBuf| std::fs::read_to_string(task.join("schedstat")).ok();
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().filter_map(|t| of_thread(t.ok()?.path()));
    tasks.filter_map(|told| told.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e3
}

/// Resident memory of the process: what it holds itself, and what of files.
fn memory_kb() -> [u64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["RssAnon:", "RssFile:"].map(|key| {
        let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
    })
}
