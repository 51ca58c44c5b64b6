//! Predictions made of gold with seeded errors: shifts, drops, wrong places, strays; incidents with wrong fields.

use serde_json::{Value, json};

/// Sub-types by their type, so that a wrong type is still a real one.
const TYPES: [(&str, &str); 4] = [
    ("Battles", "Armed clash"),
    ("Violence against civilians", "Attack"),
    ("Explosions", "Remote violence/Air/drone strike"),
    ("Explosions/Remote violence", "Air/drone strike"),
];

/// A source of errors; the same seed gives the same errors.
pub(super) struct Spoiler {
    state: u64,
}

impl Spoiler {
    pub(super) fn seeded(seed: u64) -> Spoiler {
        Spoiler { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1) }
    }

    /// Knuth's linear congruential generator; the upper bits are the random ones.
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % limit
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }

    /// A number up to `width` away from `value`, and at least 0.
    fn moved(&mut self, value: u64, width: u64) -> u64 {
        (value + self.below(2 * width + 1)).saturating_sub(width)
    }

    /// Id and what a bad reader would make of a gold report.
    pub(super) fn prediction(&mut self, gold: &Value) -> (String, Value) {
        let letters = gold["text"].as_str().unwrap().chars().count() as u64;
        let none = Vec::new();
        let mut toponyms = Vec::new();
        for name in gold["toponyms"].as_array().unwrap_or(&none) {
            while !self.percent(70) {
                toponyms.push(self.stray(letters));
            }
            if self.percent(85) {
                toponyms.push(self.toponym(name));
            }
            if self.percent(10) {
                toponyms.push(self.toponym(name));
            }
        }
        let mut incidents = Vec::new();
        for incident in gold["incidents"].as_array().unwrap_or(&none) {
            for _ in 0..*self.one_of(&[0, 1, 1, 1, 1, 2]) {
                incidents.push(self.incident(incident, gold["text"].as_str().unwrap()));
            }
        }
        if incidents.len() > 1 && self.percent(50) {
            incidents.reverse();
        }
        let id = gold["id"].as_str().unwrap().to_owned();
        (id.clone(), json!({"id": id, "toponyms": toponyms, "incidents": incidents}))
    }

    /// A name over anything, near a real place or not.
    fn stray(&mut self, letters: u64) -> Value {
        let start = self.below(letters.max(1));
        let end = start + 1 + self.below(25);
        self.toponym(&json!({"start": start, "end": end, "lat": 15.0, "lon": 0.0, "country": "ML"}))
    }

    fn toponym(&mut self, name: &Value) -> Value {
        let (mut start, mut end) = (name["start"].as_u64().unwrap(), name["end"].as_u64().unwrap());
        if self.percent(30) {
            start = self.moved(start, 6);
            end = self.moved(end, 6).max(start + 1);
        }
        let mut toponym = json!({"start": start, "end": end});
        if self.percent(90) {
            toponym["kind"] = (*self.one_of(&["literal", "literal", "literal", "relative", "associative"])).into();
        }
        toponym["place"] = if self.percent(12) { Value::Null } else { self.place(name) };
        toponym
    }

    /// The place of a name, moved by nothing, a few, some ten or some hundred kilometres.
    fn place(&mut self, name: &Value) -> Value {
        let degrees = *self.one_of(&[0.0, 0.0, 0.1, 0.25, 1.0, 1.6, 8.0]);
        let mut coordinate = |field: &str| name[field].as_f64().unwrap_or(20.0) + degrees * (self.below(2001) as f64 / 1000.0 - 1.0);
        let mut place = json!({"id": "x:1", "name": "X", "lat": coordinate("lat").clamp(-90.0, 90.0), "lon": coordinate("lon")});
        let country = name["country"].as_str().unwrap_or("ML");
        match self.below(8) {
            0 => place["country"] = "FR".into(),
            1 => place["country"] = country.to_lowercase().into(),
            2 => {}
            _ => place["country"] = country.into(),
        }
        if let Some(feature) = *self.one_of(&[Some("PCLI"), Some("PCLI"), Some("PPL"), Some("ADM1"), Some(""), None]) {
            place["feature"] = feature.into();
        }
        place
    }

    fn incident(&mut self, gold: &Value, text: &str) -> Value {
        let mut incident = json!({"id": "inc"});
        let mut keep = |field: &str, value: Value, chance: u64, other: Value| {
            let value = if self.percent(chance) { value } else { other };
            if !value.is_null() || self.percent(50) {
                incident[field] = value;
            }
        };
        keep("date_start", gold["date_start"].clone(), 80, "2020-01-01".into());
        keep("country", gold["country_iso2"].clone(), 80, "FR".into());
        keep("event_type", gold["event_type"].clone(), 90, Value::Null);
        keep("sub_event_type", gold["sub_event_type"].clone(), 80, "Attack".into());
        if let Some((event_type, sub_event_type)) = self.other_type(gold) {
            incident["event_type"] = event_type.into();
            incident["sub_event_type"] = sub_event_type.into();
        }
        if let Some(granularity) =
            *self.one_of(&[Some("incident"), Some("incident"), Some("incident"), Some("aggregate"), Some("background"), None])
        {
            incident["granularity"] = granularity.into();
        }
        if self.percent(60) {
            incident["status"] = (*self.one_of(&["asserted", "asserted", "claimed", "denied", "planned", "hypothetical"])).into();
        }
        if self.percent(75) {
            let place = self.place(gold);
            incident["lat"] = place["lat"].clone();
            incident["lon"] = place["lon"].clone();
        }
        self.toll(&mut incident, gold);
        self.evidence(&mut incident, gold, text);
        incident
    }

    /// Sometimes a type that the gold allows too, cut at any of its slashes, or one at random.
    fn other_type<'a>(&mut self, gold: &'a Value) -> Option<(&'a str, &'a str)> {
        let allowed = gold["alt_types"].get(0).and_then(Value::as_str).filter(|_| self.percent(60));
        let cut = allowed.and_then(|allowed| {
            let slashes = allowed.matches('/').count() as u64;
            let (at, _) = allowed.match_indices('/').nth(self.below(slashes.max(1)) as usize)?;
            allowed.split_at_checked(at)
        });
        match cut {
            Some((event_type, rest)) => Some((event_type, rest.trim_start_matches('/'))),
            None => self.percent(20).then(|| *self.one_of(&TYPES)),
        }
    }

    /// The gold's toll, a group's, one with a side missing, a wider one, nought, or none.
    fn toll(&mut self, incident: &mut Value, gold: &Value) {
        let part = gold["killed_detail"].get(0).cloned().unwrap_or_default();
        let (low, high) = match self.below(8) {
            0 => (part[1].clone(), part[2].clone()),
            1 => (gold["killed"][0].clone(), Value::Null),
            2 => (Value::Null, gold["killed"][1].clone()),
            3 => (json!(1), json!(100_000)),
            4 => (json!(0), json!(0)),
            5 => (json!(self.below(40)), json!(40 + self.below(40))),
            _ => (gold["killed"][0].clone(), gold["killed"][1].clone()),
        };
        incident["killed_low"] = low;
        incident["killed_high"] = high;
    }

    /// The evidence where it stands, moved a little or a lot, in one span or two, or none.
    fn evidence(&mut self, incident: &mut Value, gold: &Value, text: &str) {
        let words = gold["evidence"].as_str().unwrap();
        let start = text.split(words).next().unwrap().chars().count() as u64;
        let length = words.chars().count() as u64;
        let mut spans = Vec::new();
        for _ in 0..self.below(3) {
            let width = *self.one_of(&[0, 0, 20, 400]);
            let start = self.moved(start, width);
            spans.push(json!({"start": start, "end": start + 1 + self.below(length), "field": "event"}));
        }
        if !spans.is_empty() || self.percent(50) {
            incident["evidence"] = spans.into();
        }
    }
}
