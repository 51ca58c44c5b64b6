//! The numbers that order the answers of a search.

use geo::{Distance, Haversine, Point};

use crate::gazetteer::{KeyFlags, Place};

use super::{Match, Mode, Query};

/// How much name, fame and nearness count; they add up to one. The name leads: fame decides among namesakes
/// and lets Damascus pass before a hamlet when both are only spelt nearly so.
const NAME: f64 = 0.6;
const FAME: f64 = 0.24;
const NEARNESS: f64 = 0.16;

/// A recorded name in a language that is read; any other recorded name; one made from another; one out of use.
const PREFERRED: f64 = 1.0;
const RECORDED: f64 = 0.95;
const MADE: f64 = 0.9;
const OLD: f64 = 0.75;
/// A word of kind or an article was added or dropped.
const VARIANT: f64 = 0.12;
/// A name that only begins so: less when a whole name was typed than when a beginning was, where fame may pass a namesake.
const LONGER: f64 = 0.5;
const UNFINISHED: f64 = 0.16;
/// What the typed part of it adds.
const COMPLETE: f64 = 0.1;
/// A name of cost 0 that is not the same letters, and how fast likeness falls with the cost a letter (natural-log units): a regular
/// transliteration costs 0.7 a letter, one wrong letter of six 1.2.
const SPELLING: f64 = 0.7;
const COST: f64 = 0.28;
/// What is left of fame when a program asks and the name is only spelt nearly so: there the spelling decides.
const FAME_OF_SPELLING: f64 = 0.2;
/// The kind that the query named («محافظة», «Governorate») is the place's, or another.
const KIND: f64 = 0.1;
/// At this distance from the focus a place counts half as near, metres: a day's drive is far.
const HALF_NEAR_M: f64 = 50_000.0;

/// How much a place is spoken of, 0–1: inhabitants, names in many languages, rank.
pub fn fame(place: Place<'_>) -> f64 {
    /// Shares of the three, and the greatest city in powers of ten.
    const SHARES: [f64; 3] = [0.4, 0.3, 0.3];
    const LARGEST: f64 = 8.0;
    /// A unit is larger than its seat; who says its bare name means the seat.
    const UNIT: f64 = 0.7;
    let people = (f64::from(place.population().max(1)).log10() / LARGEST).min(1.0);
    let names = f64::from(place.name_count()).ln_1p() / f64::from(u8::MAX).ln_1p();
    let rank = match place.feature() {
        "PCLI" | "CONT" | "OCN" => 1.0,
        "PPLC" | "PCLD" | "PCL" | "TERR" | "SEA" => 0.8,
        "PPLA" | "RGN" | "GULF" => 0.6,
        "PPLA2" | "ADM1" | "DSRT" => 0.4,
        "PPLA3" | "PPLA4" | "PPLG" => 0.3,
        "ADM2" => 0.2,
        "PPLX" | "PPLQ" | "PPLW" | "PPLH" | "ADM3" | "ADM4" => 0.05,
        feature if feature.starts_with("PPL") => 0.2,
        _ => 0.1,
    };
    let fame = SHARES[0] * people + SHARES[1] * names + SHARES[2] * rank;
    if place.feature().starts_with("ADM") { fame * UNIT } else { fame }
}

/// How well a name matches, 0–1.
pub(super) fn likeness(mode: Mode, matched: Match, flags: KeyFlags, completeness: f64, cost: f64) -> f64 {
    let name = if flags.has(KeyFlags::OLD) {
        OLD
    } else if flags.has(KeyFlags::DERIVED) {
        MADE
    } else if flags.has(KeyFlags::PREFERRED) {
        PREFERRED
    } else {
        RECORDED
    };
    match matched {
        Match::Exact => name,
        Match::Variant => name - VARIANT,
        Match::Beginning if mode == Mode::Beginning => name - UNFINISHED + COMPLETE * completeness,
        Match::Beginning => name - LONGER + COMPLETE * completeness,
        Match::Spelling => name * (SPELLING - COST * cost).max(0.0),
    }
}

/// The likeness with what the query says of the kind.
pub(super) fn of_kind(likeness: f64, is_wanted: Option<bool>) -> f64 {
    match is_wanted {
        None => likeness,
        Some(true) => (likeness + KIND).min(1.0),
        Some(false) => (likeness - KIND).max(0.0),
    }
}

/// The whole, 0–1; without a focus nearness has no share.
pub(super) fn score(query: &Query, place: Place<'_>, likeness: f64, matched: Match) -> f64 {
    if matched == Match::Spelling && query.mode == Mode::Match {
        return (NAME * likeness + FAME * FAME_OF_SPELLING * fame(place)) / (NAME + FAME);
    }
    match query.near {
        None => told(place, likeness) / (NAME + FAME),
        Some(focus) => told(place, likeness) + NEARNESS * nearness(focus, place.point()),
    }
}

/// The share of name and fame.
pub(super) fn told(place: Place<'_>, likeness: f64) -> f64 {
    NAME * likeness + FAME * fame(place)
}

fn nearness(focus: Point, point: Point) -> f64 {
    1.0 / (1.0 + Haversine.distance(focus, point) / HALF_NEAR_M)
}
