//! Which place is the scene: what leads to a place, what stands around it, and where it is told, each rule in three languages.

use dalil::gazetteer::Gazetteer;
use dalil::incident::{Incident, read, scenes};
use dalil::recognise::{Manner, Report};
use dalil::text::Span;

/// The words of a span.
fn words(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn report(text: &str) -> Report {
    Report {
        id: "t1".to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..Report::default()
    }
}

/// The first incident of a report.
fn first(text: &str) -> Incident {
    let mut incidents = read(&report(text), &Gazetteer::embedded()).incidents;
    assert!(!incidents.is_empty(), "no incident in {text}");
    incidents.swap_remove(0)
}

/// The texts whose first incident is elsewhere than said.
fn elsewhere<'t>(expected: &[(&'t str, &'t str)]) -> Vec<String> {
    let found = |text: &str| first(text).place.map_or_else(|| "-".to_owned(), |p| p.name);
    let wrong = expected.iter().map(|(text, name)| (text, name, found(text))).filter(|(_, name, found)| *name != found);
    wrong.map(|(text, name, found)| format!("{text}\n    at {found}, and not at {name}")).collect()
}

#[test]
fn where_it_was_is_neither_who_it_was_nor_where_they_came_from() {
    let wrong = elsewhere(&[
        ("Gunmen who had come from Ansongo killed six soldiers in Gao on 4 March 2022.", "Gao"),
        ("On 4 March 2022 rebels backed by Algeria killed six soldiers in Gao.", "Gao"),
        ("A bomb killed six soldiers in the strategic, long besieged town of Gao on 4 March 2022, but Bamako stayed calm.", "Gao"),
        ("Des hommes venus d'Ansongo ont tué six soldats à Gao le 4 mars 2022.", "Gao"),
        ("Une bombe a tué six soldats le 4 mars 2022 à Gao, mais Bamako est restée calme.", "Gao"),
        ("قتل مسلحون قدموا من أنسونغو ستة جنود في مدينة غاو يوم 4 مارس 2022.", "Gao"),
        ("قتل ستة جنود بانفجار عبوة في غاو يوم 4 مارس 2022، لكن باماكو بقيت هادئة.", "Gao"),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_done_to_an_embassy_or_a_mayor_is_done_there_and_what_they_say_is_not() {
    let wrong = elsewhere(&[
        ("Two guards were killed on 4 March 2022 when a bomb went off outside the British consulate in Karachi.", "Karachi"),
        ("Deux gardes ont été tués le 4 mars 2022 par une bombe devant l'ambassade à Niamey.", "Niamey"),
        ("قتل حارسان يوم 4 مارس 2022 بانفجار قنبلة أمام السفارة في نيامي.", "Niamey"),
        ("Gunmen killed the mayor of Djibo on 4 March 2022.", "Djibo"),
        ("Des hommes armés ont tué le maire de Djibo le 4 mars 2022.", "Djibo"),
        ("Six people were killed in an attack on Arbinda on 4 March 2022, said the mayor of Djibo.", "Arbinda"),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_place_lies_in_gives_way_to_it() {
    let wrong = elsewhere(&[
        ("Une mine a tué deux soldats le 4 mars 2022 dans la région de Kidal, à environ 15 km d'Aguelhok.", "15 km from Aguelhok"),
        ("A mine killed two soldiers on 4 March 2022 in the Kidal region, 15 km from Aguelhok.", "15 km from Aguelhok"),
        // A quarter that no table has lies somewhere in its town.
        ("قتل سبعة أشخاص بقصف على حي كرنقو شرق الفاشر يوم 4 مارس 2022.", "El Fasher"),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let quarter = first("قتل سبعة أشخاص بقصف على حي كرنقو شرق الفاشر يوم 4 مارس 2022.").place.unwrap();
    assert!(quarter.radius_m >= 15_000 && quarter.where_prec >= 2, "{quarter:?}");
}

#[test]
fn the_sentence_before_may_say_where_it_was_in_words_that_no_list_has() {
    let wrong = elsewhere(&[
        ("Elle est survenue vendredi à l'aube au camp de Gao. Quatorze soldats ont été tués et vingt blessés.", "Gao"),
        ("It came at dawn on Friday at the camp of Gao. Fourteen soldiers were killed and twenty wounded.", "Gao"),
        ("بدأ الأمر فجر الجمعة في معسكر غاو. وقتل 14 جنديا وأصيب عشرون.", "Gao"),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_that_is_a_date_dates_what_has_no_day_of_its_own() {
    for text in [
        "4 March 2022\n\nGunmen attack the village of Ansongo and kill six people.",
        "4 mars 2022\n\nDes hommes armés attaquent le village d'Ansongo et tuent six personnes.",
        "4 مارس 2022\n\nمسلحون يهاجمون قرية أنسونغو ومقتل ستة أشخاص.",
    ] {
        assert_eq!(first(text).dates.map(|(day, _)| day.to_string()).as_deref(), Some("2022-03-04"), "{text}");
    }
    let own = first("4 March 2022\n\nGunmen attacked the village of Ansongo on 2 March and killed six people.");
    assert_eq!(own.dates.map(|(day, _)| day.to_string()).as_deref(), Some("2022-03-02"));
}

#[test]
fn the_name_of_a_hospital_is_no_place_of_another_country_than_the_one_it_is_told_to_stand_in() {
    for (text, name) in [
        ("Gunmen killed four people on Monday. The wounded were treated at Shar Hospital in Sulaymaniyah.", "Shar"),
        ("Un civil a été tué lundi. Les blessés sont soignés à l'hôpital Shar de Souleimaniye.", "Shar"),
        ("قتل مدني الاثنين. ونقل الجرحى إلى مستشفى سارة في السليمانية.", "سارة"),
    ] {
        let findings = read(&report(text), &Gazetteer::embedded());
        let placed = |r: &dalil::resolve::Resolution| r.place.as_ref().map(|p| p.country.clone());
        let hospital: Vec<_> = findings.mentions.iter().filter(|r| words(text, r.span) == name).collect();
        assert!(hospital.iter().all(|r| placed(r).is_none_or(|country| country == "IQ")), "{text}: {hospital:?}");
    }
    // Its own town it may name.
    let own = read(&report("Gunmen killed four people on Monday. The wounded are at Gao Hospital in Mali."), &Gazetteer::embedded());
    assert!(own.mentions.iter().any(|r| r.place.as_ref().is_some_and(|p| p.name == "Gao")));
}

#[test]
fn the_place_of_a_verb_is_given_with_its_whole_name() {
    for (text, verb, name) in [
        ("Shells hit the Tabaqa Military Airport on Friday.", "hit", "Tabaqa Military Airport"),
        ("Rebels entered the Bustan Al-Basha District of Aleppo.", "entered", "Bustan Al-Basha District"),
        ("Soldiers who fled from Gao hid in Ansongo on Monday.", "hid", "Ansongo"),
    ] {
        let start = text.find(verb).unwrap() as u32;
        let asked = [Span { start, end: start + verb.len() as u32 }];
        let found = scenes(&report(text), &Gazetteer::embedded(), &Manner::default(), &asked).concat();
        let given: Vec<&str> = found.iter().map(|s| words(text, *s)).collect();
        assert_eq!(given, [name], "{text}");
    }
}
