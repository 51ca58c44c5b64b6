//! Tolls of incidents, who gives them and who says so, each rule in three languages.

use dalil::gazetteer::Gazetteer;
use dalil::incident::{Incident, Status, read};
use dalil::recognise::Report;

/// The first incident of a report.
fn first(text: &str) -> Incident {
    let report = Report {
        id: "t1".to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..Report::default()
    };
    let mut incidents = read(&report, &Gazetteer::embedded()).incidents;
    assert!(!incidents.is_empty(), "no incident in {text}");
    incidents.swap_remove(0)
}

#[test]
fn figures_of_two_sources_are_rivals_and_no_sum() {
    for (text, low, high, who) in [
        ("قال الجيش إن 12 جنديا قتلوا في هجوم على غاو يوم 4 مارس 2022، فيما قال سكان إن 20 جنديا قتلوا.", 12, 20, ["army", "residents"]),
        (
            "L'armée a fait état de 12 soldats tués dans l'attaque de Gao le 4 mars 2022, tandis que des habitants ont déclaré que 20 soldats avaient été tués.",
            12,
            20,
            ["army", "residents"],
        ),
        (
            "The army said six people were killed in the attack on Gao on 4 March 2022, while residents said 19 people had been killed.",
            6,
            19,
            ["army", "residents"],
        ),
    ] {
        let killed = first(text).killed.unwrap();
        assert_eq!((killed.low, killed.best, killed.high), (Some(low), Some(low), Some(high)), "{text}");
        let told: Vec<&str> = killed.told.iter().filter_map(|t| t.by.as_deref()).collect();
        assert_eq!(told, who, "{text}");
    }
}

#[test]
fn the_sides_make_the_whole_and_a_part_is_taken_out_of_it() {
    for (text, whole, attacked, civilians) in [
        ("قتل 37 شخصا بينهم 14 جنديا في هجوم على مدينة غاو يوم 4 مارس 2022.", 37, 14, 0),
        ("L'attaque a fait 50 morts, dont 30 civils et 17 soldats, à Gao le 4 mars 2022.", 50, 17, 30),
        ("At least 21 people were killed, including two policemen, in an attack on Gao on 4 March 2022.", 21, 2, 0),
        ("Nine civilians and four soldiers were killed in an attack on Gao on 4 March 2022.", 13, 4, 9),
    ] {
        let killed = first(text).killed.unwrap();
        let sides = killed.sides;
        assert_eq!((killed.low, sides.attacked, sides.civilians), (Some(whole), attacked, civilians), "{text}: {sides:?}");
        assert_eq!(sides.total(), whole, "{text}");
    }
}

#[test]
fn what_only_a_party_tells_is_claimed() {
    for (text, status) in [
        ("قال الجيش إنه قتل 30 إرهابيا في غارة على غاو يوم 4 مارس 2022.", Status::Claimed),
        ("قال سكان إن الجيش قتل 30 مدنيا في غارة على غاو يوم 4 مارس 2022.", Status::Asserted),
        ("Les chabab ont affirmé avoir tué 57 soldats dans une attaque à Gao le 4 mars 2022.", Status::Claimed),
        ("L'armée a annoncé que 12 soldats ont été tués dans une attaque à Gao le 4 mars 2022.", Status::Asserted),
        ("Al-Shabaab said it had killed 57 soldiers in an attack on Gao on 4 March 2022.", Status::Claimed),
        (
            "Gunmen killed 57 soldiers in an attack on Gao on 4 March 2022, residents said. Al-Shabaab claimed responsibility.",
            Status::Asserted,
        ),
    ] {
        assert_eq!(first(text).status, status, "{text}");
    }
}

#[test]
fn who_says_so_is_named_with_the_scale_of_the_source() {
    for (text, name, scale) in [
        (
            "قتل خمسة مدنيين في قصف على حلب يوم 4 مارس 2022، بحسب المرصد السوري لحقوق الإنسان.",
            "Syrian Observatory for Human Rights",
            "Local partner",
        ),
        ("Cinq civils ont été tués dans une attaque à Gao le 4 mars 2022, selon un élu local.", "local official", "Subnational"),
        (
            "Five civilians were killed in an attack on Gao on 4 March 2022, according to the United Nations.",
            "United Nations",
            "International",
        ),
    ] {
        let incident = first(text);
        let said: Vec<(&str, &str)> = incident.attribution.iter().map(|a| (a.name.as_str(), a.scale.as_str())).collect();
        assert_eq!(said, [(name, scale)], "{text}");
    }
    // Named, but not as the one who says so.
    assert_eq!(first("Gunmen killed five residents in an attack on Gao on 4 March 2022.").attribution, []);
}

#[test]
fn the_missing_displaced_and_arrested_of_an_event_are_its_own_and_those_of_a_war_are_not() {
    let figure = |toll: Option<&dalil::incident::Toll>| toll.and_then(|t| t.low);
    for (text, missing, displaced, arrested) in [
        ("قتل خمسة جنود في هجوم على غاو يوم 4 مارس 2022، ولا يزال ثلاثة جنود في عداد المفقودين.", Some(3), None, None),
        ("Une attaque à Gao le 4 mars 2022 a fait cinq morts et 200 déplacés.", None, Some(200), None),
        ("Police arrested 12 people in Gao on 4 March 2022 after five people were killed in an attack.", None, None, Some(12)),
        (
            "Five people were killed in an attack on Gao on 4 March 2022. The war has displaced two million people since 2012.",
            None,
            None,
            None,
        ),
    ] {
        let incident = first(text);
        let told = (figure(incident.missing.as_ref()), figure(incident.displaced.as_ref()), figure(incident.arrested.as_ref()));
        assert_eq!(told, (missing, displaced, arrested), "{text}");
    }
}

#[test]
fn a_distance_is_published_as_the_relation_it_is_told_by() {
    let relation = first("قتل خمسة مدنيين في هجوم على بعد 30 كيلومترا شرق غاو يوم 4 مارس 2022.").relation.unwrap();
    assert_eq!(
        (relation.how, relation.distance_km, relation.bearing_deg, relation.of_place.as_str()),
        ("distance", Some(30.0), Some(90.0), "Gao")
    );
}

#[test]
fn a_village_that_no_table_knows_is_drawn_in_the_unit_that_holds_it() {
    for (text, surface, unit) in [
        ("Gunmen killed 12 people in Kayrouba village, Zamfara state, on 4 March 2024.", "Kayrouba", "Zamfara State"),
        (
            "Dix civils ont été tués à Tchimbolori, un village de la région de Tillabéri, au Niger, le 4 mars 2021.",
            "Tchimbolori",
            "Tillabéri Region",
        ),
        ("قُتل ٢٢ مدنيا في هجوم على قرية غرغرندو في منطقة تيلابيري غربي النيجر يوم 4 مارس 2021.", "غرغرندو", "Tillabéri Region"),
        // A near spelling in another state is not the village.
        ("قتل مسلحون ستة أشخاص وخطفوا مئة في قرية كايرو بولاية زمفارا شمال غربي نيجيريا يوم 4 مارس 2024.", "كايرو", "Zamfara State"),
    ] {
        let incident = first(text);
        let place = incident.place.as_ref().map(|p| (p.name.as_str(), p.where_prec));
        assert_eq!((incident.place_surface.as_deref(), place), (Some(surface), Some((unit, 4))), "{text}");
    }
}
