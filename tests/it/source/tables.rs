//! Tables: GeoNames, Who's On First, CSV, p-codes, our own.

use dalil::gazetteer::source::Format;

use super::{names, read, read_as};

#[test]
fn rows_of_a_geonames_dump_are_read_or_refused_with_their_line() {
    let good = "2457163\tGao\tGao\tGawgaw,غاو\t16.27\t-0.04\tP\tPPLA\tML\t\t09\t\t\t\t86353\t\t226\tAfrica/Bamako\t2020-01-01";
    let airport =
        "9\tGao Airport\tGao Airport\tGAQ,GAGO,Korogoussou\t16.25\t-0.01\tS\tAIRP\tML\t\t09\t\t\t\t0\t\t\tAfrica/Bamako\t2020-01-01";
    let content =
        format!("{good}\n{}\n\"{airport}\n{airport}\n{}\nshort\tline\n", good.replace("16.27", "96.27"), good.replace("Gao\tGao", "\t"));
    let found = read("ML.txt", &content);
    assert_eq!(found.format, Format::Geonames);
    found.adds_up(6);
    assert_eq!(names(found.row("geonames:2457163")), [":Gawgaw", ":غاو"]);
    assert_eq!(names(found.row("geonames:9")), [":Korogoussou"]);
    let lines: Vec<&str> = found.refused.iter().map(|r| r.rsplit("ML.txt:").next().unwrap()).collect();
    assert!(lines[0].starts_with("2: coordinate «96.27», expected"), "{lines:?}");
    assert!(lines[1].starts_with("3: id «\"9»"), "{lines:?}");
    assert!(lines[2].starts_with("5: no name"), "{lines:?}");
    assert!(lines[3].starts_with("6: 2 columns, expected 19"), "{lines:?}");
}

#[test]
fn alternate_names_are_names_only_where_they_are() {
    let content = "1\t5\tar\tغاو\t\t\t\t\t\t\n2\t5\twkdt\tQ1\t\t\t\t\t\t\n3\t6\tfr\tLoin\t\t\t\t\t\t\n4\t5\tfr\tGâo\t\t\t\t1\t1900\t1960\nx\t5\tfr\tY\t\t\t\t\t\t\n";
    let found = read_as("alternateNamesV2.txt", content.as_bytes(), None, &["geonames:5"]).unwrap();
    assert_eq!(found.format, Format::AlternateNames);
    found.adds_up(5);
    assert_eq!(found.rows.iter().flat_map(names).collect::<Vec<_>>(), ["ar:غاو", "old:Gâo"]);
}

const WOF: &str = "wof_id\tgn_id\twd_id\tcc\tplacetype\tfcode\tname\tlat\tlon\tpop\tis_current\tregion_id\tcounty_id\tgeom_src\tara\tfra\teng\tund\tother";

#[test]
fn who_is_on_first_gives_names_kinds_and_history() {
    let content = [
        WOF,
        "1\t77\t\tML\tlocality\t\tTiral\t16.5\t1.5\t120\t-1\t85\t86\tx\tتيرال\tTirâl\tTiral\tTirral\tتیرال",
        "2\t77\t\tML\tlocality\tPPL\tTiral bis\t16.6\t1.5\t0\t1\t85\t86\tx\t\t\t\t\t",
        "3\t\t\tML\tcampus\t\tTiral Airport\t16.6\t1.6\t0\t1\t85\t\tx\t\t\tTiral Field|TRL|GATR\t\t",
        "4\t\t\tML\tlocality\t\tAlt-Tiral\t16.7\t1.5\t0\t0\t85\t\tx\t\tVieux Tiral\t\t\t",
        "5\t\t\tSY\tlocality\t\tتيرال الشام\t35.1\t38.5\t0\t1\t85\t\tx\t\t\tTiral ash-Sham\t\t",
        "6\t\t\tML\tlocality\t\tNowhere\t0\t0\t0\t1\t85\t\tx\t\t\t\t\t",
        "7\t\t\tML\tvolcano\t\tKind\t1\t2\t0\t1\t85\t\tx\t\t\t\t\t",
        "8\t\t\tML\tlocality\t\t\t1\t2\t0\t1\t85\t\tx\t\t\t\t\t",
        "9\tcut",
    ]
    .join("\n");
    let found = read("wof.tsv", &content);
    assert_eq!(found.format, Format::Wof);
    found.adds_up(9);
    assert_eq!(found.tally.refused, 4, "{:?}", found.refused);
    assert_eq!(names(found.row("geonames:77")), ["ar:تيرال", "fr:Tirâl", "en:Tiral", ":Tirral", ":تیرال"]);
    assert_eq!(found.row("wof:2").name, "Tiral bis");
    assert_eq!((found.row("wof:3").feature.as_str(), names(found.row("wof:3"))), ("AIRP", vec!["en:Tiral Field".to_owned()]));
    assert_eq!((found.row("wof:4").feature.as_str(), names(found.row("wof:4"))), ("PPLH", vec!["old:Vieux Tiral".to_owned()]));
    let syrian = found.row("wof:5");
    assert_eq!((syrian.name.as_str(), names(syrian)[0].as_str()), ("Tiral ash-Sham", "ar:تيرال الشام"));
}

#[test]
fn columns_of_a_table_are_guessed() {
    let content = "Code;Nom;Nom arabe;Latitude;Longitude;Pays;Population\n1;Tiral;تيرال;16,5;1,5;MLI;120\n2;\"Tiral; le vieux\";;16,6;1,5;Mali;\n3;Loin;;x;1;ML;\n4;Court\n";
    let found = read("Mes villages.csv", content);
    assert_eq!(found.format, Format::Csv);
    found.adds_up(4);
    let first = found.row("mes-villages:1");
    assert_eq!((first.lat, first.lon, first.country.as_str(), first.population), (Some(16.5), Some(1.5), "ML", Some(120)));
    assert_eq!(names(first), ["ar:تيرال"]);
    assert_eq!(found.row("mes-villages:2").country, "");
    assert!(found.refused[0].contains(".csv:4: coordinate «x»"), "{:?}", found.refused);
    assert!(found.refused[1].contains(".csv:5: 2 columns, expected 7"), "{:?}", found.refused);
}

#[test]
fn columns_of_a_table_are_mapped_by_name_or_number() {
    let content = "#meta,#geo\nq,where,n,e,spelt\n";
    let mapped = "q,where,n,e,spelt\n#id,#loc,#lat,#lon,#x\nv1,Tiral,16.5,1.5,تيرال\n";
    let found = read_as("a.csv", mapped.as_bytes(), Some("id=q,name=where,lat=n,lon=e,ar=spelt"), &[]).unwrap();
    found.adds_up(1);
    assert_eq!(names(found.row("a:v1")), ["ar:تيرال"]);
    let found = read_as("b.csv", b"v1,Tiral,16.5,1.5\n", Some("id=1,name=2,lat=3,lon=4"), &[]).unwrap();
    assert_eq!(found.row("b:v1").name, "Tiral");
    let error = |content: &str, columns| read_as("c.csv", content.as_bytes(), columns, &[]).err().unwrap().to_string();
    assert!(error(mapped, Some("name=nowhere")).contains("«nowhere», expected a column of"), "{}", error(mapped, Some("name=nowhere")));
    assert!(error(content, None).contains("--columns"), "{}", error(content, None));
    assert!(error(mapped, Some("name")).contains("key=column"));
    assert!(error("", None).contains("found nothing"));
}

#[test]
fn quoted_cells_may_go_over_lines_and_a_forgotten_quote_costs_one_row() {
    let found =
        read("q.csv", "id,name,lat,lon,note\n1,Tiral,16.5,1.5,\"two\nlines\"\n\n2,\"Open,16.6,1.5,x\n3,Larit,16.7,1.5,\n4,Bad,99,1.5,\n");
    found.adds_up(4);
    assert_eq!(found.rows.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["q:1", "q:3"]);
    assert!(found.refused[0].contains("q.csv:5: a quote that is not closed"), "{:?}", found.refused);
    assert!(found.refused[1].contains("q.csv:7: coordinate «99»"), "{:?}", found.refused);
}

#[test]
fn a_place_without_an_identifier_keeps_the_one_made_for_it() {
    let found = read("v.csv", "name,lat,lon\nTiral,16.5,1.5\nTiral,16.6,1.5\n");
    let again = read("v.csv", "name,lat,lon\nOther,1,1\nTiral,16.5,1.5\n");
    assert_ne!(found.rows[0].id, found.rows[1].id);
    assert_eq!(found.rows[0].id, again.rows[1].id);
}

const UNITS: &str = "admin2Name_en,admin2Name_ar,admin2Pcode,admin1Name_en,admin1Pcode,admin0Name_en,admin0Pcode\n\
    #adm2+name,,#adm2+code,,,,\nTiral,تيرال,SY0101,Upper,SY01,Syria,SY\nLost,,SY0102,Upper,SY01,Syria,SY\n";

#[test]
fn units_with_p_codes_take_their_place_from_another_file() {
    let found = read_as("adm2.csv", UNITS.as_bytes(), None, &["pcode:SY0101"]).unwrap();
    assert_eq!(found.format, Format::Pcodes);
    found.adds_up(2);
    let unit = found.row("pcode:SY0101");
    assert_eq!(
        (unit.feature.as_str(), unit.country.as_str(), unit.admin1.as_str(), unit.admin2.as_str()),
        ("ADM2", "SY", "SY01", "SY0101")
    );
    assert_eq!((unit.name.as_str(), names(unit)), ("Tiral", vec!["en:Tiral".to_owned(), "ar:تيرال".to_owned()]));
    assert!(found.refused[0].contains(":4: no coordinates for pcode:SY0102"), "{:?}", found.refused);
}

#[test]
fn units_and_towns_with_p_codes_may_have_points() {
    let found = read("units.csv", "ADM1_EN,ADM1_FR,ADM1_PCODE,ADM0_PCODE,lat,lon\nUpper,Haut,NER001,NE,14,2\n");
    let unit = found.row("pcode:NER001");
    assert_eq!((unit.feature.as_str(), unit.country.as_str(), unit.lat), ("ADM1", "NE", Some(14.0)));
    let found = read("towns.csv", "pcode,name_en,name_ar,adm1_pcode,adm2_pcode,lat,lon\nC1,Tiral,تيرال,IQG01,IQG01Q1,34,44\n");
    let town = found.row("pcode:C1");
    assert_eq!((town.country.as_str(), town.admin1.as_str(), town.feature.as_str()), ("IQ", "IQG01", ""));
}

#[test]
fn rows_of_our_own_are_read_past_comments_and_bad_bytes() {
    let mut content =
        b"# mine\nmine:1\tTiral\tPPL\tML\t\t\t16.5\t1.5\t\t\tar:\xD8\xAA\xD9\x8A\n\nmine:2\tA\xFF\tPPL\tML\t\t\t16.5\t1.5\t\t\t\n".to_vec();
    content.extend(b"mine:3\tX\tPPL\tMALI\t\t\t16.5\t1.5\t\t\t\r\n");
    let found = read_as("mine.tsv", &content, None, &[]).unwrap();
    assert_eq!(found.format, Format::Dalil);
    found.adds_up(3);
    assert!(found.refused[0].contains("mine.tsv:4: bytes that are no UTF-8 behind"), "{:?}", found.refused);
    assert!(found.refused[1].contains("mine.tsv:5: country «MALI»"), "{:?}", found.refused);
}
