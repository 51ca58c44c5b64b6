use dalil::gazetteer::kind::Kind;
use dalil::gazetteer::search::{Match, Mode, Query, Within, search};
use dalil::gazetteer::{Gazetteer, load, nearest};
use geo::Point;

/// Query and the identifier of the place that a person means, with its name and kind.
const FIRST: &[(&str, &str)] = &[
    // The name as it stands, in three languages.
    ("Gao", "geonames:2457163"),
    ("غاو", "geonames:2457163"),
    ("جاو", "geonames:2457163"),
    ("Mali", "geonames:2453866"),
    ("مالي", "geonames:2453866"),
    ("Niger", "geonames:2440476"),
    ("النيجر", "geonames:2440476"),
    ("Tchad", "geonames:2434508"),
    ("Damas", "geonames:170654"),
    ("دمشق", "geonames:170654"),
    ("Damascus", "geonames:170654"),
    ("Alep", "geonames:170063"),
    ("حلب", "geonames:170063"),
    ("Ménaka", "geonames:2453514"),
    ("menaka", "geonames:2453514"),
    ("ميناكا", "geonames:2453514"),
    ("Tombouctou", "geonames:2449067"),
    ("Timbuktu", "geonames:2449067"),
    ("تمبكتو", "geonames:2449067"),
    ("Kidâl", "geonames:2455290"),
    ("كيدال", "geonames:2455290"),
    ("Raqqa", "geonames:172955"),
    ("Ar Raqqah", "geonames:172955"),
    ("الرَّقّة", "geonames:172955"),
    ("رقة", "geonames:172955"),
    ("Deir ez-Zor", "geonames:170794"),
    ("دير الزور", "geonames:170794"),
    ("Deir Ezzor", "geonames:170794"),
    ("N'Djamena", "geonames:2427123"),
    ("Ndjamena", "geonames:2427123"),
    ("بوركينافاسو", "geonames:2361809"),
    ("بوركينا فاسو", "geonames:2361809"),
    ("MLI", "geonames:2453866"),
    ("GB", "geonames:2635167"),
    // A town before the unit that is named after it.
    ("معرة النعمان", "geonames:167611"),
    ("Idlib", "geonames:169389"),
    // Of namesakes the one that is spoken of.
    ("Tripoli", "geonames:2210247"),
    ("طرابلس", "geonames:2210247"),
    ("Paris", "geonames:2988507"),
    ("Bamako", "geonames:2460596"),
    // What follows a comma, or stands at the end and names a unit, restricts.
    ("Gao, Mali", "geonames:2457163"),
    ("Gao, ML", "geonames:2457163"),
    ("Tripoli, Lebanon", "geonames:266826"),
    ("Tripoli Lebanon", "geonames:266826"),
    ("Tripoli (Liban)", "geonames:266826"),
    ("طرابلس، لبنان", "geonames:266826"),
    ("طرابلس لبنان", "geonames:266826"),
    ("Benghazi, Libye", "geonames:88319"),
    ("Mali, Guinea", "geonames:2417886"),
    ("قرية تلاتاي محافظة غاو", "geonames:2449990"),
    ("Talataye, région de Gao", "geonames:2449990"),
    // Words of kind are there or not, and say which of two is meant.
    ("محافظة حلب", "geonames:170062"),
    ("Aleppo Governorate", "geonames:170062"),
    ("gouvernorat d'Alep", "geonames:170062"),
    ("مدينة حلب", "geonames:170063"),
    ("Gao Region", "geonames:2457161"),
    ("région de Gao", "geonames:2457161"),
    ("مدينة بنغازي", "geonames:88319"),
    ("ville de Gao", "geonames:2457163"),
    ("Oued Zem", "geonames:2540689"),
    ("Zem", "geonames:2540689"),
    // Typos of one and two edits.
    ("Alepo", "geonames:170063"),
    ("حلبب", "geonames:170063"),
    ("Bamaco", "geonames:2460596"),
    ("Damascsu", "geonames:170654"),
    ("Tombuctu", "geonames:2449067"),
    ("Ouagadogou", "geonames:2357048"),
    ("Benghzai", "geonames:88319"),
    ("نواكشط", "geonames:2377450"),
    ("بنعازي", "geonames:88319"),
    ("Tripli, Lebanon", "geonames:266826"),
];

fn first(gazetteer: &Gazetteer, query: &Query) -> String {
    search(gazetteer, query).first().map_or_else(String::new, |f| gazetteer.place(f.place).id())
}

#[test]
fn the_first_answer_is_the_one_that_a_person_means() {
    let gazetteer = Gazetteer::embedded();
    let wrong: Vec<String> = FIRST
        .iter()
        .filter_map(|(text, expected)| {
            let found = search(&gazetteer, &Query::of(text, 5));
            let ids: Vec<String> = found.iter().map(|f| gazetteer.place(f.place).id()).collect();
            (ids.first().map(String::as_str) != Some(expected)).then(|| {
                let names: Vec<String> = found.iter().map(|f| format!("{} {:.3}", gazetteer.place(f.place).name(), f.score)).collect();
                format!("{text}: expected {expected}, found {ids:?} {names:?}")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), FIRST.len(), wrong.join("\n"));
    assert!(FIRST.len() >= 60);
}

#[test]
fn a_few_letters_give_what_is_famous() {
    let gazetteer = Gazetteer::embedded();
    for (typed, expected) in [
        ("bam", "Bamako"),
        ("tomb", "Tombouctou"),
        ("دمش", "Damascus"),
        ("قاه", "Cairo"),
        ("alep", "Aleppo"),
        ("oua", "Ouagadougou"),
        ("رق", "Raqqa"),
        ("bagh", "Baghdad"),
        ("mal", "Mali"),
    ] {
        let query = Query { mode: Mode::Beginning, ..Query::of(typed, 8) };
        let names: Vec<&str> = search(&gazetteer, &query).iter().map(|f| gazetteer.place(f.place).name()).collect();
        assert!(names.iter().take(3).any(|n| *n == expected), "{typed}: {names:?}");
    }
}

#[test]
fn the_index_of_beginnings_changes_nothing_but_the_time() {
    // Two tables of the same rows; one of them is made ready.
    let rows = |count: u32| -> String {
        let line = |i: u32| {
            let (a, b) = (char::from(b'a' + (i % 26) as u8), char::from(b'a' + (i / 26 % 26) as u8));
            let country = ["ML", "NE", "BF"][i as usize % 3];
            format!("t:{i}\tXa{a}{b}{i}\tPPL\t{country}\t\t\t{}\t{}\t{}\t\t\n", 10.0 + f64::from(i) / 1e4, 1.0, i * 7 % 100_000)
        };
        (0..count).map(line).collect::<Vec<_>>().concat()
    };
    let table = || Gazetteer::of(load::table("test", load::rows("test", &rows(9_000)).rows).unwrap());
    let (slow, ready) = (table(), table());
    ready.make_ready();
    for text in ["x", "xa", "xaa", "xab"] {
        for countries in [vec![], vec!["ML".to_owned()]] {
            let query = Query { mode: Mode::Beginning, countries, ..Query::of(text, 20) };
            let ids = |g: &Gazetteer| search(g, &query).iter().map(|f| g.place(f.place).id()).collect::<Vec<_>>();
            assert_eq!(ids(&slow), ids(&ready), "{text}");
            assert_eq!(ids(&slow).len(), 20, "{text}");
        }
    }
}

#[test]
fn filters_hold_and_nearness_decides_among_namesakes() {
    let gazetteer = Gazetteer::embedded();
    let lebanon = Query { countries: vec!["LB".to_owned()], ..Query::of("Tripoli", 5) };
    assert!(search(&gazetteer, &lebanon).iter().all(|f| gazetteer.place(f.place).country() == "LB"));
    assert_eq!(first(&gazetteer, &lebanon), "geonames:266826");
    let near = Query { near: Some(Point::new(35.5, 33.9)), ..Query::of("طرابلس", 5) };
    assert_eq!(first(&gazetteer, &near), "geonames:266826");
    let unit = Query { kinds: vec![Kind::from_word("region").unwrap()], ..Query::of("Gao", 5) };
    assert_eq!(first(&gazetteer, &unit), "geonames:2457161");
    let circle = Within::Circle { centre: Point::new(35.8, 34.4), radius_m: 50_000.0 };
    let around = Query { within: vec![circle], ..Query::of("Tripoli", 5) };
    assert_eq!(first(&gazetteer, &around), "geonames:266826");
    let pacific = Within::Box { south_west: Point::new(170.0, -50.0), north_east: Point::new(-170.0, 0.0) };
    let fiji = Query { within: vec![pacific], ..Query::of("Suva", 5) };
    assert!(!search(&gazetteer, &fiji).is_empty());
    assert!(search(&gazetteer, &Query { within: vec![pacific], ..Query::of("Gao", 5) }).is_empty());
}

#[test]
fn a_program_gets_no_longer_names() {
    let gazetteer = Gazetteer::embedded();
    let found = search(&gazetteer, &Query { mode: Mode::Match, ..Query::of("Niger", 10) });
    assert!(found.iter().all(|f| f.matched != Match::Beginning), "{found:?}");
    assert_eq!(gazetteer.place(found[0].place).id(), "geonames:2440476");
}

#[test]
fn nothing_typed_finds_nothing_and_any_text_is_borne() {
    let gazetteer = Gazetteer::embedded();
    for text in ["", " ", ",", "،،", "((", "\u{0640}", "a", "ا", "%", "محافظة", ", Mali", &"x".repeat(5_000), &"غ ".repeat(500)] {
        for mode in [Mode::Whole, Mode::Beginning, Mode::Match] {
            let found = search(&gazetteer, &Query { mode, ..Query::of(text, 5) });
            assert!(found.len() <= 5);
            assert!(found.iter().all(|f| (0.0..=1.0).contains(&f.score) && (0.0..=1.0).contains(&f.confidence)), "{text}: {found:?}");
        }
    }
    assert!(search(&gazetteer, &Query::of("", 5)).is_empty());
    assert!(search(&gazetteer, &Query::of("Gao", 0)).is_empty());
}

#[test]
fn a_place_of_two_tables_is_found_once_and_as_the_upper_says() {
    let row = "geonames:2457163\tGao the new\tPPLA\tML\t04\t\t16.3\t-0.05\t90000\t\ten:Gao\n";
    let upper = load::table("mine", load::rows("mine", row).rows).unwrap();
    let gazetteer = Gazetteer::embedded().with(upper);
    let found = search(&gazetteer, &Query::of("Gao", 5));
    let names: Vec<&str> = found
        .iter()
        .map(|f| gazetteer.place(f.place))
        .filter(|p| p.id() == "geonames:2457163")
        .map(dalil::gazetteer::Place::name)
        .collect();
    assert_eq!(names, ["Gao the new"]);
}

#[test]
fn the_nearest_places_are_those_that_a_look_at_all_of_them_finds() {
    use geo::{Distance, Haversine};
    let gazetteer = Gazetteer::embedded();
    for point in
        [(1.5, 16.5), (36.2, 34.0), (179.9, -17.0), (-179.9, 66.0), (0.0, 89.9), (-30.0, 0.0)].map(|(lon, lat)| Point::new(lon, lat))
    {
        let mut all: Vec<f64> = gazetteer.places().map(|p| Haversine.distance(point, p.point())).filter(|d| *d <= 1_000_000.0).collect();
        all.sort_by(f64::total_cmp);
        all.truncate(5);
        let near: Vec<f64> = nearest::nearest(&gazetteer, point, 5, |_| true).into_iter().map(|(_, d)| d).collect();
        assert_eq!(near, all, "{point:?}");
    }
    let town = nearest::nearest(&gazetteer, Point::new(-0.04, 16.27), 1, |p| p.feature() == "PPLA");
    assert_eq!(gazetteer.place(town[0].0).name(), "Gao");
}

#[test]
fn identifiers_and_units_are_found_without_looking_at_every_place() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places().step_by(997) {
        assert_eq!(gazetteer.by_id(&place.id()).map(dalil::gazetteer::Place::reference), Some(place.reference()));
    }
    assert!(gazetteer.by_id("geonames:0").is_none() && gazetteer.by_id("").is_none());
    let gao = gazetteer.by_id("geonames:2457163").unwrap();
    let chain = dalil::gazetteer::chain::chain(&gazetteer, gao);
    let names = [chain.county, chain.region, chain.country].map(|u| u.map(|u| gazetteer.place(u).id()));
    assert_eq!(names[1..], [Some("geonames:2457161".to_owned()), Some("geonames:2453866".to_owned())]);
}
