//! The days the sample is told around: visits are made and planned from Monday to Friday.

use chrono::{Datelike, Duration};
use domain::standard::{Period, Span};
use domain::time::{Date, Timestamp, days_between, monday_of};

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;
/// When a day's work is written down that has no hour of its own.
pub(super) const EVENING: u16 = 17 * 60;

/// How far ahead plans reach: the rest of this week and the next.
const COMING_DAYS: i64 = 11;

pub(super) struct Days {
    pub today: Date,
    pub monday: Date,
    /// Working days of this week that are over.
    pub past: Vec<Date>,
    /// Working days to come, this week's and the next one's.
    pub coming: Vec<Date>,
}

impl Days {
    pub fn around(today: Date) -> Self {
        let monday = monday_of(today);
        Self {
            today,
            monday,
            past: working_days(monday, today - Duration::days(1)),
            coming: working_days(today + Duration::days(1), monday + Duration::days(COMING_DAYS)),
        }
    }
}

pub(super) fn is_working(day: Date) -> bool {
    day.weekday().num_days_from_monday() < 5
}

/// The working days from `from` to `to`, both included.
pub(super) fn working_days(from: Date, to: Date) -> Vec<Date> {
    from.iter_days().take_while(|day| *day <= to).filter(|day| is_working(*day)).collect()
}

/// The day itself, or the Friday before a weekend.
pub(super) fn working_at_or_before(day: Date) -> Date {
    let beyond_friday = i64::from(day.weekday().num_days_from_monday()) - 4;
    day - Duration::days(beyond_friday.max(0))
}

/// The minute of a day; no later than `now`: nothing was written in the future.
pub(super) fn at(now: Timestamp, on: Date, minute: u16) -> Timestamp {
    let days = days_between(now.date(), on);
    let minutes = days * DAY_MINUTES + i64::from(minute) - i64::from(now.minute_of_day());
    now.plus_ms((minutes * MINUTE_MS).min(0))
}

pub(super) fn quarter_of(day: Date) -> Span {
    Period::Quarter.holding(day)
}

pub(super) fn quarter_before(day: Date) -> Span {
    quarter_of(quarter_of(day).from - Duration::days(1))
}

/// The latest first of July that is not after the day.
pub(super) fn last_first_of_july(day: Date) -> Date {
    let year = if day.month() >= 7 { day.year() } else { day.year() - 1 };
    Date::from_ymd_opt(year, 7, 1).unwrap_or(day)
}
