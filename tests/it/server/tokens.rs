//! Who may write, and who may read.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use dalil::gazetteer::Gazetteer;
use dalil::server::rules::Rules;
use dalil::server::token::{RANDOM_BYTES, issue};
use dalil::server::{State, app_with};
use dalil::store::{Role, Store, TokenRow, WatchRow};

use crate::kept;

use super::{Answer, ITEMS, PLACES, Server, place};

fn guarded() -> Server {
    Server::with(Rules { needs_token: true, ..Rules::default() })
}

/// Gives somebody a token, as the command line does.
fn token_for(server: &Server, name: &str, role: Role) -> String {
    let issued = issue(&[name.len() as u8; RANDOM_BYTES]);
    let row = TokenRow {
        name: name.to_owned(),
        mark: issued.mark,
        role,
        hash: issued.hash,
        created: "2026-11-22T06:00:00Z".to_owned(),
        revoked: None,
    };
    Store::open(server.folder.path()).unwrap().add_token(&row).unwrap();
    issued.token
}

async fn post_as(server: &Server, authorization: &str) -> Answer {
    server.post(&place("Tin-Zoo", 1.4, 16.2), &[(header::AUTHORIZATION, authorization)]).await
}

async fn get_as(server: &Server, path: &str, authorization: &str) -> Answer {
    server.ask(Request::get(path).header(header::AUTHORIZATION, authorization).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn without_a_token_nothing_is_changed_but_all_is_read() {
    let server = guarded();
    let refused = server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await;
    assert_eq!((refused.status, refused.header(header::WWW_AUTHENTICATE)), (StatusCode::UNAUTHORIZED, "Bearer realm=\"dalil\""));
    assert_eq!(refused.header(header::CONTENT_TYPE), "application/problem+json");
    for (method, path) in [("DELETE", "/api/collections/places/items/geonames:1"), ("PUT", "/nowhere"), ("POST", "/api/history/1/undo")] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        assert_eq!(server.ask(request).await.status, StatusCode::UNAUTHORIZED, "{method} {path}");
    }
    let places = server.get(PLACES).await;
    assert_eq!((places.status, places.json()["numberMatched"].as_u64()), (StatusCode::OK, Some(0)));
    let question = Request::post("/reconcile").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let question = server.ask(question.body(Body::from("queries={\"q0\":{\"query\":\"Gao\"}}")).unwrap()).await;
    assert_eq!(question.status, StatusCode::OK, "a question is no change");
}

#[tokio::test]
async fn what_is_followed_is_for_editors_to_see() {
    let row =
        WatchRow { address: "https://example.org/feed.xml".to_owned(), added: "2026-11-22T06:00:00Z".to_owned(), ..WatchRow::default() };
    let open = Server::new();
    let server = guarded();
    for folder in [open.folder.path(), server.folder.path()] {
        Store::open(folder).unwrap().add_watch(&row).unwrap();
    }
    let told = open.get("/api/watches").await.json();
    assert_eq!(
        (told["watches"][0]["address"].as_str(), told["watches"][0]["failures"].as_u64()),
        (Some("https://example.org/feed.xml"), Some(0))
    );
    assert!(told["watches"][0]["last_error"].is_null());
    let (reader, editor) = (token_for(&server, "visitor", Role::Reader), token_for(&server, "mobile team", Role::Editor));
    assert_eq!(server.get("/api/watches").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(server.get("/api/watches?f=html").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get_as(&server, "/api/watches", &format!("Bearer {reader}")).await.status, StatusCode::FORBIDDEN);
    let told = get_as(&server, "/api/watches", &format!("Bearer {editor}")).await;
    assert_eq!((told.status, told.json()["watches"].as_array().map(Vec::len)), (StatusCode::OK, Some(1)));
}

#[tokio::test]
async fn an_editor_writes_under_the_name_of_the_token_and_a_reader_does_not() {
    let server = guarded();
    let (reader, editor) = (token_for(&server, "visitor", Role::Reader), token_for(&server, "mobile team", Role::Editor));
    assert_eq!(post_as(&server, &format!("Bearer {reader}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(post_as(&server, &format!("bearer {editor}")).await.status, StatusCode::CREATED);
    // Looked at a second time, it is remembered, and answers the same.
    assert_eq!(post_as(&server, &format!("Bearer {reader}")).await.status, StatusCode::FORBIDDEN);
    let changes = server.get("/api/history").await.json();
    assert_eq!((changes["changes"].as_array().unwrap().len(), &changes["changes"][0]["who"]), (1, &"mobile team".into()));
}

#[tokio::test]
async fn who_may_write_is_told_under_which_name() {
    let server = guarded();
    let (reader, editor) = (token_for(&server, "visitor", Role::Reader), token_for(&server, "mobile team", Role::Editor));
    let ask = async |server: &Server, token: Option<&str>| {
        let request =
            token.into_iter().fold(Request::post("/api/bearer"), |r, token| r.header(header::AUTHORIZATION, format!("Bearer {token}")));
        server.ask(request.body(Body::empty()).unwrap()).await
    };
    let answer = ask(&server, Some(&editor)).await;
    assert_eq!((answer.status, &answer.json()["name"]), (StatusCode::OK, &"mobile team".into()));
    assert_eq!(ask(&server, Some(&reader)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        (ask(&server, None).await.status, ask(&server, Some("dalil_none")).await.status),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED)
    );
    assert_eq!(ask(&Server::new(), None).await.json()["name"], serde_json::Value::Null);
}

#[tokio::test]
async fn what_is_no_token_of_ours_is_refused() {
    let server = guarded();
    let token = token_for(&server, "editor", Role::Editor);
    let mut other_secret = token.clone();
    other_secret.pop();
    other_secret.push('0');
    assert_ne!(token, other_secret);
    let foreign = issue(&[99; RANDOM_BYTES]).token;
    for wrong in [other_secret, foreign, String::new(), "x".repeat(10_000), token.to_uppercase()] {
        let answer = post_as(&server, &format!("Bearer {wrong}")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
    }
    assert_eq!(post_as(&server, &format!("Basic {token}")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_taken_back_opens_nothing_from_then_on() {
    let server = guarded();
    let token = format!("Bearer {}", token_for(&server, "editor", Role::Editor));
    assert_eq!(post_as(&server, &token).await.status, StatusCode::CREATED);
    // By another process, while this one remembers the token.
    Store::open(server.folder.path()).unwrap().revoke_token("editor", "2026-11-22T07:00:00Z").unwrap();
    assert_eq!(post_as(&server, &token).await.status, StatusCode::UNAUTHORIZED);
    let store = Store::open(server.folder.path()).unwrap();
    assert!(store.revoke_token("editor", "2026-11-22T08:00:00Z").is_err() && store.revoke_token("nobody", "").is_err());
    let again = TokenRow { mark: "00000000".to_owned(), revoked: None, ..store.tokens().unwrap().remove(0) };
    assert!(store.add_token(&again).unwrap_err().to_string().contains("taken"), "a name means one bearer for ever");
}

#[tokio::test]
async fn a_private_server_answers_nobody_without_a_token() {
    let server = Server::with(Rules { is_private: true, ..Rules::default() });
    for path in ["/", "/api", ITEMS, "/events", "/metrics", "/nowhere", "/reconcile"] {
        assert_eq!(server.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    for path in ["/health", "/ready"] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await.status, StatusCode::UNAUTHORIZED);
    let reader = format!("Bearer {}", token_for(&server, "visitor", Role::Reader));
    assert_eq!(get_as(&server, ITEMS, &reader).await.status, StatusCode::OK);
    assert_eq!(post_as(&server, &reader).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_none_is_needed_a_token_still_says_who() {
    let server = Server::new();
    let token = format!("Bearer {}", token_for(&server, "Mariam", Role::Admin));
    assert_eq!(server.post(&place("Ouagarou", 3.0, 18.0), &[]).await.status, StatusCode::CREATED);
    assert_eq!(post_as(&server, &token).await.status, StatusCode::CREATED);
    assert_eq!(post_as(&server, "Bearer nonsense").await.status, StatusCode::UNAUTHORIZED);
    let changes = server.get("/api/history").await.json();
    let who: Vec<&str> = changes["changes"].as_array().unwrap().iter().map(|c| c["who"].as_str().unwrap()).collect();
    assert_eq!(who, ["Mariam", "page"]);
}

#[tokio::test]
async fn nobody_signs_as_another() {
    let folder = tempfile::tempdir().unwrap();
    kept::take_in(&folder, &[kept::report("r1", "AFP", "Gunmen killed three soldiers in Gao on 14 May 2024.")]);
    let state = State::open(folder.path(), Gazetteer::embedded(), || kept::NOW.to_owned()).unwrap();
    let server = Server { router: app_with(state, Rules { needs_token: true, ..Rules::default() }), folder };
    let token = format!("Bearer {}", token_for(&server, "mobile team", Role::Editor));
    let found = server.get(&format!("{ITEMS}?limit=1")).await.json();
    let path = format!("{ITEMS}/{}/correction", found["features"][0]["id"].as_str().unwrap());
    let request = Request::put(path).header(header::CONTENT_TYPE, "application/json").header(header::AUTHORIZATION, token);
    let answer = server.ask(request.body(Body::from("{\"verdict\":\"confirmed\",\"who\":\"Director\"}")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(server.get("/api/history").await.json()["changes"][0]["who"], "Director (mobile team)");
}
