//! CQL2, text and JSON, as a predicate on the properties of a collection.
//!
//! The grammar is that of the `cql2` crate; what its expressions mean here is decided once, when they are read, not feature by feature.

mod temporal;

use std::num::NonZeroUsize;
use std::sync::Once;

use cql2::Expr;
use geo::{CoordsIter, Geometry};

use crate::error::{Error, Result};
use crate::store::Bounds;

use super::predicate::{Leaf, Like, Predicate, Range, Relation, TextTest};
use super::schema::{Kind, Property, Schema};

/// Longer filters are refused: the parser goes as deep as brackets and negations do.
const MAX_BYTES: usize = 4_000;
/// Brackets within brackets.
const MAX_DEPTH: usize = 40;
/// Rules that the parser may try: it tries a bracket that is not closed in each of its readings, at every depth.
const MAX_TRIED: usize = 500_000;
/// The name under which spatial conditions ask for what is drawn.
pub(super) const GEOMETRY: &str = "geometry";

/// Reads CQL2 text.
///
/// # Errors
/// [`Error::Value`] with what could not be understood.
pub fn from_text(schema: &Schema, filter: &str) -> Result<Predicate> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(MAX_TRIED)));
    is_short(filter)?;
    let read = cql2::parse_text(filter)
        .map_err(|e| refuse(&first_lines(&e.to_string()), "CQL2 text, such as killed_best > 3 AND country = 'ML'"))?;
    predicate(schema, &read)
}

/// Reads CQL2 JSON.
///
/// # Errors
/// [`Error::Value`] with what could not be understood.
pub fn from_json(schema: &Schema, filter: &str) -> Result<Predicate> {
    const EXAMPLE: &str = "CQL2 JSON, such as {\"op\":\"=\",\"args\":[{\"property\":\"country\"},\"ML\"]}";
    is_short(filter)?;
    let read = cql2::parse_json(filter).map_err(|e| refuse(&e.to_string(), EXAMPLE))?;
    predicate(schema, &read)
}

fn is_short(filter: &str) -> Result<()> {
    if filter.len() > MAX_BYTES {
        return Err(refuse(&format!("{} bytes", filter.len()), &format!("at most {MAX_BYTES}")));
    }
    let mut depth = 0_usize;
    for byte in filter.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(refuse("brackets too deep within each other", &format!("at most {MAX_DEPTH}")));
        }
    }
    Ok(())
}

/// The parser draws the line and points at the place; that is one line too many for a problem's detail only when it is a list.
fn first_lines(told: &str) -> String {
    told.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

fn refuse(found: &str, expected: &str) -> Error {
    Error::value("filter", found, expected)
}

fn predicate(schema: &Schema, expr: &Expr) -> Result<Predicate> {
    match expr {
        Expr::Bool(holds) => Ok(Predicate::Always(*holds)),
        Expr::Property { .. } => {
            let (at, property, _) = property(schema, expr)?;
            if property.kind != Kind::Flag {
                return Err(refuse(&format!("«{}» alone", property.name), "a comparison: only true-or-false properties stand alone"));
            }
            Ok(Predicate::leaf(Leaf::Text(at, TextTest::OneOf(vec!["true".to_owned()]))))
        }
        Expr::Operation { op, args } => operation(schema, op, &args.iter().map(AsRef::as_ref).collect::<Vec<_>>()),
        other => Err(refuse(&shown(other), "a condition")),
    }
}

fn operation(schema: &Schema, op: &str, args: &[&Expr]) -> Result<Predicate> {
    let all = || args.iter().map(|arg| predicate(schema, arg)).collect::<Result<Vec<_>>>();
    match (op, args) {
        ("and", _) => Ok(Predicate::And(all()?)),
        ("or", _) => Ok(Predicate::Or(all()?)),
        ("not", [one]) => Ok(Predicate::Not(Box::new(predicate(schema, one)?))),
        ("isNull", [Expr::Property { property: name }]) if name == GEOMETRY => Ok(Predicate::leaf(Leaf::NotDrawn)),
        ("isNull", [one]) => Ok(Predicate::leaf(Leaf::Null(property(schema, one)?.0))),
        ("=" | "<>" | "<" | "<=" | ">" | ">=", [left, right]) => {
            let (op, subject, value) = if is_value(left) { (turned(op), *right, *left) } else { (op, *left, *right) };
            comparison(schema, op, subject, value)
        }
        ("between", [subject, from, to]) => {
            let low = comparison(schema, ">=", subject, from)?;
            Ok(low.and(comparison(schema, "<=", subject, to)?))
        }
        ("in", [subject, Expr::Array(values)]) => {
            let any = values.iter().map(|value| comparison(schema, "=", subject, value)).collect::<Result<Vec<_>>>()?;
            Ok(Predicate::Or(any))
        }
        ("like", [subject, pattern]) => {
            let (at, property, fold) = property(schema, subject)?;
            let (pattern, of_pattern) = literal(pattern)?;
            is_text(property, "LIKE")?;
            let like = Like { pattern, casei: fold.casei || of_pattern.casei, accenti: fold.accenti || of_pattern.accenti };
            Ok(Predicate::leaf(Leaf::Text(at, TextTest::Like(like))))
        }
        (op, [left, right]) if op.starts_with("s_") => spatial(op, left, right),
        (op, [left, right]) if op.starts_with("t_") => temporal::predicate(schema, op, left, right),
        ("a_contains" | "a_overlaps", [subject, Expr::Array(values)]) => {
            let (at, property, _) = property(schema, subject)?;
            if property.kind != Kind::Texts {
                return Err(refuse(&format!("«{}»", property.name), "a list: actor, attribution, report"));
            }
            let texts = values.iter().map(|v| literal(v).map(|(text, _)| text)).collect::<Result<Vec<_>>>()?;
            let test = if op == "a_contains" { Leaf::HasAll(at, texts) } else { Leaf::Text(at, TextTest::OneOf(texts)) };
            Ok(Predicate::leaf(test))
        }
        _ => Err(refuse(
            &format!("the operation «{op}» of {} arguments", args.len()),
            "and, or, not, =, <>, <, <=, >, >=, between, in, like, isNull, casei, accenti, the relations s_… and t_…, a_contains, a_overlaps",
        )),
    }
}

/// The operation with its sides changed over.
fn turned(op: &str) -> &str {
    match op {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        same => same,
    }
}

fn comparison(schema: &Schema, op: &str, subject: &Expr, value: &Expr) -> Result<Predicate> {
    let (at, property, fold) = property(schema, subject)?;
    let is_not = op == "<>";
    let leaf = match property.kind {
        Kind::Text | Kind::Texts => {
            let (text, of_text) = literal(value)?;
            let like = Like { pattern: String::new(), casei: fold.casei || of_text.casei, accenti: fold.accenti || of_text.accenti };
            Leaf::Text(at, texts(op, text, like)?)
        }
        Kind::Flag => match (op, value) {
            ("=" | "<>", Expr::Bool(flag)) => Leaf::Text(at, TextTest::OneOf(vec![flag.to_string()])),
            _ => return Err(mismatch(property, value, "= or <> and true or false")),
        },
        Kind::Integer | Kind::Real => match value {
            Expr::Float(number) if number.is_finite() => Leaf::Number(at, range(op, *number)),
            _ => return Err(mismatch(property, value, "a number")),
        },
        Kind::Day => Leaf::Number(
            at,
            range(op, temporal::instant(value).ok_or_else(|| mismatch(property, value, "a date, such as DATE('2022-09-06')"))?),
        ),
    };
    let leaf = Predicate::leaf(leaf);
    Ok(if is_not { Predicate::Not(Box::new(leaf)) } else { leaf })
}

fn texts(op: &str, text: String, like: Like) -> Result<TextTest> {
    if like.casei || like.accenti {
        return match op {
            "=" | "<>" => Ok(TextTest::Folded(like, vec![text])),
            _ => Err(refuse(&format!("«{op}» of texts without capitals or marks"), "=, <>, in or like")),
        };
    }
    Ok(match op {
        "<" => TextTest::Between(None, Some((text, false))),
        "<=" => TextTest::Between(None, Some((text, true))),
        ">" => TextTest::Between(Some((text, false)), None),
        ">=" => TextTest::Between(Some((text, true)), None),
        _ => TextTest::OneOf(vec![text]),
    })
}

pub(super) fn range(op: &str, number: f64) -> Range {
    match op {
        "<" => Range { from: None, to: Some((number, false)) },
        "<=" => Range { from: None, to: Some((number, true)) },
        ">" => Range { from: Some((number, false)), to: None },
        ">=" => Range { from: Some((number, true)), to: None },
        _ => Range::exactly(number),
    }
}

fn spatial(op: &str, left: &Expr, right: &Expr) -> Result<Predicate> {
    let is_drawn = |expr: &Expr| matches!(expr, Expr::Property { property } if property == GEOMETRY);
    let (geometry, is_turned) = match (is_drawn(left), is_drawn(right)) {
        (true, false) => (right, false),
        (false, true) => (left, true),
        _ => return Err(refuse(&format!("{op} of {} and {}", shown(left), shown(right)), "the property «geometry» and a geometry")),
    };
    let relation = match (op, is_turned) {
        ("s_intersects", _) => Relation::Intersects,
        ("s_disjoint", _) => Relation::Disjoint,
        ("s_within", false) | ("s_contains", true) => Relation::Within,
        ("s_contains", false) | ("s_within", true) => Relation::Contains,
        ("s_equals", _) => Relation::Equals,
        ("s_touches", _) => Relation::Touches,
        ("s_crosses", _) => Relation::Crosses,
        ("s_overlaps", _) => Relation::Overlaps,
        _ => return Err(refuse(op, "s_intersects, s_disjoint, s_within, s_contains, s_equals, s_touches, s_crosses, s_overlaps")),
    };
    let unread = || refuse(&shown(geometry), "a geometry in degrees, such as POINT(0 16), BBOX(-1,15,1,17) or GeoJSON");
    if let (Relation::Intersects, Expr::BBox { bbox }) = (relation, geometry) {
        let sides: Option<Vec<f64>> =
            bbox.iter().map(|side| if let Expr::Float(number) = side.as_ref() { Some(*number) } else { None }).collect();
        let sides = sides.ok_or_else(unread)?;
        let ([west, south, east, north] | [west, south, _, east, north, _]) = sides[..] else { return Err(unread()) };
        let is_lying = |lon: f64, lat: f64| lon.abs() <= 180.0 && lat.abs() <= 90.0;
        if !is_lying(west, south) || !is_lying(east, north) || south > north {
            return Err(unread());
        }
        return Ok(Predicate::leaf(Leaf::Box(Bounds { west, south, east, north })));
    }
    let geometry: Geometry = Geometry::try_from(geometry.clone()).map_err(|_e| unread())?;
    let is_lying = geometry.coords_iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0);
    if !is_lying || geometry.coords_iter().next().is_none() {
        return Err(unread());
    }
    Ok(Predicate::leaf(Leaf::Shape(relation, Box::new(geometry))))
}

fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Property { .. } => false,
        Expr::Operation { args, .. } => args.iter().all(|arg| is_value(arg)),
        _ => true,
    }
}

/// A property, perhaps within `CASEI` or `ACCENTI`.
pub(super) fn property(schema: &Schema, expr: &Expr) -> Result<(usize, &'static Property, Like)> {
    match expr {
        Expr::Property { property: name } => {
            let (at, found) = schema.find(name).ok_or_else(|| {
                let names: Vec<&str> = schema.properties.iter().map(|p| p.name).collect();
                refuse(&format!("the property «{name}»"), &format!("one of {}, {GEOMETRY}", names.join(", ")))
            })?;
            Ok((at, found, Like::default()))
        }
        Expr::Operation { op, args } if matches!((op.as_str(), args.len()), ("casei" | "accenti", 1)) => {
            let (at, found, fold) = property(schema, args.first().map_or(expr, AsRef::as_ref))?;
            is_text(found, op)?;
            Ok((at, found, Like { casei: fold.casei || op == "casei", accenti: fold.accenti || op == "accenti", ..fold }))
        }
        other => Err(refuse(&shown(other), "a property")),
    }
}

/// A text, perhaps within `CASEI` or `ACCENTI`.
fn literal(expr: &Expr) -> Result<(String, Like)> {
    match expr {
        Expr::Literal(text) => Ok((text.clone(), Like::default())),
        Expr::Operation { op, args } if matches!((op.as_str(), args.len()), ("casei" | "accenti", 1)) => {
            let (text, fold) = literal(args.first().map_or(expr, AsRef::as_ref))?;
            Ok((text, Like { casei: fold.casei || op == "casei", accenti: fold.accenti || op == "accenti", ..fold }))
        }
        other => Err(refuse(&shown(other), "a text, such as 'ML'")),
    }
}

fn is_text(property: &Property, op: &str) -> Result<()> {
    match property.kind {
        Kind::Text | Kind::Texts => Ok(()),
        _ => Err(refuse(&format!("{op} of «{}»", property.name), "a property that is a text")),
    }
}

fn mismatch(property: &Property, value: &Expr, expected: &str) -> Error {
    refuse(&format!("«{}» and {}", property.name, shown(value)), expected)
}

pub(super) fn shown(expr: &Expr) -> String {
    let text = expr.to_text().unwrap_or_else(|_| format!("{expr:?}"));
    format!("«{}»", text.chars().take(80).collect::<String>())
}

#[cfg(test)]
mod tests;
