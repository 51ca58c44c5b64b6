//! What a phrase is found to mean, one row a phrase and language.

use dalil::recognise::MentionKind;
use geo::{Contains, Distance, Haversine, Point};

use super::{place, read, relatives, words};

/// Language, sentence, words of the relative place, a point that it must hold, one that it must not, UCDP's code.
type Row = (&'static str, &'static str, &'static str, (f64, f64), (f64, f64), u8);

fn each(rows: &[Row]) {
    for (lang, text, says, inside, outside, where_prec) in rows {
        let place = place(lang, text, says);
        let area = place.outline.as_ref().unwrap_or_else(|| panic!("{says}: no outline"));
        assert!(area.contains(&Point::from(*inside)), "{says}: {inside:?} is not in {area:?}");
        assert!(!area.contains(&Point::from(*outside)), "{says}: {outside:?} is in {area:?}");
        assert_eq!(place.where_prec, *where_prec, "{says}: {place:?}");
        assert!(place.id.starts_with("relative:") && place.radius_m > 0, "{says}: {place:?}");
    }
}

#[test]
fn a_distance_with_a_direction_is_a_piece_of_a_ring() {
    let (there, not_there) = ((1.36, 16.27), (-1.4, 16.27));
    each(&[
        ("ar", "هجوم في مالي على بعد 150 كم شرق جاو.", "150 كم شرق جاو", there, not_there, 5),
        ("fr", "Une attaque au Mali, à 150 km à l'est de Gao.", "150 km à l'est de Gao", there, not_there, 5),
        ("en", "An attack in Mali 150 km east of Gao.", "150 km east of Gao", there, not_there, 5),
        ("ar", "هجوم في مالي على بعد مئة كيلومتر شرق جاو.", "مئة كيلومتر شرق جاو", (0.9, 16.27), there, 5),
        (
            "fr",
            "Une attaque au Mali, à une centaine de kilomètres à l'est de Gao.",
            "une centaine de kilomètres à l'est de Gao",
            (0.9, 16.27),
            there,
            5,
        ),
        ("en", "An attack in Mali fifty miles east of Gao.", "fifty miles east of Gao", (0.71, 16.27), there, 5),
        (
            "en",
            "About 50 km south-east of Ménaka, near the Niger border, in Mali.",
            "50 km south-east of Ménaka",
            (2.73, 15.6),
            (2.4, 15.9),
            2,
        ),
    ]);
}

#[test]
fn a_distance_alone_is_a_ring_around_its_anchor() {
    let (on, dori) = ((-0.033, 14.753), (-0.033, 14.034));
    each(&[
        ("ar", "هجوم على بعد 80 كيلومترا من دوري في بوركينا فاسو.", "80 كيلومترا من دوري", on, dori, 5),
        ("fr", "Une attaque à 80 km de Dori au Burkina Faso.", "80 km de Dori", on, dori, 5),
        ("en", "An attack 80 km from Dori in Burkina Faso.", "80 km from Dori", on, dori, 5),
    ]);
    let ring = place("fr", "Une attaque à 80 km de Dori au Burkina Faso.", "80 km de Dori");
    assert!(Haversine.distance(Point::new(ring.lon, ring.lat), Point::from(dori)) < 2_000.0, "the point of a ring is its anchor");
}

#[test]
fn a_direction_cuts_a_country_and_a_unit() {
    let (kidal, sikasso) = ((1.4, 18.44), (-5.67, 11.32));
    each(&[
        ("ar", "وقع هجوم في شمال شرق مالي.", "شمال شرق مالي", kidal, sikasso, 5),
        ("fr", "Une attaque dans le nord-est du Mali.", "nord-est du Mali", kidal, sikasso, 5),
        ("en", "An attack in north-eastern Mali.", "north-eastern Mali", kidal, sikasso, 5),
        ("ar", "هجوم في وسط سوريا.", "وسط سوريا", (38.3, 34.9), (36.2, 36.2), 5),
        ("fr", "Une attaque dans le centre de la Syrie.", "centre de la Syrie", (38.3, 34.9), (36.2, 36.2), 5),
        ("en", "An attack in central Syria.", "central Syria", (38.3, 34.9), (36.2, 36.2), 5),
        ("ar", "هجوم في ريف محافظة دير الزور الشرقي.", "ريف محافظة دير الزور الشرقي", (40.6, 34.9), (39.7, 35.6), 4),
        ("fr", "Une attaque dans la Syrie orientale.", "Syrie orientale", (40.1, 35.3), (36.2, 36.2), 5),
        ("en", "Shelling in the southern Idlib countryside.", "southern Idlib countryside", (36.65, 35.6), (36.6, 36.1), 4),
    ]);
}

#[test]
fn beside_a_town_the_direction_opens_a_sector() {
    let (north, south) = ((-1.63, 14.18), (-1.63, 14.02));
    each(&[
        ("ar", "هجوم في بوركينا فاسو شمال مدينة دجيبو.", "شمال مدينة دجيبو", north, south, 2),
        ("fr", "Une attaque au nord de Djibo au Burkina Faso.", "nord de Djibo", north, south, 2),
        ("en", "An attack north of Djibo in Burkina Faso.", "north of Djibo", north, south, 2),
    ]);
}

#[test]
fn a_name_that_nobody_knows_is_not_lost_behind_a_direction() {
    let text = "Shelling was reported south of Krasnohorivka, Ukraine.";
    let findings = read("en", text);
    let name = findings.mentions.iter().find(|m| words(text, m) == "Krasnohorivka");
    assert_eq!(name.map(|m| m.kind), Some(MentionKind::Literal));
    assert!(relatives("en", text).iter().any(|(words, _)| words == "south of Krasnohorivka"));
    assert!(findings.mentions.iter().any(|m| m.place.as_ref().is_some_and(|p| p.country == "UA")), "the rest of the answer stands");
    let text = "Une attaque à 20 km de Zzqville, au Mali.";
    assert!(relatives("fr", text).iter().any(|(words, place)| words == "20 km de Zzqville" && place.is_none()));
    assert!(read("fr", text).mentions.iter().any(|m| m.place.as_ref().is_some_and(|p| p.country == "ML")));
}

#[test]
fn between_two_places_is_a_band_and_both_names_stay() {
    let (on, off) = ((0.23, 15.966), (0.9, 16.3));
    for (lang, text, says) in [
        ("ar", "كمين في مالي بين جاو وأنسونغو.", "بين جاو وأنسونغو"),
        ("fr", "Une embuscade au Mali entre Gao et Ansongo.", "entre Gao et Ansongo"),
        ("en", "An ambush in Mali between Gao and Ansongo.", "between Gao and Ansongo"),
        ("fr", "Une embuscade au Mali sur l'axe Gao-Ansongo.", "axe Gao-Ansongo"),
        ("en", "An ambush in Mali on the Gao–Ansongo road.", "Gao–Ansongo road"),
        ("ar", "كمين في مالي على طريق جاو - أنسونغو.", "طريق جاو - أنسونغو"),
    ] {
        each(&[(lang, text, says, on, off, 5)]);
        let literal = read(lang, text).mentions.iter().filter(|m| m.kind == MentionKind::Literal).count();
        assert_eq!(literal, 3, "{text}");
    }
}

#[test]
fn a_border_is_a_band_and_three_meet_in_a_circle() {
    let (on, off) = ((2.5, 15.35), (-0.04, 16.27));
    each(&[
        ("ar", "هجوم على الحدود بين مالي والنيجر.", "الحدود بين مالي والنيجر", on, off, 5),
        ("fr", "Une attaque à la frontière entre le Mali et le Niger.", "frontière entre le Mali et le Niger", on, off, 5),
        ("en", "An attack at the Mali–Niger border.", "Mali–Niger border", on, off, 5),
        ("ar", "هجوم في مالي قرب الحدود مع النيجر.", "الحدود مع النيجر", on, off, 5),
        ("fr", "Une attaque au Mali, près de la frontière avec le Niger.", "frontière avec le Niger", on, off, 5),
        ("en", "An attack in Mali near the Niger border.", "Niger border", on, off, 5),
        ("ar", "اشتباكات على الحدود السورية العراقية.", "الحدود السورية العراقية", (41.2, 34.8), off, 5),
        ("en", "Clashes at the Syrian-Iraqi border.", "Syrian-Iraqi border", (41.2, 34.8), off, 5),
        (
            "en",
            "An attack in the tri-border area of Chad, Cameroon and Nigeria.",
            "tri-border area of Chad, Cameroon and Nigeria",
            (14.1, 13.0),
            off,
            5,
        ),
    ]);
    for (lang, text) in [
        ("ar", "هجوم في منطقة الحدود الثلاثة."),
        ("fr", "Une attaque dans la zone des trois frontières."),
        ("en", "An attack in the tri-border area."),
    ] {
        let found = read(lang, text).mentions.into_iter().find_map(|m| m.place).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.id, "dalil:tri-border-ml-ne-bf", "{text}");
        assert!(found.outline.is_some_and(|area| area.contains(&Point::new(0.3, 15.0))), "{text}");
    }
}

#[test]
fn a_bank_is_a_side_of_the_river() {
    for (lang, text, says, name) in [
        ("ar", "انفجار على الضفة الشرقية لنهر الفرات.", "الضفة الشرقية لنهر الفرات", "east bank of the Euphrates"),
        ("fr", "Une explosion sur la rive orientale du fleuve Tigre.", "rive orientale du fleuve Tigre", "east bank of the Tigris"),
        ("en", "A blast on the east bank of the Tigris River.", "east bank of the Tigris River", "east bank of the Tigris"),
    ] {
        let place = place(lang, text, says);
        assert_eq!((place.name.as_str(), place.where_prec, place.geo_precision), (name, 5, 3));
        assert!(place.outline.is_some());
    }
}

#[test]
fn around_a_town_is_a_circle() {
    let (near, far) = ((-0.04, 16.38), (-0.04, 16.6));
    each(&[
        ("ar", "هجوم في مالي قرب مدينة غاو.", "قرب مدينة غاو", near, far, 2),
        ("fr", "Une attaque au Mali, aux environs de Gao.", "environs de Gao", near, far, 2),
        ("en", "An attack in Mali on the outskirts of Gao.", "outskirts of Gao", near, far, 2),
        ("ar", "هجوم في مالي في محيط مدينة غاو.", "محيط مدينة غاو", near, far, 2),
        ("fr", "Une attaque au Burkina Faso dans la région de Djibo.", "région de Djibo", (-1.63, 14.2), (-1.63, 14.5), 2),
        ("en", "An attack in Mali within 15 km of Gao.", "within 15 km of Gao", near, far, 2),
    ]);
}

#[test]
fn of_joined_directions_each_is_a_mention_of_its_own() {
    for (lang, text, says) in [
        ("ar", "هجمات في شمال وشرق بوركينا فاسو.", ["شمال وشرق بوركينا فاسو", "شرق بوركينا فاسو"]),
        ("fr", "Des attaques dans le nord et l'est du Burkina Faso.", ["nord et l'est du Burkina Faso", "est du Burkina Faso"]),
        ("en", "Attacks in northern and eastern Burkina Faso.", ["northern and eastern Burkina Faso", "eastern Burkina Faso"]),
    ] {
        let found: Vec<(String, String)> = relatives(lang, text).into_iter().map(|(w, p)| (w, p.unwrap().name)).collect();
        let names = ["north of Burkina Faso", "east of Burkina Faso"];
        assert_eq!(found, says.into_iter().zip(names).map(|(s, n)| (s.to_owned(), n.to_owned())).collect::<Vec<_>>());
    }
}

#[test]
fn the_head_of_a_list_speaks_for_all_its_names() {
    for (lang, text, units) in [
        ("ar", "هجمات في منطقتي جاو وميناكا.", 2),
        ("fr", "Des attaques dans les régions de Gao et de Ménaka.", 2),
        ("en", "Attacks in the regions of Gao and Ménaka.", 2),
        ("en", "Attacks in Gao and Ménaka regions.", 2),
        ("ar", "هجمات في محافظات ديالى ونينوى وصلاح الدين والأنبار.", 4),
    ] {
        let mentions = read(lang, text).mentions;
        let found = mentions.iter().filter(|m| m.kind == MentionKind::Literal).filter_map(|m| m.place.as_ref());
        assert_eq!(found.filter(|p| p.feature == "ADM1").count(), units, "{text}");
    }
}

#[test]
fn journeys_ranges_and_lengths_are_no_places() {
    for (lang, text) in [
        ("ar", "ساروا 50 كم من غاو في مالي."),
        ("fr", "Au Mali, ils ont parcouru 50 km depuis la ville de Gao, soit 50 km de Gao."),
        ("en", "In Mali they walked 50 km from Gao."),
        ("ar", "صاروخ مداه 300 كم من دمشق."),
        ("fr", "Un missile d'une portée de 300 km de Damas."),
        ("en", "A missile with a range of 300 km from Damascus."),
        ("en", "They were two hours' drive from Gao in Mali."),
        ("fr", "Il est du Mali."),
    ] {
        let found: Vec<String> =
            relatives(lang, text).into_iter().map(|(words, _)| words).filter(|w| !w.starts_with("50 km de Gao")).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_distance_that_agrees_is_a_reason_and_one_that_does_not_a_warning() {
    for (lang, text, is_doubtful) in [
        ("ar", "تقع بلدة تلاتاي على بعد 150 كم شرق جاو في مالي.", false),
        ("fr", "Au Mali, la ville de Talataye, à 150 km à l'est de Gao, a été attaquée.", false),
        ("en", "In Mali, Talataye, 150 km east of Gao, was attacked.", false),
        ("ar", "تقع بلدة أنسونغو على بعد 300 كم شمال جاو في مالي.", true),
        ("fr", "Au Mali, la ville d'Ansongo, à 300 km au nord de Gao, a été attaquée.", true),
        ("en", "In Mali, Ansongo, 300 km north of Gao, was attacked.", true),
    ] {
        let findings = read(lang, text);
        let notes: Vec<&str> = findings.notes.iter().map(|n| n.reason.as_str()).filter(|n| n.contains("is told to be")).collect();
        assert_eq!(notes.len(), usize::from(is_doubtful), "{text}: {notes:?}");
        let reasons: Vec<_> = findings.mentions.iter().filter(|m| m.kind == MentionKind::Relative).flat_map(|m| &m.reasons).collect();
        assert!(reasons.iter().any(|r| (r.weight < 0.0) == is_doubtful && r.what.contains("of Gao")), "{text}: {reasons:?}");
        // Both distances are named.
        assert!(notes.iter().all(|n| n.contains("300 km N") && n.contains("90 km")), "{notes:?}");
    }
}

#[test]
fn an_incident_told_by_a_relation_is_drawn_there() {
    for (lang, text) in [
        ("ar", "قتل خمسة جنود في هجوم على بعد 50 كم جنوب جاو في مالي."),
        ("fr", "Cinq soldats ont été tués dans une attaque à 50 km au sud de Gao, au Mali."),
        ("en", "Five soldiers were killed in an attack 50 km south of Gao in Mali."),
    ] {
        let findings = read(lang, text);
        let place = findings.incidents.first().and_then(|i| i.place.clone()).unwrap_or_else(|| panic!("{text}"));
        assert!((place.lat - 15.82).abs() < 0.05 && place.outline.is_some(), "{text}: {place:?}");
    }
    for (lang, text) in [
        ("ar", "قتل خمسة جنود في هجوم في شمال مالي."),
        ("fr", "Cinq soldats ont été tués dans une attaque dans le nord du Mali."),
        ("en", "Five soldiers were killed in an attack in northern Mali."),
    ] {
        let findings = read(lang, text);
        let place = findings.incidents.first().and_then(|i| i.place.clone()).unwrap_or_else(|| panic!("{text}"));
        assert!(place.lat > 18.0 && place.country == "ML" && place.where_prec == 5, "{text}: {place:?}");
    }
}
