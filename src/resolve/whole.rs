//! The names of a report and how likely each means which place, each in the light of the others.
//!
//! One name means one place throughout a report, unless the text says otherwise beside it. What a name says of another counts by
//! how likely its answers are, so that doubtful names may agree with each other against what is famous.

use std::collections::BTreeMap;

use geo::Point;

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::recognise::{Mention, MentionKind};
use crate::text::Text;
use crate::text::fold::fold_phrase;

use super::About;
use super::candidate::{Candidate, candidates};
use super::feature::{Feature, Weights};
use super::links::{How, Link, links};
use super::report::{Sum, View};
use super::tally::{Signal, Tally};
use super::weights;

/// A name of the report with all its mentions.
pub(super) struct Name<'g> {
    /// In the order of the text.
    pub(super) members: Vec<usize>,
    pub(super) kind: MentionKind,
    pub(super) candidates: Vec<Candidate<'g>>,
    pub(super) is_of_one_country: bool,
    own: Vec<f64>,
    /// How likely each candidate is.
    shares: Vec<f64>,
    /// The likeliest candidates, at most [`weights::ANSWERS`], that are likely enough to count.
    answers: Vec<usize>,
    /// For each candidate what its surroundings say where they say most, and at which mention.
    pooled: Vec<(f64, usize)>,
    /// What the report says of each candidate.
    whole: Vec<f64>,
}

/// The names of a report.
pub(super) struct Whole<'r, 'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) weights: &'r Weights,
    pub(super) mentions: &'r [Mention],
    pub(super) about: &'r About,
    pub(super) names: Vec<Name<'g>>,
    /// The name of each mention.
    pub(super) of: Vec<Option<usize>>,
    pub(super) links: Vec<Vec<Link>>,
    /// Point that a distance in the text gives for a mention.
    pub(super) computed: Vec<Option<(Point, f64)>>,
}

impl<'r, 'g> Whole<'r, 'g> {
    pub(super) fn of(
        text: &Text,
        mentions: &'r [Mention],
        about: &'r About,
        gazetteer: &'g Gazetteer,
        weights: &'r Weights,
    ) -> Whole<'r, 'g> {
        let mut names: Vec<Name<'g>> = Vec::new();
        let mut of = vec![None; mentions.len()];
        let mut known: BTreeMap<(String, Option<&str>, bool), usize> = BTreeMap::new();
        for (index, mention) in mentions.iter().enumerate().filter(|(_, m)| !m.candidates.is_empty()) {
            let key = (fold_phrase(text.slice(mention.span)), mention.feature, mention.kind == MentionKind::Literal);
            let same = known.get(&key).copied().filter(|name| mentions[names[*name].members[0]].candidates == mention.candidates);
            let name = same.unwrap_or_else(|| {
                let (candidates, own): (Vec<_>, Vec<_>) = candidates(mention, gazetteer, weights).into_iter().unzip();
                names.push(Name::of(mention.kind, candidates, own, weights));
                known.insert(key, names.len() - 1);
                names.len() - 1
            });
            names[name].members.push(index);
            of[index] = Some(name);
        }
        let links = if about.without.context { vec![Vec::new(); mentions.len()] } else { links(text, about.lang, mentions) };
        Whole { gazetteer, weights, mentions, about, names, of, links, computed: vec![None; mentions.len()] }
    }

    /// The likeliest place of a mention so far.
    pub(super) fn likeliest(&self, mention: usize) -> Option<PlaceRef> {
        let name = &self.names[self.of[mention]?];
        let best = (0..name.candidates.len()).max_by(|a, b| name.shares[*a].total_cmp(&name.shares[*b]).then(b.cmp(a)))?;
        Some(name.candidates[best].place)
    }

    /// One round: every name is weighed in the light of what the others mean by now.
    pub(super) fn weigh(&mut self) {
        if self.about.without.context {
            return;
        }
        let sum = Sum::of(self);
        let mut weighed = Vec::with_capacity(self.names.len());
        for (number, name) in self.names.iter().enumerate() {
            let view = sum.without(self, number);
            let whole: Vec<f64> = (0..name.candidates.len())
                .map(|c| {
                    let mut tally = Tally::sum(self.weights);
                    view.add(&name.candidates[c], &mut tally);
                    tally.sum
                })
                .collect();
            let pooled: Vec<(f64, usize)> = (0..name.candidates.len()).map(|c| self.pooled(name, c)).collect();
            weighed.push((whole, pooled));
        }
        for (name, (whole, pooled)) in self.names.iter_mut().zip(weighed) {
            (name.whole, name.pooled) = (whole, pooled);
            let scores: Vec<f64> = (0..name.candidates.len()).map(|c| name.own[c] + name.whole[c] + name.pooled[c].0).collect();
            name.share_out(&scores, self.weights);
        }
    }

    /// What the surroundings say of a candidate at the mention where they say most.
    fn pooled(&self, name: &Name, candidate: usize) -> (f64, usize) {
        let at = |member: &usize| {
            let mut tally = Tally::sum(self.weights);
            self.beside(*member, &name.candidates[candidate], &mut tally);
            (tally.sum, *member)
        };
        let best = name.members.iter().take(weights::MEMBERS).map(at).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.unwrap_or_default()
    }

    /// The candidates of a mention with their scores, best first.
    pub(super) fn totals(&self, mention: usize) -> Vec<(PlaceRef, f64)> {
        let Some(name) = self.of[mention].map(|name| &self.names[name]) else { return Vec::new() };
        let speaks = self.speaks_for_itself(mention, name);
        let score = |c: usize| {
            let beside = if speaks { self.beside_sum(mention, &name.candidates[c]) } else { name.pooled[c].0 };
            (name.candidates[c].place, name.own[c] + name.whole[c] + beside)
        };
        let mut out: Vec<(PlaceRef, f64)> = (0..name.candidates.len()).map(score).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }

    /// What the names of the report say for the candidates of a mention; `sum` is of this report.
    pub(super) fn view<'s>(&'s self, sum: &'s Sum<'g>, mention: usize) -> Option<View<'s, 'g>> {
        if self.about.without.context { None } else { self.of[mention].map(|number| sum.without(self, number)) }
    }

    /// All that speaks for and against a candidate of a mention; `view` is that of the mention.
    pub(super) fn signals(&self, view: Option<&View<'_, 'g>>, mention: usize, place: PlaceRef) -> Vec<Signal> {
        let mut tally = Tally::kept(self.weights);
        let Some(name) = self.of[mention].map(|number| &self.names[number]) else { return Vec::new() };
        let Some(at) = name.candidates.iter().position(|c| c.place == place) else { return Vec::new() };
        name.candidates[at].own(&self.mentions[mention], &mut tally);
        if let Some(view) = view {
            view.add(&name.candidates[at], &mut tally);
            let at_mention = if self.speaks_for_itself(mention, name) { mention } else { name.pooled[at].1 };
            self.beside(at_mention, &name.candidates[at], &mut tally);
        }
        tally.signals()
    }

    /// «Birmingham, Alabama» in a report on the other Birmingham: what stands right behind a name is about this mention alone.
    fn speaks_for_itself(&self, mention: usize, name: &Name) -> bool {
        let has_unit = self.links[mention].iter().any(|l| matches!(l.how, How::UnitBehind | How::UnitApposed));
        has_unit && name.candidates.iter().any(|c| self.unit_behind(mention, c).is_some())
    }

    /// The countries of the report, the likeliest first.
    pub(super) fn countries(&self) -> Vec<&'g str> {
        let mut mass: BTreeMap<&'g str, f64> = BTreeMap::new();
        for name in &self.names {
            for (candidate, share) in name.candidates.iter().zip(&name.shares).filter(|(c, _)| !c.country.is_empty()) {
                *mass.entry(candidate.country).or_default() += share;
            }
        }
        let mut out: Vec<(&str, f64)> = mass.into_iter().collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        out.into_iter().map(|(code, _)| code).take(weights::MAX_NEIGHBOURS).collect()
    }

    fn beside_sum(&self, mention: usize, candidate: &Candidate) -> f64 {
        let mut tally = Tally::sum(self.weights);
        self.beside(mention, candidate, &mut tally);
        tally.sum
    }
}

impl<'g> Name<'g> {
    fn of(kind: MentionKind, candidates: Vec<Candidate<'g>>, own: Vec<f64>, weights: &Weights) -> Name<'g> {
        let count = candidates.len();
        let mut name = Name {
            members: Vec::new(),
            kind,
            is_of_one_country: candidates.iter().all(|c| c.country == candidates[0].country),
            candidates,
            own: Vec::new(),
            shares: Vec::new(),
            answers: Vec::new(),
            pooled: vec![(0.0, 0); count],
            whole: vec![0.0; count],
        };
        name.share_out(&own, weights);
        name.own = own;
        name
    }

    /// Makes the candidates as likely as their scores say.
    fn share_out(&mut self, scores: &[f64], weights: &Weights) {
        self.shares = shares(scores, weights);
        let shares = &self.shares;
        let mut best: Vec<usize> = (0..shares.len()).filter(|c| shares[*c] >= weights::LEAST_SHARE).collect();
        best.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
        best.truncate(weights::ANSWERS);
        self.answers = best;
    }

    /// The likeliest answers, at most [`weights::ANSWERS`], that are likely enough to count.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&Candidate<'g>, f64)> {
        self.answers.iter().map(|c| (&self.candidates[*c], self.shares[*c]))
    }
}

/// Scores as probabilities, beside «none of these».
pub(super) fn shares(scores: &[f64], weights: &Weights) -> Vec<f64> {
    let none = weights.get(Feature::None);
    let top = scores.iter().copied().fold(none, f64::max);
    let sum: f64 = scores.iter().map(|s| (s - top).exp()).sum::<f64>() + (none - top).exp();
    scores.iter().map(|s| (s - top).exp() / sum).collect()
}
