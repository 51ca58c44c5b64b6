//! The definition of the parameters, as narrow as a schema can say it.

use serde_json::{Value, json};

use crate::gazetteer::kind::Layer;
use crate::layer::FORMATS;
use crate::snapshot::parameters::{BBOX, CRS84, GENERAL, MAX_Q_CHARS, asked_by_name};
use crate::snapshot::tile::MAX_ZOOM;
use crate::snapshot::{Kind, Property, Step, schema};
use crate::store::Collection;

use super::super::{asked, counts};

/// Whole numbers that surely fit, or ranges of them.
const RANGES: &str = "^(-?[0-9]{1,15}|-?[0-9]{1,15}[.][.](-?[0-9]{1,15})?|[.][.]-?[0-9]{1,15})$";
/// An identifier, which begins with where it is from.
const PLACE_ID: &str = "^[a-z]+:[0-9A-Za-z]+$";

/// A parameter of the one filter, or of what parts are asked for.
pub(super) fn of_question(collection: Collection, name: &str) -> Value {
    let property = asked_by_name(&schema(collection)).map(|(_, property)| property).find(|p| p.name == name);
    let description = [BBOX].iter().chain(&GENERAL).find(|(n, _)| *n == name).map(|(_, says)| *says).or(property.map(|p| p.description));
    let schema = match (name, property) {
        ("bbox", _) => {
            let of = |count: usize| json!({"minItems": count, "maxItems": count});
            json!({"type": "array", "items": {"type": "number"}, "oneOf": [of(4), of(6)]})
        }
        // More than the most is no error (/req/core/fc-limit-response-1), so that the definition names no maximum.
        ("limit", _) => json!({"type": "integer", "minimum": 1}),
        ("offset", _) => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        ("download", _) => json!({"type": "string", "enum": ["0", "1", "false", "true"]}),
        ("filter-lang", _) => json!({"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"}),
        ("filter-crs", _) => json!({"type": "string", "enum": [CRS84]}),
        ("sortby", _) => list(&json!({"type": "string", "enum": orders(collection)})),
        ("country", _) => list(&json!({"type": "string", "pattern": "^[A-Z]{2}$"})),
        (_, Some(property)) => of_property(property),
        ("q", _) => json!({"type": "string", "maxLength": MAX_Q_CHARS}),
        _ => json!({"type": "string"}),
    };
    json!({"name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": description, "schema": schema})
}

fn of_property(property: &Property) -> Value {
    match ((property.allowed)(), property.kind) {
        (allowed, _) if !allowed.is_empty() => list(&json!({"type": "string", "enum": allowed})),
        (_, Kind::Flag) => json!({"type": "boolean"}),
        (_, Kind::Integer) => list(&json!({"type": "string", "pattern": RANGES})),
        _ => list(&json!({"type": "string"})),
    }
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

/// What features can be sorted by, either way.
fn orders(collection: Collection) -> Vec<String> {
    let names = schema(collection).properties.iter().filter(|p| p.kind != Kind::Texts).map(|p| p.name).collect::<Vec<_>>();
    names.iter().flat_map(|name| [(*name).to_owned(), format!("-{name}")]).collect()
}

/// A parameter of counts, files and tiles; `path` has it in braces, or it is a part of the query.
pub(super) fn of_counts(collection: Collection, path: &str, name: &str, says: &str) -> Value {
    let is_in_path = path.contains(&format!("{{{name}}}"));
    let of_kind =
        |wanted: &[Kind]| schema(collection).properties.iter().filter(|p| wanted.contains(&p.kind)).map(|p| p.name).collect::<Vec<_>>();
    let schema = match name {
        "f" => json!({"type": "string", "enum": FORMATS.iter().filter(|f| f.suits(collection)).map(|f| f.name).collect::<Vec<_>>()}),
        "manifest" => json!({"type": "string", "enum": ["0", "1"]}),
        "properties" => {
            json!({"type": "array", "minItems": 1, "items": {"type": "string", "enum": of_kind(&[Kind::Text, Kind::Texts, Kind::Flag])}})
        }
        "most" => json!({"type": "integer", "minimum": 1, "maximum": counts::MAX_MOST}),
        "step" => json!({"type": "string", "enum": Step::ALL.map(|(name, _)| name)}),
        "sum" => json!({"type": "string", "enum": of_kind(&[Kind::Integer])}),
        "z" => json!({"type": "integer", "minimum": 0, "maximum": MAX_ZOOM}),
        "x" | "y" => json!({"type": "integer", "minimum": 0, "maximum": (1_u32 << MAX_ZOOM) - 1}),
        _ => json!({"type": "string"}),
    };
    let is_required = is_in_path || name == "properties";
    let style = if is_in_path { "simple" } else { "form" };
    let place = if is_in_path { "path" } else { "query" };
    json!({"name": name, "in": place, "required": is_required, "style": style, "explode": false, "description": says, "schema": schema})
}

/// A parameter of the geocoder.
pub(super) fn of_geocoder(name: &str, is_required: bool) -> Value {
    let degrees = |most: u8| json!({"type": "number", "minimum": -i16::from(most), "maximum": most});
    let layers = || Layer::ALL.iter().map(|l| l.label()).chain(["coarse"]).collect::<Vec<_>>();
    let schema = match name {
        "text" | "q" => json!({"type": "string", "minLength": 1, "maxLength": asked::MAX_TEXT_CHARS, "pattern": "\\S"}),
        "size" | "limit" => json!({"type": "integer", "minimum": 1, "maximum": asked::MAX_SIZE}),
        "layers" => list(&json!({"type": "string", "enum": layers()})),
        "boundary.country" => list(&json!({"type": "string", "pattern": "^[A-Za-z]{2,3}$"})),
        "ids" => json!({"type": "array", "minItems": 1, "maxItems": asked::MAX_SIZE, "items": {"type": "string", "pattern": PLACE_ID}}),
        "boundary.circle.radius" => json!({"type": "number", "minimum": 0.001, "maximum": asked::MAX_RADIUS_KM}),
        _ if name.ends_with("lat") => degrees(90),
        _ if name.ends_with("lon") => degrees(180),
        _ => json!({"type": "string"}),
    };
    json!({"name": name, "in": "query", "required": is_required, "style": "form", "explode": false, "schema": schema})
}
