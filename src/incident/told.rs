//! Which event words of a sentence tell of an event: a weapon, a verb of hitting or a death does so only in company.

use crate::lang::actor_words::IRREGULAR;
use crate::lang::event_words::EventWords;
use crate::recognise::count::{Count, Harm};
use crate::recognise::event::{EventSigns, EventWord};

use crate::text::TokenKind;

use super::statement::Recognised;
use super::weights;

/// Keys of `events.txt` that tell of violence without a toll.
pub(super) const STRONG: &[&str] = &[
    "attack",
    "clash",
    "ambush",
    "airstrike",
    "shelling",
    "bombardment",
    "ied",
    "explosion",
    "suicide",
    "grenade",
    "chemical",
    "massacre",
    "capture",
    "recapture",
];
/// Further keys that tell of an event, with a toll or another sign beside them.
const WEAK: &[&str] =
    &["sexual", "protest", "riot", "dispersal", "looting", "arson", "disrupted", "killed", "died", "injured", "abducted", "arrested"];
/// Keys whose words are figures of speech where a sentence is about a match, a film or a market.
const FIGURES: &[&str] =
    &["attack", "clash", "explosion", "airstrike", "shelling", "bombardment", "capture", "recapture", "killed", "died", "injured", "ied"];
/// Keys that are a matter for the police where a sentence names an ordinary crime.
const POLICE_MATTERS: &[&str] = &["arrested", "looting", "disrupted", "arson", "died", "injured", "riot"];

/// The event words of a sentence, in the order of the text, under the keys that they stand for there.
pub(super) fn told(all: &Recognised<'_>, sentence: usize, counts: &[&Count]) -> Vec<EventWord> {
    let words = EventSigns::in_sentence(&all.signs.events, sentence);
    let has = |key: &str| words.iter().any(|w| w.key == key);
    let is_armed = is_armed(all, sentence);
    let plain = |w: &&EventWord| STRONG.contains(&w.key) || WEAK.contains(&w.key);
    // «the missile programme» and «the sale of missiles and jets» tell of nothing; «missiles fell», «killed by missiles» do.
    let in_company = has("hit") || words.iter().any(|w| plain(&w) && !matches!(w.key, "arrested" | "disrupted")) || harmed(counts);
    let as_told = |w: &EventWord| {
        if plain(&w) {
            return Some(*w);
        }
        let key = match w.key {
            "aircraft" | "gun" if in_company => weapon(w.key)?,
            "take" if is_of_place(all, w) => "capture",
            _ => return None,
        };
        Some(EventWord { key, ..*w })
    };
    // «Battle Ground», «Tir an-Nar»: a word inside a name tells of nothing.
    let named = |w: &&EventWord| {
        all.by_sentence[sentence].iter().map(|m| &all.mentions[*m].tokens).any(|t| t.start <= w.hit.start && w.hit.end <= t.end)
    };
    let mut out: Vec<EventWord> = words.iter().filter(|w| !named(w)).filter_map(as_told).collect();
    if is_figurative(all, sentence) && !is_armed && !killed(counts) {
        out.retain(|w| !FIGURES.contains(&w.key));
    }
    if has("crime") && !is_armed {
        out.retain(|w| !POLICE_MATTERS.contains(&w.key));
    }
    if is_mishap(all, sentence) {
        out.clear();
    }
    out
}

/// Keys whose words are as often a matter for the police as an event of a conflict.
pub(super) fn is_everyday(key: &str) -> bool {
    matches!(
        key,
        "attack" | "killed" | "died" | "injured" | "abducted" | "arrested" | "looting" | "sexual" | "arson" | "disrupted" | "riot"
    )
}

/// True when the words of a report are those of courts, police stations and ordinary crime.
pub(super) fn is_police(all: &Recognised<'_>) -> bool {
    all.signs.events.iter().filter(|w| matches!(w.key, "crime" | "court")).count() >= weights::POLICE_WORDS
}

/// A sentence about a match, a film or a market, or beside one.
fn is_figurative(all: &Recognised<'_>, sentence: usize) -> bool {
    let near = sentence.saturating_sub(1)..=sentence + 1;
    near.flat_map(|s| EventSigns::in_sentence(&all.signs.events, s)).any(|w| w.key == "figurative")
}

/// What a weapon does: the key of the event that its words tell of in company.
fn weapon(key: &str) -> Option<&'static str> {
    match key {
        "aircraft" => Some("airstrike"),
        "gun" => Some("shelling"),
        _ => None,
    }
}

fn harmed(counts: &[&Count]) -> bool {
    counts.iter().any(|c| c.high > 0 && matches!(c.harm, Harm::Killed | Harm::Injured | Harm::Abducted))
}

fn killed(counts: &[&Count]) -> bool {
    counts.iter().any(|c| c.high > 0 && c.harm == Harm::Killed)
}

/// «took Janaale», «Janaale was captured»: a place that can be taken stands right beside the word.
fn is_of_place(all: &Recognised<'_>, word: &EventWord) -> bool {
    // «taken in Chowchilla» says where a photograph was taken.
    let is_direct = |mut between: std::ops::Range<usize>| {
        between.len() <= weights::TAKEN_GAP
            && !between.any(|t| {
                let word = all.text.folded(t);
                // «taken to hospital in»
                all.grammar.place.contains(word) || all.grammar.whither.contains(word) || all.text.tokens[t].kind == TokenKind::Punct
            })
    };
    all.by_sentence[word.sentence].iter().any(|m| {
        let tokens = &all.mentions[*m].tokens;
        let between = if tokens.start >= word.hit.end { word.hit.end..tokens.start } else { tokens.end..word.hit.start.max(tokens.end) };
        is_direct(between) && all.resolutions[*m].place.as_ref().is_none_or(|p| p.where_prec <= 4)
    })
}

/// A sentence about an accident, a flood or an illness, with no word of violence and nobody in arms: its dead are not of an event.
pub(super) fn is_mishap(all: &Recognised<'_>, sentence: usize) -> bool {
    let words = EventSigns::in_sentence(&all.signs.events, sentence);
    // «des orages ont frappé Bamako»: storms attack too, when nobody else is named.
    let is_by_nobody = EventSigns::in_sentence(&all.signs.actors, sentence).is_empty();
    let strikes = |w: &EventWord| STRONG.contains(&w.key) && !(w.key == "attack" && is_by_nobody);
    let violent = |w: &EventWord| strikes(w) || matches!(w.key, "protest" | "riot" | "abducted" | "sexual" | "aircraft" | "gun");
    words.iter().any(|w| w.key == "mishap") && !words.iter().any(violent) && !is_armed(all, sentence)
}

/// True when a group in arms other than a state's is named in a sentence.
pub(super) fn is_armed(all: &Recognised<'_>, sentence: usize) -> bool {
    let words = EventWords::of(all.lang);
    EventSigns::in_sentence(&all.signs.actors, sentence)
        .iter()
        .filter_map(|sign| words.actors.get(sign.hit.entry))
        .any(|actor| IRREGULAR.contains(&actor.kind_at(all.published)))
}

/// True when something in a report is violence by its own word, so that its dead were killed.
pub(super) fn is_violent(all: &Recognised<'_>) -> bool {
    let by_word = |w: &EventWord| STRONG.contains(&w.key) || matches!(w.key, "protest" | "riot" | "abducted" | "sexual" | "arson");
    let by_weapon = |w: &EventWord| weapon(w.key).is_some();
    all.signs.events.iter().any(|w| by_word(w) || by_weapon(w)) || (0..all.text.sentences.len()).any(|s| is_armed(all, s))
}
