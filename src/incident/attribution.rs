//! Who says so: the informant whom a sentence names beside a word of saying.

use crate::lang::actor_words::IRREGULAR;
use crate::lang::event_words::EventWords;
use crate::recognise::event::{EventSigns, EventWord};

use super::group::Group;
use super::record::Attribution;
use super::statement::{Recognised, Statement};
use super::weights;

/// Those who say what a group of sentences tells, each once, in the order of the text.
pub(super) fn all_of(all: &Recognised<'_>, group: &Group<'_>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for said in group.statements.iter().filter(|s| s.tells_of_one(all)).flat_map(|s| named(all, s)) {
        if !out.iter().any(|known| known.name == said.name) {
            out.push(said);
        }
    }
    out
}

/// The first who says what one sentence tells.
pub(super) fn of(all: &Recognised<'_>, statement: &Statement<'_>) -> Option<Attribution> {
    named(all, statement).into_iter().next()
}

/// Who gives the figure at a token: of several in its sentence the nearest.
pub(super) fn near(all: &Recognised<'_>, statement: &Statement<'_>, token: usize) -> Option<Attribution> {
    let at = all.text.tokens.get(token).map_or(0, |t| t.span.start);
    named(all, statement).into_iter().min_by_key(|a| a.span.start.abs_diff(at))
}

fn named(all: &Recognised<'_>, statement: &Statement<'_>) -> Vec<Attribution> {
    let speech = EventSigns::in_sentence(&all.signs.speech, statement.sentence);
    if speech.is_empty() {
        return Vec::new();
    }
    let informants = EventSigns::in_sentence(&all.signs.informants, statement.sentence).iter().filter(|w| speaks(speech, w));
    // Whose own words are told: «JNIM said it killed …».
    let fighters = statement.actors.iter().filter(|w| speaks(speech, w));
    let mut out: Vec<Attribution> = informants.filter_map(|w| informant(all, w)).chain(fighters.filter_map(|w| fighter(all, w))).collect();
    out.sort_by_key(|a| a.span);
    out
}

/// A word of saying leads to the informant («according to X», «قال X») or follows it («X said»).
fn speaks(speech: &[EventWord], informant: &EventWord) -> bool {
    speech.iter().any(|said| {
        let before = informant.hit.start.checked_sub(said.hit.end);
        let behind = said.hit.start.checked_sub(informant.hit.end);
        let reach = if said.key == "according" { weights::ACCORDING_GAP } else { weights::INFORMANT_GAP };
        before.is_some_and(|gap| gap <= reach) || said.key == "said" && behind.is_some_and(|gap| gap <= weights::INFORMANT_GAP)
    })
}

fn informant(all: &Recognised<'_>, word: &EventWord) -> Option<Attribution> {
    let entry = EventWords::of(all.lang).informants.get(word.hit.entry as usize)?;
    let span = all.text.span(word.hit.start..word.hit.end);
    Some(Attribution { name: entry.name.clone(), kind: entry.kind.clone(), scale: entry.scale.clone(), span })
}

fn fighter(all: &Recognised<'_>, word: &EventWord) -> Option<Attribution> {
    let entry = EventWords::of(all.lang).actors.get(word.hit.entry)?;
    let span = all.text.span(word.hit.start..word.hit.end);
    let is_group = IRREGULAR.contains(&entry.kind_at(all.published)) && !entry.is_generic();
    is_group.then(|| Attribution { name: entry.name.clone(), kind: "fighters".to_owned(), scale: "Other".to_owned(), span })
}
