//! A report with findings written by hand, so that the floors above the reader can be tested without it.

use dalil::incident::{Actor, Evidence, Findings, Granularity, Incident, Side, Sides, Status, SubEventType, Toll, TollPart};
use dalil::lang::Lang;
use dalil::recognise::{MentionKind, Note, Report};
use dalil::resolve::{Located, Reason, Resolution, RunnerUp};
use dalil::text::Span;
use geo::polygon;

pub(crate) const TEXT: &str = "أولاً: خبر.\nقُتل خمسون شخصاً في تلاتاي. Attaque dans le Liptako. 900 morts depuis mars. Combats à Tin-Zoo.";

pub(crate) fn report(id: &str) -> Report {
    Report {
        id: id.to_owned(),
        text: TEXT.to_owned(),
        lang: None,
        title: Some("Semaine violente".to_owned()),
        published: Some("2022-09-08".parse().unwrap()),
        source: Some("AFP".to_owned()),
        url: None,
        ..Report::default()
    }
}

pub(crate) fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap() as u32;
    Span { start, end: start + words.len() as u32 }
}

fn located(id: &str, name: &str, lon: f64, lat: f64) -> Located {
    Located {
        id: id.to_owned(),
        name: name.to_owned(),
        lat,
        lon,
        country: "ML".to_owned(),
        admin1: "Gao".to_owned(),
        admin2: "Ansongo".to_owned(),
        feature: "PPL".to_owned(),
        geo_precision: 1,
        where_prec: 1,
        radius_m: 3000,
        outline: None,
    }
}

fn incident(report_id: &str, number: u8, words: &str, place: Option<Located>) -> Incident {
    Incident {
        id: format!("inc-{number:02}-{report_id}"),
        granularity: Granularity::Incident,
        status: Status::Asserted,
        sub_event_type: SubEventType::ArmedClash,
        mode: None,
        n_events: None,
        dates: Some(("2022-09-06".parse().unwrap(), "2022-09-06".parse().unwrap())),
        time_precision: Some(1),
        date_source: "explicit",
        place_surface: None,
        place,
        relation: None,
        other_places: Vec::new(),
        country: Some("ML".to_owned()),
        actors: Vec::new(),
        killed: None,
        injured: None,
        abducted: None,
        missing: None,
        displaced: None,
        displaced_households: None,
        arrested: None,
        crowd: None,
        attribution: Vec::new(),
        evidence: vec![Evidence { span: span(words), field: "event" }],
        confidence: 0.800_000_1,
        notes: "Armed clash.".to_owned(),
    }
}

/// A located incident, one in an area, a total, and one whose place is unknown; two mentions.
pub(crate) fn findings(report: &Report) -> Findings {
    let id = report.id.as_str();
    let talataye = located("dalil:talataye", "Talataye", 1.512_345_678_9, 16.53);
    let liptako = Located {
        // Clockwise, to be turned round.
        outline: Some(polygon![(x: -1.0, y: 13.0), (x: -1.0, y: 16.0), (x: 2.0, y: 16.0), (x: 2.0, y: 13.0)].into()),
        geo_precision: 3,
        ..located("dalil:liptako", "Liptako", 0.5, 14.5)
    };
    let battle = Incident {
        place_surface: Some("تلاتاي".to_owned()),
        killed: Some(Toll {
            low: Some(50),
            best: Some(50),
            high: Some(50),
            sides: Sides { unknown: 50, ..Sides::default() },
            detail: vec![TollPart { who: "شخصاً".to_owned(), side: Side::Unknown, low: 50, high: 50 }],
            ..Toll::default()
        }),
        actors: vec![Actor {
            name: "Islamic State Sahel Province".to_owned(),
            role: "actor1",
            text: "داعش".to_owned(),
            kind: "rebel".to_owned(),
            inter: 2,
            country: None,
            is_named: true,
        }],
        evidence: vec![
            Evidence { span: span("قُتل"), field: "event" },
            Evidence { span: span("خمسون"), field: "killed" },
            Evidence { span: span("تلاتاي"), field: "place" },
        ],
        ..incident(id, 1, "قُتل", Some(talataye.clone()))
    };
    let attack = Incident { status: Status::Claimed, ..incident(id, 2, "Attaque", Some(liptako)) };
    let total = Incident { granularity: Granularity::Aggregate, ..incident(id, 3, "900 morts", Some(talataye.clone())) };
    let unknown = Incident { place_surface: Some("Tin-Zoo".to_owned()), dates: None, ..incident(id, 4, "Combats", None) };
    let mention = |words: &str, place: Option<Located>| Resolution {
        is_area: false,
        is_unrecorded: false,
        span: span(words),
        kind: MentionKind::Literal,
        outer: None,
        is_dateline: false,
        confidence: 0.9,
        place,
        score: 1.0,
        reasons: vec![Reason { what: "only place of this name".to_owned(), weight: 1.0 }],
        runners_up: vec![RunnerUp {
            id: "geonames:1".to_owned(),
            name: "Other".to_owned(),
            lat: 1.0,
            lon: 2.0,
            score: f64::NAN,
            reasons: Vec::new(),
        }],
    };
    Findings {
        lang: Lang::Ar,
        mentions: vec![mention("تلاتاي", Some(talataye)), mention("Tin-Zoo", None)],
        incidents: vec![battle, attack, total, unknown],
        notes: vec![Note { span: None, reason: "a note".to_owned() }],
    }
}

/// The report as the store keeps it.
pub(crate) fn entry(id: &str) -> dalil::store::Entry {
    let report = report(id);
    let findings = findings(&report);
    dalil::store::Entry {
        report: dalil::layer::report_row(&report, &findings),
        mentions: dalil::layer::mention_items(&report, &findings),
        incidents: dalil::layer::incident_items(&report, &findings),
        fingerprint: "by hand".to_owned(),
    }
}
