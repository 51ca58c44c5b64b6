//! Real articles that lie beside the repository and are not part of it: `../shared/seeds`, or `$DALIL_SHARED/seeds`.
//!
//! Where they are missing these tests say so and pass. Nothing of their text stands here, only what they should give.

use std::fs;
use std::path::PathBuf;

use dalil::gazetteer::Gazetteer;
use dalil::incident;
use dalil::lang::litter;
use dalil::layer;
use dalil::layer::properties::{IncidentFields, Parsed};
use dalil::recognise::Report;
use dalil::text::CodePoints;
use geo::line_measures::Distance;
use geo::{Haversine, Point};

/// An article's number and what was read of it.
struct Seed {
    number: String,
    text: String,
    parsed: Parsed,
}

fn folder() -> PathBuf {
    let shared =
        std::env::var_os("DALIL_SHARED").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    shared.join("seeds")
}

/// The articles read; nothing when the folder is not there.
fn seeds() -> Vec<Seed> {
    let folder = folder();
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there (DALIL_SHARED names another folder that holds seeds/)", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    assert!(paths.len() >= 5, "{} articles in {}", paths.len(), folder.display());
    let gazetteer = Gazetteer::embedded();
    let read = |path: PathBuf| {
        let number: String = path.file_name().unwrap().to_str().unwrap().chars().take(3).collect();
        // The article on Mali prints its day; of the others none is known for sure.
        let published = (number == "004").then(|| jiff::civil::date(2022, 9, 25));
        let text = fs::read_to_string(&path).unwrap();
        let report = Report { id: number.clone(), text, lang: None, title: None, published, source: None, url: None, ..Report::default() };
        let parsed = layer::parsed(&report, &incident::read(&report, &gazetteer));
        Seed { number, parsed, text: report.text }
    };
    paths.into_iter().map(read).collect()
}

fn article(number: &str) -> Option<Parsed> {
    seeds().into_iter().find(|s| s.number == number).map(|s| s.parsed)
}

fn fields(parsed: &Parsed) -> Vec<&IncidentFields> {
    parsed.incidents.iter().map(|i| &i.fields).collect()
}

fn told(fields: &[&IncidentFields]) -> String {
    fields
        .iter()
        .map(|f| format!("{} {} {:?} {:?}: {}", f.granularity, f.status, f.killed_low, f.gazetteer_id, f.notes))
        .collect::<Vec<_>>()
        .join("\n")
}

fn distance_km(lon: f64, lat: f64, to_lon: f64, to_lat: f64) -> f64 {
    Haversine.distance(Point::new(lon, lat), Point::new(to_lon, to_lat)) / 1e3
}

fn drawn_near(f: &IncidentFields, lon: f64, lat: f64, km: f64) -> bool {
    f.lat.zip(f.lon).is_some_and(|(at_lat, at_lon)| distance_km(at_lon, at_lat, lon, lat) <= km)
}

fn days(f: &IncidentFields) -> (&str, &str) {
    (f.date_start.as_deref().unwrap_or(""), f.date_end.as_deref().unwrap_or(""))
}

#[test]
fn the_battle_of_talataye_has_its_day_place_and_sum() {
    let Some(parsed) = article("004") else { return };
    let all = fields(&parsed);
    let battle = all
        .iter()
        .find(|f| {
            drawn_near(f, 1.52, 16.53, 10.0)
                && days(f) == ("2022-09-06", "2022-09-06")
                && f.killed_low == Some(50)
                && f.killed_high == Some(50)
        })
        .unwrap_or_else(|| panic!("{}", told(&all)));
    let mut parts: Vec<u32> = battle.killed_detail.iter().map(|p| p.low).collect();
    parts.sort_unstable();
    assert_eq!(parts, [3, 17, 30], "{}", battle.notes);
    assert_eq!((battle.granularity, battle.status), ("incident", "asserted"));
    assert_eq!((battle.event_type, battle.sub_event_type), ("Battles", "Armed clash"), "{}", battle.notes);
    let cast: Vec<(&str, &str)> = battle.actors.iter().map(|a| (a.role, a.name.as_str())).collect();
    for one in [
        ("actor1", "Islamic State Sahel Province"),
        ("actor2", "JNIM: Group for Support of Islam and Muslims"),
        ("assoc_actor_2", "MSA: Movement for the Salvation of Azawad"),
        ("victim", "Civilians"),
    ] {
        assert!(cast.contains(&one), "{one:?} in {cast:?}");
    }
    assert_eq!(battle.actor1.as_deref(), Some("Islamic State Sahel Province"));
    assert_eq!(battle.actor2.as_deref(), Some("JNIM: Group for Support of Islam and Muslims"));
}

#[test]
fn the_attack_on_tessit_has_its_day_place_and_sum() {
    let Some(parsed) = article("004") else { return };
    let all = fields(&parsed);
    let is_attack =
        |f: &&&IncidentFields| drawn_near(f, -0.3, 15.22, 15.0) && days(f) == ("2022-08-07", "2022-08-07") && f.killed_low == Some(52);
    let attack = all.iter().find(is_attack).unwrap_or_else(|| panic!("{}", told(&all)));
    assert_eq!(attack.actor1.as_deref(), Some("Islamic State Sahel Province"), "{}", attack.notes);
    assert_eq!(attack.actor2.as_deref(), Some("Military Forces of Mali"), "{}", attack.notes);
    assert_eq!(attack.claimed_by.as_deref(), Some("Islamic State Sahel Province"), "{}", attack.notes);
}

#[test]
fn the_deaths_at_ansongo_are_of_the_end_of_june() {
    let Some(parsed) = article("004") else { return };
    let all = fields(&parsed);
    let is_end_of_june = |f: &IncidentFields| days(f).0 >= "2022-06-15" && days(f).1 == "2022-06-30";
    assert!(all.iter().any(|f| drawn_near(f, 0.5022, 15.6597, 20.0) && is_end_of_june(f)), "{}", told(&all));
}

#[test]
fn totals_denials_and_the_town_of_refuge_are_not_drawn() {
    let Some(parsed) = article("004") else { return };
    let all = fields(&parsed);
    for total in [170, 171, 900, 901] {
        for f in all.iter().filter(|f| f.killed_low == Some(total)) {
            assert!(f.lat.is_none() && f.granularity == "aggregate", "{}", told(&[f]));
        }
    }
    let strikes: Vec<_> =
        all.iter().filter(|f| f.sub_event_type == "Air/drone strike" && f.lat.is_some() && f.status != "denied").copied().collect();
    assert!(strikes.is_empty(), "a denied strike is drawn as one that happened: {}", told(&strikes));
    let at_gao: Vec<_> = all.iter().filter(|f| drawn_near(f, -0.0447, 16.2717, 10.0)).copied().collect();
    assert!(at_gao.is_empty(), "Gao, where survivors arrive, is drawn as a scene: {}", told(&at_gao));
}

/// Incidents that are drawn and false today: the article, the name of the place, the reason.
const FALSE_TODAY: &[(&str, &str, &str)] = &[];

#[test]
fn the_four_articles_of_opinion_draw_nothing_false() {
    let mut known: Vec<_> = FALSE_TODAY.to_vec();
    let mut misses = Vec::new();
    let seeds = seeds();
    for seed in seeds.iter().filter(|s| s.number != "004") {
        for f in fields(&seed.parsed).into_iter().filter(|f| f.lat.is_some()) {
            let place = f.place_name.as_deref().unwrap_or("");
            if FALSE_TODAY.iter().any(|(number, name, _)| *number == seed.number && *name == place) {
                known.retain(|(number, name, _)| *number != seed.number || *name != place);
            } else {
                misses.push(format!("{} {place}: {}", seed.number, told(&[f])));
            }
        }
    }
    assert!(misses.is_empty(), "{} incidents are drawn:\n{}", misses.len(), misses.join("\n"));
    assert!(seeds.is_empty() || known.is_empty(), "no longer drawn, take off FALSE_TODAY: {known:?}");
}

/// Places that are not found today, and why.
const MISSED_TODAY: &[(&str, &str, &str)] = &[];

/// Article, Arabic name as it stands there, longitude, latitude.
const WHERE: &[(&str, &str, f64, f64)] = &[
    ("000", "الرياض", 46.72, 24.69),
    ("000", "سرت", 16.59, 31.21),
    ("000", "صبراتة", 12.48, 32.79),
    ("000", "الزاوية", 12.73, 32.76),
    ("002", "دير الزور", 40.14, 35.33),
    ("002", "تدمر", 38.28, 34.56),
    ("003", "الباغوز", 40.99, 34.43),
    ("003", "حيراتان", 67.42, 37.22),
    ("003", "الرياض", 46.72, 24.69),
    ("004", "بايرويت", 11.58, 49.95),
    ("004", "تلاتاي", 1.52, 16.53),
    ("004", "تيسيت", -0.3, 15.22),
    ("004", "أنسونغو", 0.50, 15.66),
];

#[test]
fn places_are_mentioned_where_they_are() {
    let seeds = seeds();
    let mut misses = Vec::new();
    for (number, name, lon, lat) in WHERE.iter().filter(|_| !seeds.is_empty()) {
        let parsed = &seeds.iter().find(|s| s.number == *number).unwrap().parsed;
        let named: Vec<_> = parsed.toponyms.iter().filter(|t| t.text.contains(name.trim_start_matches("ال"))).collect();
        let is_there = |t: &&&_| {
            let toponym: &dalil::layer::properties::Toponym = t;
            toponym.place.as_ref().is_some_and(|p| distance_km(p.lon, p.lat, *lon, *lat) <= 20.0)
        };
        let is_known = MISSED_TODAY.iter().any(|(article, missed, _)| (article, missed) == (number, name));
        if is_known {
            assert!(named.iter().find(is_there).is_none(), "{number} {name} is found now, take it off MISSED_TODAY");
        } else if named.iter().find(is_there).is_none() {
            let found: Vec<_> = named.iter().map(|t| (t.kind, t.place.as_ref().map(|p| (&p.id, p.lon, p.lat)))).collect();
            misses.push(format!("{number} {name}: {found:?}"));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

/// Articles with buttons, counters and captions said twice, and how many such lines.
const LITTERED: &[(&str, usize)] = &[("001", 2), ("004", 3)];

#[test]
fn what_pages_put_around_articles_is_no_mention() {
    for seed in seeds() {
        let lines = litter::lines(&seed.text);
        let expected = LITTERED.iter().find(|(number, _)| *number == seed.number).map_or(0, |(_, lines)| *lines);
        let shown: Vec<&str> = lines.iter().filter_map(|span| seed.text.get(span.start as usize..span.end as usize)).collect();
        assert_eq!(lines.len(), expected, "{} {shown:?}", seed.number);
        let points = CodePoints::of(&seed.text);
        for toponym in &seed.parsed.toponyms {
            let inside =
                lines.iter().find(|s| points.at(&seed.text, s.start) <= toponym.start && toponym.end <= points.at(&seed.text, s.end));
            assert!(inside.is_none(), "{} {}", seed.number, toponym.text);
        }
    }
}

#[test]
fn nothing_lies_at_nought() {
    for seed in seeds() {
        for place in seed.parsed.toponyms.iter().filter_map(|t| t.place.as_ref()) {
            assert!(place.lon.abs() > 0.001 || place.lat.abs() > 0.001, "{} {}", seed.number, place.name);
        }
        for f in fields(&seed.parsed) {
            assert!(f.lat != Some(0.0) || f.lon != Some(0.0), "{} {}", seed.number, f.notes);
        }
    }
}
