use super::*;
use crate::lang::grammar::Grammar;
use crate::lang::readings::Readings;
use crate::lang::{Lang, lists};
use crate::recognise::event::EventSigns;
use crate::recognise::{count, number, time};
use crate::text::Text;

/// The country that a phrase is read in («(SY) …»), and the phrase.
fn setting(row: &str) -> (Option<&str>, &str) {
    match row.strip_prefix('(').and_then(|r| r.split_once(") ")) {
        Some((country, phrase)) if country.len() == 2 => (Some(country), phrase),
        _ => (None, row),
    }
}

fn or_none(found: &[String]) -> String {
    if found.is_empty() { "-".to_owned() } else { found.join("; ") }
}

/// A phrase as incidents read it, and its country.
fn read<T>(row: &str, lang: Lang, told: impl Fn(&Recognised<'_>, &[Statement<'_>], Option<&str>) -> T) -> T {
    let (country, phrase) = setting(row);
    let text = Text::read(phrase);
    let read = Readings::of(&text, lang);
    let signs = EventSigns::of(&read, country);
    let lists = lists::Lists::of(lang);
    let words = lists::Signs::of(&text, lists);
    let numbers = number::numbers(&text, &words, lang);
    let times = time::times(&text, &words, lang, None);
    let counts = count::counts(&text, &words, lists, &numbers, &times);
    let all = Recognised {
        text: &text,
        lang,
        grammar: Grammar::of(lang),
        published: None,
        mentions: &[],
        resolutions: &[],
        times: &times,
        counts: &counts,
        numbers: &numbers,
        signs: &signs,
        by_sentence: Recognised::by_sentence(&[], text.sentences.len()),
        anchors: std::collections::BTreeSet::new(),
    };
    let statements: Vec<Statement> = (0..text.sentences.len()).map(|s| Statement::of(&all, s)).collect();
    told(&all, &statements, country)
}

/// The canonical names of all actors named in a phrase, in order.
fn named(row: &str, lang: Lang) -> String {
    let actors = &EventWords::of(lang).actors;
    let names = read(row, lang, |all, statements, _| {
        let found = statements.iter().flat_map(|s| sentence::named(all, s));
        found.filter_map(|actor| actors.get(actor)).map(|a| a.name.clone()).collect::<Vec<_>>()
    });
    or_none(&names)
}

/// `name=role` of the actors of one event told in a phrase, in the order in which they are found.
fn cast(row: &str, lang: Lang) -> String {
    let found = read(row, lang, |all, statements, country| actors(all, statements, Setting { country, day: None, is_unreal: false }));
    or_none(&found.iter().map(|a| format!("{}={}", a.name, a.role)).collect::<Vec<_>>())
}

fn check(files: [(Lang, &str); 3], least: usize, told: fn(&str, Lang) -> String) {
    let mut failures = Vec::new();
    for (lang, file) in files {
        let rows: Vec<_> = file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        assert!(rows.len() >= least, "{} has {} rows", lang.code(), rows.len());
        for row in rows {
            let (expected, phrase) = row.split_once('\t').expect("a row is: expected, tab, phrase");
            let found = told(phrase, lang);
            if found != expected {
                failures.push(format!("{} «{phrase}»: {found}, expected {expected}", lang.code()));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_phrases_give_their_actors() {
    let files = [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/actors.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/actors.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/actors.txt")),
    ];
    check(files, 150, named);
}

#[test]
fn the_phrases_give_their_roles() {
    let files = [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/parts.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/parts.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/parts.txt")),
    ];
    check(files, 40, cast);
}
