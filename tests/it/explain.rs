//! Why a word is a place or is none: the reasons are those of the reading, and what is said would change it does.

use std::fs;
use std::process::{Command, Output};

use dalil::gazetteer::Gazetteer;
use dalil::incident;
use dalil::incident::why::Asked;
use dalil::layer;
use dalil::layer::properties::WhyShape;
use dalil::recognise::{MentionKind, Report};
use dalil::resolve::corrections::Corrections;
use dalil::text::Text;
use serde_json::Value;

fn report(text: &str) -> Report {
    Report {
        id: "r".to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published: None,
        source: None,
        url: None,
        ..Report::default()
    }
}

/// The answer for the last letter of some words of a text.
fn why(text: &str, words: &str) -> WhyShape {
    let (report, gazetteer, corrections) = (report(text), Gazetteer::embedded(), Corrections::default());
    let read = Text::read(text);
    let asked = Asked::of(&report, &read, &gazetteer, &corrections);
    let at = text.find(words).unwrap() + words.char_indices().next_back().unwrap().0;
    layer::why(&report, &asked.why_and_what_if(at as u32).unwrap(), &gazetteer)
}

fn place_of(why: &WhyShape) -> Option<&str> {
    why.answer.as_ref()?.place.as_ref().map(|p| p.id.as_str())
}

/// What stands in the examples that everybody can read.
fn examples() -> Vec<Report> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files.iter().map(|file| report(&fs::read_to_string(file).unwrap())).collect()
}

#[test]
fn an_explanation_is_of_the_answer_that_reading_gives_and_its_grounds_add_up() {
    let (gazetteer, corrections) = (Gazetteer::embedded(), Corrections::default());
    let mut count = 0;
    for report in examples() {
        let text = Text::read(&report.text);
        let asked = Asked::of(&report, &text, &gazetteer, &corrections);
        let findings = incident::read(&report, &gazetteer);
        assert_eq!(asked.resolutions.len(), findings.mentions.len());
        for mention in findings.mentions.iter().filter(|m| m.kind != MentionKind::Relative) {
            let why = asked.why(mention.span.start).unwrap();
            let told = why.resolution.as_ref().unwrap();
            let answer = |r: &dalil::resolve::Resolution| (r.span, r.kind, r.place.as_ref().map(|p| p.id.clone()));
            assert_eq!(answer(told), answer(mention));
            assert!((told.confidence - mention.confidence).abs() < 1e-9);
            let sum: f64 = why.spot.grounds.iter().map(|g| g.weight).sum();
            assert!((sum - why.spot.strength.unwrap()).abs() < 1e-6, "{}: {:?}", text.slice(mention.span), why.spot.grounds);
            let shape = layer::why(&report, &why, &gazetteer);
            for candidate in &shape.candidates {
                let sum: f64 = candidate.reasons.iter().map(|r| r.weight).sum();
                assert!((sum - candidate.score.unwrap()).abs() < 0.02, "{candidate:?}");
            }
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} mentions in the examples");
}

#[test]
fn a_word_that_is_no_place_tells_what_was_looked_up() {
    let answer = why("وكان الجنود في قرية تلاتاي شرق مالي.", "وكان");
    assert!(answer.answer.is_none() && answer.recognition.is_none());
    let tried: Vec<_> = answer.tried.iter().map(|t| (t.cut.as_str(), t.words.as_str())).collect();
    assert_eq!(tried, [("", "وكان"), ("و", "كان"), ("وك", "ان")]);
    assert!(answer.tried.iter().all(|t| t.places == 0 && t.outcome != "taken"));
    let lower = why("The army left the market of Gao in Mali.", "market");
    assert_eq!(lower.tried.iter().map(|t| t.outcome).collect::<Vec<_>>(), ["lower_case"]);
}

#[test]
fn every_reading_behind_a_prefix_is_told_and_the_one_taken_is_marked() {
    let answer = why("قُتل جنديان وبالرقة في سوريا.", "وبالرقة");
    assert_eq!(answer.text, "الرقة");
    let taken: Vec<_> = answer.tried.iter().filter(|t| t.outcome == "taken").map(|t| (t.cut.as_str(), t.words.as_str())).collect();
    assert_eq!(taken, [("وب", "الرقه")]);
    assert!(answer.tried.iter().any(|t| t.outcome == "unknown") && answer.tried.iter().any(|t| t.outcome == "passed_over"));
}

#[test]
fn a_refused_name_tells_what_it_lacks_and_what_would_do() {
    let answer = why("Nice work was done by the soldiers in Mali.", "Nice");
    let recognition = answer.recognition.as_ref().unwrap();
    assert!(answer.answer.is_none() && recognition.strength < recognition.needed, "{answer:?}");
    assert!(answer.candidates.iter().any(|c| c.name == "Nice" && c.score.is_none()), "{:?}", answer.candidates);
    let would_do: Vec<_> = answer.trials.iter().filter(|t| t.is_other && t.answer.is_some()).map(|t| t.what).collect();
    assert!(would_do.contains(&"kind_word"), "{:?}", answer.trials);
}

#[test]
fn what_is_said_would_change_the_answer_does_when_the_report_says_it() {
    let text = "Une explosion a fait deux morts à Tripoli. La Libye est en deuil.";
    let answer = why(text, "Tripoli");
    let beside = answer.trials.iter().find(|t| t.what == "beside").unwrap();
    let changed = text.replace("Tripoli", &format!("Tripoli ({})", beside.word));
    assert_eq!(why(&changed, "Tripoli").answer, beside.answer);
    let answer = why("Une explosion a fait deux morts à Tripoli. Le Liban est en deuil.", "Tripoli");
    let without = answer.trials.iter().find(|t| t.what == "without_name").unwrap_or_else(|| panic!("{:?}", answer.trials));
    assert_eq!(without.word, "Liban");
}

#[test]
fn the_balance_names_the_reasons_that_carry_the_choice() {
    let answer = why("Une explosion a fait deux morts à Tripoli. Le Liban est en deuil.", "Tripoli");
    assert_eq!(answer.answer.as_ref().unwrap().place.as_ref().unwrap().country.as_deref(), Some("LB"), "{answer:?}");
    let balance = answer.balance.as_ref().unwrap();
    let lead = answer.candidates[0].score.unwrap() - answer.candidates[1].score.unwrap();
    assert!((balance.margin - lead).abs() < 0.01 && balance.margin > 0.0);
    let bare = |what: &str| what.replace(|c: char| c.is_ascii_digit(), "");
    for reason in &answer.candidates[0].reasons {
        let same = answer.candidates[1].reasons.iter().find(|r| bare(&r.what) == bare(&reason.what)).map_or(0.0, |r| r.weight);
        let is_decisive = balance.decisive.iter().any(|r| r.what == reason.what);
        let gain = reason.weight - same;
        assert_eq!(is_decisive, gain > 0.0 && gain >= lead - 0.01, "{reason:?} with a lead of {lead}");
    }
}

#[test]
fn any_spot_of_any_text_has_an_answer_or_none_and_nothing_panics() {
    let (gazetteer, corrections) = (Gazetteer::embedded(), Corrections::default());
    for text in
        ["", " \n", "«»", "نيجيرياوتشاد وبالرقة", "Gao (Gao) 150 km north of", "À l'est d'Aïn-Zara, 12,5 km. \u{202E}oaG", "🙂Gao🙂", "كك"]
    {
        let report = report(text);
        let read = Text::read(text);
        let asked = Asked::of(&report, &read, &gazetteer, &corrections);
        for byte in 0..=text.len() as u32 + 2 {
            let answer = asked.why_and_what_if(byte).map(|why| layer::why(&report, &why, &gazetteer));
            assert_eq!(answer.is_none(), read.tokens.is_empty(), "{text}");
        }
    }
}

#[test]
fn a_long_report_is_explained_without_being_read_again() {
    let text = format!("Attaque à Gao, au Mali. {}", "Le calme est revenu. ".repeat(6_000));
    let answer = why(&text, "Gao");
    assert!(answer.is_too_long && answer.trials.is_empty() && place_of(&answer).is_some());
}

fn explain(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.txt");
    fs::write(&file, "قُتل جنديان في مدينة غاو شمال مالي. وكان الهجوم على قرية تلاتاي.").unwrap();
    let mut all = vec!["explain", file.to_str().unwrap()];
    all.extend(arguments);
    Command::new(env!("CARGO_BIN_EXE_dalil")).args(all).output().unwrap()
}

#[test]
fn the_command_explains_all_mentions_one_spot_or_one_word() {
    let text = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let json = |output: &Output| text(output).lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).collect::<Vec<_>>();
    let all = explain(&["--format", "json"]);
    assert_eq!(all.status.code(), Some(0));
    assert!(json(&all).len() >= 3 && json(&all).iter().all(|w| w["trials"] == serde_json::json!([])), "{}", text(&all));
    let one = json(&explain(&["--word", "غاو", "--format", "json"]));
    assert_eq!((one.len(), one[0]["answer"]["place"]["country"].as_str()), (1, Some("ML")));
    let start = one[0]["start"].as_u64().unwrap();
    assert_eq!(json(&explain(&["--at", &start.to_string(), "--format", "json"])), one);
    let none = explain(&["--word", "كان"]);
    assert!(none.status.code() == Some(0) && text(&none).contains("no mention of a place"), "{}", text(&none));
}

#[test]
fn a_spot_that_is_not_there_is_refused_and_a_call_that_cannot_be_is_unusable() {
    for (arguments, status) in [
        (&["--at", "3000"][..], 1),
        (&["--word", "كيدال"][..], 1),
        (&["--word", "!"][..], 2),
        (&["--at", "3", "--word", "غاو"][..], 2),
        (&["--at", "x"][..], 2),
        (&["--format", "xml"][..], 2),
    ] {
        let output = explain(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}
