//! The read model answers what a reader who looks at every feature would.

use std::path::Path;

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Reader};
use dalil::snapshot::parameters::Question;
use dalil::snapshot::{Cursor, Leaf, Predicate, Range, Snapshot, Sort, Step, TextTest, schema};
use dalil::store::{Collection, Store};
use serde_json::Value;

use crate::sample::entry;

const ALL: &str = "incident,aggregate,background";

fn store(ids: &[&str]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    for id in ids {
        store.put(&[entry(id)], "2026-11-21T10:00:00Z").unwrap();
    }
    (folder, store)
}

fn question(parameters: &[(&str, &str)]) -> Question {
    let pairs = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Question::parse(Collection::Incidents, pairs, &[]).unwrap()
}

fn ids(snapshot: &Snapshot, collection: Collection, predicate: &Predicate) -> Vec<String> {
    let matches = snapshot.matches(collection, predicate);
    let features = snapshot.layer(collection).each(&matches);
    features.into_iter().map(|f| serde_json::from_str::<Value>(f).unwrap()["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn parameters_find_what_they_say() {
    let (folder, store) = store(&["r1"]);
    let snapshot = Snapshot::of(&store, folder.path()).unwrap();
    for (name, value, expected) in [
        ("granularity", ALL, 4),
        ("status", "claimed", 1),
        ("granularity", "aggregate,incident", 4),
        ("event_type", "Protests", 0),
        ("country", "ML", 4),
        ("lang", "ar", 4),
        ("bbox", "1,16,2,17", 2),
        ("bbox", "-1.5,12,-0.5,14", 1),
        ("bbox", "170,0,1.6,90", 2),
        ("bbox", "170,-10,-170,10", 0),
        ("datetime", "2022-09-06", 3),
        ("datetime", "2022-09-07/..", 0),
        ("datetime", "../2022-09-06", 3),
        ("q", "تلاتاى", 4),
        ("q", "ISLAMIC sahel", 1),
        ("q", "semaine attaque", 4),
        ("q", "% _", 4),
        ("q", "nowhere", 0),
        ("killed_best", "50..", 1),
        ("filter", "killed_best > 40 AND S_INTERSECTS(geometry, POLYGON((1 16,2 16,2 17,1 17,1 16)))", 1),
        ("filter", "T_DURING(date_start, INTERVAL('2022-09-05','2022-09-07')) AND NOT status = 'claimed'", 2),
        ("filter", "place_name IS NULL", 1),
        ("filter", "geometry IS NULL", 2),
        ("filter", "ACCENTI(CASEI(actor)) LIKE ACCENTI(CASEI('%islámic STATE%'))", 1),
    ] {
        let mut parameters = vec![(name, value)];
        if name != "granularity" {
            parameters.push(("granularity", ALL));
        }
        let found = ids(&snapshot, Collection::Incidents, &question(&parameters).predicate());
        assert_eq!(found.len(), expected, "{name}={value}: {found:?}");
    }
}

#[test]
fn sums_and_what_is_recalled_are_asked_for_by_name() {
    let (folder, store) = store(&["r1"]);
    let snapshot = Snapshot::of(&store, folder.path()).unwrap();
    let single = ids(&snapshot, Collection::Incidents, &question(&[]).predicate());
    let all = ids(&snapshot, Collection::Incidents, &Predicate::Always(true));
    assert!(single.len() < all.len(), "{single:?} {all:?}");
}

#[test]
fn every_feature_comes_once_however_it_is_sorted_and_cut_and_what_comes_meanwhile() {
    let incidents = schema(Collection::Incidents);
    for sort in ["", "-date_start", "killed_best,-place_name", "country", "-lat,id"] {
        let (folder, mut store) = store(&["r1", "r2"]);
        let sort = if sort.is_empty() { Sort::default() } else { Sort::parse(&incidents, sort).unwrap() };
        let mut snapshot = Snapshot::of(&store, folder.path()).unwrap();
        let whole = {
            let matches = snapshot.matches(Collection::Incidents, &Predicate::Always(true));
            let page = snapshot.layer(Collection::Incidents).page(&matches, &sort, None, 0, 100);
            assert_eq!((page.matched, page.next.is_none()), (page.features.len() as u64, true));
            page.features.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let (mut seen, mut after): (Vec<String>, Option<Cursor>) = (Vec::new(), None);
        loop {
            let matches = snapshot.matches(Collection::Incidents, &Predicate::Always(true));
            let page = snapshot.layer(Collection::Incidents).page(&matches, &sort, after.as_ref(), 0, 3);
            seen.extend(page.features.iter().filter(|f| whole.iter().any(|w| w == *f)).map(|f| (*f).to_owned()));
            after = page.next.map(|next| Cursor::parse(&sort, &next.to_text()).unwrap());
            if after.is_none() {
                break;
            }
            // Another report comes between two parts, before and after the place where one is.
            store.put(&[entry(&format!("r0{}", seen.len()))], "2026-11-21T10:00:00Z").unwrap();
            snapshot = snapshot.followed(&store).unwrap().unwrap();
        }
        assert_eq!(seen, whole, "{sort:?}");
    }
}

#[test]
fn a_snapshot_that_followed_is_the_one_that_would_be_made_anew() {
    let (folder, mut store) = store(&["r1", "r2", "r3"]);
    let mut followed = Snapshot::of(&store, folder.path()).unwrap();
    assert!(followed.followed(&store).unwrap().is_none());
    for round in 0..30 {
        let mut entry = entry(&format!("r{}", round % 5));
        entry.incidents.truncate(round % 4);
        entry.mentions.rotate_left(round % 2);
        store.put(&[entry], "2026-11-21T11:00:00Z").unwrap();
        intake::corroborate(&mut store).unwrap();
        followed = followed.followed(&store).unwrap().unwrap();
        if round == 20 {
            followed = followed.gathered(&store, &[Collection::Incidents, Collection::Reports]).unwrap();
        }
        let anew = Snapshot::of(&store, folder.path()).unwrap();
        for collection in Collection::ALL {
            for predicate in [Predicate::Always(true), Predicate::leaf(Leaf::Word("تلاتاي".to_owned()))] {
                let [one, other] = [&followed, &anew].map(|snapshot| {
                    let matches = snapshot.matches(collection, &predicate);
                    snapshot.layer(collection).each(&matches).into_iter().map(str::to_owned).collect::<Vec<_>>()
                });
                assert_eq!(one, other, "{} in round {round}", collection.name());
            }
        }
    }
}

/// What a reader of the features says; `None`: it cannot be said, because there is no value.
fn read(feature: &Value, predicate: &Predicate) -> Option<bool> {
    let properties = schema(Collection::Incidents).properties;
    let value = |at: usize| match properties[at].name {
        "id" => feature["id"].clone(),
        "actor" => feature["properties"]["actors"].as_array().unwrap().iter().map(|a| a["name"].clone()).collect(),
        name => feature["properties"][name].clone(),
    };
    match predicate {
        Predicate::Always(holds) => Some(*holds),
        Predicate::Not(inner) => read(feature, inner).map(|holds| !holds),
        Predicate::And(parts) => {
            let all: Vec<_> = parts.iter().map(|p| read(feature, p)).collect();
            if all.contains(&Some(false)) { Some(false) } else { all.into_iter().collect::<Option<Vec<_>>>().map(|_| true) }
        }
        Predicate::Or(parts) => {
            let all: Vec<_> = parts.iter().map(|p| read(feature, p)).collect();
            if all.contains(&Some(true)) { Some(true) } else { all.into_iter().collect::<Option<Vec<_>>>().map(|_| false) }
        }
        Predicate::Leaf(Leaf::Text(at, TextTest::OneOf(texts))) => match value(*at) {
            Value::Array(list) if list.is_empty() => None,
            Value::Array(list) => Some(list.iter().any(|v| texts.iter().any(|t| v == t))),
            Value::Null => None,
            Value::Bool(flag) => Some(texts.contains(&flag.to_string())),
            one => Some(texts.iter().any(|t| one == *t)),
        },
        Predicate::Leaf(Leaf::Text(at, TextTest::Between(from, to))) => value(*at).as_str().map(|text| {
            from.as_ref().is_none_or(|(f, is_in)| text > f.as_str() || (*is_in && text == f))
                && to.as_ref().is_none_or(|(t, is_in)| text < t.as_str() || (*is_in && text == t))
        }),
        Predicate::Leaf(Leaf::Number(at, range)) => value(*at).as_f64().map(|number| range.holds(number)),
        Predicate::Leaf(Leaf::Null(at)) => Some(value(*at).is_null()),
        Predicate::Leaf(Leaf::NotDrawn) => Some(feature["geometry"].is_null()),
        Predicate::Leaf(Leaf::Box(b)) => {
            let (mut lons, mut lats) = (Vec::new(), Vec::new());
            corners(&feature["geometry"], &mut lons, &mut lats);
            let least = |v: &[f64]| v.iter().copied().reduce(f64::min);
            let most = |v: &[f64]| v.iter().copied().reduce(f64::max);
            Some(least(&lons)? <= b.east && most(&lons)? >= b.west && least(&lats)? <= b.north && most(&lats)? >= b.south)
        }
        other @ Predicate::Leaf(_) => panic!("{other:?}"),
    }
}

fn corners(value: &Value, lons: &mut Vec<f64>, lats: &mut Vec<f64>) {
    match value {
        Value::Object(object) => object.values().for_each(|v| corners(v, lons, lats)),
        Value::Array(items) if items.first().is_some_and(Value::is_number) => {
            lons.push(items[0].as_f64().unwrap());
            lats.push(items[1].as_f64().unwrap());
        }
        Value::Array(items) => items.iter().for_each(|v| corners(v, lons, lats)),
        _ => {}
    }
}

/// A linear congruence: the same predicates on any machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn predicate(&mut self, depth: usize, features: &[Value]) -> Predicate {
        if depth > 0 && self.below(3) > 0 {
            let parts: Vec<Predicate> = (0..=self.below(3)).map(|_| self.predicate(depth - 1, features)).collect();
            return match self.below(3) {
                0 => Predicate::And(parts),
                1 => Predicate::Or(parts),
                _ => Predicate::Not(Box::new(Predicate::And(parts))),
            };
        }
        let incidents = schema(Collection::Incidents);
        let at = |name: &str| incidents.find(name).unwrap().0;
        let one = &features[self.below(features.len())]["properties"];
        let text = |name: &str| one[name].as_str().unwrap_or("none").to_owned();
        Predicate::Leaf(match self.below(10) {
            0 => Leaf::Text(at("country"), TextTest::OneOf(vec![text("country")])),
            1 => Leaf::Text(at("sub_event_type"), TextTest::OneOf(vec![text("sub_event_type"), "Peaceful protest".to_owned()])),
            2 => Leaf::Text(at("place_name"), TextTest::Between(Some((text("place_name"), true)), None)),
            3 => Leaf::Text(at("place_name"), TextTest::Between(None, Some((text("place_name"), false)))),
            4 => Leaf::Number(at("killed_best"), Range::between(self.below(5) as f64, self.below(60) as f64)),
            5 => Leaf::Number(at("lat"), Range { from: one["lat"].as_f64().map(|lat| (lat, false)), to: None }),
            6 => Leaf::Null(at("killed_best")),
            7 => Leaf::NotDrawn,
            8 => {
                let (lon, lat) = (one["lon"].as_f64().unwrap_or(0.0), one["lat"].as_f64().unwrap_or(15.0));
                let wide = self.below(12) as f64;
                Leaf::Box(dalil::store::Bounds { west: lon - wide, south: lat - wide / 2.0, east: lon + 0.01, north: lat + wide })
            }
            _ => Leaf::Text(at("civilian_targeting"), TextTest::OneOf(vec!["true".to_owned()])),
        })
    }
}

/// A store of the corpus.
fn corpus() -> (tempfile::TempDir, Store) {
    let lines = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reports.jsonl")).unwrap();
    let reports: Vec<_> = lines
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| line[key].as_str().map(str::to_owned);
            dalil::recognise::Report {
                id: text("id").unwrap(),
                text: text("text").unwrap(),
                lang: text("lang").and_then(|l| dalil::lang::Lang::from_code(&l)),
                title: text("title"),
                published: text("published").and_then(|d| d.parse().ok()),
                source: text("source"),
                url: text("url"),
                ..dalil::recognise::Report::default()
            }
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let mut reader = Reader::open(&Gazetteer::embedded(), &store).unwrap();
    intake::take_in(&mut store, &reports, &mut reader, crate::kept::NOW).unwrap();
    intake::corroborate(&mut store).unwrap();
    (folder, store)
}

#[test]
fn any_predicate_finds_what_a_reader_of_all_features_would() {
    let (folder, store) = corpus();
    let snapshot = Snapshot::of(&store, folder.path()).unwrap();
    let features: Vec<Value> =
        crate::kept::published(&store, Collection::Incidents).iter().map(|f| serde_json::from_str(f).unwrap()).collect();
    assert!(features.len() > 100);
    let mut chance = Chance(7);
    let mut neither = 0;
    for _ in 0..2_000 {
        let predicate = chance.predicate(3, &features);
        let expected: Vec<&str> =
            features.iter().filter(|f| read(f, &predicate) == Some(true)).map(|f| f["id"].as_str().unwrap()).collect();
        let found = ids(&snapshot, Collection::Incidents, &predicate);
        assert_eq!(found, expected, "{predicate:?}");
        neither += usize::from(!expected.is_empty() && expected.len() < features.len());
    }
    assert!(neither > 500, "most predicates say nothing: {neither}");
}

#[test]
fn counts_add_up_to_what_matches() {
    let (folder, store) = corpus();
    let snapshot = Snapshot::of(&store, folder.path()).unwrap();
    let layer = snapshot.layer(Collection::Incidents);
    let matches = snapshot.matches(Collection::Incidents, &question(&[("country", "ML,SY")]).predicate());
    let incidents = schema(Collection::Incidents);
    for name in ["country", "sub_event_type", "place_name", "civilian_targeting", "geo_precision", "killed_best"] {
        let facet = layer.facet(&matches, incidents.find(name).unwrap().0, usize::MAX);
        let sum: u64 = facet.values.iter().map(|(_, count)| count).sum();
        assert_eq!((sum + facet.missing, facet.values.is_empty()), (matches.len(), false), "{name}");
        assert!(facet.values.windows(2).all(|w| w[0].1 >= w[1].1));
    }
    let features = layer.each(&matches);
    let killed: i64 = features
        .iter()
        .map(|f| serde_json::from_str::<Value>(f).unwrap())
        .filter(|f| !f["properties"]["date_start"].is_null())
        .filter_map(|f| f["properties"]["killed_best"].as_i64())
        .sum();
    for (_, step) in Step::ALL {
        let histogram = layer.histogram(&matches, step, Some(incidents.find("killed_best").unwrap().0));
        assert_eq!(histogram.bins.iter().map(|b| b.count).sum::<u64>() + histogram.undated, matches.len());
        assert_eq!(histogram.bins.iter().map(|b| b.sum).sum::<i64>(), killed);
        assert!(histogram.bins.windows(2).all(|w| w[0].start < w[1].start));
    }
}
