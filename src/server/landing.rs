//! What the interface says of itself (OGC API – Features, part 1).

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use crate::layer::FORMATS;
use crate::store::{Bounds, Collection};

use super::State;
use super::items::known;
use super::reply::{Problem, base_of};

const SPEC: &str = "http://www.opengis.net/spec";
const REL: &str = "http://www.opengis.net/def/rel/ogc/1.0";

/// Specifications and the classes of each that hold here.
const CONFORMANCE: [(&str, &[&str]); 4] = [
    ("ogcapi-features-1/1.0", &["core", "geojson", "html", "oas30"]),
    ("ogcapi-features-3/1.0", &["queryables", "filter", "features-filter"]),
    (
        "cql2/1.0",
        &[
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "temporal-functions",
        ],
    ),
    ("ogcapi-features-8/1.0", &["sorting"]),
];

/// `GET /api`
pub(super) async fn landing(headers: HeaderMap) -> Json<Value> {
    let base = &base_of(&headers);
    Json(json!({
        "title": "dalil",
        "description": "What reports in Arabic, French and English say happened, where, and the sentences that prove it",
        "links": [
            link(base, "self", "/api", "application/json", "this document"),
            link(base, "service-desc", "/api/openapi", "application/vnd.oai.openapi+json;version=3.0", "the definition"),
            link(base, "conformance", "/api/conformance", "application/json", "what it conforms to"),
            link(base, "data", "/api/collections", "application/json", "the collections"),
            link(base, "alternate", "/api?f=html", "text/html", "this document as a page"),
            link(base, "service-doc", "/api/openapi?f=html", "text/html", "the definition as a page"),
            link(base, "related", "/", "text/html", "the map"),
        ],
    }))
}

/// `GET /api/conformance`
pub(super) async fn conformance() -> Json<Value> {
    let classes = CONFORMANCE.iter().flat_map(|(part, classes)| classes.iter().map(move |class| format!("{SPEC}/{part}/conf/{class}")));
    Json(json!({"conformsTo": classes.collect::<Vec<_>>()}))
}

/// `GET /api/collections`
pub(super) async fn collections(Shared(state): Shared<State>, headers: HeaderMap) -> Json<Value> {
    let base = &base_of(&headers);
    let snapshot = state.snapshot();
    let all: Vec<Value> = Collection::ALL.into_iter().map(|c| described(base, c, snapshot.layer(c).extent())).collect();
    let links = [
        link(base, "self", "/api/collections", "application/json", "this document"),
        link(base, "alternate", "/api/collections?f=html", "text/html", "this document as a page"),
    ];
    Json(json!({"links": links, "collections": all}))
}

/// `GET /api/collections/{collection}`
pub(super) async fn collection(Shared(state): Shared<State>, Path(name): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let collection = known(&name)?;
    Ok(Json(described(&base_of(&headers), collection, state.snapshot().layer(collection).extent())))
}

/// `GET /health`; `moment` counts the changes of the store that the answers show.
pub(super) async fn health(Shared(state): Shared<State>) -> Json<Value> {
    let snapshot = state.snapshot();
    let reports = snapshot.layer(Collection::Reports).len();
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "reports": reports, "moment": snapshot.moment()}))
}

fn described(base: &str, collection: Collection, extent: Option<Bounds>) -> Value {
    let (title, description) = match collection {
        Collection::Clusters => {
            ("Clusters", "Events, each merged of the incidents that tell it: the best of each field, who says how many, all sources")
        }
        Collection::Corrections => {
            ("Corrections", "What people decided about names: pinned to a place, or rejected; features without geometry")
        }
        Collection::IncidentCorrections => {
            ("Corrections of incidents", "What people say of incidents: other values, confirmed or rejected; features without geometry")
        }
        Collection::Incidents => ("Incidents", "Who did what to whom, where, when and how many, one feature an incident"),
        Collection::Mentions => ("Mentions", "Every place that a report names, with the reasons for the place chosen"),
        Collection::Places => ("Places", "Places that users of this store entered"),
        Collection::Reports => ("Reports", "The reports as they came in; features without geometry"),
        Collection::Rulings => ("Rulings", "What people decided about which incidents are one event; features without geometry"),
    };
    let path = format!("/api/collections/{}", collection.name());
    let mut out = json!({
        "id": collection.name(), "title": title, "description": description, "itemType": "feature",
        "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
        "links": [
            link(base, "self", &path, "application/json", "this document"),
            link(base, "alternate", &format!("{path}?f=html"), "text/html", "this document as a page"),
            link(base, "items", &format!("{path}/items"), "application/geo+json", "the features"),
            link(base, &format!("{REL}/queryables"), &format!("{path}/queryables"), "application/schema+json", "what features can be found by"),
            link(base, &format!("{REL}/sortables"), &format!("{path}/sortables"), "application/schema+json", "what features can be sorted by"),
        ],
    });
    if let Some(links) = out["links"].as_array_mut() {
        let formats = FORMATS.iter().filter(|format| format.suits(collection));
        links.extend(formats.map(|f| link(base, "enclosure", &format!("{path}/download?f={}", f.name), f.media_type, f.name)));
    }
    if let Some(b) = extent {
        out["extent"] =
            json!({"spatial": {"bbox": [[b.west, b.south, b.east, b.north]], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}});
    }
    out
}

fn link(base: &str, rel: &str, href: &str, media_type: &str, title: &str) -> Value {
    json!({"rel": rel, "href": format!("{base}{href}"), "type": media_type, "title": title})
}
