//! Reports that never were: sentences of our own filled with places of the gazetteer, by a fixed seed.
//!
//! They teach how the places of one report lie to each other: of a local paper within a few hours' drive with somewhere famous in
//! between, of a national one over a country, of a world desk anywhere.

use std::collections::BTreeMap;

use crate::gazetteer::{Gazetteer, Place};
use crate::lang::Lang;
use crate::recognise::Report;
use crate::text::Span;

use super::Lesson;

/// The sentences, by language.
const SENTENCES: &str = include_str!("../../../geodata/model/sentences.tsv");
/// Where chance begins; any number would do, as long as it stays.
const SEED: u64 = 20_261_121;
/// Sentences of a report.
const LENGTH: usize = 5;
/// Of ten reports so many are local,
const LOCAL: u64 = 6;
/// and so many national; the others are of the world.
const NATIONAL: u64 = 3;
/// Of ten sentences of a local report one is about somewhere famous.
const ELSEWHERE: u64 = 1;
/// How far a local report reaches, degrees of latitude: about 100 km.
const REACH: f64 = 0.9;
/// Towns that «near» is drawn from.
const AROUND: usize = 12;

/// Made reports, each with the places meant.
pub fn reports(count: usize, weight: f64, gazetteer: &Gazetteer) -> Vec<Lesson> {
    let world = World::of(gazetteer);
    let mut chance = Chance(SEED);
    (0..count).map(|number| world.report(number, weight, &mut chance)).collect()
}

/// A generator of numbers that are the same everywhere (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u64) as usize)
    }
}

struct World<'g> {
    gazetteer: &'g Gazetteer,
    /// Settlements in the order of the table.
    towns: Vec<Place<'g>>,
    /// People up to each town, so that a person drawn gives a town.
    people: Vec<u64>,
    by_country: BTreeMap<&'g str, Vec<usize>>,
}

/// A report in the making.
struct Draft {
    lang: Lang,
    text: String,
    names: Vec<(Span, Option<geo::Point>)>,
}

impl Draft {
    fn name(&mut self, place: Place, gazetteer: &Gazetteer) {
        let name = name_in(self.lang, place);
        let start = self.text.len() as u32;
        self.text.push_str(name);
        let is_known = gazetteer.by_name(name).iter().any(|(known, _)| *known == place.reference());
        if is_known {
            self.names.push((Span { start, end: self.text.len() as u32 }, Some(place.point())));
        }
    }
}

fn name_in(lang: Lang, place: Place<'_>) -> &str {
    match lang {
        Lang::Ar => place.name_ar(),
        Lang::Fr => place.name_fr(),
        Lang::En => place.name_en(),
    }
}

impl<'g> World<'g> {
    fn of(gazetteer: &'g Gazetteer) -> World<'g> {
        let towns: Vec<Place<'g>> = gazetteer.places().filter(|p| p.feature().starts_with("PPL") && p.population() > 0).collect();
        let people = towns.iter().scan(0_u64, |sum, town| {
            *sum += u64::from(town.population());
            Some(*sum)
        });
        let mut by_country: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, town) in towns.iter().enumerate() {
            by_country.entry(town.country()).or_default().push(number);
        }
        World { gazetteer, people: people.collect(), towns, by_country }
    }

    /// A town by the number of its people: where most of the world's news is from.
    fn famous(&self, chance: &mut Chance) -> Option<Place<'g>> {
        let person = chance.below(self.people.last().copied().unwrap_or_default());
        self.towns.get(self.people.partition_point(|sum| *sum <= person)).copied()
    }

    /// Towns of a country around a place, nearest first.
    fn around(&self, place: Place<'g>) -> Vec<Place<'g>> {
        let towns = self.by_country.get(place.country()).into_iter().flatten().map(|n| self.towns[*n]);
        let far = |town: &Place| {
            let (north, east) = (town.lat() - place.lat(), (town.lon() - place.lon()) * place.lat().to_radians().cos());
            north.hypot(east)
        };
        let mut near: Vec<(f64, Place<'g>)> = towns.map(|t| (far(&t), t)).filter(|(far, _)| *far <= REACH).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.reference().cmp(&b.1.reference())));
        near.into_iter().map(|(_, town)| town).skip(1).take(AROUND).collect()
    }

    fn report(&self, number: usize, weight: f64, chance: &mut Chance) -> Lesson {
        let lang = [Lang::En, Lang::Fr, Lang::Ar][number % 3];
        let sentences: Vec<&str> =
            SENTENCES.lines().filter_map(|line| line.split_once('\t')).filter(|(code, _)| *code == lang.code()).map(|(_, s)| s).collect();
        let scope = chance.below(10);
        let mut draft = Draft { lang, text: String::new(), names: Vec::new() };
        // Small towns and great ones alike have papers.
        let centre = self.towns.get(chance.below(self.towns.len() as u64) as usize).copied();
        let centre = if scope < LOCAL { centre } else { self.famous(chance) };
        for _ in 0..LENGTH {
            let Some(centre) = centre else { break };
            let is_elsewhere = chance.below(10) < ELSEWHERE;
            let place = match scope {
                scope if scope < LOCAL && !is_elsewhere => {
                    let around = self.around(centre);
                    chance.pick(&around).copied().or(Some(centre))
                }
                scope if (LOCAL..LOCAL + NATIONAL).contains(&scope) => {
                    let towns = self.by_country.get(centre.country()).map(Vec::as_slice).unwrap_or_default();
                    chance.pick(towns).map(|n| self.towns[*n])
                }
                _ => self.famous(chance),
            };
            if let (Some(place), Some(sentence)) = (place, chance.pick(&sentences)) {
                self.fill(sentence, place, chance, &mut draft);
            }
        }
        let report = Report {
            id: format!("silver-{number}"),
            text: draft.text,
            lang: Some(lang),
            title: None,
            published: None,
            source: None,
            url: None,
            ..Report::default()
        };
        Lesson { report, names: draft.names, weight }
    }

    fn fill(&self, sentence: &str, place: Place<'g>, chance: &mut Chance, draft: &mut Draft) {
        let around = self.around(place);
        let mut last = place;
        for piece in sentence.split('{') {
            let Some((slot, rest)) = piece.split_once('}') else {
                draft.text.push_str(piece);
                continue;
            };
            let near = chance.pick(&around).copied().unwrap_or(place);
            let unit = || self.gazetteer.admin1(last.country(), last.admin1()).map(|u| self.gazetteer.place(u));
            let country = || self.gazetteer.country(last.country()).map(|c| self.gazetteer.place(c));
            let named = match slot {
                "place" => Some(place),
                "near" => Some(near),
                "unit" => unit().or_else(country),
                _ => country(),
            };
            let named = named.unwrap_or(place);
            draft.name(named, self.gazetteer);
            if matches!(slot, "place" | "near") {
                last = named;
            }
            draft.text.push_str(rest);
        }
        draft.text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_reports_come_every_time_with_the_names_where_they_say() {
        let gazetteer = Gazetteer::embedded();
        let (once, again) = (reports(6, 1.0, &gazetteer), reports(6, 1.0, &gazetteer));
        for (one, other) in once.iter().zip(&again) {
            assert_eq!((&one.report.text, &one.names), (&other.report.text, &other.names));
            assert!(!one.names.is_empty() && !one.report.text.contains('{'), "{}", one.report.text);
            for (span, _) in &one.names {
                let name = one.report.text.get(span.start as usize..span.end as usize).unwrap();
                assert!(!gazetteer.by_name(name).is_empty(), "{name}");
            }
        }
    }
}
