//! What follows from the fields that a person set: fields that hang on them, and ends that must keep their order.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::gazetteer::country_code::alpha3;
use crate::incident::correction::TOLLS;
use crate::incident::{EventType, SubEventType, inter, interaction};

/// `date_source` of days that a person set.
const PERSON: &str = "person";

/// Brings all but the place into line; what the person set stays.
pub(super) fn follow(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    days(fields, set);
    for harm in TOLLS {
        toll(fields, set, harm);
    }
    sides(fields, set);
    kind(fields, set);
}

/// What hangs on the country, which may have come with the place.
pub(super) fn country(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    let country = text(fields, "country");
    if fields.contains_key("country_a3") {
        fields.insert("country_a3".to_owned(), json!(country.as_deref().and_then(alpha3)));
    }
    if !set.contains_key("actors") {
        return;
    }
    let mut claimant = Value::Null;
    for actor in fields.get_mut("actors").and_then(Value::as_array_mut).into_iter().flatten() {
        let home = actor["country"].as_str().unwrap_or_default();
        let code = inter(actor["kind"].as_str().unwrap_or_default(), home, country.as_deref());
        let said = |key: &str| actor[key].clone();
        // The order of the published shape.
        *actor = json!({"name": said("name"), "role": said("role"), "text": said("text"), "kind": said("kind"), "inter": code, "country": said("country")});
        if actor["role"] == "claimant" && claimant.is_null() {
            claimant = actor["name"].clone();
        }
    }
    follows(fields, set, "claimed_by", claimant);
    sides_of(fields);
}

/// Who acts and who is acted against, by the roles that the person gave; as `incident::sides` chooses among those that were read.
fn sides_of(fields: &mut Map<String, Value>) {
    let actors = fields.get("actors").and_then(Value::as_array).cloned().unwrap_or_default();
    let first_of = |roles: &[&str]| roles.iter().find_map(|role| actors.iter().find(|a| a["role"] == *role));
    let one = first_of(&["actor1", "claimant", "blamed"]);
    let other = first_of(&["actor2", "victim"]).filter(|other| one.is_none_or(|one| one["name"] != other["name"]));
    let code = |actor: Option<&Value>| actor.and_then(|a| a["inter"].as_u64()).and_then(|code| u8::try_from(code).ok());
    let met = interaction(code(one), code(other));
    let of = |actor: Option<&Value>, key: &str| actor.map_or(Value::Null, |a| a[key].clone());
    for (name, value) in [
        ("actor1", of(one, "name")),
        ("inter1", of(one, "inter")),
        ("actor2", of(other, "name")),
        ("inter2", of(other, "inter")),
        ("interaction", if met.is_empty() { Value::Null } else { json!(met) }),
    ] {
        fields.insert(name.to_owned(), value);
    }
}

/// Tolls are shared while there are several places.
pub(super) fn shared(fields: &mut Map<String, Value>) {
    if !fields.contains_key("toll_shared") {
        return;
    }
    let is_told =
        TOLLS.iter().any(|harm| ["low", "high"].iter().any(|end| fields.get(&format!("{harm}_{end}")).is_some_and(|n| !n.is_null())));
    let has_others = fields.get("other_places").and_then(Value::as_array).is_some_and(|others| !others.is_empty());
    fields.insert("toll_shared".to_owned(), json!(is_told && has_others));
}

fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    fields.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// Sets what the person left open.
pub(super) fn follows(fields: &mut Map<String, Value>, set: &Map<String, Value>, name: &str, value: Value) {
    if !set.contains_key(name) {
        fields.insert(name.to_owned(), value);
    }
}

fn days(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    let ends = ["date_start", "date_end"];
    let [is_start, is_end] = ends.map(|end| set.contains_key(end));
    if !is_start && !is_end {
        return;
    }
    let [start, end] = ends.map(|end| text(fields, end));
    // A later reading may have moved the end that the person left; then the day that is set is all that is known.
    let (start, end) = match (start, end) {
        (Some(start), Some(end)) if start > end && is_start => (Some(start.clone()), Some(start)),
        (Some(start), Some(end)) if start > end => (Some(end.clone()), Some(end)),
        (Some(start), None) if is_start => (Some(start.clone()), Some(start)),
        (None, Some(end)) if is_end => (Some(end.clone()), Some(end)),
        (Some(start), Some(end)) => (Some(start), Some(end)),
        _ => (None, None),
    };
    let length = start.as_deref().zip(end.as_deref()).and_then(|(start, end)| {
        let (start, end): (Date, Date) = (start.parse().ok()?, end.parse().ok()?);
        Some((end - start).get_days())
    });
    let precision = |steps: &[i32]| json!(length.map(|days| steps.iter().take_while(|most| days > **most).count() + 1));
    fields.insert("date_start".to_owned(), json!(start));
    fields.insert("date_end".to_owned(), json!(end));
    // ACLED: a day, a week, more. UCDP: a day, two to six, a week, a month, more.
    follows(fields, set, "time_precision", precision(&[0, 6]));
    follows(fields, set, "date_prec", precision(&[0, 5, 6, 30]));
    fields.insert("date_source".to_owned(), json!(if length.is_some() { PERSON } else { "none" }));
}

/// The ends that the person left reach as far as those that are set.
fn toll(fields: &mut Map<String, Value>, set: &Map<String, Value>, harm: &str) {
    let [low, best, high] = ["low", "best", "high"].map(|end| format!("{harm}_{end}"));
    let figures: Vec<u64> = [&low, &best, &high].iter().filter_map(|end| set.get(*end)?.as_u64()).collect();
    let (Some(least), Some(most)) = (figures.iter().min().copied(), figures.iter().max().copied()) else { return };
    let number = |fields: &Map<String, Value>, end: &str| fields.get(end).and_then(Value::as_u64);
    let least = number(fields, &low).map_or(least, |n| n.min(least));
    follows(fields, set, &low, json!(least));
    let most = number(fields, &high).map_or(most, |n| n.max(most));
    follows(fields, set, &high, json!(most));
    let (low, high) = (number(fields, &low).unwrap_or(least), number(fields, &high).unwrap_or(most));
    follows(fields, set, &best, json!(number(fields, &best).unwrap_or(low).clamp(low.min(high), high)));
}

/// Groups and sides of the dead that do not make the corrected figure any more are not known.
fn sides(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    let sides = ["killed_a", "killed_b", "killed_civilians", "killed_unknown"];
    let is_set = |name: &&str| set.contains_key(*name);
    let ends = ["killed_low", "killed_best", "killed_high"];
    if !ends.iter().chain(&sides).any(is_set) {
        return;
    }
    let number = |name: &str| fields.get(name).and_then(Value::as_u64);
    let (low, high) = (number("killed_low"), number("killed_high"));
    let is_whole = low.is_some() && sides.iter().filter_map(|side| number(side)).sum::<u64>() == low.unwrap_or_default();
    if ends.iter().any(is_set) {
        let qualifier = if low.is_some() && low == high { json!("exact") } else { Value::Null };
        follows(fields, set, "killed_qualifier", qualifier);
    }
    if !is_whole {
        for side in sides {
            follows(fields, set, side, Value::Null);
        }
        fields.insert("killed_detail".to_owned(), json!([]));
    }
}

/// Type, disorder and the flags that hang on what happened, to whom, with how many dead.
fn kind(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    let hangs = ["sub_event_type", "civilian_targeting", "actors", "killed_low", "killed_high", "killed_b"];
    let Some(kind) = text(fields, "sub_event_type").and_then(|k| SubEventType::from_label(&k)) else { return };
    let of = kind.event_type();
    fields.insert("event_type".to_owned(), json!(of.label()));
    fields.insert("disorder_type".to_owned(), json!(kind.disorder_type()));
    if !hangs.iter().any(|name| set.contains_key(*name)) {
        return;
    }
    let targeting = match of {
        EventType::Violence => Some(true),
        EventType::Protests => Some(kind == SubEventType::ExcessiveForce),
        EventType::Battles | EventType::Strategic => Some(false),
        EventType::Explosions | EventType::Riots => None,
    };
    if let Some(flag) = targeting.filter(|_| set.contains_key("sub_event_type")) {
        follows(fields, set, "civilian_targeting", json!(flag));
    }
    let number = |name: &str| fields.get(name).and_then(Value::as_u64);
    let died = number("killed_high").or(number("killed_low")).is_some_and(|n| n > 0);
    let is_organised = matches!(of, EventType::Battles | EventType::Explosions | EventType::Violence);
    let actors = || fields.get("actors").and_then(Value::as_array).into_iter().flatten();
    let is_state = actors().any(|a| a["kind"] == "state" || a["kind"] == "external") || number("killed_b").is_some_and(|n| n > 0);
    let violence = match fields.get("civilian_targeting").and_then(Value::as_bool) {
        _ if !died || !is_organised => None,
        Some(true) => Some(3),
        _ if is_state => Some(1),
        _ => Some(2),
    };
    follows(fields, set, "type_of_violence", json!(violence));
}
