//! A day's stops put in order: by a suggested way or by hand, and the times that come of it (R063).
//!
//! The rules:
//! - A fixed time stays. A free stop begins when the one before it is over and the way is made, on five minutes; within
//!   the midday rest it begins after it. What would begin after midnight has no time.
//! - Moved by hand, a stop changes its time with those it passes: the times of the day stay where they are. Where one of
//!   them has no time of its own, the day is timed anew from its first one.

use crate::ids::VisitId;
use crate::route::{Stop, metres, travel_minutes};

/// When a day's first stop begins, if nobody says. Ours: no source names one.
pub const DAY_BEGINS: u16 = 9 * 60;
/// Nobody is visited at midday.
pub const REST_BEGINS: u16 = 12 * 60;
pub const REST_ENDS: u16 = 13 * 60 + 30;
const DAY_MINUTES: u64 = 24 * 60;
const STEP_MINUTES: u64 = 5;

/// The times of a day whose stops come in the order to go.
pub fn timetable(way: &[Stop], begins: u16) -> Vec<(VisitId, Option<u16>)> {
    let mut free_from = u64::from(begins);
    let mut here = None;
    way.iter()
        .map(|stop| {
            let leg = here.zip(stop.place).map_or(0, |(from, to)| travel_minutes(metres(from, to).into()));
            here = stop.place.or(here);
            let arrives = (free_from + leg).next_multiple_of(STEP_MINUTES);
            let begins = match stop.at_minute {
                Some(fixed) => u64::from(fixed).max(arrives),
                None if (u64::from(REST_BEGINS)..u64::from(REST_ENDS)).contains(&arrives) => REST_ENDS.into(),
                None => arrives,
            };
            free_from = begins + u64::from(stop.minutes);
            let own = stop.at_minute.or_else(|| u16::try_from(begins).ok().filter(|_| begins < DAY_MINUTES));
            (stop.id, own)
        })
        .collect()
}

/// The times after the stop at `from` was put where the one at `to` stands. Places beyond the day change nothing.
pub fn reordered(stops: &[Stop], from: usize, to: usize) -> Vec<(VisitId, Option<u16>)> {
    let mut order = stops.to_vec();
    if from < order.len() && to < order.len() {
        let moved = order.remove(from);
        order.insert(to, moved);
    }
    let times: Option<Vec<u16>> = stops.iter().map(|stop| stop.at_minute).collect();
    match times.filter(|times| times.is_sorted_by(|one, next| one < next)) {
        Some(times) => order.iter().map(|stop| stop.id).zip(times.into_iter().map(Some)).collect(),
        None => {
            let begins = stops.iter().filter_map(|stop| stop.at_minute).min().unwrap_or(DAY_BEGINS);
            let free: Vec<Stop> = order.into_iter().map(|stop| Stop { at_minute: None, ..stop }).collect();
            timetable(&free, begins)
        }
    }
}

/// Those of the new times that are not the old ones: the visits to move.
pub fn changes(stops: &[Stop], times: &[(VisitId, Option<u16>)]) -> Vec<(VisitId, Option<u16>)> {
    let is_new =
        |(id, at): &(VisitId, Option<u16>)| stops.iter().any(|stop| stop.id == *id && stop.at_minute != *at);
    times.iter().copied().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::Place;
    use uuid::Uuid;

    fn stop(n: u128, at_minute: Option<u16>, minutes: u16, longitude_e6: Option<i32>) -> Stop {
        let place = longitude_e6.map(|longitude_e6| Place { longitude_e6, latitude_e6: 0 });
        Stop { id: VisitId(Uuid::from_u128(n)), place, at_minute, minutes }
    }

    fn told(times: &[(VisitId, Option<u16>)]) -> Vec<(u128, Option<u16>)> {
        times.iter().map(|(id, at)| (id.0.as_u128(), *at)).collect()
    }

    #[test]
    fn a_day_is_timed_by_minutes_way_and_rest() {
        // A hundredth of a degree on the equator is 1,112 m: 1,446 m by road, 4 minutes.
        for (name, way, begins, expected) in [
            ("nothing", vec![], 540, vec![]),
            (
                "one after the other, on five minutes",
                vec![stop(1, None, 30, Some(0)), stop(2, None, 22, Some(10_000)), stop(3, None, 30, None)],
                540,
                vec![(1, Some(540)), (2, Some(575)), (3, Some(600))],
            ),
            (
                "a fixed time stays, and what follows waits for it",
                vec![stop(1, Some(600), 30, None), stop(2, None, 30, None)],
                540,
                vec![(1, Some(600)), (2, Some(630))],
            ),
            (
                "a fixed time that cannot be kept stays, and what follows is later",
                vec![stop(1, None, 90, None), stop(2, Some(600), 30, None), stop(3, None, 30, None)],
                540,
                vec![(1, Some(540)), (2, Some(600)), (3, Some(660))],
            ),
            (
                "nobody at midday",
                vec![stop(1, None, 40, None), stop(2, None, 30, None)],
                690,
                vec![(1, Some(690)), (2, Some(810))],
            ),
            (
                "after midnight there is no time",
                vec![stop(1, None, 300, None), stop(2, None, 30, None)],
                1_200,
                vec![(1, Some(1_200)), (2, None)],
            ),
        ] {
            assert_eq!(told(&timetable(&way, begins)), expected, "{name}");
        }
    }

    #[test]
    fn a_stop_moved_by_hand_changes_times_with_those_it_passes() {
        let times = |at: [Option<u16>; 3]| {
            [stop(1, at[0], 30, None), stop(2, at[1], 30, None), stop(3, at[2], 30, None)]
        };
        let day = times([Some(540), Some(600), Some(840)]);
        for (name, stops, from, to, expected) in [
            ("down", day, 0, 2, [(2, Some(540)), (3, Some(600)), (1, Some(840))]),
            ("up", day, 2, 1, [(1, Some(540)), (3, Some(600)), (2, Some(840))]),
            ("nowhere", day, 1, 1, [(1, Some(540)), (2, Some(600)), (3, Some(840))]),
            ("beyond", day, 0, 3, [(1, Some(540)), (2, Some(600)), (3, Some(840))]),
            (
                "without a time",
                times([Some(600), Some(660), None]),
                2,
                0,
                [(3, Some(600)), (1, Some(630)), (2, Some(660))],
            ),
            (
                "two of one minute",
                times([Some(600), Some(600), Some(660)]),
                0,
                1,
                [(2, Some(600)), (1, Some(630)), (3, Some(660))],
            ),
            ("no times at all", times([None; 3]), 1, 0, [(2, Some(540)), (1, Some(570)), (3, Some(600))]),
        ] {
            assert_eq!(told(&reordered(&stops, from, to)), expected, "{name}");
        }
        assert_eq!(told(&changes(&day, &reordered(&day, 2, 1))), [(3, Some(600)), (2, Some(840))]);
        assert_eq!(changes(&day, &reordered(&day, 1, 1)), []);
    }
}
