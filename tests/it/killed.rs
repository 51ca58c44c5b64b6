//! The program is killed in the middle of an import and of an edit: the store opens, is whole, and holds the old or the new
//! state, never one between.

mod ingesting;
mod serving;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use dalil::store::{Collection, Store};

/// Moments at which the program is killed, as parts of the time that it needs undisturbed.
const MOMENTS: u32 = 8;

fn dalil(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// All that a store holds and publishes.
fn state(folder: &Path) -> Vec<String> {
    let store = Store::open(folder).unwrap();
    let mut out: Vec<String> = Collection::ALL.into_iter().flat_map(|c| crate::kept::published(&store, c)).collect();
    let kept = |whole: String| whole.split("\"created\"").next().unwrap_or_default().to_owned();
    // Only what the clock says differs from run to run.
    out = out.into_iter().map(kept).collect();
    out.push(format!("{} changes", store.history().unwrap().len()));
    let words: Vec<String> = store.reports_naming(["Zakdoubit"]).unwrap().into_iter().collect();
    out.extend(words);
    out
}

fn is_whole(folder: &Path) {
    let connection = rusqlite::Connection::open(Store::file(folder)).unwrap();
    let answer: String = connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(answer, "ok");
}

/// Kills a program as soon as its store holds more reports than it did, and says how many it holds then.
pub(crate) fn killed_on_the_way(mut child: Child, folder: &Path, before: usize) -> usize {
    let count = || -> Option<usize> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = rusqlite::Connection::open_with_flags(Store::file(folder), flags).ok()?;
        connection.query_row("SELECT count(*) FROM reports", [], |r| r.get::<_, u32>(0)).ok().map(|count| count as usize)
    };
    while count().is_none_or(|count| count <= before) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
    is_whole(folder);
    Store::open(folder).unwrap().report_count().unwrap()
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(|f| f.unwrap().path()) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// Runs a command over copies of a store, killed at many moments.
fn killed_at_many_moments(before: &Path, work: &Path, arguments: &[&str]) {
    let run = |folder: &Path| -> Child { dalil(&[arguments, &["--store", path(folder)]].concat()).spawn().unwrap() };
    let whole = work.join("whole");
    copied(before, &whole);
    let old = state(&whole);
    let begun = Instant::now();
    assert!(run(&whole).wait().unwrap().success());
    let needed = begun.elapsed();
    let new = state(&whole);
    assert_ne!(old, new);
    let mut seen = [0, 0];
    for moment in 1..=MOMENTS {
        let folder = work.join(moment.to_string());
        copied(before, &folder);
        let mut child = run(&folder);
        std::thread::sleep(needed * moment / (MOMENTS + 1));
        child.kill().unwrap();
        child.wait().unwrap();
        is_whole(&folder);
        let found = state(&folder);
        assert!(found == old || found == new, "killed at {moment}/{MOMENTS}: {} of {} features", found.len(), new.len());
        seen[usize::from(found == new)] += 1;
        // It can be done again, to the end.
        if found == old {
            assert!(run(&folder).wait().unwrap().success());
            assert!(state(&folder) == new);
        }
    }
    assert!(seen[0] > 0, "never killed before the end: {seen:?}");
}

#[test]
fn killed_in_the_middle_of_an_import_or_an_edit_the_store_holds_the_old_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let (reports, before) = (folder.path().join("reports.jsonl"), folder.path().join("store"));
    let text =
        |n: u32| format!("Mardi, des hommes armés ont attaqué le village de Zakdoubit, au Mali. Douze civils ont été tués à Tinzoukou{n}.");
    let lines: String = (0..40).map(|n| serde_json::json!({"id": format!("r{n}"), "text": text(n)}).to_string() + "\n").collect();
    fs::write(&reports, lines).unwrap();
    assert!(dalil(&["ingest", path(&reports), "--store", path(&before)]).status().unwrap().success());
    let rows = folder.path().join("places.csv");
    let row = |n: u32| format!("user:{n},Tinzoukou{n},PPL,ML,{},{}\n", 1.0 + f64::from(n) / 1000.0, 16.0);
    let table: String = (0..400).map(row).collect();
    fs::write(&rows, format!("id,name,feature,country,lon,lat\n{table}user:z,Zakdoubit,PPL,ML,1.25,15.75\n")).unwrap();
    killed_at_many_moments(&before, &folder.path().join("import"), &["gazetteer", "import", path(&rows)]);
    let edit = ["gazetteer", "add", "Zakdoubit", "--lon", "1.25", "--lat", "15.75"];
    killed_at_many_moments(&before, &folder.path().join("edit"), &edit);
}
