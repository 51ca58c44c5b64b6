//! Which incidents are one event: from tellings written by hand, and from reports in three languages.

mod told;

use dalil::gazetteer::Gazetteer;
use dalil::incident::corroborate::{
    Cluster, Corroboration, Event, Ground, Reference, Ruling, Telling, Verdict, compare, corroborate, widest,
};
use dalil::incident::{self, Granularity, Status, SubEventType};
use dalil::layer;
use dalil::recognise::Report;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use told::{Tell, telling, village};

/// The groups of ids that are one event, singles left out.
fn groups(found: &Corroboration) -> Vec<Vec<&str>> {
    let several = found.clusters.iter().filter(|c| c.members.len() > 1);
    let mut out: Vec<Vec<&str>> = several.map(|c| c.members.iter().map(String::as_str).collect()).collect();
    out.sort();
    out
}

fn found(tellings: &[Telling]) -> Vec<Vec<String>> {
    let found = corroborate(tellings, &[]);
    groups(&found).into_iter().map(|g| g.into_iter().map(str::to_owned).collect()).collect()
}

#[test]
fn copies_of_one_text_are_one_witness_and_counted() {
    let own = |id: &str, text_of: &str, source: &str| Telling {
        text_of: text_of.to_owned(),
        source: Some(source.to_owned()),
        ..telling(id, id).on(2024, 5, 14)
    };
    let count = |told: &[Telling]| {
        let members = told.iter().map(|t| t.id.clone()).collect();
        let cluster = Cluster { id: "evt".to_owned(), members, denied_by: Vec::new(), is_pinned: false };
        let event = Event::of(&cluster, |id| told.iter().find(|t| t.id == id)).unwrap();
        (event.source_count, event.copy_count)
    };
    let wire = [own("a", "a", "AFP"), own("b", "a", "Journal"), own("c", "a", "Gazette")];
    assert_eq!(count(&wire), (1, 2));
    // The Journal's own second article hangs on its copy of the first; a paper with a text of its own does not.
    let more = [wire[0].clone(), wire[1].clone(), own("d", "d", "Journal"), own("e", "e", "Times")];
    assert_eq!(count(&more), (2, 1));
}

#[test]
fn the_same_attack_in_three_reports_is_one_event() {
    let all = [
        telling("a", "r1").on(2023, 3, 6).killed(12),
        telling("b", "r2").on(2023, 3, 6).killed(14),
        telling("c", "r3").on(2023, 3, 6),
        telling("d", "r4").on(2023, 3, 6).killed(12).at(village("elsewhere", 2.5, 15.0)),
    ];
    assert_eq!(found(&all), [["a", "b", "c"]]);
}

#[test]
fn of_several_places_the_nearest_two_count() {
    let far = || telling("a", "r1").on(2023, 3, 6).killed(12).at(village("elsewhere", 2.5, 15.0));
    let several = Telling { others: vec![village("hamlet", 3.5, 14.0), village("village", 1.0, 15.0)], ..far() };
    let other = telling("b", "r2").on(2023, 3, 6).killed(12);
    assert!(found(&[far(), other.clone()]).is_empty());
    assert_eq!(found(&[several.clone(), other.clone()]), [["a", "b"]]);
    assert_eq!(compare(&several, &other), compare(&other, &several));
    // One whose main place is not located is found by the others.
    let unlocated = Telling { ground: None, ..several };
    assert_eq!(found(&[unlocated, other]), [["a", "b"]]);
}

#[test]
fn two_attacks_in_one_town_on_one_day_stay_two() {
    let day = |id: &str, report: &str| telling(id, report).on(2023, 3, 6);
    let by_toll = [day("a", "r1").killed(5), day("b", "r2").killed(12)];
    assert!(found(&by_toll).is_empty(), "tolls that do not agree");
    let by_weapon = [day("a", "r1").kind(SubEventType::SuicideBomb), day("b", "r2").kind(SubEventType::AirStrike)];
    assert!(found(&by_weapon).is_empty(), "other weapons");
    let by_report = [day("a", "r1").killed(5), day("b", "r1").killed(5)];
    assert!(found(&by_report).is_empty(), "one report tells both");
    let by_kind = [day("a", "r1").kind(SubEventType::PeacefulProtest), day("b", "r2").kind(SubEventType::Ied)];
    assert!(found(&by_kind).is_empty(), "a protest is no bombing");
    // Of two reports that tell both, each attack finds its own.
    let both = [day("a", "r1").killed(5), day("b", "r1").killed(12), day("c", "r2").killed(12), day("d", "r2").killed(5)];
    assert_eq!(found(&both), [["a", "d"], ["b", "c"]]);
}

#[test]
fn other_days_far_places_and_news_before_the_event_forbid_it() {
    let one = telling("a", "r1").on(2023, 3, 6).killed(37);
    let apart = [
        telling("b", "r2").on(2023, 3, 7).killed(37),
        telling("b", "r2").on(2023, 3, 6).killed(37).at(village("next", 1.12, 15.0)),
        telling("b", "r2").killed(37).published(2023, 3, 1),
    ];
    for other in apart {
        assert!(compare(&one, &other).veto.is_some(), "{other:?}");
        assert!(found(&[one.clone(), other]).is_empty());
    }
    // «Yesterday» may be the night of Monday to Tuesday.
    let yesterday = Telling { date_source: "relative".to_owned(), ..telling("b", "r2").on(2023, 3, 7).killed(37) };
    assert_eq!(found(&[one, yesterday]).len(), 1);
}

#[test]
fn a_place_and_a_kind_alone_are_no_event() {
    assert!(found(&[telling("a", "r1"), telling("b", "r2")]).is_empty(), "neither day nor figure");
    assert_eq!(found(&[telling("a", "r1").killed(37), telling("b", "r2").killed(37)]).len(), 1);
    let nowhere = |id: &str, report: &str| telling(id, report).unlocated();
    assert!(found(&[nowhere("a", "r1").on(2023, 3, 6), nowhere("b", "r2").on(2023, 3, 6)]).is_empty(), "a day without place");
    let known = [nowhere("a", "r1").on(2023, 3, 6).killed(20), telling("b", "r2").on(2023, 3, 6).killed(20)];
    assert_eq!(found(&known).len(), 1);
}

#[test]
fn a_group_of_the_dead_may_be_another_reports_whole_toll() {
    let whole = Telling { killed_parts: vec![(27, 27), (47, 47)], ..telling("a", "r1").killed(74) };
    assert_eq!(found(&[whole.clone(), telling("b", "r2").killed(27)]).len(), 1);
    assert!(found(&[whole, telling("b", "r2").killed(26)]).is_empty());
}

#[test]
fn a_group_that_both_count_speaks_for_one_event_whatever_the_whole() {
    let attackers = |id: &str, report: &str, killed: Option<u32>| Telling {
        killed: killed.map(|k| (k, k)),
        killed_parts: vec![(70, 70)],
        ..telling(id, report)
    };
    assert_eq!(found(&[attackers("a", "r1", None), attackers("b", "r2", Some(97))]), [["a", "b"]]);
    let other = Telling { killed_parts: vec![(51, 51)], ..telling("b", "r2").killed(97) };
    assert!(found(&[attackers("a", "r1", None), other]).is_empty());
}

#[test]
fn a_range_that_says_little_is_near_to_no_figure() {
    let vague = Telling { killed: Some((12, 60)), ..telling("a", "r1") };
    assert!(found(&[vague, telling("b", "r2").killed(75)]).is_empty());
    assert_eq!(found(&[telling("a", "r1").killed(60), telling("b", "r2").killed(75)]), [["a", "b"]]);
}

#[test]
fn a_unit_meets_each_place_in_it_however_far_and_none_of_another_unit() {
    let inside = |unit: &str| Ground { admin1: unit.to_owned(), ..village("far", 2.9, 15.0) };
    let unit = Ground { admin1: "Gao".to_owned(), radius_m: 50_000, ..told::province() };
    let whole = telling("a", "r1").on(2023, 3, 6).killed(37).at(unit);
    let told = |unit: &str| telling("b", "r2").on(2023, 3, 6).killed(37).at(inside(unit));
    assert_eq!(found(&[whole.clone(), told("Gao")]), [["a", "b"]]);
    assert!(found(&[whole, told("Kidal")]).is_empty());
}

#[test]
fn totals_and_what_did_not_happen_are_in_no_event_and_denials_stand_beside_it() {
    let told = telling("a", "r1").on(2023, 3, 6).killed(9);
    let total = Telling { granularity: Granularity::Aggregate, ..telling("b", "r2").on(2023, 3, 6).killed(9) };
    let denial = Telling { status: Status::Denied, ground: None, ..telling("c", "r3").on(2023, 3, 6) };
    let later = Telling { status: Status::Denied, ground: None, ..telling("d", "r4").on(2023, 4, 6) };
    let planned = Telling { status: Status::Planned, ..telling("e", "r5").on(2023, 3, 6) };
    let found = corroborate(&[told, total, denial, later, planned], &[]);
    assert_eq!(found.clusters.len(), 1);
    assert_eq!((&found.clusters[0].members[..], &found.clusters[0].denied_by[..]), (&["a".to_owned()][..], &["c".to_owned()][..]));
}

#[test]
fn two_recollections_need_more_than_news_does() {
    let recalled = |id: &str, report: &str| Telling { granularity: Granularity::Background, ..telling(id, report) };
    let weak = |t: Telling| t.kind(SubEventType::Abduction).killed(5).at(told::province());
    assert!(found(&[weak(recalled("a", "r1")), weak(recalled("b", "r2"))]).is_empty());
    assert_eq!(found(&[recalled("a", "r1").killed(37), recalled("b", "r2").killed(37)]).len(), 1);
}

#[test]
fn the_name_of_an_event_outlives_later_reports_and_is_that_of_its_first() {
    let first = telling("m", "r1").on(2023, 3, 6).killed(9).published(2023, 3, 7);
    let later = telling("a", "r2").on(2023, 3, 6).killed(9).published(2023, 3, 8);
    let alone = corroborate(std::slice::from_ref(&first), &[]);
    let both = corroborate(&[later.clone(), first], &[]);
    assert_eq!(both.clusters.len(), 1);
    assert_eq!(alone.clusters[0].id, both.clusters[0].id);
    assert!(both.clusters[0].id.starts_with("evt-") && both.clusters[0].id.len() == 16);
    // When its first telling goes, so does the name.
    assert_ne!(corroborate(&[later], &[]).clusters[0].id, both.clusters[0].id);
}

#[test]
fn the_order_of_tellings_and_rulings_is_of_no_matter() {
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let world = told::crowd();
    let at = |index: usize| Reference::to(&world[index]);
    let rulings = vec![
        ruling("1", Verdict::Merge, vec![at(0), at(40)], vec![]),
        ruling("2", Verdict::Split, vec![at(1)], vec![at(2), at(3)]),
        ruling("3", Verdict::Merge, vec![at(1), at(2)], vec![]),
        ruling("4", Verdict::Pin, vec![at(10), at(11)], vec![]),
    ];
    let expected = corroborate(&world, &rulings);
    assert!(groups(&expected).len() > 10, "the crowd holds events");
    assert!(!expected.unheeded.is_empty(), "a merge against a split is told");
    let shuffled = (Just(world).prop_shuffle(), Just(rulings).prop_shuffle());
    let property = |(world, rulings): (Vec<Telling>, Vec<Ruling>)| {
        prop_assert_eq!(&corroborate(&world, &rulings), &expected);
        Ok(())
    };
    runner.run(&shuffled, property).unwrap();
}

#[test]
fn no_event_holds_what_contradicts() {
    let world = told::crowd();
    let found = corroborate(&world, &[]);
    let told = |id: &String| world.iter().find(|t| t.id == *id).unwrap();
    for cluster in &found.clusters {
        for (at, one) in cluster.members.iter().enumerate() {
            for other in &cluster.members[at + 1..] {
                assert!(compare(told(one), told(other)).is_bearable(), "{one} {other}");
            }
        }
    }
    assert_eq!(found.clusters.iter().map(|c| c.members.len()).sum::<usize>(), world.len(), "each telling is in one event");
}

fn ruling(number: &str, verdict: Verdict, members: Vec<Reference>, others: Vec<Reference>) -> Ruling {
    Ruling {
        id: format!("rul:{number}"),
        verdict,
        members,
        others,
        note: String::new(),
        created: format!("2026-11-22T10:00:0{number}Z"),
        created_by: "test".to_owned(),
    }
}

#[test]
fn people_join_part_and_pin() {
    let all = [
        telling("a", "r1").on(2023, 3, 6).killed(9),
        telling("b", "r2").on(2023, 3, 6).killed(9),
        telling("c", "r3").on(2023, 3, 9).killed(40),
    ];
    let at = |index: usize| Reference::to(&all[index]);
    let split = ruling("1", Verdict::Split, vec![at(0)], vec![at(1)]);
    assert!(groups(&corroborate(&all, std::slice::from_ref(&split))).is_empty());
    let merge = ruling("2", Verdict::Merge, vec![at(0), at(2)], vec![]);
    let joined = corroborate(&all, &[split.clone(), merge.clone()]);
    assert_eq!(groups(&joined), [["a", "c"]], "and b, parted from a, stays out");
    let grown = corroborate(&all, std::slice::from_ref(&merge));
    assert_eq!(groups(&grown), [["a", "b", "c"]], "who bears one of those that a person joined need not bear the other");
    let pin = ruling("3", Verdict::Pin, vec![at(0)], vec![]);
    let pinned = corroborate(&all, &[pin]);
    assert!(groups(&pinned).is_empty(), "nothing joins what is pinned");
    assert!(pinned.clusters.iter().any(|c| c.is_pinned && c.members == ["a"]));
    let against = corroborate(&all, &[split, ruling("4", Verdict::Merge, vec![at(0), at(1)], vec![])]);
    assert_eq!(against.unheeded.len(), 1, "{:?}", against.unheeded);
}

#[test]
fn a_ruling_finds_its_incident_again_by_its_words_and_tells_when_it_cannot() {
    let all = [telling("a", "r1").on(2023, 3, 6).killed(9), telling("b", "r2").on(2023, 3, 6).killed(9)];
    let old = |id: &str, at: usize, start, end| Reference { id: id.to_owned(), start, end, ..Reference::to(&all[at]) };
    let split = ruling("1", Verdict::Split, vec![old("gone", 0, 12, 18)], vec![Reference::to(&all[1])]);
    let found = corroborate(&all, &[split]);
    assert!(groups(&found).is_empty() && found.unheeded.is_empty(), "{found:?}");
    let lost = ruling("2", Verdict::Split, vec![old("gone", 0, 900, 910)], vec![Reference::to(&all[1])]);
    let found = corroborate(&all, &[lost]);
    assert_eq!(groups(&found), [["a", "b"]]);
    assert_eq!(found.unheeded[0].why, "incident gone of report r1 is not read any more");
}

#[test]
fn the_merged_view_takes_each_field_from_who_knows_it_best() {
    let mut all = vec![
        telling("a", "r1").killed(40).at(told::province()).published(2023, 3, 7).source("AFP"),
        telling("b", "r2").on(2023, 3, 6).killed(43).published(2023, 3, 8).source("Wakat Sera"),
        telling("c", "r3").killed(44).published(2023, 3, 9).source("AFP"),
    ];
    all[1].actors.clear();
    let found = corroborate(&all, &[]);
    let event = Event::of(&found.clusters[0], |id| all.iter().find(|t| t.id == id)).unwrap();
    assert_eq!(event.members, ["a", "b", "c"]);
    let ground = event.ground.as_ref().unwrap();
    assert_eq!((ground.value.id.as_str(), ground.from.as_str()), ("test:village", "b"));
    let dates = event.dates.as_ref().unwrap();
    assert_eq!((dates.value.0, dates.from.as_str()), (date(2023, 3, 6), "b"));
    assert_eq!(widest(&event.killed), Some((40, 44)));
    assert_eq!(event.killed.iter().map(|k| (k.value.0, k.from.as_str())).collect::<Vec<_>>(), [(40, "a"), (43, "b"), (44, "c")]);
    assert_eq!((event.source_count, event.actors[0].1.as_slice()), (2, &["a".to_owned(), "c".to_owned()][..]));
}

/// What the reader makes of a report.
fn read(id: &str, published: (i16, i8, i8), text: &str) -> Vec<Telling> {
    let report = Report {
        id: id.to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: Some(date(published.0, published.1, published.2)),
        source: None,
        url: None,
        ..Report::default()
    };
    let findings = incident::read(&report, &Gazetteer::embedded());
    let parsed = serde_json::to_value(layer::parsed(&report, &findings)).unwrap();
    layer::parsed_tellings(&parsed, None, Some(&report.published.unwrap().to_string()))
}

#[test]
fn reports_in_three_languages_tell_one_event() {
    let mut all =
        read("ar", (2024, 5, 16), "قتل 23 جنديا يوم الأربعاء 15 أيار/مايو 2024 في هجوم شنه مسلحون على موقع للجيش في غاو شمالي مالي.");
    all.extend(read(
        "fr",
        (2024, 5, 17),
        "Vingt-trois soldats ont été tués mercredi 15 mai 2024 dans une attaque menée par des hommes armés à Gao, dans le nord du Mali.",
    ));
    all.extend(read(
        "en",
        (2024, 5, 17),
        "Gunmen killed 25 soldiers on Wednesday, 15 May 2024 in an attack in Gao, northern Mali, residents said.",
    ));
    // Another attack of that day in another town, and one in Gao a week later.
    all.extend(read("fr2", (2024, 5, 17), "Vingt-trois soldats ont été tués mercredi 15 mai 2024 dans une attaque à Ménaka."));
    all.extend(read("en2", (2024, 5, 23), "Gunmen killed 23 soldiers on Wednesday, 22 May 2024 in an attack in Gao, northern Mali."));
    let found = corroborate(&all, &[]);
    let report = |id: &str| all.iter().find(|t| t.id == id).unwrap().report_id.as_str();
    let mut together: Vec<Vec<&str>> = groups(&found).into_iter().map(|g| g.into_iter().map(report).collect()).collect();
    for group in &mut together {
        group.sort_unstable();
    }
    assert_eq!(together, [["ar", "en", "fr"]], "{all:#?}");
}
