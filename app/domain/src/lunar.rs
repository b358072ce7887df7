//! 农历: the Chinese lunar calendar from 1900-01-31 to 2101-01-28, the lunar years 1900 to 2100 (R023).
//!
//! Many customers keep their birthday by it, and most festivals lie by it. The years stand in a table of our own: a
//! calendar crate is many times its size and would have to be downloaded by every tablet. The tests compare every day
//! with such a crate.
//!
//! A lunar year is named after the Gregorian year its first day lies in. The rules for a day of no particular year:
//! - A day of a leap month is kept in that leap month; in a year without it, in the ordinary month of the same number.
//! - A day of an ordinary month is kept in the ordinary month, the first of the two, when that month is doubled.
//! - The 30th is kept on the 29th where the month has only 29 days.
//! - Outside the table nothing is known, and there is no answer rather than a guess.

mod table;
#[cfg(test)]
mod tests;

use crate::time::{Date, days_between};
use chrono::{Datelike, Days};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use table::Year;
use thiserror::Error;

pub const MONTHS_MAX: u8 = 12;
pub const DAYS_MAX: u8 = 30;

/// What the text form of a day in a leap month begins with.
const LEAP: &str = "leap-";

const MONTHS_ZH: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];

#[rustfmt::skip]
const DAYS_ZH: [&str; 30] = [
    "初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十",
    "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十",
    "廿一", "廿二", "廿三", "廿四", "廿五", "廿六", "廿七", "廿八", "廿九", "三十",
];

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LunarDate {
    pub year: i32,
    /// 1 to 12; a leap month has the number of the month it follows.
    pub month: u8,
    /// 1 to 30.
    pub day: u8,
    pub is_leap: bool,
}

/// A day of every lunar year, such as a birthday (R023). Its text form, on the wire too, is `08-15`, in a leap month `leap-04-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LunarDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 30.
    pub day: u8,
    pub is_leap: bool,
}

impl From<LunarDay> for String {
    fn from(day: LunarDay) -> Self {
        day.to_string()
    }
}
impl TryFrom<String> for LunarDay {
    type Error = ParseLunarDayError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The text is not `MM-DD` or `leap-MM-DD`, or no month has such a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a day of the lunar calendar")]
pub struct ParseLunarDayError;

/// The lunar date of a day; None outside the table.
pub fn of(date: Date) -> Option<LunarDate> {
    // January and often February still belong to the lunar year before.
    [date.year(), date.year() - 1].into_iter().find_map(|lunar_year| {
        let year = Year::of(lunar_year)?;
        let mut left = u64::try_from(days_between(year.first, date)).ok()?;
        for month in year.months() {
            if left < month.days {
                let day = u8::try_from(left + 1).ok()?;
                return Some(LunarDate {
                    year: lunar_year,
                    month: month.number,
                    day,
                    is_leap: month.is_leap,
                });
            }
            left -= month.days;
        }
        None
    })
}

/// 除夕, the last day of a lunar year, whether the 29th or the 30th; None outside the table.
pub fn new_years_eve(lunar_year: i32) -> Option<Date> {
    let year = Year::of(lunar_year)?;
    let days: u64 = year.months().map(|month| month.days).sum();
    year.first.checked_add_days(Days::new(days - 1))
}

/// The first day not before `from` among what `day_in` names in the lunar years; None outside the table.
pub(crate) fn next_on_or_after(from: Date, day_in: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let year = of(from)?.year;
    [year, year + 1].into_iter().filter_map(day_in).find(|on| *on >= from)
}

impl LunarDay {
    /// None if no month has such a day.
    pub fn new(month: u8, day: u8, is_leap: bool) -> Option<Self> {
        let day = Self { month, day, is_leap };
        day.is_valid().then_some(day)
    }

    /// The fields are open, and what was sent may hold anything.
    pub fn is_valid(&self) -> bool {
        (1..=MONTHS_MAX).contains(&self.month) && (1..=DAYS_MAX).contains(&self.day)
    }

    /// The day on which it is kept in a lunar year, by the rules above; None outside the table.
    pub fn in_year(&self, lunar_year: i32) -> Option<Date> {
        let year = Year::of(lunar_year).filter(|_| self.is_valid())?;
        let is_leap = self.is_leap && year.leap == self.month;
        let mut before = 0;
        for month in year.months() {
            if (month.number, month.is_leap) == (self.month, is_leap) {
                let day = u64::from(self.day).min(month.days);
                return year.first.checked_add_days(Days::new(before + day - 1));
            }
            before += month.days;
        }
        None
    }

    /// The first day not before `from` on which it is kept; None outside the table.
    pub fn next_on_or_after(&self, from: Date) -> Option<Date> {
        next_on_or_after(from, |lunar_year| self.in_year(lunar_year))
    }

    /// 八月十五, 闰四月初三, 腊月三十. A day no month has is given in its text form.
    pub fn zh(&self) -> String {
        let word =
            |words: &'static [&'static str], number: u8| words.get(usize::from(number).checked_sub(1)?);
        let leap = if self.is_leap { "闰" } else { "" };
        match (word(&MONTHS_ZH, self.month), word(&DAYS_ZH, self.day)) {
            (Some(month), Some(day)) => format!("{leap}{month}{day}"),
            _ => self.to_string(),
        }
    }
}

impl From<LunarDate> for LunarDay {
    fn from(date: LunarDate) -> Self {
        Self { month: date.month, day: date.day, is_leap: date.is_leap }
    }
}

impl fmt::Display for LunarDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leap = if self.is_leap { LEAP } else { "" };
        write!(f, "{leap}{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for LunarDay {
    type Err = ParseLunarDayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (is_leap, rest) = text.strip_prefix(LEAP).map_or((false, text), |rest| (true, rest));
        let (month, day) = rest.split_once('-').ok_or(ParseLunarDayError)?;
        Self::new(two_digits(month)?, two_digits(day)?, is_leap).ok_or(ParseLunarDayError)
    }
}

fn two_digits(text: &str) -> Result<u8, ParseLunarDayError> {
    // `parse` alone would take `+8` too, and a day would have two text forms.
    let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain).ok_or(ParseLunarDayError)
}
