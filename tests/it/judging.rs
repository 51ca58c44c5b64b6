//! People correct, confirm and reject incidents over HTTP: what is published then, what outlives another reading, the way back.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dalil::gazetteer::Gazetteer;
use dalil::recognise::Report;
use dalil::server::{State, app};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::kept::{NOW, report, take_in, take_in_beside};

const INCIDENTS: &str = "/api/collections/incidents/items";
const FIXES: &str = "/api/collections/incident-corrections/items";
const EVENTS: &str = "/api/collections/clusters/items";
/// Gao of the built-in gazetteer.
const GAO: &str = "geonames:2457163";

struct Server {
    folder: tempfile::TempDir,
    router: Router,
}

const FRENCH: &str = "Vingt-trois soldats ont été tués mercredi 15 mai 2024 dans une attaque menée par des hommes armés à Gao, au Mali.";

fn reports() -> Vec<Report> {
    vec![
        report("fr", "Wakat", FRENCH),
        report("en", "AFP", "Gunmen killed 23 soldiers on Wednesday, 15 May 2024 in an attack in Gao, northern Mali, residents said."),
        report("ar", "الشاهد", "قُتل سبعة جنود في هجوم على قرية زكدوبيت في مالي يوم الأربعاء 15 أيار/مايو 2024."),
    ]
}

impl Server {
    fn new() -> Server {
        Server::with(&reports())
    }

    fn with(reports: &[Report]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        take_in(&folder, reports);
        let state = State::open(folder.path(), Gazetteer::embedded(), || NOW.to_owned()).unwrap();
        Server { router: app(state), folder }
    }

    async fn ask(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> (StatusCode, Value, String) {
        let mut request = Request::builder().method(method).uri(path);
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
        let (status, value, _) = self.ask("GET", path, None, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {value}");
        value
    }

    async fn features(&self, path: &str) -> Vec<Value> {
        self.get(path).await["features"].as_array().unwrap().clone()
    }

    /// The first incident of a report.
    async fn incident(&self, report: &str) -> Value {
        let all = self.features(INCIDENTS).await;
        all.into_iter().find(|f| f["properties"]["report_id"] == report).unwrap()
    }

    async fn id(&self, report: &str) -> String {
        self.incident(report).await["id"].as_str().unwrap().to_owned()
    }

    /// Puts a correction that must be taken.
    async fn correct(&self, id: &str, body: &Value) -> Value {
        let (status, answer, _) = self.ask("PUT", &at(id), Some("*"), Some(body)).await;
        assert!(status.is_success() || status == StatusCode::PRECONDITION_FAILED, "{body}: {answer}");
        if status.is_success() {
            return answer;
        }
        let (status, answer, _) = self.ask("PUT", &at(id), None, Some(body)).await;
        assert!(status.is_success(), "{body}: {answer}");
        answer
    }

    /// All that is published, as it is sent; events come after the incidents, which make them.
    async fn export(&self) -> String {
        let mut out = String::new();
        for collection in ["clusters", "incidents", "incident-corrections"] {
            let all = if collection == "incidents" { "&granularity=incident,aggregate,background" } else { "" };
            let path = format!("/api/collections/{collection}/items?limit=10000{all}");
            let response = self.router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            out.push_str(std::str::from_utf8(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap());
        }
        out
    }

    async fn undo(&self, answer: &Value) {
        let (status, answer, _) = self.ask("POST", &format!("/api/history/{}/undo", answer["change"]), None, None).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
}

fn at(id: &str) -> String {
    format!("{INCIDENTS}/{id}/correction")
}

#[tokio::test]
async fn any_field_is_corrected_and_what_the_machine_says_stays_beside_it() {
    let server = Server::new();
    let before = server.incident("fr").await;
    let id = before["id"].as_str().unwrap();
    let fields = json!({
        "sub_event_type": "Suicide bomb", "status": "claimed", "mode": "suicide-attack",
        "date_start": "2024-05-13", "date_end": "2024-05-14",
        "lat": 16.25, "lon": -0.125, "place_name": "the barracks of Gao", "admin1": "Gao", "country": "NE",
        "killed_low": 20, "killed_best": 21, "killed_high": 30, "injured_best": 4,
        "actors": [{"name": "Army of Mali", "role": "actor2", "kind": "state", "country": "ML"}],
        "attribution": ["the hospital"], "notes": "A lorry of explosives.", "source_scale": "National-Other",
    });
    let (status, answer, tag) = server.ask("PUT", &at(id), None, Some(&json!({"fields": fields, "who": "Mariam", "note": "seen"}))).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let after = server.get(&format!("{INCIDENTS}/{id}")).await;
    let now = &after["properties"];
    for (name, value) in fields.as_object().unwrap().iter().filter(|(name, _)| *name != "actors") {
        assert_eq!(&now[name], value, "{name}");
    }
    let follows = [
        ("event_type", json!("Explosions/Remote violence")),
        ("disorder_type", json!("Political violence")),
        ("country_a3", json!("NER")),
        ("time_precision", json!(2)),
        ("date_prec", json!(2)),
        ("date_source", json!("person")),
        ("radius_m", json!(1000)),
        ("injured_low", json!(4)),
        ("injured_high", json!(4)),
        ("killed_b", Value::Null),
        ("actor1", Value::Null),
        ("actor2", json!("Army of Mali")),
        ("inter2", json!(8)),
        ("interaction", json!("External/Other forces only")),
    ];
    for (name, value) in follows {
        assert_eq!(now[name], value, "{name}");
    }
    // A state's force outside its country.
    assert_eq!((&now["actors"][0]["inter"], &now["actors"][0]["text"]), (&json!(8), &json!("")));
    assert_eq!(after["geometry"], json!({"type": "Point", "coordinates": [-0.125, 16.25]}));
    // The machine's words and values stand.
    let corrected = &now["corrected"];
    assert_eq!((&corrected["by"], &corrected["at"], &corrected["verdict"]), (&json!("Mariam"), &json!(NOW), &Value::Null));
    assert_eq!(corrected["fields"].as_array().unwrap().len(), fields.as_object().unwrap().len());
    assert_eq!(corrected["machine"]["geometry"], before["geometry"]);
    for (name, value) in corrected["machine"].as_object().unwrap().iter().filter(|(name, _)| *name != "geometry") {
        assert_eq!(&before["properties"][name], value, "{name}");
    }
    assert_eq!((&corrected["machine"]["killed_best"], &corrected["machine"]["country"]), (&json!(23), &json!("ML")));
    assert_eq!((&now["evidence"], &now["excerpt"]), (&before["properties"]["evidence"], &before["properties"]["excerpt"]));
    // Found by what it says now, and not by what it said.
    let found = |query: &str| format!("{INCIDENTS}?{query}");
    assert_eq!(server.features(&found("country=NE&sub_event_type=Suicide%20bomb&status=claimed&bbox=-0.2,16.2,-0.1,16.3")).await.len(), 1);
    assert_eq!(server.features(&found("country=ML&datetime=2024-05-13/2024-05-14")).await.len(), 0);
    // Shown by itself, with the tag that a change must name.
    let (status, shown, shown_tag) = server.ask("GET", &at(id), None, None).await;
    assert_eq!((status, &shown_tag), (StatusCode::OK, &tag));
    assert_eq!((&shown["properties"]["laid_on"], &shown["properties"]["orphan"]), (&json!(id), &json!(false)));
    assert_eq!(server.ask("PUT", &at(id), None, Some(&json!({"verdict": "confirmed"}))).await.0, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(server.ask("PUT", &at(id), Some("\"0\""), Some(&json!({"verdict": "confirmed"}))).await.0, StatusCode::PRECONDITION_FAILED);
    assert_eq!(server.ask("PUT", &at(id), Some(&tag), Some(&json!({"verdict": "confirmed"}))).await.0, StatusCode::OK);
    let confirmed = server.get(&format!("{INCIDENTS}/{id}")).await;
    assert_eq!(confirmed["geometry"], before["geometry"], "what is put replaces the whole correction");
    assert_eq!(server.features(&found("verdict=confirmed")).await[0]["properties"]["corrected"]["verdict"], "confirmed");
    // Each change is in the history.
    let history = server.get("/api/history").await["changes"].as_array().unwrap().clone();
    let told: Vec<(&Value, &Value)> = history.iter().map(|row| (&row["what"], &row["who"])).collect();
    let (confirmed, corrected) = (json!("incident confirmed"), json!("incident corrected"));
    assert_eq!(told, [(&confirmed, &json!("page")), (&corrected, &json!("Mariam"))]);
}

#[tokio::test]
async fn the_gazetteers_place_brings_its_point_and_units_and_a_status_decides_what_is_drawn() {
    let server = Server::new();
    let id = server.id("ar").await;
    let unplaced = server.incident("ar").await;
    assert_ne!(unplaced["properties"]["gazetteer_id"], GAO);
    server.correct(&id, &json!({"fields": {"gazetteer_id": GAO}})).await;
    let placed = server.incident("ar").await;
    let now = &placed["properties"];
    assert_eq!((&now["place_name"], &now["country"], &now["country_a3"]), (&json!("Gao"), &json!("ML"), &json!("MLI")));
    assert_eq!((&now["place_surface"], &now["geo_precision"]), (&unplaced["properties"]["place_surface"], &json!(1)));
    assert_eq!(placed["geometry"]["coordinates"], json!([now["lon"], now["lat"]]));
    server.correct(&id, &json!({"fields": {"gazetteer_id": GAO, "status": "denied"}})).await;
    let denied = server.incident("ar").await;
    assert_eq!((&denied["geometry"], &denied["properties"]["lat"]), (&Value::Null, &Value::Null));
    assert_eq!(denied["properties"]["place_name"], "Gao");
    server.correct(&id, &json!({"fields": {"gazetteer_id": null}})).await;
    let nowhere = server.incident("ar").await;
    assert_eq!((&nowhere["geometry"], &nowhere["properties"]["place_name"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn corrected_fields_and_verdicts_reach_the_events() {
    let server = Server::new();
    let together = |events: Vec<Value>| events.iter().any(|e| e["properties"]["sources"].as_array().unwrap().len() == 2);
    assert!(together(server.features(EVENTS).await), "the French and the English report tell one event");
    let id = server.id("fr").await;
    let toll = server.correct(&id, &json!({"fields": {"killed_low": 24, "killed_best": 24, "killed_high": 24}})).await;
    let events = server.features(EVENTS).await;
    assert!(events.iter().any(|e| e["properties"]["killed_high"] == 24), "{events:?}");
    server.undo(&toll).await;
    let rejected = server.correct(&id, &json!({"verdict": "rejected", "note": "another year"})).await;
    assert_eq!((&rejected["incident"]["geometry"], &rejected["changed"]["incidents_moved"]), (&Value::Null, &json!(1)));
    let events = server.features(EVENTS).await;
    assert!(!together(events.clone()) && !json!(events).to_string().contains(&id), "{events:?}");
    // Kept, but not among the incidents unless asked for.
    assert!(server.features(INCIDENTS).await.iter().all(|f| f["id"] != id.as_str()));
    let kept = server.features(&format!("{INCIDENTS}?verdict=rejected")).await;
    assert_eq!((kept.len(), &kept[0]["id"], &kept[0]["geometry"]), (1, &json!(id), &Value::Null));
    assert_eq!(kept[0]["properties"]["corrected"]["verdict"], "rejected");
    assert_eq!(server.features(&format!("{INCIDENTS}?verdict=none,confirmed,rejected")).await.len(), 3);
    assert_eq!(server.features(&format!("{FIXES}?verdict=rejected&q=another")).await.len(), 1);
}

#[tokio::test]
async fn a_correction_outlives_other_readings_and_one_whose_incident_is_gone_is_kept() {
    let server = Server::new();
    let id = server.id("ar").await;
    server.correct(&id, &json!({"fields": {"killed_low": 9, "killed_best": 9, "killed_high": 9}, "verdict": "confirmed"})).await;
    // A new place makes the report be read again.
    let names = json!([{"name": "زكدوبيت", "lang": "ar", "kind": "preferred"}]);
    let place = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.25, 15.75]},
        "properties": {"name": "Zakdoubit", "names": names}});
    let (status, added, _) = server.ask("POST", "/api/collections/places/items", None, Some(&place)).await;
    assert_eq!((status, &added["changed"]["reports_read"]), (StatusCode::CREATED, &json!(1)), "{added}");
    let read_again = server.incident("ar").await;
    assert_eq!((&read_again["properties"]["place_name"], &read_again["properties"]["killed_best"]), (&json!("Zakdoubit"), &json!(9)));
    assert_eq!(read_again["properties"]["corrected"]["machine"]["killed_best"], 7);
    // Its text gets a sentence before: another identifier, the same incident.
    server.correct(&server.id("fr").await, &json!({"fields": {"killed_low": 40, "killed_best": 40, "killed_high": 40}})).await;
    let old = server.id("fr").await;
    let longer = format!("Le marché de Bamako était calme lundi. {FRENCH}");
    take_in_beside(&server.folder, &[report("fr", "Wakat", &longer)], &server.router).await;
    let moved = server.incident("fr").await;
    assert_ne!(moved["id"], old.as_str(), "the test needs another identifier");
    assert_eq!(moved["properties"]["killed_best"], 40);
    assert!(server.features(&format!("{FIXES}?orphan=true")).await.is_empty());
    // What it was made for is told no more; what stands at the same place is another thing.
    let other = "Deux civils ont été tués mardi 7 mai 2024 dans une explosion à Ménaka, au Mali, selon la police.";
    take_in_beside(&server.folder, &[report("fr", "Wakat", other)], &server.router).await;
    assert_eq!(server.incident("fr").await["properties"]["killed_best"], 2);
    let orphans = server.features(&format!("{FIXES}?orphan=true")).await;
    assert_eq!((orphans.len(), &orphans[0]["properties"]["fields"]["killed_best"]), (1, &json!(40)));
    assert_eq!((&orphans[0]["properties"]["orphan"], &orphans[0]["properties"]["laid_on"]), (&json!(true), &Value::Null));
    assert_eq!(server.features(&format!("{FIXES}?orphan=false")).await.len(), 1);
    // Comes back with its incident; an orphan can be taken back by its own name.
    take_in_beside(&server.folder, &[report("fr", "Wakat", FRENCH)], &server.router).await;
    assert_eq!(server.incident("fr").await["properties"]["killed_best"], 40);
    let fix = format!("{FIXES}/{}", orphans[0]["id"].as_str().unwrap());
    assert_eq!(server.ask("DELETE", &fix, None, None).await.0, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(server.ask("DELETE", &fix, Some("*"), None).await.0, StatusCode::OK);
    assert_eq!(server.incident("fr").await["properties"]["killed_best"], 23);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_what_was_found_and_what_was_expected() {
    let server = Server::new();
    let before = server.export().await;
    let id = server.id("fr").await;
    let refused = [
        (json!({"event_type": "Protests"}), "fields.event_type"),
        (json!({"event_type": "Battles", "sub_event_type": "Abduction/forced disappearance"}), "fields.event_type"),
        (json!({"sub_event_type": "Ambush"}), "fields.sub_event_type"),
        (json!({"disorder_type": "Demonstrations"}), "fields.disorder_type"),
        (json!({"status": "rumoured"}), "fields.status"),
        (json!({"granularity": "part"}), "fields.granularity"),
        (json!({"date_start": "15/05/2024"}), "fields.date_start"),
        (json!({"date_start": "2024-02-30"}), "fields.date_start"),
        (json!({"date_start": "2024-05-16", "date_end": "2024-05-15"}), "fields.date_start"),
        (json!({"lat": 91, "lon": 1}), "fields.lat"),
        (json!({"lat": 16.2}), "fields.lat"),
        (json!({"lat": 0, "lon": 0}), "fields.lat"),
        (json!({"lat": 16.2, "lon": 1, "status": "denied"}), "fields.lat"),
        (json!({"killed_low": 5, "killed_best": 4, "killed_high": 6}), "fields.killed_low"),
        (json!({"killed_best": -1}), "fields.killed_best"),
        (json!({"killed_best": 99}), "fields.killed_best"),
        (json!({"killed_low": 9, "killed_best": 9, "killed_high": 9, "killed_a": 2, "killed_b": 2}), "fields.killed_a"),
        (json!({"country": "Mali"}), "fields.country"),
        (json!({"gazetteer_id": "geonames:1"}), "fields.gazetteer_id"),
        (json!({"place_name": "a\nb"}), "fields.place_name"),
        (json!({"actors": [{"name": "JNIM", "role": "hero", "kind": "rebel"}]}), "fields.actors[0].role"),
        (json!({"actors": "JNIM"}), "fields.actors"),
        (json!({"attribution": [7]}), "fields.attribution"),
        (json!({"evidence": []}), "fields.evidence"),
        (json!({"colour": "red"}), "fields.colour"),
        (json!({}), "fields"),
    ];
    for (fields, parameter) in refused {
        let (status, problem, _) = server.ask("PUT", &at(&id), None, Some(&json!({"fields": fields}))).await;
        assert_eq!((status, &problem["parameter"]), (StatusCode::BAD_REQUEST, &json!(parameter)), "{fields} {problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("found") && detail.contains("expected"), "{detail}");
    }
    for body in [json!({"verdict": "maybe"}), json!({"verdict": "confirmed", "colour": "red"}), json!([])] {
        assert_eq!(server.ask("PUT", &at(&id), None, Some(&body)).await.0, StatusCode::BAD_REQUEST, "{body}");
    }
    let nothing = server.ask("PUT", &at("inc-000000000000"), None, Some(&json!({"verdict": "confirmed"}))).await.0;
    assert_eq!((nothing, server.ask("GET", &at(&id), None, None).await.0), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(server.export().await, before);
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_taking_back_or_undoing_brings_the_old_bytes_back() {
    let server = Server::new();
    let before = server.export().await;
    let id = server.id("fr").await;
    let body = json!({"fields": {"sub_event_type": "Attack", "lat": 16.5, "lon": 0.5}, "verdict": "confirmed"});
    let (status, dry, _) = server.ask("PUT", &format!("{}?dry_run=true", at(&id)), None, Some(&body)).await;
    assert_eq!((status, &dry["incident"]["properties"]["event_type"]), (StatusCode::OK, &json!("Violence against civilians")), "{dry}");
    assert_eq!(server.export().await, before);
    let made = server.correct(&id, &body).await;
    let corrected = server.export().await;
    assert_ne!(corrected, before);
    server.undo(&made).await;
    assert_eq!(server.export().await, before);
    let made = server.correct(&id, &body).await;
    assert_eq!(made["incident"], {
        let mut shown = server.get(&format!("{INCIDENTS}/{id}")).await;
        shown["properties"].as_object_mut().unwrap().remove("cluster_id");
        shown.as_object_mut().unwrap().remove("links");
        shown
    });
    let (status, removed, _) = server.ask("DELETE", &at(&id), Some("*"), None).await;
    assert_eq!((status, server.export().await == before), (StatusCode::OK, true), "{removed}");
    server.undo(&removed).await;
    assert_eq!(server.export().await, corrected);
    let history = server.get("/api/history").await["changes"].as_array().unwrap().clone();
    let what: Vec<&str> = history.iter().map(|row| row["what"].as_str().unwrap()).collect();
    let expected = [
        "undone: correction of incident taken back",
        "correction of incident taken back",
        "incident confirmed",
        "undone: incident confirmed",
        "incident confirmed",
    ];
    assert_eq!(what, expected);
    assert!(history.iter().all(|row| row["subject"] == id.as_str()), "{history:?}");
    assert!(history[4]["detail"].as_str().unwrap().contains("lat: "), "{}", history[4]);
}

#[tokio::test]
async fn several_places_are_corrected_as_one_list() {
    let text = "Gunmen raided Tessit and Ansongo in Mali on Wednesday, 15 May 2024, killing 12 people.";
    let server = Server::with(&[report("list", "AFP", text)]);
    let before = server.incident("list").await;
    let id = before["id"].as_str().unwrap();
    assert_eq!((&before["geometry"]["type"], &before["properties"]["toll_shared"]), (&json!("MultiPoint"), &json!(true)));
    let other = before["properties"]["other_places"][0]["gazetteer_id"].clone();

    // Another main place: the further ones stay.
    let moved = server.correct(id, &json!({"fields": {"gazetteer_id": GAO}})).await;
    let now = server.incident("list").await;
    assert_eq!(now["properties"]["place_name"], "Gao");
    assert_eq!(now["properties"]["other_places"], before["properties"]["other_places"]);
    assert_eq!(now["geometry"]["coordinates"][0], json!([now["properties"]["lon"], now["properties"]["lat"]]));
    assert_eq!(now["geometry"]["coordinates"][1], before["geometry"]["coordinates"][1]);
    server.undo(&moved).await;
    assert_eq!(server.incident("list").await, before);

    // A further place that becomes the main one is not there twice.
    server.correct(id, &json!({"fields": {"gazetteer_id": other}})).await;
    let now = server.incident("list").await;
    assert_eq!((&now["properties"]["other_places"], &now["geometry"]["type"]), (&json!([]), &json!("Point")));
    assert_eq!(now["properties"]["toll_shared"], false);

    // None, and another one.
    server.correct(id, &json!({"fields": {"other_places": []}})).await;
    let now = server.incident("list").await;
    assert_eq!((&now["geometry"]["type"], &now["properties"]["toll_shared"]), (&json!("Point"), &json!(false)));
    assert_eq!(now["properties"]["corrected"]["machine"]["other_places"], before["properties"]["other_places"]);
    server.correct(id, &json!({"fields": {"other_places": [{"gazetteer_id": GAO}]}})).await;
    let now = server.incident("list").await;
    assert_eq!(now["properties"]["other_places"][0]["place_name"], "Gao");
    assert_eq!((&now["geometry"]["type"], &now["properties"]["toll_shared"]), (&json!("MultiPoint"), &json!(true)));

    // What is rejected is drawn nowhere.
    server.correct(id, &json!({"fields": {}, "verdict": "rejected"})).await;
    let (_, rejected, _) = server.ask("GET", &format!("{INCIDENTS}/{id}"), None, None).await;
    assert!(rejected["geometry"].is_null() && rejected["properties"]["other_places"][0]["lat"].is_null(), "{rejected}");

    for wrong in [json!([{"gazetteer_id": "geonames:0"}]), json!(["Gao"]), json!([{"place_name": "Gao"}]), json!("Gao")] {
        let (status, answer, _) = server.ask("PUT", &at(id), Some("*"), Some(&json!({"fields": {"other_places": wrong}}))).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
    }
}
