//! What stands beside a mention, as reasons for and against one of its candidates.

use super::area;
use super::candidate::{Candidate, product, within};
use super::feature::Feature;
use super::links::How;
use super::tally::{About, Tally};
use super::weights;
use super::whole::{Name, Whole};

/// The strongest of several reasons of one sort.
#[derive(Clone, Copy)]
struct Strongest(f64, About);

impl Strongest {
    const NONE: Strongest = Strongest(0.0, About::Itself);

    fn meet(&mut self, value: f64, other: &Candidate) {
        if value > self.0 {
            *self = Strongest(value, About::Other(other.place));
        }
    }
}

impl<'g> Whole<'_, 'g> {
    /// The name at the other end of a link; a name is no reason for itself.
    fn other(&self, mention: usize, link: usize) -> Option<&Name<'g>> {
        let other = self.of[link]?;
        (Some(other) != self.of[mention]).then(|| &self.names[other])
    }

    /// The unit named right behind a mention that holds a candidate.
    pub(super) fn unit_behind(&self, mention: usize, candidate: &Candidate) -> Option<(Feature, &Candidate<'g>)> {
        self.links[mention].iter().find_map(|link| {
            let feature = match link.how {
                How::UnitBehind => Feature::Adjacent,
                How::UnitApposed => Feature::Apposed,
                _ => return None,
            };
            // Whatever else the unit's name may mean, together they mean this.
            let unit = self.other(mention, link.mention)?.answers().map(|(unit, _)| unit).find(|unit| unit.holds(candidate))?;
            Some((feature, unit))
        })
    }

    /// Adds what stands beside a mention.
    pub(super) fn beside(&self, mention: usize, candidate: &Candidate, tally: &mut Tally) {
        if let Some((feature, unit)) = self.unit_behind(mention, candidate) {
            tally.add(feature, 1.0, About::Other(unit.place));
        }
        let [mut before, mut beside, mut sentence, mut near] = [Strongest::NONE; 4];
        let [mut list_country, mut list_unit, mut list_kind] = [Strongest::NONE; 3];
        for link in &self.links[mention] {
            let Some(other) = self.other(mention, link.mention) else { continue };
            for (place, share) in other.answers() {
                let is_same = place.place == candidate.place;
                let holds = !candidate.is_country && candidate.holds(place);
                match link.how {
                    How::NameBefore if candidate.holds(place) => before.meet(1.0, place),
                    How::List if !is_same => {
                        let is_home = !candidate.country.is_empty() && place.country == candidate.country && !candidate.is_country;
                        list_country.meet(share * truth(is_home && !place.is_country), place);
                        list_unit.meet(share * truth(candidate.shares_unit(place) && !candidate.is_country), place);
                        list_kind.meet(share * truth(candidate.is_country && place.is_country), place);
                    }
                    How::Beside if holds || place.holds(candidate) => beside.meet(share, place),
                    How::Sentence if holds || place.holds(candidate) => sentence.meet(share, place),
                    How::UnitBehind | How::UnitApposed | How::NameBefore | How::List | How::Beside | How::Sentence => {}
                }
                let is_near = || product(place.direction, candidate.direction) >= within(weights::NEAR_M);
                if !is_same && !candidate.is_wide && !place.is_wide && is_near() {
                    near.meet(share, place);
                }
            }
        }
        // What stands beside it is not counted again for standing in the sentence.
        sentence.0 -= sentence.0.min(beside.0);
        for (feature, Strongest(value, about)) in [
            (Feature::HoldsAdjacent, before),
            (Feature::Beside, beside),
            (Feature::InSentence, sentence),
            (Feature::ListCountry, list_country),
            (Feature::ListUnit, list_unit),
            (Feature::ListKind, list_kind),
            (Feature::NearInSentence, near),
        ] {
            tally.add(feature, value, about);
        }
        if let Some((point, radius_m)) = self.computed[mention] {
            if area::fits((point, radius_m), candidate.view.point()) {
                tally.add(Feature::FitsDistance, 1.0, About::Itself);
            } else if !self.mentions[mention].spelt.is_empty() {
                tally.add(Feature::MissesDistance, 1.0, About::Itself);
            }
        }
    }
}

fn truth(claim: bool) -> f64 {
    f64::from(u8::from(claim))
}
