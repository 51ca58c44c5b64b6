//! Packed files: known by their first bytes, unpacked as they are read, bounded.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::read_as;

const ROWS: &str = "mine:1\tTiral\tPPL\tML\t\t\t16.5\t1.5\t\t\t\nmine:2\tLarit\tPPL\tML\t\t\t16.6\t1.5\t\t\t\n";

fn gz(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_packed_file_gives_the_same_rows_whatever_its_name() {
    let zst = zstd::encode_all(ROWS.as_bytes(), 3).unwrap();
    let two_frames = [zst.clone(), zstd::encode_all(ROWS.replace("mine:", "more:").as_bytes(), 3).unwrap()].concat();
    let with_paper = zip(&[("readme.txt", &"what this is\n".repeat(99)), ("ML.txt", ROWS)]);
    let marked = [b"\xEF\xBB\xBF", ROWS.as_bytes()].concat();
    for (content, rows) in [(zst, 2), (two_frames, 4), (gz(ROWS.as_bytes()), 2), (with_paper, 2), (marked, 2)] {
        let found = read_as("places", &content, None, &[]).unwrap();
        found.adds_up(rows);
        assert_eq!(found.rows[1].name, "Larit");
    }
}

#[test]
fn torn_and_foreign_packings_are_told() {
    let error = |content: &[u8]| read_as("places", content, None, &[]).err().unwrap().to_string();
    let zst = zstd::encode_all(ROWS.repeat(5000).as_bytes(), 3).unwrap();
    assert!(error(&zst[..zst.len() - 9]).contains("incomplete"), "{}", error(&zst[..zst.len() - 9]));
    let gz = gz(ROWS.as_bytes());
    assert!(error(&gz[..gz.len() - 9]).contains("places"), "{}", error(&gz[..gz.len() - 9]));
    assert!(error(&zip(&[("readme.txt", "x")])).contains("no data file"));
    assert!(error(b"\xFF\xFEm\0").contains("UTF-16"));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let line = format!("{}\n", "x".repeat(1000));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..300 {
        encoder.write_all(line.repeat(1000).as_bytes()).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1_000_000, "{}", bomb.len());
    let error = read_as("bomb", &bomb, Some("name=1"), &[]).err().unwrap().to_string();
    assert!(error.contains("unpacks to more than"), "{error}");
}
