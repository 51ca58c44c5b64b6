//! Words that a careless copy ran together: «نيجيرياوتشاد», «الكاميرونوتشاد», «إرهابيونفي».

use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::text::{Text, TokenKind};

use super::context::Context;
use super::toponym::Match;

/// Fewest letters of a word that is looked into: shorter ones are words.
const MIN_LETTERS: usize = 8;
/// Two names in one word are hardly chance.
const PRIOR: f64 = 2.0;

/// Words without a match of their own that are two names of countries or units joined by «و».
pub(super) fn matches(text: &Text, gazetteer: &Gazetteer, context: &Context, known: &[Match]) -> Vec<Match> {
    let mut out = Vec::new();
    let mut taken = vec![false; text.tokens.len()];
    known.iter().filter(|m| !m.named.is_empty()).for_each(|m| taken[m.start..m.end].fill(true));
    for (start, taken) in taken.into_iter().enumerate() {
        let folded = text.folded(start);
        if taken || text.tokens[start].kind != TokenKind::Arabic || folded.chars().count() < MIN_LETTERS {
            continue;
        }
        // A conjunction may stand before the first name too («ونيجيرياوتشاد»).
        let begin = if folded.starts_with('و') { 'و'.len_utf8() } else { 0 };
        let split = folded.match_indices('و').skip_while(|(at, _)| *at < begin).find_map(|(at, joint)| {
            let (first, second) = (folded.get(begin..at)?, folded.get(at + joint.len()..)?);
            Some((at, heads(gazetteer, first)?, at + joint.len(), heads(gazetteer, second)?))
        });
        if let Some((until, first, from, second)) = split {
            let part = |cut, keep, named| {
                let mut grounds = context.grounds();
                grounds.add("two names of countries in one word", PRIOR);
                Match { start, end: start + 1, cut, keep, preposition: false, named, grounds }
            };
            out.push(part(begin, Some(until), first));
            out.push(part(from, None, second));
        }
    }
    out
}

/// Countries and first-level units that bear exactly this name.
fn heads(gazetteer: &Gazetteer, name: &str) -> Option<Vec<(PlaceRef, KeyFlags)>> {
    let named: Vec<_> = gazetteer.by_name(name).into_iter().filter(|(p, _)| gazetteer.place(*p).is_country()).collect();
    (!named.is_empty()).then_some(named)
}
