use std::collections::BTreeMap;

use dalil::layer::{ACLED_COLUMNS, About, UCDP_COLUMNS};
use dalil::store::Collection;
use serde_json::{Value, json};

use super::{incident, incidents, written};

/// The records of comma-separated values, by RFC 4180.
fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (mut out, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut signs = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted && signs.next() == Some('\n') => {
                record.push(std::mem::take(&mut cell));
                out.push(std::mem::take(&mut record));
            }
            other => cell.push(other),
        }
    }
    assert!(cell.is_empty() && record.is_empty(), "the last line is whole");
    out
}

/// Rows by column; the heads must be unlike each other, and every row as long as they are.
fn rows(format: &str, features: &[String]) -> Vec<BTreeMap<String, String>> {
    let mut records = records(&written(format, &About::new(Collection::Incidents), features).0).into_iter();
    let heads = records.next().unwrap();
    records
        .map(|record| {
            assert_eq!(record.len(), heads.len());
            let row: BTreeMap<String, String> = heads.iter().cloned().zip(record).collect();
            assert_eq!(row.len(), heads.len());
            row
        })
        .collect()
}

#[test]
fn a_sheet_has_a_row_an_incident_with_or_without_a_place() {
    let rows = rows("csv", &incidents());
    let at = |row: usize| (rows[row]["lon"].as_str(), rows[row]["lat"].as_str(), rows[row]["place_name"].as_str());
    // An area stands where its point does; a sum and an unknown place stand nowhere.
    assert_eq!([at(0), at(1)], [("1.5123457", "16.53", "Talataye"), ("0.5", "14.5", "Liptako")]);
    assert_eq!([at(2), at(3)], [("", "", "Talataye"), ("", "", "")]);
    assert_eq!(rows[0]["place_surface"], "تلاتاي");
    assert_eq!(serde_json::from_str::<Value>(&rows[0]["actors"]).unwrap()[0]["text"], "داعش");
}

#[test]
fn what_a_report_says_cannot_break_a_sheet() {
    let title = "=HYPERLINK(\"http://x\";\"قُتل، 5\")\r\nسطر \"ثان\"";
    let feature = incident(json!({"report_title": title, "notes": "- a, b", "lat": -16.5, "lon": -1.25, "source": "@desk"}));
    let row = &rows("csv", std::slice::from_ref(&feature))[0];
    assert_eq!((row["lon"].as_str(), row["lat"].as_str()), ("-1.25", "-16.5"));
    assert_eq!((row["notes"].as_str(), row["source"].as_str()), ("'- a, b", "'@desk"));
    assert_eq!(row["report_title"], format!("'{title}"));
    for format in ["acled", "ucdp"] {
        let row = &rows(format, std::slice::from_ref(&incident(json!({"source": "@desk", "type_of_violence": 3}))))[0];
        assert!(row.values().any(|cell| cell.starts_with("'@desk")), "{row:?}");
    }
}

#[test]
fn hashtags_stand_below_the_heads() {
    let bytes = written("hxl", &About::new(Collection::Incidents), &incidents()).0;
    let records = records(&bytes);
    assert_eq!(
        (records[0][..5].join("|"), records[1][..5].join("|")),
        ("id|lon|lat|cluster_id|granularity".into(), "#event+id|#geo+lon|#geo+lat||".into())
    );
    assert_eq!(records.len(), 6);
    let known: Vec<&String> = records[1].iter().filter(|tag| !tag.is_empty()).collect();
    assert!(known.len() > 30 && known.iter().all(|tag| tag.starts_with('#')));
}

#[test]
fn a_byte_order_mark_is_written_when_asked_for() {
    let about = About { has_bom: true, ..About::new(Collection::Incidents) };
    for format in ["csv", "hxl", "acled", "ucdp"] {
        assert!(written(format, &about, &[]).0.starts_with("\u{FEFF}".as_bytes()), "{format}");
        assert!(!written(format, &About::new(Collection::Incidents), &[]).0.starts_with("\u{FEFF}".as_bytes()), "{format}");
    }
}

#[test]
fn a_row_of_acled_has_its_31_columns() {
    let feature = incident(json!({
        "date_start": "2022-09-05", "date_end": "2022-09-11", "time_precision": 2, "civilian_targeting": true,
        "actor2": "Civilians", "inter2": 7, "source": "AFP", "attribution": ["residents", "AFP"], "source_scale": "Subnational-International",
        "actors": [{"name": "Katiba", "role": "assoc_actor_1"}, {"name": "Allies", "role": "assoc_actor_1"}], "crowd_low": 200,
    }));
    let bytes = written("acled", &About::new(Collection::Incidents), &[feature]).0;
    let told = records(&bytes);
    assert_eq!(told[0], ACLED_COLUMNS);
    let expected = [
        ("event_id_cnty", "inc-01-r1"),
        ("event_date", "2022-09-08"),
        ("year", "2022"),
        ("time_precision", "2"),
        ("disorder_type", "Political violence"),
        ("event_type", "Battles"),
        ("sub_event_type", "Armed clash"),
        ("actor1", "Islamic State Sahel Province"),
        ("assoc_actor_1", "Katiba; Allies"),
        ("inter1", "Rebel group"),
        ("actor2", "Civilians"),
        ("assoc_actor_2", ""),
        ("inter2", "Civilians"),
        ("interaction", "Rebel group-Civilians"),
        ("civilian_targeting", "Civilian targeting"),
        ("iso", "466"),
        ("region", "Western Africa"),
        ("country", "Mali"),
        ("admin1", "Gao"),
        ("admin2", "Ansongo"),
        ("admin3", ""),
        ("location", "Talataye"),
        ("latitude", "16.53"),
        ("longitude", "1.5123457"),
        ("geo_precision", "1"),
        ("source", "residents; AFP"),
        ("source_scale", "Subnational-International"),
        ("notes", "Armed clash."),
        ("fatalities", "50"),
        ("tags", "crowd size=at least 200"),
        // 8 September 2022, the day of publication, at midnight UTC.
        ("timestamp", "1662595200"),
    ];
    assert_eq!(told[1], expected.map(|(_, cell)| cell));
    assert_eq!(told[0], expected.map(|(column, _)| column));
}

#[test]
fn acled_gets_what_happened_once_and_nothing_else() {
    let others = ["denied", "hypothetical", "planned", "claimed"].map(|status| incident(json!({"status": status})));
    let rows = rows("acled", &[incidents(), others.to_vec()].concat());
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row["event_id_cnty"].as_str(), row["tags"].as_str())).collect();
    assert_eq!(told, [("inc-01-r1", ""), ("inc-02-r1", "status=claimed"), ("inc-04-r1", ""), ("inc-01-r1", "status=claimed")]);
    // Without a place the words of the report stand for it, and no coordinates.
    assert_eq!((rows[2]["location"].as_str(), rows[2]["latitude"].as_str()), ("Tin-Zoo", ""));
}

#[test]
fn an_event_of_several_reports_is_a_row_of_acled_too() {
    let event = json!({"type": "Feature", "id": "evt-1", "geometry": null, "properties": {
        "granularity": "incident", "status": "asserted", "event_type": "Battles", "sub_event_type": "Armed clash", "country": "ML",
        "actors": [{"name": "Soldiers", "kind": "state", "role": "actor2"}, {"name": "JNIM", "kind": "rebel", "role": "actor1"}],
        "killed_low": 23, "killed_high": 25,
        "sources": [{"source": "AFP", "published": "2022-09-08"}, {"source": "وكالة", "published": "2022-09-09"}]}});
    let bytes = written("acled", &About::new(Collection::Clusters), &[event.to_string()]).0;
    let records = records(&bytes);
    let row: BTreeMap<&str, &str> = records[0].iter().map(String::as_str).zip(records[1].iter().map(String::as_str)).collect();
    assert_eq!((row["actor1"], row["inter1"], row["actor2"], row["inter2"]), ("JNIM", "Rebel group", "Soldiers", "State forces"));
    assert_eq!((row["interaction"], row["fatalities"], row["source"]), ("State forces-Rebel group", "23", "AFP; وكالة"));
    assert_eq!((row["timestamp"], row["event_date"]), ("1662681600", ""));
}

#[test]
fn a_row_of_ucdp_has_its_49_columns() {
    let feature = incident(json!({
        "type_of_violence": 1, "actor2": "Military Forces of Mali", "inter2": 1, "killed_low": 20, "killed_best": 20, "killed_high": 25,
        "killed_a": 3, "killed_b": 17, "killed_civilians": 0, "killed_unknown": 0, "report_title": "A, B", "attribution": ["army"],
    }));
    let told = records(&written("ucdp", &About::new(Collection::Incidents), &[feature]).0);
    assert_eq!(told[0], UCDP_COLUMNS);
    let row: BTreeMap<&str, &str> = told[0].iter().map(String::as_str).zip(told[1].iter().map(String::as_str)).collect();
    let known: Vec<(&str, &str)> = UCDP_COLUMNS.iter().map(|c| (*c, row[c])).filter(|(_, cell)| !cell.is_empty()).collect();
    assert_eq!(
        known,
        [
            ("id", "inc-01-r1"),
            ("year", "2022"),
            ("type_of_violence", "1"),
            ("dyad_name", "Military Forces of Mali - Islamic State Sahel Province"),
            ("side_a", "Military Forces of Mali"),
            ("side_b", "Islamic State Sahel Province"),
            ("number_of_sources", "1"),
            ("source_article", "\"AFP,2022-09-08,A, B\""),
            ("source_office", "AFP"),
            ("source_date", "2022-09-08"),
            ("source_headline", "A, B"),
            ("source_original", "army"),
            ("where_prec", "1"),
            ("where_coordinates", "Talataye"),
            ("where_description", "تلاتاي"),
            ("adm_1", "Gao"),
            ("adm_2", "Ansongo"),
            ("latitude", "16.53"),
            ("longitude", "1.5123457"),
            ("geom_wkt", "POINT (1.5123457 16.53)"),
            // Row 213 of half degrees from the pole, column 364 from the antimeridian.
            ("priogrid_gid", "153724"),
            ("country", "Mali"),
            ("region", "Africa"),
            ("event_clarity", "1"),
            ("date_prec", "1"),
            ("date_start", "2022-09-06"),
            ("date_end", "2022-09-06"),
            ("deaths_a", "17"),
            ("deaths_b", "3"),
            ("deaths_civilians", "0"),
            ("deaths_unknown", "0"),
            ("best", "20"),
            ("high", "25"),
            ("low", "20"),
        ]
    );
}

#[test]
fn ucdp_gets_deadly_organised_violence_and_the_best_figure_is_the_sum_of_the_sides() {
    let of = |properties: Value| rows("ucdp", &[incident(properties)]);
    assert!(of(json!({"type_of_violence": null})).is_empty() && of(json!({"type_of_violence": 1, "status": "denied"})).is_empty());
    // «Up to 60»: the best figure lies above what the sides make.
    let row = &of(json!({"type_of_violence": 3, "killed_low": 0, "killed_best": 60, "killed_high": 60, "killed_unknown": 0}))[0];
    assert_eq!((row["side_b"].as_str(), row["deaths_unknown"].as_str(), row["best"].as_str()), ("Civilians", "60", "60"));
    assert_eq!((row["low"].as_str(), row["high"].as_str()), ("0", "60"));
    let row = &of(json!({"type_of_violence": 2, "granularity": "aggregate", "actor1": null, "actor2": "JNIM", "inter2": 2}))[0];
    assert_eq!((row["event_clarity"].as_str(), row["side_a"].as_str(), row["side_b"].as_str()), ("2", "JNIM", ""));
}
