//! What holds for any text, with no expected value: no panic, spans that give back the words, the same bytes in any order.

mod texts;

use dalil::gazetteer::{Gazetteer, Place};
use dalil::incident::{self, Findings};
use dalil::intake;
use dalil::lang::Lang;
use dalil::layer;
use dalil::recognise::{MentionKind, Report};
use dalil::store::{Collection, Store};
use dalil::text::fold::{fold, fold_phrase};
use dalil::text::{CodePoints, Span, Text};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use texts::{any_text, report_text};

/// A runner with a fixed seed and no file of failures: the same texts on every machine.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Runs a property over texts that look like reports and texts that look like nothing.
fn for_texts(cases: u32, property: impl Fn(&str) -> Result<(), TestCaseError>) {
    let texts = prop_oneof![4 => report_text(), 1 => any_text()];
    if let Err(failure) = runner(cases).run(&texts, |text| property(&text)) {
        panic!("{failure}");
    }
}

fn report(id: &str, text: &str) -> Report {
    Report {
        id: id.to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: Some(jiff::civil::date(2022, 9, 25)),
        source: None,
        url: None,
        ..Report::default()
    }
}

fn read(text: &str) -> Findings {
    incident::read(&report("r", text), &Gazetteer::embedded())
}

/// True when a span is a range of whole characters, not empty.
fn lies_in(span: Span, text: &str) -> bool {
    span.start < span.end && text.get(span.start as usize..span.end as usize).is_some()
}

#[test]
fn every_span_is_a_range_of_whole_characters_of_the_report() {
    for_texts(1_200, |text| {
        let findings = read(text);
        for mention in &findings.mentions {
            prop_assert!(lies_in(mention.span, text), "mention {:?}", mention.span);
        }
        for incident in &findings.incidents {
            prop_assert!(!incident.evidence.is_empty(), "an incident without evidence");
            for evidence in &incident.evidence {
                prop_assert!(lies_in(evidence.span, text), "{} {:?}", evidence.field, evidence.span);
            }
        }
        for note in &findings.notes {
            prop_assert!(note.span.is_none_or(|span| lies_in(span, text)), "note {:?}", note.span);
        }
        Ok(())
    });
}

#[test]
fn literal_mentions_do_not_overlap_and_stand_in_order() {
    for_texts(800, |text| {
        let mut literal: Vec<Span> = read(text).mentions.iter().filter(|m| m.kind == MentionKind::Literal).map(|m| m.span).collect();
        literal.sort_by_key(|s| (s.start, s.end));
        for pair in literal.windows(2) {
            prop_assert!(!pair[0].overlaps(pair[1]), "{:?} and {:?}", pair[0], pair[1]);
        }
        Ok(())
    });
}

#[test]
fn places_lie_on_the_earth_never_at_nought_and_reach_somewhere() {
    for_texts(800, |text| {
        let findings = read(text);
        let located =
            findings.mentions.iter().filter_map(|m| m.place.as_ref()).chain(findings.incidents.iter().filter_map(|i| i.place.as_ref()));
        for place in located {
            prop_assert!((-180.0..=180.0).contains(&place.lon) && (-90.0..=90.0).contains(&place.lat), "{place:?}");
            prop_assert!(place.lon.abs() > 1e-6 || place.lat.abs() > 1e-6, "{place:?}");
            prop_assert!(place.radius_m > 0 && (1..=3).contains(&place.geo_precision) && (1..=7).contains(&place.where_prec), "{place:?}");
            prop_assert!(!place.id.is_empty() && !place.name.is_empty(), "{place:?}");
        }
        for mention in &findings.mentions {
            prop_assert!((0.0..=1.0).contains(&mention.confidence), "{}", mention.confidence);
        }
        Ok(())
    });
}

#[test]
fn days_and_tolls_have_their_ends_in_order() {
    for_texts(800, |text| {
        for incident in read(text).incidents {
            prop_assert!(incident.dates.is_none_or(|(start, end)| start <= end), "{:?}", incident.dates);
            for toll in [&incident.killed, &incident.injured, &incident.abducted].into_iter().flatten() {
                prop_assert!(toll.low.zip(toll.high).is_none_or(|(low, high)| low <= high), "{toll:?}");
                prop_assert!(toll.detail.iter().all(|part| part.low <= part.high), "{toll:?}");
            }
            prop_assert!((0.0..=1.0).contains(&incident.confidence), "{}", incident.confidence);
        }
        Ok(())
    });
}

#[test]
fn published_offsets_are_code_points_that_give_back_the_words() {
    for_texts(800, |text| {
        let report = report("r", text);
        let parsed = serde_json::to_value(layer::parsed(&report, &incident::read(&report, &Gazetteer::embedded()))).unwrap();
        let letters: Vec<char> = text.chars().collect();
        let given_back = |object: &Value| {
            let (start, end) = (object["start"].as_u64().unwrap() as usize, object["end"].as_u64().unwrap() as usize);
            letters.get(start..end).map(|l| l.iter().collect::<String>()) == object["text"].as_str().map(str::to_owned)
        };
        for toponym in parsed["toponyms"].as_array().unwrap() {
            prop_assert!(given_back(toponym), "{toponym}");
        }
        for evidence in parsed["incidents"].as_array().unwrap().iter().flat_map(|i| i["evidence"].as_array().unwrap()) {
            prop_assert!(given_back(evidence), "{evidence}");
        }
        Ok(())
    });
}

#[test]
fn reading_twice_gives_the_same() {
    for_texts(500, |text| {
        prop_assert_eq!(format!("{:?}", read(text)), format!("{:?}", read(text)));
        Ok(())
    });
}

/// In whichever language a report is said to be, its reading keeps the promises of its own.
#[test]
fn a_wrong_language_breaks_nothing() {
    for_texts(300, |text| {
        for lang in Lang::ALL {
            let findings = incident::read(&Report { lang: Some(lang), ..report("r", text) }, &Gazetteer::embedded());
            prop_assert!(findings.mentions.iter().all(|m| lies_in(m.span, text)));
            prop_assert!(findings.incidents.iter().flat_map(|i| &i.evidence).all(|e| lies_in(e.span, text)));
        }
        Ok(())
    });
}

/// Characters of the scripts that are read; what others fold to nobody matches.
fn is_read(c: char) -> bool {
    matches!(c, '\0'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn has_word_that_folds_to_nothing(text: &str) -> bool {
    let read = Text::read(text);
    (0..read.tokens.len()).any(|token| read.folded(token).is_empty())
}

/// A hamza that stands alone folds to nothing and leaves two spaces; mathematical letters of Arabic count as Latin words
/// and fold to Arabic ones. No name of the gazetteer has either.
#[test]
fn known_wrong_a_word_that_folds_to_nothing_leaves_its_space() {
    assert_eq!(fold_phrase("جزء 1 ء 2"), "جز 1  2");
    assert_eq!(fold_phrase("\u{1EE49}A"), "يa");
    let gazetteer = Gazetteer::embedded();
    let strange = gazetteer.places().filter(|p| has_word_that_folds_to_nothing(p.name()) || has_word_that_folds_to_nothing(p.name_ar()));
    assert_eq!(strange.map(Place::id).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn folding_twice_is_folding_once() {
    for_texts(6_000, |text| {
        if !text.chars().all(is_read) || has_word_that_folds_to_nothing(text) {
            return Ok(());
        }
        let once = fold_phrase(text);
        prop_assert_eq!(fold_phrase(&once), once.clone());
        for word in text.split_whitespace() {
            prop_assert_eq!(fold(&fold(word)), fold(word), "{}", word);
        }
        Ok(())
    });
}

/// A letter or digit that a reader sees: stray marks and the stretching tatweel belong to no word.
fn is_seen(c: char) -> bool {
    let is_mark =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}');
    c.is_alphanumeric() && !is_mark
}

#[test]
fn tokens_and_sentences_cover_the_text() {
    for_texts(4_000, |text| {
        let read = Text::read(text);
        let mut end = 0;
        for token in &read.tokens {
            prop_assert!(token.span.start >= end && lies_in(token.span, text), "{:?}", token.span);
            // Between tokens there is nothing that a reader sees.
            let gap = &text.get(end as usize..token.span.start as usize).unwrap();
            prop_assert!(!gap.chars().any(is_seen), "«{}» is in no token", gap);
            end = token.span.end;
        }
        prop_assert!(!text.get(end as usize..).unwrap().chars().any(is_seen));
        let mut next = 0;
        for (index, sentence) in read.sentences.iter().enumerate() {
            prop_assert_eq!(sentence.start, next);
            prop_assert!(sentence.start < sentence.end);
            prop_assert!(read.tokens[sentence.clone()].iter().all(|t| t.sentence as usize == index));
            next = sentence.end;
        }
        prop_assert_eq!(next, read.tokens.len());
        Ok(())
    });
}

#[test]
fn code_points_are_counted_as_a_plain_count_does() {
    for_texts(2_000, |text| {
        let points = CodePoints::of(text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(points.at(text, byte as u32) as usize, count);
        }
        prop_assert_eq!(points.at(text, text.len() as u32) as usize, text.chars().count());
        Ok(())
    });
}

/// All that a store publishes, as bytes.
fn published(reports: &[Report]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    for part in reports.chunks(2) {
        let mut reader = intake::Reader::open(&Gazetteer::embedded(), &store).unwrap();
        intake::take_in(&mut store, part, &mut reader, "2022-09-25T00:00:00Z").unwrap();
    }
    let write = |collection| {
        let features = crate::kept::published(&store, collection);
        let features: Vec<&str> = features.iter().map(String::as_str).collect();
        layer::collection(&layer::Collection { matched: Some(features.len()), features, ..layer::Collection::default() })
    };
    [Collection::Incidents, Collection::Mentions, Collection::Reports].into_iter().map(write).collect()
}

#[test]
fn the_order_of_reports_does_not_change_a_published_byte() {
    let orders = (prop::collection::vec(report_text(), 2..5), any::<u64>());
    let outcome = runner(40).run(&orders, |(texts, seed)| {
        let mut reports: Vec<Report> = texts.iter().enumerate().map(|(i, text)| report(&format!("r{i}"), text)).collect();
        let first = published(&reports);
        reports.rotate_left(seed as usize % texts.len());
        prop_assert_eq!(&published(&reports), &first);
        reports.reverse();
        prop_assert_eq!(&published(&reports), &first);
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

/// Every position of a published geometry, longitude first.
fn positions(coordinates: &Value, out: &mut Vec<(f64, f64)>) {
    match coordinates.as_array().map(Vec::as_slice) {
        Some([lon, lat]) if lon.is_number() => out.push((lon.as_f64().unwrap(), lat.as_f64().unwrap())),
        Some(parts) => parts.iter().for_each(|part| positions(part, out)),
        None => {}
    }
}

#[test]
fn published_geometry_is_longitude_first_in_range_and_totals_have_none() {
    for_texts(600, |text| {
        let report = report("r", text);
        let findings = incident::read(&report, &Gazetteer::embedded());
        let items = layer::incident_items(&report, &findings).into_iter().chain(layer::mention_items(&report, &findings));
        for item in items {
            let feature: Value = serde_json::from_str(&item.feature).unwrap();
            let mut drawn = Vec::new();
            positions(&feature["geometry"]["coordinates"], &mut drawn);
            for (lon, lat) in &drawn {
                prop_assert!((-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat), "{lon} {lat}");
                prop_assert!(lon.abs() > 1e-6 || lat.abs() > 1e-6, "nought in {feature}");
            }
            let is_total = feature["properties"]["granularity"] == "aggregate";
            prop_assert!(!is_total || feature["geometry"].is_null(), "a total is drawn: {feature}");
        }
        Ok(())
    });
}
