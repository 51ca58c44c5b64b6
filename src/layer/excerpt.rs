//! The sentences of a report that hold some words, and its offsets in code points.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::incident::Incident;
use crate::lang::{Lang, detect};
use crate::text::{CodePoints, Span, Text};

use super::properties::Excerpt;

/// Most bytes of an excerpt: about six long sentences; a popup shows no more, and a text without full stops has no end.
const MAX_BYTES: u32 = 2_000;
/// Sentences that evidence may be spread over and still be quoted whole.
const MAX_SENTENCES: usize = 2;

/// A report's text prepared for quoting.
pub(super) struct Quoted<'a> {
    original: &'a str,
    /// Cut when a sentence is first asked for: not every shape quotes one.
    text: OnceCell<Text<'a>>,
    points: CodePoints,
    lang: Lang,
}

impl<'a> Quoted<'a> {
    pub(super) fn of(original: &'a str, lang: Lang) -> Quoted<'a> {
        Quoted { original, text: OnceCell::new(), points: CodePoints::of(original), lang }
    }

    fn text(&self) -> &Text<'a> {
        self.text.get_or_init(|| Text::read(self.original))
    }

    /// The words under a span.
    pub(super) fn words(&self, span: Span) -> String {
        self.original.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned()
    }

    /// First and last code point of a span.
    pub(super) fn range(&self, span: Span) -> (u32, u32) {
        (self.points.at(self.original, span.start), self.points.at(self.original, span.end))
    }

    /// The sentences that hold an incident's evidence; when it is scattered, the one that proves most: a headline names
    /// the event, but the sentence with place, day and toll is the one to read.
    pub(super) fn around_incident(&self, incident: &Incident) -> Option<Excerpt> {
        // Who says so may stand sentences away from what happened.
        let all = incident.evidence.iter().filter(|e| e.field != "attribution").map(|e| e.span).reduce(Span::cover)?;
        let (first, last) = self.sentences(all)?;
        if last - first < MAX_SENTENCES && self.sentence_span(first, last).is_some_and(|s| s.end - s.start <= MAX_BYTES) {
            return self.around(all);
        }
        let fullest = (first..=last).rev().max_by_key(|sentence| self.proof(incident, *sentence))?;
        self.around(self.sentence_span(fullest, fullest)?)
    }

    /// How many fields of an incident a sentence supports; a toll is what readers doubt most and counts twice.
    fn proof(&self, incident: &Incident, sentence: usize) -> usize {
        let Some(span) = self.sentence_span(sentence, sentence) else { return 0 };
        let here = incident.evidence.iter().filter(|e| e.span.start >= span.start && e.span.end <= span.end && e.field != "attribution");
        let mut fields: BTreeSet<&str> = here.map(|e| e.field).collect();
        // Later sentences name the place again without being its evidence.
        if incident.place_surface.as_deref().is_some_and(|surface| self.text().slice(span).contains(surface)) {
            fields.insert("place");
        }
        fields.len() + fields.iter().filter(|f| matches!(**f, "killed" | "injured" | "abducted")).count()
    }

    /// The sentences that hold a span, cut at words when they are too long.
    pub(super) fn around(&self, span: Span) -> Option<Excerpt> {
        let (first, last) = self.sentences(span)?;
        let mut quoted = self.sentence_span(first, last)?;
        if quoted.end - quoted.start > MAX_BYTES {
            let from = span.start.saturating_sub(MAX_BYTES / 2).max(quoted.start);
            let to = (from + MAX_BYTES).min(quoted.end);
            let range = self.token_from(from)..self.text().tokens.partition_point(|t| t.span.end <= to);
            quoted = if range.is_empty() { span } else { self.text().span(range) };
        }
        let text = self.words(quoted);
        let lang = self.language(&text).code();
        Some(Excerpt { start: self.points.at(self.original, quoted.start), text, lang })
    }

    /// The script tells Arabic from the others; between those a sentence is too short to tell, and the report's language holds.
    fn language(&self, text: &str) -> Lang {
        let detected = detect::detect(&Text::read(text));
        if detected == Lang::Ar || self.lang == Lang::Ar { detected } else { self.lang }
    }

    fn token_from(&self, byte: u32) -> usize {
        self.text().tokens.partition_point(|t| t.span.start < byte)
    }

    /// Indices of the first and last sentence that a span touches.
    fn sentences(&self, span: Span) -> Option<(usize, usize)> {
        let first = self.text().tokens.partition_point(|t| t.span.end <= span.start);
        let last = self.token_from(span.end).saturating_sub(1).max(first);
        Some((self.text().tokens.get(first)?.sentence as usize, self.text().tokens.get(last)?.sentence as usize))
    }

    fn sentence_span(&self, first: usize, last: usize) -> Option<Span> {
        let range = self.text().sentences.get(first)?.start..self.text().sentences.get(last)?.end;
        Some(self.text().span(range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_a_span_is_quoted_with_its_code_point() {
        let report = "أولاً. Attaque à Gao. Fin.";
        let quoted = Quoted::of(report, Lang::Fr);
        let start = report.find("Gao").unwrap() as u32;
        let excerpt = quoted.around(Span { start, end: start + 3 }).unwrap();
        assert_eq!((excerpt.text.as_str(), excerpt.lang), ("Attaque à Gao.", "fr"));
        assert_eq!(report.chars().skip(excerpt.start as usize).collect::<String>(), "Attaque à Gao. Fin.");
    }

    #[test]
    fn a_text_without_full_stops_is_quoted_in_part() {
        let report = "words and ".repeat(5_000) + "Gao " + &"and words ".repeat(5_000);
        let start = report.find("Gao").unwrap() as u32;
        let excerpt = Quoted::of(&report, Lang::En).around(Span { start, end: start + 3 }).unwrap();
        assert!(excerpt.text.contains("Gao") && excerpt.text.len() <= MAX_BYTES as usize, "{}", excerpt.text.len());
    }
}
