//! Learning the weights: the labels of people against what the model expects, by stochastic gradients.
//!
//! Nothing is random: examples are shuffled by a generator with a fixed seed, so that the same texts, names and word
//! lists give the same bytes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::lang::readings::Readings;
use crate::recognise::context::Context;
use crate::recognise::{Without, toponym};
use crate::text::{Span, Text, TokenKind};

use super::chain::{ANY, Chain, LABELS, Work};
use super::features::Observed;
use super::table;

/// Passes over the examples: more fit the training texts and not the next ones.
const PASSES: usize = 8;
/// First step of the adaptive gradients (`AdaGrad`); each weight's own gets smaller by what it was moved.
const STEP: f32 = 0.25;
/// Pull of each weight towards zero at each visit.
const DECAY: f32 = 2e-3;
/// A feature seen fewer times than this teaches nothing.
const MIN_SEEN: u32 = 2;
/// Weights beyond this, natural-log units, are cut: one byte holds 127 steps.
const MAX_WEIGHT: f32 = 4.0;
/// One name in so many loses its entry in the index while learning, so that names are also told by what is around them.
const HIDDEN: u32 = 5;
/// A name that the rules hold for at least this sure is one in texts whose names are not all marked.
const SURE: f64 = 2.5;
/// Seed and factors of the generator (Numerical Recipes).
const SEED: (u64, u64, u64) = (20_261_121, 6_364_136_223_846_793_005, 1_442_695_040_888_963_407);

/// A text in which people marked names of places.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The marked names.
    pub names: Vec<Span>,
    /// Spans that are names here if the rules hold them to be: countries that act, which corpora call organisations.
    pub doubtful: Vec<Span>,
    /// All names are marked; else other capitals may be names too.
    pub is_whole: bool,
    /// How much it counts.
    pub weight: f32,
}

/// What was learned, and from how much.
#[derive(Debug)]
pub struct Learned {
    features: Vec<(u32, [i8; 2])>,
    chain: Chain,
    scale: f32,
    /// Sentences read.
    pub sentences: usize,
    /// Tokens read.
    pub tokens: usize,
    /// Natural-log likelihood a token, of each pass.
    pub likelihoods: Vec<f64>,
}

impl Learned {
    /// The file of the model.
    pub fn bytes(&self) -> Vec<u8> {
        table::write(&self.features, self.scale, &self.chain)
    }

    /// Features with a weight.
    pub fn features(&self) -> usize {
        self.features.len()
    }
}

/// A sentence ready for learning: per token its features and the labels that people left open.
struct Sentence {
    features: Vec<Vec<u32>>,
    allowed: Vec<[bool; LABELS]>,
    weight: f32,
}

/// Learns a model of one language; `without` names what it is not to see.
pub fn learn(examples: &[Example], lang: Lang, gazetteer: &Gazetteer, without: Without) -> Learned {
    let mut sentences: Vec<Sentence> = examples.iter().flat_map(|e| sentences(e, lang, gazetteer, without)).collect();
    let hashes = number(&mut sentences);
    let tokens = sentences.iter().map(|s| s.features.len()).sum();
    let mut weights = vec![[0.0f32; 2]; hashes.len()];
    let mut moved = vec![[1e-6f32; 2]; hashes.len()];
    let mut chain = Chain::default();
    let mut chain_moved = [[1e-6f32; LABELS]; LABELS + 1];
    let (mut free, mut held) = (Work::default(), Work::default());
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = SEED.0;
    let mut likelihoods = Vec::new();
    for _ in 0..PASSES {
        shuffle(&mut order, &mut random);
        let mut likelihood = 0.0;
        for sentence in order.iter().map(|at| &sentences[*at]) {
            let scores: Vec<[f32; LABELS]> = sentence.features.iter().map(|f| score(f, &weights)).collect();
            chain.run(&scores, None, &mut free);
            chain.run(&scores, Some(&sentence.allowed), &mut held);
            likelihood += held.log_sum - free.log_sum;
            for (at, features) in sentence.features.iter().enumerate() {
                let gradient: [f32; 2] = std::array::from_fn(|l| sentence.weight * (held.marginals[at][l + 1] - free.marginals[at][l + 1]));
                if gradient.iter().all(|g| g.abs() < 1e-4) {
                    continue;
                }
                for feature in features {
                    let (weight, moved) = (&mut weights[*feature as usize], &mut moved[*feature as usize]);
                    for label in 0..2 {
                        let pull = gradient[label] - DECAY * weight[label];
                        moved[label] += pull * pull;
                        weight[label] += STEP * pull / (moved[label].sqrt() + 1.0);
                    }
                }
            }
            for (from, moved) in chain_moved.iter_mut().enumerate() {
                for (to, moved) in moved.iter_mut().enumerate() {
                    let gradient = match from {
                        LABELS => held.marginals[0][to] - free.marginals[0][to],
                        _ => held.steps[from][to] - free.steps[from][to],
                    } * sentence.weight;
                    *moved += gradient * gradient;
                    let weight = if from == LABELS { &mut chain.start[to] } else { &mut chain.steps[from][to] };
                    *weight += STEP * gradient / (moved.sqrt() + 1.0);
                }
            }
        }
        likelihoods.push(likelihood / tokens as f64);
    }
    let scale = MAX_WEIGHT / f32::from(i8::MAX);
    let whole = |w: f32| (w.clamp(-MAX_WEIGHT, MAX_WEIGHT) / scale).round() as i8;
    let mut features: Vec<(u32, [i8; 2])> = hashes.into_iter().zip(weights).map(|(h, w)| (h, w.map(whole))).collect();
    features.retain(|(_, w)| *w != [0, 0]);
    features.sort_unstable();
    Learned { features, chain, scale, sentences: sentences.len(), tokens, likelihoods }
}

fn score(features: &[u32], weights: &[[f32; 2]]) -> [f32; LABELS] {
    let mut sum = [0.0; LABELS];
    for feature in features {
        let weight = weights[*feature as usize];
        sum[1] += weight[0];
        sum[2] += weight[1];
    }
    sum
}

/// Replaces hashes by numbers of their own; features that are too rare are dropped. Returns the hash of each number.
fn number(sentences: &mut [Sentence]) -> Vec<u32> {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    let all = |sentences: &[Sentence], act: &mut dyn FnMut(u32)| {
        sentences.iter().flat_map(|s| &s.features).flatten().for_each(|f| act(*f));
    };
    all(sentences, &mut |f| *seen.entry(f).or_default() += 1);
    let mut hashes: Vec<u32> = seen.iter().filter(|(_, n)| **n >= MIN_SEEN).map(|(h, _)| *h).collect();
    hashes.sort_unstable();
    for features in sentences.iter_mut().flat_map(|s| &mut s.features) {
        *features = features.iter().filter_map(|f| hashes.binary_search(f).ok()).map(|n| n as u32).collect();
    }
    hashes
}

fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random = random.wrapping_mul(SEED.1).wrapping_add(SEED.2);
        order.swap(at, (*random >> 33) as usize % (at + 1));
    }
}

fn sentences(example: &Example, lang: Lang, gazetteer: &Gazetteer, without: Without) -> Vec<Sentence> {
    let text = Text::read(&example.text);
    let context = Context::of(Cow::Owned(Readings::of(&text, lang)));
    let names: Vec<Range<usize>> = example.names.iter().filter_map(|n| tokens_of(&context, *n)).collect();
    let mut found = toponym::by_rule(&context, gazetteer);
    // Where people marked only some names, what the rules are sure of is a name too.
    let sure: Vec<Range<usize>> = found
        .iter()
        .filter(|m| m.grounds.sum >= SURE && context.outer(m).is_none())
        .map(|m| m.start..m.end)
        .filter(|r| !example.is_whole || example.doubtful.contains(&text.span(r.clone())))
        .filter(|r| !names.iter().any(|n| n.start < r.end && r.start < n.end))
        .collect();
    let is_hidden = |range: &Range<usize>| {
        (range.start as u32).wrapping_mul(2_654_435_761).wrapping_add(example.text.len() as u32).is_multiple_of(HIDDEN)
    };
    let hidden: Vec<&Range<usize>> = names.iter().filter(|n| is_hidden(n)).collect();
    found.retain(|m| !hidden.iter().any(|h| h.start < m.end && m.start < h.end));
    if without.names {
        found.clear();
    }
    let observed = Observed::of(&context, &found, gazetteer);
    let mut allowed: Vec<[bool; LABELS]> = (0..text.tokens.len()).map(|at| open(&text, at, example.is_whole)).collect();
    for name in names.iter().chain(&sure) {
        for at in name.clone() {
            allowed[at] = [false, at == name.start, at != name.start];
        }
    }
    let of = |tokens: &Range<usize>| Sentence {
        features: tokens.clone().map(|token| observed.features(token).to_vec()).collect(),
        allowed: allowed[tokens.clone()].to_vec(),
        weight: example.weight,
    };
    text.sentences.iter().filter(|s| !s.is_empty()).map(of).collect()
}

/// What a token that nobody marked may be.
fn open(text: &Text<'_>, at: usize, is_whole: bool) -> [bool; LABELS] {
    let token = &text.tokens[at];
    if !is_whole && token.capital { ANY } else { [true, false, false] }
}

/// The tokens of a marked name, without a kind word, an article or a sign before it: whose these are, corpora disagree.
fn tokens_of(context: &Context<'_>, name: Span) -> Option<Range<usize>> {
    let tokens = &context.text.tokens;
    let start = tokens.partition_point(|t| t.span.end <= name.start);
    let end = tokens.partition_point(|t| t.span.start < name.end);
    let is_before = |at: usize| {
        tokens[at].kind == TokenKind::Punct
            || context.is_link(at)
            || context.features.at(at).is_some_and(|h| h.end < end && !tokens[at].capital)
            || context.has_capitals && tokens[at].kind == TokenKind::Latin && !tokens[at].capital
    };
    let start = (start..end).find(|at| !is_before(*at))?;
    let end = (start..end).rev().find(|at| tokens[*at].kind != TokenKind::Punct)? + 1;
    (tokens[start].sentence == tokens[end - 1].sentence).then_some(start..end)
}
