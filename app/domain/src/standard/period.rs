//! Calendar periods: every one begins with a month (R061).

use crate::time::{Date, days_between};
use chrono::Datelike;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Month,
    /// Begins in January, April, July, October.
    Quarter,
    /// Begins in January and July.
    HalfYear,
    Year,
}

impl Period {
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    /// Divides a year.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// Days of the shortest period of this kind.
    pub fn days_min(self) -> u16 {
        match self {
            Self::Month => 28,
            Self::Quarter => 90,
            Self::HalfYear => 181,
            Self::Year => 365,
        }
    }

    /// The period a day lies in.
    pub fn holding(self, date: Date) -> Span {
        let months = self.months();
        let first = date.month0() / months * months + 1;
        let last = first + months - 1;
        let from = Date::from_ymd_opt(date.year(), first, 1).unwrap_or(date);
        let to = (28..=31).rev().find_map(|day| Date::from_ymd_opt(date.year(), last, day)).unwrap_or(date);
        Span { from, to }
    }
}

/// Days from the first to the last, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub from: Date,
    pub to: Date,
}

impl Span {
    /// At least 1.
    pub fn days(self) -> u64 {
        u64::try_from(days_between(self.from, self.to)).unwrap_or(0) + 1
    }

    pub fn holds(self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }
}
