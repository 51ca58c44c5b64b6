//! The temporal relations of CQL2, between the days of a feature and days that are given.

use cql2::Expr;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::Result;

use super::{Leaf, Predicate, Range, Schema, property, range, refuse, shown};
use crate::snapshot::schema::Kind;
use crate::snapshot::segment::days_of;

const SECONDS_A_DAY: f64 = 86_400.0;

/// Days since the first of 1970 of a date, a time or a text that is one.
pub(super) fn instant(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Date { date: inner } | Expr::Timestamp { timestamp: inner } => instant(inner),
        Expr::Literal(text) => match text.parse::<Date>() {
            Ok(date) if text.len() <= 10 => Some(days_of(date) as f64),
            _ => Some(text.parse::<Timestamp>().ok()?.as_second() as f64 / SECONDS_A_DAY),
        },
        _ => None,
    }
}

/// Two ends of values; an open one lies beyond every day.
fn values(expr: &Expr) -> Option<(Option<f64>, Option<f64>)> {
    let is_open = |expr: &Expr| matches!(expr, Expr::Literal(open) if open == ".." || open.is_empty());
    let end = |expr: &Expr| if is_open(expr) { Some(None) } else { instant(expr).map(Some) };
    match expr {
        Expr::Interval { interval } => match interval.as_slice() {
            [from, to] => Some((end(from)?, end(to)?)),
            _ => None,
        },
        // A date is a whole day, a time a moment; days of features are whole ones too.
        other => instant(other).map(|at| (Some(at), Some(at))),
    }
}

/// The properties that hold the first and the last day.
fn days(schema: &Schema, expr: &Expr) -> Result<Option<(usize, usize)>> {
    let day = |expr: &Expr| {
        let (at, found, _) = property(schema, expr)?;
        if found.kind == Kind::Day { Ok(at) } else { Err(refuse(&format!("«{}»", found.name), "a property that is a day")) }
    };
    match expr {
        Expr::Property { .. } => day(expr).map(|at| Some((at, at))),
        Expr::Interval { interval } => match interval.as_slice() {
            [from, to] if matches!((from.as_ref(), to.as_ref()), (Expr::Property { .. }, Expr::Property { .. })) => {
                Ok(Some((day(from)?, day(to)?)))
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// The relation that holds the other way round.
fn turned(op: &str) -> &str {
    match op {
        "t_after" => "t_before",
        "t_before" => "t_after",
        "t_contains" => "t_during",
        "t_during" => "t_contains",
        "t_finishedBy" => "t_finishes",
        "t_finishes" => "t_finishedBy",
        "t_meets" => "t_metBy",
        "t_metBy" => "t_meets",
        "t_overlappedBy" => "t_overlaps",
        "t_overlaps" => "t_overlappedBy",
        "t_startedBy" => "t_starts",
        "t_starts" => "t_startedBy",
        same => same,
    }
}

pub(super) fn predicate(schema: &Schema, op: &str, left: &Expr, right: &Expr) -> Result<Predicate> {
    let (op, (first, last), given) = match (days(schema, left)?, days(schema, right)?) {
        (Some(days), None) => (op, days, right),
        (None, Some(days)) => (turned(op), days, left),
        _ => return Err(refuse(&format!("{op} of {} and {}", shown(left), shown(right)), "a day of the feature and a date or interval")),
    };
    let (from, to) = values(given).ok_or_else(|| refuse(&shown(given), "DATE('…'), TIMESTAMP('…') or INTERVAL('…','…')"))?;
    // An open end lies before or after every day.
    let is = |at: usize, op: &str, end: Option<f64>, open: bool| match end {
        Some(end) => Predicate::leaf(Leaf::Number(at, range(op, end))),
        None if open => Predicate::leaf(Leaf::Number(at, Range::default())),
        None => Predicate::Always(false),
    };
    let both = |one: Predicate, other: Predicate| Ok(Predicate::And(vec![one, other]));
    match op {
        "t_after" => Ok(is(first, ">", to, false)),
        "t_before" => Ok(is(last, "<", from, false)),
        "t_disjoint" => Ok(Predicate::Or(vec![is(last, "<", from, false), is(first, ">", to, false)])),
        "t_intersects" => both(is(last, ">=", from, true), is(first, "<=", to, true)),
        "t_equals" => both(is(first, "=", from, false), is(last, "=", to, false)),
        "t_during" => both(is(first, ">", from, true), is(last, "<", to, true)),
        "t_contains" => both(is(first, "<", from, false), is(last, ">", to, false)),
        "t_finishedBy" => both(is(first, "<", from, false), is(last, "=", to, false)),
        "t_finishes" => both(is(first, ">", from, true), is(last, "=", to, false)),
        "t_meets" => Ok(is(last, "=", from, false)),
        "t_metBy" => Ok(is(first, "=", to, false)),
        "t_overlappedBy" => Ok(Predicate::And(vec![is(first, ">", from, true), is(first, "<", to, true), is(last, ">", to, false)])),
        "t_overlaps" => Ok(Predicate::And(vec![is(first, "<", from, false), is(last, ">", from, true), is(last, "<", to, true)])),
        "t_startedBy" => both(is(first, "=", from, false), is(last, ">", to, false)),
        "t_starts" => both(is(first, "=", from, false), is(last, "<", to, true)),
        _ => Err(refuse(op, "a temporal relation of CQL2, such as t_intersects, t_during, t_before, t_after")),
    }
}
