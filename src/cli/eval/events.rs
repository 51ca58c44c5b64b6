//! Sets that annotate events without incidents: the class of a sentence's event, and the place of the event that a verb tells of.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::counts::{Counts, Share};
use super::gold::{self, Gold};
use super::matching::Chars;
use super::scores::{Miss, excerpt};

/// How often a sentence that tells of an event was found to do so, and under its class.
#[derive(Clone, Debug, Default)]
pub struct ClassScores {
    /// Sentences in which any event was found, whatever its status, of all.
    pub found: Share,
    /// Those whose first event has the class of the gold, of the found.
    pub class: Share,
    /// Sentences without an event, and those under another class.
    pub misses: Vec<Miss>,
}

/// Scores the first incident of each prediction against the class of its sentence (`"category":"ASSAULT"`).
pub fn classes(gold: &[Gold], predictions: &BTreeMap<String, Value>, lang: Option<&str>) -> ClassScores {
    let mut scores = ClassScores::default();
    for report in gold.iter().filter(|report| lang.is_none_or(|lang| lang == report.lang)) {
        let Some(class) = &report.class else { continue };
        let first = predictions.get(&report.report.id).and_then(|p| gold::list(p, "incidents")).and_then(<[Value]>::first);
        let claimed = first.map(|incident| class_of(incident["event_type"].as_str().unwrap_or_default()));
        scores.found.count(Some(claimed.is_some()));
        scores.class.count(claimed.map(|claimed| claimed == class));
        if claimed != Some(class) {
            let what = claimed.map_or_else(|| "missed".to_owned(), |claimed| format!("{class} as {claimed}"));
            scores.misses.push(Miss { report: report.report.id.clone(), what, words: report.report.text.clone() });
        }
    }
    scores
}

/// The PLOVER class that an ACLED event type falls under, as far as the sets tell classes apart.
fn class_of(event_type: &str) -> &'static str {
    match event_type {
        "Protests" | "Riots" => "PROTEST",
        "Battles" | "Explosions/Remote violence" | "Violence against civilians" => "ASSAULT",
        _ => "other",
    }
}

impl ClassScores {
    /// `{"found":{"right":9,"of":10,"share":0.9},"class":{…}}`
    pub fn to_json(&self) -> Value {
        json!({"found": self.found.to_json(), "class": self.class.to_json()})
    }
}

/// Words of the places that were given for verbs, against those of the gold.
#[derive(Clone, Debug, Default)]
pub struct SceneScores {
    /// Over all verbs: also whether there is a place at all.
    pub all: Counts,
    /// Over the verbs whose event has a place in the gold: which of the names it is.
    pub placed: Counts,
    /// What differs, verb by verb.
    pub misses: Vec<Miss>,
}

/// Scores the `scenes` of predictions, one span a place, against the places of the gold.
pub fn scenes(gold: &[Gold], predictions: &BTreeMap<String, Value>, lang: Option<&str>) -> SceneScores {
    let mut scores = SceneScores::default();
    for report in gold.iter().filter(|report| lang.is_none_or(|lang| lang == report.lang)) {
        let Some(asked) = &report.asked else { continue };
        let given = predictions.get(&report.report.id).and_then(|p| gold::list(p, "scenes")).unwrap_or_default();
        let given: Vec<Chars> = given.iter().filter_map(gold::chars).collect();
        let mut counts = Counts::default();
        for word in words(&report.report.text) {
            let stands_in = |spans: &[Chars]| spans.iter().any(|span| span.overlaps(word));
            match (stands_in(&asked.places), stands_in(&given)) {
                (true, true) => counts.right += 1,
                (false, true) => counts.wrong += 1,
                (true, false) => counts.missed += 1,
                (false, false) => {}
            }
        }
        scores.all += counts;
        if !asked.places.is_empty() {
            scores.placed += counts;
        }
        if counts.wrong + counts.missed > 0 {
            let told = |span: &Chars| excerpt(&report.report.text, *span);
            let places: Vec<String> = given.iter().map(told).collect();
            let words = asked.verbs.iter().chain(&asked.places).map(told).collect::<Vec<_>>().join(" | ");
            scores.misses.push(Miss { report: report.report.id.clone(), what: format!("given {places:?}"), words });
        }
    }
    scores
}

impl SceneScores {
    /// `{"all":{"P":…},"placed":{…}}`
    pub fn to_json(&self) -> Value {
        json!({"all": self.all.to_json(), "placed": self.placed.to_json()})
    }
}

/// The words of a text, runs of letters and digits, but for those that begin small: «province», «of» and «al» in a span are left
/// out, for one set counts them to the name and another does not.
fn words(text: &str) -> Vec<Chars> {
    let mut out: Vec<(Chars, bool)> = Vec::new();
    for (at, letter) in (0_u64..).zip(text.chars()) {
        match out.last_mut() {
            _ if !letter.is_alphanumeric() => {}
            Some((last, _)) if last.end == at => last.end = at + 1,
            _ => out.push((Chars { start: at, end: at + 1 }, letter.is_lowercase())),
        }
    }
    out.into_iter().filter(|(_, is_small)| !is_small).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(value: &Value) -> Vec<Gold> {
        vec![Gold::of(value).unwrap()]
    }

    fn predicted(value: Value) -> BTreeMap<String, Value> {
        BTreeMap::from([("a".to_owned(), value)])
    }

    #[test]
    fn the_first_event_gives_the_class_and_a_sentence_without_one_is_not_found() {
        let gold = gold(&json!({"id": "a", "lang": "ar", "text": "تظاهر المئات", "category": "PROTEST", "events": []}));
        let score = |incidents: Value| {
            let scores = classes(&gold, &predicted(json!({ "incidents": incidents })), None);
            (scores.found.right, scores.class.right, scores.class.of)
        };
        assert_eq!(score(json!([{"event_type": "Riots"}, {"event_type": "Battles"}])), (1, 1, 1));
        assert_eq!(score(json!([{"event_type": "Strategic developments"}])), (1, 0, 1));
        assert_eq!(score(json!([])), (0, 0, 0));
    }

    #[test]
    fn places_of_verbs_are_scored_by_the_word() {
        let text = "Rebels from Gao killed ten in Deir Ezzor.";
        let score = |locations: Value| {
            let gold =
                gold(&json!({"id": "a", "lang": "en", "text": text, "event_verb": [{"start": 16, "end": 22}], "locations": locations}));
            let scores = scenes(&gold, &predicted(json!({"scenes": [{"start": 30, "end": 34}, {"start": 12, "end": 15}]})), None);
            (scores.all, scores.placed)
        };
        let counts = Counts { right: 1, wrong: 1, missed: 1 };
        assert_eq!(score(json!([{"start": 30, "end": 40}])), (counts, counts));
        assert_eq!(score(json!([])), (Counts { right: 0, wrong: 2, missed: 0 }, Counts::default()));
    }
}
