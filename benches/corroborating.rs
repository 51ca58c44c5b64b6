//! How long corroboration takes: `cargo bench --bench corroborating` for 10,000 reports, `-- --million` for a million incidents.
//!
//! Reports tell one or two of many attacks in 3,000 places, towns more often than villages; a third do not say the day, one in
//! ten not the day of publication, one in eight only the province, and tolls differ a little. The true groups are known, so pairs are scored too.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::collections::BTreeMap;
use std::time::Instant;

use dalil::incident::corroborate::{Ground, Telling, Who, corroborate};
use dalil::incident::{Granularity, Status, SubEventType};
use jiff::ToSpan;
use jiff::civil::date;

const PLACES: u64 = 3_000;
/// Tellings of one attack, on average.
const TOLD: usize = 3;

/// A linear congruence: the same world on any machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

struct Attack {
    place: u64,
    day: i64,
    toll: u32,
    kind: SubEventType,
    actor: u64,
}

fn main() {
    let is_large = std::env::args().any(|a| a == "--million");
    // Ten years; a report tells 1.5 incidents.
    measure(if is_large { 1_000_000 } else { 15_000 }, if is_large { 3_650 } else { 365 });
}

fn measure(count: usize, days: u64) {
    let making = Instant::now();
    let (tellings, attacks) = world(count, days);
    let made_kb = peak_kb();
    println!(
        "{count} incidents of {} attacks over {days} days made in {:.1} s, {} MB",
        count / TOLD,
        making.elapsed().as_secs_f64(),
        made_kb / 1024
    );
    let working = Instant::now();
    let found = corroborate(&tellings, &[]);
    println!("corroborated in {:.2} s: {} events, peak {} MB", working.elapsed().as_secs_f64(), found.clusters.len(), peak_kb() / 1024);
    let pairs = |sizes: &mut dyn Iterator<Item = usize>| sizes.map(|n| n * (n - 1) / 2).sum::<usize>();
    let mut true_sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for attack in attacks.values() {
        *true_sizes.entry(*attack).or_default() += 1;
    }
    let mut right = 0;
    for cluster in &found.clusters {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for member in &cluster.members {
            *sizes.entry(attacks[member]).or_default() += 1;
        }
        right += pairs(&mut sizes.into_values());
    }
    let (claimed, wanted) = (pairs(&mut found.clusters.iter().map(|c| c.members.len())), pairs(&mut true_sizes.into_values()));
    println!("pairs: precision {:.3}, recall {:.3}", right as f64 / claimed as f64, right as f64 / wanted as f64);
    println!("largest event: {} incidents", found.clusters.iter().map(|c| c.members.len()).max().unwrap_or_default());
}

/// Tellings, and the attack that each tells.
fn world(count: usize, days: u64) -> (Vec<Telling>, BTreeMap<String, usize>) {
    let mut chance = Chance(7);
    let kinds = [SubEventType::Attack, SubEventType::ArmedClash, SubEventType::Ied, SubEventType::AirStrike, SubEventType::Abduction];
    let attacks: Vec<Attack> = (0..count / TOLD)
        .map(|_| {
            let (wide, narrow) = (chance.below(PLACES), chance.below(PLACES));
            Attack {
                // The product of two chances: some towns are in the news every day.
                place: wide * narrow / PLACES,
                day: chance.below(days) as i64,
                toll: (2_000 / (chance.below(1_999) + 1)).min(120) as u32,
                kind: kinds[chance.below(5) as usize],
                actor: chance.below(40),
            }
        })
        .collect();
    let mut of = BTreeMap::new();
    let mut tellings = Vec::with_capacity(count);
    for number in 0..count {
        let at = chance.below(attacks.len() as u64) as usize;
        let telling = tell(number, &attacks[at], &mut chance);
        of.insert(telling.id.clone(), at);
        tellings.push(telling);
    }
    (tellings, of)
}

fn tell(number: usize, attack: &Attack, chance: &mut Chance) -> Telling {
    let day = date(2015, 1, 1).checked_add(attack.day.days()).unwrap();
    let (lon, lat) = ((attack.place % 60) as f64 * 0.35 - 10.0, (attack.place / 60) as f64 * 0.3 + 5.0);
    let is_province = chance.below(8) == 0;
    let province = attack.place / 30;
    let id = if is_province { format!("unit:{province}") } else { format!("place:{}", attack.place) };
    let toll = attack.toll + chance.below(u64::from(attack.toll / 10) + 1) as u32;
    let is_dated = chance.below(3) > 0;
    let published = day.checked_add((chance.below(4) as i64).days()).unwrap();
    Telling {
        text_of: String::new(),
        id: format!("inc-{:012x}", (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16),
        report_id: format!("report-{}", number * 2 / 3),
        source: Some(format!("source {}", number % 50)),
        published: (chance.below(10) > 0).then_some(published),
        granularity: Granularity::Incident,
        status: Status::Asserted,
        sub_event_type: attack.kind,
        dates: is_dated.then_some((day, day)),
        time_precision: is_dated.then_some(1),
        date_source: if is_dated { "weekday" } else { "none" }.to_owned(),
        others: Vec::new(),
        ground: Some(Ground {
            id: id.clone(),
            name: id.clone(),
            lon: if is_province { ((province * 30 + 15) % 60) as f64 * 0.35 - 10.0 } else { lon },
            lat,
            radius_m: if is_province { 150_000 } else { 3_000 },
            geo_precision: 1,
            where_prec: if is_province { 4 } else { 1 },
            admin1: String::new(),
        }),
        place_id: Some(id),
        place_surface: None,
        country: Some("ML".to_owned()),
        actors: vec![Who { name: format!("group {}", attack.actor), kind: "rebel".to_owned(), role: "actor1".to_owned() }],
        killed: (chance.below(5) > 0).then_some((toll, toll)),
        killed_parts: Vec::new(),
        injured: None,
        abducted: None,
        evidence: Some((0, 10)),
        confidence: 0.5,
    }
}

/// The most memory that this process ever held; 0 where the system does not tell.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
