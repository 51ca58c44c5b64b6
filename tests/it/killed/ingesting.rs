//! The program is killed again and again while it reads reports in: called once more it ends with the same store.

use std::fs;
use std::time::{Duration, Instant};

use super::{dalil, is_whole, path, state};

/// How often it is killed; ten times are asked of a release: `DALIL_KILLS=10`.
const KILLS: u32 = 4;
/// Reports read in: enough that every kill hits.
const REPORTS: u32 = 600;

#[test]
fn killed_while_reading_in_it_goes_on_and_ends_with_the_same_bytes() {
    let kills = std::env::var("DALIL_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    for n in 0..REPORTS {
        let text = format!(
            "Mardi, des hommes armés ont attaqué le village de Zakdoubit, près de Gao, au Mali. {n} civils ont été tués à Ménaka, \
             selon le maire de Tessit. Le gouvernement de Bamako a condamné cette attaque, la {n}e de l'année dans la région."
        );
        fs::write(reports.join(format!("{n}.txt")), text).unwrap();
    }
    let (whole, broken) = (folder.path().join("whole"), folder.path().join("broken"));
    let call = |store: &std::path::Path| dalil(&["ingest", path(&reports), "--published", "2024-05-17", "--store", path(store)]);
    let begun = Instant::now();
    assert!(call(&whole).status().unwrap().success());
    let needed = begun.elapsed();
    let mut counts = Vec::new();
    for kill in 1..=kills {
        let mut child = call(&broken).spawn().unwrap();
        // Later and later, so that each call gets farther than the one before.
        std::thread::sleep(Duration::from_millis(60) + needed * kill / (4 * kills));
        child.kill().unwrap();
        child.wait().unwrap();
        if broken.join("dalil.sqlite").exists() {
            is_whole(&broken);
            counts.push(dalil::store::Store::open(&broken).unwrap().report_count().unwrap());
        }
    }
    assert!(counts.windows(2).all(|pair| pair[0] <= pair[1]) && counts.iter().any(|count| *count < REPORTS as usize), "{counts:?}");
    assert!(call(&broken).status().unwrap().success());
    assert!(state(&whole) == state(&broken), "after {counts:?}");
}
