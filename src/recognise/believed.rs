//! What the sequence model adds to the rules: its share in each known name, and the names that no index has.

use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::text::{Span, TokenKind};

use super::MentionKind;
use super::context::Context;
use super::manner::Manner;
use super::mention::Mention;
use super::model::features::Observed;
use super::model::{Belief, Model};
use super::toponym::Match;
use super::weights;

/// Words of a name that is no chance.
const LONG: usize = 3;

/// Mixes what the rules say of each known name with what the model believes, which has seen the rules' sum too; `None` without a model.
pub(super) fn believe(context: &Context<'_>, found: &mut [Match], gazetteer: &Gazetteer, manner: &Manner) -> Option<Belief> {
    // Latin letters without any capital are too rare in what was learned from.
    if manner.without.model || context.lang != Lang::Ar && !context.has_capitals {
        return None;
    }
    let model = manner.models.as_ref().map_or_else(|| Model::of(context.lang), |models| models.of(context.lang));
    let seen: &[Match] = if manner.without.names { &[] } else { found };
    let belief = model.belief(context.text, &Observed::of(context, seen, gazetteer));
    // What stands in a longer name is no place for the model, and is told as a part of that name by rule.
    for name in found.iter_mut().filter(|name| context.outer(name).is_none() && !is_whole_tag(context, name)) {
        let odds = odds(context, &belief, name.start..name.end);
        let rules = name.grounds.sum - weights::ACCEPT;
        // What people listed as rather a word needs the rules' reasons, not the model's.
        let is_listed = name.end == name.start + 1 && context.listed_at(name) <= weights::LISTED_WORD;
        // Three words of a recorded name do not stand together by chance.
        let is_long = name.end >= name.start + LONG;
        if is_listed && odds > rules || is_long && odds < rules {
            continue;
        }
        name.grounds
            .add("what the sequence model makes of the words around it, against the sum so far", weights::MODEL_SHARE * (odds - rules));
    }
    Some(belief)
}

/// `#دير_الزور`: the words of a tag are nothing but the name, and no model has seen enough of them.
fn is_whole_tag(context: &Context<'_>, name: &Match) -> bool {
    let sign = |at: Option<usize>| at.and_then(|at| context.text.tokens.get(at)).map_or("", |t| context.text.slice(t.span));
    name.end > name.start + 1 && sign(name.start.checked_sub(1)) == "#" && sign(Some(name.end)) != "_" && sign(Some(name.start + 1)) == "_"
}

/// Mean log odds of the words of a range.
fn odds(context: &Context<'_>, belief: &Belief, range: Range<usize>) -> f64 {
    let words = range.filter(|at| context.text.tokens[*at].kind != TokenKind::Punct);
    words.clone().map(|at| f64::from(belief.inside[at])).sum::<f64>() / words.count().max(1) as f64
}

/// Names that the model finds where no mention is: places without an entry.
pub(super) fn unknown_names(context: &Context<'_>, belief: &Belief, taken: &[Mention]) -> Vec<Mention> {
    let text = context.text;
    let taken = context.taken(taken);
    let is_name = |at: usize| belief.inside[at] >= weights::UNKNOWN_ODDS && !taken[at];
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let start = at;
        at += 1;
        if !is_name(start) || text.tokens[start].kind == TokenKind::Punct {
            continue;
        }
        let sentence = text.tokens[start].sentence;
        while at < text.tokens.len() && is_name(at) && text.tokens[at].sentence == sentence && belief.begins[at] < weights::BEGINS {
            at += 1;
        }
        let end = (start..at).rev().find(|t| text.tokens[*t].kind != TokenKind::Punct).unwrap_or(start) + 1;
        // A piece of a name that a mention covers in part is not a name of its own.
        let touches = start.checked_sub(1).is_some_and(|b| taken[b] && belief.begins[start] < weights::BEGINS);
        if touches || !could_be_name(context, start..end) {
            continue;
        }
        let span = text.span(start..end);
        out.push(Mention {
            span: Span { start: after_conjunction(context, start).unwrap_or(span.start), end: span.end },
            tokens: start..end,
            sentence: sentence as usize,
            kind: MentionKind::Literal,
            candidates: Vec::new(),
            spelt: Vec::new(),
            feature: context.kind_word(&(start..end)),
            direction: context.direction_before(start),
            strength: weights::ACCEPT + odds(context, belief, start..end),
            relation: None,
            outer: None,
            is_dateline: false,
        });
    }
    out
}

/// Has a word that is none of any list, and is no lone initial.
fn could_be_name(context: &Context<'_>, range: Range<usize>) -> bool {
    range.clone().any(|at| {
        matches!(context.text.tokens[at].kind, TokenKind::Arabic | TokenKind::Latin)
            && context.text.folded(at).chars().count() > 1
            && !context.is_known_word(at)
            // «الحدود الثلاثة», «the border»: told by their neighbours, not by a name.
            && context.words.relative.at(context.text, at, context.lang).is_none()
            && context.words.ordinary.begins(&context.seen, at).is_none()
            && context.words.not_places.lexicon.word(context.text.folded(at)).is_none()
    }) && !context.is_ordinary(&range)
}

/// Where an unknown Arabic name begins behind a preposition with the article («بالجوادية»): the letter is no part of it.
fn after_conjunction(context: &Context<'_>, at: usize) -> Option<u32> {
    let folded = context.text.folded(at);
    let is_cut = context.lang == Lang::Ar && ["وال", "بال", "فال"].iter().any(|clitic| folded.starts_with(clitic));
    is_cut.then(|| context.text.after_folded(at, 'و'.len_utf8()))
}
