//! What a relation means when the places that it hangs on are known: geometry, point, reach and precision.

use geo::{Area, Destination, Distance, Haversine};
use geo::{BooleanOps, Contains, Euclidean, Geodesic, InteriorPoint, Length, MultiPolygon, Point, Translate};

use crate::gazetteer::{Gazetteer, Place, PlaceRef, region};
use crate::recognise::{How, Mention, Relation};

use super::super::choose;
use super::super::resolution::Located;
use super::arc::{circle, ring, sector};
use super::border::{border_band, corner};
use super::memo::{Drawn, kept};
use super::name::name;
use super::part::{Side, part};
use super::stretch::stretch;
use super::whole::{reach_m, short, whole, within_180};

/// «East» means anything within half an eighth of the compass to either side; its sine is the sideways error.
const DIRECTION_ERROR: f64 = 0.25;
/// Half an eighth of the compass, degrees.
const HALF_EIGHTH_DEG: f64 = 22.5;
/// «North of the town», no distance given, is said of all that lies more to the north than aside.
const HALF_QUARTER_DEG: f64 = 45.0;
/// «150 km» is a rounded figure, and by road as often as straight.
const DISTANCE_ERROR: f64 = 0.1;
/// No relative place is known better than this, metres.
const MIN_RADIUS_M: f64 = 2_000.0;
/// How far beyond its edge a place lends its name to what is near it, metres: an hour on foot to three.
const AROUND_M: f64 = 15_000.0;
/// How far out the point of «north of the town» is drawn, as a share of the reach: the edge of the town in most.
const BESIDE: f64 = 0.4;
/// What is told of as near: within UCDP's second code, metres.
const NEAR_M: f64 = 25_000.0;
/// Two ends farther apart than this, metres, are those of no road but of a comparison or a flight.
const MAX_STRETCH_M: f64 = 500_000.0;

/// The point and the radius, metres, that a distance gives from its anchor.
///
/// # Units
/// Anchor and answer in degrees, longitude first; `anchor_radius_m` in metres.
pub fn located(anchor: Point, anchor_radius_m: f64, relation: &Relation) -> Option<(Point, f64)> {
    let distance_m = relation.distance_m.filter(|_| relation.how == How::Distance)?;
    Some(match relation.bearing_deg {
        Some(bearing) => {
            let radius_m = distance_m * (DIRECTION_ERROR + DISTANCE_ERROR) + anchor_radius_m.min(distance_m);
            (Geodesic.destination(anchor, bearing, distance_m), radius_m.max(MIN_RADIUS_M))
        }
        // Without a direction it lies on a ring around the anchor: the point is the anchor, the ring the radius.
        None => (anchor, (distance_m * (1.0 + DISTANCE_ERROR)).max(MIN_RADIUS_M)),
    })
}

/// Gives the relative mentions their places, and a name that nobody knows the place that a distance tells of it. `chosen` and
/// `answers` are those of the names; `neighbours` are the countries that the report is about, the most spoken of first.
pub(in crate::resolve) fn place_relatives(
    mentions: &[Mention],
    chosen: &[Option<PlaceRef>],
    answers: &mut [Option<Located>],
    neighbours: &[&str],
    gazetteer: &Gazetteer,
) {
    for index in 0..mentions.len() {
        let Some(relation) = mentions[index].relation else { continue };
        let known = |at: usize| answers.get(at)?.clone().zip(chosen.get(at).copied().flatten());
        let Some((base, place)) = known(relation.anchor) else { continue };
        let others = relation.others.map(|other| other.and_then(|at| answers.get(at)?.as_ref()));
        let place = gazetteer.place(place);
        // A unit and its seat have one name: distances are measured from the town.
        let is_of_town = matches!(relation.how, How::Distance | How::Between | How::Near);
        let seat = is_of_town.then(|| seat(&mentions[relation.anchor], place, gazetteer)).flatten();
        let base = seat.map_or(base, |seat| choose::located(seat, gazetteer));
        let anchor = Anchor { place: seat.unwrap_or(place), base: &base, gazetteer };
        let found = anchor.relative(&relation, others, neighbours);
        if let Some(described) = relation.describes
            && answers[described].is_none()
            && (mentions[described].candidates.is_empty() || !mentions[described].spelt.is_empty())
        {
            answers[described].clone_from(&found);
        }
        answers[index] = found;
    }
}

/// The town among the candidates of a name that stands at the point of the unit that was chosen.
fn seat<'g>(mention: &Mention, unit: Place<'g>, gazetteer: &'g Gazetteer) -> Option<Place<'g>> {
    if !unit.is_area() || unit.is_country() {
        return None;
    }
    let others = mention.candidates.iter().map(|(place, _)| gazetteer.place(*place)).filter(|p| p.feature().starts_with("PPL"));
    let far = |p: &Place<'_>| Haversine.distance(p.point(), unit.point());
    others.min_by(|a, b| far(a).total_cmp(&far(b))).filter(|p| far(p) <= NEAR_M)
}

struct Anchor<'a> {
    place: Place<'a>,
    base: &'a Located,
    gazetteer: &'a Gazetteer,
}

/// What was found before it is written down.
struct Found {
    point: Point,
    radius_m: f64,
    outline: Option<MultiPolygon>,
    /// ACLED's and UCDP's codes.
    precision: (u8, u8),
}

impl Anchor<'_> {
    fn relative(&self, relation: &Relation, others: [Option<&Located>; 2], neighbours: &[&str]) -> Option<Located> {
        let found = match relation.how {
            How::Distance => self.distance(relation)?,
            How::Part => self.part(relation)?,
            How::Around | How::Near => self.around(relation),
            How::Bank => self.bank(relation),
            How::Between => self.between(others[0]?)?,
            How::Border => {
                let own = self.base.country.as_str();
                let other = match relation.others[0] {
                    Some(_) => others[0]?.country.clone(),
                    None => (*neighbours.iter().find(|n| border_band(own, n).is_some())?).to_owned(),
                };
                let (area, point, radius_m) = border_band(own, &other)?;
                let found = Found { point, radius_m, outline: Some(area), precision: (3, 5) };
                let beyond = self.gazetteer.country(&other).map_or(other.as_str(), |c| self.gazetteer.place(c).name());
                return Some(self.written(&found, name(relation, &self.base.name, beyond, others), ""));
            }
            How::Corner => {
                let (area, point, radius_m) = corner([&self.base.country, &others[0]?.country, &others[1]?.country])?;
                Found { point, radius_m, outline: Some(area), precision: (3, 5) }
            }
        };
        let country = match (relation.how, others[0]) {
            (How::Corner, _) => "",
            (How::Between, Some(other)) if other.country != self.base.country => "",
            _ => &self.base.country,
        };
        Some(self.written(&found, name(relation, &self.base.name, "", others), country))
    }

    fn written(&self, found: &Found, name: String, country: &str) -> Located {
        let is_in_unit = found.precision.1 <= 4 && country == self.base.country;
        Located {
            // It is not the anchor, and must not be taken for it.
            id: format!("relative:{}", self.base.id),
            name,
            lat: short(found.point.y()),
            lon: short(within_180(found.point.x())),
            country: country.to_owned(),
            // A hundred kilometres off the unit may be another one.
            admin1: if is_in_unit { self.base.admin1.clone() } else { String::new() },
            // And the district another one a few off.
            admin2: String::new(),
            feature: "AREA".to_owned(),
            geo_precision: found.precision.0,
            where_prec: found.precision.1,
            radius_m: found.radius_m as u32,
            outline: found.outline.clone(),
        }
    }

    /// The anchor's own ground, where its outline is known.
    fn ground(&self) -> Option<MultiPolygon> {
        choose::outline(self.place, self.gazetteer).or_else(|| self.place.outline())
    }

    /// What is made of the anchor's ground: kept, unless the outline is the user's, which may change.
    fn cut(&self, what: &str, make: impl FnOnce() -> Option<Drawn>) -> Option<Drawn> {
        let id = self.place.id();
        let is_ours = match (self.gazetteer.outline(&id), region::outline(&id)) {
            (Some(used), Some(ours)) => std::ptr::eq(used, ours),
            (used, _) => used.is_none(),
        };
        if is_ours { kept(format!("{what} {id} {}", self.base.radius_m), make) } else { make() }
    }

    fn radius_m(&self) -> f64 {
        f64::from(self.base.radius_m)
    }

    fn distance(&self, relation: &Relation) -> Option<Found> {
        let distance_m = relation.distance_m?;
        let (point, radius_m) = located(self.place.point(), self.radius_m(), relation)?;
        let width_m = distance_m * DISTANCE_ERROR + self.radius_m().min(distance_m);
        let (inner_m, outer_m) = (distance_m - width_m, distance_m + width_m);
        let outline = match relation.bearing_deg {
            Some(bearing) => sector(self.place.point(), bearing, HALF_EIGHTH_DEG, inner_m, outer_m),
            None => ring(self.place.point(), inner_m, outer_m),
        };
        Some(Found { point, radius_m, outline, precision: if radius_m <= NEAR_M { (2, 2) } else { (2, 5) } })
    }

    fn part(&self, relation: &Relation) -> Option<Found> {
        let centre = self.place.point();
        if self.place.is_area() {
            let side = relation.bearing_deg.map_or(Side::Centre, Side::Toward);
            let (area, point, radius_m) = self.cut(&format!("{side:?}"), || {
                let ground = self.ground().or_else(|| circle(centre, self.radius_m()))?;
                let (area, point) = part(&ground, side)?;
                let radius_m = reach_m(&area).max(MIN_RADIUS_M);
                Some((area, point, radius_m))
            })?;
            let precision = match self.base.where_prec {
                3 => (2, 3),
                4 => (2, 4),
                _ => (3, 5),
            };
            return Some(Found { point, radius_m, outline: Some(area), precision });
        }
        let Some(bearing) = relation.bearing_deg else {
            // The middle of a town is in the town.
            let radius_m = (self.radius_m() / 2.0).max(MIN_RADIUS_M);
            return Some(Found { point: centre, radius_m, outline: circle(centre, radius_m), precision: (1, 1) });
        };
        let far_m = self.radius_m() + AROUND_M;
        let outline = sector(centre, bearing, HALF_QUARTER_DEG, 0.0, far_m);
        let point = Haversine.destination(centre, bearing, far_m * BESIDE);
        Some(Found { point, radius_m: far_m / 2.0, outline, precision: (2, 2) })
    }

    fn around(&self, relation: &Relation) -> Found {
        let point = self.place.point();
        let is_unit = relation.how == How::Around && self.place.is_area();
        let own = || Some((whole(self.ground()?)?, point, self.radius_m()));
        if let Some((area, point, radius_m)) = is_unit.then(|| self.cut("all of", own)).flatten() {
            let precision = (self.base.geo_precision, self.base.where_prec);
            return Found { point, radius_m, outline: Some(area), precision };
        }
        let radius_m = relation.distance_m.map_or(self.radius_m() + AROUND_M, |m| m + self.radius_m().min(m));
        Found { point, radius_m, outline: circle(point, radius_m), precision: if radius_m <= NEAR_M * 2.0 { (2, 2) } else { (2, 5) } }
    }

    /// A river is known as a ribbon, wider than itself: its bank is the half of the ribbon on that side.
    fn bank(&self, relation: &Relation) -> Found {
        let (label, far_m) = (self.place.point(), self.radius_m() + AROUND_M);
        let side = format!("bank {:?}", relation.bearing_deg);
        let along = self.cut(&side, || self.ground().and_then(|ribbon| self.along(&ribbon, relation)));
        let (area, point, radius_m) = along.map_or((circle(label, far_m), label, far_m), |(area, point, m)| (Some(area), point, m));
        Found { point, radius_m, outline: area, precision: (3, 5) }
    }

    fn along(&self, ribbon: &MultiPolygon, relation: &Relation) -> Option<Drawn> {
        let label = self.place.point();
        let half = relation.bearing_deg.and_then(|bearing| {
            let length: f64 = ribbon.iter().map(|p| Euclidean.length(p.exterior())).sum::<f64>() / 2.0;
            let width = ribbon.unsigned_area() / length.max(f64::MIN_POSITIVE);
            let (sin, cos) = bearing.to_radians().sin_cos();
            whole(ribbon.intersection(&ribbon.translate(sin * width / 2.0, cos * width / 2.0)))
        });
        let area = half.or_else(|| whole(ribbon.clone()))?;
        let point = if area.contains(&label) { label } else { area.interior_point()? };
        Some((area, point, self.radius_m()))
    }

    fn between(&self, other: &Located) -> Option<Found> {
        let (from, to) = (self.place.point(), Point::new(other.lon, other.lat));
        let is_end = |p: &Located| p.where_prec <= 4;
        if Haversine.distance(from, to) > MAX_STRETCH_M || !is_end(self.base) || !is_end(other) {
            return None;
        }
        let (point, half_m, outline) = stretch(from, to);
        Some(Found { point, radius_m: half_m.max(AROUND_M), outline, precision: (2, 5) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn east(distance_m: f64, bearing_deg: Option<f64>) -> Relation {
        Relation { distance_m: Some(distance_m), bearing_deg, ..Relation::to(0, How::Distance) }
    }

    #[test]
    fn a_hundred_and_fifty_kilometres_east_of_gao() {
        let (point, radius_m) = located(Point::new(-0.0447, 16.2717), 5_000.0, &east(150_000.0, Some(90.0))).unwrap();
        // One degree of longitude at 16.27° N is 106.9 km.
        assert!((point.x() - 1.359).abs() < 0.01 && (point.y() - 16.26).abs() < 0.02, "{point:?}");
        assert!(radius_m > 30_000.0 && radius_m < 75_000.0);
    }

    #[test]
    fn without_a_direction_the_radius_is_the_distance() {
        let (point, radius_m) = located(Point::new(0.0, 14.0), 5_000.0, &east(80_000.0, None)).unwrap();
        assert_eq!(point, Point::new(0.0, 14.0));
        assert!((80_000.0..=90_000.0).contains(&radius_m));
    }
}
