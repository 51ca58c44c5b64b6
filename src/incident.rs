//! Who did what to whom, where, when, how many: from recognised mentions to incidents.

mod actors;
mod asked;
mod assemble;
mod attribution;
mod classify;
pub mod correction;
pub mod corroborate;
mod crowd;
mod divide;
mod group;
mod kind;
mod list;
mod mode;
mod note;
mod place;
mod record;
mod scene;
mod statement;
mod told;
mod toll;
pub mod weights;
pub mod why;

pub use actors::{inter, inter_label, interaction, interaction_code, sides};
pub use asked::scenes;
pub use kind::{EventType, Granularity, Status, SubEventType, ViolenceType};
pub use mode::Mode;
pub use record::{Actor, Attribution, Evidence, Incident, OtherPlace, PlaceRelation, Side, Sides, Toll, TollPart, TollTold};

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::lang::grammar::Grammar;
use crate::lang::readings::Readings;
use crate::lang::{Lang, detect, lists, litter};
use crate::recognise::event::EventSigns;
use crate::recognise::{Manner, Note, Relation, Report, count, number, time, toponym};

use crate::resolve::corrections::{Corrections, Resolved, resolve_corrected};
use crate::resolve::{self, About, Resolution};
use crate::text::Text;

use statement::Recognised;

/// All that was read out of one report.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The report's language.
    pub lang: Lang,
    /// Mentions of places, in the order of the text.
    pub mentions: Vec<Resolution>,
    /// Incidents, in the order of the text.
    pub incidents: Vec<Incident>,
    /// What was not used, and why.
    pub notes: Vec<Note>,
}

/// Reads a report. Never fails and never panics: what is strange becomes a note.
pub fn read(report: &Report, gazetteer: &Gazetteer) -> Findings {
    read_corrected(report, gazetteer, &Corrections::default())
}

/// Reads a report as people have corrected it.
pub fn read_corrected(report: &Report, gazetteer: &Gazetteer, corrections: &Corrections) -> Findings {
    read_in(report, gazetteer, corrections, &Manner::default())
}

/// [`read_corrected`] in a manner that is not the usual one: for measuring.
pub fn read_in(report: &Report, gazetteer: &Gazetteer, corrections: &Corrections, manner: &Manner) -> Findings {
    let (incidents, lang, mentions, notes) = recognised(report, gazetteer, corrections, manner, |all| assemble::assemble(all, &report.id));
    Findings { lang, mentions, incidents, notes }
}

/// Recognises all that stands in a report and hands it to `told`; gives what that made of it, with the language, the mentions and the notes.
fn recognised<T>(
    report: &Report,
    gazetteer: &Gazetteer,
    corrections: &Corrections,
    manner: &Manner,
    told: impl FnOnce(&Recognised<'_>) -> T,
) -> (T, Lang, Vec<Resolution>, Vec<Note>) {
    let text = litter::read(&report.text);
    let lang = language(report, &text);
    let read = Readings::of(&text, lang);
    let found = toponym::toponyms_in(&read, gazetteer, manner);
    let headline = headline_places(report, lang, gazetteer);
    let about = About { lang, headline, home: resolve::home(report), without: manner.without };
    let Resolved { mentions, resolutions, notes } = resolve_corrected(report, &read, found, &about, gazetteer, corrections);
    let signs = EventSigns::of(&read, actors::main_country(&resolutions).as_deref());
    let lists = lists::Lists::of(lang);
    let words = lists::Signs::of(&text, lists);
    let numbers = number::numbers(&text, &words, lang);
    let times = time::times(&text, &words, lang, report.published);
    let counts = count::counts(&text, &words, lists, &numbers, &times);
    let all = Recognised {
        text: &text,
        lang,
        grammar: Grammar::of(lang),
        published: report.published,
        mentions: &mentions,
        resolutions: &resolutions,
        times: &times,
        counts: &counts,
        numbers: &numbers,
        signs: &signs,
        by_sentence: Recognised::by_sentence(&mentions, text.sentences.len()),
        anchors: mentions.iter().filter_map(|m| m.relation.filter(Relation::is_apart).map(|r| r.anchor)).collect(),
    };
    (told(&all), lang, resolutions, notes)
}

/// The language that the giver of a report names, else the one that its words are in.
fn language(report: &Report, text: &Text) -> Lang {
    report.lang.unwrap_or_else(|| detect::detect(text))
}

/// Places that the headline names: they tell what the report is about, and are not marks themselves.
fn headline_places(report: &Report, lang: Lang, gazetteer: &Gazetteer) -> Vec<PlaceRef> {
    let Some(title) = &report.title else { return Vec::new() };
    let text = Text::read(title);
    toponym::toponyms(&text, lang, gazetteer).iter().filter_map(|m| m.candidates.first()).map(|(place, _)| *place).collect()
}
