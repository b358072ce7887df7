//! 第一个月: the visits and calls of four weeks, from tomorrow on, for customers marked 重点 and 先打电话.
//!
//! The rules:
//! - A week is seven days from tomorrow on, visited Monday to Friday. No seven days in a row get more visits than a week
//!   may have, those already planned included; only plans of the person's own can be beyond it. Public holidays are not
//!   known here.
//! - Whoever has a visit planned, or was served since the mark, is not planned again.
//! - Where a contract ends or a birthday falls within the four weeks, the visit comes in that week, by that day where
//!   there is room, otherwise in a week before it, otherwise as if there were none.
//! - The others get what room is left: overdue ones first, then by value. In which week decides the neighbourhood: who
//!   lives within [`NEIGHBOURHOOD_METRES`] of one who is visited in it comes along. Without coordinates by value only.
//! - Within a week the days fill evenly, the earlier first.
//! - Calls come in the week of their day; the others are spread evenly. They have no limit.
//! - Who does not fit is told, in the order they would come next.

use crate::customer::Place;
use crate::ids::CustomerId;
use crate::mark::MarkKind;
use crate::route::metres;
use crate::time::{Date, days_between};
use chrono::{Datelike, Duration};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub const WEEKS: usize = 4;
const WEEK_DAYS: usize = 7;
const MONTH_DAYS: usize = WEEKS * WEEK_DAYS;
/// A walk of twenty minutes. Ours: no source names one.
pub const NEIGHBOURHOOD_METRES: u32 = 1_500;

/// What makes a day of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    ContractEnds,
    Birthday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    pub on: Date,
    pub kind: DueKind,
}

/// A customer with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    pub customer_id: CustomerId,
    pub kind: MarkKind,
    pub place: Option<Place>,
    /// The headline figure.
    pub value: Option<i64>,
    pub is_overdue: bool,
    /// The first within the four weeks; one that has passed counts as tomorrow's.
    pub due: Option<Due>,
    /// Visited, or for [`MarkKind::CallFirst`] reached, since it was marked.
    pub is_served: bool,
}

impl Marked {
    /// Sorts those who have no day of their own.
    fn rank(&self) -> (bool, bool, Reverse<Option<i64>>, CustomerId) {
        (self.due.is_none(), !self.is_overdue, Reverse(self.value), self.customer_id)
    }
}

/// A visit somebody planned before, today or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planned {
    pub on: Date,
    pub customer_id: CustomerId,
}

/// Why a visit stands where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    Due(Due),
    /// Somebody near is visited in the same week.
    Near,
    /// By debt and value.
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stop {
    pub on: Date,
    pub customer_id: CustomerId,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    pub from: Date,
    /// The last day, a weekend included.
    pub to: Date,
    /// Planned before, by day.
    pub planned: Vec<Planned>,
    /// Suggested, by day.
    pub stops: Vec<Stop>,
    /// The first to call first.
    pub calls: Vec<CustomerId>,
}

impl Week {
    pub fn visits(&self) -> usize {
        self.planned.len() + self.stops.len()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstMonth {
    /// [`WEEKS`] of them.
    pub weeks: Vec<Week>,
    /// 重点 for whom there is no room, the first to come first.
    pub left_over: Vec<CustomerId>,
    /// When the last of them would have had a visit, week after week at the same pace; None when all fit.
    pub left_until: Option<Date>,
}

impl FirstMonth {
    pub fn stops(&self) -> impl Iterator<Item = &Stop> {
        self.weeks.iter().flat_map(|week| &week.stops)
    }

    /// The week, from 0, in which a customer is visited.
    pub fn week_of(&self, id: CustomerId) -> Option<usize> {
        self.weeks.iter().position(|week| {
            week.stops.iter().any(|stop| stop.customer_id == id)
                || week.planned.iter().any(|planned| planned.customer_id == id)
        })
    }
}

/// The four weeks after `today`. Slices are in any order; each customer is marked once.
pub fn first_month(today: Date, visits_a_week: u16, marked: &[Marked], planned: &[Planned]) -> FirstMonth {
    let from = today + Duration::days(1);
    let mut calendar = Calendar::new(from, visits_a_week.max(1), planned);
    let has_plan: BTreeSet<CustomerId> =
        planned.iter().filter(|planned| planned.on >= today).map(|planned| planned.customer_id).collect();
    let of_kind = |kind: MarkKind| {
        let waits = |one: &&Marked| one.kind == kind && !one.is_served;
        let mut waiting: Vec<Marked> = marked.iter().filter(waits).copied().collect();
        for one in &mut waiting {
            one.due = one.due.filter(|due| calendar.last() >= due.on);
        }
        waiting.sort_by_key(Marked::rank);
        waiting
    };
    let calls = of_kind(MarkKind::CallFirst);
    let mut visits = of_kind(MarkKind::Important);
    visits.retain(|one| !has_plan.contains(&one.customer_id));

    let mut weeks = calendar.weeks(planned);
    place_due(&mut calendar, &mut visits, &mut weeks);
    place_by_neighbourhood(&mut calendar, &mut visits, &mut weeks, marked);
    place_calls(from, &calls, &mut weeks);
    for week in &mut weeks {
        week.stops.sort_unstable();
    }
    let more_weeks = visits.len().div_ceil(usize::from(visits_a_week.max(1)));
    let last = i64::try_from(more_weeks * WEEK_DAYS).ok().and_then(Duration::try_days);
    let left_until =
        last.filter(|_| !visits.is_empty()).and_then(|last| calendar.last().checked_add_signed(last));
    FirstMonth { weeks, left_over: visits.iter().map(|one| one.customer_id).collect(), left_until }
}

/// Takes those with a day of their own out of `visits` as far as there is room by then.
fn place_due(calendar: &mut Calendar, visits: &mut Vec<Marked>, weeks: &mut [Week]) {
    let mut due: Vec<(Due, Marked)> = visits.iter().filter_map(|one| Some((one.due?, *one))).collect();
    due.sort_by_key(|(due, one)| (*due, one.rank()));
    let mut placed = BTreeSet::new();
    for (due, one) in due {
        let until = calendar.index(due.on);
        let own = until / WEEK_DAYS;
        // By its day, in its week; before it; behind it in its week.
        let found = (0..=own)
            .rev()
            .find_map(|week| Some((week, calendar.put(week, until)?)))
            .or_else(|| Some((own, calendar.put(own, MONTH_DAYS)?)));
        if let Some((at, on)) = found
            && let Some(week) = weeks.get_mut(at)
        {
            week.stops.push(Stop { on, customer_id: one.customer_id, why: Why::Due(due) });
            placed.insert(one.customer_id);
        }
    }
    visits.retain(|one| !placed.contains(&one.customer_id));
}

/// Gives the rest what room there is, week after week.
fn place_by_neighbourhood(
    calendar: &mut Calendar,
    visits: &mut Vec<Marked>,
    weeks: &mut [Week],
    marked: &[Marked],
) {
    // Who gets a place at all is decided by rank alone; a neighbour of little worth takes nobody's.
    let room = (0..WEEKS).map(|week| calendar.room(week)).sum();
    let mut rest = visits.split_off(visits.len().min(room));
    let places: BTreeMap<CustomerId, Place> =
        marked.iter().filter_map(|one| Some((one.customer_id, one.place?))).collect();
    for (at, week) in weeks.iter_mut().enumerate() {
        let there = week.stops.iter().map(|stop| stop.customer_id);
        let there = there.chain(week.planned.iter().map(|planned| planned.customer_id));
        let mut around: Vec<Place> = there.filter_map(|id| places.get(&id).copied()).collect();
        loop {
            let is_near = |one: &Marked| {
                let near =
                    |place: Place| around.iter().any(|other| metres(place, *other) <= NEIGHBOURHOOD_METRES);
                one.place.is_some_and(near)
            };
            let near = visits.iter().position(is_near);
            let Some(one) = visits.get(near.unwrap_or(0)).copied() else { break };
            let Some(on) = calendar.put(at, MONTH_DAYS) else { break };
            let why = if near.is_some() { Why::Near } else { Why::Rank };
            week.stops.push(Stop { on, customer_id: one.customer_id, why });
            visits.remove(near.unwrap_or(0));
            // A neighbour's neighbours are not ours: a chain of streets would cross the town.
            if near.is_none() {
                around.extend(one.place);
            }
        }
    }
    visits.append(&mut rest);
}

fn place_calls(from: Date, calls: &[Marked], weeks: &mut [Week]) {
    let (mut due, others): (Vec<&Marked>, Vec<&Marked>) = calls.iter().partition(|one| one.due.is_some());
    due.sort_by_key(|one| (one.due, one.rank()));
    for one in due {
        let days = one.due.map_or(0, |due| days_between(from, due.on));
        let at = usize::try_from(days).unwrap_or(0) / WEEK_DAYS;
        if let Some(week) = weeks.get_mut(at) {
            week.calls.push(one.customer_id);
        }
    }
    for one in others {
        if let Some(week) = weeks.iter_mut().min_by_key(|week| week.calls.len()) {
            week.calls.push(one.customer_id);
        }
    }
}

/// How many visits each day has, and how many it may get.
struct Calendar {
    from: Date,
    a_week: u32,
    /// From `from`, and six more than the month: every seven days that begin in it are whole.
    days: Vec<u32>,
}

impl Calendar {
    fn new(from: Date, a_week: u16, planned: &[Planned]) -> Self {
        let mut days = vec![0; MONTH_DAYS + WEEK_DAYS - 1];
        for planned in planned {
            let at = usize::try_from(days_between(from, planned.on)).ok();
            if let Some(count) = at.and_then(|at| days.get_mut(at)) {
                *count += 1;
            }
        }
        Self { from, a_week: a_week.into(), days }
    }

    fn day(&self, at: usize) -> Date {
        // Less than 40 days ahead.
        self.from + Duration::days(i64::try_from(at).unwrap_or(0))
    }

    fn last(&self) -> Date {
        self.day(MONTH_DAYS - 1)
    }

    /// A day that has passed is the first one.
    fn index(&self, on: Date) -> usize {
        usize::try_from(days_between(self.from, on)).unwrap_or(0)
    }

    fn weeks(&self, planned: &[Planned]) -> Vec<Week> {
        let week = |at: usize| {
            let (from, to) = (self.day(at * WEEK_DAYS), self.day(at * WEEK_DAYS + WEEK_DAYS - 1));
            let mut planned: Vec<Planned> =
                planned.iter().filter(|planned| (from..=to).contains(&planned.on)).copied().collect();
            planned.sort_unstable();
            Week { from, to, planned, stops: Vec::new(), calls: Vec::new() }
        };
        (0..WEEKS).map(week).collect()
    }

    /// In the seven days from this one on.
    fn seven(&self, first: usize) -> u32 {
        self.days.iter().skip(first).take(WEEK_DAYS).sum()
    }

    fn room(&self, week: usize) -> usize {
        usize::try_from(self.a_week.saturating_sub(self.seven(week * WEEK_DAYS))).unwrap_or(0)
    }

    fn fits(&self, at: usize) -> bool {
        let is_free = |first: usize| self.seven(first) < self.a_week;
        self.day(at).weekday().num_days_from_monday() < 5
            && (at.saturating_sub(WEEK_DAYS - 1)..=at).all(is_free)
    }

    /// Takes the emptiest working day of the week, `until` the last one asked for; None when there is no room.
    fn put(&mut self, week: usize, until: usize) -> Option<Date> {
        let first = week * WEEK_DAYS;
        let days = (first..first + WEEK_DAYS).filter(|at| *at <= until && self.fits(*at));
        let at = days.min_by_key(|at| (self.days.get(*at).copied(), *at))?;
        *self.days.get_mut(at)? += 1;
        Some(self.day(at))
    }
}
