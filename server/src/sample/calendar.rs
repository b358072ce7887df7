//! The days the sample is told around: visits are made and planned from Monday to Friday.

use chrono::{Datelike, Duration};
use domain::time::{Date, monday_of};

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
