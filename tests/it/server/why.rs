//! Why a mention means its place, over HTTP.

use dalil::server::app;
use serde_json::{Value, json};

use super::*;

const MENTIONS: &str = "/api/collections/mentions/items";

/// A server over one report that was really read.
fn reading(text: &str) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let report = dalil::recognise::Report {
        id: "r/1".to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..dalil::recognise::Report::default()
    };
    let gazetteer = Gazetteer::embedded();
    let mut store = Store::open(folder.path()).unwrap();
    let mut reader = dalil::intake::Reader::open(&gazetteer, &store).unwrap();
    dalil::intake::take_in(&mut store, &[report], &mut reader, "2026-11-21T10:00:00Z").unwrap();
    let state = State::open(folder.path(), gazetteer, || "2026-11-21T10:00:00Z".to_owned()).unwrap();
    Server { router: app(state), folder }
}

fn first(collection: &Value) -> &Value {
    &collection["features"][0]
}

#[tokio::test]
async fn a_mention_tells_why_with_the_answer_that_was_published() {
    let server = reading("Deux morts dans la ville de Gao, au Mali. Le calme est revenu.");
    let mentions = server.get(MENTIONS).await.json();
    for mention in mentions["features"].as_array().unwrap() {
        let answer = server.get(&format!("{MENTIONS}/{}/why", mention["id"].as_str().unwrap())).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/json"));
        let (why, said) = (answer.json(), &mention["properties"]);
        assert_eq!(why["answer"]["place"]["id"], said["place_id"]);
        assert_eq!((&why["start"], &why["end"], &why["answer"]["confidence"]), (&said["start"], &said["end"], &said["confidence"]));
        assert!(!why["tried"].as_array().unwrap().is_empty() && !why["trials"].as_array().unwrap().is_empty(), "{why}");
    }
}

#[tokio::test]
async fn a_word_of_a_report_tells_why_it_is_none() {
    let server = reading("Deux morts dans la ville de Gao, au Mali. Le calme est revenu.");
    let why = server.get("/api/collections/reports/items/r%2F1/why?at=46").await.json();
    assert_eq!((&why["text"], &why["answer"], &why["report_id"]), (&json!("calme"), &json!(null), &json!("r/1")));
    assert_eq!(why["tried"][0]["outcome"], "lower_case");
}

#[tokio::test]
async fn a_person_s_decision_is_the_reason_and_hangs_on_no_word() {
    let server = reading("Deux morts à Gao, au Mali.");
    let mention = first(&server.get(MENTIONS).await.json())["id"].as_str().unwrap().to_owned();
    let pin = json!({"ruling": "pin", "name": "Gao", "place_id": "geonames:2460596", "scope": "always"});
    let request = Request::post("/api/collections/corrections/items").header(header::CONTENT_TYPE, "application/json");
    let pinned = server.ask(request.body(Body::from(pin.to_string())).unwrap()).await;
    assert!(pinned.status.is_success(), "{}", String::from_utf8_lossy(&pinned.bytes));
    let why = server.get(&format!("{MENTIONS}/{mention}/why")).await.json();
    assert_eq!(why["answer"]["place"]["id"], "geonames:2460596");
    assert!(why["candidates"][0]["reasons"][0]["what"].as_str().unwrap().contains("pinned"), "{why}");
    assert_eq!(why["trials"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_asked_is_a_problem_with_a_reason() {
    let server = reading("Deux morts à Gao, au Mali.");
    for (path, status, parameter) in [
        ("mentions/items/men-none/why", StatusCode::NOT_FOUND, None),
        ("reports/items/none/why?at=0", StatusCode::NOT_FOUND, None),
        ("incidents/items/x/why", StatusCode::NOT_FOUND, None),
        ("weather/items/x/why", StatusCode::NOT_FOUND, None),
        ("reports/items/r%2F1/why", StatusCode::BAD_REQUEST, Some("at")),
        ("reports/items/r%2F1/why?at=x", StatusCode::BAD_REQUEST, Some("at")),
        ("reports/items/r%2F1/why?at=-1", StatusCode::BAD_REQUEST, Some("at")),
        ("reports/items/r%2F1/why?at=4000", StatusCode::BAD_REQUEST, Some("at")),
        ("reports/items/r%2F1/why?at=1&at=2", StatusCode::BAD_REQUEST, Some("at")),
        ("reports/items/r%2F1/why?at=1&colour=red", StatusCode::BAD_REQUEST, Some("colour")),
        ("mentions/items/men-none/why?at=1", StatusCode::BAD_REQUEST, Some("at")),
    ] {
        let answer = server.get(&format!("/api/collections/{path}")).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (status, "application/problem+json"), "{path}");
        assert_eq!(answer.json()["parameter"].as_str(), parameter, "{path}");
    }
}

#[tokio::test]
async fn the_definition_tells_both_ways_to_ask() {
    let paths = Server::new().get("/api/openapi").await.json()["paths"].clone();
    assert!(paths[format!("{MENTIONS}/{{id}}/why")]["get"].is_object());
    let parameters = &paths["/api/collections/reports/items/{id}/why"]["get"]["parameters"];
    assert_eq!((&parameters[1]["name"], &parameters[1]["required"]), (&json!("at"), &json!(true)));
}
