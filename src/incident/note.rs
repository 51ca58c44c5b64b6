//! One English sentence or two made from an incident's fields, in the manner of ACLED's notes.

use super::kind::{Granularity, Status};
use super::record::{Actor, Incident, Toll};

/// «On 6 September 2022, Armed clash in Talataye (Gao, ML): Islamic State Sahel Province, Civilians. At least 50 killed. According to
/// AFP.»
pub(super) fn sentence(incident: &Incident) -> String {
    let mut out = format!("{}, {} {}", when(incident), incident.sub_event_type.label(), place(incident));
    let named = |roles: &[&str]| -> Vec<&str> {
        let of_roles = |a: &&Actor| roles.contains(&a.role);
        incident.actors.iter().filter(of_roles).map(|a| a.name.as_str()).collect()
    };
    let actors = named(&["actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "victim"]);
    if !actors.is_empty() {
        out = format!("{out}: {}", actors.join(", "));
    }
    let tolls: Vec<String> = incident
        .tolls()
        .into_iter()
        .filter_map(|(harm, toll)| toll.and_then(number).map(|n| format!("{n} {}", harm.replace('_', " "))))
        .collect();
    out.push('.');
    if let [first, rest @ ..] = tolls.as_slice() {
        let first: String = first.chars().take(1).flat_map(char::to_uppercase).chain(first.chars().skip(1)).collect();
        let all: Vec<&str> = std::iter::once(first.as_str()).chain(rest.iter().map(String::as_str)).collect();
        let together = if incident.is_toll_shared() { ", in all these places together" } else { "" };
        out = format!("{out} {}{together}.", all.join(", "));
    }
    for (lead, names) in [
        ("Claimed by", named(&["claimant"])),
        ("Blamed on", named(&["blamed"])),
        ("According to", incident.attribution.iter().map(|a| a.name.as_str()).collect()),
    ] {
        if !names.is_empty() {
            out = format!("{out} {lead} {}.", names.join(", "));
        }
    }
    if incident.status != Status::Asserted {
        out = format!("{out} [{}]", incident.status.label());
    }
    if incident.granularity != Granularity::Incident {
        out = format!("{out} [{}]", incident.granularity.label());
    }
    out
}

fn when(incident: &Incident) -> String {
    let day = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
    match incident.dates {
        Some((start, end)) if start == end => format!("On {}", day(start)),
        Some((start, end)) => format!("Between {} and {}", day(start), day(end)),
        None => "On an unstated day".to_owned(),
    }
}

fn place(incident: &Incident) -> String {
    let main = main_place(incident);
    let others: Vec<&str> =
        incident.other_places.iter().map(|o| o.place.as_ref().map_or(o.surface.as_str(), |p| p.name.as_str())).collect();
    if others.is_empty() { main } else { format!("{main}, and in {}", others.join(", ")) }
}

fn main_place(incident: &Incident) -> String {
    let country = incident.country.as_deref().unwrap_or("country unknown");
    let name = incident.place.as_ref().map(|p| p.name.as_str()).or(incident.place_surface.as_deref());
    let unit = incident.place.as_ref().map(|p| p.admin1.as_str()).filter(|unit| !unit.is_empty() && Some(*unit) != name);
    match (name, unit) {
        (Some(name), Some(unit)) => format!("in {name} ({unit}, {country})"),
        (Some(name), None) => format!("in {name} ({country})"),
        (None, _) => format!("at an unstated place ({country})"),
    }
}

fn number(toll: &Toll) -> Option<String> {
    let figure = match (toll.low, toll.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => return Some(format!("at least {low}")),
        (None, Some(high)) => return Some(format!("up to {high}")),
        (None, None) => return None,
    };
    Some(match toll.qualifier_label() {
        "exact" | "unknown_plural" => figure,
        words => format!("{} {figure}", words.replace('_', " ")),
    })
}
