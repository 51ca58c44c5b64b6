use super::*;
use crate::lang::lists::Lists;
use crate::recognise::phrases;

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
    let files = [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/times.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/times.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/times.txt")),
    ];
    phrases::check(files, |phrase, lang| match phrase.strip_prefix("(no day) ") {
        Some(phrase) => read_all(phrase, lang, None),
        None => read_all(phrase, lang, Some(PUBLISHED)),
    });
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

#[test]
fn days_of_the_hijri_calendar_lie_among_the_three() {
    // As announced in Saudi Arabia.
    for (phrase, day) in [
        ("1 رمضان 1443", "2022-04-02"),
        ("1 شوال 1443", "2022-05-02"),
        ("10 ذو الحجة 1443", "2022-07-09"),
        ("12 ربيع الأول 1444", "2022-10-08"),
        ("1 محرم 1445", "2023-07-19"),
    ] {
        let text = Text::read(phrase);
        let found = times(&text, &Signs::of(&text, Lists::of(Lang::Ar)), Lang::Ar, None);
        let date = found.first().and_then(|m| m.date).expect("a Hijri date with its year needs no day of publication");
        let day: civil::Date = day.parse().expect("a day is YYYY-MM-DD");
        assert!(date.start <= day && day <= date.end && date.precision == 2, "{phrase}: {}..{}", date.start, date.end);
    }
}

#[test]
fn a_night_is_told_from_the_day_named_before_when_that_is_the_day_before_the_report() {
    let phrase = "The army said on Tuesday. A village was struck overnight";
    assert_eq!(read_all(phrase, Lang::En, Some(PUBLISHED)), "2022-09-13 2022-09-12..2022-09-13");
}
