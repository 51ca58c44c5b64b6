//! Several places in one statement: one event at all of them, or one at each.

use dalil::gazetteer::Gazetteer;
use dalil::incident::read;
use dalil::layer;
use dalil::layer::properties::{Geometry, IncidentFields};
use dalil::recognise::Report;
use serde_json::Value;

fn report(text: &str) -> Report {
    Report {
        id: "s1".to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..Report::default()
    }
}

fn incidents(text: &str) -> Vec<IncidentFields> {
    let report = report(text);
    layer::parsed(&report, &read(&report, &Gazetteer::embedded())).incidents.into_iter().map(|i| i.fields).collect()
}

/// Name of the main place, those of the others, the dead, and whether they are shared.
fn told(text: &str) -> Vec<(String, Vec<String>, Option<u32>, bool)> {
    let name = |o: &layer::properties::OtherPlaceShape| o.place_name.clone().unwrap_or_default();
    let of = |f: IncidentFields| (f.place_name.unwrap_or_default(), f.other_places.iter().map(name).collect(), f.killed_low, f.toll_shared);
    incidents(text).into_iter().map(of).collect()
}

fn one(place: &str, others: &[&str], killed: u32, is_shared: bool) -> (String, Vec<String>, Option<u32>, bool) {
    (place.to_owned(), others.iter().map(|o| (*o).to_owned()).collect(), Some(killed), is_shared)
}

#[test]
fn a_list_of_places_is_one_event_with_a_shared_toll() {
    let villages = ["Tessit", "Ansongo", "Ménaka"];
    for text in [
        "Armed men stormed Tessit, Ansongo and Menaka in Mali on 4 March 2022 and killed 20 people.",
        "Des assaillants ont visé Tessit, Ansongo et Ménaka, au Mali, le 4 mars 2022, faisant 20 morts.",
        "قتل 20 شخصا يوم 4 مارس 2022 في هجمات طالت قرى تيسيت وأنسونغو وميناكا في مالي.",
        "هوجمت قرية تيسيت وقرية أنسونغو وفي بلدة ميناكا في مالي يوم 4 مارس 2022 وقتل 20 شخصا.",
    ] {
        let all = told(text);
        let [(main, others, killed, is_shared)] = all.as_slice() else { panic!("{text}: {all:?}") };
        let mut names: Vec<&str> = others.iter().map(String::as_str).chain([main.as_str()]).collect();
        names.sort_unstable_by_key(|n| villages.iter().position(|v| v == n));
        assert_eq!((names.as_slice(), *killed, *is_shared), (&villages[..], Some(20), true), "{text}");
    }
}

#[test]
fn what_is_no_list_of_scenes_is_one_place() {
    for (text, place) in [
        ("Gunmen killed 12 people in Djibo, in Soum province, Burkina Faso, on 4 March 2022.", "Djibo"),
        ("Gunmen killed 12 people on the road between Tessit and Ansongo, Mali, on 4 March 2022.", "between Tessit and Ansongo"),
        ("Gunmen killed 12 people in Tessit or Ansongo, Mali, on 4 March 2022.", "Tessit"),
        ("Des hommes armés ont tué 12 civils à Djibo, dans la province du Soum, au Burkina Faso, le 4 mars 2022.", "Djibo"),
        ("قتل مسلحون 12 شخصا في تيسيت في منطقة غاو في مالي يوم 4 مارس 2022.", "Tessit"),
    ] {
        assert_eq!(told(text), [one(place, &[], 12, false)], "{text}");
    }
    let convoy = told("Gunmen attacked a convoy from Tessit to Ansongo in Mali on 4 March 2022, killing 12 people.");
    assert!(convoy.iter().all(|(_, others, ..)| others.is_empty()), "{convoy:?}");
}

#[test]
fn a_figure_for_each_place_is_an_event_for_each() {
    for text in [
        "Gunmen attacked Tessit and Ansongo in Mali on 4 March 2022, killing 3 and 5 people respectively.",
        "Gunmen attacked two villages in northern Mali on 4 March 2022, killing 3 people in Tessit and 5 in Ansongo.",
        "Des hommes armés ont attaqué Tessit et Ansongo, au Mali, le 4 mars 2022, tuant respectivement trois et cinq civils.",
        "Le 4 mars 2022, des hommes armés ont tué trois civils à Tessit et cinq autres à Ansongo, au Mali.",
        "هاجم مسلحون تيسيت وأنسونغو في مالي يوم 4 مارس 2022 وقتلوا 3 و5 مدنيين على التوالي.",
        "قتل مسلحون يوم 4 مارس 2022 ثلاثة مدنيين في تيسيت وخمسة في أنسونغو في مالي.",
    ] {
        assert_eq!(told(text), [one("Tessit", &[], 3, false), one("Ansongo", &[], 5, false)], "{text}");
        let all = incidents(text);
        assert!(all.iter().all(|f| f.date_start.as_deref() == Some("2022-03-04")), "{text}");
    }
}

#[test]
fn a_sum_and_its_shares_are_told_once() {
    for text in [
        "Eight people died in attacks in northern Mali on 4 March 2022. Gunmen killed 3 people in Tessit and 5 in Ansongo.",
        "Huit personnes ont été tuées le 4 mars 2022 dans des attaques au Mali. Les assaillants ont tué 3 personnes à Tessit et 5 à Ansongo.",
        "قتل ثمانية أشخاص في هجمات في مالي يوم 4 مارس 2022. وقتل المسلحون ثلاثة أشخاص في تيسيت وخمسة في أنسونغو.",
    ] {
        let all = told(text);
        let killed: u32 = all.iter().filter_map(|(_, _, killed, _)| *killed).sum();
        assert_eq!((all.len(), killed), (1, 8), "{text}: {all:?}");
    }
}

#[test]
fn incidents_of_one_sentence_have_identifiers_of_their_own() {
    let report = report("Gunmen attacked Tessit and Ansongo in Mali on 4 March 2022, killing 3 and 5 people respectively.");
    let found = read(&report, &Gazetteer::embedded()).incidents;
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].id, found[1].id);
}

#[test]
fn all_places_are_drawn_and_proved() {
    let text = "Armed men stormed Tessit, Ansongo and Menaka in Mali on 4 March 2022 and killed 20 people.";
    let report = report(text);
    let findings = read(&report, &Gazetteer::embedded());
    let feature = layer::incident_feature(&report, &findings, &findings.incidents[0]);
    let fields = &feature.properties.fields;
    let Some(Geometry::MultiPoint(points)) = &feature.geometry else { panic!("{:?}", feature.geometry) };
    let main = [fields.lon.unwrap(), fields.lat.unwrap()];
    let others: Vec<[f64; 2]> = fields.other_places.iter().map(|o| [o.lon.unwrap(), o.lat.unwrap()]).collect();
    let all: Vec<[f64; 2]> = std::iter::once(main).chain(others).collect();
    assert_eq!(*points, all);
    let [west, south, east, north] = feature.bbox.unwrap();
    assert!(points.iter().all(|[lon, lat]| (west..=east).contains(lon) && (south..=north).contains(lat)));
    for other in &fields.other_places {
        let (start, end) = (other.start.unwrap() as usize, other.end.unwrap() as usize);
        assert_eq!(text.get(start..end), other.place_surface.as_deref(), "the text is ASCII");
        assert!(fields.evidence.iter().any(|e| e.field == "place" && e.start as usize == start), "{other:?}");
    }
    let written = layer::written(&feature);
    let json: Value = serde_json::from_str(&written).unwrap();
    assert_eq!((json["geometry"]["type"].as_str(), json["properties"]["toll_shared"].as_bool()), (Some("MultiPoint"), Some(true)));
    let about = layer::About::new(dalil::store::Collection::Incidents);
    let csv = String::from_utf8(crate::export::written("hxl", &about, std::slice::from_ref(&written)).0).unwrap();
    let [heads, tags, row, ..] = csv.split("\r\n").collect::<Vec<_>>()[..] else { panic!("{csv}") };
    let of = |column: &str| heads.split(',').position(|head| head == column).unwrap();
    assert_eq!(tags.split(',').nth(of("other_places")), Some("#loc+list+other"));
    // The point of a row is the main place's.
    assert_eq!(row.split(',').nth(of("lon")), Some(main[0].to_string().as_str()));
}

#[test]
fn a_total_lists_its_places_and_draws_none() {
    let all = incidents("Since January 2022, attacks in Tessit and Ansongo, Mali, have killed more than 400 people.");
    let total = all.iter().find(|f| f.granularity == "aggregate").unwrap();
    assert!(!total.other_places.is_empty() && total.other_places.iter().all(|o| o.lat.is_none()), "{total:?}");
}

#[test]
fn households_are_no_persons_and_crowds_no_victims() {
    for text in [
        "Gunmen attacked Tessit in Mali on 4 March 2022, killing 12 people. The attack displaced 300 households.",
        "Le 4 mars 2022, l'attaque de Tessit, au Mali, a fait 12 morts. Quelque 300 familles ont été déplacées par l'attaque.",
        "هاجم مسلحون تيسيت في مالي يوم 4 مارس 2022 وقتلوا 12 مدنيا. وأدى الهجوم إلى نزوح 300 أسرة.",
    ] {
        let all = incidents(text);
        let harm = &all[0].harm;
        assert_eq!((harm.displaced_households_low, harm.displaced_low, all[0].killed_low), (Some(300), None, Some(12)), "{text}");
    }
    for (text, low) in [
        ("Some 2,000 protesters marched in Bamako on 4 March 2022.", 2_000),
        ("Environ 2 000 manifestants ont défilé à Bamako le 4 mars 2022.", 2_000),
        ("تظاهر آلاف المحتجين في الخرطوم يوم 4 مارس 2022.", 2_000),
    ] {
        let all = incidents(text);
        assert_eq!((all[0].harm.crowd_low, all[0].killed_low), (Some(low), None), "{text}");
        assert!(all[0].harm.crowd_high >= all[0].harm.crowd_low);
    }
}
