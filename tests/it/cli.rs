use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn dalil(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    dalil(arguments).output().unwrap()
}

fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = dalil(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

const LINES: &str = "{\"id\":\"a\",\"text\":\"x\"}\n{bad\n\n{\"id\":\"b\",\"text\":\"قُتل\",\"published\":\"2022-09-06\"}\n";

#[test]
fn a_broken_line_is_told_with_its_number_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.jsonl");
    fs::write(&file, LINES).unwrap();
    let output = run(&["parse", path(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output).iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(said(&output).contains("r.jsonl:2: "), "{}", said(&output));
}

#[test]
fn standard_input_is_read_with_and_without_a_dash() {
    for arguments in [&["parse"][..], &["parse", "-"]] {
        let output = fed(arguments, LINES.as_bytes());
        assert_eq!((output.status.code(), lines(&output).len()), (Some(1), 2));
    }
    let plain = fed(&["parse", "--published", "2022-09-08"], "Attaque à Gao.".as_bytes());
    assert_eq!((plain.status.code(), lines(&plain)[0]["id"].as_str()), (Some(0), Some("-")));
}

#[test]
fn a_folder_is_read_in_order_in_any_encoding_and_hidden_files_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    write("c.txt", "\u{FEFF}Attaque à Gao.".as_bytes());
    write("a.txt", &encoding_rs::WINDOWS_1256.encode("قُتل ثلاثة جنود في هجوم قرب مدينة غاو").0);
    write("b/1.json", br#"[{"id":"in array","text":""}]"#);
    write("b/2.txt", b"");
    write(".hidden", b"x");
    write("d.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR");
    let output = run(&["parse", path(folder.path())]);
    let ids: Vec<String> = lines(&output).iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a.txt", "in array", "b/2.txt", "c.txt"]);
    assert!(said(&output).contains("d.png: is a picture"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn rows_of_a_table_are_reports_and_columns_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.csv");
    std::fs::write(&file, "Nr,Bericht\n7,Gunmen killed two people in Gao.\n").unwrap();
    let unknown = run(&["parse", path(&file)]);
    assert!(said(&unknown).contains("found «Nr», «Bericht»; say which with --columns text=…"), "{}", said(&unknown));
    let named = run(&["parse", "--columns", "text=Bericht,id=Nr", path(&file)]);
    assert_eq!(lines(&named)[0]["id"], "7", "{}", said(&named));
    let wrong = run(&["parse", "--columns", "text=Bericht,published=Tag", path(&file)]);
    assert!(said(&wrong).contains("has no column «Tag», found «Nr», «Bericht»"), "{}", said(&wrong));
    let no_field = run(&["parse", "--columns", "day=Tag", path(&file)]);
    assert!(said(&no_field).contains("found the field «day», expected one of text, title"), "{}", said(&no_field));
}

#[test]
fn a_call_that_cannot_be_done_is_told_from_a_report_that_cannot_be_read() {
    for arguments in [&["parse", "nowhere.txt"][..], &["parse", "--format", "xml"], &["fly"], &["export", "--store", "nowhere"], &[]] {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn every_format_of_parse_is_json() {
    for (format, check) in [("json", "array"), ("geojson", "FeatureCollection")] {
        let output = fed(&["parse", "--format", format], LINES.as_bytes());
        let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(whole["type"] == check || whole.as_array().is_some_and(|a| a.len() == 2), "{format}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let many = "{\"id\":\"a\",\"text\":\"x\"}\n".repeat(2_000);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.jsonl");
    fs::write(&file, many).unwrap();
    let mut child = dalil(&["parse", path(&file)]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_store_is_filled_once_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let (file, store) = (folder.path().join("r.txt"), folder.path().join("store"));
    fs::write(&file, "Trois morts à Tin-Zoo.").unwrap();
    let ingest = ["ingest", path(&file), "--store", path(&store)];
    assert!(said(&run(&ingest)).contains("1 reports read, 0 unchanged"));
    assert!(said(&run(&ingest)).contains("0 reports read, 1 unchanged"));
    let export = |more: &[&str]| run(&[&["export", "--store", path(&store)], more].concat());
    let reports: Value = serde_json::from_slice(&export(&["--collection", "reports"]).stdout).unwrap();
    assert_eq!(reports["features"][0]["properties"]["text"], "Trois morts à Tin-Zoo.");
    assert!(String::from_utf8_lossy(&export(&["--collection", "reports", "--format", "csv"]).stdout).starts_with("id,"));
    assert!(export(&["--collection", "reports", "--format", "geojsonseq"]).stdout.starts_with(b"\x1E{"));
    assert_eq!(export(&["--bbox", "1,2"]).status.code(), Some(2));
    let unsuited = export(&["--collection", "reports", "--format", "kml"]);
    assert_eq!((unsuited.status.code(), said(&unsuited).contains("«kml»") && said(&unsuited).contains("gpkg")), (Some(2), true));
    let manifest = folder.path().join("manifest.json");
    let sheet = export(&["--format", "csv", "--lang", "fr", "--manifest", path(&manifest), "--exported", "2026-11-22T10:00:00Z"]);
    let told: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    assert_eq!((&told["filter"]["lang"], &told["exported"]), (&Value::from("fr"), &Value::from("2026-11-22T10:00:00.000Z")));
    assert_eq!(told["bytes"].as_u64(), Some(sheet.stdout.len() as u64));
    assert!(told["read_with"][0]["gazetteer"].as_str().is_some_and(|g| g.len() == 16), "{told}");
    let nowhere = export(&["--format", "kml", "--manifest", path(&folder.path().join("no/folder.json"))]);
    assert_eq!((nowhere.status.code(), said(&nowhere).contains("no/folder.json")), (Some(2), true));
    let added = run(&["gazetteer", "add", "Tin-Zoo", "--lon", "1.4", "--lat", "16.2", "--also", "ar:تين زو", "--store", path(&store)]);
    assert!(said(&added).contains("1 reports read again"), "{}", said(&added));
    assert!(lines(&added)[0]["id"].as_str().unwrap().starts_with("user:"));
}

#[test]
fn places_and_names_are_changed_tried_and_undone_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (file, store, rows) = (folder.path().join("r.txt"), folder.path().join("store"), folder.path().join("places.csv"));
    fs::write(&file, "Mardi, des hommes armés ont attaqué le village de Zakdoubit, au Mali. Douze civils ont été tués.").unwrap();
    assert!(run(&["ingest", path(&file), "--store", path(&store)]).status.success());
    let gazetteer = |more: &[&str]| run(&[&["gazetteer"], more, &["--store", path(&store)]].concat());
    let add = ["add", "Zakdoubit", "--lon", "1.25", "--lat", "15.75", "--source", "a letter"];
    let dry = gazetteer(&[&add[..], &["--dry-run"]].concat());
    assert_eq!(lines(&dry)[0]["affected"][0]["report_id"], "r.txt", "{}", said(&dry));
    assert!(gazetteer(&["history"]).stdout.is_empty());
    let id = lines(&gazetteer(&add))[0]["id"].as_str().unwrap().to_owned();
    let edited = gazetteer(&["edit", &id, "--also", "ar:زكدوبيت", "--lon", "1.5", "--version", "another"]);
    assert_eq!((edited.status.code(), said(&edited).contains("another")), (Some(2), true), "{}", said(&edited));
    let edited = lines(&gazetteer(&["edit", &id, "--also", "ar:زكدوبيت", "--also", "old:Zako", "--lon", "1.5", "--note", "moved"]));
    assert_eq!((&edited[0]["geometry"]["coordinates"][0], &edited[0]["properties"]["names"][1]["kind"]), (&1.5.into(), &"historic".into()));
    let before = run(&["export", "--store", path(&store)]).stdout;
    let pinned = gazetteer(&["pin", "Zakdoubit", "geonames:2457163", "--report", "r.txt"]);
    assert!(said(&pinned).contains("1 incidents moved"), "{}", said(&pinned));
    let rejected = gazetteer(&["reject", "Zakdoubit"]);
    assert!(said(&rejected).contains("0 incidents moved"), "the pin of the report is narrower: {}", said(&rejected));
    for number in ["4", "3"] {
        assert!(gazetteer(&["undo", number]).status.success());
    }
    assert_eq!(run(&["export", "--store", path(&store)]).stdout, before);
    for format in ["csv", "geojson", "lpf"] {
        fs::write(&rows, gazetteer(&["export", "--format", format]).stdout).unwrap();
        let imported = gazetteer(&["import", path(&rows)]);
        assert!(said(&imported).contains("1 rows: 0 saved, 1 unchanged, 0 refused"), "{format}: {}", said(&imported));
    }
    fs::write(&rows, "name,lon,lat\nTin Boo,1.5,16.5\nFar,200,1\n").unwrap();
    let imported = gazetteer(&["import", path(&rows)]);
    assert_eq!((imported.status.code(), said(&imported).contains("places.csv:3: ")), (Some(1), true), "{}", said(&imported));
}

#[test]
fn two_reports_of_one_id_are_not_both_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.jsonl");
    fs::write(&file, "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}\n{\"id\":\"a\",\"text\":\"x\"}\n").unwrap();
    let output = run(&["ingest", path(&file), "--store", path(&folder.path().join("store"))]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("same id"), "{}", said(&output));
}

#[test]
fn a_gazetteer_is_built_and_searched() {
    let folder = tempfile::tempdir().unwrap();
    let (rows, table) = (folder.path().join("rows.tsv"), folder.path().join("rows.bin"));
    fs::write(&rows, "# mine\nmine:1\tTiral Test\tPPL\tML\t\t\t16.5\t1.5\t\t\tar:تيرال\nbroken\n").unwrap();
    let build = run(&["gazetteer", "build", path(&rows), "-o", path(&table)]);
    assert_eq!(build.status.code(), Some(1));
    assert!(said(&build).contains("rows.tsv:3: "), "{}", said(&build));
    let store = folder.path().join("none");
    let found = run(&["gazetteer", "search", "تيرال", "--limit", "1", "--gazetteer", path(&table), "--store", path(&store)]);
    assert_eq!(lines(&found)[0]["id"], "mine:1");
}

#[test]
fn the_data_of_the_repository_has_no_faults() {
    let output = run(&["check", concat!(env!("CARGO_MANIFEST_DIR"), "/geodata"), "--quiet"]);
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
}

#[test]
fn map_prints_its_address_once_it_answers_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.txt"), "Trois morts à Gao.").unwrap();
    let mut map = dalil(&["map", path(folder.path()), "--listen", "127.0.0.1:0", "--quiet"]);
    let mut child = map.env("TMPDIR", temporary.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let host = address.trim().strip_prefix("http://").and_then(|a| a.strip_suffix('/')).unwrap_or_else(|| panic!("{address}"));
    let mut connection = std::net::TcpStream::connect(host).unwrap();
    write!(connection, "GET /health HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let answer = std::io::read_to_string(connection).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"reports\":1"), "{answer}");
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn names_are_matched_line_by_line_and_a_broken_line_does_not_stop_them() {
    let input = "{\"name\":\"غاو\",\"country\":\"ML\",\"lang\":\"ar\"}\n{bad\n\n{\"name\":\"Tripoli\",\"country\":\"Lebanon\"}\n{\"name\":\"zzzzqqqq\"}\n{\"name\":\"x\",\"country\":\"Nowhere\"}\n";
    for arguments in [&["gazetteer", "match"][..], &["gazetteer", "match", "-"]] {
        let output = fed(arguments, input.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        let (answers, errors) = (lines(&output), said(&output));
        assert_eq!(answers.iter().map(|a| a["name"].as_str().unwrap()).collect::<Vec<_>>(), ["غاو", "Tripoli", "zzzzqqqq"]);
        let first = &answers[0]["candidates"][0];
        assert_eq!((&first["id"], &first["country"], &first["feature"]), (&"geonames:2457163".into(), &"ML".into(), &"PPLA".into()));
        assert!(first["lat"].is_f64() && first["lon"].is_f64() && first["score"].is_f64() && first["name"] == "Gao");
        assert_eq!(answers[1]["candidates"][0]["id"], "geonames:266826");
        assert_eq!(answers[2]["candidates"].as_array().unwrap().len(), 0);
        for answer in &answers {
            let scores: Vec<f64> = answer["candidates"].as_array().unwrap().iter().map(|c| c["score"].as_f64().unwrap()).collect();
            assert!(scores.len() <= 10);
        }
        assert!(errors.contains("-:2: ") && errors.contains("-:6: country: found «Nowhere», expected"), "{errors}");
    }
    assert_eq!(fed(&["gazetteer", "match"], b"{\"name\":\"Gao\"}\n").status.code(), Some(0));
    assert_eq!(run(&["gazetteer", "match", "nowhere.jsonl"]).status.code(), Some(2));
    assert_eq!(fed(&["gazetteer", "match"], b"").status.code(), Some(0));
}

#[test]
fn a_search_is_restricted_and_turned_to_a_point() {
    let first = |arguments: &[&str]| {
        let output = run(&[&["gazetteer", "search", "Tripoli", "--store", "nowhere"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        lines(&output)[0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(first(&[]), "geonames:2210247");
    assert_eq!(first(&["--country", "LB"]), "geonames:266826");
    assert_eq!(first(&["--country", "TUN,lbn"]), "geonames:266826");
    assert_eq!(first(&["--near", "35.5,33.9"]), "geonames:266826");
    assert_eq!(first(&["--kind", "county"]), "geonames:266825");
    for wrong in [["--country", "Mali"], ["--near", "33.9"], ["--near", "33,99"], ["--kind", "planet"]] {
        assert_eq!(run(&[&["gazetteer", "search", "Tripoli"][..], &wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_token_is_shown_once_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = path(folder.path());
    let made = run(&["token", "create", "--store", store, "--role", "editor", "--name", "mobile team"]);
    let token = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    assert!(made.status.success() && token.starts_with("dalil_"), "{token}");
    let kept: Vec<u8> = fs::read_dir(folder.path()).unwrap().flat_map(|f| fs::read(f.unwrap().path()).unwrap()).collect();
    let secret = token.rsplit('_').next().unwrap().as_bytes();
    assert!(!kept.windows(secret.len()).any(|part| part == secret), "the store holds the token");
    let list = || String::from_utf8(run(&["token", "list", "--store", store]).stdout).unwrap();
    assert!(list().starts_with("mobile team\teditor\t20") && !list().contains("revoked"), "{}", list());
    for wrong in [&["--role", "owner"][..], &["--role", "reader", "--name", "mobile team"], &["--role", "reader", "--name", " "], &[]] {
        let refused = run(&[&["token", "create", "--store", store], wrong].concat());
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{wrong:?}");
    }
    assert!(run(&["token", "revoke", "mobile team", "--store", store]).status.success());
    assert!(list().contains("\trevoked 20"), "{}", list());
    assert_eq!(run(&["token", "revoke", "mobile team", "--store", store]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_server_writes_a_line_a_request_without_what_was_searched_and_ends_when_it_is_told() {
    use std::io::Read;
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--store", path(folder.path()), "--listen", "127.0.0.1:0", "--quiet", "--log", "json"];
    let mut child = dalil(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let host = first.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = std::net::TcpStream::connect(&host).unwrap();
    let ask =
        "GET /api/collections/reports/items?q=hidden HTTP/1.1\r\nhost: x\r\nauthorization: Bearer hidden\r\nconnection: close\r\n\r\n";
    stream.write_all(ask.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let length = answer.split_once("\r\n\r\n").unwrap().1.len();
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = said(&output);
    assert!(!said.contains("hidden"), "{said}");
    let line: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!((line["method"].as_str(), line["path"].as_str()), (Some("GET"), Some("/api/collections/reports/items")), "{said}");
    assert_eq!((line["status"].as_u64(), line["bytes"].as_u64()), (Some(200), Some(length as u64)), "{said}");
    assert_eq!(line["client"], "127.0.0.1");
}
