//! Copies of texts are found, other texts on the same things are not.

use std::path::Path;

use dalil::intake::{Sketched, originals};
use dalil::text::Text;
use dalil::text::sketch::Sketch;

/// The own reports, in three languages; some tell the same events.
fn texts() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reports.jsonl");
    let records = std::fs::read_to_string(path).unwrap();
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
    records.lines().map(text).filter(|t| t.split_whitespace().count() >= 60).collect()
}

fn sketch(text: &str) -> Sketch {
    Sketch::of(&Text::read(text))
}

/// What desks do with wire copy, and its name.
type Edit = (&'static str, fn(&str) -> String);

const EDITS: [Edit; 5] = [
    ("its first half", |text| words(text, |at, all| at < all / 2)),
    ("its last two thirds", |text| words(text, |at, all| at >= all / 3)),
    ("every fifteenth word taken out", |text| words(text, |at, _| at % 15 != 7)),
    ("headed and signed anew", |text| {
        format!(
            "عاجل - خاص بالموقع، من مراسلنا في المنطقة:\n{text}\nاقرأ أيضا على موقعنا. Lire aussi sur notre site. Read more on our site."
        )
    }),
    ("another toll", |text| text.replace(['1', '3', '٣', '5', '٥'], "7")),
];

fn words(text: &str, is_kept: impl Fn(usize, usize) -> bool) -> String {
    let all: Vec<&str> = text.split_whitespace().collect();
    all.iter().enumerate().filter(|(at, _)| is_kept(*at, all.len())).map(|(_, w)| *w).collect::<Vec<_>>().join(" ")
}

#[test]
fn copies_share_more_than_reports_of_the_same_thing_do() {
    let texts = texts();
    assert!(texts.len() > 60, "{}", texts.len());
    let sketches: Vec<Sketch> = texts.iter().map(|t| sketch(t)).collect();
    let mut least: (f64, &str) = (1.0, "");
    let mut missed = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        for (edit, made) in EDITS {
            let copy = sketch(&made(text));
            let (share, both) = sketches[number].shared(&copy);
            if share < least.0 {
                least = (share, edit);
            }
            let found = dalil::text::sketch::copies(&[sketches[number].clone(), copy]);
            if found[1].is_none() {
                missed.push(format!("{edit} of report {number}: {share:.2}, {both} in common"));
            }
        }
    }
    let pairs = || (0..sketches.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let most = pairs().map(|(a, b)| (sketches[a].shared(&sketches[b]), a, b)).max_by(|x, y| x.0.0.total_cmp(&y.0.0)).unwrap();
    println!("of {} texts: least of a copy {least:?}, most of others {most:?}; {missed:?}", texts.len());
    let made = EDITS.len() * texts.len();
    assert!(missed.len() * 100 <= made, "{} of {made}: {missed:?}", missed.len());
    assert_eq!(dalil::text::sketch::copies(&sketches).iter().flatten().count(), 0, "{most:?}");
}

#[test]
fn who_published_first_is_the_original_in_any_order() {
    let text = &texts()[0];
    let report = |id: &str, day: Option<&str>, text: &str| Sketched {
        id: id.to_owned(),
        published: day.map(|d| d.parse().unwrap()),
        sketch: sketch(text),
    };
    let all = || {
        vec![
            report("b", Some("2022-09-08"), text),
            report("c", None, &words(text, |at, all| at < all / 2)),
            report("a", Some("2022-09-09"), text),
            report("other", Some("2022-09-07"), &texts()[1]),
        ]
    };
    let told = originals(all());
    assert_eq!(told.iter().map(|(copy, of)| (copy.as_str(), of.as_str())).collect::<Vec<_>>(), [("a", "b"), ("c", "b")]);
    let mut turned = all();
    turned.reverse();
    assert_eq!(originals(turned), told);
}
