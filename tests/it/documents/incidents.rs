//! A saved page gives what its text gives.

use std::fs;
use std::path::PathBuf;

use dalil::gazetteer::Gazetteer;
use dalil::incident::{self, Incident};
use dalil::recognise::Report;

use super::found;

/// An article as papers print it, around the text of a report.
fn page(text: &str) -> String {
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('«', "&laquo;").replace('»', "&raquo;");
    let mut lines = text.lines().filter(|l| !l.trim().is_empty()).map(escaped);
    let headline = lines.next().unwrap();
    let body: String =
        lines.map(|line| format!("<p>{line}</p>\n<div class=\"ad-slot ads\">Publicité</div>\n")).collect::<Vec<_>>().concat();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{headline}</title></head><body><nav><a href=/>Syria</a> <a href=/m>Mali</a></nav>\
         <article><h1>{headline}</h1><div class=share><a href=#>Facebook</a></div>{body}</article>\
         <aside><p>Bombing kills 90 in Kabul</p></aside><footer>Paris 2022</footer></body></html>"
    )
}

fn told(incident: &Incident) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        incident.granularity,
        incident.status,
        incident.sub_event_type,
        incident.place_surface,
        (incident.dates, incident.killed.as_ref().map(|k| (k.low, k.high)))
    )
}

#[test]
fn a_saved_page_gives_the_incidents_of_its_text() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let gazetteer = Gazetteer::embedded();
    let published = Some(jiff::civil::date(2022, 9, 10));
    for name in ["01-talataye-ar.txt", "02-solhan-fr.txt", "03-palma-en.txt", "04-tchoma-bangou-ar.txt"] {
        let plain = fs::read_to_string(folder.join(name)).unwrap();
        let document = found("a.html", page(&plain).as_bytes()).remove(0).unwrap();
        let read = |text: String, title: Option<String>| {
            let report = Report { id: "r".into(), text, title, published, ..Report::default() };
            incident::read(&report, &gazetteer).incidents.iter().map(told).collect::<Vec<_>>()
        };
        let lines: Vec<&str> = plain.lines().filter(|l| !l.trim().is_empty()).collect();
        assert_eq!(document.text, lines[1..].join("\n"), "{name}");
        assert_eq!(read(document.text, document.title), read(plain, None), "{name}");
    }
}
