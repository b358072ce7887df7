//! 按距离排: a suggested order of a day's stops, without map or network (R063).
//!
//! The way begins at the start, if one is given, and ends at the last stop. The rules:
//! - Stops with a fixed time come in the order of their times, two of one minute by id. Whether each can be reached in
//!   time is not judged: the minutes of the answer say how long the day is.
//! - The other stops with coordinates are put where they lengthen the way least, between the fixed ones or around them.
//! - A stop without coordinates comes right behind the stop it follows in the given order, or first if it is first
//!   there; one with a fixed time moves on from there only as far as the order of times asks. Distances pass it over.
//! - Of ways of one length the one whose ids come first counts. Up to [`EXACT_STOPS_MAX`] free stops the way is the
//!   shortest there is, so the given order matters to stops without coordinates only. With more it is built by cheapest
//!   insertion and 2-opt, and the given order, improved alike, is kept where that is shorter. Beyond
//!   [`limits::ROUTE_STOPS_MAX`] stops the given order stays.
//! - So the way is never longer than the given order with its fixed stops sorted by time.
//!
//! Distances are as the crow flies ([`metres`]); [`DETOUR_PERCENT`] makes roads of them.

mod distance;
mod path;
#[cfg(test)]
mod tests;

pub use distance::metres;

use crate::customer::Place;
use crate::ids::VisitId;
use crate::limits;
use path::Point;

/// Door to door in a town, the search for a place to park included. Ours: no source names one.
pub const SPEED_KM_H: u64 = 25;
/// Roads are about three tenths longer than the straight line.
pub const DETOUR_PERCENT: u64 = 130;
/// Free stops whose every order is looked at.
pub const EXACT_STOPS_MAX: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub id: VisitId,
    pub place: Option<Place>,
    /// Minutes since midnight of a fixed time; None is free.
    pub at_minute: Option<u16>,
    /// How long the visit takes.
    pub minutes: u16,
}

impl Stop {
    fn is_fixed(&self) -> bool {
        self.at_minute.is_some()
    }

    /// Sorts fixed stops.
    fn time(&self) -> (Option<u16>, VisitId) {
        (self.at_minute, self.id)
    }
}

/// The way to one stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub to: VisitId,
    /// In a straight line from the last place known before; None without coordinates at either end.
    pub metres: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// One for each stop, in the order to go.
    pub legs: Vec<Leg>,
    /// In straight lines.
    pub metres: u64,
    /// By [`SPEED_KM_H`] and [`DETOUR_PERCENT`], rounded up.
    pub travel_minutes: u64,
    /// The visits themselves.
    pub visit_minutes: u64,
}

impl Route {
    /// By [`DETOUR_PERCENT`]: what is told as the way.
    pub fn road_metres(&self) -> u64 {
        self.metres.saturating_mul(DETOUR_PERCENT) / 100
    }

    /// On the way and at the customers.
    pub fn minutes(&self) -> u64 {
        self.travel_minutes.saturating_add(self.visit_minutes)
    }
}

/// The suggested order. `stops` come in the order they are planned now.
pub fn order(stops: &[Stop], start: Option<Place>) -> Route {
    let given = in_time_order(stops);
    if given.len() > limits::ROUTE_STOPS_MAX {
        return route(&given, start);
    }
    let placed: Vec<Point<'_>> =
        given.iter().filter_map(|stop| Some(Point { stop, place: stop.place? })).collect();
    let mut way = path::shortest(&placed, start).into_iter().map(|point| point.stop).collect();
    put_back_unplaced(&mut way, &given);
    route(&way, start)
}

/// The way in the order given, whatever the times: what a day comes to as it is planned.
pub fn along(stops: &[Stop]) -> Route {
    route(&stops.iter().collect::<Vec<_>>(), None)
}

/// By [`SPEED_KM_H`] and [`DETOUR_PERCENT`], rounded up.
pub fn travel_minutes(straight_metres: u64) -> u64 {
    straight_metres.saturating_mul(DETOUR_PERCENT * 60).div_ceil(100 * 1_000 * SPEED_KM_H)
}

/// The given order, the fixed stops changing places among each other.
fn in_time_order(stops: &[Stop]) -> Vec<&Stop> {
    let mut fixed: Vec<&Stop> = stops.iter().filter(|stop| stop.is_fixed()).collect();
    fixed.sort_by_key(|stop| stop.time());
    let mut fixed = fixed.into_iter();
    stops.iter().map(|stop| if stop.is_fixed() { fixed.next().unwrap_or(stop) } else { stop }).collect()
}

fn put_back_unplaced<'a>(way: &mut Vec<&'a Stop>, given: &[&'a Stop]) {
    let mut before: Option<&Stop> = None;
    for &stop in given {
        if stop.place.is_none() {
            let behind = before.and_then(|before| way.iter().position(|own| std::ptr::eq(*own, before)));
            let at = behind.map_or(0, |at| at + 1);
            let at = if stop.is_fixed() { within_time_order(way, stop, at) } else { at };
            way.insert(at, stop);
        }
        before = Some(stop);
    }
}

/// The place nearest to `at` that keeps the fixed stops in the order of their times.
fn within_time_order(way: &[&Stop], stop: &Stop, at: usize) -> usize {
    let earlier = way.iter().rposition(|own| own.is_fixed() && own.time() < stop.time());
    let later = way.iter().position(|own| own.is_fixed() && own.time() > stop.time());
    at.max(earlier.map_or(0, |at| at + 1)).min(later.unwrap_or(way.len()))
}

fn route(way: &[&Stop], start: Option<Place>) -> Route {
    let mut route = Route::default();
    let mut here = start;
    for stop in way {
        let leg = here.zip(stop.place).map(|(from, to)| metres(from, to));
        route.legs.push(Leg { to: stop.id, metres: leg });
        route.metres = route.metres.saturating_add(leg.unwrap_or(0).into());
        route.visit_minutes = route.visit_minutes.saturating_add(stop.minutes.into());
        here = stop.place.or(here);
    }
    route.travel_minutes = travel_minutes(route.metres);
    route
}
