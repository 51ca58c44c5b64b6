//! ACLED's one number of the dead.

use super::super::row::Row;

/// What ACLED counts for «dozens», which we read as 24 or more, or as 20 («عشرات»),
const DOZENS: u64 = 12;
/// and for «scores».
const SCORES: u64 = 20;
/// For dead without any number («several were killed») in a battle,
const UNKNOWN_IN_BATTLE: u64 = 10;
/// and in a smaller attack.
const UNKNOWN: u64 = 3;

/// The dead of all sides: the most conservative figure told, ACLED's figures for vague words, 0 when nobody is said to have died.
pub(super) fn fatalities(row: &Row<'_>) -> u64 {
    let low = row.number_of("killed_low");
    let told = row.number_of("killed_best").or(low);
    let is_vague = row.text_of("killed_qualifier") == Some("unknown_plural");
    if !is_vague || is_corrected(row) {
        return told.unwrap_or(0);
    }
    match low {
        Some(20 | 24) => DOZENS,
        Some(40) => SCORES,
        // «Hundreds» are read as two of them or more; ACLED counts one.
        Some(low) if low >= 200 && is_two_units(low) => low / 2,
        Some(3) | None if row.text_of("event_type") == Some("Battles") => UNKNOWN_IN_BATTLE,
        Some(3) | None => UNKNOWN,
        Some(low) => told.unwrap_or(low),
    }
}

/// 200, 2,000, 20,000 ….
fn is_two_units(mut number: u64) -> bool {
    while number > 2 && number.is_multiple_of(10) {
        number /= 10;
    }
    number == 2
}

/// A person's figure is no word of the report.
fn is_corrected(row: &Row<'_>) -> bool {
    let fields = row.get("corrected").and_then(|c| c["fields"].as_array());
    fields.into_iter().flatten().filter_map(|f| f.as_str()).any(|field| field.starts_with("killed_"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn vague_words_have_the_figures_of_the_codebook() {
        for (event, low, qualifier, expected) in [
            ("Battles", json!(24), "unknown_plural", 12),
            ("Battles", json!(20), "unknown_plural", 12),
            ("Battles", json!(40), "unknown_plural", 20),
            ("Battles", json!(200), "unknown_plural", 100),
            ("Battles", json!(2000), "unknown_plural", 1000),
            ("Battles", json!(3), "unknown_plural", 10),
            ("Riots", json!(3), "unknown_plural", 3),
            ("Riots", json!(null), "unknown_plural", 3),
            ("Riots", json!(27), "unknown_plural", 27),
            ("Riots", json!(24), "exact", 24),
            ("Riots", json!(3), "at_least", 3),
            ("Riots", json!(null), "", 0),
        ] {
            let properties = json!({"event_type": event, "killed_low": low, "killed_best": low, "killed_qualifier": qualifier});
            let feature = json!({"id": "a", "properties": properties}).to_string();
            assert_eq!(fatalities(&Row::read(&feature).unwrap()), expected, "{feature}");
        }
        let corrected = json!({"properties": {"killed_low": 24, "killed_best": 24, "killed_qualifier": "unknown_plural",
            "corrected": {"fields": ["killed_low"]}}});
        assert_eq!(fatalities(&Row::read(&corrected.to_string()).unwrap()), 24);
    }
}
