//! Tellings written by hand.

use dalil::incident::corroborate::{Ground, Telling, Who};
use dalil::incident::{Granularity, Status, SubEventType};
use jiff::civil::date;

/// An attack by gunmen in a village of Niger; neither day nor toll.
pub(super) fn telling(id: &str, report: &str) -> Telling {
    Telling {
        text_of: report.to_owned(),
        id: id.to_owned(),
        report_id: report.to_owned(),
        source: None,
        published: None,
        granularity: Granularity::Incident,
        status: Status::Asserted,
        sub_event_type: SubEventType::Attack,
        dates: None,
        time_precision: None,
        date_source: "none".to_owned(),
        ground: Some(village("village", 1.0, 15.0)),
        others: Vec::new(),
        place_id: Some("test:village".to_owned()),
        place_surface: None,
        country: Some("NE".to_owned()),
        actors: vec![Who { name: "Gunmen".to_owned(), kind: "militia".to_owned(), role: "actor1".to_owned() }],
        killed: None,
        killed_parts: Vec::new(),
        injured: None,
        abducted: None,
        evidence: Some((10, 20)),
        confidence: 0.5,
    }
}

/// A place known to three kilometres.
pub(super) fn village(name: &str, lon: f64, lat: f64) -> Ground {
    let id = format!("test:{name}");
    Ground { id, name: name.to_owned(), lon, lat, radius_m: 3_000, geo_precision: 1, where_prec: 1, admin1: String::new() }
}

/// The province of the village.
pub(super) fn province() -> Ground {
    Ground { radius_m: 80_000, geo_precision: 2, where_prec: 4, ..village("province", 1.3, 15.3) }
}

/// What tests say of a telling.
pub(super) trait Tell {
    fn on(self, year: i16, month: i8, day: i8) -> Telling;
    fn published(self, year: i16, month: i8, day: i8) -> Telling;
    fn killed(self, count: u32) -> Telling;
    fn kind(self, kind: SubEventType) -> Telling;
    fn at(self, ground: Ground) -> Telling;
    fn unlocated(self) -> Telling;
    fn source(self, source: &str) -> Telling;
}

impl Tell for Telling {
    fn on(self, year: i16, month: i8, day: i8) -> Telling {
        let day = date(year, month, day);
        Telling { dates: Some((day, day)), time_precision: Some(1), date_source: "explicit".to_owned(), ..self }
    }

    fn published(self, year: i16, month: i8, day: i8) -> Telling {
        Telling { published: Some(date(year, month, day)), ..self }
    }

    fn killed(self, count: u32) -> Telling {
        Telling { killed: Some((count, count)), ..self }
    }

    fn kind(self, sub_event_type: SubEventType) -> Telling {
        Telling { sub_event_type, ..self }
    }

    fn at(self, ground: Ground) -> Telling {
        Telling { place_id: Some(ground.id.clone()), ground: Some(ground), ..self }
    }

    fn unlocated(self) -> Telling {
        Telling { ground: None, place_id: None, ..self }
    }

    fn source(self, source: &str) -> Telling {
        Telling { source: Some(source.to_owned()), ..self }
    }
}

/// A hundred and fifty tellings of some forty attacks in six villages and their province in one month, some without a day.
pub(super) fn crowd() -> Vec<Telling> {
    let mut seed: u32 = 11;
    let mut chance = |most: u32| {
        // A linear congruence: the same crowd on any machine.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % most
    };
    let kinds = [SubEventType::Attack, SubEventType::ArmedClash, SubEventType::Ied, SubEventType::AirStrike];
    let attacks: Vec<(u32, i8, u32, SubEventType)> =
        (0..40).map(|_| (chance(6), 1 + chance(28) as i8, 1 + chance(30), kinds[chance(4) as usize])).collect();
    let tell = |number: u32, chance: &mut dyn FnMut(u32) -> u32| {
        let (place, day, killed, kind) = attacks[chance(40) as usize];
        let spot = village(&format!("v{place}"), 1.0 + f64::from(place) * 0.2, 15.0);
        let told = telling(&format!("inc-{number:03}"), &format!("r{}", number / 2)).kind(kind);
        let told = told.at(if chance(5) == 0 { province() } else { spot }).killed(killed + chance(2));
        let told = if chance(3) == 0 { told } else { told.on(2023, 3, day) };
        told.published(2023, 3, (day + chance(3) as i8).min(31))
    };
    (0..150).map(|number| tell(number, &mut chance)).collect()
}
