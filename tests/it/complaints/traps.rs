//! The traps of the field that concern places, each in a sentence of ours.

use dalil::lang::Lang::{self, Ar, En, Fr};

use super::{all_read, mentions, parsed};

/// The places of the incidents of a text.
fn scenes(text: &str, lang: Lang) -> Vec<String> {
    parsed(text, lang).incidents.iter().filter_map(|i| i.fields.place_name.clone()).collect()
}

#[test]
fn where_rockets_start_is_not_where_they_fall() {
    let text = "Ten rockets were launched from Hairatan and hit Termez on Sunday, killing two people.";
    assert!(!scenes(text, En).iter().any(|s| s == "Hairatan"), "{:?}", scenes(text, En));
}

#[test]
fn where_survivors_arrive_is_not_the_scene() {
    let arabic = "قتل عشرون مدنيا في هجوم على تلاتاي يوم الثلاثاء. ووصل ناجون إلى غاو يوم الخميس.";
    let french = "Vingt civils ont été tués dans une attaque contre Talataye mardi. Des survivants sont arrivés à Gao jeudi.";
    let english = "Twenty civilians were killed in an attack on Talataye on Tuesday. Survivors arrived in Gao on Thursday.";
    for (lang, text) in [(Ar, arabic), (Fr, french), (En, english)] {
        let scenes = scenes(text, lang);
        assert!(!scenes.iter().any(|s| s == "Gao"), "{text}: {scenes:?}");
    }
}

#[test]
fn a_denied_strike_is_not_drawn() {
    for (lang, text) in [
        (En, "The army denied that it carried out a strike on Talataye on 6 September."),
        (Fr, "L'armée a démenti avoir mené une frappe sur Talataye le 6 septembre."),
        (Ar, "نفى الجيش تنفيذ غارة جوية على تلاتاي في السادس من سبتمبر."),
    ] {
        let drawn = parsed(text, lang).incidents.iter().filter(|i| i.fields.lat.is_some()).count();
        assert_eq!(drawn, 0, "{text}");
    }
}

#[test]
fn niger_and_nigeria_are_told_apart() {
    all_read(&[
        (Ar, "قتل جنود في النيجر أمس.", "النيجر", "literal NE -"),
        (Ar, "قتل جنود في نيجيريا أمس.", "نيجيريا", "literal NG -"),
        (Fr, "Des soldats ont été tués au Niger.", "Niger", "literal NE -"),
        (Fr, "Des soldats ont été tués au Nigeria.", "Nigeria", "literal NG -"),
    ]);
}

#[test]
fn names_that_ran_together_are_both_found() {
    let parsed = parsed("تنشط الجماعة في نيجيرياوتشاد والكاميرونوتشاد منذ سنوات.", Ar);
    for name in ["نيجيريا", "تشاد"] {
        assert!(!mentions(&parsed, name).is_empty(), "{name} in {:?}", parsed.toponyms);
    }
}

#[test]
fn spaces_that_do_not_break_and_double_ones_change_nothing() {
    all_read(&[
        (Fr, "Une attaque au Burkina\u{00A0}Faso a fait dix morts.", "Burkina\u{00A0}Faso", "literal BF -"),
        (Ar, "هجوم في دير  الزور أمس.", "دير  الزور", "literal SY -"),
        (En, "An attack in Burkina  Faso killed ten.", "Burkina  Faso", "literal BF -"),
    ]);
}

#[test]
fn families_of_spellings_are_one_place() {
    let families: [(&[&str], &str); 4] = [
        (&["غاو", "جاو"], "ML"),
        (&["ميناكا", "مينكا"], "ML"),
        (&["تيلابيري", "تيلابيرى"], "NE"),
        (&["كابو دلغادو", "كابو دليجادو", "كابو ديلغادو", "كابو ديلجادو"], "MZ"),
    ];
    for (spellings, country) in families {
        for name in spellings {
            let text = format!("قتل عشرة أشخاص في منطقة {name} أمس.");
            let parsed = parsed(&text, Ar);
            let found = parsed
                .toponyms
                .iter()
                .any(|t| t.text.contains(name) && t.place.as_ref().is_some_and(|p| p.country.as_deref() == Some(country)));
            assert!(found, "{text}: {:?}", parsed.toponyms);
        }
    }
}

#[test]
fn talataye_is_where_the_distance_says() {
    let parsed = parsed("وقع الهجوم في تلاتاي على بعد 150 كم شرق جاو.", Ar);
    let place = mentions(&parsed, "تلاتاي").first().and_then(|t| t.place.clone()).expect("it is known");
    assert!((place.lat - 16.5).abs() < 0.3 && (place.lon - 1.5).abs() < 0.3, "{place:?}");
}
