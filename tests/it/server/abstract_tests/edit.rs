//! Part 4, annex A and its requirements, where the annex is not yet written: create, replace, update, delete, optimistic locking.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use super::super::{Answer, PLACES, Server, place};
use super::nothing;

async fn change(server: &Server, method: Method, path: &str, tag: Option<&str>, body: &Value) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/geo+json");
    if let Some(tag) = tag {
        request = request.header(header::IF_MATCH, tag);
    }
    server.ask(request.body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) }).unwrap()).await
}

/// The address and tag of a place that was entered.
async fn entered(server: &Server) -> (String, String) {
    let answer = server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await;
    (answer.header(header::LOCATION).to_owned(), answer.header(header::ETAG).to_owned())
}

#[tokio::test]
async fn conf_create_replace_delete_insert_post_op_response_and_response_rid() {
    let server = Server::new();
    let posted = place("Tin-Zoo", 1.4, 16.2);
    let answer = server.post(&posted, &[]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let location = answer.header(header::LOCATION);
    let found = server.told(location).await;
    assert_eq!(found["geometry"], posted["geometry"]);
    assert_eq!(found["properties"]["name"], "Tin-Zoo");
    assert!(location.ends_with(found["id"].as_str().unwrap()));
    assert_eq!(server.told(PLACES).await["numberMatched"], 1);
}

#[tokio::test]
async fn conf_create_replace_delete_insert_body_and_content_type() {
    let server = Server::new();
    for (at, (media_type, status)) in [
        ("application/geo+json", StatusCode::CREATED),
        ("application/json", StatusCode::CREATED),
        ("text/plain", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/gml+xml", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ]
    .into_iter()
    .enumerate()
    {
        let body = Body::from(place("Tin-Zoo", 1.4 + at as f64, 16.2).to_string());
        let request = Request::post(PLACES).header(header::CONTENT_TYPE, media_type).body(body).unwrap();
        assert_eq!(server.ask(request).await.status, status, "{media_type}");
    }
}

#[tokio::test]
async fn conf_create_replace_delete_update_put_op_body_response_and_rid_exception() {
    let server = Server::new();
    let (location, tag) = entered(&server).await;
    let answer = change(&server, Method::PUT, &location, Some(&tag), &place("Tin-Zaa", 1.5, 16.3)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let found = server.told(&location).await;
    assert_eq!((&found["properties"]["name"], &found["geometry"]["coordinates"]), (&json!("Tin-Zaa"), &json!([1.5, 16.3])));
    let absent = change(&server, Method::PUT, &format!("{PLACES}/user:none"), Some("*"), &place("Tin-Zaa", 1.5, 16.3)).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn conf_create_replace_delete_delete_op_and_response() {
    let server = Server::new();
    let (location, tag) = entered(&server).await;
    assert_eq!(change(&server, Method::DELETE, &location, Some(&tag), &nothing()).await.status, StatusCode::OK);
    assert_eq!(server.as_client(&location).await.status, StatusCode::NOT_FOUND);
    assert_eq!(change(&server, Method::DELETE, &location, Some("*"), &nothing()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn conf_update_patch_op_is_a_json_merge_patch() {
    let server = Server::new();
    let (location, tag) = entered(&server).await;
    let answer = change(&server, Method::PATCH, &location, Some(&tag), &json!({"properties": {"note": "a well"}})).await;
    assert_eq!(answer.status, StatusCode::OK);
    let found = server.told(&location).await;
    assert_eq!((&found["properties"]["note"], &found["properties"]["name"]), (&json!("a well"), &json!("Tin-Zoo")));
}

#[tokio::test]
async fn conf_create_replace_delete_options_say_which_methods_there_are() {
    let server = Server::new();
    let (location, _) = entered(&server).await;
    for (path, method) in [(PLACES, "POST"), (&location, "PUT"), (&location, "PATCH"), (&location, "DELETE")] {
        let answer = server.ask(Request::options(path).body(Body::empty()).unwrap()).await;
        assert!(answer.status.is_success() && answer.header(header::ALLOW).contains(method), "{path} {method}");
    }
    // What is not there says what is: RFC 9110 wants it of 405.
    for (collection, method, item) in [("incidents", Method::POST, ""), ("rulings", Method::PUT, "/x"), ("mentions", Method::DELETE, "/x")]
    {
        let path = format!("/api/collections/{collection}/items{item}");
        let answer = change(&server, method.clone(), &path, Some("*"), &place("Tin-Zoo", 1.4, 16.2)).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = answer.header(header::ALLOW);
        assert!(allowed.contains("GET") && !allowed.contains(method.as_str()), "{path}: {allowed}");
    }
}

#[tokio::test]
async fn req_optimistic_locking_etags_get_put_and_patch_say_the_tag() {
    let server = Server::new();
    let (location, first) = entered(&server).await;
    let tag = async || server.as_client(&location).await.header(header::ETAG).to_owned();
    assert_eq!(tag().await, first);
    let put = change(&server, Method::PUT, &location, Some(&first), &place("Tin-Zaa", 1.5, 16.3)).await;
    assert_eq!(put.header(header::ETAG), tag().await);
    let patched = change(&server, Method::PATCH, &location, Some(&tag().await), &json!({"properties": {"note": "n"}})).await;
    assert_eq!(patched.header(header::ETAG), tag().await);
    assert!(first != tag().await && put.header(header::ETAG) != patched.header(header::ETAG));
}

#[tokio::test]
async fn req_optimistic_locking_etags_if_match_is_evaluated() {
    let server = Server::new();
    let (location, first) = entered(&server).await;
    let feature = place("Tin-Zaa", 1.5, 16.3);
    let patch = json!({"properties": {"note": "n"}});
    let put = async |tag: Option<&str>| change(&server, Method::PUT, &location, tag, &feature).await.status;
    assert_eq!(put(None).await, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(put(Some("\"another\"")).await, StatusCode::PRECONDITION_FAILED);
    assert_eq!(put(Some(&first)).await, StatusCode::OK);
    // The second of two that saw the same version changes nothing.
    assert_eq!(put(Some(&first)).await, StatusCode::PRECONDITION_FAILED);
    for (method, body) in [(Method::PATCH, &patch), (Method::DELETE, &nothing())] {
        assert_eq!(change(&server, method.clone(), &location, None, body).await.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(change(&server, method.clone(), &location, Some(&first), body).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(change(&server, method, &location, Some("*"), body).await.status, StatusCode::OK);
    }
}
