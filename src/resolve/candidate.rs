//! A place that a name may mean, with what is asked of it again and again.

use crate::gazetteer::{Gazetteer, KeyFlags, Place, PlaceRef};
use crate::recognise::Mention;

use super::feature::{Feature, Weights};
use super::tally::{About, Tally};

/// A direction from the middle of the Earth: the distance of two is in their product.
pub(super) type Direction = [f64; 3];

/// Mean radius of the Earth, metres.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// The direction of a point given in degrees.
pub(super) fn direction(lon: f64, lat: f64) -> Direction {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (lat.to_radians().sin_cos(), lon.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// What the product of two directions is at least when they lie within so many metres.
pub(super) fn within(metres: f64) -> f64 {
    (metres / EARTH_RADIUS_M).cos()
}

pub(super) fn product(one: Direction, other: Direction) -> f64 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

/// A place that a name may mean.
pub(super) struct Candidate<'g> {
    pub(super) place: PlaceRef,
    /// Its number among the candidates of the mention.
    pub(super) at: usize,
    flags: KeyFlags,
    pub(super) view: Place<'g>,
    pub(super) country: &'g str,
    pub(super) admin1: &'g str,
    pub(super) feature: &'g str,
    pub(super) direction: Direction,
    pub(super) is_country: bool,
    /// A country, first-level unit, region or sea: too wide for its point to be near anything.
    pub(super) is_wide: bool,
    pub(super) is_famous: bool,
}

impl<'g> Candidate<'g> {
    pub(super) fn of(gazetteer: &'g Gazetteer, at: usize, (place, flags): (PlaceRef, KeyFlags)) -> Candidate<'g> {
        let view = gazetteer.place(place);
        let feature = view.feature();
        let is_country = view.is_country();
        let is_wide = is_country || feature == "ADM1" || view.is_area() && !feature.starts_with("ADM");
        let is_famous = feature == "PPLC" || feature.starts_with("PPL") && view.population() >= super::weights::FAMOUS;
        Candidate {
            place,
            at,
            flags,
            view,
            country: view.country(),
            admin1: view.admin1(),
            feature,
            direction: direction(view.lon(), view.lat()),
            is_country,
            is_wide,
            is_famous,
        }
    }

    /// What the candidate is by itself and how the name names it.
    pub(super) fn own(&self, mention: &Mention, tally: &mut Tally) {
        let population = self.view.population();
        if population > 0 && !self.is_country {
            tally.add(Feature::Population, f64::from(population).log10(), About::Itself);
        }
        let kind = match self.feature {
            _ if self.is_country => Some(Feature::Country),
            "PPLC" => Some(Feature::Capital),
            "PPLA" => Some(Feature::Seat),
            "PPLA2" | "PPLA3" => Some(Feature::SmallSeat),
            "ADM1" => Some(Feature::Unit),
            feature if feature.starts_with("ADM") => Some(Feature::SmallUnit),
            _ if self.view.is_water() => Some(Feature::Water),
            _ if self.view.is_area() => Some(Feature::Region),
            feature if feature.starts_with("PPL") => (population == 0).then_some(Feature::Unpeopled),
            _ => Some(Feature::OtherKind),
        };
        if let Some(kind) = kind {
            tally.add(kind, 1.0, About::Itself);
        }
        tally.add(Feature::SpokenOf, f64::from(self.view.name_count().max(1)).log2(), About::Itself);
        for (bit, feature) in
            [(KeyFlags::PREFERRED, Feature::PreferredName), (KeyFlags::DERIVED, Feature::DerivedName), (KeyFlags::OLD, Feature::OldName)]
        {
            tally.add(feature, f64::from(u8::from(self.flags.has(bit))), About::Itself);
        }
        if let Some(kind) = mention.feature {
            match agrees(kind, self.view) {
                Some(true) if is_settlement(kind) => tally.add(Feature::SettlementAgrees, 1.0, About::Kind(kind)),
                Some(true) => tally.add(Feature::KindAgrees, 1.0, About::Kind(kind)),
                Some(false) => tally.add(Feature::KindDisagrees, 1.0, About::Kind(kind)),
                None => {}
            }
        }
        if let Some(spelling) = mention.spelt.get(self.at) {
            tally.add(Feature::Spelt, spelling.cost, About::Spelling(self.at));
        }
    }

    /// True when it is a unit that holds `other`, by the codes of both.
    pub(super) fn holds(&self, other: &Candidate) -> bool {
        if self.country.is_empty() || self.country != other.country {
            return false;
        }
        match self.feature {
            _ if self.is_country => !other.is_country,
            "ADM1" => !self.admin1.is_empty() && self.admin1 == other.admin1 && other.feature != "ADM1",
            "ADM2" => {
                let codes = |c: &Candidate<'g>| c.view.admin2();
                !other.is_wide
                    && other.feature != "ADM2"
                    && self.admin1 == other.admin1
                    && !codes(self).is_empty()
                    && codes(self) == other.view.admin2()
            }
            _ => false,
        }
    }

    /// Both lie in the same first-level unit, or one is it.
    pub(super) fn shares_unit(&self, other: &Candidate) -> bool {
        !self.admin1.is_empty() && self.admin1 == other.admin1 && self.country == other.country
    }
}

/// The best candidates by what they are themselves, and what that is.
pub(super) fn candidates<'g>(mention: &Mention, gazetteer: &'g Gazetteer, weights: &Weights) -> Vec<(Candidate<'g>, f64)> {
    let scored = mention.candidates.iter().enumerate().map(|(at, named)| {
        let candidate = Candidate::of(gazetteer, at, *named);
        let mut tally = Tally::sum(weights);
        candidate.own(mention, &mut tally);
        (candidate, tally.sum)
    });
    let mut out: Vec<(Candidate<'g>, f64)> = scored.collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.place.cmp(&b.0.place)));
    out.dedup_by(|b, a| a.0.place == b.0.place);
    out.truncate(super::weights::MAX_CANDIDATES);
    out
}

fn is_settlement(kind: &str) -> bool {
    matches!(kind, "city" | "town" | "village" | "neighbourhood" | "suburb" | "camp" | "district" | "municipality")
}

/// Whether a kind word fits a place; `None` when it says nothing about it.
fn agrees(kind: &str, place: Place<'_>) -> Option<bool> {
    let feature = place.feature();
    let populated = feature.starts_with("PPL") || feature == "CMPRF" || feature == "LCTY";
    let unit = feature.starts_with("ADM");
    Some(match kind {
        "country" => place.is_country(),
        // «The region of Gao», «ريف الرقة» is the large unit; of the smaller ones of its name it says nothing.
        "region" | "countryside" if unit && feature != "ADM1" => return None,
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
