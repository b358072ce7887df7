//! Instants are UTC milliseconds; business dates are dates in Asia/Shanghai (UTC+8, no summer time since 1991).

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike};
use serde::{Deserialize, Serialize};

/// A calendar day in Asia/Shanghai; `YYYY-MM-DD` on the wire.
pub type Date = NaiveDate;

const SHANGHAI_OFFSET_MS: i64 = 8 * 3_600_000;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The business date this instant falls on. Instants chrono cannot express give the epoch's date.
    pub fn date(self) -> Date {
        DateTime::from_timestamp_millis(self.0.saturating_add(SHANGHAI_OFFSET_MS))
            .map_or_else(epoch, |at| at.date_naive())
    }

    /// Minutes since midnight in Asia/Shanghai.
    pub fn minute_of_day(self) -> u16 {
        DateTime::from_timestamp_millis(self.0.saturating_add(SHANGHAI_OFFSET_MS))
            .map_or(0, |at| u16::try_from(at.hour() * 60 + at.minute()).unwrap_or(0))
    }

    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

fn epoch() -> Date {
    Date::default()
}

/// The Monday of the week `date` falls in.
pub fn monday_of(date: Date) -> Date {
    date - Duration::days(i64::from(date.weekday().num_days_from_monday()))
}

/// Whole days from `from` to `to`; negative when `to` lies before.
pub fn days_between(from: Date, to: Date) -> i64 {
    (to - from).num_days()
}

/// The day of a year on which a past day is kept: for 29 February the 28th where the year has no 29th.
pub fn anniversary(of: Date, year: i32) -> Option<Date> {
    of.with_year(year).or_else(|| Date::from_ymd_opt(year, 2, 28))
}

/// The first anniversary not before `from`.
pub fn next_anniversary(of: Date, from: Date) -> Option<Date> {
    let year = from.year();
    [year, year.saturating_add(1)].into_iter().filter_map(|year| anniversary(of, year)).find(|on| *on >= from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_ninth_of_february_is_kept_on_the_twenty_eighth_of_an_ordinary_year() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        for (of, from, expected) in [
            ("1988-02-29", "2026-02-28", "2026-02-28"),
            ("1988-02-29", "2026-03-01", "2027-02-28"),
            ("1988-02-29", "2028-02-28", "2028-02-29"),
            ("1988-02-28", "2028-02-29", "2029-02-28"),
            ("1964-11-18", "2026-11-18", "2026-11-18"),
            ("1964-01-02", "2026-12-30", "2027-01-02"),
        ] {
            assert_eq!(next_anniversary(date(of), date(from)), Some(date(expected)), "{of} from {from}");
        }
        assert_eq!(next_anniversary(date("1988-01-01"), Date::MAX), None);
    }

    #[test]
    fn a_business_day_begins_at_sixteen_hours_utc() {
        let before = Timestamp(1_763_395_199_999); // 2025-11-17T15:59:59.999Z
        assert_eq!(before.date().to_string(), "2025-11-17");
        assert_eq!(before.plus_ms(1).date().to_string(), "2025-11-18");
        assert_eq!(before.plus_ms(1).minute_of_day(), 0);
    }

    #[test]
    fn an_instant_beyond_the_calendar_does_not_panic() {
        assert_eq!(Timestamp(i64::MAX).date(), Date::default());
        assert_eq!(Timestamp(i64::MIN).date(), Date::default());
    }
}
