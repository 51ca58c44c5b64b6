//! Reasons for and against a candidate.

use std::collections::BTreeMap;

use geo::{Distance, Haversine};

use crate::gazetteer::{Gazetteer, KeyFlags, Place, PlaceRef};
use crate::recognise::{Mention, MentionKind};

use super::area;
use super::resolution::Reason;
use super::weights;

/// What the whole report says about countries: share of each, adding up to one.
#[derive(Clone, Debug, Default)]
pub(super) struct Countries {
    pub(super) shares: BTreeMap<String, f64>,
    /// Countries that the report names, by their name or their nationality.
    pub(super) named: std::collections::BTreeSet<String>,
}

impl Countries {
    pub(super) fn add(&mut self, country: &str, weight: f64) {
        if !country.is_empty() {
            *self.shares.entry(country.to_owned()).or_default() += weight;
        }
    }

    pub(super) fn normalise(&mut self) {
        let sum: f64 = self.shares.values().sum();
        if sum > 0.0 {
            self.shares.values_mut().for_each(|share| *share /= sum);
        }
    }

    /// Their codes, the largest share first.
    pub(super) fn by_share(&self) -> Vec<&str> {
        let mut out: Vec<(&str, f64)> = self.shares.iter().map(|(code, share)| (code.as_str(), *share)).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        out.into_iter().map(|(code, _)| code).take(MAX_NEIGHBOURS).collect()
    }

    pub(super) fn share(&self, country: &str) -> f64 {
        self.shares.get(country).copied().unwrap_or(0.0)
    }
}

/// Countries that are asked whether they are the other side of a border.
const MAX_NEIGHBOURS: usize = 6;

fn reason(what: impl Into<String>, weight: f64) -> Reason {
    Reason { what: what.into(), weight }
}

/// What the candidate is by itself and how the name names it.
pub(super) fn own(place: Place<'_>, flags: KeyFlags, feature: Option<&str>) -> Vec<Reason> {
    let mut out = Vec::new();
    if place.population() > 0 && !place.is_country() {
        out.push(reason(format!("{} inhabitants", place.population()), weights::POPULATION * f64::from(place.population()).log10()));
    }
    match place.feature() {
        _ if place.is_country() => out.push(reason("a country", weights::COUNTRY)),
        "PPLC" => out.push(reason("a national capital", weights::CAPITAL)),
        "PPLA" => out.push(reason("seat of a first-level unit", weights::SEAT)),
        "ADM1" => out.push(reason("a first-level unit", weights::UNIT)),
        "ADM2" | "ADM3" => out.push(reason("a second-level unit", weights::SMALL_UNIT)),
        _ if place.is_water() => out.push(reason("a river, lake or sea", weights::WATER)),
        _ if place.is_area() => out.push(reason("a region", weights::REGION)),
        _ => {}
    }
    out.push(reason("names recorded", weights::SPOKEN_OF * f64::from(place.name_count().max(1)).log2()));
    if flags.has(KeyFlags::PREFERRED) {
        out.push(reason("its usual name", weights::PREFERRED_NAME));
    }
    if flags.has(KeyFlags::DERIVED) {
        out.push(reason("a form of its name", weights::DERIVED_NAME));
    }
    if flags.has(KeyFlags::OLD) {
        out.push(reason("a historic name", weights::OLD_NAME));
    }
    if let Some(kind) = feature {
        match agrees(kind, place) {
            Some(true) => {
                let is_settlement =
                    matches!(kind, "city" | "town" | "village" | "neighbourhood" | "suburb" | "camp" | "district" | "municipality");
                let weight = if is_settlement { weights::SETTLEMENT_AGREES } else { weights::KIND_AGREES };
                out.push(reason(format!("the kind word says {kind}"), weight));
            }
            Some(false) => out.push(reason(format!("the kind word says {kind}"), weights::KIND_DISAGREES)),
            None => {}
        }
    }
    out
}

/// Whether a kind word fits a place; `None` when it says nothing about it.
fn agrees(kind: &str, place: Place<'_>) -> Option<bool> {
    let feature = place.feature();
    let populated = feature.starts_with("PPL") || feature == "CMPRF" || feature == "LCTY";
    let unit = feature.starts_with("ADM");
    Some(match kind {
        "country" => place.is_country(),
        "region" | "countryside" => unit || matches!(feature, "RGN" | "AREA"),
        "province" => matches!(feature, "ADM1" | "ADM2"),
        "district" | "municipality" => matches!(feature, "ADM2" | "ADM3" | "ADM4" | "ADM1") || populated,
        "city" | "town" | "capital" => populated,
        "village" => populated && place.population() < 50_000,
        "neighbourhood" | "suburb" => populated && place.population() < 200_000,
        "camp" => populated || feature == "CMPRF",
        "river" => matches!(feature, "STM" | "WAD"),
        "lake" => feature == "LK",
        "mountain" => matches!(feature, "MT" | "MTS" | "HLL"),
        "desert" => feature == "DSRT" || feature == "RGN",
        "sea" => place.is_water(),
        "island" => matches!(feature, "ISL" | "ISLS") || place.is_country() || populated,
        _ => return None,
    })
}

/// What the rest of the report says about the candidate of one mention.
pub(super) struct Surroundings<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) mentions: &'a [Mention],
    /// Best answer so far of each mention.
    pub(super) chosen: &'a [Option<PlaceRef>],
    pub(super) countries: &'a Countries,
    /// Point that a distance in the text gives for a mention.
    pub(super) computed: &'a [Option<(geo::Point, f64)>],
    /// Mentions of each sentence.
    pub(super) by_sentence: &'a BTreeMap<usize, Vec<usize>>,
    /// The points named, each once, those named first; a report's other places are what a place may be near to.
    pub(super) points: Vec<(PlaceRef, usize)>,
}

/// Distinct points that nearness is measured to: more would not bring another place nearer.
const MAX_POINTS: usize = 100;

/// The distinct places of the answers so far that are points, with how often each is named.
pub(super) fn points(gazetteer: &Gazetteer, mentions: &[Mention], chosen: &[Option<PlaceRef>]) -> Vec<(PlaceRef, usize)> {
    let mut counts: BTreeMap<PlaceRef, (usize, usize)> = BTreeMap::new();
    for (index, (mention, chosen)) in mentions.iter().zip(chosen).enumerate() {
        let Some(place) = chosen.filter(|_| mention.kind == MentionKind::Literal) else { continue };
        if !gazetteer.place(place).is_country() && gazetteer.place(place).feature() != "CONT" {
            counts.entry(place).or_insert((index, 0)).1 += 1;
        }
    }
    let mut out: Vec<(PlaceRef, (usize, usize))> = counts.into_iter().collect();
    out.sort_by_key(|(_, (first, _))| *first);
    out.truncate(MAX_POINTS);
    out.into_iter().map(|(place, (_, count))| (place, count)).collect()
}

impl Surroundings<'_> {
    pub(super) fn reasons(&self, index: usize, place: Place<'_>) -> Vec<Reason> {
        let mut out = Vec::new();
        let share = self.countries.share(place.country());
        let is_named = self.countries.named.contains(place.country());
        if is_named && share > 0.0 && !place.is_country() {
            out.push(reason(format!("the report is about {}", place.country()), weights::REPORT_COUNTRY * share.sqrt()));
        } else if !is_named && !place.country().is_empty() && !self.countries.named.is_empty() && !place.is_country() {
            let is_famous = place.feature() == "PPLC" || place.feature().starts_with("PPL") && place.population() >= weights::FAMOUS;
            let weight = if is_famous { weights::FOREIGN_FAMOUS } else { weights::FOREIGN };
            out.push(reason(format!("the report never names {}", place.country()), weight));
        }
        self.containment(index, place, &mut out);
        self.nearness(index, place, &mut out);
        if let Some((point, radius_m)) = self.computed.get(index).copied().flatten() {
            if area::fits((point, radius_m), place.point()) {
                out.push(reason("fits the distance that the text gives", weights::FITS_DISTANCE));
            } else if !self.mentions[index].spelt.is_empty() {
                out.push(reason("lies elsewhere than the text says", weights::MISSES_DISTANCE));
            }
        }
        out
    }

    fn containment(&self, index: usize, place: Place<'_>, out: &mut Vec<Reason>) {
        let mention = &self.mentions[index];
        let mut nearby: Option<String> = None;
        let mut in_sentence: Option<String> = None;
        for index in self.by_sentence.get(&mention.sentence).into_iter().flatten().filter(|i| **i != index) {
            let (other, Some(chosen)) = (&self.mentions[*index], self.chosen[*index]) else { continue };
            let area = self.gazetteer.place(chosen);
            // «Djibo (Soum)»: the town speaks for the unit as the unit does for the town; a country needs no such help.
            let how = match () {
                () if area.reference() == place.reference() => continue,
                () if contains(area, place) => "in",
                () if !place.is_country() && contains(place, area) => "holds",
                () => continue,
            };
            let gap = if other.tokens.start >= mention.tokens.end {
                other.tokens.start - mention.tokens.end
            } else {
                mention.tokens.start.saturating_sub(other.tokens.end)
            };
            // «بلدة حيراتان الأفغانية»: a nationality right behind counts like the country.
            let is_epithet = other.tokens.start >= mention.tokens.end && gap <= weights::EPITHET_WORDS;
            if gap <= weights::NEARBY_WORDS && other.kind == MentionKind::Literal || is_epithet {
                nearby = Some(format!("{how} {}", area.name()));
            } else {
                in_sentence = Some(format!("{how} {}", area.name()));
            }
        }
        if let Some(what) = nearby {
            out.push(reason(format!("{what}, named beside it"), weights::CONTAINED_NEARBY));
        } else if let Some(what) = in_sentence {
            out.push(reason(format!("{what}, named in the sentence"), weights::COUNTRY_IN_SENTENCE));
        }
    }

    fn nearness(&self, index: usize, place: Place<'_>, out: &mut Vec<Reason>) {
        if place.is_area() {
            return;
        }
        let own = self.chosen[index];
        // The mention itself is no neighbour of its other candidates.
        let is_other = |(point, count): &&(PlaceRef, usize)| *point != place.reference() && !(Some(*point) == own && *count == 1);
        let near = self.points.iter().filter(is_other).map(|(point, _)| self.gazetteer.place(*point));
        let nearest = near
            .map(|other| (Haversine.distance(other.point(), place.point()), other.name()))
            .filter(|(metres, _)| *metres <= weights::NEAR_M)
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((metres, name)) = nearest {
            out.push(reason(format!("{:.0} km from {name}", metres / 1_000.0), weights::NEAR * (1.5 - metres / weights::NEAR_M)));
        }
    }
}

/// True when `area` is a unit that holds `place`, by the codes of both.
fn contains(area: Place<'_>, place: Place<'_>) -> bool {
    if area.country().is_empty() || area.country() != place.country() {
        return false;
    }
    match area.feature() {
        _ if area.is_country() => !place.is_country(),
        "ADM1" => !area.admin1().is_empty() && area.admin1() == place.admin1() && place.feature() != "ADM1",
        "ADM2" => !area.admin2().is_empty() && area.admin1() == place.admin1() && area.admin2() == place.admin2(),
        _ => false,
    }
}
