//! Names of places are found in whatever script a report writes them.

use dalil::gazetteer::Gazetteer;
use dalil::server::{State, app};

use super::Server;
use super::features::escaped;
use crate::kept::{NOW, report, take_in};

/// «Seven soldiers killed in an attack on the town of Timbuktu», «three civilians in Gao»; French of Gao; nothing of either.
fn reading() -> Server {
    let folder = tempfile::tempdir().unwrap();
    let reports = [
        report("ar-timbuktu", "الشاهد", "قُتل سبعة جنود في هجوم على مدينة تمبكتو في مالي يوم الأربعاء 15 أيار/مايو 2024."),
        report("ar-gao", "الشاهد", "قُتل ثلاثة مدنيين في هجوم على مدينة غاو في مالي يوم الأربعاء 15 أيار/مايو 2024."),
        report("fr-gao", "Wakat", "Vingt-trois soldats ont été tués mercredi 15 mai 2024 dans une attaque à Gao, au Mali."),
        report("fr-dori", "Wakat", "Deux civils ont été tués mercredi 15 mai 2024 dans une attaque à Dori, au Burkina Faso."),
    ];
    take_in(&folder, &reports);
    let state = State::open(folder.path(), Gazetteer::embedded(), || NOW.to_owned()).unwrap();
    Server { router: app(state), folder }
}

impl Server {
    /// The reports that features found by some words come from.
    async fn reports_with(&self, collection: &str, q: &str) -> Vec<String> {
        let found = self.get(&format!("/api/collections/{collection}/items?q={}", escaped(q))).await.json();
        let of = |f: &serde_json::Value| f["properties"]["report_id"].as_str().or(f["id"].as_str()).unwrap().to_owned();
        let mut ids: Vec<String> = found["features"].as_array().unwrap().iter().map(of).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

#[tokio::test]
async fn a_place_is_found_in_all_scripts() {
    let server = reading();
    for collection in ["incidents", "mentions", "reports"] {
        for (q, expected) in [
            ("Gao", &["ar-gao", "fr-gao"][..]),
            ("غاو", &["ar-gao", "fr-gao"]),
            ("جاو", &["ar-gao", "fr-gao"]),
            ("Tombouctou", &["ar-timbuktu"]),
            ("Timbuktu", &["ar-timbuktu"]),
            ("تمبكتو", &["ar-timbuktu"]),
            ("Dori", &["fr-dori"]),
            ("Kidal", &[]),
        ] {
            assert_eq!(server.reports_with(collection, q).await, expected, "{collection}: {q}");
        }
    }
}

#[tokio::test]
async fn the_other_words_of_a_search_must_be_there_as_before() {
    let server = reading();
    for (q, expected) in
        [("Gao soldats", &["fr-gao"][..]), ("Gao مدنيين", &["ar-gao"]), ("Burkina Faso civils", &["fr-dori"]), ("Gao Dori", &[])]
    {
        assert_eq!(server.reports_with("incidents", q).await, expected, "{q}");
    }
}
