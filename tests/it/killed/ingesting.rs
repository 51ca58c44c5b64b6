//! The program is killed again and again while it reads reports in: called once more it ends with the same store.

use std::fs;

use super::{dalil, killed_on_the_way, path, state};

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
    assert!(call(&whole).status().unwrap().success());
    let mut counts = vec![0];
    for _ in 0..kills {
        counts.push(killed_on_the_way(call(&broken).spawn().unwrap(), &broken, counts.iter().copied().max().unwrap_or_default()));
    }
    assert!(counts.windows(2).all(|pair| pair[0] <= pair[1]) && counts[1] < REPORTS as usize, "{counts:?}");
    assert!(call(&broken).status().unwrap().success());
    assert!(state(&whole) == state(&broken), "after {counts:?}");
}
