//! Why a spot of a report means its place or none, and what would have changed that: the report changed and read again.

mod trial;

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::lang::Lang;
use crate::lang::readings::Readings;
use crate::recognise::toponym::fame;
use crate::recognise::why::{Examined, Spot};
use crate::recognise::{Mention, Report, Without};
use crate::resolve::corrections::{Corrections, resolve_corrected};
use crate::resolve::weights::PINNED;
use crate::resolve::{self, About, Reason, Resolution};
use crate::text::{Span, Text};

pub use trial::{Trial, Tried};

/// Reports longer than this are not read again to see what would change: an answer has to come while one waits for it.
const MAX_REREAD_BYTES: usize = 100_000;
/// Places told of a name that was refused.
const MAX_NAMED: usize = 5;

/// Why a spot means what it means.
#[derive(Clone, Debug)]
pub struct Why {
    /// The language that the report was read in.
    pub lang: Lang,
    /// What recognition makes of the spot.
    pub spot: Spot,
    /// What resolution makes of it, when it is a mention.
    pub resolution: Option<Resolution>,
    /// The places that bear a name that was refused, most spoken of first.
    pub named: Vec<PlaceRef>,
    /// What the answer hangs on.
    pub balance: Option<Balance>,
    /// The report changed in one thing, and the answer then.
    pub trials: Vec<Tried>,
    /// True when the report is too long to be read again and again.
    pub is_too_long: bool,
}

/// What the choice among the candidates hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// By how much the best candidate is ahead of the second.
    pub margin: f64,
    /// The name of the second.
    pub second: String,
    /// The reasons of the best without any one of which it would not be ahead, largest first.
    pub decisive: Vec<Reason>,
}

/// The mentions of a report with their places, and what they were read from.
pub(super) struct Reading<'r> {
    pub(super) report: &'r Report,
    pub(super) gazetteer: &'r Gazetteer,
    pub(super) corrections: &'r Corrections,
    pub(super) lang: Lang,
    pub(super) context: Vec<PlaceRef>,
}

impl Reading<'_> {
    /// What the mentions of a text mean.
    pub(super) fn resolve(&self, text: &Text, mentions: Vec<Mention>) -> Vec<Resolution> {
        let about =
            About { lang: self.lang, headline: self.context.clone(), home: resolve::home(self.report), without: Without::default() };
        resolve_corrected(self.report, &Readings::of(text, self.lang), mentions, &about, self.gazetteer, self.corrections).resolutions
    }
}

/// A report that can be asked why.
pub struct Asked<'t> {
    reading: Reading<'t>,
    text: &'t Text<'t>,
    examined: Examined<'t>,
    /// Of all mentions, also the relative ones.
    pub resolutions: Vec<Resolution>,
}

impl<'t> Asked<'t> {
    /// Reads a report as it is published; `text` is its text.
    pub fn of(report: &'t Report, text: &'t Text<'t>, gazetteer: &'t Gazetteer, corrections: &'t Corrections) -> Asked<'t> {
        let lang = super::language(report, text);
        let examined = Examined::of(text, lang, gazetteer);
        let context = super::headline_places(report, lang, gazetteer);
        let reading = Reading { report, gazetteer, corrections, lang, context };
        let resolutions = reading.resolve(text, examined.mentions().to_vec());
        Asked { reading, text, examined, resolutions }
    }

    /// Why the mention or word at a byte is what it is; `None` in a text without words.
    pub fn why(&self, byte: u32) -> Option<Why> {
        let spot = self.examined.spot(byte)?;
        let resolution = at(&self.resolutions, spot.span);
        Some(Why {
            lang: self.reading.lang,
            balance: resolution.and_then(balance),
            resolution: resolution.cloned(),
            named: if resolution.is_none() { self.named(&spot) } else { Vec::new() },
            trials: Vec::new(),
            is_too_long: self.text.original.len() > MAX_REREAD_BYTES,
            spot,
        })
    }

    /// [`Asked::why`] with what would have changed the answer: the report is read again, changed, a dozen times.
    pub fn why_and_what_if(&self, byte: u32) -> Option<Why> {
        let why = self.why(byte)?;
        // A person's decision does not hang on words.
        let is_pinned = why.resolution.iter().flat_map(|r| &r.reasons).any(|reason| reason.weight >= PINNED);
        let trials = if is_pinned || why.is_too_long { Vec::new() } else { self.trials(&why.spot, why.resolution.as_ref()) };
        Some(Why { trials, ..why })
    }

    fn named(&self, spot: &Spot) -> Vec<PlaceRef> {
        let mut out = spot.named.clone();
        out.sort_by(|a, b| fame(self.reading.gazetteer, *b).total_cmp(&fame(self.reading.gazetteer, *a)).then(a.cmp(b)));
        out.truncate(MAX_NAMED);
        out
    }

    fn trials(&self, spot: &Spot, resolution: Option<&Resolution>) -> Vec<Tried> {
        trial::all(&self.reading, self.text, spot, resolution, self.examined.mentions())
    }
}

/// The resolution of a span: the one whose name it is, else a relative one that holds it.
pub(super) fn at(resolutions: &[Resolution], span: Span) -> Option<&Resolution> {
    let exact = resolutions.iter().find(|r| r.span == span);
    exact.or_else(|| resolutions.iter().filter(|r| r.span.overlaps(span)).min_by_key(|r| r.span.end - r.span.start))
}

/// How far the best candidate is ahead, and what carries it.
fn balance(resolution: &Resolution) -> Option<Balance> {
    let second = resolution.runners_up.get(usize::from(resolution.place.is_none()))?;
    let margin = resolution.score - second.score;
    let gain = |reason: &&Reason| reason.weight - weight_of(&second.reasons, &reason.what);
    let decisive = resolution.reasons.iter().filter(|r| gain(r) > 0.0 && gain(r) >= margin).cloned().collect();
    // Seas and regions lie in no one country.
    let name = second.name.trim_end_matches(", ").to_owned();
    Some(Balance { margin, second: name, decisive })
}

/// What the same reason says for another candidate: «86353 inhabitants» and «1200 inhabitants» are one reason.
fn weight_of(reasons: &[Reason], what: &str) -> f64 {
    let without_numbers = |what: &str| what.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let wanted = without_numbers(what);
    reasons.iter().find(|r| without_numbers(&r.what) == wanted).map_or(0.0, |r| r.weight)
}
