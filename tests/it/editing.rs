//! People change places and decide about names over HTTP: what moves, what a dry run says, the way back, two at once.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Reader};
use dalil::recognise::Report;
use dalil::server::{State, app};
use dalil::store::Store;
use serde_json::{Value, json};
use tower::ServiceExt;

const NOW: &str = "2026-11-21T10:00:00Z";
const PLACES: &str = "/api/collections/places/items";
const CORRECTIONS: &str = "/api/collections/corrections/items";
/// Télataye of the built-in gazetteer, which knows it as تلاتايت.
const TALATAYE: &str = "geonames:2449990";

struct Server {
    _folder: tempfile::TempDir,
    router: Router,
}

fn report(id: &str, source: &str, text: &str) -> Report {
    let published = Some("2022-09-08".parse().unwrap());
    Report {
        id: id.to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published,
        source: Some(source.to_owned()),
        url: None,
        ..Report::default()
    }
}

fn reports() -> Vec<Report> {
    vec![
        report("talataye", "AFP", "قُتل خمسون شخصاً في هجوم شنه مسلحون على بلدة تلاتايت في مالي يوم الثلاثاء."),
        report("behind a prefix", "AFP", "قُتل عشرة مدنيين في هجوم قرب تيسيت وتلاتايت في مالي يوم الاثنين."),
        report("unknown", "RFI", "قُتل سبعة جنود في هجوم على قرية زكدوبيت في مالي يوم الأربعاء. وعاد الهدوء إلى زكدوبيت."),
        report(
            "french",
            "RFI",
            "Mardi, des hommes armés ont attaqué le village de Zakdoubit, au Mali. Douze civils ont été tués à Zakdoubit.",
        ),
        report("elsewhere", "AFP", "Quatre soldats ont été tués lundi dans une attaque à Gao, au Mali."),
    ]
}

impl Server {
    fn new() -> Server {
        let folder = tempfile::tempdir().unwrap();
        let base = Gazetteer::embedded();
        let mut store = Store::open(folder.path()).unwrap();
        let mut reader = Reader::open(&base, &store).unwrap();
        intake::take_in(&mut store, &reports(), &mut reader, NOW).unwrap();
        let state = State::open(folder.path(), base, || NOW.to_owned()).unwrap();
        Server { router: app(state), _folder: folder }
    }

    async fn ask(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> (StatusCode, Value, String) {
        let mut request = Request::builder().method(method).uri(path.replace(' ', "%20"));
        if let Some(tag) = tag {
            request = request.header(header::IF_MATCH, tag);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(body.map_or_else(Body::empty, |b| Body::from(b.to_string()))).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let tag = response.headers().get(header::ETAG).map_or("", |h| h.to_str().unwrap()).to_owned();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default(), tag)
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, None, None).await.1
    }

    async fn done(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> Value {
        let (status, answer, _) = self.ask(method, path, tag, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        answer
    }

    /// All that is published, as bytes.
    async fn export(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for collection in ["incidents", "mentions", "reports", "places", "corrections"] {
            let all = if collection == "incidents" { "&granularity=incident,aggregate,background" } else { "" };
            let path = format!("/api/collections/{collection}/items?limit=10000{all}");
            let response = self.router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            out.extend(to_bytes(response.into_body(), usize::MAX).await.unwrap());
        }
        out
    }

    /// The places that the mentions of a report mean, in the order of their ids.
    async fn places_of(&self, report: &str) -> Vec<String> {
        let mentions = self.get("/api/collections/mentions/items?limit=10000").await;
        let mine = mentions["features"].as_array().unwrap().iter().filter(|m| m["properties"]["report_id"] == report);
        mine.map(|m| m["properties"]["place_id"].as_str().unwrap_or_default().to_owned()).collect()
    }

    async fn undo(&self, answer: &Value) -> Value {
        self.done("POST", &format!("/api/history/{}/undo", answer["change"]), None, None).await
    }
}

fn zakdoubit() -> Value {
    let names = json!([{"name": "زكدوبيت", "lang": "ar", "kind": "preferred"}, {"name": "Zakdoubit", "lang": "fr"}]);
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.25, 15.75]},
        "properties": {"name": "Zakdoubit", "names": names, "source": "a letter", "valid_from": "1999"}})
}

/// What an answer says would change or did.
fn effects(answer: &Value) -> [&Value; 3] {
    [&answer["changed"], &answer["affected"], &answer["left_off"]]
}

#[tokio::test]
async fn talataye_moves_and_a_new_village_is_drawn_and_undone_all_is_as_before_byte_for_byte() {
    let server = Server::new();
    let before = server.export().await;
    let added = server.done("POST", PLACES, None, Some(&zakdoubit())).await;
    assert_eq!(added["changed"]["reports_read"], 2, "{added}");
    assert!(added["changed"]["mentions_resolved"].as_u64().unwrap() >= 3, "{added}");
    let id = added["place"]["id"].as_str().unwrap().to_owned();
    assert!(server.places_of("unknown").await.contains(&id) && server.places_of("french").await.contains(&id));
    let with_village = server.export().await;
    let (_, place, tag) = server.ask("GET", &format!("{PLACES}/{TALATAYE}"), None, None).await;
    assert_eq!(place["id"], TALATAYE, "{place}");
    let patch = json!({"geometry": {"coordinates": [1.75, 16.25]}, "properties": {"names": [{"name": "تلاطايط", "lang": "ar"}]}});
    let moved = server.done("PATCH", &format!("{PLACES}/{TALATAYE}"), Some(&tag), Some(&patch)).await;
    assert_eq!(moved["changed"]["reports_read"], 2, "{moved}");
    assert!(moved["changed"]["mentions_resolved"].as_u64().unwrap() >= 2, "{moved}");
    assert!(moved["changed"]["incidents_moved"].as_u64().unwrap() >= 1, "{moved}");
    let drawn = server.get("/api/collections/incidents/items").await.to_string();
    assert!(drawn.contains("\"coordinates\":[1.75,16.25]") && drawn.contains("\"coordinates\":[1.25,15.75]"), "{drawn}");
    let all = server.export().await;
    let undone = server.undo(&moved).await;
    assert!(server.export().await == with_village);
    // Undoing the undoing does it again; and back.
    let again = server.undo(&undone).await;
    assert!(server.export().await == all);
    server.undo(&again).await;
    server.undo(&added).await;
    assert!(server.export().await == before);
    let history = server.get("/api/history").await;
    let what: Vec<&str> = history["changes"].as_array().unwrap().iter().rev().map(|c| c["what"].as_str().unwrap()).collect();
    assert_eq!(what[..3], ["place added", "place changed", "undone: place changed"]);
    assert!(history["changes"].as_array().unwrap().iter().all(|c| c["who"] == "page" && c["at"] == NOW));
}

/// The Arabic reports that write the village as they hear it are read again too, though no name of it is in Arabic.
#[tokio::test]
async fn a_village_with_a_latin_name_only_is_seen_where_arabic_spells_it() {
    let server = Server::new();
    let before = server.export().await;
    let mut body = zakdoubit();
    body["properties"]["names"] = json!([]);
    let added = server.done("POST", PLACES, None, Some(&body)).await;
    let id = added["place"]["id"].as_str().unwrap().to_owned();
    assert!(server.places_of("unknown").await.contains(&id), "{added}");
    assert!(!server.places_of("talataye").await.contains(&id));
    server.undo(&added).await;
    assert!(server.export().await == before);
}

#[tokio::test]
async fn a_place_spelt_nearly_as_one_nearby_is_asked_about() {
    let server = Server::new();
    let (_, gao, _) = server.ask("GET", &format!("{PLACES}/geonames:2457163"), None, None).await;
    let mut body = zakdoubit();
    body["geometry"] = gao["geometry"].clone();
    body["properties"] = json!({"name": "Bourèm Inali", "names": []});
    let elsewhere = server.done("POST", &format!("{PLACES}?dry_run=true"), None, Some(&body)).await;
    assert_eq!(elsewhere["near_duplicates"], json!([]), "{elsewhere}");
    body["properties"] = json!({"name": "Gaow", "names": []});
    let near = server.done("POST", &format!("{PLACES}?dry_run=true"), None, Some(&body)).await;
    let ids: Vec<&str> = near["near_duplicates"].as_array().unwrap().iter().filter_map(|d| d["id"].as_str()).collect();
    assert!(ids.contains(&"geonames:2457163"), "{near}");
}

/// Between Gaya and the frontier the nearest town is Nigerian, the ground is not.
#[tokio::test]
async fn a_place_by_a_border_gets_the_units_in_which_it_lies() {
    let server = Server::new();
    let mut body = zakdoubit();
    body["geometry"]["coordinates"] = json!([3.6, 11.75]);
    let added = server.done("POST", PLACES, None, Some(&body)).await;
    let properties = &added["place"]["properties"];
    assert_eq!((properties["country"].as_str(), properties["admin1"].as_str()), (Some("NE"), Some("Dosso Region")), "{properties}");
}

#[tokio::test]
async fn what_a_dry_run_says_is_what_happens_and_until_then_nothing_does() {
    let server = Server::new();
    let before = server.export().await;
    let reject = json!({"ruling": "reject", "name": "تلاتايت", "scope": "always"});
    for (path, body) in [(PLACES, zakdoubit()), (CORRECTIONS, reject)] {
        let state = server.export().await;
        let dry = server.done("POST", &format!("{path}?dry_run=true"), None, Some(&body)).await;
        assert_eq!((dry["dry_run"].as_bool(), dry.get("change")), (Some(true), None));
        assert!(server.export().await == state && server.get("/api/history").await["changes"].as_array().unwrap().len() < 2);
        let wet = server.done("POST", path, None, Some(&body)).await;
        assert_eq!(effects(&dry), effects(&wet));
        assert!(!wet["affected"].as_array().unwrap().is_empty(), "{wet}");
    }
    let moved = server.get("/api/history").await;
    for change in moved["changes"].as_array().unwrap() {
        let path = format!("/api/history/{}/undo", change["number"]);
        let dry = server.done("POST", &format!("{path}?dry_run=true"), None, None).await;
        assert_eq!(effects(&dry), effects(&server.done("POST", &path, None, None).await));
    }
    assert!(server.export().await == before);
}

#[tokio::test]
async fn of_two_writers_the_second_is_refused_and_changes_nothing() {
    let server = Server::new();
    let added = server.done("POST", PLACES, None, Some(&zakdoubit())).await;
    let path = format!("{PLACES}/{}", added["place"]["id"].as_str().unwrap());
    let (_, _, seen) = server.ask("GET", &path, None, None).await;
    let note = |note: &str| json!({"properties": {"note": note}});
    assert_eq!(server.ask("PATCH", &path, Some(&seen), Some(&note("first"))).await.0, StatusCode::OK);
    let state = server.export().await;
    let mut whole = zakdoubit();
    whole["properties"]["note"] = json!("second");
    for (method, path, body) in [("PATCH", &path, Some(note("second"))), ("PUT", &path, Some(whole)), ("DELETE", &path, None)] {
        let (status, problem, _) = server.ask(method, path, Some(&seen), body.as_ref()).await;
        assert_eq!(status, StatusCode::PRECONDITION_FAILED, "{method}: {problem}");
        assert_eq!(server.ask(method, path, None, body.as_ref()).await.0, StatusCode::PRECONDITION_REQUIRED, "{method}");
    }
    assert!(server.export().await == state);
    let again = server.ask("POST", PLACES, None, Some(&zakdoubit())).await;
    assert_eq!(again.0, StatusCode::CONFLICT, "{}", again.1);
    let (_, place, tag) = server.ask("GET", &path, None, None).await;
    assert_eq!((&place["properties"]["note"], tag == seen), (&json!("first"), false));
    // What was changed since cannot be undone under it.
    let (status, problem, _) = server.ask("POST", &format!("/api/history/{}/undo", added["change"]), None, None).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}

#[tokio::test]
async fn a_place_of_the_gazetteer_can_be_hidden_and_merged() {
    let server = Server::new();
    let before = server.export().await;
    let hidden = server.done("DELETE", &format!("{PLACES}/{TALATAYE}"), Some("*"), None).await;
    assert!(!server.places_of("talataye").await.contains(&TALATAYE.to_owned()));
    assert_eq!(server.ask("GET", &format!("{PLACES}/{TALATAYE}"), None, None).await.0, StatusCode::NOT_FOUND);
    server.undo(&hidden).await;
    assert!(server.export().await == before);
    let added = server.done("POST", PLACES, None, Some(&zakdoubit())).await;
    let id = added["place"]["id"].as_str().unwrap().to_owned();
    let merged = server.done("POST", &format!("{PLACES}/{TALATAYE}/merge"), Some("*"), Some(&json!({"into": id}))).await;
    for report in ["talataye", "behind a prefix", "unknown"] {
        assert!(server.places_of(report).await.contains(&id), "{report}: {merged}");
    }
    let names = server.get(&format!("{PLACES}/{id}")).await["properties"]["names"].to_string();
    assert!(names.contains("Télataye"), "{names}");
    server.undo(&merged).await;
    server.undo(&added).await;
    assert!(server.export().await == before);
}

#[tokio::test]
async fn a_pin_comes_before_any_score_and_outlives_every_reading() {
    let server = Server::new();
    let before = server.export().await;
    let gao = "geonames:2457163";
    let pin = |scope: Value| {
        let mut body = json!({"ruling": "pin", "name": "تلاتايت", "place_id": gao});
        scope.as_object().unwrap().iter().for_each(|(key, value)| body[key] = value.clone());
        body
    };
    let mut number = 0;
    for (scope, first, second) in [
        (json!({"scope": "mention", "report_id": "talataye", "start": 45, "end": 52}), true, false),
        (json!({"scope": "report", "report_id": "behind a prefix"}), false, true),
        (json!({"scope": "source", "source": "AFP"}), true, true),
        (json!({"scope": "source", "source": "RFI"}), false, false),
        (json!({"scope": "country", "country": "ML"}), true, true),
        (json!({"scope": "country", "country": "SY"}), false, false),
        (json!({"scope": "always"}), true, true),
    ] {
        let mut body = pin(scope.clone());
        if scope["scope"] == "mention" {
            let text = &reports()[0].text;
            let start = text.chars().count() - text.split_once("تلاتايت").map(|(_, rest)| rest.chars().count()).unwrap() - 7;
            (body["start"], body["end"]) = (json!(start), json!(start + 7));
        }
        let made = server.done("POST", CORRECTIONS, None, Some(&body)).await;
        let is = [server.places_of("talataye").await, server.places_of("behind a prefix").await].map(|p| p.contains(&gao.to_owned()));
        assert_eq!(is, [first, second], "{scope}: {made}");
        if first {
            let mentions = server.get("/api/collections/mentions/items?limit=10000").await.to_string();
            assert!(mentions.contains("pinned by page"), "{mentions}");
        }
        // Moving another place reads these reports again; the pin stays.
        let patch = json!({"geometry": {"coordinates": [1.75, 16.25]}});
        let moved = server.done("PATCH", &format!("{PLACES}/{TALATAYE}"), Some("*"), Some(&patch)).await;
        assert_eq!(server.places_of("talataye").await.contains(&gao.to_owned()), first, "{scope}");
        server.undo(&moved).await;
        server.undo(&made).await;
        number += 1;
    }
    assert_eq!(number, 7);
    assert!(server.export().await == before);
}

#[tokio::test]
async fn a_rejected_name_is_no_place_where_it_was_rejected_and_a_narrower_pin_wins() {
    let server = Server::new();
    let before = server.export().await;
    let reject = json!({"ruling": "reject", "name": "تلاتايت", "scope": "source", "source": "AFP", "note": "a test"});
    let rejected = server.done("POST", CORRECTIONS, None, Some(&reject)).await;
    for report in ["talataye", "behind a prefix"] {
        assert!(!server.places_of(report).await.contains(&TALATAYE.to_owned()), "{report}: {rejected}");
    }
    let pin = json!({"ruling": "pin", "name": "تلاتايت", "place_id": TALATAYE, "scope": "report", "report_id": "talataye"});
    let pinned = server.done("POST", CORRECTIONS, None, Some(&pin)).await;
    assert!(server.places_of("talataye").await.contains(&TALATAYE.to_owned()));
    assert!(!server.places_of("behind a prefix").await.contains(&TALATAYE.to_owned()));
    // A pin goes with its place, also where the name is not one of the place's own.
    let far = json!({"ruling": "pin", "name": "Zakdoubit", "place_id": TALATAYE, "scope": "always"});
    let far = server.done("POST", CORRECTIONS, None, Some(&far)).await;
    let patch = json!({"geometry": {"coordinates": [1.75, 16.25]}});
    let moved = server.done("PATCH", &format!("{PLACES}/{TALATAYE}"), Some("*"), Some(&patch)).await;
    assert!(moved["affected"].as_array().unwrap().iter().any(|r| r["report_id"] == "french"), "{moved}");
    for change in [&moved, &far] {
        server.undo(change).await;
    }
    let item = format!("{CORRECTIONS}/{}", pinned["correction"]["id"].as_str().unwrap());
    let (_, _, tag) = server.ask("GET", &item, None, None).await;
    server.done("DELETE", &item, Some(&tag), None).await;
    server.undo(&rejected).await;
    assert!(server.export().await == before);
    for (wrong, parameter) in [
        (json!({"ruling": "pin", "name": "x y", "scope": "always"}), "place_id"),
        (json!({"ruling": "pin", "name": "Tessit", "scope": "always", "place_id": "user:none"}), "place_id"),
        (json!({"ruling": "reject", "name": "1", "scope": "always"}), "name"),
        (json!({"ruling": "reject", "name": "Gao", "scope": "country", "country": "Mali"}), "country"),
        (json!({"ruling": "reject", "name": "Gao", "scope": "mention", "report_id": "elsewhere", "start": 1, "end": 4}), "start"),
        (json!({"ruling": "maybe", "name": "Gao", "scope": "always"}), "ruling"),
    ] {
        let (status, problem, _) = server.ask("POST", CORRECTIONS, None, Some(&wrong)).await;
        assert_eq!((status, problem["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some(parameter)), "{wrong}: {problem}");
    }
}
