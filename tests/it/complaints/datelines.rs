//! Where a report was written is no place of what it tells.

use dalil::lang::Lang::{self, Ar, En, Fr};

use super::parsed;

/// Language, text, the places of its dateline, and the place of its incident.
const REPORTS: [(Lang, &str, &[&str], Option<&str>); 15] = [
    (Ar, "نيامي (أ ف ب) - قتل خمسة جنود في هجوم قرب تيلابيري يوم الأحد.", &["نيامي"], Some("Tillabéri")),
    (Ar, "مابوتو – وكالات: قتل مسلحون عشرة أشخاص في هجوم على بلدة بالما.", &["مابوتو"], None),
    (Ar, "بغداد (رويترز) - قتل ثلاثة أشخاص في انفجار قنبلة يوم الأحد.", &["بغداد"], None),
    (Fr, "Ouagadougou (AFP) - Une attaque a fait dix morts dimanche à Djibo.", &["Ouagadougou"], Some("Djibo")),
    (Fr, "BAMAKO, Mali — Des hommes armés ont tué dix personnes dimanche.", &["BAMAKO", "Mali"], None),
    (En, "BAMAKO, Mali (Reuters) — Gunmen killed ten people in an attack on Gao on Sunday.", &["BAMAKO", "Mali"], Some("Gao")),
    (En, "NIAMEY, 29 March 2021 (AFP) – Gunmen killed ten people on Sunday.", &["NIAMEY"], None),
    (En, "ABUJA, Nigeria (AP) -- Gunmen killed ten people in Maiduguri on Sunday.", &["ABUJA", "Nigeria"], Some("Maiduguri")),
    (En, "ADEN/SANAA, Aug 3: Nine soldiers were killed on Friday when a missile hit a camp in Marib.", &["ADEN", "SANAA"], Some("Marib")),
    (En, "BAGHDAD and ERBIL: Four soldiers died on Monday when a roadside bomb went off in Kirkuk.", &["BAGHDAD", "ERBIL"], Some("Kirkuk")),
    (Fr, "BAMAKO/NIAMEY, 4 mars : Onze civils ont été tués jeudi dans une attaque à Ansongo.", &["BAMAKO", "NIAMEY"], Some("Ansongo")),
    (Ar, "عدن/صنعاء: قتل تسعة جنود يوم الجمعة حين أصاب صاروخ معسكرا في مأرب.", &["عدن", "صنعاء"], Some("Marib")),
    (Ar, "بغداد / أربيل - قتل أربعة جنود يوم الاثنين بانفجار عبوة ناسفة في كركوك.", &["بغداد", "أربيل"], Some("Kirkuk")),
    // A headline names the scene before its colon.
    (En, "Gao: Gunmen killed six traders on a market on Monday.", &[], None),
    (En, "LONDON The minister was asked about Gao.", &["LONDON"], None),
];

#[test]
fn datelines_are_marked_and_never_the_scene() {
    let mut wrong = Vec::new();
    for (lang, text, written_at, scene) in REPORTS {
        let parsed = parsed(text, lang);
        let marked: Vec<&str> = parsed.toponyms.iter().filter(|t| t.dateline).map(|t| t.text.as_str()).collect();
        if marked != written_at {
            wrong.push(format!("{text}\n    written at {marked:?}"));
        }
        let written: Vec<&str> =
            parsed.toponyms.iter().filter(|t| t.dateline).filter_map(|t| Some(t.place.as_ref()?.name.as_str())).collect();
        for incident in &parsed.incidents {
            let place = incident.fields.place_name.as_deref();
            if place.is_some_and(|p| written.contains(&p)) || scene.is_some() && place != scene {
                wrong.push(format!("{text}\n    happened at {place:?}"));
            }
        }
        if scene.is_some() && parsed.incidents.is_empty() {
            wrong.push(format!("{text}\n    nothing happened"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_town_that_opens_a_sentence_is_no_dateline() {
    for (lang, text) in [
        (En, "Gao was attacked on Sunday - ten people died."),
        (En, "Gunmen attacked Gao – ten people died."),
        (Fr, "Djibo a été attaquée dimanche – dix morts."),
        (Ar, "غاو تشهد هجوما جديدا - عشرة قتلى"),
    ] {
        assert!(parsed(text, lang).toponyms.iter().all(|t| !t.dateline), "{text}");
    }
}

#[test]
fn what_is_only_called_after_a_place_is_no_scene() {
    for (lang, text) in [
        (Ar, "قتل عشرة جنود ماليين في هجوم يوم الأحد."),
        (Ar, "قتل عشرة مدنيين في هجوم بعد انهيار اتفاق الجزائر."),
        (Fr, "Dix soldats nigériens ont été tués dans une attaque dimanche."),
        (Fr, "Dix personnes ont été tuées dans une attaque. Bamako a démenti."),
        (En, "Ten Malian soldiers were killed in an attack on Sunday."),
        (En, "Ten people were killed in an attack on Sunday, the New York Times wrote."),
    ] {
        let parsed = parsed(text, lang);
        assert!(!parsed.incidents.is_empty(), "{text}: nothing told");
        let drawn: Vec<_> = parsed.incidents.iter().filter_map(|i| i.fields.place_name.as_deref()).collect();
        assert!(drawn.is_empty(), "{text}: {drawn:?}");
    }
}
