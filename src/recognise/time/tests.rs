use super::*;
use crate::lang::lists::Lists;

fn read_all(phrase: &str, lang: Lang, published: Option<&str>) -> String {
    let text = Text::read(phrase);
    let signs = Signs::of(&text, Lists::of(lang));
    let published = published.map(|p| p.parse().expect("a day of publication is YYYY-MM-DD"));
    let found: Vec<String> = times(&text, &signs, lang, published)
        .into_iter()
        .map(|m| {
            let days = match m.date {
                None => "?".to_owned(),
                Some(d) if d.start == d.end => d.start.to_string(),
                Some(d) => format!("{}..{}", d.start, d.end),
            };
            format!("{days}{}{}", if m.is_since { "+" } else { "" }, if m.is_future { "!" } else { "" })
        })
        .collect();
    if found.is_empty() { "-".to_owned() } else { found.join(" ") }
}

/// The day of publication of the phrases, a Wednesday.
const PUBLISHED: &str = "2022-09-14";

#[test]
fn the_phrases_give_their_days() {
    let mut failures = Vec::new();
    for (lang, file) in [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/times.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/times.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/times.txt")),
    ] {
        let rows: Vec<_> = file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        assert!(rows.len() >= 60, "{} has {} rows", lang.code(), rows.len());
        for row in rows {
            let (expected, phrase) = row.split_once('\t').expect("a row is: expected, tab, phrase");
            let (phrase, published) = match phrase.strip_prefix("(no day) ") {
                Some(phrase) => (phrase, None),
                None => (phrase, Some(PUBLISHED)),
            };
            let found = read_all(phrase, lang, published);
            if found != expected {
                failures.push(format!("{} «{phrase}»: {found}, expected {expected}", lang.code()));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn a_mention_covers_its_weekday_and_part_of_day() {
    let phrase = "وقع الهجوم مساء الأحد 25 سبتمبر/أيلول 2022 قرب غاو";
    let text = Text::read(phrase);
    let found = times(&text, &Signs::of(&text, Lists::of(Lang::Ar)), Lang::Ar, None);
    assert_eq!(found.len(), 1);
    assert_eq!(text.slice(found[0].span), "مساء الأحد 25 سبتمبر/أيلول 2022");
    assert_eq!(found[0].partial, Partial { year: Some(2022), month: Some(9), days: Some((25, 25)), weekdays: Some((7, 7)) });
}

#[test]
fn a_partial_date_takes_the_only_year_of_the_text() {
    assert_eq!(read_all("Le 6 mars 2021 puis le 9 mars", Lang::Fr, None), "2021-03-06 2021-03-09");
    assert_eq!(read_all("Le 6 mars 2021, le 7 mars 2022 puis le 9 mars", Lang::Fr, None), "2021-03-06 2022-03-07 ?");
}
