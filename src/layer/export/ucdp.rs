//! Incidents in the columns of UCDP's Georeferenced Event Dataset, for programs that read it.

use std::io::{self, Write};

use super::about::About;
use super::row::Row;
use super::sink::{LeftOut, Sink};
use super::table::{harmless, head, line};
use super::told::{Party, happened, is_aggregate, joined, label, number, parties, sources};

/// The columns of GED since version 21.1, in its order.
pub const UCDP_COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// UCDP's types of violence; 2 is that of groups among each other.
const STATE_BASED: u64 = 1;
const ONE_SIDED: u64 = 3;
/// UCDP's word for the other side of violence against civilians.
const CIVILIANS: &str = "Civilians";
/// ACLED's codes of a state's forces, at home and abroad.
const STATES: [u8; 2] = [1, 8];
/// Cells of the PRIO grid in a degree, and in a row around the globe.
const CELLS_IN_DEGREE: f64 = 2.0;
const CELLS_IN_ROW: f64 = 720.0;

/// A row is organised violence that is said to have happened and in which somebody died; the rest is left out and counted.
pub(super) struct Ucdp {
    has_bom: bool,
}

impl Ucdp {
    pub(super) fn new(about: &About) -> Ucdp {
        Ucdp { has_bom: about.has_bom }
    }
}

impl Sink for Ucdp {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        head(&UCDP_COLUMNS, self.has_bom, out)
    }

    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        if !happened(row) {
            return Ok(Some(LeftOut::NotHappened));
        }
        let (Some(violence), Some(deaths)) = (row.number_of("type_of_violence"), Deaths::of(row)) else {
            return Ok(Some(LeftOut::NoDeath));
        };
        let sides = Sides::of(row, violence, deaths);
        out.write_all(line(cells(row, violence, &sides).into_iter()).as_bytes())?;
        Ok(None)
    }
}

/// The dead by sides; the best figure is their sum.
#[derive(Clone, Copy)]
struct Deaths {
    a: u64,
    b: u64,
    civilians: u64,
    unknown: u64,
    low: u64,
    high: u64,
}

impl Deaths {
    /// `None` when no number of dead is known.
    fn of(row: &Row<'_>) -> Option<Deaths> {
        let told = |name: &str| row.number_of(name);
        let best = told("killed_best").or_else(|| told("killed_low"))?;
        let [a, b, civilians] = ["killed_a", "killed_b", "killed_civilians"].map(|name| told(name).unwrap_or(0));
        // Sides are told of the lower end: what the best figure has more stood on a side that nobody tells.
        let unknown = told("killed_unknown").unwrap_or(0).max(best.saturating_sub(a + b + civilians));
        let sum = a + b + civilians + unknown;
        Some(Deaths {
            a,
            b,
            civilians,
            unknown,
            low: told("killed_low").unwrap_or(sum).min(sum),
            high: told("killed_high").unwrap_or(sum).max(sum),
        })
    }

    fn best(self) -> u64 {
        self.a + self.b + self.civilians + self.unknown
    }
}

/// Who fought whom, as UCDP writes it: of state-based violence a government is side a, of one-sided violence side b are civilians.
struct Sides {
    a: String,
    b: String,
    deaths: Deaths,
}

impl Sides {
    fn of(row: &Row<'_>, violence: u64, deaths: Deaths) -> Sides {
        let parties = parties(row);
        let is_state = |party: &Party| party.inter.is_some_and(|code| STATES.contains(&code));
        let states = parties.iter().flatten().filter(|p| is_state(p)).count();
        let name = |party: Option<Party>| party.map(|p| p.name).unwrap_or_default();
        match (violence, parties) {
            // Our side a attacked, or were militants; our side b bore the arms of a state: of the two that is UCDP's side a.
            (STATE_BASED, parties) if states < 2 => {
                let (states, others): (Vec<Party>, Vec<Party>) = parties.into_iter().flatten().partition(is_state);
                let deaths = Deaths { a: deaths.b, b: deaths.a, ..deaths };
                Sides { a: name(states.into_iter().next()), b: name(others.into_iter().next()), deaths }
            }
            (ONE_SIDED, [one, _]) => Sides { a: name(one), b: CIVILIANS.to_owned(), deaths },
            (_, [None, other]) => Sides { a: name(other), b: String::new(), deaths },
            (_, [one, other]) => Sides { a: name(one), b: name(other), deaths },
        }
    }

    fn dyad(&self) -> String {
        if self.a.is_empty() || self.b.is_empty() { String::new() } else { format!("{} - {}", self.a, self.b) }
    }
}

fn cells(row: &Row<'_>, violence: u64, sides: &Sides) -> [String; UCDP_COLUMNS.len()] {
    let text = |name: &str| harmless(row.text_of(name).unwrap_or_default());
    let unknown = String::new;
    let (start, end) = row.days().map_or(("", ""), |[start, end]| (start, end));
    let [office, day, headline] = ["source", "published", "report_title"].map(|name| row.text_of(name).unwrap_or_default());
    let article = if office.is_empty() && headline.is_empty() { String::new() } else { format!("\"{office},{day},{headline}\"") };
    let original: Vec<&str> = sources(row).into_iter().filter(|source| *source != office).collect();
    let point = row.point();
    let country = label(row);
    let Deaths { a, b, civilians, unknown: of_unknown_side, low, high } = sides.deaths;
    [
        harmless(&row.id),
        unknown(),
        start.split('-').next().unwrap_or_default().to_owned(),
        unknown(),
        unknown(),
        violence.to_string(),
        unknown(),
        unknown(),
        unknown(),
        unknown(),
        unknown(),
        harmless(&sides.dyad()),
        unknown(),
        unknown(),
        harmless(&sides.a),
        unknown(),
        unknown(),
        harmless(&sides.b),
        "1".to_owned(),
        harmless(&article),
        harmless(office),
        harmless(day),
        harmless(headline),
        harmless(&joined(original)),
        number(row.number_of("where_prec")),
        text("place_name"),
        text("place_surface"),
        text("admin1"),
        text("admin2"),
        number(point.map(|[_, lat]| lat)),
        number(point.map(|[lon, _]| lon)),
        point.map(|[lon, lat]| format!("POINT ({lon} {lat})")).unwrap_or_default(),
        number(point.and_then(prio_cell)),
        country.map_or("", |c| c.ucdp_name).to_owned(),
        unknown(),
        country.map_or("", |c| c.ucdp_region).to_owned(),
        if is_aggregate(row) { "2" } else { "1" }.to_owned(),
        number(row.number_of("date_prec")),
        start.to_owned(),
        end.to_owned(),
        a.to_string(),
        b.to_string(),
        civilians.to_string(),
        of_unknown_side.to_string(),
        sides.deaths.best().to_string(),
        high.to_string(),
        low.to_string(),
        unknown(),
        unknown(),
    ]
}

/// The cell of the PRIO grid that a point lies in: half degrees, counted from 1 eastward from the antimeridian and northward from the pole.
fn prio_cell([lon, lat]: [f64; 2]) -> Option<u32> {
    let row = ((lat + 90.0) * CELLS_IN_DEGREE).floor();
    let column = ((lon + 180.0) * CELLS_IN_DEGREE).floor() + 1.0;
    ((0.0..360.0).contains(&row) && (1.0..=CELLS_IN_ROW).contains(&column)).then_some((row * CELLS_IN_ROW + column) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_prio_grid_are_counted_from_the_south_west() {
        assert_eq!(prio_cell([-179.75, -89.75]), Some(1));
        assert_eq!(prio_cell([-179.25, -89.25]), Some(722));
        assert_eq!(prio_cell([69.17, 34.53]), Some(249 * 720 + 499));
        assert_eq!(prio_cell([180.0, 0.0]), None);
    }
}
