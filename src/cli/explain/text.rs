//! The answer to «why» for people: a column of labels, then the words, those of the report last on the line.

use std::io::{self, Write};

use crate::layer::properties::{
    AnswerShape, CandidateShape, ReasonShape, RecognitionShape, ToponymPlace, TrialShape, TriedShape, WhyShape,
};

/// Prints one answer and an empty line.
pub(super) fn print(out: &mut impl Write, why: &WhyShape) -> io::Result<()> {
    writeln!(out, "{}–{}  {}  {}", why.start, why.end, quoted(&why.text), why.report_id)?;
    line(out, "is", &answer(why))?;
    for (number, tried) in why.tried.iter().enumerate() {
        line(out, if number == 0 { "looked up" } else { "" }, &looked_up(tried))?;
    }
    if let Some(recognition) = &why.recognition {
        recognised(out, recognition)?;
    }
    spellings(out, why)?;
    for (number, candidate) in why.candidates.iter().enumerate() {
        candidate_lines(out, if number == 0 { "could be" } else { "" }, candidate)?;
    }
    if let Some(balance) = &why.balance {
        let carried = match balance.decisive.as_slice() {
            [] => "no reason alone carries it".to_owned(),
            alone => format!("not without: {}", alone.iter().map(|r| isolated(&r.what)).collect::<Vec<_>>().join("; ")),
        };
        let ahead = format!("{:+.2} against {}; {carried}", balance.margin, isolated(&balance.second));
        line(out, "ahead by", &ahead)?;
    }
    trials(out, why)?;
    writeln!(out)
}

fn line(out: &mut impl Write, label: &str, rest: &str) -> io::Result<()> {
    writeln!(out, "  {label:<10} {rest}")
}

fn answer(why: &WhyShape) -> String {
    match &why.answer {
        None => "no mention of a place".to_owned(),
        Some(AnswerShape { kind, place: None, .. }) if why.candidates.is_empty() => format!("{kind}, a name whose place is not known"),
        Some(AnswerShape { kind, place: None, .. }) => format!("{kind}, a name of which no place is sure enough to be told"),
        Some(AnswerShape { kind, place: Some(place), confidence }) => {
            format!("{kind}, {}, confidence {confidence:.2}, lon {}, lat {}, {}", placed(place), place.lon, place.lat, place.id)
        }
    }
}

fn placed(place: &ToponymPlace) -> String {
    let units: Vec<&str> = [&place.admin1, &place.country].into_iter().flatten().map(String::as_str).collect();
    if units.is_empty() { isolated(&place.name) } else { format!("{} ({})", isolated(&place.name), isolated(&units.join(", "))) }
}

fn looked_up(tried: &TriedShape) -> String {
    let found = match tried.outcome {
        "unknown" => "no name begins so".to_owned(),
        "beginning" => "names begin so, none is this".to_owned(),
        "acronym" => "an acronym, only in capitals".to_owned(),
        "passed_over" => format!("{}, passed over for a longer one", bearers(tried.places)),
        "refused" => format!("{}, refused", bearers(tried.places)),
        "taken" => format!("{}, taken", bearers(tried.places)),
        "lower_case" => "not looked up: lower case, in a report that has capitals".to_owned(),
        _ => "not looked up: no word".to_owned(),
    };
    let cut = if tried.cut.is_empty() { String::new() } else { format!(" without {}", quoted(&tried.cut)) };
    format!("{found:<46} {}{cut}", quoted(&tried.words))
}

fn bearers(places: usize) -> String {
    if places == 1 { "a name of 1 place".to_owned() } else { format!("a name of {places} places") }
}

fn recognised(out: &mut impl Write, recognition: &RecognitionShape) -> io::Result<()> {
    let spare = recognition.strength - recognition.needed;
    let verdict = if spare >= 0.0 { format!("{spare:.2} to spare") } else { format!("{:.2} too little", -spare) };
    line(out, "a name?", &format!("{:+.2} where {:.2} is needed: {verdict}", recognition.strength, recognition.needed))?;
    for ground in &recognition.grounds {
        let mark = if recognition.alone.contains(&ground.what.as_str()) { "  (decides alone)" } else { "" };
        line(out, "", &format!("{:+6.2}  {}{mark}", ground.weight, ground.what))?;
    }
    Ok(())
}

fn spellings(out: &mut impl Write, why: &WhyShape) -> io::Result<()> {
    if why.candidates.is_empty() && why.recognition.is_none() && why.near.is_empty() {
        return line(out, "spelt like", "no name that is recorded");
    }
    for (number, near) in why.near.iter().enumerate() {
        let country = near.country.as_deref().unwrap_or("–");
        let cost = format!("costs {:.2} a letter where {:.2} may pass", near.cost_a_letter, why.near_allowed);
        let label = if number == 0 { "spelt like" } else { "" };
        line(out, label, &format!("{cost}  {} ({country}), {}", isolated(&near.name), quoted(&near.matched)))?;
    }
    Ok(())
}

fn candidate_lines(out: &mut impl Write, label: &str, candidate: &CandidateShape) -> io::Result<()> {
    let score = candidate.score.map_or_else(|| "      ".to_owned(), |score| format!("{score:+6.2}"));
    let country = candidate.country.as_deref().unwrap_or("–");
    let place =
        format!("{score}  {} ({country}), lon {}, lat {}, {}", isolated(&candidate.name), candidate.lon, candidate.lat, candidate.id);
    line(out, label, &place)?;
    for ReasonShape { what, weight } in &candidate.reasons {
        line(out, "", &format!("          {weight:+6.2}  {}", isolated(what)))?;
    }
    Ok(())
}

fn trials(out: &mut impl Write, why: &WhyShape) -> io::Result<()> {
    if why.is_too_long {
        return line(out, "what if", "the report is too long to be read again for that");
    }
    let mut label = "what if";
    for trial in why.trials.iter().filter(|t| t.is_other).chain(why.trials.iter().filter(|t| !t.is_other)) {
        let then = if trial.is_other { answer_then(trial) } else { the_same(trial) };
        line(out, label, &format!("{} → {then}", otherwise(trial)))?;
        label = "";
    }
    Ok(())
}

fn otherwise(trial: &TrialShape) -> String {
    let word = quoted(&trial.word);
    match trial.what {
        "kind_word" | "preposition" => format!("{word} before it"),
        "beside" => format!("{word} in brackets behind it"),
        "without_before" => format!("without {word} before it"),
        _ => format!("without {word} in the report"),
    }
}

fn answer_then(trial: &TrialShape) -> String {
    match &trial.answer {
        None => "no mention".to_owned(),
        Some(AnswerShape { place: None, .. }) => "a name, its place not told".to_owned(),
        Some(AnswerShape { kind, place: Some(place), confidence }) => format!("{kind}, {}, confidence {confidence:.2}", placed(place)),
    }
}

fn the_same(trial: &TrialShape) -> String {
    match trial.answer.as_ref().filter(|a| a.place.is_some()) {
        Some(answer) => format!("the same, confidence {:.2}", answer.confidence),
        None => "the same".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    isolated(&format!("«{}»", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Words from right to left set apart, so that the numbers beside them stay where they are: first strong isolate, pop.
fn isolated(text: &str) -> String {
    let is_rtl = text.chars().any(|c| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'));
    if is_rtl { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}
