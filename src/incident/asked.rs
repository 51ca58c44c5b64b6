//! Where it was that a given word tells of, be it an event of the codebook or not: for measuring the choice of the scene alone.

use crate::gazetteer::Gazetteer;
use crate::lang::lexicon::Hit;
use crate::recognise::event::EventWord;
use crate::recognise::{Manner, MentionKind, Report};
use crate::resolve::corrections::Corrections;
use crate::text::Span;

use super::list::listed;
use super::scene::{best, whole_name};
use super::statement::{Recognised, Statement};
use super::weights;

/// For each word given by its bytes, the spans of the places where it happened, several where the text lists them, none where it says nothing.
///
/// The word takes the place of all event words of its sentence; what makes a place the scene is weighed as it is for incidents.
pub fn scenes(report: &Report, gazetteer: &Gazetteer, manner: &Manner, words: &[Span]) -> Vec<Vec<Span>> {
    super::recognised(report, gazetteer, &Corrections::default(), manner, |all| words.iter().map(|word| of(all, *word)).collect()).0
}

fn of(all: &Recognised<'_>, word: Span) -> Vec<Span> {
    let tokens = &all.text.tokens;
    let (start, end) = (tokens.partition_point(|t| t.span.end <= word.start), tokens.partition_point(|t| t.span.start < word.end));
    let Some(sentence) = tokens.get(start).map(|t| t.sentence as usize).filter(|_| start < end) else { return Vec::new() };
    let asked = EventWord { hit: Hit { start, end, key: 0, entry: 0, cut: false, preposition: false }, key: "asked", sentence };
    // «in northern Iraq» is an answer here, though no place of an incident by itself.
    let named = |m: &&usize| all.mentions[**m].sentence == sentence && all.mentions[**m].kind != MentionKind::Associative;
    let places = (0..all.mentions.len()).filter(|m| named(&m)).collect();
    let statement = Statement { events: vec![asked], counts: Vec::new(), households: Vec::new(), places, ..Statement::of(all, sentence) };
    let Some((found, _)) = best(all, &statement).filter(|(_, sum)| *sum >= weights::MIN_ASKED) else { return Vec::new() };
    listed(all, found.mention).into_iter().map(|m| whole_name(all, m)).collect()
}
