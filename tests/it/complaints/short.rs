//! Short texts, headlines, capitals, brackets.

use dalil::lang::Lang::{Ar, En, Fr};

use super::{all_read, found, parsed};

#[test]
fn one_word_and_a_headline_are_texts_too() {
    let all = [
        "Gao",
        "Gao.",
        "(Gao)",
        "[Gao]",
        "\"Gao\"",
        "غاو",
        "«غاو»",
        "Attaque à Gao",
        "ATTAQUE À GAO",
        "attaque à gao",
        "Attack in Gao",
        "ATTACK IN GAO",
        "attack in gao",
        "Attack In Gao Kills Ten",
        "هجوم في غاو",
        "هجوم بغاو",
    ];
    let silent = |text: &&&str| !found(text, None).mentions.iter().any(|m| m.place.as_ref().is_some_and(|p| p.country == "ML"));
    let wrong: Vec<&&str> = all.iter().filter(silent).collect();
    assert!(wrong.is_empty(), "nothing found in {wrong:?}");
}

#[test]
fn a_capital_with_nothing_else_is_the_capital() {
    for text in ["Paris", "paris", "PARIS", "باريس"] {
        let findings = found(text, None);
        let place = findings.mentions.first().and_then(|m| m.place.as_ref()).unwrap_or_else(|| panic!("{text}: nothing"));
        assert_eq!((place.country.as_str(), place.feature.as_str()), ("FR", "PPLC"), "{text}");
    }
}

#[test]
fn brackets_break_nothing() {
    for (lang, text, names) in [
        (En, "The attack in Gao (Mali) killed ten.", &["Gao", "Mali"][..]),
        (En, "The attack in Gao [Mali] killed ten.", &["Gao", "Mali"]),
        (En, "The attack in Gao (Mali killed ten.", &["Gao", "Mali"]),
        (En, "The attack in Gao) Mali( killed ten.", &["Gao", "Mali"]),
        (En, "(((The attack in Gao", &["Gao"]),
        (Fr, "L'attaque de Gao (Mali) a fait dix morts.", &["Gao", "Mali"]),
        (Fr, "L'attaque près de (Gao a fait dix morts.", &["Gao"]),
        (Ar, "قتل عشرة في غاو (مالي) يوم الاثنين.", &["غاو", "مالي"]),
        (Ar, "قتل عشرة في (غاو) يوم الاثنين.", &["غاو"]),
        (Ar, "قتل عشرة في غاو (شمال مالي يوم الاثنين.", &["غاو", "مالي"]),
    ] {
        let parsed = parsed(text, lang);
        for name in names {
            let is_there =
                parsed.toponyms.iter().any(|t| t.text == *name && t.place.as_ref().is_some_and(|p| p.country.as_deref() == Some("ML")));
            assert!(is_there, "{text}: «{name}» in {:?}", parsed.toponyms);
        }
    }
}

#[test]
fn pronouns_in_capitals_are_no_country() {
    assert!(found("GIVE US PEACE", None).mentions.is_empty());
    all_read(&[
        (En, "The US cut ties with Cuba.", "US", "literal US -"),
        (En, "He was sent by the U.S. last year.", "U.S.", "literal US -"),
        (En, "The UK's regulator agreed.", "UK", "literal GB -"),
    ]);
}

#[test]
fn the_preposition_on_is_no_man_called_ali() {
    all_read(&[(Ar, "فرضت المجموعة عقوبات على مالي في يناير.", "مالي", "literal ML -")]);
}
