//! 行程: visits by day, for a day's stops, a week's columns and a month's marks; what is owed and not planned ([`shelf`]),
//! where it fits ([`Slot`]), a day put in order ([`timetable`]) and its way into another calendar ([`calendar_event`]).

mod day_plan;
mod export;
mod shelf;
mod slots;

pub use day_plan::{DAY_BEGINS, REST_BEGINS, REST_ENDS, changes, reordered, timetable};
pub use export::{Written, calendar_event};
pub use shelf::{Shelved, shelf};
pub use slots::{AHEAD_DAYS, Near, Slot, Wanted, best_slot, has_room, is_working_day, plan_ahead};

use crate::call::Call;
use crate::ids::EmployeeId;
use crate::time::{Date, monday_of};
use crate::visit::{Visit, VisitState};
use chrono::{Datelike, Duration};
use std::collections::BTreeMap;

/// How the visits of one day stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    pub planned: u32,
    pub done: u32,
    pub skipped: u32,
    pub cancelled: u32,
}

impl DayCount {
    /// Done or still to do: what the day's figure `done/wanted` is measured against.
    pub fn wanted(self) -> u32 {
        self.planned + self.done
    }

    pub fn add(&mut self, state: VisitState) {
        match state {
            VisitState::Planned => self.planned += 1,
            VisitState::Done => self.done += 1,
            VisitState::Skipped => self.skipped += 1,
            VisitState::Cancelled => self.cancelled += 1,
        }
    }
}

/// The visits of `from..=to`, of one visitor or of everyone, by day; within a day by time, those without one last.
pub fn by_day<'a>(
    visits: impl IntoIterator<Item = &'a Visit>,
    visitor: Option<EmployeeId>,
    from: Date,
    to: Date,
) -> BTreeMap<Date, Vec<&'a Visit>> {
    let mut days: BTreeMap<Date, Vec<&Visit>> = BTreeMap::new();
    for visit in visits {
        let is_wanted = visitor.is_none_or(|visitor| visit.visitor_id == visitor);
        if is_wanted && (from..=to).contains(&visit.on) {
            days.entry(visit.on).or_default().push(visit);
        }
    }
    for day in days.values_mut() {
        day.sort_by_key(|visit| (visit.at_minute.unwrap_or(u16::MAX), visit.id));
    }
    days
}

/// The calls of `from..=to`, of one caller or of everyone, by day; within a day by time, those without one last.
pub fn calls_by_day<'a>(
    calls: impl IntoIterator<Item = &'a Call>,
    caller: Option<EmployeeId>,
    from: Date,
    to: Date,
) -> BTreeMap<Date, Vec<&'a Call>> {
    let mut days: BTreeMap<Date, Vec<&Call>> = BTreeMap::new();
    for call in calls {
        if caller.is_none_or(|caller| call.caller_id == caller) && (from..=to).contains(&call.on) {
            days.entry(call.on).or_default().push(call);
        }
    }
    for day in days.values_mut() {
        day.sort_by_key(|call| (call.at_minute.unwrap_or(u16::MAX), call.id));
    }
    days
}

pub fn count<'a>(visits: impl IntoIterator<Item = &'a Visit>) -> DayCount {
    let mut count = DayCount::default();
    for visit in visits {
        count.add(visit.state);
    }
    count
}

/// Times offered for another visit, in minutes since midnight.
const TIMES_OFFERED: [u16; 6] =
    [9 * 60, 10 * 60 + 30, 13 * 60 + 30, 14 * 60 + 30, 15 * 60 + 30, 16 * 60 + 30];
/// What a visit and the way to the next one take.
const VISIT_APART_MINUTES: u16 = 45;

/// The offered times of a day at which no other visit is planned.
pub fn free_times<'a>(visits: impl IntoIterator<Item = &'a Visit>) -> Vec<u16> {
    let taken: Vec<u16> = visits
        .into_iter()
        .filter(|visit| visit.state == VisitState::Planned)
        .filter_map(|visit| visit.at_minute)
        .collect();
    free_beside(&taken)
}

fn free_beside(taken: &[u16]) -> Vec<u16> {
    let is_free = |time: &u16| taken.iter().all(|other| other.abs_diff(*time) >= VISIT_APART_MINUTES);
    TIMES_OFFERED.into_iter().filter(is_free).collect()
}

/// Minutes since midnight from `10:30`; seconds are left off.
pub fn read_clock(text: &str) -> Option<u16> {
    let mut parts = text.split(':');
    let hour: u16 = parts.next()?.parse().ok()?;
    let minute: u16 = parts.next()?.parse().ok()?;
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Monday to Sunday.
pub fn week_of(date: Date) -> [Date; 7] {
    let monday = monday_of(date);
    std::array::from_fn(|day| monday + Duration::days(i64::try_from(day).unwrap_or(0)))
}

/// Whole weeks that hold the month of `date`.
pub fn month_weeks(date: Date) -> Vec<Date> {
    let first = date.with_day(1).unwrap_or(date);
    let last = add_months(first, 1) - Duration::days(1);
    let end = monday_of(last) + Duration::days(6);
    monday_of(first).iter_days().take_while(|day| *day <= end).collect()
}

/// The first day of the month `months` away.
pub fn add_months(date: Date, months: i32) -> Date {
    let first = date.with_day(1).unwrap_or(date);
    let months = first.year() * 12 + i32::try_from(first.month0()).unwrap_or(0) + months;
    let month0 = u32::try_from(months.rem_euclid(12)).unwrap_or(0);
    Date::from_ymd_opt(months.div_euclid(12), month0 + 1, 1).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CustomerId, VisitId};
    use crate::time::Timestamp;
    use uuid::Uuid;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn visit(n: u128, by: u128, state: VisitState, on: &str, at_minute: Option<u16>) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(n)),
            customer_id: CustomerId(Uuid::from_u128(9)),
            visitor_id: EmployeeId(Uuid::from_u128(by)),
            state,
            on: date(on),
            at_minute,
            purpose: None,
            report: None,
            not_held: None,
            written_at: Timestamp(0),
        }
    }

    #[test]
    fn a_day_is_in_the_order_of_its_hours_and_holds_one_persons_visits() {
        let visits = [
            visit(1, 1, VisitState::Planned, "2026-11-18", None),
            visit(2, 1, VisitState::Done, "2026-11-18", Some(840)),
            visit(3, 1, VisitState::Planned, "2026-11-18", Some(540)),
            visit(4, 2, VisitState::Planned, "2026-11-18", Some(600)),
            visit(5, 1, VisitState::Skipped, "2026-11-23", Some(600)),
        ];
        let [monday, .., sunday] = week_of(date("2026-11-18"));
        let mine = by_day(&visits, Some(EmployeeId(Uuid::from_u128(1))), monday, sunday);
        let order: Vec<u128> = mine.values().flatten().map(|visit| visit.id.0.as_u128()).collect();
        assert_eq!(order, [3, 2, 1], "next week's is left out");
        let day = count(mine[&date("2026-11-18")].iter().copied());
        assert_eq!(day, DayCount { planned: 2, done: 1, ..DayCount::default() });
        assert_eq!(day.wanted(), 3);
        assert_eq!(by_day(&visits, None, monday, sunday)[&date("2026-11-18")].len(), 4);
    }

    #[test]
    fn a_time_is_offered_where_the_day_leaves_room() {
        let visits = [
            visit(1, 1, VisitState::Planned, "2026-11-18", Some(10 * 60)),
            visit(2, 1, VisitState::Done, "2026-11-18", Some(13 * 60 + 30)),
            visit(3, 1, VisitState::Planned, "2026-11-18", None),
        ];
        assert_eq!(free_times(&visits), [9 * 60, 13 * 60 + 30, 14 * 60 + 30, 15 * 60 + 30, 16 * 60 + 30]);
        assert_eq!(free_times(&[]), TIMES_OFFERED);
    }

    #[test]
    fn a_clock_is_read_as_it_is_written() {
        for (text, minutes) in [
            ("10:30", Some(630)),
            ("09:05:00", Some(545)),
            ("0:00", Some(0)),
            ("24:00", None),
            ("10:60", None),
            ("10", None),
            ("半天", None),
        ] {
            assert_eq!(read_clock(text), minutes, "{text}");
        }
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        for (day, first, last, days) in [
            ("2026-11-18", "2026-10-26", "2026-12-06", 42),
            ("2026-02-10", "2026-01-26", "2026-03-01", 35),
            ("2027-02-10", "2027-02-01", "2027-02-28", 28),
        ] {
            let weeks = month_weeks(date(day));
            assert_eq!((weeks.first(), weeks.last()), (Some(&date(first)), Some(&date(last))), "{day}");
            assert_eq!(weeks.len(), days, "{day}");
        }
    }

    #[test]
    fn months_are_counted_across_the_years() {
        for (day, months, expected) in [
            ("2026-11-30", 1, "2026-12-01"),
            ("2026-12-31", 1, "2027-01-01"),
            ("2026-01-31", -1, "2025-12-01"),
            ("2026-03-31", -13, "2025-02-01"),
        ] {
            assert_eq!(add_months(date(day), months), date(expected), "{day} {months}");
        }
    }
}
