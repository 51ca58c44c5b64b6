//! Many files at once: the same bytes in any order, what is wrong refused and counted, what was broken off gone on with.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use dalil::document::{Columns, Limits, Options, Why};
use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, How, Sum, Task, Told};
use dalil::store::{Collection, Store};

use crate::kept::NOW;

fn how() -> How {
    How { options: Options { limits: Limits::own(), columns: Columns::new() }, published: Some("2024-05-17".parse().unwrap()) }
}

fn ingest(store: &mut Store, paths: &[PathBuf], stop: &AtomicBool, told: &mut dyn FnMut(Told)) -> Sum {
    let files = paths.iter().flat_map(|path| intake::listed(path).unwrap());
    let tasks = files.map(|file| Task::file(file.unwrap())).collect();
    let sum = intake::take_in_all(store, &Gazetteer::embedded(), tasks, &how(), || NOW.to_owned(), stop, told).unwrap();
    intake::corroborate(store).unwrap();
    sum
}

fn published(store: &Store) -> Vec<Vec<String>> {
    [Collection::Incidents, Collection::Clusters, Collection::Mentions, Collection::Reports]
        .into_iter()
        .map(|c| crate::kept::published(store, c))
        .collect()
}

/// A folder with texts, records, an archive, and all that can be wrong with them.
fn folder() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let text = |n: usize| {
        format!("Mardi, des hommes armés ont attaqué le village de Tin-Akof. Au moins {n} civils ont été tués, selon le maire de Djibo.")
    };
    let at = |name: &str| folder.path().join(name);
    for n in 2..12 {
        fs::write(at(&format!("{n}.txt")), text(n)).unwrap();
    }
    let record = |id: &str, n: usize, published: &str| serde_json::json!({"id": id, "text": text(n), "published": published}).to_string();
    fs::write(at("a.jsonl"), format!("{}\n{}\nnot json\n", record("same", 30, "2024-05-16"), record("own", 31, "2024-05-15"))).unwrap();
    fs::write(at("b.jsonl"), format!("{}\n{}\n", record("same", 40, "2024-05-17"), record("own", 31, "2024-05-15"))).unwrap();
    let mut archive = tar::Builder::new(fs::File::create(at("c.tar")).unwrap());
    for n in 50..53 {
        let body = text(n);
        let mut header = tar::Header::new_gnu();
        header.set_size(body.len() as u64);
        header.set_cksum();
        archive.append_data(&mut header, format!("mai/{n}.txt"), body.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    fs::write(at("d.png"), b"\x89PNG\r\n").unwrap();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    (folder, paths)
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

#[test]
fn any_order_gives_the_same_bytes_and_again_nothing_is_read() {
    let (_folder, mut paths) = folder();
    let (_a, mut one) = store();
    let mut refused = Vec::new();
    let sum = ingest(&mut one, &paths, &AtomicBool::new(false), &mut |told| {
        if let Told::Refused(why) = told {
            refused.push(why.to_string());
        }
    });
    // Ten texts, two records, three in the archive; «own» stands twice.
    assert_eq!((sum.read, sum.unchanged), (15, 1));
    assert_eq!(sum.refused.clone().into_iter().collect::<Vec<_>>(), [(Why::Scan, 1), (Why::Record, 2)]);
    assert!(refused.iter().any(|r| r.contains("a.jsonl:3: expected ident")), "{refused:?}");
    assert!(sum.incidents >= 15 && !sum.is_broken_off, "{sum:?}");
    let same = one.reports([&"same".to_owned()]).unwrap().pop().unwrap();
    assert!(same.text.contains("40 civils"), "{}", same.text);
    assert!(one.reports([&"c.tar#mai/51.txt".to_owned()]).unwrap().pop().is_some());
    let (_b, mut other) = store();
    paths.reverse();
    for part in paths.chunks(3) {
        ingest(&mut other, part, &AtomicBool::new(false), &mut |_| ());
    }
    // In calls of their own the last one wins, as a person means it who reads a newer file.
    let _ = ingest(&mut other, &paths, &AtomicBool::new(false), &mut |_| ());
    assert_eq!(published(&one), published(&other));
    let again = ingest(&mut one, &paths, &AtomicBool::new(false), &mut |_| ());
    // Of the two of one identifier the other may come first and be read again.
    assert!(again.read <= 1 && again.unchanged >= 15, "{again:?}");
    assert_eq!(published(&one), published(&other));
}

#[test]
fn what_was_broken_off_is_gone_on_with() {
    let (_folder, paths) = folder();
    let (_a, mut whole) = store();
    ingest(&mut whole, &paths, &AtomicBool::new(false), &mut |_| ());
    let (_b, mut parts) = store();
    let mut calls = 0;
    loop {
        let stop = AtomicBool::new(false);
        let mut dealt = 0;
        let sum = ingest(&mut parts, &paths, &stop, &mut |told| {
            if let Told::Progress(progress) = told {
                dealt = progress.reports;
                stop.store(progress.reports > 5 * calls, Ordering::Relaxed);
            }
        });
        calls += 1;
        if !sum.is_broken_off {
            break;
        }
        assert!(calls < 10, "{sum:?}");
    }
    assert!(calls > 1, "never broken off");
    assert_eq!(published(&whole), published(&parts));
}
