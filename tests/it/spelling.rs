//! Near spellings: what is proposed for a name that no table records, and where nothing is.

use dalil::gazetteer::row::Row;
use dalil::gazetteer::spelling::measure::measure;
use dalil::gazetteer::spelling::{propose, propose_within};
use dalil::gazetteer::{Gazetteer, load};

/// Villages with Latin names only, and one with an Arabic one only.
fn villages() -> Gazetteer {
    let place = |id: u32, country: &str, name: &str, lat: f64| Row {
        id: format!("geonames:{id}"),
        name: name.to_owned(),
        feature: "PPL".to_owned(),
        country: country.to_owned(),
        lat: Some(lat),
        lon: Some(2.0),
        ..Row::default()
    };
    let rows = vec![
        place(1, "ML", "Tagiret", 16.1),
        place(2, "ML", "Talataye", 16.5),
        place(3, "ML", "Boulikessi", 14.8),
        place(4, "ML", "Dioungani", 14.3),
        place(5, "NE", "Gorouol", 14.9),
        place(6, "NE", "Chinagoder", 15.1),
        place(7, "NE", "Inatès", 14.6),
        place(8, "BF", "Djibo", 14.1),
        place(9, "BF", "Kompienga", 11.1),
        place(10, "SY", "Khirbat al Jawz", 35.8),
        place(11, "SY", "Umm al Mayadin", 32.5),
        place(12, "SY", "صيدنايا", 33.7),
        place(13, "MZ", "Mocímboa da Praia", -11.3),
        place(14, "NG", "Gwoza", 11.0),
        place(15, "MR", "Tidjikja", 18.5),
    ];
    Gazetteer::of(load::table("villages", rows).expect("the rows compile"))
}

#[test]
fn a_bounded_search_finds_what_an_unbounded_one_does() {
    let known = Gazetteer::embedded();
    let asked = [
        ("اراجون", "ES"),
        ("هونان", "CN"),
        ("جالكعبو", "SO"),
        ("كامب ديفيد", "US"),
        ("سنورس", "EG"),
        ("ساراخس", "IR"),
        ("بوليكيسي", "ML"),
        ("تلاتايت", "ML"),
        ("Bangu", "CF"),
        ("Menacka", "ML"),
        ("Breij", "SY"),
        ("hweqah", "SY"),
        ("اواغادوغو", "BF"),
        ("تشيناغودار", "NE"),
        ("دجيبو", "BF"),
        ("العطوف", "IQ"),
        ("Hwayqah", "SY"),
    ];
    let mut found = 0;
    for ((name, country), a_letter) in asked.iter().flat_map(|asked| [(asked, 0.6), (asked, 0.9), (asked, 1.2)]) {
        let most = a_letter * name.chars().count() as f32;
        let places = |near: Vec<dalil::gazetteer::spelling::Proposal>| {
            near.into_iter().filter(|p| p.cost <= most).map(|p| (p.key, p.cost.to_bits())).collect::<Vec<_>>()
        };
        let all = places(propose(&known, name, &[*country], 50));
        assert_eq!(places(propose_within(&known, name, &[*country], 50, most)), all, "{name}, {country}, {a_letter}");
        found += all.len();
    }
    assert!(found >= asked.len(), "{found}");
}

#[test]
fn a_name_is_found_across_scripts() {
    let known = villages();
    let mut wrong = Vec::new();
    for (country, wrote, wanted) in [
        ("ML", "تاجيرت", "Tagiret"),
        ("ML", "تاغيريت", "Tagiret"),
        ("ML", "تلاتاي", "Talataye"),
        ("ML", "بوليكيسي", "Boulikessi"),
        ("ML", "ديونغاني", "Dioungani"),
        ("NE", "غورول", "Gorouol"),
        ("NE", "شيناغودر", "Chinagoder"),
        ("NE", "تشيناغودار", "Chinagoder"),
        ("NE", "إيناتيس", "Inatès"),
        ("BF", "جيبو", "Djibo"),
        ("BF", "دجيبو", "Djibo"),
        ("BF", "كومبينغا", "Kompienga"),
        ("SY", "خربة الجوز", "Khirbat al Jawz"),
        ("SY", "أم المياذن", "Umm al Mayadin"),
        ("SY", "Saidnaya", "صيدنايا"),
        ("SY", "Sednaya", "صيدنايا"),
        ("MZ", "موسيمبوا دا برايا", "Mocímboa da Praia"),
        ("NG", "غوزا", "Gwoza"),
        ("NG", "Gwozah", "Gwoza"),
        ("MR", "Tijikja", "Tidjikja"),
        ("MR", "تيجكجة", "Tidjikja"),
        ("ML", "قرية تاجيرت", "Tagiret"),
    ] {
        for countries in [&[country][..], &[]] {
            let first = propose(&known, wrote, countries, 3).into_iter().next();
            let found = first.map(|p| known.place(p.place).name().to_owned());
            if found.as_deref() != Some(wanted) {
                wrong.push(format!("{wrote} {countries:?}: {found:?}, wanted {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_cost_grows_with_the_distance_and_other_words_are_far() {
    let known = villages();
    let cost = |wrote: &str| propose(&known, wrote, &[], 1).first().map_or(f32::INFINITY, |p| p.cost);
    assert!(cost("Gwoza") < 0.5, "{}", cost("Gwoza"));
    let (slip, two) = (cost("Gwozah"), cost("Gwuzeh"));
    assert!(cost("Gwoza") < slip && slip < two, "{slip} {two}");
    for word in ["الاجتماع", "المدنيين", "government", "yesterday", "الأربعاء"] {
        let letters = word.chars().count() as f32;
        assert!(cost(word) > 0.9 * letters, "{word}: {}", cost(word));
    }
    for nothing in ["", "a", "42", "؟", "日本"] {
        assert!(propose(&known, nothing, &[], 5).is_empty(), "{nothing}");
    }
}

#[test]
fn only_places_of_the_countries_asked_for_are_proposed() {
    let known = villages();
    let found = propose(&known, "جيبو", &["ML", "NE"], 5);
    assert!(found.iter().all(|p| ["ML", "NE"].contains(&known.place(p.place).country())), "{found:?}");
}

#[test]
fn spelling_families_of_the_news_find_the_place() {
    let known = Gazetteer::embedded();
    let mut wrong = Vec::new();
    for (country, wanted, family) in [
        ("ML", "Gao", "غاو جاو غو گاو قاو"),
        ("ML", "Ménaka", "ميناكا منكا مينكا منيكا"),
        ("NE", "Tillabéri", "تيلابيري تيلابيرى تلابيري"),
        ("MZ", "Cabo Delgado", "كابو_دلغادو كابو_ديلجادو كابو_دليجادو"),
        ("BF", "Burkina Faso", "بوركينا_فاسو بوركينافاسو"),
        ("ML", "Gossi", "غوسي قوسي"),
        ("MR", "Tidjikja", "Tidjikja Tijikja"),
        ("ML", "Kidal", "Kidal Kidâl"),
        ("ML", "Ansongo", "Ansongo Ansango"),
    ] {
        let wanted = dalil::text::fold::fold_phrase(wanted);
        for wrote in family.split(' ').map(|w| w.replace('_', " ")) {
            let found: Vec<String> =
                propose(&known, &wrote, &[country], 3).iter().map(|p| known.place(p.place).name().to_owned()).collect();
            if !found.first().is_some_and(|f| dalil::text::fold::fold_phrase(f).starts_with(&wanted)) {
                wrong.push(format!("{wrote}: {found:?}, wanted {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names of four syllables, regular in both scripts: what is learned from most must find the rest.
#[test]
fn what_is_learned_from_most_places_finds_the_others() {
    let syllables = [("ba", "با"), ("kou", "كو"), ("di", "دي"), ("mo", "مو"), ("ra", "را"), ("ti", "تي"), ("sou", "سو"), ("ga", "غا")];
    let rows: Vec<Row> = (0..400usize)
        .map(|id| {
            let parts = [id % 8, id / 8 % 8, id / 64 % 8, (id * 5 + id / 3) % 8].map(|at| syllables[at]);
            Row {
                id: format!("geonames:{id}"),
                name: parts.map(|p| p.0).concat(),
                feature: "PPL".to_owned(),
                country: "ML".to_owned(),
                lat: Some(10.0 + id as f64 / 10.0),
                lon: Some(2.0),
                names: vec![("ar".to_owned(), parts.map(|p| p.1).concat())],
                ..Row::default()
            }
        })
        .collect();
    let measured = measure(&rows).expect("the rows compile");
    let (recalls, misses) = (measured.recalls, measured.misses);
    let mali = recalls["ML"];
    assert!(mali.names + mali.namesakes >= 20, "a tenth of the places is held out: {mali:?}");
    assert!(mali.first * 10 >= mali.names * 9 && mali.five >= mali.first, "{mali:?} {misses:?}");
    assert_eq!(mali.names - mali.first, misses.len());
}
