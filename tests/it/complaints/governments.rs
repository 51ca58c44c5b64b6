//! Capitals and palaces that stand for governments.

use dalil::lang::Lang::{Ar, En, Fr};
use dalil::lang::place_words::PlaceWords;

use super::{all_read, gazetteer};

#[test]
fn a_capital_that_decides_is_a_government() {
    all_read(&[
        (Ar, "واشنطن فرضت عقوبات جديدة.", "واشنطن", "associative US -"),
        (Ar, "لكن باماكو استمرت في إنكار ذلك.", "باماكو", "associative ML -"),
        (Ar, "نفت باماكو هذه الأنباء.", "باماكو", "associative ML -"),
        (Ar, "تتفاقم الأزمة بين الجزائر وباماكو.", "باماكو", "associative ML -"),
        (Fr, "Bamako a démenti ces informations.", "Bamako", "associative ML -"),
        (Fr, "Bamako n'a pas réagi.", "Bamako", "associative ML -"),
        (Fr, "Les relations entre Paris et Bamako se dégradent.", "Paris", "associative FR -"),
        (En, "Moscow said it would not withdraw.", "Moscow", "associative RU -"),
        (En, "On Monday Washington imposed sanctions.", "Washington", "associative US -"),
        (En, "Tensions between Paris and Bamako grew.", "Bamako", "associative ML -"),
    ]);
}

#[test]
fn a_capital_where_something_is_stays_a_place() {
    all_read(&[
        (Ar, "قال متحدث في باماكو إن الوضع هادئ.", "باماكو", "literal ML -"),
        (Ar, "هز انفجار باماكو صباح اليوم.", "باماكو", "literal ML -"),
        (Fr, "Un porte-parole à Bamako a démenti l'attaque.", "Bamako", "literal ML -"),
        (Fr, "Des hommes armés ont attaqué Bamako.", "Bamako", "literal ML -"),
        (En, "A spokesman in Moscow said so.", "Moscow", "literal RU -"),
        (En, "Drones hit Moscow on Monday.", "Moscow", "literal RU -"),
    ]);
}

#[test]
fn palaces_are_governments_and_places() {
    all_read(&[
        (En, "The Kremlin denied the report.", "The Kremlin", "associative RU -"),
        (En, "The White House condemned the attack.", "The White House", "associative US -"),
        (En, "Hundreds gathered outside the White House.", "the White House", "literal US -"),
        (Fr, "L'Élysée a confirmé le retrait.", "L'Élysée", "associative FR -"),
        (Fr, "Le Kremlin dément.", "Le Kremlin", "associative RU -"),
        (Ar, "نفى الكرملين ذلك.", "الكرملين", "associative RU -"),
        (Ar, "أعلن البيت الأبيض ذلك.", "البيت الأبيض", "associative US -"),
        (Ar, "أعلن قصر الشعب ذلك.", "قصر الشعب", "associative SY -"),
        (Ar, "تظاهر المئات أمام قصر الشعب.", "قصر الشعب", "literal SY -"),
    ]);
}

#[test]
fn every_palace_stands_in_a_town_that_is_known() {
    let keys = &PlaceWords::of(En).metonyms.groups.keys;
    let palaces: Vec<(&str, &str)> = keys.iter().filter_map(|key| key.split_once(':')).collect();
    assert!(palaces.len() >= 15, "{palaces:?}");
    for (country, town) in palaces {
        let is_known = gazetteer().by_name(&town.to_lowercase()).iter().any(|(p, _)| gazetteer().place(*p).country() == country);
        assert!(is_known && gazetteer().country(country).is_some(), "{country}:{town}");
    }
}
