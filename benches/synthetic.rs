//! Synthetic reports of one incident each, over ten years and 3,000 places of the Sahel and the Levant, with text: the same world on any machine.

use dalil::lang::Lang;
use dalil::recognise::Report;
use dalil::store::{Entry, Item, ReportRow, Store};
use serde_json::json;

const PLACES: u64 = 3_000;
const DAYS: u64 = 3_650;
const TYPES: [(&str, &str); 6] = [
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Looting/property destruction"),
];
pub(crate) const COUNTRIES: [&str; 8] = ["ML", "BF", "NE", "NG", "SY", "IQ", "SD", "YE"];
const ACTORS: [&str; 5] = [
    "Jama'at Nusrat al-Islam wal-Muslimin",
    "Islamic State Sahel Province",
    "Syrian Democratic Forces",
    "Civilians",
    "Unidentified Armed Group",
];
pub(crate) const WORDS: [&str; 12] =
    ["هجوم", "مسلحون", "قرية", "قتلى", "attaque", "village", "soldats", "morts", "ambush", "militia", "convoy", "killed"];

/// A linear congruence: the same world on any machine.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Puts so many of them into a store.
pub(crate) fn fill(store: &mut Store, count: usize) {
    let mut chance = Chance(7);
    let batch = 5_000;
    for part in 0..count.div_ceil(batch) {
        let entries: Vec<Entry> = (part * batch..count.min((part + 1) * batch)).map(|number| entry(number, &mut chance)).collect();
        store.put(&entries, "2026-11-22T10:00:00Z").unwrap();
    }
    // As if every incident were an event of its own: clustering a million is measured elsewhere.
    store.set_events(&[], []).unwrap();
}

fn entry(number: usize, chance: &mut Chance) -> Entry {
    let place = chance.below(PLACES);
    // Towns are named more often than villages.
    let place = place * chance.below(PLACES) / PLACES;
    let (lon, lat) = ((place * 7_919 % 5_000) as f64 / 100.0 - 10.0, (place * 104_729 % 2_500) as f64 / 100.0 + 10.0);
    let day = jiff::civil::date(2014, 1, 1).checked_add(jiff::Span::new().days(chance.below(DAYS) as i64)).unwrap();
    let (event_type, sub_event_type) = TYPES[chance.below(6) as usize];
    let country = COUNTRIES[(place % 8) as usize];
    let killed = chance.below(100) * chance.below(10) / 10;
    let text: Vec<&str> = (0..60).map(|_| WORDS[chance.below(12) as usize]).collect();
    let text = format!("{} place{place}", text.join(" "));
    let (id, report_id) = (format!("inc-{number:08}"), format!("r-{number:08}"));
    let sentence = text.chars().take(180).collect::<String>();
    let feature = json!({
        "type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "granularity": "incident", "status": "asserted", "event_type": event_type, "sub_event_type": sub_event_type,
            "disorder_type": "Political violence", "date_start": day.to_string(), "date_end": day.to_string(), "time_precision": 1,
            "place_name": format!("place{place}"), "gazetteer_id": format!("geonames:{place}"), "lat": lat, "lon": lon, "radius_m": 3000,
            "geo_precision": 1, "where_prec": 1, "country": country, "admin1": format!("unit {}", place % 90),
            "actor1": ACTORS[chance.below(5) as usize], "actors": [{"name": ACTORS[chance.below(5) as usize], "role": "actor1", "text": "مسلحون"}],
            "killed_low": killed, "killed_best": killed, "killed_high": killed, "killed_detail": [], "evidence": [{"start": 0, "end": 10, "field": "event", "text": "هجوم"}],
            "confidence": 0.8, "notes": "a synthetic incident", "report_id": report_id, "published": day.to_string(), "source": "bench", "lang": "ar",
            "excerpt": {"text": sentence, "start": 0, "lang": "ar"},
        },
    });
    let report = Report {
        id: report_id.clone(),
        text: text.clone(),
        lang: Some(Lang::Ar),
        title: None,
        published: Some(day),
        source: Some("bench".to_owned()),
        url: None,
        ..Report::default()
    };
    let item = Item {
        id,
        event_type: Some(event_type),
        sub_event_type: Some(sub_event_type),
        status: Some("asserted"),
        granularity: Some("incident"),
        date_start: Some(day.to_string()),
        date_end: Some(day.to_string()),
        bbox: Some([lon, lat, lon, lat]),
        place_id: Some(format!("geonames:{place}")),
        country: Some(country.to_owned()),
        lang: "ar",
        folded: format!("place{place} {sentence}"),
        feature: feature.to_string(),
        ..Item::default()
    };
    let published =
        json!({"type": "Feature", "id": report_id, "geometry": null, "properties": {"id": report_id, "text": text, "lang": "ar"}});
    Entry {
        report: ReportRow { report, lang: "ar", feature: published.to_string(), sketch: dalil::text::sketch::Sketch::default() },
        mentions: Vec::new(),
        incidents: vec![item],
        fingerprint: "bench".to_owned(),
    }
}
