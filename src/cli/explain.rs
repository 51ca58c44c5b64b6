//! `dalil explain`: why each mention means its place, why a word is none, and what would have changed that.

mod text;

use std::io::Write;

use anyhow::bail;

use crate::gazetteer::Gazetteer;
use crate::incident::why::Asked;
use crate::lang::{ar, litter};
use crate::layer;
use crate::layer::properties::WhyShape;
use crate::recognise::{MentionKind, Report};
use crate::resolve::corrections::Corrections;
use crate::text::Text;
use crate::text::fold::fold_phrase;

use super::arguments::{Explain, ExplainFormat};
use super::input;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places};

/// Places of one word that are explained with what would have changed them: each reads the report a dozen times.
const MAX_PLACES_OF_A_WORD: usize = 10;

pub(super) fn explain(arguments: &Explain, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&arguments.reading.places, log)?;
    if arguments.word.as_deref().is_some_and(|word| fold_phrase(word).is_empty()) {
        bail!("--word: «{}» has no letters", arguments.word.as_deref().unwrap_or_default());
    }
    let mut out = stdout();
    let mut shown = 0;
    let outcome = input::each_report(std::slice::from_ref(&arguments.path), &input::how(&arguments.reading), log, &mut |report| {
        for answer in answers(report, arguments, &gazetteer, log) {
            match arguments.format {
                ExplainFormat::Text => text::print(&mut out, &answer)?,
                ExplainFormat::Json => writeln!(out, "{}", layer::written(&answer))?,
            }
            shown += 1;
        }
        Ok(())
    })?;
    out.flush()?;
    if shown > 0 {
        return Ok(outcome);
    }
    match (arguments.at, &arguments.word) {
        (Some(at), _) => log.refuse(&format!("--at {at}: the report ends before")),
        (_, Some(word)) => log.refuse(&format!("--word {word}: does not stand in the report")),
        _ => {
            log.progress("no mention of a place there");
            return Ok(outcome);
        }
    }
    Ok(Outcome::SomeRefused)
}

fn answers(report: &Report, arguments: &Explain, gazetteer: &Gazetteer, log: Log) -> Vec<WhyShape> {
    let text = litter::read(&report.text);
    let corrections = Corrections::default();
    let asked = Asked::of(report, &text, gazetteer, &corrections);
    let shape = |why| layer::why(report, &why, gazetteer);
    if let Some(at) = arguments.at {
        let byte = report.text.char_indices().nth(at as usize).map(|(byte, _)| byte as u32);
        return byte.and_then(|b| asked.why_and_what_if(b)).map(shape).into_iter().collect();
    }
    if let Some(word) = &arguments.word {
        let places = places_of(word, &text);
        if places.len() > MAX_PLACES_OF_A_WORD {
            log.progress(&format!("{word} stands in {} places; the first {MAX_PLACES_OF_A_WORD} are explained", places.len()));
        }
        return places.into_iter().take(MAX_PLACES_OF_A_WORD).filter_map(|byte| asked.why_and_what_if(byte)).map(shape).collect();
    }
    let named = asked.resolutions.iter().filter(|r| r.kind != MentionKind::Relative);
    named.filter_map(|r| asked.why(r.span.start)).map(shape).collect()
}

/// Where a name or word begins, behind Arabic prefixes too.
fn places_of(word: &str, text: &Text) -> Vec<u32> {
    let folded = fold_phrase(word);
    let words: Vec<&str> = folded.split(' ').collect();
    let begins = |token: usize| text.folded(token) == words[0] || ar::readings(text.folded(token)).iter().any(|r| r.word == words[0]);
    let goes_on = |token: usize| words.iter().enumerate().skip(1).all(|(at, word)| text.folded(token + at) == *word);
    // A prefix is no part of the name: its last letter is.
    let last_letter = |token: usize| {
        let span = text.tokens[token].span;
        text.slice(span).char_indices().next_back().map_or(span.start, |(at, _)| span.start + at as u32)
    };
    (0..text.tokens.len()).filter(|token| begins(*token) && goes_on(*token)).map(last_letter).collect()
}
