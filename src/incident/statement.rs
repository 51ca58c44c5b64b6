//! What one sentence says that bears on an incident.

use std::collections::BTreeSet;

use crate::lang::grammar::Grammar;
use crate::lang::{Lang, ar};
use crate::recognise::count::{Count, Harm};
use crate::recognise::event::{EventSigns, EventWord};
use crate::recognise::number::Number;
use crate::recognise::time::TimeMention;
use crate::recognise::{Mention, MentionKind};
use crate::resolve::Resolution;
use crate::text::Text;

use super::scene::Scene;
use super::told::{self, STRONG};
use super::weights;

/// Everything that was recognised in a report, side by side.
pub(super) struct Recognised<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) lang: Lang,
    pub(super) grammar: &'static Grammar,
    pub(super) published: Option<jiff::civil::Date>,
    pub(super) mentions: &'a [Mention],
    pub(super) resolutions: &'a [Resolution],
    pub(super) times: &'a [TimeMention],
    pub(super) counts: &'a [Count],
    pub(super) numbers: &'a [Number],
    pub(super) signs: &'a EventSigns,
    /// The places named in each sentence, associative mentions apart.
    pub(super) by_sentence: Vec<Vec<usize>>,
    /// Mentions from which a distance is measured.
    pub(super) anchors: BTreeSet<usize>,
}

impl Recognised<'_> {
    /// The places named in each sentence; apart from them stand associative mentions, and parts of a place that is named itself.
    pub(super) fn by_sentence(mentions: &[Mention], sentences: usize) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); sentences];
        for (index, mention) in mentions.iter().enumerate().filter(|(_, m)| is_scene(m)) {
            if let Some(list) = out.get_mut(mention.sentence) {
                list.push(index);
            }
        }
        out
    }
}

/// The key of `people.txt` for households.
const HOUSEHOLDS: &str = "households";

/// A place that may be the scene by itself; «northern Mali» only says where in Mali it is.
fn is_scene(mention: &Mention) -> bool {
    mention.kind != MentionKind::Associative && mention.relation.is_none_or(|r| r.is_apart())
}

/// The items, in the order of the text, that begin inside a range of tokens.
fn within<'l, T>(items: &'l [T], tokens: &std::ops::Range<usize>, start: impl Fn(&T) -> usize) -> &'l [T] {
    let from = items.partition_point(|i| start(i) < tokens.start);
    let to = items.partition_point(|i| start(i) < tokens.end);
    &items[from..to.max(from)]
}

/// One sentence with the signs in it.
pub(super) struct Statement<'a> {
    pub(super) sentence: usize,
    pub(super) events: Vec<EventWord>,
    /// Event words that the sentence says did not happen, or might.
    pub(super) denied: Vec<EventWord>,
    pub(super) flags: Vec<EventWord>,
    pub(super) actors: &'a [EventWord],
    /// Persons.
    pub(super) counts: Vec<&'a Count>,
    /// Households that were driven from home: no persons, and never added to them.
    pub(super) households: Vec<&'a Count>,
    pub(super) times: Vec<&'a TimeMention>,
    /// Indices into the mentions.
    pub(super) places: Vec<usize>,
    /// The likeliest scene among them; set once the statement is read.
    pub(super) scene: Option<Scene>,
    /// Further places of the same event; set with it.
    pub(super) beside: Vec<usize>,
    /// Of a sentence that tells of several events: the byte at which the words begin that tell of this one alone.
    pub(super) own_from: Option<u32>,
    /// The day of the event; set once the statement is read.
    pub(super) time: Option<&'a TimeMention>,
}

impl<'a> Statement<'a> {
    pub(super) fn of(all: &Recognised<'a>, sentence: usize) -> Statement<'a> {
        let words = EventSigns::in_sentence(&all.signs.events, sentence);
        let tokens = all.text.sentences[sentence].clone();
        // Who dies by accident or illness is no victim of an event.
        let counts: Vec<&Count> =
            within(all.counts, &tokens, |c| c.tokens.start).iter().filter(|_| !told::is_mishap(all, sentence)).collect();
        let (households, counts): (Vec<&Count>, Vec<&Count>) = counts.into_iter().partition(|c| c.kind() == HOUSEHOLDS);
        let told = told::told(all, sentence, &counts);
        let mut places: Vec<usize> = all.by_sentence[sentence].clone();
        // «this town, 150 km east of Gao» speaks of the town named in the sentence before.
        let described: Vec<usize> =
            places.iter().filter_map(|i| all.mentions[*i].relation?.describes).filter(|d| !places.contains(d)).collect();
        places.extend(described);
        let (denied, events): (Vec<EventWord>, Vec<EventWord>) = told.iter().partition(|w| unreal(words, w).is_some());
        Statement {
            sentence,
            events,
            denied,
            flags: words.iter().filter(|w| !told.iter().any(|t| t.hit == w.hit)).copied().collect(),
            actors: EventSigns::in_sentence(&all.signs.actors, sentence),
            counts,
            households: households.into_iter().filter(|c| c.harm == Harm::Displaced).collect(),
            times: within(all.times, &tokens, |t| t.tokens.start).iter().collect(),
            places,
            scene: None,
            beside: Vec::new(),
            own_from: None,
            time: None,
        }
    }

    pub(super) fn has_flag(&self, key: &str) -> bool {
        self.flags.iter().any(|w| w.key == key)
    }

    pub(super) fn has_event(&self, key: &str) -> bool {
        self.events.iter().any(|w| w.key == key)
    }

    /// Tells of what is fired or dropped from afar.
    pub(super) fn is_of_fire(&self) -> bool {
        ["shelling", "airstrike", "bombardment"].iter().any(|k| self.has_event(k))
    }

    /// A number of persons came to harm.
    pub(super) fn has_toll(&self) -> bool {
        self.counts.iter().any(|c| c.high > 0 && matches!(c.harm, Harm::Killed | Harm::Injured | Harm::Abducted))
    }

    /// All that it tells of is denied, planned or supposed: how.
    pub(super) fn unreal(&self, all: &Recognised<'_>) -> Option<&'static str> {
        let words = EventSigns::in_sentence(&all.signs.events, self.sentence);
        if self.events.is_empty() && !self.has_toll() { self.denied.iter().find_map(|w| unreal(words, w)) } else { None }
    }

    /// Tells of an event, be it in one word.
    pub(super) fn is_eventive(&self) -> bool {
        // «gunmen killed the village chief on Thursday»: one word of death, and who and when beside it.
        let dated = self.times.iter().any(|t| t.date.is_some_and(|d| d.precision == 1));
        let told = self.events.len() > 1 || self.events.len() == 1 && dated && !self.actors.is_empty();
        self.has_toll() || told || self.events.iter().any(|w| !matches!(w.key, "killed" | "died" | "injured"))
    }

    /// Tells of violence by a word that needs no toll.
    pub(super) fn is_strong(&self, all: &Recognised<'_>) -> bool {
        self.has_toll() || self.events.iter().any(|w| STRONG.contains(&w.key) && !is_general(all, w))
    }

    /// Sums up several events: says so, counts them, or tells only of «attacks».
    pub(super) fn is_aggregate(&self, all: &Recognised<'_>) -> bool {
        if self.event_time(all).is_some_and(|t| t.date.is_some_and(|d| d.precision == 1)) {
            return false;
        }
        // «the deadliest since 2015» compares one event with others and sums nothing up.
        let period = !self.has_flag("other") && self.times.iter().any(|t| t.is_since || t.date.is_some_and(|d| d.precision > 2));
        let general = self.events.iter().any(|w| is_general(all, w));
        let total = self.counts.iter().any(|c| c.low >= weights::TOTAL_TOLL);
        let counted = self.counted_events(all) >= weights::MANY_EVENTS;
        self.has_flag("aggregate") || counted || period && (general || total || self.has_toll() && self.sentence > 0)
    }

    /// The largest number that counts events in the sentence («17 هجوما», «huit attaques», «245 عملية»).
    pub(super) fn counted_events(&self, all: &Recognised<'_>) -> u64 {
        let tokens = all.text.sentences[self.sentence].clone();
        tokens.filter(|t| all.grammar.event_noun.contains(all.text.folded(*t))).filter_map(|t| number_before(all, t)).max().unwrap_or(0)
    }

    /// Tells only of habits: every event word is a plural, and nothing makes it one event.
    pub(super) fn is_general(&self, all: &Recognised<'_>) -> bool {
        !self.has_toll() && !self.events.is_empty() && self.events.iter().all(|w| is_general(all, w))
    }

    /// Tells of one event and its people; a sentence about years and millions does not.
    pub(super) fn tells_of_one(&self, all: &Recognised<'_>) -> bool {
        let sums_up = self.counts.iter().any(|c| c.low >= weights::WAR_TOLL) || self.times.iter().any(|t| t.is_since);
        !sums_up && !self.is_general(all) && (!self.events.is_empty() || self.has_toll())
    }

    /// Recalls an earlier event.
    pub(super) fn is_recalled(&self) -> bool {
        self.has_flag("background") || self.has_flag("anniversary") || self.has_flag("court")
    }

    /// How loudly the words before the first event word say that another event follows: «also» 1, «in a separate attack» 2.
    pub(super) fn opens_another(&self) -> u32 {
        let first = self.events.iter().map(|w| w.hit.end).chain(self.counts.iter().map(|c| c.tokens.end)).min().unwrap_or(0);
        let says = |key: &str| self.flags.iter().any(|w| w.key == key && w.hit.start <= first + weights::MARKER_GAP);
        if says("another") { 2 } else { u32::from(says("also")) }
    }

    /// The last event word or count before which, and the first after which, a token stands: the nearest distance.
    pub(super) fn distance_to_event(&self, token: usize) -> usize {
        let words = self.events.iter().map(|w| (w.hit.start, w.hit.end));
        let counts = self.counts.iter().map(|c| (c.tokens.start, c.tokens.end));
        words
            .chain(counts)
            .map(|(start, end)| if token < start { start - token } else { (token + 1).saturating_sub(end) })
            .min()
            .unwrap_or(50)
    }

    /// The day that the sentence gives for its event: the nearest date to an event word that is no day of speech.
    pub(super) fn event_time(&self, all: &Recognised<'_>) -> Option<&'a TimeMention> {
        self.times
            .iter()
            .filter(|t| !t.is_since && !t.is_future && t.date.is_some_and(|d| !d.is_coarse()))
            .filter(|t| !self.is_of_speech(all, &t.tokens) && !is_in_dateline(all, t.tokens.end))
            .min_by_key(|t| (t.date.as_ref().map_or(9, |d| d.precision), self.distance_to_event(t.tokens.start)))
            .copied()
    }

    /// True when a day or a place belongs to what somebody said rather than to what happened: the word of speech is
    /// nearer than the event, or «that» follows («announced on Saturday that …»).
    pub(super) fn is_of_speech(&self, all: &Recognised<'_>, tokens: &std::ops::Range<usize>) -> bool {
        // Only what was said before it: «…, said the police» behind a day leaves the day to the event.
        let before = EventSigns::in_sentence(&all.signs.speech, self.sentence).iter().filter(|w| w.hit.end <= tokens.start);
        let Some(said) = before.map(|w| tokens.start - w.hit.end).min() else { return false };
        let that = (tokens.end..tokens.end + 2).any(|t| all.grammar.that.contains(all.text.folded(t))) && said <= weights::SPEECH_GAP + 1;
        that || said <= weights::SPEECH_GAP && self.distance_to_event(tokens.start) > said
    }
}

/// Whether words before an event word take it back: «denied», «planned», «hypothetical», with how far each reaches.
fn unreal(words: &[EventWord], event: &EventWord) -> Option<&'static str> {
    words.iter().rev().filter(|w| w.hit.end <= event.hit.start).find_map(|w| {
        let reach = match w.key {
            "denied" => weights::DENIAL_REACH,
            "planned" | "hypothetical" => weights::SUPPOSITION_REACH,
            _ => return None,
        };
        (event.hit.start - w.hit.end <= reach).then_some(w.key)
    })
}

fn is_general(all: &Recognised<'_>, word: &EventWord) -> bool {
    let folded = all.text.folded(word.hit.start);
    let general = &all.grammar.general;
    general.contains(folded) || all.lang == Lang::Ar && ar::readings(folded).iter().any(|r| general.contains(r.word.as_ref()))
}

/// True for the words before the dash of a byline («PEMBA, 29 March 2021 – »).
pub(super) fn is_in_dateline(all: &Recognised<'_>, end: usize) -> bool {
    const BYLINE_WORDS: usize = 14;
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    let first = all.text.sentences.iter().find(|s| s.contains(&end.saturating_sub(1))).cloned().unwrap_or_default();
    let dash = |t: usize| match all.text.slice(all.text.tokens[t].span) {
        "-" | "–" | "—" | "/" => all.text.tokens[t].spaced,
        ":" => t <= first.start + 5 || all.mentions.iter().any(|m| m.is_dateline && m.tokens.start >= first.start && m.tokens.end <= t),
        // «بغداد (شينخوا)», «PARIS (AFP)»
        ")" => all.text.tokens[t - 1].upper || words.organisations.at(all.text, t - 1, all.lang).is_some(),
        _ => false,
    };
    let opens = all.text.sentences.iter().take(3).any(|s| s.start == first.start);
    opens && end <= first.start + BYLINE_WORDS && (end..(first.start + BYLINE_WORDS).min(first.end)).any(dash)
}

/// The number at most two words before a token.
fn number_before(all: &Recognised<'_>, token: usize) -> Option<u64> {
    let before = &all.numbers[..all.numbers.partition_point(|n| n.tokens.start < token)];
    before.last().filter(|n| n.tokens.end <= token && n.tokens.end + 1 >= token).map(|n| n.low)
}
