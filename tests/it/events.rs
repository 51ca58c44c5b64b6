//! Events of a store: merged over HTTP, ruled upon, and what rulings are worth after the reports were read again.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dalil::gazetteer::Gazetteer;
use dalil::recognise::Report;
use dalil::server::{State, app};
use dalil::store::{Collection, Store};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::kept::{NOW, report, take_in, take_in_beside};

const EVENTS: &str = "/api/collections/clusters/items";
const RULINGS: &str = "/api/collections/rulings/items";

struct Server {
    folder: tempfile::TempDir,
    router: Router,
}

fn reports() -> Vec<Report> {
    vec![
        report("ar", "الشاهد", "قتل 23 جنديا يوم الأربعاء 15 أيار/مايو 2024 في هجوم شنه مسلحون على موقع للجيش في غاو شمالي مالي."),
        report(
            "fr",
            "Wakat",
            "Vingt-trois soldats ont été tués mercredi 15 mai 2024 dans une attaque menée par des hommes armés à Gao, au Mali.",
        ),
        report("en", "Wakat", "Gunmen killed 25 soldiers on Wednesday, 15 May 2024 in an attack in Gao, northern Mali, residents said."),
        report("else", "Wakat", "Sept civils ont été tués lundi 13 mai 2024 dans une attaque à Ménaka, au Mali."),
    ]
}

impl Server {
    fn new() -> Server {
        let folder = tempfile::tempdir().unwrap();
        take_in(&folder, &reports());
        let state = State::open(folder.path(), Gazetteer::embedded(), || NOW.to_owned()).unwrap();
        Server { router: app(state), folder }
    }

    async fn ask(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(tag) = tag {
            request = request.header(header::IF_MATCH, tag);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |b| Body::from(b.to_string()));
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, bytes) = (response.status(), to_bytes(response.into_body(), usize::MAX).await.unwrap());
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, value) = self.ask("GET", path, None, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {value}");
        value
    }

    async fn rule(&self, ruling: &Value) -> (StatusCode, Value) {
        self.ask("POST", RULINGS, None, Some(ruling)).await
    }

    /// The reports of each event, in the order of their names.
    async fn events(&self) -> Vec<Vec<String>> {
        let events = self.get(EVENTS).await;
        let reports = |event: &Value| {
            let sources = event["properties"]["sources"].as_array().unwrap().clone();
            let mut reports: Vec<String> = sources.iter().map(|s| s["report_id"].as_str().unwrap().to_owned()).collect();
            reports.sort();
            reports
        };
        let mut all: Vec<Vec<String>> = events["features"].as_array().unwrap().iter().map(reports).collect();
        all.sort();
        all
    }

    /// The incident of a report, and its event.
    async fn incident(&self, report: &str) -> (String, String) {
        let items = self.get("/api/collections/incidents/items").await;
        let of_report = |f: &&Value| f["properties"]["report_id"] == report;
        let feature = items["features"].as_array().unwrap().iter().find(of_report).unwrap().clone();
        (feature["id"].as_str().unwrap().to_owned(), feature["properties"]["cluster_id"].as_str().unwrap().to_owned())
    }
}

#[tokio::test]
async fn an_event_is_published_once_with_all_that_its_sources_say() {
    let server = Server::new();
    assert_eq!(server.events().await, [vec!["ar", "en", "fr"], vec!["else"]]);
    let (incident, event) = server.incident("en").await;
    assert_eq!(server.incident("fr").await.1, event);
    let feature = server.get(&format!("{EVENTS}/{event}")).await;
    let properties = &feature["properties"];
    assert_eq!((&properties["killed_low"], &properties["killed_high"]), (&json!(23), &json!(25)));
    let said = properties["killed"].as_array().unwrap().iter().find(|k| k["incident"] == incident.as_str()).unwrap();
    assert_eq!((&said["low"], &said["report_id"], &said["source"]), (&json!(25), &json!("en"), &json!("Wakat")));
    assert_eq!((&properties["source_count"], &properties["date_start"]), (&json!(2), &json!("2024-05-15")));
    assert_eq!(feature["geometry"]["type"], "Point");
    let found = server.get(&format!("{EVENTS}?country=ML&datetime=2024-05-15&bbox=-1,16,1,17")).await;
    assert_eq!(found["numberMatched"], 1);
    let (status, _) = server.ask("GET", &format!("{EVENTS}/evt-000000000000"), None, None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_split_merge_and_pin_and_every_ruling_can_be_taken_back() {
    let server = Server::new();
    let (english, event) = server.incident("en").await;
    let (elsewhere, _) = server.incident("else").await;
    let split = json!({"verdict": "split", "members": [english], "note": "the evening attack"});
    let (status, _) = server.ask("POST", &format!("{RULINGS}?dry_run=true"), None, Some(&split)).await;
    assert_eq!((status, server.events().await.len()), (StatusCode::OK, 2), "a dry run changes nothing");
    let (status, made) = server.rule(&split).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(server.events().await, [vec!["ar", "fr"], vec!["else"], vec!["en"]]);
    let both = json!({"verdict": "merge", "members": [server.incident("fr").await.0, english]});
    let (status, problem) = server.rule(&both).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let ruling = made["ruling"]["id"].as_str().unwrap();
    let (status, _) = server.ask("DELETE", &format!("{RULINGS}/{ruling}"), Some("*"), None).await;
    assert_eq!((status, server.events().await.len()), (StatusCode::OK, 2));
    let (status, merged) = server.rule(&json!({"verdict": "merge", "members": [elsewhere, english]})).await;
    assert_eq!((status, server.events().await), (StatusCode::CREATED, vec![vec!["ar".into(), "else".into(), "en".into(), "fr".into()]]));
    let (status, _) = server.ask("POST", &format!("/api/history/{}/undo", merged["change"]), None, None).await;
    assert_eq!((status, server.events().await.len()), (StatusCode::OK, 2));
    // A pinned event takes nothing more by rule.
    server.rule(&json!({"verdict": "pin", "members": [event]})).await;
    take_in_beside(
        &server.folder,
        &[report("late", "AFP", "Vingt-trois soldats tués mercredi 15 mai 2024 dans une attaque à Gao, au Mali.")],
        &server.router,
    )
    .await;
    assert_eq!(server.events().await, [vec!["ar", "en", "fr"], vec!["else"], vec!["late"]]);
    assert_eq!(server.get(&format!("{EVENTS}/{event}")).await["properties"]["pinned"], true);
}

#[tokio::test]
async fn what_cannot_be_ruled_is_refused_with_a_reason() {
    let server = Server::new();
    let (english, event) = server.incident("en").await;
    let refused = [
        (json!({"verdict": "merge", "members": [english]}), StatusCode::BAD_REQUEST, "members"),
        (json!({"verdict": "marry", "members": [english]}), StatusCode::BAD_REQUEST, "verdict"),
        (json!({"verdict": "split", "members": [event]}), StatusCode::BAD_REQUEST, "others"),
        (json!({"verdict": "split", "members": [english], "others": [english]}), StatusCode::BAD_REQUEST, "others"),
        (json!({"verdict": "pin", "members": ["inc-000000000000"]}), StatusCode::NOT_FOUND, "inc-000000000000"),
    ];
    for (ruling, expected, word) in refused {
        let (status, problem) = server.rule(&ruling).await;
        assert_eq!(status, expected, "{ruling} {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(word), "{problem}");
    }
    assert!(server.get("/api/history").await["changes"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_ruling_outlives_another_reading_and_says_so_when_it_cannot() {
    let server = Server::new();
    let (english, _) = server.incident("en").await;
    let (_, made) = server.rule(&json!({"verdict": "split", "members": [english]})).await;
    let ruling = format!("{RULINGS}/{}", made["ruling"]["id"].as_str().unwrap());
    // Read again with another word in it: the incident has other evidence and so another identifier.
    let reworded = "Gunmen shot dead 25 soldiers on Wednesday, 15 May 2024 in an attack in Gao, northern Mali, residents said.";
    take_in_beside(&server.folder, &[report("en", "Wakat", reworded)], &server.router).await;
    assert_ne!(server.incident("en").await.0, english, "the test needs another identifier");
    assert_eq!(server.get(&ruling).await["properties"]["unheeded"], json!([]));
    assert!(server.events().await.contains(&vec!["en".to_owned()]));
    // A report that tells nothing any more leaves its ruling behind, and that is told.
    take_in_beside(&server.folder, &[report("en", "Wakat", "The market was calm.")], &server.router).await;
    let why = server.get(&ruling).await["properties"]["unheeded"].clone();
    assert!(why[0].as_str().unwrap().contains("is not read any more"), "{why}");
    assert_eq!(server.events().await, [vec!["ar", "fr"], vec!["else"]]);
}

#[test]
fn the_events_of_a_store_are_the_same_in_any_order_of_its_reports() {
    let events = |reports: &[Report]| {
        let folder = tempfile::tempdir().unwrap();
        for report in reports {
            take_in(&folder, std::slice::from_ref(report));
        }
        let mut store = Store::open(folder.path()).unwrap();
        assert!(dalil::intake::corroborate(&mut store).unwrap().is_empty());
        assert!(store.events_are_current().unwrap());
        crate::kept::published(&store, Collection::Clusters)
    };
    let mut all = reports();
    let expected = events(&all);
    all.reverse();
    assert_eq!(events(&all), expected);
    assert_eq!(expected.len(), 2);
}

#[test]
fn events_made_beside_writers_are_those_made_alone() {
    let (alone, beside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&alone, &beside] {
        take_in(folder, &reports());
    }
    let (mut one, mut other) = (Store::open(alone.path()).unwrap(), Store::open(beside.path()).unwrap());
    dalil::intake::corroborate(&mut one).unwrap();
    assert!(!other.events_are_current().unwrap());
    dalil::intake::corroborate_beside(&mut other).unwrap();
    assert!(other.events_are_current().unwrap());
    let published = |store: &Store| crate::kept::published(store, Collection::Clusters);
    assert!(!published(&one).is_empty());
    assert_eq!(published(&one), published(&other));
}
