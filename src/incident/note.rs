//! One English sentence made from an incident's fields, in the manner of ACLED's notes.

use super::kind::{Granularity, Status};
use super::record::{Incident, Toll};

/// «On 2022-09-06, Armed clash in Talataye (ML). 50 killed.»
pub(super) fn sentence(incident: &Incident) -> String {
    let when = match incident.dates {
        Some((start, end)) if start == end => format!("On {start}"),
        Some((start, end)) => format!("Between {start} and {end}"),
        None => "On an unstated day".to_owned(),
    };
    let place = incident.place.as_ref().map(|p| p.name.clone()).or_else(|| incident.place_surface.clone());
    let country = incident.country.as_deref().unwrap_or("country unknown");
    let kind = incident.sub_event_type.label();
    let mut out = match place {
        Some(place) => format!("{when}, {kind} in {place} ({country})."),
        None => format!("{when}, {kind} at an unstated place ({country})."),
    };
    for (toll, harm) in [(&incident.killed, "killed"), (&incident.injured, "injured"), (&incident.abducted, "abducted")] {
        if let Some(number) = toll.as_ref().and_then(number) {
            out = format!("{out} {number} {harm}.");
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

fn number(toll: &Toll) -> Option<String> {
    match (toll.low, toll.high) {
        (Some(low), Some(high)) if low == high => Some(low.to_string()),
        (Some(low), Some(high)) => Some(format!("{low}–{high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (None, None) => None,
    }
}
