//! The sequence model: what it finds beyond the index, what it keeps out, that it can be made again.

use std::fs;
use std::path::Path;

use dalil::gazetteer::Gazetteer;
use dalil::lang::Lang;
use dalil::recognise::Without;
use dalil::recognise::model::Model;
use dalil::recognise::model::train::{Example, learn};
use dalil::recognise::toponym::toponyms;
use dalil::text::{Span, Text};

/// Most bytes that the three models may add to the program.
const ROOM: u64 = 8_000_000;

fn found(text: &str, lang: Lang) -> Vec<String> {
    let text = Text::read(text);
    toponyms(&text, lang, &Gazetteer::embedded()).iter().map(|m| text.slice(m.span).to_owned()).collect()
}

#[test]
fn the_embedded_models_are_read_and_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/model");
    let sizes: Vec<u64> = ["ar.crf", "fr.crf", "en.crf"].iter().map(|f| fs::metadata(folder.join(f)).unwrap().len()).collect();
    assert!(sizes.iter().sum::<u64>() <= ROOM, "{sizes:?}");
    for lang in [Lang::Ar, Lang::Fr, Lang::En] {
        Model::of(lang);
    }
}

#[test]
fn names_that_no_index_has_are_found_by_what_stands_around_them() {
    for (text, lang, name) in [
        ("Gunmen stormed Kwanzatuba on Friday night and burned the market, residents of Maiduguri said.", Lang::En, "Kwanzatuba"),
        ("Le marché de Tamboroldi, non loin de la frontière, a été incendié par des hommes armés.", Lang::Fr, "Tamboroldi"),
        ("قتل خمسة مدنيين في قرية تنبرولدي بريف الرقة بعد هجوم شنه مسلحون.", Lang::Ar, "تنبرولدي"),
    ] {
        let found = found(text, lang);
        assert!(found.iter().any(|f| f == name), "{name} in {found:?}");
    }
}

#[test]
fn ordinary_words_and_persons_are_no_places() {
    for (text, lang, word) in [
        ("كان الجنود بين الأشجار حين فتح محل الحي بابه.", Lang::Ar, "كان"),
        ("قال المحلل المالي إن العجز المالي للشركة ارتفع.", Lang::Ar, "المالي"),
        ("La police de la ville a trouvé une bière et deux tours de clé.", Lang::Fr, "tours"),
        ("Reading the report, Mr. Jordan hoped for a nice day.", Lang::En, "Reading"),
        ("Reading the report, Mr. Jordan hoped for a nice day.", Lang::En, "Jordan"),
    ] {
        let found = found(text, lang);
        assert!(!found.iter().any(|f| f == word), "{word} in {found:?}");
    }
}

/// The first sentences of the project's own texts.
fn examples(file: &str, count: usize) -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/training").join(file);
    let content = fs::read_to_string(path).unwrap();
    let lines = content.lines().filter(|l| !l.starts_with('#')).take(count);
    lines
        .map(|line| {
            let (mut text, mut names, mut open) = (String::new(), Vec::new(), 0);
            for c in line.chars() {
                match c {
                    '[' => open = text.len() as u32,
                    ']' => names.push(Span { start: open, end: text.len() as u32 }),
                    c => text.push(c),
                }
            }
            Example { text, names, doubtful: Vec::new(), is_whole: true, weight: 1.0 }
        })
        .collect()
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let (examples, gazetteer) = (examples("fr.txt", 60), Gazetteer::embedded());
    let (once, again) =
        (learn(&examples, Lang::Fr, &gazetteer, Without::default()), learn(&examples, Lang::Fr, &gazetteer, Without::default()));
    assert!(once.features() > 500, "{} features", once.features());
    assert_eq!(once.bytes(), again.bytes());
    assert!(Model::read(&once.bytes()).is_ok());
}

#[test]
fn learning_explains_the_labels_better_with_each_pass() {
    let learned = learn(&examples("en.txt", 60), Lang::En, &Gazetteer::embedded(), Without::default());
    assert!(learned.likelihoods.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", learned.likelihoods);
}
