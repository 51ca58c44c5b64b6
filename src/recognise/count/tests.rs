use super::*;
use crate::recognise::number::numbers;
use crate::recognise::phrases;
use crate::recognise::time::times;

pub(super) fn read(phrase: &str, lang: Lang) -> Vec<Count> {
    let text = Text::read(phrase);
    let lists = Lists::of(lang);
    let signs = Signs::of(&text, lists);
    let published = "2022-09-14".parse().ok();
    counts(&text, &signs, lists, &numbers(&text, &signs, lang), &times(&text, &signs, lang, published))
}

/// `k30 k17 i5`: k killed, i injured, a abducted, m missing, d displaced, r arrested; low..high a range, ≥ > ~ ≤ < the
/// qualifier, ! attackers, ( ) a part of the group before, ? vague.
fn told(counts: &[Count]) -> String {
    let one = |c: &Count| {
        let harm = match c.harm {
            Harm::Killed => 'k',
            Harm::Injured => 'i',
            Harm::Abducted => 'a',
            Harm::Missing => 'm',
            Harm::Displaced => 'd',
            Harm::Arrested => 'r',
        };
        let sign = match c.qualifier {
            Some(Qualifier::AtLeast) => "≥",
            Some(Qualifier::MoreThan) => ">",
            Some(Qualifier::About) => "~",
            Some(Qualifier::UpTo) => "≤",
            Some(Qualifier::LessThan) => "<",
            Some(Qualifier::Between) | None => "",
        };
        let value = if c.low == c.high { c.low.to_string() } else { format!("{}..{}", c.low, c.high) };
        let marks = format!("{}{}", if c.is_attackers { "!" } else { "" }, if c.is_vague { "?" } else { "" });
        if c.part_of_previous { format!("({harm}{sign}{value}{marks})") } else { format!("{harm}{sign}{value}{marks}") }
    };
    if counts.is_empty() { "-".to_owned() } else { counts.iter().map(one).collect::<Vec<_>>().join(" ") }
}

#[test]
fn the_phrases_give_their_tolls() {
    let files = [
        (Lang::Ar, include_str!("../../../tests/phrases/ar/counts.txt")),
        (Lang::Fr, include_str!("../../../tests/phrases/fr/counts.txt")),
        (Lang::En, include_str!("../../../tests/phrases/en/counts.txt")),
    ];
    phrases::check(files, |phrase, lang| told(&read(phrase, lang)));
}

#[test]
fn joined_counts_add_up_and_parts_do_not() {
    for (phrase, lang, sum) in [
        ("قُتل ما لا يقل عن 30 مدنياً و17 من مقاتلي الجماعة وثلاثة من أعضاء الحركة", Lang::Ar, 50),
        ("قُتل 42 جنديًا وعشرة مدنيين في هذا الهجوم", Lang::Ar, 52),
        ("At least 50 people were killed, including 30 civilians and 17 soldiers", Lang::En, 50),
        ("A toll of 6 killed: 4 soldiers and 2 civilians", Lang::En, 6),
        ("Quatre soldats américains et quatre soldats nigériens ont été tués", Lang::Fr, 8),
    ] {
        let killed: Vec<Count> = read(phrase, lang).into_iter().filter(|c| c.harm == Harm::Killed).collect();
        assert_eq!(total(&killed), (Some(sum), Some(sum)), "{phrase}: {}", told(&killed));
    }
    assert_eq!(total(&Vec::new()), (None, None));
}

#[test]
fn the_persons_are_told_in_the_words_of_the_text() {
    let found = read("قُتل 42 جنديًا وعشرة مدنيين", Lang::Ar);
    assert_eq!(
        found.iter().map(|c| (c.who.as_str(), c.who_kind.as_deref())).collect::<Vec<_>>(),
        [("جنديًا", Some("soldiers")), ("مدنيين", Some("civilians"))]
    );
    assert_eq!(read("seize soldats nigériens tués", Lang::Fr)[0].who, "soldats");
}

mod anything {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of reports in disorder: the grammar meets what no writer wrote.
    const PIECES: &[&str] = &[
        "قتل",
        "مقتل",
        "12",
        "جنديا",
        "و",
        "وعشرة",
        "مدنيين",
        "بينهم",
        "منهم",
        "على الأقل",
        "،",
        ".",
        "(",
        ")",
        "يوم",
        "الأحد",
        "سبتمبر",
        "/",
        "2022",
        "killed",
        "at least",
        "soldiers",
        "including",
        "of them",
        "a",
        "soldier",
        "died",
        "twenty",
        "-",
        "one",
        "million",
        "1,5",
        "99999999999",
        "tués",
        "vingt",
        "et",
        "un",
        "dont",
        "blessés",
        "une dizaine",
        "de",
        "dans la nuit de",
        "mardi",
        "à",
        "mercredi",
        "il y a",
        "trois mois",
        "31",
        "06/09/2022",
        "0",
        "آلاف",
        "عشرات",
        "between",
        "from",
        "to",
        "last",
        "قبل",
        "أشهر",
        ":",
        "\u{200F}",
        "%",
        "$",
    ];

    proptest! {
        #[test]
        fn no_text_panics_and_spans_lie_inside(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
            noise in "\\PC{0,40}",
            glue in prop::sample::select(vec![" ", "", "\u{00A0}"]),
        ) {
            let phrase = format!("{}{noise}", pieces.join(glue));
            let text = Text::read(&phrase);
            for lang in Lang::ALL {
                let lists = Lists::of(lang);
                let signs = Signs::of(&text, lists);
                let numbers = numbers(&text, &signs, lang);
                let times = times(&text, &signs, lang, "2022-09-14".parse().ok());
                let counts = counts(&text, &signs, lists, &numbers, &times);
                let ranges = numbers.iter().map(|n| &n.tokens).chain(times.iter().map(|t| &t.tokens)).chain(counts.iter().map(|c| &c.tokens));
                for range in ranges {
                    prop_assert!(range.start < range.end && range.end <= text.tokens.len());
                }
                prop_assert!(numbers.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start));
                prop_assert!(times.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start));
                prop_assert!(numbers.iter().all(|n| n.low <= n.high));
                prop_assert!(times.iter().filter_map(|t| t.date).all(|d| d.start <= d.end));
            }
        }
    }
}
