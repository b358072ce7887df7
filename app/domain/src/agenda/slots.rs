//! Free slots: where another visit fits into the days to come.
//!
//! The rules:
//! - A slot is one of the times offered that leaves room to the planned stops of its day. Of a day's slots the best is
//!   the one whose neighbour, the stop before or after it, is nearest to the customer; without places the earliest.
//! - Planned by the app are working days only, Monday to Friday, from tomorrow on; no calendar of public holidays is
//!   kept. A week takes as many visits as the organisation says a manager makes, those done included, a day its share
//!   of that; without such a number a day takes what its times offer.
//! - Who comes first in the list gets the earliest day.

use super::{VISIT_APART_MINUTES, free_beside};
use crate::customer::Place;
use crate::ids::VisitId;
use crate::route::{Stop, metres};
use crate::time::{Date, monday_of};
use chrono::{Datelike, Duration, Weekday};
use std::collections::BTreeMap;

/// How far ahead the app plans.
pub const AHEAD_DAYS: i64 = 14;
const WORKING_DAYS_A_WEEK: usize = 5;

/// The stop next to a slot, and how far from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    pub stop: VisitId,
    /// In a straight line.
    pub metres: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub on: Date,
    pub at_minute: u16,
    pub near: Option<Near>,
}

/// A visit that is to find a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub visit_id: VisitId,
    pub place: Option<Place>,
    pub minutes: u16,
}

pub fn is_working_day(on: Date) -> bool {
    !matches!(on.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Whether a visit at a minute leaves room to the other stops of its day.
pub fn has_room(stops: &[Stop], at_minute: u16) -> bool {
    stops
        .iter()
        .filter_map(|stop| stop.at_minute)
        .all(|other| other.abs_diff(at_minute) >= VISIT_APART_MINUTES)
}

/// The best slot of a day for a customer at `place`, not before a minute of the day; None when the day is full.
pub fn best_slot(on: Date, stops: &[Stop], place: Option<Place>, not_before: u16) -> Option<Slot> {
    let mut timed: Vec<(u16, &Stop)> =
        stops.iter().filter_map(|stop| Some((stop.at_minute?, stop))).collect();
    timed.sort_by_key(|(at, stop)| (*at, stop.id));
    let taken: Vec<u16> = timed.iter().map(|(at, _)| *at).collect();
    let slots = free_beside(&taken).into_iter().filter(|at| *at >= not_before).map(|at_minute| {
        let before = timed.iter().rev().find(|(at, _)| *at < at_minute);
        let after = timed.iter().find(|(at, _)| *at > at_minute);
        let near = [before, after]
            .into_iter()
            .flatten()
            .filter_map(|(_, stop)| Some(Near { stop: stop.id, metres: metres(place?, stop.place?) }));
        Slot { on, at_minute, near: near.min_by_key(|near| near.metres) }
    });
    slots.min_by_key(|slot| (slot.near.map_or(u32::MAX, |near| near.metres), slot.at_minute))
}

/// A slot for as many of the wanted as the coming days take, in their order. `days` holds what is planned or done.
pub fn plan_ahead(
    wanted: &[Wanted],
    days: &BTreeMap<Date, Vec<Stop>>,
    today: Date,
    visits_a_week: Option<u16>,
) -> Vec<(VisitId, Slot)> {
    let week_max = visits_a_week.map_or(usize::MAX, usize::from);
    let day_max = week_max.div_ceil(WORKING_DAYS_A_WEEK);
    let mut days = days.clone();
    let mut placed = Vec::new();
    for own in wanted {
        let mut coming = (1..=AHEAD_DAYS).map(|ahead| today + Duration::days(ahead));
        let found = coming.find_map(|on| {
            let stops = days.get(&on).map(Vec::as_slice).unwrap_or_default();
            let has_room = stops.len() < day_max && in_week(&days, on) < week_max;
            if is_working_day(on) && has_room { best_slot(on, stops, own.place, 0) } else { None }
        });
        // The days take no more of anybody.
        let Some(slot) = found else { break };
        days.entry(slot.on).or_default().push(Stop {
            id: own.visit_id,
            place: own.place,
            at_minute: Some(slot.at_minute),
            minutes: own.minutes,
        });
        placed.push((own.visit_id, slot));
    }
    placed
}

fn in_week(days: &BTreeMap<Date, Vec<Stop>>, on: Date) -> usize {
    let monday = monday_of(on);
    days.range(monday..monday + Duration::days(7)).map(|(_, stops)| stops.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn at(longitude_e6: i32) -> Option<Place> {
        Some(Place { longitude_e6, latitude_e6: 38_900_000 })
    }

    fn stop(n: u128, at_minute: Option<u16>, place: Option<Place>) -> Stop {
        Stop { id: VisitId(Uuid::from_u128(n)), place, at_minute, minutes: 30 }
    }

    #[test]
    fn the_best_slot_lies_beside_the_nearest_stop() {
        let stops = [
            stop(1, Some(9 * 60), at(119_500_000)),
            stop(2, Some(14 * 60 + 30), at(119_600_000)),
            stop(3, None, at(119_610_000)),
        ];
        let on = date("2026-11-19");
        for (place, not_before, expected) in [
            (at(119_501_000), 0, Some((630, Some(1)))),
            (at(119_601_000), 0, Some((630, Some(2)))),
            (at(119_501_000), 700, Some((810, Some(1)))),
            (at(119_601_000), 870, Some((930, Some(2)))),
            (None, 0, Some((630, None))),
            (None, 1_000, None),
        ] {
            let slot = best_slot(on, &stops, place, not_before);
            let told = slot.map(|slot| (slot.at_minute, slot.near.map(|near| near.stop.0.as_u128())));
            assert_eq!(told, expected, "{place:?} from {not_before}");
        }
        let empty = best_slot(on, &[], at(1), 0);
        assert_eq!(empty, Some(Slot { on, at_minute: 540, near: None }));
    }

    fn wanted(n: u128) -> Vec<Wanted> {
        (1..=n)
            .map(|n| Wanted { visit_id: VisitId(Uuid::from_u128(100 + n)), place: None, minutes: 45 })
            .collect()
    }

    #[test]
    fn the_coming_working_days_are_filled_from_tomorrow_as_far_as_a_week_takes() {
        // A Thursday.
        let today = date("2026-11-19");
        let friday = date("2026-11-20");
        let busy = || BTreeMap::from([(friday, vec![stop(1, Some(540), None), stop(2, None, None)])]);
        let done = || BTreeMap::from([(date("2026-11-16"), (1..=9).map(|n| stop(n, None, None)).collect())]);
        for (name, days, visits_a_week, expected) in [
            ("no limit: as the times offer", BTreeMap::new(), None, vec![(20, 6), (23, 1)]),
            ("a day's share", BTreeMap::new(), Some(10), vec![(20, 2), (23, 2), (24, 2), (25, 1)]),
            ("what is planned counts", busy(), Some(15), vec![(20, 1), (23, 3), (24, 3)]),
            ("a full week is left alone", done(), Some(9), vec![(23, 2), (24, 2), (25, 2), (26, 1)]),
            ("no more than the days ahead take", BTreeMap::new(), Some(1), vec![(20, 1), (23, 1), (30, 1)]),
        ] {
            let placed = plan_ahead(&wanted(7), &days, today, visits_a_week);
            let mut by_day: BTreeMap<u32, usize> = BTreeMap::new();
            for (_, slot) in &placed {
                *by_day.entry(slot.on.day()).or_default() += 1;
            }
            assert_eq!(by_day.into_iter().collect::<Vec<_>>(), expected, "{name}");
            let order: Vec<VisitId> = wanted(7).iter().map(|own| own.visit_id).take(placed.len()).collect();
            assert_eq!(placed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), order, "{name}");
        }
    }
}
