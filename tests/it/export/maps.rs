use std::io::{Cursor, Write};

use dalil::layer::{About, LeftOut};
use dalil::store::Collection;
use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
use rusqlite::Connection;
use serde_json::json;

use super::{incident, incidents, written};

fn about() -> About {
    About::new(Collection::Incidents)
}

#[test]
fn a_placemark_has_name_description_time_style_data_and_geometry() {
    let feature = json!({"type": "Feature", "id": "inc-1", "geometry": {"type": "Point", "coordinates": [-1.5, 16.53]}, "properties": {
        "event_type": "Battles", "sub_event_type": "Armed clash", "place_name": "Talataye & co", "date_start": "2022-09-06",
        "date_end": "2022-09-07", "killed_best": 50, "notes": "Armed clash.", "source": "AFP", "published": "2022-09-08",
        "excerpt": {"text": "قُتل <b>خمسون</b> ]]> شخصاً.", "start": 0, "lang": "ar"}}});
    let text = String::from_utf8(written("kml", &about(), &[feature.to_string()]).0).unwrap();
    let placemark = text.split("<Placemark>").nth(1).unwrap().split("</Placemark>").next().unwrap();
    let expected = "
<name>Armed clash, Talataye &amp; co</name>
<description><![CDATA[Armed clash.<br/>قُتل &lt;b&gt;خمسون&lt;/b&gt; ]]&gt; شخصاً.<br/>AFP, 2022-09-08]]></description>
<TimeSpan><begin>2022-09-06</begin><end>2022-09-07</end></TimeSpan>
<styleUrl>#battles</styleUrl>
<ExtendedData>
<Data name=\"id\"><value>inc-1</value></Data>
<Data name=\"lon\"><value>-1.5</value></Data>
<Data name=\"lat\"><value>16.53</value></Data>
<Data name=\"event_type\"><value>Battles</value></Data>
<Data name=\"sub_event_type\"><value>Armed clash</value></Data>
<Data name=\"date_start\"><value>2022-09-06</value></Data>
<Data name=\"date_end\"><value>2022-09-07</value></Data>
<Data name=\"place_name\"><value>Talataye &amp; co</value></Data>
<Data name=\"killed_best\"><value>50</value></Data>
<Data name=\"notes\"><value>Armed clash.</value></Data>
<Data name=\"published\"><value>2022-09-08</value></Data>
<Data name=\"source\"><value>AFP</value></Data>
<Data name=\"excerpt\"><value>{&quot;text&quot;:&quot;قُتل &lt;b&gt;خمسون&lt;/b&gt; ]]&gt; شخصاً.&quot;,&quot;start&quot;:0,&quot;lang&quot;:&quot;ar&quot;}</value></Data>
</ExtendedData>
<Point><coordinates>-1.5,16.53</coordinates></Point>
";
    assert_eq!(placemark, expected);
    assert!(text.contains("<Style id=\"battles\">") && text.ends_with("</Placemark>\n</Document>\n</kml>\n"));
    let all = String::from_utf8(written("kml", &about(), &incidents()).0).unwrap();
    assert_eq!((all.matches("<Placemark>").count(), all.matches("<Point>").count(), all.matches("<Polygon>").count()), (4, 1, 1));
}

#[test]
fn a_flatgeobuf_has_an_index_that_finds_and_text_as_it_was() {
    let (bytes, manifest) = written("flatgeobuf", &about(), &incidents());
    assert_eq!(manifest.left_out.into_iter().collect::<Vec<_>>(), [(LeftOut::NoGeometry, 2)]);
    let found = |west: f64, south: f64, east: f64, north: f64| {
        let mut features = FgbReader::open(Cursor::new(&bytes)).unwrap().select_bbox(west, south, east, north).unwrap();
        let mut names = Vec::new();
        while let Some(feature) = features.next().unwrap() {
            let properties = feature.properties().unwrap();
            names.push((
                properties["id"].clone(),
                properties.get("place_surface").cloned().unwrap_or_default(),
                properties["geo_precision"].clone(),
            ));
        }
        names.sort();
        names
    };
    let (battle, attack) = (("inc-01-r1", "تلاتاي", "1"), ("inc-02-r1", "", "3"));
    let told = |(id, place, precision): (&str, &str, &str)| (id.to_owned(), place.to_owned(), precision.to_owned());
    assert_eq!(found(1.0, 16.4, 2.0, 17.0), [told(battle)]);
    assert_eq!(found(-1.0, 13.0, -0.5, 13.5), [told(attack)]);
    assert_eq!(found(-180.0, -90.0, 180.0, 90.0), [told(battle), told(attack)]);
    let reader = FgbReader::open(Cursor::new(&bytes)).unwrap();
    let header = reader.header();
    assert_eq!((header.features_count(), header.crs().unwrap().code(), header.name()), (2, 4326, Some("incidents")));
    assert!(header.metadata().unwrap().contains("\"format\":\"flatgeobuf\""));
}

#[test]
fn a_geopackage_is_what_the_standard_says() {
    let (bytes, manifest) = written("gpkg", &about(), &[incidents(), vec![incident(json!({"place_surface": "=1"}))]].concat());
    assert_eq!((manifest.features, manifest.located), (5, 3));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    let base = Connection::open(file.path()).unwrap();
    let number = |sql: &str| base.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let text = |sql: &str| base.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!((number("PRAGMA application_id"), number("PRAGMA user_version")), (0x4750_4B47, 10300));
    assert_eq!((text("PRAGMA integrity_check"), text("SELECT rtreecheck('rtree_incidents_geom')")), ("ok".into(), "ok".into()));
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(
        text("SELECT table_name || data_type || srs_id || last_change FROM gpkg_contents"),
        "incidentsfeatures43261970-01-01T00:00:00.000Z"
    );
    assert_eq!(text("SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y FROM gpkg_contents"), "-1.0 13.0 2.0 16.53");
    assert_eq!(number("SELECT count(*) FROM incidents WHERE geom IS NULL AND place_name IS 'Talataye'"), 1);
    assert_eq!(
        number(
            "SELECT fid FROM incidents JOIN rtree_incidents_geom AS boxes ON boxes.id = fid WHERE maxx < 1.6 AND place_surface = 'تلاتاي'"
        ),
        1
    );
    assert_eq!(number("SELECT count(*) FROM rtree_incidents_geom"), 3);
    assert_eq!(text("SELECT group_concat(DISTINCT typeof(killed_best)) FROM incidents"), "integer,null");
    assert_eq!(number("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"), 6);
    assert!(text("SELECT metadata FROM gpkg_metadata").contains("\"collection\":\"incidents\""));
    // A text is a text here, and no formula.
    assert_eq!(text("SELECT place_surface FROM incidents WHERE fid = 5"), "=1");
    let head: Vec<u8> = base.query_row("SELECT geom FROM incidents WHERE fid = 1", [], |row| row.get(0)).unwrap();
    assert_eq!(&head[..8], b"GP\x00\x03\xE6\x10\x00\x00");
}

#[test]
fn reports_are_a_table_without_geometry() {
    let report = crate::sample::entry("r1").report.feature;
    let bytes = written("gpkg", &About::new(Collection::Reports), &[report]).0;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    let base = Connection::open(file.path()).unwrap();
    let kind: String = base.query_row("SELECT data_type FROM gpkg_contents", [], |row| row.get(0)).unwrap();
    let text: String = base.query_row("SELECT text FROM reports", [], |row| row.get(0)).unwrap();
    assert_eq!((kind.as_str(), text.as_str()), ("attributes", crate::sample::TEXT));
}
