//! What the interface says of itself (OGC API – Features, part 1).

use axum::Json;
use axum::extract::{Path, State as Shared};
use serde_json::{Value, json};

use crate::store::{Bounds, Collection};

use super::State;
use super::items::known;
use super::reply::Problem;

const CONFORMANCE: &str = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf";

/// `GET /api`
pub(super) async fn landing() -> Json<Value> {
    Json(json!({
        "title": "dalil",
        "description": "What reports in Arabic, French and English say happened, where, and the sentences that prove it",
        "links": [
            link("self", "/api", "application/json", "this document"),
            link("service-desc", "/api/openapi", "application/vnd.oai.openapi+json;version=3.0", "the definition"),
            link("conformance", "/api/conformance", "application/json", "what it conforms to"),
            link("data", "/api/collections", "application/json", "the collections"),
            link("alternate", "/", "text/html", "the map"),
        ],
    }))
}

/// `GET /api/conformance`
pub(super) async fn conformance() -> Json<Value> {
    let classes = ["core", "geojson", "oas30"].map(|class| format!("{CONFORMANCE}/{class}"));
    Json(json!({"conformsTo": classes}))
}

/// `GET /api/collections`
pub(super) async fn collections(Shared(state): Shared<State>) -> Result<Json<Value>, Problem> {
    state.corroborate(Collection::Events).await?;
    let extents =
        state.read(|store| Collection::ALL.into_iter().map(|c| Ok((c, store.extent(c)?))).collect::<crate::Result<Vec<_>>>()).await?;
    let all: Vec<Value> = extents.into_iter().map(|(collection, extent)| described(collection, extent)).collect();
    Ok(Json(json!({"links": [link("self", "/api/collections", "application/json", "this document")], "collections": all})))
}

/// `GET /api/collections/{collection}`
pub(super) async fn collection(Shared(state): Shared<State>, Path(name): Path<String>) -> Result<Json<Value>, Problem> {
    let collection = known(&name)?;
    state.corroborate(collection).await?;
    let extent = state.read(move |store| store.extent(collection)).await?;
    Ok(Json(described(collection, extent)))
}

/// `GET /health`
pub(super) async fn health(Shared(state): Shared<State>) -> Result<Json<Value>, Problem> {
    let reports = state.read(crate::store::Store::report_count).await?;
    Ok(Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "reports": reports})))
}

fn described(collection: Collection, extent: Option<Bounds>) -> Value {
    let (title, description) = match collection {
        Collection::Corrections => {
            ("Corrections", "What people decided about names: pinned to a place, or rejected; features without geometry")
        }
        Collection::Events => {
            ("Events", "What incidents of several reports tell, merged: the best of each field, who says how many, all sources")
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
            link("self", &path, "application/json", "this document"),
            link("items", &format!("{path}/items"), "application/geo+json", "the features"),
        ],
    });
    if let Some(b) = extent {
        out["extent"] =
            json!({"spatial": {"bbox": [[b.west, b.south, b.east, b.north]], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}});
    }
    out
}

fn link(rel: &str, href: &str, media_type: &str, title: &str) -> Value {
    json!({"rel": rel, "href": href, "type": media_type, "title": title})
}
