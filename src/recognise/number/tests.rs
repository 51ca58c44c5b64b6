use super::*;
use crate::lang::lists::Lists;
use crate::recognise::phrases;

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
    let files = [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/numbers.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/numbers.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/numbers.txt")),
    ];
    phrases::check(files, read_all);
}
