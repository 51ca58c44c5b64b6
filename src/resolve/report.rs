//! What all names of a report say together: its countries, its units, where its places lie, and where it comes from.

use std::collections::BTreeMap;

use crate::gazetteer::PlaceRef;
use crate::recognise::MentionKind;
use crate::recognise::weights::STRONG;

use super::candidate::{Candidate, Direction, product, within};
use super::feature::Feature;
use super::home::Home;
use super::tally::{About, Tally};
use super::weights;
use super::whole::{Name, Whole};

/// The most that one name can say for its country being named: nothing is certain.
const SUREST: f64 = 0.999;
/// Added to all mass, so that one doubtful name does not make a whole report.
const DOUBT: f64 = 0.3;

/// What one name says of a country.
#[derive(Clone, Copy, Default)]
struct Said {
    mass: f64,
    /// Logarithm of how likely the country is not named.
    unnamed: f64,
}

/// An answer of a name, as a point.
struct Spot {
    name: usize,
    place: PlaceRef,
    direction: Direction,
    share: f64,
}

/// What all names say.
pub(super) struct Sum<'g> {
    countries: BTreeMap<&'g str, Said>,
    total: f64,
    units: BTreeMap<(&'g str, &'g str), f64>,
    /// In the order of the names.
    spots: Vec<Spot>,
    /// The first name that can mean a point.
    first: Option<usize>,
}

/// What all names but one say, for that one.
pub(super) struct View<'s, 'g> {
    sum: &'s Sum<'g>,
    named: BTreeMap<&'g str, f64>,
    own: BTreeMap<&'g str, Said>,
    own_total: f64,
    own_units: BTreeMap<(&'g str, &'g str), f64>,
    number: usize,
    spots: &'s [Spot],
    home: Option<&'s Home>,
}

impl<'g> Sum<'g> {
    pub(super) fn of(whole: &Whole<'_, 'g>) -> Sum<'g> {
        let mut sum = Sum { countries: BTreeMap::new(), total: 0.0, units: BTreeMap::new(), spots: Vec::new(), first: None };
        for place in &whole.about.headline {
            let country = whole.gazetteer.place(*place).country();
            if !country.is_empty() {
                let said = sum.countries.entry(country).or_default();
                *said = Said { mass: said.mass + weights::HEADLINE, unnamed: (1.0 - SUREST).ln() };
                sum.total += weights::HEADLINE;
            }
        }
        for (number, name) in whole.names.iter().enumerate() {
            for (country, said) in countries(whole, name) {
                let all = sum.countries.entry(country).or_default();
                *all = Said { mass: all.mass + said.mass, unnamed: all.unnamed + said.unnamed };
                sum.total += said.mass;
            }
            for (unit, mass) in units(name) {
                *sum.units.entry(unit).or_default() += mass;
            }
            if name.kind == MentionKind::Literal {
                let before = sum.spots.len();
                let answers = name.answers().filter(|(c, _)| !c.is_wide);
                sum.spots.extend(answers.map(|(c, share)| Spot { name: number, place: c.place, direction: c.direction, share }));
                sum.first = sum.first.or((sum.spots.len() > before).then_some(number));
            }
        }
        sum
    }

    /// What the names beside one say.
    pub(super) fn without<'s>(&'s self, whole: &'s Whole<'_, 'g>, number: usize) -> View<'s, 'g> {
        let name = &whole.names[number];
        let own = countries(whole, name);
        let unnamed = |country: &str, said: &Said| said.unnamed - own.get(country).map_or(0.0, |own| own.unnamed);
        let named = self.countries.iter().map(|(country, said)| (*country, 1.0 - unnamed(country, said).exp())).collect();
        let from = self.spots.partition_point(|s| s.name + weights::NEIGHBOURS < number);
        let to = self.spots.partition_point(|s| s.name <= number + weights::NEIGHBOURS);
        View {
            sum: self,
            named,
            own_total: own.values().map(|said| said.mass).sum(),
            own,
            own_units: units(name),
            number,
            spots: &self.spots[from..to],
            home: whole.about.home.as_ref(),
        }
    }
}

/// What a name says of each country: its own name and its people most, its other places by how likely they are meant.
fn countries<'g>(whole: &Whole<'_, 'g>, name: &Name<'g>) -> BTreeMap<&'g str, Said> {
    let mut out: BTreeMap<&'g str, Said> = BTreeMap::new();
    let count = name.members.len().min(weights::MEMBERS) as f64;
    let is_strong = || name.members.iter().any(|m| whole.mentions[*m].strength >= STRONG);
    for (candidate, share) in name.answers().filter(|(c, _)| !c.country.is_empty()) {
        let weight = match name.kind {
            MentionKind::Literal if candidate.is_country => weights::NAMED_COUNTRY,
            MentionKind::Associative => weights::NATIONALITY,
            _ if name.is_of_one_country => weights::NAME_OF_ONE_COUNTRY,
            _ => weights::NAME_OF_SEVERAL,
        };
        let is_telling = name.is_of_one_country && matches!(candidate.feature, "PPLC" | "ADM1") && is_strong();
        let is_naming = candidate.is_country || name.kind == MentionKind::Associative || is_telling;
        let said = out.entry(candidate.country).or_default();
        said.mass += weight * share * count;
        said.unnamed += if is_naming { (1.0 - share.min(SUREST)).ln() } else { 0.0 };
    }
    out
}

/// What a name says of first-level units.
fn units<'g>(name: &Name<'g>) -> BTreeMap<(&'g str, &'g str), f64> {
    let mut out = BTreeMap::new();
    if name.kind == MentionKind::Literal {
        for (candidate, share) in name.answers().filter(|(c, _)| !c.admin1.is_empty() && !c.is_country) {
            *out.entry((candidate.country, candidate.admin1)).or_default() += share;
        }
    }
    out
}

impl View<'_, '_> {
    /// Adds what the report says of a candidate.
    pub(super) fn add(&self, candidate: &Candidate, tally: &mut Tally) {
        self.country(candidate, tally);
        if !candidate.is_country && !candidate.admin1.is_empty() {
            let unit = (candidate.country, candidate.admin1);
            let mass = self.sum.units.get(&unit).copied().unwrap_or_default() - self.own_units.get(&unit).copied().unwrap_or_default();
            tally.add(Feature::UnitMass, mass.max(0.0).ln_1p(), About::Itself);
        }
        if !candidate.is_wide {
            self.nearness(candidate, tally);
        }
        if let Some(home) = self.home {
            of_home(home, candidate, tally);
        }
    }

    fn country(&self, candidate: &Candidate, tally: &mut Tally) {
        if candidate.country.is_empty() {
            return;
        }
        let mass = |said: Option<&Said>| said.map_or(0.0, |said| said.mass);
        let others = (mass(self.sum.countries.get(candidate.country)) - mass(self.own.get(candidate.country))).max(0.0);
        let share = (others / (self.sum.total - self.own_total + DOUBT)).clamp(0.0, 1.0).sqrt();
        let named = self.named.get(candidate.country).copied().unwrap_or_default();
        tally.add(Feature::CountryShare, share, About::Itself);
        if candidate.is_country {
            return;
        }
        tally.add(Feature::ReportCountry, named * share, About::Itself);
        let of_others = self.named.iter().filter(|(country, _)| **country != candidate.country).map(|(_, named)| *named);
        let foreign = of_others.fold(0.0, f64::max) * (1.0 - named);
        let feature = if candidate.is_famous { Feature::ForeignFamous } else { Feature::Foreign };
        tally.add(feature, foreign, About::Itself);
    }

    fn nearness(&self, candidate: &Candidate, tally: &mut Tally) {
        let (near, very_near) = (within(weights::NEAR_M), within(weights::VERY_NEAR_M));
        let (mut mass, mut close_mass, mut first_mass) = (0.0, 0.0, 0.0);
        let mut nearest = (0.0, About::Itself);
        for spot in self.spots.iter().filter(|s| s.name != self.number && s.place != candidate.place) {
            let product = product(spot.direction, candidate.direction);
            if product < near {
                continue;
            }
            mass += spot.share;
            close_mass += if product >= very_near { spot.share } else { 0.0 };
            first_mass += if Some(spot.name) == self.sum.first { spot.share } else { 0.0 };
            if product * spot.share > nearest.0 {
                nearest = (product * spot.share, About::Other(spot.place));
            }
        }
        tally.add(Feature::Near, mass.ln_1p(), nearest.1);
        tally.add(Feature::VeryNear, close_mass.ln_1p(), nearest.1);
        tally.add(Feature::NearFirst, first_mass, nearest.1);
    }
}

/// What the outlet's home says of a candidate.
fn of_home(home: &Home, candidate: &Candidate, tally: &mut Tally) {
    if candidate.country != home.country || candidate.is_country {
        return;
    }
    tally.add(Feature::HomeCountry, 1.0, About::Itself);
    if !home.admin1.is_empty() && home.admin1 == candidate.admin1 {
        tally.add(Feature::HomeUnit, 1.0, About::Itself);
    }
    let is_near = home.direction.is_some_and(|town| product(town, candidate.direction) >= within(weights::HOME_M));
    if is_near && !candidate.is_wide {
        tally.add(Feature::HomeNear, 1.0, About::Itself);
    }
}
