//! Names of peoples: every country in three languages, in all genders, numbers and cases.

use std::collections::BTreeSet;

use dalil::lang::Lang::{self, Ar, En, Fr};
use dalil::lang::place_words::PlaceWords;

use super::{all_read, gazetteer, parsed};

#[test]
fn peoples_are_associative_in_every_form() {
    all_read(&[
        (Ar, "التقى الرئيس المالي بالوفد.", "المالي", "associative ML -"),
        (Ar, "أعلنت الحكومة المالية هدنة.", "المالية", "associative ML -"),
        (Ar, "قتل عدد من الجنود الماليين أمس.", "الماليين", "associative ML -"),
        (Ar, "يرفض الماليون ذلك.", "الماليون", "associative ML -"),
        (Ar, "قتل جنود ماليين أمس.", "ماليين", "associative ML -"),
        (Ar, "على الحدود السورية العراقية.", "السورية", "associative SY -"),
        (Ar, "على الحدود السورية العراقية.", "العراقية", "associative IQ -"),
        (Ar, "وصل جنديان تشاديان أمس.", "تشاديان", "associative TD -"),
        (Ar, "احتج الحلبيون أمس.", "الحلبيون", "associative SY -"),
        (Ar, "وصل لاجئون دارفوريون أمس.", "دارفوريون", "associative SD -"),
        (Fr, "Des soldats nigériens sont morts.", "nigériens", "associative NE -"),
        (Fr, "La police nigériane enquête.", "nigériane", "associative NG -"),
        (Fr, "Une Burkinabè est arrivée.", "Burkinabè", "associative BF -"),
        (Fr, "Les Maliennes manifestent.", "Maliennes", "associative ML -"),
        (Fr, "Un ministre californien démissionne.", "californien", "associative US -"),
        (Fr, "Les Parisiennes attendent.", "Parisiennes", "associative FR -"),
        (En, "Malians are waiting.", "Malians", "associative ML -"),
        (En, "A Nigerien soldier left.", "Nigerien", "associative NE -"),
        (En, "A Nigerian soldier left.", "Nigerian", "associative NG -"),
        (En, "Darfuri refugees arrived.", "Darfuri", "associative SD -"),
        (En, "An Aleppine merchant left.", "Aleppine", "associative SY -"),
        (En, "American, Russian and Turkish officers met.", "Turkish", "associative TR -"),
        (En, "American, Russian and Turkish officers met.", "American", "associative US -"),
    ]);
}

#[test]
fn a_word_for_two_peoples_follows_the_report() {
    all_read(&[
        (Ar, "قتل جندي نيجيري في هجوم قرب نيامي عاصمة النيجر.", "نيجيري", "associative NE -"),
        (Ar, "قتل جندي نيجيري في هجوم قرب مايدوغوري شمال شرق نيجيريا.", "نيجيري", "associative NG -"),
    ]);
}

#[test]
fn finance_is_not_mali_without_a_reason() {
    for text in ["قالت وزارة المالية إن الأزمة المالية تتفاقم.", "نشر التقرير المالي للشركة.", "تراجعت السوق المالية أمس."]
    {
        let all = parsed(text, Ar).toponyms;
        assert!(all.is_empty(), "{text}: {all:?}");
    }
}

#[test]
fn a_desert_town_is_not_western_sahara() {
    let all = parsed("هاجموا شمال مدينة تدمر الصحراوية الأثرية.", Ar).toponyms;
    assert_eq!(all.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(), ["تدمر"], "{all:?}");
    all_read(&[(Ar, "أعلنت الجمهورية الصحراوية استئناف القتال.", "الصحراوية", "associative EH -")]);
}

#[test]
fn every_country_has_the_name_of_its_people_in_three_languages() {
    let mut missing = Vec::new();
    let countries: BTreeSet<&str> = gazetteer()
        .places()
        .filter(|p| matches!(p.feature(), "PCLI" | "PCL" | "PCLS"))
        .map(dalil::gazetteer::Place::country)
        .filter(|c| *c != "AQ")
        .collect();
    assert!(countries.len() > 180, "{}", countries.len());
    for lang in Lang::ALL {
        let groups = &PlaceWords::of(lang).demonyms.groups;
        let told: BTreeSet<&str> = groups.entries.iter().flat_map(|(key, _)| groups.keys[usize::from(*key)].split('/')).collect();
        missing.extend(countries.iter().filter(|c| !told.contains(*c)).map(|c| format!("{c} in {lang:?}")));
    }
    assert!(missing.is_empty(), "no name of the people: {missing:?}");
}

#[test]
fn every_key_of_the_list_is_a_place_or_says_that_it_is_none() {
    for lang in Lang::ALL {
        let keys = PlaceWords::of(lang).demonyms.groups.keys.iter().flat_map(|key| key.split('/'));
        for key in keys.filter(|key| !key.starts_with("region:")) {
            let is_known = if key.contains(':') { gazetteer().by_id(key).is_some() } else { gazetteer().country(key).is_some() };
            assert!(is_known, "{lang:?}: [{key}] is no place");
        }
    }
}
