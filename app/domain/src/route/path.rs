//! The shortest way past all points that keeps the fixed ones in their order.

use super::{EXACT_STOPS_MAX, Stop, metres};
use crate::customer::Place;
use crate::ids::VisitId;
use std::collections::HashMap;

/// Rounds of 2-opt. Each makes the way shorter; few are ever needed.
const ROUNDS_MAX: usize = 50;

/// A stop with coordinates.
#[derive(Clone, Copy)]
pub(super) struct Point<'a> {
    pub stop: &'a Stop,
    pub place: Place,
}

/// `given` has its fixed points in the order of their times.
pub(super) fn shortest<'a>(given: &[Point<'a>], start: Option<Place>) -> Vec<Point<'a>> {
    let (fixed, mut free): (Vec<_>, Vec<_>) = given.iter().copied().partition(|point| point.stop.is_fixed());
    // From here on only ids tell the free points apart.
    free.sort_by_key(|point| point.stop.id);
    if free.len() <= EXACT_STOPS_MAX {
        return Search { fixed: &fixed, free: &free, known: HashMap::new() }.way(start);
    }
    let [built, kept] = [inserted(fixed, free, start), given.to_vec()].map(|way| untangled(way, start));
    if length(&kept, start) < length(&built, start) { kept } else { built }
}

fn leg(from: Option<Place>, to: Option<Place>) -> i64 {
    from.zip(to).map_or(0, |(from, to)| metres(from, to).into())
}

fn length(way: &[Point<'_>], start: Option<Place>) -> i64 {
    let places = way.iter().map(|point| Some(point.place));
    std::iter::once(start).chain(places.clone()).zip(places).map(|(from, to)| leg(from, to)).sum()
}

/// Every order, each set of free points looked at once for each point it may end with.
struct Search<'a, 'b> {
    /// In the order to keep.
    fixed: &'b [Point<'a>],
    /// No more than [`EXACT_STOPS_MAX`], by id.
    free: &'b [Point<'a>],
    /// Metres still to go.
    known: HashMap<State, i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    here: Option<Place>,
    /// How many of the fixed points are behind.
    fixed: usize,
    /// A bit for each free point behind.
    free: u16,
}

impl<'a> Search<'a, '_> {
    fn way(&mut self, start: Option<Place>) -> Vec<Point<'a>> {
        let mut state = State { here: start, fixed: 0, free: 0 };
        let mut way = Vec::new();
        while let Some((_, _, point, next)) = self.best(state) {
            way.push(point);
            state = next;
        }
        way
    }

    fn ahead(&mut self, state: State) -> i64 {
        if let Some(known) = self.known.get(&state) {
            return *known;
        }
        let ahead = self.best(state).map_or(0, |(metres, ..)| metres);
        self.known.insert(state, ahead);
        ahead
    }

    /// The point to go to next, the first by id of those on a shortest way, and the metres from here to the end.
    fn best(&mut self, state: State) -> Option<(i64, VisitId, Point<'a>, State)> {
        let next = self
            .next(state)
            .into_iter()
            .map(|(point, next)| (leg(state.here, next.here) + self.ahead(next), point.stop.id, point, next));
        next.min_by_key(|(metres, id, ..)| (*metres, *id))
    }

    fn next(&self, state: State) -> Vec<(Point<'a>, State)> {
        let fixed =
            self.fixed.get(state.fixed).map(|point| (*point, State { fixed: state.fixed + 1, ..state }));
        let bits = (0..).map(|at| 1_u16 << at);
        let free = self.free.iter().zip(bits).filter(|(_, bit)| state.free & bit == 0);
        let free = free.map(|(point, bit)| (*point, State { free: state.free | bit, ..state }));
        let next = fixed.into_iter().chain(free);
        next.map(|(point, next)| (point, State { here: Some(point.place), ..next })).collect()
    }
}

/// The point before `at`, or the start.
fn before(way: &[Point<'_>], start: Option<Place>, at: usize) -> Option<Place> {
    at.checked_sub(1).map_or(start, |at| place(way, at))
}

fn place(way: &[Point<'_>], at: usize) -> Option<Place> {
    way.get(at).map(|point| point.place)
}

/// Puts in one point after the other, always the one that adds least.
fn inserted<'a>(fixed: Vec<Point<'a>>, mut free: Vec<Point<'a>>, start: Option<Place>) -> Vec<Point<'a>> {
    let mut way = fixed;
    loop {
        let choices = free.iter().enumerate().flat_map(|(which, point)| {
            let way = &way;
            (0..=way.len()).map(move |at| {
                let (from, here, to) = (before(way, start, at), Some(point.place), place(way, at));
                (leg(from, here) + leg(here, to) - leg(from, to), which, at)
            })
        });
        let Some((_, which, at)) = choices.min() else { return way };
        way.insert(at, free.remove(which));
    }
}

/// 2-opt: goes through a stretch backwards where that is shorter.
fn untangled<'a>(mut way: Vec<Point<'a>>, start: Option<Place>) -> Vec<Point<'a>> {
    for _ in 0..ROUNDS_MAX {
        let mut is_shorter = false;
        for first in 0..way.len() {
            for last in first + 1..way.len() {
                let Some(stretch) = way.get(first..=last) else { break };
                if stretch.iter().filter(|point| point.stop.is_fixed()).count() > 1 {
                    break; // A longer stretch has them too.
                }
                let (from, to) = (before(&way, start, first), place(&way, last + 1));
                let ends = (place(&way, first), place(&way, last));
                let now = leg(from, ends.0) + leg(ends.1, to);
                if leg(from, ends.1) + leg(ends.0, to) < now {
                    is_shorter = true;
                    if let Some(stretch) = way.get_mut(first..=last) {
                        stretch.reverse();
                    }
                }
            }
        }
        if !is_shorter {
            break;
        }
    }
    way
}
