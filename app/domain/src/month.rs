//! A calendar month: `2026-10` in text, on the wire and as a key.
//!
//! Years 0000 to 9999, so that the text sorts like the month and always reads back. Whatever would lie outside is the
//! nearest month inside.

use crate::time::Date;
use chrono::{Datelike, Months};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(
    /// Months since January of the year 0.
    u32,
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a month like 2026-10")]
pub struct MonthInvalid;

impl Month {
    pub const FIRST: Self = Self(0);
    pub const LAST: Self = Self(9_999 * 12 + 11);

    /// `month` counts from 1; None for what is no month of the years 0000 to 9999.
    pub fn new(year: u32, month: u32) -> Option<Self> {
        (year <= Self::LAST.year() && (1..=12).contains(&month)).then(|| Self(year * 12 + month - 1))
    }

    /// The month a day lies in.
    pub fn of(date: Date) -> Self {
        match u32::try_from(date.year()) {
            Ok(year) => Self::new(year, date.month()).unwrap_or(Self::LAST),
            Err(_) => Self::FIRST,
        }
    }

    pub fn year(self) -> u32 {
        self.0 / 12
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.0 % 12 + 1
    }

    pub fn first_day(self) -> Date {
        // chrono knows every month of these years: the fallback is never met.
        let year = i32::try_from(self.year()).unwrap_or_default();
        Date::from_ymd_opt(year, self.month(), 1).unwrap_or_default()
    }

    pub fn last_day(self) -> Date {
        let next = self.first_day().checked_add_months(Months::new(1));
        next.and_then(|first| first.pred_opt()).unwrap_or_default()
    }

    pub fn next(self) -> Self {
        self.plus(1)
    }

    pub fn prev(self) -> Self {
        self.minus(1)
    }

    pub fn plus(self, months: u32) -> Self {
        Self(self.0.saturating_add(months)).min(Self::LAST)
    }

    pub fn minus(self, months: u32) -> Self {
        Self(self.0.saturating_sub(months))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Month {
    type Err = MonthInvalid;

    fn from_str(text: &str) -> Result<Self, MonthInvalid> {
        let (year, month) = text.split_once('-').ok_or(MonthInvalid)?;
        // `parse` alone would let signs through, and more than one text for a month.
        let is_written_so = |part: &str, digits: usize| {
            part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_written_so(year, 4) || !is_written_so(month, 2) {
            return Err(MonthInvalid);
        }
        let number = |part: &str| part.parse().map_err(|_| MonthInvalid);
        Self::new(number(year)?, number(month)?).ok_or(MonthInvalid)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_has_its_days_and_neighbours() {
        for (text, first, last, prev, next) in [
            ("2026-10", "2026-10-01", "2026-10-31", "2026-09", "2026-11"),
            ("2026-12", "2026-12-01", "2026-12-31", "2026-11", "2027-01"),
            ("2027-01", "2027-01-01", "2027-01-31", "2026-12", "2027-02"),
            ("2027-02", "2027-02-01", "2027-02-28", "2027-01", "2027-03"),
            ("2028-02", "2028-02-01", "2028-02-29", "2028-01", "2028-03"),
            ("0000-01", "0000-01-01", "0000-01-31", "0000-01", "0000-02"),
            ("9999-12", "9999-12-01", "9999-12-31", "9999-11", "9999-12"),
        ] {
            let of = month(text);
            let shown = [of.first_day(), of.last_day()].map(|day| day.to_string());
            assert_eq!(shown, [first, last]);
            assert_eq!((of.prev().to_string(), of.next().to_string()), (prev.to_owned(), next.to_owned()));
        }
    }

    #[test]
    fn only_one_text_is_a_month() {
        for text in [
            "",
            "-",
            "2026",
            "2026-",
            "2026-00",
            "2026-13",
            "2026-1",
            "26-10",
            "+026-10",
            "2026-+1",
            "2026-10-01",
        ] {
            assert_eq!(text.parse::<Month>(), Err(MonthInvalid), "{text}");
        }
        assert_eq!([Month::new(2026, 0), Month::new(2026, 13), Month::new(10_000, 1)], [None; 3]);
        assert_eq!([Month::of(Date::MIN), Month::of(Date::MAX)], [Month::FIRST, Month::LAST]);
    }

    #[test]
    fn a_month_travels_as_text() {
        let series = BTreeMap::from([(month("2026-10"), 5_i64)]);
        let json = serde_json::to_string(&series).unwrap();
        assert_eq!(json, r#"{"2026-10":5}"#);
        assert_eq!(serde_json::from_str::<BTreeMap<Month, i64>>(&json).unwrap(), series);
        let bytes = postcard::to_allocvec(&series).unwrap();
        assert_eq!(postcard::from_bytes::<BTreeMap<Month, i64>>(&bytes).unwrap(), series);
        assert!(serde_json::from_str::<Month>(r#""2026-13""#).is_err());
    }

    proptest! {
        #[test]
        fn text_reads_back_and_sorts_like_the_month(a in 0..=Month::LAST.0, b in 0..=Month::LAST.0) {
            let (a, b) = (Month(a), Month(b));
            prop_assert_eq!(a.to_string().parse(), Ok(a));
            prop_assert_eq!(a.to_string().cmp(&b.to_string()), a.cmp(&b));
            prop_assert_eq!([Month::of(a.first_day()), Month::of(a.last_day())], [a, a]);
        }

        #[test]
        fn adding_never_panics(a in 0..=Month::LAST.0, by in any::<u32>()) {
            prop_assert!(Month(a).minus(by) <= Month(a) && Month(a) <= Month(a).plus(by));
            prop_assert!(Month(a).plus(by) <= Month::LAST);
        }
    }
}
