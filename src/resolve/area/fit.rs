//! Whether a place lies where the text says: agreement is a reason, disagreement a warning.

use geo::{Bearing, Distance, Haversine, Point};

use crate::recognise::{How, Mention, Note};
use crate::text::Text;

use super::super::feature::{Feature, Weights};
use super::super::resolution::{Located, Reason, Resolution};
use super::name::compass;

/// A road is up to so much longer than the straight line: that much nearer a place may be than told.
const ROAD: f64 = 1.5;
/// Figures are rounded: so much farther than told a place may be.
const ROUNDED: f64 = 1.2;
/// How far a direction may be off, degrees: writers know eight.
const OFF_DEG: f64 = 50.0;
/// Whatever is told, so far off is still right, metres: a figure of a few kilometres is from the edge of the town.
const SLACK_M: f64 = 10_000.0;

/// True when a candidate lies about where a distance in the text puts it.
pub(in crate::resolve) fn fits(told: (Point, f64), place: Point) -> bool {
    Haversine.distance(told.0, place) <= told.1.max(30_000.0) * 1.5
}

/// Compares each distance that describes a named place («Talataye, 150 km east of Gao») with where that place lies: a reason on
/// the relative mention, and a note when they disagree.
pub fn doubts(text: &Text, mentions: &[Mention], resolutions: &mut [Resolution]) -> Vec<Note> {
    let mut notes = Vec::new();
    for index in 0..mentions.len() {
        let Some(relation) = mentions[index].relation.filter(|r| r.how == How::Distance) else { continue };
        let Some((told_m, described)) = relation.distance_m.zip(relation.describes) else { continue };
        let is_named = |p: &&Located| !p.id.starts_with("relative:");
        let at = |index: usize| resolutions.get(index)?.place.as_ref().filter(is_named);
        let (Some(anchor), Some(place)) = (at(relation.anchor), at(described)) else { continue };
        let (from, to) = (Point::new(anchor.lon, anchor.lat), Point::new(place.lon, place.lat));
        let (measured_m, bearing) = (Haversine.distance(from, to), Haversine.bearing(from, to));
        let slack_m = SLACK_M.max(f64::from(anchor.radius_m) + f64::from(place.radius_m));
        let is_far_right = (told_m / ROAD - slack_m..=told_m * ROUNDED + slack_m).contains(&measured_m);
        let off_deg = relation.bearing_deg.map(|told| ((bearing - told + 540.0).rem_euclid(360.0) - 180.0).abs());
        let is_that_way = off_deg.is_none_or(|off| off <= OFF_DEG) || measured_m <= slack_m;
        let lies = format!("{} lies {:.0} km {} of {}", place.name, measured_m / 1_000.0, compass(bearing).0, anchor.name);
        let told = relation.bearing_deg.map_or("", |b| compass(b).0);
        let told = format!("{:.0} km {told}", told_m / 1_000.0);
        let told = told.trim_end();
        if is_far_right && is_that_way {
            resolutions[index]
                .reasons
                .push(Reason { what: format!("{lies}, and {told} is told"), weight: Weights::embedded().get(Feature::FitsDistance) });
        } else {
            let name = text.slice(mentions[described].span);
            let reason = format!("«{name}» is told to be {told} of {}, but {lies}", anchor.name);
            resolutions[index]
                .reasons
                .push(Reason { what: format!("{lies}, but {told} is told"), weight: Weights::embedded().get(Feature::MissesDistance) });
            notes.push(Note { span: Some(mentions[index].span), reason });
        }
    }
    notes
}
