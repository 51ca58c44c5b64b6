use super::*;
use crate::lang::lists::Lists;

fn read_all(phrase: &str, lang: Lang) -> String {
    let text = Text::read(phrase);
    let signs = Signs::of(&text, Lists::of(lang));
    let found: Vec<String> = numbers(&text, &signs, lang)
        .into_iter()
        .filter(|n| !n.is_definite)
        .map(|n| {
            let value = if n.low == n.high { n.low.to_string() } else { format!("{}..{}", n.low, n.high) };
            let sign = match n.qualifier {
                Some(Qualifier::AtLeast) => "≥",
                Some(Qualifier::MoreThan) => ">",
                Some(Qualifier::About) => "~",
                Some(Qualifier::UpTo) => "≤",
                Some(Qualifier::LessThan) => "<",
                Some(Qualifier::Between) | None => "",
            };
            format!("{sign}{value}{}", if n.is_vague { "?" } else { "" })
        })
        .collect();
    if found.is_empty() { "-".to_owned() } else { found.join(" ") }
}

#[test]
fn the_phrases_give_their_numbers() {
    let mut failures = Vec::new();
    for (lang, file) in [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/numbers.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/numbers.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/numbers.txt")),
    ] {
        let rows: Vec<_> = file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        assert!(rows.len() >= 40, "{} has {} rows", lang.code(), rows.len());
        for row in rows {
            let (expected, phrase) = row.split_once('\t').expect("a row is: expected, tab, phrase");
            let found = read_all(phrase, lang);
            if found != expected {
                failures.push(format!("{} «{phrase}»: {found}, expected {expected}", lang.code()));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
